"""The instants of the cues of a phase."""

from tests.sessions import T, begun
from tests.workouts import block, layer, routine
from tui.coach.cue import CLASS_OF, Cue, CueClass, Order, Phrase, Sound, Topic
from tui.coach.cue_track import CueTrack
from tui.coach.cued_timeline import cued_timeline
from tui.engine.commands import Next
from tui.routine.model import Layer, Reps, Routine, Set, Sides
from tui.routine.movement import Tempo


def sounds(plan: Routine, *wanted: Sound) -> list[tuple[float, str]]:
    return [
        (cue.at_s, cue.sound.value)
        for cue in cued_timeline(plan).cues
        if cue.sound is not None and (not wanted or cue.sound in wanted)
    ]


def test_a_tabata_round_has_start_halfway_countdown_and_rest() -> None:
    plan = routine(block("stretch", rounds=2, own=layer(rest=10)), defaults=Layer())
    twenty = routine(block(Set(exercise="stretch", own=layer(20.0, rest=10)), rounds=2))
    assert sounds(twenty) == [
        (0, "start"), (10, "halfway"), (17, "countdown"), (18, "countdown"), (19, "countdown"),
        (20, "rest"), (27, "countdown"), (28, "countdown"), (29, "countdown"),
        (30, "start"), (40, "halfway"), (47, "countdown"), (48, "countdown"), (49, "countdown"),
        (50, "finish"),
    ]  # fmt: skip
    assert sounds(plan)[-1] == (70, "finish")


def test_no_countdown_below_five_seconds_and_no_halfway_below_twenty() -> None:
    assert sounds(routine(block(Set(exercise="stretch", own=layer(4.9))))) == [(0, "start"), (4.9, "finish")]
    names = [name for _, name in sounds(routine(block(Set(exercise="stretch", own=layer(19.9)))))]
    assert names == ["start", "countdown", "countdown", "countdown", "finish"]


def test_a_five_second_phase_counts_down() -> None:
    names = sounds(routine(block(Set(exercise="stretch", own=layer(5.0)))))
    assert names == [(0, "start"), (2, "countdown"), (3, "countdown"), (4, "countdown"), (5, "finish")]


def test_switch_and_the_gap_length() -> None:
    plan = routine(block("stretch", own=layer(sides=Sides.EACH, switch=5)), prepare=4)
    assert sounds(plan, Sound.START, Sound.SWITCH, Sound.REST) == [(4, "start"), (34, "switch"), (39, "start")]


def test_the_end_of_work_is_heard_when_a_prepare_follows_it() -> None:
    plan = routine(block("stretch"), block("stretch", prepare=4))
    assert sounds(plan, Sound.REST) == [(30, "rest")]


def test_beats_of_counted_reps_give_way_to_the_start_and_to_the_countdown() -> None:
    plan = routine(block(Set(exercise="lifts", own=layer(Reps(2, 2), tempo=Tempo(2.0, 1.0, 3.0)))))
    assert sounds(plan) == [
        (0, "start"), (2, "hold"), (3, "lower"), (6, "lift"), (8, "hold"),
        (9, "countdown"), (10, "countdown"), (11, "countdown"), (12, "finish"),
    ]  # fmt: skip


def test_a_beat_without_length_is_left_out() -> None:
    plan = routine(block(Set(exercise="lifts", own=layer(Reps(3, 3), tempo=Tempo(2.0, 0.0, 2.0)))))
    assert Sound.HOLD.value not in [name for _, name in sounds(plan)]


def test_timed_work_is_not_ticked_and_open_sets_only_start() -> None:
    ticked = routine(block(Set(exercise="lifts", own=layer(30.0))))
    assert sounds(ticked, Sound.LIFT, Sound.HOLD, Sound.LOWER) == []
    assert sounds(routine(block("hops", own=layer(rest=9), rounds=2)))[:2] == [(0, "start"), (30, "rest")]


def test_nothing_sounds_close_to_a_start() -> None:
    plan = routine(block(Set(exercise="lifts", own=layer(Reps(9, 9), tempo=Tempo(0.2, 0.2, 0.2)))))
    assert min(at for at, name in sounds(plan) if name != "start") > 0.3


def test_a_phase_too_short_for_a_sound_of_its_own_leaves_it_to_the_next() -> None:
    plan = routine(block(Set(exercise="stretch", own=layer(4.0, rest=0.25)), rounds=2))
    assert sounds(plan) == [(0, "start"), (4.25, "start"), (8.25, "finish")]


def test_every_sound_has_a_class() -> None:
    assert set(CLASS_OF) == set(Sound)
    assert {cue.cue_class for cue in cued_timeline(routine(block("stretch"))).cues} == {
        CueClass.TRANSITIONS, CueClass.COUNTDOWN, CueClass.HALFWAY, CueClass.VOICE,
    }  # fmt: skip


def test_what_follows_the_countdown_of_a_rest_is_heard() -> None:
    plan = routine(block("stretch", own=layer(rest=20)), block("stretch", prepare=10))
    assert sounds(plan, Sound.REST, Sound.SWITCH) == [(30, "rest"), (50, "switch")]


def test_a_beat_gives_way_to_halfway() -> None:
    plan = routine(block(Set(exercise="lifts", own=layer(Reps(4, 4), tempo=Tempo(2.0, 1.0, 3.0)))))
    assert [name for at_s, name in sounds(plan) if at_s == 12] == ["halfway"]


def test_at_one_instant_a_sound_comes_before_words_and_both_before_an_event() -> None:
    words, sound = Cue(2.0, 0, phrase=Phrase("Up.", (Topic.CUE,), "Up.", 0.3, 1.0)), Cue(2.0, 0, Sound.HALFWAY)
    assert sorted([words, sound], key=lambda cue: cue.when) == [sound, words]
    assert max(words.when, sound.when) < (2.0, Order.EVENT)


def test_a_phase_ends_after_the_cues_of_its_last_instant_and_the_workout_after_its_closing_words() -> None:
    track = CueTrack(165.0)
    track.due = [Cue(2.0, 0, Sound.COUNTDOWN), Cue(2.1, 0, Sound.COUNTDOWN)]
    assert [cue.at_s for cue in track.fire(2.0)] == [2.0]
    session = begun(routine(block("hops")), at=5)
    events = session.give(Next(), T + 5)
    assert [type(event).__name__ for event in events] == [
        "CommandGiven", "PhaseEnded", "CueFired", "CueFired", "Finished",
    ]  # fmt: skip
