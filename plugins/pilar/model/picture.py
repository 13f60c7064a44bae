"""Where the pictures of a module come from: aset/gambar.yml."""

from __future__ import annotations

from pydantic import StrictBool

from .blocks import Frozen, Text


class Picture(Frozen):
    """Where a picture comes from: an entry of aset/gambar.yml."""

    sumber: Text
    """Who drew or took it, and for what."""
    lisensi: Text
    """Under which licence it may be printed and passed on."""
    orang: StrictBool = False
    """Whether people can be recognized in it."""
    persetujuan: str = ""
    """Who of them consented, when, and where the form is filed."""
    hiasan: StrictBool = False
    """Whether it is decorative: then it needs no alternative text, and screen readers skip it."""
