"""What differs between two versions of a module, and the version that this asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pilar.changes.answer_keys import key_change
from pilar.changes.bump import proposed
from pilar.changes.modules import Differences, compare
from pilar.changes.pairing import ALIKE, Pairs, PlacedPage, paired_pages
from pilar.model.curriculum import Citation, Hours, Module, Question, Topic
from pilar.model.semver import order

from .samples import PROJECT, project_of

ACTIVITY = """\
/// kegiatan | {title}
    menit: {minutes}

Bagilah peserta menjadi empat kelompok yang sama besar.
///
"""
NOTE = "//// pelatih\nSiapkan kartu.\n////\n"


def module_of(*pages: str, questions: tuple[Question, ...] = (), **meta: Any) -> Module:
    """Module `contoh` with these pages and other values in modul.yml."""
    module = project_of(*pages, questions=questions).modules["contoh"]
    return replace(module, meta=module.meta.model_copy(update=meta))


def question(name: str, **values: Any) -> Question:
    return Question(
        **{"id": name, "indikator": 1, "jenis": "isian", "teks": "?", "kunci": "a"} | values
    )


def test_a_module_does_not_differ_from_itself() -> None:
    module = PROJECT.modules["contoh"]
    assert not compare(module, module)


def test_white_space_at_line_ends_and_empty_lines_are_no_change() -> None:
    old, new = module_of("# A\n\nSatu\nDua\n"), module_of("# A\n\n\nSatu \nDua\n\n")
    assert not compare(old, new)


def test_a_page_differs_for_those_who_see_the_difference() -> None:
    old = module_of("# A\n\nSatu\n", "# B\n\nDua\n")
    new = module_of(f"# A\n\nSatu\n\n{NOTE}", "# B\n\nTiga\n")
    changed = compare(old, new).pages.changed
    assert [(c.after.title, c.fields) for c in changed] == [
        ("A", {"pelatih"}),
        ("B", {"pelatih", "peserta"}),
    ]


def test_a_page_with_another_name_is_renamed_not_removed() -> None:
    old = module_of("# A\n\nsatu dua tiga empat\n")
    (page,) = old.pages
    new = replace(old, pages=(replace(page, name="lain"),))
    change = compare(old, new)
    assert [(c.before.name, c.after.name) for c in change.renamed] == [("hal-1", "lain")]
    assert not change.pages.added
    assert not change.pages.removed


def test_an_activity_is_known_by_its_id_its_title_or_its_words() -> None:
    first = ACTIVITY.format(title="Satu", minutes=20)
    second = ACTIVITY.format(title="Dua", minutes=30).replace("empat", "dua puluh")
    old = module_of(f"# A\n\n{first}\n{second}")
    new = module_of(
        f"# A\n\n{second.replace('30', '25')}\n{first.replace('Satu', 'Membagi kelompok')}"
    )
    change = compare(old, new).activities
    assert [(c.before.block.title, c.after.block.title, c.fields) for c in change.changed] == [
        ("Dua", "Dua", {"menit"}),
        ("Satu", "Membagi kelompok", {"judul"}),
    ]
    assert (change.added, change.removed) == ((), ())


def test_activities_of_the_same_title_are_paired_in_order() -> None:
    both = [ACTIVITY.format(title="Refleksi", minutes=n) for n in (10, 15)]
    old = module_of("# A\n\n" + "\n".join(both))
    change = compare(old, module_of("# A\n\n" + both[0])).activities
    assert [a.options.menit for a in change.removed] == [15]
    assert change.changed == ()


CARDS = """\
/// kartu | {title}
    set: {whom}

- Datang tepat waktu
- {last}
///
"""


def test_sets_of_cards_are_known_as_activities_are() -> None:
    first = CARDS.format(title="Norma", whom="kelas", last="Rajin menabung")
    second = CARDS.format(title="Nilai", whom="orang", last="Sabar")
    old = module_of(f"# A\n\n{first}\n{second}")
    new = module_of(
        f"# A\n\n{first.replace('Norma', 'Norma kelas').replace('Rajin menabung', 'Jujur')}",
        "# B\n\n/// kartu | Baru\n- Lain sekali\n///\n",
    )
    change = compare(old, new).cards
    assert [(c.after.block.title, c.fields) for c in change.changed] == [
        ("Norma kelas", {"judul", "pelatih"})
    ]
    assert [c.block.title for c in change.added] == ["Baru"]
    assert [c.block.title for c in change.removed] == ["Nilai"]
    assert not compare(old, old)


def test_questions_tell_which_of_their_fields_changed() -> None:
    old = module_of("# A\n", questions=(question("a"), question("b"), question("c")))
    new = module_of("# A\n", questions=(question("c", kunci="z"), question("d"), question("a")))
    change = compare(old, new).questions
    assert [q.id for q in change.added] == ["d"]
    assert [q.id for q in change.removed] == ["b"]
    assert [(c.after.id, c.fields) for c in change.changed] == [("c", {"kunci"})]


def test_indicators_keep_their_number_and_are_known_by_their_words() -> None:
    texts = ("menjelaskan empat fungsi layanan", "menyusun rencana kerja kelompok")
    old = module_of("# A\n", indikator=texts)
    new = module_of("# A\n", indikator=(texts[1], "menjelaskan lima fungsi layanan", "menilai"))
    change = compare(old, new).indicators
    assert [(i.number, i.text) for i in change.added] == [(3, "menilai")]
    assert [(c.before.number, c.after.number, c.fields) for c in change.changed] == [
        (2, 1, {"nomor"}),
        (1, 2, {"teks", "nomor"}),
    ]


def test_hours_sources_and_pictures() -> None:
    old = module_of("# A\n", jp=Hours(teori=1), rujukan=(Citation(id="a"), Citation(id="b")))
    new = module_of("# A\n", jp=Hours(teori=2), rujukan=(Citation(id="b", sejarah=True),))
    old, new = replace(old, assets={"aset/x.svg": b"1"}), replace(new, assets={"aset/x.svg": b"2"})
    change = compare(old, new)
    assert change.hours == (Hours(teori=1), Hours(teori=2))
    assert change.result is None
    assert [c.id for c in change.sources.removed] == ["a"]
    assert [(c.after.id, c.fields) for c in change.sources.changed] == [("b", {"sejarah"})]
    assert [c.after for c in change.pictures.changed] == ["aset/x.svg"]


@pytest.mark.parametrize(
    ("new", "version"),
    [
        (module_of("# A\n\nkata\n"), "1.0.1"),
        (module_of("# A\n", jp=Hours(teori=9)), "2.0.0"),
        (module_of("# A\n", questions=(question("a"),)), "1.1.0"),
        (module_of("# A\n\n" + ACTIVITY.format(title="Satu", minutes=5)), "1.1.0"),
        (module_of("# A\n", halaman=("hal-1.md", "baru.md")), "1.1.0"),
    ],
)
def test_the_change_asks_for_a_version(new: Module, version: str) -> None:
    old = module_of("# A\n", versi="1.0.0")
    assert proposed(compare(old, new))[0] == version


PLAIN = ACTIVITY.format(title="Satu", minutes=30)


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ("minimum: 20", "waktu paling singkat"),
        ("kelompok: 4", "orang per kelompok"),
        ("bahan: [{nama: spidol, jumlah: 2, per: orang}]", "bahan kegiatan"),
    ],
)
def test_what_an_activity_needs_is_a_correction(option: str, reason: str) -> None:
    old = module_of(f"# A\n\n{PLAIN}", versi="1.0.0")
    new = module_of(f"# A\n\n{PLAIN}".replace("30\n", f"30\n    {option}\n"))
    wanted = "1.0.1", f"{reason} berubah, tetapi susunan modul tetap"
    assert proposed(compare(old, new)) == wanted


def test_sets_of_cards_that_come_are_an_addition_and_other_cards_a_correction() -> None:
    cards = CARDS.format(title="Norma", whom="kelas", last="Rajin")
    old, new = module_of("# A\n", versi="1.0.0"), module_of(f"# A\n\n{cards}", versi="1.0.0")
    assert proposed(compare(old, new)) == ("1.1.0", "kartu bertambah atau berkurang")
    other = module_of(f"# A\n\n{cards.replace('kelas', 'orang')}")
    assert proposed(compare(new, other))[0] == "1.0.1"


TOPICS = (
    Topic(judul="Fungsi layanan", sub=("Sejarah", "Asas layanan")),
    Topic(judul="Menyusun rencana kerja"),
)


@pytest.mark.parametrize(
    ("topics", "version", "reason"),
    [
        ((*TOPICS, Topic(judul="Evaluasi")), "2.0.0", "materi pokok berubah"),
        (TOPICS[:1], "2.0.0", "materi pokok berubah"),
        (TOPICS[::-1], "2.0.0", "materi pokok berubah"),
        ((Topic(judul="Anggaran"), TOPICS[1]), "2.0.0", "materi pokok berubah"),
        ((TOPICS[0], Topic(judul="Menyusun rencana kerja", sub=("Tujuan",))), "1.1.0", "sub "),
        ((Topic(judul="Fungsi layanan", sub=("Sejarah",)), TOPICS[1]), "1.1.0", "sub "),
        (
            (Topic(judul="Fungsi layanan", sub=("Asas layanan", "Sejarah")), TOPICS[1]),
            "1.1.0",
            "sub ",
        ),
        ((Topic(judul="Fungsi pelayanan", sub=TOPICS[0].sub), TOPICS[1]), "1.0.1", "hanya kata"),
        (
            (Topic(judul="Fungsi layanan", sub=("Sejarah", "Asas pelayanan")), TOPICS[1]),
            "1.0.1",
            "hanya kata",
        ),
    ],
)
def test_topics_are_structure_and_their_words_are_not(
    topics: tuple[Topic, ...], version: str, reason: str
) -> None:
    old = module_of("# A\n", versi="1.0.0", materi_pokok=TOPICS)
    asked, why = proposed(compare(old, module_of("# A\n", versi="1.0.0", materi_pokok=topics)))
    assert asked == version
    assert why.startswith(reason)


def test_versions_are_in_order_of_their_numbers() -> None:
    assert sorted(["1.10.0", "1.9.9", "2.0.0"], key=order) == ["1.9.9", "1.10.0", "2.0.0"]


def test_nothing_differs_where_nothing_is() -> None:
    assert not Differences()


CHOICES: dict[str, Any] = {
    "jenis": "pilihan-ganda",
    "pilihan": ("satu", "dua", "tiga"),
    "kunci": "A",
}
COLUMNS: dict[str, Any] = {
    "jenis": "menjodohkan",
    "pilihan": {"kiri": ("a", "b"), "kanan": ("satu", "dua")},
    "kunci": ("A", "B"),
}


@pytest.mark.parametrize(
    ("old", "new", "became"),
    [
        (CHOICES, {"teks": "lain?"}, ""),
        (CHOICES, {"kunci": "B"}, "lain"),
        (CHOICES, {"pilihan": ("dua", "satu", "tiga"), "kunci": "B"}, "huruf"),
        (CHOICES, {"pilihan": ("dua", "satu", "tiga")}, "lain"),
        (CHOICES, {"pilihan": ("esa", "dua", "tiga")}, "kata"),
        (CHOICES, {"jenis": "isian", "pilihan": (), "kunci": "satu"}, "lain"),
        (COLUMNS, {"kunci": ("B", "A")}, "lain"),
        (COLUMNS, {"pilihan": {"kiri": ("a", "b"), "kanan": ("dua", "satu")}}, "lain"),
        (COLUMNS, {"pilihan": {"kiri": ("a", "b"), "kanan": ("esa", "dua")}}, "kata"),
        (
            COLUMNS,
            {"pilihan": {"kiri": ("a", "b"), "kanan": ("dua", "satu")}, "kunci": ("B", "A")},
            "huruf",
        ),
        ({}, {"kunci": ("a", "b")}, "lain"),
    ],
)
def test_a_key_is_judged_by_the_answer_not_by_its_letter(
    old: dict[str, Any], new: dict[str, Any], became: str
) -> None:
    assert key_change(question("a", **old), question("a", **old | new)) == became


def test_pages_are_paired_across_modules_by_what_they_say() -> None:
    words = " ".join(f"kata{number}" for number in range(50))
    first, second = module_of("# A\n\nSatu dua tiga\n", f"# B\n\n{words}\n"), module_of("# C\n")
    second = replace(second, slug="lain")
    moved = replace(second, pages=(*second.pages, replace(first.pages[1], name="pindahan")))
    left = replace(first, pages=first.pages[:1])

    def placed(*modules: Module) -> list[PlacedPage]:
        return [PlacedPage(module, page) for module in modules for page in module.pages]

    slugs = {"contoh": "contoh", "lain": "lain"}
    pairs = paired_pages(placed(first, second), placed(left, moved), slugs)
    assert [(old.page.name, new.page.name) for old, new in pairs.matched][-1] == (
        "hal-2",
        "pindahan",
    )
    change = compare(first, left, pairs.matched)
    assert [page.name for page in change.pages.removed] == ["hal-2"]
    assert [page.name for page in compare(second, moved, pairs.matched).pages.added] == ["pindahan"]


def test_what_is_like_two_things_is_the_one_that_it_is_most_like() -> None:
    pairs = Pairs(["a b c d e"], ["a b c d x", "a b c y z", "a b c d e f"]).alike(str.split)
    assert pairs.matched == [("a b c d e", "a b c d e f")]
    assert pairs.added == ["a b c d x", "a b c y z"]
    assert not Pairs(["a b c d"], ["a b x y"]).alike(str.split).matched, f"2/4 < {ALIKE}"


def test_things_are_reordered_where_others_come_and_go_between_them() -> None:
    assert not Pairs("abc", "xac").by(str).reordered
    assert Pairs("abc", "cxa").by(str).reordered
