"""How to hold each event of a training day: who does what in which share of its time.

Nothing here is prescribed by a rule; it is what an opening, a test or an evaluation takes in any
class. Braces hold what the run says (`acara.py`).
"""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """One part of an event; `share` weighs its minutes against those of the others."""

    share: int
    who: str
    what: str


class EventGuide(NamedTuple):
    """Things that must be there, and the parts in order."""

    needs: str
    parts: tuple[Part, ...]
    note: str = ""


_TEST = EventGuide(
    "Naskah {judul} A ({a} eksemplar) dan B ({b} eksemplar), lembar jawaban ({orang} eksemplar), "
    "pena cadangan, jam dinding. Kunci tetap di tangan pelatih.",
    (
        Part(
            4,
            "Panitia",
            "Bagikan lembar jawaban, lalu naskah selang-seling sepanjang baris: A, B, A, B. Baris "
            "di belakangnya mulai dengan huruf yang lain, sehingga tetangga samping, depan, dan "
            "belakang memegang huruf yang berbeda.",
        ),
        Part(
            3,
            "Pelatih",
            "Minta peserta menulis identitas dan huruf naskah pada lembar jawaban. Bacakan "
            "petunjuk. Katakan bahwa tes ini mengukur pelatihan, bukan orangnya.",
        ),
        Part(
            18,
            "Peserta",
            "Mengerjakan sendiri, tanpa buku dan telepon. Pelatih membacakan soal bagi yang "
            "memerlukan, tanpa menjelaskan isinya.",
        ),
        Part(2, "Pelatih", "Sebut sisa waktu. Minta peserta memeriksa huruf naskah yang ditulis."),
        Part(
            3,
            "Panitia",
            "Kumpulkan lembar jawaban lebih dahulu, lalu naskah. Hitung keduanya: masing-masing "
            "{orang}. Pisahkan lembar jawaban A dan B sebelum diperiksa.",
        ),
    ),
    "Jawaban diperiksa dengan kunci menurut huruf naskah; hasilnya tidak dibacakan di kelas.",
)

GUIDES: dict[str, EventGuide] = {
    "pembukaan": EventGuide(
        "Susunan acara, daftar hadir, pengeras suara, bendera, tanda peserta untuk dua wakil, "
        "naskah laporan, air minum.",
        (
            Part(3, "Pembawa acara", "Minta hadirin duduk, sapa, dan bacakan susunan acara."),
            Part(4, "Semua", "Menyanyikan lagu Indonesia Raya, berdiri bila mampu."),
            Part(
                2, "Petugas doa", "Pimpin doa singkat menurut agama dan kepercayaan masing-masing."
            ),
            Part(
                6,
                "Ketua panitia",
                "Laporan: tujuan, penyelenggara, {orang} peserta dari {asal}, {lama} hari.",
            ),
            Part(15, "Pejabat yang membuka", "Sambutan, lalu menyatakan pelatihan dibuka."),
            Part(3, "Pejabat yang membuka", "Menyematkan tanda peserta kepada dua wakil peserta."),
            Part(
                4, "Panitia", "Foto bersama. Mintalah izin; yang tidak ingin difoto boleh menepi."
            ),
            Part(
                8,
                "Pengendali pelatihan",
                "Jelaskan jadwal, tempat rehat dan ibadah, kamar kecil, jalan keluar darurat, dan "
                "kepada siapa bertanya. Antar ke sesi pertama.",
            ),
        ),
    ),
    "refleksi": EventGuide(
        "Kertas plano atau papan, spidol, jadwal hari ini.",
        (
            Part(2, "Pelatih", "Sapa kelas. Sebutkan yang dipelajari kemarin: {kemarin}."),
            Part(
                4,
                "Peserta, berpasangan",
                "Ceritakan satu hal yang sudah jelas dan satu hal yang masih mengganjal.",
            ),
            Part(
                5,
                "Peserta",
                "Beberapa pasangan menyampaikan. Ketua kelas menulis yang mengganjal di papan.",
            ),
            Part(
                3,
                "Pelatih",
                "Jawab yang singkat. Yang panjang ditulis di papan tunda beserta kapan dijawab.",
            ),
            Part(1, "Pelatih", "Sebutkan yang dipelajari hari ini: {hari_ini}."),
        ),
    ),
    "pretest": _TEST,
    "posttest": _TEST,
    "evaluasi-penyelenggaraan": EventGuide(
        "Formulir evaluasi penyelenggaraan ({orang} eksemplar), formulir evaluasi fasilitator yang "
        "belum diisi, amplop, pena cadangan.",
        (
            Part(3, "Panitia", "Bagikan formulir. Jelaskan: tanpa nama, jujur, untuk perbaikan."),
            Part(
                20,
                "Peserta",
                "Mengisi sendiri. Pelatih dan panitia keluar atau menjauh; ketua kelas membantu "
                "yang memerlukan.",
            ),
            Part(5, "Ketua kelas", "Kumpulkan, hitung, masukkan ke amplop, dan tutup amplopnya."),
            Part(2, "Panitia", "Terima amplop, tulis jumlahnya di luar, ucapkan terima kasih."),
        ),
    ),
    "penutupan": EventGuide(
        "Susunan acara, daftar hadir, STTP beserta lampirannya, berita acara, pengeras suara.",
        (
            Part(3, "Pembawa acara", "Minta hadirin duduk, sapa, dan bacakan susunan acara."),
            Part(
                6,
                "Ketua panitia",
                "Laporan: materi yang terlaksana, jumlah hadir tiap hari, catatan penyelenggaraan.",
            ),
            Part(6, "Wakil peserta", "Kesan, dan satu contoh rencana tindak lanjut."),
            Part(5, "Pejabat yang menutup", "Menyerahkan STTP kepada dua wakil peserta."),
            Part(12, "Pejabat yang menutup", "Sambutan, lalu menyatakan pelatihan ditutup."),
            Part(
                2, "Petugas doa", "Pimpin doa singkat menurut agama dan kepercayaan masing-masing."
            ),
            Part(
                4, "Panitia", "Foto bersama. Mintalah izin; yang tidak ingin difoto boleh menepi."
            ),
            Part(
                7,
                "Panitia",
                "Bagikan STTP lainnya dengan tanda terima, kumpulkan barang pinjaman, dan minta "
                "tanda tangan berita acara.",
            ),
        ),
    ),
}
"""By the name of the event (`EVENTS` in model/schedule.py)."""
