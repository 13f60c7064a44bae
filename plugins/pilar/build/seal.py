"""`pilar build --seal`: the passphrase, and what a build does with it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from getpass import getpass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pilar.editions.seal.keys import ROUNDS, Keys, normalized, weakness
from pilar.model.edition import Edition
from pilar.model.problem import WrongUsageError

VARIABLE = "PILAR_PASSPHRASE"
_PLAIN = "segel-"
"""What names of plain sites begin with; then the process that seals them, and signs by chance."""


class PassphraseError(WrongUsageError):
    """There is no passphrase, or one that will not do; the message (Indonesian) says why."""


def read_passphrase() -> str:
    """From the environment, else asked for twice at the terminal; normalized.

    It is taken out of the environment, which mkdocs.yml and child processes can read. Raises
    PassphraseError.
    """
    given = os.environ.pop(VARIABLE, "")
    if not given:
        if not sys.stdin.isatty():
            raise PassphraseError(f"--seal memerlukan kata sandi: isi {VARIABLE} lebih dahulu.")
        given = getpass("Kata sandi pelatihan (tidak terlihat saat diketik): ")
        if normalized(getpass("Ulangi kata sandi: ")) != normalized(given):
            raise PassphraseError("kedua kata sandi tidak sama.")
    passphrase = normalized(given)
    if reason := weakness(passphrase):
        raise PassphraseError(f"kata sandi {reason}.")
    return passphrase


def sweep(cache: Path) -> None:
    """Take plain sites out of `cache` that builds left there when they were killed."""
    for folder in cache.glob(f"{_PLAIN}*"):
        owner = folder.name.removeprefix(_PLAIN).partition("-")[0]
        if not _is_running(owner):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (ValueError, OSError):
        return False
    return True


@dataclass(frozen=True)
class Seal:
    """Seals the trainer site of one build of one run."""

    passphrase: str = field(repr=False)
    keys: Keys

    @classmethod
    def fresh(cls, passphrase: str) -> Seal:
        """With a salt of its own."""
        return cls(passphrase, Keys.derive(passphrase))

    @classmethod
    def of(cls, passphrase: str, manifest: dict[str, Any]) -> Seal | None:
        """With the salt that a manifest names; None without passphrase, or where none is sealed."""
        if not passphrase:
            return None
        try:
            salt = bytes.fromhex(manifest["segel"]["garam"])
        except (KeyError, TypeError, ValueError):
            return None
        return cls(passphrase, Keys.derive(passphrase, salt))

    def fingerprint(self, plain: str) -> str:
        """In the manifest in a trainer edition's place: differs by passphrase, reveals nothing."""
        return f"segel:{self.keys.fingerprint(plain)}"

    def entry(self) -> dict[str, Any]:
        """What the manifest says of the seal; all of it stands in every sealed page too."""
        return {"garam": self.keys.salt.hex(), "putaran": ROUNDS}

    @contextmanager
    def sealed(self, folder: Path, cache: Path, templates: Path, run: str) -> Iterator[Path]:
        """A folder to build the plain site in; at the end `folder` holds the sealed one.

        The plain one lies where only this user can read it and no web server serves it.
        """
        from pilar.editions.seal import seal_site
        from pilar.editions.seal.shell import Shell

        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f"{_PLAIN}{os.getpid()}-", dir=cache) as plain:
            yield Path(plain)
            seal_site(Path(plain), folder, self.passphrase, self.keys, Shell(templates, run))
            _save_sealed(Path(plain), folder, templates.parent, run)


def _save_sealed(plain: Path, folder: Path, templates: Path, run: str) -> None:
    """Let the sealed site be saved for use without a network, as sealed as it is.

    What it shows where a page is not saved is public, and lists nothing of the site.
    """
    from pilar.editions.web.offline import PAGE, Identity, write_offline

    if not (plain / PAGE).exists():
        return
    shutil.copyfile(plain / PAGE, folder / PAGE)
    pdfs = (path for name in ("buku", "dokumen") for path in (folder / name).glob("*.pdf"))
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in pdfs}
    identity = Identity(run, Edition.PELATIH.value, f"Situs pelatih {run}")
    write_offline(folder, templates, identity, sizes)
