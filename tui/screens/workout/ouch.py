"""Asks how to continue if something hurts. It does not judge pain; it only makes it easy to stop."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.routine.model import Progression
from tui.routine.resolve import Plan
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted


class Relief(StrEnum):
    """Each way on, by the key for it."""

    EASIER = "e"
    LEAVE_OUT = "l"
    GO_ON = "c"
    END = "x"


WORDS = "Stop what hurts. It is recorded, and the workout is paused."
UNNOTED = "Stop what hurts. The rehearsal is paused."


class OuchScreen(Dialog[Relief]):
    """Answers how to continue; None leaves the workout paused as it is."""

    BACK = "stay paused"
    BINDINGS: ClassVar[list[BindingType]] = [(each.value, f"take('{each.value}')", "") for each in Relief]

    def __init__(self, plan: Plan, easier: Progression | None, *, noted: bool = True) -> None:
        """`plan` is the set in which it hurts; `easier` is the progression below, if there is one.

        `noted`: the journal records it.
        """
        super().__init__("Ouch")
        self._plan, self._words = plan, WORDS if noted else UNNOTED
        offered = {
            Relief.EASIER: f"Easier: {easier.name_within}, today" if easier else "",
            Relief.LEAVE_OUT: f"Leave out {plan.exercise.name_within} today",
            Relief.GO_ON: "Carry on",
            Relief.END: "End the workout here",
        }
        self._offered = {relief: words for relief, words in offered.items() if words}

    def body(self) -> list[Widget]:
        """Compose the first advice, the caution, and the choices."""
        options = [Option(Fitted(partial(_line, relief, words))) for relief, words in self._offered.items()]
        care = Content.assemble(("Take care  ", "bold $warning"), self._plan.caution) if self._plan.caution else None
        minded = [Static(care, classes="words")] if care else []
        return [Static(self._words, markup=False, classes="words"), *minded, ChoiceList(*options, markup=False)]

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(list(self._offered)[event.option_index])

    def action_take(self, key: str) -> None:
        """Choose one by its key, if it is offered."""
        if (relief := Relief(key)) in self._offered:
            self.dismiss(relief)


def _line(relief: Relief, words: str, width: int) -> Content:
    return Content.assemble((relief.value, "bold $accent"), "  ", (words, "bold")).truncate(width, ellipsis=True)
