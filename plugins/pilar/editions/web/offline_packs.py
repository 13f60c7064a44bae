"""A site in a few packed files: what a reader who saves it loads in the place of its pages.

A pack is compressed as one (gzip, RFC 1952), and Deflate finds what is alike within 32 KB. So the
heads of pages, which hardly differ, come first, and their feet last; behind each part of a page
comes what the search has of its text. One pack a module: a new version of a site loads those that
have changed.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pilar.editions.web.search.search_pieces import block_of
from pilar.store.pack import packed

FOLDER = "assets/luring"
_REST = "_"
"""Opening pages, scripts, styles; no module's folder is called so."""


def packs_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The packs, by their paths in the site, that hold these `files` of it by theirs."""
    blocks = defaultdict[str, dict[str, str]](dict)
    groups = defaultdict[str, list[str]](list)
    for name in sorted(files):
        page, anchor = block_of(files[name])
        if page in files:
            blocks[page][name] = anchor
        else:
            groups[_group(name)].append(name)
    return {
        f"{FOLDER}/{group}.bin": gzip.compress(packed(_parts(names, files, blocks)), 9, mtime=0)
        for group, names in sorted(groups.items())
    }


def _group(name: str) -> str:
    folder, below, _ = name.partition("/")
    return folder if below and folder != "assets" else _REST


def _parts(
    names: list[str], files: Mapping[str, bytes], blocks: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each part of these files, and of the blocks of the pages among them."""
    pages = {name: _cut(files[name]) for name in names if name.endswith(".html")}
    yield from ((name, head) for name, (head, _, _) in pages.items())
    for name in names:
        if name not in pages:
            yield name, files[name]
            continue
        _, article, _ = pages[name]
        begun = sorted((_place(article, anchor), it) for it, anchor in blocks.get(name, {}).items())
        start = 0
        for (_, block), (end, _) in pairwise([*begun, (len(article), "")]):
            yield name, article[start:end]
            yield block, files[block]
            start = end
        yield name, article[start:]
    yield from ((name, foot) for name, (_, _, foot) in pages.items())


def _place(article: bytes, anchor: str) -> int:
    """Where the element with this id begins; 0 for none."""
    found = article.find(b'id="%s"' % anchor.encode())
    return max(article.rfind(b"<", 0, max(found, 0)), 0)


def _cut(page: bytes) -> tuple[bytes, bytes, bytes]:
    """What of a page stands before its article, the article, and what comes after it."""
    start = max(page.find(b"<article"), 0)
    end = page.rfind(b"</article>", start)
    return page[:start], page[start:end], page[end:]
