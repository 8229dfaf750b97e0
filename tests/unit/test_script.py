"""The words before, between and after sets in small routines, and their times."""

from itertools import pairwise

import pytest

from tests.coached import BRIDGE, LED, SQUAT, led, phrases, plan, words
from tests.for_each import for_each
from tests.workouts import block, layer
from tui.coach.cue import Sound, Topic
from tui.coach.cued_timeline import cued_timeline
from tui.coach.phrases import duration_words
from tui.engine.model import Choices, Kind
from tui.routine.model import FormCue, Mode, Posture, Reps, Set, Sides, Transitions
from tui.routine.movement import Beat
from tui.routine.resolve import Explain


def test_before_the_first_set_all_is_said_and_there_is_room_for_it() -> None:
    timeline = led(plan(block("bridge", own=layer(switch=8))), bridge="one")
    assert words(timeline, 0) == [
        "Bridge, single leg.",
        "Down to the floor.",
        "Left leg pushes.",
        "Four slow reps each side.",
        "Lie on your back.",
        "Left heel close.",
        "Never so high that your back arches.",
    ]
    last = phrases(timeline, 0)[-1]
    assert last.needs_s <= last.has_s
    assert not any(phrase.shortened for phrase in phrases(timeline))
    assert timeline.phases[0].length_s > 5


def test_the_first_of_a_ladder_is_not_named_before_its_steps() -> None:
    assert words(led(plan(block("bridge"))), 0)[0] == "Bridge."
    twice = plan(block(Set(exercise="bridge", progression="one"), Set(exercise="bridge", progression="two")))
    assert "Last set: bridge, two legs." in words(led(twice))
    bare = plan(block("bridge"))
    bare = bare._replace(exercises={"bridge": BRIDGE._replace(own=BRIDGE.own._replace(steps=()))})
    assert words(led(bare), 0)[0] == "Bridge, two legs."
    familiar = LED._replace(usual=Explain.CAUTION)
    assert words(cued_timeline(plan(block("bridge")), None, familiar), 0)[0] == "Bridge, two legs."


def test_the_only_set_is_not_called_the_first() -> None:
    assert words(led(plan(block("squat"))), 0)[0] == "Squat."
    assert words(led(plan(block("squat", "squat"))), 0)[0] == "First: squat."


def test_a_rest_is_stretched_to_say_where_to_stay_and_not_how_long_it_is() -> None:
    timeline = led(plan(block("bridge", Set(exercise="bridge", progression="one"), own=layer(rest=1))))
    assert words(timeline, 2)[:2] == ["Stay on your back.", "Last set: bridge, single leg."]
    longer = led(plan(block("bridge", Set(exercise="bridge", progression="one"), own=layer(rest=30))))
    assert words(longer, 2)[0] == "Rest, half a minute."


def test_a_longer_prepare_of_the_file_and_none_at_all_stay() -> None:
    assert led(plan(block("bridge"), prepare=60)).phases[0].length_s == 60
    assert led(plan(block("bridge"), prepare=0)).phases[0].kind is Kind.WORK
    without = cued_timeline(plan(block("bridge")), None, LED._replace(waits=False))
    assert without.phases[0].length_s == 14  # from the seat to the floor


def test_what_is_the_same_again_is_said_in_short_and_explained_once() -> None:
    timeline = led(plan(block("bridge", rounds=2, own=layer(rest=25, switch=8))), bridge="one")
    assert words(timeline, 2) == ["Right leg pushes."]
    assert words(timeline, 4)[:3] == ["Rest, twenty-five seconds.", "Stay on your back.", "Last set, left leg."]
    everything = words(timeline)
    assert everything.count("Never so high that your back arches.") == 1
    assert everything.count("Cramp? Heel closer.") == 1
    assert everything[-1] == "That's it, well done. Roll to your side and sit up."


def test_the_round_is_said_of_the_same_exercise_or_that_it_is_the_same_again() -> None:
    rest = layer(rest=20)
    assert "Two of three." in words(led(plan(block("bridge", rounds=3, own=rest))), 2)
    once = words(led(plan(*(block("bridge", own=rest) for _ in range(3)))), 2)
    assert [text for text in once if "again" in text] == ["The same again."]


def test_a_step_without_time_before_its_set_is_not_said_before_the_same_again() -> None:
    def said(*names: str) -> list[str]:
        made = plan(block(*names, mode=Mode.CIRCUIT, rounds=3, own=layer(rest=40)), prepare=4)
        return words(led(made._replace(transitions=Transitions.AS_WRITTEN)))

    again = said("bridge")
    assert not {"Lie on your back.", "Left heel close."} & set(again)
    assert again.count("Never so high that your back arches.") == 1
    assert "Lie on your back." in said("bridge", "squat"), "the way leads down to the floor once more"


@pytest.mark.parametrize("position", [Posture.STANDING, Posture.SIDE_LYING])
def test_before_the_first_side_again_one_turns_round_and_does_not_stay(position: Posture) -> None:
    def said(sides: Sides) -> list[str]:
        own = BRIDGE.own._replace(switch_say="Turn to the {side}", position=position)
        made = plan(block("bridge", rounds=2, own=layer(rest=30, switch=8, sides=sides)))
        timeline = led(made._replace(exercises={"bridge": BRIDGE._replace(own=own)}))
        if sides.are_two:
            assert words(timeline, 2)[0].startswith(f"Turn to the {'right' if sides.begin_left else 'left'}. ")
        return next(words(timeline, phase.index) for phase in timeline.phases if phase.kind is Kind.REST)

    for sides, side in ((Sides.EACH, "left"), (Sides.RIGHT_FIRST, "right")):
        assert said(sides)[:2] == [f"Turn to the {side}.", "Rest, half a minute."]
        assert "Stay on your side." not in said(sides)
    for sides in (Sides.LEFT, Sides.RIGHT):
        assert not [text for text in said(sides) if "Turn" in text]
        assert ("Stay on your side." in said(sides)) is (position is Posture.SIDE_LYING)


def test_the_side_is_never_lost() -> None:
    timeline = led(plan(block("bridge", rounds=2, own=layer(rest=5, switch=5))), bridge="one")
    assert words(timeline, 2) == ["Right leg."]
    (short,) = phrases(timeline, 2)
    assert (short.planned, short.shortened) == ("Right leg pushes.", True)
    none = led(plan(block("bridge", own=layer(switch=0))), bridge="one")
    assert {"Right leg pushes.", "Right leg."} & set(words(none, 2))


@pytest.mark.parametrize(
    ("sides", "said"), [(Sides.ALTERNATE, "Sides in turn, left first."), (Sides.EACH, "Left side.")]
)
def test_a_side_without_a_meaning_is_named(sides: Sides, said: str) -> None:
    assert said in words(led(plan(block("stretch", own=layer(sides=sides)))), 0)


def test_an_open_set_says_once_how_to_end_it() -> None:
    timeline = led(plan(block(Set(exercise="hops", own=layer(Reps(None, None), rest=20)), rounds=3)))
    assert words(timeline).count("Press enter when you are done.") == 1
    assert "As many as you can." in words(timeline, 0)


def test_cues_come_in_turn_each_on_its_beat_and_the_second_side_goes_on_with_them() -> None:
    timeline = led(plan(block(Set(exercise="bridge", own=layer(Reps(8, 8))))), bridge="one")
    cues = [cue for cue in timeline.cues if cue.phrase and cue.phrase.topics == (Topic.CUE,)]
    phrases = [str(cue.say) for cue in cues]
    assert len(phrases) >= 6
    assert all(one != other for one, other in pairwise(phrases))
    for window in zip(phrases, phrases[1:], phrases[2:], strict=False):
        assert len(set(window)) == 3
    beat_of = {"Squeeze.": 2.3, "Slowly down.": 3.3}
    for cue in cues:
        if cue.say in beat_of:
            assert (cue.at_s - timeline.phases[cue.phase].start_s) % 6 == pytest.approx(beat_of[cue.say])


def test_the_last_rep_and_the_last_ten_seconds_are_announced() -> None:
    reps = led(plan(block("bridge")))
    (last,) = (cue for cue in reps.cues if cue.say == "One more.")
    assert reps.phases[1].end_s - 6 - 1 < last.at_s < reps.phases[1].end_s - 6
    hold = led(plan(block(Set(exercise="stretch", own=layer(40.0)))))
    assert [cue.at_s - hold.phases[1].start_s for cue in hold.cues if cue.say == "Ten seconds."] == [30]
    assert "Ten seconds." not in words(led(plan(block(Set(exercise="stretch", own=layer(20.0))))))


def test_a_way_that_the_rest_does_not_cover_becomes_a_prepare_with_a_sound() -> None:
    made = plan(block("squat", "bridge", own=layer(rest=4)))
    timeline = cued_timeline(made, None, LED._replace(waits=False))
    way = timeline.phases[3]
    assert (way.kind, way.length_s, way.label) == (Kind.PREPARE, 8, "Down to the floor")
    assert (way.start_s, Sound.SWITCH) in [(cue.at_s, cue.sound) for cue in timeline.cues]
    assert words(timeline, 2) == ["Down to the floor."]
    assert led(plan(block("squat", "bridge", own=layer(rest=12)))).phases[3].kind is Kind.WORK
    assert cued_timeline(made, None, LED._replace(waits=False, transitions=2.0)).phases[3].length_s == 20
    assert cued_timeline(made, None, LED._replace(waits=False, transitions=0.0)).phases[3].kind is Kind.WORK
    near = plan(block("squat", "bridge", own=layer(rest=13.6)))  # 1.3 x 12 - 13.6 is 2, and a little more in floats
    assert cued_timeline(near, None, LED._replace(waits=False, transitions=1.3)).phases[3].length_s == 2
    as_written = made._replace(transitions=Transitions.AS_WRITTEN)
    assert [phase.kind for phase in led(as_written).phases].count(Kind.PREPARE) == 1


def test_within_a_clocked_block_the_clock_says_when_a_set_begins() -> None:
    emom = plan(block("squat", "bridge", mode=Mode.EMOM, every=60.0))
    assert [phase.start_s for phase in led(emom).phases if phase.kind is Kind.WORK][1] % 60 == led(emom).phases[
        0
    ].length_s % 60


def test_the_way_to_a_clocked_block_becomes_a_prepare() -> None:
    timeline = led(plan(block("squat"), block("bridge", mode=Mode.EMOM, every=60.0)))
    way = timeline.phases[2]
    assert (way.kind, way.length_s, way.label) == (Kind.PREPARE, 12, "Down to the floor")


def test_where_to_go_is_said_first_of_all() -> None:
    timeline = led(plan(block("squat", "bridge", own=layer(rest=30))))
    assert words(timeline, 2)[0] == "Down to the floor."


@pytest.mark.parametrize(("phrase", "from_s"), [("Halfway.", 40.0), ("Ten seconds.", 30.0)])
def test_a_long_hold_has_its_middle_and_its_last_ten_seconds_announced(phrase: str, from_s: float) -> None:
    assert phrase in words(led(plan(block(Set(exercise="stretch", own=layer(from_s))))))
    assert phrase not in words(led(plan(block(Set(exercise="stretch", own=layer(from_s - 1))))))


def test_which_side_to_lie_on_is_said_before_the_name() -> None:
    lying = SQUAT._replace(
        own=SQUAT.own._replace(position=Posture.SIDE_LYING, sides=Sides.EACH, side_means="{side} side up")
    )
    made = plan(block("bridge", "squat", own=layer(rest=30)))
    rest = words(led(made._replace(exercises={**made.exercises, "squat": lying})), 2)
    assert rest[:4] == ["Onto your side.", "Left side up.", "Rest, half a minute.", "Last set: squat."]


def test_on_a_known_ladder_a_progression_is_named_only_if_it_is_not_the_usual_one() -> None:
    known = LED._replace(usual=Explain.NOTHING)

    def named(*sets: Set, **remembered: str) -> list[str]:
        timeline = cued_timeline(plan(block(*sets, own=layer(rest=30))), Choices(remembered=remembered), known)
        return [phrase.say for phrase in phrases(timeline) if Topic.WHAT in phrase.topics]

    bridge, easy = Set(exercise="bridge"), Set(exercise="bridge", progression="two", pinned=True)
    assert named(bridge, bridge) == ["First: bridge.", "Last set."]
    assert named(bridge, bridge, bridge="one") == ["First: bridge.", "Last set, left leg."]
    assert named(easy, bridge="one") == ["Bridge, two legs."]
    assert named(easy, bridge, bridge="one") == ["First: bridge, two legs.", "Last set: bridge, single leg."]


def test_each_workout_takes_the_next_wording_and_needs_no_other_time() -> None:
    cues = (FormCue("Squeeze", Beat.HOLD, ("Tighten",)), FormCue("Slowly down", Beat.LOWER))
    own = BRIDGE.own._replace(cues=cues, dose=Reps(12, 12))
    made = plan(block("bridge", rounds=3, own=layer(rest=20)))
    made = made._replace(exercises={**made.exercises, "bridge": BRIDGE._replace(own=own)})
    days = [cued_timeline(made, Choices(), LED._replace(session=number)) for number in range(7)]
    assert len({day.total_s for day in days}) == 1
    for one, other in pairwise(map(words, days)):
        changed = {"First", "To", "Squeeze.", "Tighten.", "One more.", "And one more.", "Just one more."}
        same = {text.partition(":")[0].partition(" ")[0] if ":" in text else text for text in one} & changed
        assert not same & set(other), same
        assert one[-1] != other[-1]
    assert words(days[0]) == words(cued_timeline(made, Choices(), LED))


@for_each(
    ("seconds", "words"),
    [
        (1, "one second"),
        (45, "forty-five seconds"),
        (60, "one minute"),
        (90, "ninety seconds"),
        (150, "two minutes thirty"),
        (0.4, "one second"),
    ],
)
def test_lengths_in_words(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words
