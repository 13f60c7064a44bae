"""What the report prints of how it counts: formulas, cut-offs, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pilar.editions.words import decimal
from pilar.evidence.cutoffs import CUTOFFS, SCALES, Cutoff, Scale


class Formula(NamedTuple):
    """A figure, how it is computed, and who says so."""

    name: str
    formula: str
    source: str


FORMULAS = (
    Formula(
        "Tingkat kesukaran p",
        "poin yang diperoleh semua peserta dibagi poin yang dapat diperoleh; soal yang dikosongkan "
        "bernilai nol",
        "kebiasaan analisis butir",
    ),
    Formula(
        "Daya pembeda D",
        "p kelompok atas dikurangi p kelompok bawah. Kelompok: 27 % peserta dengan nilai naskah "
        "tertinggi dan terendah; yang bernilai sama di batasnya dihitung sebagian",
        "Kelley (1939), J. Educ. Psychol. 30, 17–24, untuk 27 %",
    ),
    Formula(
        "Korelasi butir r",
        "korelasi Pearson antara poin soal itu dan jumlah poin semua soal yang lain "
        "(titik-biserial terkoreksi)",
        "Henrysson (1963), Psychometrika 28, 211–218",
    ),
    Formula(
        "KR-20",
        "k/(k − 1) × (1 − Σpq/s²), dengan k soal yang benar atau salah saja, q = 1 − p, dan s² "
        "ragam jumlah benar; kesalahan baku pengukuran: s × √(1 − KR-20)",
        "Kuder dan Richardson (1937), Psychometrika 2, 151–160",
    ),
    Formula(
        "N-gain kelas",
        "(rata-rata post-test − rata-rata pretest)/(100 − rata-rata pretest), dari peserta yang "
        "mengikuti kedua tes",
        "Hake (1998), Am. J. Phys. 66, 64–74",
    ),
    Formula(
        "N-gain perorangan",
        "(post-test − pretest)/(100 − pretest) tiap peserta, lalu rata-ratanya; tanpa yang "
        "pretest-nya 100",
        "turunan dari rumus di atas",
    ),
    Formula(
        "Selang rata-rata",
        "rata-rata ± t × s/√n, dengan s simpangan baku (pembagi n − 1) dan t dari sebaran Student",
        "Student (1908), Biometrika 6, 1–25",
    ),
    Formula(
        "Selang N-gain kelas",
        "seperti di atas, dengan sumbangan tiap peserta (selisih − g × sisa)/rata-rata sisa; sisa: "
        "100 − pretest; batas atasnya paling besar 1",
        "penaksir rasio: Cochran (1977), Sampling Techniques, bab 6",
    ),
    Formula(
        "Selang p",
        "selang Wilson untuk sebuah bagian",
        "Wilson (1927), J. Am. Stat. Assoc. 22, 209–212",
    ),
)


class Limit(NamedTuple):
    """A cut-off as it is printed; `state` says whether its source has been read."""

    name: str
    values: str
    source: str
    state: str


def limits() -> Iterator[Limit]:
    """Every cut-off in use."""
    for scale in SCALES:
        yield Limit(scale.name, _ranges(scale), scale.source, _state(scale))
    for cutoff in CUTOFFS:
        value = decimal(cutoff.value, 0) if cutoff.value >= 1 else f"{cutoff.value:.0%}"
        value = value.replace("%", " %")
        yield Limit(cutoff.name, f"{value} {cutoff.unit}".strip(), cutoff.source, _state(cutoff))


def _state(entry: Scale | Cutoff) -> str:
    if entry.own:
        return "ketentuan sendiri"
    return "sumber dibaca" if entry.checked else "lazim"


def _ranges(scale: Scale) -> str:
    """`sampai 0,30 sukar; sampai 0,70 sedang; selebihnya mudah`."""
    begins = "kurang dari" if scale.opens else "sampai"
    named = [
        f"{begins} {decimal(bound)} {word}"
        for bound, word in zip(scale.bounds, scale.words, strict=False)
    ]
    return "; ".join([*named, f"selebihnya {scale.words[-1]}"])
