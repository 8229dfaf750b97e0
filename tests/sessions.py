"""Sessions for tests, begun at a second that is known."""

from tests.workouts import block, layer, routine
from tui.engine.commands import Scope, Start, Swap
from tui.engine.events import CueFired, PhaseEnded
from tui.engine.model import Choices
from tui.engine.session import Events, Session
from tui.routine.model import Routine

T = 1000.0
"""The monotonic second at which every session here starts."""


def begun(plan: Routine, at: float = 0.0, **choices: str) -> Session:
    """A session that has come to workout second `at`."""
    session = Session(plan, Choices(today={key.replace("_", "-"): value for key, value in choices.items()}))
    session.give(Start(), T)
    session.poll(T + at)
    return session


def three_stretches() -> Routine:
    return routine(block("stretch", rounds=3, own=layer(rest=20)), prepare=10)


def swap(session: Session, now: float, progression: str, scope: Scope) -> Events:
    """Swap the current or coming set at `now`, as a user would."""
    due = session.poll(now)
    target = session.swap_target
    assert target is not None
    return (*due, *session.give(Swap(target.slot, target.plan.exercise.id, progression, scope), now))


def ended(events: Events) -> list[tuple[str, str, float]]:
    return [(e.phase.kind.value, e.ending.value, e.elapsed_s) for e in events if isinstance(e, PhaseEnded)]


def heard(events: Events) -> list[tuple[float, str]]:
    return [(e.at_s, e.cue.sound.value) for e in events if isinstance(e, CueFired) and e.cue.sound]
