"""Where a number begins to be called something: every cut-off in use, with its source.

Most are habits of the field, not laws of nature: `checked` says whether what first set it has been
read. Reports print all of them as they stand here (CONTRIBUTING.md, "Laporan uji coba").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_SLACK = 9
"""Decimals to which a figure is compared: 0.1 + 0.2 is not above 0.3."""


@dataclass(frozen=True)
class Scale:
    """Names of ranges of a figure, from the lowest; a bound belongs to the range below it unless
    `opens` says that it begins the one above.
    """

    name: str
    bounds: tuple[float, ...]
    words: tuple[str, ...]
    source: str
    checked: bool = False
    opens: bool = False

    own = False
    """No scale is ours alone."""

    def word(self, value: float) -> str:
        """What a value is called."""
        find = bisect_right if self.opens else bisect_left
        return self.words[find(self.bounds, round(value, _SLACK))]


@dataclass(frozen=True)
class Cutoff:
    """A single number; `unit` as it is printed."""

    name: str
    value: float
    source: str
    unit: str = ""
    checked: bool = False

    @property
    def own(self) -> bool:
        """Is it ours alone?"""
        return self.source == _OWN


_OWN = "ketentuan Pilar, tanpa sumber lain"

FEWEST = Cutoff("Peserta paling sedikit untuk menilai sebuah butir soal", 20, _OWN, "orang")
"""Below it no question is judged, and the reliability of a form is not computed."""
CONFIDENCE = Cutoff("Tingkat kepercayaan semua selang", 0.95, "kebiasaan dalam statistik")
EXTREME_SHARE = Cutoff(
    "Kelompok atas dan bawah untuk D",
    0.27,
    "Kelley, T. L. (1939), Journal of Educational Psychology 30, 17–24",
    "dari peserta",
    checked=True,
)
LEAST_DISTRACTOR = Cutoff(
    "Pengecoh dipilih paling sedikit",
    0.05,
    "dikutip di sebuah skripsi; sumber pertamanya belum dibaca",
    "dari peserta",
)
KNOWN_BEFORE = Cutoff(
    "Butir yang sudah dikuasai sebelum pelatihan: p pretest paling sedikit", 0.9, _OWN
)
OVERRUN = Cutoff("Kegiatan melewati rencana: lebih dari", 0.2, _OWN, "dari menitnya")
OFTEN_OVER = Cutoff("Kegiatan melewati rencana dalam paling sedikit", 2, _OWN, "pelatihan")
"""Fewer say nothing of the plan; nor do they where most runs kept to it."""
SETTLING = Cutoff("Pelatihan dengan hasil sebelum modul ditetapkan", 2, _OWN, "pelatihan")
"""Of the module's own first number of version, for another one is another plan."""

DIFFICULTY = Scale(
    "Tingkat kesukaran p",
    (0.30, 0.70),
    ("sukar", "sedang", "mudah"),
    "bahan kuliah Universitas Negeri Yogyakarta; sumber pertamanya belum dibaca",
)
DISCRIMINATION = Scale(
    "Daya pembeda D",
    (0, 0.20, 0.40, 0.70),
    ("sangat jelek", "jelek", "cukup", "baik", "sangat baik"),
    "Suharsimi (2010), dikutip di sebuah skripsi; sumber pertamanya belum dibaca",
)
GAIN = Scale(
    "N-gain",
    (0.3, 0.7),
    ("rendah", "sedang", "tinggi"),
    "lazim dipakai bersama rumus Hake (1998); halaman yang menetapkannya belum dibaca",
    opens=True,
)

SCALES = (DIFFICULTY, DISCRIMINATION, GAIN)
CUTOFFS = (FEWEST, CONFIDENCE, EXTREME_SHARE, LEAST_DISTRACTOR, KNOWN_BEFORE, OVERRUN)
"""Those of the report of a run."""
ACROSS_RUNS = (FEWEST, KNOWN_BEFORE, LEAST_DISTRACTOR, OVERRUN, OFTEN_OVER, SETTLING)
"""Those of several runs together."""


def enough(people: int) -> bool:
    """Are there enough people to judge a question?"""
    return people >= FEWEST.value
