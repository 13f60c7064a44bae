"""What a build is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pilar.model.edition import Edition
from pilar.store import package


@dataclass(frozen=True)
class Options:
    """What to build and how."""

    root: Path
    out: Path
    runs: tuple[str, ...] = ()
    """Identifiers; empty: every run."""
    editions: tuple[Edition, ...] = tuple(Edition)
    books: bool = True
    booklets: bool = False
    """Also each book imposed, two pages a side."""
    worktree: bool = False
    """Build the working tree as it is, marked as a draft, whatever versions runs pin."""
    jobs: int = 1
    scheduler: str = ""
    """Address of the scheduler of a Dask cluster, whose workers do the work instead."""
    passphrase: str = field(default="", repr=False)
    """Seals the trainer edition; normalized. Empty: not sealed."""
    address: str = ""
    """Where `out` is reached, ending in a slash; empty where unknown: no QR codes then."""
    parts: Path | None = None
    """The cache folder; None: the project's."""
    public: bool = True
    """Make the public pages too."""

    @property
    def cache(self) -> Path:
        """The cache folder, as every process finds it."""
        return (self.parts or package.cache(self.root)).absolute()

    def beside(self, run: str) -> bool:
        """Whether the participants' site of a run stands beside the trainers' after the build.

        An edition that is not asked for stays as it was.
        """
        return Edition.PESERTA in self.editions or (self.out / run / Edition.PESERTA).is_dir()
