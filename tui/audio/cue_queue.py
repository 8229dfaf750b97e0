"""The remaining schedule, in order: each item is handed out once, and every edit replaces all of it.

Edits send the schedule again while its first items are already sounding. The queue remembers the items handed out in
the last seconds, so that an edit does not repeat a beep.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from tui.audio.schedule import Scheduled

LATE_S = 0.25
"""Items later than this are dropped, as such a beep would mark a wrong instant."""
LATE_PHRASE_S = 5.0
"""A phrase that was not rendered in time may start this much later, if it ends in time."""
_REMEMBER_S = 10.0


def is_too_late(item: Scheduled, late_s: float, *, waited_for: bool) -> bool:
    """Check whether `item` is dropped if it begins `late_s` after its instant.

    `waited_for`: it could not have begun at its instant, as it was not known, not rendered, or had no output then.
    Otherwise the machine stalled, and the words would come at the wrong moment.
    """
    return late_s > (LATE_PHRASE_S if waited_for and item.say is not None else LATE_S)


class CueQueue:
    """The remaining schedule. It remembers its latest items, so that an edited schedule does not repeat them."""

    def __init__(self) -> None:
        self._coming: deque[Scheduled] = deque()
        self._given: deque[Scheduled] = deque()

    def replace(self, items: Iterable[Scheduled]) -> None:
        """Replace all remaining items by `items`, except those that were handed out already."""
        ordered = sorted(items, key=lambda item: item.at)
        self._coming = deque(item for item in ordered if not any(item.same(given) for given in self._given))

    def next_at(self) -> float | None:
        """Return the deadline of the next item, or None."""
        return self._coming[0].at if self._coming else None

    def coming(self) -> tuple[Scheduled, ...]:
        """List the remaining items, in order."""
        return tuple(self._coming)

    def take(self) -> Scheduled:
        """Remove and return the next item. Raises IndexError if there is none."""
        item = self._coming.popleft()
        self._given.append(item)
        while item.at - self._given[0].at > _REMEMBER_S:
            self._given.popleft()
        return item

    def give_back(self, items: Iterable[Scheduled]) -> None:
        """Forget that `items` were handed out: the next schedule may include them."""
        back = list(items)
        self._given = deque(given for given in self._given if not any(given.same(item) for item in back))
