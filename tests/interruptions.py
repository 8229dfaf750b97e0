"""Workouts that a test interrupts and resumes."""

from tests.fakes import FakeClock, RecordingPlayer
from tests.workouts import block, layer, routine
from tui.coach.coach import coach_of
from tui.conductor import Conductor
from tui.engine.commands import Start
from tui.engine.model import Choices
from tui.files.places import Places, find_places
from tui.files.settings import Settings
from tui.history.interrupted import Interrupted
from tui.history.journal import Journal
from tui.routine.model import Mode, Routine, Sides

PLAN = routine(
    block("reverse-bridge", own=layer(rest=10, sides=Sides.EACH)),
    block("stretch", "hops", mode=Mode.AMRAP, cap=50, own=layer(rest=3)),
    block("lifts", mode=Mode.EMOM, rounds=2, every=40),
    prepare=5,
)
SEEN_WITHIN_S = 1.6
"""A session is seen at least so often while it runs."""


def conduct(plan: Routine, clock: FakeClock, places: Places) -> Conductor:
    return Conductor(
        coach_of(plan, Choices(), Settings().coaching), player=RecordingPlayer(),
        journal=Journal(places, clock.wall), settings=Settings(), remember=lambda *_: None, clocks=clock.clocks(),
    )  # fmt: skip


def go_on(found: Interrupted, places: Places, clock: FakeClock) -> Conductor:
    return Conductor(
        found.coach, player=RecordingPlayer(), journal=found.journal(places, clock.wall), settings=Settings(),
        remember=lambda *_: None, clocks=clock.clocks(), ended=found.ended,
    )  # fmt: skip


def interrupted_at(seconds: float, plan: Routine = PLAN) -> tuple[Places, Conductor]:
    """Return a workout that was interrupted some seconds after its start."""
    clock, places = FakeClock(), find_places()
    conductor = conduct(plan, clock, places)
    conductor.do(Start())
    for _ in range(int(seconds)):
        clock.advance(1.0)
        conductor.poll()
    conductor.interrupt()
    return places, conductor
