"""The ladders: of one exercise, of a routine, of everything; and the other dialogs.

Dialogs are opened one after the other in one app, in functions named after the rules.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from textual.events import Click
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList, Static

from tests.bundled_catalog import bundled_catalog
from tests.fakes import FakeClock
from tests.past import done_set, session, work
from tests.screens.stage import (
    FIXED,
    FLOOR,
    LADDER,
    NASTY,
    Bare,
    Opened,
    answers_of,
    broken,
    make_app,
    sizes,
    text_of,
    until_shown,
)
from tests.workouts import build
from tui.app import GluteusApp
from tui.engine.commands import Scope
from tui.engine.model import Slot
from tui.files.places import find_places
from tui.files.state import load_state
from tui.ladder.remembered import Remembered
from tui.library.catalog import Catalog, Entry
from tui.past_sessions import PastSession, PastSet
from tui.routine.model import Exercise, Grow, Layer, Measure
from tui.routine.resolve import Plan, by_itself
from tui.screens.dialogs.ask import AskScreen
from tui.screens.dialogs.confirm import LeaveScreen
from tui.screens.dialogs.problems import ProblemsScreen
from tui.screens.ladder.ladders import LaddersScreen, of_everything
from tui.screens.ladder.swap import LadderScreen
from tui.screens.pages.how_to import HowToScreen
from tui.screens.workout.jump import JumpScreen
from tui.widgets.figure.view import FigureView
from tui.widgets.ladder_view import LadderStep, own_ladder, progression_line

TODAY = datetime.fromtimestamp(FakeClock().wall_now, UTC).date()


def bridge(progression: str, worked_s: float) -> PastSet:
    return done_set(work(worked_s), exercise="reverse-bridge", progression=progression)


def ladder_screen(foresee: Callable[[LadderStep, Scope], str] | None = None) -> LadderScreen:
    return LadderScreen().offer("Reverse bridge", own_ladder(LADDER, "staggered"), foresee)


def all_ladders(app: GluteusApp) -> LaddersScreen:
    return LaddersScreen("Ladders", app.user, lambda: of_everything(app.user, ()))


def bundled(*exercises: str) -> Catalog:
    return Catalog((), {id_: bundled_catalog().exercises[id_] for id_ in exercises})


def taken_of(answer: Any) -> tuple[str, Scope] | None:
    """The id of what was taken, and for how long."""
    return (answer[0].id, answer[1]) if answer else None


def jump_screen() -> JumpScreen:
    return JumpScreen(build(FLOOR), Slot(0, 1, 0))


LADDER_ANSWERS: list[tuple[tuple[str, ...], object]] = [
    (("enter",), ("staggered", Scope.TODAY)),
    (("down", "right", "enter"), ("single-leg", Scope.FROM_NOW_ON)),
    (("up", "left", "left", "enter"), ("two-legs", Scope.SET)),
    (("escape",), None),
]
LEAVE_ANSWERS: list[tuple[tuple[str, ...], object]] = [
    (("enter",), None),
    (("y",), True),
    (("right", "enter"), True),
    (("escape",), None),
]


async def test_dialogs_answer_what_was_chosen() -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        for keys, answer in LADDER_ANSWERS:
            assert [taken_of(each) for each in await answers_of(pilot, ladder_screen(), *keys)] == [answer], keys
        for keys, answer in LEAVE_ANSWERS:
            assert await answers_of(pilot, LeaveScreen(), *keys) == [answer], keys
        await a_ladder_shows_its_progressions_and_is_answered_with_the_mouse(pilot)
        await jump_lists_all_sets_and_answers_a_slot(pilot)
        await a_line_is_asked_for_until_it_is_right(pilot)
        await pilot.resize_terminal(80, 30)
        await how_to_shows_steps_caution_and_sources(pilot)
        await pilot.resize_terminal(40, 12)
        await answers_of(pilot, jump_screen())
        assert "Reverse bridge, two legs" in text_of(app)  # leaves out how much before it cuts a name
        await pilot.press("escape")
        await pilot.resize_terminal(200, 60)
        for wide_screen, columns in ((ladder_screen(), 130), (LeaveScreen(), 80)):
            await answers_of(pilot, wide_screen)
            assert wide_screen.query_one("#box").size.width > columns


async def a_ladder_shows_its_progressions_and_is_answered_with_the_mouse(pilot: Pilot[None]) -> None:
    answers = await answers_of(pilot, ladder_screen())
    shown = text_of(pilot.app)
    assert "○ Two legs" in shown
    assert "● Staggered" in shown
    assert "20 s each side" in shown
    assert "this set" in shown
    assert "from now on" in shown
    for words in ("from now on", "Two legs"):
        lines = text_of(pilot.app).split("\n")
        row = next(y for y, line in enumerate(lines) if words in line)
        click = pilot.click if words == "from now on" else pilot.double_click
        await click(offset=(lines[row].index(words) + 2, row))
        await pilot.pause()
    assert [taken_of(each) for each in answers] == [("two-legs", Scope.FROM_NOW_ON)]


async def jump_lists_all_sets_and_answers_a_slot(pilot: Pilot[None]) -> None:
    answers = await answers_of(pilot, jump_screen())
    assert "2  Reverse bridge, two legs" in text_of(pilot.app)
    assert "round 2 of 3" in text_of(pilot.app)
    await pilot.press("down", "enter")
    assert answers == [Slot(0, 2, 0)]


async def a_line_is_asked_for_until_it_is_right(pilot: Pilot[None]) -> None:
    def check(text: str) -> None:
        if text != "ok":
            raise ValueError("write ok")

    answers = await answers_of(pilot, AskScreen("Well?", "Say it.", check), "n", "o", "enter")
    assert "Write ok." in text_of(pilot.app)
    await pilot.press("backspace", "backspace", "o", "k", "enter")
    assert answers == ["ok"]


async def how_to_shows_steps_caution_and_sources(pilot: Pilot[None]) -> None:
    answers = await answers_of(pilot, HowToScreen(build(FLOOR).sets[0].plan))
    shown = text_of(pilot.app)
    for words in ("1  Lie on your back", "Take care  Not into an arch.", "·  Squeeze", "·  Lift", "Why  Somebody"):
        assert words in shown
    assert "If it feels wrong  Feet closer." in shown
    await pilot.press("q")
    assert answers == [None]


@pytest.mark.parametrize("size", sizes((40, 12), (120, 40), (80, 24), (60, 20)), ids=str)
async def test_the_effect_of_a_swap_and_its_caution_are_shown_from_the_first_frame_on(size: tuple[int, int]) -> None:
    app = Opened(lambda _: ladder_screen(lambda *_: "12:40 → 13:20"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = " ".join(text_of(app).split())
        assert "12:40 → 13:20" in shown
        assert "Not into an arch." in shown


async def test_the_ladders_of_a_routine_are_remembered_from_the_menu() -> None:
    app = make_app(state=Remembered({"reverse-bridge": "two-legs"}, last_routine="bridges"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "down", "down", "enter", "escape")
        await pilot.pause()
        assert "● Single leg" in text_of(app)
    assert app.user.state.progressions == {"reverse-bridge": "single-leg"}
    assert load_state(find_places())[0].progressions == {"reverse-bridge": "single-leg"}


async def test_a_progression_that_the_routine_asks_for_is_marked_and_can_be_seen_but_not_changed() -> None:
    app = make_app(catalog=Catalog((Entry("fixed", find_places().routines, True, FIXED),), {}))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert "This routine asks for: Single leg" in " ".join(text_of(app).split())
        assert "20 s each side" in str(app.screen.query_one("#words", Static).content)
        assert "from now on" not in text_of(app)
        await pilot.press("up", "enter")
    assert app.user.state.progressions == {}


async def test_the_ladders_of_everything_begin_with_a_name_and_show_whole_ones_if_wide() -> None:
    app = Opened(all_ladders, catalog=bundled("adductor-stretch", "kettle-stand"))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "Adductor stretch" in shown
        assert "\N{BLACK CIRCLE} Gentle" in shown
        await pilot.resize_terminal(120, 30)
        await pilot.press("pagedown")
        await pilot.pause()
        shown = " ".join(text_of(app).split())
        assert "Fingertips on the worktop " in shown
        assert "Eyes closed, fingertips " in shown


def nasty_plan() -> Plan:
    return by_itself(Exercise(NASTY, NASTY, own=Layer(caution=NASTY, steps=(NASTY,))), None)


DIALOGS: list[Callable[[], Screen[Any]]] = [
    lambda: LadderScreen().offer(NASTY, [LadderStep(NASTY, NASTY, NASTY, True, nasty_plan())]),
    lambda: ProblemsScreen(NASTY, broken().problems * 5),
    lambda: AskScreen(NASTY, NASTY, str, NASTY),
    lambda: LeaveScreen(quitting=True),
    jump_screen,
]


@pytest.mark.parametrize(
    "dialogs", [DIALOGS[:2], pytest.param(DIALOGS[2:], marks=pytest.mark.slow)], ids=["few", "rest"]
)
async def test_every_dialog_fits_every_size_and_a_click_beside_it_goes_back(
    dialogs: Sequence[Callable[[], Screen[Any]]],
) -> None:
    async with Bare().run_test(size=(80, 24), tooltips=True) as pilot:
        for dialog in dialogs:
            await pilot.resize_terminal(10, 4)
            answers = await answers_of(pilot, dialog())
            for size in ((40, 12), (120, 40)):
                await pilot.resize_terminal(*size)
                await pilot.pause()
            assert NASTY in text_of(pilot.app) or dialog in DIALOGS[-2:]
            await pilot.click(offset=(1, 1))
            await pilot.pause()
            assert answers == [None]
        await a_click_made_before_the_window_shrank_acts_on_its_target(pilot, "#box", [])
        await a_click_made_before_the_window_shrank_acts_on_its_target(pilot, "", [None])


async def a_click_made_before_the_window_shrank_acts_on_its_target(
    pilot: Pilot[None], on: str, answered: list[object]
) -> None:
    await pilot.resize_terminal(120, 40)
    answers = await answers_of(pilot, DIALOGS[0]())
    await pilot.resize_terminal(20, 6)
    await pilot.pause()
    clicked = pilot.app.screen.query_one(on) if on else pilot.app.screen
    pilot.app.screen.post_message(Click(clicked, 100, 30, 0, 0, 1, False, False, False, 100, 30))
    await pilot.pause()
    assert answers == answered


async def test_the_overview_shows_sessions_and_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    history = tuple(
        session(TODAY - timedelta(days=back), bridge("two-legs", 40.0 + back), id_=str(back)) for back in range(3)
    )

    async def read_whole(*_: object) -> tuple[PastSession, ...]:
        return history

    monkeypatch.setattr("tui.screens.history.background.read_whole", read_whole)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("l")
        await until_shown(pilot, "Three full sessions at 40 s: try")
        shown = " ".join(text_of(app).split())
        assert "3 sessions, best 42 s." in shown
        assert app.screen.query_one(OptionList).highlighted == 1
        await pilot.press("down")
        await pilot.pause()
        assert "Not done yet." in text_of(app)


async def test_a_progression_can_be_chosen_at_any_time_and_the_missing_sessions_follow() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, LaddersScreen)
        shown = " ".join(text_of(app).split())
        assert "Reverse bridge" in shown
        assert "Leg lifts" not in shown  # it has no ladder
        assert "three more full sessions," in shown
        assert "Take care" in shown and "Not into an arch." in shown
        await pilot.press("G", "enter")
        await pilot.pause()
        assert "● Single leg" in text_of(app)
        assert "The top of this ladder." in text_of(app)
    assert load_state(find_places())[0].progressions == {"reverse-bridge": "single-leg"}


async def test_the_figure_of_a_ladder_moves_and_is_shown_as_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[float] = []
    monkeypatch.setattr(FigureView, "play", lambda figure, elapsed_s: played.append(elapsed_s))
    app = Bare(catalog=bundled("reverse-bridge"))
    async with app.run_test(size=(80, 24)) as pilot:
        for moves, is_shown in ((True, True), (False, True), (True, False)):
            app.change("screen.motion", moves)
            app.change("screen.figure", is_shown)
            played.clear()
            await answers_of(pilot, all_ladders(app))
            assert (bool(played), app.screen.query_one(FigureView).display) == (moves and is_shown, is_shown)
            await pilot.press("escape")


async def test_a_dose_grows_and_shrinks_by_hand_within_its_bounds() -> None:
    grows = LADDER.progressions[0]._replace(grow=Grow(Measure.WORK, 5, 10))
    ladder = LADDER._replace(progressions=(grows, *LADDER.progressions[1:]))
    app = Opened(all_ladders, catalog=Catalog((), {ladder.id: ladder}))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "+ - dose" in text_of(app)
        await pilot.press("+", "+", "+")
        await pilot.pause()
        assert "Grown by 10 s." in text_of(app)
        assert load_state(find_places())[0].grown == {"reverse-bridge": {"two-legs": 10.0}}
        await pilot.press("-", "-", "-")
        await pilot.pause()
        assert "Grown" not in text_of(app)
        await pilot.press("down", "+")  # this one does not grow
        await pilot.pause()
        assert "+ - dose" not in text_of(app)
    assert load_state(find_places())[0].grown == {}


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12), (25, 5)], ids=str)
async def test_the_preview_of_a_progression_fits_and_no_caution_is_cut(size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("l")
        await until_shown(pilot, "Two legs")
        shown = " ".join(text_of(app).split())
        assert "Take care" not in shown or "Not into an arch." in shown


@pytest.mark.parametrize(("width", "line"), [(24, "● Bodywei…  10 each side"), (40, None), (20, "● Bodyweight")])
def test_a_dose_is_seen_in_a_narrow_ladder_too(width: int, line: str | None) -> None:
    step = LadderStep("b", "Bodyweight", "10 each side", True, nasty_plan())
    shown = progression_line(step, width).plain
    assert shown == (line or f"● Bodyweight{' ' * 16}10 each side")
