"""JSON Schema of every YAML file, for the editors that authors write in.

    python -m pilar.cli.schema          writes .vscode/skema/ anew
    python -m pilar.cli.schema --check  fails where that would change something

Types come from the model; the words that an editor shows beside a key are here, in Indonesian.
Rules across keys or files (minutes, keys of questions, names that must exist) stay with
`pilar check`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pilar.model.characters import Character
from pilar.model.curriculum import Curriculum, ModuleMeta, Question
from pilar.model.picture import Picture
from pilar.model.run import RunFile
from pilar.model.sources import Source, Term

FOLDER = Path(".vscode/skema")
FILES: Mapping[str, tuple[Any, str]] = {
    "modul": (ModuleMeta, "modules/*/modul.yml"),
    "soal": (tuple[Question, ...], "modules/*/soal.yml"),
    "kurikulum": (Curriculum, "modules/kurikulum.yml"),
    "rujukan": (tuple[Source, ...], "modules/rujukan.yml"),
    "glosarium": (tuple[Term, ...], "modules/glosarium.yml"),
    "tokoh": (tuple[Character, ...], "modules/tokoh.yml"),
    "gambar": (dict[str, Picture], "modules/*/aset/gambar.yml"),
    "pelatihan": (RunFile, "runs/*.yml"),
}
"""Schemas by name: the model, and the files it holds for."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "ModuleMeta": {
        "kode": "Kode pendek yang unik, 2–6 huruf besar atau angka; awalan nomor halaman: BLC-12.",
        "judul": "Judul modul.",
        "versi": "Versi modul: struktur.isi.kata-kata. Versi yang sudah dikunci tidak diubah.",
        "status": "Keadaan modul: draf, sedang diuji coba, atau sudah ditetapkan.",
        "kelompok": "Kelompok mata pelatihan, sama dengan di kurikulum.yml.",
        "jp": "Jam pelajaran. Teori dan penugasan 45 menit, praktik lapangan 60 menit.",
        "deskripsi": "Satu paragraf: modul ini membahas apa, untuk siapa, dengan cara apa.",
        "hasil_belajar": "Setelah mengikuti mata pelatihan ini peserta mampu …",
        "indikator": "Indikator hasil belajar, masing-masing satu kata kerja yang dapat diukur.",
        "materi_pokok": "Materi pokok; satu halaman untuk tiap butir.",
        "prasyarat": "Slug modul yang harus diikuti lebih dahulu.",
        "halaman": "Berkas halaman menurut urutannya di buku.",
        "rujukan": "Id dari modules/rujukan.yml.",
        "latihan_mandiri": "true: kunci soal latihan boleh dilihat peserta.",
        "perlu_verifikasi": "Kalimat atau angka yang belum Anda yakini, satu butir satu hal.",
    },
    "Hours": {
        "teori": "JP teori, masing-masing 45 menit.",
        "penugasan": "JP penugasan, masing-masing 45 menit.",
        "praktik_lapangan": "JP praktik lapangan, masing-masing 60 menit.",
    },
    "Topic": {"judul": "Judul materi pokok.", "sub": "Sub materi pokok."},
    "Citation": {
        "id": "Id dari modules/rujukan.yml.",
        "sejarah": "true: dikutip sebagai sejarah, walau sudah tidak berlaku.",
        "catatan": "Catatan untuk penelaah.",
    },
    "Question": {
        "id": "Nama pendek yang unik, misalnya blc-1.",
        "indikator": "Nomor indikator yang diukur, mulai 1.",
        "tingkat": "Tingkat kognitif, C1–C6.",
        "jenis": "Bentuk soal.",
        "teks": "Pertanyaan atau pernyataan.",
        "pilihan": "Pilihan jawaban; untuk menjodohkan: kiri dan kanan.",
        "kunci": "Huruf pilihan, benar atau salah, jawaban isian, atau pokok jawaban uraian.",
        "pembahasan": "Mengapa kuncinya benar dan yang lain keliru. Hanya untuk pelatih.",
        "pakai": "Dipakai untuk apa.",
    },
    "Pairs": {"kiri": "Butir yang dicari pasangannya.", "kanan": "Pasangan, berhuruf A, B, C …"},
    "Curriculum": {
        "nama": "Nama kurikulum.",
        "versi": "Versi kurikulum, tiga angka.",
        "tujuan": "Tujuan pelatihan.",
        "kompetensi": "Kompetensi yang dibangun.",
        "pengantar": "Kata pengantar buku (Markdown).",
        "pengantar_pelatih": "Kata pengantar panduan pelatih, bila lain (Markdown).",
        "kolofon": "Siapa yang menyusun dan menerbitkan buku; yang kosong ditulis dengan tangan.",
        "petunjuk": "Petunjuk memakai buku untuk tiap edisi (Markdown).",
        "struktur": "Kelompok → slug modul → versi yang dipakai.",
    },
    "Instructions": {"peserta": "Petunjuk untuk peserta.", "pelatih": "Petunjuk untuk pelatih."},
    "Imprint": {
        "penerbit": "Nama penerbit.",
        "alamat": "Ke mana lembar masukan dikirim: alamat pos atau surel.",
        "penulis": "Nama para penulis.",
        "penelaah": "Nama para penelaah.",
    },
    "Source": {
        "id": "Id yang dikutip, misalnya uu-11-2009.",
        "jenis": "Singkatan jenisnya: UU, PP, Inpres, Permensos, atau Buku.",
        "nomor": "Nomor peraturan.",
        "tahun": "Tahun terbit.",
        "tentang": "Judul atau pokoknya.",
        "penulis": "Penulis, untuk sumber selain peraturan.",
        "terbitan": "Lembaran negara, penerbit, atau tempat terbit.",
        "berlaku_sejak": "Tahun atau tanggal mulai berlaku.",
        "berlaku_sampai": "Tahun atau tanggal berakhir, bila sudah diganti.",
        "diganti_oleh": "Id peraturan penggantinya.",
        "catatan": "Catatan untuk penelaah.",
    },
    "Term": {
        "istilah": "Istilah atau singkatan.",
        "kepanjangan": "Kepanjangan, bila singkatan.",
        "sebutan_lain": "Kata lain yang mungkin dicari orang; tidak dicetak.",
        "arti": "Arti dalam satu kalimat.",
    },
    "Character": {
        "nama": "Nama panggilan, satu kata; satu nama untuk satu orang di seluruh kurikulum.",
        "sapaan": "Sapaan yang dipakai: Bu, Pak, Mbah, Mas; kosong untuk anak.",
        "modul": "Slug modul tempat orang ini muncul.",
        "peran": "Siapa orang ini, untuk penulis lain.",
    },
    "Picture": {
        "sumber": "Siapa yang menggambar atau memotret, dan untuk apa.",
        "lisensi": "Lisensi yang mengizinkan gambar dicetak dan disebarkan.",
        "orang": "true: ada orang yang dapat dikenali di gambar ini.",
        "persetujuan": "Siapa di antara mereka yang setuju, kapan, dan di mana suratnya disimpan.",
        "hiasan": "true bila gambar hanya hiasan; teks penggantinya boleh kosong.",
    },
    "RunFile": {
        "judul": "Judul pelatihan.",
        "tahap": "Uji coba atau reguler.",
        "kurikulum": "Versi kurikulum yang dipakai.",
        "modul": "Slug → versi, hanya yang lain daripada kurikulumnya.",
        "penyelenggara": "Lembaga penyelenggara.",
        "tempat": "Tempat pelatihan.",
        "tanggal": "Hari pertama dan terakhir.",
        "peserta": "Siapa yang dilatih.",
        "pengajar": "Pengajar dan modul yang diajarkannya.",
        "jadwal": "Jam kerja, jeda, dan isi setiap hari.",
        "tanpa": "Slug → alasan: modul kurikulum yang tidak diajarkan di pelatihan ini.",
        "tes": "Pretest dan posttest; tanpa kunci ini 20 soal, berbenih tahun pelatihan.",
        "kertas": "Ukuran kertas dokumen yang dicetak; tanpa kunci ini A4. F4: 215 × 330 mm.",
        "kelompok": "Banyaknya kelompok di kelas; tanpa kunci ini peserta dibagi 5, ke atas.",
        "administrasi": "Isian dokumen panitia; yang kosong ditulis dengan tangan.",
        "lokal": "Keterangan setempat, misalnya nomor layanan.",
    },
    "Place": {
        "nama": "Nama tempat.",
        "kota": "Kabupaten atau kota.",
        "provinsi": "Provinsi.",
        "zona": "Zona waktu.",
    },
    "Dates": {"mulai": "Hari pertama, misalnya 2025-01-21.", "selesai": "Hari terakhir."},
    "Participants": {
        "asal": "Asal peserta.",
        "jumlah": "Jumlah peserta.",
        "unsur": "Unsur pilar, misalnya Tagana atau PSM.",
    },
    "Trainer": {
        "nama": "Nama; boleh kosong.",
        "nip": "NIP dalam tanda kutip; boleh kosong.",
        "peran": "Peran atau jabatan.",
        "instansi": "Instansi.",
        "modul": "Slug modul yang diajarkan.",
    },
    "Tests": {
        "benih": "Bilangan penentu undian soal: benih yang sama memilih soal yang sama.",
        "soal": "Banyaknya soal tiap naskah, 1–100.",
    },
    "Administration": {
        "kepala": "Kepala lembaga penyelenggara, yang mengetahui.",
        "ketua_panitia": "Ketua panitia penyelenggara.",
        "nomor_berita_acara": "Nomor berita acara pelaksanaan.",
        "nomor_sttp": "Nomor STTP yang dilampiri daftar mata pelatihan.",
        "tanggal_sttp": "Tanggal STTP, misalnya 2025-01-24.",
    },
    "Official": {
        "nama": "Nama dengan gelar.",
        "nip": "NIP dalam tanda kutip.",
        "jabatan": "Jabatan seperti di bawah tanda tangan.",
    },
    "Schedule": {
        "mulai": 'Jam mulai, dalam tanda kutip: "08.00".',
        "selesai": 'Jam selesai semua hari, "17.00", atau daftar: satu jam untuk tiap hari.',
        "jeda": "Rehat dan ISHOMA; tanpa kunci ini berlaku jeda bawaan.",
        "hari": "Satu daftar untuk tiap hari: acara atau slug modul, menurut urutan.",
    },
    "Break": {
        "judul": "Nama jeda.",
        "mulai": 'Jam mulai, dalam tanda kutip: "12.00"; atau tulis sekitar.',
        "sekitar": "Mulai di akhir kegiatan yang terdekat dengan jam ini, paling jauh 30 menit.",
        "selesai": "Jam selesai; atau tulis menit.",
        "menit": "Lamanya; atau tulis selesai.",
        "hari": "Hari ke berapa saja, mulai 1; kosong berarti setiap hari.",
    },
    "Entry": {
        "modul": "Slug modul.",
        "jp": "Sebagian jam modul saja.",
        "acara": "Nama acara, misalnya pembukaan.",
        "judul": "Judul lain untuk acara ini.",
        "menit": "Lamanya dalam menit.",
        "mulai": 'Mulai pada jam ini, dalam tanda kutip: "07.30".',
    },
    "Local": {"kontak": "Alamat dan nomor layanan setempat."},
    "Contact": {
        "nama": "Nama layanan.",
        "keterangan": "Untuk keperluan apa.",
        "alamat": "Alamat.",
        "telepon": "Nomor telepon.",
        "berlaku_sampai": "Tanggal sampai kapan keterangan ini boleh dipercaya.",
    },
}
"""What each key of each model is, as authors read it."""


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its name in FILES. Raises KeyError for a key that WORDS does not explain."""
    found = {}
    for name, (kind, pattern) in FILES.items():
        schema = _plain(TypeAdapter(kind).json_schema(mode="validation"))
        for model, definition in schema.get("$defs", {}).items():
            _explain(model, definition)
        if "properties" in schema:
            _explain(kind.__name__, schema)
        head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": pattern}
        found[name] = head | schema
    return found


def _plain(value: Any, names: bool = False) -> Any:
    """Without pydantic's titles and the code's own docstrings; `names`: keys are names of keys."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _plain(item, key in ("properties", "$defs"))
        for key, item in value.items()
        if names or key not in ("title", "description")
    }


def _explain(model: str, definition: dict[str, Any]) -> None:
    for key, schema in definition.get("properties", {}).items():
        schema["description"] = WORDS[model][key]


def files() -> dict[Path, str]:
    """Everything that is written, by its path in the project."""
    texts = {
        FOLDER / f"{name}.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }
    settings = {
        "yaml.schemas": {
            f"./{FOLDER.as_posix()}/{name}.schema.json": pattern
            for name, (_, pattern) in FILES.items()
        },
        "yaml.format.enable": False,
    }
    texts[Path(".vscode/settings.json")] = json.dumps(settings, indent=1) + "\n"
    return texts


def main() -> None:
    """Write what has changed; with --check, name it and fail."""
    changed = [
        (path, text)
        for path, text in files().items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    for path, text in changed:
        print(path)
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    if changed and "--check" in sys.argv:
        sys.exit("schema: run python -m pilar.cli.schema")


if __name__ == "__main__":
    main()
