"""Words in families: what belongs together, what does not, and how a phone is led to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pilar.editions.web.search.word_families import entries, families, folded, roots, words_in

TOGETHER = (
    "latih dilatih melatih pelatihan berlatih latihan",
    "rujukan dirujuk merujuk",
    "keluhan mengeluh",
    "isi mengisi diisi pengisian",
    "nilai menilai penilaian dinilai",
    "sejahtera kesejahteraan",
    "layanan melayani pelayanan",
    "tulis menulis penulis",
    "sepakat kesepakatan menyepakati disepakati",
    "ajar belajar mengajar pembelajaran",
    "kunjungan berkunjung dikunjungi",
)
APART = ("tanya", "bertamu", "anda", "tanda", "empat", "dia", "media", "kata", "teratai", "8/2012")


def test_forms_of_a_word_are_together_and_others_apart() -> None:
    groups = families([*" ".join(TOGETHER).split(), *APART])
    assert sorted(map(sorted, groups)) == sorted(
        [*(sorted(group.split()) for group in TOGETHER), *([word] for word in APART)]
    )


def test_every_word_leads_to_its_own_family_alone() -> None:
    groups = families(" ".join(TOGETHER).split())
    named = entries(groups)
    for group, names in zip(groups, named, strict=True):
        assert names[0] == group[0]
        for word in group:
            led = [other for other in groups if _leads(word, other[0])]
            assert word in names or led == [group]


def _leads(word: str, first: str) -> bool:
    return any(root == first or len(root) > 4 for root in {*roots(word)} & {*roots(first)})


def test_a_word_is_the_same_however_it_is_written() -> None:
    assert folded("Jum’at, JUM'AT, Ārogya") == "jumat, jumat, arogya"
    assert [*words_in("A. Orang-orang (BLC-LK2), 8/2012")] == [
        *("orang", "orang", "blc-lk2", "blc", "lk2"),
        *("8/2012", "8", "2012"),
    ]


@given(st.lists(st.text("abeginkmprstu", min_size=1, max_size=12), max_size=30))
def test_every_word_is_in_one_family(words: list[str]) -> None:
    groups = families(words)
    assert sorted(word for group in groups for word in group) == sorted(set(words))
    assert groups == families(reversed(words))
