"""The dialog that jumps to a set of the workout."""

from __future__ import annotations

from collections.abc import Container
from functools import partial

from textual.content import Content
from textual.widgets import OptionList

from tui.engine.model import Phase, Slot
from tui.engine.timeline import Timeline
from tui.plain_text import within_sentence
from tui.routine.doses import dose
from tui.screens.dialogs.choice_dialog import ChoiceDialog
from tui.widgets.fitted import GAP, justified


class JumpScreen(ChoiceDialog[Slot]):
    """Its answer is the slot of the chosen set."""

    def __init__(self, timeline: Timeline, now: Slot, left_out: Container[str] = ()) -> None:
        """`now` is the current slot; sets of the exercises `left_out` cannot be chosen."""
        sets = (phase for phase in timeline.sets if phase.plan.exercise.id not in left_out)
        rows = ((phase.slot, partial(self._line, phase)) for phase in sets)
        super().__init__("Go to a set", rows, ("↑ ↓", "set"), ("enter", "go there"))
        self._now = now

    def on_mount(self) -> None:
        """Begin at the current set."""
        slots = [slot for slot, _ in self.rows]
        self.query_one(OptionList).highlighted = slots.index(self._now) if self._now in slots else 0

    def _line(self, phase: Phase, width: int) -> Content:
        """Format one set in `width` cells: its number, its exercise and progression, its dose, its round.

        A dose that does not fit beside the name is left out.
        """
        name = phase.plan.exercise.name
        words = f"{name}, {within_sentence(phase.plan.progression.name)}" if phase.plan.progression else name
        rounds = f" of {phase.rounds}" if phase.rounds else ""
        which = f"round {phase.round}{rounds}" if phase.rounds != 1 else ""
        style = "bold $accent" if phase.slot == self._now else ""
        left = Content.styled(f"{phase.number:>2}  {words}", style)
        choices = (", ".join(filter(None, (dose(phase.plan), which))), which or dose(phase.plan), "")
        right = next((words for words in choices if left.cell_length + GAP + len(words) <= width), "")
        return justified(left, Content.styled(right, "$muted"), width)
