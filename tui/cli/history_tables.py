"""Past workouts as tables: for a terminal, for pipes, and as Markdown for a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tui.cli.output import cell_width, columns, drawn, padded
from tui.past_sessions import PastSession, known_total
from tui.plain_text import first_line, plain_text, plural
from tui.routine.durations import clock

TIME = "%Y-%m-%d %H:%M"

HEAD = ("Begun", "Routine", "Worked", "Took", "Sets")
_RIGHT = (2, 3, 4)
_MARKED = re.compile(r"([\\`*_\[\]<>|~#])")
_UNKNOWN = "\N{EN DASH}"


def plain_table(sessions: Sequence[PastSession], running: Iterable[str]) -> str:
    """Return aligned columns; the last has remarks: left early, the rating, the note."""
    return columns([(*HEAD, ""), *((*_cells(past), _remarks(past, running)) for past in sessions)], right=_RIGHT)


def rich_table(sessions: Sequence[PastSession], running: Iterable[str]) -> str:
    """Return the same table, drawn by Rich for this terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_footer=True, pad_edge=False)
    sets = _UNKNOWN if all(past.sets_unknown for past in sessions) else str(_sets_done(sessions))
    footer = ("", totals(sessions)[0], _known(_worked(sessions)), "", sets, "")
    for index, (head, foot) in enumerate(zip((*HEAD, ""), footer, strict=True)):
        right = index in _RIGHT
        table.add_column(
            head, foot, justify="right" if right else "left", no_wrap=index != 5, overflow="ellipsis",
            min_width=cell_width(foot) if right else 10, style="dim" if index in (0, 3) else "",
        )  # fmt: skip
    for past in sessions:
        cells = (*_cells(past), _remarks(past, running))
        table.add_row(*(Text(plain_text(cell)) for cell in cells))
    return drawn(table)


def markdown(sessions: Sequence[PastSession]) -> str:
    """Return a Markdown table with the totals; times have their offset."""
    head = (*HEAD, "Notes") if any(map(_remarks, sessions)) else HEAD
    begun = [past.started_at.isoformat(" ", "minutes") for past in sessions]
    cells = [(when, *_cells(past)[1:], _remarks(past)) for when, past in zip(begun, sessions, strict=True)]
    rows = [[_escaped(cell) for cell in row[: len(head)]] for row in cells]
    widths = [max(3, *map(cell_width, column)) for column in zip(head, *rows, strict=True)]
    rule = ["-" * (width - 1) + ":" if at in _RIGHT else "-" * width for at, width in enumerate(widths)]
    lines = [f"| {' | '.join(padded(row, widths, _RIGHT))} |" for row in (head, rule, *rows)]
    return "\n".join((*lines, "", f"**{', '.join(totals(sessions))}**"))


def totals(sessions: Sequence[PastSession]) -> list[str]:
    """List the totals in words: workouts, and, if known, time of work, sets and reps."""
    words = [plural(len(sessions), "workout")]
    if (worked_s := _worked(sessions)) is not None:
        words.append(f"{clock(worked_s)} of work")
    if not all(past.sets_unknown for past in sessions):
        words.append(plural(_sets_done(sessions), "set"))
    if reps := sum(past.reps_done or 0 for past in sessions):
        words.append(plural(reps, "rep"))
    return words


def _cells(past: PastSession) -> tuple[str, ...]:
    """Return date, title, length, and how many of the planned sets were done; a resumed session may have more."""
    sets = f"{past.sets_done}/{max(past.sets_planned or 0, len(past.sets))}"
    shown = _UNKNOWN if past.sets_unknown else sets
    return shown_at(past), past.title, _known(past.worked_s), _known(past.elapsed_s), shown


def shown_at(past: PastSession) -> str:
    """Format the time at which a session began: `2025-11-03 12:30`."""
    return f"{past.started_at:{TIME}}"


def _known(seconds: float | None) -> str:
    return _UNKNOWN if seconds is None else clock(seconds)


def _remarks(past: PastSession, running: Iterable[str] = ()) -> str:
    state = "on" if past.id in running else "" if past.finished else "left early"
    return ", ".join(words for words in (state, past.effort, first_line(past.note)) if words)


def _worked(sessions: Iterable[PastSession]) -> float | None:
    return known_total(past.worked_s for past in sessions)


def _sets_done(sessions: Iterable[PastSession]) -> int:
    return sum(past.sets_done or 0 for past in sessions)


def _escaped(cell: str) -> str:
    return _MARKED.sub(r"\\\1", plain_text(cell))
