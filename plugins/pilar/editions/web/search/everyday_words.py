"""What people say for what is written: short forms of every day, and questions that a page answers.

The language's and the site's own, not the curriculum's: terms have theirs in glosarium.yml
(`sebutan_lain`), which a locked run takes as it was. A list of code, for the leak gate knows words
of the software (leaks/software.py).
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from .word_families import words_in

_SAME = """
gepeng = gelandangan pengemis
odgj = gangguan jiwa
kdrt = kekerasan rumah tangga
anjal = anak jalanan
difabel = penyandang disabilitas
bansos = bantuan sosial
rutilahu = rumah tidak layak huni
narkoba = napza
homevisit = home visit = kunjungan rumah
komplain = aduan = pengaduan = keluhan
monev = pemantauan evaluasi
interview = wawancara
pirt = spp-irt
bullying = perundungan
ortu = orang tua
kades = kepala desa
nakes = tenaga kesehatan
medsos = media sosial
wa = whatsapp = pesan
hp = handphone = telepon
ttd = tanda tangan
sholat = salat
absen = absensi = daftar hadir
jam berapa mulai = mulai jam berapa = kapan mulai = jam mulai = jadwal
jam berapa selesai = selesai jam berapa = kapan selesai = jam pulang = kapan pulang = jadwal
jam istirahat = kapan istirahat = jam makan = makan siang = ishoma = jadwal
download = unduh
buku pdf = cetak unduh
"""
"""A line a group: what is said, and last what is written."""


def everyday_words(known: Container[str]) -> Iterator[list[str]]:
    """The groups whose last name has nothing but words that a site has, those in `known`."""
    for line in _SAME.strip().splitlines():
        names = line.split(" = ")
        if all(word in known for word in words_in(names[-1])):
            yield names
