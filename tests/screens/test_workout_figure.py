"""A workout with a figure on its screen: how it opens, moves, and lies beside the digits and the keys.

A test follows one workout through several things, in functions named after the rules.
"""

from typing import Any

import pytest

from tests.bundled_catalog import bundled_routine
from tests.screens.stage import text_of
from tests.screens.workout_rig import Rig, workout
from tui.engine.position import SessionState as SessionState
from tui.files.places import find_places
from tui.screens.workout.big_clock import BigClock
from tui.screens.workout.screen import WorkoutScreen
from tui.screens.workout.stage import Stage
from tui.widgets.figure.view import FigureView
from tui.widgets.key_bar import KeyBar


async def test_a_workout_with_a_figure_is_followed_on_its_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    frames, shown = list[tuple[SessionState, str]](), list[None]()
    state = find_places().state_file
    begin, show = WorkoutScreen.begin, Stage.show

    def count(stage: Stage, *values: Any) -> None:
        shown.append(None)
        show(stage, *values)

    def begun(screen: WorkoutScreen) -> None:
        frames.append((screen.conductor.state, text_of(screen.app)))
        assert not state.exists()
        assert len(shown) == 1, "the first frame is made once, when its size is known"
        begin(screen)

    monkeypatch.setattr(WorkoutScreen, "begin", begun)
    monkeypatch.setattr(Stage, "show", count)
    async with workout(bundled_routine("bridge-ladder")) as rig:
        await rig.pilot.pause()
        assert rig.conductor.state is SessionState.RUNNING
        assert frames == [(SessionState.READY, rig.text)]  # it begins after its first frame, which shows all of it
        foot = rig.text.split("\n")[-1]
        assert "space pause" in foot
        assert "undo" not in foot
        assert state.exists()
        await the_figure_moves_only_if_the_setting_allows_it(rig, monkeypatch)
        await rig.go(16)
        await the_footer_shows_only_keys_that_act_now_and_a_notice_moves_nothing(rig)
        await rig.go(5)
        await below_a_minute_digits_are_larger_beside_a_figure(rig)
        await the_figure_lies_beside_the_digits_or_beneath_them(rig)
        rig.app.change("screen.figure", False)
        await rig.press("question_mark", "escape")
        assert not rig.screen.has_class("-figure")  # back from another page, it is as the settings say
        await rig.resize(80, 24)
        assert rig.screen.query_one(BigClock).region.width == 74  # without a figure they have all the width


async def test_the_screen_wakes_when_the_figure_moves_on_also_after_ten_seconds_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with workout(bundled_routine("bridge-ladder")) as rig:
        screen, begin, times = rig.screen, rig.clock(), 0
        figure = screen.query_one(FigureView)
        while rig.clock() < begin + 8:
            rig.clock.advance(screen.wakes.due[screen.play] - rig.clock())
            assert figure.moves_by(rig.conductor.position().elapsed_s)
            screen.tick()
            screen.play()
            times += 1
        assert 8 < times < 8 * 8 / 2
        due, played = rig.screen.wakes.due[rig.screen.play], list[float]()
        monkeypatch.setattr(FigureView, "play", lambda self, elapsed_s: played.append(elapsed_s))
        rig.screen.action_longer()
        rig.screen.action_shorter()
        assert not played
        assert rig.screen.wakes.due[rig.screen.play] == due
        rig.screen.action_next()
        assert played


async def the_figure_moves_only_if_the_setting_allows_it(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[float] = []
    monkeypatch.setattr(FigureView, "play", lambda self, elapsed_s: played.append(elapsed_s))
    await rig.go(2)
    assert played[-1] == pytest.approx(2.0)
    count = len(played)
    await rig.press("space")
    await rig.go(3)
    assert len(played) == count
    rig.app.change("screen.motion", False)
    await rig.press("space")
    await rig.go(3)
    assert len(played) == count


async def the_footer_shows_only_keys_that_act_now_and_a_notice_moves_nothing(rig: Rig) -> None:
    foot = rig.text.split("\n")[-1]
    assert "> harder" in foot
    assert not any(words in foot for words in ("enter done", "u undo", "< easier"))
    await a_notice_has_a_line_of_its_own_and_moves_nothing(rig)
    rig.screen.query_one(KeyBar).clear_notice()
    await rig.pilot.pause()
    assert "u undo swap" in rig.text.split("\n")[-1]
    assert "< easier" in rig.text.split("\n")[-1]
    await rig.press("space")
    await rig.pilot.pause()
    assert "space resume" in rig.text.split("\n")[-1]
    await rig.press("space", "u")


async def a_notice_has_a_line_of_its_own_and_moves_nothing(rig: Rig) -> None:
    digits = rig.digit_rows
    await rig.press(">")
    await rig.pilot.pause()
    notice, *keys = rig.text.split("\n")[-1 - (rig.app.size != (40, 12)) :]
    assert "u undo" in notice
    assert notice.strip() == rig.screen.query_one(KeyBar).notice
    assert all("? help" in line for line in keys)
    assert rig.digit_rows == digits


@pytest.mark.parametrize(
    "size", [pytest.param(size, marks=pytest.mark.slow) for size in ((80, 24), (60, 20), (40, 12))]
)
async def test_a_notice_has_a_line_of_its_own_in_smaller_windows(size: tuple[int, int]) -> None:
    async with workout(bundled_routine("bridge-ladder"), size, after_s=21) as rig:
        await a_notice_has_a_line_of_its_own_and_moves_nothing(rig)


async def below_a_minute_digits_are_larger_beside_a_figure(rig: Rig) -> None:
    assert rig.digits == "1:00"
    assert rig.digit_rows == 14
    await rig.go(1)
    assert rig.digit_rows > 14


async def the_figure_lies_beside_the_digits_or_beneath_them(rig: Rig) -> None:
    for size, beneath in {(80, 50): True, (80, 24): False, (120, 40): False}.items():
        await rig.resize(*size)
        clock, figure = rig.screen.query_one(BigClock).region, rig.screen.query_one(FigureView).region
        assert not clock.overlaps(figure)
        assert (figure.y >= clock.bottom) is beneath, size
        assert figure.width >= 30
        assert figure.height >= 10
