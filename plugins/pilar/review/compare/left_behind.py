"""What had to change along with something else, and did not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.changes.answer_keys import key_change
from pilar.changes.modules import Change, ModuleChange
from pilar.model.curriculum import Activity, Question

_LETTER = re.compile(r"\([A-J]\)|\b(?i:pilihan|jawaban|opsi|butir|huruf|kunci)\w*\s+[A-J]\b")
_MINUTES = re.compile(r"\((\d+) menit\)")


def old_explanations(change: ModuleChange) -> Iterator[Question]:
    """Questions with another key and the explanation of the old one.

    Where the right choice only has another letter, it still fits unless it names letters.
    """
    for pair in change.questions.changed:
        text = pair.after.pembahasan if "pembahasan" not in pair.fields else ""
        turn = key_change(pair.before, pair.after)
        if text and turn and (turn != "huruf" or _LETTER.search(text)):
            yield pair.after


def old_steps(change: ModuleChange) -> Iterator[Change[Activity]]:
    """Activities with other minutes, whose steps take as long as before, and not as long as they.

    Whether steps fit at all is for a rule of `pilar check` to say.
    """
    for pair in change.activities.changed:
        if "menit" in pair.fields:
            before, after = (_steps(activity) for activity in (pair.before, pair.after))
            if after and before == after and sum(after) != pair.after.options.menit:
                yield pair


def _steps(activity: Activity) -> list[int]:
    """Minutes that are written at the steps of an activity."""
    lines = activity.page.document.lines[activity.block.body - 1 : activity.block.last]
    return [int(minutes) for line in lines for minutes in _MINUTES.findall(line)]
