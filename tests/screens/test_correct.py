"""Corrections by hand: reps in the rest after a set, a past workout, and one that was done elsewhere.

A test follows one run of the program through several things, in functions named after the rules.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from tests.past import done_set, session, work
from tests.screens.stage import DESK, FLOOR, NASTY, Opened, make_app, text_of, until_shown
from tests.screens.workout_rig import workout
from tui.engine.summary import Status
from tui.files.places import find_places
from tui.history.journal_lines import journal_lines
from tui.history.reading import read_history
from tui.past_sessions import PastSession
from tui.routine.model import Block, Layer, Reps, Routine, Set
from tui.screens.dialogs.ask import AskScreen
from tui.screens.history.correct import CorrectScreen
from tui.screens.history.screen import HistoryScreen
from tui.screens.history.session import SessionScreen
from tui.screens.history.summary import SummaryScreen

RANGES = Routine(
    id="ranges", title="Ranges", prepare_s=0,
    blocks=(Block(rounds=3, own=Layer(dose=Reps(8, 12), rest_s=20), sets=(Set(exercise="hops"),)),),
    exercises={**FLOOR.exercises, **DESK.exercises},
)  # fmt: skip
EARLIER = session(date(2025, 3, 14), done_set(work(20)), id_="earlier", routine="before")
PAST = session(
    date(2025, 3, 15),
    done_set(work(40, "left", 9), work(38, "right", 9), exercise="bridge", progression="staggered"),
    done_set(work(30), exercise=NASTY, number=2),
    done_set(work(0)._replace(ending="skipped"), exercise="squat", status=Status.SKIPPED, number=3),
)


def note_down() -> None:
    find_places().history.mkdir(parents=True)
    (find_places().history / "2025-03.jsonl").write_bytes(journal_lines(EARLIER) + journal_lines(PAST))


def noted() -> PastSession:
    return read_history(find_places())[0]


def page() -> Opened:
    note_down()
    return Opened(lambda app: SessionScreen(noted(), app.user.places, app.clocks.wall, lambda *_: None))


async def test_the_reps_of_a_range_are_typed_in_the_rest_after_it_and_corrected_after_the_workout() -> None:
    async with workout(RANGES, (80, 24), after_s=7) as rig:
        await rig.press("1")  # during a set digits do nothing
        await rig.press("enter")
        assert rig.says("Type your reps")
        assert "0-9 reps" in rig.text
        await rig.press("1", "0")
        assert rig.says("10 reps")
        await rig.go(3)
        await rig.press("9")  # later, it is another number
        assert rig.says("9 reps")
        await rig.press("n")
        assert "0-9 reps" not in rig.text
        await rig.go(6)
        await rig.press("enter", "n")
        await rig.go(6)
        await rig.press("enter")
        assert isinstance(rig.app.screen, SummaryScreen)
        assert [each.reps_done for each in noted().sets] == [9, None, None]
        await until_shown(rig.pilot, "How was it?")
        await rig.press("c")
        await until_shown(rig.pilot, "not counted")
        await rig.press("right", "down", "1", "1", "down", "left")
        await until_shown(rig.pilot, "8 reps")  # the fewest that were planned
        await rig.press("backspace", "enter")
        await until_shown(rig.pilot, "21 reps")
    assert [each.reps_done for each in noted().sets] == [10, 11, None]


async def test_a_set_of_a_fixed_number_is_not_asked_for() -> None:
    plain = Block(own=Layer(dose=Reps(10, 10), rest_s=20), rounds=2, sets=(Set(exercise="hops"),))
    async with workout(Routine(id="r", title="R", prepare_s=0, blocks=(plain,), exercises=RANGES.exercises)) as rig:
        await rig.go(7)
        await rig.press("enter")
        assert not rig.says("Type your reps")
        await rig.press("8")
        assert rig.says("8 reps")


async def test_a_past_workout_is_corrected() -> None:
    app = page()
    async with app.run_test() as pilot:
        await pilot.pause()
        await each_set_is_corrected_and_the_correction_taken_back(pilot)
        await a_set_is_skipped_with_both_of_its_sides(pilot)
        await escape_changes_nothing(pilot)
        await keys_typed_ahead_reach_the_dialog(pilot)
        await a_past_workout_moves_to_another_time(pilot)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(120, 40), (40, 12)], ids=str)
async def test_a_past_workout_is_corrected_at_other_sizes(size: tuple[int, int]) -> None:
    async with page().run_test(size=size) as pilot:
        await pilot.pause()
        await each_set_is_corrected_and_the_correction_taken_back(pilot)


async def each_set_is_corrected_and_the_correction_taken_back(pilot: Pilot[None]) -> None:
    before = noted()
    await pilot.press("c")
    await until_shown(pilot, "What did you do?")
    await pilot.press("left", "down", "down", "right", "right", "down", "space", "enter")
    await pilot.pause()
    now = noted()
    assert [part.reps_done for part in now.sets[0].work] == [8, 9]
    assert (now.sets[1].worked_s, now.sets[2].status) == (40.0, Status.DONE)
    await pilot.press("u")
    await pilot.pause()
    assert (noted().sets, noted().worked_s) == (before.sets, before.worked_s)


async def a_set_is_skipped_with_both_of_its_sides(pilot: Pilot[None]) -> None:
    await pilot.press("c", "space")
    await until_shown(pilot, "left skipped")
    assert "right skipped" in " ".join(text_of(pilot.app).split())
    await pilot.press("escape")


async def escape_changes_nothing(pilot: Pilot[None]) -> None:
    before = noted()
    await pilot.press("c", "left", "space", "escape")
    await pilot.pause()
    assert isinstance(pilot.app.screen, SessionScreen)
    await pilot.press("c", "enter")  # nothing has been changed
    await pilot.pause()
    assert noted() == before


async def keys_typed_ahead_reach_the_dialog(pilot: Pilot[None]) -> None:
    await pilot.press("c", "7", "enter", "c")
    await pilot.pause()
    assert isinstance(pilot.app.screen, CorrectScreen)
    assert noted().sets[0].work[0].reps_done == 7
    await pilot.press("escape")


async def type_in(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")
    await pilot.pause()


async def a_past_workout_moves_to_another_time(pilot: Pilot[None]) -> None:
    before = noted()
    await pilot.press("w")
    await pilot.pause()
    await type_in(pilot, "next week")
    assert "Give the day and the time" in text_of(pilot.app)
    assert isinstance(pilot.app.screen, AskScreen)
    await type_in(pilot, "2025-02-27 18:00")
    assert "27 Feb" in text_of(pilot.app)
    moved = read_history(find_places())[-1]
    assert moved.started_at == before.started_at.replace(month=2, day=27, hour=18, minute=0)


async def test_a_time_that_stays_as_it_is_is_no_correction() -> None:
    find_places().history.mkdir(parents=True)
    began = PAST.started_at.replace(second=7)
    lines = journal_lines(PAST._replace(started_at=began, ended_at=began))
    (find_places().history / "2025-03.jsonl").write_bytes(lines)
    app = Opened(lambda app: SessionScreen(noted(), app.user.places, app.clocks.wall, lambda *_: None))
    async with app.run_test() as pilot:
        await pilot.press("w", "enter")
        await pilot.pause()
        assert isinstance(app.screen, SessionScreen)
    assert (noted().started_at, noted().edited_at) == (began, "")


@pytest.mark.parametrize("month", ["2025-01", pytest.param("2025-03", marks=pytest.mark.slow)])
async def test_two_workouts_become_one_in_the_list_too(month: str) -> None:
    note_down()
    (find_places().history / "2025-03.jsonl").write_bytes(journal_lines(PAST))
    with (find_places().history / f"{month}.jsonl").open("ab") as file:
        file.write(journal_lines(EARLIER))
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("h")
        await until_shown(pilot, "Before")
        if month == "2025-03":
            await a_deleted_workout_is_brought_back_once_it_can_be(pilot)
        await pilot.press("enter", "m")
        await pilot.pause()
        first, second = sorted(read_history(find_places()), key=lambda past: past.started_at)
        asked = " ".join(str(app.screen.query_one(".words", Static).content).split())
        assert f"{first.started_at:%H:%M}) become part of" in asked and f"{second.started_at:%H:%M})." in asked
        await pilot.press("y")
        await pilot.pause()
        assert len(read_history(find_places())) == 1
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)
        await until_shown(pilot, "1 workout,")
        await pilot.press("enter", "u", "escape")
        await until_shown(pilot, "2 workouts")
    assert {past.id for past in read_history(find_places())} == {"a", "earlier"}


async def a_deleted_workout_is_brought_back_once_it_can_be(pilot: Pilot[None]) -> None:
    trash = find_places().history / "trash.jsonl"
    assert "u undo" not in text_of(pilot.app)
    await pilot.press("d", "y")
    await until_shown(pilot, "u undo")
    assert len(read_history(find_places())) == 1
    away = trash.rename(trash.with_suffix(".away"))
    trash.mkdir()
    await pilot.press("u")
    await until_shown(pilot, "cannot be written")
    trash.rmdir()
    away.rename(trash)
    await pilot.press("u")
    await until_shown(pilot, "2 workouts")
    assert "u undo" not in text_of(pilot.app)


async def test_a_workout_that_was_done_elsewhere_is_added() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h")
        await until_shown(pilot, "Nothing yet")
        await pilot.press("a", "enter")
        await pilot.pause()
        day = app.clocks.now() - timedelta(days=1)
        await type_in(pilot, f"{day:%Y-%m-%d %H:%M}")
        await until_shown(pilot, "1 workout,")
        (added,) = read_history(find_places())
        assert (added.started_at.date(), added.finished) == (day.date(), True)
        await pilot.press("a", "enter")
        await pilot.pause()
        await type_in(pilot, f"{day:%Y-%m-%d %H:%M}")
        await until_shown(pilot, "in the history already")
