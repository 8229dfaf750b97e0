"""A dialog for choosing a routine that was done elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tui.routine.model import Routine
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import justified
from tui.widgets.key_bar import hints


class AddScreen(Dialog[Routine]):
    """Its answer is the chosen routine."""

    def __init__(self, routines: Sequence[Routine]) -> None:
        """Offer these routines."""
        super().__init__("Which workout did you do elsewhere?")
        self._routines = routines

    def body(self) -> list[Widget]:
        """Compose the routines by their titles."""
        return [
            ChoiceList.of(partial(_line, routine) for routine in self._routines),
            Static(hints(("↑ ↓", "routine"), ("enter", "this one")), classes="note"),
        ]

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._routines[event.option_index])


def _line(routine: Routine, width: int) -> Content:
    return justified(Content.styled(routine.title, "bold"), Content.styled(routine.id, "$muted"), width)
