"""Every problem of a file with its place, and a button to edit it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.files.located import Located
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.choice_list import ReadingPane


class ProblemsScreen(Dialog[bool]):
    """Returns True if the user wants to edit the file."""

    AUTO_FOCUS = "#edit"
    BINDINGS = [("e,E", "edit", "edit")]

    def __init__(self, name: str, problems: Sequence[Located], again: bool = False) -> None:
        """`name` is that of the file; `again`: it has just been edited."""
        super().__init__(name)
        self._problems, self._again = problems, again

    def body(self) -> list[Widget]:
        """Compose the problems, then the two buttons."""
        advice = f"Fix {'this' if len(self._problems) == 1 else 'these'} and you can start."
        edit = Button("Edit again" if self._again else "Edit", id="edit", variant="primary")
        text = Content("\n\n").join([_with_place(problem) for problem in self._problems])
        return [
            ReadingPane(Static(text)),
            Static(advice, classes="note", markup=False),
            Horizontal(Button("Not now", id="back"), edit, classes="buttons"),
        ]

    @on(Button.Pressed, "#edit")
    def action_edit(self) -> None:
        """Edit the file."""
        self.dismiss(True)

    @on(Button.Pressed, "#back")
    def _not_now(self) -> None:
        self.action_back()


def _with_place(problem: Located) -> Content:
    """Format the place of a problem, the message, and the excerpt if there is one, each on lines of its own."""
    place = f"line {problem.line}, column {problem.column}\n" if problem.line else ""
    return Content.assemble((place, "$muted"), problem.message, f"\n{problem.excerpt}" if problem.excerpt else "")
