"""What became of the key of a question."""

from __future__ import annotations

from typing import Literal

from pilar.model.curriculum import Pairs, Question, letters

KeyChange = Literal["", "lain", "kata", "huruf"]
"""The same key; another one; the choice that is right in other words; it under another letter."""


def answer(question: Question) -> tuple[str, ...]:
    """The right answer itself, whatever letter it stands at.

    The text of the right choice; of a matching question each pair; else what `kunci` accepts.
    """
    choices, key = question.pilihan, question.kunci
    if isinstance(choices, Pairs):
        right = dict(zip(letters(len(choices.kanan)), choices.kanan, strict=True))
        matched = zip(choices.kiri, key, strict=True)
        return tuple(sorted(f"{left} – {right[letter]}" for left, letter in matched))
    if choices:
        return (choices[letters(len(choices)).index(str(key))],)
    return (key,) if isinstance(key, str) else key


def key_change(old: Question, new: Question) -> KeyChange:
    """What became of a key, by what can be seen: that other words mean the same cannot be."""
    before, after = answer(old), answer(new)
    if before == after and (old.kunci == new.kunci or old.jenis == new.jenis):
        return "" if old.kunci == new.kunci else "huruf"
    if old.jenis != new.jenis or old.kunci != new.kunci or not old.pilihan:
        return "lain"
    was, now = _choices(old), _choices(new)
    # With pairs every text belongs to the answer: a reshuffled column is another key.
    compared = (
        zip(was, now, strict=False)
        if isinstance(old.pilihan, Pairs)
        else zip(before, after, strict=False)
    )
    exchanged = any(a != b and (b in was or a in now) for a, b in compared)
    return "lain" if exchanged else "kata"


def was_wrong(old: Question, new: Question) -> bool:
    """Whether what is right now stood as wrong in the old question, which asked the same.

    Where the right answer is written anew, nothing says that the old key misled anybody.
    """
    if key_change(old, new) != "lain" or (old.teks, old.jenis) != (new.teks, new.jenis):
        return False
    right = _choices(new) if isinstance(new.pilihan, Pairs) else answer(new)
    return new.jenis == "benar-salah" or {*right} <= {*_choices(old)}


def _choices(question: Question) -> tuple[str, ...]:
    found = question.pilihan
    return (*found.kiri, *found.kanan) if isinstance(found, Pairs) else found
