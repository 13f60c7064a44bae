"""Versions: a lock holds a run to the byte, wherever its content is found; what lacks is named."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .commands import BUILD, PROJECTS, Project
from .trees import digests

LOCK = f"runs/{BUILD}.lock"
META = "modules/catat/modul.yml"
PAGE = "modules/catat/mencatat.md"


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody, at a fixed time of the day."""
    who = {"NAME": "Penulis", "EMAIL": "penulis@example.invalid", "DATE": "2025-02-01T08:00:00Z"}
    extra = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env=os.environ | extra,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commit(project: Project, message: str) -> str:
    """Commit everything but build/; gives the commit's id."""
    git(project.root, "add", "modules", "runs")
    git(project.root, "commit", "--quiet", "--message", message)
    return git(project.root, "rev-parse", "HEAD")


@pytest.fixture(scope="session")
def histories(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> tuple[Project, Project]:
    """The tiny project as a git repository of one commit; the same with its run locked, and the
    lock committed. To be copied: commits at a fixed time have the same ids everywhere.
    """
    folder = tmp_path_factory.mktemp("riwayat")
    history = Project(PROJECTS / "minimal", cache, folder).copied(folder / "awal")
    git(history.root, "init", "--quiet", "--initial-branch", "main")
    commit(history, "Kurikulum pertama")
    locked = history.copied(folder / "terkunci")
    locked.pilar("lock", BUILD).fine()
    commit(locked, "Kunci pelatihan pertama")
    return history, locked


@pytest.fixture
def history(histories: tuple[Project, Project], tmp_path: Path) -> Project:
    """The tiny project as a git repository of one commit."""
    return histories[0].copied(tmp_path / "proyek")


@pytest.fixture
def locked(histories: tuple[Project, Project], tmp_path: Path) -> Project:
    """The same with its run locked and the lock committed."""
    return histories[1].copied(tmp_path / "proyek")


def release(project: Project, text: str, version: str = "1.3.0") -> str:
    """A new version of the module `catat`, and curriculum 1.1.0 that pins it; committed."""
    project.replace(META, "versi: 1.2.0", f"versi: {version}")
    project.write(PAGE, project.text(PAGE) + f"\n{text}\n")
    project.write("modules/catat/perubahan.md", f"# Perubahan\n\n## {version}\n\n- {text}\n")
    project.replace("modules/kurikulum.yml", "versi: 1.0.0", "versi: 1.1.0")
    project.replace("modules/kurikulum.yml", "catat: 1.2.0", f"catat: {version}")
    return commit(project, f"Rilis {version}")


def test_lock_names_commit_and_git_hash_of_each_module(history: Project) -> None:
    head = git(history.root, "rev-parse", "HEAD")
    history.pilar("lock", BUILD).fine()
    text = history.text(LOCK)
    for slug, version in (("sapa", "1.0.0"), ("catat", "1.2.0")):
        tree = git(history.root, "rev-parse", f"HEAD:modules/{slug}")
        assert f"  {slug}: {{versi: {version}, commit: '{head}', hash: '{tree}'}}" in text
    for name in ("kurikulum", "rujukan", "glosarium"):
        assert git(history.root, "rev-parse", f"HEAD:modules/{name}.yml") in text


def test_locking_again_changes_nothing(locked: Project) -> None:
    before = locked.text(LOCK)
    commit_after = release(locked, "Kalimat baru untuk rilis berikutnya.")
    assert "tidak berubah" in locked.pilar("lock", BUILD).fine().out
    assert locked.text(LOCK) == before
    assert commit_after not in before


def test_locked_run_is_the_same_after_a_new_release(locked: Project) -> None:
    locked.build_sites()
    before = digests(locked.out / BUILD)
    release(locked, "Kalimat baru untuk rilis berikutnya.")
    shutil.rmtree(locked.out)
    locked.build_sites()
    assert digests(locked.out / BUILD) == before


def test_unlocked_run_finds_its_version_in_history(history: Project) -> None:
    release(history, "Kalimat baru untuk rilis berikutnya.")
    history.build_sites()
    page = history.out / BUILD / "peserta/catat/mencatat.html"
    assert "Kalimat baru" not in page.read_text("utf-8")


def test_newest_tree_of_a_version_counts(history: Project) -> None:
    history.write(PAGE, history.text(PAGE) + "\nPerbaikan sebelum dikunci.\n")
    commit(history, "Perbaikan tanpa menaikkan versi")
    tree = git(history.root, "rev-parse", "HEAD:modules/catat")
    release(history, "Rilis berikutnya.")
    history.pilar("lock", BUILD).fine()
    assert tree in history.text(LOCK)


def test_side_branches_do_not_count(history: Project) -> None:
    git(history.root, "checkout", "--quiet", "-b", "usulan")
    release(history, "Usulan di cabang.", "1.5.0")
    git(history.root, "checkout", "--quiet", "main")
    history.write("modules/rujukan.yml", history.text("modules/rujukan.yml") + "# catatan\n")
    commit(history, "Pekerjaan lain")
    git(history.root, "merge", "--quiet", "--strategy", "ours", "--no-edit", "usulan")
    run = f"runs/{BUILD}.yml"
    history.replace(run, "kurikulum: 1.0.0\n", "kurikulum: 1.0.0\nmodul: {catat: 1.5.0}\n")
    outcome = history.build()
    assert outcome.problems() == [(run, history.line(run, "modul: {catat: 1.5.0}"), "R105")]
    assert "Versi yang ada: 1.2.0" in outcome.out


def test_changed_locked_version_is_refused_with_the_next_version(locked: Project) -> None:
    cases = {
        PAGE: (lambda text: text + "\nSatu kalimat lagi.\n", "1.2.1"),
        META: (
            lambda text: text.replace("prasyarat: [sapa]", "prasyarat: []"),
            "2.0.0",
        ),
    }
    for name, (change, version) in cases.items():
        before = locked.text(name)
        locked.write(name, change(before))
        outcome = locked.pilar("check")
        line = locked.line(META, "versi: 1.2.0")
        assert outcome.problems() == [(META, line, "V103")]
        assert f"Naikkan `versi` menjadi {version}" in outcome.out
        locked.write(name, before)
    locked.pilar("check").fine()


def test_a_new_question_needs_a_minor_version(locked: Project) -> None:
    name = "modules/sapa/soal.yml"
    extra = "- {id: sapa-baru, indikator: 1, jenis: isian, teks: Isilah titik-titik., kunci: ya}\n"
    locked.write(name, locked.text(name) + extra)
    assert "menjadi 1.1.0: soal" in locked.pilar("check").out


def test_lock_that_does_not_fit_its_run_is_refused(locked: Project) -> None:
    run = f"runs/{BUILD}.yml"
    release(locked, "Rilis berikutnya.")
    locked.replace(run, "kurikulum: 1.0.0\n", "kurikulum: 1.0.0\nmodul: {catat: 1.3.0}\n")
    outcome = locked.build()
    assert outcome.problems() == [(LOCK, 1, "V101")]
    assert f"pilar lock {BUILD} --upgrade catat" in outcome.out
    before = locked.text(LOCK)
    locked.pilar("lock", BUILD, "--upgrade", "catat").fine()
    changed = set(locked.text(LOCK).splitlines()) ^ set(before.splitlines())
    assert all(line.lstrip().startswith(("catat:", "waktu:")) for line in changed)
    locked.build_sites("--edition", "peserta")


def test_shallow_clone_explains_itself_and_other_runs_build(
    locked: Project, tmp_path: Path
) -> None:
    release(locked, "Rilis berikutnya.")
    second = locked.text(f"runs/{BUILD}.yml").replace("kurikulum: 1.0.0", "kurikulum: 1.1.0")
    locked.write("runs/2025-09-kedua.yml", second)
    commit(locked, "Pelatihan kedua")
    clone = tmp_path / "dangkal"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{locked.root}", str(clone))
    shallow = Project(clone, locked.cache, clone / "build")
    outcome = shallow.build("--no-books")
    assert {(path, code) for path, _, code in outcome.problems()} == {(LOCK, "V102")}
    assert "git fetch --unshallow" in outcome.out
    assert "modul `catat` 1.2.0" in outcome.out
    assert "modul `sapa`" not in outcome.out  # unchanged since: the files prove it
    assert (clone / "build/2025-09-kedua/peserta/index.html").exists()
    assert not (clone / "build" / BUILD).exists()


def test_downloaded_folder_builds_what_it_can_prove(locked: Project, tmp_path: Path) -> None:
    locked.build_sites()
    before = digests(locked.out / BUILD)
    plain = locked.copied(tmp_path / "unduhan")
    shutil.rmtree(plain.root / ".git")
    shutil.rmtree(plain.out)
    plain.build_sites()
    assert digests(plain.out / BUILD) == before
    plain.write(PAGE, plain.text(PAGE) + "\nBerubah.\n")
    plain.replace(META, "versi: 1.2.0", "versi: 1.2.1")
    plain.write("modules/catat/perubahan.md", "# Perubahan\n\n## 1.2.1\n\n- Kalimat.\n")
    shutil.rmtree(plain.out)
    outcome = plain.build("--no-books")
    assert [(path, code) for path, _, code in outcome.problems()] == [(LOCK, "V102")]
    assert "git clone" in outcome.out


def test_lost_commit_is_explained_but_the_hash_still_finds_the_content(
    locked: Project,
) -> None:
    old = locked.text(LOCK)
    first = git(locked.root, "rev-list", "--max-parents=0", "HEAD")
    locked.write(LOCK, old.replace(first, "1" * 40))
    locked.build_sites("--edition", "peserta")  # the tree is there, whatever became of the commit
    tree = git(locked.root, "rev-parse", "HEAD:modules/catat")
    release(locked, "Rilis berikutnya.")
    locked.write(LOCK, old.replace(tree, "2" * 40).replace(first, "1" * 40))
    outcome = locked.build()
    assert [(path, code) for path, _, code in outcome.problems()] == [(LOCK, "V102")]
    assert f"git fetch origin {'1' * 40}" in outcome.out


@pytest.mark.parametrize(
    ("part", "field", "code"),
    [
        ("sapa", "hash", "V110"),
        ("catat", "commit", "V110"),
        ("rujukan", "hash", "V110"),
        ("waktu", "", "V110"),
        ("sapa", "versi", "V110"),
    ],
)
def test_a_lock_that_git_contradicts_is_told_at_its_line(
    locked: Project, part: str, field: str, code: str
) -> None:
    """Not at the module or the run, which nobody touched."""
    second = release(locked, "Rilis berikutnya.")
    lines = locked.text(LOCK).splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if line.strip().startswith(f"{part}:"))
    found = re.search(rf"{field or part}: '?([0-9a-fTZ:.-]+)", lines[number])
    other = {"versi": "1.0.1", "commit": second, "": "2024-01-01T00:00:00Z"}
    value = other.get(field, "3" * 40)
    lines[number] = lines[number].replace(found[1], value)
    locked.write(LOCK, "".join(lines))
    if field == "versi":
        run = f"runs/{BUILD}.yml"
        locked.replace(run, "kurikulum: 1.0.0\n", "kurikulum: 1.0.0\nmodul: {sapa: 1.0.1}\n")
    assert locked.pilar("check").problems() == [(LOCK, number + 1, code)]
    assert locked.build("--no-books").problems() == [(LOCK, number + 1, code)]
    part = "kurikulum" if part in ("rujukan", "waktu") else part
    if field != "versi":
        locked.pilar("lock", BUILD, "--upgrade", part).fine()
        locked.pilar("check").fine()


@pytest.mark.parametrize("left_out", [["--filter=blob:none"], ["--filter=tree:0"]])
@pytest.mark.parametrize("depth", [[], ["--depth=1"]])
def test_a_partial_clone_is_named_with_the_command_that_completes_it(
    locked: Project, tmp_path: Path, left_out: list[str], depth: list[str]
) -> None:
    release(locked, "Rilis berikutnya.")
    for key in ("allowFilter", "allowAnySHA1InWant"):
        git(locked.root, "config", f"uploadpack.{key}", "true")
    clone = tmp_path / "klon"
    git(tmp_path, "clone", "--quiet", *left_out, *depth, f"file://{locked.root}", str(clone))
    partial = Project(clone, locked.cache, clone / "build")
    outcome = partial.build("--no-books")
    assert {code for _, _, code in outcome.problems()} <= {"V102", "V106"}
    assert "sebagian (--filter)" in outcome.out
    command = re.search(r"jalankan: git ([^.]+)\.$", outcome.out, re.MULTILINE)
    git(clone, *command[1].split())
    partial.build("--no-books").fine()


def test_worktree_is_marked_on_every_page(locked: Project) -> None:
    head = git(locked.root, "rev-parse", "HEAD")
    locked.write(PAGE, locked.text(PAGE) + "\nBelum selesai ditulis.\n")
    locked.build("--worktree").fine()
    mark = f"DRAF {head[:8]}+, 01-02-2025"
    folder = locked.out / BUILD
    pages = list(folder.rglob("*.html"))
    assert pages
    for page in pages:
        assert mark in page.read_text("utf-8"), page
    for book in folder.rglob("*.pdf"):
        text = subprocess.run(
            ["pdftotext", "-layout", str(book), "-"], capture_output=True, text=True, check=True
        ).stdout
        sheets = text.split("\f")[:-1]
        assert sheets
        assert all(mark in sheet for sheet in sheets), book
    text = (folder / "peserta/catat/mencatat.html").read_text("utf-8")
    assert "Belum selesai ditulis." in text


def test_corrupted_lock_is_named(locked: Project) -> None:
    locked.write(LOCK, locked.text(LOCK).replace("hash: '", "hash: 'zz", 1))
    outcome = locked.build()
    assert outcome.problems() == [(LOCK, 4, "Y105")]
    assert not locked.out.joinpath(BUILD).exists()


def test_project_in_a_subfolder_and_in_a_linked_worktree(history: Project, tmp_path: Path) -> None:
    top = tmp_path / "besar"
    shutil.copytree(history.root, top / "kurikulum", ignore=shutil.ignore_patterns(".git"))
    git(top, "init", "--quiet", "--initial-branch", "main")
    git(top, "add", ".")
    git(top, "commit", "--quiet", "--message", "Semua")
    inner = Project(top / "kurikulum", history.cache, top / "hasil")
    inner.pilar("lock", BUILD).fine()
    assert git(top, "rev-parse", "HEAD:kurikulum/modules/sapa") in inner.text(LOCK)
    git(top, "worktree", "add", "--quiet", str(tmp_path / "lain"), "-b", "lain")
    linked = Project(tmp_path / "lain/kurikulum", history.cache, tmp_path / "hasil")
    linked.pilar("lock", BUILD).fine()
    assert linked.text(LOCK) == inner.text(LOCK)


def test_locking_what_git_does_not_have_is_refused(history: Project) -> None:
    history.replace(META, "versi: 1.2.0", "versi: 1.4.0")
    history.replace(
        f"runs/{BUILD}.yml", "kurikulum: 1.0.0\n", "kurikulum: 1.0.0\nmodul: {catat: 1.4.0}\n"
    )
    outcome = history.pilar("lock", BUILD)
    assert [code for _, _, code in outcome.problems()] == ["R105"]
    assert "git commit" in outcome.out
    assert not (history.root / LOCK).exists()
    history.pilar("lock", "2025-99-salah").refused("tidak ada")
    history.pilar("lock", BUILD, "--upgrade", "cata").refused("Mungkin maksud Anda “catat”")


def test_a_rebase_that_loses_a_locked_commit_is_noticed(locked: Project) -> None:
    """The content is still found, by its hash; what is lost is told as a warning."""
    first = git(locked.root, "rev-list", "--max-parents=0", "HEAD")
    git(locked.root, "checkout", "--quiet", "--orphan", "baru")
    commit(locked, "Semua dalam satu komit")
    outcome = locked.pilar("check").fine()
    assert f"{LOCK}:1: V108 komit {first[:12]} yang dikunci untuk kurikulum" in outcome.out
    assert locked.pilar("check", "--strict").problems() == [(LOCK, 1, "V108")]
    locked.build_sites("--edition", "peserta")


def test_a_version_that_says_too_little_is_refused(locked: Project) -> None:
    locked.replace(META, "versi: 1.2.0", "versi: 1.2.1")
    locked.replace("modules/kurikulum.yml", "catat: 1.2.0", "catat: 1.2.1")
    locked.write(
        "modules/catat/perubahan.md", "# Perubahan\n\n## 1.2.1\n\n- Satu kalimat diperbaiki.\n"
    )
    locked.write(PAGE, locked.text(PAGE) + "\nSatu kalimat lagi.\n")
    locked.pilar("check").fine()
    line = locked.replace(META, "prasyarat: [sapa]", "prasyarat: []")
    outcome = locked.pilar("check")
    assert line != (place := locked.line(META, "versi: 1.2.1"))
    assert outcome.problems() == [(META, place, "V107")]
    assert "Naikkan `versi` menjadi 2.0.0: prasyarat berubah" in outcome.out


def test_a_damaged_object_is_named_and_stops_only_the_runs_that_need_it(locked: Project) -> None:
    blob = git(locked.root, "rev-parse", f"HEAD:{PAGE}")
    release(locked, "Rilis berikutnya.")
    second = locked.text(f"runs/{BUILD}.yml").replace("kurikulum: 1.0.0", "kurikulum: 1.1.0")
    locked.write("runs/2025-09-kedua.yml", second)
    path = locked.root / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    other = git(locked.root, "rev-parse", f"HEAD:{PAGE}")
    sound = (locked.root / ".git/objects" / other[:2] / other[2:]).read_bytes()
    for bad in (path.read_bytes()[:20], sound, b""):
        path.write_bytes(bad)
        outcome = locked.build("--no-books", "--edition", "peserta")
        assert outcome.problems() == [(LOCK, 1, "V106")]
        assert "modul `catat` 1.2.0" in outcome.out
        assert blob[:12] in outcome.out
        assert "git fetch --refetch origin" in outcome.out
        assert not (locked.out / BUILD).exists()
        assert (locked.out / "2025-09-kedua/peserta/index.html").exists()
        review = locked.pilar("review", "--base", "HEAD~1", "--no-pictures")
        assert review.problems() == [(".git", 1, "V106")]


def test_a_review_of_a_damaged_commit_names_it(history: Project) -> None:
    release(history, "Rilis berikutnya.")
    head = git(history.root, "rev-parse", "HEAD")
    path = history.root / ".git/objects" / head[:2] / head[2:]
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:20])
    for base in ("HEAD", "HEAD~1", "main", head):
        review = history.pilar("review", "--base", base, "--no-pictures")
        assert review.problems() == [(".git", 1, "V106")]
        assert head[:12] in review.out


def test_a_damaged_newer_version_takes_nobodys_place(locked: Project) -> None:
    release(locked, "Rilis berikutnya.")
    blob = git(locked.root, "rev-parse", f"HEAD:{PAGE}")
    git(locked.root, "revert", "--no-edit", "HEAD")
    path = locked.root / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:20])
    assert "Tidak ada yang berubah." in locked.pilar("errata", BUILD).fine().out


def test_what_is_fetched_again_mends_a_damaged_object(locked: Project, tmp_path: Path) -> None:
    blob = git(locked.root, "rev-parse", f"HEAD:{PAGE}")
    release(locked, "Rilis berikutnya.")
    git(tmp_path, "clone", "--quiet", "--bare", f"file://{locked.root}", "asal.git")
    git(locked.root, "remote", "add", "origin", f"file://{tmp_path}/asal.git")
    path = locked.root / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:20])
    outcome = locked.build("--no-books")
    assert outcome.problems() == [(LOCK, 1, "V106")]
    found = re.search(r"Hapus (\S+) bila ada, lalu jalankan: git (.+)\.$", outcome.out, re.M)
    assert found is not None
    (locked.root / found[1]).unlink()
    git(locked.root, *found[2].split())
    locked.build("--no-books").fine()


def test_versions_on_a_detached_head(locked: Project) -> None:
    """As continuous integration checks out: a merge commit that no branch names."""
    release(locked, "Rilis berikutnya.")
    (locked.root / LOCK).unlink()
    locked.pilar("lock", BUILD).fine()
    lock = locked.text(LOCK)
    git(locked.root, "checkout", "--quiet", "--detach")
    git(locked.root, "branch", "--quiet", "-D", "main")
    (locked.root / LOCK).unlink()
    locked.pilar("lock", BUILD).fine()
    assert locked.text(LOCK) == lock


def test_a_clone_without_a_checkout_builds_the_same(locked: Project, tmp_path: Path) -> None:
    locked.build("--no-books").fine()
    clone = tmp_path / "klon"
    git(tmp_path, "clone", "--quiet", "--no-checkout", f"file://{locked.root}", str(clone))
    bare = Project(clone, locked.cache, clone / "build")
    outcome = bare.build("--no-books")
    assert outcome.code == 0, outcome.out + outcome.err
    assert f"diambil dari komit {git(locked.root, 'rev-parse', 'HEAD')[:12]}" in outcome.err
    for folder in (BUILD, "edisi"):
        assert digests(bare.out / folder) == digests(locked.out / folder)
    assert bare.pilar("check").code == 0
    assert not (clone / "modules").exists()


def test_public_pages_stay_where_a_commit_releases_nothing(locked: Project) -> None:
    locked.build_sites("--edition", "peserta")
    page = locked.out / "edisi" / "index.html"
    before = page.stat().st_mtime_ns
    git(locked.root, "commit", "--quiet", "--allow-empty", "--message", "Tanpa isi")
    locked.build_sites("--edition", "peserta")
    assert page.stat().st_mtime_ns == before
    release(locked, "Kalimat baru.")
    git(locked.root, "reset", "--quiet", "--soft", "HEAD~1")
    locked.build_sites("--edition", "peserta")
    uncommitted = page.stat().st_mtime_ns
    commit(locked, "Rilis berikutnya")
    locked.build_sites("--edition", "peserta")
    assert page.stat().st_mtime_ns != uncommitted


def test_what_is_new_needs_a_checkout(history: Project, tmp_path: Path):
    git(tmp_path, "clone", "--quiet", "--no-checkout", f"file://{history.root}", "klon")
    clone = Project(tmp_path / "klon", history.cache, tmp_path / "build")
    for kind, name in (("module", "coba"), ("run", "2026-05-jember")):
        clone.pilar("new", kind, name).refused("git checkout")
