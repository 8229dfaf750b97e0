"""Long workouts: the plan is shifted, not laid out again, and its sums are right."""

import pytest

from tests.for_each import for_each
from tests.sessions import T, begun
from tests.workouts import block, layer, routine
from tui.engine.commands import Back, Command, Extend, Jump, Next
from tui.engine.model import Kind, Phase, Slot
from tui.engine.planner import Planner
from tui.engine.session import Session
from tui.engine.timeline import Timeline
from tui.routine.model import Mode, Set, Sides
from tui.widgets.to_scale import kinds, most

LONG = routine(block("stretch", "lifts", mode=Mode.CIRCUIT, rounds=99, own=layer(rest=7.3)), prepare=10)
MIXED = routine(
    block("stretch", rounds=3, own=layer(rest=20)),
    block(Set(exercise="stretch", own=layer(12.0, sides=Sides.EACH)), mode=Mode.EMOM, rounds=4, every=40),
    block("hops", "stretch", mode=Mode.AMRAP, cap=75, own=layer(rest=3)),
    block("lifts", rounds=2, own=layer(rest=11)),
    prepare=10,
)
EDITS: list[tuple[float, Command]] = [
    (12, Extend(10.0)), (15, Extend(-10.0)), (20, Back()), (30, Next()), (31, Back()), (50, Jump(Slot(1, 1, 0))),
    (55, Extend(10.0)), (58, Back()), (70, Next()), (72, Jump(Slot(2, 0, 1))), (76, Extend(10.0)), (80, Back()),
]  # fmt: skip


@for_each("command", [Extend(10.0), Extend(-10.0), Next(), Back()])
def test_an_edit_of_a_long_workout_lays_out_only_the_next_phases(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begun(LONG, at=25)
    assert len(session.timeline.phases) > 390
    planned, next_phase = list[Phase](), Planner.next_phase

    def counted(self: Planner, last: Phase) -> Phase | None:
        planned.append(last)
        return next_phase(self, last)

    session.timeline.phases.seconds_by(0.0)
    monkeypatch.setattr(Planner, "next_phase", counted)
    Session.give(session, command, T + 25)  # without the cues
    session.position(T + 25)
    assert session.timeline.sets
    assert len(planned) < 4


def test_shifted_phases_equal_those_of_a_new_layout() -> None:
    session = begun(MIXED)
    for at, command in EDITS:
        session.give(command, T + at)
        laid_out = [session.phase, *session.after(session.phase)]
        assert list(session.timeline.phases)[session.phase.index :] == laid_out
        assert [phase.index for phase in session.timeline.phases] == list(range(len(session.timeline.phases)))


def test_sums_of_seconds_are_those_of_a_walk() -> None:
    session = begun(MIXED)
    for at, command in EDITS:
        session.give(command, T + at)
        timeline = session.timeline
        for at_s in (0.0, float(at), 100.0, 111.1, 250.0, timeline.total_s, 9999.0):
            assert dict(zip(Kind, timeline.phases.seconds_by(at_s), strict=True)) == pytest.approx(
                walked(timeline, at_s)
            )
        for width in (5, len(timeline.phases)):
            assert kinds(timeline, width) == most([(phase.kind, phase.length_s) for phase in timeline.phases], width)
        assert timeline.estimated_from(0) == any(phase.is_open for phase in timeline.phases)


def walked(timeline: Timeline, at_s: float) -> dict[Kind, float]:
    """Return the seconds of each kind before a second, phase by phase."""
    seconds = dict.fromkeys(Kind, 0.0)
    for phase in timeline.phases:
        seconds[phase.kind] += min(max(at_s - phase.start_s, 0.0), phase.length_s)
    return seconds


def test_a_set_that_was_jumped_over_is_listed_until_it_is_planned_again() -> None:
    session = begun(MIXED)
    session.give(Jump(Slot(1, 3, 0)), T + 12)
    assert Slot(0, 1, 0) in {phase.slot for phase in session.timeline.sets}
    session.give(Jump(Slot(0, 1, 0)), T + 14)
    assert [phase.number for phase in session.timeline.sets][:8] == [1, 2, 3, 4, 5, 6, 7, 8]
