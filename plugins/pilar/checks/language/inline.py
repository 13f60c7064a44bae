"""Inline Markdown to the words that are read, line breaks kept so that lines can be counted."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from pilar.content.source import mask_code_spans
from pilar.syntax.references import REFERENCE

Span = tuple[int, int]

_BEGIN, _END = "\ue000", "\ue001"
"""Private characters that stand for the marks of italics until their places are known."""
_ESCAPED = 0xE100
"""Private characters from here on stand for ASCII characters written with a backslash."""
_RESERVED = re.compile(f"[{chr(_ESCAPED)}-{chr(_ESCAPED + 127)}]")

_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\([^)]*\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_DROPPED = re.compile(
    "|".join(
        (
            REFERENCE.pattern,
            r"\[\^[^\]\s]+\]",  # reference to a footnote
            r"\{(?::|[ ]*[.#])[^{}\n]*\}",  # attributes
            r"<?(?:https?|mailto|tel):[^\s>)]+>?",
        )
    )
)
_LINK = re.compile(r"\[(?P<text>[^\[\]]+)\](?:\([^)]*\)|\[[^\[\]]*\])")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?P<text>.+?)(?<=\S)\1", re.DOTALL)
_ITALIC = re.compile(
    r"\*(?=[^\s*])(?P<a>.+?)(?<=[^\s*])\*|(?<!\w)_(?=[^\s_])(?P<b>.+?)(?<=[^\s_])_(?!\w)",
    re.DOTALL,
)
_MARKS = re.compile(r"==|\^\^|~~")


@dataclass(frozen=True)
class Inline:
    """What is read of some inline Markdown.

    `italics` are ranges of `text`; `pictures` holds the alternative texts, which are read in
    place of the pictures, each with the number of line breaks before it.
    """

    text: str
    italics: tuple[Span, ...]
    pictures: tuple[tuple[int, str], ...]


def read_inline(markup: str) -> Inline:
    """The words of `markup`: without code, addresses, citations and marks."""
    text = "\n".join(mask_code_spans(line).replace("\0", "") for line in markup.split("\n"))
    text = _ESCAPE.sub(lambda match: chr(_ESCAPED + ord(match[1])), text)
    pictures = tuple(
        (text.count("\n", 0, match.start()), _restored(match["alt"]))
        for match in _PICTURE.finditer(text)
    )
    text = _LINK.sub(lambda match: match["text"], _DROPPED.sub("", _PICTURE.sub("", text)))
    text = _BOLD.sub(lambda match: match["text"], text)
    text = _ITALIC.sub(lambda match: f"{_BEGIN}{match['a'] or match['b']}{_END}", text)
    plain, italics = _spans(html.unescape(_MARKS.sub("", text)))
    return Inline(_restored(plain), tuple(italics), pictures)


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


def _restored(text: str) -> str:
    return _RESERVED.sub(lambda match: chr(ord(match[0]) - _ESCAPED), text)
