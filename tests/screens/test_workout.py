"""The workout screen: it shows the session second by second, and draws nothing that has not changed.

A workout takes a while to start: a test follows one through several things, in functions named after the rules.
"""

import asyncio
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.content import Content
from textual.dom import DOMNode
from textual.geometry import Region

from tests.bundled_catalog import bundled_routine
from tests.fakes import RecordingPlayer
from tests.screens.stage import FLOOR, NASTY, text_of, until
from tests.screens.test_workout_looks import OPEN
from tests.screens.workout_rig import Rig, settings, workout
from tui.engine.commands import Jump, Scope, Swap
from tui.engine.model import Kind
from tui.engine.position import SessionState as SessionState
from tui.files.places import find_places
from tui.files.settings import VoiceSettings
from tui.ladder.remembered import Remembered
from tui.routine.model import Block, Exercise, FormCue, Layer, Routine, Set, Work
from tui.screens.history.summary import SummaryScreen
from tui.screens.pages.help import HelpScreen
from tui.screens.workout.big_clock import BigClock, Character
from tui.screens.workout.flash import ON_S, PERIOD_S, Flash
from tui.screens.workout.screen import LEAD_S, WorkoutScreen
from tui.screens.workout.stage import Layout, Stage
from tui.screens.workout.text_lines import next_line
from tui.screens.workout.view import Coming
from tui.terminal.safe_terminal import WriteGate
from tui.terminal.textual_internals import redraw
from tui.widgets import key_bar
from tui.widgets.figure.view import FigureView
from tui.widgets.key_bar import KeyBar
from tui.widgets.lettering.letters import CAPS, set_text
from tui.widgets.painted import Painted
from tui.widgets.phase_style import PHASE_STYLES

LONG = Routine(
    id="long",
    title="Long",
    prepare_s=0,
    blocks=(Block(sets=(Set(exercise="stretch", own=Layer(dose=Work(125.0))),)),),
    exercises=FLOOR.exercises,
)


async def test_a_workout_is_followed_on_its_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[float] = []
    monkeypatch.setattr(WriteGate, "hold_until", lambda _, due_s: held.append(due_s))
    async with workout() as rig:
        assert not is_marked_as_rehearsal(rig)
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
    told = []
    for _ in range(12):
        told.append(rig.digits)
        await rig.go(1)
    assert told == ["10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "40", "39"]


async def the_coming_second_is_painted_early_and_held_back_until_it_is_due(rig: Rig, held: list[float]) -> None:
    await rig.go(0.25)
    due = rig.screen.wakes.due
    assert due[rig.screen.tick] - rig.clock() == pytest.approx(0.75, abs=0.01)
    assert due[rig.screen.tick] - due[rig.screen.show_coming] == pytest.approx(LEAD_S)
    rig.screen.show_coming()  # too early
    assert held[-1] == pytest.approx(rig.clock() + LEAD_S)
    rig.clock.advance(0.74)
    rig.screen.show_coming()
    assert rig.digits == "37"
    assert held[-1] == pytest.approx(rig.clock() + 0.01, abs=0.002)
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
    monkeypatch.setattr(key_bar, "PART_S", 0.05)
    notice = (
        "Not saved: No space left on device (/home/somebody/.local/share/gluteus/history/2025-03.jsonl). Gluteus "
        "tries again. 上下 No sound device plays: the bell rings."
    )
    bar, shown = rig.screen.query_one(KeyBar), list[str]()
    rig.app.notify(notice, severity="warning")
    while bar.notice:
        part = bar.render().plain.split("\n")[0]
        if part and part not in shown:
            shown.append(part)
        await asyncio.sleep(0.01)
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
    await rig.go(1)
    assert rig.text.strip() == "▶ WORK 34 s  Reverse bridge…"
    await rig.resize(29, 5)
    rig.app.notify("Something that takes more than a line or two to be told.", severity="warning")
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


async def test_digits_are_as_high_as_the_window_allows_and_their_end_leads_to_the_summary() -> None:
    async with workout(LONG) as rig:
        for size, least in {(200, 60): 24, (120, 40): 14, (80, 24): 9, (60, 20): 8, (40, 12): 5}.items():
            await rig.resize(*size)
            assert rig.digits == "2:05"
            assert rig.digit_rows >= least, size
        await rig.go(66)
        assert rig.digits == "59"
        assert rig.digit_rows >= 5
        await rig.go(58)
        rig.clock.advance(1.5)
        rig.screen.tick()
        await rig.pilot.pause()
        assert isinstance(rig.app.screen, SummaryScreen)
        assert rig.app.conductor is None


async def test_a_time_that_becomes_longer_has_all_of_its_digits() -> None:
    stretch = Set(exercise="stretch", own=Layer(dose=Work(3595.0)))
    async with workout(LONG._replace(blocks=(Block(sets=(stretch,)),))) as rig:
        for key, time in {"plus": "1:00:05", "minus": "59:55"}.items():
            await rig.press(key)
            digits = [each for each in rig.screen.query(Character) if each.region]
            assert rig.digits == time
            assert len(digits) == len(time)
            assert all(left.region.right == right.region.x for left, right in pairwise(digits))


async def test_every_layout_shows_the_current_and_the_next_phase() -> None:
    async with workout(size=(200, 60), after_s=12, state=Remembered({"reverse-bridge": "staggered"})) as rig:
        assert "● Staggered" in rig.text  # a huge window has the ladder and the coming phases at its side
        assert "○ Single leg" in rig.text
        assert rig.text.count("Change sides") == 3
        for size in ((80, 24), (60, 20), (30, 8), (40, 12)):
            await rig.resize(*size)
            told = ("Work", "Reverse bridge", "left", "next", "Change sides")
            assert [words for words in told if not rig.says(words)] == [], size
            assert not is_marked_as_rehearsal(rig)
        await the_side_is_large_and_the_progression_is_dropped_for_it(rig)
        await rig.resize(25, 5)
        lines = [line.strip() for line in rig.text.split("\n")]
        assert lines[:3] == ["▶ WORK 28 s", "left", "Reverse bridge"]
        assert lines[3].endswith(" left")
        assert lines[4] == "Staggered"


async def the_side_is_large_and_the_progression_is_dropped_for_it(rig: Rig) -> None:
    assert "Reverse bridge · Staggered" in rig.text
    assert "█   █▀▀ █▀▀ ▀█▀" in rig.text  # LEFT
    await rig.resize(32, 10)
    assert "Reverse bridge · left" in rig.text
    await rig.resize(36, 1)
    assert rig.text.strip() == "▶ WORK 28 s  Reverse bridge · left"


async def test_someone_without_sound_sees_the_title_the_length_and_what_to_fetch() -> None:
    sizes = [(120, 40), (80, 24), (60, 20), (40, 12)]
    async with workout(bundled_routine("bridge-ladder")) as rig:  # its first PREPARE is as long as the way to the floor
        for size in sizes:
            await rig.resize(*size)
            assert rig.says("Bridge ladder", "get two cushions", "7½ min" if size == (40, 12) else "7:35 left"), size
        await rig.go(6)
        for size in sizes:
            await rig.resize(*size)
            assert rig.says("Bridge ladder")
            assert not rig.says("7½ min")
            assert rig.says("get two cushions") is (size != (40, 12)), size  # its only line has what is said now
        await rig.go(9)
        assert rig.conductor.session.phase.kind is Kind.WORK
        for size in ((40, 12), (120, 40)):
            await rig.resize(*size)
            assert not rig.says("Bridge ladder")
            assert not rig.says("get two cushions")


async def test_without_kit_there_is_the_place_and_a_long_title_is_cut() -> None:
    bridges = bundled_routine("bridge-ladder")._replace(title="My own bridges, " + "as slowly as I can, " * 3)
    async with workout(bridges, state=Remembered({"lying-butterfly": "free"})) as rig:
        for size in ((120, 40), (80, 24), (60, 20), (40, 12)):
            await rig.resize(*size)
            assert rig.says("My own bri")
            assert not rig.says("get ", "cushion")
            assert rig.says("set 1 of 4") is (size[0] >= 80), size
            assert rig.says("7½ min") is (size == (40, 12)), size


async def test_a_workout_that_starts_muted_shows_what_to_fetch_though_there_is_a_voice() -> None:
    quiet, spoken = bundled_routine("bridge-ladder")._replace(quiet=True), VoiceSettings(mode="all")
    for routine, expected in ((quiet, True), (quiet._replace(quiet=False), False)):
        async with workout(routine, (40, 12), settings=settings()._replace(voice=spoken)) as rig:
            assert rig.says("7½ min · get two cushions") is expected


async def test_what_to_fetch_follows_a_swap_and_belongs_to_the_first_prepare() -> None:
    async with workout(bundled_routine("kettle-break")) as rig:
        assert not rig.says("get a cushion")
        first = rig.conductor.timeline.sets[0]
        rig.screen.take(rig.conductor.do(Swap(first.slot, "kettle-stand", "cushion", Scope.TODAY)))
        await rig.go(0.5)
        assert rig.says("Kettle break", "get a cushion")
    async with workout(bundled_routine("seven-minutes")) as rig:
        bridge = next(phase for phase in rig.conductor.timeline.sets if phase.plan.exercise.id == "reverse-bridge")
        rig.screen.take(rig.conductor.do(Jump(bridge.slot)))
        await rig.go(0.5)
        assert (rig.conductor.session.phase.kind, rig.says("Seven minutes")) == (Kind.PREPARE, False)


async def test_what_a_voice_says_at_the_start_is_shown_as_it_is_said() -> None:
    spoken = settings()._replace(voice=VoiceSettings(mode="all"))
    async with workout(bundled_routine("bridge-ladder"), settings=spoken, player=RecordingPlayer()) as rig:
        assert rig.conductor.session.coaching.waits
        await rig.go(0.5)
        assert rig.says("Bridge ladder, eight minutes")


async def test_the_band_ends_with_the_block_and_the_place_in_it() -> None:
    floor = FLOOR._replace(blocks=(FLOOR.blocks[0]._replace(name="腰を上げる"),))
    async with workout(floor, (80, 24), after_s=12) as rig:
        _, first, second, *_ = rig.text.split("\n")
        assert first.endswith(" 腰を上げる")
        assert second.endswith(" set 1 of 3 · round 1 of 3")
        assert cell_len(first) == cell_len(second) == 77


async def test_the_reps_of_an_open_set_are_shown_once_and_large_even_in_a_pause() -> None:
    large = set_text("8-12 reps", CAPS)
    assert large is not None
    async with workout(OPEN, size=(200, 60), after_s=3) as rig:
        for size in ((200, 60), (120, 40), (80, 24)):
            await rig.resize(*size)
            assert rig.text.count(large[1].strip()) == 1
            assert "8-12 reps" not in rig.text
            if size == (200, 60):
                await rig.press("space")
        await rig.resize(60, 20)
        rows = rig.digit_rows
    exercises = {"stretch": FLOOR.exercises["stretch"]._replace(name="A stretch with a long name")}
    async with workout(LONG._replace(exercises=exercises), size=(60, 20), after_s=3) as rig:
        assert "A stretch with a long name" in rig.text
        assert rig.digit_rows > rows  # without large words in the heading the digits have its rows


async def test_a_rehearsal_and_missing_sound_are_marked() -> None:
    async with workout(size=(80, 24), rate=10.0, player=RecordingPlayer(audible=False)) as rig:
        assert "no sound" in rig.text
        for size in ((200, 60), (60, 20), (40, 12), (25, 5)):
            assert is_marked_as_rehearsal(rig)
            await rig.resize(*size)
        assert is_marked_as_rehearsal(rig)
        await rig.resize(120, 40)
        assert "ends " not in rig.text  # it runs fast, and may be stopped at any time


def is_marked_as_rehearsal(rig: Rig) -> bool:
    return "\N{MULTIPLICATION SIGN}10" in rig.text or "Rehearsal, 10 times as fast" in rig.text


def test_a_phase_after_the_next_one_is_shown_whole_or_not_at_all() -> None:
    bridge = Coming(PHASE_STYLES[Kind.WORK], "Reverse bridge", "1 min")
    coming = [bridge, Coming(PHASE_STYLES[Kind.REST], "Rest", "30 s")]
    both = next_line(coming, 80).plain
    assert both.endswith("Rest") and next_line(coming, len(both)).plain == both
    assert next_line(coming, len(both) - 1).plain == next_line(coming[:1], 80).plain
    assert next_line(coming, 20).plain.endswith("…")
    assert next_line([], 80).plain == "next  the end"


@pytest.mark.usefixtures("painted")
async def test_only_what_has_changed_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    async with workout(size=(120, 44), after_s=12) as rig:
        await a_second_draws_the_digit_that_changes_and_little_else(rig)
        await a_pause_is_drawn_once_and_then_nothing_is(rig, monkeypatch)
        await rig.go(35)
        await the_block_of_the_last_seconds_leaves_a_row_free_if_there_is_space(rig)


async def a_second_draws_the_digit_that_changes_and_little_else(rig: Rig) -> None:
    drawn: list[tuple[Painted, tuple[Region, ...]]] = []

    def note(widget: Painted, regions: Sequence[Region]) -> None:
        drawn.append((widget, tuple(regions)))
        redraw(widget, regions)

    for _ in range(6):  # nothing of the beginning is left to draw
        await rig.pilot.pause()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.widgets.painted.redraw", note)
        patch.setattr(Painted, "refresh", lambda widget, *_, **__: drawn.append((widget, ())))
        await rig.go(1)
    characters = [each for each in rig.screen.query(Character) if each.region]
    assert {each for each, _ in drawn if isinstance(each, Character)} == {characters[1]}
    assert all(regions for _, regions in drawn)
    assert {each.id for each, _ in drawn if each.id} <= {"left"}


async def a_pause_is_drawn_once_and_then_nothing_is(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    await rig.press("space")
    drawn: list[int] = []  # grows with each time that something is written to the terminal
    monkeypatch.setattr(App, "post_display_hook", lambda self: drawn.append(1))
    await rig.go(20)
    assert drawn == []
    assert {*rig.screen.wakes.due} <= {rig.screen.prepare_swap}  # once, some seconds after another page was closed
    await rig.press("space")
    assert drawn != []
    assert rig.digits == "37"


async def the_block_of_the_last_seconds_leaves_a_row_free_if_there_is_space(rig: Rig) -> None:
    assert rig.digits == "2"
    clock = rig.screen.query_one(BigClock)
    rows = clock.render_lines(Region(0, 0, clock.size.width, 2))
    edge, block = ({segment.style and segment.style.bgcolor for segment in row} for row in rows)
    assert edge != block
    assert "".join(segment.text for segment in rows[0]).strip() == ""


async def test_a_workout_with_a_figure_is_followed_on_its_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    frames: list[tuple[SessionState, str]] = []
    state = find_places().state_file
    begin = WorkoutScreen.begin

    def begun(screen: WorkoutScreen) -> None:
        frames.append((screen.conductor.state, text_of(screen.app)))
        assert not state.exists()
        begin(screen)

    monkeypatch.setattr(WorkoutScreen, "begin", begun)
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
        await rig.resize(80, 24)
        assert rig.screen.query_one(BigClock).region.width == 74  # without a figure they have all the width


async def test_the_screen_wakes_when_the_figure_moves_on() -> None:
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


async def test_texts_of_a_file_are_shown_literally() -> None:
    words = Layer(dose=Work(30.0), cues=(FormCue(NASTY),), caution=NASTY, steps=(NASTY,))
    nasty = Exercise(id="x", name=NASTY, own=words)
    routine = Routine(
        id="n", title=NASTY, prepare_s=5, blocks=(Block(sets=(Set(exercise="x"),), name=NASTY),), exercises={"x": nasty}
    )
    async with workout(routine, after_s=2) as rig:
        for size in ((200, 60), (120, 40), (80, 24), (40, 12), (60, 5)):
            await rig.resize(*size)
            assert NASTY in rig.text, size
        await rig.resize(120, 40)
        await rig.go(4)
        assert rig.text.count(NASTY) >= 2


async def test_classes_change_the_styles_of_the_widgets_that_they_concern_and_of_no_others() -> None:
    random = Random(3)
    classes = [*Layout, "-upright", "-tight", "-figure", "-drawn", "-counted", "-open", "-between", "-plain", "-zoom"]
    async with workout() as rig:
        screen, stylesheet = rig.screen, rig.app.stylesheet
        nodes = [*screen.walk_children(with_self=True)]
        for _ in range(20):
            screen.take_classes({name: random.random() < 0.5 for name in random.sample(classes, 3)})
            taken = [dict(node.styles.base.get_rules()) for node in nodes]
            stylesheet.update_nodes(nodes)
            assert [dict(node.styles.base.get_rules()) for node in nodes] == taken
        passed: list[DOMNode] = []
        stylesheet.update_nodes = lambda nodes, animate=False: passed.extend(nodes)  # type: ignore[method-assign]
        screen.take_classes({"-between": not screen.has_class("-between")})
        assert passed == [screen, screen.query_one("#cue")]  # a screen has parts with styles of their own


@pytest.mark.parametrize(
    ("flash", "times"),
    [
        ("three-times", 3),
        pytest.param("once", 1, marks=pytest.mark.slow),
        pytest.param("off", 0, marks=pytest.mark.slow),
    ],
)
async def test_every_phase_but_the_first_begins_with_a_flash(
    flash: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, light_up = list[str](), Flash.light

    def lit_up(light: Flash, hue: str, times: int, beneath: Callable[[], object]) -> None:
        begun.append(hue)
        light_up(light, hue, times, beneath)

    monkeypatch.setattr(Flash, "light", lit_up)
    async with workout(settings=settings(flash=flash)) as rig:
        light = rig.screen.query_one(Flash)
        await rig.go(5)
        assert begun == []
        waiting: list[tuple[float, Callable[[], None]]] = []
        monkeypatch.setattr(light, "set_timer", lambda delay_s, then: waiting.append((delay_s, then)))
        await rig.press("n")
        lit: list[tuple[bool, float]] = []
        while waiting:
            delay_s, then = waiting.pop()
            lit.append((light.display, delay_s))
            then()
        assert [on for on, _ in lit] == [True, False, True, False, True][: max(2 * times - 1, 0)]
        assert all(delay_s == pytest.approx(ON_S if on else PERIOD_S - ON_S) for on, delay_s in lit)
        assert not light.display
    assert PERIOD_S > 1 / 3
