"""Packs of a saved site: every file whole, whatever it holds, and what is alike close together."""

from __future__ import annotations

import gzip
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilar.editions.web.offline_packs import packs_of
from pilar.store.pack import packed, unpacked

PAGES = st.sampled_from(["index.html", "a/x.html", "a/y.html", "b/x.html", "kelas/A.html"])
PIECES = st.sampled_from(
    ["<article>", "</article>", '<h2 id="i">', '<p id="j">', "<", "x\n", "é", '"', "\\"]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@st.composite
def sites(draw: st.DrawFn) -> dict[str, bytes]:
    """Pages, well-formed or not, blocks of the search that are of one or of none, other files."""
    files = {name: text.encode() for name, text in draw(st.dictionaries(PAGES, TEXTS)).items()}
    for number in range(draw(st.integers(0, 6))):
        page, place, anchor = draw(PAGES), draw(TEXTS), draw(st.sampled_from(["", "i", "j", "k"]))
        data = json.dumps([page, place, [[anchor, "Judul", draw(TEXTS)]]], separators=(",", ":"))
        files[f"cari/t1-{number}.js"] = f'pilar.cari.terima("t1-{number}",{data})\n'.encode()
    return files | draw(st.dictionaries(st.sampled_from(["a/b.svg", "sw2.js", "c"]), st.binary()))


@given(sites())
def test_a_site_is_whole_in_its_packs(files: dict[str, bytes]) -> None:
    held: dict[str, bytes] = {}
    for pack in packs_of(files).values():
        held |= unpacked(gzip.decompress(pack))
    assert held == files


def test_a_block_is_in_the_pack_of_its_page_behind_its_text() -> None:
    words = random.Random(5)
    texts = [" ".join(f"{words.random():.9f}" for _ in range(500)) for _ in range(12)]
    page = "".join(f'<h2 id="i{n}">{text}</h2>' for n, text in enumerate(texts))
    blocks = {
        f"cari/t0-{n}.js": f'pilar.cari.terima("t0-{n}",["a/x.html","A",[["i{n}","","{text}"]]])'
        for n, text in enumerate(texts)
    }
    files = {"a/x.html": f"<article>{page}</article>", **blocks}
    packs = packs_of({name: text.encode() for name, text in files.items()})
    assert [*packs] == ["assets/luring/a.bin"]
    alone = packs_of({"a/x.html": files["a/x.html"].encode()})
    size, least = (len(all["assets/luring/a.bin"]) for all in (packs, alone))
    assert size < 1.1 * least, "the page has 72 KB of text, and Deflate looks back 32"


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"[]\n", id="no names"),
        pytest.param(b'{"kemasan":["a"],"bagian":[0,2]}\nx', id="too short"),
        pytest.param(b'{"kemasan":["a"],"bagian":[0,1]}\nxy', id="more than it says"),
        pytest.param(b'{"kemasan":["a"],"bagian":[0,1,0]}\nx', id="half a part"),
        pytest.param(b'{"kemasan":["a"],"bagian":[1,1]}\nx', id="a file without a name"),
        pytest.param(b'{"kemasan":["a"],"bagian":[-1,1]}\nx', id="a file before the first"),
        pytest.param(b'{"kemasan":["a","a"],"bagian":[0,1]}\nx', id="a name twice"),
        pytest.param(b'{"kemasan":["a"],"bagian":[0,3,0,-2]}\nx', id="a part over another"),
        pytest.param(b'{"kemasan":["a"],"bagian":[0,"1"]}\nx', id="a length that is none"),
    ],
)
def test_what_is_no_pack_is_refused(pack: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpacked(pack)


def test_a_pack_names_each_file_once() -> None:
    pack = packed([("a", b"1"), ("b", b""), ("a", b"2")])
    assert pack == b'{"kemasan":["a","b"],"bagian":[0,1,1,0,0,1]}\n12'
