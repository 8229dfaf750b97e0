"""Asks after a long break whether to ease back. Nothing changes unless the user says so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from tui.ladder.proposals import Proposal
from tui.ladder.remembered import Reply
from tui.screens.dialogs.choice_dialog import AnswersScreen, keys
from tui.widgets.fitted import Fitted, hanging

WORDS = {Reply.YES: ("Ease back", "from now on"), Reply.NO: ("As before", "nothing changes")}
"""The effect of each answer, and for how long."""


class WelcomeBackScreen(AnswersScreen[Reply]):
    """Its answer is for all proposals; None, for escape, starts nothing and saves nothing."""

    BINDINGS = keys(WORDS)

    def __init__(self, proposed: Sequence[tuple[str, Proposal]]) -> None:
        """Show `proposed`: the name of each exercise and the proposal for it."""
        text = VerticalScroll(Static(Fitted(partial(_proposals, proposed))), can_focus=False)
        super().__init__("Welcome back", [text], WORDS)

    def on_mount(self) -> None:
        """Put the cursor on the answer that changes nothing: enter may have been pressed twice to start."""
        self.query_one(OptionList).highlighted = list(WORDS).index(Reply.NO)


def _proposals(proposed: Sequence[tuple[str, Proposal]], width: int) -> Content:
    lines = []
    for name, proposal in proposed:
        lines += [Content.styled(name, "bold"), *hanging(Content("  "), proposal.line, width)]
    return Content("\n").join([*lines, Content("")])
