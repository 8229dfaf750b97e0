"""One session in the list of the history: its line, and the text that the filter searches."""

from __future__ import annotations

from datetime import date, timedelta

from textual.content import Content

from tui.history.days import day_of
from tui.past_sessions import PastSession
from tui.plain_text import first_line, folded
from tui.routine.durations import clock
from tui.screens.history.charts import DAYS, day_words
from tui.widgets.fitted import justified

NOTE_FROM = 12
"""The least columns for the beginning of a note, including gaps."""

WIDE = 60
"""The width from which a line has the full date and the time of day."""

RECENT = timedelta(days=330)
"""More recent dates have no year."""


def line(past: PastSession, today: date, is_on: bool, width: int) -> Content:
    """Format a session in one line: date, title and amount; in narrow windows only the day and the title."""
    when, day = past.started_at, day_of(past)
    mark = ("▶ ", "$accent") if is_on else ("✓ ", "$success") if past.finished else ("\N{EN DASH} ", "$muted")
    short = day_words(day, year=False)
    long = f"{DAYS[day.weekday()]} {short}" if today - day < RECENT else day_words(day)
    date_words = f"{long:<11}  {when:%H:%M}" if width >= WIDE else f"{short:<6}"
    what = Content.assemble(mark, (f"{date_words}  ", "$muted"), (past.title, "bold"))
    if width < WIDE:
        return what.truncate(width, ellipsis=True)
    of = f" of {past.sets_planned}" if past.sets_planned else ""
    done = f"{past.sets_done}{of} set{'' if (past.sets_planned or past.sets_done) == 1 else 's'}"
    done = "" if past.sets_unknown else done
    effort = "on" if is_on else past.effort
    took = "\N{EN DASH}" if past.elapsed_s is None else clock(past.elapsed_s)
    amounts = Content.assemble(f"{done}{took:>8}", (f"  {effort:<5}", "$muted"))
    if past.note and width - what.cell_length - amounts.cell_length >= NOTE_FROM:
        what += Content.styled(f"  {first_line(past.note)}", "$muted")
    return justified(what, amounts, width)


def words_of(past: PastSession) -> str:
    """Format the text that a filter searches: the routine, exercises, progressions, the effort and the note."""
    names = {name for set_ in past.sets for name in (set_.name, set_.progression_name)}
    return folded(" ".join([past.routine, past.title, past.effort, past.note, *names]))
