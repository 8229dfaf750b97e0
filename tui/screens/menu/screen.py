"""The menu: the list of routines, a preview of the one under the cursor, and its commands."""

from __future__ import annotations

from asyncio import Lock, to_thread
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Region
from textual.widgets import OptionList, Static

from tui.commands import FooterKey, Where, bindings, footer
from tui.files.menu_order import SortBy
from tui.library.cached import look
from tui.screens.menu.preview import PreviewPane
from tui.screens.menu.routine_list import HEADINGS, RoutineList, news
from tui.screens.menu.rows import MenuRows, acts
from tui.terminal.textual_internals.settled_screen import SettledScreen
from tui.user_data import UserData, WorkoutRequest
from tui.widgets.fitted import Fitted, justified
from tui.widgets.key_bar import KeyBar
from tui.widgets.routine_text import INTERRUPTED, NOW, RoutineRow

PICK_EVERY_S = 60.0
"""Seconds between two checks whether today's pick has changed."""

LOOK_UP_AFTER_S = 0.25
"""Seconds after which the menu reads the recent history."""

LOOK_EVERY_S = 2.0
"""Seconds between two checks of the user's files while the menu is open."""

REHEARSAL_RATE = 10.0
"""Workout seconds per second in a rehearsal."""

if TYPE_CHECKING:
    from textual.widgets import Input

    from tui.history.interrupted import Interrupted
    from tui.library.catalog import Entry
    from tui.past_sessions import PastSession
    from tui.routine.model import Routine
    from tui.screens.menu.builder import BuilderPlan
    from tui.screens.menu.edit import Editing
    from tui.today.conditions import Conditions
    from tui.widgets.text_field import TextField

FILTER_KEYS: tuple[FooterKey, ...] = (
    FooterKey("start", "enter", "start"), FooterKey("move(-1)", "↑", "up"), FooterKey("move(1)", "↓", "down"),
    FooterKey("clear", "esc", "all routines"),
)  # fmt: skip
"""The keys during typing in the filter."""


WORDMARK = """\
▟▛▀▀▜▙ █▌       █▌
█▌     █▌ █▌ ▐█ ██▀▘ ▟▛▀▜▙ █▌ ▐█ ▟▛▀▀▘
█▌ ▀▜█ █▌ █▌ ▐█ █▌   █▛▀▀▀ █▌ ▐█ ▝▀▀▜▙
▜▙▄▄▟█ █▌ ▜▙▄▟█ ▜▙▄▖ ▜▙▄▄▖ ▜▙▄▟█ ▝▄▄▟▛"""

SMALL_WORDMARK = """\
█▀▀ █   █ █ ▀█▀ █▀▀ █ █ ▟▀▀
█▄█ █▄▄ █▄█  █  █▙▄ █▄█ ▄▄▛"""


class MenuScreen(SettledScreen[None]):
    """The first screen of the program."""

    CSS_PATH = "menu.tcss"
    WHERE = Where.MENU
    BINDINGS = [
        *bindings(Where.MENU),
        ("up", "move(-1)", ""),  # during typing in the filter; otherwise they belong to the list
        ("down", "move(1)", ""),
    ]
    AUTO_FOCUS = "RoutineList"

    def __init__(
        self, user: UserData, *,
        begin: Callable[[WorkoutRequest], None], change: Callable[[str, object], None],
        interrupted: Callable[[], Interrupted | None], offer: Callable[[], None],
        opened: Callable[[Sequence[Region]], None],
    ) -> None:  # fmt: skip
        """`begin` starts a workout; `change` sets a setting by its dotted key.

        `interrupted` returns a workout that can be resumed, and `offer` offers that. `opened` is called
        after the first frame, with the regions in it that depend on the time.
        """
        super().__init__()
        self._user, self._start, self._change = user, begin, change
        self._offer, self._opened = offer, opened
        self.rows = MenuRows(user, interrupted)
        self._built: BuilderPlan | None = None
        self._filter: TextField | None = None
        self._looking, self._is_asked = Lock(), False

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield Static(Fitted(self._wordmark), id="mark")
        with Horizontal(id="panes"):
            yield RoutineList()
            yield PreviewPane()
        yield KeyBar(Where.MENU)

    def _wordmark(self, width: int) -> Content:
        """Return the name in large letters, with this week's progress at its right."""
        mark = Content.styled(WORDMARK if self.app.size.height >= 36 else SMALL_WORDMARK, "$accent")
        week = Content.styled(self.rows.week, "$muted")
        *rows, last = mark.split("\n")
        return Content("\n").join([*rows, justified(last, week, width)])

    def on_mount(self) -> None:
        """Begin to check the user's files regularly."""
        self.set_interval(LOOK_EVERY_S, self.look_again)
        self.set_interval(PICK_EVERY_S, self._pick_again)

    def on_screen_resume(self) -> None:
        """Show everything again: a setting or a file may have changed."""
        self.rows.recall()
        self.refresh_rows()
        self.set_timer(LOOK_UP_AFTER_S, self._find_done)
        self.set_timer(LOOK_UP_AFTER_S, self.look_again)

    def on_first_frame(self) -> None:
        """Report the time-dependent regions of the first frame: today's pick, its preview and its keys.

        A frame with a notice, or after a key, would not be the same at another start.
        """
        routines, keys = self.query_one(RoutineList), self.query_one(KeyBar)
        is_at_pick = routines.row is not None and routines.row.key == NOW
        if is_at_pick and self.is_active and not self.query("Input") and not keys.notice:
            self._opened((routines.region_of_pick, self.query_one(PreviewPane).region, keys.region))

    @work(group="look")
    async def look_again(self, *, asked: bool = False) -> None:
        """Check the user's files; if the user has `asked`, even if a check is in progress."""
        if not self.is_active:
            return
        self._is_asked |= asked
        if not self._looking.locked():
            async with self._looking:
                await self._look()
                while self._is_asked and self.is_attached:
                    await self._look()

    async def _look(self) -> None:
        """Show changes of the user's files; if the user has asked, read all of them and show a notice."""
        asked, self._is_asked = self._is_asked, False
        seen = await to_thread(look, self._user.places)
        if asked or not self._user.shows(seen):
            found = await to_thread(self._user.read_again)
            if self.is_attached:
                before, row = self._user.cards, self.query_one(RoutineList).row
                self._user.take(found)
                self.refresh_rows(stay=True)
                words = news(before, self._user.cards, row.key if row else None)
                if words and self.is_active:
                    self.notify(words, timeout=6)
            await to_thread(found.cache)
        if seen.leftovers != self.rows.leftovers and self.is_attached:
            self.rows.leftovers = seen.leftovers
            self.refresh_rows(stay=True)
        if asked and self.is_attached:
            cards = self._user.cards
            own = sum(not card.bundled for card in cards)
            self.notify(f"Up to date: {len(cards)} routines, {own} of them yours.")

    def action_reload(self) -> None:
        """Read all files again at once."""
        self.look_again(asked=True)

    def refresh_rows(self, cursor: str | None = None, *, stay: bool = False) -> None:
        """Refill the list, with the cursor on the row `cursor`, else on the current one.

        If that is missing, the cursor is on the first one, or with `stay` on the nearest.
        """
        routines = self.query_one(RoutineList)
        self.rows.pick_again()
        groups, cursor = self.rows.groups(cursor or (routines.row.key if routines.row else self.first_cursor))
        routines.show(groups, cursor, self.rows.nothing, self.rows.not_used, stay=stay)
        self._show_preview()

    @property
    def first_cursor(self) -> str | None:
        """The initial row of the cursor: today's pick, else the last routine."""
        return NOW if self.rows.pick else self._user.last_routine

    def _pick_again(self) -> None:
        """Update the pick, as time has passed or a workout may have been done elsewhere."""
        if not self.is_active:
            return
        self.rows.recall(keep=True)
        if self.rows.pick_again():
            self.refresh_rows(stay=True)

    @work(exclusive=True)
    async def _find_done(self) -> None:
        """Read the recent workouts in a thread, so that keys are handled meanwhile, and show them."""
        last_done, recent = await to_thread(self.rows.read_done)
        if self.rows.take_done(last_done, recent) and self.query(RoutineList):
            self.refresh_rows()
            self.query_one("#mark", Static).update(Fitted(self._wordmark))

    @on(OptionList.OptionHighlighted)
    def _follow_cursor(self) -> None:
        """Show the cursor at once, and its preview afterwards."""
        self.when_shown(self._show_preview)

    def _show_preview(self) -> None:
        self._offer_keys()
        self.query_one(PreviewPane).show(self.query_one(RoutineList).row)

    @property
    def _entry(self) -> Entry | None:
        """The file under the cursor."""
        return self._entry_of(self.query_one(RoutineList).row)

    def _entry_of(self, row: RoutineRow | None) -> Entry | None:
        return next((entry for entry in self._user.catalog.entries if row and entry.id == row.card.id), None)

    @on(OptionList.OptionSelected)
    def action_start(self) -> None:
        """Start the routine under the cursor; show the problems of a broken file; offer an interrupted workout."""
        row = self.query_one(RoutineList).row
        if row is not None and row.card.id == INTERRUPTED:
            self._offer()
        self._begin(1.0)

    def action_rehearse(self) -> None:
        """Rehearse the routine under the cursor."""
        self._begin(REHEARSAL_RATE)

    def _begin(self, rate: float) -> None:
        """Start the routine under the cursor from its current file."""
        row = self.query_one(RoutineList).row
        if row is not None and self._user.refresh():
            self.refresh_rows(stay=True)
            if row.card.id not in {card.id for card in self.rows.cards}:
                self.notify(f"{row.title} was not started: its file is gone.", severity="warning")
                return
        entry = self._entry_of(row)
        if entry is not None and entry.routine is not None:
            self._start(WorkoutRequest(entry.routine, rate, self.rows.conditions))
        elif entry is not None and entry.problems:
            self._files.show_problems(entry.path, entry.problems)

    @property
    def _files(self) -> Editing:
        """The commands for routines' files."""
        from tui.screens.menu.edit import Editing

        return Editing(self, self._user, self.refresh_rows, rehearse=self._rehearse)

    def action_edit(self) -> None:
        """Open the file under the cursor in the user's own editor."""
        if (entry := self._entry) is not None:
            self._files.edit_file(entry.path, entry.problems)

    def action_edit_here(self) -> None:
        """Edit the file under the cursor in the built-in editor."""
        if (entry := self._entry) is not None:
            self._files.edit_here(entry)

    def action_differences(self) -> None:
        """Show the differences from the bundled routine."""
        if (entry := self._entry) is not None and self.acts("differences"):
            self._files.show_differences(entry)

    def action_new(self) -> None:
        """Write a routine."""
        self._files.edit_new()

    def action_sort(self) -> None:
        """Switch to the next order."""
        order = self._user.menu_order.order.next
        self._user.arrange(self._user.menu_order._replace(order=order))
        self.refresh_rows()
        self.notify(f"Order: {'by place' if order is SortBy.PLACE else HEADINGS[order][0]}.")

    def action_pin(self) -> None:
        """Pin or unpin the routine under the cursor."""
        row = self.query_one(RoutineList).row
        if row is not None and self.acts("pin"):
            self._user.arrange(self._user.menu_order.toggled(row.card.id))
            self.refresh_rows()
            self.notify(f"{row.title} is no longer at the top." if row.pinned else f"{row.title} stays at the top.")

    def _rehearse(self, routine: Routine) -> None:
        self._start(WorkoutRequest(routine, REHEARSAL_RATE))

    def action_build(self) -> None:
        """Build a one-off workout."""
        from tui.screens.menu.builder import BuilderPlan, BuilderScreen

        def left(plan: BuilderPlan) -> None:
            self._built = plan

        def start(routine: Routine) -> None:
            self._start(WorkoutRequest(routine))

        plan, saved = self._built or BuilderPlan(), self._files.take_saved
        self.app.push_screen(BuilderScreen(self._user, plan, start=start, saved=saved, left=left))

    def action_progressions(self) -> None:
        """Choose the progressions of this routine."""
        from tui.screens.ladder.ladders import LaddersScreen, of_routine

        user = self._user
        if self._entry and (routine := self._entry.routine):
            if not self.acts("progressions"):
                self.notify(f"No exercise of {routine.title} has progressions.")
                return
            self.app.push_screen(LaddersScreen(routine.title, user, lambda: of_routine(user, routine)))

    @work(exclusive=True, group="ladders")
    async def action_ladder(self) -> None:
        """Show all ladders, and their records once the history has been read."""
        from tui.history.reading import MONTHS
        from tui.screens.history.background import read_whole
        from tui.screens.ladder.ladders import LaddersScreen, of_everything

        user = self._user
        sessions: tuple[PastSession, ...] | None = None
        ladders = LaddersScreen("Ladders", user, lambda: of_everything(user, sessions))
        self.app.push_screen(ladders)
        sessions = await read_whole(user.places, MONTHS)
        ladders.refresh_ladders()

    def action_history(self) -> None:
        """Open the history."""
        from tui.screens.history.screen import HistoryScreen

        self.app.push_screen(HistoryScreen(self._user))

    def action_settings(self) -> None:
        """Change the settings."""
        from tui.screens.settings.screen import SettingsScreen

        self.app.push_screen(SettingsScreen(self._user, self._change))

    def action_move(self, step: int) -> None:
        """Move the cursor in the list."""
        routines = self.query_one(RoutineList)
        routines.action_cursor_up() if step < 0 else routines.action_cursor_down()

    def acts(self, action: str) -> bool:
        """Check whether a command is currently available."""
        if action == "clear":
            return self._filter is not None or bool(self.rows.limits)
        return acts(action, self.query_one(RoutineList).row)

    @on(events.DescendantFocus)
    def _offer_keys(self) -> None:
        """Show the available keys; in the filter only its own, as letters are text there."""
        row = self.query_one(RoutineList).row
        if self._filter is not None and self.focused is self._filter:
            keys = FILTER_KEYS if row else FILTER_KEYS[-1:]
        else:
            acting = (key for key in footer(Where.MENU) if self.acts(key.action))
            broken = row is not None and bool(row.card.problems)
            keys = tuple(k._replace(words="problems") if broken and k.action == "start" else k for k in acting)
        self.query_one(KeyBar).offer(keys)

    def action_leave(self) -> None:
        """Leave the program."""
        self.app.exit()

    async def action_filter(self) -> None:
        """Focus the filter, which is mounted on first use."""
        if self._filter is None:
            from tui.widgets.text_field import TextField

            self._filter = TextField(placeholder="type to filter", select_on_focus=False)
            await self.mount(self._filter, before="#panes")
        self._filter.focus()

    def on_input_submitted(self) -> None:
        """Start the routine under the cursor."""
        self.action_start()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the routines that contain every typed word."""
        self.rows.wanted = event.value
        self.refresh_rows()

    async def action_clear(self) -> None:
        """Clear the filter and go back to the list; without a filter, clear today's limits."""
        if self._filter is None:
            await self._set_today(None)
            return
        field, self._filter = self._filter, None
        await field.remove()
        self.rows.wanted = ""
        self.refresh_rows()
        self.query_one(RoutineList).focus()

    def action_today(self) -> None:
        """Ask for today's limits; the dialog begins with those that are set."""
        from tui.screens.menu.today_dialog import TodayScreen
        from tui.today.adapt import needed_things
        from tui.today.conditions import EVERYTHING

        now = self.rows.conditions or self.rows.conditions_before or EVERYTHING
        self.app.push_screen(TodayScreen(needed_things(self._user.catalog.routines), now), self._take_today)

    async def _take_today(self, conditions: Conditions | None) -> None:
        """Set the limits from the dialog; None, for escape, changes nothing."""
        if conditions is not None:
            await self._set_today(conditions)

    async def _set_today(self, conditions: Conditions | None) -> None:
        """Show the routines that can be done today, and the limits in a few words above the list."""
        if conditions is None and not self.rows.limits:
            return
        self.rows.limit(conditions)
        words = self.rows.limits
        await self.query("#today").remove()
        if words and self.is_attached:
            head = partial(_today_line, words)
            await self.mount(Static(Fitted(head), id="today"), before="#panes")
        self.refresh_rows()


def _today_line(words: str, width: int) -> Content:
    """Return the line with today's limits, and how to clear them if that fits."""
    line, back = Content.assemble(("today: ", "$muted"), (words, "bold $accent")), Content.styled("esc clear", "$muted")
    return justified(line, back if line.cell_length + back.cell_length + 2 <= width else Content(""), width)
