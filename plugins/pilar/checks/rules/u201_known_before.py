"""U201: a question of the tests asks for what nearly all do not know yet."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.evidence.pooled import Pool, PooledQuestion
from pilar.model.curriculum import Module
from pilar.model.problem import Problem


def check_evidence(module: Module, pool: Pool) -> Iterator[Problem]:
    """No question was answered rightly by nearly all before they were taught."""
    for index, question in enumerate(module.questions):
        found = pool.question(module.slug, question).get("pretest")
        if found and found.known_before:
            share = f"{100 * found.difficulty.value:.0f} %"
            yield module.questions_source.problem(
                (index, "teks"),
                "U201",
                f"sebelum pelatihan, {share} jawaban sudah benar: {people(found)}",
                "Tanyakan yang belum dikuasai, atau abaikan dengan alasan",
            )


def people(found: PooledQuestion) -> str:
    """Whose answers these are, `46 peserta di 2 pelatihan`."""
    return f"{found.people} peserta di {len(found.by_run)} pelatihan"
