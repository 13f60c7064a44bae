"""Warnings on what authors really write: realistic mistakes, and what only looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pilar.checks.law import by_name, instead_of, named_laws
from pilar.checks.rules import (
    b203_bold_heading,
    b204_faked_list,
    h201_law_replaced,
    h202_law_unregistered,
    m208_same_passage,
    s204_question_key_places,
)
from pilar.content.glyphs import unprintable
from pilar.model.curriculum import Citation, Page, Question
from pilar.model.problem import Problem
from pilar.model.run import Project
from pilar.model.sources import Source

from .language.project import check_language, write_project
from .samples import PROJECT, parsed, project_of


def fixes(problems: Iterator[Problem]) -> list[str]:
    """What each problem marks, and what is to stand there."""
    return [f"{p.fix.old} > {p.fix.new}" for p in problems if p.fix]


def of(source: str) -> Project:
    return project_of(f"# Judul\n\n{source}")


class TestFakedLists:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("(a) satu\n(b) dua\n", ["(a) > 1.", "(b) > 1."]),
            ("a. satu\n\nb. dua\n", ["a. > 1.", "b. > 1."]),
            ("A. Tujuan\nB. Manfaat\n", ["A. > 1.", "B. > 1."]),
            ("ii. dua\niii. tiga\n", ["ii. > 1.", "iii. > 1."]),
            ("1.tulis\n2.baca\n", ["1. > 1. ", "2. > 2. "]),
            ("-kertas\n-spidol\n", ["- > - ", "- > - "]),
            ("– kertas\n– spidol\n", ["– > -", "– > -"]),
            ("✓ kertas\n✓ spidol\n", ["✓ > -", "✓ > -"]),
            ("o kertas\no spidol\n", ["o > -", "o > -"]),
            ("• kertas\n", ["• > -"]),
            ("•\tkertas\n", ["• > -"]),
            ("1.\xa0tulis\n2.\xa0baca\n", ["1.\xa0 > 1. ", "2.\xa0 > 2. "]),
            ("-\xa0kertas\n", ["-\xa0 > - "]),
            ("a.\tsatu\nb.\tdua\n", ["a. > 1.", "b. > 1."]),
            ("1️⃣ satu\n2️⃣ dua\n", ["1️⃣ > 1.", "2️⃣ > 2."]),
            ("Bahan:\n• kertas\n• pena\n", ["• > \n-", "• > -"]),
            ("📌 kertas\n✅ spidol\n", ["📌 > -", "✅ > -"]),
        ],
    )
    def test_mistakes(self, source: str, expected: list[str]) -> None:
        project = of(source)
        found = b204_faked_list.check_module(project.modules["contoh"], project)
        assert fixes(found) == expected

    @pytest.mark.parametrize(
        "source",
        [
            "– Bu Melati: baik.\n",
            "Ia datang\n– dan pergi.\n",
            "Ia datang\n- dan pergi.\n",
            "1.000 orang hadir.\n2.000 orang pulang.\n",
            "08.00 mulai\n09.00 selesai\n",
            "A. Yani\n",
            "-5 derajat.\n-6 derajat.\n",
            "a.n. Kepala Dinas\n",
            "Orang itu lahir pada\n1. Januari dan seterusnya.\n",
            "- satu\n- dua\n",
            "1. satu\n2. dua\n",
            "- satu\n    - dua\n    - tiga\n",
            "- satu\nlanjutan\n- dua\n",
            "## Bahan\n- satu\n- dua\n",
            "/// pelatih\n- satu\n- dua\n///\n",
            "!!! note\n    - satu\n    - dua\n",
            "| a | b |\n|---|---|\n| - | - |\n",
            "```text\nBahan:\n- satu\n- dua\n```\n",
        ],
    )
    def test_innocents(self, source: str) -> None:
        project = of(source)
        assert [*b204_faked_list.check_module(project.modules["contoh"], project)] == []

    def test_bullets_of_word_are_in_no_font(self) -> None:
        [problem] = unprintable("a.md", ["\uf0b7 kertas"])
        assert problem.fix
        assert (problem.fix.new, problem.fix.safe) == ("-", True)

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("a. kertas\nb. spidol", 2),
            ("Bahan:\n\n- kertas\n- spidol", 0),
            ("Pada pukul 08.00 – 09.00", 0),
        ],
    )
    def test_texts_of_questions(self, text: str, told: int) -> None:
        keys = {"id": "s-1", "indikator": 1, "jenis": "uraian", "teks": text, "kunci": "Isi"}
        project = project_of("# Judul\n", questions=(Question.model_validate(keys),))
        problems = [*b204_faked_list.check_module(project.modules["contoh"], project)]
        assert [problem.code for problem in problems] == ["B204"] * told


class TestBoldHeadings:
    @pytest.mark.parametrize(
        "source",
        [
            "**Persiapan**\n\nSiapkan kertas.\n",
            "**Persiapan**\nSiapkan kertas.\n",
            "**Persiapan**  \n\nSiapkan kertas.\n",
            "***Persiapan***\n\nSiapkan kertas.\n",
            "__Persiapan__\n\nSiapkan kertas.\n",
            "/// pelatih\n**Persiapan**\n\nSiapkan kertas.\n///\n",
        ],
    )
    def test_mistakes(self, source: str) -> None:
        project = of(source)
        [fix] = fixes(b203_bold_heading.check_module(project.modules["contoh"], project))
        assert fix.endswith("> ## Persiapan")

    @pytest.mark.parametrize(
        "source",
        [
            "**Jangan menyentuh luka.**\n\nTunggu petugas.\n",
            "**Bahan:**\n\n- kertas\n",
            "**Norma kelas**\nyang disepakati ditempel di dinding.\n",
            "**Norma** dan **janji**\n\nTulis.\n",
            "> **Bersama kita kuat**\n\nTulis.\n",
            "- **Persiapan**\n- **Penutup**\n",
        ],
    )
    def test_innocents(self, source: str) -> None:
        project = of(source)
        assert [*b203_bold_heading.check_module(project.modules["contoh"], project)] == []


class TestCopies:
    ONE = (
        "Petugas mendatangi rumah warga bersama ketua RT, memperkenalkan diri, menjelaskan tujuan "
        "kunjungan, lalu meminta izin sebelum mencatat keadaan keluarga itu di lembar asesmen "
        "yang sudah disiapkan di balai desa sehari sebelumnya oleh fasilitator.\n"
    )
    ITEMS = (
        "- Datangi rumah warga bersama ketua RT.\n- Perkenalkan diri dengan hormat kepada tuan "
        "rumah.\n- Jelaskan tujuan kunjungan dengan kata sederhana.\n- Minta izin sebelum mencatat "
        "keadaan keluarga.\n- Bacakan lagi catatan itu.\n- Ucapkan terima kasih.\n"
    )
    NAMES = (
        "Pesertanya Taruna Siaga Bencana (Tagana), pendamping Program Keluarga Harapan (PKH), "
        "Pekerja Sosial Masyarakat (PSM), dan Karang Taruna.\n"
    )

    def told(self, own: str, other: str) -> list[Problem]:
        project = of(own)
        document, _ = parsed(f"# Lain\n\n{other}", "modules/lain/alur.md")
        module = replace(project.modules["lain"], pages=(Page("alur", document),))
        modules = {**project.modules, "lain": module}
        return [*m208_same_passage.check_project(replace(project, modules=modules))]

    def test_a_copy_with_one_word_changed(self) -> None:
        copy = self.ONE.replace("warga bersama", "warga dengan")
        [problem] = self.told(self.ONE, copy)
        assert (problem.path, problem.line) == ("modules/lain/alur.md", 3)
        start = copy.index("ketua RT") + 1
        assert problem.column == start
        assert problem.end_column == len(copy.rstrip(".\n")) + 1

    def test_a_copied_list(self) -> None:
        [problem] = self.told(self.ITEMS, self.ITEMS)
        assert (problem.line, problem.column) == (3, 3)

    def test_the_names_of_the_pilar_are_no_copy(self) -> None:
        assert self.told(self.NAMES, f"Ajaklah semua. {self.NAMES}") == []

    def test_a_module_may_repeat_itself(self) -> None:
        assert self.told(f"{self.ONE}\n{self.ONE}", "Lain sama sekali.\n") == []


class TestPlacesOfKeys:
    def told(self, keys: str) -> list[str]:
        questions = tuple(
            Question.model_validate(
                {
                    "id": f"s-{number}",
                    "indikator": 1,
                    "jenis": "pilihan-ganda",
                    "teks": "Apa?",
                    "pilihan": ("satu", "dua", "tiga", "empat"),
                    "kunci": key,
                }
            )
            for number, key in enumerate(keys)
        )
        project = project_of("# Judul\n", questions=questions)
        module = project.modules["contoh"]
        found = s204_question_key_places.check_module(module, project)
        return [p.message.partition(" (soal")[0] for p in found]

    @pytest.mark.parametrize(
        ("keys", "message"),
        [
            ("BBBBBACD", "kunci 5 dari 8 soal pilihan ganda adalah B"),
            ("ABCDABCDA", "kunci soal pilihan ganda berulang menurut pola ABCD"),
            ("ABABABAB", "kunci soal pilihan ganda berulang menurut pola AB"),
            ("ABCCBABACCAB", "tidak satu pun dari 12 soal pilihan ganda berkunci D"),
        ],
    )
    def test_mistakes(self, keys: str, message: str) -> None:
        assert self.told(keys) == [message]

    @pytest.mark.parametrize("keys", ["BBBBB", "BABDCABB", "CBDABDACBDAC", "ABCCBABACCA"])
    def test_innocents(self, keys: str) -> None:
        assert self.told(keys) == []


OLD = Source(
    id="permensos-5-2019",
    jenis="Permensos",
    nomor=5,
    tahun=2019,
    tentang="Data",
    berlaku_sampai=2021,
    diganti_oleh="permensos-3-2021",
)
MIDDLE = Source(
    id="permensos-3-2021",
    jenis="Permensos",
    nomor=3,
    tahun=2021,
    tentang="Data",
    berlaku_sampai=2023,
    diganti_oleh="permensos-1-2023",
)
NEW = Source(id="permensos-1-2023", jenis="Permensos", nomor=1, tahun=2023, tentang="Data")


class TestLaws:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Menurut Permensos 3/2021, data", ["Permensos 3 2021"]),
            ("Permensos No. 3 Tahun 2021", ["Permensos 3 2021"]),
            ("Permensos No.3/2021", ["Permensos 3 2021"]),
            ("permensos nomor 3 tahun 2021", ["Permensos 3 2021"]),
            ("Peraturan Menteri Sosial Nomor 3 Tahun 2021", ["Permensos 3 2021"]),
            ("Peraturan Menteri Sosial RI Nomor 3 Tahun 2021", ["Permensos 3 2021"]),
            ("Peraturan Menteri Sosial Republik Indonesia Nomor 3/2021", ["Permensos 3 2021"]),
            ("Peraturan Menteri Sosial (Permensos) Nomor 3 Tahun 2021", ["Permensos 3 2021"]),
            ("UU 23 Tahun 2002", ["UU 23 2002"]),
            ("Undang-undang Nomor 11 Tahun 2009", ["UU 11 2009"]),
            ("Undang Undang No 11 Tahun 2009", ["UU 11 2009"]),
            ("Keputusan Menteri Sosial Nomor 30/HUK/2017", ["Kepmensos 30 2017"]),
            ("Permensos 1/2012 dan 24/2013", ["Permensos 1 2012", "Permensos 24 2013"]),
            ("UU 1/2000, UU 2/2001", ["UU 1 2000", "UU 2 2001"]),
            ("pukul 08.00 tanggal 3/2021", []),
            ("UU Nomor 11", []),
            ("PP dan Permensos", []),
        ],
    )
    def test_their_names_are_known(self, text: str, names: list[str]) -> None:
        found = list(named_laws(text))
        assert [" ".join(law.name) for law in found] == names
        assert all(text[law.start : law.end] in law.text for law in found)

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("Pendataan mengikuti Permensos 5/2019.", "Permensos 5/2019"),
            ("Pendataan mengikuti **Peraturan Menteri\nSosial** Nomor 5 Tahun 2019.", ""),
            ("Data dahulu diatur Permensos 5/2019.", None),
            ("Sebelum Permensos 1/2023 ada Permensos 5/2019.", None),
            ("Sebelum mendata, bacalah Permensos 5/2019.", "Permensos 5/2019"),
            ("Permensos 5/2019 sudah diganti Permensos 1/2023.", None),
            ("Laporkan lebih dahulu menurut Permensos 5/2019.", "Permensos 5/2019"),
            ("Pendataan mengikuti Permensos 1/2023.", None),
        ],
    )
    def test_replaced_ones_in_the_text(self, text: str, told: str | None) -> None:
        project = of(f"{text}\n")
        sources = {source.id: source for source in (OLD, MIDDLE, NEW)}
        project = replace(project, sources=sources)
        problems = [*h201_law_replaced.check_project(project)]
        assert len(problems) == (told is not None)
        for problem in problems:
            assert problem.message.endswith("diganti oleh Permensos 3/2021, lalu Permensos 1/2023")
            first = text.split("\n")[0]
            assert first[problem.column - 1 :].startswith(told or "Peraturan Menteri")
            assert problem.end_line == 3 + text.count("\n")
        assert [*h202_law_unregistered.check_module(project.modules["contoh"], project)] == []

    def test_a_law_cited_as_history_may_be_named(self) -> None:
        project = of("Pendataan mengikuti Permensos 5/2019.\n")
        module = project.modules["contoh"]
        cited = (Citation(id=OLD.id, sejarah=True),)
        meta = module.meta.model_copy(update={"rujukan": cited})
        modules = {**project.modules, "contoh": replace(module, meta=meta)}
        project = replace(project, modules=modules, sources={OLD.id: OLD})
        assert [*h201_law_replaced.check_project(project)] == []

    def test_laws_that_replace_each_other_end_the_chain(self) -> None:
        ring = MIDDLE.model_copy(update={"diganti_oleh": OLD.id})
        project = replace(PROJECT, sources={OLD.id: OLD, MIDDLE.id: ring})
        day = next(iter(PROJECT.runs.values())).file.tanggal.mulai
        wanted = "diganti oleh Permensos 3/2021, lalu Permensos 5/2019"
        assert instead_of(OLD, project, day) == wanted
        assert by_name(project)["Permensos", "5", "2019"] is OLD


class TestChangelogs:
    def told(self, tmp_path: Path, text: str) -> list[str]:
        pages = {"perubahan.md": f"# Perubahan\n\n## 1.0.0\n\n{text}\n"}
        project = write_project(tmp_path, "# Isi\n\nSapa warga.\n", pages=pages)
        return [
            f"{Path(p.path).name}:{p.line} {p.code} {p.column}" for p in check_language(project)
        ]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("- Cara memberi feedback diperjelas.", "L103 16"),
            ("- Sebutan untuk orang cacat diperbaiki.", "L104 23"),
            ("- Singkatan KUBEX ditambahkan.", "L105 13"),
            ("- Soal cth-2 disepakti.", "L106 14"),
            ("/// pelatih\n- Kunci dishare.\n///", "L103 9"),
        ],
    )
    def test_they_are_read(self, text: str, code: str, tmp_path: Path) -> None:
        line = 6 if text.startswith("///") else 5
        assert self.told(tmp_path, text) == [f"perubahan.md:{line} {code}"]

    @pytest.mark.parametrize(
        "text",
        [
            "- Kata “feedback” dan “cacat” diganti; ejaan “praktek” diperbaiki.",
            "- Soal cth-12 dan kbj-3 ditulis ulang.",
            "- SLRT dan Puskesos disebut di bab dua.",
            "<!-- pilar: abaikan L103 nama acara -->\n- Acara feedback dihapus.",
        ],
    )
    def test_what_they_tell_of_is_no_mistake(self, text: str, tmp_path: Path) -> None:
        assert self.told(tmp_path, text) == []

    def test_a_needless_comment_there_is_told(self, tmp_path: Path) -> None:
        text = "<!-- pilar: abaikan L103 nama acara -->\n- Acara dihapus."
        assert self.told(tmp_path, text) == ["perubahan.md:5 L100 1"]

    def test_two_modules_may_tell_of_the_same_change(self, tmp_path: Path) -> None:
        text = f"# Perubahan\n\n## 1.0.0\n\n{TestCopies.ONE}"
        project = write_project(tmp_path, "# Isi\n\nSapa.\n", pages={"perubahan.md": text})
        twins = {**project.modules, "kembar": project.modules["contoh"]}
        found = m208_same_passage.check_project(replace(project, modules=twins))
        assert {Path(problem.path).name for problem in found} <= {"isi.md", "modul.yml"}

    def test_one_without_any_version_can_be_read(self, tmp_path: Path) -> None:
        pages = {"perubahan.md": "# Perubahan\n"}
        project = write_project(tmp_path, "# Isi\n\nSapa.\n", pages=pages)
        assert project.modules["contoh"].changelog.sections == ()
