"""A routine's file that is changed during its workout: the rest can be done as it is now."""

from __future__ import annotations

from asyncio import to_thread

from tui.conductor import Conductor
from tui.engine.alternatives import with_alternatives
from tui.library.cached import look
from tui.routine.model import Routine
from tui.user_data import UserData


class ChangedFile:
    """Looks at the user's files during one workout, and offers its routine to the conductor if that has changed."""

    def __init__(self, user: UserData, conductor: Conductor, routine: Routine) -> None:
        """`routine` is as its file had it at the start."""
        self._user, self._conductor, self._latest = user, conductor, routine
        self._seen = look(user.places)
        self._is_looking = False

    async def look(self) -> str:
        """Look at the files; return a notice if the routine has changed, else an empty string."""
        if self._is_looking:
            return ""
        self._is_looking = True
        try:
            seen = await to_thread(look, self._user.places)
            if seen == self._seen:
                return ""
            self._seen = seen
            found = await to_thread(self._user.read_again)
            if self._conductor.closed:
                return ""
            self._user.take(found)
            return self._offer()
        finally:
            self._is_looking = False

    def _offer(self) -> str:
        """Offer the routine as it is in its file; a file that is broken or gone offers nothing."""
        conductor, catalog = self._conductor, self._user.catalog
        version = next((entry.routine for entry in catalog.entries if entry.id == conductor.routine.id), None)
        if version is None or version == self._latest:
            return ""
        self._latest = version
        routine = _as_begun(self._user, version) or conductor.routine
        conductor.offered = routine if conductor.can_take_up(routine) else None
        if conductor.offered is not None:
            return "The routine's file has changed. Press f to do the rest as it is now."
        if routine != conductor.routine:
            return "The routine's file has changed before this set: that counts from the next time."
        return ""


def followed(user: UserData, resumed: Routine) -> Routine | None:
    """Return the routine that a resumed workout may follow: that of its file, if the workout is still as in the file.

    It is not if the file has changed meanwhile, or if the workout was fitted to what was there that day.
    """
    version = next((entry.routine for entry in user.catalog.entries if entry.id == resumed.id), None)
    return version if version is not None and _as_begun(user, version) == resumed else None


def _as_begun(user: UserData, version: Routine) -> Routine | None:
    """Return a routine as a workout of it begins, or None if it cannot be done."""
    doable = user.adapted(version, None).routine
    return with_alternatives(doable, user.catalog.exercises) if doable is not None else None
