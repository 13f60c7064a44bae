"""What answers show of one question in one test, of a run or of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pilar.model.results import PrintedQuestion, Test

from .cutoffs import KNOWN_BEFORE, enough
from .items import idle
from .samples import Interval


@dataclass(frozen=True)
class QuestionFigures:
    """A question and its figures.

    Those of several runs join by `key` and `digest` of `printed`: changed words are another
    question.
    """

    test: Test
    printed: PrintedQuestion
    people: int
    difficulty: Interval
    """Share of the points that were got (p)."""
    chosen: Mapping[str, int]
    """People by choice of soal.yml; of a question with choices alone."""

    @property
    def version(self) -> str:
        """Version of the module that asked it."""
        return self.printed.module.meta.versi

    @property
    def known_before(self) -> bool:
        """Did nearly all know it before teaching? False while there are too few people."""
        return (
            self.test == "pretest"
            and enough(self.people)
            and self.difficulty.value >= KNOWN_BEFORE.value
        )

    @property
    def idle(self) -> tuple[str, ...]:
        """Distractors that too few took, on all forms together."""
        return idle(self.chosen, str(self.printed.question.kunci), self.people)
