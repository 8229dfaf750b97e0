"""What was done: a year's calendar, the weeks, the streak, and every session, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import cached_property, partial
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.clocks import Clocks
from tui.commands import FootKey, Where, bindings, footer
from tui.garbage import freeze_history, thaw_history
from tui.history.days import Streak, dots, seconds_by_day, streak, weeks
from tui.history.journal_reader import trouble
from tui.history.past_sessions import PastSession
from tui.history.performed import sides
from tui.history.reading import read_history
from tui.routine.durations import clock
from tui.screens.history.charts import DAYS, balance, bars, calendar, day_words, dots_in_a_line, streak_words
from tui.screens.history.edits import Edits
from tui.screens.pages.page import PAGE_STYLE, Page
from tui.user_data import UserData
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted, justified
from tui.widgets.key_bar import KeyBar

AT_ONCE = 100
"""So many sessions are listed; more of them when the cursor comes to the last."""

WIDE = 60
"""From so many cells on there is room for the whole date and the time of day."""

BESIDE_WEEKS, BELOW_WEEKS = 8, 12
"""The weeks that are shown beside the calendar, or below it."""

NOTHING = "Nothing yet. Start a routine, and it will show here."

FILTER_KEYS: tuple[FootKey, ...] = (
    FootKey("list", "enter", "to the list"), FootKey("move(-1)", "↑", "up"), FootKey("move(1)", "↓", "down"),
    FootKey("back", "esc", "everything"),
)  # fmt: skip
"""What the keys do while the filter is typed."""

NEED_ONE = ("open", "delete")
"""The commands that are about the session under the cursor."""


class HistoryScreen(Page):
    """One line for each session, below what they come to."""

    CSS_PATH: ClassVar[CSSPathType | None] = [PAGE_STYLE, "history.tcss"]
    WHERE: ClassVar[Where] = Where.HISTORY
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Where.HISTORY),
        ("up", "move(-1)", ""),  # while the filter is typed; otherwise they are the list's own
        ("down", "move(1)", ""),
    ]
    AUTO_FOCUS = "ChoiceList"

    def __init__(self, user: UserData, clocks: Clocks) -> None:
        """The journal is the user's; `clocks` tell which day it is."""
        super().__init__()
        self._user, self._zone, self._today = user, clocks.zone, clocks.now().date()
        self._edits = Edits(self, user.places, self._changed)
        self._sessions = list(read_history(user.places))
        freeze_history()
        self._found, self._wanted, self._listed = self._sessions, "", 0
        self._count()

    def _count(self) -> None:
        """Work out what is shown of the sessions that are found; the streak is that of all."""
        self._by_day = seconds_by_day(self._found)
        days = self._by_day if self._found is self._sessions else seconds_by_day(self._sessions)
        self._streak: Streak = streak(days, self._today, self._user.settings.history.rest_days)
        self._week = dots(days, self._today)
        self._sides = sides(self._found)

    def heading(self, width: int) -> Content:
        """How much it is, and the streak; where there are few lines, this week as well."""
        worked_s, count = sum(past.worked_s for past in self._found), len(self._found)
        much = f"{count} workout{'' if count == 1 else 's'}, {_hours(worked_s)}" if count else ""
        name = Content.styled("What you did", "bold $accent")
        kept = Content.assemble(("streak ", "$muted"), streak_words(self._streak, self._today))
        if not self._sessions:
            return name.truncate(width, ellipsis=True)
        if width < WIDE:
            days = f"streak {self._streak.days}" if self._streak.days else ""
            return justified(dots_in_a_line(self._week), Content.styled(days, "$muted"), width)
        return justified(name + Content.styled(f"   {much}", "$muted"), kept, width)

    def body(self) -> list[Widget]:
        """The calendar and the weeks, then the list; or what to do where there is nothing."""
        if not self._sessions:
            wrong = trouble(self._user.places)
            return [Static(f"{NOTHING}\n\n{wrong}" if wrong else NOTHING, id="nothing", markup=False)]
        year = Static(Fitted(lambda width: calendar(self._by_day, self._today, width)), id="year")
        beside = Static(Fitted(partial(self._weeks, BESIDE_WEEKS)), classes="weeks")
        below = Static(Fitted(partial(self._weeks, BELOW_WEEKS)), classes="weeks")
        both = Static(Fitted(self._balance), id="balance")
        return [
            Horizontal(year, beside, id="overview"),
            Horizontal(ChoiceList(markup=False), Vertical(below, both, id="side"), id="panes"),
        ]

    def on_unmount(self) -> None:
        """Look for garbage as before."""
        thaw_history()

    def _weeks(self, count: int, width: int) -> Content:
        return bars(weeks(self._by_day, self._today, count), width)

    def _balance(self, width: int) -> Content | None:
        return balance(*self._sides, width)

    def on_mount(self) -> None:
        """List the newest."""
        self._list()

    # The list

    def _list(self, here: int = 0) -> None:
        """List what is found anew, with the cursor on one of it."""
        for shown in self.query(ChoiceList):
            self._listed = 0
            shown.clear_options()
            while self._listed < min(here + 1, len(self._found)):
                self._list_more(shown)
            if self._found:
                shown.highlighted = min(here, len(self._found) - 1)
            elif self._wanted:
                words = f'No match for "{self._wanted}". Press esc to see everything.'
                shown.add_option(Option(Content(words), disabled=True))
            else:
                shown.add_option(Option(Content(NOTHING), disabled=True))
        for part in self.query("#heading, #overview Static, #side Static"):
            part.refresh(layout=True)
        self._offer_keys()

    def _list_more(self, shown: ChoiceList) -> None:
        more = self._found[self._listed : self._listed + AT_ONCE]
        self._listed += len(more)
        shown.add_options([Option(Fitted(partial(line, past, self._zone))) for past in more])

    @on(OptionList.OptionHighlighted)
    def _look_further(self, event: OptionList.OptionHighlighted) -> None:
        """List more when the cursor has come to the last."""
        if event.option_index >= self._listed - 1 and self._listed < len(self._found):
            self._list_more(self.query_one(ChoiceList))

    @property
    def _past(self) -> PastSession | None:
        """The session under the cursor."""
        index = next((shown.highlighted for shown in self.query(ChoiceList)), None)
        return self._found[index] if index is not None and index < len(self._found) else None

    # What can be done

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """See each set."""
        from tui.screens.history.session import SessionScreen

        if (past := self._past) is not None:
            self.app.push_screen(SessionScreen(past, self._user.places, self._zone, self._changed))

    def action_progress(self) -> None:
        """See the exercises over time."""
        from tui.screens.history.progress import ProgressScreen

        if self._sessions:
            self.app.push_screen(ProgressScreen(self._found, self._today))

    def action_delete(self) -> None:
        """Delete what is under the cursor."""
        if (past := self._past) is not None:
            self._edits.delete(past)

    def _changed(self, past: PastSession, then: PastSession | None) -> None:
        """Show a session as it is now, or without it."""
        here = next((shown.highlighted for shown in self.query(ChoiceList)), 0) or 0
        self._sessions = _with(self._sessions, past, then)
        self._words.pop(past.id, None)
        self._find(here)

    # The filter

    async def action_filter(self) -> None:
        """Give the line to type in, mounted when it is first asked for."""
        if not self.query(ChoiceList):
            return
        if not self.query(Input):
            field = Input(placeholder="a routine or an exercise", select_on_focus=False)
            field.cursor_blink = False
            await self.mount(field, before="#panes")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        """Show what has every typed word in it."""
        self._wanted = event.value
        self._find()

    def _find(self, here: int = 0) -> None:
        wanted = self._wanted.casefold().split()
        self._found = [past for past in self._sessions if self._has(past, wanted)] if wanted else self._sessions
        self._count()
        self._list(here)

    def _has(self, past: PastSession, wanted: Sequence[str]) -> bool:
        words = self._words.get(past.id)
        if words is None:
            words = self._words[past.id] = words_of(past)
        return all(word in words for word in wanted)

    @cached_property
    def _words(self) -> dict[str, str]:
        """What is looked through for each session, by its id: made once, since a filter is typed letter by letter."""
        return {}

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
        """Offer the keys that act on what is listed; while the filter is typed, its own: there letters are text."""
        if isinstance(self.focused, Input):
            keys = FILTER_KEYS if self._found else FILTER_KEYS[-1:]
        else:
            idle = () if self._found else NEED_ONE if self._sessions else (*NEED_ONE, "filter", "progress")
            keys = tuple(key for key in footer(self.WHERE) if key.action not in idle)
        self.query_one(KeyBar).offer(keys)

    def action_back(self) -> None:
        """Take the filter away; without one, go back."""
        if self.query(Input):
            self.call_later(self._clear)
        else:
            self.dismiss(None)

    async def _clear(self) -> None:
        """Show everything again."""
        await self.query(Input).remove()
        self._wanted = ""
        self._find()
        self.query_one(ChoiceList).focus()


def line(past: PastSession, zone: tzinfo | None, width: int) -> Content:
    """When, what, and how much of it; in few cells only the day and what."""
    when = past.started_at.astimezone(zone)
    mark = ("✓ ", "$success") if past.finished else ("\N{EN DASH} ", "$muted")
    short = f"{day_words(when.date(), year=False):<6}"
    day = f"{DAYS[when.weekday()]} {day_words(when.date()):<11}  {when:%H:%M}" if width >= WIDE else short
    what = Content.assemble(mark, (f"{day}  ", "$muted"), (past.title, "bold"))
    if width < WIDE:
        return what.truncate(width, ellipsis=True)
    if past.note:
        what += Content.styled(f"  {past.note}", "$muted")
    of = f" of {past.sets_planned}" if past.sets_planned else ""
    done = f"{past.sets_done}{of} set{'' if (past.sets_planned or past.sets_done) == 1 else 's'}"
    much = Content.assemble(f"{done:>12}{clock(past.elapsed_s):>9}", (f"  {past.effort:<5}", "$muted"))
    return justified(what, much, width)


def words_of(past: PastSession) -> str:
    """What a filter looks at: the routine, its exercises and their progressions, how it was, and the note."""
    names = {name for each in past.sets for name in (each.name, each.progression_name)}
    return " ".join([past.routine, past.title, past.effort, past.note, *names]).casefold()


def _with(sessions: Sequence[PastSession], past: PastSession, then: PastSession | None) -> list[PastSession]:
    """The sessions with `then` in the place of `past`, or without it."""
    changed = ((then if each.id == past.id else each) for each in sessions)
    return [each for each in changed if each is not None]


def _hours(seconds: float) -> str:
    """A sum of many workouts: `45 min`, `96 h`."""
    return f"{round(seconds / 3600)} h" if seconds >= 36000 else f"{round(seconds / 60)} min"
