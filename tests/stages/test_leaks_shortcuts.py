"""What the leak gate does to be quick changes nothing of what it finds."""

from __future__ import annotations

import io
import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Name

from pilar.leaks.fingerprints import Fingerprints
from pilar.leaks.opening import opened
from pilar.leaks.pdf import PageTexts, unpacked
from pilar.leaks.said import Said, UnopenedError
from pilar.leaks.sequences import words_of

from .test_leaks import WORD, found, pdf, prints_of

_LETTERS = st.one_of(
    st.characters(max_codepoint=127), st.sampled_from("“”‘’–—…•·×→−\u00a0\u00ad\u2010\u200b")
)


@given(st.text(_LETTERS))
def test_plain_letters_make_the_words_that_they_make_beside_others(text: str) -> None:
    assert [*words_of(text), "é"] == words_of(f"{text} . é")


@pytest.fixture(autouse=True)
def _without_progress(caplog: pytest.LogCaptureFixture) -> None:
    """WeasyPrint tells each step."""
    caplog.set_level(logging.WARNING, "weasyprint.progress")


@pytest.fixture(scope="module")
def prints() -> Fingerprints:
    return prints_of(SECRET.format(word=WORD))


SECRET = "# Judul\n\n/// pelatih\nCatatan {word} untuk pelatih.\n///\n"
PLACE = {("modules/contoh/hal-1.md", 4)}


# Files of the theme.


SCRIPT = "assets/javascripts/lunr/wordcut.js"


@pytest.fixture(scope="module")
def script() -> bytes:
    """A script that the theme brings."""
    spec = find_spec("material")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "templates" / SCRIPT).read_bytes()


def test_a_file_of_the_theme_is_the_themes(script: bytes) -> None:
    word = next(word for word in words_of(script.decode()) if len(word) > 8 and word.isalpha())
    assert found(prints_of(SECRET.format(word=word)), SCRIPT, script) == set()


def test_leak_in_a_file_of_the_theme_that_was_altered(script: bytes, prints: Fingerprints) -> None:
    assert found(prints, SCRIPT, script) == set()
    assert found(prints, SCRIPT, script + f"// {WORD}".encode()) == PLACE
    assert found(prints, f"{WORD}/{SCRIPT}", script) == PLACE


def test_a_word_of_the_software_is_no_leak_and_one_beside_it_is() -> None:
    prints = prints_of(SECRET.format(word="JavaScript"), SECRET.format(word=WORD))
    assert found(prints, "a.html", "<p>javascript</p>") == set()
    page = f"<p>javascript {WORD}</p>"
    assert found(prints, "a.html", page) == {("modules/contoh/hal-2.md", 4)}


# PDFs: read as they stand where they are written as ours are, else written anew.


PACKED = pikepdf.ObjectStreamMode.generate
PLAIN = pikepdf.ObjectStreamMode.disable


def saved(data: bytes, mode: pikepdf.ObjectStreamMode = PACKED, **options: Any) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        file.save(target, object_stream_mode=mode, **options)
    return target.getvalue()


def strings(data: bytes) -> set[str]:
    """What a PDF says; of the names alone those of a book, for an encrypted file has more."""
    said = {one.text for one in opened("a.pdf", data) if not one.text.startswith("AESV")}
    return {text for text in said if text.isprintable()}


def test_as_it_stands_a_book_says_what_it_says_written_anew() -> None:
    body = "<h1>Satu (dua) \\ tiga</h1><p id=sini>é <a href='#sini'>x</a></p>"
    data = pdf(body, "<meta name=author content='Banyak (orang)'>")
    encrypted = saved(data, encryption=pikepdf.Encryption(owner="a", user="", R=6))
    assert unpacked(saved(data)) is not None
    said = strings(saved(data))
    assert {"Satu (dua) \\ tiga", "Banyak (orang)", "sini"} <= said
    assert said <= strings(encrypted)
    assert said <= strings(saved(data, PLAIN))


def with_name(file: pikepdf.Pdf) -> None:
    file.Root[f"/zz{WORD}"] = True


@pytest.mark.parametrize("mode", [PACKED, PLAIN])
def test_leak_in_a_pdf_packed_and_plain(
    mode: pikepdf.ObjectStreamMode, prints: Fingerprints
) -> None:
    data = saved(pdf(head=f"<meta name=author content='zz {WORD}'>"), mode)
    assert (WORD.encode() in data) == (mode is PLAIN)
    assert unpacked(data) is not None
    assert found(prints, "a.pdf", data) == PLACE


@pytest.mark.parametrize("mode", [PACKED, PLAIN])
def test_leak_in_a_name_of_a_pdf_alone(
    mode: pikepdf.ObjectStreamMode, prints: Fingerprints
) -> None:
    def called(file: pikepdf.Pdf) -> None:
        file.Root[f"/{WORD}"] = True

    assert found(prints, "a.pdf", saved(pdf(), mode)) == set()
    assert found(prints, "a.pdf", saved(pdf(change=called), mode)) == PLACE


@pytest.mark.parametrize(
    ("usual", "strange"),
    [
        pytest.param(f"(zz\\({WORD}\\)zz)", f"(zz({WORD})zz  )", id="nested parentheses"),
        pytest.param(f"/zz{WORD}", f"/#6b{WORD[1:]}", id="escape in a name"),
        pytest.param(f"(zz\\({WORD}\\)zz)", f"(zz\\({WORD}\\)zz)", id="as usual"),
    ],
)
def test_leak_in_a_pdf_however_it_spells(usual: str, strange: str, prints: Fingerprints) -> None:
    data = pdf(head=f"<meta name=author content='zz({WORD})zz'>", change=with_name)
    plain = saved(data, PLAIN)
    assert plain.count(usual.encode()) == 1
    changed = plain.replace(usual.encode(), strange.encode())
    assert (unpacked(changed) is None) == (usual != strange)
    assert found(prints, "a.pdf", changed) == PLACE


def wrapped(text: str, inherited: bool) -> bytes:
    """A page whose content is the same whatever its text, which is in what it uses."""
    target = io.BytesIO()
    data = io.BytesIO(pdf(f"<p>{text}</p>"))
    with pikepdf.open(data, inherit_page_attributes=False) as file:
        page = file.Root.Pages.Kids[0]
        form = file.make_stream(
            page.Contents.read_bytes(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=page.MediaBox,
            Resources=page.Resources,
        )
        page.Contents = file.make_stream(b"/Isi Do")
        owner = page.Parent if inherited else page
        del page.Resources
        owner.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Isi=form))
        file.save(target)
    return target.getvalue()


@pytest.mark.parametrize("inherited", [False, True])
def test_leak_on_a_page_that_looks_like_one_read_before(
    inherited: bool, prints: Fingerprints
) -> None:
    assert found(prints, "a.pdf", wrapped("Teks lain.", inherited)) == set()
    assert found(prints, "a.pdf", wrapped(WORD, inherited)) == PLACE


def test_the_same_page_is_read_once() -> None:
    data = pdf("<p>Satu.</p><p style='break-before: page'>Dua.</p>")
    first = saved(data)
    with pikepdf.open(io.BytesIO(data)) as file:
        del file.pages[0]
        target = io.BytesIO()
        file.save(target)
    pages = PageTexts()
    list(opened("a.pdf", first, pages))
    before = set(pages.texts)
    assert len(before) == 2
    list(opened("b.pdf", target.getvalue(), pages))
    assert set(pages.texts) == before


def test_a_file_is_read_once_while_it_is_among_the_last() -> None:
    pages, reads = PageTexts(), list[bytes]()

    def ask(data: bytes) -> None:
        def read() -> list[Said]:
            reads.append(data)
            return [Said(data.decode())]

        assert list(pages.file(data, read)) == [Said(data.decode())]

    others = [b"%d" % number for number in range(100)]
    for other in others:
        ask(b"selalu ada")
        ask(other)
    assert reads == [b"selalu ada", *others]
    assert len(pages.files) < 30
    ask(others[0])  # forgotten
    assert reads[-1] == others[0]


def test_what_a_file_says_is_the_same_the_second_time() -> None:
    pages, data = PageTexts(), saved(pdf("<p>Satu.</p><p>1 B 2 C 3 A 4 D 5 A</p>"))
    first = list(opened("a.pdf", data, pages))
    assert list(opened("a.pdf", data, pages)) == first == list(opened("a.pdf", data))
    assert any(piece.key_rows for piece in first)


def test_a_damaged_file_is_damaged_again() -> None:
    pages = PageTexts()
    for _ in range(2):
        with pytest.raises(UnopenedError):
            list(opened("a.pdf", b"%PDF-1.7 rusak", pages))
    assert pages.files == {}
