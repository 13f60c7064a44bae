"""What runs showed, beside a change and of each version: `pilar review` and `pilar check`.

The results are simulated (tests/stages/simulated.py); no class ever gave them. Figures are computed
a second time from the files themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import pytest
from lxml import html

from stages.simulated import Simulation, handed_out_by

from .browser import DESK, PHONE, chromium, served, visiting
from .commands import BUILD, PROJECTS, Project
from .test_axe import violations
from .test_report import Made, marked, printed, questions
from .test_versions import commit, git

BANK, PAGE = "modules/sapa/soal.yml", "modules/sapa/tiga-langkah.md"
META = "modules/sapa/modul.yml"
OLD, NEW = ("2025-05-utara", "2025-07-selatan"), "2025-09-timur"
TOOK = {"2025-05-utara": 58, "2025-07-selatan": 61, NEW: 46}
CHANGED, SAME = "sapa-13", "sapa-14"
"""Questions: one asks otherwise since version 2.0.0, the other is only explained otherwise."""


def teach(project: Project, run: str, seed: int) -> None:
    """Results of a run: its own class, the minutes of TOOK."""
    folder = f"runs/{run}.hasil"
    for name, text in Simulation(handed_out_by(project.root, run), seed=seed).files().items():
        project.write(f"{folder}/{name}", text)
    project.write(f"{folder}/waktu.csv", f"kode;menit\nSAP-K1;{TOOK[run]}\n")


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Project:
    """Two runs of version 1.0.0; then a question, an explanation and an activity change, and a
    third run is taught 2.0.0. Its review lies in `build`.
    """
    folder = tmp_path_factory.mktemp("bukti") / "proyek"
    project = Project(PROJECTS / "minimal", cache, folder / "build").copied(folder)
    project.write(BANK, project.text(BANK) + questions(6))
    first = project.text(f"runs/{BUILD}.yml").replace("jumlah: 20", "jumlah: 46")
    for run in OLD:
        project.write(f"runs/{run}.yml", first.replace("2025-03-10", f"{run[:7]}-12"))
    git(project.root, "init", "--quiet", "--initial-branch", "main")
    commit(project, "Kurikulum pertama")
    for seed, run in enumerate(OLD):
        teach(project, run, seed)
    commit(project, "Hasil")
    project.replace(BANK, "nomor 13 dimulai dengan", "nomor 13 diawali dengan")
    bank, _, rest = project.text(BANK).partition(f"- id: {SAME}")
    rest = rest.replace("Salam mendahului segala yang lain", "Salam lebih dahulu", 1)
    project.write(BANK, f"{bank}- id: {SAME}{rest}")
    project.replace(PAGE, "    menit: 45", "    menit: 90")
    project.replace(META, "teori: 1", "teori: 2")
    for name, old in ((META, "versi: 1.0.0"), ("modules/kurikulum.yml", "sapa: 1.0.0")):
        project.replace(name, old, old.replace("1.0.0", "2.0.0"))
    project.replace("modules/kurikulum.yml", "versi: 1.0.0", "versi: 2.0.0")
    later = first.replace("2025-03-10", f"{NEW[:7]}-12").replace("kurikulum: 1", "kurikulum: 2")
    project.write(f"runs/{NEW}.yml", later)
    commit(project, "Soal dan waktu")
    teach(project, NEW, 7)
    commit(project, "Hasil lagi")
    out = ("--out", str(project.out))
    project.pilar("review", "--base", "HEAD~2", "--no-pictures", *out).fine()
    return project


def share(project: Project, test: str, question: str, runs: tuple[str, ...]) -> tuple[str, int]:
    """The share of right answers, and how many people were asked, read anew from the files."""
    rows = [row for run in runs for row in marked(Made(project, run), test).values()]
    given = [row[question] for row in rows if question in row]
    return printed(float(numpy.mean(given))), len(given)


def said(project: Project, name: str) -> str:
    """The line of the summary with the evidence on a question or an activity."""
    summary = (project.out / "ringkasan.md").read_text("utf-8")
    (line,) = (x for x in summary.splitlines() if x.startswith("- **Bukti**") and name in x)
    return line


def page(project: Project, name: str) -> Any:
    return html.fromstring((project.out / name).read_bytes())


def cells(row: Any) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row]


@pytest.mark.parametrize(
    ("question", "runs", "words"),
    [(CHANGED, OLD, ": dengan kata-kata lama: p "), (SAME, (*OLD, NEW), ": p ")],
)
def test_a_changed_question_has_its_evidence_beside_it(
    reviewed: Project, question: str, runs: tuple[str, ...], words: str
) -> None:
    known = marked(Made(reviewed, NEW), "pretest")
    assert all(CHANGED in row for row in known.values())  # asked by the third run, in new words
    first, people = share(reviewed, "pretest", question, runs)
    last, _ = share(reviewed, "posttest", question, runs)
    wanted = f"{first} sebelum pelatihan dan {last} sesudahnya ({people} peserta di {len(runs)}"
    summary = (reviewed.out / "ringkasan.md").read_text("utf-8")
    assert f"{question}](index.html#soal-sapa){words}{wanted} pelatihan)" in summary
    report = page(reviewed, "index.html")
    (card,) = report.xpath(f"//*[@class='kartu-soal'][.//code='{question}']")
    beside = [" ".join(p.text_content().split()) for p in card.xpath("p[@class='bukti']")]
    assert any(wanted in text for text in beside)


def test_words_that_are_new_have_evidence_of_their_own(reviewed: Project) -> None:
    summary = (reviewed.out / "ringkasan.md").read_text("utf-8")
    first, people = share(reviewed, "pretest", CHANGED, (NEW,))
    assert f": dengan kata-kata ini: p {first} sebelum pelatihan" in summary
    assert f"({people} peserta di 1 pelatihan)" in summary


def test_a_changed_activity_has_what_it_took_beside_it(reviewed: Project) -> None:
    line = said(reviewed, "rencananya 45")
    assert "“Bermain peran di depan pintu”](index.html#kegiatan-sapa)" in line
    assert "berlangsung 58 dan 61 menit, rencananya 45" in line
    assert "20 % di atas rencana di 2 dari 2 pelatihan" in line
    assert "berlangsung 46 menit, rencananya 90 (1 pelatihan)" in said(reviewed, "rencananya 90")
    (row,) = page(reviewed, "index.html").xpath("//tr[contains(@class, 'bukti')]")
    assert "berlangsung 58 dan 61 menit" in row.text_content()


def test_what_is_not_touched_is_not_told(reviewed: Project) -> None:
    summary = (reviewed.out / "ringkasan.md").read_text("utf-8")
    assert summary.count("- **Bukti**") == 5
    assert "sapa-15" not in summary.partition("### Perubahan per modul")[2].partition("###")[0]


def test_the_same_question_stands_apart_where_it_was_changed(reviewed: Project) -> None:
    rows = [cells(row) for row in page(reviewed, "bukti.html").xpath("//tr[.//code]")]
    found = {q: [row for row in rows if row[0].startswith(f"{q} ")] for q in (CHANGED, SAME)}
    old, new = sorted(found[CHANGED], key=lambda row: row[1])
    assert old[0].startswith(f"{CHANGED} sudah diubah “Kunjungan ke rumah nomor 13 dimulai")
    assert new[0].startswith(f"{CHANGED} “Kunjungan ke rumah nomor 13 diawali")
    (same,) = found[SAME]
    for row, versions, runs in (
        (old, "1.0.0", OLD),
        (new, "2.0.0", (NEW,)),
        (same, "1.0.0, 2.0.0", (*OLD, NEW)),
    ):
        assert row[1] == versions
        for place, test in ((2, "pretest"), (3, "posttest")):
            p, people = share(reviewed, test, row[0].split()[0], runs)
            assert row[place].startswith(f"{p} ")
            assert row[place].endswith(f"; {people} peserta di {len(runs)} pelatihan")


def test_each_version_has_what_its_runs_showed(reviewed: Project) -> None:
    shown = page(reviewed, "bukti.html")
    tables = {
        head.text_content(): [cells(row) for row in head.getnext().xpath("tbody/tr")]
        for head in shown.xpath("//section[@id='bukti-sapa']/h3")
        if head.getnext().tag == "table"
    }
    assert [row[0] for row in tables["Versi 2.0.0"]] == [NEW]
    assert [row[0] for row in tables["Versi 1.0.0"]] == [*OLD, "2 pelatihan bersama-sama"]
    rows = [row for run in OLD for row in marked(Made(reviewed, run), "pretest").values()]
    right = [mark for row in rows for name, mark in row.items() if name.startswith("sapa-")]
    whole = tables["Versi 1.0.0"][-1]
    assert whole[1] == f"{printed(float(numpy.mean(right)))} ({len(rows)} peserta)"
    assert [row[-1] for row in tables["Kegiatan"]] == ["2 dari 2", "0 dari 1"]


def test_the_page_fits_and_breaks_no_rule_of_axe(reviewed: Project) -> None:
    (link,) = page(reviewed, "index.html").xpath("//nav//a[text()='Bukti uji coba']/@href")
    with chromium() as browser:
        for width, scheme in ((PHONE, "dark"), (DESK, "light")):
            assert violations(browser, reviewed.out, [link], width, scheme) == []
            with served(reviewed.out) as host, visiting(browser, width, scheme) as shown:
                shown.goto(f"{host}/{link}")
                assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_evidence_is_asked_of_what_is_settled(reviewed: Project, tmp_path: Path) -> None:
    project = reviewed.copied(tmp_path / "proyek")
    line = project.replace(META, "status: uji-coba", "status: ditetapkan")
    assert {(META, line, "U109")} == {*project.pilar("check", META).problems()}
    told = project.pilar("check", META).out
    assert f"dengan versi 2.x modul ini; baru ada 1 ({NEW})" in told
    # Of the first version there are two runs, and its activity was late in both.
    for name in (META, PAGE, "modules/kurikulum.yml"):
        git(project.root, "checkout", "--quiet", "HEAD~2", "--", name)
    project.replace(META, "status: uji-coba", "status: ditetapkan")
    told = project.pilar("check", META).out
    assert "baru ada" not in told
    assert f"U203 di tiga-langkah.md:{project.line(PAGE, '//// kegiatan | Bermain')}" in told
