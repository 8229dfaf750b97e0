"""The settings, one in each row, changed with the arrows; each change takes effect at once and is saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial, partialmethod
from typing import Any

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.commands import Where, bindings
from tui.files.settings import GROUPS, SETTINGS, value_of
from tui.screens.pages.page import Page
from tui.screens.settings.rows import choices, full_label, in_words, stepped
from tui.user_data import UserData
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted, justified

FIRST = "audio.volume"


class SettingsScreen(Page):
    """Every setting, in groups, with its meaning below the list."""

    WHERE = Where.SETTINGS
    BINDINGS = [*bindings(Where.SETTINGS)]
    HEADING = "Settings"

    def __init__(self, user: UserData, change: Callable[[str, object], None], first: str = FIRST) -> None:
        """`change` takes a dotted key and a value; the cursor begins on the setting `first`."""
        super().__init__()
        self._user, self._change, self._first = user, change, first
        self.rows: list[str | None] = []
        """The setting of each line; None is a heading."""

    def body(self) -> list[Widget]:
        """Compose the rows and the meaning of the one under the cursor."""
        options: list[Option] = []
        for heading, settings in GROUPS.items():
            options.append(Option(Content(heading if not options else f"\n{heading}"), disabled=True))
            options += [Option(Fitted(partial(self._row, setting.name))) for setting in settings]
            self.rows += [None, *(setting.name for setting in settings)]
        return [ChoiceList(*options, markup=False), Static(meaning(FIRST), classes="note")]

    def on_mount(self) -> None:
        """Put the cursor on the first setting."""
        self.query_one(OptionList).highlighted = self.rows.index(self._first)

    def _row(self, key: str, width: int) -> Content:
        value = in_words(key, value_of(self._user.settings, key))
        return justified(Content(SETTINGS[key].label), value, width)

    @property
    def _key(self) -> str:
        """The setting under the cursor."""
        index = self.query_one(OptionList).highlighted
        return (self.rows[index] if index is not None else None) or FIRST

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        self.query_one(".note", Static).update(meaning(self._key))

    @on(OptionList.OptionSelected)
    def action_change(self) -> None:
        """Select the next value, or ask for one if there is no list."""
        if choices(self._key) is not None:
            self._step(1)
        else:
            self._type()

    def _step(self, step: int) -> None:
        value = value_of(self._user.settings, self._key)
        self._set(self._key, stepped(self._key, value, step))

    action_less = partialmethod(_step, -1)
    action_more = partialmethod(_step, 1)

    def _set(self, key: str, value: Any) -> None:
        if value != value_of(self._user.settings, key):
            self._change(key, value)
            shown = self.query_one(OptionList)
            shown.replace_option_prompt_at_index(self.rows.index(key), shown.options[self.rows.index(key)].prompt)

    def _type(self) -> None:
        from tui.screens.dialogs.ask import AskScreen

        key = self._key
        now = value_of(self._user.settings, key)
        kind = SETTINGS[key].kind

        def read(text: str) -> object:
            return kind.read(text if isinstance(now, str) else _number(text))

        def answered(text: str | None) -> None:
            if text is not None:
                self._set(key, read(text))

        shown = f"{now:g}" if isinstance(now, float) else str(now)
        self.app.push_screen(AskScreen(full_label(key), meaning(key).plain, read, shown), answered)


def _number(text: str) -> object:
    """Convert typed text to a number if possible, else return it unchanged."""
    for number in (int, float):
        with suppress(ValueError):
            return number(text)
    return text


def meaning(key: str) -> Content:
    """Format the meaning of a setting as a sentence."""
    return Content(f"{SETTINGS[key].meaning}.")
