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


_ELSEWHERE = re.compile(r"[\x85\u2028\u2029\ufeff]|[|>][-+0-9]*#")
"""Signs that end a line in YAML 1.1 and not in 1.2, or count as none; a comment right after the
mark of a block of text, which libyaml lets pass.
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
    if not isinstance(next(events), yaml.StreamEndEvent):
        raise _DoubtError
    return node


def _node(events: Iterator[Any], event: Any) -> Node:
    resolver = _shared().resolver
    if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
        raise _DoubtError
    start = event.start_mark
    if isinstance(event, yaml.ScalarEvent):
        tag = resolver.resolve(ScalarNode, event.value, event.implicit)
        return ScalarNode(tag, event.value, start, event.end_mark, style=event.style)
    children: list[Node] = []
    while not isinstance(child := next(events), yaml.CollectionEndEvent):
        children.append(_node(events, child))
    if isinstance(event, yaml.SequenceStartEvent):
        tag = resolver.resolve(SequenceNode, None, event.implicit)
        return SequenceNode(tag, children, start, child.end_mark)
    pairs = list(zip(children[::2], children[1::2], strict=True))
    tag = resolver.resolve(MappingNode, None, event.implicit)
    return MappingNode(tag, pairs, start, child.end_mark)
