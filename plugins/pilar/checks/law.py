"""Laws: where text names one, whether it holds on a day, what came in its place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from pilar.model.problem import Problem, nearest
from pilar.model.run import Facts, Project, Run
from pilar.model.sources import KINDS, Source

_KINDS = KINDS | {
    "Keppres": "Keputusan Presiden",
    "Permendagri": "Peraturan Menteri Dalam Negeri",
    "Permenkes": "Peraturan Menteri Kesehatan",
    "Permendes": "Peraturan Menteri Desa",
    "Permenaker": "Peraturan Menteri Ketenagakerjaan",
    "Permendikbud": "Peraturan Menteri Pendidikan dan Kebudayaan",
    "PermenPANRB": "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "Perpu": "Peraturan Pemerintah Pengganti Undang-Undang",
    "Perda": "Peraturan Daerah",
    "Pergub": "Peraturan Gubernur",
    "Perbup": "Peraturan Bupati",
    "Perwali": "Peraturan Wali Kota",
}
_SHORT = {long.casefold(): short for short, long in _KINDS.items()}
_SHORT |= {short.casefold(): short for short in _KINDS}
_KIND = "|".join(sorted(_SHORT, key=len, reverse=True)).replace(" ", r"\s+").replace("-", r"[-\s]")
_NUMBER = (
    r"(?:(?:Nomor|Nomer|No\b)[.:]?\s*)?(?P<number>\d+)(?:/[A-Z]+)?"
    r"(?:\s*/\s*|,?\s+(?:Tahun|Thn|Th)\b\.?\s*)(?P<year>\d{4})\b"
)
_PLACE = r"(?:\s+(?:Provinsi|Kota|Kabupaten|Kab\.)(?:\s+(?!No)[^\W\d]+){1,3})?"
"""Whose regulation it is: *Perda Kota Probolinggo Nomor 4 Tahun 2019*."""
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"\d{4}")
"""Stands in every name; most texts have none, and need not be searched for a kind."""
_LAW = re.compile(
    rf"\b(?P<kind>{_KIND})(?:\s+(?:Republik\s+Indonesia|RI))?{_PLACE}(?:\s+\(\w+\))?\s+{_NUMBER}",
    re.I,
)
_NEXT = re.compile(rf"(?:\s*,)?\s+(?:(?:dan|serta|atau|maupun|jo\.?|juncto)\s+)?{_NUMBER}", re.I)

Name = tuple[str, str, str]
"""Kind (as text shortens it), number and year of a law."""


@dataclass(frozen=True)
class NamedLaw:
    """A law that a text names: which, the place of its name, and the name as text."""

    name: Name
    start: int
    end: int
    text: str


def named_laws(text: str) -> Iterator[NamedLaw]:
    """Every law written out in a text: *Permensos 3/2021*, *Undang-Undang RI Nomor 11 Tahun 2009*.

    A number that goes on after one (*Permensos 1/2012 dan 24/2013*) is a law of the same kind.
    """
    if not _YEAR.search(text):
        return
    for match in _LAW.finditer(text):
        written = " ".join(match["kind"].split())
        kind = _SHORT[re.sub(r"(?i)^undang\W", "undang-", written).casefold()]
        yield NamedLaw((kind, match["number"], match["year"]), *match.span(), match[0])
        end = match.end()
        while following := _NEXT.match(text, end):
            end = following.end()
            start = following.start("number")
            name = (kind, following["number"], following["year"])
            yield NamedLaw(name, start, end, f"{written} {text[start:end]}")


def by_name(facts: Facts) -> Mapping[Name, Source]:
    """The laws of the registry by their names."""
    return {(s.jenis, str(s.nomor), str(s.tahun)): s for s in facts.sources.values()}


def nearest_source(name: str, facts: Facts) -> str:
    """The id in the registry that an unknown one is meant for: that of the law with its number and
    year, else of one of its kind with either; of what is no law, the id most like it.
    """
    number, year, kind = _parts(name)

    def likeness(source: Source) -> tuple[float, ...]:
        other = _parts(source.id)
        same = (number == other[0]) + (year == other[1])
        kinds = SequenceMatcher(None, kind, other[2]).ratio()
        whole = SequenceMatcher(None, name.casefold(), source.id).ratio()
        fits = same == 2 or (same == 1 and kinds > _SAME_KIND)
        return fits, same, kinds, number == other[0], whole

    best = max(facts.sources.values(), key=likeness, default=None)
    if year and best and likeness(best)[0]:
        return best.id
    return nearest(name, facts.sources)


_SAME_KIND = 0.8


def _parts(name: str) -> tuple[str, str, str]:
    """Number, year and kind in an id such as `uu-11-2009`, each empty where there is none."""
    *_, number, year = ["", "", *_DIGITS.findall(name)]
    return number, year, "".join(filter(str.isalpha, name.casefold()))


def ended(source: Source, day: datetime.date) -> bool:
    """Does it no longer hold on a day? Where only a year is known, it holds to that year's end."""
    until = source.berlaku_sampai
    return until is not None and _day(until, 12, 31) < day


def instead_of(source: Source, project: Project, day: datetime.date) -> str:
    """What came in the place of a law that has ended, up to the one that holds on a day."""
    names: list[str] = []
    following = project.sources.get(source.diganti_oleh or "")
    while following and following.short not in names:
        names.append(following.short)
        after = project.sources.get(following.diganti_oleh or "")
        following = after if ended(following, day) else None
    return f"diganti oleh {', lalu '.join(names)}" if names else "tidak berlaku lagi"


def laws_in_force(project: Project, run: Run) -> Iterator[Problem]:
    """Each source that a module of the run cites holds on all its days, or is marked as history.

    `project` is the one that the run pins. Where only a year is known, the law is taken to hold
    from its first day to its last.
    """
    first, last = run.file.tanggal.mulai, run.file.tanggal.selesai
    for module in project.modules.values():
        for citation in module.meta.rujukan:
            source = project.sources.get(citation.id)
            if source is None or citation.sejarah:
                continue
            if reason := _not_in_force(source, first, last):
                successor = project.sources.get(source.diganti_oleh or "")
                change = f"Ganti dengan {successor.short}" if successor else "Ganti rujukan itu"
                yield run.source.problem(
                    ("tanggal",),
                    "H101",
                    f"modul `{module.slug}` mengutip {source.short}, yang {reason}",
                    f"{change}, atau tandai {{id: {source.id}, sejarah: true}} di modul.yml bila "
                    "dikutip sebagai sejarah",
                )


def _not_in_force(source: Source, first: datetime.date, last: datetime.date) -> str:
    since, until = source.berlaku_sejak, source.berlaku_sampai
    if since and _day(since, 1, 1) > first:
        return f"baru berlaku sejak {since}"
    if ended(source, last):
        return f"hanya berlaku sampai {until}"
    return ""


def _day(value: datetime.date | int, month: int, day: int) -> datetime.date:
    return datetime.date(value, month, day) if isinstance(value, int) else value
