"""What figures mean, in Bahasa Indonesia: no more than they carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilar.editions.words import decimal
from pilar.evidence.cutoffs import CONFIDENCE, GAIN, enough
from pilar.evidence.gain import Gain
from pilar.evidence.samples import Interval

MANY = 6
"""Names in a sentence, before it says how many more there are."""


def percent(share: float) -> str:
    """`95 %`."""
    return f"{decimal(100 * share, 0)} %"


def interval(value: Interval, places: int = 2) -> str:
    """`0,33 sampai 0,49`; `–` where the sample gives none."""
    if value.low is None or value.high is None:
        return "–"
    return f"{decimal(value.low, places)} sampai {decimal(value.high, places)}"


def listed(names: Sequence[str]) -> str:
    """`BLC-K1, BLC-K2, dan 3 lainnya`."""
    if len(names) > MANY + 1:
        return f"{', '.join(names[:MANY])}, dan {len(names) - MANY} lainnya"
    return ", ".join(names)


def gain_sentences(gain: Gain) -> Iterator[str]:
    """What a class gained and how sure that is, each sentence by itself."""
    before, after = decimal(gain.before.value, 1), decimal(gain.after.value, 1)
    bounds = f", selang {interval(gain.difference, 1)}" if gain.difference.bounded else ""
    yield (
        f"Nilai rata-rata {len(gain.pairs)} peserta yang mengikuti kedua tes berubah dari {before} "
        f"menjadi {after} (selisih {decimal(gain.difference.value, 1)} angka{bounds})."
    )
    if gain.of_means is None:
        yield "Semua sudah bernilai 100 pada pretest, jadi N-gain tidak dapat dihitung."
    else:
        yield from _class_gain(gain.of_means, len(gain.pairs))
    yield from _doubts(gain)


def class_gain(gain: Interval, people: int) -> str:
    """`N-gain kelas 0,41 (sedang)`; of few people without its name."""
    name = f" ({GAIN.word(gain.value)})" if enough(people) else ""
    return f"N-gain kelas {decimal(gain.value)}{name}"


def _class_gain(gain: Interval, people: int) -> Iterator[str]:
    yield (
        f"{class_gain(gain, people)}: sebesar itulah bagian dari yang belum dikuasai sebelum "
        "pelatihan yang kemudian dikuasai."
    )
    if gain.low is None or gain.high is None:
        return
    sure = percent(CONFIDENCE.value)
    yield (
        f"Selangnya {interval(gain)}. Selang {sure} dihitung dengan cara yang, pada banyak "
        f"kelompok peserta yang serupa, memuat nilai yang sebenarnya pada {sure} di antaranya."
    )
    if enough(people) and GAIN.word(gain.low) != GAIN.word(gain.high):
        word = GAIN.word(gain.value)
        yield f"Selang itu melewati batas golongan, jadi sebutan “{word}” belum pasti."


def _doubts(gain: Gain) -> Iterator[str]:
    """What keeps a gain from being over-read."""
    people = len(gain.pairs)
    if not enough(people):
        yield f"Pesertanya hanya {people} orang: angka ini petunjuk awal, bukan simpulan."
    elif gain.difference.holds(0):
        yield "Selang selisihnya memuat nol: perubahan ini belum dapat dibedakan dari kebetulan."
    if gain.of_singles and gain.full_before:
        yield (
            f"{len(gain.full_before)} peserta ({listed(gain.full_before)}) bernilai 100 pada "
            "pretest. Bagi mereka tidak ada lagi yang dapat naik, jadi mereka tidak mempunyai "
            "N-gain sendiri; dalam N-gain kelas mereka ikut dihitung."
        )
    if gain.fallen:
        yield f"{len(gain.fallen)} peserta turun nilainya: {listed(gain.fallen)}."
