"""What `serve` shows: a saved page at once, the rest once it is built; of content that cannot be
built its problems, in place of every page.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import FileWrapper

from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from pilar.editions.failure import problem_page
from pilar.model.problem import ContentError, WrongUsageError

from .messages import indonesian

OFTEN = 0.1
"""Seconds between two looks at the content; the host looks at all else twice a second."""
QUIET = 5
"""Seconds without a change after which the whole site is built, also if nobody asks for it."""


class SavedError(BaseException):
    """Something was saved while the site was built: what that gives is out of date already.

    Not an Exception, as asyncio.CancelledError is none: for the host would report it.
    """


class Live:
    """A site that is served while it is written: `build` makes all of it, `quick` what it can show
    at once, giving the addresses of those pages.

    What was not shown at once is served after a whole build alone: when it is asked for, or when
    nothing was saved for QUIET seconds. So nobody ever sees a page of the text before.
    """

    def __init__(
        self,
        server: LiveReloadServer,
        quick: Callable[[Path], frozenset[str]],
        templates: Path,
    ) -> None:
        self._build, self._quick, self._templates = server.builder, quick, templates
        self._root, self._base = Path(server.root), server.mount_path
        self._lock = threading.RLock()
        self._shown: frozenset[str] | None = None
        """While the rest of the site is behind: the pages that are not."""
        self._number = 0
        """How often the site has been changed."""
        self._timer: threading.Timer | None = None
        self._saved = threading.Event()
        """Something was saved while the rest was being built, unasked."""
        server.builder = self.rebuild
        app = server.get_app()
        assert app
        server.set_app(partial(self._answer, app))
        self._server, self._observer = server, type(server.observer)(timeout=OFTEN)

    def watch(self, *folders: Path) -> None:
        """Look at these folders OFTEN; not by the system's own messages, which do not come from
        a network's folders or from outside of a container.
        """
        others, self._server.observer = self._server.observer, self._observer
        for folder in folders:
            self._server.watch(str(folder))
        self._server.observer, self._server.build_delay = others, OFTEN / 4
        self._observer.start()

    def rebuild(self) -> None:
        """Show what was saved."""
        self._stop()
        with self._lock:
            self._saved.clear()
            shown = self._quick(self._root)
            self._number += 1
            if not shown:
                self._whole()
                return
            self._shown = shown
            self._timer = threading.Timer(QUIET, self._in_quiet)
            self._timer.daemon = True
            self._timer.start()

    def complete(self) -> None:
        """Build the whole site if something of it is behind."""
        with self._lock:
            if self._shown is not None:
                self._number += 1
                self._whole()

    def go_on(self) -> None:
        """Called again and again by what builds the site. Raises SavedError to leave it."""
        if self._saved.is_set():
            raise SavedError

    def _in_quiet(self) -> None:
        with suppress(SavedError):
            self.complete()

    def close(self) -> None:
        """Begin nothing any more, and wait for the end of what is being built."""
        self._observer.stop()
        self._stop()
        with self._lock:
            self._shown = None
            self._saved.clear()

    def _stop(self) -> None:
        """Build nothing in quiet, nor go on with it."""
        if self._timer:
            self._timer.cancel()
        self._saved.set()

    def _whole(self) -> None:
        rebuild(self._build, self._root, self._templates)
        self._shown = None

    def _answer(
        self, app: WSGIApplication, asked: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Serve a file once it is not behind, and again if the site was changed meanwhile."""
        path = asked["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/"):
            return app(asked, start)
        name = path.removeprefix(self._base)
        name += "index.html" if name.endswith("/") or not name else ""
        while True:
            with self._lock, suppress(SavedError):
                if self._shown is not None and name not in self._shown:
                    self.complete()
            with self._lock:
                number, behind = self._number, self._shown is not None and name not in self._shown
            if behind:  # what was saved meanwhile comes first
                time.sleep(OFTEN / 10)
                continue
            started: list[Any] = []
            answer = app(asked, partial(_note, started))
            if number == self._number:
                start(*started[-1])
                return answer
            if isinstance(answer, FileWrapper):
                answer.close()


def _note(started: list[Any], *said: Any) -> Callable[[bytes], object]:
    started.append(said)
    return _unwritten


def _unwritten(data: bytes) -> object:
    """PEP 3333 allows an application to write so; the host's own gives back all it has."""
    raise NotImplementedError


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
