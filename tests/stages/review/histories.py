"""Scripted histories of the tiny project, as git objects alone: there is no working tree."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pygit2

from pilar.content.files import read_folder
from pilar.model.locked import Lock
from pilar.versions.lockfile import lock_text

TINY = Path(__file__).parents[2] / "front" / "projects" / "minimal"
META = "modules/sapa/modul.yml"
STEPS = "modules/sapa/tiga-langkah.md"
START = "modules/sapa/pendahuluan.md"
END = "modules/sapa/penutup.md"
QUESTIONS = "modules/sapa/soal.yml"
NOTES = "modules/catat/mencatat.md"
NOTES_META = "modules/catat/modul.yml"
CURRICULUM = "modules/kurikulum.yml"
SOURCES = "modules/rujukan.yml"
PICTURE = "modules/sapa/aset/langkah.svg"
RUN = "runs/2025-03-contoh.yml"


class Tree(dict[str, str]):
    """Text of every content file by path; edited from commit to commit."""

    def swap(self, path: str, old: str, new: str) -> None:
        """Replace a text that must be there."""
        assert self[path].count(old) >= 1, f"{path} does not hold {old!r}"
        self[path] = self[path].replace(old, new)

    def copy(self) -> Tree:
        """An independent copy."""
        return Tree(self)


def tiny() -> Tree:
    """The tiny project."""
    return Tree({path: data.decode() for path, data in read_folder(TINY, []).items()})


@dataclass
class History:
    """A repository and its last commit on each branch."""

    root: Path

    def __post_init__(self) -> None:
        self.git = pygit2.init_repository(str(self.root), initial_head="main")
        self.count = 0

    def commit(self, tree: Tree, title: str, *parents: str, branch: str = "main") -> str:
        """Commit `tree` on a branch, on its tip where no parents are named; gives the id."""
        index = pygit2.Index()
        for path, text in tree.items():
            blob = self.git.create_blob(text.encode())
            index.add(pygit2.IndexEntry(path, blob, pygit2.enums.FileMode.BLOB))
        written = index.write_tree(self.git)
        name = f"refs/heads/{branch}"
        if not parents and name in self.git.references:
            parents = (str(self.git.references[name].target),)
        self.count += 1
        who = pygit2.Signature("Penulis", "penulis@example.invalid", 1738396800 + self.count, 0)
        made = self.git.create_commit(None, who, who, title, written, list(parents))
        self.git.references.create(name, made, force=True)
        return str(made)

    def lock(self, commit: str, run: str) -> str:
        """Text of the lock that gives the run of the tiny project what stands at a commit."""
        tree = self.git[commit].tree

        def part(path: str, **version: str) -> dict[str, str]:
            return {"commit": commit, "hash": str(tree[path].id), **version}

        lock = Lock.model_validate(
            {
                "pelatihan": run,
                "waktu": datetime.datetime.fromtimestamp(
                    self.git[commit].commit_time, datetime.UTC
                ),
                "kurikulum": part(CURRICULUM, versi="1.0.0"),
                "rujukan": part(SOURCES),
                "glosarium": part("modules/glosarium.yml"),
                "modul": {
                    "sapa": part("modules/sapa", versi="1.0.0"),
                    "catat": part("modules/catat", versi="1.2.0"),
                },
            }
        )
        return lock_text(lock)


Script = Callable[[History], tuple[str, str]]
"""Writes a history; gives the two commits to compare."""

SCRIPTS: dict[str, Script] = {}
"""Histories by the name of their golden folder."""


def script(write: Script) -> Script:
    """Register a history."""
    SCRIPTS[write.__name__.replace("_", "-")] = write
    return write


def edited(history: History, title: str, *edits: Callable[[Tree], None]) -> tuple[str, str]:
    """The tiny project, then the same with edits."""
    tree = tiny()
    base = history.commit(tree, "Kurikulum pertama")
    for edit in edits:
        edit(tree)
    return base, history.commit(tree, title)


@script
def typo(history: History) -> tuple[str, str]:
    """One letter."""
    return edited(
        history,
        "Salah ketik",
        lambda tree: tree.swap(START, "didatangi orang asing", "didatangi orang baru"),
        lambda tree: tree.swap(META, "versi: 1.0.0", "versi: 1.0.1"),
        lambda tree: tree.swap(CURRICULUM, "sapa: 1.0.0", "sapa: 1.0.1"),
    )


@script
def hours(history: History) -> tuple[str, str]:
    """Twice the time; the version stays behind."""
    return edited(
        history,
        "Jam ditambah",
        lambda tree: tree.swap(META, "teori: 1", "teori: 2"),
        lambda tree: tree.swap(STEPS, "menit: 45", "menit: 90"),
        lambda tree: tree.swap(META, "versi: 1.0.0", "versi: 1.1.0"),
        lambda tree: tree.swap(CURRICULUM, "sapa: 1.0.0", "sapa: 1.1.0"),
    )


@script
def indicator_dropped(history: History) -> tuple[str, str]:
    """Indicator 2 goes, with what served it; another goes on without its question."""

    def drop(tree: Tree) -> None:
        tree.swap(META, "  - memeragakan sapaan yang hormat\n", "")
        for old in ("indikator: [1, 2]", "indikator: [2]"):
            tree.swap(STEPS, old, "indikator: [1]")
        first = tree[QUESTIONS].index("- id: sapa-2")
        last = tree[QUESTIONS].index("- id: sapa-3")
        tree[QUESTIONS] = tree[QUESTIONS][:first] + tree[QUESTIONS][last:]
        tree.swap(STEPS, "/// soal | sapa-2\n///\n", "")
        tree.swap(META, "versi: 1.0.0", "versi: 2.0.0")
        tree.swap(CURRICULUM, "sapa: 1.0.0", "sapa: 2.0.0")

    return edited(history, "Indikator kedua dihapus", drop)


@script
def key_changed(history: History) -> tuple[str, str]:
    """The key of a question, and its explanation."""
    return edited(
        history,
        "Kunci dibetulkan",
        lambda tree: tree.swap(QUESTIONS, "kunci: B", "kunci: A"),
        lambda tree: tree.swap(QUESTIONS, "bersiap menerima tamu", "bersiap"),
    )


@script
def module_split(history: History) -> tuple[str, str]:
    """The last pages of a module, a question and an activity become a module of their own."""

    def split(tree: Tree) -> None:
        meta = tree[META]
        tree["modules/pamit/modul.yml"] = (
            meta.replace("kode: SAP", "kode: PMT")
            .replace("judul: Menyapa Warga", "judul: Berpamitan")
            .replace(
                "halaman: [persiapan-pelatih.md, pendahuluan.md, tiga-langkah.md, penutup.md]",
                "halaman: [penutup.md]",
            )
            .replace("status: uji-coba", "status: draf")
            .replace("teori: 1", "teori: 0")
        )
        tree["modules/pamit/penutup.md"] = tree.pop(END)
        first = tree[QUESTIONS].index("- id: sapa-3")
        tree["modules/pamit/soal.yml"] = tree[QUESTIONS][first:]
        tree[QUESTIONS] = tree[QUESTIONS][:first]
        tree.swap(META, ", penutup.md]", "]")
        tree.swap(META, "versi: 1.0.0", "versi: 1.1.0")
        tree.swap(CURRICULUM, "sapa: 1.0.0", "sapa: 1.1.0\n    pamit: 1.0.0")

    return edited(history, "Modul dipecah", split)


@script
def page_moved(history: History) -> tuple[str, str]:
    """A page goes to another module under another name; nothing in it changes."""

    def move(tree: Tree) -> None:
        tree["modules/catat/pamitan.md"] = tree.pop(END)
        tree.swap(META, ", penutup.md]", "]")
        tree.swap(NOTES_META, "mencatat.md]", "mencatat.md, pamitan.md]")

    return edited(history, "Penutup pindah", move)


@script
def law_replaced(history: History) -> tuple[str, str]:
    """A law is no longer in force; the module cites the new one."""

    def replace(tree: Tree) -> None:
        new = "- {id: uu-1-2025, jenis: UU, nomor: 1, tahun: 2025, tentang: Pelayanan Warga, "
        tree[SOURCES] += new + "berlaku_sejak: 2025}\n"
        tree.swap(
            SOURCES,
            "berlaku_sejak: 2009",
            "berlaku_sejak: 2009, berlaku_sampai: 2024, diganti_oleh: uu-1-2025",
        )
        tree.swap(META, "rujukan: [uu-11-2009]", "rujukan: [uu-1-2025]")
        tree.swap(STEPS, "[@uu-11-2009, Pasal 5]", "[@uu-1-2025, Pasal 7]")

    return edited(history, "Undang-undang baru", replace)


@script
def picture_replaced(history: History) -> tuple[str, str]:
    """Other bytes under the same name."""
    return edited(
        history, "Gambar baru", lambda tree: tree.swap(PICTURE, "</svg>", "<desc>baru</desc></svg>")
    )


@script
def whole_rewrite(history: History) -> tuple[str, str]:
    """Not one sentence of a page is left."""
    text = (
        "# Pamit\n\nKunjungan berakhir di ambang pintu. Ucapkan salam perpisahan, sebutkan kapan "
        "Anda kembali, dan catat janji itu.\n"
    )
    return edited(history, "Ditulis ulang", lambda tree: tree.update({END: text}))


@script
def merge(history: History) -> tuple[str, str]:
    """Two branches changed the same sentence; the merge decides, and adds words of its own."""
    tree = tiny()
    root = history.commit(tree, "Kurikulum pertama")
    ours, theirs = tree.copy(), tree.copy()
    ours.swap(END, "Terima kasih sudah belajar", "Terima kasih telah belajar")
    base = history.commit(ours, "Cabang utama", root)
    theirs.swap(END, "Terima kasih sudah belajar", "Selamat, Anda selesai belajar")
    theirs.swap(NOTES_META, "versi: 1.2.0", "versi: 1.2.1")
    side = history.commit(theirs, "Cabang samping", root, branch="samping")
    theirs.swap(END, "Selamat, Anda selesai belajar", "Terima kasih telah selesai belajar")
    return base, history.commit(theirs, "Gabungan", base, side)


@script
def moved_on(history: History) -> tuple[str, str]:
    """The base has gone on since the branch left it; only the branch's own change shows."""
    tree = tiny()
    root = history.commit(tree, "Kurikulum pertama")
    ours = tree.copy()
    ours.swap(NOTES_META, "versi: 1.2.0", "versi: 1.3.0")
    base = history.commit(ours, "Cabang utama maju", root)
    tree.swap(END, "Bawalah senyum Anda", "Bawalah selalu senyum Anda")
    return base, history.commit(tree, "Usulan", root, branch="usulan")


@script
def deleted_and_added_again(history: History) -> tuple[str, str]:
    """A page goes in one commit and comes back in the next: nothing has changed."""
    tree = tiny()
    base = history.commit(tree, "Kurikulum pertama")
    without = tree.copy()
    del without[END]
    without.swap(META, ", penutup.md]", "]")
    history.commit(without, "Penutup dihapus")
    return base, history.commit(tree, "Penutup kembali")


@script
def restored(history: History) -> tuple[str, str]:
    """The same, seen from the commit that had deleted the page."""
    tree = tiny()
    without = tree.copy()
    history.commit(tree, "Kurikulum pertama")
    del without[END]
    without.swap(META, ", penutup.md]", "]")
    base = history.commit(without, "Penutup dihapus")
    return base, history.commit(tree, "Penutup kembali")


@script
def rearranged(history: History) -> tuple[str, str]:
    """Lines broken elsewhere, a comment, questions and pages in another order: no new word."""

    def arrange(tree: Tree) -> None:
        tree.swap(START, "mau bercerita kepada pendamping. ", "mau\nbercerita kepada pendamping.\n")
        tree[END] += "\n<!-- Periksa lagi tahun depan. -->\n"
        first, last = (tree[QUESTIONS].index(f"- id: sapa-{n}") for n in (2, 3))
        text = tree[QUESTIONS]
        tree[QUESTIONS] = text[:first] + text[last:] + text[first:last]
        tree.swap(NOTES_META, "versi: 1.2.0", "versi: '1.2.0'")

    return edited(history, "Ditata ulang", arrange)


@script
def renamed(history: History) -> tuple[str, str]:
    """A module's folder and one of its pages get other names."""

    def rename(tree: Tree) -> None:
        for path in [path for path in tree if path.startswith("modules/catat/")]:
            new = path.replace("catat/", "catatan/", 1).replace("mencatat.md", "menulis.md")
            tree[new] = tree.pop(path)
        tree.swap("modules/catatan/modul.yml", "[mencatat.md]", "[menulis.md]")
        tree.swap(STEPS, "../catat/mencatat.md", "../catatan/menulis.md")
        tree.swap(CURRICULUM, "catat:", "catatan:")
        tree.swap(RUN, "catat", "catatan")

    return edited(history, "Nama baru", rename)


@script
def opened_to_participants(history: History) -> tuple[str, str]:
    """A passage that was the trainers' alone loses its block."""

    def open_up(tree: Tree) -> None:
        text = "Telepon genggam disimpan sebelum mengetuk supaya perhatian penuh kepada warga.\n"
        tree.swap(STEPS, f"/// kunci\n{text}///\n", text)

    return edited(history, "Kunci terbuka", open_up)


@script
def broken_head(history: History) -> tuple[str, str]:
    """A block is not closed, and a key of modul.yml is misspelt in another module."""
    return edited(
        history,
        "Rusak",
        lambda tree: tree.swap(STEPS, "Ketuk, salam, perkenalkan diri.\n///", "Ketuk dan salam."),
        lambda tree: tree.swap(NOTES_META, "judul:", "judull:"),
    )


@script
def broken_base(history: History) -> tuple[str, str]:
    """The same the other way round: the mistakes are mended."""
    _, head = broken_head(history)
    return head, history.commit(tiny(), "Diperbaiki")


@script
def unreadable(history: History) -> tuple[str, str]:
    """kurikulum.yml is no YAML: nothing can be compared."""
    return edited(history, "Kurikulum rusak", lambda tree: tree.update({CURRICULUM: "nama: [\n"}))


@script
def page_renamed_and_reflowed(history: History) -> tuple[str, str]:
    """A page has another name and other line breaks; one word in it is another."""

    def rename(tree: Tree) -> None:
        text = tree.pop(START).replace("orang asing", "orang baru")
        tree["modules/sapa/awal.md"] = text.replace(". ", ".\n")
        tree.swap(META, "pendahuluan.md", "awal.md")

    return edited(history, "Nama halaman", rename)


@script
def page_split(history: History) -> tuple[str, str]:
    """The exercises of a page become a page of their own."""

    def split(tree: Tree) -> None:
        first = tree[STEPS].index("## Latihan")
        tree["modules/sapa/berlatih.md"] = f"# Berlatih\n\n{tree[STEPS][first:]}"
        tree[STEPS] = tree[STEPS][:first]
        tree.swap(META, "tiga-langkah.md, ", "tiga-langkah.md, berlatih.md, ")

    return edited(history, "Halaman dipecah", split)


@script
def question_dropped(history: History) -> tuple[str, str]:
    """The one question of an indicator goes; another indicator has one more."""

    def drop(tree: Tree) -> None:
        first = tree[QUESTIONS].index("- id: sapa-2")
        last = tree[QUESTIONS].index("- id: sapa-3")
        text = tree[QUESTIONS]
        tree[QUESTIONS] = text + text[first:last].replace("sapa-2", "sapa-4").replace(
            "indikator: 2", "indikator: 1"
        )
        tree[QUESTIONS] = tree[QUESTIONS].replace(text[first:last], "", 1)
        tree.swap(STEPS, "/// soal | sapa-2\n///\n", "")

    return edited(history, "Soal diganti", drop)


@script
def hours_shifted(history: History) -> tuple[str, str]:
    """One module has an hour more, the other one less."""
    return edited(
        history,
        "Jam dialihkan",
        lambda tree: tree.swap(META, "teori: 1", "teori: 2"),
        lambda tree: tree.swap(STEPS, "menit: 45", "menit: 90"),
        lambda tree: tree.swap(NOTES_META, "penugasan: 1", "penugasan: 0"),
        lambda tree: tree.swap(NOTES, "menit: 45", "menit: 5"),
    )


@script
def locked(history: History) -> tuple[str, str]:
    """The run is locked and stays as it was; a second one, on the same modules, is new."""
    tree = tiny()
    first = history.commit(tree, "Kurikulum pertama")
    tree[RUN.replace(".yml", ".lock")] = history.lock(first, "2025-03-contoh")
    base = history.commit(tree, "Pelatihan dikunci")
    tree.swap(START, "orang asing", "orang baru")
    tree.swap(META, "versi: 1.0.0", "versi: 1.0.1")
    tree.swap(CURRICULUM, "sapa: 1.0.0", "sapa: 1.0.1")
    tree["modules/sapa/perubahan.md"] = (
        "# Perubahan\n\n## 1.0.1\n\n- Kata yang keliru dibetulkan.\n"
    )
    tree["runs/2025-09-kedua.yml"] = tree[RUN].replace("2025-03-10", "2025-09-01")
    return base, history.commit(tree, "Angkatan kedua")
