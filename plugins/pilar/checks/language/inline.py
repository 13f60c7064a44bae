"""The words that are read of inline Markdown, line breaks kept so that lines can be counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pilar.checks.markdown.commonmark import Token
from pilar.syntax.references import REFERENCE

Span = tuple[int, int]

_BEGIN, _END = "\ue000", "\ue001"
"""Private characters that stand for the marks of italics until their places are known."""
_SIGNS = {"softbreak": "\n", "hardbreak": "\n", "em_open": _BEGIN, "em_close": _END}
_DROPPED = re.compile(
    "|".join(
        (
            REFERENCE.pattern,
            r"\A\[[ xX]\] +",  # box of a task
            r"\[\^[^\]\s]+\]",  # reference to a footnote that is not defined here
            r"(?:https?|mailto|tel):[^\s>)]+",
            r"==|\^\^|~~",
        )
    )
)


@dataclass(frozen=True)
class Inline:
    """What is read of some inline Markdown.

    `italics` are ranges of `text`; `pictures` holds the alternative texts, which are read in
    place of the pictures, each with the number of line breaks before it.
    """

    text: str
    italics: tuple[Span, ...]
    pictures: tuple[tuple[int, str], ...]


def read_inline(tokens: Sequence[Token]) -> Inline:
    """The words of parsed inline Markdown: without code, addresses, citations and marks."""
    marked = ""
    pictures: list[tuple[int, str]] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before and before.markup == "autolink" and before.nesting > 0:
            continue  # an address
        if token.type == "image":
            pictures.append((marked.count("\n"), read_inline(token.children or ()).text))
        elif token.type.startswith("text"):
            marked += token.content
        else:
            marked += _SIGNS.get(token.type, "")
    plain, italics = _spans(_DROPPED.sub("", marked))
    return Inline(plain, tuple(italics), tuple(pictures))


def _spans(marked: str) -> tuple[str, list[Span]]:
    """Text without the marks of italics, and the ranges they stood around."""
    text = ""
    spans: list[Span] = []
    begin = 0
    for part in re.split(f"([{_BEGIN}{_END}])", marked):
        if part == _BEGIN:
            begin = len(text)
        elif part == _END:
            spans.append((begin, len(text)))
        else:
            text += part
    return text, spans
