"""A made-up national curriculum: 24 modules of 8 pages of about 1,600 words, and a run of it.

python -m tests.stages.bench_national FOLDER

The same seed gives the same bytes. Its sentences are grammatical and say nothing; `pilar check`
accepts all of it, so that it is built as any curriculum is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

SEED = 18
MODULES, CHAPTERS, AIMS, WORDS = 24, 5, 4, 1_600
"""Chapters a module, beside an introduction, an ending and a trainers' page; activities a module,
each with an indicator of its own; words a page.
"""
GROUPS = ("dasar", "inti", "penunjang")
RUN = "2027-01-buatan"
FIRST = date(2027, 1, 4)
"""The day on which the run begins."""
PUBLIC = (
    """pendamping, relawan, petugas kelurahan, ketua lembaga, kader muda, tenaga sukarela,
    warga, keluarga, tetangga, pengurus rukun warga, kelompok belajar, peserta, fasilitator""",
    """mencatat, membicarakan, memeriksa, merapikan, mempelajari, membandingkan, menyusun,
    menjelaskan, mengumpulkan, menyimpan, membagikan, mengingat, menimbang, menuliskan""",
    """daftar kebutuhan, hasil kunjungan, cerita keluarga, peta lingkungan, rencana kegiatan,
    catatan harian, kesepakatan kelompok, jadwal pertemuan, alamat layanan, buku tamu,
    surat pengantar, pembagian tugas, pertanyaan warga, langkah berikutnya, pengalaman lama""",
    """di balai warga, di rumah, di kantor kelurahan, di ruang kelas, di pos jaga, di pasar,
    di tepi lapangan, di beranda, di sekolah, di ruang tunggu, di kebun, di gang kecil""",
    """pada pagi hari, pada sore hari, setelah makan siang, sebelum pulang, setiap pekan,
    pada akhir bulan, pada awal pertemuan, sesudah hujan, menjelang malam, pada hari pasar""",
    """dengan tenang, dengan teliti, tanpa tergesa, bersama teman, satu per satu, dengan sabar,
    dengan suara pelan, secara bergantian, dengan kalimat pendek, dengan hormat""",
)
TRAINERS = (
    """pelatih, pengamat, juru waktu, pemandu diskusi, penyaji, ketua kelas, pencatat, panitia,
    penguji, narasumber, pengajar pengganti, pembawa acara""",
    """menempelkan, membacakan, memotong, menghitung, membalik, mengedarkan, menutup, memulai,
    mengulang, menunjukkan, menyiapkan, menggambar""",
    """kartu warna, lembar plano, spidol besar, papan tulis, denah meja, lonceng, naskah cerita,
    jawaban contoh, kunci soal, daftar nilai, potongan gambar, tali rafia""",
    """di depan kelas, di meja panitia, di dinding kiri, di lantai, di atas kursi, di dekat pintu,
    di sudut kanan, di bawah jendela, di luar ruangan, di sisi papan""",
    """pada menit pertama, sebelum rehat, sesudah lonceng, saat kelas hening, ketika diskusi usai,
    di tengah sesi, menjelang penutupan, sewaktu kelompok bekerja""",
    """sambil tersenyum, tanpa menilai, dengan gerak tangan, memakai contoh, lewat permainan,
    dengan nada rendah, berurutan, tanpa menyebut nama""",
)
"""People, deeds, things, places, times, ways. What is for trainers alone has words of its own: from
one list, participants' pages would say the same by chance, and the leak gate would object.
"""
_SHAPES = (
    "{0} {1} {2} {3} {4}.",
    "{0} {1} {2} {5}, lalu {6} {2} itu {3}.",
    "{4}, {0} {1} {2} {5}.",
    "Bila {0} sudah {1} {2} {3}, {7} dapat {6} {8} {5}.",
    "{0} dan {7} {1} {2} {4}, karena keduanya akan {6} {8} {3}.",
)
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 160" width="600" height="160">
<g fill="none" stroke="#222" stroke-width="2"><rect x="10" y="40" width="160" height="80"/>
<rect x="220" y="40" width="160" height="80"/><rect x="430" y="40" width="160" height="80"/>
<path d="M170 80h50M380 80h50"/></g><g font-size="20" text-anchor="middle" fill="#222">
<text x="90" y="86">mulai</text><text x="300" y="86">tengah</text><text x="510" y="86">akhir</text>
</g></svg>
"""


class Author:
    """Writes Markdown from a seed and lists of words."""

    def __init__(self, seed: int, lists: tuple[str, ...] = PUBLIC) -> None:
        self.random = Random(seed)
        self.words = [[" ".join(each.split()) for each in words.split(",")] for words in lists]

    def word(self, kind: int) -> str:
        """One of a list."""
        return self.random.choice(self.words[kind])

    def sentence(self) -> str:
        """Ten to twenty words."""
        words = map(self.word, (*range(6), 1, 0, 2))
        text = self.random.choice(_SHAPES).format(*words)
        return text[0].upper() + text[1:]

    def paragraph(self, words: int = 80) -> str:
        """Sentences of so many words, or a few more."""
        text = ""
        while len(text.split()) < words:
            text += self.sentence() + " "
        return text.rstrip()

    def title(self) -> str:
        """Four words or so, in the case of titles."""
        return f"{self.word(1)} {self.word(2)}".title()

    def text(self, words: int) -> str:
        """Paragraphs, a list and a table of so many words together."""
        rows = "\n".join(f"| {self.title()} | {self.sentence()} |" for _ in range(4))
        items = "\n".join(f"{number}. {self.sentence()}" for number in range(1, 6))
        parts = [items, f"| Pekerjaan | Keterangan |\n| --- | --- |\n{rows}"]
        while sum(len(part.split()) for part in parts) < words:
            parts.insert(len(parts) // 2, self.paragraph())
        return "\n\n".join(parts)


def _chapter(author: Author, trainer: Author, code: str, number: int) -> str:
    aim = min(number, AIMS)
    activity = f"""
//// kegiatan | {author.title()}
    menit: 45
    metode: kerja kelompok
    media: kertas plano
    indikator: [{aim}]
    inti: true

{author.paragraph(40)}

/// pelatih
Kata pembuka
:   “{trainer.sentence()}”

Langkah
:   1. (15 menit) {trainer.sentence()}
    2. (30 menit) {trainer.sentence()}
///
////
"""
    return f"""# Bab {code} {number}: {author.title()}

/// tujuan
    indikator: [{aim}]

///

## {author.title()} {code} {number}

{author.text(500)}

![Tiga kotak berurutan: mulai, tengah, akhir](aset/alur.svg)

/// figure-caption
Tiga tahap kerja.
///
{activity if number == aim else ""}
## {author.title()} {number} {code}

{author.text(450)}

/// lembar-kerja | {author.title()}
    garis: 5

{author.sentence()}
///

## Latihan

//// latihan | {author.title()}
    indikator: [{aim}]

{author.paragraph(40)}

/// kunci
{trainer.paragraph(40)}
///
////

## Rangkuman

/// rangkuman
- {author.sentence()}
- {author.sentence()}
///

## Evaluasi

/// soal | {code.lower()}-{number}
///

{author.text(200)}

## Umpan Balik dan Tindak Lanjut

{author.paragraph(40)}
"""


def _pages(author: Author, trainer: Author, code: str) -> Iterator[tuple[str, str]]:
    yield (
        "persiapan-pelatih.md",
        f"---\nedisi: pelatih\n---\n# Persiapan\n\n{trainer.text(WORDS)}\n",
    )
    yield (
        "pendahuluan.md",
        f"""# Pendahuluan

## Latar Belakang

{author.text(WORDS - 200)}

## Deskripsi Singkat

/// modul | deskripsi
///

## Manfaat

{author.paragraph()}

## Tujuan Pembelajaran

/// tujuan
///

## Materi Pokok dan Sub Materi Pokok

/// modul | materi-pokok
///

## Petunjuk Belajar

{author.paragraph()}
""",
    )
    for number in range(1, CHAPTERS + 1):
        yield f"bab-{number}.md", _chapter(author, trainer, code, number)
    yield "penutup.md", f"# Penutup\n\n{author.text(WORDS)}\n"


def _questions(author: Author, trainer: Author, code: str) -> str:
    return "".join(
        f"""- id: {code.lower()}-{number}
  indikator: {(number - 1) % AIMS + 1}
  tingkat: C2
  jenis: pilihan-ganda
  teks: "{author.sentence()[:-1]} …"
  pilihan: [{", ".join(author.title().lower() + end for end in (" dulu", "", " lagi", " saja"))}]
  kunci: {author.random.choice("ABCD")}
  pembahasan: "{trainer.sentence()}"
  pakai: [{"latihan" if number <= 2 * AIMS else "pretest, posttest"}]
"""
        for number in range(1, 4 * AIMS + 1)
    )


def _meta(author: Author, code: str, number: int, pages: list[str]) -> str:
    lines = "\n".join(f"  - menjelaskan {author.word(2)} {n}" for n in "abcd")
    return f"""kode: {code}
judul: {author.title()} {code}
versi: 1.0.0
status: uji-coba
kelompok: {GROUPS[number % 3]}
jp: {{teori: 2, penugasan: {AIMS - 2}, praktik_lapangan: 0}}
deskripsi: {author.paragraph(40)}
hasil_belajar: Setelah mengikuti mata pelatihan ini peserta mampu bekerja dengan teliti.
indikator:
{lines}
materi_pokok:
  - {{judul: {author.title()}, sub: [Awal, Tengah, Akhir]}}
prasyarat: []
halaman: [{", ".join(pages)}]
rujukan: [uu-11-2009]
"""


def _slug(number: int) -> str:
    return f"modul-{chr(97 + number)}"


def curriculum(root: Path) -> None:
    """Write modules/ of a curriculum below `root`."""
    modules = root / "modules"
    groups = dict.fromkeys(GROUPS, "")
    for number in range(MODULES):
        seed, code = SEED * 1000 + number, f"M{chr(65 + number)}"
        author, trainer = Author(seed), Author(seed, TRAINERS)
        folder = modules / _slug(number)
        (folder / "aset").mkdir(parents=True)
        (folder / "aset/alur.svg").write_text(PICTURE)
        (folder / "aset/gambar.yml").write_text(
            "alur.svg: {sumber: dibuat untuk modul ini, lisensi: CC BY-SA 4.0}\n"
        )
        pages = dict(_pages(author, trainer, code))
        for name, text in pages.items():
            (folder / name).write_text(text)
        (folder / "modul.yml").write_text(_meta(author, code, number, list(pages)))
        (folder / "soal.yml").write_text(_questions(author, trainer, code))
        groups[GROUPS[number % 3]] += f"    {_slug(number)}: 1.0.0\n"
    structure = "".join(f"  {group}:\n{lines}" for group, lines in groups.items())
    (modules / "kurikulum.yml").write_text(f"""nama: Kurikulum Buatan
versi: 1.0.0
tujuan: Peserta mampu bekerja dengan teliti.
kompetensi: [bekerja dengan teliti]
struktur:
{structure}""")
    (modules / "rujukan.yml").write_text(
        "- {id: uu-11-2009, jenis: UU, nomor: 11, tahun: 2009, "
        "tentang: Kesejahteraan Sosial, berlaku_sejak: 2009}\n"
    )
    (modules / "glosarium.yml").write_text("- {istilah: Kunjungan, arti: Pertemuan di rumah.}\n")


def run_file() -> str:
    """A run of this curriculum: two modules a day."""
    days = "".join(
        f"    - [{'pembukaan, pretest, ' if not n else ''}{_slug(n)}, {_slug(n + 1)}]\n"
        for n in range(0, MODULES, 2)
    )
    last = FIRST + timedelta(days=MODULES // 2)
    return f"""judul: Pelatihan Buatan
tahap: uji-coba
kurikulum: 1.0.0
penyelenggara: Balai Buatan
tempat: {{nama: Balai Buatan, kota: Kota Buatan, provinsi: Jawa Timur, zona: WIB}}
tanggal: {{mulai: {FIRST}, selesai: {last}}}
peserta: {{asal: Kota Buatan, jumlah: 30, unsur: [Tagana, PSM]}}
pengajar:
  - {{peran: Widyaiswara, instansi: Balai Buatan, modul: [{", ".join(map(_slug, range(MODULES)))}]}}
jadwal:
  mulai: "08.00"
  selesai: "17.00"
  hari:
{days}    - [posttest, penutupan]
"""


def write(root: Path) -> None:
    """Write all of it below `root`, which is made; the same every time."""
    curriculum(root)
    (root / "runs").mkdir()
    (root / f"runs/{RUN}.yml").write_text(run_file(), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
