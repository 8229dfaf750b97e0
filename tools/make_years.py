"""Write the results of the simulated years into the docs: `python -m tools.make_years`.

A picture, docs/years.svg, which can be read on a light and on a dark page, and the tables of docs/ladders.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from tools.years import DAYS, KINDS, Kind, Person, everybody

DOCS = Path(__file__).parents[1] / "docs"
PAGE, PICTURE = DOCS / "ladders.md", DOCS / "years.svg"

MONTHS = (0, 1, 2, 3, 6, 9, 12, 18, 24)
MONTH = DAYS / 24
STRIDE, WINDOW = 10, 14
"""The picture has a point every `STRIDE` days, the mean of the `WINDOW` days before it."""

HIGHEST = 1.5
"""The share at the top of a panel."""

PANEL_WIDTH, PANEL_HEIGHT, LEFT, TOP, GAP_X, GAP_Y = 216, 120, 52, 58, 40, 66
STOOD, COULD, GREY = "#2f81f7", "#d9730d", "#808890"
"""Visible on a white page and on a black one."""


def share(person: Person, day: int) -> float:
    """Return the progress of a person, as a share of the highest step that they can reach."""
    return person.places[day] / max(1, person.reachable)


def ability(person: Person, day: int) -> float:
    """Return the ability of a person, as the same share."""
    return person.could_do(day) / max(1, person.reachable)


def climbing(kind: Kind) -> Sequence[Person]:
    """Return the people of a kind who can reach more than the easiest progression."""
    return [person for person in everybody()[kind.name] if person.reachable]


def mean(kind: Kind, of: Callable[[Person, int], float], day: int) -> float:
    """Return the mean of a value over all people of a kind."""
    return sum(of(person, day) for person in climbing(kind)) / len(climbing(kind))


def lately(of: Callable[[Person, int], float], person: Person, day: int) -> float:
    """Return the mean of a value of a person over the last days."""
    days = range(max(0, day - WINDOW + 1), day + 1)
    return sum(of(person, each) for each in days) / len(days)


def quarters(kind: Kind, day: int) -> tuple[float, float]:
    """Return the quartiles of the progress of a kind lately."""
    shares = sorted(lately(share, person, day) for person in climbing(kind))
    return shares[len(shares) // 4], shares[-1 - len(shares) // 4]


# The tables


def tables() -> str:
    """Return the tables: the progress of each kind month by month, and the suggestions that they got."""
    head = "| kind | behaviour | " + " | ".join(f"{month}" for month in MONTHS) + " |"
    lines = [head, "|---|---|" + "--:|" * len(MONTHS), *map(_row, KINDS)]
    more = ["| kind | sessions | suggestions | steps up | back, went badly | back, away | most falls in 90 days |"]
    more += ["|---|--:|--:|--:|--:|--:|--:|", *map(_counts, KINDS)]
    return "\n".join([*lines, "", *more])


def _row(kind: Kind) -> str:
    days = [min(DAYS - 1, round(month * MONTH)) for month in MONTHS]
    return f"| {kind.name} | {kind.words} | " + " | ".join(f"{mean(kind, share, day):.0%}" for day in days) + " |"


def _counts(kind: Kind) -> str:
    found = everybody()[kind.name]
    down = [[move for move in one.moves if move.end < move.start] for one in found]
    each = (
        [len(one.sessions) for one in found],
        [len(one.asked) for one in found],
        [len(one.steps_up) for one in found],
        [sum(move.fell for move in moves) for moves in down],
        [sum(not move.fell for move in moves) for moves in down],
    )
    shown = [f"{sum(counts) / len(counts):.0f}" for counts in each]
    return f"| {kind.name} | {' | '.join(shown)} | {max(one.up_and_down(90) for one in found)} |"


def page() -> str:
    """Return the page with new tables."""
    begin, end = "<!-- made by tools/make_years.py -->\n", "\n<!-- until here -->"
    text = PAGE.read_text("utf-8")
    return re.sub(f"({begin}).*?({end})", lambda found: found[1] + tables() + found[2], text, flags=re.DOTALL)


# The picture


def picture() -> str:
    """Return a panel for each kind: mean and quartiles of the progress, and the ability."""
    width = LEFT + 3 * PANEL_WIDTH + 2 * GAP_X + 20
    height = TOP + 2 * PANEL_HEIGHT + GAP_Y + 46
    font = "font-family=\"system-ui,'Segoe UI','DejaVu Sans',sans-serif\" font-size=\"12\""
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" {font}>']
    lines += ["<title>The places of a hundred simulated people on their ladders in two years</title>", *_legend()]
    for index, kind in enumerate(KINDS):
        x = LEFT + index % 3 * (PANEL_WIDTH + GAP_X)
        lines += _panel(kind, x, TOP + index // 3 * (PANEL_HEIGHT + GAP_Y))
    return "\n".join([*lines, "</svg>", ""])


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{GREY}"{more}>{words}</text>'


def _line(points: Sequence[tuple[float, float]], colour: str, more: str = "") -> str:
    shown = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{shown}" fill="none" stroke="{colour}" stroke-width="2"{more}/>'


def _legend() -> Iterator[str]:
    dashed = ' stroke-dasharray="5 4"'
    yield _line([(LEFT, 16), (LEFT + 26, 16)], STOOD)
    yield _text(LEFT + 32, 20, "their place, on average")
    yield f'<rect x="{LEFT + 222}" y="9" width="26" height="14" fill="{STOOD}" fill-opacity="0.25"/>'
    yield _text(LEFT + 254, 20, "the middle half of them")
    yield _line([(LEFT + 418, 16), (LEFT + 444, 16)], COULD, dashed)
    yield _text(LEFT + 450, 20, "what they could do on most days")


def _panel(kind: Kind, left: float, top: float) -> Iterator[str]:
    days = [*range(0, DAYS, STRIDE), DAYS - 1]

    def at(day: int, part: float) -> tuple[float, float]:
        return left + day / (DAYS - 1) * PANEL_WIDTH, top + PANEL_HEIGHT * (1 - min(part, HIGHEST) / HIGHEST)

    yield _text(left, top - 10, kind.name, ' font-weight="bold"')
    for part in (0.0, 0.5, 1.0):
        y = at(0, part)[1]
        yield f'<path d="M{left} {y:.1f}h{PANEL_WIDTH}" stroke="{GREY}" stroke-opacity="0.4"/>'
        if left == LEFT:
            yield _text(left - 8, y + 4, f"{part:.0%}", ' text-anchor="end"')
    for month in (0, 6, 12, 18, 24):
        x = at(round(month / 24 * (DAYS - 1)), 0)[0]
        yield _text(x, top + PANEL_HEIGHT + 18, f"{month}", ' text-anchor="middle"')
    low = [at(day, quarters(kind, day)[0]) for day in days]
    high = [at(day, quarters(kind, day)[1]) for day in days]
    shown = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*low, *reversed(high)])
    yield f'<polygon points="{shown}" fill="{STOOD}" fill-opacity="0.25"/>'
    yield _line([at(day, mean(kind, partial(lately, ability), day)) for day in days], COULD, ' stroke-dasharray="5 4"')
    yield _line([at(day, mean(kind, partial(lately, share), day)) for day in days], STOOD)
    if kind is KINDS[-2]:
        yield _text(left + PANEL_WIDTH / 2, top + PANEL_HEIGHT + 36, "months", ' text-anchor="middle"')


FILES: Mapping[Path, Callable[[], str]] = {PAGE: page, PICTURE: picture}
"""Each generated file with the function that makes it."""


if __name__ == "__main__":
    for path, made in FILES.items():
        path.write_text(made(), encoding="utf-8")
