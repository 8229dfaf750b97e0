"""Changes to a past workout, for each screen that shows one: its ratings, its note, and deleting it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.history import edits as history_edits
from tui.history.edits import Wall
from tui.history.past_sessions import PastSession
from tui.history.reading import running_sessions
from tui.screens.dialogs.ask import AskScreen
from tui.screens.dialogs.confirm import ConfirmScreen

MOST_NOTE = 1000
"""The most characters of a note."""

Changed = Callable[[PastSession, PastSession | None], None]
"""Called with a session and its new version, None if it was deleted."""

LINE_END = "↵"
"""Stands for the end of a line of a note while it is edited in one line."""


class Edits:
    """Writes changes to the journal, then calls `changed`; if it cannot be written, a notice says so."""

    def __init__(self, screen: Screen[Any], places: Places, wall: Wall, changed: Changed) -> None:
        """Dialogs and notices are shown over `screen`; `wall` returns the seconds since the epoch."""
        self._screen, self._places, self._wall, self._changed = screen, places, wall, changed

    def say(self, past: PastSession, effort: str, exercise: str | None = None) -> None:
        """Rate the workout, or one exercise of it; the same rating again clears it."""
        before = past.effort if exercise is None else past.efforts.get(exercise)
        effort = "" if before == effort else effort
        then = past._replace(effort=effort)
        if exercise is not None:
            others = {each: words for each, words in past.efforts.items() if each != exercise}
            then = past._replace(efforts={**others, **({exercise: effort} if effort else {})})
        self._write(
            lambda: history_edits.set_effort(self._places, past, effort, self._wall, exercise=exercise), past, then
        )

    def hurt(self, past: PastSession, exercise: str) -> None:
        """Mark that an exercise hurt; a second time clears the mark, also one set during the workout."""
        hurt = exercise not in past.ouches
        then = past._replace(ouches=tuple(sorted({*past.ouches} ^ {exercise})))
        self._write(lambda: history_edits.set_ouch(self._places, past, exercise, hurt, self._wall), past, then)

    def note(self, past: PastSession) -> None:
        """Ask for a note on it; the ends of pasted lines are kept."""

        def write(typed: str | None) -> None:
            note = past.note if typed is None else typed.replace(LINE_END, "\n").strip()
            if note != past.note:
                then = past._replace(note=note)
                self._write(lambda: history_edits.set_note(self._places, past, note, self._wall), past, then)

        words = "A note on this workout. Leave it empty for none."
        shown = past.note.replace("\n", LINE_END)
        self._screen.app.push_screen(AskScreen("Note", words, _check_length, shown, line_end=LINE_END), write)

    def delete(self, past: PastSession) -> None:
        """Ask, then move it to the trash file. A workout that is being performed would lose its next lines."""
        if past.id in running_sessions(self._places):
            words = f"{past.title} is being performed: finish or leave it first."
            self._screen.app.notify(words, severity="warning")
            return

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


def _check_length(note: str) -> None:
    if len(note) > MOST_NOTE:
        raise ValueError(f"it has {len(note)} characters; the limit is {MOST_NOTE}")
