"""The ladder of one exercise: choose a progression, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.commands import Where, bindings
from tui.screens.dialogs.dialog import DIALOG_STYLE, Dialog
from tui.timeline.events import Scope
from tui.widgets.choice_list import ChoiceList
from tui.widgets.event_words import SCOPES
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import hints
from tui.widgets.ladder_view import LadderStep, progression_line

LEAD_COLUMNS = 60
"""A narrower window has the scopes alone in their line."""


class LadderScreen(Dialog[tuple[str, Scope]]):
    """Answers (progression id, scope)."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_STYLE, "swap.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.LADDER)]

    def __init__(self, exercise: str, steps: Sequence[LadderStep]) -> None:
        """`exercise` is its name. A swap holds for today, until another scope is chosen."""
        super().__init__(exercise)
        self._steps, self._scope = tuple(steps), Scope.TODAY

    def body(self) -> list[Widget]:
        """The progressions, then the scopes."""
        ladder = ChoiceList(*(Option(Fitted(partial(progression_line, step))) for step in self._steps), markup=False)
        scopes = Static(id="scopes")
        scopes.auto_links = False
        keys = hints(("↑ ↓", "progression"), ("← →", "how long"), ("enter", "choose"), ("esc", "back"))
        return [ladder, scopes, Static(keys, classes="note")]

    def on_mount(self) -> None:
        """Begin at the progression that holds now."""
        ladder = self.query_one(OptionList)
        ladder.highlighted = next((i for i, step in enumerate(self._steps) if step.here), 0)
        self._show_scopes()

    def _show_scopes(self) -> None:
        """The row of scopes, each to be clicked."""
        lead = "Change it for  " if self.app.size.width >= LEAD_COLUMNS else ""
        parts: list[Content] = [Content.styled(lead, "$muted")]
        for index, scope in enumerate(SCOPES):
            style = "bold $background on $accent" if scope is self._scope else "$foreground"
            parts.append(Content.styled(f" {SCOPES[scope]} ", style).stylize(f"@click=screen.scope({index})"))
            parts.append(Content(" "))
        self.query_one("#scopes", Static).update(Content("").join(parts))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A progression is taken with enter or a click."""
        self.dismiss((self._steps[event.option_index].id, self._scope))

    def action_choose(self) -> None:
        """Take the progression under the cursor."""
        self.query_one(OptionList).action_select()

    def action_scope(self, index: int) -> None:
        """Change it for the scope at `index`."""
        scopes = list(SCOPES)
        self._scope = scopes[max(0, min(index, len(scopes) - 1))]
        self._show_scopes()

    def action_narrower(self) -> None:
        """Change it for a shorter time."""
        self.action_scope(list(SCOPES).index(self._scope) - 1)

    def action_wider(self) -> None:
        """Change it for a longer time."""
        self.action_scope(list(SCOPES).index(self._scope) + 1)
