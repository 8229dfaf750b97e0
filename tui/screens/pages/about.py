"""The About screen: why people who sit need Gluteus, who should ask a doctor first, the sources, the version."""

from __future__ import annotations

from textual.widget import Widget
from textual.widgets import Static

from tui import __version__
from tui.coach.health import ASK_FIRST, ASK_IF, NOT_MEDICAL_ADVICE, WHEN_NOT_TO
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.choice_list import ReadingPane
from tui.widgets.key_bar import hints

STORY = """\
Sit all day and your glutes get lazy. Your weight can reduce their blood flow and loads your lower back; bent hips \
keep the glutes stretched, and nothing makes them work. Use it or lose it. The hip flexors (rectus femoris, psoas, \
iliacus) shorten, tip the pelvis forward and may hold the glutes back. The adductors take over, and the posture sticks.

You notice as you rise: an ache, slow straightening. Lower back, hips, groin and hamstrings can suffer, and even a \
shoulder, through the muscles across the back.

Gluteus maximus, your largest muscle, extends the hip and turns the leg out. Medius and minimus move the leg out, turn \
it in, and steady your pelvis at every step. Wake them: do a few each time you stand up."""
"""Paragraphs separated by an empty line, not wrapped."""

SOURCES = """\
Anatomy: Elzanie and Borger, "Anatomy, Bony Pelvis and Lower Limb, Gluteus Maximus Muscle", StatPearls. \
For the sources of an exercise press i in a workout."""

ABOUT = "\n\n".join((STORY, WHEN_NOT_TO, NOT_MEDICAL_ADVICE, SOURCES))
"""The whole text of the About page."""

NEW_HERE = ("New here? Press ctrl+p and choose about: it says when not to train.", "When not to train: ctrl+p, about.")
"""The menu's notice for a new user, in several lengths, the longest first."""


class FirstWorkoutScreen(Dialog[bool]):
    """Who should ask a doctor first: shown once, before the first workout. Its answer is True to start.

    It is a list, which takes half as long to read as a paragraph.
    """

    BINDINGS = [("enter", "continue", "start"), ("space", "continue", "")]

    def __init__(self) -> None:
        super().__init__("Before your first workout")

    def body(self) -> list[Widget]:
        """Compose the whole text, which scrolls in a low window."""
        cases = "\n".join(f"• {case}" for case in ASK_IF)
        words = f"{ASK_FIRST}\n{cases}\n\n{NOT_MEDICAL_ADVICE}"
        return [ReadingPane(Static(words, markup=False)), Static(hints(("enter", "start")), classes="note")]

    def action_continue(self) -> None:
        """Scroll to the next part of the text, or start the workout at its end."""
        pane = self.query_one(ReadingPane)
        if pane.scroll_offset.y < pane.max_scroll_y:
            pane.scroll_page_down(animate=False)
        else:
            self.dismiss(True)


class AboutScreen(Dialog[None]):
    """The story of the chair."""

    def __init__(self) -> None:
        super().__init__(f"Gluteus {__version__}")

    def body(self) -> list[Widget]:
        """Compose one scrolling text."""
        keys = hints(("↑ ↓", "read on"))
        return [ReadingPane(Static(ABOUT, markup=False)), Static(keys, classes="note")]
