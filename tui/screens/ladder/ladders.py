"""Several ladders at once: of a routine's exercises, or of all there are. The progression taken is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.routine.model import Exercise, Routine
from tui.screens.dialogs.dialog import Dialog
from tui.storage.past_sessions import PastSession
from tui.timeline.move_on import next_progression
from tui.user_data import UserData
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import hints
from tui.widgets.ladder_view import LadderStep, ladder, own_ladder, progression_line


@dataclass(frozen=True, slots=True)
class Ladder:
    """One exercise's ladder, and a line below its name; a `fixed` one cannot be changed here."""

    exercise: Exercise
    steps: tuple[LadderStep, ...]
    note: str = ""
    fixed: bool = False


class LaddersScreen(Dialog[None]):
    """Shows ladders; taking a progression remembers it from now on."""

    def __init__(self, heading: str, user: UserData, ladders: Callable[[], Iterable[Ladder]]) -> None:
        """`ladders` gives them as they stand now."""
        super().__init__(heading)
        self._user, self._ladders = user, ladders
        self._offered: list[tuple[str, str] | None] = []

    def body(self) -> list[Widget]:
        """The ladders below one another."""
        keys = hints(("↑ ↓", "progression"), ("enter", "from now on"), ("esc", "back"))
        return [ChoiceList(markup=False), Static(keys, classes="note")]

    def on_mount(self) -> None:
        """Begin at the first progression that is stood on."""
        self._show()
        here = [i for i, one in enumerate(self._offered) if one and self._standing(*one)]
        first = [i for i, one in enumerate(self._offered) if one]
        self.query_one(OptionList).highlighted = next(iter([*here, *first]), None)

    def _standing(self, exercise: str, progression: str) -> bool:
        return self._user.state.progressions.get(exercise) == progression

    def _show(self) -> None:
        """Lay out the ladders, the cursor where it was."""
        options: list[Option] = []
        self._offered = []
        for one in self._ladders():
            note = Content.styled(f"\n{one.note}" if one.note else "", "not bold $muted")
            options.append(Option(Content("\n" * bool(options) + one.exercise.name) + note, disabled=True))
            self._offered.append(None)
            for step in one.steps:
                options.append(Option(Fitted(partial(progression_line, step)), disabled=one.fixed))
                self._offered.append(None if one.fixed else (one.exercise.id, step.id))
        shown = self.query_one(OptionList)
        cursor, scroll = shown.highlighted, shown.scroll_offset
        shown.set_options(options)
        shown.highlighted = cursor
        shown.scroll_to(scroll.x, scroll.y, animate=False)

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        """Remember the progression."""
        if (taken := self._offered[event.option_index]) is not None:
            self._user.remember(*taken)
            self._show()


def of_routine(user: UserData, routine: Routine) -> Iterator[Ladder]:
    """The ladders of a routine's exercises, in its order, with the doses that they have there."""
    seen: set[str] = set()
    for block in routine.blocks:
        for set_ in block.sets:
            exercise = routine.exercises[set_.exercise]
            if exercise.id in seen or not exercise.progressions:
                continue
            seen.add(exercise.id)
            asked = exercise.progression(set_.progression)
            if asked is not None:
                note = f"This routine asks for: {asked.name}. Press s in the workout to change that."
                yield Ladder(exercise, ladder(routine, block, set_, asked.id), note, fixed=True)
            else:
                yield Ladder(exercise, ladder(routine, block, set_, standing(user, exercise)))


def of_everything(user: UserData, sessions: Iterable[PastSession]) -> Iterator[Ladder]:
    """The ladder of every exercise by name, with the advice to go on where it is time."""
    for exercise in sorted(user.catalog.exercises.values(), key=lambda exercise: exercise.name):
        if exercise.progressions:
            here = standing(user, exercise)
            further = next_progression(exercise, here, sessions)
            note = f"Time to go on to: {further.name}" if further else ""
            yield Ladder(exercise, own_ladder(exercise, here), note)


def standing(user: UserData, exercise: Exercise) -> str:
    """The progression of an exercise that is remembered, else its first."""
    remembered = exercise.progression(user.state.progressions.get(exercise.id))
    return remembered.id if remembered else exercise.progressions[0].id
