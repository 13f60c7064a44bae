"""`pilar report`: what a run taught, as a page, on paper and for offices.

The results are simulated (tests/stages/simulated.py); no class ever gave them. Every figure is
computed a second time from the files themselves, with numpy and scipy.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import numpy
import pypdfium2
import pytest
import yaml
from lxml import html
from scipy import stats

from pilar.leaks.fingerprints import Fingerprints
from pilar.leaks.gate import Search
from stages.simulated import write

from .browser import DESK, PHONE, chromium, served, visiting
from .commands import BUILD, PROJECTS, Project
from .test_accessibility import EXPLAINED, assert_accessible
from .test_axe import violations

PEOPLE = 46
EXAMPLE = "CONTOH: data rekaan"
SUFFIXES = (".docx", ".html", ".pdf")


def questions(count: int) -> str:
    """More questions of the tests, as soal.yml has them."""
    return "".join(
        f"- id: sapa-{number}\n  indikator: {1 + number % 2}\n  jenis: pilihan-ganda\n"
        f"  teks: Kunjungan ke rumah nomor {number} dimulai dengan …\n"
        f"  pilihan: [salam nomor {number}, pamit, catatan, foto]\n  kunci: A\n"
        "  pembahasan: Salam mendahului segala yang lain.\n  pakai: [pretest, posttest]\n"
        for number in range(11, 11 + count)
    )


def prepared(minimal: Project, folder: Path, run: str = BUILD, people: int = 0) -> Project:
    """The tiny project with PEOPLE, seven questions and simulated results of `people` of them."""
    project = minimal.copied(folder)
    bank = project.text("modules/sapa/soal.yml")
    project.write("modules/sapa/soal.yml", bank + questions(6))
    project.replace(f"runs/{BUILD}.yml", "jumlah: 20", f"jumlah: {PEOPLE}")
    if run != BUILD:
        (folder / f"runs/{BUILD}.yml").rename(folder / f"runs/{run}.yml")
    write(folder, run, people=people)
    return project


@pytest.fixture(scope="module")
def minimal_copy(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Project:
    folder = tmp_path_factory.mktemp("laporan") / "asal"
    return Project(PROJECTS / "minimal", cache, folder / "build").copied(folder)


@dataclass(frozen=True)
class Made:
    """A project with its report."""

    project: Project
    run: str

    @property
    def folder(self) -> Path:
        return self.project.root / "build/laporan"

    def path(self, suffix: str) -> Path:
        return self.folder / f"laporan-{self.run}{suffix}"

    @property
    def page(self) -> Any:
        return html.fromstring(self.path(".html").read_bytes())

    def rows(self, caption: str) -> list[list[str]]:
        """Cells of the one table whose caption holds these words, without its head."""
        (table,) = [
            t for t in self.page.iter("table") if caption in "".join(t.xpath("caption//text()"))
        ]
        return [
            [" ".join(cell.text_content().split()) for cell in row]
            for row in table.xpath("tbody/tr")
        ]

    def section(self, start: str) -> str:
        """Text from a heading to the next one."""
        (head,) = self.page.xpath(f"//*[@id='{start}']")
        said = []
        for element in head.itersiblings():
            if element.tag in ("h2", "h3"):
                break
            said.append(" ".join(element.text_content().split()))
        return " ".join(said)

    def table(self, name: str) -> list[dict[str, str]]:
        """A table of the results."""
        text = self.project.text(f"runs/{self.run}.hasil/{name}.csv")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture(scope="module")
def made(minimal_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Made:
    project = prepared(minimal_copy, tmp_path_factory.mktemp("laporan") / "contoh")
    outcome = project.pilar("report", BUILD).fine()
    found = Made(project, BUILD)
    assert outcome.out.split() == [
        f"build/laporan/laporan-{BUILD}{suffix}" for suffix in (".html", ".pdf", ".docx")
    ]
    return found


@pytest.fixture(scope="module")
def small(minimal_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A report of fifteen people, on a run that is not called an example."""
    folder = tmp_path_factory.mktemp("laporan") / "kecil"
    project = prepared(minimal_copy, folder, "2025-03-nyata", people=15)
    project.pilar("report", "2025-03-nyata").fine()
    return Made(project, "2025-03-nyata")


def printed(value: float, places: int = 2) -> str:
    """A figure as Indonesian prints it."""
    return f"{value:.{places}f}".replace("-", "−").replace(".", ",")


def marked(made: Made, test: str) -> dict[str, dict[str, int]]:
    """Right (1) or wrong (0) by question and participant, read anew from the files."""
    bank = yaml.safe_load(made.project.text("modules/sapa/soal.yml"))
    keys = {question["id"]: question["kunci"] for question in bank}
    found: dict[str, dict[str, int]] = {}
    for row in made.table(test):
        mine = {name: cell for name, cell in row.items() if name.startswith(row["naskah"])}
        for name, cell in mine.items():
            _, question, *order = name.split()
            key = keys[question]
            right = "ABCD"[order[0].index(key)] if order else {"benar": "B", "salah": "S"}[key]
            found.setdefault(row["peserta"], {})[question] = int(cell == right)
    return found


def scores(made: Made, test: str) -> dict[str, float]:
    return {who: 100 * numpy.mean([*row.values()]) for who, row in marked(made, test).items()}


def both(made: Made) -> tuple[Any, Any]:
    first, last = scores(made, "pretest"), scores(made, "posttest")
    people = [who for who in first if who in last]
    return numpy.array([first[w] for w in people]), numpy.array([last[w] for w in people])


def test_means_and_scores_are_those_of_the_files(made: Made) -> None:
    rows = made.rows("Nilai tes")
    for row, test in zip(rows, ("pretest", "posttest"), strict=True):
        values = numpy.array([*scores(made, test).values()])
        low, high = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
        assert row[1:] == [
            str(PEOPLE - 1),
            printed(values.mean(), 1),
            f"{printed(low, 1)} sampai {printed(high, 1)}",
            printed(values.std(ddof=1), 1),
            printed(values.min(), 1),
            printed(values.max(), 1),
        ]
    people = {row[0]: row for row in made.rows("Nilai tiap peserta")}
    first, last = scores(made, "pretest"), scores(made, "posttest")
    assert people.keys() == first.keys() | last.keys()
    for who, row in people.items():
        assert row[2] == (printed(first[who], 1) if who in first else "–")
        assert row[3] == (printed(last[who], 1) if who in last else "–")
        single = who in first and who in last and first[who] < 100
        gain = (last[who] - first[who]) / (100 - first[who]) if single else 0
        assert row[4] == (printed(gain) if single else "–")


def test_the_gain_is_that_of_the_files_with_its_doubts(made: Made) -> None:
    first, last = both(made)
    rise, room = last - first, 100 - first
    gain = rise.mean() / room.mean()
    parts = (rise - gain * room) / room.mean()
    half = stats.t.ppf(0.975, len(parts) - 1) * stats.sem(parts)
    said = made.section("tes")
    assert f"{len(first)} peserta yang mengikuti kedua tes" in said
    assert f"N-gain kelas {printed(gain)}" in said
    assert f"Selangnya {printed(gain - half)} sampai {printed(gain + half)}" in said
    singles = rise[room > 0] / room[room > 0]
    assert f"Rata-rata N-gain perorangan: {printed(singles.mean())}" in said
    if (room == 0).any():
        assert f"{(room == 0).sum()} peserta (" in said
    assert f"N-gain kelas {printed(gain)}" in made.section("kesimpulan")


@pytest.mark.parametrize(("test", "title"), [("pretest", "Pretest"), ("posttest", "Post-test")])
@pytest.mark.parametrize("letter", ["A", "B"])
def test_items_are_those_of_the_files(made: Made, test: str, title: str, letter: str) -> None:
    forms = {row["peserta"]: row["naskah"] for row in made.table(test)}
    answers = marked(made, test)
    people = [who for who, form in forms.items() if form == letter]
    rows = made.rows(f"{title} naskah {letter}")
    names = [row[1] for row in rows]
    points = numpy.array([[answers[who][name] for name in names] for who in people])
    assert len(names) == 7
    for place, row in enumerate(rows):
        own, rest = points[:, place], numpy.delete(points, place, axis=1).sum(axis=1)
        low, high = stats.binomtest(int(own.sum()), len(own)).proportion_ci(method="wilson")
        assert row[2:4] == [printed(own.mean()), f"{printed(low)}–{printed(high)}"]
        assert row[7] == printed(stats.pointbiserialr(own, rest)[0])
        pooled = numpy.mean([answers[who][names[place]] for who in answers])
        word = "sukar" if pooled <= 0.3 else "sedang" if pooled <= 0.7 else "mudah"
        assert row[4] == word
    (summary,) = [row for row in made.rows("Ringkasan") if row[0] == f"{title} naskah {letter}"]
    p, total = points.mean(axis=0), points.sum(axis=1)
    reliability = 7 / 6 * (1 - (p * (1 - p)).sum() / total.var())
    assert summary[1] == str(len(people))
    assert summary[-1] == printed(reliability)


def test_indicators_are_those_of_the_files(made: Made) -> None:
    bank = yaml.safe_load(made.project.text("modules/sapa/soal.yml"))
    first, last = marked(made, "pretest"), marked(made, "posttest")
    people = [who for who in first if who in last]
    for row, number in zip(made.rows("N-gain tiap"), (1, 2), strict=True):
        mine = [q["id"] for q in bank if q["indikator"] == number and "pretest" in q["pakai"]]
        before, after = (
            numpy.array([100 * numpy.mean([test[who][name] for name in mine]) for who in people])
            for test in (first, last)
        )
        gain = (after - before).mean() / (100 - before).mean()
        parts = (after - before - gain * (100 - before)) / (100 - before).mean()
        half = stats.t.ppf(0.975, len(parts) - 1) * stats.sem(parts)
        assert row[0] == f"SAP {number}"
        assert row[2] == f"{len(mine)}/{len(mine)}"
        assert row[3:] == [
            printed(before.mean(), 0),
            printed(after.mean(), 0),
            printed(gain),
            f"{printed(gain - half)} sampai {printed(min(1, gain + half))}",
        ]


def test_minutes_and_ratings_are_those_of_the_files(made: Made) -> None:
    (minutes,) = made.rows("Menit yang")  # of two activities one was not noted
    (noted,) = made.table("waktu")
    assert [minutes[0], minutes[2], minutes[3]] == [noted["kode"], "45", noted["menit"]]
    filled = made.table("evaluasi-penyelenggaraan")
    for row in made.rows("Evaluasi penyelenggaraan"):
        given = [int(form[row[0]]) for form in filled]
        assert row[1:5] == [str(given.count(mark)) for mark in (1, 2, 3, 4)]
        assert row[5] == printed(numpy.mean(given))
        assert row[7] == printed(numpy.median(given), 1)
    assert made.table("catatan")[0]["catatan"] in made.section("masalah")


def test_the_page_is_one_file_that_asks_for_nothing(made: Made) -> None:
    page = made.page
    assert not page.xpath("//script | //link[@href!='data:,'] | //iframe | //object")
    pictures = page.xpath("//img")
    assert len(pictures) == 6
    assert all(picture.get("src").startswith("data:image/svg+xml;base64,") for picture in pictures)
    assert all(len(picture.get("alt")) > 20 for picture in pictures)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target.removeprefix("#") for target in page.xpath("//a/@href")} <= set(ids)


def test_the_page_breaks_no_rule_of_axe_and_fits(made: Made) -> None:
    name = made.path(".html").name
    with chromium() as browser:
        for width, scheme in ((PHONE, "dark"), (DESK, "light")):
            assert violations(browser, made.folder, [name], width, scheme) == []
            with served(made.folder) as host, visiting(browser, width, scheme) as page:
                page.goto(f"{host}/{name}")
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert page.evaluate("[...document.images].every(i => i.naturalWidth > 0)")


def pages_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_an_example_says_so_on_every_page_and_plot(made: Made, small: Made) -> None:
    pages = pages_of(made.path(".pdf"))
    assert len(pages) > 8
    assert all(EXAMPLE in page for page in pages)
    assert made.page.xpath("string(//header[@class='pita'])") == EXAMPLE
    foot = docx.Document(str(made.path(".docx"))).sections[0].footer.paragraphs[0].text
    assert EXAMPLE in foot
    assert not any("CONTOH" in page for page in pages_of(small.path(".pdf")))
    assert "CONTOH" not in small.page.text_content()
    # Letters of plots are paths; that of an example has more of them at its right border.
    with_words, without = (len(m.page.xpath("//img/@src")[0]) for m in (made, small))
    assert with_words > without


def test_the_paper_is_accessible_and_in_the_structure_of_reports(made: Made) -> None:
    assert assert_accessible([made.path(".pdf")]) <= EXPLAINED.keys()
    text = "\n".join(pages_of(made.path(".pdf")))
    heads = (
        "Lembar pengesahan|Kata pengantar|Daftar isi|I. Pendahuluan|A. Latar belakang|B. Tujuan|"
        "C. Sasaran|D. Hasil yang diharapkan|II. Pelaksanaan dan hasil|E. Masalah|III. Penutup|"
        "A. Kesimpulan|B. Rekomendasi|Lampiran 4. Rumus, batas, dan sumbernya"
    )
    assert [head for head in heads.split("|") if head not in text] == []


def test_the_document_for_offices_has_all_tables_and_plots(made: Made) -> None:
    document = docx.Document(str(made.path(".docx")))
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    shown = made.page.xpath("//h1 | //h2 | //h3")
    assert heads == [" ".join(head.text_content().split()) for head in shown]
    assert len(document.inline_shapes) == 6
    about = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert about == made.page.xpath("//img/@alt")
    assert len(document.tables) >= len(made.page.xpath("//caption"))


def test_the_cut_offs_are_shown_as_what_they_are(made: Made) -> None:
    rows = {row[0]: row for row in made.rows("Batas yang dipakai")}
    assert (
        rows["N-gain"][1] == "kurang dari 0,30 rendah; kurang dari 0,70 sedang; selebihnya tinggi"
    )
    assert rows["N-gain"][3] == "lazim"
    assert rows["Kelompok atas dan bawah untuk D"][1:] == [
        "27 % dari peserta",
        "Kelley, T. L. (1939), Journal of Educational Psychology 30, 17–24",
        "sumber dibaca",
    ]
    assert "Hake (1998)" in str(made.rows("Rumus"))


def test_below_twenty_people_no_question_is_judged(small: Made) -> None:
    for title in ("Pretest naskah A", "Post-test naskah B"):
        for row in small.rows(title):
            assert [row[4], row[6], row[9]] == ["–", "–", "–"]
    for row in small.rows("Ringkasan"):
        assert row[3:] == ["0", "0", "0", "7", "–"]
    assert "petunjuk awal, bukan simpulan" in small.section("tes")
    advice = small.section("rekomendasi")
    assert not re.search("soal|pengecoh|indikator", advice)


def test_what_is_missing_is_said_and_the_rest_reported(
    minimal_copy: Project, tmp_path: Path
) -> None:
    project = prepared(minimal_copy, tmp_path / "proyek")
    results = project.root / f"runs/{BUILD}.hasil"
    for path in results.iterdir():
        if path.name != "waktu.csv":
            path.unlink()
    project.pilar("report", BUILD, "--out", "keluaran").fine()
    found = Made(project, BUILD)
    shutil.move(project.root / "keluaran", found.folder)
    assert "Belum ada data tes (pretest.csv, posttest.csv)." in found.section("tes")
    assert "Belum ada data evaluasi" in found.section("evaluasi")
    assert len(found.rows("Menit yang")) == 1
    returned = {row[0]: row[1] for row in found.rows("Yang kembali")}
    assert returned["Lembar jawaban pretest"] == "belum ada"
    assert returned["Waktu kegiatan dicatat"] == "1"


def test_without_results_there_is_a_way_to_them(minimal: Project) -> None:
    way_out = f"`pilar new hasil {BUILD}`"
    minimal.pilar("report", BUILD).refused("belum mempunyai hasil", way_out)
    minimal.pilar("new", "hasil", BUILD).fine()
    minimal.pilar("report", BUILD).refused("belum mempunyai hasil", way_out)
    minimal.pilar("report", "2025-03-conto").refused(BUILD)
    assert not (minimal.root / "build").exists()


def test_wrong_results_are_told_and_nothing_is_written(minimal: Project) -> None:
    path = f"runs/{BUILD}.hasil/waktu.csv"
    minimal.write(path, "kode;menit\nSAP-K1;45\nSAP-K9;banyak\n")
    assert {p for p, _, _ in minimal.pilar("report", BUILD).problems()} == {path}
    assert not (minimal.root / "build").exists()


def test_the_same_results_give_the_same_bytes(made: Made, tmp_path: Path) -> None:
    before = {suffix: made.path(suffix).read_bytes() for suffix in SUFFIXES}
    made.project.pilar("report", BUILD, "--out", str(tmp_path / "lagi"), PILAR_X="1").fine()
    after = {
        suffix: (tmp_path / f"lagi/laporan-{BUILD}{suffix}").read_bytes() for suffix in SUFFIXES
    }
    assert before == after


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_form_of_it_gets_past_the_gate_of_participants(made: Made, suffix: str) -> None:
    search = Search(Fingerprints())
    name = f"dokumen/laporan{suffix}"
    list(search.hits(name, made.path(suffix).read_bytes()))
    assert search.signs.keys() == {name}
