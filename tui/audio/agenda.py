"""What is still to come, in order: handed out once each, replaced as a whole, never played twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from tui.audio.schedule import Scheduled

LATE_S = 0.25
"""A sound later than this is dropped."""
_REMEMBER_S = 10.0


class Agenda:
    """The remaining schedule. It remembers what it handed out, so that an edited schedule does not bring it again."""

    def __init__(self) -> None:
        """It begins empty."""
        self._coming: deque[Scheduled] = deque()
        self._given: deque[Scheduled] = deque()

    def replace(self, items: Iterable[Scheduled]) -> None:
        """From now on `items` are to come, save those that were handed out already."""
        ordered = sorted(items, key=lambda item: item.at)
        self._coming = deque(item for item in ordered if not self._was_given(item))

    def next_at(self) -> float | None:
        """The deadline of the next item, or None where nothing is to come."""
        return self._coming[0].at if self._coming else None

    def coming(self) -> tuple[Scheduled, ...]:
        """All that is to come, in order."""
        return tuple(self._coming)

    def take(self) -> Scheduled:
        """Hand out the next item. Raises IndexError where nothing is to come."""
        item = self._coming.popleft()
        self._given.append(item)
        while item.at - self._given[0].at > _REMEMBER_S:
            self._given.popleft()
        return item

    def give_back(self, items: Iterable[Scheduled]) -> None:
        """Forget that `items` were handed out: the next schedule may bring them again."""
        back = list(items)
        self._given = deque(given for given in self._given if not any(given.same(item) for item in back))

    def _was_given(self, item: Scheduled) -> bool:
        return any(item.same(given) for given in self._given)
