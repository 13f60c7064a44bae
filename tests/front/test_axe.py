"""No page of any site breaks a rule of axe-core, on a phone and at a desk, by day and by night."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from .browser import DESK, PHONE, chromium, served, visiting
from .commands import BUILD, Project

_HEADINGS = "//*[self::h1|self::h2|self::h3|self::h4|self::h5|self::h6]"
VIEWS = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as started:
        yield started


def violations(
    browser: Browser, folder: Path, names: Iterable[str], width: int, scheme: str
) -> list[str]:
    """What axe-core finds on pages of the site in `folder`: page, rule, element."""
    axe, found = Axe(), []
    with served(folder) as host, visiting(browser, width, scheme) as page:
        for name in names:
            page.goto(f"{host}/{name}", wait_until="load")
            for rule in axe.run(page).response["violations"]:
                found += [f"{name}: {rule['id']}: {node['html'][:120]}" for node in rule["nodes"]]
    return found


def pages(folder: Path) -> list[str]:
    """All pages of a site, without packets to pass on."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return sorted(name for name in found if not name.startswith("unduhan/"))


@pytest.mark.parametrize(("width", "scheme"), [VIEWS[0], VIEWS[3]])
def test_the_small_project(
    browser: Browser, site_once: Project, edition: str, width: int, scheme: str
):
    folder = site_once.out / BUILD / edition
    assert violations(browser, folder, pages(folder), width, scheme) == []


@pytest.mark.parametrize(("width", "scheme"), [VIEWS[1]])
def test_each_kind_of_page_of_the_real_run(
    browser: Browser, newest: Path, edition: str, width: int, scheme: str
):
    kinds = [name for name in pages(newest / edition) if "/" not in name or "/index" in name][:12]
    chapters = [f"kebijakan-ppks/{name}.html" for name in ("pendahuluan", "ppks-dan-psks")]
    assert violations(browser, newest / edition, [*kinds, *chapters], width, scheme) == []


@pytest.mark.panjang
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_page_of_the_real_run(
    browser: Browser, newest: Path, edition: str, width: int, scheme: str
):
    names = pages(newest / edition)
    assert len(names) > 40
    assert violations(browser, newest / edition, names, width, scheme) == []


def test_no_heading_skips_a_level(newest: Path, edition: str):
    """What axe-core calls heading-order, on every page, without a browser."""
    skipped = []
    for name in pages(newest / edition):
        tags = lxml.html.parse(newest / edition / name).xpath(_HEADINGS)
        levels = [int(tag.tag[1]) for tag in tags]
        skipped += [name for above, level in pairwise([1, *levels]) if level > above + 1]
    assert skipped == []
