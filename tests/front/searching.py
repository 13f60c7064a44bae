"""Looks for the trainers' text in a participants' output with the tools that anybody has.

Nothing here is Pilar's: the modules come from git, who may read a line says the plain filter of
tests/stages, and files are read by `strings`, `pdftotext`, `zcat` and as text.
"""

from __future__ import annotations

import html
import io
import re
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from stages.plain import plain_filter

from .canaries import strings as _strings
from .trees import files

RUN, SHORTEST = 5, 3
"""Words of a sequence that is looked for, and of the shortest passage."""
RARE = 6
"""Letters of a word that is looked for alone."""

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_YAML_COMMENT = re.compile(r"(?:^|\s)#\s(.*)")
_TAG = re.compile(r"<[^<>]*>")
_NO_TEXT = re.compile(r"\]\([^)]*\)|\{[^{}]*\}|\[@?\^?[\w#-]+[^\]]*\](?=[ .,;:)])|[*_`~=]")


def words(text: str) -> list[str]:
    """Words in small letters; those broken at the end of a line made whole."""
    whole = re.sub(r"(?<=\w)[-\u00ad\u2010]\n\s*(?=\w)", "", text).replace("\u00ad", "")
    return re.findall(r"[^\W_]+", whole.casefold())


def runs(found: list[str], length: int) -> set[str]:
    """Every sequence of so many words."""
    return {" ".join(found[n : n + length]) for n in range(len(found) - length + 1)}


@dataclass
class Texts:
    """What a run's modules hold: for all, and for the trainers alone, passage by passage."""

    public: list[str] = field(default_factory=list)
    secret: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Canaries:
    """Sequences and single words that only trainers may read."""

    sequences: frozenset[str]
    words: frozenset[str]

    def found(self, text: str) -> set[str]:
        """Those that a text holds."""
        there = words(text)
        lengths = range(SHORTEST, RUN + 1)
        seen = {run for length in lengths for run in runs(there, length) & self.sequences}
        return seen | (set(there) & self.words)


def canaries(texts: Texts, software: Iterable[str]) -> Canaries:
    """What is to be found in no participants' file: not what all may read, nor what the
    `software` says by itself.
    """
    hidden: set[str] = set()
    single: set[str] = set()
    for passage in texts.secret:
        found = words(passage)
        single |= {word for word in found if len(word) >= RARE and word.isalpha()}
        hidden |= runs(found, RUN) or ({" ".join(found)} if len(found) >= SHORTEST else set())
    for text in [*texts.public, *software]:
        found = words(text)
        # `pdftotext` drops a hyphen that ends a line: SIKS-NG.
        single -= {*found, *words(text.replace("-", ""))}
        for length in range(SHORTEST, RUN + 1):
            hidden -= runs(found, length)
    return Canaries(frozenset(hidden), frozenset(single))


# What a run's content says.


def content_of(repository: Path, run: str, folder: Path) -> Texts:
    """Everything that the lock of a run names, fetched by git into `folder`."""
    lock = yaml.safe_load((repository / f"runs/{run}.lock").read_text("utf-8"))
    for slug, module in lock["modul"].items():
        archive = _git(repository, "archive", "--format=tar", module["hash"])
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder / slug, filter="data")
    texts = Texts(public=[(repository / f"runs/{run}.yml").read_text("utf-8")])
    for name in ("rujukan", "glosarium"):
        registry = _git(repository, "cat-file", "blob", lock[name]["hash"]).decode()
        for entry in yaml.safe_load(registry):
            texts.public += [" ".join(_values(list(entry.values())))]
            texts.public += [f"tentang {entry.get('tentang', '')}"]
    blob = _git(repository, "cat-file", "blob", lock["kurikulum"]["hash"]).decode()
    curriculum = yaml.safe_load(blob)
    texts.secret.append(curriculum.get("petunjuk", {}).pop("pelatih", ""))
    texts.secret.append(curriculum.pop("pengantar_pelatih", ""))
    texts.public += _values(curriculum)
    for module in sorted(folder.iterdir()):
        before = len(texts.public)
        _read_module(module, texts)
        # A heading and what stands below it are read as one.
        texts.public.append(" ".join(texts.public[before:]))
    return texts


def _git(repository: Path, *command: str) -> bytes:
    done = subprocess.run(["git", "-C", str(repository), *command], capture_output=True, check=True)
    return done.stdout


def _values(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for pair in value.items() for one in pair for text in _values(one)]
    if isinstance(value, list):
        return [text for one in value for text in _values(one)]
    return [str(value)]


def _read_module(module: Path, texts: Texts) -> None:
    meta = yaml.safe_load((module / "modul.yml").read_text("utf-8"))
    # As running heads have them.
    texts.public += [*_values(meta), f"{meta['judul']} {meta['kode']}"]
    for number, subject in enumerate(meta["materi_pokok"], 1):
        texts.public.append(" ".join([str(number), *_values(list(subject.values()))]))
    for path in sorted(module.rglob("*.yml")):
        lines = path.read_text("utf-8").split("\n")
        texts.secret += [match[1] for line in lines if (match := _YAML_COMMENT.search(line))]
    if (bank := module / "soal.yml").is_file():
        for question in yaml.safe_load(bank.read_text("utf-8")):
            _read_question(question, meta.get("latihan_mandiri", False), texts)
    for path in sorted(module.glob("*.md")):
        if path.name != "perubahan.md":
            _read_page(module, path.read_text("utf-8"), texts)


def _read_question(question: dict[str, Any], self_study: bool, texts: Texts) -> None:
    choices = _values(question.get("pilihan", []))
    texts.public.append(" ".join([question["teks"], *choices]))
    open_to_all = self_study and "latihan" in question["pakai"]
    told = [*_values(question["kunci"]), question.get("pembahasan", "")]
    (texts.public if open_to_all else texts.secret).extend(told)


def _read_page(module: Path, source: str, texts: Texts) -> None:
    texts.secret += _COMMENT.findall(source)
    front, _, body = source.partition("\n---\n") if source.startswith("---") else ("", "", source)
    kept = [""] * body.count("\n") if "pelatih" in front else plain_filter(body, "peserta")
    passage: list[str] = []
    for line, seen in zip([*body.split("\n"), ""], [*kept, ""], strict=False):
        if seen or not line.strip(" >"):
            texts.secret += [" ".join(passage), *passage]
            passage.clear()
        else:
            passage += [_plain(cell) for cell in line.split("|")]
    # With their marks and without them, as some words stand side by side only then.
    texts.public += ["\n".join(kept), _plain("\n".join(kept))]
    # A running head stands above whatever begins a page.
    title = next((line for line in kept if line.startswith("# ")), "")
    texts.public += [f"{title} {_plain(line)}" for line in kept if line]
    for name in set(re.findall(r"aset/[\w.-]+\.svg", "\n".join(kept))):
        texts.public.append(_TAG.sub(" ", (module / name).read_text("utf-8")))


def _plain(text: str) -> str:
    return _NO_TEXT.sub(" ", text)


# What files say.


def said(path: Path) -> Iterator[str]:
    """A file by every tool that makes something of it."""
    yield path.name
    yield _run("strings", "-n", "3", str(path))
    yield _run("strings", "-n", "3", "-e", "l", str(path))
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = subprocess.run(["zcat"], input=data, capture_output=True, check=True).stdout
    text = data.decode("utf-8", "replace")
    if path.suffix == ".pdf":
        yield _run("pdftotext", "-q", str(path), "-")
        yield _run("pdfinfo", "-meta", str(path))
        yield _strings(path)
    elif path.suffix in (".html", ".json", ".xml", ".svg"):
        # Inline marks stand within a sentence, all tags together may end one: both ways.
        yield html.unescape(_TAG.sub("", text))
        yield html.unescape(_TAG.sub(" ", text))
    yield html.unescape(text)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def search(folder: Path, wanted: Canaries) -> dict[str, set[str]]:
    """What was found, by the file it was found in."""
    return {
        name: found
        for name, path in files(folder).items()
        if (found := {one for text in said(path) for one in wanted.found(text)})
    }
