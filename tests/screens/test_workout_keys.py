"""Every key of a workout does what the table says, and the mouse can do the same.

A workout takes a while to start: a test follows one through several things, in functions named after the rules.
"""

import shutil

import pytest

from tests.bundled_catalog import bundled_catalog, bundled_routine
from tests.fakes import RecordingPlayer
from tests.screens.stage import DESK, FLOOR, sizes, until
from tests.screens.workout_rig import STEP_S, Rig, workout
from tui.commands import Where, commands
from tui.engine.model import Kind
from tui.engine.position import SessionState
from tui.files.settings import Settings
from tui.files.settings_file import load_settings
from tui.files.state import load_state
from tui.routine.durations import clock
from tui.routine.model import Block, Routine, Set
from tui.screens.dialogs.confirm import LeaveScreen
from tui.screens.history.summary import SummaryScreen
from tui.screens.ladder.swap import LadderScreen
from tui.screens.pages.how_to import HowToScreen
from tui.screens.workout.jump import JumpScreen
from tui.screens.workout.screen import WorkoutScreen
from tui.widgets.key_bar import UNSEEN_S, KeyBar
from tui.widgets.session_strip import SessionStrip


def test_every_command_of_the_table_has_its_action() -> None:
    missing = [each.name for each in commands(Where.WORKOUT) if not hasattr(WorkoutScreen, f"action_{each.name}")]
    assert missing == []


async def test_keys_that_go_through_the_workout() -> None:
    steps = (
        ("plus", "18", Kind.PREPARE),
        ("minus", "8", Kind.PREPARE),
        ("enter", "8", Kind.PREPARE),
        ("b", "10", Kind.PREPARE),
        ("minus", "40", Kind.WORK),
        ("n", "20", Kind.REST),
        ("right", "40", Kind.WORK),
        ("left", "40", Kind.WORK),
    )
    async with workout(size=(80, 24), after_s=2) as rig:
        await space_pauses_and_resumes(rig)
        for key, digits, kind in steps:
            await rig.press(key)
            assert (rig.digits, rig.conductor.position().phase.kind) == (digits, kind), key
        assert rig.conductor.position().phase.number == 1
        await a_set_is_jumped_to_from_the_list_or_by_a_click_on_the_strip(rig)
        await volume_and_mute_are_changed_by_keys_and_saved(rig)
        rig.app.app_suspend_signal.publish(rig.app)  # a program that is put aside pauses
        await rig.pilot.pause()
        assert rig.conductor.state is SessionState.PAUSED
        await rig.press("space", "left")
        await rig.go(25)  # after this much work there is a summary
        await leaving_asks_and_the_workout_runs_on_meanwhile(rig)


async def space_pauses_and_resumes(rig: Rig) -> None:
    await rig.press("space")
    assert rig.conductor.position().state is SessionState.PAUSED
    assert rig.says("Paused")
    assert "Press space to resume" in rig.text
    await rig.press("space")
    assert rig.conductor.position().state is SessionState.RUNNING
    assert not rig.says("Paused")


async def a_set_is_jumped_to_from_the_list_or_by_a_click_on_the_strip(rig: Rig) -> None:
    await rig.press("j")
    assert isinstance(rig.app.screen, JumpScreen)
    await rig.press("end", "enter")
    assert rig.conductor.position().phase.plan.exercise.id == "stretch"
    assert rig.digits == "30"
    for offset, exercise in ((2, "reverse-bridge"), (rig.screen.query_one(SessionStrip).size.width - 2, "stretch")):
        await rig.pilot.click(SessionStrip, offset=(offset, 0))
        await rig.pilot.pause()
        assert rig.conductor.position().phase.plan.exercise.id == exercise


async def volume_and_mute_are_changed_by_keys_and_saved(rig: Rig) -> None:
    await rig.press("down", "down", "down")
    assert "♪ ▮▮▯▯▯" in rig.text
    await rig.press("up")
    assert load_settings(rig.app.user.places)[0].audio.volume == 60
    await rig.press("m")
    assert "muted" in rig.text
    assert load_settings(rig.app.user.places)[0].audio.mute
    await rig.press("m")
    assert "♪ ▮▮▮▯▯" in rig.text


async def leaving_asks_and_the_workout_runs_on_meanwhile(rig: Rig) -> None:
    await rig.press("q")
    assert isinstance(rig.app.screen, LeaveScreen)
    assert "What you did is recorded" in rig.text
    assert rig.conductor.position().state is SessionState.RUNNING
    await rig.press("y")
    assert isinstance(rig.app.screen, SummaryScreen)


async def test_a_ladder_is_climbed_and_a_progression_chosen() -> None:
    async with workout(size=(80, 24), after_s=12) as rig:
        before = rig.conductor.timeline
        await a_ladder_is_climbed_and_a_change_undone(rig)
        await undo_restores_all_across_several_swaps(rig)
        assert rig.conductor.timeline == before
        assert rig.conductor.position().elapsed_s == pytest.approx(2, abs=0.1)
        assert load_state(rig.app.user.places)[0].progressions == {}
        await the_effect_of_a_progression_is_shown_before_it_is_chosen_from_now_on(rig)


async def a_ladder_is_climbed_and_a_change_undone(rig: Rig) -> None:
    await rig.press("less_than_sign")
    assert "no easier progression" in rig.text
    await rig.press("greater_than_sign")
    assert rig.says("Staggered")
    assert "Now staggered, today · u undo" in rig.text
    await rig.press("u")
    assert rig.says("Two legs")
    assert "Back to two legs" in rig.text
    await rig.press("u")
    assert "no change to undo" in rig.text


async def undo_restores_all_across_several_swaps(rig: Rig) -> None:
    await rig.press("s", "down", "right", "enter")
    await rig.press("s", "down", "left", "enter")
    await rig.press("less_than_sign", "less_than_sign")
    assert load_state(rig.app.user.places)[0].progressions == {"reverse-bridge": "staggered"}
    for _ in range(4):
        await rig.press("u")
        assert rig.screen.query_one(KeyBar).notice.startswith("Back to ")


async def the_effect_of_a_progression_is_shown_before_it_is_chosen_from_now_on(rig: Rig) -> None:
    before = rig.conductor.timeline
    await rig.press("s")
    assert isinstance(rig.app.screen, LadderScreen)
    assert f"{clock(before.total_s)} as now" in rig.text
    await rig.press("down", "down")
    foreseen = rig.text
    assert rig.conductor.timeline is before
    await rig.press("left")
    assert "2 sides" in rig.text
    assert rig.text != foreseen  # for this set alone it is less
    await rig.press("right", "right", "enter")
    total = clock(rig.conductor.timeline.total_s)
    assert f"{clock(before.total_s)} → {total}, 2 sides" in foreseen
    assert "Now single leg, from now on · u undo" in rig.text
    assert rig.says("Single leg")
    assert load_state(rig.app.user.places)[0].progressions == {"reverse-bridge": "single-leg"}


async def test_each_swap_for_good_that_cannot_be_saved_is_warned_of() -> None:
    async with workout(bundled_routine("bridge-ladder"), (80, 24), after_s=21) as rig:
        places = rig.app.user.places
        shutil.rmtree(places.state, ignore_errors=True)
        places.state.write_text("a file where a folder belongs")
        for _ in range(2):
            await rig.press("s", "down", "right", "right", "enter")
            await rig.pilot.pause()
            bar = rig.screen.query_one(KeyBar)
            assert bar.notice.startswith("! ") and "state.toml" in bar.notice
            await rig.pilot.pause(UNSEEN_S)
            bar.clear_notice()


async def test_a_choice_for_a_set_that_is_over_meanwhile_changes_nothing() -> None:
    plan = bundled_routine("kettle-break")
    async with workout(plan, size=(80, 24)) as rig:
        first = rig.conductor.timeline.sets[0]
        await rig.go(first.end_s + 1)
        page, target = rig.screen, rig.conductor.swap_target()
        await rig.press("s", "down")
        assert isinstance(rig.app.screen, LadderScreen)
        assert target is not None
        while rig.conductor.swap_target() == target or rig.conductor.session.phase.kind is not Kind.WORK:
            rig.clock.advance(STEP_S)
            page.tick()
        await rig.press("enter")
        assert rig.screen.query_one(KeyBar).notice == "That set is over; nothing was changed."
        assert rig.conductor.session.choices.today == {}


@pytest.mark.parametrize("size", sizes((30, 8), (120, 40), (80, 24), (60, 20), (40, 12), (20, 5)))
async def test_at_every_size_the_list_and_the_scopes_stay(size: tuple[int, int]) -> None:
    async with workout(bundled_routine("bridge-ladder"), size, after_s=21) as rig:
        await rig.press("s")
        await rig.pilot.pause()
        assert "● Two legs" in rig.text
        assert "this set" in rig.text
        if size >= (30, 8):
            assert "today" in rig.text
            assert "from now on" in rig.text
            assert "as now" in rig.text
            assert "Take care" in rig.text
        await rig.press("down", "down", "down", "enter")
        assert rig.conductor.timeline.sets[1].plan.progression_name == "single leg"


async def test_the_figure_of_the_progression_under_the_cursor_moves_and_zoom_leaves_phase_name_and_digits() -> None:
    async with workout(bundled_routine("bridge-ladder"), (100, 30), after_s=21) as rig:
        await rig.press("s", "down")
        assert isinstance(rig.app.screen, LadderScreen)
        still = rig.text
        rig.clock.advance(1.6)
        await until(rig.pilot, lambda: rig.text != still)
        await rig.press("escape")
        await rig.resize(80, 24)
        rows = rig.digit_rows
        await rig.press("z")
        assert rig.says("Work", "Reverse bridge")
        assert [words for words in ("next", "left", "pause", "Feet") if rig.says(words)] == []
        assert rig.digit_rows > rows
        await rig.press("z")
        assert rig.digit_rows == rows


async def test_an_exercise_without_ladder_and_alternatives_cannot_be_swapped() -> None:
    async with workout(bundled_routine("tabata"), (80, 24), after_s=12) as rig:
        await rig.press("s")
        assert isinstance(rig.app.screen, WorkoutScreen)
        assert "nothing else to choose from" in rig.text


async def test_another_exercise_is_looked_at_and_taken_for_this_set_or_today_and_no_longer() -> None:
    async with workout(bundled_routine("bridge-ladder"), after_s=21, catalog=bundled_catalog()) as rig:
        before, notice = rig.conductor.timeline, rig.screen.query_one(KeyBar)
        await rig.press("s", "right", "G", *["up"] * 3)
        assert rig.says("Another exercise", "Bodyweight, 15 reps", "Breathe out, hips forward, squeeze.")
        await rig.press("up")
        assert rig.says("Both together, 6 reps", "Squeeze both buttocks and hold.", "Workout  7:35 → 5:29")
        assert "from now on" not in rig.text
        await rig.press("left", "enter")
        assert notice.notice == "Now standing squeeze, this set · u undo"
        done_with = [each.plan.exercise.id for each in rig.conductor.timeline.sets]
        assert done_with[:2] == ["standing-squeeze", "reverse-bridge"]
        await rig.press("greater_than_sign", "s")
        page = rig.app.screen
        assert isinstance(page, LadderScreen)
        assert page.heading == "Standing squeeze"
        assert "● One side, then the…  6 reps, sides in turn" in rig.text
        assert "Back to reverse bridge" in rig.text
        await rig.press("down", "down", "enter")
        assert notice.notice == "Now reverse bridge, today · u undo"
        for name in ("standing squeeze", "both together", "reverse bridge"):
            await rig.press("u")
            assert notice.notice == f"Back to {name}"
        assert rig.conductor.timeline == before
        assert load_state(rig.app.user.places)[0].progressions == {}


async def test_how_to_is_about_the_current_or_the_next_exercise_and_spoken_until_the_page_is_closed() -> None:
    async with workout(size=(80, 24), after_s=2, settings=Settings()) as rig:
        player = rig.conductor.player
        assert isinstance(player, RecordingPlayer)
        await rig.press("space")
        for _ in range(2):
            await rig.press("i")
            said = [item.say for item in player.remaining]
            assert said[0] == "Lie on your back, knees bent." and len(said) > 1
            assert rig.conductor.state is SessionState.PAUSED
            await rig.press("escape")
            assert player.remaining == ()
        for _ in range(3):
            await rig.press("i")
            assert isinstance(rig.app.screen, HowToScreen)
            assert "Lie on your back" in rig.text
            await rig.press("escape", "n")


async def test_enter_ends_an_open_set() -> None:
    routine = Routine(
        id="open",
        title="Open",
        prepare_s=0,
        blocks=(Block(sets=(Set(exercise="hops"), Set(exercise="stretch"))),),
        exercises={**FLOOR.exercises, **DESK.exercises},
    )
    async with workout(routine, (80, 24), after_s=7) as rig:
        assert rig.digits == "↑7"
        assert "enter done" in rig.text.split("\n")[-1]
        assert "▜▄▛" in rig.text  # the reps are large
        await rig.press("enter")
        assert rig.digits == "30"


@pytest.mark.usefixtures("painted")
async def test_what_changes_beneath_two_dialogs_is_seen() -> None:
    async with workout(size=(80, 24)) as rig:
        beneath = rig.screen
        await rig.press("j", "ctrl+q")
        assert "space pause" in rig.text
        beneath.action_pause()
        await rig.pilot.pause()
        assert "space resume" in rig.text
