"""Links, pictures, footnotes and citations lead somewhere, in every edition that shows them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote

from pilar.content.source import mask_code_spans
from pilar.model.blocks import Document, ItemOptions
from pilar.model.curriculum import Module, Page
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.model.position import Keys, Located
from pilar.model.problem import Fix, Problem, nearest, suggestion
from pilar.model.run import Facts, Project
from pilar.model.span import range_at
from pilar.syntax.audience import filtered, missing_footnotes, sees, visible_blocks
from pilar.syntax.references import GENERATED_PAGES, PICTURE, PICTURE_BY_NAME, REFERENCE

from .law import nearest_source

_TEXT = r"(?:\\.|[^\[\]\\\n]|\n(?!\s*\n)|\[[^\[\]\n]*\](?:\([^()\n]*\))?)"
"""A character of a link's text, which may go on in the next line of its paragraph, or a text in
brackets or picture within it.
"""
LINK = re.compile(rf"(?<!!)\[(?P<text>{_TEXT}*)\]\(\s*<?(?P<target>[^)\s>]*)")
DEFINED_LINK = re.compile(r"^ {0,3}\[(?![\^@])[^\]\n]+\]:\s*<?(?P<target>[^\s>]+)", re.M)
NAMED_LINK = re.compile(rf"\[(?P<text>{_TEXT}+)\]\[(?P<name>[^\]\n]*)\]")
_DEFINED = re.compile(
    r"^ {0,3}\[(?![\^@])[^\]\n]*\]:.*(?:\n.*)?|^ {0,3}\*\[[^\]\n]*\] ?:.*(?:\n.*)?", re.M
)
_WHOLE = re.compile(
    r" *(?:\[[^\[\]]+\]: +(?:<[^<>\s]+>|[^<\s]\S*)(?: +(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?"
    r"|\*\[[^\]]+\]: *\S.*?) *(?:\n(?:[ >]*$|[ >]*(?:/{3,}|\[[^\]]*\]:|\*\[).*))?"
)
"""A link or abbreviation defined in one line, and below it nothing, or another, or a block."""
_DEFINITION = re.compile(r" {0,3}\[(?!\^)(?P<name>[^\]]+)\]:")
_GIVEN_ID = re.compile(r"\{:?[^{}\n]*?#(?P<id>[\w-]+)[^{}\n]*\}")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ALLOWED = ("http:", "https:", "mailto:", "tel:")


def editions(page: Page) -> Iterator[Edition]:
    """The editions that have the page."""
    return (edition for edition in Edition if sees(edition, page.edition))


def matches(
    module: Module, *patterns: re.Pattern[str]
) -> Iterator[tuple[Page, Edition, re.Match[str]]]:
    """Matches outside code in the pages of a module, as each edition sees them; their text is that
    of the whole page.
    """
    for page in module.pages:
        for edition in editions(page):
            for pattern in patterns:
                for match in pattern.finditer(_searched(page.document, edition)):
                    yield page, edition, match


@memoized
def _searched(document: Document, edition: Edition) -> str:
    return "\n".join(
        "" if number in document.literal else mask_code_spans(line)
        for number, line in enumerate(filtered(document, edition), 1)
    )


def yaml_texts(module: Module) -> Iterator[tuple[Located, Keys, str]]:
    """Every text of modul.yml and soal.yml that pages print, code in it overwritten."""
    for source, keys, text in module.texts():
        yield source, keys, _without_code(text)


def _without_code(text: str) -> str:
    return "\n".join(map(mask_code_spans, text.split("\n")))


def footnotes_are_whole(module: Module, facts: Facts) -> Iterator[Problem]:
    """A footnote is defined where its reference is seen."""
    for page in module.pages:
        for edition in editions(page):
            yield from missing_footnotes(page.document, edition)


def references_resolve(module: Module, facts: Facts) -> Iterator[Problem]:
    """`[@id]` cites a known source that modul.yml lists; `[@#id]` names a block in sight."""
    listed = {citation.id for citation in module.meta.rujukan}
    missing: dict[Problem, list[Edition]] = {}
    names = {
        edition: {
            block.options.id
            for page in module.pages
            if sees(edition, page.edition)
            for block in visible_blocks(page.document, edition)
            if isinstance(block.options, ItemOptions) and block.options.id
        }
        for edition in Edition
    }
    for page, edition, match in matches(module, REFERENCE):
        path, name = page.document.path, match["id"]
        if match["hash"]:
            if name not in names[edition]:
                message = f"tidak ada blok dengan id `{name}`"
                problem = Problem(path, 1, "T107", message, suggestion(name, names[edition]))
                near = nearest(name, names[edition])
                problem = problem.at_match(match, "id", at=name, instead=near)
                missing.setdefault(problem, []).append(edition)
        elif name not in facts.sources:
            message, hint, near = _unknown_source(name, facts)
            problem = Problem(path, 1, "T106", message, hint)
            yield problem.at_match(match, "id", at=name, instead=near)
        elif name not in listed:
            message = f"sumber `{name}` belum disebut di `rujukan` pada modul.yml"
            problem = Problem(path, 1, "T106", message, "Tambahkan di sana")
            yield problem.at_match(match, "id")
    for problem, found in missing.items():
        yield replace(problem, message=f"{problem.message} yang dilihat {' dan '.join(found)}")


def cited_in_yaml(module: Module, facts: Facts) -> Iterator[Problem]:
    """What modul.yml and soal.yml cite with `[@id]` is in the registry."""
    for source, keys, text in yaml_texts(module):
        for match in REFERENCE.finditer(text):
            if not match["hash"] and (name := match["id"]) not in facts.sources:
                *words, near = _unknown_source(name, facts)
                yield source.problem(keys, "T106", *words, at=name, instead=near)


def sources_are_known(module: Module, facts: Facts) -> Iterator[Problem]:
    """`rujukan` of modul.yml names sources of the registry."""
    for index, citation in enumerate(module.meta.rujukan):
        if (name := citation.id) not in facts.sources:
            *words, near = _unknown_source(name, facts)
            yield module.source.problem(("rujukan", index), "T106", *words, at=name, instead=near)


def _unknown_source(name: str, facts: Facts) -> tuple[str, str, str]:
    """Message, way out, and the id that may be meant."""
    message = f"sumber `{name}` tidak ada di modules/rujukan.yml"
    if near := nearest_source(name, facts):
        source = facts.sources[near]
        return (
            message,
            f"Mungkin maksud Anda “{near}”, {source.short} tentang {source.tentang}",
            near,
        )
    return message, suggestion(name, facts.sources), ""


def anchors(module: Module, page: Page, edition: Edition) -> set[str]:
    """Ids that a page has in an edition, those of numbered blocks aside (they have `[@#id]`)."""
    lines = filtered(page.document, edition)
    headings = {h.anchor for h in page.document.headings if lines[h.line - 1].startswith("#")}
    given = (
        match["id"]
        for number, line in enumerate(lines, 1)
        if number not in page.document.literal
        for match in _GIVEN_ID.finditer(mask_code_spans(line))
    )
    return {*headings, *given}


def links_resolve(module: Module, project: Project) -> Iterator[Problem]:
    """Links lead to pages and sections that the same edition has, or to the web."""
    for page, edition, match in matches(module, LINK, DEFINED_LINK):
        if broken := _broken(match["target"], module, page, edition, project):
            code, message, hint, at, instead = broken
            problem = Problem(page.document.path, 1, code, message, hint)
            yield problem.at_match(match, "target", at, instead)


def links_in_yaml_resolve(module: Module, project: Project) -> Iterator[Problem]:
    """What modul.yml and soal.yml link to is there, in both editions if both print it."""
    texts = [(module.source, keys, text, tuple(Edition)) for keys, text in module.meta.texts()]
    for index, question in enumerate(module.questions):
        for keys, text in question.texts():
            readers = (Edition.PELATIH,) if keys[0] in ("kunci", "pembahasan") else tuple(Edition)
            texts.append((module.questions_source, (index, *keys), text, readers))
    for source, keys, text, readers in texts:
        for match in LINK.finditer(mask_code_spans(text)):
            target = match["target"]
            if re.search(r"[:&%\\]", target):
                continue  # no name of a page; what it hides is reported by `hostile`
            found = {
                _no_page(
                    f"tautan `{target}` tidak menyebut halaman", "Tulis nama halamannya", target
                )
                if target.startswith("#")
                else _broken(target, module, page, edition, project)
                for page in module.pages[:1]
                for edition in readers
            }
            for code, message, hint, at, instead in sorted(filter(None, found)):
                yield source.problem(keys, code, message, hint, at=at, instead=instead)


def definitions_are_whole(module: Module, facts: Facts) -> Iterator[Problem]:
    """What `[nama]: alamat` and `*[singkatan]: arti` define stands in that line alone: of more,
    Markdown prints a part as text, which trainers' blocks may be the only ones to need.
    """
    for page, _, match in matches(module, _DEFINED):
        if not _WHOLE.fullmatch(match[0]):
            message = "tautan atau singkatan ini tidak ditulis lengkap di satu baris"
            hint = "Tulis semuanya di satu baris, dan beri baris kosong sesudahnya"
            number = range_at(match.string, match.span())[0]
            yield page.document.problem(number, "T101", message, hint)


def defined_links_resolve(module: Module, facts: Facts) -> Iterator[Problem]:
    """`[teks][nama]` has a line `[nama]: …` that the same edition sees."""
    missing: dict[Problem, list[Edition]] = {}
    for page, edition, match in matches(module, NAMED_LINK):
        name = match["name"] or " ".join(match["text"].split())
        if match["text"].startswith("@"):
            continue
        if name.casefold() not in _defined_names(page.document, edition):
            message = f"tautan [{name}] tidak punya alamat"
            hint = f"Tambahkan baris [{name}]: alamat di luar blok pelatih"
            problem = Problem(page.document.path, 1, "T101", message, hint).at_match(match)
            missing.setdefault(problem, []).append(edition)
    for problem, found in missing.items():
        yield replace(problem, message=f"{problem.message} yang dilihat {' dan '.join(found)}")


@memoized
def _defined_names(document: Document, edition: Edition) -> set[str]:
    return {
        match["name"].casefold()
        for number, line in enumerate(filtered(document, edition), 1)
        if number not in document.literal and (match := _DEFINITION.match(line))
    }


class _Broken(NamedTuple):
    """Why a link leads nowhere, what of it is wrong, and what may be meant."""

    code: str
    message: str
    hint: str
    at: str
    instead: str = ""


def _no_page(message: str, hint: str, target: str, near: str = "") -> _Broken:
    # A name is no fix for an address that is more than one.
    return _Broken("T101", message, hint, target, "" if {*"/#"} & {*target} else near)


def _broken(
    target: str, module: Module, page: Page, edition: Edition, project: Project
) -> _Broken | None:
    """What is wrong with a link of a page that leads nowhere."""
    if _SCHEME.match(target):
        if target.casefold().startswith(_ALLOWED):
            return None
        message = f"jenis tautan `{target}` tidak dipakai"
        return _no_page(message, "Pakai https:, mailto:, atau tel:", target)
    path, _, fragment = unquote(target).partition("#")
    place = posixpath.normpath(posixpath.join(module.slug, path)) if path else None
    if place in GENERATED_PAGES:
        return None
    if not target:
        hint = "Tulis nama halaman, atau alamat https:"
        return _no_page("tautan ini tidak punya alamat", hint, target)
    if place is None:
        owner, other = module, page
    else:
        slug, _, name = place.partition("/")
        if slug in project.broken:
            return None
        if slug not in project.modules or target.startswith("/"):
            # `../slug/…` names a module; anything else was meant as a page of this one.
            elsewhere = path.startswith("../") and slug not in ("", "..")
            sought = (slug, project.modules) if elsewhere else (path, _page_names(module))
            message = f"tautan `{target}` tidak menuju halaman"
            return _no_page(message, suggestion(*sought), target, nearest(*sought))
        owner = project.modules[slug]
        if name == "index.md" and not fragment:
            return None
        found = next((p for p in owner.pages if f"{p.name}.md" == name), None)
        if found is None:
            sought = name, _page_names(owner)
            message = f"halaman `{target}` tidak ada"
            return _no_page(message, suggestion(*sought), target, nearest(*sought))
        other = found
    return _unseen(target, fragment, owner, other, edition)


def _unseen(
    target: str, fragment: str, owner: Module, other: Page, edition: Edition
) -> _Broken | None:
    """What is wrong with a link to a page, or a part of it, that an edition does not have."""
    if not sees(edition, other.edition):
        message = f"halaman `{target}` tidak ada di edisi {edition}"
        hint = f"Pindahkan tautan ini ke blok `{other.edition}`, atau tautkan halaman lain"
        return _Broken("T103", message, hint, target)
    if f"{other.name}.md" in owner.unread:
        return None
    if fragment and fragment not in (known := anchors(owner, other, edition)):
        message, near = f"bagian `#{fragment}` tidak ada di halaman itu", nearest(fragment, known)
        instead = f"#{near}" if near else ""
        return _Broken("T102", message, suggestion(fragment, known), f"#{fragment}", instead)
    return None


def _page_names(module: Module) -> set[str]:
    return {f"{page.name}.md" for page in module.pages}


def pictures_exist(module: Module, facts: Facts) -> Iterator[Problem]:
    """Pictures are files of the module's aset/ and have alternative text, or are mere ornament."""
    for page, _, match in matches(module, PICTURE_BY_NAME):
        message = "alamat gambar ini ditulis di tempat lain, atau tidak ada"
        hint = "Tulis ![teks pengganti](aset/nama.svg)"
        yield Problem(page.document.path, 1, "T104", message, hint).at_match(match)
    for page, _, match in matches(module, PICTURE):
        path, target = page.document.path, match["target"]
        whole = range_at(match.string, (match.start(), match.end() + 1))
        if not target:
            hint = "Tulis (aset/nama.svg)"
            yield Problem(path, 1, "T104", "gambar tanpa alamat", hint).at(whole)
        elif target not in module.assets:
            same = [name for name in module.assets if name.casefold() == target.casefold()]
            if len(same) == 1:
                message = f"gambar `{target}` di folder modul bernama `{same[0]}`"
                hint = "Samakan huruf besar dan kecilnya; di banyak komputer keduanya berbeda"
                place = range_at(match.string, match.span("target"))
                yield Problem(path, 1, "T111", message, hint).at(place, Fix(target, same[0], True))
                continue
            message = f"gambar `{target}` tidak ada di folder modul"
            hint = suggestion(target, module.assets) or "Simpan gambar di aset/"
            near = "" if "#" in target else nearest(target, module.assets)
            problem = Problem(path, 1, "T104", message, hint)
            yield problem.at_match(match, "target", at=target, instead=near)
        source = module.pictures.get(target)
        if not match["alt"].strip() and not (source and source.hiasan):
            hint = (
                "Tulis apa yang terlihat di antara tanda [ ]; bila hanya hiasan, catat "
                "`hiasan: true` di aset/gambar.yml"
            )
            yield Problem(path, 1, "T108", "gambar tanpa teks pengganti", hint).at(whole)
