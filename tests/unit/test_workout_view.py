"""The content of the workout screen at a moment, computed from the timeline alone."""

from textual.geometry import Size

from tests.bundled_catalog import bundled_routine
from tests.for_each import for_each
from tests.sessions import Led, T
from tests.workout_views import view
from tests.workouts import LIBRARY, block, layer, routine
from tui.audio.player import PlayerStatus
from tui.coach.cue import Cue
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.coach.phrases import as_shown
from tui.engine.coaching import Coaching, Past
from tui.engine.commands import Start
from tui.engine.model import Choices
from tui.engine.position import Position, SessionState, position_at
from tui.engine.timeline import Timeline
from tui.files.settings import AudioSettings
from tui.routine.model import Block, FormCue, Layer, Mode, Reps, Routine, Set, Sides, Work
from tui.routine.movement import Tempo
from tui.screens.workout.footer import sound_words
from tui.screens.workout.view import TOO_LONG, WorkoutView, soon
from tui.widgets.phase_style import PAUSED, PHASE_STYLES

SIDED = Choices(today={"reverse-bridge": "single-leg"})


def look(timeline: CuedTimeline, at_s: float, state: SessionState = SessionState.RUNNING) -> WorkoutView:
    """The view at a workout second."""
    index = next(i for i, phase in enumerate(timeline.phases) if at_s < phase.end_s or phase is timeline.phases[-1])
    return view(timeline, position_at(timeline, index, state, at_s))


def one_set(set_: Set) -> CuedTimeline:
    """A workout of one set, without a prepare."""
    return cued_timeline(Routine(id="t", title="T", prepare_s=0, blocks=(Block(sets=(set_,)),), exercises=LIBRARY))


def bridges_plan() -> Routine:
    return routine(block("reverse-bridge", rounds=2, own=layer(rest=15, switch=5)), prepare=10.0)


def bridges() -> CuedTimeline:
    """10 s to get ready, then two rounds: 20 s left, 5 s to change, 20 s right; 15 s rest between them."""
    return cued_timeline(bridges_plan(), SIDED)


def shown_with(timeline: CuedTimeline, said: Cue, at_s: float) -> str:
    """The words on the screen at `at_s`, when `said` was said last."""
    return view(timeline, position_at(timeline, said.phase, SessionState.RUNNING, at_s), said=said).cue


def test_prepare_shows_the_next_set_and_the_time_until_it() -> None:
    seen = look(bridges(), 2.5)
    assert (seen.style.hue, seen.digits, seen.ending) == ("prepare", "8", False)
    assert (seen.heading.name, seen.heading.progression, seen.heading.side) == ("Reverse bridge", "Single leg", "left")
    assert seen.place == "set 1 of 2 · round 1 of 2"
    assert [(c.words, c.length) for c in seen.coming] == [
        ("Reverse bridge · single leg", "left 20 s"),
        ("Change sides", "5 s"),
    ]
    assert seen.cue == "Get into position"


def test_work_shows_its_side_and_changing_the_side_to_come() -> None:
    timeline = bridges()
    assert look(timeline, 11).heading.side == "left"
    assert look(timeline, 31).style.hue == "switch"
    assert look(timeline, 31).heading.side == "right"
    assert look(timeline, 36).heading.side == "right"


def test_a_rest_is_about_the_coming_set() -> None:
    seen = look(bridges(), 56)
    assert (seen.style.hue, seen.heading.side, seen.place) == ("rest", "left", "set 2 of 2 · round 2 of 2")
    assert seen.motion.mirrored


@for_each(("left_s", "digits", "ending"), [(3.0005, "3", True), (3.5, "4", False), (0.2, "1", True)])
def test_the_last_three_seconds_are_marked(left_s: float, digits: str, ending: bool) -> None:
    seen = look(bridges(), 30 - left_s)
    assert (seen.digits, seen.ending) == (digits, ending)


def test_a_clock_read_a_little_late_still_shows_the_second_it_was_set_for() -> None:
    assert look(bridges(), 12.0005).digits == "18"


def test_minutes_come_with_seconds_and_seconds_alone() -> None:
    long = one_set(Set(exercise="stretch", own=layer(3700)))
    shown = [look(long, 3700 - left).digits for left in (3665, 61, 60, 59, 9)]
    assert shown == ["1:01:05", "1:01", "1:00", "59", "9"]


def test_a_pause_removes_the_colour_and_names_the_key_to_resume() -> None:
    seen = look(bridges(), 28.5, SessionState.PAUSED)
    assert (seen.style, seen.word, seen.digits, seen.ending) == (PAUSED, "Paused", "2", False)
    assert seen.cue == "Press space to resume"
    position = position_at(bridges(), 1, SessionState.PAUSED, 28.5)
    wide, narrow = ((Size(width, 1), "Paused: it slept.") for width in (120, 30))
    assert view(bridges(), position, 2, wide[0], why_paused=wide[1]).cue == "Paused: it slept. Press space to resume."
    assert view(bridges(), position, 2, narrow[0], why_paused=narrow[1]).cue == "Press space to resume"
    assert seen.kind in PHASE_STYLES


def test_an_open_set_counts_up_and_names_the_key() -> None:
    seen = look(cued_timeline(routine(block("hops"))), 7.2)
    assert (seen.digits, seen.tally, seen.hint, seen.ending) == ("↑7", "10 reps", "Enter = done", False)
    assert seen.left.startswith("≈ ")


def test_reps_at_a_tempo_are_counted_with_their_beats() -> None:
    timeline = cued_timeline(routine(block("lifts")))
    seen_at = [(look(timeline, at_s).tally, look(timeline, at_s).beat) for at_s in (0.5, 2.5, 3.5, 6.1, 29.5)]
    assert seen_at == [("1/5", "Lift"), ("1/5", "Hold"), ("1/5", "Lower"), ("2/5", "Lift"), ("5/5", "Lower")]
    assert look(timeline, 1.0).hint == ""


def test_alternating_sides_are_shown_rep_by_rep() -> None:
    timeline = one_set(Set(exercise="lifts", own=Layer(sides=Sides.ALTERNATE)))
    sides = [(look(timeline, at_s).heading.side, look(timeline, at_s).motion.mirrored) for at_s in (1, 7, 13)]
    assert sides == [("left", True), ("right", False), ("left", True)]


def test_sides_that_take_turns_without_a_count_are_named_once() -> None:
    timeline = one_set(Set(exercise="stretch", own=Layer(sides=Sides.ALTERNATE)))
    assert look(timeline, 1).heading.side == "alternate sides"


def test_as_many_rounds_as_fit_have_no_total() -> None:
    timeline = cued_timeline(routine(block("hops", mode=Mode.AMRAP, cap=300.0)))
    assert look(timeline, 1).place == "set 1 · round 1"


def test_nothing_comes_after_the_last() -> None:
    timeline = bridges()
    assert look(timeline, timeline.total_s - 1).coming == ()


def test_the_caution_comes_first_then_each_cue_long_enough_to_be_read() -> None:
    seen_at = [look(bridges(), 10 + second).cue for second in range(20)]
    runs = [seen_at[0]]
    lengths = [1]
    for cue in seen_at[1:]:
        if cue == runs[-1]:
            lengths[-1] += 1
        else:
            runs.append(cue)
            lengths.append(1)
    assert runs[:3] == ["Not into an arch", "Squeeze", "Lift"]
    assert min(lengths) >= 4


def test_a_cue_that_could_not_be_read_any_more_does_not_come() -> None:
    timeline = one_set(Set(exercise="stretch", own=Layer(dose=Work(7.0), cues=(FormCue("One"), FormCue("Two")))))
    assert {look(timeline, second).cue for second in range(7)} == {"One"}


def test_a_caution_is_shown_whole_or_in_its_short_form_never_in_part() -> None:
    whole, short = "Lift to a straight line, never so high that your back arches.", "Only up to a straight line"
    timeline = one_set(Set(exercise="stretch", own=Layer(caution=whole, caution_short=short)))
    position = position_at(timeline, 0, SessionState.RUNNING, 1.0)
    shown = [view(timeline, position, cue_room=Size(*size)).cue for size in ((74, 1), (54, 3), (34, 1), (20, 1))]
    assert shown == [whole.rstrip("."), whole.rstrip("."), short, TOO_LONG]


def test_a_phrase_is_shown_while_it_is_spoken_and_in_a_set_until_the_next_one() -> None:
    timeline = cued_timeline(bridges_plan(), SIDED, Coaching(words_a_minute=165))
    phrases = [cue for cue in timeline.cues if cue.phrase]
    first, last = phrases[0], [cue for cue in phrases if cue.phase == 0][-1]
    assert shown_with(timeline, first, first.at_s) == "First: reverse bridge, single leg"
    assert shown_with(timeline, last, last.at_s + 4.5) == "Get into position"
    squeeze = next(cue for cue in phrases if cue.say == "Squeeze.")
    assert shown_with(timeline, squeeze, squeeze.at_s + 6) == "Squeeze"


def test_a_name_is_shown_as_it_is_written_not_as_the_voice_says_it() -> None:
    names = {
        "Next: bar leg lift.": "Next: barre leg lift",
        "Ten seconds. Bar leg lift.": "Ten seconds. Barre leg lift.",
    }
    lift = bundled_routine("kettle-break").exercises["barre-lift"]
    for said, shown in names.items():
        assert as_shown(said, lift).rstrip(".") == shown.rstrip(".")
    assert as_shown("Handlebar leg lift.", lift) == "Handlebar leg lift."
    kettle = cued_timeline(bundled_routine("kettle-break"), coaching=Coaching(words_a_minute=165, waits=True))
    said_ = next(cue for cue in kettle.cues if cue.say == "Next: bar leg lift.")
    assert shown_with(kettle, said_, said_.at_s) == "Next: barre leg lift"


def test_the_closing_words_are_shown_with_the_written_name() -> None:
    lift = bundled_routine("kettle-break").exercises["barre-lift"]._replace(progressions=())
    made = routine(block("barre-lift"))._replace(exercises={"barre-lift": lift})
    session = Led(made, coaching=Coaching(words_a_minute=165, past=Past(workouts=3)))
    session.give(Start(), T)
    session.poll(T + 3600)
    assert session.coach.closing_words == "That's it, well done. First time: barre leg lift."


def test_the_form_cues_of_a_set_are_shown_among_its_phrases() -> None:
    timeline = one_set(Set(exercise="stretch", own=Layer(say="Breathe out", cues=(FormCue("One"),))))
    assert [look(timeline, second).cue for second in (1, 7)] == ["Breathe out", "One"]


def test_an_exercise_without_a_word_shows_none() -> None:
    assert look(cued_timeline(routine(block("stretch"))), 5).cue == ""


def shortly_after(timeline: Timeline, position: Position) -> Position:
    return soon(timeline, position.phase.index, position.state, position.total_elapsed_s, 0.004)


def test_soon_is_the_next_phase_when_this_one_is_over_by_then() -> None:
    timeline = bridges()
    position = position_at(timeline, 0, SessionState.RUNNING, 9.999)
    assert shortly_after(timeline, position).phase.index == 1
    assert view(timeline, shortly_after(timeline, position)).digits == "20"
    assert shortly_after(timeline, position_at(timeline, 0, SessionState.RUNNING, 5.0)).phase.index == 0


def test_soon_never_runs_past_the_end_nor_through_a_pause() -> None:
    timeline = bridges()
    last = position_at(timeline, len(timeline.phases) - 1, SessionState.RUNNING, timeline.total_s - 0.001)
    assert shortly_after(timeline, last) == last
    paused = position_at(timeline, 0, SessionState.PAUSED, 9.999)
    assert shortly_after(timeline, paused) == paused


def test_an_open_set_does_not_end_by_itself() -> None:
    timeline = cued_timeline(routine(block("hops", "stretch")))
    position = position_at(timeline, 0, SessionState.RUNNING, timeline.phases[0].end_s + 5)
    assert shortly_after(timeline, position).phase.index == 0


def test_the_figure_moves_at_the_tempo_of_the_set() -> None:
    timeline = one_set(Set(exercise="stretch", own=Layer(dose=Reps(8, 12), tempo=Tempo(1, 0, 1))))
    assert look(timeline, 0.5).motion.tempo == Tempo(1, 0, 1)


@for_each(
    ("audio", "audible", "expected"),
    [
        (AudioSettings(volume=80), True, "♪ ▮▮▮▮▯"),
        (AudioSettings(volume=80), False, "no sound"),
        (AudioSettings(mute=True), True, "muted"),
        (AudioSettings(mute=True), False, "muted"),  # else the key would seem to do nothing
        (AudioSettings(volume=0), False, "muted"),
    ],
)
def test_the_foot_says_why_nothing_is_heard_first_what_the_user_chose(
    audio: AudioSettings, audible: bool, expected: str
) -> None:
    assert sound_words(audio, PlayerStatus("any", "", audible)) == expected


def test_a_coming_set_of_reps_is_shown_in_reps_even_if_it_has_a_tempo() -> None:
    set_ = Set(exercise="stretch", own=Layer(dose=Reps(11, 11), tempo=Tempo(2, 2, 2)))
    timeline = cued_timeline(Routine(id="t", title="T", prepare_s=10, blocks=(Block(sets=(set_,)),), exercises=LIBRARY))
    assert look(timeline, 2).coming[0].length == "11 reps"
