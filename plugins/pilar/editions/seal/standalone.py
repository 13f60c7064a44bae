"""Self-contained pages: pictures as data: addresses, links to files rewritten."""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html

from pilar.editions.media_types import kind_of
from pilar.editions.policy import without_policy
from pilar.model.problem import ContentError, Problem

_LINK = re.compile(r'(\s(src|poster|data|href)=")([^"]*)"')
_WORDS = {"alt", "title", "aria-label", "content", "value"}
"""Attributes that hold text for people."""


class Site:
    """Pages and the files that they use; records which files are linked rather than shown."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        """`files`: those that the sealed folder will not have as they are, by name in the site."""
        self.files = files
        self.handed_out: set[str] = set()
        """Files that a link of a page leads to."""

    def page(self, name: str, html: str) -> str:
        """The page as it is sealed: shown files as data: addresses, links to `FILE.html`.

        A policy of the page's own is left out; the page around it sets one that fits both.
        Raises ContentError for any other use of a file.
        """

        def turned(match: re.Match[str]) -> str:
            start, attribute, address = match.groups()
            file = self._file(name, address)
            if file is None:
                return match[0]
            if attribute != "href":
                return f'{start}{self._data(file)}"'
            self.handed_out.add(file)
            path, mark, anchor = address.partition("#")
            return f'{start}{path}.html{mark}{anchor}"'

        sealed = _LINK.sub(turned, without_policy(html))
        self._check(name, sealed)
        return sealed

    def _file(self, page: str, address: str) -> str | None:
        """The file of this site that an address on a page means, if it is one of ours."""
        try:
            parts = urlsplit(unescape(address))
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path:
            return None
        file = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        return file if file in self.files else None

    def _data(self, file: str) -> str:
        data = base64.b64encode(self.files[file].read_bytes()).decode()
        return f"data:{kind_of(file)};base64,{data}"

    def _check(self, name: str, html: str) -> None:
        left = {
            (file, attribute)
            for element in lxml.html.document_fromstring(html).iter()
            for attribute, value in _attributes(element)
            if attribute not in _WORDS and not value.startswith("data:")
            for word in re.split(r"[\s,()'\"]+", value)
            if (file := self._file(name, word))
        }
        hint = "Pakailah gambar atau tautan biasa"
        messages = [
            f"halaman {name} memakai {file} lewat `{attribute}`, yang tidak dapat disegel"
            for file, attribute in left
        ]
        if messages:
            raise ContentError(Problem("mkdocs.yml", 1, "K102", text, hint) for text in messages)


def _attributes(element: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.items()]
