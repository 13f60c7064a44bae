"""Where the pictures of a module come from: aset/gambar.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .blocks import Frozen

Text = Annotated[str, Field(min_length=1)]


class Picture(Frozen):
    """Where a picture comes from: an entry of aset/gambar.yml."""

    sumber: Text
    """Who drew or took it, and for what."""
    lisensi: Text
    """Under which licence it may be printed and passed on."""
    orang: bool = False
    """Whether people can be recognized in it."""
    persetujuan: str = ""
    """Who of them agreed, when, and where the form is kept."""
