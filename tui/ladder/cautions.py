"""Exercises that start with their caution: those that hurt, until two sessions passed without pain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tui.engine.summary import Status
from tui.past_sessions import PastSession

CLEAN_SESSIONS = 2
"""Sessions without an ouch before a caution no longer comes first, and before a step up is suggested again."""


class SinceOuch(NamedTuple):
    """The number of sessions of an exercise since its last ouch, and whether there was an ouch at all."""

    clean: int
    hurt: bool

    def after(self, earlier: SinceOuch) -> SinceOuch:
        """Return this combined with an `earlier` period; after an ouch the earlier one is irrelevant."""
        return self if self.hurt else SinceOuch(self.clean + earlier.clean, earlier.hurt)


_NEVER = SinceOuch(0, False)


def since_ouch(sessions: Iterable[PastSession]) -> dict[str, SinceOuch]:
    """Return the state of each exercise in `sessions`, the newest first; a skipped exercise does not count."""
    since: dict[str, SinceOuch] = {}
    for session in sessions:
        done = {set_.exercise for set_ in session.sets if set_.status is not Status.SKIPPED}
        for exercise in done.union(session.ouches):
            hurt = exercise in session.ouches
            since[exercise] = since.get(exercise, _NEVER).after(SinceOuch(0 if hurt else 1, hurt))
    return since


def merged(months: Iterable[Mapping[str, SinceOuch]]) -> dict[str, SinceOuch]:
    """Return the state of each exercise over several periods, the newest first."""
    since: dict[str, SinceOuch] = {}
    for month in months:
        for exercise, earlier in month.items():
            since[exercise] = since.get(exercise, _NEVER).after(earlier)
    return since


def hurt_lately(since: Mapping[str, SinceOuch]) -> tuple[str, ...]:
    """Return the sorted ids of the exercises that start with their caution."""
    return tuple(sorted(id_ for id_, state in since.items() if state.hurt and state.clean < CLEAN_SESSIONS))
