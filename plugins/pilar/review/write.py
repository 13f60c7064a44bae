"""`pilar review`: from two names of commits to a folder with summary, report and line comments."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from pilar.checks import reports
from pilar.editions.rulebook import pages
from pilar.model.callback import Report, silent
from pilar.model.problem import ContentError, UnknownNameError
from pilar.project.state import Workspace, uncollected
from pilar.store import package
from pilar.store.atomic import Workshop
from pilar.store.cache import prune
from pilar.store.manifest import write_manifest
from pilar.store.ownership import Kind, refuse_foreign, replace_output
from pilar.versions.ancestry import authors, merge_base, resolve
from pilar.versions.missing import CUT_SHORT, undamaged
from pilar.versions.opened import unusable
from pilar.versions.repository import Repository

from .compare.data import Review, Side
from .compare.states import review
from .report.evidence_page import evidence_page
from .report.page import html
from .report.summary import markdown

REPORT = "index.html"
SUMMARY = "ringkasan.md"
EVIDENCE = "bukti.html"
"""What runs showed of the newer state's modules; only where they showed anything."""
LINE_COMMENTS = {"ulasan.rdjson": "rdjson", "ulasan.sarif": "sarif"}
"""Files with the problems of the newer state, and their format of `pilar check`."""


@dataclass(frozen=True)
class Options:
    """What to compare and where to write it."""

    root: Path
    out: Path
    base: str
    head: str = "HEAD"
    worktree: bool = False
    """Compare with the working tree in place of `head`."""
    pictures: bool = True
    """Print what changed and show its pages."""
    link: str = REPORT
    """Address of the report, for the links of the summary."""
    rules: str = ""
    """Address of the folder with the rules' pages, for the line comments."""


def write_review(options: Options, report: Report = silent) -> Review:
    """Compare and write; the folder appears whole or stays as it was.

    Raises UnknownNameError for a commit that does not exist, ForeignError where the folder holds
    what is no review, ContentError for a history that git cannot read. The working tree is only
    read.
    """
    out = options.out.resolve()  # that of a link takes its place, not the link
    refuse_foreign(out, Kind.REVIEW)
    workspace = Workspace(options.root)
    repository = workspace.repository
    if repository is None and (closed := unusable(options.root)):
        raise ContentError([closed.error])
    if repository is None:
        raise UnknownNameError("folder ini bukan repositori git, jadi tidak ada yang dibandingkan")
    with undamaged("riwayat"):
        asked = _commit(repository, options.base)
        target = "" if options.worktree else _commit(repository, options.head)
        base = _compared(repository, asked, target or repository.head)
        sides = _side(repository, base), _side(repository, target)
        wrote = tuple(authors(repository, base, target or repository.head))
    report("Membandingkan", 0, 1)
    prune(workspace.cache)
    with uncollected():
        before = workspace.commit(base)
        after = workspace.commit(target) if target else workspace.folder()
        found = review(before, after, sides, asked if asked != base else "")
        found = replace(found, authors=wrote)
    report("Membandingkan", 1, 1)
    if options.pictures:
        from .compare.printing import printed

        templates = package.find(options.root, "overrides/buku")
        found = printed(
            found, before, after, templates=templates, cache=workspace.cache, report=report
        )
    looks = package.find(options.root, "overrides/ulasan")
    shown = evidence_page(found.evidence, after.modules, looks)
    files = {
        SUMMARY: markdown(found, options.link),
        REPORT: html(found, looks, evidence=EVIDENCE if shown else ""),
        **({EVIDENCE: shown} if shown else {}),
        **dict(pages(looks)),
    }
    problems, lines = reports.as_written(after.problems, after.files)
    for name, form in LINE_COMMENTS.items():
        files[name] = f"{reports.written(form, problems, lines, options.rules)}\n"
    _write(out, files)
    return found


def _compared(repository: Repository, base: str, head: str) -> str:
    """The commit to compare `head` with: `base`, or where `head` left it when it has moved on.

    Whoever looks back (`head` is the older one) compares with `base` itself. Raises
    UnknownNameError where that point was left out when cloning.
    """
    if not head:  # a branch without commits
        return base
    left = merge_base(repository, base, head)
    if not left and repository.shallow:
        message = f"titik cabang antara {base[:12]} dan {head[:12]} tidak ditemukan"
        raise UnknownNameError(f"{message}. {CUT_SHORT}.")
    return base if left in ("", head) else left


def _commit(repository: Repository, name: str) -> str:
    found = resolve(repository, name)
    if found is None:
        hint = (
            CUT_SHORT
            if repository.shallow
            else "Sebut cabang, tag, atau komit; daftarnya: git branch --all"
        )
        raise UnknownNameError(f"komit `{name}` tidak ditemukan. {hint}.")
    return found


def _side(repository: Repository, commit: str) -> Side:
    if not commit:
        return Side("folder kerja", "belum disimpan sebagai komit", datetime.date.today())
    described = repository.described(commit)
    when = datetime.datetime.fromtimestamp(described.time, datetime.UTC)
    return Side(commit[:8], described.title, when.date())


def _write(out: Path, files: dict[str, str]) -> None:
    """Write all files or none."""
    with Workshop(out) as shop:
        for name, text in files.items():
            path = shop.stage / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        write_manifest(shop.stage, {"jenis": Kind.REVIEW})
        replace_output(shop, Kind.REVIEW)
