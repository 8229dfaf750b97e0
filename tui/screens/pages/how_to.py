"""The page of an exercise: steps, cues, caution and sources."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.coach.phrases import way_out_words
from tui.routine.doses import dose
from tui.routine.resolve import Plan
from tui.screens.dialogs.dialog import DIALOG_STYLE, Dialog
from tui.widgets.choice_list import ReadingPane
from tui.widgets.figure.view import KeyPosesView
from tui.widgets.fitted import Fitted, hanging, numbered
from tui.widgets.key_bar import hints


class HowToScreen(Dialog[None]):
    """The content of the exercise's file, for one plan."""

    CSS_PATH = [DIALOG_STYLE, "how_to.tcss"]

    def __init__(self, plan: Plan, mirrored: bool = False) -> None:
        """`plan` is the current or the next set; its figure is `mirrored` for the left side."""
        super().__init__(plan.exercise.name)
        self._plan, self._mirrored = plan, mirrored

    def body(self) -> list[Widget]:
        """Compose the key poses of the figure above the words, in one pane that scrolls."""
        words = Static(Fitted(lambda width: Content("\n\n").join(list(how_to(self._plan, width)))))
        figure = self._plan.figure
        poses = [KeyPosesView(figure, mirrored=self._mirrored)] if figure else []
        return [ReadingPane(*poses, words), Static(hints(("↑ ↓", "read on")), classes="note")]


def how_to(plan: Plan, width: int) -> Iterator[Content]:
    """Yield the paragraphs, most important first: progression and dose, steps, caution, cues, fix, muscles, sources."""
    plan = plan.on_side(None)
    exercise, progression = plan.exercise, plan.progression
    yield Content.assemble((f"{progression.name}  " if progression else "", "bold $accent"), (dose(plan), "$muted"))
    if plan.steps:
        yield numbered(plan.steps, width)
    if plan.caution:
        yield Content.assemble(("Take care  ", "bold $warning"), plan.caution)
    if plan.cues:
        bullet = Content.styled("·  ", "$accent")
        yield Content("\n").join([line for cue in plan.cues for line in hanging(bullet, cue.say, width)])
    if plan.fix:
        yield Content.assemble(("If it feels wrong  ", "bold"), plan.fix)
    if way_out := way_out_words(plan):
        question, mark, answer = way_out.partition("? ")
        yield Content.assemble((f"{question}?  ", "bold"), answer) if mark else Content(way_out)
    if exercise.muscles:
        yield Content.assemble(("Works  ", "bold"), ", ".join(exercise.muscles))
    if exercise.sources:
        sources = Content.styled("\n".join(exercise.sources), "$muted")
        yield Content("\n").join(hanging(Content.styled("Why  ", "bold"), sources, width))
