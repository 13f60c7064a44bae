"""Where books break words: as EYD V says, and only where no reading of a word forbids it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from pyphen import Pyphen

from pilar.editions.book.part import render_part
from pilar.leaks.sequences import words_of

ROOT = Path(__file__).parents[2]
WORDS = """
ku-ri-ku-lum ma-sya-ra-kat ke-se-jah-te-raan pe-la-tihan pe-serta fa-si-li-ta-tor pe-nyu-luh
pen-dam-ping-nya ke-lu-rahan ka-bu-pa-ten di-sa-bi-li-tas ke-bu-tuhan ke-giatan-nya me-la-ku-kan
mem-be-ri-kan sam-pai-kan gu-na-kan tin-dakan pen-di-dikan ke-bi-jakan ke-du-dukan per-baikan
ru-jukan menga-tur menga-rang penga-laman penge-ta-huan meng-hi-tung peng-ha-silan berada beras
pera-turan tera-khir mem-pero-leh be-rita mu-ta-khir ikh-las bang-krut ang-gota mem-ba-ngun
de-ngar-kan ba-nyak-nya me-nyam-pai-kan isya-rat kon-trak in-klu-sif eks-klu-sif eks-tra in-stansi
kon-struksi trans-por-tasi ad-mi-nis-trasi ap-li-kasi sek-re-ta-ris di-pro-ses di-kri-tik program
psi-ko-tro-pika pos-yandu wi-dyais-wara antar-ang-gota sau-dara su-ngai kea-daan dae-rah
da-tangi-nya kem-ba-li-kan me-nan-da-kan build-ing
""".split()


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_broken_between_syllables(word: str) -> None:
    assert Pyphen(lang="id", left=2, right=3).inserted(word.replace("-", "")) == word


def test_each_piece_of_each_word_of_the_curriculum_can_be_spoken() -> None:
    texts = (path.read_text("utf-8") for path in sorted((ROOT / "modules").rglob("*.[my]*")))
    words = {word for text in texts for word in re.findall(r"[a-z]{5,}", text.casefold())}
    assert len(words) > 3000
    for broken in map(Pyphen(lang="id").inserted, words):
        pieces = broken.split("-")
        assert len(pieces) == 1 or all(re.search("[aiueo]", piece) for piece in pieces), broken
        assert min(map(len, pieces)) > 1, broken
        assert not re.search("n-[gy][aiueo]|(?<!po)s-y|k-h", broken), broken


def test_a_broken_line_ends_with_a_plain_hyphen_as_codes_have_it() -> None:
    css = (ROOT / "overrides/buku/buku.css").read_text("utf-8")
    rules = "@page { size: 50mm 60mm; margin: 5mm } p { hyphens: auto; width: 20mm }"
    html = '<html lang="id"><title>x</title><p>Dasar kurikulum, BLC-LK1'
    part = render_part("modules/contoh", html, css + rules, {})
    with pypdfium2.PdfDocument(io.BytesIO(part.pdf)) as document:
        text = document[0].get_textpage().get_text_range()
    assert "BLC-LK1" in text
    assert "kuri\ufffekulum" in text, text
    assert "kurikulum" in words_of(text)
