"""Which exercises are to be begun with their caution: those that hurt, until they were done without twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tui.engine.summary import Status
from tui.ladder.practice import DoneSession
from tui.ladder.proposals import CLEAN_SESSIONS


class SinceOuch(NamedTuple):
    """How many sessions of an exercise went without an ouch since the last one, and whether there was one at all."""

    clean: int
    hurt: bool

    def after(self, earlier: SinceOuch) -> SinceOuch:
        """The same with what was `earlier`, which an ouch since then leaves behind."""
        return self if self.hurt else SinceOuch(self.clean + earlier.clean, earlier.hurt)


_NEVER = SinceOuch(0, False)


def since_ouch(sessions: Iterable[DoneSession]) -> dict[str, SinceOuch]:
    """What `sessions`, the newest first, say of each exercise. One that was only skipped was not done."""
    found: dict[str, SinceOuch] = {}
    for session in sessions:
        done = {each.exercise for each in session.sets if each.status is not Status.SKIPPED}
        for exercise in done.union(session.ouches):
            hurt = exercise in session.ouches
            found[exercise] = found.get(exercise, _NEVER).after(SinceOuch(0 if hurt else 1, hurt))
    return found


def merged(months: Iterable[Mapping[str, SinceOuch]]) -> dict[str, SinceOuch]:
    """The same of several stretches of time, the newest first."""
    found: dict[str, SinceOuch] = {}
    for month in months:
        for exercise, earlier in month.items():
            found[exercise] = found.get(exercise, _NEVER).after(earlier)
    return found


def careful(since: Mapping[str, SinceOuch]) -> tuple[str, ...]:
    """The ids of the exercises whose caution comes first, sorted."""
    return tuple(sorted(id_ for id_, each in since.items() if each.hurt and each.clean < CLEAN_SESSIONS))
