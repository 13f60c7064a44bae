"""Sealing of a finished site: keys, pages that stand alone, the page around them."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from pathlib import Path

import lxml.html
import pikepdf
import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from pilar.build.seal import Seal, sweep
from pilar.editions.policy import with_policy
from pilar.editions.seal import seal_site
from pilar.editions.seal.keys import ROUNDS, STEP, Keys, normalized, weakness
from pilar.editions.seal.shell import Shell
from pilar.editions.seal.standalone import Site
from pilar.model.problem import ContentError

TEMPLATES = Path(__file__).parents[2] / "overrides/segel"
PASSPHRASE = "tikar pandan rebus jagung"
SECRET = "Bu Melati menyimpan telepon genggamnya"


@pytest.fixture(scope="module")
def keys() -> Keys:
    return Keys.derive(PASSPHRASE)


class TestPassphrase:
    @pytest.mark.parametrize(
        "typed",
        [
            "  tikar pandan\trebus\r\njagung ",
            "tikar\u00a0pandan\u3000rebus\u2009jagung",
            "ｔｉｋａｒ pandan rebus jagung",
            "tikar pandan rebus\ufeff jagung\u200b",
            "\u202btikar pandan\u202c rebus\ufe0f jagung\u2069",
        ],
    )
    def test_spaces_widths_and_invisible_signs_do_not_count(self, typed: str):
        assert normalized(typed) == PASSPHRASE

    def test_letters_and_case_do(self):
        assert len({normalized(text) for text in ("Rebus", "rebus", "rébus", "rebu s")}) == 4
        assert normalized("re\u0301bus") == normalized("r\u00e9bus")
        assert normalized("re\u200d\u0301bus") == normalized("r\u00e9bus")

    @given(st.text())
    def test_normalizing_twice_changes_nothing(self, text: str):
        assert normalized(normalized(text)) == normalized(text)

    @pytest.mark.parametrize(
        ("passphrase", "reason"),
        [
            ("", "terlalu pendek: 0 karakter, sedikitnya 16"),
            ("lima belas huruf", ""),
            ("lima belas hurf", "terlalu pendek: 15 karakter"),
            ("aaaaaaaaaaaaaaaaaaaa", "terlalu seragam"),
            ("kata sandi " * 12, "terlalu panjang"),
            ("kata sandi\x07 yang berbunyi", "memuat karakter"),
            ("kata sandi\udcff yang rusak", "memuat karakter"),
        ],
    )
    def test_weak_ones_are_told_apart(self, passphrase: str, reason: str):
        assert weakness(passphrase).startswith(reason) if reason else not weakness(passphrase)


class TestKeys:
    @given(st.binary(max_size=3 * STEP))
    def test_what_is_sealed_opens_again(self, keys: Keys, data: bytes):
        sealed = keys.seal(data, "sapa/kunci.html")
        assert keys.open(sealed, "sapa/kunci.html") == data
        assert (len(sealed) - 12 - 16) % STEP == 0, "the length must not tell the content's"

    def test_another_name_key_or_byte_does_not_open(self, keys: Keys):
        sealed = keys.seal(b"isi", "a.html")
        for opener, data, name in (
            (keys, sealed, "b.html"),
            (Keys.derive(PASSPHRASE), sealed, "a.html"),
            (Keys.derive("lain sama sekali ini", keys.salt), sealed, "a.html"),
            (keys, sealed[:-1] + bytes([sealed[-1] ^ 1]), "a.html"),
        ):
            with pytest.raises(InvalidTag):
                opener.open(data, name)

    def test_nothing_is_sealed_twice_alike(self, keys: Keys):
        assert len({keys.seal(b"isi", "a.html")[:12] for _ in range(500)}) == 500
        assert Keys.derive(PASSPHRASE).salt != keys.salt

    def test_the_derivation_is_slow_enough(self):
        assert ROUNDS >= 600_000

    def test_a_fingerprint_depends_on_both(self, keys: Keys):
        same = Keys.derive(PASSPHRASE, keys.salt)
        assert keys.fingerprint("a") == same.fingerprint("a") != keys.fingerprint("b")
        assert keys.fingerprint("a") != Keys.derive("x" + PASSPHRASE, keys.salt).fingerprint("a")

    def test_secrets_are_not_shown(self, keys: Keys):
        assert repr(keys.content) not in repr(keys)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A trainer site with one file of each kind."""
    for name, text in {
        "index.html": "<p><a href='sapa/kunci.html'>x</a>",
        "sapa/kunci.html": f"<title>{SECRET}</title><script src='../assets/a.js'></script>"
        "<script>let a = 1</script><script id='c' type='application/json'>{}</script>"
        f'<img alt="{SECRET}" src="aset/jawab%20satu.svg"><p>{SECRET}'
        '<a href="../dokumen/jadwal.ics#a">x</a>',
        "sapa/aset/jawab satu.svg": f"<svg><!--{SECRET}--></svg>",
        "sapa/aset/tak-terpakai.svg": f"<svg><!--{SECRET}--></svg>",
        "dokumen/jadwal.ics": SECRET,
        "cari/t0.js": f'pilar.cari.terima("t0",{json.dumps([SECRET])})\n',
        "sitemap.xml": SECRET,
        "assets/luring/sapa.bin": SECRET,
        "assets/a.js": "tema",
        "assets/stylesheets/b.css": "tema",
    }.items():
        (tmp_path / "terang" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "terang" / name).write_text(text, "utf-8")
    (tmp_path / "terang/buku").mkdir()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = SECRET
        pdf.save(tmp_path / "terang/buku/sap.pdf")
    return tmp_path / "terang"


class TestFolder:
    @pytest.fixture
    def sealed(self, site: Path, keys: Keys, tmp_path: Path) -> Path:
        seal_site(site, tmp_path / "segel", PASSPHRASE, keys, Shell(TEMPLATES, "2025-03-x"))
        return tmp_path / "segel"

    def test_each_kind_of_file_finds_its_way(self, sealed: Path):
        names = {p.relative_to(sealed).as_posix() for p in sealed.rglob("*") if p.is_file()}
        assert names == {
            "index.html",
            "sapa/kunci.html",
            "dokumen/jadwal.ics.html",
            "cari/t0.js",
            "assets/a.js",
            "assets/stylesheets/b.css",
            "buku/sap.pdf",
        }

    def test_the_secret_is_in_none_and_opens_from_each(self, sealed: Path, keys: Keys):
        for path in (p for p in sealed.rglob("*") if p.is_file()):
            assert SECRET.encode() not in path.read_bytes(), path
            assert SECRET.encode("utf-16-be") not in path.read_bytes(), path
        piece = re.fullmatch(
            r'pilar\.cari\.terima\("t0","([\w+/=]+)"\)\n',
            (sealed / "cari/t0.js").read_text("utf-8"),
        )
        assert piece
        assert json.loads(keys.open(base64.b64decode(piece[1]), "cari/t0.js")) == [SECRET]
        assert _opened(sealed / "dokumen/jadwal.ics.html", keys) == SECRET
        page = _opened(sealed / "sapa/kunci.html", keys)
        picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
        assert picture
        assert SECRET in base64.b64decode(picture[1]).decode()
        assert 'href="../dokumen/jadwal.ics.html#a"' in page
        with pikepdf.open(sealed / "buku/sap.pdf", password=PASSPHRASE) as pdf:
            assert str(pdf.docinfo["/Title"]) == SECRET
            assert (pdf.encryption.R, pdf.encryption.stream_method.name) == (6, "aesv3")

    def test_every_sealed_page_looks_the_same_outside(self, sealed: Path):
        pages = [_shell(path) for path in sorted(sealed.rglob("*.html"))]
        shown = {page.xpath("string(//title)") + page.xpath("string(//main)") for page in pages}
        assert len(pages) == 3
        assert len(shown) == 1
        told = {page.xpath("string(//noscript)") for page in pages}
        assert [("JavaScript harus diizinkan" in text) for text in told] == [True]

    def test_the_policy_names_scripts_to_the_letter(self, sealed: Path):
        policy = _shell(sealed / "sapa/kunci.html").xpath("string(//meta[@http-equiv]/@content)")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        scripts = re.search(r"script-src ([^;]*)", policy)
        assert scripts
        assert len(scripts[1].split()) == 3, "'self', the shell's, the page's one"

    def test_a_script_that_the_plain_page_forbids_stays_forbidden(self, keys: Keys):
        shell = Shell(TEMPLATES, "2025-03-x")
        html = "<html><head><script>satu()</script><script>dua()</script></head></html>"
        plain = with_policy(html, lambda text: text == "satu()")
        allowed, forbidden, ours = (
            set(re.findall(r"'sha256-[^']*'", shell.page(keys, "a.html", page, before)))
            for page, before in ((html, plain), (html, ""), ("<p></p>", ""))
        )
        assert len(allowed - ours) == 1
        assert len(forbidden - ours) == 2

    @pytest.mark.parametrize("name", ["assets/aset/kunci.svg", "assets/kunci.pdf", "unduhan.zip"])
    def test_what_is_not_surely_the_themes_is_not_copied(self, site: Path, keys: Keys, name: str):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("pdf"):
            (site / "buku/sap.pdf").rename(site / name)
        else:
            (site / name).write_text(SECRET, "utf-8")
        goal = site.parent / "segel"
        seal_site(site, goal, PASSPHRASE, keys, Shell(TEMPLATES, "2025-03-x"))
        copied = goal / name
        assert not copied.exists() or SECRET.encode() not in copied.read_bytes()


class TestPages:
    @pytest.fixture
    def pages(self, site: Path) -> Site:
        return Site({"sapa/aset/a.svg": site / "sapa/aset/tak-terpakai.svg"})

    @pytest.mark.parametrize(
        "use",
        [
            '<img srcset="aset/a.svg 2x">',
            '<p style="background:url(aset/a.svg)">',
            "<img src=aset/a.svg>",
            '<svg><image xlink:href="aset/a.svg"/></svg>',
        ],
    )
    def test_a_use_that_would_come_out_empty_stops_the_build(self, pages: Site, use: str):
        with pytest.raises(ContentError, match=r"sapa/aset/a\.svg"):
            pages.page("sapa/x.html", f"<p>a</p>{use}")

    @pytest.mark.parametrize(
        "harmless",
        [
            '<a href="lain.html">x</a>',
            '<img alt="aset/a.svg" src="../luar.svg">',
            '<img src="https://contoh.id/sapa/aset/a.svg">',
            '<a href="http://[rusak">x</a>',
        ],
    )
    def test_other_addresses_stay(self, pages: Site, harmless: str):
        assert harmless in pages.page("sapa/x.html", f"<p>a</p>{harmless}")

    def test_a_policy_of_the_pages_own_is_left_to_the_shell(self, pages: Site):
        own = '<meta http-equiv="Content-Security-Policy" content="img-src \'self\'">'
        assert "img-src" not in pages.page("x.html", f"<head>{own}</head><p>a")


def _shell(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(path.read_text("utf-8"))


def _opened(path: Path, keys: Keys) -> str:
    load = json.loads(_shell(path).xpath("string(//script[@id='muatan'])"))
    assert load["putaran"] == ROUNDS
    assert base64.b64decode(load["garam"]) == keys.salt
    return keys.open(base64.b64decode(load["isi"]), load["nama"]).decode()


class TestPlainSite:
    def test_what_a_killed_build_left_is_swept_away(self, tmp_path: Path, keys: Keys):
        with subprocess.Popen(["true"]) as gone:
            gone.wait()
        left = [tmp_path / f"segel-{gone.pid}-abc", tmp_path / "segel-4zc86vm1"]
        for folder in left:
            (folder / "sapa").mkdir(parents=True)
            (folder / "sapa/kunci.html").write_text(SECRET, "utf-8")
        (tmp_path / "a.zip").write_bytes(b"")
        seal = Seal(PASSPHRASE, keys)
        (tmp_path / "segel").mkdir()
        with seal.sealed(tmp_path / "segel", tmp_path, TEMPLATES, "2025-03-x") as plain:
            sweep(tmp_path)
            assert plain.is_dir(), "that of a build at work stays"
            assert plain.stat().st_mode & 0o777 == 0o700
        sweep(tmp_path)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "segel"]
