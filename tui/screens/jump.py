"""Pick a set of the workout from the list and go there."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.dialog import Dialog
from tui.timeline.model import Phase, Slot, Timeline
from tui.widgets.words import dose


class JumpScreen(Dialog[Slot]):
    """Answers the slot of the set to go to."""

    def __init__(self, timeline: Timeline, now: Slot) -> None:
        """`now` is the slot that is on."""
        super().__init__("Go to a set")
        self._sets = timeline.sets
        self._now = now

    def body(self) -> list[Widget]:
        """All sets of the workout, in order."""
        sets = OptionList(*(Option(self._line(phase)) for phase in self._sets), markup=False)
        return [sets, Static("↑ ↓ set  enter go there  esc back", classes="note", markup=False)]

    def on_mount(self) -> None:
        """Begin at the set that is on."""
        slots = [phase.slot for phase in self._sets]
        self.query_one(OptionList).highlighted = slots.index(self._now) if self._now in slots else 0

    def _line(self, phase: Phase) -> Content:
        """One set: its number, its exercise and rung, its dose, its round."""
        here = phase.slot == self._now
        rung = phase.plan.progression
        words = f"{phase.plan.exercise.name}, {rung.name}" if rung else phase.plan.exercise.name
        rounds = f" of {phase.rounds}" if phase.rounds else ""
        parts = [Content.styled(f"{phase.number:>3}  {words}", "bold $accent" if here else "")]
        parts.append(Content.styled(f"  {dose(phase.plan)}", "$muted"))
        if phase.rounds != 1:
            parts.append(Content.styled(f"  round {phase.round}{rounds}", "$muted"))
        return Content("").join(parts)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A set is picked with enter or a click."""
        self.dismiss(self._sets[event.option_index].slot)
