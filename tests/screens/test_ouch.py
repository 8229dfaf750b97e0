"""The workout screen when something hurts, tested in one workout."""

import json

import pytest

from tests.screens.stage import FLOOR
from tests.screens.workout_rig import Rig, workout
from tui.engine.position import SessionState
from tui.files.places import find_places
from tui.routine.model import Block, Routine, Set
from tui.screens.history.summary import SummaryScreen
from tui.screens.workout.ouch import OuchScreen
from tui.widgets.key_bar import KeyBar


def noted() -> list[dict[str, object]]:
    """The journal's lines."""
    (path,) = find_places().history.iterdir()
    return [json.loads(line) for line in path.read_text().splitlines()]


async def test_a_workout_in_which_something_hurts() -> None:
    async with workout(FLOOR, after_s=12) as rig:
        await it_pauses_records_the_pain_and_gives_advice(rig)
        await rig.press("o", "e")  # the easier progression is taken, and it stays paused
        assert rig.screen.query_one(KeyBar).notice == "Now two legs, today · u undo"
        assert rig.conductor.state is SessionState.PAUSED
        await the_exercise_is_left_out_and_comes_back_with_undo(rig)
        await rig.press("o", "c")  # going on and the end are a key away
        assert rig.conductor.position().state is SessionState.RUNNING
        await rig.go(13)  # after this much work there is a summary
        await rig.press("o", "o", "x")
        assert isinstance(rig.app.screen, SummaryScreen)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_it_pauses_records_the_pain_and_gives_advice_in_smaller_windows(size: tuple[int, int]) -> None:
    async with workout(FLOOR, size, after_s=12) as rig:
        await it_pauses_records_the_pain_and_gives_advice(rig)


async def it_pauses_records_the_pain_and_gives_advice(rig: Rig) -> None:
    await rig.press("greater_than_sign", "o")
    assert isinstance(rig.app.screen, OuchScreen)
    assert rig.conductor.state is SessionState.PAUSED
    shown = " ".join(rig.text.split())
    assert "Stop what hurts. It is recorded" in shown
    assert "Easier: two legs, today" in shown
    line = noted()[-1]
    assert (line["type"], line["exercise"], line["progression"]) == ("ouch", "reverse-bridge", "staggered")
    assert (line["side"], line["at_s"]) == ("left", pytest.approx(12, abs=0.1))
    await rig.press("escape")
    assert rig.conductor.state is SessionState.PAUSED


async def the_exercise_is_left_out_and_comes_back_with_undo(rig: Rig) -> None:
    await rig.press("o", "l")
    timeline = rig.conductor.timeline
    coming = timeline.phases[rig.conductor.session.phase.index :]
    assert {phase.plan.exercise.id for phase in coming if phase.kind == "work"} == {"stretch"}
    assert [phase.number for phase in timeline.sets] == [1, 2, 3, 4]
    assert rig.conductor.state is SessionState.PAUSED
    assert "left out today" in rig.screen.query_one(KeyBar).notice
    await rig.press("j")
    shown = rig.text.replace("Reverse bridge is left out today", "")  # a notice lies over the list
    assert "Reverse bridge" not in shown
    await rig.press("escape", "u")
    here = rig.conductor.session.phase
    assert (here.plan.exercise.id, here.number) == ("reverse-bridge", 1)
    later = rig.conductor.timeline.phases[here.index :]
    assert [p.plan.exercise.id for p in later if p.kind == "work"] == ["reverse-bridge"] * 3 + ["stretch"]
    assert rig.conductor.state is SessionState.PAUSED


async def test_with_nothing_left_the_workout_is_over() -> None:
    one = Routine(id="one", title="One", blocks=(Block(sets=(Set(exercise="stretch"),), rounds=3),),
                  exercises=FLOOR.exercises)  # fmt: skip
    async with workout(one, after_s=12) as rig:
        await rig.press("o")
        assert "Easier" not in rig.text  # it has no ladder
        await rig.press("l")
        assert isinstance(rig.app.screen, SummaryScreen)
