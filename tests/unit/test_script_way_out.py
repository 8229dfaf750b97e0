"""The way out that is said if a set is too much."""

from typing import Any

from tests.coached import BRIDGE, LED, led, plan, words
from tests.workouts import block, layer
from tui.coach.cued_timeline import cued_timeline
from tui.engine.model import Choices
from tui.routine.model import FormCue, Layer, Place, Posture, Progression, Reps, Set, Sides, Work
from tui.routine.movement import Beat, Tempo
from tui.routine.resolve import Explain


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

    def test_it_is_not_said_on_the_first_of_a_ladder_in_a_short_set_or_of_a_known_exercise(self) -> None:
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
