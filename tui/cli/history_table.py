"""The history as a table: drawn in a terminal, in plain columns elsewhere, and as Markdown for a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tui.cli.output import cell_width, columns
from tui.history.as_json import session_reps
from tui.history.past_sessions import PastSession
from tui.plain_text import plain_text
from tui.routine.durations import clock

HEAD = ("Begun", "Routine", "Worked", "Took", "Sets")
_RIGHT = (2, 3, 4)
_MARKED = re.compile(r"([\\`*_\[\]<>|~#])")


def plain_table(sessions: Sequence[PastSession]) -> str:
    """Aligned columns; behind them what there is to say of a session: left early, how it was, the note."""
    return columns([(*HEAD, ""), *((*_cells(past), _remarks(past)) for past in sessions)], right=_RIGHT)


def rich_table(sessions: Sequence[PastSession]) -> str:
    """The same as Rich draws it for this terminal, in colours where it has them."""
    from rich.box import SIMPLE_HEAD  # loaded only here: no other command draws with it
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_footer=True, pad_edge=False)
    footer = ("", totals(sessions)[0], clock(_worked(sessions)), "", _sets_done(sessions), "")
    for index, (head, foot) in enumerate(zip((*HEAD, ""), footer, strict=True)):
        right = index in _RIGHT
        table.add_column(
            head, foot, justify="right" if right else "left", no_wrap=index != 5, overflow="ellipsis",
            min_width=cell_width(foot) if right else 10, style="dim" if index in (0, 3) else "",
        )  # fmt: skip
    for past in sessions:
        cells = (*_cells(past), _remarks(past))
        table.add_row(*(Text(plain_text(cell)) for cell in cells))
    console = Console(highlight=False)
    with console.capture() as drawn:
        console.print(table)
    return drawn.get()


def markdown(sessions: Sequence[PastSession]) -> str:
    """A table and the totals, which read well as they stand and look right where Markdown is shown."""
    head = (*HEAD, "Notes") if any(map(_remarks, sessions)) else HEAD
    rows = [[_escaped(cell) for cell in (*_cells(past), _remarks(past))[: len(head)]] for past in sessions]
    widths = [max(3, *map(cell_width, column)) for column in zip(head, *rows, strict=True)]
    rule = ["-" * (width - 1) + ":" if at in _RIGHT else "-" * width for at, width in enumerate(widths)]
    lines = [_line(row, widths) for row in (head, rule, *rows)]
    return "\n".join((*lines, "", f"**{', '.join(totals(sessions))}**"))


def totals(sessions: Sequence[PastSession]) -> list[str]:
    """What it all comes to, each in a few words: workouts, time in work, sets, and reps where they were counted."""
    found = [_count(len(sessions), "workout"), f"{clock(_worked(sessions))} of work"]
    found.append(_count(int(_sets_done(sessions)), "set"))
    if reps := sum(session_reps(past) or 0 for past in sessions):
        found.append(_count(reps, "rep"))
    return found


def _cells(past: PastSession) -> tuple[str, ...]:
    """When, what, how long, and how many of the sets that were planned; gone on with, there may be more of them."""
    sets = f"{past.sets_done}/{max(past.sets_planned or 0, len(past.sets))}"
    begun = past.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return begun, past.title, clock(past.worked_s), clock(past.elapsed_s), sets


def _remarks(past: PastSession) -> str:
    said = ("" if past.finished else "left early", past.effort, past.note)
    return ", ".join(words for words in said if words)


def _worked(sessions: Iterable[PastSession]) -> float:
    return sum(past.worked_s for past in sessions)


def _sets_done(sessions: Iterable[PastSession]) -> str:
    return str(sum(past.sets_done for past in sessions))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _escaped(cell: str) -> str:
    """A cell that stands as it is: nothing in it is a link, a tag, emphasis or the end of the cell."""
    return _MARKED.sub(r"\\\1", plain_text(cell))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = []
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - cell_width(cell))
        padded.append(space + cell if at in _RIGHT else cell + space)
    return f"| {' | '.join(padded)} |"
