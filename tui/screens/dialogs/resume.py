"""Offers to go on with a workout that was interrupted."""

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

from tui.screens.dialogs.dialog import Dialog
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted


class Answer(StrEnum):
    """What can be done with it, by the key for it."""

    RESUME = "r"
    RESTART = "s"
    FINISH = "f"
    DISCARD = "d"


WORDS = {
    Answer.RESUME: ("Resume", "where you were, paused"),
    Answer.RESTART: ("Start the set again", "paused"),
    Answer.FINISH: ("Finish here", "what you did is kept"),
    Answer.DISCARD: ("Discard", "it does not count"),
}
"""Each answer in a few words, and what comes of it."""


class ResumeScreen(Dialog[Answer]):
    """Answers what to do; None leaves it for later."""

    BINDINGS: ClassVar[list[BindingType]] = [(answer.value, f"take('{answer.value}')", "") for answer in Answer]

    def __init__(self, title: str, where: str) -> None:
        """`title` is the routine's; `where` says when it was, and how far."""
        super().__init__(f"{title} was interrupted")
        self._where = where

    def body(self) -> list[Widget]:
        """How far it was, and the four ways on."""
        options = [Option(Fitted(partial(_line, answer)), id=answer.name) for answer in Answer]
        note = Static("esc leaves it for later, in the menu", classes="note")
        return [Static(self._where, markup=False, classes="words"), ChoiceList(*options, markup=False), note]

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(list(Answer)[event.option_index])

    def action_take(self, key: str) -> None:
        """Take one by its key."""
        self.dismiss(Answer(key))


def _line(answer: Answer, width: int) -> Content:
    """One line: the key, the words, and what comes of it where there is room."""
    words, outcome = WORDS[answer]
    line = Content.assemble((answer.value, "bold $accent"), "  ", (words, "bold"))
    longer = Content.assemble(line, (f"  {outcome}", "$muted"))
    return longer if longer.cell_length <= width else line.truncate(width, ellipsis=True)
