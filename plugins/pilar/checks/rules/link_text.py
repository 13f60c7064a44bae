"""T201: the text of a link says where it leads, on paper and when read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.links import LINK, editions, matches
from pilar.checks.places import problem_at
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_EMPTY = frozenset(
    "klik|klik di sini|klik disini|di sini|disini|sini|ini|tautan|tautan ini|link|link ini|"
    "selengkapnya|baca selengkapnya|lihat|lihat di sini|baca|halaman ini".split("|")
)


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No link is called “di sini”, and none by its bare address."""
    for page in module.pages:
        found: set[Problem] = set()
        for edition in editions(page):
            for _, match in matches(page, edition, LINK):
                text = " ".join(match["text"].split()).strip("*_")
                if text.casefold() in _EMPTY or text.casefold().startswith(("http:", "https:")):
                    found.add(
                        problem_at(
                            page.document.path,
                            match.string,
                            match.span("text"),
                            "T201",
                            f"teks tautan “{text}” tidak menyebut tujuannya",
                            "Tulis nama halaman atau isinya sebagai teks tautan",
                        )
                    )
        yield from found
