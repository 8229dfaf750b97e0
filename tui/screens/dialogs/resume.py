"""Offers to resume a workout that was interrupted."""

from __future__ import annotations

from enum import StrEnum

from textual.widgets import Static

from tui.screens.dialogs.choice_dialog import AnswersScreen, keys


class ResumeAnswer(StrEnum):
    """The possible answers; each value is the key."""

    RESUME = "r"
    RESTART = "s"
    FINISH = "f"
    DISCARD = "d"
    START = "n"


class ResumeScreen(AnswersScreen[ResumeAnswer]):
    """Its answer is a ResumeAnswer; None leaves the workout for later, in the menu."""

    BACK = "later"
    BINDINGS = keys(ResumeAnswer)

    def __init__(self, title: str, where: str, asked: str = "") -> None:
        """Ask about the routine `title`; `where` names its start and its place.

        `asked` is the title of the routine that the command line asked for, if any.
        """
        answers = {
            ResumeAnswer.RESUME: ("Resume", "where you were, paused"),
            ResumeAnswer.RESTART: ("Start the set again", "paused"),
            ResumeAnswer.FINISH: ("Finish here", "what you did is recorded"),
            ResumeAnswer.DISCARD: ("Discard", "it does not count"),
        }
        if asked:
            answers[ResumeAnswer.START] = ("Not now", f"start {asked}")
        text = [Static(where, markup=False, classes="words")]
        super().__init__(f"{title} was interrupted", text, answers)
