"""The ladder of one exercise and alternatives to it, with a preview and the scope of the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Self

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.commands import Where, bindings
from tui.engine.commands import Scope
from tui.screens.ladder.panes import PreviewDialog, PreviewPanes
from tui.screens.ladder.preview import LEAST_FIGURE_ROWS, Words, fitting, rows_of, words_of
from tui.widgets.figure.view import FigureView
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import hints
from tui.widgets.ladder_view import SCOPES, LadderStep, progression_line

LIST_ROWS = 3
"""The least rows of the list, if the window has them."""

ENOUGH_ROWS = 5
"""The rows of the list that take precedence over the steps."""

GAPS = 2
"""The number of empty lines between the texts, if they fit."""

OTHERS = "Another exercise"
"""The heading above other exercises."""


class LadderScreen(PreviewDialog[tuple[LadderStep, Scope]]):
    """Its answer is the chosen progression or exercise, and the scope. It can be opened again with another `offer`."""

    BINDINGS = [*bindings(Where.LADDER)]

    def __init__(self) -> None:
        super().__init__("")
        self._rows: tuple[LadderStep | None, ...] = ()

    def offer(
        self, exercise: str, steps: Sequence[LadderStep], foresee: Callable[[LadderStep, Scope], str] | None = None, *,
        clock: Callable[[], float] | None = None, figure: bool = True,
    ) -> Self:  # fmt: skip
        """Offer the progressions of `exercise` in `steps`, and after them its alternatives.

        The default scope is today, which is also the widest for another exercise. `foresee` returns in a few words how
        a choice would change the workout. The figures move by `clock`, in seconds, and do not move without one; without
        `figure` there are none.
        """
        ladder, others = ([step for step in steps if (step.instead is None) is own] for own in (True, False))
        heading = [None] if others else []
        before = self.heading, self._rows
        self.heading, self._rows = exercise, (*ladder, *heading, *others)
        self._wanted = Scope.TODAY
        self._foresee, self._clock, self._figure = foresee, clock, figure
        if self.is_mounted:
            self._show_again(is_other=(self.heading, self._rows) != before)
        return self

    def body(self) -> list[Widget]:
        """Compose the list of progressions and other exercises, the preview, and the scopes."""
        scopes = Static(id="scopes")
        scopes.auto_links = False
        keys = hints(("↑ ↓", "look"), ("← →", "how long"), ("enter", "choose"))
        return [PreviewPanes(self._take_room, self.let_keys_pass), scopes, Static(keys, classes="note")]

    async def on_mount(self) -> None:
        """Begin at the current progression."""
        await self.let_keys_pass()
        self._list_rows()
        self._begin()

    def _list_rows(self) -> None:
        options = (
            Option(Fitted(partial(progression_line, row)) if row else Fitted(self._heading), disabled=row is None)
            for row in self._rows
        )
        self.query_one(OptionList).set_options(options)

    def _begin(self) -> None:
        """Go to the current progression."""
        ladder = self.query_one(OptionList)
        current = [i for i, row in enumerate(self._rows) if row and row.is_current]
        ladder.highlighted = next(iter(current), next((i for i, row in enumerate(self._rows) if row), None))
        ladder.scroll_to_highlight()
        self._show_scopes()

    def _show_again(self, *, is_other: bool) -> None:
        """Show the current offer, without a preview at first; `is_other`: it differs from the previous one."""
        if is_other:
            self.show_heading()
            self._list_rows()
        self._begin()
        self.query_one("#words", Static).update("", layout=False)
        self.query_one(FigureView).set_figure(None, mirrored=False)
        if self.has_class("-beside"):
            self.when_shown(self.share_out)
        else:
            self.share_out()
        self.when_shown(self.look)

    def on_resize(self, event: events.Resize) -> None:
        """Show the scopes that fit."""
        self._show_scopes()

    def _heading(self, width: int) -> Content:
        """Format the heading above other exercises, after an empty line if it fits."""
        gap = "\n" if self.has_class("-beside") and self._rows[0] is not None else ""
        return Content.assemble(gap, (OTHERS, "bold $muted"))

    # The preview

    @property
    def _step(self) -> LadderStep | None:
        """The progression, or the other exercise, under the cursor."""
        at = self.query_one(OptionList).highlighted
        return None if at is None else self._rows[at]

    def _take_room(self) -> None:
        self.share_out()
        self.look()

    def share_out(self) -> None:
        """Share the rows between list, figure and words, independently of the cursor, so that nothing jumps."""
        room, list_ = self.query_one(PreviewPanes), self.query_one(OptionList)
        is_beside = self.has_class("-beside")
        rows = room.size.height
        width = self._width
        every = [self._words(step, width, self._foresee and " ") for step in self._rows if step]
        needed = max((rows_of((words.outcome, words.caution)) for words in every), default=0)
        whole = max((rows_of((words.dose, words.outcome, words.caution, words.steps)) for words in every), default=0)
        without_steps = max((rows_of((words.dose, words.outcome, words.caution)) for words in every), default=0)
        if not is_beside:
            free = rows - whole if rows - whole >= ENOUGH_ROWS else rows - needed
            list_.styles.height = listed = max(min(LIST_ROWS, rows), min(len(self._rows), free))
            rows -= listed
        spare = rows - (whole if rows - whole >= LEAST_FIGURE_ROWS else without_steps)
        spare = max(spare - GAPS, min(spare, LEAST_FIGURE_ROWS))
        has_figure = self._figure and is_beside and spare >= LEAST_FIGURE_ROWS
        self.query_one("#seen").display = rows > 0
        self.query_one("#figure").display = has_figure
        self.query_one("#figure").styles.height = spare
        self._word_rows = rows - spare if has_figure else rows

    _word_rows = 0

    @property
    def _width(self) -> int:
        """The cells of a line of the words, even while they are hidden."""
        seen = self.query_one("#seen")
        return seen.size.width or self.query_one(PreviewPanes).size.width - seen.gutter.width

    def _words(self, step: LadderStep, width: int, outcome: str | None) -> Words:
        return words_of(step.plan, outcome or "", width, named=step.instead is not None)

    @on(OptionList.OptionHighlighted)
    def _follow_cursor(self) -> None:
        """Show the cursor at once, and the preview afterwards."""
        self.when_shown(self.look)

    def look(self) -> None:
        """Preview the row under the cursor, once the page is open and the preview fits."""
        if (step := self._step) is None or not self._word_rows or not self.is_current:
            return
        self._show_scopes()
        outcome = self._foresee(step, self._scope) if self._foresee else None
        words = self._words(step, self._width, outcome)
        self.query_one("#words", Static).update(fitting(words, self._word_rows), layout=False)  # it has separate rows
        self.query_one(PreviewPanes).show_figure(step.plan, self._clock)

    # The scope

    @property
    def _scopes(self) -> tuple[Scope, ...]:
        """The scopes of the row under the cursor: another exercise is never remembered."""
        other = self._step is not None and self._step.instead is not None
        return tuple(scope for scope in SCOPES if not (other and scope is Scope.FROM_NOW_ON))

    @property
    def _scope(self) -> Scope:
        """The chosen scope, or the nearest available one."""
        return self._wanted if self._wanted in self._scopes else self._scopes[-1]

    def _show_scopes(self) -> None:
        """Show the row of scopes, more compact in a narrow window; each can be clicked."""
        width = self.app.size.width
        edge = " " if width >= 40 else ""
        parts = [Content.styled("Apply to  " if width >= 60 else "", "$muted")]
        for index, scope in enumerate(self._scopes):
            style = "bold reverse $accent" if scope is self._scope else "$foreground"
            words = Content.styled(f"{edge}{SCOPES[scope]}{edge}", style)
            parts += [words.stylize(f"@click=screen.scope({index})"), Content(" ")]
        scopes, shown = self.query_one("#scopes", Static), Content("").join(parts[:-1])
        scopes.update(shown, layout=scopes.content != shown)  # only if the words differ: styles make no difference here

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the chosen row."""
        if (step := self._rows[event.option_index]) is not None:
            self.dismiss((step, self._scope))

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        self.query_one(OptionList).action_select()

    def action_scope(self, index: int) -> None:
        """Choose the scope at `index`."""
        self._wanted = self._scopes[max(0, min(index, len(self._scopes) - 1))]
        self.look()

    def action_narrower(self) -> None:
        """Choose the scope before this one."""
        self.action_scope(self._scopes.index(self._scope) - 1)

    def action_wider(self) -> None:
        """Choose the scope after this one."""
        self.action_scope(self._scopes.index(self._scope) + 1)
