"""What was done: every session of the journal, the newest first."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from tui.routine.durations import clock
from tui.screens.pages.page import Page
from tui.storage.history import read_history
from tui.storage.past_sessions import PastSession
from tui.storage.places import Places
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted, justified

MOST = 1000
"""How many sessions are listed."""

WIDE = 60
"""From so many cells on there is room for the whole date and the time of day."""


class HistoryScreen(Page):
    """One line for each session."""

    HEADING = "What you did"

    def __init__(self, places: Places, zone: tzinfo | None) -> None:
        """The journal lies in `places`; times are told in `zone`, None being the machine's own."""
        super().__init__()
        self._places, self._zone = places, zone

    def body(self) -> list[Widget]:
        """The sessions, or what to do where there are none."""
        sessions = read_history(self._places, MOST)
        if not sessions:
            return [Static("Nothing yet. Start a routine, and it will stand here.", classes="note", markup=False)]
        options = [Option(Fitted(partial(self._line, past))) for past in sessions]
        return [ChoiceList(*options, markup=False)]

    def _line(self, past: PastSession, width: int) -> Content:
        """When, what, and how much of it; in few cells only the day and what."""
        when = past.started_at.astimezone(self._zone)
        mark = ("✓ ", "$success") if past.finished else ("\N{EN DASH} ", "$muted")
        day = f"{when:%a %d %b %Y  %H:%M}" if width >= WIDE else f"{when:%d %b}"
        what = Content.assemble(mark, (f"{day}  ", "$muted"), (past.title, "bold"))
        if width < WIDE:
            return what.truncate(width, ellipsis=True)
        done = f"{past.sets_done} set{'' if past.sets_done == 1 else 's'}"
        return justified(what, Content(f"{done:>8}{clock(past.elapsed_s):>9}"), width)
