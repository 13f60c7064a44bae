"""The catalogue: every paper of a run, in the order in which a copier prints them."""

from __future__ import annotations

from functools import partial

from pilar.assembly.exam import EXAMS, LETTERS
from pilar.assembly.page_nodes import USES

from .acara import acara
from .jadwal import jadwal
from .kartu import kartu
from .kebutuhan import kebutuhan
from .kisi_kisi import kisi_kisi
from .kunci_tes import kunci_tes
from .kurikulum import kurikulum
from .latihan import kunci_latihan, latihan
from .lembar_jawaban import each_test, lembar_jawaban
from .lembar_kerja import lembar_kerja
from .panitia import (
    berita_acara,
    daftar_hadir,
    evaluasi_fasilitator,
    evaluasi_penyelenggaraan,
    kartu_nama,
    kartu_pengajar,
    lampiran_sttp,
    two_a_sheet,
)
from .paper import Paper, each_person
from .rbpmp import rbpmp
from .rp import rp
from .saku import saku
from .sesi import sesi
from .tes import half_a, half_b, tes

_OURS = "menit setiap bentuk soal: perkiraan sendiri"

_PLANS = (
    Paper(
        "jadwal",
        "Jadwal",
        "jadwal.html",
        jadwal,
        copies=each_person,
        word=True,
        participants=True,
    ),
    Paper(
        "kurikulum",
        "Kurikulum",
        "kurikulum.html",
        kurikulum,
        word=True,
        unverified="Latar Belakang; bentuk Diagram Alur",
    ),
    Paper(
        "rbpmp",
        "RBPMP",
        "rbpmp.html",
        rbpmp,
        each=True,
        landscape=True,
        word=True,
        unverified="pembagian menit sebuah kegiatan bagi beberapa indikator",
    ),
    Paper(
        "rp",
        "RP",
        "rp.html",
        rp,
        each=True,
        landscape=True,
        word=True,
        unverified="isi baris Pendahuluan dan Penutup tanpa kegiatan",
    ),
    Paper("acara", "Panduan acara", "acara.html", acara),
    Paper("sesi", "Lembar sesi", "sesi.html", sesi, duplex=False),
    Paper("saku", "Kartu saku", "saku.html", saku, duplex=False),
)
"""What trainers teach from."""

_TESTS = (
    *(
        Paper(
            f"{use}-{letter.lower()}",
            f"{USES[use].capitalize()} {letter}",
            "tes.html",
            partial(tes, use=use, letter=letter),
            copies=half_a if letter == "A" else half_b,
            unverified=_OURS,
        )
        for use in EXAMS
        for letter in LETTERS
    ),
    Paper(
        "lembar-jawaban", "Lembar jawaban", "lembar-jawaban.html", lembar_jawaban, copies=each_test
    ),
    Paper(
        "kunci-tes",
        "Kunci tes",
        "kunci-tes.html",
        kunci_tes,
        unverified="bobot setiap soal dan cara menghitung nilai",
    ),
    Paper(
        "kisi-kisi",
        "Kisi-kisi",
        "kisi-kisi.html",
        kisi_kisi,
        unverified=f"kolom kisi-kisi; {_OURS}",
    ),
)

_CLASS = (
    Paper("kartu", "Kartu untuk digunting", "kartu.html", kartu, each=True, duplex=False),
    Paper(
        "lembar-kerja",
        "Lembar kerja",
        "lembar-kerja.html",
        lembar_kerja,
        copies=each_person,
        duplex=False,
        participants=True,
    ),
    Paper(
        "latihan",
        "Latihan dan soal",
        "latihan.html",
        latihan,
        copies=each_person,
        participants=True,
    ),
    Paper("kunci-latihan", "Kunci latihan dan soal", "kunci-latihan.html", kunci_latihan),
)
"""What lies on the tables, and its keys."""

_OFFICE = (
    Paper(
        "daftar-hadir",
        "Daftar hadir peserta",
        "daftar-hadir.html",
        daftar_hadir,
        word=True,
        unverified="kolom daftar hadir",
    ),
    Paper(
        "biodata",
        "Biodata peserta",
        "biodata.html",
        copies=each_person,
        duplex=False,
        word=True,
        unverified="butir biodata diambil dari formulir sekolah, tanpa agama dan status kawin",
    ),
    Paper(
        "kartu-nama",
        "Kartu nama peserta",
        "kartu-nama.html",
        kartu_nama,
        copies=two_a_sheet,
        duplex=False,
    ),
    Paper(
        "kartu-nama-pengajar",
        "Kartu nama pengajar",
        "kartu-nama.html",
        kartu_pengajar,
        duplex=False,
    ),
    Paper(
        "rtl",
        "Rencana tindak lanjut",
        "rtl.html",
        copies=each_person,
        duplex=False,
        landscape=True,
        word=True,
        unverified="kolom RTL dan siapa yang menandatanganinya",
    ),
    Paper(
        "evaluasi-fasilitator",
        "Evaluasi fasilitator",
        "evaluasi-fasilitator.html",
        evaluasi_fasilitator,
        copies=each_person,
        duplex=False,
        unverified="skala 1–4 dan pertanyaan terbuka",
    ),
    Paper(
        "evaluasi-penyelenggaraan",
        "Evaluasi penyelenggaraan",
        "evaluasi-penyelenggaraan.html",
        evaluasi_penyelenggaraan,
        copies=each_person,
        duplex=False,
        unverified="skala 1–4 dan pertanyaan terbuka",
    ),
    Paper(
        "berita-acara",
        "Berita acara pelaksanaan",
        "berita-acara.html",
        berita_acara,
        word=True,
        unverified="bentuk dan bunyi berita acara",
    ),
    Paper(
        "lampiran-sttp",
        "Lampiran STTP",
        "lampiran-sttp.html",
        lampiran_sttp,
        copies=each_person,
        duplex=False,
        word=True,
        sheet="A4",
        unverified="halaman kedua STTP menurut Permensos 9/2019, dan apakah mengikat UPT provinsi",
    ),
)
"""What the organizer hands out, collects and files."""

_LISTS = (
    Paper(
        "kebutuhan",
        "Kebutuhan bahan dan penggandaan",
        "kebutuhan.html",
        kebutuhan,
        word=True,
        workbook=True,
        last=True,
    ),
)

PAPERS: tuple[Paper, ...] = (*_PLANS, *_TESTS, *_CLASS, *_OFFICE, *_LISTS)
"""Adding one touches its module, its template in overrides/kertas/ and a row here."""
