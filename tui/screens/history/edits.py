"""What can be changed of a past workout, for each screen that shows one: how it was, a note, whether it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textual.screen import Screen

from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.history import edits as history_edits
from tui.history.edits import Wall
from tui.history.past_sessions import PastSession
from tui.screens.dialogs.ask import AskScreen
from tui.screens.dialogs.confirm import ConfirmScreen

MOST_NOTE = 1000
"""The characters of a note."""

Changed = Callable[[PastSession, PastSession | None], None]
"""Receives a session and its new version; None if it was deleted."""


class Edits:
    """Writes changes and reports them; if one cannot be written, a notice says so and nothing changes."""

    def __init__(self, screen: Screen[Any], places: Places, wall: Wall, changed: Changed) -> None:
        """Dialogs and notices are those of `screen`."""
        self._screen, self._places, self._wall, self._changed = screen, places, wall, changed

    def say(self, past: PastSession, effort: str, exercise: str | None = None) -> None:
        """Note how it was, or one exercise in it; the same again takes that back."""
        before = past.effort if exercise is None else past.efforts.get(exercise)
        effort = "" if before == effort else effort
        then = replace(past, effort=effort)
        if exercise is not None:
            others = {each: words for each, words in past.efforts.items() if each != exercise}
            then = replace(past, efforts={**others, **({exercise: effort} if effort else {})})
        self._write(
            lambda: history_edits.set_effort(self._places, past, effort, self._wall, exercise=exercise), past, then
        )

    def hurt(self, past: PastSession, exercise: str) -> None:
        """Record that an exercise hurt, or clear that, also if it was recorded in the workout."""
        hurt = exercise not in past.ouches
        then = replace(past, ouches=tuple(sorted({*past.ouches} ^ {exercise})))
        self._write(lambda: history_edits.set_ouch(self._places, past, exercise, hurt, self._wall), past, then)

    def note(self, past: PastSession) -> None:
        """Ask for a note on it."""

        def write(note: str | None) -> None:
            if note is not None and (told := note.strip()) != past.note:
                self._write(
                    lambda: history_edits.set_note(self._places, past, told, self._wall), past, replace(past, note=told)
                )

        words = "A note on this workout. Leave it empty for none."
        self._screen.app.push_screen(AskScreen("Note", words, _not_too_long, past.note), write)

    def delete(self, past: PastSession) -> None:
        """Ask once, then put it into the trash file."""

        def delete(sure: bool | None) -> None:
            if sure:
                self._write(lambda: history_edits.delete(self._places, past, self._wall), past, None)

        words = f"{past.title} will no longer count. Its lines move to trash.jsonl, beside the history's files."
        self._screen.app.push_screen(ConfirmScreen("Delete this workout?", words, "Delete", "Keep"), delete)

    def _write(self, write: Callable[[], None], past: PastSession, then: PastSession | None) -> None:
        try:
            write()
        except StorageProblem as problem:
            self._screen.app.notify(str(problem), severity="warning", timeout=8)
        else:
            self._changed(past, then)


def _not_too_long(note: str) -> None:
    if len(note) > MOST_NOTE:
        raise ValueError(f"it has {len(note)} characters; the limit is {MOST_NOTE}")
