"""The engine compared with the reference engine, for the same routines and commands."""

from collections.abc import Sequence
from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given

from tests.properties.engine_model import Model
from tests.properties.model_results import numbered, whole_rounds
from tests.properties.model_routine import ChosenRoutine
from tests.properties.model_rows import Chosen, Row, ticks
from tests.properties.records import records
from tests.sessions import Led
from tests.workouts import LIBRARY, block, routine
from tui.coach.coach import CoachedEvent
from tui.coach.cue import Cue
from tui.coach.cued_timeline import cued_timeline
from tui.engine import commands
from tui.engine.coaching import Coaching
from tui.engine.commands import Command, Scope
from tui.engine.events import PhaseEnded
from tui.engine.model import Choices, Phase, Slot
from tui.engine.position import SessionState
from tui.engine.summary import amrap_rounds, set_results
from tui.routine.model import Block, Layer, Mode, Place, Posture, Reps, Routine, Set, Sides, Transitions, Work
from tui.routine.movement import Tempo

LADDER = ("two-legs", "staggered", "single-leg")
T = 100.0

decimals = st.one_of(st.integers(0, 40).map(float), st.integers(0, 400).map(lambda n: n / 10), st.just(0.25))
doses = st.one_of(
    st.integers(10, 600).map(lambda n: Work(n / 10)),
    st.integers(1, 12).map(lambda n: Reps(n, n)),
    st.just(Reps()),
)
layers = records(
    Layer,
    dose=st.one_of(st.none(), doses),
    tempo=st.sampled_from((None, None, Tempo(2.0, 1.0, 3.0), Tempo(0.7, 0.0, 0.6, 1.1))),
    sides=st.one_of(st.none(), st.sampled_from(Sides)),
    rest_s=st.one_of(st.none(), decimals),
    switch_s=st.sampled_from((None, 0.0, 3.3, 5.0)),
    position=st.sampled_from((None, None, Posture.STANDING, Posture.SITTING, Posture.KNEELING, Posture.SUPINE)),
    place=st.sampled_from((None, None, Place.CHAIR, Place.WORKTOP, Place.SOFA, Place.ANYWHERE)),
)
sets = records(
    Set,
    exercise=st.sampled_from(["reverse-bridge", *sorted(LIBRARY)]),
    own=layers,
    by_progression=st.dictionaries(st.sampled_from(LADDER), layers, max_size=2),
    prepare_s=st.sampled_from((None, None, None, 0.0, 1.1, 6.0, 20.0)),
)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    mode = draw(st.sampled_from((*Mode, Mode.AMRAP, Mode.AMRAP)))
    made = block(
        *draw(st.lists(sets, min_size=1, max_size=3)),
        mode=mode,
        rounds=1 if mode is Mode.AMRAP else draw(st.integers(1, 3)),
        own=draw(layers),
        round_rest=draw(st.one_of(st.none(), decimals)) if mode is Mode.CIRCUIT else None,
        every=draw(st.sampled_from((40.3, 60.0, 150.0))) if mode is Mode.EMOM else None,
        cap=draw(st.sampled_from((5.0, 45.0, 61.7, 200.0))) if mode is Mode.AMRAP else None,
        prepare=draw(st.sampled_from((None, None, 0.0, 1.1, 4.0))),
    )
    return made._replace(together=mode is Mode.EMOM and draw(st.booleans()))


routines = st.builds(
    lambda found, prepare, ways: routine(*found, prepare=prepare)._replace(transitions=ways),
    st.lists(blocks(), min_size=1, max_size=3),
    st.one_of(st.none(), decimals),
    st.sampled_from(Transitions),
)
paces = st.sampled_from((1.0, 1.0, 1.3, 0.0))
thousandths = st.integers(0, 4_000).map(lambda n: n / 1e3)
millionths = st.integers(0, 90_000_000).map(lambda n: n / 1e6)
waits = st.one_of(st.just(0.0), decimals, thousandths, millionths)
verbs = st.one_of(
    st.sampled_from(("poll", "pause", "resume", "next", "back", "back", "back", "done", "undo", "more", "less")),
    st.tuples(st.just("jump"), st.integers(0, 30)),
    st.tuples(st.just("count"), st.integers(0, 30)),
    st.tuples(st.just("swap"), st.sampled_from(LADDER), st.sampled_from(Scope)),
    st.tuples(
        st.just("exchange"), st.sampled_from(sorted(LIBRARY)), st.sampled_from((*LADDER, None)), st.sampled_from(Scope)
    ),
    st.tuples(st.just("leave out"), st.sampled_from(sorted(LIBRARY))),
    st.tuples(st.just("revise"), st.integers(0, 17)),
)
steps = st.lists(st.tuples(waits, verbs), max_size=14)
COMMANDS: dict[str, Command] = {"next": commands.Next(), "back": commands.Back(), "undo": commands.Undo()}
Verb = str | tuple[str, int] | tuple[str, str] | tuple[str, str, Scope] | tuple[str, str, str | None, Scope]


def revised(plan: Routine, change: int) -> Routine:
    """Return another version of a routine: one of its blocks is changed, dropped or repeated."""
    kind, place = change % 6, change // 6 % len(plan.blocks)
    before, here, after = plan.blocks[:place], plan.blocks[place], plan.blocks[place + 1 :]
    last = here.sets[-1]
    versions = (
        (here._replace(own=here.own._replace(rest_s=7.0)),),
        (here._replace(sets=(*here.sets[:-1], last._replace(own=last.own._replace(dose=Work(12.0))))),),
        (),
        (here, here),
        (here if here.mode is Mode.AMRAP else here._replace(rounds=here.rounds + 1),),
        (here._replace(sets=(*here.sets, Set(exercise="hops"))),),
    )
    return plan._replace(blocks=(*before, *versions[kind], *after) or plan.blocks)


def compared(phase: Phase) -> tuple[object, ...]:
    """Return a phase of the engine in the form of the model."""
    slot = (phase.slot.block, phase.slot.round, phase.slot.set)
    lengths = ticks(phase.start_s), ticks(phase.length_s), phase.is_open, ticks(phase.extended_s)
    done = phase.plan.exercise.id, phase.plan.progression and phase.plan.progression.id
    return (phase.kind.value, phase.side.value if phase.side else "", slot, phase.number, *lengths, *done)


def sounds(cues: Sequence[Cue]) -> list[tuple[int, int, str]]:
    """Return the sounds of the engine in the form of the model."""
    return sorted((ticks(cue.at_s), cue.phase, cue.sound.value) for cue in cues if cue.sound)


def same_sounds(engine: list[tuple[int, int, str]], model: list[tuple[int, int, str]]) -> bool:
    """Check whether both sound the same; a middle between two microseconds may be either."""
    alike = [one[1:] for one in engine] == [one[1:] for one in model]
    return alike and all(abs(one[0] - other[0]) <= 1 for one, other in zip(engine, model, strict=True))


class Both:
    """A session and its model, led through the same commands."""

    def __init__(self, plan: Routine, first: str, pace: float) -> None:
        self.session = Led(plan, Choices(remembered={"reverse-bridge": first}), Coaching(transitions=pace))
        self.model = Model(ChosenRoutine(plan, Chosen({"reverse-bridge": first}), pace=pace))
        self.now = T
        self.events: list[CoachedEvent] = [*self.session.give(commands.Start(), T)]
        self.model.poll(0)
        self.compare()

    def do(self, wait_s: float, verb: Verb) -> None:
        self.now = round(self.now + wait_s, 6)
        if self.model.state == "running":
            self.model.poll(self.model.at + ticks(wait_s))
        self.events += self.session.poll(self.now)
        self.compare()
        if self.model.state in ("running", "paused"):
            self.command(verb)
            self.model.poll(self.model.at)
            self.compare()

    def command(self, verb: Verb) -> None:
        session, model, now = self.session, self.model, self.now
        match verb:
            case "pause" | "resume":
                self.events += session.give(commands.Pause() if verb == "pause" else commands.Resume(), now)
                model.state = "paused" if verb == "pause" else "running"
            case "more" | "less":
                self.events += session.give(commands.Extend(10.0 if verb == "more" else -10.0), now)
                model.extend(ticks(10.0 if verb == "more" else -10.0))
            case "jump", int(place):
                slots = sorted(model.listed().items(), key=lambda item: item[1])
                slot = slots[place % len(slots)][0] if slots else (0, 0, 0)
                self.events += session.give(commands.Jump(Slot(*slot)), now)
                model.jump(slot)
            case "count", int(reps):  # it changes nothing but what is recorded
                over = session.countable
                counted = (
                    commands.CountReps(over.slot, over.side, reps)
                    if over
                    else commands.CountReps(Slot(0, 0, 0), None, reps)
                )
                self.events += session.give(counted, now)
            case "swap", str(progression), Scope() as scope:
                self.swap("reverse-bridge", progression, scope)
            case "exchange", str(instead), progression, Scope() as scope:
                target = session.swap_target
                self.swap(target.plan.exercise.id if target else "hops", progression, scope, instead)
            case "leave out", str(exercise):
                self.events += session.give(commands.LeaveOut(exercise), now)
                model.leave_out(exercise)
            case "revise", int(change):
                version = revised(session.routine, change)
                self.events += session.give(commands.Revise(version), now)
                model.revise(version)
            case "done":
                self.events += session.give(commands.Done(), now)
                model.press_done()
            case "poll":
                self.events += session.poll(now)
            case str(name):
                self.events += session.give(COMMANDS[name], now)
                getattr(model, name)()

    def swap(self, exercise: str, progression: str | None, scope: Scope, instead: str | None = None) -> None:
        target = self.session.swap_target
        meant = target.slot if target else Slot(0, 0, 0)
        swap = commands.Swap(meant, exercise, progression, scope, instead)
        foreseen = self.session.foresee(self.now, swap)
        self.events += self.session.give(swap, self.now)
        assert foreseen is None or foreseen.phases == self.session.timeline.phases
        self.model.swap((meant.block, meant.round, meant.set), exercise, progression, scope.value, instead)

    def compare(self) -> None:
        session, model = self.session, self.model
        assert session.state.value == model.state
        rows = model.rows()
        assert [compared(phase) for phase in session.timeline.phases] == [row.compared() for row in rows]
        assert session.phase.index == len(model.done)
        assert ticks(session.position(self.now).total_elapsed_s) == model.at
        listed = [((p.slot.block, p.slot.round, p.slot.set), p.number) for p in session.timeline.sets]
        assert dict(listed) == model.listed()
        if model.state != "paused":  # a set that has overrun, and is then edited, gets its sounds when it goes on
            assert same_sounds(sounds(session.coach.cues), sorted(model.sounds()))
        rules(model, rows)
        ended = [event for event in self.events if isinstance(event, PhaseEnded)]
        assert sorted((result.number, result.status.value) for result in set_results(ended)) == numbered(model.ended)
        assert amrap_rounds(ended, session.routine) == whole_rounds(model.ended, session.routine)


def rules(model: Model, rows: list[Row]) -> None:
    """Check the properties of every plan, whatever was done before."""
    coming = rows[len(model.done) + 1 :]
    assert all(row.length > 0 for row in coming)
    for row in coming:
        if row.kind == "work" and row.cap is not None:
            assert row.end <= row.cap
            assert row.length >= ticks(1.0)
    if coming:
        assert coming[-1].kind == "work" or model.plans.is_out(coming[-1].slot)
    begun = [row for row in coming if row.slot != model.now.slot]
    assert not any(model.plans.is_out(row.slot) for row in begun if row.kind != "rest")
    for before, after in pairwise(coming):
        assert (before.kind, after.kind) not in {("rest", "rest"), ("prepare", "rest"), ("prepare", "prepare")}


@given(routines, st.sampled_from(LADDER), paces)
def test_the_same_routine_is_laid_out_alike(plan: Routine, first: str, pace: float) -> None:
    timeline = cued_timeline(plan, Choices(remembered={"reverse-bridge": first}), Coaching(transitions=pace))
    model = Model(ChosenRoutine(plan, Chosen({"reverse-bridge": first}), pace=pace))
    assert [compared(phase) for phase in timeline.phases] == [row.compared() for row in model.rows()]
    assert same_sounds(sounds(timeline.cues), sorted(model.sounds()))


@given(routines, st.sampled_from(LADDER), paces, steps)
def test_the_same_commands_have_the_same_outcome(
    plan: Routine, first: str, pace: float, given_steps: list[tuple[float, Verb]]
) -> None:
    both = Both(plan, first, pace)
    for wait_s, verb in given_steps:
        both.do(wait_s, verb)
    both.do(0.0, "resume")
    for _ in range(60):
        if both.session.state is SessionState.FINISHED:
            break
        both.do(200.0, "done")
