"""Seals a built trainer site: nothing of it can be read without the passphrase.

A function of a finished folder; knows neither MkDocs nor how the site was made. Names of files
decide what happens to them:

=====================  ==========================================================================
the theme's own        copied: styles, scripts and icons hold no content
pages                  a small page with a form; the page with its pictures is its sealed load
PDFs                   encrypted by the same passphrase, AES-256 (revision 6 of PDF 2.0)
search index           its data sealed in each script; an opened page unseals what a query needs
site map               left out
saving for offline     written anew, for the sealed bytes; names nothing but the run
all else               pictures go into the pages; linked files become pages that download them
=====================  ==========================================================================

Decision: mkdocs-encryptcontent-plugin 3.1.0 was read and does not meet this. It encrypts by
AES-CBC without authentication, derives keys by 10^5 rounds of PBKDF2 by default (powers of ten
only), covers the text of a page but not the markup around it, gives pictures names that are hard
to guess instead of sealing them, leaves PDFs as they are, and puts inline scripts into each page.
So `cryptography` and WebCrypto do it here, with a page of our own. WebCrypto has no Argon2, hence
PBKDF2.

Decision: salts and nonces are random, so that two sealed builds differ in every byte of what is
sealed; qpdf's encryption of PDFs is random anyway. The plain build beneath is reproducible.

Decision: names of pages and PDFs stay what they are, for bookmarks and links from elsewhere.
"""

from __future__ import annotations

import base64
import re
import shutil
from functools import partial
from pathlib import Path

import pikepdf

from pilar.editions.seal.keys import Keys
from pilar.editions.seal.shell import Shell
from pilar.editions.seal.standalone import Site
from pilar.editions.web.search.search_pieces import FOLDER, with_data

_THEME = re.compile(
    r"assets/(?:(?:stylesheets|javascripts|images|fonts)/.+|[^/]+)"
    r"\.(?:css|js|map|woff2|svg|png|ico)"
)
"""Files of the theme; a module's pictures are never directly in `assets/`."""

_DROPPED = re.compile(
    r"sitemap\.xml(?:\.gz)?|luring\.html|sw\.js|manifest\.webmanifest|"
    r"assets/luring-daftar\.js|assets/luring/.+"
)
_SEARCH = re.compile(rf"{FOLDER}/.+\.js")
_PAGE = re.compile(r".+\.html")
_PDF = re.compile(r".+\.pdf")


def seal_site(source: Path, target: Path, passphrase: str, keys: Keys, shell: Shell) -> None:
    """Seal the site in `source` into the empty folder `target`; `keys` are the passphrase's.

    Raises ContentError when a page uses a file in a way that cannot be sealed.
    """
    files = {p.relative_to(source).as_posix(): p for p in sorted(source.rglob("*")) if p.is_file()}
    special = (_THEME, _DROPPED, _SEARCH, _PAGE, _PDF)
    site = Site({n: p for n, p in files.items() if not any(kind.fullmatch(n) for kind in special)})
    for name, path in files.items():
        goal = target / name
        goal.parent.mkdir(parents=True, exist_ok=True)
        if _DROPPED.fullmatch(name):
            continue
        if _THEME.fullmatch(name):
            shutil.copyfile(path, goal)
        elif _SEARCH.fullmatch(name):
            sealed = partial(_sealed_text, keys, name)
            goal.write_text(with_data(path.read_text("utf-8"), sealed), "utf-8")
        elif _PDF.fullmatch(name):
            _seal_pdf(path, goal, passphrase)
        elif _PAGE.fullmatch(name):
            html = path.read_text("utf-8")
            goal.write_text(shell.page(keys, name, site.page(name, html), html), "utf-8")
    for name in sorted(site.handed_out):
        (target / f"{name}.html").write_text(
            shell.file(keys, f"{name}.html", files[name].read_bytes()), "utf-8"
        )
    for folder in sorted((p for p in target.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _sealed_text(keys: Keys, name: str, text: str) -> str:
    return base64.b64encode(keys.seal(text.encode(), name)).decode()


def _seal_pdf(source: Path, target: Path, passphrase: str) -> None:
    # The owner's password is the same: who may read may print and copy too.
    encryption = pikepdf.Encryption(owner=passphrase, user=passphrase, R=6, aes=True, metadata=True)
    with pikepdf.open(source) as pdf:
        pdf.save(target, encryption=encryption)
