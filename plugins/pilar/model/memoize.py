"""Results that live as long as the frozen object that they were made from."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")


def kept(function: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """Like `functools.cached_property`, for a function outside of the class of its first argument.

    That argument must never change, and the result neither hold it (or it would live for ever) nor
    be changed by whoever gets it. Further arguments are hashable and given by position.
    """
    known: dict[int, tuple[weakref.ref[T], dict[object, R]]] = {}

    @wraps(function)
    def wrapper(subject: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
        assert not kwargs
        name = id(subject)
        if name not in known:
            known[name] = weakref.ref(subject, lambda _: known.pop(name, None)), {}
        results = known[name][1]
        if args not in results:
            results[args] = function(subject, *args, **kwargs)
        return results[args]

    return wrapper
