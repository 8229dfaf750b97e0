"""The menu: the list of routines, and a preview of the one under the cursor."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.types import CSSPathType
from textual.widgets import Input, OptionList, Static

from tui.clocks import Clocks
from tui.commands import FootKey, Where, bindings, footer
from tui.files.menu_order import SortBy
from tui.library.cached import look
from tui.library.encoding import decoded
from tui.library.overview import RoutineCard
from tui.plain_text import plain_text
from tui.screens.menu.routine_list import TITLES, WAITING, RoutineList, grouped, matches
from tui.screens.menu.todays_routines import TodaysRoutines
from tui.terminal.textual_internals import SettledScreen
from tui.user_data import UserData
from tui.widgets.figure.view import FigureView
from tui.widgets.fitted import Fitted, justified
from tui.widgets.key_bar import KeyBar
from tui.widgets.lengths import ago, minutes
from tui.widgets.routine_text import INTERRUPTED, LOOKING, NOW, RoutineRow, card_of, facts, preview

MOST_NAMED = 3
"""How many of the files that are not used are named."""

FIGURE_ROWS = 9
"""The least rows for the figure, one that stays free below it left out."""

PICK_EVERY_S = 60.0
"""How often the menu looks whether today's pick is another one by now."""

LOOK_UP_AFTER_S = 0.25
"""Seconds after which the menu reads the recent history."""

LOOK_EVERY_S = 2.0
"""Seconds between two looks at the user's files while the menu is open."""

REHEARSAL_RATE = 10.0
"""Workout seconds a second in a rehearsal."""

if TYPE_CHECKING:
    from tui.history.interrupted import Interrupted
    from tui.history.past_sessions import PastSession
    from tui.history.recent import Recent
    from tui.library.catalog import Entry
    from tui.routine.model import Figure, Routine
    from tui.screens.menu.builder import BuilderPlan
    from tui.screens.menu.edit import Editing
    from tui.today.conditions import Conditions

FILTER_KEYS: tuple[FootKey, ...] = (
    FootKey("start", "enter", "start"), FootKey("move(-1)", "↑", "up"), FootKey("move(1)", "↓", "down"),
    FootKey("clear", "esc", "all routines"),
)  # fmt: skip
"""What the keys do while the filter is typed."""

NEED_ROW = ("start", "progressions", "rehearse", "edit", "edit_here", "differences", "pin")
"""The commands that are about the routine under the cursor."""

ORDER_WORDS = {
    SortBy.PLACE: "by place", SortBy.RECENT: "last done first", SortBy.NAME: "by name", SortBy.LENGTH: "shortest first"
}  # fmt: skip

WORDMARK = """\
▟▛▀▀▜▙ █▌       █▌
█▌     █▌ █▌ ▐█ ██▀▘ ▟▛▀▜▙ █▌ ▐█ ▟▛▀▀▘
█▌ ▀▜█ █▌ █▌ ▐█ █▌   █▛▀▀▀ █▌ ▐█ ▝▀▀▜▙
▜▙▄▄▟█ █▌ ▜▙▄▟█ ▜▙▄▖ ▜▙▄▄▖ ▜▙▄▟█ ▝▄▄▟▛"""

SMALL_WORDMARK = """\
█▀▀ █   █ █ ▀█▀ █▀▀ █ █ ▟▀▀
█▄█ █▄▄ █▄█  █  █▙▄ █▄█ ▄▄▛"""


class PreviewText(Static):
    """A part of the preview. It scrolls nothing itself, so a new size does not ask for another layout."""

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)


class PreviewPane(VerticalScroll):
    """Holds the preview, and asks anew whether the figure fits when its own size changes.

    It is not the screen that asks: what it does between two changes of the window's size would keep the library from
    taking them as one, and they would go back and forth without end.
    """

    def __init__(self, fit: Callable[[], None]) -> None:
        """`fit` shows the figure, or takes it away."""
        super().__init__(id="preview")
        self._fit = fit

    def on_resize(self) -> None:
        """There may be more room for the figure now, or less."""
        self._fit()


class MenuScreen(SettledScreen[None]):
    """What the program opens with."""

    CSS_PATH: ClassVar[CSSPathType | None] = "menu.tcss"
    WHERE: ClassVar[Where] = Where.MENU
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Where.MENU),
        ("up", "move(-1)", ""),  # while the filter is typed; otherwise they are the list's own
        ("down", "move(1)", ""),
    ]
    AUTO_FOCUS = "RoutineList"

    def __init__(
        self, user: UserData, clocks: Clocks, *,
        begin: Callable[[Routine, float, Conditions | None], None], change: Callable[[str, object], None],
        interrupted: Callable[[], Interrupted | None], offer: Callable[[], None],
    ) -> None:  # fmt: skip
        """`begin` starts a routine at a rate, as it can be done today; `change` sets a setting by its dotted key.

        `interrupted` returns a workout that can be resumed, and `offer` asks what to do with it.
        """
        super().__init__()
        self._user, self._clocks, self._start, self._change = user, clocks, begin, change
        self._interrupted, self._offer = interrupted, offer
        self._done: dict[str, datetime] = {}
        self._week = ""
        self._recent: Recent | None = None
        self._now: RoutineRow | None = None
        self._wanted = ""
        self._todays = TodaysRoutines(user)
        self._previewed: RoutineRow | None = None
        self._built: BuilderPlan | None = None
        self._leftovers: Sequence[str] = ()
        self._is_looking = False

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield Static(Fitted(self._wordmark), id="mark")
        with Horizontal(id="panes"):
            yield RoutineList()
            with PreviewPane(self._fit_figure):
                yield PreviewText(id="words", markup=False)
                yield FigureView()
                yield PreviewText(id="facts", markup=False)
        yield KeyBar(Where.MENU)

    def _wordmark(self, width: int) -> Content:
        """Return the name in large letters, and at its right what was done this week."""
        mark = Content.styled(WORDMARK if self.app.size.height >= 36 else SMALL_WORDMARK, "$accent")
        week = Content.styled(self._week, "$muted")
        *rows, last = mark.split("\n")
        return Content("\n").join([*rows, justified(last, week, width)])

    def on_mount(self) -> None:
        """Look at the user's files from time to time."""
        self.set_interval(LOOK_EVERY_S, self.look_again)
        self.set_interval(PICK_EVERY_S, self._pick_again)

    def on_screen_resume(self) -> None:
        """Show everything again: a setting or a file may have changed."""
        self._recent = self._seen_recently()
        self.refresh_rows()
        self.set_timer(LOOK_UP_AFTER_S, self._find_done)
        self.set_timer(LOOK_UP_AFTER_S, self.look_again)

    @work(group="look")
    async def look_again(self, *, asked: bool = False) -> None:
        """Look at the user's files, and show what has changed; if the user has `asked`, read and say so anyway."""
        if self._is_looking or not self.is_current:
            return
        self._is_looking = True
        try:
            seen = await to_thread(look, self._user.places)
            if asked or not self._user.shows(seen):
                found = await to_thread(self._user.read_again)
                if self.is_attached:
                    self._user.take(found)
                    self.refresh_rows(stay=True)
            if seen.leftovers != self._leftovers and self.is_attached:
                self._leftovers = seen.leftovers
                self.refresh_rows(stay=True)
        finally:
            self._is_looking = False
        if asked and self.is_attached:
            cards = self._user.cards
            own = sum(not card.bundled for card in cards)
            self.notify(f"Up to date: {len(cards)} routines, {own} of them yours.")

    def action_reload(self) -> None:
        """Read all files again at once."""
        self.look_again(asked=True)

    def refresh_rows(self, here: str | None = None, *, stay: bool = False) -> None:
        """Refill the list, with the cursor on the routine `here`, else on the one that it is on.

        If that is no longer there, the cursor is on the first one, or with `stay` on the nearest.
        """
        routines = self.query_one(RoutineList)
        self._now = self._pick()
        here = here or (routines.row.key if routines.row else self.here_at_first)
        found = self._interrupted()
        cards = [*([card_of(found, self._clocks.now())] if found else []), *self._cards()]
        rows = [self._row(card) for card in cards if matches(card, self._wanted)]
        groups = list(grouped(rows, self._user.menu_order.order, self._wanted))
        if here and groups and groups[0][0] == TITLES and here not in {row.card.id for row in groups[0][1]}:
            here = groups[0][1][0].card.id
        if self._now is not None and matches(self._now.card, self._wanted):
            groups.insert(1 if groups and groups[0][0] == WAITING else 0, ("", [self._now]))
        routines.show(groups, here, self._nothing(), not_used(self._leftovers), stay=stay)
        self._show_preview()

    @property
    def here_at_first(self) -> str | None:
        """The row on which the cursor begins: today's pick, without one the routine of last time."""
        return NOW if self._now else self._user.last_routine

    def _seen_recently(self) -> Recent | None:
        """Return the recent workouts if they are known without reading whole months."""
        from tui.history.recent import cached_recent

        return cached_recent(self._user.places, self._clocks.now())

    def _pick(self) -> RoutineRow | None:
        """Return the row of today's pick; None if nothing should be done."""
        if self._recent is None:
            return RoutineRow(LOOKING, why="")
        fits = self._todays.fits.values() if self._todays.words else None
        limits = self._todays.conditions
        picked = self._user.pick(self._recent, self._clocks.now(), fits, limits.for_s if limits else None)
        card = next((card for card in self._cards() if picked and card.id == picked.id), None)
        return self._row(card)._replace(why=picked.why) if picked and card else None

    def _pick_again(self) -> None:
        """Show another pick if it is time for one, or a workout was done elsewhere."""
        if not self.is_current:
            return
        self._recent = self._seen_recently() or self._recent
        if self._pick() != self._now:
            self.refresh_rows(stay=True)

    def _cards(self) -> Sequence[RoutineCard]:
        """Return the cards of all routines, or of those that can be done under today's limits."""
        if not self._todays.words:
            return self._user.cards
        return [fit.card for fit in self._todays.fits.values()]

    def _row(self, card: RoutineCard) -> RoutineRow:
        done, fit = self._done.get(card.id), self._todays.fits.get(card.id)
        words = ago(done, self._clocks.now()) if done else ""
        return RoutineRow(card, words, fit.notes if fit else (), done, card.id in self._user.menu_order.pinned)

    def _nothing(self) -> str:
        """Return what to do if the list is empty."""
        if self._wanted:
            return f'  No match for "{self._wanted}".\n\n  Press esc to see all.'
        if self._todays.words:
            return "  Nothing fits that.\n\n  Press esc to see all, or t to change it."
        return "  There are no routines yet.\n\n  Press n to write one."

    @work(exclusive=True)
    async def _find_done(self) -> None:
        """Find when each routine was last done, and how much of the goal was done this week, and show it."""
        now = self._clocks.now()

        def read() -> tuple[dict[str, datetime], Recent]:
            from tui.history.reading import read_digest  # a tenth of a second, in which keys are answered
            from tui.history.recent import read_recent

            return read_digest(self._user.places).last_done, read_recent(self._user.places, now)

        done, recent = await to_thread(read)
        reached = recent.reached(now)
        week = reached.words or (f"this week {minutes(reached.seconds, False)}" if reached.seconds else "")
        if (done, week, recent) != (self._done, self._week, self._recent) and self.query(RoutineList):
            self._done, self._week, self._recent = done, week, recent
            self.refresh_rows()
            self.query_one("#mark", Static).update(Fitted(self._wordmark))

    @on(OptionList.OptionHighlighted)
    def _show_preview(self) -> None:
        """Show the preview of the routine under the cursor."""
        row = self.query_one(RoutineList).row
        self._offer_keys()
        if row is not self._previewed:
            self._previewed = row
            for part, made in (("#words", preview), ("#facts", facts)):
                content = Fitted(partial(made, row)) if row else Content("")
                self.query_one(part, Static).update(content)
            self.query_one("#preview").scroll_home(animate=False)
            self._show_figure()

    def _show_figure(self) -> None:
        """Show the figure of the first set of that routine."""
        card = self._previewed.card if self._previewed else None
        figure = cast("Figure", decoded(card.figure)) if card and card.figure else None
        self.query_one(FigureView).set_figure(figure, mirrored=card is not None and card.mirrored)
        self._fit_figure()

    def _fit_figure(self) -> None:
        """Show the figure if all of it is seen without scrolling."""
        pane, row = self.query_one("#preview"), self._previewed
        words = Fitted(partial(preview, row)).get_height({}, pane.size.width) if row else 0
        self.query_one(FigureView).display = pane.size.height - words > FIGURE_ROWS

    @property
    def _entry(self) -> Entry | None:
        """The file under the cursor."""
        return self._entry_of(self.query_one(RoutineList).row)

    def _entry_of(self, row: RoutineRow | None) -> Entry | None:
        """Return the file of a row."""
        return next((entry for entry in self._user.catalog.entries if row and entry.id == row.card.id), None)

    @property
    def _routine(self) -> Routine | None:
        """The routine under the cursor, as it can be done today."""
        entry = self._entry
        fit = self._todays.fits.get(entry.id) if entry else None
        return fit.routine if fit else entry.routine if entry else None

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def action_start(self) -> None:
        """Start the routine under the cursor; of a broken file, show its problems; offer what was interrupted."""
        row = self.query_one(RoutineList).row
        if row is not None and row.card.id == INTERRUPTED:
            self._offer()
        self._begin(1.0)

    def action_rehearse(self) -> None:
        """Run through it fast."""
        self._begin(REHEARSAL_RATE)

    def _begin(self, rate: float) -> None:
        """Start the routine under the cursor, as its file is now."""
        row = self.query_one(RoutineList).row
        if row is not None and self._user.refresh():
            self.refresh_rows(stay=True)
            if row.card.id not in {card.id for card in self._cards()}:
                self.notify(f"{row.title} was not started: its file is gone.", severity="warning")
                return
        entry = self._entry_of(row)
        if entry is not None and entry.routine is not None:
            self._start(entry.routine, rate, self._todays.conditions)
        elif entry is not None:
            self.action_problems()

    def action_problems(self) -> None:
        """Show every problem of the file under the cursor, and offer to edit it."""
        from tui.screens.dialogs.problems import ProblemsScreen

        if self._entry and self._entry.problems:
            name = plain_text(self._entry.path.name)
            self.app.push_screen(ProblemsScreen(name, self._entry.problems), self._edit_if)

    def _edit_if(self, wanted: bool | None) -> None:
        if wanted:
            self.action_edit()

    def action_edit(self) -> None:
        """Open the file under the cursor in the user's own editor."""
        if self._entry is not None:
            self._editing.edit_entry(self._entry)

    def action_differences(self) -> None:
        """Show what differs from the bundled routine."""
        from tui.library.own_files import to_trash
        from tui.screens.menu.differences import DifferencesScreen

        trashed: list[Path] = []

        def discard(path: Path) -> None:
            trashed.append(to_trash(self._user.places, path))
            self._user.reload()

        def tell(_: None) -> None:
            for path in trashed:
                self.notify(f"The bundled routine is back. Yours is here: {plain_text(str(path))}", timeout=8)

        if self.acts("differences") and self._entry is not None:
            self.app.push_screen(DifferencesScreen(self._entry.path, discard), tell)

    def action_sort(self) -> None:
        """Take the next order."""
        order = self._user.menu_order.order.next
        self._user.arrange(self._user.menu_order._replace(order=order))
        self.refresh_rows()
        self.notify(f"Order: {ORDER_WORDS[order]}.")

    def action_pin(self) -> None:
        """Keep the routine under the cursor at the top, or no longer."""
        row = self.query_one(RoutineList).row
        if row is not None and self.acts("pin"):
            self._user.arrange(self._user.menu_order.toggled(row.card.id))
            self.refresh_rows()
            self.notify(f"{row.title} is no longer at the top." if row.pinned else f"{row.title} stays at the top.")

    def action_edit_here(self) -> None:
        """Edit the file under the cursor in the program."""
        from tui.files.reading import Unreadable
        from tui.screens.editor.screen import EditorScreen
        from tui.screens.editor.source import editable

        if (entry := self._entry) is None:
            return
        try:
            text = editable(entry.path)
        except Unreadable as problem:
            self.notify(f"{plain_text(entry.path.name)}: {problem}", severity="warning", timeout=8)
            return
        page = EditorScreen(self._user, entry, text, rehearse=self._rehearse, saved=self._take_saved)
        self.app.push_screen(page)

    def _rehearse(self, routine: Routine) -> None:
        self._start(routine, REHEARSAL_RATE, None)

    def _take_saved(self, routine: str) -> None:
        """Read a routine that was saved, and show it."""
        self._user.reload()
        self.refresh_rows(routine)

    def action_build(self) -> None:
        """Build a workout for now."""
        from tui.screens.menu.builder import BuilderPlan, BuilderScreen

        def left(plan: BuilderPlan) -> None:
            self._built = plan

        plan = self._built or BuilderPlan()
        self.app.push_screen(
            BuilderScreen(self._user, plan, start=self._start_built, saved=self._take_saved, left=left)
        )

    def _start_built(self, routine: Routine) -> None:
        self._start(routine, 1.0, None)

    def action_new(self) -> None:
        """Write a routine."""
        self._editing.edit_new()

    @property
    def _editing(self) -> Editing:
        from tui.screens.menu.edit import Editing

        return Editing(self, self._user, self.refresh_rows, self.action_edit_here)

    def action_progressions(self) -> None:
        """Choose the progressions of this routine."""
        from tui.screens.ladder.ladders import LaddersScreen, of_routine

        user, clock = self._user, self._clocks.monotonic
        if self._entry and (routine := self._entry.routine):
            if not self.acts("progressions"):
                self.notify(f"No exercise of {routine.title} has progressions.")
                return
            self.app.push_screen(LaddersScreen(routine.title, user, lambda: of_routine(user, routine), clock))

    @work(exclusive=True, group="ladders")
    async def action_ladder(self) -> None:
        """Show all ladders, and what was done on them once the history is read."""
        from tui.history.reading import MONTHS
        from tui.screens.history.background import read_whole
        from tui.screens.ladder.ladders import LaddersScreen, of_everything

        user, clocks = self._user, self._clocks
        sessions: tuple[PastSession, ...] | None = None
        ladders = LaddersScreen("Ladders", user, lambda: of_everything(user, sessions, clocks), clocks.monotonic)
        self.app.push_screen(ladders)
        sessions = await read_whole(user.places, MONTHS)
        ladders.refresh_ladders()

    def action_history(self) -> None:
        """See what was done."""
        from tui.screens.history.screen import HistoryScreen

        self.app.push_screen(HistoryScreen(self._user, self._clocks))

    def action_settings(self) -> None:
        """Change the settings."""
        from tui.screens.settings.screen import SettingsScreen

        self.app.push_screen(SettingsScreen(self._user, self._change))

    def action_move(self, step: int) -> None:
        """Move the cursor in the list."""
        routines = self.query_one(RoutineList)
        routines.action_cursor_up() if step < 0 else routines.action_cursor_down()

    def acts(self, action: str) -> bool:
        """Return whether a command does something now."""
        if action == "clear":
            return bool(self.query(Input) or self._todays.words)
        return acts(action, self.query_one(RoutineList).row)

    @on(events.DescendantFocus)
    def _offer_keys(self) -> None:
        """Offer the keys that do something now; while the filter is typed letters are text, so only its own."""
        row = self.query_one(RoutineList).row
        if isinstance(self.focused, Input):
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
        """Give the line to type in, mounted when it is first asked for."""
        if not self.query(Input):
            field = Input(placeholder="type to filter", select_on_focus=False)
            field.cursor_blink = False
            await self.mount(field, before="#panes")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        """Show what has every typed word in it."""
        self._wanted = event.value
        self.refresh_rows()

    async def action_clear(self) -> None:
        """Clear the filter and go back to the list; without a filter, clear today's limits."""
        if not self.query(Input):
            await self._set_today(None)
            return
        await self.query(Input).remove()
        self._wanted = ""
        self.refresh_rows()
        self.query_one(RoutineList).focus()

    def action_today(self) -> None:
        """Ask for today's limits, beginning with those that are set."""
        from tui.screens.menu.today_dialog import TodayScreen
        from tui.today.adapt import needed_things
        from tui.today.conditions import EVERYTHING

        now = self._todays.conditions or self._todays.before or EVERYTHING
        self.app.push_screen(TodayScreen(needed_things(self._user.catalog.routines), now), self._take_today)

    async def _take_today(self, conditions: Conditions | None) -> None:
        """Set the limits of the dialog; None, for escape, changes nothing."""
        if conditions is not None:
            await self._set_today(conditions)

    async def _set_today(self, conditions: Conditions | None) -> None:
        """Show the routines that can be done today, and the limits in a few words above the list."""
        if conditions is None and not self._todays.words:
            return
        self._todays.set(conditions)
        words = self._todays.words
        await self.query("#today").remove()
        if words and self.is_attached:
            head = partial(_today_line, words)
            await self.mount(Static(Fitted(head), id="today"), before="#panes")
        self.refresh_rows()


def _today_line(words: str, width: int) -> Content:
    """Return the line with today's limits, and how to clear them if there is room for that."""
    line, back = Content.assemble(("today: ", "$muted"), (words, "bold $accent")), Content.styled("esc all", "$muted")
    return justified(line, back if line.cell_length + back.cell_length + 2 <= width else Content(""), width)


def acts(action: str, row: RoutineRow | None) -> bool:
    """Return whether a command of the menu does something if the cursor is on `row`, or on nothing."""
    if action not in NEED_ROW:
        return True
    if row is None:
        return False
    if row.card.id in (INTERRUPTED, NOW):
        return action == "start" and row.card.id == INTERRUPTED
    if action == "differences":
        return row.card.replaces
    if row.card.problems:
        return action in ("start", "edit", "edit_here")
    return action != "progressions" or any(part.progressions for part in row.card.parts)


def not_used(leftovers: Sequence[str]) -> str:
    """Return a line on files that are backups or conflict copies; empty if there are none."""
    if not leftovers:
        return ""
    more = f" and {len(leftovers) - MOST_NAMED} more" if len(leftovers) > MOST_NAMED else ""
    return f"not used: {', '.join(map(plain_text, leftovers[:MOST_NAMED]))}{more} (backups or conflict copies)"
