"""What `check` misses in the script is not said in time, nothing else, and no dose is said twice in a row."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from tests.coached import LED
from tests.workouts import block, layer, routine
from tui.coach.cue import NAMING, Topic
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.coach.short_gaps import warnings
from tui.engine.model import Kind, Phase
from tui.routine.model import Exercise, Layer, Routine, Set, Sides, Transitions

EXERCISES = {
    name: Exercise(id=name, name=name.title(), own=Layer(caution=f"Not too much of the {name}.", sides=sides))
    for name, sides in (("curl", Sides.BOTH), ("long side kick", Sides.EACH))
}
"""Two exercises without a ladder or steps, so that all that was not said before a set is said in it."""


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    """Draw a routine of long sets, with gaps of any length between them."""
    seconds = st.sampled_from([0.0, 1.0, 2.0, 4.0, 6.0, 10.0, 20.0])
    blocks = []
    for at in range(draw(st.integers(1, 2))):
        sets = [
            Set(
                exercise=draw(st.sampled_from(sorted(EXERCISES))),
                own=layer(draw(st.sampled_from([60, 90])), rest=draw(seconds), switch=draw(seconds)),
                prepare_s=draw(st.none() | seconds),
                path=("blocks", at, "sets", number),
            )
            for number in range(draw(st.integers(1, 2)))
        ]
        blocks.append(block(*sets, rounds=draw(st.integers(1, 3))))
    made = routine(*blocks, prepare=draw(seconds))
    return made._replace(exercises=EXERCISES, transitions=Transitions.AS_WRITTEN)


def topics(timeline: CuedTimeline, phase: Phase) -> set[Topic]:
    """Return the topics of the words in `phase` that announce a set."""
    said = (cue.phrase.topics for cue in timeline.cues if cue.phrase and cue.phase == phase.index)
    return {topic for topics in said for topic in topics} & NAMING


def said_late(timeline: CuedTimeline) -> Iterator[tuple[Phase, set[Topic]]]:
    """Yield each set after a gap that is announced only during the set, with the topics of these words."""
    for before, work in zip(timeline.phases, timeline.phases[1:], strict=False):
        if work.kind is Kind.WORK and before.kind is not Kind.WORK and topics(timeline, work):
            yield work, topics(timeline, work)


@given(routines())
def test_check_misses_what_is_said_only_during_a_set(made: Routine) -> None:
    late: dict[tuple[str | int, ...], set[Topic]] = {}
    for work, missed in said_late(cued_timeline(made, coaching=LED)):
        late.setdefault(made.blocks[work.slot.block].sets[work.slot.set].path, missed)
    names = {"name": Topic.WHAT, "side": Topic.SIDE, "dose": Topic.DOSE, "caution": Topic.CAUTION}
    missing = {
        problem.path: {topic for name, topic in names.items() if f"the {name}" in problem.message.split(" of ")[0]}
        for problem in warnings(made)
    }
    assert missing == late


@given(routines())
def test_no_dose_is_said_twice_in_a_row(made: Routine) -> None:
    timeline = cued_timeline(made, coaching=LED)
    announced: object = None
    gap: list[Phase] = []
    for phase in timeline.phases:
        gap.append(phase)
        if phase.kind is Kind.WORK:
            dose = phase.plan.exercise.id, phase.plan.dose
            if any(Topic.DOSE in topics(timeline, part) for part in gap):
                assert dose != announced
            announced, gap = dose, []
