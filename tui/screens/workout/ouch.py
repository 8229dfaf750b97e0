"""Asks how to continue if something hurts. It does not judge pain; it only makes it easy to stop."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tui.routine.model import Progression
from tui.routine.resolve import Plan
from tui.screens.dialogs.choice_dialog import AnswersScreen, keys


class Relief(StrEnum):
    """The possible answers, by key."""

    EASIER = "e"
    LEAVE_OUT = "l"
    GO_ON = "c"
    END = "x"


WORDS = "Stop what hurts. It is recorded, and the workout is paused."
UNNOTED = "Stop what hurts. The rehearsal is paused."


class OuchScreen(AnswersScreen[Relief]):
    """Its answer is a Relief; None leaves the workout paused."""

    BACK = "stay paused"
    BINDINGS: ClassVar[list[BindingType]] = keys(Relief)

    def __init__(self, plan: Plan, easier: Progression | None, *, noted: bool) -> None:
        """`plan` is the set in which it hurts; `easier` is the progression below, if there is one.

        `noted`: the journal records it.
        """
        offered = {
            Relief.EASIER: f"Easier: {easier.name_within}, today" if easier else "",
            Relief.LEAVE_OUT: f"Leave out {plan.exercise.name_within} today",
            Relief.GO_ON: "Carry on",
            Relief.END: "End the workout here",
        }
        text = [Content(WORDS if noted else UNNOTED)]
        if plan.caution:
            text.append(Content.assemble(("Take care  ", "bold $warning"), plan.caution))
        answers = {relief: (words, "") for relief, words in offered.items() if words}
        super().__init__("Ouch", [Static(part, classes="words") for part in text], answers)
