"""ringkasan.md: the comment below a pull request, most important first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pilar.editions.words import number, size
from pilar.model.problem import Problem, shown

from .attention import attention, run_line, when
from .data import ModuleReview, Print, Review
from .lines import lines
from .registries import registry_lines
from .words import END, IN, OUT, Line, counted, listed, quiet_facts, state, title

LIMIT = 60_000
"""Characters that the summary has at most; GitHub takes 65,536."""
MARK = "<!-- pilar:ulasan -->"
"""First line, by which a workflow finds its own comment again."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~@])")
_CALLING = re.compile(r"@|https?(?=:)|www(?=\.)|#(?=\d)", re.IGNORECASE)
_SHOWN = 25
"""Problems listed one by one."""
_CUT = (
    "\n*Ringkasan ini dipotong karena panjangnya; {} bagian terakhir hanya ada di "
    "[laporan lengkap]({}).*\n"
)


def markdown(review: Review, report: str = "index.html") -> str:
    """The summary; `report` is the address of the report that it links to."""
    pieces = list(_pieces(review, report))
    room = LIMIT - len(_CUT) - len(report) - 20
    text = ""
    for index, piece in enumerate(pieces):
        if len(text) + len(piece) > room:
            return text + _CUT.format(len(pieces) - index, report)
        text += piece
    return text


def _pieces(review: Review, report: str) -> Iterator[str]:
    """Parts that stand or fall whole, the most important ones first."""
    yield f"{MARK}\n## {headline(review)}\n\n{_states(review)} · [Laporan lengkap]({report})\n"
    if not review:
        return
    if found := list(attention(review)):
        yield "\n### Perlu diperhatikan\n\n"
        yield from (_bullet(line, report) for line in found)
    loud = [module for module in review.modules if not module.trivial]
    loud.sort(key=weight, reverse=True)
    if loud:
        yield "\n### Perubahan per modul\n"
    for module in loud:
        yield f"\n#### {_escaped(title(module))} ({state(module)})\n\n"
        yield from (_bullet(line, report) for line in lines(module, review))
    yield from _runs(review, report)
    yield from _problem_list("Masalah baru", review.new, report)
    if found := list(registry_lines(review.registries)):
        yield "\n### Kurikulum, rujukan, dan glosarium\n\n"
        yield from (_bullet(line, report) for line in found)
    yield from _prints(review, report)
    yield from _problem_list("Masalah yang selesai", review.solved, report)
    if not (review.new or review.solved or review.remaining or review.unreadable):
        yield "\nPemeriksaan: tidak ada masalah, sebelum maupun sesudah perubahan ini.\n"
    if review.remaining:
        yield f"\n{len(review.remaining)} masalah lama masih ada.\n"
    quiet = [module for module in review.modules if module.trivial]
    if quiet:
        yield "\n### Tanpa perubahan isi\n\n"
        yield from (
            f"- {_escaped(title(m))}: {'; '.join(quiet_facts(m)) or 'hanya versinya'}\n"
            for m in quiet
        )


def headline(review: Review) -> str:
    """The change in a sentence."""
    if review.unreadable:
        return "Ulasan: isi tidak dapat dibaca"
    if not review:
        return "Ulasan: tidak ada isi yang berubah"
    loud = sum(not module.trivial for module in review.modules)
    hit = sum(run.effect in ("terdampak", "rusak", "kunci-baru") for run in review.runs)
    counts = (
        (loud, "modul berubah"),
        (sum(run.effect == "baru" for run in review.runs), "pelatihan baru"),
        (hit, "pelatihan terdampak"),
        (len(review.new), "masalah baru"),
        (len(review.solved), "masalah selesai"),
    )
    facts = [counted(count, what) for count, what in counts if count]
    if not facts:
        only = "hanya ditata ulang" if review.modules else "hanya daftar bersama yang berubah"
        return f"Ulasan: tidak ada perubahan isi modul, {only}"
    return f"Ulasan: {listed(facts)}"


def weight(module: ModuleReview) -> tuple[int, int]:
    """What comes first: modules that came or went, then structure, then keys, then words."""
    words = sum(page.inserted + page.deleted for page in module.pages)
    change = module.change
    if change is None:
        return 4, words
    if change.hours or change.result or change.indicators:
        return 3, words
    if any("kunci" in pair.fields for pair in change.questions.changed):
        return 2, words
    return 1, words


def _states(review: Review) -> str:
    base, head = review.base, review.head
    text = f"`{base.name}` {_escaped(base.title)} → `{head.name}` {_escaped(head.title)}"
    if review.asked:
        text += f" · dibandingkan dengan titik cabangnya, bukan dengan `{review.asked[:8]}`"
    return text


def _bullet(line: Line, report: str) -> str:
    link = f" [lihat]({report}#{line.part})" if line.part else ""
    return f"- **{line.label}**: {_marked(_escaped(line.text))}{link}\n"


def _marked(text: str) -> str:
    """Deletions struck out, insertions bold; spaces inside the marks would undo them."""
    text = re.sub(f"{OUT}(.*?){END}", r"~~\1~~", text)
    return re.sub(f"{IN}(.*?){END}", r"**\1**", text)


def _escaped(text: str) -> str:
    """Text in one line as Markdown shows it, whatever stands in it.

    GitHub makes mentions and links of what remains after escaping, hence a sign without width.
    """
    return _CALLING.sub("\\g<0>\u2060", _SPECIAL.sub(r"\\\1", shown(text)))


def _code(text: str) -> str:
    """Text of anybody as code."""
    return f"`` {shown(text)} ``" if "`" in text else f"`{shown(text)}`"


def _runs(review: Review, report: str) -> Iterator[str]:
    if not review.runs:
        return
    rows = [
        f"| {run.pinned.run.id} | {_escaped(when(run))} | {_escaped(run_line(run))} |\n"
        for run in review.runs
    ]
    yield f"\n### Pelatihan\n\n| Pelatihan | Waktu | Akibat |\n| --- | --- | --- |\n{''.join(rows)}"
    if any(day.changed for run in review.runs for day in run.days):
        yield f"\n[Jadwal sebelum dan sesudah]({report}#pelatihan)\n"


def _problem_list(heading: str, problems: Sequence[Problem], report: str) -> Iterator[str]:
    if not problems:
        return
    yield f"\n### {heading} ({len(problems)})\n\n"
    # Errors first: warnings stop nothing.
    ordered = sorted(problems, key=lambda problem: (problem.warning, problem))
    for problem in ordered[:_SHOWN]:
        place = _code(f"{problem.path}:{problem.line}")
        yield f"- {place} {problem.code} {_escaped(problem.text)}\n"
    if len(ordered) > _SHOWN:
        more = len(ordered) - _SHOWN
        yield f"- dan {more} lainnya, lihat [laporan]({report}#masalah)\n"


def _prints(review: Review, report: str) -> Iterator[str]:
    if not review.prints:
        return
    names = {module.slug: title(module) for module in review.modules}
    rows = [
        f"| {_escaped(names[slug])} | {part.edition.value} | {' | '.join(print_cells(part))} |\n"
        for slug, parts in review.prints.items()
        for part in parts
    ]
    yield (
        "\n### Cetakan\n\nIsi modul tanpa sampul dan daftar isi; lembar dicetak bolak-balik.\n\n"
        "| Modul | Edisi | Halaman | Lembar | Ukuran |\n| --- | --- | --- | --- | --- |\n"
        f"{''.join(rows)}\n[Halaman yang berubah, sebelum dan sesudah]({report}#cetakan)\n"
    )


def print_cells(part: Print) -> Iterable[str]:
    """Pages, sheets and bytes before and after."""
    if part.failed:
        return ("tidak dapat dicetak", "–", "–")
    return (step(*part.pages), step(*part.sheets), step(*part.size, shown=size))


def step(before: int, after: int, shown: object = number) -> str:
    """`18 → 19`, or `18` where nothing changed."""
    assert callable(shown)
    first, last = shown(before), shown(after)
    if first == last:
        return str(last)
    return f"{first if before else '–'} → {last if after else '–'}"
