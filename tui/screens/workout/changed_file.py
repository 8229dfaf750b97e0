"""Changes of a routine's file during its workout, which can apply to the rest of it."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING

from tui.conductor import Conductor
from tui.engine.alternatives import with_alternatives
from tui.engine.revision import is_same_workout
from tui.files.located import Located
from tui.history.journal import MadeOf, full_hash
from tui.library.cached import FilesSeen, file_stamp, look
from tui.user_data import UserData

if TYPE_CHECKING:
    from tui.history.interrupted import Interrupted
    from tui.library.catalog import Entry


class ChangedFile:
    """Checks the user's files during one workout, and offers a changed routine to the conductor."""

    def __init__(self, user: UserData, conductor: Conductor, made_of: MadeOf) -> None:
        """A file that has changed since `made_of` is offered at the first check."""
        self._user, self._conductor, self._made_of = user, conductor, made_of
        self._begun_with = conductor.routine
        self._latest = made_of.version
        self._problems: tuple[Located, ...] = ()
        self._found = self._stamps()
        is_read = made_of.outside is None and user.made_of(conductor.routine.id, None).version == made_of.version
        self._seen = self._found if is_read and user.library.shows(self._found[0]) else None
        self._is_reading = False

    @property
    def made_of(self) -> MadeOf:
        """The source of the workout; once another version was taken up, any version in the file counts as new."""
        has_changed = self._conductor.routine is not self._begun_with
        return self._made_of._replace(version=None) if has_changed else self._made_of

    def _stamps(self) -> tuple[FilesSeen, str]:
        """Return the stamps of the user's files, and that of the workout's file if it is not one of them."""
        outside = self._made_of.outside
        return look(self._user.places), file_stamp(str(outside)) if outside else ""

    def look(self) -> None:
        """Check the files; called in a thread, as a disk may be slow."""
        self._found = self._stamps()

    @property
    def has_changed(self) -> bool:
        """Whether the last check found files that are to be read."""
        return self._found != self._seen and not self._is_reading

    async def read(self) -> str:
        """Read the files that have changed; return a notice if the routine has, else an empty string."""
        self._seen, self._is_reading = self._found, True
        try:
            found = await to_thread(self._user.read_again)
            if self._conductor.closed:
                return ""
            self._user.take(found)
            entry = await to_thread(self._user.entry, self._conductor.routine.id, self._made_of.outside)
            return "" if self._conductor.closed else self._offer(entry)
        finally:
            self._is_reading = False

    def _offer(self, entry: Entry | None) -> str:
        """Offer the routine in its file; a missing file, or one with problems, offers nothing."""
        user, conductor, conditions = self._user, self._conductor, self._made_of.conditions
        version, problems = (entry.routine, entry.problems) if entry else (None, ())
        was_said, self._problems = problems == self._problems, problems
        if problems and not was_said:
            return f"The routine's file has a problem; this workout continues unchanged. {problems[0]}"
        if version is None or version == self._latest:
            return ""
        self._latest, conductor.offered = version, None
        adapted = user.adapted(version, conditions)
        if adapted.routine is None:
            limits = f" ({conditions.words})" if conditions.words else ""
            return f"The routine's file has changed: its new version cannot be done today{limits}."
        routine = with_alternatives(adapted.routine, user.catalog.exercises)
        if conductor.can_take_up(routine):
            conductor.offered = routine
            return "The routine's file has changed. Press f to use it from the next set on."
        if not is_same_workout(conductor.routine_ahead, routine):
            return "The routine's file has changed in an earlier set: that applies next time."
        return ""


def resumed(user: UserData, found: Interrupted) -> MadeOf:
    """Return the source of a resumed workout; a version that is no longer in its file is unknown."""
    now = user.made_of(found.session.routine.id, found.conditions, found.outside)
    return now if now.version is not None and full_hash(now.version) == found.file else now._replace(version=None)
