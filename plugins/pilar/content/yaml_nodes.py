"""Nodes of a YAML text, and the plain values of those that hold no others."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import ReusedAnchorWarning
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.tag import Tag


@lru_cache(maxsize=512)
def composed(text: str) -> Node | None:
    """The nodes of a text; nobody changes them. Versions of a module repeat most of its options.

    libyaml reads thirty times as fast as ruamel.yaml, which is asked where that stumbles: it knows
    all of YAML 1.2, and its errors are those that are told. Raises its YAMLError.
    """
    try:
        return _compose(text)
    except (yaml.YAMLError, UnicodeEncodeError, _DoubtError):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReusedAnchorWarning)
            node: Node | None = _ruamel().compose(text)
            return node


def value_of(scalar: Node) -> Any:
    """The value of a node by YAML 1.2. Raises YAMLError, ValueError, OverflowError, LookupError."""
    # What `construct_object` does, without keeping every node for ever.
    return _shared().constructor.construct_non_recursive_object(scalar)


_ELSEWHERE = re.compile(r"[\t\x85\u2028\u2029\ufeff]|[|>][-+0-9]*#|^(?:---|\.\.\.|%)", re.MULTILINE)
"""What YAML 1.1 and 1.2, or libyaml and ruamel.yaml, do not see alike: signs that end a line in one
of them or count as none, a comment right after the mark of a block of text, ends of documents.
"""


class _DoubtError(Exception):
    """What libyaml, which knows YAML 1.1 alone, may take for something else."""


def _ruamel() -> YAML:
    return YAML(typ="safe", pure=True)


@cache
def _shared() -> YAML:
    return _ruamel()


def _compose(text: str) -> Node | None:
    if _ELSEWHERE.search(text):
        raise _DoubtError
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    next(events)  # the stream begins
    if isinstance(next(events), yaml.StreamEndEvent):
        return None
    node = _node(events, next(events))
    next(events)  # the document ends
    if not isinstance(next(events), yaml.StreamEndEvent) or isinstance(node, ScalarNode):
        raise _DoubtError  # no file or option is one value alone; its indentation has other rules
    return node


def _node(events: Iterator[Any], event: Any) -> Node:
    resolver = _shared().resolver
    if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
        raise _DoubtError
    start = event.start_mark
    if isinstance(event, yaml.ScalarEvent):
        tag = _tag(event.value) if event.implicit[0] else resolver.DEFAULT_SCALAR_TAG
        return ScalarNode(tag, event.value, start, event.end_mark, style=event.style)
    children: list[Node] = []
    while not isinstance(child := next(events), yaml.CollectionEndEvent):
        children.append(_node(events, child))
    if isinstance(event, yaml.SequenceStartEvent):
        return SequenceNode(resolver.DEFAULT_SEQUENCE_TAG, children, start, child.end_mark)
    pairs = list(zip(children[::2], children[1::2], strict=True))
    return MappingNode(resolver.DEFAULT_MAPPING_TAG, pairs, start, child.end_mark)


def _tag(plain: str) -> Any:
    """What a scalar without quotation marks is: `resolve` without its search for a version."""
    for tag, pattern in _patterns().get(plain[:1], ()):
        if pattern.match(plain):
            return Tag(suffix=tag)
    return _shared().resolver.DEFAULT_SCALAR_TAG


@cache
def _patterns() -> dict[str, list[tuple[str, Any]]]:
    """Tags of YAML 1.2 and what they look like, by first character."""
    patterns: dict[str, list[tuple[str, Any]]] = _shared().resolver.versioned_resolver
    return patterns
