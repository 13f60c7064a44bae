"""Sentences of modules, read without Pilar's help, and whether an output contains them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

LENGTH = 6
"""Words from which on a sentence counts: shorter ones may stand anywhere by chance."""

_FENCE = re.compile(r"[ >]*(/{3,})\s*(?:([\w-]+)\s*(?:\|.*)?)?$")
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|\[\^[^\]]*\]|<!--.*?-->|[*_`~=]", re.DOTALL)
_END = re.compile(
    r"\n\s*\n"  # paragraph
    r"|\n\s*(?:[-#:>]+|\d+\.|(?=\|))"  # item, heading, definition, quotation, row of a table
    r"|\[@[^\]]*\]"  # citation, printed as something else
    r"|[.?!:;…]+(?:\s|[”)]|$)|[()“”|]"
)
"""Where a sentence ends; a line that is only broken goes on."""
_WITHIN = "a|abbr|b|bdi|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr"
_TAG = re.compile(rf"(?i:</?(?:{_WITHIN})(?=[\s/>])[^<>]*>)|(<[^<>]*>)")
"""A tag within a word, or one that parts words: pages have no white space between blocks."""
_SECRET_BLOCKS = ("pelatih", "kunci")


def words(text: str) -> str:
    """The words of a text alone, one space apart, so that marks and line ends do not matter."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def page_words(markup: str) -> str:
    """The words that an HTML page (or any other text) holds, tags and entities aside."""
    return words(html.unescape(_TAG.sub(lambda tag: " " if tag[1] else "", markup)))


@dataclass(frozen=True)
class Sentences:
    """Sentences of LENGTH words or more, each as `words` writes it."""

    public: frozenset[str]
    secret: frozenset[str]
    """In trainers' blocks, trainers' pages, keys and explanations, and nowhere in public."""


def sentences_of(modules: Path) -> Sentences:
    """All sentences of the pages and questions of every module in a folder.

    What changed between versions (perubahan.md) is no page of a module.
    """
    lists = [path.read_text("utf-8") for path in modules.rglob("*.yml") if path.stem != "soal"]
    public: list[str] = []
    secret: list[str] = []
    pages = (page for page in modules.glob("*/*.md") if page.name != "perubahan.md")
    for page in sorted(pages):
        open_text, hidden_text = _split(page.read_text("utf-8"))
        public.append(open_text)
        secret.append(hidden_text)
    for bank in sorted(modules.glob("*/soal.yml")):
        alone = yaml.safe_load(bank.with_name("modul.yml").read_text("utf-8"))
        for question in yaml.safe_load(bank.read_text("utf-8")):
            choices = question.get("pilihan", [])
            columns = choices.values() if isinstance(choices, dict) else [choices]
            shown = [question["teks"], *(str(choice) for column in columns for choice in column)]
            public.append("\n\n".join(shown))
            keys = question["kunci"] if question["jenis"] in ("isian", "uraian") else []
            checked = alone.get("latihan_mandiri") and "latihan" in question["pakai"]
            answers = public if checked else secret
            answers += keys if isinstance(keys, list) else [keys]
            answers.append(question.get("pembahasan", ""))
    # A phrase that trainers and participants both read is no secret, wherever it stands.
    seen = " ".join(words(_MARKS.sub(r"\1", text)) for text in lists + public)
    hidden = {sentence for text in secret for sentence in _sentences(text)}
    return Sentences(
        frozenset(sentence for text in public for sentence in _sentences(text)),
        frozenset(sentence for sentence in hidden if sentence not in seen),
    )


def _split(page: str) -> tuple[str, str]:
    """What of a page is for all, and what is for trainers."""
    matter = re.match(r"---\n(.*?)\n---\n", page, re.DOTALL)
    body = page[matter.end() :] if matter else page
    kept: dict[bool, list[str]] = {False: [], True: []}
    stack: list[tuple[str, str]] = []
    header = False
    for line in body.split("\n"):
        if match := _FENCE.fullmatch(line.rstrip()):
            fence, name = match.groups()
            if name:
                stack.append((fence, name))
            else:
                assert stack, f"fence without block: {line}"
                assert stack.pop()[0] == fence
            header = bool(name)
            kept[False].append("")
            kept[True].append("")
        elif header and line.startswith("    "):
            continue  # options
        else:
            header = False
            hidden = any(name in _SECRET_BLOCKS for _, name in stack)
            kept[hidden].append(line)
    if matter and "pelatih" in matter[1]:
        return "", "\n".join(kept[False] + kept[True])
    return "\n".join(kept[False]), "\n".join(kept[True])


def _sentences(text: str) -> Iterable[str]:
    text = _MARKS.sub(lambda match: match[1] or "", "\n" + text)
    found = map(words, _END.split(text))
    return [sentence for sentence in found if sentence.count(" ") >= LENGTH - 1]


class Haystack:
    """Texts in which many sentences are looked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take texts as `words` writes them."""
        self.texts = list(texts)
        self.places: dict[tuple[str, ...], set[int]] = {}
        for number, text in enumerate(self.texts):
            for run in _runs(text):
                self.places.setdefault(run, set()).add(number)

    def found(self, sentences: Iterable[str]) -> list[str]:
        """Those of the sentences that stand in one of the texts."""
        return [sentence for sentence in sorted(sentences) if self._holds(sentence)]

    def _holds(self, sentence: str) -> bool:
        candidates = set.intersection(*(self.places.get(run, set()) for run in _runs(sentence)))
        return any(sentence in self.texts[number] for number in candidates)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    parts = text.split()
    return zip(*(parts[start:] for start in range(LENGTH)), strict=False)
