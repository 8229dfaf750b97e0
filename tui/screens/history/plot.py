"""An exercise over time as a plot with axes. The plotting library is loaded on demand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from textual.content import Content

from tui.history.performed import Course, CoursePoint, thinned
from tui.routine.durations import clock
from tui.screens.history.charts import MONTHS, day_words

LEAST = (16, 5)
"""In fewer columns or rows only the axes would fit."""

CELLS_EACH = 3
"""The columns of a point: closer marks cannot be distinguished."""

MARKS = "123456789"
"""A progression's mark, in the order in which they were reached; an exercise without a ladder has dots."""

_AXES = re.compile(r"[─│┌┐└┘┬┴┤├┼]+")
_CURVE = re.compile(r"[\u2800-\u28ff]+")


def plot(course: Course, width: int, height: int) -> Content:
    """Format the plot of `course` in this many cells; empty if that is too small."""
    if not course.points or width < LEAST[0] or height < LEAST[1]:
        return Content("")
    points = thinned(course.points, max(2, (width - 8) // CELLS_EACH))
    drawn = Content("\n".join(line.rstrip() for line in _drawn(points, course, width, height)))
    return drawn.highlight_regex(_AXES, style="$muted").highlight_regex(_CURVE, style="$accent")


def progressions(course: Course) -> tuple[tuple[str, str], ...]:
    """Return the mark and the name of each progression in the order in which they were reached."""
    names = dict.fromkeys(point.name or point.progression for point in course.points if point.progression)
    return tuple((MARKS[min(index, len(MARKS) - 1)], name) for index, name in enumerate(names))


def _drawn(points: Sequence[CoursePoint], course: Course, width: int, height: int) -> list[str]:
    """List the lines of a plot of these points of `course`, without colours."""
    import plotext

    days, amounts = [point.day.toordinal() for point in points], [point.amount for point in points]
    marks = {name: mark for mark, name in progressions(course)}
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    plotext.theme("clear")
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    plotext.plot(days, amounts, marker="braille")
    for mark in sorted({*marks.values()} or {""}):
        own = [n for n, point in enumerate(points) if marks.get(point.name or point.progression, "") == mark]
        plotext.scatter([days[n] for n in own], [amounts[n] for n in own], marker=mark or "•")
    room = max((max(amounts) - min(amounts)) / 10, 1.0)
    low, high = max(0.0, min(amounts) - room), max(amounts) + room
    plotext.ylim(low, high)
    plotext.xlim(days[0] - 0.5, days[-1] + 0.5)
    ticks = _spread(low, high, min(5, max(2, height // 3)))
    plotext.yticks(ticks, [clock(tick) if course.unit == "s" else str(tick) for tick in ticks])
    dates = _spread(days[0], days[-1], min(5, max(2, width // 14)))
    plotext.xticks(dates, [_date(date.fromordinal(day), days[-1] - days[0]) for day in dates])
    return str(plotext.uncolorize(plotext.build())).rstrip("\n").split("\n")


def _spread(low: float, high: float, count: int) -> list[int]:
    """Return this many whole numbers from low to high, without duplicates."""
    return sorted({round(low + (high - low) * number / (count - 1)) for number in range(count)})


def _date(day: date, span: int) -> str:
    return day_words(day, year=False) if span < 300 else f"{MONTHS[day.month - 1]} {day.year}"
