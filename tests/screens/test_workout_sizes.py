"""The layouts of the workout screen: the content of each window size, and its scale."""

from itertools import pairwise

from rich.cells import cell_len

from tests.screens.stage import FLOOR, until
from tests.screens.test_workout_looks import OPEN
from tests.screens.workout_rig import Rig, workout
from tui.engine.model import Kind
from tui.engine.position import SessionState as SessionState
from tui.ladder.remembered import Remembered
from tui.routine.model import Block, Layer, Routine, Set, Work
from tui.screens.history.summary import SummaryScreen
from tui.screens.workout.big_clock import BigClock
from tui.screens.workout.text_lines import next_line
from tui.screens.workout.view import Coming
from tui.widgets.lettering.digits import gap_width
from tui.widgets.lettering.letters import CAPS, set_text
from tui.widgets.phase_style import PHASE_STYLES

LONG = Routine(
    id="long",
    title="Long",
    prepare_s=0,
    blocks=(Block(sets=(Set(exercise="stretch", own=Layer(dose=Work(125.0))),)),),
    exercises=FLOOR.exercises,
)


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
    async with workout(LONG._replace(blocks=(Block(sets=(stretch,)),)), (80, 24)) as rig:
        for key, time in {"plus": "1:00:05", "minus": "59:55"}.items():
            await rig.press(key)
            digits = rig.screen.query_one(BigClock).digits
            assert rig.digits == "".join(digit.char for digit in digits) == time
            gaps = [right.region.x - left.region.right for left, right in pairwise(digits)]
            assert gaps == [gap_width(rig.digit_rows)] * (len(time) - 1)


async def test_every_layout_shows_the_current_and_the_next_phase() -> None:
    async with workout(size=(200, 60), after_s=12, state=Remembered({"reverse-bridge": "staggered"})) as rig:
        assert "● Staggered" in rig.text  # a huge window has the ladder and the coming phases at its side
        assert "○ Single leg" in rig.text
        assert rig.text.count("Change sides") == 3
        for size in ((80, 24), (60, 20), (30, 8), (40, 12)):
            await rig.resize(*size)
            expected = ("Work", "Reverse bridge", "left", "next", "Change sides")
            assert [words for words in expected if not rig.says(words)] == [], size
            assert not rig.is_marked_as_rehearsal
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
        # without large words in the heading the digits have its rows
        await until(rig.pilot, lambda: rig.digit_rows > rows)


def test_a_phase_after_the_next_one_is_shown_whole_or_not_at_all() -> None:
    bridge = Coming(PHASE_STYLES[Kind.WORK], "Reverse bridge", "1 min")
    coming = [bridge, Coming(PHASE_STYLES[Kind.REST], "Rest", "30 s")]
    both = next_line(coming, 80).plain
    assert both.endswith("Rest") and next_line(coming, len(both)).plain == both
    assert next_line(coming, len(both) - 1).plain == next_line(coming[:1], 80).plain
    assert next_line(coming, 20).plain.endswith("…")
    assert next_line([], 80).plain == "next  the end"
