"""The differences between the user's routine and the bundled one that it hides, which can be restored."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.bundled import bundled
from tui.commands import Where, bindings
from tui.files.atomic import StorageProblem
from tui.files.reading import Unreadable, read_text
from tui.library.own_files import to_trash
from tui.plain_text import plain_text
from tui.screens.pages.page import PAGE_STYLE, Page
from tui.user_data import UserData
from tui.widgets.choice_list import ReadingPane

LOOKS = {"+": "$success", "-": "$error", "@": "$accent"}
"""The colour of a line by its first character, which identifies it without colour."""


class DifferencesScreen(Page):
    """The changed lines, with `-` before those of the bundled file and `+` before the user's."""

    CSS_PATH = PAGE_STYLE
    WHERE = Where.DIFFERENCES
    BINDINGS = [*bindings(Where.DIFFERENCES)]
    AUTO_FOCUS = "ReadingPane"

    def __init__(self, path: Path, user: UserData) -> None:
        """`path` is the user's file."""
        super().__init__()
        self._path, self._bundled, self._user = path, bundled("routines") / path.name, user
        self.HEADING = f"{plain_text(path.name)}: - bundled, + yours"

    def body(self) -> list[Widget]:
        """Compose the lines."""
        return [ReadingPane(Static(Content("\n").join(list(self._lines()))))]

    def _lines(self) -> Iterator[Content]:
        try:
            before, after = (read_text(path).splitlines() for path in (self._bundled, self._path))
        except Unreadable as problem:
            yield Content(f"{plain_text(str(self._path))}: {problem}")
            return
        lines = list(unified_diff(before, after, lineterm=""))[2:]
        for line in lines or ["Nothing differs."]:
            yield Content.styled(plain_text(line.expandtabs()), LOOKS.get(line[:1], ""))

    def action_restore(self) -> None:
        """Ask, then restore the bundled routine."""
        from tui.screens.dialogs.confirm import ConfirmScreen

        words = f"Your file is moved to the trash: {plain_text(str(self._path))}"
        asked = ConfirmScreen("Restore the bundled routine?", words, "Restore", "Keep mine")
        self.app.push_screen(asked, self._restore)

    def _restore(self, agreed: bool | None) -> None:
        if not agreed:
            return
        try:
            trashed = to_trash(self._user.places, self._path)
        except StorageProblem as problem:
            self.notify(str(problem), severity="error", timeout=8)
        else:
            self._user.reload()
            self.dismiss()
            words = f"The bundled routine is back. Yours is here: {plain_text(str(trashed))}"
            self.app.notify(words, timeout=8)
