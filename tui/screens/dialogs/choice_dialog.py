"""The bases of dialogs with a list: one of its rows is the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import TypeVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tui.screens.dialogs.dialog import Dialog, Result
from tui.widgets.choice_list import ChoiceList
from tui.widgets.key_bar import hints

Row = Callable[[int], Content]
"""Formats a row for a width."""


class ChoiceDialog(Dialog[Result]):
    """Its answer is that of the chosen row."""

    def __init__(self, heading: str, rows: Iterable[tuple[Result, Row]], *keys: tuple[str, str]) -> None:
        """`rows` have an answer each; `keys` and their meanings are shown below."""
        super().__init__(heading)
        self.rows, self._keys = tuple(rows), keys

    def body(self) -> list[Widget]:
        """Compose the list and the keys."""
        rows = ChoiceList.of(row for _, row in self.rows)
        return [rows, Static(hints(*self._keys), classes="note")] if self._keys else [rows]

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.rows[event.option_index][0])


Offered = TypeVar("Offered", bound=StrEnum)


class AnswersScreen(ChoiceDialog[Offered]):
    """A few answers below a text. The key of an answer is the first letter of its value; a subclass binds `keys`."""

    def __init__(self, heading: str, text: Sequence[Widget], answers: Mapping[Offered, tuple[str, str]]) -> None:
        """Each of `answers` has a short text, and its effect, which is left out if it does not fit."""
        super().__init__(heading, ((answer, partial(_line, answer[0], *words)) for answer, words in answers.items()))
        self._text = text

    def body(self) -> list[Widget]:
        """Compose the text and the answers."""
        return [*self._text, *super().body()]

    def action_take(self, key: str) -> None:
        """Choose an answer by its key, if it is offered."""
        for answer, _ in self.rows:
            if answer.startswith(key):
                self.dismiss(answer)


def keys(answers: Iterable[StrEnum]) -> list[BindingType]:
    """Return the bindings of answers."""
    return [(answer[0], f"take('{answer[0]}')", "") for answer in answers]


def _line(key: str, words: str, result: str, width: int) -> Content:
    line = Content.assemble((key, "bold $accent"), "  ", (words, "bold"))
    longer = Content.assemble(line, (f"  {result}", "$muted")) if result else line
    return longer if longer.cell_length <= width else line.truncate(width, ellipsis=True)
