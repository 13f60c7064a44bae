"""What only somebody with bad intentions, or a bad template, writes into a page.

None of it reaches an output, for the sanitizer (`syntax.sanitize`) drops it; but who drops without
a word hides an attack from the reviewer, and a mistake from the author.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts, Project

from .links import DEFINED_LINK, LINK, matches

_LIST = re.compile(r"\{(?P<colon>:?)(?P<body>[^{}\n]*)\}")
_ENTRY = re.compile(
    r"""\s*(?:(?P<key>[\w:-]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']*)|[.#]?[^\s="']+)"""
)
ATTRIBUTES = frozenset(
    "align alt class colspan height id lang loading rowspan scope start title type width".split()
)
"""Attributes that `{: … }` may set."""

_OURS = (
    "blok|pelatih|kunci|peserta|kunci-soal|kartu|kartu-kartu|terbuka|soal|isi|isian|garis|jodoh"
    "|pilihan|kepala|meta|label|jenis|kode|judul|nama|nomor|indikator|hasil-belajar|materi-pokok"
    "|caption-prefix|gulir|baris"
)
_RESERVED = re.compile(
    r"#(?:__|muatan$|fn(?:ref)?\d*:|[a-z][a-z0-9]{1,5}-(?:k[st]?|lk?|d|s)\d+$)"
    rf"|\.(?:md-|pilar-|(?:{_OURS})$)"
)
"""Ids that the theme's scripts look for, or that numbered blocks and footnotes have; classes that
styles lay over pages, or by which blocks are known: a text must not pass for one.
"""
_BOX = re.compile(r"^[ >]*(?:!!!|\?\?\?\+?) +(?P<classes>[^\"\n]*)", re.MULTILINE)
_DISGUISED_HOST = re.compile(
    r"[hH][tT]{2}[pP][sS]?:(?:(?!//[^/\\])|[/\\]*(?:[^/?#\\@\x80-\U0010ffff]*[@\x80-\U0010ffff]"
    r"|(?:[^/?#\\]*\.)?[xX][nN]--))|[tT][eE][lL]:[^?]*[*#]"
)
"""An address whose host is another than a reader takes it for, or none; a number that changes how
a telephone works (`*21*…#`) when it is called.
"""
_BARE = re.compile(r"(?<![\w(/\"'=])(?P<target>(?:https?://|www\.)[^\s<>)\]]+)", re.I)
"""An address written as text, which Markdown makes a link."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_FINE = ("http:", "https:", "mailto:", "tel:")


def attributes_are_harmless(module: Module, facts: Facts) -> Iterator[Problem]:
    """`{: … }` sets no scripts, styles or data."""
    for page, _, match in matches(module, _LIST):
        for name in refused_attributes(match["body"], bool(match["colon"])):
            message = f"atribut `{name}` tidak diizinkan"
            hint = "Hapus atribut itu; tampilan dan perilaku diatur oleh templat"
            problem = Problem(page.document.path, 1, "B120", message, hint)
            yield problem.at_match(match, "body", at=name)
    for page, _, match in matches(module, _BOX):
        for name in match["classes"].split():
            if _RESERVED.match(f".{name}"):
                message = f"jenis kotak `{name}` tidak diizinkan"
                hint = "Pakai note, tip, warning, atau danger"
                problem = Problem(page.document.path, 1, "B120", message, hint)
                yield problem.at_match(match, "classes", at=name)


def refused_attributes(body: str, alone: bool = False) -> list[str]:
    """Names in an attribute list that is none of ATTRIBUTES; empty for what is no such list.

    `alone`: names without a value count, too; without the colon such braces may be mere text.
    """
    names: list[str] = []
    position = 0
    body = body.strip()
    while position < len(body):
        match = _ENTRY.match(body, position)
        if match is None or match.end() == position:
            return []
        name, whole = match["key"], match[0].strip()
        if name and name.lower() in ("id", "class"):
            sign = "#" if name.lower() == "id" else "."
            words = whole.partition("=")[2].strip("\"'").split()
            names += [f"{name}={word}" for word in words if _RESERVED.match(sign + word)]
        elif name and name.lower() not in ATTRIBUTES:
            names.append(name)
        elif not name:
            unknown = alone and whole[:1] not in ".#" and whole.lower() not in ATTRIBUTES
            if unknown or _RESERVED.match(whole):
                names.append(whole)
        position = match.end()
    return names


def addresses_are_harmless(module: Module, facts: Facts) -> Iterator[Problem]:
    """No link leads to a script, to data or to a file, however it is written."""
    for page, _, match in matches(module, LINK, DEFINED_LINK, _BARE):
        start = match["target"][:60]
        if scheme := disguised_scheme(match["target"]):
            problem = Problem(page.document.path, 1, "B121", *_refused(scheme))
            yield problem.at_match(match, "target", at=scheme)
        elif _DISGUISED_HOST.match(re.sub(r"(?i)^www\.", "https://www.", match["target"])):
            message = f"alamat tautan menyembunyikan tujuannya: `{start}`"
            hint = "Tulis alamatnya apa adanya, dengan huruf Latin dan tanpa @, * atau #"
            problem = Problem(page.document.path, 1, "B121", message, hint)
            yield problem.at_match(match, "target", at=start)
    for source, keys, text in module.texts():
        for match in (*LINK.finditer(text), *DEFINED_LINK.finditer(text)):
            scheme = disguised_scheme(match["target"]) or _plain_scheme(match["target"])
            if scheme:
                yield source.problem(keys, "B121", *_refused(scheme), at=scheme)


def curriculum_addresses_are_harmless(project: Project) -> Iterator[Problem]:
    """What the curriculum says in Markdown links to the web alone: it belongs to no module."""
    curriculum, source = project.curriculum, project.curriculum_source
    for keys, text in curriculum.markdown():
        for match in (*LINK.finditer(text), *DEFINED_LINK.finditer(text)):
            if not match["target"].lower().startswith(_FINE):
                start, hint = match["target"][:60], "Pakai https:, mailto:, atau tel:"
                message = f"tautan `{start}` di kurikulum tidak menuju alamat web"
                yield source.problem(keys, "B121", message, hint, at=start)


def disguised_scheme(target: str) -> str:
    """The scheme that a browser may read in an address that hides it; else empty.

    One that stands there openly is reported with the other links.
    """
    return "" if _plain_scheme(target) else _plain_scheme(_undisguised(target))


def _plain_scheme(target: str) -> str:
    match = _SCHEME.match(target.lower())
    return match[0] if match and not target.lower().startswith(_FINE) else ""


def _undisguised(target: str) -> str:
    text = unicodedata.normalize("NFKC", unquote(html.unescape(html.unescape(target))))
    visible = (c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Zs"))
    return "".join(visible).replace("\\", "").strip()


def _refused(scheme: str) -> tuple[str, str]:
    message = f"alamat tautan menyembunyikan `{scheme}`"
    return message, "Pakai https:, mailto:, tel:, atau nama halaman"
