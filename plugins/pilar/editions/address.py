"""Addresses that printed copies carry. They must hold for as long as the paper does."""

from __future__ import annotations

EDITIONS = "edisi"
"""Folder of the public pages, below the base address and below the output folder."""


def edition_page(base: str, run: str, code: str = "") -> str:
    """Where to ask whether a copy still holds: of a run's module, or of the whole run.

    `base` is the address of the output folder (`site_url` of mkdocs.yml), ending in a slash.
    """
    module = f"{code.lower()}/" if code else ""
    return f"{base}{EDITIONS}/{run}/{module}"
