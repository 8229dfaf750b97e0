"""What a workout came to: each set, the time, and the next progression where it is time for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.commands import Where, bindings, footer
from tui.routine.durations import clock, spoken
from tui.routine.model import Exercise, Progression, Routine
from tui.screens.pages.page import PAGE_STYLE, Page
from tui.storage.history import MONTHS, read_history
from tui.storage.past_sessions import PastSession
from tui.timeline.move_on import next_progression
from tui.timeline.summary import SetResult, Status, Summary
from tui.user_data import UserData
from tui.widgets.choice_list import ReadingPane
from tui.widgets.fitted import Fitted, hanging, justified
from tui.widgets.key_bar import KeyBar
from tui.widgets.lettering.letters import TALL, set_text
from tui.widgets.words import low

MARKS = {Status.DONE: ("✓", "$success"), Status.PARTLY: ("◐", "$warning"), Status.SKIPPED: ("\N{EN DASH}", "$muted")}
"""A mark for each status, told without colour as well."""


class SummaryScreen(Page):
    """Shown after the last set, and after leaving before it."""

    CSS_PATH: ClassVar[CSSPathType | None] = [PAGE_STYLE, "summary.tcss"]
    WHERE: ClassVar[Where] = Where.SUMMARY
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.SUMMARY)]

    def __init__(
        self, summary: Summary, routine: Routine, user: UserData, go_on: Callable[[], None], *, leaves: bool = False
    ) -> None:
        """`routine` is what was performed; `go_on` is called when the person has seen enough.

        `leaves`: it then ends the program, since the workout was all that was asked for.
        """
        super().__init__()
        self._leaves = leaves
        self._summary, self._routine, self._user, self._go_on = summary, routine, user, go_on
        self._advice: list[tuple[Exercise, Progression]] = []

    def heading(self, width: int) -> Content:
        """A word of praise, in large letters where there is room for them."""
        words = "Well done" if self._summary.finished else "Stopped early"
        rows = set_text(words, TALL) if self.app.size.height >= 20 else None
        if rows is None or len(rows[0]) > width:
            return Content.styled(words, "bold $accent")
        return Content.styled("\n".join(rows), "$accent")

    def body(self) -> list[Widget]:
        """The totals, the sets, the advice."""
        totals = Static(Fitted(lambda width: totals_of(self._summary, width)), id="totals")
        sets = Static(Fitted(lambda width: sets_of(self._summary, width)))
        return [ReadingPane(totals, sets, Vertical(id="advice"), id="scroll")]

    def on_mount(self) -> None:
        """Look up whether it is time for a next progression, once the summary is on the screen."""
        self.call_after_refresh(self._advise)

    def foot(self) -> KeyBar:
        """The keys at the foot say where they lead."""
        bar = super().foot()
        if self._leaves:
            keys = (key._replace(words="leave") if key.action == "back" else key for key in footer(self.WHERE))
            bar.offer(tuple(keys))
        return bar

    async def _advise(self) -> None:
        sessions = read_history(self._user.places, months=MONTHS)
        self._advice = list(advice(self._summary, self._routine, sessions))
        for place in self.query("#advice"):  # none once the summary has been left
            await place.mount(*(self._button(index) for index in range(len(self._advice))))

    def _button(self, index: int) -> Button:
        exercise, further = self._advice[index]
        return Button(Content(f'{exercise.name}: go on to "{further.name}" from now on'), id=f"advice-{index}")

    @on(Button.Pressed)
    def _take(self, event: Button.Pressed) -> None:
        """Remember the next progression."""
        exercise, further = self._advice[int((event.button.id or "").rpartition("-")[2])]
        self._user.remember(exercise.id, further.id)
        event.button.label = Content(f"✓ {exercise.name}: {further.name}, from now on")
        event.button.disabled = True

    def action_back(self) -> None:
        """Go on."""
        self.dismiss(None)
        self._go_on()


def totals_of(summary: Summary, width: int) -> Content:
    """The routine, the time and the counts, in `width` cells."""
    counts = [(Status.DONE, "done"), (Status.PARTLY, "in part"), (Status.SKIPPED, "skipped")]
    told = [f"{summary.count(status)} {word}" for status, word in counts if summary.count(status)]
    lines = [Content.styled(summary.title, "bold"), Content("")]
    if summary.rounds is not None:
        told.append(f"{summary.rounds} rounds in full")
    facts = (("time", clock(summary.elapsed_s)), ("work", clock(summary.worked_s)), ("sets", ", ".join(told) or "none"))
    for name, fact in facts:
        shown = Content.styled(fact, "bold $accent" if name == "time" else "")
        lines += hanging(Content.styled(f"{name:<6}", "$muted"), shown, width)
    return Content("\n").join(lines)


def sets_of(summary: Summary, width: int) -> Content:
    """One line for each set in `width` cells."""
    return Content("\n").join([_set(result, width) for result in summary.sets])


def _set(result: SetResult, width: int) -> Content:
    mark, style = MARKS[result.status]
    at = f", {low(result.progression)}" if result.progression else ""
    worked = "skipped" if result.status is Status.SKIPPED else spoken(round(result.worked_s))
    left = Content.assemble((f"{mark} ", style), (f"{result.number:>2}  ", "$muted"), result.exercise, (at, "$muted"))
    return justified(left, Content(worked), width)


def advice(
    summary: Summary, routine: Routine, sessions: Iterable[PastSession]
) -> Iterator[tuple[Exercise, Progression]]:
    """The exercises of a finished workout whose next progression it is time for."""
    sessions = list(sessions)
    if not summary.finished or not sessions:
        return
    for id_, here in sessions[0].progressions.items():
        exercise = routine.exercises.get(id_)
        if exercise is not None and (further := next_progression(exercise, here, sessions)) is not None:
            yield exercise, further
