"""Content made to harm: it is refused with a message, in bounded time, and nothing is followed."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tracemalloc
from html import unescape
from pathlib import Path
from typing import Any

import click
import pytest

from pilar.build.options import Options
from pilar.build.runs import build
from pilar.cli.indonesian import run
from pilar.cli.main import pilar
from pilar.content.files import below, read_folder
from pilar.content.limits import LARGEST_TEXT, LONGEST_LINE
from pilar.content.module_reader import read_module
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem
from pilar.syntax.render import render

from .golden import BASE, fresh, load_project
from .samples import node_of, of_page, parsed, project_of
from .test_robustness import limited

MODULE = "modules/contoh"
PAGE = f"{MODULE}/isi.md"
MEGABYTE = 1024 * 1024
FILES = below(read_folder(BASE, []), MODULE)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The base project, to be spoilt."""
    return Path(shutil.copytree(BASE, tmp_path / "proyek"))


def told(root: Path) -> list[str]:
    """Place and code of everything that is wrong."""
    return [f"{p.path}:{p.line}: {p.code}" for p in fresh(root).errors]


def test_hostile_links_are_not_followed(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.md"
    secret.write_text("# RAHASIA\n", "utf-8")
    (tmp_path / "folder").mkdir()
    (root / PAGE).unlink()
    (root / PAGE).symlink_to(secret)
    (root / MODULE / "aset/lain").symlink_to(tmp_path / "folder")
    (root / "runs/2025-02-contoh.yml").symlink_to("/etc/passwd")
    problems = fresh(root).errors
    links = [p.path for p in problems if "tautan simbolik" in p.message]
    assert links == [f"{MODULE}/aset/lain", PAGE, "runs/2025-02-contoh.yml"]
    assert "RAHASIA" not in "".join(map(str, problems))


@pytest.mark.parametrize("folder", ["modules", "runs"])
def test_hostile_link_in_place_of_a_content_folder(root: Path, folder: str) -> None:
    (root / folder).rename(root / "lain")
    (root / folder).symlink_to(root / "lain")
    assert f"{folder}:1: F104" in told(root)


def test_hostile_pipe_is_not_opened(root: Path) -> None:
    os.mkfifo(root / MODULE / "pipa.md")
    with limited(seconds=20):
        assert told(root) == [f"{MODULE}/pipa.md:1: F104"]


@pytest.mark.parametrize(
    "name",
    [
        *("con.md", "AUX.md", "nul.tar.md", "lpt1.md", "COM9", "titik.", "spasi ", "a:b.md"),
        *("a\\b.md", "a\\..\\isi.md", "a|b.md", "a\nb.md", "a\x1b[31m.md", "a\u202eb.md"),
    ],
)
def test_hostile_names_are_refused(root: Path, name: str) -> None:
    (root / MODULE / name).write_text("# Judul\n", "utf-8")
    [problem] = fresh(root).errors
    assert problem.code == "F104"
    assert str(problem).isprintable()


def test_hostile_folder_called_like_a_device(root: Path) -> None:
    (root / MODULE).rename(root / "modules/con")
    assert "modules/con:1: F104" in told(root)


@pytest.mark.parametrize(("one", "other"), [("isi.md", "Isi.md"), ("aset", "ASET")])
def test_hostile_names_equal_but_for_case(root: Path, one: str, other: str) -> None:
    """On Windows and macOS one of the two would take the other's place."""
    source, twin = root / MODULE / one, root / MODULE / other
    if source.is_dir():
        shutil.copytree(source, twin)
    else:
        shutil.copy(source, twin)
    [problem] = [p for p in fresh(root).errors if "huruf besar" in p.message]
    assert (problem.code, problem.path) == ("F104", f"{MODULE}/{max(one, other)}")


@pytest.mark.parametrize(
    "target",
    [
        *("/etc/passwd", "../../../etc/passwd", "../../runs/2025-01-contoh.yml", "modul.yml"),
        *("soal.yml", "aset/../soal.yml", "..%2f..%2fsoal.yml", "C:\\aset\\norma.svg"),
        *("aset/NORMA.svg", "//host/a.svg", "data:image/svg+xml,x", "javascript:alert(1)"),
        "file:///etc/passwd",
    ],
)
def test_hostile_addresses_lead_nowhere(root: Path, target: str) -> None:
    (root / PAGE).write_text(f"# Isi\n\n![gambar]({target})\n\n[teks]({target})\n", "utf-8")
    found = told(root)
    assert {f"{PAGE}:3: T104", f"{PAGE}:3: T111"} & {*found}
    assert [row for row in found if row.startswith(f"{PAGE}:5: ")]


@pytest.mark.parametrize("name", ["../lain/alur.md", "/etc/passwd", "aset/norma.svg", "con.md\n"])
def test_hostile_pages_are_not_listed(root: Path, name: str) -> None:
    meta = (root / MODULE / "modul.yml").read_text("utf-8").replace("isi.md", repr(name))
    (root / MODULE / "modul.yml").write_text(meta, "utf-8")
    assert [row for row in told(root) if row.startswith(f"{MODULE}/modul.yml:")]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("isi.md", b"# Isi\n\n"),
        ("modul.yml", b"kode: CTH\n"),
        ("soal.yml", b"- id: satu\n"),
        ("aset/besar.png", b"\x89PNG"),
        ("../../runs/2025-01-contoh.yml", b"judul: Uji\n"),
        ("../../runs/2025-01-contoh.lock", b"pelatihan: 2025-01-contoh\n"),
        ("../rujukan.yml", b""),
    ],
)
def test_hostile_size_is_refused_unread(root: Path, name: str, start: bytes) -> None:
    path = (root / MODULE / name).resolve()
    path.write_bytes(start + b"teks \n" * (50 * MEGABYTE // 6))
    tracemalloc.start()
    try:
        with limited(seconds=20):
            problems = fresh(root).errors
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [p.path for p in problems if p.code == "F105"] == [path.relative_to(root).as_posix()]
    assert len(problems) <= 2
    assert peak < 60 * MEGABYTE


ROW = "| Norma | Disepakati bersama pada hari pertama |\n"
FLOOD = [
    "[",
    "![",
    "[a](",
    "[a][",
    "[[a]](",
    "[^a] ",
    "[@a ",
    "[@uu-11-2009] ",
    "[a](b) ",
    "*a **b ***c ",
    "_a __b ",
    "**a*b",
    "~~a ~b ",
    "==a ^^b ^c ",
    "` `` ``` ",
    "<!-- ",
    "<a <b ",
    "&#",
    "\\",
    "> ",
    "- ",
    "1. ",
    ": ",
    "| ",
    '" “ ‘ ',
    "{: .a ",
    "{",
    "/",
    "/// ",
    "# ",
    "    ",
    "- [ ] ",
    "!!! ",
    '=== "a" ',
    "https://a.id/",
    "a@b.",
    "\u200b",
    "\u0301",
]
"""What regular expressions and recursion may stumble over, repeated."""


@pytest.mark.parametrize("piece", FLOOD)
@pytest.mark.parametrize("shape", ["line", "lines", "paragraphs", "staircase"])
def test_hostile_repetition_takes_no_time(piece: str, shape: str) -> None:
    count = LARGEST_TEXT // 3 // len(piece.encode())
    match shape:
        case "line":
            body = piece * (LONGEST_LINE // len(piece) - 1)
        case "lines":
            body = ("a" + piece * 9 + "\n") * (count // 10)
        case "paragraphs":
            body = (piece * 12 + "\n\n") * min(count // 12, 250)
        case _:
            body = "".join(" " * depth + piece + "\n\n" for depth in range(0, 200))
    with limited(seconds=20):
        assert_shown_or_refused(f"# Judul\n\n{body}\n")


def assert_shown_or_refused(source: str) -> None:
    """Read as a module's page is, and rendered when nothing is wrong with it."""
    files = {"isi.md": source.encode()}
    problems = read(files)
    if not problems:
        for edition in Edition:
            render(node_of(project_of(source), edition).pages[0].source)


def read(files: dict[str, bytes]) -> list[str]:
    """What is wrong with these files in the place of the base module's."""
    problems: list[Problem] = []
    read_module("contoh", {**FILES, **files}, problems)
    return [f"{p.path}:{p.line}: {p.code}" for p in problems]


def test_hostile_table_of_ten_thousand_rows(root: Path) -> None:
    (root / PAGE).write_text("# Isi\n\n| a | b |\n| - | - |\n" + ROW * 10_000, "utf-8")
    with limited(seconds=20):
        assert f"{PAGE}:1: F105" in told(root)


def test_hostile_table_within_the_limits_is_shown() -> None:
    source = "# Isi\n\n| a | b |\n| - | - |\n" + ROW * 400
    with limited(seconds=20):
        html = render(node_of(project_of(source), Edition.PESERTA).pages[0].source)
    assert html.count("<tr>") == 401


def test_hostile_depth_is_refused_with_a_line() -> None:
    blocks = "".join("/" * (90 - n) + " rangkuman\n" for n in range(80))
    _, problems = parsed(f"# Judul\n\n{blocks}")
    assert {(p.line, p.code) for p in problems if p.code == "B117"} == {(9, "B117")}


def test_depth_within_the_limits_is_shown() -> None:
    """Six blocks in each other, in the deepest container."""
    prefix = "> " * 8
    fences = ["/" * (9 - n) for n in range(6)]
    lines = [f"{prefix}{fence} rangkuman" for fence in fences]
    lines += [f"{prefix}- butir", f"{prefix}", f"{prefix}    Dasar."]
    lines += [prefix + fence for fence in reversed(fences)]
    project = project_of("# Judul\n\n" + "\n".join(lines) + "\n")
    html = render(node_of(project, Edition.PESERTA).pages[0].source)
    assert html.count("<section") == 6
    assert html.count("<blockquote>") == 8
    assert "<p>Dasar.</p>" in html


BOMBS = {
    "aliases": "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*a, *a]\n" for c in "bcdefgh"),
    "brackets": "judul: " + "[" * 100_000,
    "braces": "judul: " + "{a: " * 50_000,
    "keys": "".join(f"k{n}: 1\n" for n in range(15_000)),
    "indentation": "".join(" " * n + f"k{n}:\n" for n in range(500)),
    "dashes": "- " * 100_000,
    "questions": "? " * 100_000,
    "tags": "!" * 100_000,
    "documents": "---\n" * 50_000,
    "number": "jp: {teori: " + "9" * 100_000 + "}",
    "text": "teks: '" + "[" * 100_000 + "'",
    "fences": "teks: |\n" + "  /// pelatih\n" * 10_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("name", ["modul.yml", "soal.yml"])
def test_hostile_yaml_is_refused_in_time(bomb: str, name: str) -> None:
    with limited(seconds=20):
        assert read({name: BOMBS[bomb].encode()})


def test_hostile_project_is_not_loaded(root: Path) -> None:
    (root / PAGE).write_bytes(b"# Isi\n\n" + b"[" * MEGABYTE)
    with pytest.raises(ContentError, match="F105"):
        load_project(root)


HOSTILE_LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "java%73cript:alert(1)",
    "&#x6a;avascript:alert(1)",
    "java\u200bscript:alert(1)",
    "ｊavascript:alert(1)",
    "data:text/html,x",
    "dat&#97;:text/html,x",
    "file:///etc/passwd",
    "vbscript:x",
]


@pytest.mark.parametrize("target", HOSTILE_LINKS)
@pytest.mark.parametrize("form", ["Lihat [ini]({}).", "Lihat [ini][a].\n\n[a]: {}"])
def test_hostile_link_is_told_and_reaches_no_reader(form: str, target: str) -> None:
    source = form.format(target)
    codes = {row.partition(" ")[2] for row in of_page(source)}
    assert codes & {"B106", "B121", "T101", "T109"}
    for link in re.findall(r'href="([^"]*)"', render(source)):
        plain = unescape(unescape(link))
        assert not re.match(r"\W*(javascript|data|file|vbscript)\W*:", plain, re.I)


@pytest.mark.parametrize(
    "attribute",
    ['onclick="alert(1)"', "onerror=x", 'style="color:red"', "data-kunci=B", "srcdoc=x", "href=x"],
)
def test_hostile_attribute_is_told_and_reaches_no_reader(attribute: str) -> None:
    source = f"Norma kelas.\n{{: {attribute} }}"
    assert "B120" in {row.partition(" ")[2] for row in of_page(source)}
    name = attribute.partition("=")[0]
    assert f"{name}=" not in render(source)


def test_hostile_file_that_cannot_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who runs the tests may be allowed to read anything, so it is only said."""
    opened = Path.open

    def refuse(path: Path, *arguments: Any, **more: Any) -> Any:
        if path.name in ("isi.md", "2025-01-contoh.yml"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", refuse)
    found = [p for p in fresh(root).errors if p.code == "F104"]
    assert [p.path for p in found] == [PAGE, "runs/2025-01-contoh.yml"]
    assert found[0].text == "tidak dapat dibaca: tidak ada izin. Periksa izinnya."
    options = Options(root, root / "build", books=False)
    with pytest.raises(ContentError, match="tidak ada izin"):
        build(options)


def test_hostile_depth_of_folders(root: Path) -> None:
    """A thousand would be more than Python calls of itself, here and when a test cleans up."""
    folder = root / MODULE / "aset" / "/".join("d" * 40)
    folder.mkdir(parents=True)
    [problem] = fresh(root).errors
    assert problem.code == "F104"
    assert "lebih dari 12" in problem.message


@pytest.mark.parametrize(
    "names", [("A\x1b[31m.md", "a\x1b[31m.md"), ("A\n::error::.md", "a\n::error::.md")]
)
def test_hostile_names_equal_but_for_case_are_printed_in_one_line(
    root: Path, names: tuple[str, str]
) -> None:
    for name in names:
        (root / MODULE / name).write_text("# Judul\n", "utf-8")
    problems = fresh(root).errors
    assert {problem.code for problem in problems} == {"F104"}
    assert all(str(problem).isprintable() for problem in problems)


@pytest.mark.parametrize("name", [b"\xff.md", b"a\x1b[31m.md"])
def test_hostile_name_is_found_again_by_check(
    root: Path, name: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = os.fsdecode(os.fsencode(root / MODULE) + b"/" + name)
    Path(path).write_text("# Judul\n", "utf-8")
    monkeypatch.chdir(root)
    with pytest.raises(SystemExit) as end:
        pilar(["check", path], standalone_mode=False)
    assert end.value.code == 1
    assert "F104" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "ruang penyimpanan penuh"), (errno.EROFS, "hanya dapat dibaca")],
)
def test_hostile_machine_is_told_without_a_traceback(
    number: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def task() -> None:
        raise OSError(number, "strerror", "a\x1b[31m")

    with pytest.raises(SystemExit) as end:
        run(task, args=[])
    assert end.value.code == 1
    told = capsys.readouterr().err
    assert said in told
    assert r"`a\x1b[31m`" in told
