"""What each edition is told of newer versions, in which order, and how much one sheet holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilar.changes.modules import compare
from pilar.content.changelog_parser import parse_changelog
from pilar.errata.delta import ModuleDelta, RunDelta, State, module_delta, run_delta
from pilar.errata.facts import facts
from pilar.errata.pages import ErrataPress, as_text
from pilar.model.changelog import Changelog, Entry, Section
from pilar.model.curriculum import Citation, Hours, Module
from pilar.model.edition import Edition
from pilar.store import package
from pilar.versions.history import History, Release
from pilar.versions.newest import newest

from .generated import TRAINER, Sample, pages
from .golden import BASE
from .samples import PROJECT, project_of
from .test_changes import ACTIVITY, CARDS, NOTE, module_of, question

(RUN,) = PROJECT.runs.values()
PRESS = ErrataPress(package.find(BASE, "overrides") / "edisi")


def changelog(*sections: tuple[str, str]) -> Changelog:
    text = "# Perubahan\n" + "".join(f"\n## {v}\n\n{body}\n" for v, body in sections)
    return parse_changelog(text, "perubahan.md", [])


def told(old: Module, new: Module, edition: Edition) -> list[str]:
    return [fact.text for fact in facts(compare(old, new), edition, PROJECT.sources)]


def delta_of(*modules: ModuleDelta, edition: Edition = Edition.PELATIH) -> RunDelta:
    return RunDelta(RUN, edition, modules, ("1.0.0", "1.1.0"))


class TestState:
    @pytest.mark.parametrize(
        ("version", "state"),
        [
            ("1.2.3", State.BERLAKU),
            ("1.2.2", State.BERLAKU),
            ("1.2.4", State.RALAT),
            ("1.3.0", State.DIGANTI),
            ("1.10.0", State.DIGANTI),
            ("2.0.0", State.DIGANTI),
        ],
    )
    def test_the_numbers_decide(self, version: str, state: State) -> None:
        old, new = module_of("# A\n", versi="1.2.3"), module_of("# A\n", versi=version)
        assert ModuleDelta(old, new).state is state

    def test_a_book_stands_as_its_worst_module(self) -> None:
        old = module_of("# A\n", versi="1.0.0")
        deltas = [ModuleDelta(old, module_of("# A\n", versi=v)) for v in ("1.0.0", "1.0.1")]
        assert delta_of(*deltas).state is State.RALAT
        assert delta_of(deltas[0]).state is State.BERLAKU
        assert delta_of().state is State.BERLAKU


class TestEntries:
    def test_every_version_in_between_is_told_errors_first(self) -> None:
        log = changelog(
            ("1.2.0", "- dua\n- **Ralat.** salah dua"),
            ("1.1.0", "- satu\n- **Ralat.** salah satu"),
            ("1.0.0", "- awal"),
        )
        old, new = module_of("# A\n", versi="1.0.0"), module_of("# A\n", versi="1.2.0")
        delta = module_delta(old, replace(new, changelog=log), Edition.PESERTA, {})
        assert [entry.text for entry in delta.entries] == ["Salah dua", "Salah satu", "dua", "satu"]
        assert delta.errors == 2

    def test_the_run_tells_of_modules_that_came_and_went(self) -> None:
        lesser = replace(PROJECT, modules={"contoh": PROJECT.modules["contoh"]})
        delta = run_delta(RUN, Edition.PELATIH, lesser, PROJECT)
        assert [m.slug for m in delta.added] == ["lain"]
        assert [m.slug for m in run_delta(RUN, Edition.PELATIH, PROJECT, lesser).removed] == [
            "lain"
        ]


class TestFacts:
    def test_hours_activities_and_sources_are_told_to_both(self) -> None:
        old = module_of(
            "# A\n\n" + ACTIVITY.format(title="Satu", minutes=20), jp=Hours(teori=1), rujukan=()
        )
        new = module_of(
            "# A\n\n" + ACTIVITY.format(title="Satu", minutes=25),
            jp=Hours(teori=2),
            rujukan=(Citation(id="uu-11-2009"),),
        )
        for edition in Edition:
            assert told(old, new, edition) == [
                "Jam: dahulu 1 JP (T 1), kini 2 JP (T 2)",
                "Kegiatan CTH-K1 “Satu”: dahulu 20 menit, kini 25 menit",
                "Bab atau halaman berubah: “A”",
                "Rujukan baru: UU 11/2009",
            ]

    def test_cards_are_told_to_those_who_see_them(self) -> None:
        cards = CARDS.format(title="Norma", whom="kelas", last="Rajin")
        opened = cards.replace("    set", "    untuk: semua\n    set")
        inside = f"//// pelatih\n{opened}////\n"
        page = "# A\n\n{}".format
        old = module_of(page(cards))
        assert told(old, module_of(page(cards.replace("Rajin", "Jujur"))), Edition.PELATIH) == [
            "Kartu berubah: CTH-KT1 “Norma”",
            "Bab atau halaman berubah: “A”",
        ]
        for hidden in ("", cards, inside):
            found = told(module_of(page(hidden)), module_of(page(opened)), Edition.PESERTA)
            assert found == ["Kartu baru: CTH-KT1 “Norma”", "Bab atau halaman berubah: “A”"]
            assert told(old, module_of(page(hidden)), Edition.PESERTA) == []

    def test_what_an_activity_needs_is_the_trainers(self) -> None:
        page = f"# A\n\n{ACTIVITY.format(title='Satu', minutes=20)}"
        options = (
            "20\n    kelompok: 4\n    minimum: 10\n    bahan: [{nama: lem, jumlah: 1, per: kelas}]"
        )
        old, new = module_of(page), module_of(page.replace("20", options))
        assert told(old, new, Edition.PESERTA) == []
        assert told(old, new, Edition.PELATIH)[0] == (
            "Kegiatan CTH-K1 “Satu”: bahan, ukuran kelompok dan waktu paling singkat berubah"
        )

    def test_what_only_trainers_see_changes_for_them_alone(self) -> None:
        old = module_of(
            "# A\n", "---\nedisi: pelatih\n---\n# Persiapan\n", questions=(question("a"),)
        )
        new = module_of(
            f"# A\n\n{NOTE}",
            "---\nedisi: pelatih\n---\n# Persiapan\n\nkata\n",
            questions=(question("a", pembahasan="begini"), question("b")),
        )
        assert told(old, new, Edition.PESERTA) == []
        assert told(old, new, Edition.PELATIH) == [
            "Soal baru: CTH-S2",
            "Pembahasan berubah: CTH-S1",
            "Bab atau halaman berubah: “A”, “Persiapan”",
        ]

    @pytest.mark.parametrize(
        ("fields", "text", "urgent"),
        [
            ({"kunci": "B"}, "Kunci soal CTH-S1 salah: dahulu A. satu, kini B. dua", True),
            (
                {"pilihan": ("dua", "satu"), "kunci": "B"},
                "Kunci soal CTH-S1 kini B. satu, karena pilihannya disusun ulang",
                False,
            ),
            (
                {"pilihan": ("satu", "dua", "tiga"), "kunci": "B"},
                "Kunci soal CTH-S1 salah: dahulu A. satu, kini B. dua",
                True,
            ),
            ({"pilihan": ("satu!", "dua")}, "Kunci soal ikut berubah: CTH-S1", False),
            (
                {"pilihan": ("satu", "lain"), "kunci": "B"},
                "Kunci soal ikut berubah: CTH-S1",
                False,
            ),
            ({"teks": "lain?", "kunci": "B"}, "Kunci soal ikut berubah: CTH-S1", False),
            (
                {"jenis": "benar-salah", "pilihan": (), "kunci": "benar"},
                "Kunci soal ikut berubah: CTH-S1",
                False,
            ),
        ],
    )
    def test_a_key_is_an_error_where_another_choice_was_right(
        self, fields: dict[str, Any], text: str, urgent: bool
    ) -> None:
        base = {"jenis": "pilihan-ganda", "pilihan": ("satu", "dua"), "kunci": "A"}
        old = module_of("# A\n", questions=(question("a", **base),))
        new = module_of("# A\n", questions=(question("a", **(base | fields)),))
        first, *_ = facts(compare(old, new), Edition.PELATIH, {})
        assert first.text == text
        assert first.urgent is urgent
        assert not [t for t in told(old, new, Edition.PESERTA) if "unci" in t]

    @pytest.mark.parametrize(
        ("kind", "before", "after", "wrong"),
        [
            ("benar-salah", {"kunci": "benar"}, {"kunci": "salah"}, True),
            ("menjodohkan", {"kunci": ("A", "B")}, {"kunci": ("B", "A")}, True),
            (
                "menjodohkan",
                {"kunci": ("A", "B")},
                {"pilihan": {"kiri": ("1", "2"), "kanan": ("x", "z")}, "kunci": ("A", "B")},
                False,
            ),
            ("isian", {"kunci": "a"}, {"kunci": "b"}, False),
        ],
    )
    def test_other_kinds_of_questions(
        self, kind: str, before: dict[str, Any], after: dict[str, Any], wrong: bool
    ) -> None:
        base: dict[str, Any] = {"jenis": kind}
        if kind == "menjodohkan":
            base["pilihan"] = {"kiri": ("1", "2"), "kanan": ("x", "y")}
        old, new = (
            module_of("# A\n", questions=(question("a", **(base | fields)),))
            for fields in (before, after)
        )
        first, *_ = facts(compare(old, new), Edition.PELATIH, {})
        assert first.urgent is wrong

    def test_questions_that_participants_see_are_told_to_them(self) -> None:
        page = "# A\n\n/// soal | a\n///\n"
        old = module_of(page, questions=(question("a"), question("b")))
        new = module_of(page, questions=(question("a", teks="1?"), question("b", teks="2?")))
        assert told(old, new, Edition.PESERTA) == ["Soal berubah: CTH-S1"]


@dataclass(frozen=True)
class Sheet:
    pdf: bytes
    pages: int


class TestSheet:
    @settings(max_examples=60)
    @given(
        st.lists(st.lists(st.booleans(), max_size=12), min_size=1, max_size=5),
        st.integers(min_value=3, max_value=40),
    )
    def test_two_pages_at_most_errors_first_and_the_rest_counted(
        self, modules: list[list[bool]], room: int
    ) -> None:
        """A page of this printer holds `room` lines of a list."""
        old, new = module_of("# A\n", versi="1.0.0"), module_of("# A\n", versi="1.1.0")
        deltas = [
            ModuleDelta(
                old, new, (), tuple(Entry(f"butir {m}.{n}", 1, u) for n, u in enumerate(urgent))
            )
            for m, urgent in enumerate(modules)
        ]
        printed: dict[bytes, str] = {}

        def print_(name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Sheet:
            pages = 1 + html.count("<li>") // room
            printed[html.encode()] = html
            return Sheet(html.encode(), pages)

        sheet = PRESS.sheet(delta_of(*deltas), "contoh.go.id", print_)
        html = printed[sheet.pdf]
        shown = html.count("butir ")
        total = sum(map(len, modules))
        assert sheet.pages <= 2
        left = sum(int(part.split()[0]) for part in html.split("… dan ")[1:])
        assert shown + left == total
        if total < 2 * room - 1:
            assert left == 0
        else:
            assert shown >= 2 * room - 2 - total // 20
        errors = [e.text for m in deltas for e in m.entries if e.urgent]
        missing = [text for text in errors if f"{text}<" not in html]
        assert not missing or shown == len(errors) - len(missing)

    def test_where_nothing_changed_it_says_so(self) -> None:
        def print_(name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Sheet:
            return Sheet(html.encode(), 1)

        html = PRESS.sheet(delta_of(), "", print_).pdf.decode()
        assert "Tidak ada yang berubah. Salinan ini berlaku." in html


def test_text_for_a_terminal_has_no_marks() -> None:
    old, new = module_of("# A\n", versi="1.0.0"), module_of("# A\n", versi="1.1.0")
    entries = (Entry("**Nomor** &lt;salah&gt; `kini` *benar*\nsekali", 1, True),)
    text = as_text(delta_of(ModuleDelta(old, new, (), entries)))
    assert "  RALAT Nomor <salah> kini benar sekali" in text.splitlines()


class FakeLibrary:
    """Versions in a history, without git."""

    def __init__(self, *modules: Module) -> None:
        self.modules = {m.meta.versi: m for m in modules}
        self.project = PROJECT
        self.repository = True

    @property
    def history(self) -> History:
        return History({"contoh": {v: Release("", v) for v in self.modules}}, {})

    def sound(self, slug: str, tree: str) -> Module | None:
        return self.modules[tree]


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ({"1.0.0": "uji-coba", "1.9.0": "uji-coba", "1.10.0": "uji-coba"}, "1.10.0"),
        ({"1.0.0": "uji-coba", "1.1.0": "uji-coba", "2.0.0": "draf"}, "1.1.0"),
        ({"0.9.0": "uji-coba"}, "1.0.0"),
    ],
)
def test_the_newest_version_that_is_no_draft_takes_the_place(
    versions: dict[str, Any], expected: str
) -> None:
    held = module_of("# A\n", versi="1.0.0", status="uji-coba")
    library: Any = FakeLibrary(
        *(module_of("# A\n", versi=v, status=status) for v, status in versions.items())
    )
    assert newest(library, held).meta.versi == expected


def test_a_section_is_seen_as_its_edition_sees_it() -> None:
    entries = (
        Entry("a", 1, notes=(Entry("b", 2, audience=Edition.PELATIH),)),
        Entry("c", 3, audience=Edition.PELATIH),
        Entry("d", 4, urgent=True),
    )
    section = Section("1.0.0", 1, entries)
    assert [(e.text, len(e.notes)) for e in section.seen(Edition.PESERTA)] == [("d", 0), ("a", 0)]
    assert [(e.text, len(e.notes)) for e in section.seen(Edition.PELATIH)] == [
        ("d", 0),
        ("a", 1),
        ("c", 0),
    ]


@given(pages())
def test_no_word_of_trainers_is_in_what_participants_are_told(sample: Sample) -> None:
    old, new = module_of("# Kosong\n"), project_of(sample.source).modules["contoh"]
    for before, after in ((old, new), (new, old)):
        words = " ".join(told(before, after, Edition.PESERTA))
        assert not [c.word for c in sample.canaries if c.reader == TRAINER and c.word in words]
