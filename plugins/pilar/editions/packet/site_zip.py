"""The whole site in one ZIP, to be unpacked on a memory card and opened there."""

from __future__ import annotations

import re
from pathlib import Path

from pilar.assembly.tree import EditionTree
from pilar.store.archive import packed

_LEFT_OUT = re.compile(r"sitemap\.xml(\.gz)?|luring\.html|(buku|dokumen|unduhan)/.+|.+\.map")
"""What only a host has a use for, and what is asked for one by one."""
_TO_FILES = re.compile(
    r'<a\b[^>]*\shref="(?:\.\./)*(?:buku|dokumen)/[^"]*"[^>]*>(.*?)</a>', re.DOTALL
)
PLACE = '<div id="unduhan-paket"></div>'
"""Where a page offers the packets."""
_EDITOR = re.compile(r'<p class="pilar-usulan"><a [^>]*>Usulkan perbaikan</a></p>')
"""What a draft's pages have for their authors, while a copy may go to anybody."""
_SAID = (
    '<p class="pilar-salinan-luring">Ini salinan luring: semua halaman, pencarian, dan lembar '
    "kerja ada di sini. Buku PDF dan kertas tidak ikut; mintalah kepada panitia.</p>"
)


def site_zip(folder: Path, tree: EditionTree, stem: str) -> bytes:
    """The site in `folder` below one folder `stem`; its pages offer nothing that is not in it."""
    files: dict[str, bytes] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if not _LEFT_OUT.fullmatch(name):
            data = path.read_bytes()
            files[f"{stem}/{name}"] = _alone(data) if name.endswith(".html") else data
    return packed(files, tree.run.epoch)


def _alone(page: bytes) -> bytes:
    text = page.decode().replace(PLACE, _SAID)
    text = _EDITOR.sub("", text)
    return _TO_FILES.sub(r'<span class="pilar-tidak-ikut">\1</span>', text).encode()
