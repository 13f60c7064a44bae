"""Plots of the report: black, white and grey, readable on a photocopy, the same bytes every time.

For the press, which has our font, words are text: laid out three times as fast as letters drawn as
paths. Screens have another font, in which words would not fit: they get the paths. All that a plot
shows stands in a table beside it. The library is imported when something is drawn: no other command
needs it.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilar.editions.words import decimal
from pilar.evidence.samples import Interval
from pilar.store.fonts import OWN, SANS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

WIDTH = 167.0
"""Of every plot in mm: the text of an A4 sheet of papers."""
_DOTS = 200
"""An inch, of the picture for offices."""
_INCH = 25.4
_NO_DATE = {"Date": None, "Creator": None}
_EXAMPLE = "CONTOH: data rekaan"
_DARK, _GREY, _LIGHT = "0", "0.45", "0.85"
_STEPS = ("1", "0.82", "0.55", "0.15")
"""Greys of the ratings, from the lowest."""
_MOST_NAMED = 60
"""Columns that still have room for a name each."""
_LOOK: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": [SANS],
    "font.size": 8.5,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _DARK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "svg.hashsalt": "pilar",  # else ids within the file are drawn at random
    "text.parse_math": False,
}


@dataclass(frozen=True)
class Plot:
    """A finished plot; `alt` says what it shows."""

    name: str
    alt: str
    figure: Figure

    def for_press(self) -> bytes:
        """SVG whose words are text in the font of papers."""
        return self._svg("none")

    def for_screens(self) -> bytes:
        """SVG that needs no font."""
        return self._svg("path")

    # The canvases are asked themselves: `Figure.savefig` would draw everything twice.

    def for_offices(self) -> bytes:
        """PNG, for offices know no drawings."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        target = io.BytesIO()
        with _look():
            self.figure.dpi = _DOTS
            FigureCanvasAgg(self.figure).print_png(target, metadata={"Software": None})
        return target.getvalue()

    def _svg(self, text: str) -> bytes:
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        target = io.BytesIO()
        with _look(text):
            FigureCanvasSVG(self.figure).print_svg(target, metadata=_NO_DATE)
        return target.getvalue()


@dataclass(frozen=True)
class Canvas:
    """What all plots of a report share; `cache` is a folder for what the library remembers."""

    cache: Path
    example: bool = False

    def draw(self, name: str, alt: str, height: float, paint: Callable[[Axes], None]) -> Plot:
        """A plot of `height` mm that `paint` fills."""
        # Read once, when the library is loaded; without it a home that cannot be written to warns.
        os.environ.setdefault("MPLCONFIGDIR", str(self.cache / "matplotlib"))
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine

        with _look():
            figure = Figure(figsize=(WIDTH / _INCH, height / _INCH))
            axes = figure.add_subplot()
            paint(axes)
            if self.example:
                figure.suptitle(_EXAMPLE, fontsize=9, fontweight=700, x=1, ha="right")
            ConstrainedLayoutEngine().execute(figure)  # once for all files
            return Plot(name, alt, figure)


@contextmanager
def _look(text: str = "path") -> Iterator[None]:
    """Draw as this module says, whatever a matplotlibrc of the user does; `text` in SVG."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_LOOK | {"svg.fonttype": text})
        _load_fonts()
        yield


@cache
def _load_fonts() -> None:
    from matplotlib.font_manager import fontManager

    fontManager.ttflist.clear()  # the machine may have the same family in another version
    for face in OWN:
        if face.family == SANS:
            fontManager.addfont(str(files(face.package) / face.file))


def _columns(axes: Axes, names: Sequence[str]) -> range:
    """Name the columns, upright where there are many; none where names would overlap."""
    places = range(len(names))
    axes.set_xlim(-0.7, len(names) - 0.3)
    if len(names) > _MOST_NAMED:
        axes.set_xticks([])
        return places
    many = len(names) > 12
    size = 8.5 if len(names) <= 36 else 6.5
    axes.set_xticks([*places], names, rotation=90 if many else 0, fontsize=size)
    return places


def _number_axis(axis: Axis, title: str = "") -> None:
    axis.set_major_formatter(lambda value, _: decimal(value, 1).removesuffix(",0"))
    axis.set_label_text(title)


def _rules(axes: Axes, values: Sequence[float]) -> None:
    for value in values:
        axes.axhline(value, color=_GREY, linewidth=0.6, linestyle=(0, (4, 3)), zorder=0)


def dumbbells(
    names: Sequence[str],
    before: Sequence[float | None],
    after: Sequence[float | None],
    *,
    words: tuple[str, str],
    axis: str,
    top: float | None = None,
    rules: Sequence[float] = (),
) -> Callable[[Axes], None]:
    """Two figures of each name, an empty mark and a full one, with a line between; None: no mark.

    `rules` are drawn across, `top` ends the axis.
    """

    def paint(axes: Axes) -> None:
        places = _columns(axes, names)
        _rules(axes, rules)
        both = [
            (p, a, b) for p, a, b in zip(places, before, after, strict=True) if None not in (a, b)
        ]
        x, low, high = _turned(both)
        axes.vlines(x, low, high, color=_GREY, linewidth=1, zorder=1)
        style: dict[str, Any] = {"s": 20, "edgecolor": _DARK, "linewidth": 0.8, "zorder": 2}
        for label, values, fill in zip(words, (before, after), ("1", _DARK), strict=True):
            known = [(p, v) for p, v in zip(places, values, strict=True) if v is not None]
            x, y = _turned(known, 2)
            axes.scatter(x, y, c=fill, label=label, **style)
        axes.set_ylim(0, top)
        _number_axis(axes.yaxis, axis)
        _legend(axes)

    return paint


def whiskers(
    names: Sequence[str], values: Sequence[Interval], *, axis: str, rules: Sequence[float] = ()
) -> Callable[[Axes], None]:
    """A mark of each name with its interval; a line at zero."""

    def paint(axes: Axes) -> None:
        places = _columns(axes, names)
        _rules(axes, rules)
        axes.axhline(0, color=_DARK, linewidth=0.6, zorder=0)
        bounds = [(p, v.low, v.high) for p, v in zip(places, values, strict=True) if v.bounded]
        x, low, high = _turned(bounds)
        axes.vlines(x, low, high, color=_DARK, linewidth=0.9)
        axes.scatter([*places], [value.value for value in values], s=20, c=_DARK, zorder=2)
        axes.set_ylim(max(-1, axes.get_ylim()[0]), 1.02)
        _number_axis(axes.yaxis, axis)

    return paint


def stacks(
    names: Sequence[str], counts: Sequence[Sequence[int]], words: Sequence[str]
) -> Callable[[Axes], None]:
    """A bar of each name, from top to bottom, its people by rating, with their number."""

    def paint(axes: Axes) -> None:
        places = [*range(len(names))]
        starts = [0] * len(names)
        for step, word in enumerate(words):
            sizes = [row[step] for row in counts]
            axes.barh(
                places, sizes, left=starts, height=0.66, label=word,
                color=_STEPS[step], edgecolor=_DARK, linewidth=0.6,
            )  # fmt: skip
            for place, start, size in zip(places, starts, sizes, strict=True):
                if size:
                    ink = "1" if float(_STEPS[step]) < 0.5 else _DARK
                    where = start + size / 2
                    axes.text(where, place, str(size), ha="center", va="center", color=ink, size=8)
            starts = [start + size for start, size in zip(starts, sizes, strict=True)]
        axes.set_yticks(places, names)
        axes.invert_yaxis()
        axes.set_xlim(0, max(starts, default=1))
        _number_axis(axes.xaxis, "banyaknya")
        axes.tick_params(axis="y", length=0)
        _legend(axes, len(words))

    return paint


def _turned(rows: Sequence[tuple[Any, ...]], columns: int = 3) -> list[list[Any]]:
    """The columns of rows, also of none."""
    return [[row[place] for row in rows] for place in range(columns)]


def _legend(axes: Axes, columns: int = 2) -> None:
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, handletextpad=0.3)
