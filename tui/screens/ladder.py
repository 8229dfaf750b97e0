"""The ladder of one exercise: choose a rung, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.commands import Where, bindings
from tui.screens.dialog import Dialog
from tui.timeline.events import Scope
from tui.widgets.key_bar import hints
from tui.widgets.ladder_view import Rung, rung_line

SCOPES = {Scope.SET: "this set", Scope.TODAY: "today", Scope.FROM_NOW_ON: "from now on"}
"""How far a swap reaches, in words."""


class LadderScreen(Dialog[tuple[str, Scope]]):
    """Answers (progression id, scope). One scope alone is not asked for."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "ladder.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.LADDER)]

    def __init__(
        self, exercise: str, rungs: Sequence[Rung], scopes: Sequence[Scope] = tuple(Scope), scope: Scope = Scope.TODAY
    ) -> None:
        """`exercise` is its name; `scopes` can be chosen from, `scope` is the one chosen at first."""
        super().__init__(exercise)
        self._rungs = tuple(rungs)
        self._scopes = tuple(scopes)
        self._scope = scope if scope in scopes else self._scopes[0]

    def body(self) -> list[Widget]:
        """The rungs, then the scopes."""
        rungs = OptionList(*(Option("", id=rung.id) for rung in self._rungs), id="rungs", markup=False)
        scopes = Static(id="scopes")
        scopes.auto_links = False
        return [rungs, scopes, Static(self._keys(), classes="note")]

    def on_mount(self) -> None:
        """Begin at the rung that holds now."""
        rungs = self.query_one(OptionList)
        rungs.highlighted = next((i for i, rung in enumerate(self._rungs) if rung.here), 0)
        self._show_scopes()

    def on_resize(self) -> None:
        """Lay the rungs out in the room there is."""
        self.call_after_refresh(self._show_rungs)

    def _show_rungs(self) -> None:
        rungs = self.query_one(OptionList)
        width = rungs.scrollable_content_region.width - 2
        for index, rung in enumerate(self._rungs):
            rungs.replace_option_prompt_at_index(index, rung_line(rung, width))

    def _show_scopes(self) -> None:
        """The row of scopes, each to be clicked; nothing where there is but one."""
        parts: list[Content] = [Content.styled("Change it for  ", "$muted")]
        for index, scope in enumerate(self._scopes):
            style = "bold $background on $accent" if scope is self._scope else "$foreground"
            parts.append(Content.styled(f" {SCOPES[scope]} ", style).stylize(f"@click=screen.scope({index})"))
            parts.append(Content(" "))
        self.query_one("#scopes", Static).update(Content("").join(parts))
        self.query_one("#scopes").display = len(self._scopes) > 1

    def _keys(self) -> Content:
        scope = [("← →", "how long")] if len(self._scopes) > 1 else []
        return hints(("↑ ↓", "rung"), *scope, ("enter", "choose"), ("esc", "back"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A rung is taken with enter or a click."""
        self.dismiss((self._rungs[event.option_index].id, self._scope))

    def action_choose(self) -> None:
        """Take the rung under the cursor."""
        self.query_one(OptionList).action_select()

    def action_scope(self, index: int) -> None:
        """Let the change hold for the scope at `index`."""
        self._scope = self._scopes[max(0, min(index, len(self._scopes) - 1))]
        self._show_scopes()

    def action_narrower(self) -> None:
        """Let the change hold for less."""
        self.action_scope(self._scopes.index(self._scope) - 1)

    def action_wider(self) -> None:
        """Let the change hold for more."""
        self.action_scope(self._scopes.index(self._scope) + 1)
