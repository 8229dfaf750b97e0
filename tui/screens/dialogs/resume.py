"""Offers to resume a workout that was interrupted."""

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


class ResumeAnswer(StrEnum):
    """What can be done with the workout; each value is the key for it."""

    RESUME = "r"
    RESTART = "s"
    FINISH = "f"
    DISCARD = "d"
    START = "n"


WORDS = {
    ResumeAnswer.RESUME: ("Resume", "where you were, paused"),
    ResumeAnswer.RESTART: ("Start the set again", "paused"),
    ResumeAnswer.FINISH: ("Finish here", "what you did is recorded"),
    ResumeAnswer.DISCARD: ("Discard", "it does not count"),
    ResumeAnswer.START: ("Not now", "start {asked}"),
}
"""Each answer in a few words, and its result."""


class ResumeScreen(Dialog[ResumeAnswer]):
    """Its answer is what to do; None leaves the workout for later, in the menu."""

    BACK = "later"
    BINDINGS: ClassVar[list[BindingType]] = [(answer.value, f"take('{answer.value}')", "") for answer in ResumeAnswer]

    def __init__(self, title: str, where: str, asked: str = "") -> None:
        """Ask about the routine `title`; `where` names its start and its place.

        `asked` is the title of the routine that the command line asked for, if any.
        """
        super().__init__(f"{title} was interrupted")
        self._where, self._asked = where, asked
        self._answers = [answer for answer in ResumeAnswer if asked or answer is not ResumeAnswer.START]

    def body(self) -> list[Widget]:
        """Return how far the workout was, and the answers."""
        options = [Option(Fitted(partial(self._line, answer)), id=answer.name) for answer in self._answers]
        return [Static(self._where, markup=False, classes="words"), ChoiceList(*options, markup=False)]

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._answers[event.option_index])

    def action_take(self, key: str) -> None:
        """Give an answer by its key, if it is offered."""
        if (answer := ResumeAnswer(key)) in self._answers:
            self.dismiss(answer)

    def _line(self, answer: ResumeAnswer, width: int) -> Content:
        """Format one line: the key, the words, and the result if there is room for it."""
        words, outcome = WORDS[answer]
        line = Content.assemble((answer.value, "bold $accent"), "  ", (words, "bold"))
        longer = Content.assemble(line, (f"  {outcome.replace('{asked}', self._asked)}", "$muted"))
        return longer if longer.cell_length <= width else line.truncate(width, ellipsis=True)
