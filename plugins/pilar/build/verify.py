"""Builds again, elsewhere, what a manifest describes, and compares the two to the byte."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from pilar.build.options import Options
from pilar.build.runs import build
from pilar.editions.book.booklet import STEM
from pilar.model.callback import Report, silent
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem, UnknownNameError
from pilar.store.manifest import MACHINE, MANIFEST, read_manifest, tools

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """What is needed of a manifest; other keys are looked at only to explain differences."""

    pelatihan: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    draf: str = ""
    alamat: str = ""
    edisi: Annotated[Mapping[Edition, str], Field(min_length=1)]
    alat: Mapping[str, str]
    modul: Mapping[str, Any] = {}
    kunci: Mapping[str, Any] | None = None
    segel: Any = None
    berkas: Annotated[Mapping[str, Digest], Field(min_length=1)]

    def names(self, edition: Edition) -> list[str]:
        """Its files of an edition."""
        return [name for name in self.berkas if name.startswith(f"{edition.value}/")]

    def has_books(self, edition: Edition) -> tuple[bool, bool]:
        """Whether the edition was built with its books, and with booklets of them."""
        prefix = f"{edition.value}/buku/"
        names = [name for name in self.berkas if name.startswith(prefix) and name.endswith(".pdf")]
        return bool(names), any(name.endswith(STEM.format("") + ".pdf") for name in names)


@dataclass(frozen=True)
class Verdict:
    """How what was built here compares with a manifest. Names of files are relative to the run."""

    run: str
    compared: int
    differing: tuple[str, ...]
    lacking: tuple[str, ...]
    """In the manifest, not made here."""
    extra: tuple[str, ...]
    """Made here, not in the manifest."""
    reasons: tuple[str, ...]
    """Why it may differ (Bahasa Indonesia); empty when nothing does."""
    sealed: bool
    """The trainer edition was left aside: each sealing has a key of its own."""

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.differing or self.lacking or self.extra)

    def lines(self) -> Iterator[str]:
        """The verdict in Bahasa Indonesia."""
        for what, names in (
            ("berbeda", self.differing),
            ("tidak dibuat di sini", self.lacking),
            ("tidak ada di manifes", self.extra),
        ):
            yield from (f"{what}: {name}" for name in names)
        if self.sealed:
            yield (
                "Edisi pelatih tidak dibandingkan: isinya disegel, dan setiap segel memakai kunci "
                "tersendiri."
            )
        if self.same:
            yield f"{self.run}: {self.compared} berkas dibuat ulang, semuanya sama sampai ke bita."
            return
        count = len(self.differing) + len(self.lacking) + len(self.extra)
        yield f"\n{self.run}: {count} dari {self.compared} berkas tidak sama. Kemungkinan sebabnya:"
        yield from (f"- {reason}" for reason in self.reasons)


def verify(root: Path, path: Path, jobs: int, report: Report = silent) -> Verdict:
    """Build the run of the manifest at `path` into a temporary folder, and compare.

    Nothing is taken from the cache of rendered parts, and no output folder is touched. Raises
    ContentError where the manifest is none, or where the run cannot be built any more.
    """
    manifest = _read(path)
    sealed = manifest.segel is not None
    editions = [e for e in manifest.edisi if not (sealed and e is Edition.PELATIH)]
    if not editions:
        raise _unfit(path, "tidak memuat edisi yang dapat dibandingkan: edisi pelatih disegel")
    with tempfile.TemporaryDirectory(prefix="pilar-") as folder:
        options = Options(
            root=root,
            out=Path(folder, "build"),
            runs=(manifest.pelatihan,),
            worktree=bool(manifest.draf),
            jobs=jobs,
            public=False,
            address=manifest.alamat,
            parts=Path(folder, "cache"),
        )
        # Participants first: trainers' pages lead to theirs where these are there.
        for asked in dict.fromkeys(manifest.has_books(e) for e in sorted(editions, reverse=True)):
            chosen = tuple(e for e in editions if manifest.has_books(e) == asked)
            books, booklets = asked
            each = replace(options, editions=chosen, books=books, booklets=booklets)
            try:
                build(each, report)
            except UnknownNameError:
                message = f"pelatihan `{manifest.pelatihan}` tidak ada di runs/"
                raise _unfit(path, message) from None
        made = read_manifest(options.out / manifest.pelatihan)
    left_out = f"{Edition.PELATIH.value}/" if sealed else "\0"
    said = {n: digest for n, digest in manifest.berkas.items() if not n.startswith(left_out)}
    found: dict[str, str] = made["berkas"]
    differing = tuple(sorted(n for n in said.keys() & found if said[n] != found[n]))
    lacking = tuple(sorted(said.keys() - found))
    extra = tuple(sorted(found.keys() - said))
    reasons = tuple(_reasons(manifest, made, editions)) if differing or lacking or extra else ()
    return Verdict(
        run=manifest.pelatihan,
        compared=len(said.keys() | found),
        differing=differing,
        lacking=lacking,
        extra=extra,
        reasons=reasons,
        sealed=sealed,
    )


def _read(path: Path) -> Manifest:
    if path.is_dir():
        path = path / MANIFEST
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except OSError:
        raise _unfit(path, "tidak dapat dibaca") from None
    except ValidationError as error:
        details = error.errors(include_url=False)
    if details[0]["type"] == "json_invalid":
        raise _unfit(path, "bukan JSON yang utuh")
    keys = dict.fromkeys(str(detail["loc"][0]) for detail in details if detail["loc"])
    where = ", ".join(f"`{key}`" for key in keys) or "isinya"
    raise _unfit(path, f"bukan manifes Pilar: {where} tidak sesuai")


def _unfit(path: Path, message: str) -> ContentError:
    hint = f"Pakai {MANIFEST} dari folder hasil `pilar build`"
    return ContentError([Problem(str(path), 1, "K103", f"manifes {message}", hint)])


def _reasons(
    manifest: Manifest, made: Mapping[str, Any], editions: Sequence[Edition]
) -> Iterator[str]:
    """Why what was made here may differ, the likeliest causes first."""
    here = tools()
    others = sorted(n for n in manifest.alat.keys() | here if manifest.alat.get(n) != here.get(n))
    for name in others:
        before, now = (versions.get(name, "tidak ada") for versions in (manifest.alat, here))
        of_machine = " (pustaka sistem yang dipakai membuat buku)" if name in MACHINE else ""
        yield f"alat {name}: {before} di manifes, {now} di sini{of_machine}"
    if manifest.draf != made["draf"]:
        yield f"draf: “{manifest.draf}” di manifes, “{made['draf']}” di sini"
    changed = [
        f"{slug} ({_version(manifest.modul, slug)} → {_version(made['modul'], slug)})"
        for slug in sorted(manifest.modul.keys() | made["modul"])
        if manifest.modul.get(slug) != made["modul"].get(slug)
    ]
    if changed:
        yield f"isi modul lain: {', '.join(changed)}"
    if manifest.kunci != made["kunci"]:
        yield f"kunci versi lain: runs/{manifest.pelatihan}.lock berubah sejak manifes dibuat"
    if all(made["edisi"][e.value] == manifest.edisi[e] for e in editions):
        yield (
            "bahan dan alatnya sama; manifesnya disunting, atau hasil Pilar tidak tetap "
            "(laporkan kepada pengelola)"
        )
    elif others:
        yield (
            "selama alatnya berbeda, tidak dapat dipastikan apakah isi, kode Pilar, templat, "
            "mkdocs.yml, dan berkas pelatihan di sini sama dengan yang dipakai saat manifes dibuat"
        )
    else:
        yield (
            "isi, kode Pilar, templat, mkdocs.yml, atau berkas pelatihan di sini tidak sama dengan "
            "yang dipakai saat manifes dibuat"
        )


def _version(modules: Mapping[str, Any], slug: str) -> str:
    entry = modules.get(slug)
    return str(entry.get("versi", "?")) if isinstance(entry, Mapping) else "tidak ada"
