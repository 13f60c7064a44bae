"""Papers that offices edit, opened by LibreOffice: nothing lost, sheets of the run's size."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest

from .commands import Project

pytestmark = pytest.mark.panjang  # LibreOffice starts in seconds and is no small package

RUN = "2025-01-probolinggo"
A4 = {(210, 297), (297, 210)}


@pytest.fixture(scope="module")
def opened(probolinggo: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """What LibreOffice prints of each document and workbook of the real run."""
    folder = tmp_path_factory.mktemp("kantor")
    papers = probolinggo.out / RUN / "pelatih" / "dokumen"
    sources = sorted([*papers.glob("*.docx"), *papers.glob("*.xlsx")])
    for kind in ("docx", "xlsx"):  # a paper's two would be written to one file
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={folder.as_uri()}/profil", "--headless"),
                *("--convert-to", "pdf", "--outdir", str(folder / kind)),
                *(str(path) for path in sources if path.suffix == f".{kind}"),
            ],
            check=True,
            capture_output=True,
            timeout=600,
        )
    return {path: folder / path.suffix[1:] / f"{path.stem}.pdf" for path in sources}


def words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text))


def said(path: Path) -> set[str]:
    """Words of a document's paragraphs and cells, or of a workbook's."""
    if path.suffix == ".docx":
        body = docx.Document(str(path)).element.body
        texts = body.xpath("./w:p | .//w:tc/w:p")
        return set().union(*(words(text.text) for text in texts))
    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.rows for cell in row]
    return set().union(*(words(str(cell.value)) for cell in cells if cell.value is not None))


def test_libreoffice_prints_all_of_every_paper(opened: dict[Path, Path]) -> None:
    assert {path.suffix for path in opened} == {".docx", ".xlsx"}
    for source, pdf in opened.items():
        with pypdfium2.PdfDocument(pdf) as pages:
            sizes = {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in pages}
            text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
        assert sizes <= A4, source.name
        # A word that is divided at the end of a line is two in the PDF.
        letters = re.sub(r"\W", "", text)
        lost = {word for word in said(source) if word not in letters}
        assert not lost, source.name


def test_a_document_takes_about_as_many_pages_as_the_printed_paper(
    opened: dict[Path, Path],
) -> None:
    for source, pdf in opened.items():
        if source.suffix == ".docx":
            with (
                pypdfium2.PdfDocument(pdf) as pages,
                pypdfium2.PdfDocument(source.with_suffix(".pdf")) as printed,
            ):
                assert len(printed) / 2 <= len(pages) <= 1.5 * len(printed) + 1, source.name
