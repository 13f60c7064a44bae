"""The reading of editors and git hosts: CommonMark with GitHub's tables, footnotes and deletions.

What Pilar adds to Markdown is folded first: boxes and tabs (`!!!`, `???`, `===`) by their
indentation, however much of it there is, attributes and abbreviations are taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, strikethrough
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from .leaves import LINE, Leaf, leaves

__all__ = ["Box", "Reading", "Token", "inline", "read", "seen"]

_HEAD = re.compile(
    r"(?P<prefix>[ >]*)(?:(?P<tab>===[!+]*) *(?=[\"“”„])|(?P<mark>!!!|\?\?\?\+?)(?=[ \w])) *"
    r"(?P<rest>\S.*?) *"
)
_TITLE = re.compile(r"[\"“”„](?P<title>.*)[\"“”]")
_PLACED = re.compile("\uf8f2(\\d+)\uf8f3")
_ATTRIBUTE = r"(?:[.#][\w:-]+|[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s{}\"']+))"
_ATTRIBUTES = re.compile(rf" *\{{:? *{_ATTRIBUTE}(?: +{_ATTRIBUTE})* *\}}")
_ALT = re.compile(r"\{[^{}\n]*?\balt=(\"[^\"]*\"|'[^']*')")
_ABBREVIATION = re.compile(r" {0,3}\*\[[^\]]+\]:.*")
_SUBSCRIPT = re.compile(r"(?<=[^\W_])~[^~\s]+~(?!~)")
_SIDES = frozenset({"inline", "end"})
"""Classes of a box that are not part of its title."""


@dataclass(frozen=True)
class Box:
    """A box or tab: what was written in front of its title, and its text from `first` on."""

    mark: str
    kind: str
    title: str | None
    """None where the box has none."""
    text: tuple[str, ...]
    first: int
    """Line of the text that its content begins at, from 0."""

    @property
    def head(self) -> str:
        """Its first line, as Pilar reads it."""
        kind = f" {self.kind}" if self.kind else ""
        default = self.title == self.kind.split(" ")[0].capitalize()
        return f"{self.mark}{kind}" + ("" if default else f' "{self.title or ""}"')


@dataclass(frozen=True)
class Reading:
    """A text as CommonMark reads it: its tokens, the lines they count, the boxes folded in it."""

    lines: tuple[str, ...]
    numbers: tuple[int, ...]
    """For each of `lines` the line of the text, from 0."""
    ends: tuple[int, ...]
    """For each of `lines` the line of the text after it: of a folded box that after its content."""
    boxes: tuple[Box, ...]
    tokens: tuple[Token, ...]

    def box(self, text: str) -> Box | None:
        """The box that a paragraph stands for."""
        match = _PLACED.fullmatch(text)
        return self.boxes[int(match[1])] if match else None


@lru_cache(maxsize=1024)
def read(text: str) -> Reading:
    """Parse a text."""
    shown, boxes = _folded(text.split("\n"))
    lines, numbers, ends = zip(*shown, strict=True)
    tokens = _parser().parse("\n".join(lines), {})
    for token in tokens:
        if token.map and token.nesting >= 0:
            token.attrSet(LINE, str(numbers[min(token.map[0], len(numbers) - 1)]))
        before = None
        for child in token.children or ():
            if child.type == "text":
                if before and (alt := _ALT.match(child.content)):
                    before.children = [Token("text", "", 0, content=alt[1][1:-1])]
                child.content = _ATTRIBUTES.sub("", child.content)
            before = child if child.type == "image" else None
    return Reading(lines, numbers, ends, boxes, tuple(tokens))


def inline(text: str) -> Sequence[Token]:
    """Parse a text without blocks, such as a title."""
    return _parser().parseInline(text, {})[0].children or ()


def seen(reading: Reading) -> tuple[Leaf, ...]:
    """The leaves that authors see; boxes in their places."""
    parser = _parser()
    markup = parser.renderer.render(reading.tokens, parser.options, {})
    return tuple(_unfolded(leaves(markup), reading))


def _unfolded(found: Sequence[Leaf], reading: Reading) -> Iterator[Leaf]:
    for leaf in found:
        box = reading.box(leaf.text)
        if box is None:
            yield leaf
            continue
        path, opens = (*leaf.path, "box"), (*leaf.opens, "box")
        inner = [
            replace(each, path=path + each.path, line=each.line + box.first)
            for each in seen(read("\n".join(box.text)))
        ]
        if box.title is not None:
            title = leaves(_parser().renderInline(box.title))
            text = title[0].text if title else ""
            inner.insert(0, Leaf("title", path, (), text, leaf.line))
        for number, each in enumerate(inner):
            yield each if number else replace(each, opens=opens + each.opens)


@cache
def _parser() -> MarkdownIt:
    # Raw HTML is text: Pilar reports and prints it as such.
    options = {"html": False, "strikethrough_single_tilde": True}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.inline.ruler.at("strikethrough", _deletion)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # B121 tells of them
    parser.use(footnote_plugin, inline=False).use(deflist_plugin)
    parser.add_render_rule("footnote_anchor_name", _note_name)
    return parser


def _deletion(state: StateInline, silent: bool) -> bool:
    """GitHub's `~`, except where it is Pilar's subscript: H~2~O."""
    match = _SUBSCRIPT.match(state.src, state.pos)
    if match is None:
        return strikethrough.tokenize(state, silent)
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


def _note_name(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return str(tokens[index].meta.get("label", tokens[index].meta["id"]))


def _folded(lines: Sequence[str]) -> tuple[list[tuple[str, int, int]], tuple[Box, ...]]:
    """Lines with each box replaced by a paragraph, where they begin and end, and the boxes."""
    shown: list[tuple[str, int, int]] = []
    boxes: list[Box] = []
    number, fence = 0, ""
    while number < len(lines):
        line = lines[number]
        if mark := re.match(r"[ >]*(?P<fence>```+|~~~+)", line):
            fence = "" if fence and mark["fence"].startswith(fence) else fence or mark["fence"]
        match = None if fence else _HEAD.fullmatch(line)
        if match is None:
            shown.append(
                ("" if _ABBREVIATION.fullmatch(line) and not fence else line, number, number + 1)
            )
            number += 1
            continue
        prefix = match["prefix"]
        end = _end(lines, number + 1, prefix)
        empty = prefix.rstrip()
        place = f"{prefix}\uf8f2{len(boxes)}\uf8f3"
        shown += [(empty, number, number), (place, number, end), (empty, end, end)]
        boxes.append(_box(match, _inside(lines[number + 1 : end], prefix), number + 1))
        number = end
    return shown, tuple(boxes)


def _end(lines: Sequence[str], first: int, prefix: str) -> int:
    """Where a box ends: before the line that is not deeper than its head, or the space above it."""
    end = number = first
    while number < len(lines):
        line = lines[number]
        if line.startswith(f"{prefix}  "):
            end = number + 1
        elif line.strip(" >"):
            break
        number += 1
    return end


def _inside(lines: Sequence[str], prefix: str) -> tuple[str, ...]:
    """The content of a box without its indentation."""
    bare = [line.removeprefix(prefix) for line in lines]
    depths = [len(line) - len(line.lstrip()) for line in bare if line.strip(" >")]
    depth = min([*depths[:1], 4])
    return tuple(line[depth:] if line[:depth].isspace() else line.lstrip() for line in bare)


def _box(match: re.Match[str], text: tuple[str, ...], first: int) -> Box:
    quoted = _TITLE.search(match["rest"])
    title = quoted["title"] if quoted else None
    if match["tab"]:
        return Box(match["tab"], "", title or "", text, first)
    words = match["rest"][: quoted.start() if quoted else None].split() or [""]
    sides = [word for word in words[1:] if word in _SIDES]
    spare = " ".join(word for word in words[1:] if word not in _SIDES)
    if quoted and not spare:
        title = title or None
    else:
        title = " ".join(filter(None, [spare, title])) or words[0].capitalize()
    return Box(match["mark"], " ".join([words[0], *sides]), title, text, first)
