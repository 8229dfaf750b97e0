"""Properties of every routine and every sequence of commands at any times."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given

from tests.coached import LED
from tests.properties.records import records
from tests.sessions import Led
from tests.workouts import LIBRARY, block, layer, routine
from tui.coach.coach import CoachedEvent
from tui.coach.cue import Cue, CueFired
from tui.coach.cued_timeline import cued_timeline
from tui.engine.commands import (
    Back,
    Command,
    Done,
    Extend,
    Jump,
    LeaveOut,
    Next,
    Pause,
    Resume,
    Scope,
    Start,
    Swap,
    Undo,
)
from tui.engine.events import Finished, PhaseEnded, PhaseStarted, Swapped
from tui.engine.model import Choices, Kind, Phase
from tui.engine.position import SessionState
from tui.engine.timeline import Timeline
from tui.routine.model import Block, Layer, Mode, Place, Posture, Reps, Routine, Set, Sides, Work
from tui.routine.movement import Tempo

SLACK_S = 1e-6

halves = st.integers(0, 80).map(lambda n: n / 2)
doses = st.one_of(
    st.integers(1, 60).map(lambda n: Work(float(n))),
    st.integers(1, 20).map(lambda n: Reps(n, n)),
    st.just(Reps()),
)
tempos = st.one_of(st.none(), st.just(Tempo(2.0, 1.0, 3.0)), st.just(Tempo(0.5, 0.0, 0.5, 1.0)))
layers = records(
    Layer,
    dose=st.one_of(st.none(), doses),
    tempo=tempos,
    sides=st.one_of(st.none(), st.sampled_from(Sides)),
    rest_s=st.one_of(st.none(), halves),
    switch_s=st.one_of(st.none(), st.sampled_from((0.0, 3.0, 5.0))),
    position=st.sampled_from((None, Posture.STANDING, Posture.SUPINE, Posture.KNEELING)),
    place=st.sampled_from((None, Place.FLOOR, Place.SOFA)),
    steps=st.sampled_from((None, ("Lie on your back.", "{side} heel close."))),
    caution=st.sampled_from((None, "Never so high that your back arches.")),
)
sets = records(
    Set,
    exercise=st.sampled_from(sorted(LIBRARY)),
    own=layers,
    prepare_s=st.one_of(st.none(), st.none(), st.sampled_from((0.0, 6.0))),
)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    mode = draw(st.sampled_from(Mode))
    return block(
        *draw(st.lists(sets, min_size=1, max_size=3)),
        mode=mode,
        rounds=draw(st.integers(1, 4)),
        own=draw(layers),
        round_rest=draw(st.one_of(st.none(), halves)) if mode is Mode.CIRCUIT else None,
        every=draw(st.sampled_from((60.0, 150.0))) if mode is Mode.EMOM else None,
        cap=draw(st.sampled_from((45.0, 200.0))) if mode is Mode.AMRAP else None,
        prepare=draw(st.one_of(st.none(), st.sampled_from((0.0, 4.0)))),
    )


routines = st.builds(
    lambda found, prepare: routine(*found, prepare=prepare),
    st.lists(blocks(), min_size=1, max_size=3),
    st.one_of(st.none(), halves),
)
progressions = st.sampled_from(("two-legs", "staggered", "single-leg"))
choices = st.builds(lambda id_: Choices(remembered={"reverse-bridge": id_}), progressions)

Step = Callable[[Led, float], tuple[CoachedEvent, ...]]


def _swap(progression: str, scope: Scope) -> Step:
    def swap(session: Led, now: float) -> tuple[CoachedEvent, ...]:
        due = session.poll(now)
        target = session.swap_target
        if target is None:
            return due
        return *due, *session.give(Swap(target.slot, target.plan.exercise.id, progression, scope), now)

    return swap


def _exchange(instead: str, scope: Scope) -> Step:
    def exchange(session: Led, now: float) -> tuple[CoachedEvent, ...]:
        due, target = session.poll(now), session.swap_target
        if target is None:
            return due
        progression = "staggered" if instead == "reverse-bridge" else None
        return *due, *session.give(Swap(target.slot, target.plan.exercise.id, progression, scope, instead), now)

    return exchange


def _jump(place: int) -> Step:
    def jump(session: Led, now: float) -> tuple[CoachedEvent, ...]:
        sets = session.timeline.sets
        return session.give(Jump(sets[place % len(sets)].slot), now) if sets else session.poll(now)

    return jump


VERBS: dict[str, Command] = {
    "pause": Pause(), "resume": Resume(), "next": Next(), "back": Back(), "done": Done(), "undo": Undo(),
}  # fmt: skip


def _verb(name: str) -> Step:
    if name == "poll":
        return lambda session, now: session.poll(now)
    return lambda session, now: session.give(VERBS[name], now)


swaps: st.SearchStrategy[Step] = st.one_of(
    st.builds(_swap, progressions, st.sampled_from(Scope)),
    st.builds(_exchange, st.sampled_from(sorted(LIBRARY)), st.sampled_from(Scope)),
)
commands: st.SearchStrategy[Step] = st.one_of(
    st.sampled_from(("poll", "poll", "poll", "pause", "resume", "next", "back", "done", "undo")).map(_verb),
    st.sampled_from((10.0, -10.0)).map(lambda by_s: lambda session, now: session.give(Extend(by_s), now)),
    st.builds(_jump, st.integers(0, 20)),
    st.sampled_from(sorted(LIBRARY)).map(lambda id_: lambda session, now: session.give(LeaveOut(id_), now)),
    swaps,
)
steps = st.lists(st.tuples(st.one_of(st.just(0.0), halves, st.floats(0, 90)), commands), max_size=16)


def check_tiles(timeline: Timeline) -> None:
    """Phases follow each other without gap or overlap, in order, and the total is their sum."""
    at_s = 0.0
    for index, phase in enumerate(timeline.phases):
        assert phase.index == index
        assert abs(phase.start_s - at_s) < SLACK_S
        assert phase.length_s >= 0
        at_s = phase.end_s
    assert abs(timeline.total_s - sum(phase.length_s for phase in timeline.phases)) < 1e-3


def check_cues(cues: Sequence[Cue]) -> None:
    """Check that cues are in order, each in its phase, and no sound twice at one instant."""
    assert [cue.phase for cue in cues] == sorted(cue.phase for cue in cues)
    for before, after in pairwise(cues):
        assert before.phase != after.phase or before.at_s <= after.at_s
        assert before != after


@given(routines, choices)
def test_phases_tile_and_the_total_is_their_sum(plan: Routine, chosen: Choices) -> None:
    timeline = cued_timeline(plan, chosen, LED)
    check_tiles(timeline)
    check_cues(timeline.cues)
    assert all(phase.length_s > 0 for phase in timeline.phases)
    assert timeline.phases[-1].kind is not Kind.REST
    assert timeline.phases[-1].kind is not Kind.SWITCH
    for phase, following in zip(timeline.phases, timeline.phases[1:], strict=False):
        assert phase.kind is not Kind.REST or following.kind is not Kind.REST


class Watched:
    """A session with everything it has said, checked after each command."""

    def __init__(self, plan: Routine, chosen: Choices) -> None:
        self.session = Led(plan, chosen, LED)
        self.now = 100.0
        self.events: list[CoachedEvent] = list(self.session.give(Start(), self.now))

    def do(self, wait_s: float, command: Step) -> None:
        self.now += wait_s
        before_s = self.session.position(self.now - wait_s).total_elapsed_s
        events = command(self.session, self.now)
        self.events += events
        assert [e.at_s for e in events] == sorted(e.at_s for e in events)
        assert all(e.at_s >= before_s - SLACK_S for e in events)
        check_tiles(self.session.timeline)
        check_cues(self.session.coach.cues)
        position = self.session.position(self.now)
        assert position.total_remaining_s >= 0
        if self.session.state in (SessionState.RUNNING, SessionState.PAUSED):
            assert position.elapsed_s >= -SLACK_S
            assert position.remaining_s is None or position.remaining_s <= position.phase.length_s
            total_s = position.total_elapsed_s + position.total_remaining_s
            assert position.estimated or abs(total_s - self.session.timeline.total_s) < 1e-3

    @property
    def fired(self) -> list[Cue]:
        return [event.cue for event in self.events if isinstance(event, CueFired)]


@given(routines, choices, steps)
def test_any_commands_at_any_times_keep_every_rule(
    plan: Routine, chosen: Choices, given_steps: list[tuple[float, Step]]
) -> None:
    watched = Watched(plan, chosen)
    for wait_s, command in given_steps:
        watched.do(wait_s, command)
    session = watched.session
    for verb in ("resume", *("poll", "done") * 600):
        if session.state is SessionState.FINISHED:
            break
        watched.do(40.0, _verb(verb))
    assert session.state is SessionState.FINISHED
    assert isinstance(watched.events[-1], Finished)
    assert len(set(watched.fired)) == len(watched.fired)
    assert watched.fired == list(session.coach.cues)
    started = [e.phase.index for e in watched.events if isinstance(e, PhaseStarted)]
    ended = [e.phase.index for e in watched.events if isinstance(e, PhaseEnded)]
    assert started == ended == list(range(len(session.timeline.phases)))


@given(routines, choices, steps)
def test_after_any_commands_the_cues_are_those_that_are_planned(
    plan: Routine, chosen: Choices, given_steps: list[tuple[float, Step]]
) -> None:
    watched = Watched(plan, chosen)
    for wait_s, command in given_steps:
        watched.do(wait_s, command)
    watched.do(0.0, _verb("resume"))
    session = watched.session
    if session.state is not SessionState.RUNNING:
        return
    phases, heard = session.timeline.phases, len(watched.fired)
    opened = next((p.index for p in phases[session.phase.index :] if p.is_open), len(phases))
    at_s = session.position(watched.now).total_elapsed_s
    planned = [cue for cue in session.coach.cues if cue.at_s > at_s and cue.phase < opened]
    while session.state is SessionState.RUNNING and session.phase.index < opened:
        watched.do(40.0, _verb("poll"))
    assert [cue for cue in watched.fired[heard:] if cue.phase < opened] == planned


@given(routines, choices, st.lists(st.tuples(st.floats(0, 60), st.floats(0, 500)), max_size=8))
def test_pausing_anywhere_changes_no_sounds_place(
    plan: Routine, chosen: Choices, pauses: list[tuple[float, float]]
) -> None:
    watched = Watched(plan, chosen)
    expected, cues = watched.session.timeline, watched.session.coach.cues
    for run_s, pause_s in pauses:
        watched.do(run_s, _verb("pause"))
        watched.do(pause_s, _verb("resume"))
        opened = next((p.index for p in expected.phases if p.is_open), len(expected.phases))
        heard = [c for c in watched.fired if c.phase < opened and c.sound]
        assert heard == [c for c in cues if c.phase < opened and c.sound][: len(heard)]
        if watched.session.phase.index < opened:
            assert watched.session.timeline == expected


def _remaining(session: Led, now: float) -> tuple[Sequence[Phase], list[Cue]]:
    """Return the phases and the sounds still to come. Words differ: what is current again is named."""
    index, at_s = session.phase.index, session.position(now).total_elapsed_s
    return session.timeline.phases[index:], [c for c in session.coach.cues_from(at_s) if c.sound and c.at_s > at_s]


@given(routines, choices, steps, swaps)
def test_a_swap_and_its_undo_give_back_the_same_remaining_timeline(
    plan: Routine, chosen: Choices, given_steps: list[tuple[float, Step]], swap: Step
) -> None:
    watched = Watched(plan, chosen)
    for wait_s, command in given_steps:
        watched.do(wait_s, command)
    session = watched.session
    session.poll(watched.now)
    before, before_choices = _remaining(session, watched.now), session.choices
    if any(isinstance(event, Swapped) for event in swap(session, watched.now)):
        session.give(Undo(), watched.now)
    assert _remaining(session, watched.now) == before
    assert session.choices == before_choices


@given(routines, choices, steps)
def test_finished_phases_never_change(plan: Routine, chosen: Choices, given_steps: list[tuple[float, Step]]) -> None:
    watched = Watched(plan, chosen)
    for wait_s, command in given_steps:
        done = watched.session.timeline.phases[: watched.session.phase.index]
        watched.do(wait_s, command)
        assert watched.session.timeline.phases[: len(done)] == done


def test_a_whole_day_of_rounds_is_laid_out() -> None:
    plan = routine(block(Set(exercise="stretch", own=layer(5.0, rest=1.0)), rounds=99))
    assert len(cued_timeline(plan).phases) == 197
