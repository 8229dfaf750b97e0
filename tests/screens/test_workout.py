"""The workout screen: it shows the session second by second, with notices about its events.

A workout takes a while to start: a test follows one through several things, in functions named after the rules.
"""

from collections.abc import Callable

import pytest
from textual.content import Content
from textual.timer import Timer

from tests.fakes import RecordingPlayer
from tests.screens.stage import NASTY, until
from tests.screens.workout_rig import Rig, workout
from tui.engine.position import SessionState as SessionState
from tui.routine.model import Block, Exercise, FormCue, Layer, Routine, Set, Work
from tui.screens.pages.help import HelpScreen
from tui.screens.workout.presenter import LEAD_S
from tui.screens.workout.stage import Stage
from tui.terminal.safe_terminal import WriteGate
from tui.widgets.key_bar import KeyBar


async def test_a_workout_is_followed_on_its_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[float] = []
    monkeypatch.setattr(WriteGate, "hold_until", lambda _, due_s: held.append(due_s))
    async with workout() as rig:
        assert not rig.is_marked_as_rehearsal
        await seconds_are_shown_as_they_come(rig)
        await the_coming_second_is_painted_early_and_held_back_until_it_is_due(rig, held)
        await covering_the_screen_stops_nothing(rig)
        await it_says_when_it_ends_by_the_time_of_day(rig)
        await a_notice_takes_the_place_of_the_one_before_and_is_put_away_with_a_click(rig)
        await rig.resize(40, 12)
        await every_word_of_a_long_notice_is_shown(rig, monkeypatch)
        await the_window_may_change_at_any_time(rig)
        await a_window_of_one_line_shows_the_phase_and_is_not_covered_by_notices(rig)
        await a_suspended_machine_is_mentioned(rig)


async def seconds_are_shown_as_they_come(rig: Rig) -> None:
    shown = []
    for _ in range(12):
        shown.append(rig.digits)
        await rig.go(1)
    assert shown == ["10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "40", "39"]


async def the_coming_second_is_painted_early_and_held_back_until_it_is_due(rig: Rig, held: list[float]) -> None:
    await rig.go(0.25)
    due = rig.screen.wakes.due
    assert due[rig.screen.show_coming] - rig.clock() == pytest.approx(0.75 - LEAD_S, abs=0.01)
    rig.screen.show_coming()  # too early
    assert due[rig.screen.tick] - rig.clock() == pytest.approx(0.75, abs=0.01)
    assert held[-1] == pytest.approx(rig.clock() + LEAD_S)
    rig.clock.advance(0.74)
    rig.screen.show_coming()
    assert rig.digits == "37"
    assert held[-1] == pytest.approx(rig.clock() + 0.01, abs=0.002)
    assert due[rig.screen.show_coming] - rig.clock() == pytest.approx(1.01 - LEAD_S, abs=0.002)
    assert rig.screen.tick not in due, "nothing else happens at that second"
    with pytest.MonkeyPatch.context() as patch:
        shown: list[None] = []
        patch.setattr(Stage, "show", lambda *_: shown.append(None))
        await rig.go(0.01)
        assert shown == [], "it has been painted already"


async def covering_the_screen_stops_nothing(rig: Rig) -> None:
    screen = rig.screen
    await rig.press("question_mark")
    assert isinstance(rig.app.screen, HelpScreen)
    rig.clock.advance(2)
    screen.tick()
    await rig.press("escape")
    assert rig.digits == "35"


async def it_says_when_it_ends_by_the_time_of_day(rig: Rig) -> None:
    left_s = rig.conductor.timeline.total_s - 15
    end = (rig.clock.wall_now + left_s) % 86400
    assert f"ends {int(end // 3600):02}:{int(end % 3600 // 60):02}" in rig.text
    await rig.press("space")
    assert "ends " not in rig.text
    await rig.press("space")


async def a_notice_takes_the_place_of_the_one_before_and_is_put_away_with_a_click(rig: Rig) -> None:
    rig.app.notify("One")
    rig.app.notify("[b]Two[/b]", severity="warning")
    assert rig.screen.query_one(KeyBar).notice == "! [b]Two[/b]"
    await rig.pilot.click(KeyBar)
    assert rig.screen.query_one(KeyBar).notice == ""


async def every_word_of_a_long_notice_is_shown(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = (
        "Not saved: No space left on device (/home/somebody/.local/share/gluteus/history/2025-03.jsonl). Gluteus "
        "tries again. 上下 No sound device plays: the bell rings."
    )
    bar, shown = rig.screen.query_one(KeyBar), list[str]()
    rig.app.notify(notice, severity="warning")
    await until(rig.pilot, lambda: bar.size.width > 0)
    set_timer, afterwards = bar.set_timer, list[Callable[[], object]]()

    def noted(delay_s: float, after: Callable[[], object]) -> Timer:
        afterwards.append(after)
        return set_timer(delay_s, after)

    with monkeypatch.context() as patch:
        patch.setattr(bar, "set_timer", noted)
        bar.on_resize()
        while bar.notice:
            notice_shown = bar.render().notice
            assert notice_shown is not None
            shown.append(notice_shown.plain)
            afterwards.pop()()
    assert "Not saved: No space left on" in shown[0]
    assert all(Content(part).cell_length <= rig.app.size.width - 6 for part in shown)
    assert [part.endswith(" …") for part in shown] == [True] * (len(shown) - 1) + [False]
    assert all(part.startswith("! ") for part in shown)
    said = " ".join(part.removeprefix("! ").removesuffix(" …") for part in shown)
    assert said == notice.replace("/home/somebody/.local/share/gluteus/history/", "…/")


async def the_window_may_change_at_any_time(rig: Rig) -> None:
    for columns, rows in ((1, 1), (300, 90), (20, 50), (120, 40)):
        await rig.resize(columns, rows)
        assert rig.digits == "35"
    await until(rig.pilot, lambda: rig.screen.has_class("-large") and rig.digit_rows >= 14)


async def a_window_of_one_line_shows_the_phase_and_is_not_covered_by_notices(rig: Rig) -> None:
    await rig.resize(29, 1)
    assert rig.text.strip() == "▶ WORK 35 s  Reverse bridge…"
    rig.screen.show_coming()  # too early, which must not leave out the second
    await rig.go(1)
    assert rig.text.strip() == "▶ WORK 34 s  Reverse bridge…"
    await rig.resize(29, 5)
    rig.app.notify("Something that takes more than a line or two to be shown.", severity="warning")
    await rig.pilot.pause()
    assert "WORK 34 s" in rig.text


async def a_suspended_machine_is_mentioned(rig: Rig) -> None:
    await rig.resize(120, 40)
    rig.clock.sleep_machine(60)
    await rig.go(1)
    assert rig.conductor.position().state is SessionState.PAUSED
    assert "the computer slept" in rig.text


@pytest.mark.slow
async def test_every_word_of_a_long_notice_is_shown_in_a_wide_window(monkeypatch: pytest.MonkeyPatch) -> None:
    async with workout(size=(80, 24), after_s=12) as rig:
        await every_word_of_a_long_notice_is_shown(rig, monkeypatch)


async def test_a_rehearsal_and_missing_sound_are_marked() -> None:
    async with workout(size=(80, 24), rate=10.0, player=RecordingPlayer(audible=False)) as rig:
        assert "no sound" in rig.text
        for size in ((200, 60), (60, 20), (40, 12), (25, 5)):
            assert rig.is_marked_as_rehearsal
            await rig.resize(*size)
        assert rig.is_marked_as_rehearsal
        await rig.resize(120, 40)
        assert "ends " not in rig.text  # it runs fast, and may be stopped at any time
        await rig.press("q")
        assert "A rehearsal is not recorded." in " ".join(rig.text.split())
        await rig.press("escape", "o")
        assert "The rehearsal is paused." in rig.text


async def test_texts_of_a_file_are_shown_literally() -> None:
    words = Layer(dose=Work(30.0), cues=(FormCue(NASTY),), caution=NASTY, steps=(NASTY,))
    nasty = Exercise(id="x", name=NASTY, own=words)
    routine = Routine(
        id="n", title=NASTY, prepare_s=5, blocks=(Block(sets=(Set(exercise="x"),), name=NASTY),), exercises={"x": nasty}
    )
    async with workout(routine, after_s=2) as rig:
        for size in ((200, 60), (80, 24), (40, 12), (60, 5), (120, 40)):
            await rig.resize(*size)
            assert NASTY in rig.text, size
        await rig.go(4)
        assert rig.text.count(NASTY) >= 2
