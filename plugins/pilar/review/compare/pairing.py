"""Which page and which module became which, whatever they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pilar.model.curriculum import Module

from .page_state import Sheet

_SAME_PAGE = 0.45
"""Share of common words from which on two pages of different names are one."""
_NAME = 0.25
_PLACE = 0.1
"""What the same file name and the same module add to the likeness of two pages."""
_SOME = 0.25
"""Share of common words below which the module that two pages stand in says nothing."""


def paired(
    before: list[Sheet], after: list[Sheet], modules: Mapping[str, str]
) -> Iterator[tuple[Sheet | None, Sheet | None]]:
    """Which page became which, in the new order; those that are gone come last."""
    same = {sheet.place: sheet for sheet in before}
    partner: dict[int, Sheet] = {}
    for sheet in after:
        found = same.get((modules.get(sheet.module.slug, ""), sheet.page.name))
        if found and found.raw == sheet.raw:
            partner[id(sheet)] = found
    taken = {id(sheet) for sheet in partner.values()}
    old_left = [sheet for sheet in before if id(sheet) not in taken]
    scored = sorted(
        (
            (_likeness(old, new, modules), i, j)
            for i, old in enumerate(old_left)
            for j, new in enumerate(after)
            if id(new) not in partner
        ),
        key=lambda entry: (-entry[0], entry[1:]),
    )
    for score, i, j in scored:
        old, new = old_left[i], after[j]
        if score >= _SAME_PAGE and id(new) not in partner and id(old) not in taken:
            partner[id(new)] = old
            taken.add(id(old))
    for new in after:
        found = same.get((modules.get(new.module.slug, ""), new.page.name))
        if id(new) not in partner and found and id(found) not in taken:
            # The same file, rewritten.
            partner[id(new)] = found
            taken.add(id(found))
        yield partner.get(id(new)), new
    yield from ((old, None) for old in before if id(old) not in taken)


def _likeness(old: Sheet, new: Sheet, modules: Mapping[str, str]) -> float:
    value = overlap(old.bag, new.bag)
    value += _NAME * (old.page.name == new.page.name)
    return value + _PLACE * (modules.get(new.module.slug) == old.module.slug) * (value > _SOME)


def overlap(old: Counter[str], new: Counter[str]) -> float:
    """Share of words that both have, 0 to 1."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0


def renamed_modules(before: Mapping[str, Module], after: Mapping[str, Module]) -> dict[str, str]:
    """Old slug of each new one: the same where it exists, else that of the module most like it."""
    pairs = {slug: slug for slug in after if slug in before}
    gone = [slug for slug in before if slug not in after]
    for new in after:
        if new in pairs:
            continue
        words = _module_words(after[new])
        scored = [(overlap(_module_words(before[old]), words), old) for old in gone]
        value, old = max(scored, default=(0.0, ""))
        if value >= _SAME_PAGE:
            pairs[new] = old
            gone.remove(old)
    return pairs


def _module_words(module: Module) -> Counter[str]:
    return Counter(
        word
        for page in module.pages
        for _, line in page.document.text_lines()
        for word in line.split()
    )
