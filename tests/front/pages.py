"""HTML pages of a site as files: their links, their ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import lxml.html

from .trees import files

_RESOURCES = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "link": ("href",),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "object": ("data",),
    "embed": ("src",),
    "use": ("href",),
    "image": ("href",),
    "input": ("src",),
    "form": ("action",),
}
"""Attributes that make a browser ask for something by itself (or send something)."""


@dataclass(frozen=True)
class Link:
    """An address in a page; `fetched` where the browser follows it by itself."""

    page: str
    address: str
    fetched: bool


@cache
def read_page(path: Path) -> lxml.html.HtmlElement:
    """A parsed page."""
    return lxml.html.fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))


@cache
def ids(path: Path) -> frozenset[str]:
    """All ids of a page."""
    return frozenset(read_page(path).xpath("//@id")) | frozenset(read_page(path).xpath("//a/@name"))


def pages(site: Path) -> dict[str, Path]:
    """Every HTML page of a site."""
    return {name: path for name, path in files(site).items() if name.endswith(".html")}


def links(site: Path) -> Iterator[Link]:
    """Every address in every page and style sheet of a site."""
    for name, path in pages(site).items():
        for element in read_page(path).iter():
            if not isinstance(element.tag, str):
                continue
            for attribute in _RESOURCES.get(element.tag, ()):
                for address in _addresses(element.get(attribute), attribute):
                    yield Link(name, address, True)
            if element.tag in ("a", "area") and element.get("href") is not None:
                yield Link(name, element.get("href"), False)
            for address in _in_css(element.get("style") or ""):
                yield Link(name, address, True)
        for style in read_page(path).iter("style"):
            for address in _in_css(style.text or ""):
                yield Link(name, address, True)
    for name, path in files(site).items():
        if name.endswith(".css"):
            for address in _in_css(path.read_text("utf-8")):
                yield Link(name, address, True)


def _addresses(value: str | None, attribute: str) -> list[str]:
    if value is None:
        return []
    if attribute == "srcset":
        return [part.split()[0] for part in value.split(",")]
    return [] if value.startswith("data:") else [value]


def _in_css(text: str) -> list[str]:
    found = re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", text)
    return [first or second for first, second in found if not first.startswith("data:")]
