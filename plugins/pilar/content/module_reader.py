"""Reads one module from the files of its folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Any

from pilar.model.blocks import Document
from pilar.model.changelog import Changelog
from pilar.model.curriculum import Module, ModuleMeta, Page, Question
from pilar.model.picture import Picture
from pilar.model.position import Located
from pilar.model.problem import Problem, nearest, suggestion

from .changelog_parser import parse_changelog
from .files import Files, tree_hash
from .limits import too_large
from .page_parser import parse_page
from .pictures import PictureError, clean_picture
from .reader import Reader

META = "modul.yml"
QUESTIONS = "soal.yml"
CHANGES = "perubahan.md"
PICTURES = "aset/gambar.yml"
RESERVED = frozenset({"index.md", "bank-soal.md"})
"""Pages that assembly adds to every module."""
_ASSET = re.compile(
    r"aset/(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*\.(?i:svg|png|jpg|jpeg|webp|gif)"
)

ParsePage = Callable[[str, str, list[Problem]], Document]


def read_module(
    slug: str, files: Files, problems: list[Problem], parse: ParsePage = parse_page
) -> Module | None:
    """The module whose folder holds `files`; None where it cannot be read.

    All mistakes go to `problems`. With mistakes the module is fit for checks alone: it lacks what
    could not be read. `parse` parses the text of a page; ModuleStore gives one with a cache.
    """
    reader = Reader(files, problems, f"modules/{slug}")
    meta, source = reader.yaml(META, ModuleMeta)
    questions: Any = ()
    questions_source = Located(f"modules/{slug}/{QUESTIONS}")
    if QUESTIONS in files:
        questions, questions_source = reader.yaml(QUESTIONS, tuple[Question, ...])
    unread = {QUESTIONS} if questions is None else set()
    pages = [
        Page(path.removesuffix(".md"), _document(reader, path, unread, parse))
        for path in sorted(files)
        if path.endswith(".md") and "/" not in path and path != CHANGES
    ]
    assets = {path: data for path, data in files.items() if _ASSET.fullmatch(path)}
    for path, data in assets.items():
        problems += too_large(reader.base + path, data)
    pictures: Any = None
    pictures_source = Located(f"modules/{slug}/{PICTURES}")
    if PICTURES in files:
        pictures, pictures_source = reader.yaml(PICTURES, dict[str, Picture])
    _report_strays(reader, {META, QUESTIONS, PICTURES, *assets})
    _report_pictures(reader, assets)
    if meta is None:
        return None
    return Module(
        slug,
        meta,
        pages=tuple(_ordered(reader, meta, source, pages)),
        questions=questions or (),
        assets=assets,
        source=source,
        questions_source=questions_source,
        digest=tree_hash(files),
        unread=frozenset(unread),
        changelog=_changelog(reader),
        pictures={f"aset/{name}": picture for name, picture in (pictures or {}).items()},
        pictures_source=pictures_source,
    )


def _document(reader: Reader, path: str, unread: set[str], parse: ParsePage) -> Document:
    """The page at `path`; an empty one, and `path` in `unread`, where it is not readable."""
    text = reader.page(path)
    if text is None:
        unread.add(path)
        return Document(reader.base + path, ("",), frozenset(), None, path)
    return parse(text, reader.base + path, reader.problems)


def _changelog(reader: Reader) -> Changelog:
    if CHANGES not in reader.files:
        return Changelog(reader.base + CHANGES)
    if (text := reader.page(CHANGES)) is None:
        return Changelog(reader.base + CHANGES, readable=False)
    return parse_changelog(text, reader.base + CHANGES, reader.problems)


def _ordered(
    reader: Reader, meta: ModuleMeta, source: Located, pages: Iterable[Page]
) -> list[Page]:
    """Pages in the order of `halaman`; reports what is missing, unlisted or listed twice."""
    by_name = {f"{page.name}.md": page for page in pages}
    for index, name in enumerate(meta.halaman):
        keys = ("halaman", index)
        if name in meta.halaman[:index]:
            message = f"halaman `{name}` disebut dua kali"
            hint = "Hapus salah satunya"
            reader.problems.append(source.problem(keys, "M101", message, hint, at=name))
        if name in RESERVED:
            message = f"nama halaman `{name}` dipakai oleh Pilar sendiri"
            hint = "Beri nama lain"
            reader.problems.append(source.problem(keys, "F104", message, hint, at=name))
        if name not in by_name:
            message = f"halaman `{name}` tidak ada di folder modul"
            left = set(by_name) - set(meta.halaman)
            hint, near = suggestion(name, left) or "Buat berkas itu", nearest(name, left)
            reader.problems.append(
                source.problem(keys, "F101", message, hint, at=name, instead=near)
            )
    for name in sorted(set(by_name) - set(meta.halaman)):
        message = "halaman ini tidak disebut di `halaman` pada modul.yml"
        reader.report(name, "F103", message, "Tambahkan di sana, atau hapus berkasnya")
    return [by_name[name] for name in meta.halaman if name in by_name]


def _report_pictures(reader: Reader, assets: Files) -> None:
    for path, data in assets.items():
        if path != (lower := _lower(path)):
            message = "jenis gambar di akhir nama berkas ini ditulis dengan huruf besar"
            name, new = PurePosixPath(path).name, PurePosixPath(lower).name
            hint = f"Ganti namanya dari {name} menjadi {new}, juga di halaman dan di gambar.yml"
            reader.report(path, "F104", message, hint)
        try:
            clean_picture(path, data)
        except PictureError as error:
            reader.report(path, "G101", error.message, error.hint, error.line)


def _lower(path: str) -> str:
    """The name of a picture with its kind in small letters, as programs and servers expect."""
    return str(PurePosixPath(path).with_suffix(PurePosixPath(path).suffix.lower()))


def _report_strays(reader: Reader, known: set[str]) -> None:
    for path in reader.files:
        if path in known or (path.endswith(".md") and "/" not in path):
            continue
        if PurePosixPath(path).parts[0] == "aset":
            message = "berkas ini bukan gambar yang didukung"
            hint = "Pakai SVG, PNG, JPG, WebP, atau GIF; namanya huruf, angka, dan tanda hubung"
            reader.report(path, "F104", message, hint)
        else:
            message = "berkas ini bukan bagian dari modul"
            reader.report(path, "F103", message, "Gambar disimpan di aset/; berkas lain dihapus")
