"""The dialog that jumps to a set of the workout."""

from __future__ import annotations

from collections.abc import Container
from functools import partial

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tui.engine.model import Phase, Slot
from tui.engine.timeline import Timeline
from tui.plain_text import within_sentence
from tui.routine.doses import dose
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import justified
from tui.widgets.key_bar import hints

GAP = 2
"""The least cells between a set and its dose; a dose that does not fit beside the name is left out."""


class JumpScreen(Dialog[Slot]):
    """Its answer is the slot of the chosen set."""

    def __init__(self, timeline: Timeline, now: Slot, left_out: Container[str] = ()) -> None:
        """`now` is the current slot; sets of the exercises `left_out` cannot be chosen."""
        super().__init__("Go to a set")
        self._sets = tuple(phase for phase in timeline.sets if phase.plan.exercise.id not in left_out)
        self._now = now

    def body(self) -> list[Widget]:
        """Compose all sets of the workout, in order."""
        sets = ChoiceList.of(partial(self._line, phase) for phase in self._sets)
        keys = hints(("↑ ↓", "set"), ("enter", "go there"))
        return [sets, Static(keys, classes="note")]

    def on_mount(self) -> None:
        """Begin at the current set."""
        slots = [phase.slot for phase in self._sets]
        self.query_one(OptionList).highlighted = slots.index(self._now) if self._now in slots else 0

    def _line(self, phase: Phase, width: int) -> Content:
        """Format one set in `width` cells: its number, its exercise and progression, its dose, its round."""
        name = phase.plan.exercise.name
        words = f"{name}, {within_sentence(phase.plan.progression.name)}" if phase.plan.progression else name
        rounds = f" of {phase.rounds}" if phase.rounds else ""
        which = f"round {phase.round}{rounds}" if phase.rounds != 1 else ""
        style = "bold $accent" if phase.slot == self._now else ""
        left = Content.styled(f"{phase.number:>2}  {words}", style)
        choices = (", ".join(filter(None, (dose(phase.plan), which))), which or dose(phase.plan), "")
        right = next((words for words in choices if left.cell_length + GAP + len(words) <= width), "")
        return justified(left, Content.styled(right, "$muted"), width, GAP)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the chosen set."""
        self.dismiss(self._sets[event.option_index].slot)
