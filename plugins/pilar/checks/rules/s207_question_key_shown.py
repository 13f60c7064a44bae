"""S207: the key of a test is not given away as an exercise for self-study."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Where participants see the keys of exercises (SPEC, `soal.yml`), no test takes those."""
    if not module.meta.latihan_mandiri:
        return
    for index, question in enumerate(module.questions):
        tests = [use for use in question.pakai if use != "latihan"]
        if tests and "latihan" in question.pakai:
            yield module.questions_source.problem(
                (index, "id"),
                "S207",
                f"kunci soal `{question.id}` dilihat peserta, padahal soal ini dipakai untuk "
                f"{' dan '.join(tests)}",
                "Hapus `latihan` dari `pakai`, atau tulis soal lain untuk latihan",
                at=question.id,
            )
