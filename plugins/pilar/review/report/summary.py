"""ringkasan.md: the comment below a pull request, most important first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pilar.editions.words import number, size
from pilar.model.problem import Problem, shown
from pilar.review.compare.data import ModuleReview, Print, Review

from .attention import attention
from .lines import lines
from .overview import headline, overview, written_by
from .phrases import END, IN, OUT, Line, listed, state, step, title, trivial_facts
from .problems import grouped_problems
from .registries import registry_lines
from .run_words import run_line, run_lines, run_part, when

LIMIT = 60_000
"""Characters that the summary has at most; GitHub takes 65,536."""
MARK = "<!-- pilar:ulasan -->"
"""First line, by which a later summary finds the comment that it replaces."""
_MOST_PLACES = 12
"""Places of a problem that the summary names; the report has all."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~@])")
_CALLING = re.compile(r"@|https?(?=:)|www(?=\.)|#(?=\d)", re.IGNORECASE)
_CUT = (
    "\n*Ringkasan ini dipotong karena panjangnya: {} butir yang kurang penting hanya ada di "
    "[laporan lengkap]({}).*\n"
)


@dataclass(frozen=True)
class Piece:
    """What stands or falls whole, below headings. Of higher `rank` is what falls first."""

    text: str
    rank: int
    under: tuple[str, ...] = ()


def markdown(review: Review, report: str = "index.html") -> str:
    """The summary; `report` is the address of the report that it links to."""
    pieces = list(_pieces(review, report))
    cut = _CUT.format(number(len(pieces)), report)
    fitting = _fit(pieces, LIMIT - len(cut))
    text, headings = "", set[str]()
    for piece in fitting:
        text += "".join(heading for heading in piece.under if heading not in headings) + piece.text
        headings.update(piece.under)
    left = len(pieces) - len(fitting)
    return text + _CUT.format(number(left), report) if left else text


def _fit(pieces: Sequence[Piece], room: int) -> list[Piece]:
    """Pieces that there is room for, in reading order; the most important ones first get theirs."""
    fitting, headings = set[int](), set[str]()
    for index in sorted(range(len(pieces)), key=lambda index: (pieces[index].rank, index)):
        piece = pieces[index]
        room -= len(piece.text) + sum(len(name) for name in piece.under if name not in headings)
        if room < 0:
            break
        fitting.add(index)
        headings.update(piece.under)
    return [piece for index, piece in enumerate(pieces) if index in fitting]


def _pieces(review: Review, report: str) -> Iterator[Piece]:
    """All there is to say, in reading order."""
    text = f"{MARK}\n## {headline(review)}\n\n"
    text += "".join(_bullet(line, report) for line in overview(review))
    yield Piece(f"{text}\n{_states(review)} · [Laporan lengkap]({report})\n", 0)
    found = attention(review)
    yield from _bullets(found, report, f"\n### Perlu dilihat ({len(found)})\n\n")
    changed = [module for module in review.modules if module.told]
    for module in sorted(changed, key=importance, reverse=True):
        name = f"[{_escaped(title(module))}]({report}#modul-{module.slug})"
        headings = "\n### Perubahan per modul\n", f"\n#### {name} ({state(module)})\n\n"
        yield from _bullets(lines(module, review), report, *headings)
    if review and review.runs:
        heading = "\n### Pelatihan\n\n"
        yield Piece(_runs(review, report), 1, (heading,))
        for run in review.runs:
            name = f"\n#### [{run.pinned.run.id}]({report}#{run_part(run)})\n\n"
            yield from _bullets(run_lines(run), report, heading, name)
    yield from _problems("Masalah baru", review.new, 1)
    heading = "\n### Kurikulum, rujukan, dan glosarium\n\n"
    yield from _bullets(registry_lines(review), report, heading, rank=3)
    if review.prints or review.joined:
        yield Piece(_prints(review, report), 3, ("\n### Buku\n\n",))
    yield from _problems("Masalah yang selesai", review.solved, 4)
    for module in review.modules:
        if not module.told:
            facts = "; ".join(trivial_facts(module))
            if not facts:
                continue  # only what it cites is another, which stands with the registry
            text = f"- {_escaped(title(module))}: {_escaped(facts)}\n"
            yield Piece(text, 4, ("\n### Tanpa perubahan isi\n\n",))


def importance(module: ModuleReview) -> tuple[int, int]:
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
    if names := written_by(review):
        text += f" · ditulis {_escaped(names)}"
    if review.asked:
        text += f" · dibandingkan dengan titik cabangnya, bukan dengan `{review.asked[:8]}`"
    return text


def _bullets(found: Iterable[Line], report: str, *under: str, rank: int = 0) -> Iterator[Piece]:
    for line in found:
        yield Piece(_bullet(line, report), rank or line.rank, under)


def _bullet(line: Line, report: str) -> str:
    names = [
        f"[{_escaped(name)}]({report}#{part})" if part else _escaped(name)
        for name, part in line.names
    ]
    return f"- **{line.heading}**: {listed(names, 12)}{_marked(_escaped(line.after))}\n"


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


def _runs(review: Review, report: str) -> str:
    rows = "| Pelatihan | Waktu | Akibat |\n| --- | --- | --- |\n"
    for run in review.runs:
        name = run.pinned.run.id
        if run.fields or any(day.changed for day in run.days):
            name = f"[{name}]({report}#{run_part(run)})"
        rows += f"| {name} | {_escaped(when(run))} | {_escaped(run_line(run))} |\n"
    return rows


def _problems(heading: str, problems: Sequence[Problem], rank: int) -> Iterator[Piece]:
    for notice in grouped_problems(problems):
        problem, (place, *others) = notice.problem, notice.places
        marks = ["peringatan"] * problem.warning
        if notice.count > 1:
            marks.append(f"{number(notice.count)} kali")
        if others:
            marks.append(f"juga di {listed([_code(other) for other in others], _MOST_PLACES)}")
        after = f" ({', '.join(marks)})" if marks else ""
        text = f"- {_code(place)} {problem.code} {_quoted(problem.text)}{after}\n"
        yield Piece(text, rank, (f"\n### {heading} ({number(len(problems))})\n\n",))


def _quoted(text: str) -> str:
    """A message escaped but for its own `code`."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0 or not all(pieces[1::2]):
        return _escaped(text)
    return "".join(_code(piece) if n % 2 else _escaped(piece) for n, piece in enumerate(pieces))


def _prints(review: Review, report: str) -> str:
    rows = "".join(
        f"| {_escaped(name)} | {book.edition.value} | {' | '.join(print_cells(book))} |\n"
        for name, books in named_books(review)
        for book in books
    )
    return (
        "| Buku | Edisi | Halaman | Lembar | Ukuran |\n| --- | --- | --- | --- | --- |\n"
        f"{rows}\n[Halaman yang berubah, sebelum dan sesudah]({report}#cetakan). Dihitung dari "
        "sampul sampai glosarium; lembar dicetak bolak-balik.\n"
    )


def named_books(review: Review) -> Iterator[tuple[str, tuple[Print, ...]]]:
    """Name and editions of every book that was printed: joined ones, then those of modules."""
    names = {module.slug: title(module) for module in review.modules}
    yield from ((f"Buku gabungan {run}", books) for run, books in review.joined.items())
    yield from ((names[slug], books) for slug, books in (review.prints or {}).items())


def print_cells(part: Print) -> Iterable[str]:
    """Pages, sheets and bytes before and after."""
    if part.failed:
        return ("tidak dapat dicetak", "–", "–")
    return (step(*part.pages), step(*part.sheets), step(*part.size, shown=size))
