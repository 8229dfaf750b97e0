"""The text of a routine file with syntax highlighting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rich.style import Style
from textual.color import Color
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, TextAreaTheme

from tui.files.reading import Unreadable, read_text
from tui.plain_text import first_control, plain_lines

COLOURS = {
    "comment": ("muted", False), "string": ("success", False), "number": ("secondary", False),
    "boolean": ("secondary", False), "property": ("foreground", True), "toml.type": ("accent", True),
    "toml.error": ("error", False), "operator": ("muted", False), "punctuation.bracket": ("muted", False),
    "punctuation.delimiter": ("muted", False),
}  # fmt: skip
"""The theme's colour for each kind of token, and whether it is bold."""

LARGE = 50_000
"""A longer text is not highlighted, as each key would parse all of it again."""


class SourceArea(TextArea):
    """An editor for TOML. Pasted control characters cannot reach the terminal."""

    def __init__(self, text: str) -> None:
        language = "toml" if len(text) <= LARGE else None
        super().__init__(text, language=language, soft_wrap=False, tab_behavior="indent", show_line_numbers=True)
        self.indent_width = 2
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Use the colours of the theme, now and after each change."""
        self.watch(self.app, "theme", self._take_colours)

    def _take_colours(self) -> None:
        variables = self.app.get_css_variables()  # the app's own variables are still those of the previous theme
        styles = {
            name: Style(color=Color.parse(variables[colour]).rich_color, bold=bold)
            for name, (colour, bold) in COLOURS.items()
        }
        self.register_theme(TextAreaTheme(self.app.theme, syntax_styles=styles))
        self.theme = self.app.theme

    def edit(self, edit: Edit) -> EditResult:
        """Carry out an edit, with a visible sign for each control character."""
        return super().edit(replace(edit, text=plain_lines(edit.text.replace("\t", "  "))))


def editable(path: Path) -> str:
    """Read the text of a file. Raises Unreadable also for text that cannot be displayed unchanged."""
    text = read_text(path)
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if first_control(line.replace("\t", " ")) is not None:
            raise Unreadable(f"line {number} has a control character: open it in your own editor")
    return "\n".join(lines)
