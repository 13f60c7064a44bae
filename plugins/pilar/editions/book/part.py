"""A part of a book, rendered or taken from the cache.

Deterministic: the same input gives the same bytes, so that nothing need be laid out twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pilar.store.cache import kept

from .rendered import Part, read_part, serialized


def render_part(name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Part:
    """Lay out `html` with `css`. `name` is the path that messages name. Raises ContentError."""
    # WeasyPrint is slow to import and only needed where something is laid out.
    from .layout import laid_out

    return laid_out(name, html, css, assets)


def cached_part(folder: Path, name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Part:
    """The part of these inputs: from the cache in `folder`, or rendered and added to it.

    The key is a hash of every byte that goes in, of the code of this folder and of the versions of
    all tools, fonts and the machine's text layout among them; an entry that is not what was once
    put there, to the byte, is made anew. Raises ContentError.
    """
    pictures = (given for name in sorted(assets) for given in (name, assets[name]))

    def made() -> bytes:
        return b"\n".join(serialized(render_part(name, html, css, assets)))

    return read_part(kept(folder, made, "bagian", html, css, *pictures, code=Path(__file__).parent))
