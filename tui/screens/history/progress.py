"""Each exercise over time: its seconds or reps as a plot, the progressions in it, and left against right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial, partialmethod

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tui.commands import Where, bindings
from tui.history.days import day_of
from tui.history.performed import Course, Performed, course, done_by_exercise
from tui.past_sessions import PastSession
from tui.screens.history.charts import balance
from tui.screens.history.plot import plot, progressions
from tui.screens.history.summary_text import LOW_ROWS
from tui.screens.pages.page import PAGE_STYLE, Page
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted, justified
from tui.widgets.key_bar import KeyBar

SPANS: tuple[tuple[str, int], ...] = (
    ("30 days", 30), ("3 months", 92), ("a year", 366), ("5 years", 5 * 366), ("all", 200 * 366),
)  # fmt: skip
"""The spans of time that `left` and `right` select: the words, and the days."""


class CoursePlot(Widget):
    """The plot, which fills the available space."""

    shown = Reactive(Course((), "s"))

    def render(self) -> Content:
        """Format the plot, or a message if there is none."""
        if not self.shown.points:
            return Content.styled("Nothing in this time. Press → for a longer one.", "$muted")
        return plot(self.shown, self.size.width, self.size.height)


class ProgressScreen(Page):
    """Opened from the history, with its sessions."""

    CSS_PATH = [PAGE_STYLE, "history.tcss"]
    WHERE = Where.PROGRESS
    BINDINGS = [*bindings(Where.PROGRESS)]
    HEADING = "Progress"

    def __init__(self, sessions: Sequence[PastSession], today: date) -> None:
        """`sessions` are in any order; the most frequent exercises come first."""
        super().__init__()
        self._today, self._span = today, 2
        self._exercises = sorted(done_by_exercise(sessions).values(), key=len, reverse=True)

    def body(self) -> list[Widget]:
        """Compose the exercises, and the plot of the one under the cursor."""
        if not self._exercises:
            return [Static("There is no exercise in these workouts yet.", classes="note", markup=False)]
        heading = Static(Fitted(self._plot_heading), id="plot-heading")
        sides = Static(Fitted(self._sides), id="sides")
        shown = Vertical(heading, CoursePlot(id="plot"), sides, id="course")
        return [Horizontal(ChoiceList.of(partial(_line, done) for done in self._exercises), shown, id="panes")]

    def on_mount(self) -> None:
        """Begin with the most frequent exercise."""
        for shown in self.query(OptionList):
            shown.highlighted = 0

    def acts(self, action: str) -> bool:
        """Check whether there is a shorter or longer time to show."""
        at_end = {"shorter": 0, "longer": len(SPANS) - 1}
        return action not in at_end or (bool(self._exercises) and self._span != at_end[action])

    @property
    def _done(self) -> Sequence[tuple[PastSession, Performed]]:
        """The sessions of the exercise under the cursor within the time that is shown."""
        index = self.query_one(OptionList).highlighted or 0
        first = self._today - timedelta(days=min(SPANS[self._span][1], self._today.toordinal() - 1))
        return [done for done in self._exercises[index] if day_of(done[0]) > first]

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        self.query_one(CoursePlot).shown = course(self._done)
        for part in self.query("#plot-heading, #sides"):
            part.refresh(layout=True)

    def _plot_heading(self, width: int) -> Content:
        shown = course(self._done)
        name = self._exercises[self.query_one(OptionList).highlighted or 0][0][1].name
        what = "reps" if shown.unit == "reps" else "time"
        looks = ["bold $accent reverse" if number == self._span else "$muted" for number in range(len(SPANS))]
        spans = [Content.styled(f" {words} ", look) for (words, _), look in zip(SPANS, looks, strict=True)]
        steps = [Content.assemble((mark, "bold"), (f" {step}", "$muted")) for mark, step in progressions(shown)]
        if self.app.size.height < LOW_ROWS:
            lines = [Content.assemble((SPANS[self._span][0], "bold $accent"), "  ") + Content("  ").join(steps)]
        else:
            lines = [
                Content.assemble((name, "bold"), (f", {what} in each workout", "$muted")),
                Content("").join(spans),
                *([Content("   ").join(steps)] if steps else []),
            ]
        return Content("\n").join([line.truncate(width, ellipsis=True) for line in lines])

    def _sides(self, width: int) -> Content | None:
        shown = course(self._done)
        return balance(shown.left_s, shown.right_s, width)

    def _go(self, step: int) -> None:
        """Show a longer or a shorter time."""
        if self._exercises:
            self._span = min(max(self._span + step, 0), len(SPANS) - 1)
            self._show()
            self.query_one(KeyBar).offer(self.keys())

    action_shorter = partialmethod(_go, -1)
    action_longer = partialmethod(_go, 1)


def _line(done: Sequence[tuple[PastSession, Performed]], width: int) -> Content:
    """Format an exercise and the number of its workouts, which is left out if the name is long."""
    name, count = Content(done[0][1].name), Content.styled(f"{len(done)}\N{MULTIPLICATION SIGN}", "$muted")
    return justified(name, count if name.cell_length + count.cell_length + 2 <= width else Content(""), width)
