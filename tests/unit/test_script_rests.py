"""The words in a rest, and those that are dropped if it is too short for all of them."""

from itertools import pairwise

from tests.coached import BRIDGE, LED, led, needs_s, phrases, plan, words
from tests.sessions import Led, T
from tests.workouts import block, layer
from tui.coach.cue import Cue, Topic
from tui.coach.cued_timeline import CuedTimeline, cued_timeline, spoken_planner
from tui.coach.short_gaps import warnings
from tui.coach.speech_estimate import speech_seconds
from tui.engine.commands import Extend, Start
from tui.engine.model import Choices, Kind, Slot
from tui.routine.model import Exercise, FormCue, Layer, Posture, Reps, Routine, Set, Sides, Transitions, Work
from tui.routine.movement import Tempo


def test_a_caution_and_its_short_form_are_not_said_in_one_rest() -> None:
    quick = BRIDGE.own._replace(caution_short="Not too high", cues=(), fix=None, tempo=Tempo(1, 1, 1))
    careful = BRIDGE._replace(own=quick)
    made = plan(block("bridge", rounds=3, own=layer(rest=30)), prepare=4)._replace(transitions=Transitions.AS_WRITTEN)
    timeline = led(made._replace(exercises={"bridge": careful}))
    assert "Never so high that your back arches." in words(timeline, 2)
    assert not [text for text in words(timeline, 2) if "too high" in text]
    assert "Remember: not too high." in words(timeline, 4)


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
    for tenths in range(45, 300, 7):
        said = parts(standing("squat", "lunge", rest=tenths / 10), 2)
        count = len(set(said) & set(order))
        assert {part for part in order if part in said} == set(order[:count]), (tenths, said)
        found.add(count)
    assert found >= {1, 2, 3, 4}


def test_in_a_rest_before_the_same_again_the_reminder_goes_first_then_the_fix_then_the_length_of_the_rest() -> None:
    order = [Topic.WHAT, Topic.REST, Topic.FIX, Topic.CUE]
    found = set[int]()
    for tenths in range(60, 250, 7):
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
        for tenths in range(100, 300, 7)
        if {Topic.DOSE, Topic.CAUTION} <= set(parts(timeline := standing("squat", "lunge", rest=tenths / 10), 2))
        and parts(timeline, 2).count(Topic.STEPS) < 2
    ]
    assert missing and all(missing)
    again = standing("lunge", rest=9, rounds=2, work=8.0)
    assert Topic.CUE not in parts(again, 2) and not any(phrase.shortened for phrase in phrases(again, 2))


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
        for pace in range(60, 200, 10):
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


def test_a_rest_is_as_long_as_the_file_says_if_the_workout_starts_muted_or_waits_for_no_words() -> None:
    lying = BRIDGE._replace(own=BRIDGE.own._replace(position=Posture.SUPINE))
    made = plan(block("bridge", rounds=2, own=layer(rest=1)))._replace(exercises={"bridge": lying})
    workouts = (made, LED), (made._replace(quiet=True), LED), (made, LED._replace(waits=False))
    rests = [cued_timeline(routine, Choices(), coaching).phases[2] for routine, coaching in workouts]
    assert [rest.kind for rest in rests] == [Kind.REST] * 3
    assert rests[0].length_s > 1
    assert [rest.length_s for rest in rests[1:]] == [1, 1]


def test_a_rest_waits_for_the_words_of_its_own_sets_if_another_round_is_at_another_progression() -> None:
    made = plan(block("bridge", rounds=4, own=layer(rest=1)))
    choices = Choices(sets={Slot(0, 1, 0): "one"})
    phases = tuple(spoken_planner(made, choices, LED).whole())
    second = next(phase for phase in phases if phase.kind is Kind.REST and phase.round == 2)
    for phase in phases[: second.index]:
        rest = spoken_planner(made, choices, LED).after(phase)
        assert tuple(rest) == phases[phase.index + 1 :]


def test_check_reports_rests_with_too_little_time() -> None:
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


def test_the_same_dose_is_not_said_again_after_a_rest_and_time_to_get_ready() -> None:
    ready = Set(exercise="squat", own=layer(rest=8), prepare_s=12)
    made = plan(block(ready, rounds=2))._replace(transitions=Transitions.AS_WRITTEN)
    timeline = cued_timeline(made, None, LED)
    assert [phase.kind for phase in timeline.phases[2:]] == [Kind.REST, Kind.PREPARE, Kind.WORK]
    assert "Thirty seconds." in words(timeline, 0)
    assert "Thirty seconds." not in [text for at in (2, 3, 4) for text in words(timeline, at)]
    assert warnings(made) == []
    session = Led(made, None, LED)
    session.give(Start(), T)
    session.poll(T + timeline.total_s + 9)
    assert [cue.say for cue in session.coach.cues if cue.phrase] == words(timeline)
