"""The leak gate opens every kind of file, finds what is the trainers', and nothing else."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from PIL import Image, PngImagePlugin

from pilar.assembly import blockdata
from pilar.assembly.tree import EditionTree, assemble_module
from pilar.editions.book.booklet import booklet
from pilar.leaks.corpus import corpus_of
from pilar.leaks.fingerprints import Fingerprints, fingerprints
from pilar.leaks.gate import Search, check_output
from pilar.leaks.opening import opened
from pilar.leaks.said import UnopenedError
from pilar.leaks.sequences import words_of
from pilar.model.blocks import BLOCKS, Block
from pilar.model.curriculum import Question
from pilar.model.edition import Edition
from pilar.model.problem import ContentError
from pilar.model.run import Project
from pilar.syntax.render import render

from .samples import PROJECT, project_of

REPOSITORY = Path(__file__).parents[2]
WORD = "kenarirahasia"
SENTENCE = "kartu merah diberikan kepada ketua kelompok sesudah lima menit"
SECRET = f"# Judul\n\nTeks untuk semua.\n\n/// pelatih\nCatatan {WORD}: {SENTENCE}.\n///\n"


def tree_of(project: Project, edition: Edition = Edition.PESERTA) -> EditionTree:
    nodes = tuple(assemble_module(module, project, edition) for module in project.modules.values())
    return EditionTree(PROJECT.runs["2025-01-contoh"], edition, project.curriculum, nodes, ())


def prints_of(*sources: str, questions: tuple[Question, ...] = ()) -> Fingerprints:
    tree = tree_of(project_of(*sources, questions=questions))
    return fingerprints(corpus_of(REPOSITORY, tree), tree)


@pytest.fixture(scope="module")
def prints() -> Fingerprints:
    """Of a page whose public text has the sentence's words too, in another order."""
    words = " ".join(reversed(SENTENCE.split()))
    return prints_of(SECRET.replace("untuk semua", f"untuk semua: {words}"))


def found(prints: Fingerprints, name: str, data: bytes | str) -> set[tuple[str, int]]:
    data = data.encode() if isinstance(data, str) else data
    return {(place.path, place.line) for place in Search(prints).hits(name, data)}


PLACE = {("modules/contoh/hal-1.md", 6)}


def test_each_file_is_found_that_has_a_passage(prints: Fingerprints) -> None:
    search = Search(prints)
    for number in range(3):
        page = f"<p>Halaman {number}</p><p>{SENTENCE}</p>"
        assert {(p.path, p.line) for p in search.hits(f"{number}.html", page.encode())} == PLACE


def gzipped(data: str) -> bytes:
    return gzip.compress(data.encode())


def zipped(name: str, data: bytes, comment: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        archive.comment = comment
    return target.getvalue()


def png(**texts: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        info.add_text(key, text, zip=key == "packed")
    target = io.BytesIO()
    Image.new("L", (4, 4)).save(target, "PNG", pnginfo=info)
    return target.getvalue()


def jpeg(comment: bytes = b"", description: str = "") -> bytes:
    exif = Image.Exif()
    exif[0x010E] = description
    target = io.BytesIO()
    Image.new("L", (4, 4)).save(target, "JPEG", comment=comment, exif=exif)
    return target.getvalue()


def pdf(
    body: str = "Isi.", head: str = "", change: Callable[[pikepdf.Pdf], None] | None = None
) -> bytes:
    html = f"<html lang=id><head><title>Judul</title>{head}</head><body>{body}</body></html>"
    data = weasyprint.HTML(string=html).write_pdf(pdf_tags=True, pdf_forms=True)
    if change is None:
        return bytes(data)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened_file:
        change(opened_file)
        opened_file.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def attached(file: pikepdf.Pdf) -> None:
    file.attachments["catatan.html"] = pikepdf.AttachedFileSpec(file, f"<p>{WORD}".encode())


def with_metadata(file: pikepdf.Pdf) -> None:
    with file.open_metadata() as metadata:
        metadata["dc:description"] = WORD


def with_subject(file: pikepdf.Pdf) -> None:
    file.docinfo["/Subject"] = pikepdf.String(f"é {WORD}")


def with_outline(file: pikepdf.Pdf) -> None:
    with file.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(WORD, 0))


def with_note(file: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type="/Annot", Subtype="/Text", Rect=[0, 0, 9, 9], Contents=WORD)
    note.Type, note.Subtype = pikepdf.Name.Annot, pikepdf.Name.Text
    file.pages[0].Annots = pikepdf.Array([file.make_indirect(note)])


def run(text: str, element: str = "t") -> str:
    """A run of Word, which an editor may end anywhere."""
    return f'<w:r><w:rPr/><w:{element} xml:space="preserve">{text}</w:{element}></w:r>'


def word(runs: str, part: str = "word/document.xml") -> bytes:
    """A .docx with one paragraph."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped(part, f'<w:d xmlns:w="{space}"><w:p>{runs}</w:p></w:d>'.encode())


def cells(text: str) -> bytes:
    """An .xlsx with one shared string."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return zipped("xl/sharedStrings.xml", f'<sst xmlns="{space}"><si>{text}</si></sst>'.encode())


FILES: dict[str, tuple[str, bytes | str]] = {
    "text of a page": ("a.html", f"<p>Teks {WORD}</p>"),
    "sentence alone": ("a.html", f"<p>{SENTENCE.capitalize()}.</p>"),
    "half a sentence": ("a.html", "<p>maka <b>kartu merah</b> diberikan kepada ketua."),
    "attribute": ("a.html", f"<img alt='{WORD}'>"),
    "title": ("a.html", f"<a title='{SENTENCE}'>x</a>"),
    "data attribute": ("a.html", f"<p data-kunci='{WORD}'>x</p>"),
    "percent signs": ("a.html", f"<a href='#%6B{WORD[1:]}'>x</a>"),
    "entities": ("a.html", f"<p>&#107;{WORD[1:]}</p>"),
    "comment": ("a.html", f"<p>x</p><!-- {WORD} -->"),
    "description": ("a.html", f"<meta name=description content='{WORD}'>"),
    "script in a page": ("a.html", f"<script>var a = '{WORD}'</script>"),
    "heading's id": ("a.html", f"<h2 id='{WORD}'>x</h2>"),
    "soft hyphen": ("a.html", f"<p>{WORD[:5]}&shy;{WORD[5:]}</p>"),
    "escaped letters": ("a.js", f'var a = "\\u006b{WORD[1:]}"'),
    "service worker": ("sw.js", f"const files = ['jaga/{WORD}.html'];"),
    "style": ("a.css", f".{WORD} {{}}"),
    "search index": ("search_index.json", json.dumps({"docs": [{"text": f"<p>{WORD}</p>"}]})),
    "text in the search": ("cari/t0.js", f'pilar.cari.terima("t0",["a","b",[["c","d","{WORD}"]]])'),
    "sentence in the search": (
        "cari/t1.js",
        f'pilar.cari.terima("t1",["a","b",[["c","d","Lain. {SENTENCE.capitalize()}. Lain."]]])',
    ),
    "word in the search": ("cari/k0.js", f'pilar.cari.terima("k0",[["{WORD}",[36,7]]])'),
    "name in the search": ("cari/n0.js", f'pilar.cari.terima("n0","satu|dua {WORD}|tiga")'),
    "key of JSON": ("a.json", json.dumps({WORD: 1})),
    "site map": ("sitemap.xml", f"<urlset><loc>/{WORD}/</loc></urlset>"),
    "comment of XML": ("sitemap.xml", f"<urlset><!-- {WORD} --></urlset>"),
    "drawing": ("a.svg", f"<svg xmlns='http://www.w3.org/2000/svg'><text>{WORD}</text></svg>"),
    "gzip": ("sitemap.xml.gz", gzipped(f"<urlset><loc>{WORD}</loc></urlset>")),
    "search piece": ("a.pf_fragment", gzipped(json.dumps({"content": WORD}))),
    "zip": ("a.zip", zipped("a.html", f"<p>{WORD}</p>".encode())),
    "name in a zip": ("a.zip", zipped(f"{WORD}.txt", b"")),
    "comment of a zip": ("a.zip", zipped("a.txt", b"", WORD.encode())),
    "gzip in a zip": ("a.zip", zipped("a.gz", gzipped(WORD))),
    "office file": ("a.docx", zipped("word/document.xml", f"<w>{WORD}</w>".encode())),
    "word in two runs": ("a.docx", word(f"{run(WORD[:6])}<w:proofErr/>{run(WORD[6:])}")),
    "soft hyphen of Word": (
        "a.docx",
        word(f"{run(WORD[:6])}<w:r><w:softHyphen/></w:r>{run(WORD[6:])}"),
    ),
    "sentence in a run a word": ("a.docx", word("".join(run(f"{w} ") for w in SENTENCE.split()))),
    "sentence with tabs": ("a.docx", word("<w:r><w:tab/></w:r>".join(map(run, SENTENCE.split())))),
    "picture amid a word": (
        "a.docx",
        word(f"{run(WORD[:6])}<w:r><w:posOffset>914400</w:posOffset></w:r>{run(WORD[6:])}"),
    ),
    "text box amid a sentence": (
        "a.docx",
        word(f"{run(SENTENCE[:30])}<w:txbx><w:p>{run('Kotak')}</w:p></w:txbx>{run(SENTENCE[30:])}"),
    ),
    "deleted in Word": ("a.docx", word(f"{run('x ')}<w:del>{run(WORD, 'delText')}</w:del>")),
    "written with line breaks": (
        "a.docx",
        word(f"\n  {run(WORD[:6])}\n  {run(WORD[6:])}\n"),
    ),
    "footnote of Word": ("a.docx", word(run(WORD[:4]) + run(WORD[4:]), "word/footnotes.xml")),
    "properties": ("a.docx", zipped("docProps/core.xml", f"<c><d>{WORD}</d></c>".encode())),
    "custom XML": ("a.docx", zipped("customXml/item1.xml", f"<a b='{WORD}'/>".encode())),
    "workbook in a document": (
        "a.docx",
        zipped(
            "word/embeddings/a.xlsx", cells(f"<r><t>{WORD[:5]}</t></r><r><t>{WORD[5:]}</t></r>")
        ),
    ),
    "cell of a workbook": ("a.xlsx", cells(f"<t>{SENTENCE}</t>")),
    "OpenDocument": (
        "a.odt",
        zipped(
            "content.xml",
            '<o xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f"<t:p>x {WORD[:6]}<t:span>{WORD[6:]}</t:span></t:p></o>".encode(),
        ),
    ),
    "data address": (
        "a.html",
        f"<img src='data:text/plain;base64,{base64.b64encode(WORD.encode()).decode()}'>",
    ),
    "text in a PNG": ("a.png", png(comment=WORD)),
    "packed text in a PNG": ("a.png", png(packed=f"{WORD} " * 20)),
    "comment in a JPEG": ("a.jpg", jpeg(comment=WORD.encode())),
    "EXIF": ("a.jpg", jpeg(description=WORD)),
    "two bytes a letter": ("a.txt", WORD.encode("utf-16")),
    "name of the file": (f"{WORD}.html", "<p>x</p>"),
    "printed text": ("a.pdf", pdf(f"<p>{WORD}</p>")),
    "printed sentence": ("a.pdf", pdf(f"<p style='width: 3cm'>{SENTENCE}</p>")),
    "printed, hyphens": (
        "a.pdf",
        pdf(f"<p style='width: 2cm; hyphens: manual'>x {WORD[:6]}&shy;{WORD[6:]}</p>"),
    ),
    "booklet": ("a-buklet.pdf", booklet(pdf(f"<p>{WORD}</p>"), "Judul", (210, 297))),
    "white print": ("a.pdf", pdf(f"<p style='color: white; font-size: 1pt'>{WORD}</p>")),
    "PDF title": ("a.pdf", pdf(head=f"<meta name=author content='{WORD}'>")),
    "PDF outline": ("a.pdf", pdf(change=with_outline)),
    "PDF subject": ("a.pdf", pdf(change=with_subject)),
    "PDF metadata": ("a.pdf", pdf(change=with_metadata)),
    "PDF attachment": ("a.pdf", pdf(change=attached)),
    "PDF note": ("a.pdf", pdf(change=with_note)),
    "PDF form value": ("a.pdf", pdf(f"<form><input value='{WORD}'></form>")),
    "PDF form label": ("a.pdf", pdf(f"<form><input title='{SENTENCE}'></form>")),
    "PDF form name": ("a.pdf", pdf(f"<form><input name='{WORD}'></form>")),
    "PDF destination": ("a.pdf", pdf(f"<p id='{WORD}'>x</p><a href='#{WORD}'>y</a>")),
    "PDF alternative text": (
        "a.pdf",
        pdf(
            f"<img alt='{WORD}' src='data:image/png;base64,{base64.b64encode(png()).decode()}'>",
        ),
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_leak_is_found_in(kind: str, prints: Fingerprints) -> None:
    assert found(prints, *FILES[kind]) == PLACE


@pytest.mark.parametrize("name", ["a.html", "a.json", "a.xml", "a.js", "a.svg", "a.txt", "a"])
@pytest.mark.parametrize("data", [b"", b"\0\xff", b"<", b"{", b"Teks untuk semua."])
def test_what_holds_nothing_is_passed(name: str, data: bytes, prints: Fingerprints) -> None:
    assert found(prints, name, data) == set()


def nested(depth: int) -> bytes:
    data = WORD.encode()
    for _ in range(depth):
        data = gzip.compress(data)
    return data


@pytest.mark.parametrize(
    "data",
    [
        nested(9),
        b"\x1f\x8b rusak",
        b"PK\x03\x04 rusak",
        b"%PDF-1.7 rusak",
        b"\x89PNG rusak",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        rb"{\rtf1 halo}",
    ],
    ids=["packed nine times", "gzip", "zip", "PDF", "picture", "old or locked office", "RTF"],
)
def test_leak_gate_refuses_what_it_cannot_open(data: bytes) -> None:
    with pytest.raises(UnopenedError):
        list(opened("berkas", data))


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_words_broken_at_a_line_end_are_whole(end: str) -> None:
    assert words_of(f"Kar-{end}tu me\u00adrah, SE\u200bTIAP kali") == [
        "kartu",
        "merah",
        "setiap",
        "kali",
    ]


def test_a_hyphen_of_the_word_itself_stays_one_where_a_line_ends() -> None:
    """As PDFium gives lines that end so: without their break."""
    assert words_of("keraha\ufffesiaan SIKS\ufffeNG BLC\ufffe12") == [
        "kerahasiaan",
        *("siks", "ng", "blc", "12"),
    ]


def test_paragraphs_and_cells_make_no_sentence_together() -> None:
    first, second = SENTENCE[:12], SENTENCE[12:]
    apart = zipped("word/document.xml", f"<w><p>{first}</p><p>{second}</p></w>".encode())
    for data in (word(f"{run(first)}</w:p><w:p>{run(second)}"), apart):
        lines = {line for said in opened("a.docx", data) for line in said.passages()}
        assert not any("kartu merah diberikan" in line for line in lines)


# Whole outputs.


def output(tree: EditionTree, folder: Path) -> Path:
    """Pages as a site has them, without a theme."""
    for node in tree.modules:
        for page in node.pages:
            path = folder / page.path.replace(".md", ".html")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"<body>{render(page.source)}</body>", "utf-8")
        for name, data in node.assets().items():
            path = folder / node.module.slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return folder


def told(tree: EditionTree, folder: Path) -> set[str]:
    """Place and code of what the gate says of a folder."""
    try:
        check_output(tree, folder, REPOSITORY)
    except ContentError as error:
        return {f"{p.path}:{p.line}: {p.code}" for p in error.problems}
    return set()


@pytest.mark.parametrize("name", ["pelatih", "kunci"])
def test_leak_gate_stops_a_filter_that_is_off_for_one_block(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"# Judul\n\nTeks.\n\n/// {name}\nCatatan: {SENTENCE}.\n///\n"
    tree = tree_of(project_of(page))
    assert told(tree, output(tree, tmp_path / "utuh")) == set()
    monkeypatch.setitem(BLOCKS, name, replace(BLOCKS[name], audience=None))
    broken = tree_of(project_of(page))
    assert told(broken, output(broken, tmp_path / "bocor")) == {
        "modules/contoh/hal-1.md:6: P101",
        "modules/contoh/hal-1.md:1: P103",
    }


CARDS = f"# Judul\n\n/// kartu | Norma\n    untuk: semua\n\n- {SENTENCE}\n///\n"


def test_leak_gate_stops_cards_that_no_option_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = tree_of(project_of(CARDS))
    assert told(opened, output(opened, tmp_path / "dibuka")) == set()
    page = CARDS.replace("    untuk: semua\n", "")
    tree = tree_of(project_of(page))
    assert told(tree, output(tree, tmp_path / "utuh")) == set()
    monkeypatch.setattr(Block, "audience", None)
    broken = tree_of(project_of(page))
    assert told(broken, output(broken, tmp_path / "bocor")) == {
        "modules/contoh/hal-1.md:5: P101",
        "modules/contoh/hal-1.md:1: P103",
    }


@pytest.mark.parametrize(
    "page",
    [
        "# Judul\n\n//// pelatih\n{}////\n",
        "---\nedisi: pelatih\n---\n# Judul\n\n{}",
    ],
)
def test_leak_cards_for_all_among_what_trainers_alone_see(page: str) -> None:
    prints = prints_of(page.format(CARDS.partition("\n\n")[2]))
    assert found(prints, "a.html", f"<p>{SENTENCE}</p>")
    assert prints.open_cards == frozenset()


def test_leak_gate_stops_questions_that_show_their_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "# Judul\n\n/// soal | satu\n///\n"
    tree = tree_of(project_of(page, questions=(ESSAY,)))
    assert told(tree, output(tree, tmp_path / "utuh")) == set()
    monkeypatch.setattr(blockdata, "shows_key", lambda *_: True)
    broken = tree_of(project_of(page, questions=(ESSAY,)))
    found = told(broken, output(broken, tmp_path / "bocor"))
    assert {place.split(":")[0] for place in found} == {
        "modules/contoh/soal.yml",
        "modules/contoh/hal-1.md",
    }


def test_leak_passage_that_is_public_elsewhere_must_build(tmp_path: Path) -> None:
    """Trainer-only in one page, for everybody in another."""
    tree = tree_of(project_of(SECRET, f"# Lain\n\nCatatan {WORD}: {SENTENCE}.\n"))
    assert told(tree, output(tree, tmp_path)) == set()


def test_leak_passage_public_in_another_module_must_build(tmp_path: Path) -> None:
    project = project_of(SECRET)
    other = project_of(f"# Lain\n\nCatatan {WORD}: {SENTENCE}.\n").modules["contoh"]
    project = replace(project, modules={**project.modules, "lain": replace(other, slug="lain")})
    tree = tree_of(project)
    assert told(tree, output(tree, tmp_path)) == set()


def test_the_trainers_own_output_is_not_searched(tmp_path: Path) -> None:
    tree = tree_of(project_of(SECRET), Edition.PELATIH)
    assert told(tree, output(tree, tmp_path)) == set()


def test_leak_one_message_for_a_line_names_its_files(tmp_path: Path) -> None:
    tree = tree_of(project_of(SECRET))
    for number in range(5):
        (tmp_path / f"{number}.html").write_text(f"<p>{SENTENCE} {WORD}</p>", "utf-8")
    with pytest.raises(ContentError) as stopped:
        check_output(tree, tmp_path, REPOSITORY)
    [problem] = stopped.value.problems
    assert "0.html, 1.html, 2.html dan 2 berkas lain" in problem.message


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (f"Teks.\n\n[^a]: {SENTENCE}\n\n/// pelatih\nX[^a].\n///\n", 5),
        (f"Teks.\n\n*[QWZ]: {WORD}\n\n/// pelatih\nQWZ.\n///\n", 5),
        (f'Teks.\n\n[a]: https://contoh.id "{WORD}"\n\n/// pelatih\n[x][a]\n///\n', 5),
        (f"Teks.\n\n/// pelatih | {WORD}\nX.\n///\n", 5),
        (f"Teks.\n\n/// pelatih\n## Judul {WORD}\n///\n", 6),
        (f"Teks.\n\n/// pelatih\n| a | b |\n| - | - |\n| c | {WORD} |\n///\n", 8),
        (f"Teks.\n\n/// pelatih\n![{WORD}](aset/norma.svg)\n///\n", 6),
        (f"- satu\n\n    /// kunci\n    {WORD}\n    ///\n", 6),
        (f"> satu\n>\n> /// kunci\n> {WORD}\n> ///\n", 6),
        (f"Teks. <!-- {SENTENCE} -->\n", 3),
        (f"Teks.\n\n<!--\n\n{WORD}\n-->\n", 7),
        (f"/// latihan | Norma\n    # {SENTENCE}\n    id: a\n\nX.\n///\n", 4),
    ],
)
def test_leak_fingerprints_name_their_line(source: str, line: int) -> None:
    prints = prints_of(f"# Judul\n\n{source}")
    page = f"<p>{SENTENCE}</p><p>{WORD}</p>"
    assert found(prints, "a.html", page) == {("modules/contoh/hal-1.md", line)}


def test_leak_page_of_trainers() -> None:
    prints = prints_of("# Judul\n", f"---\nedisi: pelatih\n---\n# Judul {WORD}\n\n{SENTENCE}.\n")
    path = "modules/contoh/hal-2.md"
    assert found(prints, "a.html", f"<title>{WORD}</title>") == {(path, 4)}
    assert found(prints, "a.html", f"<p>{SENTENCE}</p>") == {(path, 6)}
    assert found(prints, "contoh/hal-2.html", "<p>x</p>") == {(path, 1)}
    assert found(prints, "sw.js", 'const pages = ["contoh/hal-2.html"]') == {(path, 1)}
    assert found(prints, "sitemap.xml", "<u><loc>contoh/hal-2.html</loc></u>") == {(path, 1)}


ESSAY = Question(
    id="satu",
    indikator=1,
    jenis="uraian",
    teks="Apa yang Anda lakukan?",
    kunci=f"Pokok: {SENTENCE}.",
    pembahasan=f"Karena {WORD}.",
    pakai=("latihan",),
)


def test_leak_key_and_explanation_of_a_question() -> None:
    prints = prints_of("# Judul\n", questions=(ESSAY,))
    page = f"<p>{SENTENCE}</p><p>{WORD}</p>"
    [path] = {path for path, _ in found(prints, "a.html", page)}
    assert path == "modules/contoh/soal.yml"


def test_leak_form_of_a_test_with_choices_in_another_order() -> None:
    """A bank's question that no page shows, as forms A and B print it."""
    choices = (
        "Menyapa lebih dahulu",
        "Menunggu disapa tetangga",
        "Menutup pintu rumah",
        "Bertanya kepada ketua",
    )
    asked = "Apa yang dilakukan pendamping ketika tiba di depan rumah?"
    form = "".join(f"<li>{choice}</li>" for choice in sorted(choices))
    question = ESSAY.model_copy(
        update={"jenis": "pilihan-ganda", "teks": asked, "pilihan": choices, "kunci": "A"}
    )
    for page, shown in (("# Judul\n", False), ("# Judul\n\n/// soal | satu\n///\n", True)):
        prints = prints_of(page, questions=(question,))
        for text in (f"<p>{asked}</p>", f"<ol>{form}</ol>"):
            assert bool(found(prints, "tugas.html", text)) is not shown


@pytest.mark.parametrize(
    "html",
    [
        "<section class='blok pelatih'>ya</section>",
        "<section class='blok kunci'>ya</section>",
        "<section class='blok kartu' data-kode='CTH-KT1'>ya</section>",
        "<section class='blok kartu terbuka'>ya</section>",
        "<section class='blok soal'><p id='cth-s1'></p><div class='kunci-soal'>B</div></section>",
        "<section class='blok soal'><p id='cth-s1'></p><div data-kunci='[\"B\"]'></div></section>",
        "<section class='blok soal'><ol><li id='benar'>ya</li></ol></section>",
        "<section class='blok soal'><ol><li data-nilai='1'>ya</li></ol></section>",
        "<section class='blok soal'><ol><li class='k'>ya</li></ol></section>",
        "<a href='bank-soal.html'>x</a>",
        "<a href='https://git.contoh/proyek/edit/main/modules/contoh/hal-1.md'>x</a>",
    ],
)
def test_leak_marks_that_betray_without_words(html: str, tmp_path: Path) -> None:
    tree = tree_of(project_of("# Judul\n\n/// soal | satu\n///\n", questions=(ESSAY,)))
    (tmp_path / "contoh").mkdir()
    (tmp_path / "contoh/hal-1.html").write_text(html, "utf-8")
    assert told(tree, tmp_path) == {"modules/contoh/hal-1.md:1: P103"}


@pytest.mark.parametrize(
    ("name", "stops"),
    [
        ("dokumen/jadwal.pdf", False),
        ("dokumen/latihan.pdf", False),
        ("dokumen/lembar-kerja.pdf", False),
        ("dokumen/sesi.pdf", True),
        ("dokumen/jadwal.docx", True),
        ("Dokumen/lain/jadwal.pdf", True),
        ("unduhan/jadwal.pdf", False),
    ],
)
def test_leak_papers_of_participants_are_three(name: str, stops: bool, tmp_path: Path) -> None:
    tree = tree_of(project_of("# Judul\n"))
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes(b"isi")
    (tmp_path / "index.html").write_text(f"<a href='{name}'>x</a>")
    codes = {"index.html:1: P103", f"{name}:1: P103"} if stops else set()
    assert told(tree, tmp_path) == codes


@pytest.mark.parametrize(
    ("html", "stops"),
    [
        ("1 B, 2 C, 3 A, 4 A, 5 D", True),
        (
            "<table><tr><td>1.<td>b<tr><td>2.<td>c<tr><td>3.<td>a<tr><td>4.<td>e<tr><td>5.<td>a",
            True,
        ),
        ("<table><tr><td>1<td>2<td>3<td>4<td>5<tr><th>Kunci<td>B<td>C<td>A<td>A<td>D", True),
        ("CTH-S1 B CTH-S2 Salah CTH-S3 A CTH-S4 Benar CTH-S5 D", True),
        ("1 D PAP-S9 C MTE-S15 2 A PAP-S7 D MTE-S4 3 B PKW-S18 B ETL-S8", True),
        ("1 B, 2 C, 3 A, 4 A", False),
        ("1 A, 2 B, 3 C, 4 D, 5 E", False),
        ("1. 2. 3. 4. 5. A. B. C. D. A. B. C.", False),
        ("1 A B C D 2 A B C D 3 A B C D 4 A B C D 5 A B C D", False),
        ("Jawaban pemanasan: 1 C, 2 C, 3 A, 4 A, 5 D", False),
    ],
)
def test_leak_rows_of_letters_are_a_key(html: str, stops: bool, tmp_path: Path) -> None:
    tree = tree_of(project_of("# Judul\n\nJawaban pemanasan: 1 C, 2 C, 3 A, 4 A, 5 D.\n"))
    (tmp_path / "a.html").write_text(f"<p>{html}")
    assert told(tree, tmp_path) == ({"a.html:1: P103"} if stops else set())


def photograph() -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize((40, 20)).save(target, "PNG")
    return target.getvalue()


PHOTO = photograph()
ADDRESS = f"data:image/png;base64,{base64.b64encode(PHOTO).decode()}"
PRINTED = pdf(f"<img alt='x' src='{ADDRESS}'>")


def test_leak_pictures_of_trainers_by_their_pixels() -> None:
    project = project_of("# Judul\n\n/// pelatih\n![Denah](aset/denah.png)\n///\n")
    module = replace(project.modules["contoh"], assets={"aset/denah.png": PHOTO})
    tree = tree_of(replace(project, modules={**project.modules, "contoh": module}))
    prints = fingerprints(corpus_of(REPOSITORY, tree), tree)
    place = {("modules/contoh/aset/denah.png", 1)}
    again = io.BytesIO()
    Image.open(io.BytesIO(PHOTO)).convert("RGB").save(again, "PNG", compress_level=1)
    assert found(prints, "a.png", PHOTO) == place
    assert found(prints, "a.png", again.getvalue()) == place
    assert found(prints, "a.pdf", PRINTED) == place
    assert found(prints, "a.html", f"<img alt='x' src='{ADDRESS}'>") == place


def test_picture_used_by_both_is_everybodys(tmp_path: Path) -> None:
    picture = "![Norma](aset/norma.svg)"
    tree = tree_of(project_of(f"# Judul\n\n{picture}\n\n/// pelatih\n{picture}\n///\n"))
    folder = output(tree, tmp_path)
    assert (folder / "contoh/aset/norma.svg").exists()
    assert told(tree, folder) == set()
