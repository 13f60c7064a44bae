"""Mistakes one by one: each is told, once, where it stands, with a way out; nothing else is."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pilar.content.validation import validate
from pilar.content.yaml import read_yaml
from pilar.model.curriculum import ModuleMeta
from pilar.model.edition import Edition
from pilar.model.problem import Problem

from .golden import BASE, fresh
from .samples import PROJECT, RULES, of_page, parsed, project_of, text, told

PELATIH, PESERTA = Edition.PELATIH, Edition.PESERTA
PAGE = "modules/contoh/pembuka.md"
QUESTIONS = "modules/contoh/soal.yml"
RUN = "runs/2025-01-contoh.yml"


class TestNoBlockIsLost:
    def test_lost_block_in_a_module_of_no_run(self, tmp_path: Path) -> None:
        meta = text("modules/lain/modul.yml").replace("LIN", "BRU").replace("uji-coba", "draf")
        page = "# Alur\n\n    /// latihan | Norma\n    Tulis.\n    ///\n"
        files = {"modules/baru/modul.yml": meta, "modules/baru/alur.md": page}
        assert told(tmp_path, files) == ["modules/baru/alur.md:3: B115"]


class TestOneMistakeIsOneProblem:
    @pytest.mark.parametrize(
        ("option", "code", "words"),
        [
            ("minimum: 46", "B107", "`minimum`: paling besar 45, yaitu `menit` kegiatan ini."),
            ("kelompok: lima", "B107", "`kelompok` harus bilangan bulat."),
            (
                "bahan: [{nama: a, jumlah: 1001, per: kelas}]",
                "B107",
                "`bahan.1.jumlah` paling besar 1000.",
            ),
            (
                "bahan: [{nama: a, jumlah: 1,5, per: kelas}]",
                "B107",
                "`bahan.1.5` tidak dikenal. Pecahan ditulis dengan titik, misalnya 0.5.",
            ),
        ],
    )
    def test_of_an_activity_whose_minutes_still_count(
        self, option: str, code: str, words: str, tmp_path: Path
    ) -> None:
        page = text("modules/contoh/isi.md").replace(
            "    menit: 45\n", f"    menit: 45\n    {option}\n"
        )
        root = tmp_path / "proyek"
        shutil.copytree(BASE, root)
        (root / "modules/contoh/isi.md").write_text(page, "utf-8")
        [problem] = fresh(root).errors
        assert str(problem).endswith(f"{code} {words}")


class TestNoTracebacks:
    @pytest.mark.parametrize(
        "yaml",
        [
            *("![gambar](aset/a.svg)", "a: !jenis b", "a: !!int b", "a: 2025-02-30"),
            *("? [a]\n: b", "{[a]: b}", "a: " + "9" * 5000, "[" * 2000, "a: &x 1\nb: &x 2"),
        ],
        ids=lambda text: text[:20],
    )
    def test_yaml_is_refused_with_a_message(self, yaml: str) -> None:
        problems: list[Problem] = []
        read_yaml(yaml, "berkas.yml", problems)
        assert {problem.code for problem in problems} <= {"Y101", "Y102", "Y105", "Y106"}
        assert problems

    def test_picture_right_below_a_header(self) -> None:
        assert of_page("/// latihan | Norma\n    ![gambar](aset/norma.svg)\n///\n") == ["4: Y101"]

    def test_date_that_does_not_exist(self, tmp_path: Path) -> None:
        run = text(RUN).replace("selesai: 2025-01-21", "selesai: 2025-02-30")
        assert told(tmp_path, {RUN: run}) == [f"{RUN}:6: Y105"]

    def test_activity_on_a_page_for_participants(self, tmp_path: Path) -> None:
        root = tmp_path / "proyek"
        shutil.copytree(BASE, root)
        page = "---\nedisi: peserta\n---\n" + text("modules/lain/alur.md")
        (root / "modules/lain/alur.md").write_text(page, "utf-8")
        (root / PAGE).write_text("# Pendahuluan\n", "utf-8")
        isi = text("modules/contoh/isi.md").replace("Lihat [alur](../lain/alur.md).", "")
        (root / "modules/contoh/isi.md").write_text(isi, "utf-8")
        tree = fresh(root).tree("", PELATIH)
        pages = {page.path for node in tree.modules for page in node.pages}
        linked = {
            f"{slot.module.slug}/{step.activity.page.name}.md"
            for day in tree.days
            for slot in day.slots
            if slot.module
            for step in slot.steps
        }
        assert linked <= pages


class TestNothingElseIsTold:
    def test_options_that_cannot_be_read(self) -> None:
        page = "/// kegiatan | Norma\n    menit: 10\n    metode: diskusi: kelompok\n\n///\n"
        assert of_page(page) == ["5: Y101"]

    def test_page_that_is_not_utf_8(self, tmp_path: Path) -> None:
        root = tmp_path / "proyek"
        shutil.copytree(BASE, root)
        (root / PAGE).write_bytes(b"# Judul\n\nCaf\xe9\n")
        codes = [problem.code for problem in fresh(root).errors]
        assert codes == ["F102"]

    def test_anchor(self, tmp_path: Path) -> None:
        meta = text("modules/contoh/modul.yml").replace("deskripsi: M", "deskripsi: &d M")
        assert told(tmp_path, {"modules/contoh/modul.yml": meta}) == [
            "modules/contoh/modul.yml:7: Y106"
        ]

    def test_list_whose_only_entry_is_wrong(self, tmp_path: Path) -> None:
        meta = text("modules/contoh/modul.yml").replace("judul: Norma", "judl: Norma")
        codes = [
            row.rpartition(" ")[2] for row in told(tmp_path, {"modules/contoh/modul.yml": meta})
        ]
        assert sorted(codes) == ["Y103", "Y104"]

    def test_one_mistake_is_one_message(self) -> None:
        project = project_of("# Judul\n\n[@#tidak-ada]\n")
        module = project.modules["contoh"]
        found = {problem for rule in RULES for problem in rule(module, project)}
        assert len([problem for problem in found if problem.code == "T107"]) == 1


class TestNothingIsPassedOver:
    @pytest.mark.parametrize("source", ["![dua\nbaris](aset/x.svg)\n", "[dua\nbaris](x.md)\n"])
    def test_link_whose_text_goes_over_two_lines(self, source: str) -> None:
        assert of_page(source)

    def test_picture_without_address(self) -> None:
        assert of_page("![gambar]()\n")

    def test_unknown_source_in_a_question(self, tmp_path: Path) -> None:
        soal = text(QUESTIONS).replace("Apa arti norma kelas?", '"Apa [@uu-1-1945]?"')
        assert told(tmp_path, {QUESTIONS: soal}) == [f"{QUESTIONS}:5: T106"]

    def test_module_named_after_its_hours_are_used_up(self, tmp_path: Path) -> None:
        run = text(RUN).replace("lain, contoh]", "lain, contoh, contoh, {modul: lain, jp: 3}]")
        assert told(tmp_path, {RUN: run})

    def test_pause_between_two_entries(self, tmp_path: Path) -> None:
        root = tmp_path / "proyek"
        shutil.copytree(BASE, root)
        run = text(RUN).replace("lain, contoh]", 'contoh, {modul: lain, mulai: "10.30"}]')
        (root / RUN).write_text(run, "utf-8")
        [day] = fresh(root).tree("", PESERTA).days
        assert "Rehat" in [slot.title for slot in day.slots]


class TestWaysOut:
    @pytest.mark.parametrize(
        "page",
        [
            "/// pelatih\n    menit: 10\n\n///\n",
            "/// latihan | Norma\n    id: Susun Norma\n\n///\n",
            "---\nedisi: guru\n---\n# Judul\n",
        ],
    )
    def test_they_name_a_way_out(self, page: str) -> None:
        _, [problem] = parsed(page if page.startswith("---") else f"# Judul\n\n{page}")
        assert problem.hint
        assert not re.search(r"\^\[|nilai tidak sesuai", problem.text)

    @pytest.mark.parametrize("key", ["Judul", "JP", "1", "date"])
    def test_unknown_key_is_named(self, key: str) -> None:
        problems: list[Problem] = []
        value, source = read_yaml(f"{key}: x", "berkas.yml", problems)
        validate(value, ModuleMeta, source, problems)
        assert f"`{key}` tidak dikenal" in "".join(problem.message for problem in problems)

    def test_options_that_are_no_pairs(self) -> None:
        _, [problem] = parsed("# Judul\n\n/// rangkuman\n    Norma disepakati.\n///\n")
        assert "isi berkas" not in problem.text

    def test_link_from_trainers_to_a_participants_page(self) -> None:
        project = project_of("# Judul\n\n[b](hal-2.md)\n", "---\nedisi: peserta\n---\n# Khusus\n")
        module = project.modules["contoh"]
        [problem] = {p for rule in RULES for p in rule(module, project) if p.code == "T103"}
        assert "blok `peserta`" in problem.hint

    def test_link_to_an_unknown_module(self) -> None:
        project = project_of("# Judul\n\n[b](../lian/alur.md)\n")
        module = project.modules["contoh"]
        [problem] = {p for rule in RULES for p in rule(module, project) if p.code == "T101"}
        assert "“lain”" in problem.hint

    def test_indicator_without_activity_and_question(self) -> None:
        module = PROJECT.modules["lain"]
        project = replace(PROJECT, modules={"lain": replace(module, pages=(), questions=())})
        found = {p for rule in RULES for p in rule(project.modules["lain"], project)}
        [problem] = [p for p in found if p.code == "M105"]
        assert "pada kegiatan dan soal" in problem.hint
