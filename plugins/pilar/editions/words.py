"""Dates, training hours and sizes as printed in Indonesian; filters of all templates."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from pilar.model.curriculum import Hours
from pilar.model.run import Dates
from pilar.model.schedule import clock

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
)
STAGES = {"uji-coba": "Uji coba", "reguler": "Reguler"}
STATUSES = {"draf": "Draf", "uji-coba": "Uji coba", "ditetapkan": "Ditetapkan"}

EXAMPLE = "CONTOH: data rekaan"
"""Beside whatever comes from results of an example run."""


def date(value: datetime.date) -> str:
    """`Selasa, 21 Januari 2025`."""
    return f"{DAYS[value.weekday()]}, {signing_date(value)}"


def signing_date(value: datetime.date) -> str:
    """`21 Januari 2025`, as above a signature."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: datetime.date) -> str:
    """`Januari 2025`."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def dates(value: Dates) -> str:
    """`21–24 Januari 2025`."""
    first, last = value.mulai, value.selesai
    end = signing_date(last)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {MONTHS[first.month - 1]}{year} – {end}"


def hours(value: Hours) -> str:
    """`3 JP (T 1, P 2)`."""
    parts = (("T", value.teori), ("P", value.penugasan), ("PL", value.praktik_lapangan))
    shown = ", ".join(f"{name} {count}" for name, count in parts if count)
    return f"{value.total} JP ({shown})" if shown else "0 JP"


def number(value: float) -> str:
    """A number with the decimal comma, at most one decimal, and points between thousands."""
    text = f"{value:,.1f}".removesuffix(".0")
    return text.translate(str.maketrans(",.", ".,"))


def decimal(value: float, places: int = 2) -> str:
    """A number with the decimal comma and so many decimals; a minus as long as a digit."""
    text = f"{round(value, places) + 0:.{places}f}"  # no minus before a zero
    return text.replace("-", "−").replace(".", ",")


def size(value: int) -> str:
    """Bytes as `850 KB` or `1,2 MB`."""
    return f"{number(value / 1e6)} MB" if value >= 1e6 else f"{max(1, round(value / 1000))} KB"


def short_title(title: str) -> str:
    """What stands behind the colon of a run's title, `Pelatihan …: Sinergi`; else all of it."""
    return title.rpartition(": ")[2]


FILTERS: dict[str, Callable[..., str]] = {
    "tanggal": date,
    "tanggal_surat": signing_date,
    "bulan": month,
    "rentang": dates,
    "jp": hours,
    "angka": number,
    "desimal": decimal,
    "ukuran": size,
    "jam": clock,
    "judul_pendek": short_title,
}
"""Template filters of site and book alike."""
