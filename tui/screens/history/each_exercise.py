"""A dialog for rating each exercise of a workout and marking those that hurt, with a key for each answer."""

from __future__ import annotations

from functools import partial

from textual.content import Content
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from tui.files.places import Places
from tui.history.edits import Wall
from tui.past_sessions import PastSession, PastSet
from tui.plain_text import within_sentence
from tui.screens.dialogs.dialog import Dialog
from tui.screens.history.edits import NO_EXERCISE, Changed, Edits
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted, justified
from tui.widgets.key_bar import KEY_LOOK

_KEYS = (("e", "easy", "rate('easy')"), ("r", "right", "rate('right')"), ("h", "hard", "rate('hard')"),
         ("o", "it hurt", "hurt"))  # fmt: skip
"""The keys, their meanings, and their actions."""

EACH = "How was each exercise?"
OUCH = "What hurt?"
"""The headings, depending on the key that opened the dialog."""


class EachExerciseScreen(Dialog[None]):
    """Each answer is saved at once; pressing the key again clears it."""

    BINDINGS = [(key, action, "") for key, _, action in _KEYS]

    def __init__(self, heading: str, past: PastSession, places: Places, wall: Wall, changed: Changed) -> None:
        """`past` has sets; `wall` dates the answers, and `changed` is called after each."""
        super().__init__(heading)
        self._past, self._report = past, changed
        self._edits = Edits(self, places, wall, self._changed)
        self._exercises = list({set_.exercise: set_ for set_ in past.sets}.values())

    def body(self) -> list[Widget]:
        """Compose the exercises in the order in which they were first done, and the keys."""
        keys = Static(Fitted(_keys), classes="note")
        keys.auto_links = False
        return [ChoiceList.of(partial(self._row, set_) for set_ in self._exercises), keys]

    def _row(self, set_: PastSet, width: int) -> Content:
        """Format an exercise and its rating; if that is the rating of the whole workout, it is dim."""
        progression = f", {within_sentence(set_.progression_name)}" if set_.progression_name else ""
        name = Content.assemble(set_.name, (progression, "$muted"))
        return justified(name, rating_of(self._past, set_.exercise), width)

    def _changed(self, past: PastSession, then: PastSession | None) -> None:
        self._report(past, then)
        if then is not None:
            self._past = then
            self.query_one(ChoiceList).format_again()

    @property
    def _under_cursor(self) -> str | None:
        """The exercise under the cursor."""
        index = self.query_one(ChoiceList).highlighted
        return None if index is None else self._exercises[index].exercise

    def action_rate(self, effort: str) -> None:
        """Rate the exercise under the cursor."""
        if (exercise := self._under_cursor) is not None:
            self._edits.rate(self._past, effort, exercise)

    def action_hurt(self) -> None:
        """Mark that the exercise under the cursor hurt."""
        if (exercise := self._under_cursor) is not None:
            self._edits.hurt(self._past, exercise)


def ask_each(edits: Edits, heading: str, past: PastSession) -> None:
    """Ask over the screen of `edits`; if there is no exercise to ask about, a notice says so."""
    if past.sets:
        edits.screen.app.push_screen(EachExerciseScreen(heading, past, edits.places, edits.wall, edits.changed))
    else:
        edits.screen.app.notify(NO_EXERCISE)


def rating_of(past: PastSession, exercise: str) -> Content:
    """Format rating and pain of an exercise, each with a mark; empty if there is neither."""
    own, parts = past.efforts.get(exercise), list[Content]()
    if exercise in past.ouches:
        parts.append(Content.styled("! hurt", "bold $warning"))
    if own:
        parts.append(Content.styled(f"✓ {own}", "bold $success"))
    elif past.effort:
        parts.append(Content.styled(past.effort, "$muted"))
    return Content("  ").join(parts)


def _keys(width: int) -> Content:
    """Format the keys in one line, else in two; they can be clicked."""
    shown = [
        Content.assemble((key, KEY_LOOK), " ", words).stylize(Style.from_meta({"@click": f"screen.{action}"}))
        for key, words, action in _KEYS
    ]
    line = Content("  ").join(shown)
    if line.cell_length <= width:
        return line
    return Content("\n").join([Content("  ").join(shown[:3]), Content("  ").join(shown[3:])])
