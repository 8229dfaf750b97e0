"""The palette: a list of things to do, or to choose from, that gets shorter with every word typed.

The library has one of its own, which gathers its list in the background and ends the program where a key comes before
that is done. Here the list is there at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.dialogs.dialog import Dialog
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import hints

MOVES = (("up", "cursor_up"), ("down", "cursor_down"), ("pageup", "page_up"), ("pagedown", "page_down"))
"""Keys that move in the list while the words are typed, and the list's own names for it."""


class PaletteScreen(Dialog[SystemCommand]):
    """Answers the command that is taken."""

    BINDINGS: ClassVar[list[BindingType]] = [(key, f"move('{name}')", "") for key, name in MOVES]
    AUTO_FOCUS = "Input"

    def __init__(self, heading: str, commands: Sequence[SystemCommand]) -> None:
        """`commands` in the order in which they are shown."""
        super().__init__(heading)
        self._commands = self._found = tuple(commands)

    def body(self) -> list[Widget]:
        """The line to type in, and what has every word of it."""
        field = Input(placeholder="type to filter")
        field.cursor_blink = False
        return [field, ChoiceList(markup=False), Static(hints(("enter", "take")), classes="note")]

    def on_mount(self) -> None:
        """Begin with all there is."""
        self._show()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        words = event.value.casefold().split()
        self._found = tuple(each for each in self._commands if all(word in _hay(each) for word in words))
        self._show()

    def _show(self) -> None:
        shown = self.query_one(ChoiceList)
        shown.set_options(Option(Fitted(partial(_lines, each))) for each in self._found)
        shown.highlighted = 0 if self._found else None

    def action_move(self, how: str) -> None:
        """Move the cursor of the list."""
        shown = self.query_one(ChoiceList)
        moves = {
            "cursor_up": shown.action_cursor_up, "cursor_down": shown.action_cursor_down,
            "page_up": shown.action_page_up, "page_down": shown.action_page_down,
        }  # fmt: skip
        moves[how]()

    @on(Input.Submitted)
    def _take_first(self) -> None:
        self.query_one(ChoiceList).action_select()

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self._found):
            self.dismiss(self._found[event.option_index])


def _hay(command: SystemCommand) -> str:
    return f"{command.title} {command.help}".casefold()


def _lines(command: SystemCommand, width: int) -> Content:
    """Its name, and below it what it does."""
    lines = [Content.styled(command.title, "bold"), *([Content.styled(command.help, "$muted")] if command.help else [])]
    return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)
