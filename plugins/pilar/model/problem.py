"""What is wrong with the content: where, what, and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

CODES = {
    "Y101": "YAML tidak dapat dibaca",
    "Y102": "kunci YAML ganda",
    "Y103": "kunci YAML tidak dikenal",
    "Y104": "kunci YAML wajib tidak ada",
    "Y105": "nilai YAML tidak sesuai",
    "Y106": "jangkar atau alias YAML",
    "Y107": "blok, komentar, atau catatan kaki di teks YAML",
    "F101": "berkas atau folder tidak ada",
    "F102": "berkas bukan teks UTF-8",
    "F103": "berkas tidak dipakai",
    "F104": "nama berkas atau folder tidak sesuai",
    "M101": "nilai ganda antarmodul",
    "M102": "modul tidak dikenal",
    "M103": "indikator tidak ada",
    "M104": "menit kegiatan tidak sama dengan jam modul",
    "M105": "indikator tanpa kegiatan atau soal",
    "B101": "blok tidak dikenal",
    "B102": "blok tidak ditutup",
    "B103": "penutup tanpa pembuka",
    "B104": "jumlah garis miring sama dengan blok luarnya",
    "B105": "blok di tempat yang salah",
    "B106": "karakter tersembunyi atau mirip garis miring",
    "B107": "opsi blok tidak sesuai",
    "B108": "judul blok tidak sesuai",
    "B109": "susunan blok tidak sesuai",
    "B110": "pagar kode tidak ditutup",
    "B111": "komentar tidak ditutup",
    "B112": "HTML mentah",
    "B113": "diagram skrip",
    "B114": "judul halaman tidak sesuai",
    "B115": "Markdown tidak mengenali blok ini",
    "B116": "tanda kode sebaris tidak berpasangan",
    "T101": "tautan ke halaman yang tidak ada",
    "T102": "tautan ke bagian yang tidak ada",
    "T103": "tautan ke halaman edisi lain",
    "T104": "gambar tidak ada",
    "T105": "catatan kaki tidak lengkap",
    "T106": "kutipan tidak dikenal",
    "T107": "rujukan blok tidak dikenal",
    "T108": "gambar tanpa teks pengganti",
    "S101": "id soal ganda",
    "S103": "soal tidak ada",
    "L100": "komentar `pilar: abaikan` tidak sesuai",
    "L101": "kalimat terlalu panjang",
    "L102": "kalimat modul rata-rata terlalu panjang",
    "L103": "kata asing yang ada padanannya",
    "L104": "sebutan yang tidak menghormati orang",
    "L105": "singkatan belum dijelaskan",
    "L106": "ejaan tidak dikenal",
    "L107": "istilah lain daripada glosarium",
    "R101": "acara atau modul jadwal tidak dikenal",
    "R102": "jumlah hari tidak sesuai",
    "R103": "hari terlalu penuh",
    "R104": "modul tidak terjadwal penuh",
    "R105": "versi modul tidak ditemukan",
    "R106": "jeda tidak sesuai",
    "R107": "modul dijadwalkan melebihi jamnya",
    "H101": "hukum tidak berlaku pada tanggal pelatihan",
    "V101": "kunci versi tidak cocok dengan pelatihannya",
    "V102": "isi yang dikunci tidak ditemukan",
    "V103": "versi yang sudah dikunci berubah",
    "V104": "perubahan.md tidak sesuai",
    "V105": "versi tanpa catatan perubahan",
    "K101": "mkdocs.yml tidak sesuai",
    "K102": "situs tidak utuh",
    "C101": "buku tidak dapat dicetak",
}
"""Every stable code and what it stands for (Bahasa Indonesia)."""


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in the content.

    `path` is relative to the project, `line` counts from 1 (1 where the whole file is meant),
    `code` is a key of CODES, `message` says what is wrong and `hint` the way out, both in
    Bahasa Indonesia.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(f"unregistered problem code {self.code}")

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.text}"

    @property
    def warning(self) -> bool:
        """Does it leave the content fit for use? Findings on language do: dictionaries err too."""
        return self.code.startswith("L")

    @property
    def text(self) -> str:
        """Message and way out, as one or two sentences."""
        return f"{self.message}. {self.hint}." if self.hint else f"{self.message}."


class ContentError(Exception):
    """The content cannot be built; carries every problem found, sorted, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Problem, ...]]]:
        """Pickle with the problems, so that it travels whole between processes."""
        return ContentError, (self.problems,)


class UnknownNameError(Exception):
    """Nothing has the name that was asked for; the message (Indonesian) suggests what has."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint naming the known words nearest to `word`, or all of them when none is near."""
    known = sorted(known)
    near = get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    if near:
        return f"Mungkin maksud Anda “{near[0]}”"
    return f"Yang dikenal: {', '.join(known)}" if known else ""
