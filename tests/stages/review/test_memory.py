"""What is shared between states and remembered between reviews is what a fresh look would find."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilar.build.current import software_of
from pilar.build.options import Options
from pilar.checks import memory
from pilar.checks.memory import Memory
from pilar.errata.public_state import made_entry
from pilar.model.problem import Fix, Problem
from pilar.project.state import State, Workspace
from pilar.review.compare.data import Review, Side
from pilar.review.compare.states import review
from pilar.store import package
from pilar.versions.library import Library
from pilar.versions.lockfile import lock_text
from pilar.versions.locking import new_lock
from pilar.versions.opened import open_repository
from pilar.versions.repository import Repository

from ..golden import BASE, fresh
from .histories import (
    CURRICULUM,
    META,
    NOTES,
    NOTES_META,
    PICTURE,
    RUN,
    SOURCES,
    START,
    STEPS,
    History,
    tiny,
)
from .histories import Tree as Files

TERMS = "modules/glosarium.yml"
WORDS = "modules/kamus.txt"
LOCK = "runs/2025-03-contoh.lock"
LONG = " ".join(["Catatan kunjungan disimpan di dalam buku saku."] * 6)


def appended(path: str, text: str) -> Callable[[Files], None]:
    """An edit that adds to the end of a file, which need not exist."""
    return lambda tree: tree.update({path: tree.get(path, "") + text})


def replaced(path: str, old: str, new: str) -> Callable[[Files], None]:
    """An edit of a text that must be there."""
    return lambda tree: tree.swap(path, old, new)


EDITS: dict[str, Callable[[Files], None]] = {
    "a word that no dictionary has": appended(START, "\nSapaannya ramahh.\n"),
    "the list of words has it": appended(WORDS, "ramahh\n"),
    "a comment silences it": replaced(
        START, "Sapaannya", "<!-- pilar: abaikan L106 contoh salah ketik -->\nSapaannya"
    ),
    "a heading that the other module links to": replaced(NOTES, "## Buku Saku", "## Buku Kecil"),
    "a page for trainers that the other module links to": lambda tree: tree.update(
        {NOTES: f"---\nedisi: pelatih\n---\n{tree[NOTES]}"}
    ),
    "a page under another name": lambda tree: tree.update({"modules/catat/tulis.md": tree[NOTES]}),
    "a block that is not closed": appended(NOTES, "\n/// pelatih\nCatatan.\n"),
    "the other module cannot be read": replaced(NOTES_META, "judul:", "judull:"),
    "a code that is taken": replaced(NOTES_META, "kode: CTT", "kode: SAP"),
    "a prerequisite that is none": replaced(NOTES_META, "[sapa]", "[sapaan]"),
    "the curriculum without a module": replaced(CURRICULUM, "    catat: 1.2.0\n", ""),
    "a module in another group": replaced(CURRICULUM, "  inti:", "  penunjang:"),
    "a term that must be spelled out": appended(
        TERMS, "- {istilah: SLRT, kepanjangan: Sistem Layanan dan Rujukan Terpadu, arti: Sistem.}\n"
    ),
    "a word that may be such a term": appended(NOTES, "\nCatatan dikirim kepada SLRT.\n"),
    "a term less": replaced(
        TERMS, "- istilah: PPKS\n  kepanjangan:", "- istilah: Kata\n  arti: A\n  #"
    ),
    "another name of a source": replaced(SOURCES, "uu-11-2009", "uu-12-2009"),
    "a law in the text": appended(NOTES, "\nDasarnya UU Nomor 13 Tahun 2011.\n"),
    "a law in the registry": appended(
        SOURCES, "- {id: uu-13-2011, jenis: UU, nomor: 13, tahun: 2011, tentang: Fakir Miskin}\n"
    ),
    "a source that is no longer in force": replaced(
        SOURCES, "berlaku_sejak: 2009", "berlaku_sejak: 2009, berlaku_sampai: 2020"
    ),
    "a passage of one module": appended(START, f"\n{LONG}\n"),
    "the same passage in the other": appended(NOTES, f"\n{LONG}\n"),
    "a trainer of a module that is none": replaced(RUN, "modul: [sapa, catat]", "modul: [ctt]"),
    "a run on other days": lambda tree: tree.update({RUN: tree[RUN].replace("2025-03", "2008-03")}),
    "a timetable that is too full": replaced(RUN, 'selesai: "16.00"', 'selesai: "09.00"'),
    "a picture that is gone": lambda tree: tree.pop(PICTURE),
}
"""Changes whose findings stand in other files than they do, and some that stand where they are."""

AFTER = {
    "the list of words has it": ["a word that no dictionary has"],
    "a comment silences it": ["a word that no dictionary has"],
    "a term that must be spelled out": ["a word that may be such a term"],
    "a law in the registry": ["a law in the text"],
    "a passage of one module": ["the same passage in the other"],
    "the same passage in the other": ["a passage of one module"],
}
"""Edits that change what is told only after others."""


def told(workspace: Workspace, commit: str) -> tuple[Problem, ...]:
    return workspace.commit(commit).problems


def codes(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def workspace_of(history: History, cache: Path) -> Workspace:
    return Workspace(history.root, cache)


class Forgetful(Memory):
    """Looks every time."""

    def problems(
        self, find: Callable[[], Iterable[Problem]], *made_from: str
    ) -> tuple[Problem, ...]:
        return tuple(find())


@given(names=st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=5, unique=True))
@settings(max_examples=12)
def test_any_edits_are_told_as_a_fresh_look_tells_them(
    shared: tuple[History, Path], names: list[str]
) -> None:
    """Two states of one review, and reviews one after the other: no finding is left behind."""
    history, cache = shared
    tree = tiny()
    commits = [history.commit(tree, "Dasar")]
    for name in names:
        try:
            EDITS[name](tree)
        except (AssertionError, KeyError):
            continue  # an earlier edit has taken away what this one changes
        commits.append(history.commit(tree, name))
    reader = workspace_of(history, cache)
    for commit in commits:
        fresh = workspace_of(history, cache)
        fresh.memory = Forgetful(cache)
        assert told(reader, commit) == told(fresh, commit)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[History, Path]:
    """A repository, and a cache that all reviews of this module use."""
    folder = tmp_path_factory.mktemp("bersama")
    return History(folder / "proyek"), folder / "simpanan"


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_is_seen(name: str, tmp_path: Path) -> None:
    """Else the comparison above would prove nothing."""
    history = History(tmp_path / "proyek")
    tree = tiny()
    for other in AFTER.get(name, ()):
        EDITS[other](tree)
    base = history.commit(tree, "Dasar")
    EDITS[name](tree)
    reader = workspace_of(history, tmp_path / "simpanan")
    assert told(reader, base) != told(reader, history.commit(tree, name))


def _cut(entry: bytes) -> bytes:
    return entry[:-3]


def _forged(entry: bytes) -> bytes:
    """No finding any more, and well-formed."""
    return entry[: entry.index(b"\n") + 1] + b"[]"


def _unsealed(entry: bytes) -> bytes:
    return entry.partition(b"\n")[2]


@pytest.mark.parametrize("spoil", [_cut, _forged, _unsealed, lambda entry: b""])
def test_an_altered_entry_is_made_anew(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    history = History(tmp_path / "proyek")
    tree = tiny()
    EDITS["a word that no dictionary has"](tree)
    commit = history.commit(tree, "Salah ketik")
    cache = tmp_path / "simpanan"
    right = told(workspace_of(history, cache), commit)
    assert codes(right) == ["L106"]
    sound = {path: path.read_bytes() for path in cache.glob("temuan-*")}
    assert len(sound) == 8, "errors, warnings and rendering of two modules; texts, rules between"
    for path, entry in sound.items():
        path.write_bytes(spoil(entry))
    assert told(workspace_of(history, cache), commit) == right
    assert {path: path.read_bytes() for path in cache.glob("temuan-*")} == sound


def test_an_entry_is_not_taken_for_another(tmp_path: Path) -> None:
    wrong = Problem("modules/a/b.md", 2, "L106", "kata", "saran")
    wrong = wrong.in_line((0, 4), Fix("kaat", "kata"))
    assert Memory(tmp_path).problems(lambda: [wrong], "satu") == (wrong,)
    [first] = tmp_path.iterdir()
    assert Memory(tmp_path).problems(lambda: [], "dua") == ()
    [second] = set(tmp_path.iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    assert Memory(tmp_path).problems(lambda: [], "dua") == ()
    [kept] = Memory(tmp_path).problems(lambda: [], "satu")
    assert (kept, kept.fix) == (wrong, wrong.fix)


def checks() -> str:
    memory._software.cache_clear()
    return memory._software()


def build() -> str:
    return software_of(Options(root=BASE, out=BASE / "build"))


def errata() -> str:
    return made_entry(BASE, BASE, fresh(BASE).files, None, "").name


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        *((checks, name) for name in ("checks/kko.txt", "aturan/L106.md")),
        (checks, "checks/language/daftar/inggris.txt"),
        *((identity, "checks/rules/b203_bold_heading.py") for identity in (checks, build, errata)),
        *((identity, "store/package.py") for identity in (checks, build, errata)),
    ],
)
def test_other_software_finds_and_makes_other_things(
    identity: Callable[[], str], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever in the package the code is that changed, and wherever that is asked."""
    copy = tmp_path / "plugins" / "pilar"
    shutil.copytree(package.ROOT, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for shared in ("overrides", "mkdocs.yml"):
        (tmp_path / shared).symlink_to(package.ROOT.parents[1] / shared)
    monkeypatch.setattr(package, "ROOT", copy)
    before = identity()
    assert identity() == before
    (copy / name).write_text((copy / name).read_text("utf-8") + "\n", "utf-8")
    assert identity() != before
    memory._software.cache_clear()


Locked = tuple[History, Files, str, str]


def lock_of(history: History, commit: str, *upgrade: str) -> str:
    """Text of the lock that the run gets at a commit."""
    cache = history.root.parent / "kunci"
    project = workspace_of(history, cache).commit(commit).project
    assert project is not None
    library = Library(history.root, {}, project, cache, open_repository(history.root))
    return lock_text(new_lock(library, project.runs["2025-03-contoh"], upgrade))


class TestLockedRuns:
    """What a lock holds is not read anew, but it must be there."""

    @pytest.fixture
    def locked(self, tmp_path: Path) -> Locked:
        """A history with a locked run, the files and id of its commit, and a later one."""
        history = History(tmp_path / "proyek")
        tree = tiny()
        first = history.commit(tree, "Kurikulum pertama")
        tree[LOCK] = lock_of(history, first)
        tree.swap("modules/sapa/modul.yml", "versi: 1.0.0", "versi: 1.0.1")
        tree.swap("modules/kurikulum.yml", "sapa: 1.0.0", "sapa: 1.0.1")
        tree.swap(START, "malu ketika", "segan ketika")
        tree["modules/sapa/perubahan.md"] = "# Perubahan\n\n## 1.0.1\n\n- Kata diganti.\n"
        base = history.commit(tree, "Dikunci")
        later = tree.copy()
        later.swap(START, "didatangi orang asing", "didatangi orang baru")
        return history, tree, base, history.commit(later, "Salah ketik")

    def compared(self, reader: Workspace, *commits: str) -> tuple[State, Review]:
        base, head = (reader.commit(commit) for commit in commits)
        day = datetime.date(2025, 1, 21)
        return head, review(base, head, (Side(commits[0], "", day), Side(commits[1], "", day)))

    def test_is_told_the_same_and_read_once(self, locked: Locked, tmp_path: Path) -> None:
        history, _, *commits = locked
        first, fresh = self.compared(workspace_of(history, tmp_path / "simpanan"), *commits)
        again, known = self.compared(workspace_of(history, tmp_path / "simpanan"), *commits)
        assert [run.effect for run in fresh.runs] == ["terkunci"]
        assert [run.effect for run in known.runs] == ["terkunci"]
        assert first.problems == again.problems
        [pinned] = again.runs.values()
        assert "_given" not in vars(pinned), "what was not asked for was read"
        assert pinned.content is not None
        assert pinned.content.modules["sapa"].meta.versi == "1.0.0"

    def remembered(
        self, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> tuple[Problem, ...]:
        """What a check finds afresh, and again when it can no longer read what is locked."""
        found = fresh(root).problems
        known = tmp_path / "simpanan"
        assert Workspace(root, known).folder().problems == found
        for forgotten in ("pinned", "module"):
            monkeypatch.delattr(Library, forgotten)
        assert Workspace(root, known).folder().problems == found
        return found

    def test_checks_find_the_same_and_read_nothing_of_it(
        self, locked: Locked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        history, tree, *_ = locked
        tree.swap(META, "teori: 1", "teori: 2")
        tree.swap(STEPS, "menit: 45", "menit: 90")
        tree.swap(STEPS, "(30 menit)", "(75 menit)")
        history.commit(tree, "Jam ditambah")
        assert codes(self.remembered(history.root, tmp_path, monkeypatch)) == ["V107"]

    def test_a_year_of_runs_reads_what_they_share_once(
        self, locked: Locked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A further run of locked versions costs a check its own two files, and no more of git."""
        history, tree, base, _ = locked
        read, original, counts = list[str](), Repository.read, list[int]()

        def counted(repository: Repository, name: str) -> tuple[int, bytes] | None:
            read.append(name)
            return original(repository, name)

        for number in range(1, 4):
            run = f"2026-0{number}-lain"
            tree[f"runs/{run}.yml"] = tree[RUN]
            tree[f"runs/{run}.lock"] = tree[LOCK].replace("2025-03-contoh", run)
            commit = history.commit(tree, run, base, branch=run)
            known = told(workspace_of(history, tmp_path / "simpanan"), commit)
            with monkeypatch.context() as counting:
                counting.setattr(Repository, "read", counted)
                assert told(workspace_of(history, tmp_path / "simpanan"), commit) == known
            counts.append(len(read))
            read.clear()
        assert [more - less for less, more in pairwise(counts)] == [2, 2]

    def test_checks_remember_how_a_lock_is_shown(
        self, locked: Locked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A block that Markdown takes for text is an error of the run that has locked it."""
        history, tree, *_ = locked
        tree[START] += "\nTeks.\n\n      /// pelatih\n      Jawaban.\n      ///\n"
        tree[LOCK] = lock_of(history, history.commit(tree, "Menjorok"), "sapa")
        history.commit(tree, "Dikunci lagi")
        assert codes(self.remembered(history.root, tmp_path, monkeypatch)) == ["B115"]

    def test_what_is_wrong_with_a_run_is_reported_at_once(
        self, locked: Locked, tmp_path: Path
    ) -> None:
        """A law that has ended hides no block that Markdown does not see."""
        history, tree, *_ = locked
        sound = tree[START]
        tree[START] += "\nTeks.\n\n      /// pelatih\n      Jawaban.\n      ///\n"
        EDITS["a source that is no longer in force"](tree)
        commit = history.commit(tree, "Menjorok")
        tree[LOCK] = lock_of(history, commit, "sapa", "kurikulum")
        # What is locked alone has the block, so that it is the run's problem.
        tree[START] = sound
        tree.swap(META, "versi: 1.0.1", "versi: 1.0.2")
        tree.swap(CURRICULUM, "sapa: 1.0.1", "sapa: 1.0.2")
        tree["modules/sapa/perubahan.md"] = "# Perubahan\n\n## 1.0.2\n\n- Blok dihapus.\n"
        found = told(workspace_of(history, tmp_path / "simpanan"), history.commit(tree, "Kunci"))
        assert {"B115", "H101"} <= set(codes(found))

    def test_an_object_that_is_lost_later_is_missed(self, locked: Locked, tmp_path: Path) -> None:
        history, _, *commits = locked
        head, _ = self.compared(workspace_of(history, tmp_path / "simpanan"), *commits)
        assert head.problems == ()
        [first] = history.git[commits[0]].parents
        gone = str(first.tree[START].id)
        (history.root / ".git/objects" / gone[:2] / gone[2:]).unlink()
        head, found = self.compared(workspace_of(history, tmp_path / "simpanan"), *commits)
        assert codes(head.problems) == ["V102"]
        assert [run.effect for run in found.runs] == ["tetap"]

    def test_another_day_or_another_lock_is_another_question(
        self, locked: Locked, tmp_path: Path
    ) -> None:
        history, tree, base, _ = locked
        cache = tmp_path / "simpanan"
        assert told(workspace_of(history, cache), base) == ()
        early = tree.copy()
        early[RUN] = early[RUN].replace("2025-03", "2008-03")
        early_codes = codes(told(workspace_of(history, cache), history.commit(early, "Hari lain")))
        assert early_codes == ["H101"]
        EDITS["a source that is no longer in force"](tree)
        tree[LOCK] = lock_of(history, history.commit(tree, "Rujukan lain"), "kurikulum")
        late_codes = codes(told(workspace_of(history, cache), history.commit(tree, "Kunci lain")))
        assert "H101" in late_codes

    def test_a_version_that_says_too_little_is_told_of_that_change_alone(
        self, locked: Locked, tmp_path: Path
    ) -> None:
        history, tree, base, head = locked
        reader = workspace_of(history, tmp_path / "simpanan")
        assert codes([*told(reader, base), *told(reader, head)]) == []
        tree.swap(META, "teori: 1", "teori: 2")
        tree.swap(STEPS, "menit: 45", "menit: 90")
        longer = history.commit(tree, "Jam ditambah")
        for _ in range(2):
            reader = workspace_of(history, tmp_path / "simpanan")
            assert "V107" in codes(told(reader, longer))
            assert codes(told(reader, head)) == []
