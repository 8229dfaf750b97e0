"""A dialog with several ladders and the user's position on each: of a routine's exercises, or of all exercises.

A chosen progression applies from now on, so the user can change progressions at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.ladder.practice import ProgressionRecord, records
from tui.ladder.proposals import in_measure, next_step_words, propose
from tui.ladder.standings import standing
from tui.past_sessions import PastSession
from tui.plain_text import plural
from tui.routine.durations import spoken
from tui.routine.model import Exercise, Grow, Routine
from tui.screens.ladder.panes import PreviewDialog, PreviewPanes
from tui.screens.ladder.preview import LEAST_FIGURE_ROWS, fitting, words_of
from tui.user_data import UserData
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import hints
from tui.widgets.ladder_view import LadderStep, ladder, own_ladder, progression_line

WORD_ROWS = 3
"""The lines for the words below the list."""

MOST_FIGURE_ROWS = 12
"""The most rows of the figure; the rest is for the words."""


class Ladder(NamedTuple):
    """One exercise's ladder, and a line below its name; if `fixed`, the routine has chosen the progression.

    `is_due`: the line proposes a change. `records` are by the id of the progression; None before the history has been
    read.
    """

    exercise: Exercise
    steps: tuple[LadderStep, ...]
    note: str = ""
    fixed: bool = False
    is_due: bool = False
    records: Mapping[str, ProgressionRecord] | None = None


class LaddersScreen(PreviewDialog[None]):
    """Shows ladders; taking a progression remembers it from now on."""

    BINDINGS = [("plus", "dose(1)", "more"), ("minus", "dose(-1)", "less")]

    def __init__(self, heading: str, user: UserData, ladders: Callable[[], Iterable[Ladder]]) -> None:
        """`ladders` returns their current state."""
        super().__init__(heading)
        self._user, self._ladders = user, ladders
        self._offered: list[tuple[Ladder, LadderStep] | None] = []

    def body(self) -> list[Widget]:
        """Compose the list of ladders, and the preview of the progression under the cursor."""
        return [PreviewPanes(self._share_out, self.let_keys_pass), Static(id="keys", classes="note")]

    def on_mount(self) -> None:
        """Start at the first current progression."""
        self._show()
        current = [i for i, one in enumerate(self._offered) if one and one[1].is_current]
        first = [i for i, one in enumerate(self._offered) if one]
        self.query_one(OptionList).highlighted = next(iter([*current, *first]), None)

    def refresh_ladders(self) -> None:
        """Update the ladders; nothing happens before the screen is shown or after it is closed."""
        if self.is_attached and self._offered:
            self._show()

    def _show(self) -> None:
        """Lay out the ladders and leave the cursor in place."""
        options: list[Option] = []
        self._offered = []
        for one in self._ladders():
            look = "$accent" if one.is_due else "$muted"
            note = Content.styled(f"\n{one.note}" if one.note else "", f"not bold {look}")
            options.append(Option(Content("\n" * bool(options) + one.exercise.name) + note, disabled=True))
            self._offered.append(None)
            for step in one.steps:
                options.append(Option(Fitted(partial(progression_line, step))))
                self._offered.append((one, step))
        shown = self.query_one(OptionList)
        cursor, scroll = shown.highlighted, shown.scroll_offset
        shown.set_options(options)
        shown.highlighted = cursor
        shown.scroll_to(scroll.x, scroll.y, animate=False)
        shown.call_after_refresh(self._see_cursor)  # it may be out of view if the list has not been drawn yet

    def _see_cursor(self) -> None:
        """Scroll to the cursor; on the first ladder, to the name of the exercise above it."""
        shown = self.query_one(OptionList)
        if shown.highlighted is not None and None not in self._offered[1 : shown.highlighted + 1]:
            shown.scroll_home(animate=False)
        shown.scroll_to_highlight()

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        taken = self._offered[event.option_index]
        if taken is not None and not taken[0].fixed:
            self._user.remember(taken[0].exercise.id, taken[1].id)
            self._show()

    @property
    def _under_cursor(self) -> tuple[Ladder, LadderStep] | None:
        """The ladder and the progression under the cursor."""
        at = self.query_one(OptionList).highlighted
        return None if at is None or at >= len(self._offered) else self._offered[at]

    def action_dose(self, steps: int) -> None:
        """Change the grown dose under the cursor by a step, if it can grow."""
        if (under := self._under_cursor) is None or (grow := _grow(under)) is None:
            return
        exercise, progression = under[0].exercise.id, under[1].id
        self._user.grow(exercise, progression, min(max(self._grown(under) + steps * grow.by, 0.0), grow.up_to))
        self._show()
        self._look()

    def _grown(self, under: tuple[Ladder, LadderStep]) -> float:
        return self._user.state.grown.get(under[0].exercise.id, {}).get(under[1].id, 0.0)

    # The preview of the progression under the cursor

    def _share_out(self) -> None:
        """Compute the rows for the words and the figure beside the list, or below it."""
        is_beside = self.has_class("-beside")
        self._rows = self.query_one(PreviewPanes).size.height if is_beside else WORD_ROWS
        has_figure = is_beside and self._user.settings.screen.figure
        self._figure_rows = min(self._rows // 2, MOST_FIGURE_ROWS) if has_figure else 0
        self.query_one("#figure").styles.height = self._figure_rows
        self._look()

    _rows = _figure_rows = 0

    @on(OptionList.OptionHighlighted)
    def _look(self) -> None:
        """Show the progression under the cursor."""
        if (under := self._under_cursor) is None:
            return
        (one, step), plan = under, under[1].plan
        grow, grown = _grow(under), self._grown(under)
        more = f" Grown by {in_measure(grown, grow.measure)}." if grow and grown else ""
        width = self.query_one("#seen").content_size.width
        done = "" if one.records is None else record_words(one.records.get(step.id))
        said = Content(f"{done}{more}".strip())
        words = words_of(plan, "", width)._replace(outcome=Content("\n").join(said.wrap(max(width, 8))))
        figure_rows = self._figure_rows if plan.figure and self._figure_rows >= LEAST_FIGURE_ROWS else 0
        self.query_one("#figure").display = figure_rows > 0
        self.query_one("#words", Static).update(fitting(words, self._rows - figure_rows))
        clock = self._user.clocks.monotonic if self._user.settings.screen.motion else None
        self.query_one(PreviewPanes).show_figure(plan, clock)
        choose = [] if one.fixed else [("enter", "from now on")]
        dose = [("+ -", "dose")] if grow else []
        keys = hints(("↑ ↓", "progression"), *choose, *dose)
        self.query_one("#keys", Static).update(keys)


def _grow(under: tuple[Ladder, LadderStep]) -> Grow | None:
    """Return the growth of a progression's dose; None if it cannot grow here."""
    progression = under[0].exercise.progression(under[1].id)
    return progression.grow if progression else None


def record_words(record: ProgressionRecord | None) -> str:
    """Format a record in words: `Reached 3 March 2026. 12 sessions, best 45 s.`"""
    if record is None:
        return "Not done yet."
    best = f"{record.best.reps} reps" if record.best.reps else spoken(record.best.work_s) if record.best.work_s else ""
    sessions = plural(record.sessions, "session")
    return f"Reached {record.reached.day} {record.reached:%B %Y}. {sessions}{f', best {best}' if best else ''}."


def of_routine(user: UserData, routine: Routine) -> Iterator[Ladder]:
    """Yield the ladders of a routine's exercises, in its order, with their doses there."""
    seen: set[str] = set()
    for block in routine.blocks:
        for set_ in block.sets:
            exercise = routine.exercises[set_.exercise]
            if exercise.id in seen or not exercise.progressions:
                continue
            seen.add(exercise.id)
            asked = exercise.progression(set_.progression)
            steps = ladder(routine, block, set_, (asked or user.state.progression_of(exercise)).id)
            note = f"This routine asks for: {asked.name}. Press s in the workout to change that." if asked else ""
            yield Ladder(exercise, steps, note, fixed=asked is not None)


def of_everything(user: UserData, sessions: Sequence[PastSession] | None) -> Iterator[Ladder]:
    """Yield the ladder of every exercise by name, with its records and the missing conditions for the next progression.

    `sessions` are None while the history is being read; then there are no records.
    """
    for exercise in sorted(user.catalog.exercises.values(), key=lambda exercise: exercise.name):
        if not exercise.progressions:
            continue
        steps = own_ladder(exercise, user.state.progression_of(exercise).id)
        if sessions is None:
            yield Ladder(exercise, steps)
            continue
        place = standing(user.state, exercise, sessions, user.clocks.now().date())
        proposal = propose(place)
        note = proposal.line if proposal else next_step_words(place)
        ids = [progression.id for progression in exercise.progressions]
        done = {ids[step]: record for step, record in records(place.done).items()}
        yield Ladder(exercise, steps, note, is_due=proposal is not None, records=done)
