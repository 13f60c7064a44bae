"""The catalogue: every paper of a run, in the order in which a copier prints them."""

from __future__ import annotations

from functools import partial

from pilar.assembly.exam import EXAMS, LETTERS

from . import panitia
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
from .paper import EACH_DAY, FIRST_DAY, LAST_DAY, Paper, each_person
from .rbpmp import rbpmp
from .rp import rp
from .saku import saku
from .sesi import sesi
from .tes import half_a, half_b, tes, title

_handed_out = partial(Paper, copies=each_person)
_form = partial(_handed_out, duplex=False)
_plan = partial(Paper, each=True, landscape=True, word=True)

_PLANS = (
    _handed_out("jadwal", "Jadwal", jadwal, word=True, participants=True, needed=FIRST_DAY),
    Paper("kurikulum", "Kurikulum", kurikulum, word=True),
    _plan("rbpmp", "RBPMP", rbpmp),
    _plan("rp", "RP", rp),
    Paper("acara", "Panduan acara", acara, needed=FIRST_DAY),
    Paper("sesi", "Lembar sesi", sesi, duplex=False, needed=EACH_DAY),
    Paper("saku", "Kartu saku", saku, duplex=False, needed=FIRST_DAY),
    Paper("kunci-latihan", "Kunci latihan dan soal", kunci_latihan, needed=FIRST_DAY),
    Paper("kunci-tes", "Kunci tes", kunci_tes, needed=EXAMS),
    Paper("kisi-kisi", "Kisi-kisi", kisi_kisi),
)
"""What trainers hand in and teach from; the keys are here, far from what participants get."""

_TESTS = (
    *(
        Paper(
            f"{use}-{letter.lower()}",
            title(use, letter),
            partial(tes, use=use, letter=letter),
            form="tes",
            copies=half_a if letter == "A" else half_b,
            needed=(use,),
        )
        for use in EXAMS
        for letter in LETTERS
    ),
    Paper("lembar-jawaban", "Lembar jawaban", lembar_jawaban, copies=each_test, needed=EXAMS),
)

_CLASS = (
    Paper("kartu", "Kartu untuk digunting", kartu, each=True, duplex=False),
    _form("lembar-kerja", "Lembar kerja", lembar_kerja, participants=True),
    _handed_out("latihan", "Latihan dan soal", latihan, participants=True, needed=FIRST_DAY),
)
"""What lies on the tables."""

_OFFICE = (
    Paper("daftar-hadir", "Daftar hadir peserta", panitia.daftar_hadir, word=True, needed=EACH_DAY),
    _form("biodata", "Biodata peserta", word=True, needed=FIRST_DAY),
    Paper(
        "kartu-nama",
        "Kartu nama peserta",
        panitia.kartu_nama,
        copies=panitia.two_a_sheet,
        duplex=False,
        needed=FIRST_DAY,
    ),
    Paper(
        "kartu-nama-pengajar",
        "Kartu nama pengajar",
        panitia.kartu_pengajar,
        form="kartu-nama",
        duplex=False,
        needed=FIRST_DAY,
    ),
    _form("rtl", "Rencana tindak lanjut", landscape=True, word=True, needed=LAST_DAY),
    _form(
        "evaluasi-fasilitator",
        "Evaluasi fasilitator",
        panitia.evaluasi_fasilitator,
        needed=EACH_DAY,
    ),
    _form(
        "evaluasi-penyelenggaraan",
        "Evaluasi penyelenggaraan",
        panitia.evaluasi_penyelenggaraan,
        needed=("evaluasi-penyelenggaraan",),
    ),
    Paper(
        "berita-acara",
        "Berita acara pelaksanaan",
        panitia.berita_acara,
        word=True,
        needed=("penutupan",),
    ),
    _form(
        "lampiran-sttp",
        "Lampiran STTP",
        panitia.lampiran_sttp,
        word=True,
        sheet="A4",
        needed=("penutupan",),
    ),
)
"""What the organizer hands out, collects and files."""

_LISTS = (
    Paper(
        "kebutuhan",
        "Kebutuhan bahan dan penggandaan",
        kebutuhan,
        word=True,
        workbook=True,
        last=True,
    ),
)

PAPERS: tuple[Paper, ...] = (*_PLANS, *_TESTS, *_CLASS, *_OFFICE, *_LISTS)
"""Adding one touches its module, its template in overrides/kertas/ and a row here."""

_MINUTES = "menit setiap bentuk soal: perkiraan sendiri"
_SCALE = "skala 1–4 dan pertanyaan terbuka"

UNVERIFIED = {
    "kurikulum": "Latar Belakang; bentuk Diagram Alur",
    "rbpmp": "pembagian menit sebuah kegiatan bagi beberapa indikator",
    "rp": "isi baris Pendahuluan dan Penutup tanpa kegiatan",
    **{paper.stem: _MINUTES for paper in _TESTS if paper.template == "tes.html"},
    "kunci-tes": "bobot setiap soal dan cara menghitung nilai",
    "kisi-kisi": f"kolom kisi-kisi; {_MINUTES}",
    "daftar-hadir": "kolom daftar hadir",
    "biodata": "butir biodata diambil dari formulir sekolah, tanpa agama dan status kawin",
    "rtl": "kolom RTL dan siapa yang menandatanganinya",
    "evaluasi-fasilitator": _SCALE,
    "evaluasi-penyelenggaraan": _SCALE,
    "berita-acara": "bentuk dan bunyi berita acara",
    "lampiran-sttp": (
        "halaman kedua STTP menurut Permensos 9/2019, dan apakah mengikat UPT provinsi"
    ),
}
"""What of the form of each paper was seen in no official source; never printed on it."""
