"""Memoization by identity: results live as long as the frozen object that they were made from."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")


def memoized(function: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """Like `functools.cached_property`, for a function outside of the class of its first argument.

    That argument must be immutable; the result must not refer to it (it would never be collected
    then) nor be changed by callers. Further arguments are hashable and given by position.
    """
    known: dict[int, tuple[weakref.ref[T], dict[object, R]]] = {}

    @wraps(function)
    def wrapper(subject: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
        assert not kwargs
        name = id(subject)
        if name not in known:
            # CPython gives ids out again: the callback drops the entry when its object dies.
            known[name] = weakref.ref(subject, lambda _: known.pop(name, None)), {}
        results = known[name][1]
        if args not in results:
            results[args] = function(subject, *args, **kwargs)
        return results[args]

    return wrapper
