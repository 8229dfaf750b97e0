"""Where the cues of a phase stand."""

from tests.workouts import block, layer, routine
from tui.routine.model import Layer, Mode, Reps, Routine, Set, Sides, Tempo
from tui.timeline.build import build
from tui.timeline.model import CLASS_OF, Choices, CueClass, Sound
from tui.timeline.session import Session


def sounds(plan: Routine, *wanted: Sound) -> list[tuple[float, str]]:
    return [
        (cue.at_s, cue.sound.value)
        for cue in build(plan).cues
        if cue.sound is not None and (not wanted or cue.sound in wanted)
    ]


def said(plan: Routine) -> list[tuple[float, str]]:
    return [(cue.at_s, cue.say) for cue in build(plan).cues if cue.say is not None]


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


def test_switch_and_the_first_prepare() -> None:
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
    assert {cue.cue_class for cue in build(routine(block("stretch"))).cues} == {
        CueClass.TRANSITIONS, CueClass.COUNTDOWN, CueClass.HALFWAY, CueClass.VOICE,
    }  # fmt: skip


def test_the_voice_announces_the_first_the_next_and_the_last_set() -> None:
    words = said(routine(block("stretch", own=layer(rest=20), rounds=3), prepare=10))
    assert words == [
        (0.2, "First: Stretch"), (25.4, "Halfway"), (40.8, "Next: Stretch"), (75.4, "Halfway"),
        (90.8, "Last set: Stretch"), (125.4, "Halfway"), (141.8, "Well done. That was all."),
    ]  # fmt: skip


def test_the_voice_says_rung_and_side_and_the_side_at_a_switch() -> None:
    set_ = Set(exercise="reverse-bridge", progression="single-leg")
    words = [text for _, text in said(routine(block(set_, own=layer(rest=20), rounds=2), prepare=10))]
    assert words[0] == "First: reverse bridge, single leg, left"
    assert "Right side" in words
    assert "Last set: reverse bridge, single leg, left" in words


def bridge_words(seconds: float, rounds: int = 1) -> list[tuple[float, str]]:
    """What is said in sets of so many seconds, without the announcements."""
    words = said(routine(block(Set(exercise="reverse-bridge", own=layer(seconds)), rounds=rounds)))
    return [(at_s, text) for at_s, text in words if text in ("Squeeze", "Lift", "Halfway")]


def test_form_cues_are_spread_and_keep_clear_of_halfway_and_countdown() -> None:
    assert bridge_words(60) == [(4, "Squeeze"), (30.4, "Halfway"), (32, "Lift")]
    assert bridge_words(200) == [(4, "Squeeze"), (100.4, "Halfway"), (102, "Lift")]
    assert bridge_words(30) == [(4, "Squeeze"), (15.4, "Halfway"), (17, "Lift")]


def test_in_short_sets_each_round_says_another_form_cue_and_halfway_is_only_sounded() -> None:
    assert bridge_words(20, rounds=3) == [(4, "Squeeze"), (24, "Lift"), (44, "Squeeze")]


def test_form_cues_stay_where_they_are_when_a_set_is_given_more_time() -> None:
    session = Session(routine(block(Set(exercise="reverse-bridge", own=layer(60.0)))), Choices())
    before = [cue for cue in session.timeline.cues if cue.form]
    session.start(0.0)
    session.extend(1.0, 30.0)
    after = [(cue.at_s, cue.say) for cue in session.timeline.cues if cue.form]
    assert [(cue.at_s, cue.say) for cue in before] == [(4, "Squeeze"), (30.4, "Halfway"), (32, "Lift")]
    assert after == [(4, "Squeeze"), (32, "Lift"), (45.4, "Halfway")]


def test_a_sets_own_words_take_the_place_of_the_form_cues() -> None:
    set_ = Set(exercise="reverse-bridge", own=Layer(say="Breathe out and let it go"))
    words = [text for _, text in said(routine(block(set_)))]
    assert "Breathe out and let it go" in words
    assert "Squeeze" not in words


def test_where_there_is_little_time_the_name_alone_is_said() -> None:
    cues = build(routine(block("stretch", own=layer(rest=6), rounds=2), prepare=5)).cues
    announced = [(cue.say, cue.short, cue.at_s, round(cue.end_by_s or 0, 3)) for cue in cues if cue.short]
    assert announced == [("First: Stretch", "Stretch", 0.2, 1.7), ("Last set: Stretch", "Stretch", 35.8, 37.7)]


def test_a_phrase_that_has_no_time_is_left_out() -> None:
    plan = routine(block(Set(exercise="stretch", own=layer(1.0, rest=0.9)), rounds=3))
    assert [text for _, text in said(plan)] == ["Well done. That was all."]


def test_what_a_short_rest_had_no_time_for_is_said_in_the_work() -> None:
    plan = routine(block(Set(exercise="stretch", own=layer(10.0, rest=1.0)), rounds=2))
    assert said(plan)[:2] == [(0.8, "Stretch"), (11.8, "Last set: Stretch")]


def test_the_rest_before_a_prepare_says_what_comes_and_only_the_end_of_work_sounds() -> None:
    plan = routine(block("stretch", own=layer(rest=20)), block("stretch", prepare=10))
    assert [at_s for at_s, text in said(plan) if text == "Last set: Stretch"] == [30.8]
    assert sounds(plan, Sound.REST) == [(30, "rest")]


def test_without_a_switch_the_second_side_is_said_alone() -> None:
    plan = routine(block("stretch", own=layer(sides=Sides.EACH, switch=0)))
    assert [text for _, text in said(plan) if text != "Halfway"][:2] == ["Stretch, left", "Right side"]


def test_a_beat_gives_way_to_halfway() -> None:
    plan = routine(block(Set(exercise="lifts", own=layer(Reps(4, 4), tempo=Tempo(2.0, 1.0, 3.0)))))
    assert [name for at_s, name in sounds(plan) if at_s == 12] == ["halfway"]


def test_a_phrase_has_ended_before_the_countdown() -> None:
    for mode in (Mode.STRAIGHT, Mode.CIRCUIT):
        timeline = build(routine(block("reverse-bridge", "stretch", mode=mode, rounds=2, own=layer(rest=15))))
        for cue in timeline.cues:
            if cue.end_by_s is not None:
                assert cue.end_by_s <= timeline.phases[cue.phase].end_s - 3.3
