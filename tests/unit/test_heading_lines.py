"""If only one line of a heading can be large, it is the most important one, and it does not move."""

from tests.bundled_catalog import bundled_routine
from tests.for_each import for_each
from tests.workout_views import view
from tests.workouts import build
from tui.engine.model import Choices, Kind
from tui.engine.position import SessionState, position_at
from tui.engine.timeline import Timeline
from tui.screens.workout.text_lines import HeadingLines, heading_lines
from tui.screens.workout.view import WorkoutView
from tui.widgets.phase_style import PhaseStyle

WIDE, NARROW, NARROWEST = 74, 54, 36
"""The cells that windows of 80, 60 and 40 columns have for it."""


def bridges(progression: str) -> Timeline:
    """Bridges at a tempo."""
    return build(bundled_routine("bridge-ladder"), Choices(today={"reverse-bridge": progression}))


def at(timeline: Timeline, second: float) -> WorkoutView:
    index = next(phase.index for phase in timeline.phases if second < phase.end_s)
    return view(timeline, position_at(timeline, index, SessionState.RUNNING, second))


def in_set(progression: str) -> WorkoutView:
    timeline = bridges(progression)
    return at(timeline, timeline.sets[0].start_s + 1)


def words(lines: HeadingLines) -> tuple[str, ...]:
    """The large ones."""
    return tuple(piece.text for piece in lines.large if piece.text)


def test_the_progression_is_large_in_the_band_if_the_line_is_too_short_for_it() -> None:
    seen = in_set("single-leg")
    assert seen.kind is Kind.WORK and seen.heading.side == "left"
    lines = heading_lines(seen, WIDE, band_width=80)
    assert lines.in_band == "Single leg"
    assert lines.small == ("Reverse bridge", seen.place), "the place gives it its room in the band"
    assert words(lines) == tuple(filter(None, ("left", seen.tally, seen.beat)))


def test_without_a_band_of_large_words_it_is_small() -> None:
    lines = heading_lines(in_set("single-leg"), NARROW)
    assert (lines.small, lines.in_band) == (("Reverse bridge", "Single leg"), "")


def test_a_short_progression_is_in_the_line_beside_the_reps() -> None:
    lines = heading_lines(in_set("two-legs"), WIDE, band_width=80)
    assert words(lines)[0] == "Two legs" and lines.in_band == ""


@for_each("progression", ["two-legs", "staggered", "single-leg"])
def test_nothing_jumps_in_mid_set(progression: str) -> None:
    timeline = bridges(progression)
    first = timeline.sets[0]
    seen = [at(timeline, first.start_s + 0.5 * step) for step in range(int(first.length_s * 2))]
    assert len({each.beat for each in seen}) == 3
    for width in (WIDE, NARROW, NARROWEST):
        lines = [heading_lines(each, width, band_width=width) for each in seen]
        assert len({(each.small, each.in_band) for each in lines}) == 1


def test_before_a_set_the_next_exercise_and_side_are_large_or_else_the_progression() -> None:
    seen = at(bridges("single-leg"), 1)
    assert words(heading_lines(seen, 120)) == ("Reverse bridge", "Single leg", "left")
    assert words(heading_lines(seen, WIDE)) == ("Reverse bridge", "left")
    assert words(heading_lines(seen, NARROW)) == ("Single leg", "left")
    assert heading_lines(seen, NARROWEST).small == ("Reverse bridge", "Single leg")
    assert words(heading_lines(seen, NARROWEST)) == ("left",)


def test_progression_and_side_side_by_side_have_two_colours() -> None:
    progression, side = heading_lines(at(bridges("single-leg"), 1), NARROW).large
    assert progression.hue != side.hue


def test_the_room_beside_the_word_is_that_of_the_band() -> None:
    seen = in_set("single-leg")
    assert isinstance(seen.style, PhaseStyle)
    least = next(width for width in range(40, 120) if heading_lines(seen, WIDE, band_width=width).in_band)
    assert 60 < least <= 80
