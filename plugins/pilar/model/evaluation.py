"""What the two evaluation forms ask: the one list for the papers and for what comes back.

Items are those that forms of Indonesian training centres ask to rate; the scale has four steps, for
an even number leaves no middle to hide in.
"""

from __future__ import annotations

from dataclasses import dataclass

SCALE = ("kurang", "cukup", "baik", "sangat baik")
"""Words of the ratings 1 to 4."""


@dataclass(frozen=True)
class OpenQuestion:
    """A question that is answered in words: its text, a short name, lines to write on."""

    text: str
    name: str
    lines: int


@dataclass(frozen=True)
class EvaluationForm:
    """A form to rate: `name` of its paper, items in their order, then questions."""

    name: str
    items: tuple[str, ...]
    questions: tuple[OpenQuestion, ...]


_BETTER = OpenQuestion("Yang perlu diperbaiki, dan sarannya:", "Saran", 3)

FACILITATOR = EvaluationForm(
    "evaluasi-fasilitator",
    (
        "Penguasaan materi",
        "Ketepatan waktu",
        "Sistematika penyajian",
        "Penggunaan metode dan alat bantu",
        "Empati, gaya, dan sikap terhadap peserta",
        "Penggunaan bahasa dan volume suara",
        "Pemberian motivasi belajar kepada peserta",
        "Cara menjawab pertanyaan peserta",
        "Kerapian",
        "Kerja sama dengan penyelenggara",
    ),
    (OpenQuestion("Yang sudah baik dan perlu dipertahankan:", "Sudah baik", 2), _BETTER),
)
ORGANIZER = EvaluationForm(
    "evaluasi-penyelenggaraan",
    (
        "Sarana dan prasarana",
        "Kesesuaian pelaksanaan dengan rencana",
        "Kebersihan kelas",
        "Bahan pelatihan",
        "Pelayanan panitia",
        "Administrasi",
    ),
    (
        OpenQuestion("Yang paling bermanfaat dari pelatihan ini:", "Bermanfaat", 2),
        _BETTER,
        OpenQuestion("Yang ingin dipelajari lebih lanjut:", "Dipelajari lagi", 2),
    ),
)
