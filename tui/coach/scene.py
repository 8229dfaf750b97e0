"""A phase with the neighbours that determine its cues, and the instants shared by sounds and words."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.engine.model import Kind, Phase, instant
from tui.routine.resolve import Plan

COUNTDOWN_S = (3.0, 2.0, 1.0)
COUNTDOWN_FROM_S = 5.0
HALFWAY_FROM_S = 20.0

CLEAR_S = 0.3
"""The least time between two sounds, or a sound and words."""


def countdown_s(phase: Phase) -> float:
    """Compute the workout second at which the countdown of a phase begins; its end if there is none."""
    counts_down = phase.ends_surely and phase.length_s >= COUNTDOWN_FROM_S
    return instant(phase.end_s - COUNTDOWN_S[0]) if counts_down else phase.end_s


def last_word_s(phase: Phase) -> float:
    """Compute the workout second by which everything but the countdown is over."""
    return instant(countdown_s(phase) - CLEAR_S)


def halfway_s(phase: Phase) -> float | None:
    """Find the workout second of the middle of a timed WORK; None if it is too short to announce it."""
    if phase.kind is not Kind.WORK or phase.duration_s is None or phase.duration_s < HALFWAY_FROM_S:
        return None
    return instant(phase.start_s + phase.duration_s / 2)


class Scene(NamedTuple):
    """A phase, the one before, the current or next WORK (`coming`), and whether that is of the last set of all.

    `gap` are the phases from this one to that WORK; empty if this is the WORK. `latest` is the last phase before this
    one that is not a PREPARE, as that belongs to the set after it.
    """

    phase: Phase
    before: Phase | None
    coming: Phase | None
    is_last: bool
    gap: tuple[Phase, ...] = ()
    latest: Phase | None = None

    @property
    def left(self) -> Plan | None:
        """The plan of the latest set, or None; a rest and a change of sides belong to the set before them."""
        latest = self.phase if self.phase.kind in (Kind.REST, Kind.SWITCH) else self.latest
        return latest.plan if latest else None


def scenes(phases: Sequence[Phase], done: Sequence[Phase] = ()) -> Iterator[Scene]:
    """Yield the scene of each of `phases`, in order; `done` are the phases before the first of them."""
    ahead: list[tuple[Phase | None, tuple[Phase, ...]]] = []
    work: Phase | None = None
    gap: tuple[Phase, ...] = ()
    for phase in reversed(phases):
        work, gap = (phase, ()) if phase.kind is Kind.WORK else (work, (phase, *gap))
        ahead.append((work, gap))
    before = done[-1] if done else None
    latest = next((phase for phase in reversed(done) if phase.kind is not Kind.PREPARE), None)
    for phase, (work, gap) in zip(phases, reversed(ahead), strict=True):
        yield Scene(phase, before, work, work is not None and work.number == phases[-1].number, gap, latest)
        before, latest = phase, latest if phase.kind is Kind.PREPARE else phase
