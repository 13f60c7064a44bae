"""The last steps of a site: what is made of finished pages. Knows no MkDocs."""

from __future__ import annotations

from pathlib import Path

from pilar.assembly.tree import EditionTree


def finish_site(folder: Path, tree: EditionTree) -> None:
    """Complete the site of `tree` in `folder`, whose pages and assets the host has written.

    In this order, for each step reads what those before it wrote: search index, styles and
    superfluous files of the theme, packets to pass on, the list of files for offline use.
    """
