"""Changes to a past workout, for all its screens: ratings, note, corrections, and deleting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from textual.screen import Screen

from tui.engine.coaching import Coaching
from tui.engine.model import Choices
from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.history import edits as history_edits
from tui.history.added_workouts import add_performed, checked_time
from tui.history.corrections import Correction
from tui.history.edits import Wall
from tui.history.reading import read_before, read_month_of
from tui.history.running_file import running_sessions
from tui.past_sessions import PastSession
from tui.routine.model import Routine
from tui.screens.dialogs.ask import AskScreen
from tui.screens.dialogs.confirm import ConfirmScreen
from tui.screens.history.charts import day_words

MOST_NOTE = 1000
"""The most characters of a note."""

Changed = Callable[[PastSession, PastSession | None], None]
"""Called with a session and its new version, None if it was deleted."""

NO_EXERCISE = "No exercise was started"

LINE_END = "↵"
"""Replaces the line breaks of a note while it is edited in one line."""


class Edits:
    """Writes changes to the journal, then calls `changed`; if that fails, a notice says so."""

    def __init__(self, screen: Screen[Any], places: Places, wall: Wall, changed: Changed) -> None:
        """Dialogs and notices are shown over `screen`; `wall` returns the seconds since the epoch."""
        self.screen, self.places, self.wall, self.changed = screen, places, wall, changed

    def rate(self, past: PastSession, effort: str, exercise: str | None = None) -> None:
        """Rate the workout, or one exercise of it; the same rating again clears it."""
        before = past.effort if exercise is None else past.efforts.get(exercise)
        effort = "" if before == effort else effort
        then = past._replace(effort=effort)
        if exercise is not None:
            others = {name: words for name, words in past.efforts.items() if name != exercise}
            then = past._replace(efforts={**others, **({exercise: effort} if effort else {})})
        self._write(
            lambda: history_edits.set_effort(self.places, past, effort, self.wall, exercise=exercise), past, then
        )

    def hurt(self, past: PastSession, exercise: str) -> None:
        """Mark that an exercise hurt; a second time clears the mark, also one set during the workout."""
        hurt = exercise not in past.ouches
        then = past._replace(ouches=tuple(sorted({*past.ouches} ^ {exercise})))
        self._write(lambda: history_edits.set_ouch(self.places, past, exercise, hurt, self.wall), past, then)

    def note(self, past: PastSession) -> None:
        """Ask for a note on it; line breaks of pasted text are kept."""

        def write(typed: str | None) -> None:
            note = past.note if typed is None else typed.replace(LINE_END, "\n").strip()
            if note != past.note:
                then = past._replace(note=note)
                self._write(lambda: history_edits.set_note(self.places, past, note, self.wall), past, then)

        words = "A note on this workout. Leave it empty for none."
        shown = past.note.replace("\n", LINE_END)
        self.screen.app.push_screen(AskScreen("Note", words, _check_length, shown, line_end=LINE_END), write)

    def correct(self, past: PastSession) -> None:
        """Ask for the corrections of each set."""
        from tui.screens.history.correct import CorrectScreen

        def write(corrections: list[Correction] | None) -> None:
            if corrections:
                self._correct(past, {"sets": corrections})

        if past.sets:
            self.screen.app.push_screen(CorrectScreen(past), write)
        else:
            self.screen.app.notify(NO_EXERCISE)

    def move(self, past: PastSession) -> None:
        """Ask when it began."""

        def write(typed: str | None) -> None:
            if typed is not None and typed != shown:
                self._correct(past, {"started_at": self.time(typed, past.started_at).isoformat()})

        words = "The date and time of its start."
        shown = f"{past.started_at:%Y-%m-%d %H:%M}"
        check = partial(self.time, like=past.started_at)
        self.screen.app.push_screen(AskScreen("When was it?", words, check, shown), write)

    def time(self, typed: str, like: datetime | None = None) -> datetime:
        """Read the time that was typed, as `checked_time` does. Raises ValueError with a reason."""
        return checked_time(typed, datetime.fromtimestamp(self.wall()).astimezone(), like)

    def merge(self, past: PastSession) -> None:
        """Ask, then add the sets of the workout before it to this one."""
        other = read_before(self.places, past)
        if other is None:
            self.screen.app.notify("There is no previous workout")
            return

        def write(sure: bool | None) -> None:
            if sure and self._written(lambda: history_edits.merge(self.places, past, other, self.wall)):
                self._corrected(past)

        words = f"The sets of {_dated(other)} become part of {_dated(past)}. u undoes it."
        asked = ConfirmScreen("Merge with the previous workout?", words, "Merge", "Keep both")
        self.screen.app.push_screen(asked, write)

    def undo(self, past: PastSession) -> None:
        """Undo the last correction."""
        if past.edited_at:
            self._correct(past, {"undo": past.edited_at})

    def restore(self, past: PastSession) -> bool:
        """Restore a deleted workout from the trash file, and return whether it is back."""
        return self._written(lambda: history_edits.restore(self.places, past, self.wall))

    def add(self, routine: Routine, choices: Choices, coaching: Coaching, added: Callable[[], None]) -> None:
        """Ask when a routine was done elsewhere, and add it to the history as planned."""
        now = datetime.fromtimestamp(self.wall()).astimezone()

        def write(typed: str | None) -> None:
            if typed is None:
                return
            began = self.time(typed)
            if self._written(lambda: add_performed(self.places, routine, choices, coaching, began)):
                added()

        words = f"When did you begin {routine.title}? Every set counts as done."
        self.screen.app.push_screen(AskScreen("Add a workout", words, self.time, f"{now:%Y-%m-%d %H:%M}"), write)

    def _correct(self, past: PastSession, correction: Correction) -> None:
        if self._written(lambda: history_edits.correct(self.places, past, correction, self.wall)):
            self._corrected(past)

    def _corrected(self, past: PastSession) -> None:
        again = (session for session in read_month_of(self.places, past.month) if session.id == past.id)
        self.changed(past, next(again, None))

    def delete(self, past: PastSession) -> None:
        """Ask, then move it to the trash file, unless it is running, as it would lose its next lines."""
        if past.id in running_sessions(self.places):
            words = f"{past.title} is running: finish or leave it first."
            self.screen.app.notify(words, severity="warning")
            return

        def delete(sure: bool | None) -> None:
            if sure:
                self._write(lambda: history_edits.delete(self.places, past, self.wall), past, None)

        words = f"{past.title} will no longer count. Its lines move to trash.jsonl, beside the history's files."
        self.screen.app.push_screen(ConfirmScreen("Delete this workout?", words, "Delete", "Keep"), delete)

    def _write(self, write: Callable[[], None], past: PastSession, then: PastSession | None) -> None:
        if self._written(write):
            self.changed(past, then)

    def _written(self, write: Callable[[], None]) -> bool:
        """Write, and return whether it could be written; if not, a notice says why."""
        try:
            write()
        except StorageProblem as problem:
            self.screen.app.notify(str(problem), severity="warning", timeout=8)
            return False
        return True


def _dated(past: PastSession) -> str:
    """Format a workout with its time: `Mug (3 Nov 2025, 12:30)`."""
    return f"{past.title} ({day_words(past.started_at.date())}, {past.started_at:%H:%M})"


def _check_length(note: str) -> None:
    if len(note) > MOST_NOTE:
        raise ValueError(f"it has {len(note)} characters; the limit is {MOST_NOTE}")
