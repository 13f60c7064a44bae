"""One style sheet a site, without the rules that nothing in it can use.

Of the theme's styles most are for parts that our pages do not have: a third is left, without what
a page looks like having changed. A rule stays if every tag, class, id and attribute of one of its
selectors stands in some page, or is a word of a script that could put it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

import tinycss2

DARK = '[data-md-color-scheme="slate"]'
"""What the frame's script sets on the page's root where it is to be dark."""
_BEFORE_SCRIPTS = ":not([data-md-color-scheme])"
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_TAG = re.compile(
    r"<([a-zA-Z][\w-]*)((?:\s+[^\s=>\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*/?>"
)
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_WORD = re.compile(r"[\w-]+")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_GROUPS = {"media", "supports", "layer", "container"}
"""At-rules that hold rules."""


@dataclass(frozen=True)
class Vocabulary:
    """What selectors can find: of elements in pages, and words of scripts that make more."""

    tags: frozenset[str]
    classes: frozenset[str]
    ids: frozenset[str]
    attributes: frozenset[str]
    values: frozenset[tuple[str, str]]
    script: frozenset[str]

    @classmethod
    def of(cls, pages: Iterable[str], scripts: Iterable[str]) -> Vocabulary:
        """All that stands in HTML `pages` and JavaScript `scripts`."""
        elements = {match.groups() for page in pages for match in _TAG.finditer(page)}
        values = {
            (name.lower(), "".join(value))
            for _, attributes in elements
            for name, *value in _ATTRIBUTE.findall(attributes)
        }
        split: dict[str, set[str]] = {"class": set(), "id": set()}
        for name, value in values:
            if name in split:
                split[name].update(value.split())
        return cls(
            tags=frozenset(tag.lower() for tag, _ in elements),
            classes=frozenset(split["class"]),
            ids=frozenset(split["id"]),
            attributes=frozenset(name for name, _ in values),
            values=frozenset(values),
            script=frozenset(word for text in scripts for word in _WORD.findall(_hyphens(text))),
        )

    def among(self, names: frozenset[str]) -> Vocabulary:
        """What of it has one of these names: the same in most runs, whose words others are."""
        return Vocabulary(
            self.tags & names,
            self.classes & names,
            self.ids & names,
            self.attributes & names,
            frozenset(each for each in self.values if names.issuperset(each)),
            self.script & names,
        )

    def has(self, kind: frozenset[str], name: str) -> bool:
        """Whether pages, or scripts, have the name."""
        return name in kind or name in self.script


def _hyphens(script: str) -> str:
    """With `dataset.mdColorScheme` also as `data-md-color-scheme`."""
    names = re.findall(r"dataset\.(\w+)|[{,]\s*(\w+)\s*(?=[^{}]*\}\s*=\s*\S*dataset)", script)
    return script + " ".join(
        " data-" + re.sub(r"[A-Z]", lambda m: "-" + m[0].lower(), first or second)
        for first, second in names
    )


def bundle(sheets: Sequence[str], vocabulary: Vocabulary) -> str:
    """The `sheets` as one, as short as it gets; rules for the dark also where no script has run."""
    read = tuple(sheets)
    return _bundled(read, vocabulary.among(_names_in(read)))


@lru_cache(maxsize=4)
def _bundled(sheets: tuple[str, ...], vocabulary: Vocabulary) -> str:
    rules = chain.from_iterable(_kept(_parsed(sheet), vocabulary) for sheet in sheets)
    return without_unused("".join(rules))


@lru_cache(maxsize=4)
def _names_in(sheets: tuple[str, ...]) -> frozenset[str]:
    """All that selectors of the sheets can ask a vocabulary for, and more."""
    return frozenset(chain.from_iterable(_names(_parsed(sheet)) for sheet in sheets))


def _names(nodes: Iterable[Any]) -> Iterator[str]:
    for node in nodes:
        if node.type in ("hash", "ident", "string"):
            yield from (node.value, node.value.lower())
        parts = ("prelude",) if node.type == "qualified-rule" else ("content", "arguments")
        for part in parts:
            yield from _names(getattr(node, part, None) or ())


@lru_cache(maxsize=16)
def _parsed(sheet: str) -> tuple[Any, ...]:
    return tuple(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))


def _kept(rules: Iterable[Any], vocabulary: Vocabulary) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = _selectors(rule.prelude, vocabulary)
            if selectors:
                yield from _with_dark(selectors, ";".join(declarations(rule.content)))
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content:
            below = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if inner := "".join(_kept(below, vocabulary)):
                head = tinycss2.serialize(rule.prelude).strip()
                yield f"@{rule.lower_at_keyword} {short(head)}{{{inner}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            yield short(rule.serialize())


def _with_dark(selectors: list[str], body: str) -> Iterator[str]:
    """The rule; what makes it dark only on screens, for paper is white (browsers print text, and
    not its ground), and also where no script has run on a device that is set to dark.
    """
    if light := [each for each in selectors if DARK not in each]:
        yield f"{','.join(light)}{{{body}}}"
    if named := [each for each in selectors if DARK in each]:
        yield f"@media screen{{{','.join(named)}{{{body}}}}}"
        dark = [each.replace(DARK, _BEFORE_SCRIPTS) for each in named]
        dark = [f":root{each}" if each.startswith(_BEFORE_SCRIPTS) else each for each in dark]
        yield f"@media screen and (prefers-color-scheme:dark){{{','.join(dark)}{{{body}}}}}"


def _selectors(prelude: list[Any], vocabulary: Vocabulary) -> list[str]:
    """Those that can find something, without needless space."""
    return [
        short(tinycss2.serialize(tokens).strip()).replace("data-md-color-scheme=slate", DARK[1:-1])
        for tokens in at_commas(prelude)
        if _findable(tokens, vocabulary)
    ]


def at_commas(tokens: list[Any]) -> Iterator[list[Any]]:
    """The tokens between commas of this level."""
    part: list[Any] = []
    for token in tokens:
        if token == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _findable(tokens: list[Any], vocabulary: Vocabulary) -> bool:
    """Whether everything that a selector names can be there; what it excludes need not."""
    before = None
    for token in tokens:
        if token.type == "hash" and not vocabulary.has(vocabulary.ids, token.value):
            return False
        if token.type == "ident" and before != ":":
            kind, name = vocabulary.tags, token.value.lower()
            if before == ".":
                kind, name = vocabulary.classes, token.value
            if not vocabulary.has(kind, name):
                return False
        if token.type == "[] block" and not _has_attribute(token.content, vocabulary):
            return False
        alternatives = token.type == "function" and token.lower_name in ("is", "where", "has")
        if alternatives and not any(_findable(p, vocabulary) for p in at_commas(token.arguments)):
            return False
        before = token
    return True


def _has_attribute(content: list[Any], vocabulary: Vocabulary) -> bool:
    words = [token for token in content if token.type in ("ident", "string")]
    name = words[0].value.lower()
    if name in vocabulary.script:
        return True
    exact = any(token == "=" for token in content)
    if exact and len(words) > 1:
        return (name, words[1].value) in vocabulary.values
    return name in vocabulary.attributes


def declarations(content: list[Any]) -> list[str]:
    """What a rule declares, each as `name:value`."""
    declared = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [
        f"{each.name}:{_SPACE.sub(' ', tinycss2.serialize(each.value).strip())}"
        + ("!important" if each.important else "")
        for each in declared
        if each.type == "declaration"
    ]


def short(text: str) -> str:
    """CSS without needless space."""
    return _AROUND.sub(r"\1", _SPACE.sub(" ", text))


_CUSTOM = re.compile(r"(--[\w-]+):((?:url\(\"[^\"]*\"\)|\"[^\"]*\"|[^;{}])*)(;|(?=\}))")
_EMPTY = re.compile(r"[^{};]*\{\}")
_KEYFRAMES = re.compile(r"@(?:-webkit-)?keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}")


def without_unused(text: str) -> str:
    """Styles without custom properties that nothing reads, and animations that nothing runs."""
    before = ""
    while text != before:
        before, read = text, frozenset(_VARIABLE.findall(text))
        text = _CUSTOM.sub(partial(_if_read, read), text).replace(";}", "}")
        text = _EMPTY.sub("", text)
    named = "".join(_KEYFRAMES.sub("", text))
    return _KEYFRAMES.sub(lambda m: m[0] if m[1] in named else "", text)


def _if_read(read: frozenset[str], found: re.Match[str]) -> str:
    return found[0] if found[1] in read else ""


def theme_sheets(folders: Iterable[Path]) -> list[str]:
    """The theme's own styles; their names end in a hash. `folders`: MkDocs' `theme.dirs`."""
    found = (
        path
        for folder in folders
        for kind in ("main", "palette")
        for path in sorted(folder.glob(f"assets/stylesheets/{kind}.*.min.css"))
    )
    return [path.read_text("utf-8") for path in found]
