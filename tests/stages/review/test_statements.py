"""What the summary says of small things, and what it leaves out first when there is too much."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from pilar.model.problem import UnknownNameError
from pilar.review.compare.data import Review
from pilar.review.report import summary
from pilar.review.report.phrases import LONGEST, Line, edited, grouped, plain, quoted, step
from pilar.review.report.summary import Piece, markdown
from pilar.review.write import Options, write_review

from .histories import END, PICTURE, QUESTIONS, START, STEPS, History, Tree, tiny
from .histories import edited as commits


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setenv("PILAR_CACHE", str(tmp_path / "cache"))
    return History(tmp_path / "proyek")


def reviewed(history: History, *swaps: tuple[str, str, str]) -> Review:
    def swap(tree: Tree) -> None:
        for path, old, new in swaps:
            tree.swap(path, old, new)

    base, head = commits(history, "Usulan", swap)
    out = history.root.with_name("hasil")
    return write_review(Options(history.root, out, base, head, pictures=False))


def page_of(history: History, *swaps: tuple[str, str, str]) -> str:
    (line,) = re.findall(r"\*\*Halaman\*\*: (.*)", markdown(reviewed(history, *swaps)))
    return line.partition(") ")[2]


def test_few_words_are_shown_with_some_around_them(written: History) -> None:
    line = page_of(written, (START, "didatangi orang asing", "didatangi orang"))
    assert line == "−1 kata: “… sering merasa malu ketika didatangi orang ~~asing~~.”"


def test_marks_stand_where_markdown_sees_them(written: History) -> None:
    """`a**,**` would show its stars."""
    line = page_of(written, (STEPS, "tiga kali, mundurlah", "tiga kali; mundurlah"))
    text = "“Ketuklah pintu tiga kali ~~,~~ **;** mundurlah selangkah, lalu ucapkan salam dengan …”"
    assert line == f"tanda bacanya berubah: {text}"


def test_many_words_are_only_counted(written: History) -> None:
    line = page_of(written, (STEPS, "Ketuklah pintu", "Kata " * 41 + "Ketuklah pintu"))
    assert line == "+41 kata"


def test_a_new_link_and_a_new_picture_are_no_words(written: History) -> None:
    assert page_of(written, (PICTURE, "</svg>", "<desc/></svg>")) == "gambarnya berganti"


def test_a_new_target_of_a_link_is_told(written: History) -> None:
    line = page_of(written, (STEPS, "mencatat.md#buku-saku", "mencatat.md"))
    assert line == (
        "alamat tautan “mencatat kunjungan”: ../catat/mencatat.md\\#buku-saku menjadi "
        "../catat/mencatat.md"
    )


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("satu dua tiga", "satu empat tiga", "“satu \ue000dua\ue002 \ue001empat\ue002 tiga”"),
        ("satu", "lain sama sekali", "“satu” menjadi “lain sama sekali”"),
    ],
)
def test_a_text_is_shown_with_its_changes_or_twice(before: str, after: str, text: str) -> None:
    assert edited(before, after) == text


def test_what_stays_is_said_once() -> None:
    assert [step(3, 3), step(3, 4), step(0, 4), step(4, 0)] == ["3", "3 → 4", "– → 4", "4 → –"]


def test_every_name_is_linked_once_and_no_link_says_nothing(written: History) -> None:
    text = markdown(reviewed(written, (QUESTIONS, "kunci: B", "kunci: A")), "laporan.html")
    names = re.findall(r"\[([^\]]+)\]\(laporan\.html(?:#[\w-]+)?\)", text)
    assert len(names) == text.count("](laporan.html")
    assert "lihat" not in names
    module = text[text.index("### Perubahan per modul") :]
    assert module.count("[SAP Menyapa Warga]") == 1


def test_what_weighs_least_is_left_out_first(
    written: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = reviewed(
        written,
        (START, "didatangi orang asing", "didatangi orang"),
        (QUESTIONS, "kunci: B", "kunci: A"),
        ("modules/glosarium.yml", "- ", "- {istilah: Baru, arti: Kata baru.}\n- "),
    )
    whole = markdown(review)
    parts = ["### Perlu dilihat (", "**Kunci**: soal", "### Pelatihan", "**Halaman**", "Glosarium"]
    assert all(part in whole for part in parts)
    gone: list[int] = []
    for limit in range(len(whole) - 1, 1000, -40):
        monkeypatch.setattr(summary, "LIMIT", limit)
        text = markdown(review)
        assert len(text) <= limit
        assert "butir yang kurang penting hanya ada di [laporan lengkap]" in text
        assert not re.search(r"\n#+ [^\n]*\n+(#|$)", text.replace("\n#### ", "\n"))
        missing = [number for number, part in enumerate(parts) if part not in text]
        # From the end: nothing is missing while something less important is there.
        assert missing == list(range(5 - len(missing), 5))
        gone.append(len(missing))
    assert gone == sorted(gone)
    assert gone[0] <= 1 < gone[-1]


def test_pieces_keep_their_order_and_a_heading_has_something_below_it() -> None:
    pieces = [
        Piece("a" * 10, 2, ("# A\n",)),
        Piece("b" * 10, 1, ("# B\n",)),
        Piece("c" * 10, 3, ("# B\n",)),
    ]
    texts = ["".join(p.text[0] for p in summary._fit(pieces, room)) for room in (13, 14, 28, 38)]
    assert texts == ["", "b", "ab", "abc"]


def test_a_block_that_markdown_does_not_see_is_a_new_problem_and_a_solved_one(
    written: History,
) -> None:
    """`pilar check` finds it by rendering; who approves must not miss that nothing builds."""
    seen, lost = (
        "Ketuklah pintu",
        "    /// diskusi | Pintu\n    Bicarakan.\n    ///\n\nKetuklah pintu",
    )
    found = reviewed(written, (STEPS, seen, lost))
    assert [(p.path, p.code) for p in found.new] == [(STEPS, "B115")]
    assert "B115" in markdown(found)
    assert '"ruleId": "B115"' in (written.root.with_name("hasil") / "ulasan.sarif").read_text(
        "utf-8"
    )
    head = str(written.git.head.target)
    back = written.commit(tiny(), "Dikembalikan")
    out = written.root.with_name("balik")
    found = write_review(Options(written.root, out, head, back, pictures=False))
    assert (found.new, [(p.path, p.code) for p in found.solved]) == ((), [(STEPS, "B115")])
    assert re.findall(r"B1\d\d", (out / "ulasan.sarif").read_text("utf-8")) == []


def test_a_clone_that_was_cut_short_of_the_fork_says_so(written: History, tmp_path: Path) -> None:
    tree = tiny()
    fork = written.commit(tree, "Kurikulum pertama")
    tree.swap(STEPS, "Ketuklah pintu", "Ketuk pintu")
    written.commit(tree, "Usulan", fork, branch="usulan")
    tree.swap(STEPS, "Ketuk pintu", "Ketuklah pagar")
    written.commit(tree, "Pekerjaan lain", fork)
    clone = ["git", "clone", "--quiet", "--depth", "1", "--no-single-branch"]
    subprocess.run([*clone, f"file://{written.root}", tmp_path / "klon"], check=True)
    options = Options(tmp_path / "klon", tmp_path / "hasil", "origin/usulan", pictures=False)
    with pytest.raises(UnknownNameError, match="git fetch --unshallow"):
        write_review(options)
    assert not options.out.exists()


LIST = "\n3. Ketuk.\n4. Salam.\n5. Pamit.\n"
TABLE = "\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
TICKS = "\n- [ ] Bawa kartu.\n- [ ] Bawa pena.\n"
LINK = "\nBaca [panduan](https://a.id/x) ini.\n"


@pytest.mark.parametrize(
    ("text", "old", "new", "kind", "told"),
    [
        (LIST, "3.", "7.", "nomor awal", "nomor awal 3 menjadi 7"),
        (LIST, "3. Ketuk.\n4. Salam.", "3. Salam.\n4. Ketuk.", "", "urutan butir daftar berubah"),
        (TABLE, "--- | ---", "--: | --:", "perataan kolom", "kiri menjadi kanan di 2 tempat"),
        (TICKS, "[ ]", "[x]", "centang", "2 kotak kini dicentang"),
        (
            LINK,
            "a.id",
            "b.id",
            "alamat tautan",
            "alamat tautan “panduan”: https\u2060://a.id/x menjadi https\u2060://b.id/x",
        ),
        (LINK, "[panduan](https://a.id/x)", "panduan", "tautan", "dihapus: https\u2060://a.id/x"),
    ],
)
def test_what_is_no_word_is_told_and_named_in_the_headline(
    written: History, text: str, old: str, new: str, kind: str, told: str
) -> None:
    """Numbers of steps, their order, columns, ticks, addresses: none of it is without change."""
    tree = tiny()
    tree[END] += text
    base = written.commit(tree, "Dasar")
    tree[END] = tree[END].replace(old, new)
    head = written.commit(tree, "Usulan")
    out = written.root.with_name("hasil")
    summary = markdown(write_review(Options(written.root, out, base, head, pictures=False)))
    assert told in summary
    assert f"hanya {kind or 'teks'} di 1 halaman modul SAP" in summary


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1. Norma [kelas](https://a.id/b) **tebal**, `kode`", "1. Norma kelas tebal, kode"),
        (
            "Menurut [@uu-11-2009, Pasal 5] dan [@#lk-sapa]",
            "Menurut uu-11-2009, Pasal 5 dan lk-sapa",
        ),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("/// pelatih", "/// pelatih"),
    ],
)
def test_a_text_of_an_author_is_quoted_as_it_is_read(text: str, read: str) -> None:
    assert plain(text) == read


@pytest.mark.parametrize(
    "link",
    [
        "[halaman resmi dinas](https://a.id/b/c)",
        "![foto balai kota lama](aset/a.jpg)",
        "<https://a.id/b/c>",
        "[@uu-11-2009, Pasal 5 ayat (1) huruf a]",
        "**[tebal sekali](../catat/mencatat.md)**",
    ],
)
def test_a_cut_leaves_no_half_of_a_link(link: str) -> None:
    """Wherever the cut falls, before the link, in its words or in its address."""
    for before in range(LONGEST - 40, LONGEST + 5, 5):
        text = f"{'kata ' * (before // 5)}{link}{' lagi' * 40}"
        cut = quoted(text)
        assert cut.endswith(" …”")
        assert not re.search(r"\]\(|\*\*|<|aset/|\.md|\[(?![^\]]*\])", cut), cut


def test_an_address_is_shown_whole_or_as_its_site() -> None:
    assert quoted(f"Lihat <https://a.id/{'b' * 400}> ini.") == "“Lihat https://a.id/… ini.”"


def test_an_address_that_changed_in_yaml_is_no_change_of_words() -> None:
    old = "Baca [pedoman](https://a.id)."
    assert edited(old, old.replace("a.id", "b.id")) == (
        "“Baca pedoman.” (tautan atau tampilannya lain)"
    )


def test_what_is_said_of_several_is_said_once() -> None:
    lines = [Line("Versi", ": lama", "SAP", "a"), Line("Jam", "x"), Line("Versi", ": lama", "CTT")]
    first, second = grouped(lines)
    assert (first.heading, first.names) == ("Versi (2 kali)", (("SAP", "a"), ("CTT", "")))
    assert second.heading == "Jam"


def test_a_problem_of_many_places_is_one_line(written: History) -> None:
    """A word unknown on every page is one notice with its places, not one a page."""
    word = "\nSimpanlah pintuqx itu.\n"
    tree = tiny()
    base = written.commit(tree, "Dasar")
    for path in (START, END, STEPS):
        tree[path] += word
    head = written.commit(tree, "Usulan")
    out = written.root.with_name("hasil")
    summary = markdown(write_review(Options(written.root, out, base, head, pictures=False)))
    (line,) = (line for line in summary.splitlines() if "“pintuqx”" in line and "L106" in line)
    assert "(peringatan, 3 kali, juga di `modules/sapa/" in line
    assert "### Masalah baru (3)" in summary
    page = (out / "index.html").read_text("utf-8")
    assert page.count("L106.html") == 1


def test_who_wrote_the_commits_is_told(written: History) -> None:
    tree = tiny()
    base = written.commit(tree, "Dasar")
    tree.swap(START, "orang asing", "orang baru")
    written.commit(tree, "Usulan\n\nCo-authored-by: Bu *Sari* <sari@example.invalid>")
    tree.swap(START, "orang baru", "orang lain")
    first = written.commit(tree, "Usulan kedua")
    side = written.commit(tree, "Samping", base, branch="samping")
    head = written.commit(tree, "Gabungan", first, side)
    out = written.root.with_name("hasil")
    summary = markdown(write_review(Options(written.root, out, base, head, pictures=False)))
    assert " · ditulis Penulis (3 komit) dan Bu \\*Sari\\* (1 komit) · " in summary
    back = markdown(write_review(Options(written.root, out, head, base, pictures=False)))
    assert "ditulis" not in back


CARDS = "/// kartu | Sopan atau tidak\n    set: kelas\n\n- Mengetuk\n- Berteriak\n///\n"


def test_cards_and_what_an_activity_needs_are_told(written: History) -> None:
    tree = tiny()
    tree.swap(STEPS, "## Latihan\n", f"{CARDS}\n## Latihan\n")
    base = written.commit(tree, "Kartu pertama")
    needs = (
        "    minimum: 30\n    kelompok: 4\n    bahan: [{nama: spidol, jumlah: 0.5, per: orang}]\n"
    )
    tree.swap(STEPS, "    id: peran\n", f"    id: peran\n{needs}")
    tree.swap(STEPS, "set: kelas", "set: kelompok\n    untuk: semua")
    tree.swap(STEPS, "- Berteriak\n", "- Berteriak\n- Menunggu\n")
    tree.swap(STEPS, "## Latihan\n", "/// kartu | Peran\n- Warga\n///\n\n## Latihan\n")
    head = written.commit(tree, "Kartu kedua")
    out = written.root.with_name("hasil")
    text = markdown(write_review(Options(written.root, out, base, head, pictures=False)))
    assert re.findall(r"\*\*(?:Kegiatan|Kartu)\*\*: .*", text) == [
        "**Kegiatan**: “Bermain peran di depan pintu”: bahan – menjadi 0,5 spidol per orang; "
        "ukuran kelompok – menjadi 4 orang; waktu paling singkat – menjadi 30 menit",
        "**Kartu**: baru: “Peran” (1 kartu, satu untuk kelas)",
        "**Kartu**: “Sopan atau tidak”: kini terlihat peserta; 2 kartu menjadi 3 kartu; "
        "set satu untuk kelas menjadi satu tiap kelompok",
    ]
    assert "kartu bertambah atau berkurang" in text
