"""The ladder of one exercise: see each progression, then choose one, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.commands import Where, bindings
from tui.routine.model import Sides
from tui.screens.dialogs.dialog import DIALOG_STYLE, Dialog
from tui.screens.ladder.preview import LEAST_FIGURE_ROWS, Words, fitting, rows_of, words_of
from tui.timeline.events import Scope
from tui.widgets.choice_list import ChoiceList
from tui.widgets.event_words import SCOPES
from tui.widgets.figure.view import FigureView
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import hints
from tui.widgets.ladder_view import LadderStep, progression_line

LEAD_COLUMNS = 60
"""A narrower window has the scopes alone in their line."""

TIGHT_COLUMNS = 40
"""A narrower one has no space around each of them."""

BESIDE_COLUMNS = 76
"""From so many columns on, what there is to see of a progression stands beside the list."""

LIST_ROWS = 3
"""The list never has fewer, where the window has them."""

GAPS = 2
"""The empty lines between the words, where there is room for them."""

FRAME_S = 1 / 8
"""The figure moves at most so often."""


class Room(Container):
    """The room of the list and of what is seen beside or below it."""

    def on_resize(self) -> None:
        """Share it out anew."""
        if isinstance(self.screen, LadderScreen):
            self.screen.share_out()


class LadderScreen(Dialog[tuple[str, Scope]]):
    """Answers (progression id, scope)."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_STYLE, "swap.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.LADDER)]

    def __init__(
        self, exercise: str, steps: Sequence[LadderStep], foresee: Callable[[LadderStep, Scope], str] | None = None, *,
        clock: Callable[[], float] | None = None, figure: bool = True,
    ) -> None:  # fmt: skip
        """`exercise` is its name. A swap holds for today, until another scope is chosen.

        `foresee` tells in a few words what a choice would do to the workout. The figures move by `clock`, in seconds;
        without one they stand still, and without `figure` there are none.
        """
        super().__init__(exercise)
        self._steps, self._scope = tuple(steps), Scope.TODAY
        self._foresee, self._clock, self._figure = foresee, clock, figure
        self._since_s = 0.0

    def body(self) -> list[Widget]:
        """The progressions, what is to be seen of one, then the scopes."""
        ladder = ChoiceList(*(Option(Fitted(partial(progression_line, step))) for step in self._steps), markup=False)
        scopes = Static(id="scopes")
        scopes.auto_links = False
        keys = hints(("↑ ↓", "progression"), ("← →", "how long"), ("enter", "choose"), ("esc", "back"))
        seen = Container(FigureView(id="figure"), Static(id="words"), id="seen")
        return [Room(ladder, seen, id="room"), scopes, Static(keys, classes="note")]

    def on_mount(self) -> None:
        """Begin at the progression that holds now."""
        ladder = self.query_one(OptionList)
        ladder.highlighted = next((i for i, step in enumerate(self._steps) if step.here), 0)
        self._show_scopes()
        if self._clock is not None:
            self.set_interval(FRAME_S, self._play)

    def on_resize(self, event: events.Resize) -> None:
        """Put what is to be seen beside the list where the window is wide enough, else below it."""
        super().on_resize(event)
        self.set_class(event.size.width >= BESIDE_COLUMNS, "-beside")
        self._show_scopes()

    # What is seen of the progression under the cursor

    @property
    def _step(self) -> LadderStep | None:
        """The progression under the cursor."""
        at = self.query_one(OptionList).highlighted
        return None if at is None else self._steps[at]

    def share_out(self) -> None:
        """Give list, figure and words their rows, the same for every progression, so that nothing jumps."""
        room, list_ = self.query_one(Room), self.query_one(OptionList)
        beside = self.has_class("-beside")
        rows = room.size.height
        width = self.query_one("#seen").size.width or room.size.width
        every = [self._words(step, width) for step in self._steps]
        needed = max((rows_of((each.outcome, each.caution)) for each in every), default=0)
        if not beside:
            list_.styles.height = listed = max(min(LIST_ROWS, rows), min(len(self._steps), rows - needed))
            rows -= listed
        whole = max((rows_of((each.dose, each.outcome, each.caution, each.steps)) for each in every), default=0)
        without_steps = max((rows_of((each.dose, each.outcome, each.caution)) for each in every), default=0)
        spare = rows - (whole if rows - whole >= LEAST_FIGURE_ROWS else without_steps)
        spare = max(spare - GAPS, min(spare, LEAST_FIGURE_ROWS))
        has_figure = self._figure and beside and spare >= LEAST_FIGURE_ROWS
        self.query_one("#seen").display = rows > 0
        self.query_one("#figure").display = has_figure
        self.query_one("#figure").styles.height = spare
        self._word_rows = rows - spare if has_figure else rows
        self._look()

    _word_rows = 0

    def _words(self, step: LadderStep, width: int) -> Words:
        """The words of a progression; that of the one under the cursor with what it would do to the workout."""
        if step.plan is None:
            return Words(*(Content("") for _ in Words._fields))
        return words_of(step.plan, self._foresee(step, self._scope) if self._foresee else "", width)

    @on(OptionList.OptionHighlighted)
    def _look(self) -> None:
        """Show the progression under the cursor."""
        if (step := self._step) is None:
            return
        seen = self.query_one("#seen")
        words = self._words(step, seen.size.width or self.query_one(Room).size.width)
        self.query_one("#words", Static).update(fitting(words, self._word_rows))
        if (plan := step.plan) is not None:
            mirrored = plan.sides is Sides.EACH  # the left side is the first
            self.query_one(FigureView).set_figure(plan.figure, mirrored=mirrored, tempo=plan.tempo)
        self._since_s = self._clock() if self._clock else 0.0
        self._play()  # at once, so that its first frame is not that of a figure at rest

    def _play(self) -> None:
        """Move the figure on."""
        figure = self.query_one(FigureView)
        if self._clock is not None and self.is_current and figure.display:
            figure.play(self._clock() - self._since_s)

    # For how long

    def _show_scopes(self) -> None:
        """The row of scopes, each to be clicked."""
        width = self.app.size.width
        edge = " " if width >= TIGHT_COLUMNS else ""
        parts = [Content.styled("Change it for  " if width >= LEAD_COLUMNS else "", "$muted")]
        for index, scope in enumerate(SCOPES):
            style = "bold $background on $accent" if scope is self._scope else "$foreground"
            words = Content.styled(f"{edge}{SCOPES[scope]}{edge}", style)
            parts += [words.stylize(f"@click=screen.scope({index})"), Content(" ")]
        self.query_one("#scopes", Static).update(Content("").join(parts[:-1]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A progression is taken with enter or a click."""
        self.dismiss((self._steps[event.option_index].id, self._scope))

    def action_choose(self) -> None:
        """Take the progression under the cursor."""
        self.query_one(OptionList).action_select()

    def action_scope(self, index: int) -> None:
        """Change it for the scope at `index`."""
        scopes = list(SCOPES)
        self._scope = scopes[max(0, min(index, len(scopes) - 1))]
        self._show_scopes()
        self._look()

    def action_narrower(self) -> None:
        """Change it for a shorter time."""
        self.action_scope(list(SCOPES).index(self._scope) - 1)

    def action_wider(self) -> None:
        """Change it for a longer time."""
        self.action_scope(list(SCOPES).index(self._scope) + 1)
