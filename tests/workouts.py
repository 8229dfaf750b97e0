"""Small routines for tests, built without a file."""

from collections.abc import Iterable

from tui.engine.coaching import COACHING, Coaching
from tui.engine.model import Choices
from tui.engine.planner import Planner
from tui.engine.timeline import Timeline
from tui.routine.model import Block, Dose, Exercise, FormCue, Layer, Mode, Progression, Reps, Routine, Set, Sides, Work
from tui.routine.movement import Tempo

BRIDGE = Exercise(
    id="reverse-bridge",
    name="Reverse bridge",
    say="reverse bridge",
    own=Layer(cues=(FormCue("Squeeze"), FormCue("Lift")), caution="Not into an arch."),
    progressions=(
        Progression(id="two-legs", name="Two legs", own=Layer(dose=Work(40.0))),
        Progression(id="staggered", name="Staggered", own=Layer(dose=Work(30.0), sides=Sides.EACH)),
        Progression(id="single-leg", name="Single leg", own=Layer(dose=Work(20.0), sides=Sides.EACH)),
    ),
)
STRETCH = Exercise(id="stretch", name="Stretch", own=Layer(dose=Work(30.0)))
HOPS = Exercise(id="hops", name="Hops", own=Layer(dose=Reps(10, 10)))
LIFTS = Exercise(id="lifts", name="Leg lifts", own=Layer(dose=Reps(5, 5), tempo=Tempo(2.0, 1.0, 3.0)))
LIBRARY = {exercise.id: exercise for exercise in (BRIDGE, STRETCH, HOPS, LIFTS)}


def layer(
    dose: Dose | float | None = None,
    rest: float | None = None,
    switch: float | None = None,
    sides: Sides | None = None,
    tempo: Tempo | None = None,
) -> Layer:
    """Return a layer; a bare number is seconds of work."""
    return Layer(
        dose=Work(dose) if isinstance(dose, int | float) else dose,
        rest_s=rest,
        switch_s=switch,
        sides=sides,
        tempo=tempo,
    )


def block(
    *sets: str | Set,
    mode: Mode = Mode.STRAIGHT,
    rounds: int = 1,
    own: Layer | None = None,
    round_rest: float | None = None,
    every: float | None = None,
    cap: float | None = None,
    prepare: float | None = None,
) -> Block:
    """Return a block of sets; a bare name is a set of that exercise."""
    return Block(
        sets=tuple(Set(exercise=one) if isinstance(one, str) else one for one in sets),
        mode=mode,
        rounds=rounds,
        own=own or Layer(),
        round_rest_s=round_rest,
        every_s=every,
        cap_s=cap,
        prepare_s=prepare,
    )


def routine(*blocks: Block, prepare: float | None = 0.0, defaults: Layer | None = None) -> Routine:
    """Return a routine of `blocks`, by default without a PREPARE."""
    return Routine(
        id="test", title="Test", prepare_s=prepare, defaults=defaults or Layer(), blocks=blocks, exercises=LIBRARY
    )


def shape(timeline: Timeline) -> list[tuple[str, float, float | None]]:
    """Return kind and side, start and duration of each phase."""
    return [
        (f"{p.kind.value} {p.side.value}" if p.side else p.kind.value, p.start_s, p.duration_s) for p in timeline.phases
    ]


def names(events: Iterable[object]) -> list[str]:
    """Return the names of the events, without commands and cues."""
    return [name for event in events if (name := type(event).__name__) not in ("CommandGiven", "CueFired")]


def build(routine: Routine, choices: Choices | None = None, coaching: Coaching = COACHING) -> Timeline:
    """Lay out the whole workout, with no gap longer than its file says."""
    return Timeline(routine.title, tuple(Planner(routine, choices or Choices(), coaching).whole()))
