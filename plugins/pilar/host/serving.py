"""What `serve` shows while the content cannot be built: its problems, in place of every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs.exceptions import MkDocsException

from pilar.editions.failure import problem_page
from pilar.model.problem import ContentError, WrongUsageError

from .messages import indonesian


def rebuild(build: Callable[[], None], site: Path, templates: Path) -> None:
    """Build the site; where that fails for what an author can mend, say so on its pages.

    The server takes them for a new site and reloads browsers, as it does once the mistake is gone:
    a site that is built takes the place of all of it.
    """
    try:
        build()
    except (MkDocsException, SystemExit) as error:
        html = _page_of(error, templates).encode()
        for path in site.rglob("*.html"):
            path.write_bytes(html)


def _page_of(error: BaseException, templates: Path) -> str:
    """The page for an error, or for what it was raised because of."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, ContentError):
            return problem_page(templates, found.problems)
        if isinstance(found, WrongUsageError):
            return problem_page(templates, (), str(found))
        found = found.__cause__ or found.__context__
    return problem_page(templates, (), indonesian(str(error.__context__ or error)))
