"""aturan/: rules of `pilar check` as HTML, for readers without a command line.

They are the pages that `pilar check --explain KODE` prints. They accompany each report, whose
problem codes link to them, and the published site, to which line comments link.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from markdown import Markdown
from markupsafe import Markup

from pilar.checks.ignores import silencable
from pilar.model.rule import SECTIONS, Rule, Severity, rules

from .templates import environment

FOLDER = "aturan"
INDEX = f"{FOLDER}/index.html"

GROUPS = {
    "B": "Blok dan Markdown",
    "C": "Cetakan",
    "F": "Berkas",
    "G": "Gambar",
    "H": "Hukum",
    "K": "Keluaran dan situs",
    "L": "Bahasa",
    "M": "Modul dan kurikulum",
    "P": "Perlindungan bahan pelatih dan data pribadi",
    "R": "Pelatihan dan jadwal",
    "S": "Soal",
    "T": "Tautan, gambar, dan kutipan",
    "U": "Hasil uji coba",
    "V": "Versi",
    "Y": "YAML",
}
"""What the rules of a letter are about."""


def pages(templates: Path, *, public: bool = False) -> Iterator[tuple[str, str]]:
    """Path in the report's folder and HTML: the list of all rules, then each rule's page.

    Every page is one file without scripts; links are relative. `templates` is overrides/ulasan.
    `public` ones belong to the published site and link to its home page instead of a report.
    """
    made = environment(templates, style="ulasan.css", sebaris=inline)
    made.globals["umum"] = public
    groups = [
        (letter, GROUPS[letter], list(group))
        for letter, group in groupby(rules().values(), key=lambda rule: rule.code[0])
    ]
    yield INDEX, made.get_template("daftar-aturan.html").render(kelompok=groups, peringatan=_mild)
    one, ignorable = made.get_template("aturan.html"), silencable()
    for code, rule in rules().items():
        yield (
            f"{FOLDER}/{code}.html",
            one.render(
                aturan=rule,
                kelompok=GROUPS[code[0]],
                peringatan=_mild,
                bagian=[(name, block(rule.section(name))) for name in SECTIONS],
                dapat_diabaikan=code in ignorable,
            ),
        )


def _mild(rule: Rule) -> bool:
    return rule.severity is Severity.WARNING


@cache
def _engine() -> Markdown:
    engine = Markdown(extensions=["fenced_code"], output_format="html")
    # HTML in a rule's page is an example: printed, not interpreted.
    engine.preprocessors.deregister("html_block")
    engine.inlinePatterns.deregister("html")
    return engine


@lru_cache(maxsize=1024)
def block(text: str) -> Markup:
    """Markdown of a rule's page as HTML; HTML in it is escaped."""
    return Markup(_engine().reset().convert(text))


def inline(text: str) -> Markup:
    """A title's Markdown, without the paragraph around it."""
    return Markup(block(text).removeprefix("<p>").removesuffix("</p>"))
