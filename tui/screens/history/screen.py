"""The history: a year's calendar, the weeks, the streak, and every session, the newest first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, suppress
from datetime import date
from functools import partial

from textual import events, on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.commands import FooterKey, Where, bindings
from tui.history.days import counts, day_of
from tui.history.journal_files import trouble
from tui.history.reading import ReadSoFar
from tui.history.running_file import running_sessions
from tui.past_sessions import PastSession
from tui.plain_text import folded
from tui.routine.model import Routine
from tui.screens.history.background import read_in_parts
from tui.screens.history.charts import balance, day_words
from tui.screens.history.edits import Edits
from tui.screens.history.session_line import line, words_of
from tui.screens.history.totals import NAME, Totals
from tui.screens.history.year_calendar import YearCalendar
from tui.screens.pages.page import PAGE_STYLE, Page
from tui.user_data import UserData
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted, justified
from tui.widgets.key_bar import KeyBar
from tui.widgets.text_field import TextField

AT_ONCE = 100
"""The number of sessions listed at first; more are added when the cursor reaches the last."""

BESIDE_WEEKS, BELOW_WEEKS = 8, 12
"""The number of weeks beside the calendar, or below it."""

WAIT_S = 0.1
"""How long the screen waits for the first sessions before it is shown without them."""

BAR = 12
"""The cells of the progress bar."""

NOTHING = "Nothing yet. Start a routine, and it will show here."

FILTER_KEYS: tuple[FooterKey, ...] = (
    FooterKey("list", "enter", "to the list"), FooterKey("move(-1)", "↑", "up"), FooterKey("move(1)", "↓", "down"),
    FooterKey("back", "esc", "everything"),
)  # fmt: skip
"""The keys during typing in the filter."""

CALENDAR_KEYS: tuple[FooterKey, ...] = (
    FooterKey("calendar_open", "enter", "this day"), FooterKey("calendar_move(-7)", "←", "a week back"),
    FooterKey("calendar_move(7)", "→", "a week on"), FooterKey("back", "esc", "to the list"),
)  # fmt: skip
"""The keys while the cursor is in the calendar."""


class HistoryScreen(Page):
    """One line for each session, below the totals. The journal is read in the background."""

    CSS_PATH = [PAGE_STYLE, "history.tcss"]
    WHERE = Where.HISTORY
    BINDINGS = [
        *bindings(Where.HISTORY),
        ("up", "move(-1)", ""),  # during typing in the filter; otherwise they belong to the list
        ("down", "move(1)", ""),
    ]
    AUTO_FOCUS = "ChoiceList"

    def __init__(self, user: UserData) -> None:
        super().__init__()
        self._user, self._today, self._wall = user, user.clocks.now().date(), user.clocks.wall
        self._goal = user.settings.goal.goal
        self._edits = Edits(self, user.places, user.clocks.wall, self._changed)
        self._in_progress = running_sessions(user.places)
        self._sessions: list[PastSession] = []
        self._edited: dict[str, PastSession | None] = {}
        self._deleted: list[PastSession] = []
        self._part = ReadSoFar((), 0, 0)
        self._begun = asyncio.Event()
        self._matching = self._sessions
        self._wanted, self._listed = "", 0
        self._day: date | None = None
        self._words: dict[str, str] = {}  # the searched text by id, cached as a filter is typed letter by letter
        self._totals = self._totals_of(())

    @work(exclusive=True)
    async def _read(self) -> None:
        try:
            async with aclosing(read_in_parts(self._user.places)) as parts:
                async for part in parts:
                    self._take(part)
        finally:
            self._begun.set()
        if (wrong := await asyncio.to_thread(trouble, self._user.places)) and self._sessions:
            self.app.notify(wrong, severity="warning", timeout=8)

    def _take(self, part: ReadSoFar) -> None:
        """Show another part, preserving changes made on this screen meanwhile."""
        self._part = part
        if not (part.sessions or part.is_whole):
            self.query_one("#heading").refresh()
            return
        current = (self._edited.get(past.id, past) for past in part.sessions)
        self._sessions = [past for past in current if past is not None and counts(past)]
        shown = next(iter(self.query(ChoiceList)), None)
        self._apply_filter((shown.highlighted if shown else 0) or 0)
        self._begun.set()

    def _totals_of(self, matching: Sequence[PastSession]) -> Totals:
        return Totals(self._sessions, matching, self._today, self._user.settings.history.rest_days, self._goal)

    def heading(self, width: int) -> Content:
        """Format the totals, or how many of the months have been read."""
        if not self._part.is_whole:
            cells = BAR * self._part.months_read // max(self._part.months, 1)
            bar = (("▆" * cells, "$accent"), ("·" * (BAR - cells), "$track"))
            return justified(NAME, Content.assemble(("reading ", "$muted"), *bar), width)
        if not self._sessions:
            return NAME.truncate(width, ellipsis=True)
        return self._totals.heading(self._matching, width)

    def body(self) -> list[Widget]:
        """Compose the calendar and the weeks, the list, and the words for an empty journal."""
        beside = Static(Fitted(lambda width: self._totals.weeks(BESIDE_WEEKS, width)), classes="weeks")
        below = Static(Fitted(lambda width: self._totals.weeks(BELOW_WEEKS, width)), classes="weeks")
        both = Static(Fitted(lambda width: balance(*self._totals.sides, width)), id="balance")
        calendar = YearCalendar(lambda: self._totals.seconds_by_day, self._today, self._goal)
        return [
            Static(id="nothing", markup=False),
            Horizontal(calendar, beside, id="overview"),
            Horizontal(ChoiceList(markup=False), Vertical(below, both, id="side"), id="panes"),
        ]

    def on_resize(self, event: events.Resize) -> None:
        """Update the keys, as a low window has no calendar."""
        self.call_later(self._offer_keys)

    def on_unmount(self) -> None:
        """Release the sessions: the screen, with its cycles, stays until the garbage collector finds it."""
        self._part, self._sessions, self._matching = ReadSoFar((), 0, 0), [], []

    async def on_mount(self) -> None:
        """Begin to read; a short history is complete in the first frame."""
        self._fill_list()
        self._read()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._begun.wait(), WAIT_S)

    # The list

    def _fill_list(self, row: int = 0) -> None:
        """List the matching sessions, with the cursor on index `row`."""
        self.set_class(self._part.is_whole and not self._sessions, "-empty")
        for shown in self.query(ChoiceList):
            self._listed = 0
            shown.clear_options()
            while self._listed < min(row + 1, len(self._matching)):
                self._list_more(shown)
            if self._matching:
                shown.highlighted = min(row, len(self._matching) - 1)
            elif words := self._why_nothing():
                shown.add_option(Option(Content(words), disabled=True))
        for nothing in self.query("#nothing").results(Static):
            wrong = trouble(self._user.places) if self.has_class("-empty") else None
            nothing.update(f"{NOTHING}\n\n{wrong}" if wrong else NOTHING)
        for part in self.query("#heading, #overview Static, #side Static"):
            part.refresh(layout=True)
        self._offer_keys()

    def _list_more(self, shown: ChoiceList) -> None:
        more = self._matching[self._listed : self._listed + AT_ONCE]
        self._listed += len(more)
        lines = [partial(line, past, self._today, past.id in self._in_progress) for past in more]
        shown.add_options([Option(Fitted(line)) for line in lines])

    def _why_nothing(self) -> str:
        if self._wanted:
            return f'No match for "{self._wanted}". Press esc to see everything.'
        if self._day is not None:
            return f"No workout on {day_words(self._day)}. Press esc to see everything."
        return NOTHING if self._part.is_whole else "Reading the journal…"

    @on(OptionList.OptionHighlighted)
    def _list_more_at_end(self, event: OptionList.OptionHighlighted) -> None:
        """List more when the cursor has come to the last."""
        if event.option_index >= self._listed - 1 and self._listed < len(self._matching):
            self._list_more(self.query_one(ChoiceList))

    @property
    def _past(self) -> PastSession | None:
        """The session under the cursor."""
        index = next((shown.highlighted for shown in self.query(ChoiceList)), None)
        return self._matching[index] if index is not None and index < len(self._matching) else None

    # Commands

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Open the session under the cursor."""
        from tui.screens.history.session import SessionScreen

        if (past := self._past) is not None:
            self.app.push_screen(SessionScreen(past, self._user.places, self._wall, self._changed))

    def action_progress(self) -> None:
        """Show the exercises over time."""
        from tui.screens.history.progress import ProgressScreen

        if self._matching:
            self.app.push_screen(ProgressScreen(self._matching, self._today))

    def action_add(self) -> None:
        """Choose a routine that was done elsewhere, and say when."""
        from tui.screens.dialogs.choice_dialog import ChoiceDialog

        rows = ((routine, partial(_routine_line, routine)) for routine in self._user.catalog.routines)
        keys = ("↑ ↓", "routine"), ("enter", "this one")
        asked = ChoiceDialog[Routine]("Which workout did you do elsewhere?", rows, *keys)
        self.app.push_screen(asked, self._ask_when)

    def _ask_when(self, routine: Routine | None) -> None:
        if routine is not None:
            self._edits.add(routine, self._user.choices, self._user.coaching, self._read_again)

    def action_restore(self) -> None:
        """Restore the last deleted session."""
        if self._deleted and self._edits.restore(self._deleted[-1]):
            del self._deleted[-1]
            self._read_again()

    def _read_again(self) -> None:
        """Read the journal again after a change that may add or move a session."""
        self._edited.clear()
        self._read()

    def action_delete(self) -> None:
        """Delete the session under the cursor."""
        if (past := self._past) is not None:
            self._edits.delete(past)

    def _changed(self, past: PastSession, then: PastSession | None) -> None:
        """Show the new version of a session, or remove it."""
        if then is None:
            self._deleted.append(past)
        elif then.edited_at != past.edited_at:
            self._read_again()
        row = next((shown.highlighted for shown in self.query(ChoiceList)), 0) or 0
        self._edited[past.id] = then
        changed = (then if session.id == past.id else session for session in self._sessions)
        self._sessions = [session for session in changed if session is not None]
        self._words.pop(past.id, None)
        self._apply_filter(row)

    # The calendar

    def action_calendar(self) -> None:
        """Move the cursor into the calendar."""
        if self.acts("calendar"):
            self.query_one(YearCalendar).focus()

    @on(YearCalendar.Opened)
    def _open_day(self, event: YearCalendar.Opened) -> None:
        self._day = event.day
        self._apply_filter()
        self.query_one(ChoiceList).focus()

    def action_calendar_move(self, days: int) -> None:
        """Move the cursor in the calendar, for clicks on its key, even if the terminal has lost the focus."""
        self.query_one(YearCalendar).action_move(days)

    def action_calendar_open(self) -> None:
        """List the workouts of the day under the cursor; for a click on its key."""
        self.query_one(YearCalendar).action_open()

    # The filter

    async def action_filter(self) -> None:
        """Open the line for the filter."""
        if not self._sessions:
            return
        if not self.query(Input):
            await self.mount(TextField(placeholder="a routine or an exercise", select_on_focus=False), before="#panes")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self._wanted = event.value
        self._apply_filter()

    def _apply_filter(self, row: int = 0) -> None:
        wanted = folded(self._wanted).split()
        by_words = [past for past in self._sessions if self._has(past, wanted)] if wanted else self._sessions
        self._matching = [past for past in by_words if day_of(past) == self._day] if self._day else by_words
        self._totals = self._totals_of(by_words)
        self._fill_list(row)

    def _has(self, past: PastSession, wanted: Sequence[str]) -> bool:
        words = self._words.get(past.id)
        if words is None:
            words = self._words[past.id] = words_of(past)
        return all(word in words for word in wanted)

    @on(Input.Submitted)
    def action_list(self) -> None:
        """Go from the filter to the list."""
        self.query_one(ChoiceList).focus()

    def action_move(self, step: int) -> None:
        """Move the cursor in the list."""
        for shown in self.query(ChoiceList):
            shown.action_cursor_up() if step < 0 else shown.action_cursor_down()

    @on(events.DescendantFocus)
    def _offer_keys(self) -> None:
        """Show the keys for the focused part; in the filter, letters are text."""
        if isinstance(self.focused, Input):
            keys = FILTER_KEYS if self._matching else FILTER_KEYS[-1:]
        elif isinstance(self.focused, YearCalendar):
            keys = CALENDAR_KEYS
        else:
            keys = self.keys()
        self.query_one(KeyBar).offer(keys)

    def acts(self, action: str) -> bool:
        """Check whether a command does something now."""
        if action == "calendar":
            return bool(self._sessions) and not self.has_class("-low")  # then it is not shown
        needed = {"filter": self._sessions, "restore": self._deleted}
        return bool(needed.get(action, self._matching if action in ("open", "delete", "progress") else True))

    def action_back(self) -> None:
        """Leave the calendar, else clear the filter and the day, else go back."""
        if isinstance(self.focused, YearCalendar):
            self.query_one(ChoiceList).focus()
        elif self.query(Input) or self._day:
            self.call_later(self._clear)
        else:
            self.dismiss(None)

    async def _clear(self) -> None:
        await self.query(Input).remove()
        self._wanted, self._day = "", None
        self._apply_filter()
        self.query_one(ChoiceList).focus()


def _routine_line(routine: Routine, width: int) -> Content:
    return justified(Content.styled(routine.title, "bold"), Content.styled(routine.id, "$muted"), width)
