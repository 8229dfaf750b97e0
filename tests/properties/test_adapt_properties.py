"""Properties of every routine under any limits of today."""

from __future__ import annotations

from collections import Counter
from functools import partial

import hypothesis.strategies as st
from hypothesis import given

from tests.coached import LED
from tests.properties.records import records
from tests.properties.test_engine_properties import choices, routines
from tests.workouts import LIBRARY
from tui.coach.cued_timeline import cued_timeline, spoken_planner
from tui.engine.limits import problems
from tui.engine.model import Choices, Kind, Phase, Side
from tui.routine.model import Exercise, Layer, Mode, Place, Posture, Routine, Sides
from tui.today.adapt import Adapted, adapt
from tui.today.conditions import EVERYTHING, Conditions

MUSCLES = ("gluteus maximus", "hamstrings", "calves")
THINGS = ("mat", "cushion", "chair", "sofa", "worktop")

needing = records(
    Layer,
    needs=st.sampled_from((None, (), ("Mat",), ("mat", "cushion"))),
    loud=st.sampled_from((None, True, False)),
    position=st.sampled_from((None, *Posture)),
    place=st.sampled_from((None, *Place)),
)
trained = st.sets(st.sampled_from(MUSCLES)).map(lambda found: tuple(sorted(found)))


def _with(own: Layer, needs: Layer) -> Layer:
    return own._replace(needs=needs.needs, loud=needs.loud, position=needs.position, place=needs.place)


@st.composite
def exercises(draw: st.DrawFn) -> dict[str, Exercise]:
    """The exercises of all tests, each with muscles and with needs of its own and of its progressions."""
    found = {}
    for id_, exercise in LIBRARY.items():
        ladder = tuple(each._replace(own=_with(each.own, draw(needing))) for each in exercise.progressions)
        found[id_] = exercise._replace(
            muscles=draw(trained), own=_with(exercise.own, draw(needing)), progressions=ladder
        )
    return found


@st.composite
def plans(draw: st.DrawFn) -> Routine:
    """Any routine whose sets say nothing of a position or a place: no file can."""
    plan, known = draw(routines), draw(exercises())
    blank = {"position": None, "place": None}
    blocks = tuple(
        block._replace(
            own=block.own._replace(**blank),
            sets=tuple(set_._replace(own=set_.own._replace(**blank)) for set_ in block.sets),
        )
        for block in plan.blocks
    )
    needs = draw(st.sampled_from(((), ("Mat",), ("chair", "piano"))))
    return plan._replace(blocks=blocks, exercises=known, needs=needs)


conditions = records(
    Conditions,
    without=st.frozensets(st.sampled_from((*THINGS, "piano"))),
    standing=st.booleans(),
    quiet=st.booleans(),
    for_s=st.one_of(st.none(), st.integers(1, 1500).map(float)),
)


PLANNER_OF = partial(spoken_planner, coaching=LED)


def adapted(plan: Routine, chosen: Choices, today: Conditions) -> Adapted:
    return adapt(plan, plan.exercises, chosen, today, PLANNER_OF)


@given(plans(), choices, conditions)
def test_no_set_of_an_adapted_routine_violates_todays_limits(plan: Routine, chosen: Choices, today: Conditions) -> None:
    found = adapted(plan, chosen, today)
    if found.routine is None:
        assert found.notes
        return
    timeline = cued_timeline(found.routine, found.choices, LED)
    assert not {need.casefold() for need in found.routine.needs} & today.without
    for phase in timeline.sets:
        assert not phase.plan.things & today.without
        assert not (today.quiet and phase.plan.loud)
        assert not (today.standing and phase.plan.position is not Posture.STANDING)
    if today.for_s is not None:
        assert timeline.total_s <= today.for_s
    assert timeline.sets
    assert len(found.routine.blocks) > 1 or len(_possible_blocks(plan, chosen, today)) == 1
    assert (found.routine.id, found.routine.title) == (plan.id, plan.title)
    assert bool(found.notes) == (found.routine._replace(needs=()) != plan._replace(needs=()))


def _possible_blocks(plan: Routine, chosen: Choices, today: Conditions) -> tuple[object, ...]:
    """Return the blocks that remain without a time limit."""
    whole = adapted(plan, chosen, today._replace(for_s=None)).routine
    assert whole is not None
    return whole.blocks


@given(plans(), choices, st.integers(1, 1500).map(float))
def test_sets_are_done_whole_and_on_both_sides(plan: Routine, chosen: Choices, for_s: float) -> None:
    cut_short = problems(plan) or any(block.mode is Mode.AMRAP for block in plan.blocks)  # by a clock, as it is written
    whole = cued_timeline(plan, chosen, LED)
    found = adapted(plan, chosen, Conditions(for_s=for_s))
    if found.routine is None or cut_short:
        return
    doses = {(p.plan.exercise.id, p.plan.dose, p.side, p.length_s) for p in whole.phases if p.kind is Kind.WORK}
    works = [p for p in cued_timeline(found.routine, found.choices, LED).phases if p.kind is Kind.WORK]
    assert {(p.plan.exercise.id, p.plan.dose, p.side, p.length_s) for p in works} <= doses
    assert all(done[Side.LEFT] == done[Side.RIGHT] for done in _sides(works))


def _sides(works: list[Phase]) -> list[Counter[Side | None]]:
    """Count how often each side was worked, for each set that has both."""
    sided = {p.slot for p in works if p.plan.sides is Sides.EACH}
    return [Counter(p.side for p in works if p.slot == slot) for slot in sided]


@given(plans(), choices, st.integers(1, 1500).map(float))
def test_no_more_is_left_out_than_has_to_be(plan: Routine, chosen: Choices, for_s: float) -> None:
    """One more round of any block that is still done would take too long."""
    found = adapted(plan, chosen, Conditions(for_s=for_s))
    if found.routine is None:
        return
    kept = [block for block in plan.blocks if any(block.sets[0] is each.sets[0] for each in found.routine.blocks)]
    for number, (before, after) in enumerate(zip(kept, found.routine.blocks, strict=False)):
        if after.rounds < before.rounds:
            longer = after._replace(rounds=after.rounds + 1)
            blocks = found.routine.blocks
            more = found.routine._replace(blocks=(*blocks[:number], longer, *blocks[number + 1 :]))
            assert cued_timeline(more, found.choices, LED).total_s > for_s


@given(plans(), choices)
def test_without_conditions_or_with_time_enough_the_routine_is_the_same(plan: Routine, chosen: Choices) -> None:
    assert adapted(plan, chosen, EVERYTHING) == (plan, chosen, ())
    enough = Conditions(for_s=cued_timeline(plan, chosen, LED).total_s)
    assert adapted(plan, chosen, enough) == (plan, chosen, ())


@given(plans(), choices, conditions)
def test_an_adapted_routine_needs_no_further_change(plan: Routine, chosen: Choices, today: Conditions) -> None:
    once = adapted(plan, chosen, today)
    if once.routine is not None:
        assert adapt(once.routine, plan.exercises, once.choices, today, PLANNER_OF) == (
            once.routine,
            once.choices,
            (),
        )
