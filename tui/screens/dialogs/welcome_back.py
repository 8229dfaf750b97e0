"""Asks after a long break whether to ease back. Nothing changes unless the user says so."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tui.ladder.proposals import Proposal
from tui.ladder.remembered import Reply
from tui.screens.dialogs.answers import AnswersScreen, keys
from tui.widgets.fitted import Fitted, hanging

WORDS = {Reply.YES: ("Ease back", "from now on"), Reply.NO: ("As before", "nothing changes")}
"""The effect of each answer, and for how long."""


class WelcomeBackScreen(AnswersScreen[Reply]):
    """Its answer is for all proposals; None, for escape, starts nothing and saves nothing."""

    BINDINGS = keys(WORDS)

    def __init__(self, proposed: Sequence[tuple[str, Proposal]]) -> None:
        """Show `proposed`: the name of each exercise and the proposal for it."""
        super().__init__("Welcome back", WORDS)
        self._proposed = proposed

    def body(self) -> list[Widget]:
        """Compose the proposals and the two answers."""
        return [VerticalScroll(Static(Fitted(self._proposals)), can_focus=False), self.choices()]

    def on_mount(self) -> None:
        """Put the cursor on the answer that changes nothing: enter may have been pressed twice to start."""
        self.query_one(OptionList).highlighted = list(WORDS).index(Reply.NO)

    def _proposals(self, width: int) -> Content:
        lines = []
        for name, proposal in self._proposed:
            lines += [Content.styled(name, "bold"), *hanging(Content("  "), proposal.line, width)]
        return Content("\n").join([*lines, Content("")])
