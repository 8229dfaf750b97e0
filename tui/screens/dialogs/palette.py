"""The palette: a list filtered by the typed words.

Textual's own palette collects its list in the background, and crashes if a key is pressed before. This one has its list
at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from rich.cells import cell_len
from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.plain_text import folded
from tui.screens.dialogs.dialog import DIALOG_STYLE, FLAT_ROWS, Dialog
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import GAP, hints
from tui.widgets.text_field import TextField

MOVES = (("up", "cursor_up"), ("down", "cursor_down"), ("pageup", "page_up"), ("pagedown", "page_down"))
"""Keys that move the cursor of the list during typing, with the list's actions."""

ROWS_BESIDE_LIST = ((18, 11), (FLAT_ROWS, 8), (0, 3))
"""The rows for frame, input, meaning, keys and notices, by the least rows of the window."""

MEANING_ROWS = 3
"""The rows for the meaning: 2 and an empty one, or all 3 in a low window."""


class PaletteEntry(NamedTuple):
    """An action: a title, a short description, and a function.

    `preview` shows its effect while the cursor is on it.
    """

    title: str
    meaning: str
    run: Callable[[], object]
    preview: Callable[[], object] | None = None


class PaletteScreen(Dialog[PaletteEntry]):
    """Its answer is the chosen entry."""

    CSS_PATH = [DIALOG_STYLE, "palette.tcss"]
    BINDINGS = [(key, f"move('{name}')", "") for key, name in MOVES]
    AUTO_FOCUS = "Input"

    def __init__(self, heading: str, entries: Sequence[PaletteEntry], end_preview: Callable[[], object]) -> None:
        """Show `entries` in their order; `end_preview` undoes the preview of an entry."""
        super().__init__(heading)
        self._entries = self._matching = tuple(entries)
        self._has_meanings = any(entry.meaning for entry in entries)
        self._end_preview = end_preview

    def body(self) -> list[Widget]:
        """Compose the text field and the entries that contain every word of it."""
        field = TextField(placeholder="type to filter")
        meaning = Static(Fitted(self._meaning), id="meaning")
        meaning.display = self._has_meanings
        return [field, ChoiceList(markup=False), meaning, Static(hints(("↑ ↓", "move"), ("enter", "take")))]

    def on_mount(self) -> None:
        """Show all entries."""
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Set the height of the list, which does not change during filtering."""
        rows = event.size.height
        others = next(others for least, others in ROWS_BESIDE_LIST if rows >= least)
        if not self._has_meanings and rows >= FLAT_ROWS:
            others -= MEANING_ROWS
        self.query_one(ChoiceList).styles.height = max(1, min(len(self._entries), rows - others))

    def on_unmount(self) -> None:
        """End the preview."""
        self._end_preview()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        words = folded(event.value).split()
        searched = [(entry, folded(f"{entry.title} {entry.meaning}")) for entry in self._entries]
        self._matching = tuple(entry for entry, text in searched if all(word in text for word in words))
        self._show()

    def _show(self) -> None:
        shown = self.query_one(ChoiceList)
        options = [Option(Fitted(partial(_line, entry))) for entry in self._matching]
        shown.set_options(options or [Option(Content("No match"), disabled=True)])
        shown.highlighted = 0 if self._matching else None
        if not self._matching:
            self._end_preview()
            self.query_one("#meaning").refresh()

    @on(OptionList.OptionHighlighted)
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self._matching):
            (self._matching[event.option_index].preview or self._end_preview)()
        self.query_one("#meaning").refresh()

    def _meaning(self, width: int) -> Content:
        """Format the meaning of the entry under the cursor if it does not fit in its row."""
        shown, below = self.query_one(ChoiceList), self.query_one("#meaning")
        row_width = shown.scrollable_content_region.width - 2  # its padding
        if shown.highlighted is None or shown.highlighted >= len(self._matching):
            return Content("")
        entry = self._matching[shown.highlighted]
        if _fits(entry, row_width):
            return Content("")
        lines = Content(entry.meaning).wrap(width)
        room = max(below.size.height, 1)
        rest = Content(" ").join(lines[room - 1 :]).truncate(width, ellipsis=True)
        return Content("\n").join([*lines[: room - 1], rest])

    async def action_move(self, how: str) -> None:
        """Move the cursor of the list."""
        await self.query_one(ChoiceList).run_action(how)

    @on(Input.Submitted)
    def _take_first(self) -> None:
        self.query_one(ChoiceList).action_select()

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self._matching):
            self.dismiss(self._matching[event.option_index])


def _fits(entry: PaletteEntry, width: int) -> bool:
    return cell_len(entry.title) + len(GAP) + cell_len(entry.meaning) <= width


def _line(entry: PaletteEntry, width: int) -> Content:
    """Format the row of an entry: its title, and its meaning if all of that fits."""
    title = Content.styled(entry.title, "bold")
    if not _fits(entry, width):
        return Content("\n").join(title.wrap(width))
    return Content.assemble(title, GAP, (entry.meaning, "$muted"))
