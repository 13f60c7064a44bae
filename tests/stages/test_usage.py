"""Whatever a command is asked wrongly is told in Indonesian; no word of click or MkDocs is left."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pilar.cli import indonesian
from pilar.cli.main import pilar
from pilar.host import mkdocs
from pilar.model.problem import ContentError

from .golden import BASE

ROOT = Path(__file__).parents[2]
ENGLISH = re.compile(
    r"(?i)\b(the|not|no such|option|argument|required|requires|invalid|unexpected|extra|error|got|"
    r"is|with|usage|missing|value|help|try|does|expected|config|unrecognised|aborted|found|x>=)\b"
)
COMMANDS = [
    [],
    *([name] for name in pilar.commands),
    *(["new", name] for name in ("module", "run")),
]
WRONG = [
    *([*command, option] for command in COMMANDS for option in ("--ngawur", "-z")),
    *([*command, "satu", "dua", "tiga"] for command in COMMANDS if command != ["build"]),
    *(["check", *words] for words in (["--format"], ["--format", "xml"], ["--strict=1"])),
    *(["check", *words] for words in (["--explain"], ["--explain", "Z9"], ["tidak-ada"])),
    *(["build", "--jobs", value] for value in ("x", "0", "-1")),
    *(["build", f"--{name}"] for name in ("jobs", "out", "edition", "verify")),
    *(["build", *words] for words in (["--edition", "umum"], ["--no-books=1"])),
    *(["build", *words] for words in (["--verify", "tidak-ada"], ["--out", "modules/x"])),
    *(["build", *words] for words in (["--out", "mkdocs.yml"], ["--seal", "--edition", "peserta"])),
    *(["serve", *words] for words in (["--address"], ["--address", "x"], ["--edition", "x"])),
    *(["lock", *words] for words in ([], ["x"], ["x", "y"], ["x", "--upgrade"])),
    *(["errata", *words] for words in ([], ["x"], ["x", "--since"])),
    *(["review", *words] for words in ([], ["--base"], ["--base", "x", "--base"])),
    *(["new", *words] for words in (["buku"], ["module"], ["run"], ["run", "x"], ["module", "A"])),
]


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stopped:
        indonesian.run(pilar, args=arguments, prog_name="pilar")
    found = capsys.readouterr()
    return int(stopped.value.code or 0), found.out + found.err


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a project of its own."""
    for name in ("modules", "runs"):
        shutil.copytree(BASE / name, tmp_path / name)
    (tmp_path / "mkdocs.yml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PILAR_CACHE", str(tmp_path / "cache"))


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, words = said(arguments, capsys)
    assert code == 2, words
    assert "Salah pakai: " in words
    quoted = re.compile(r"`[^`]*`|“[^”]*”|\S*--\S+|[\w./-]*tidak-ada|: [a-z, ]+\.$", re.M)
    assert not ENGLISH.search(quoted.sub("", words)), words


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, words = said([*command, "--help"], capsys)
    assert code == 0
    names = r"--?[\w-]+(?: \[[^\]]*\]|, --help)?|(?m:^  (?:build|check|lock|new|serve)\b)|text\b"
    assert not ENGLISH.search(re.sub(names, "", words)), words


BROKEN = [
    ("ngawur: 1\n", "", "kunci `ngawur` tidak dikenal"),
    ("", "site_name:.*\n", "kunci `site_name` wajib ada"),
    ("a: [", "", "YAML berkas ini tidak dapat dibaca"),
    ("  name: matrial", "  name: material", "tema `matrial` tidak terpasang"),
    ("docs_dir: hilang", "docs_dir:.*", "`docs_dir` menyebut "),
    ("plugins:\n  - hilang", "plugins:", "plugin `hilang` tidak terpasang"),
    ("      rn: x\n      run:", "      run:", "pengaturan `rn` dari plugin `pilar` tidak sesuai"),
    ("markdown_extensions:\n  - hilang", "markdown_extensions:", "ekstensi Markdown `hilang`"),
    ("site_url: 3\n", "site_url:.*\n", "nilai `site_url` tidak sesuai"),
    ("use_directory_urls: 7", "use_directory_urls:.*", "nilai `use_directory_urls` tidak sesuai"),
]


@pytest.mark.parametrize(("new", "old", "told"), BROKEN, ids=[told for *_, told in BROKEN])
def test_what_mkdocs_says_of_its_file(tmp_path: Path, new: str, old: str, told: str) -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    text = re.sub(old, new, text, count=1) if old else f"{text}{new}"
    (tmp_path / "overrides").symlink_to(ROOT / "overrides")
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(ContentError) as stopped, mkdocs._no_warnings(path):
        mkdocs._config(path, tmp_path / "site")
    problems = [problem for problem in stopped.value.problems if told in problem.message]
    assert problems, stopped.value
    assert not any(ENGLISH.search(re.sub("`[^`]*`", "", p.text)) for p in stopped.value.problems)
    marked = new.strip().splitlines() or ["# "]
    line = text.splitlines()[problems[0].line - 1]
    assert problems[0].line == 1 or any(row.split(":")[0].strip() in line for row in marked)
