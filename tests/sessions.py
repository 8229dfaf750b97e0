"""Sessions for tests, begun at a known second, each with its coach."""

from collections.abc import Iterable

from tests.workouts import block, layer, routine
from tui.coach.coach import Coach, CoachedEvent, CoachedEvents
from tui.coach.cue import CueFired
from tui.coach.cued_timeline import gap_length
from tui.engine import commands
from tui.engine.coaching import COACHING, Coaching
from tui.engine.commands import Command, Scope, Start, Swap
from tui.engine.events import PhaseEnded
from tui.engine.model import Choices, Slot
from tui.engine.session import Events, Session
from tui.routine.model import Routine, Sides

T = 1000.0
"""The monotonic second at which every session here starts."""

VARIED = routine(
    block("reverse-bridge", rounds=2, own=layer(rest=10)),
    block("stretch", own=layer(sides=Sides.EACH)),
    block("hops"),
    block("hops"),
)
EVERY_COMMAND: tuple[tuple[Command, float], ...] = (
    (Start(), 0), (Swap(Slot(0, 0, 0), "reverse-bridge", "staggered", Scope.FROM_NOW_ON), 2), (commands.Undo(), 3),
    (commands.Extend(10), 8), (commands.Pause(), 9), (commands.Resume(), 10), (commands.Back(), 20),
    (commands.Next(), 30), (Swap(Slot(0, 1, 0), "reverse-bridge", None, Scope.SET, "stretch"), 31),
    (commands.Undo(), 32), (commands.Hurt(), 35), (commands.Resume(), 36), (commands.LeaveOut("stretch"), 38),
    (commands.Jump(Slot(2, 0, 0)), 40), (commands.Done(), 60), (commands.CountReps(Slot(2, 0, 0), None, 9), 61),
    (commands.Stop(), 70),
)  # fmt: skip
"""Commands of every kind that the journal has a line for, with their seconds, in a session of VARIED."""


class Led(Session):
    """A session with its coach, which returns cues as well as events."""

    def __init__(
        self, plan: Routine, choices: Choices | None = None, coaching: Coaching = COACHING, *, rate: float = 1.0
    ) -> None:
        super().__init__(plan, choices, coaching, rate=rate, gap_length=gap_length(coaching))
        self.coach = Coach(self)

    def give(self, command: Command, now: float) -> CoachedEvents:  # type: ignore[override]
        return self.coach.give(command, now)

    def poll(self, now: float, with_suspend: float | None = None) -> CoachedEvents:  # type: ignore[override]
        return self.coach.poll(now, with_suspend)


def begun(plan: Routine, at: float = 0.0, **choices: str) -> Led:
    """Return a session that has come to workout second `at`."""
    session = Led(plan, Choices(today={key.replace("_", "-"): value for key, value in choices.items()}))
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


def ended(events: Iterable[CoachedEvent]) -> list[tuple[str, str, float]]:
    return [(e.phase.kind.value, e.ending.value, e.elapsed_s) for e in events if isinstance(e, PhaseEnded)]


def heard(events: Iterable[CoachedEvent]) -> list[tuple[float, str]]:
    return [(e.at_s, e.cue.sound.value) for e in events if isinstance(e, CueFired) and e.cue.sound]
