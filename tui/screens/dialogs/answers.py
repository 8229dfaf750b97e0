"""The base of dialogs with a few answers, each on a line with its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import partial
from typing import TypeVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList

from tui.screens.dialogs.dialog import Dialog
from tui.widgets.choice_list import ChoiceList

Offered = TypeVar("Offered", bound=StrEnum)


class AnswersScreen(Dialog[Offered]):
    """The key of an answer is the first letter of its value; a subclass binds those `keys`."""

    def __init__(self, heading: str, answers: Mapping[Offered, tuple[str, str]]) -> None:
        """Each of `answers` has a short text, and its effect, which is left out if it does not fit."""
        super().__init__(heading)
        self._answers = answers

    def choices(self) -> ChoiceList:
        """Compose the answers."""
        return ChoiceList.of(partial(_line, answer[0], *words) for answer, words in self._answers.items())

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(list(self._answers)[event.option_index])

    def action_take(self, key: str) -> None:
        """Choose an answer by its key, if it is offered."""
        for answer in self._answers:
            if answer.startswith(key):
                self.dismiss(answer)


def keys(answers: Iterable[StrEnum]) -> list[BindingType]:
    """Return the bindings of answers."""
    return [(answer[0], f"take('{answer[0]}')", "") for answer in answers]


def _line(key: str, words: str, result: str, width: int) -> Content:
    line = Content.assemble((key, "bold $accent"), "  ", (words, "bold"))
    longer = Content.assemble(line, (f"  {result}", "$muted")) if result else line
    return longer if longer.cell_length <= width else line.truncate(width, ellipsis=True)
