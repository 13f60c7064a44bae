"""The workers of a Dask cluster that is there already, as a crew.

They must see output folder and cache on the same paths, and make with the same code, tools and
templates what this process would make; each piece of work is refused where they don't. Content goes
to them through the scheduler, which is trusted, as whoever may write to these folders is.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from pilar.build.options import Options
from pilar.model.problem import StoppedError, WrongUsageError
from pilar.store import package
from pilar.store.cache import software
from pilar.store.manifest import digest, sha256, tools
from pilar.syntax.render import keep_html

PATIENCE = 60
"""Seconds to wait for a scheduler or for workers that are not there, at the start or any more."""
_CODE, _TEMPLATES = "kode Pilar", "templat dan mkdocs.yml"
_alone = threading.Lock()
"""A worker may have several threads; layout and MkDocs are made for one."""


def identity(root: Path) -> dict[str, str]:
    """What this process makes books and sites with. The code is that of its first call: what a
    process has loaded stays, whatever is installed meanwhile.
    """
    templates = digest(package.find(root, "overrides"))
    config = sha256(package.find(root, "mkdocs.yml"))
    return {_CODE: software(), _TEMPLATES: f"{templates} {config}", **tools()}


def work(root: Path, wanted: Mapping[str, str], cache: Path, task: Callable[[], Any]) -> Any:
    """In a worker: do a piece of work as the build's own process would. Raises StoppedError."""
    with _alone:
        if reason := differing(wanted, identity(root)):
            raise StoppedError(f"pekerja yang mendapatnya berbeda dari perintah ini: {reason}")
        keep_html(cache)
        return task()


def differing(wanted: Mapping[str, str], found: Mapping[str, str]) -> str:
    """What two identities differ in, with versions (Bahasa Indonesia); empty where they agree.

    Other versions of tools make another hash of the code: it is named where nothing else differs.
    """
    names = [name for name in wanted if wanted[name] != found.get(name)]
    versions = [name for name in names if name not in (_CODE, _TEMPLATES)]
    said = [f"{name} {found.get(name, 'tidak ada')}, bukan {wanted[name]}" for name in versions]
    others = [name for name in names if name == _TEMPLATES or (name == _CODE and not versions)]
    return "; ".join([*said, *(f"{name} lain" for name in others)])


def look(root: Path, marks: tuple[Path, ...]) -> tuple[dict[str, str], list[str]]:
    """In a worker: who it is, and the folders of `marks` that it does not see, or not to write."""
    unseen = [m.parent for m in marks if not (m.exists() and os.access(m.parent, os.W_OK))]
    return identity(root), [str(folder) for folder in unseen]


@dataclass
class Cluster:
    """The workers that a scheduler has."""

    options: Options
    batch = 0
    _client: Any = None
    _size: int = 0
    _missed: float | None = None
    _wanted: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Workers when the scheduler was last asked: one where it had none, as between the end of
        one and its restart, for work is divided by it, and some must be left to be done.
        """
        return max(self._size, 1)

    @property
    def room(self) -> int:
        """One item more than there are workers now, which may come and go."""
        self._count()
        return self.size + 1

    def open(self) -> Executor:
        """Connect. Raises StoppedError where nobody is reached, or workers are not fit."""
        self._client = _connect(self.options.scheduler)
        self._wanted = identity(self.options.root)
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            self._inspect()
        except TimeoutError:
            self._client.close()
            raise StoppedError(
                f"Penjadwal {self.options.scheduler} tidak mempunyai pekerja."
            ) from None
        except BaseException:
            self._client.close()
            raise
        self._count()
        return _Remote(self._client, (self.options.root, self._wanted, self.options.cache))

    def lost(self, error: BaseException) -> bool:
        """The scheduler is gone; who works for it is its own business."""
        from distributed.comm.core import CommClosedError

        return isinstance(error, (CancelledError, CommClosedError))

    def failed(self, error: BaseException) -> str:
        """The scheduler gave an item up."""
        from distributed.scheduler import KilledWorker

        if isinstance(error, KilledWorker):
            return "pekerjanya berulang kali mati, mungkin karena memori habis"
        return ""

    def glance(self) -> None:
        """Raises StoppedError where no worker has been there for PATIENCE seconds."""
        self._count()
        if self._size:
            self._missed = None
        elif self._missed is None:
            self._missed = time.monotonic()
        elif time.monotonic() - self._missed > PATIENCE:
            raise StoppedError(f"Penjadwal {self.options.scheduler} tidak lagi mempunyai pekerja.")

    def _count(self) -> None:
        try:
            self._size = len(self._client.scheduler_info(n_workers=-1)["workers"])
        except _gone():
            pass  # what is at work will say that the scheduler is gone

    def _inspect(self) -> None:
        """Raise StoppedError unless all workers are fit."""
        name = f".pilar-{uuid4().hex}.tmp"
        marks = tuple(folder / name for folder in (self.options.out, self.options.cache))
        try:
            for mark in marks:
                mark.parent.mkdir(parents=True, exist_ok=True)
                mark.touch()
            answers = self._client.run(look, self.options.root, marks, on_error="return")
        finally:
            for mark in marks:
                mark.unlink(missing_ok=True)
        for address, answer in sorted(answers.items()):
            if reason := _unfit(self._wanted, answer):
                raise StoppedError(
                    f"Pekerja {address} tidak dapat dipakai: {reason}. Pasang Pilar yang sama di "
                    "semua pekerja, mulai ulang, lalu coba lagi."
                )


def _unfit(wanted: Mapping[str, str], answer: Any) -> str:
    if isinstance(answer, BaseException):
        return f"Pilar yang sama tidak terpasang di sana ({type(answer).__name__}: {answer})"
    found, unseen = answer
    if unseen:
        return f"tidak dapat menulis ke folder yang sama di {' dan '.join(unseen)}"
    return differing(wanted, found)


class _Remote(Executor):
    """The client's own Executor, each of whose tasks makes sure that the worker is fit."""

    def __init__(self, client: Any, circumstances: tuple[Any, ...]) -> None:
        self._client, self._circumstances = client, circumstances
        self._executor = client.get_executor(pure=False)

    def submit(self, task: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = self._executor.submit(work, *self._circumstances, task)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=False)
        self._client.close(timeout=5)


def _connect(address: str) -> Any:
    """A client of the scheduler. Raises WrongUsageError where Dask is not installed, StoppedError
    where nothing answers.
    """
    try:
        import distributed
    except ImportError:
        raise WrongUsageError(
            "--scheduler memerlukan Dask. Pasang dengan: pip install 'pilar-kessos[dask]'"
        ) from None
    # What matters of it is said in our own words.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="distributed")
    make: Any = distributed.Client
    try:
        return make(address, timeout=PATIENCE, set_as_default=False)
    except ValueError:
        raise WrongUsageError(f"`{address}` bukan alamat penjadwal, seperti tcp://nama:8786") from (
            None
        )
    except (OSError, TimeoutError):
        raise StoppedError(f"Penjadwal {address} tidak dapat dihubungi.") from None


def _gone() -> tuple[type[BaseException], ...]:
    """What a call of the scheduler raises that nobody answers."""
    from distributed.comm.core import CommClosedError

    return OSError, CommClosedError
