"""What is said in a workout, and when, in small routines."""

from itertools import pairwise
from typing import Any

import pytest

from tests.coached import BRIDGE, LED, SQUAT, led, needs_s, phrases, plan, words
from tests.for_each import for_each
from tests.sessions import Led, T
from tests.workouts import block, layer
from tui.coach.cue import Cue, Sound, Topic
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.coach.lacking import warnings
from tui.coach.phrases import duration_words
from tui.coach.speech_estimate import speech_seconds
from tui.engine.commands import Extend, Start
from tui.engine.model import Choices, Kind
from tui.routine.model import (
    Beat,
    Exercise,
    FormCue,
    Layer,
    Mode,
    Place,
    Posture,
    Progression,
    Reps,
    Routine,
    Set,
    Sides,
    Tempo,
    Transitions,
    Work,
)
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


def test_a_caution_and_its_short_form_are_not_said_in_one_rest() -> None:
    quick = BRIDGE.own._replace(caution_short="Not too high", cues=(), fix=None, tempo=Tempo(1, 1, 1))
    careful = BRIDGE._replace(own=quick)
    made = plan(block("bridge", rounds=3, own=layer(rest=30)), prepare=4)._replace(transitions=Transitions.AS_WRITTEN)
    timeline = led(made._replace(exercises={"bridge": careful}))
    assert "Never so high that your back arches." in words(timeline, 2)
    assert not [text for text in words(timeline, 2) if "too high" in text]
    assert "Remember: not too high." in words(timeline, 4)


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


def test_an_open_set_tells_how_to_end_it_once() -> None:
    timeline = led(plan(block(Set(exercise="hops", own=layer(Reps(None, None), rest=20)), rounds=3)))
    assert words(timeline).count("Press enter when you are done.") == 1
    assert "As many as you can." in words(timeline, 0)


def test_cues_come_in_turn_each_on_its_beat_and_the_second_side_goes_on_with_them() -> None:
    timeline = led(plan(block(Set(exercise="bridge", own=layer(Reps(8, 8))))), bridge="one")
    cues = [cue for cue in timeline.cues if cue.phrase and cue.phrase.topics == (Topic.CUE,)]
    told = [str(cue.say) for cue in cues]
    assert len(told) >= 6
    assert all(one != other for one, other in pairwise(told))
    for window in zip(told, told[1:], told[2:], strict=False):
        assert len(set(window)) == 3
    beat_of = {"Squeeze.": 2.3, "Slowly down.": 3.3}
    for cue in cues:
        if cue.say in beat_of:
            assert (cue.at_s - timeline.phases[cue.phase].start_s) % 6 == pytest.approx(beat_of[cue.say])


def test_the_last_rep_and_the_last_ten_seconds_are_told() -> None:
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


LUNGE = Exercise(
    id="lunge",
    name="Lunge",
    own=Layer(
        dose=Reps(6, 6),
        tempo=Tempo(2, 1, 3),
        cues=(FormCue("Stand tall"), FormCue("Push the floor away")),
        steps=("Take a long step forward.", "Lower your back knee."),
        caution="Never let the front knee fall inwards.",
        fix="Wobbly? Stand wider.",
        position=Posture.STANDING,
    ),
)

HOLD = Exercise(
    id="hold",
    name="Hold",
    own=Layer(
        dose=Work(90),
        cues=tuple(FormCue(f"{word}, and breathe out slowly through your mouth") for word in ("Push", "Lift", "Stay")),
        fix="Shaking? Rest for a moment.",
    ),
)


def standing(
    *exercises: str, rest: float, rounds: int = 1, work: float | None = None, pace: float = 165.0
) -> CuedTimeline:
    made = plan(block(*(Set(exercise=name, own=layer(work, rest=rest)) for name in exercises), rounds=rounds))
    known = {**made.exercises, "lunge": LUNGE, "hold": HOLD}
    made = made._replace(exercises=known, transitions=Transitions.AS_WRITTEN, prepare_s=60.0)
    return cued_timeline(made, None, LED._replace(words_a_minute=pace))


def parts(timeline: CuedTimeline, phase: int) -> list[Topic]:
    return [part for phrase in phrases(timeline, phase) for part in phrase.topics]


def test_in_a_rest_that_gets_shorter_steps_go_first_then_the_caution_then_the_dose_then_the_name() -> None:
    order = [Topic.WHAT, Topic.DOSE, Topic.CAUTION, Topic.STEPS]
    found = set[int]()
    for tenths in range(45, 300, 3):
        said = parts(standing("squat", "lunge", rest=tenths / 10), 2)
        count = len(set(said) & set(order))
        assert {part for part in order if part in said} == set(order[:count]), (tenths, said)
        found.add(count)
    assert found >= {1, 2, 3, 4}


def test_in_a_rest_before_the_same_again_the_reminder_goes_first_then_the_fix_then_the_length_of_the_rest() -> None:
    order = [Topic.WHAT, Topic.REST, Topic.FIX, Topic.CUE]
    found = set[int]()
    for tenths in range(60, 250, 3):
        said = parts(standing("lunge", rest=tenths / 10, rounds=2, work=8.0), 2)
        count = len(set(said) & set(order))
        assert {part for part in order if part in said} == set(order[:count]), (tenths, said)
        found.add(count)
    assert found >= {2, 3, 4}


def test_the_same_is_not_remembered_twice_running() -> None:
    made = plan(block("bridge", rounds=4, own=layer(rest=40)))
    own = BRIDGE.own._replace(caution_short="Only up to level", fix=None)
    timeline = led(made._replace(exercises={**made.exercises, "bridge": BRIDGE._replace(own=own)}))
    assert [text for text in words(timeline) if text.startswith("Remember")] == ["Remember: only up to level."]


def test_a_rest_of_less_than_six_seconds_is_not_called_one() -> None:
    assert words(standing("squat", "squat", rest=6, pace=5000.0), 2)[0] == "Rest, six seconds."
    assert Topic.REST not in parts(standing("squat", "squat", rest=5.9, pace=5000.0), 2)


def test_at_most_a_third_of_a_set_is_speech() -> None:
    timeline = standing("hold", rest=0, pace=80.0)
    spoken = (phrase for phrase in phrases(timeline, 1) if phrase.topics != (Topic.END,))
    assert 25 < sum(speech_seconds(phrase.say, 80.0) for phrase in spoken) <= 30


def test_the_fix_comes_after_two_cues_and_three_seconds_lie_between_phrases() -> None:
    timeline = standing("hold", rest=0)
    assert parts(timeline, 1)[:4] == [Topic.CUE, Topic.CUE, Topic.FIX, Topic.CUE]
    spoken = [cue for cue in timeline.cues if cue.phrase and cue.phase == 1]
    assert all(one.at_s + needs_s(one) + 3 <= other.at_s for one, other in pairwise(spoken))


def test_steps_that_are_not_said_count_as_missing_and_a_reminder_does_not() -> None:
    missing = [
        any(phrase.shortened for phrase in phrases(timeline))
        for tenths in range(100, 300, 3)
        if {Topic.DOSE, Topic.CAUTION} <= set(parts(timeline := standing("squat", "lunge", rest=tenths / 10), 2))
        and parts(timeline, 2).count(Topic.STEPS) < 2
    ]
    assert missing and all(missing)
    again = standing("lunge", rest=9, rounds=2, work=8.0)
    assert Topic.CUE not in parts(again, 2) and not any(phrase.shortened for phrase in phrases(again, 2))


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


class TestTenSeconds:
    def said(self, rest: float, *, sides: Sides = Sides.EACH, exercises: tuple[str, ...] = ("bridge",)) -> list[Cue]:
        sets = (Set(exercise=name, own=layer(Reps(2, 2), rest=rest, sides=sides)) for name in exercises)
        made = plan(block(*sets, rounds=2))._replace(transitions=Transitions.AS_WRITTEN, prepare_s=60.0)
        timeline = cued_timeline(made, Choices(today={"bridge": "one"}), LED)
        ends = {phase.index: phase.end_s for phase in timeline.phases if phase.kind is Kind.REST}
        return [cue for cue in timeline.cues if cue.phase in ends and cue.at_s == ends[cue.phase] - 10 and cue.phrase]

    def test_they_are_announced_with_the_side_or_the_name_in_rests_of_25_seconds(self) -> None:
        assert [cue.say for cue in self.said(25)] == ["Ten seconds. Left leg."]
        assert [cue.say for cue in self.said(25, sides=Sides.BOTH)] == ["Ten seconds. Bridge."]
        assert [cue.say for cue in self.said(25, sides=Sides.ALTERNATE)] == ["Ten seconds. Bridge."]
        assert self.said(24.9) == []

    def test_they_are_not_announced_before_more_time_to_prepare(self) -> None:
        """Not the set begins in ten seconds, but its PREPARE."""
        second = Set(exercise="bridge", prepare_s=20.0)
        made = plan(block(Set(exercise="squat"), second, own=layer(rest=30)))
        assert not [text for text in words(led(made), 2) if text.startswith("Ten seconds.")]

    def test_they_give_way_to_what_is_said_of_a_new_set_and_not_to_a_reminder(self) -> None:
        crowded = led(plan(block("squat", "bridge", own=layer(rest=25))), bridge="one")
        rest = crowded.phases[2]
        assert rest.kind is Kind.REST
        short = plan(block("squat", "bridge", own=layer(rest=25)))._replace(transitions=Transitions.AS_WRITTEN)
        slow = cued_timeline(short, Choices(today={"bridge": "one"}), LED._replace(words_a_minute=110.0))
        assert not [text for text in words(slow, 2) if text.startswith("Ten seconds")]
        assert "Never so high that your back arches." in words(slow, 2)
        for pace in range(60, 200, 5):
            said = parts(standing("squat", "lunge", rest=25, pace=pace), 2)
            assert Topic.LAST not in said or {Topic.REST, Topic.CAUTION, Topic.DOSE} <= set(said), pace
        again = standing("lunge", rest=25, rounds=2, work=8.0, pace=80.0)
        assert words(again, 2)[-1].startswith("Ten seconds")
        assert Topic.CUE not in parts(again, 2)

    def test_after_more_time_they_are_not_said_twice(self) -> None:
        made = plan(block("bridge", rounds=2, own=layer(rest=40)))
        session = Led(made, Choices(today={"bridge": "two"}), LED)
        session.give(Start(), T)
        rest = next(phase for phase in session.timeline.phases if phase.kind is Kind.REST)
        session.poll(T + rest.end_s - 5)
        session.give(Extend(10), T + rest.end_s - 5)
        session.poll(T + rest.end_s + 9)
        said = [cue for cue in session.coach.cues if cue.phrase and cue.phase == rest.index]
        assert sum(str(cue.say).startswith("Ten seconds") for cue in said) == 1


class TestWayOut:
    def said(
        self, own: Layer | None = None, below: Layer | None = None, *, rounds: int = 1, reps: int = 6, **pace: Any
    ) -> list[str]:
        ladder = (
            Progression(id="two", name="Two legs", own=below or Layer()),
            Progression(id="one", name="Single leg", own=(own or Layer())._replace(sides=Sides.EACH)),
        )
        made = plan(block(Set(exercise="bridge", own=layer(Reps(reps, reps), rest=30)), rounds=rounds))
        made = made._replace(exercises={**made.exercises, "bridge": BRIDGE._replace(progressions=ladder)})
        timeline = cued_timeline(made, Choices(today={"bridge": "one"}), LED._replace(**pace))
        return [text for text in words(timeline) if text.startswith("Too much?")]

    def test_it_is_the_progression_below_or_the_text_of_the_file_and_said_once(self) -> None:
        assert self.said(rounds=3) == ["Too much? Two legs."]
        assert self.said(Layer(way_out="Too much? {other} foot down.")) == ["Too much? Right foot down."]

    def test_one_that_needs_another_place_position_or_thing_is_not_said(self) -> None:
        assert self.said(below=Layer(position=Posture.SIDE_LYING)) == []
        assert self.said(below=Layer(place=Place.SOFA)) == []
        assert self.said(below=Layer(needs=("cushion",))) == []
        assert self.said(Layer(way_out="Too much? Rest."), below=Layer(needs=("cushion",))) == ["Too much? Rest."]

    def test_it_is_not_said_at_the_foot_of_a_ladder_in_a_short_set_or_to_somebody_who_knows_the_exercise(self) -> None:
        assert "Too much? Two legs." not in words(led(plan(block(Set(exercise="bridge", own=layer(Reps(6, 6)))))))
        for seconds, expected in ((17.9, []), (18.0, ["Too much? Two legs."])):
            timed = Layer(dose=Work(seconds), cues=(FormCue("Squeeze"), FormCue("Lift")), sides=Sides.EACH)
            one = Progression(id="one", name="Single leg", own=timed)
            made = plan(block("bridge"), prepare=60)
            bridge = BRIDGE._replace(progressions=(BRIDGE.progressions[0], one))
            made = made._replace(exercises={**made.exercises, "bridge": bridge})
            timeline = cued_timeline(made, Choices(today={"bridge": "one"}), LED._replace(words_a_minute=450.0))
            assert [text for text in words(timeline) if text.startswith("Too much?")] == expected
        assert self.said(usual=Explain.CAUTION) == self.said(usual=Explain.NOTHING) == []

    def test_without_a_beat_for_all_of_it_the_question_and_the_answer_have_a_beat_each(self) -> None:
        quick = BRIDGE.own._replace(tempo=Tempo(2, 1, 2), cues=(FormCue("Squeeze", Beat.HOLD),), dose=Reps(8, 8))
        made = plan(block(Set(exercise="bridge")))
        made = made._replace(exercises={**made.exercises, "bridge": BRIDGE._replace(own=quick)})
        timeline = led(made, bridge="one")
        said = [
            (cue.say, cue.at_s)
            for cue in timeline.cues
            if cue.phrase and ("way out", "bridge", "one") in dict(cue.phrase.facts)
        ]
        (question, asked_s), (answer, answered_s) = said
        assert (question, answer) == ("Too much?", "Two legs.")
        assert answered_s - asked_s == 1.0  # the length of the beat


def test_somebody_who_knows_a_ladder_hears_which_progression_only_if_it_is_not_the_usual_one() -> None:
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


def test_check_is_told_where_there_is_too_little_time() -> None:
    def sets(rest: float) -> Routine:
        both = Set(exercise="squat"), Set(exercise="bridge", path=("sets", 1))
        made = plan(block(*both, own=layer(rest=rest)), prepare=60)
        return made._replace(transitions=Transitions.AS_WRITTEN)

    short = warnings(sets(12))
    assert [(problem.path, problem.is_warning) for problem in short] == [(("sets", 1), True)]
    assert short[0].message.startswith("no time to say the")
    assert short[0].message.endswith("s") and "lengthen the rest before by" in short[0].message
    assert "getting to bridge" in warnings(sets(5))[0].message
    assert "takes 12 s, and there are 5 s" in warnings(sets(5))[0].message
    assert warnings(plan(block("squat", "bridge", own=layer(rest=40)))) == []


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
