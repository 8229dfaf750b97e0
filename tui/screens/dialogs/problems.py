"""Every problem of a file with its place, and a button to edit it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Button, Static

from tui.files.located import Located
from tui.screens.dialogs.confirm import ButtonsScreen
from tui.widgets.choice_list import ReadingPane


class ProblemsScreen(ButtonsScreen):
    """Returns True if the user wants to edit the file."""

    AUTO_FOCUS = "#edit"
    BINDINGS = [("e,E", "take(True)", "edit")]

    def __init__(self, name: str, problems: Sequence[Located], again: bool = False) -> None:
        """`name` is that of the file; `again`: it has just been edited."""
        text = Content("\n\n").join([_with_place(problem) for problem in problems])
        advice = f"Fix {'this' if len(problems) == 1 else 'these'} and you can start."
        parts = ReadingPane(Static(text)), Static(advice, classes="note", markup=False)
        edit = Button("Edit again" if again else "Edit", id="edit", variant="primary")
        super().__init__(name, parts, (Button("Not now"), None), (edit, True))


def _with_place(problem: Located) -> Content:
    """Format the place of a problem, the message, and the excerpt if there is one, each on lines of its own."""
    place = f"line {problem.line}, column {problem.column}\n" if problem.line else ""
    return Content.assemble((place, "$muted"), problem.message, f"\n{problem.excerpt}" if problem.excerpt else "")
