"""Builds a quick workout: times, rounds, and exercises picked from the list, with the current total."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, partialmethod
from typing import Any, NamedTuple

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tui.coach.cued_timeline import spoken_planner
from tui.commands import FooterKey, Where, bindings
from tui.engine.timeline import Timeline
from tui.files.atomic import StorageProblem
from tui.library.own_files import new_routine, own_id
from tui.plain_text import plain_text
from tui.routine.durations import spoken
from tui.routine.fields import MOST_ROUNDS
from tui.routine.model import Exercise, Routine
from tui.routine.quick import QuickLine, QuickProblem, as_toml
from tui.routine.resolve import Plan, by_itself
from tui.screens.dialogs.ask import AskScreen
from tui.screens.pages.page import PAGE_STYLE, Page
from tui.today.quick_routine import quick_routine
from tui.user_data import UserData
from tui.widgets.choice_list import ChoiceList
from tui.widgets.figure.view import FigureView
from tui.widgets.fitted import Fitted, justified
from tui.widgets.key_bar import KeyBar
from tui.widgets.lengths import length
from tui.widgets.routine_text import strip

TIMES_S = (5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 75, 90, 120, 150, 180, 240, 300, 600)
RESTS_S = (0, *TIMES_S)
"""The possible times of a set, and of a rest."""


class BuilderPlan(NamedTuple):
    """The choices: seconds of work and rest, rounds, seconds between rounds, and exercises by id, in their order.

    `two_sided` are those that are done on each side, although not in their own files.
    """

    work_s: int = 40
    rest_s: int = 20
    rounds: int = 3
    round_rest_s: int = 0
    exercises: tuple[str, ...] = ()
    two_sided: frozenset[str] = frozenset()

    @property
    def line(self) -> str:
        """The same as a quick line: `3x 40/20 squat, push-up; rest 60`."""
        named = ", ".join(f"{name} each" if name in self.two_sided else name for name in self.exercises)
        between = f"; rest {self.round_rest_s}" if self.round_rest_s and len(self.exercises) > 1 else ""
        return f"{self.rounds}x {self.work_s}/{self.rest_s} {named}".rstrip() + between

    def picked(self, exercise: str) -> BuilderPlan:
        """Return the plan with an exercise appended, or removed."""
        others = tuple(name for name in self.exercises if name != exercise)
        return self._replace(exercises=others if exercise in self.exercises else (*others, exercise))

    def turned(self, row: str, step: int) -> BuilderPlan:
        """Return the plan with the next or previous value of a row; for an exercise, of its sides."""
        if row == "rounds":
            return self._replace(rounds=min(max(self.rounds + step, 1), MOST_ROUNDS))
        if row not in NUMBERS:
            return self._replace(two_sided=self.two_sided ^ {row})
        times = TIMES_S if row == "work_s" else RESTS_S
        at = times.index(getattr(self, row)) + step
        changed: dict[str, Any] = {row: times[min(max(at, 0), len(times) - 1)]}
        return self._replace(**changed)


NUMBERS = {"work_s": "Work", "rest_s": "Rest", "rounds": "Rounds", "round_rest_s": "Between rounds"}
"""The labels of the rows above the exercises, by the name of their value."""


class Built(NamedTuple):
    """The result of a plan: its routine and timeline, or the reason why there is none."""

    routine: Routine | None = None
    parsed: QuickLine | None = None
    timeline: Timeline | None = None
    problem: str = ""


class BuilderRows(ChoiceList):
    """The rows: space picks, the arrows change values, enter starts."""

    BINDINGS = [
        ("space", "screen.pick", ""), ("left", "screen.less", ""), ("right", "screen.more", ""),
        ("enter", "screen.start", ""),
    ]  # fmt: skip


class BuilderScreen(Page):
    """Builds a one-off workout, without a file."""

    CSS_PATH = [PAGE_STYLE, "builder.tcss"]
    WHERE = Where.BUILDER
    BINDINGS = [*bindings(Where.BUILDER)]
    AUTO_FOCUS = "BuilderRows"

    def __init__(
        self, user: UserData, plan: BuilderPlan, *, start: Callable[[Routine], None], saved: Callable[[str], None],
        left: Callable[[BuilderPlan], None],
    ) -> None:  # fmt: skip
        """Begin with `plan`. `start` begins a routine, `saved` is called with the id of a new one.

        `left` is called with the plan when the page is closed.
        """
        super().__init__()
        self._user, self._start, self._saved, self._left = user, start, saved, left
        by_name = sorted(user.catalog.exercises.values(), key=lambda exercise: exercise.name)
        self._exercises = {exercise.id: exercise for exercise in by_name}
        self._rows = (*NUMBERS, *self._exercises)
        self._plan, self._built = plan, Built()
        self._build()

    def heading(self, width: int) -> Content:
        """Format the workout as a quick line, and its length or its problem."""
        line = Content.styled(self._plan.line, "bold $accent")
        timeline = self._built.timeline
        total = Content(length(timeline.total_s, timeline.estimated) if timeline else "")
        lines = [justified(line, total, width)]
        if timeline is not None:
            lines.append(strip([(phase.kind.value, phase.length_s) for phase in timeline.phases], width))
        else:
            lines.append(Content.styled(self._built.problem, "$warning").truncate(width, ellipsis=True))
        return Content("\n").join(lines)

    def body(self) -> list[Widget]:
        """Compose the rows, and the figure of the exercise under the cursor."""
        rows = BuilderRows.of(partial(self._row, row) for row in self._rows)
        facts = Static(Fitted(self._facts), id="facts")
        return [Horizontal(rows, Vertical(FigureView(), facts, id="shown"), id="panes")]

    def keys(self) -> tuple[FooterKey, ...]:
        """List the available keys; on a picked exercise, the start comes first."""
        keys = super().keys()
        is_picked = self._under_cursor in self._plan.exercises
        return tuple(sorted(keys, key=lambda key: key.action != "start")) if is_picked else keys

    def acts(self, action: str) -> bool:
        """Check whether a command is currently available."""
        if action in ("start", "save"):
            return self._built.routine is not None
        return action != "pick" or self._exercise is not None

    # The rows

    @property
    def _under_cursor(self) -> str:
        index = next((shown.highlighted for shown in self.query(BuilderRows)), 0) or 0
        return self._rows[index]

    @property
    def _exercise(self) -> Exercise | None:
        """The exercise under the cursor."""
        return self._exercises.get(self._under_cursor)

    def _row(self, row: str, width: int) -> Content:
        if row in NUMBERS:
            value = getattr(self._plan, row)
            nothing = "the rest" if row == "round_rest_s" else "none"  # a round ends with the rest of its last set
            words = str(value) if row == "rounds" else spoken(value) if value else nothing
            right = Content.assemble("\N{LEFTWARDS ARROW} ", (words, "bold $accent"), " \N{RIGHTWARDS ARROW}")
            return justified(Content.styled(NUMBERS[row], "bold"), right, width)
        chosen = self._plan.exercises
        mark = f"{chosen.index(row) + 1:>2} " if row in chosen else " \N{WHITE CIRCLE} "
        name = Content.assemble((mark, "bold $accent"), (self._exercises[row].name, "bold" if row in chosen else ""))
        is_each = row in self._plan.two_sided or self._by_itself(row).sides.are_two
        return justified(name, Content.styled("each side" if is_each else "", "$muted"), width)

    def _by_itself(self, exercise: str) -> Plan:
        """Return the plan of an exercise at its remembered progression."""
        known = self._exercises[exercise]
        return by_itself(known, known.progression(self._user.choices.remembered.get(exercise)))

    def _facts(self, width: int) -> Content:
        """Format the name and the muscles of the exercise under the cursor."""
        if (exercise := self._exercise) is None:
            return Content("")
        lines = [Content.styled(exercise.name, "bold")]
        lines += [Content.styled(", ".join(exercise.muscles), "$muted")] if exercise.muscles else []
        return Content("\n").join([part for line in lines for part in line.wrap(width)])

    @on(OptionList.OptionHighlighted)
    def _show_exercise(self) -> None:
        exercise = self._exercise
        figure = self._by_itself(exercise.id).figure if exercise else None
        self.query_one(FigureView).set_figure(figure, mirrored=False)
        self.query_one("#facts").refresh(layout=True)
        self.query_one(KeyBar).offer(self.keys())

    # Commands

    def _change(self, plan: BuilderPlan) -> None:
        self._plan = plan
        self._build()
        self.query_one(BuilderRows).format_again()
        self.query_one("#heading").refresh(layout=True)
        self.query_one(KeyBar).offer(self.keys())

    def _build(self) -> None:
        try:
            routine, parsed = quick_routine(self._plan.line, self._user.catalog.exercises)
        except QuickProblem as problem:
            self._built = Built(problem=str(problem))
            return
        planner = spoken_planner(routine, self._user.choices, self._user.coaching)
        self._built = Built(routine, parsed, Timeline(routine.title, tuple(planner.whole())))

    def _step(self, step: int) -> None:
        row = self._under_cursor
        if row in NUMBERS or not self._by_itself(row).sides.are_two:
            self._change(self._plan.turned(row, step))
        else:
            self.notify(f"{self._exercises[row].name} is always done on each side.", timeout=3)

    action_less = partialmethod(_step, -1)
    action_more = partialmethod(_step, 1)

    @on(OptionList.OptionSelected)
    def action_pick(self) -> None:
        """Add or remove the exercise under the cursor."""
        if self._exercise is not None:
            self._change(self._plan.picked(self._exercise.id))

    def action_start(self) -> None:
        """Start the workout."""
        if (routine := self._built.routine) is not None and self.is_active:
            self.action_back()
            self.app.call_later(self._start, routine)

    def action_save(self) -> None:
        """Save it as a routine."""
        if self._built.parsed is not None:
            words = "What would you like to call it?"
            self.app.push_screen(AskScreen("Save as a routine", words, own_id, self._plan.line), self._save)

    def _save(self, title: str | None) -> None:
        parsed = self._built.parsed
        if title is None or parsed is None:
            return
        try:
            path = new_routine(self._user.places, title, as_toml(parsed, self._plan.line))
        except (StorageProblem, OSError, ValueError) as problem:
            self.notify(str(problem), severity="error", timeout=8)
            return
        self.action_back()
        self._saved(plain_text(path.stem))

    def action_back(self) -> None:
        """Go back to the menu."""
        self._left(self._plan)
        self.dismiss(None)
