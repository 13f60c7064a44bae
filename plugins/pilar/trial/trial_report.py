"""The report of a run as files: for the press, for offices, for screens."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilar.assembly.tree import EditionTree
from pilar.editions.book.markup import ASSET_SCHEME
from pilar.editions.papers.paper import FOR_TRAINERS
from pilar.editions.papers.word import document
from pilar.editions.templates import environment
from pilar.editions.words import EXAMPLE, STAGES
from pilar.evidence.cutoffs import FEWEST, OVERRUN
from pilar.evidence.run_evidence import RunEvidence
from pilar.model.curriculum import MINUTES_PER_FIELD_JP, MINUTES_PER_JP
from pilar.model.evaluation import FACILITATOR, SCALE
from pilar.model.run import Run
from pilar.syntax.render import plain

from . import trial_tables as tables
from .conclusions import conclusions, recommendations
from .formulas import FORMULAS, limits
from .plots import Canvas, Plot
from .printer import Printer
from .trial_plots import plots
from .trial_words import gain_sentences, interval, percent


def title(run: Run) -> str:
    """What the report is called."""
    return "Laporan Uji Coba" if run.file.tahap == "uji-coba" else "Laporan Hasil Pelatihan"


@dataclass(frozen=True)
class Report:
    """A report before it is printed; `templates` is overrides/kertas."""

    tree: EditionTree
    evidence: RunEvidence
    templates: Path
    cache: Path
    printer: Printer

    @property
    def run(self) -> Run:
        """The run that it is of."""
        return self.tree.run

    def files(self, stem: str) -> dict[str, bytes]:
        """The files by name: `stem`.html, .pdf and .docx. Raises ContentError."""
        modules = [node.module for node in self.tree.modules]
        canvas = Canvas(self.cache, self.run.example)
        drawn = {plot.name: plot for plot in plots(self.evidence, modules, canvas)}
        page, paper, word = (f"{stem}.{suffix}" for suffix in ("html", "pdf", "docx"))
        html = self._html("laporan.html", drawn, alamat=_asset_address)
        drawings = {_asset(plot): plot.for_press() for plot in drawn.values()}
        printed = self.printer.begin(self.run.source.path, html, self._style, drawings)
        more = {"cetakan": paper, "word": word}
        screen = self._html("laporan-layar.html", drawn, alamat=_data_address, **more)
        office = self._document(html, drawn)
        # Loaded now: the other process has loaded its own while this one read the project.
        from pilar.editions.papers.paper_files import bound

        pdf = bound(printed(), keywords=FOR_TRAINERS, **self._facts)
        return {page: screen.encode(), paper: pdf, word: office}

    def _document(self, html: str, drawn: Mapping[str, Plot]) -> bytes:
        pictures = {_asset_address(plot): plot.for_offices() for plot in drawn.values()}
        epoch = self.run.epoch
        return document(html, self._style, epoch=epoch, pictures=pictures, **self._facts)

    @property
    def _style(self) -> str:
        width, height = self.run.file.sheet
        style = (self.templates / "kertas.css").read_text("utf-8")
        return f"@page {{ size: {width}mm {height}mm; }}\n{style}"

    @property
    def _facts(self) -> dict[str, str]:
        return {"title": self._title, "subject": self.run.file.judul}

    @property
    def _title(self) -> str:
        example = f" ({EXAMPLE})" if self.run.example else ""
        return f"{title(self.run)}: {self.run.id}{example}"

    def _html(self, template: str, drawn: Mapping[str, Plot], **more: Any) -> str:
        made = environment(
            self.templates,
            style="laporan-layar.css",
            polos=plain,
            selang=interval,
            kalimat_gain=gain_sentences,
            nama_tes=tables.test_title,
        )
        frame = {
            "judul": title(self.run),
            "pohon": self.tree,
            "run": self.run.file,
            "nama_run": self.run.id,
            "kurikulum": self.tree.curriculum,
            "hari": self.tree.days,
            "edisi": self.tree.edition,
            "draf": EXAMPLE if self.run.example else self.tree.draft,
            "contoh": self.run.example,
            "penanda": FOR_TRAINERS,
            "tahap": STAGES,
            "menit_jp": (MINUTES_PER_JP, MINUTES_PER_FIELD_JP),
        }
        found = self._found()
        return made.get_template(template).render(semua_gambar=drawn, **frame, **found, **more)

    def _found(self) -> dict[str, Any]:
        """What the results show, for the template."""
        evidence, modules = self.evidence, [node.module for node in self.tree.modules]
        return {
            "bukti": evidence,
            "kembali": [*tables.returned(evidence)],
            "peserta": [*tables.people(evidence)],
            "indikator": [*tables.goals(evidence, modules)],
            "naskah": [*tables.forms(evidence)],
            "menit": [*tables.minutes(evidence)],
            "penilaian": [*tables.ratings(evidence, modules)],
            "simpulan": [*conclusions(evidence)],
            "saran": [*recommendations(evidence)],
            "rumus": FORMULAS,
            "batas": [*limits()],
            "skala": SCALE,
            "butir_fasilitator": FACILITATOR.items,
            "paling_sedikit": f"{FEWEST.value:.0f}",
            "lewat": f"> {percent(OVERRUN.value)}",
            "lewat_kata": percent(OVERRUN.value),
        }


def _asset(plot: Plot) -> str:
    return f"laporan/{plot.name}.svg"


def _asset_address(plot: Plot) -> str:
    return f"{ASSET_SCHEME}:{_asset(plot)}"


def _data_address(plot: Plot) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(plot.for_screens()).decode()}"
