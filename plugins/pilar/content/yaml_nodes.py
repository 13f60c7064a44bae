"""The nodes of a YAML 1.2 text: from libyaml where it reads what ruamel.yaml would."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from functools import cache, lru_cache
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import ReusedAnchorWarning
from ruamel.yaml.nodes import ScalarNode
from yaml.cyaml import CParser  # type: ignore[attr-defined]

CORE = "tag:yaml.org,2002:"


@lru_cache(maxsize=512)
def compose(text: str) -> Any:
    """The nodes of a text, not to be changed: versions of a module share most of their options.

    They are PyYAML's or ruamel.yaml's. Raises the latter's YAMLError, RecursionError.
    """
    if not _RUAMEL_ONLY.search(text):
        with suppress(yaml.YAMLError):
            return _Parser(text).get_single_node()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReusedAnchorWarning)
        return _ruamel().compose(text)


def scalar(node: Any) -> Any:
    """The value of a scalar node. Raises YAMLError, ValueError, OverflowError, LookupError."""
    same = ScalarNode(node.tag, node.value, node.start_mark, node.end_mark)
    # `construct_object` would do it too, but holds on to every node (ruamel.yaml).
    return _ruamel().constructor.construct_non_recursive_object(same)


@cache
def _ruamel() -> YAML:
    return YAML(typ="safe", pure=True)


_RUAMEL_ONLY = re.compile(
    r"[\t\r\x85\u2028\u2029\ufeff]|^%|(?:^|[\s\[{,:?-])(?:&\S|!)|[|>]\S*(?:#|\n *\n)"
    r"|^[ ?:-]{500}|\A(?:[^\[{]*[\[{]){1000}",  # as deep as libyaml's composer calls itself
    re.M,
)
"""What libyaml, a reader of YAML 1.1, takes otherwise than ruamel.yaml or marks elsewhere: found by
comparing what `read_yaml` gives for random texts (tests/stages/test_yaml.py).
"""


class _Parser(CParser):
    """libyaml, fifteen times as fast as ruamel.yaml, with the types of YAML 1.2. What it refuses
    ruamel.yaml reads again: it marks the exact place.
    """

    def resolve(self, kind: Any, value: str, implicit: tuple[bool, bool]) -> str:
        if kind is not yaml.ScalarNode:
            return f"{CORE}map" if kind is yaml.MappingNode else f"{CORE}seq"
        if implicit[0] and not value:
            raise yaml.YAMLError("a value that is not written has no certain place")
        return str(_ruamel().resolver.resolve(ScalarNode, value, implicit))

    def descend_resolver(self, *_: Any) -> None:
        """No tag of ours depends on the path to a value."""

    ascend_resolver = descend_resolver
