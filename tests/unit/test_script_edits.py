"""The words after a command: a pause, a jump, a swap, a longer phase."""

from tests.coached import LED, plan
from tests.sessions import Led, T, swap
from tests.workouts import block, layer
from tui.coach.cue import NAMING, Topic
from tui.engine.commands import Extend, Jump, LeaveOut, Next, Pause, Resume, Scope, Start
from tui.engine.model import Choices, Kind, Slot
from tui.routine.model import (
    Routine,
)
from tui.routine.resolve import Explain


class TestEdits:
    def session(self, made: Routine, at: float, **today: str) -> Led:
        session = Led(made, Choices(today=today), LED)
        session.give(Start(), T)
        session.poll(T + at)
        return session

    def test_a_set_that_is_skipped_to_is_announced_in_it(self) -> None:
        session = self.session(plan(block("squat", "bridge", own=layer(rest=30))), 30)
        session.give(Next(), T + 30)
        session.give(Next(), T + 30)
        at = session.phase.index
        assert session.phase.kind is Kind.WORK
        said = [str(cue.say) for cue in session.coach.cues if cue.phase == at and cue.phrase]
        assert "bridge" in said[0].lower()
        assert "Never so high that your back arches." in said

    def test_that_a_set_was_skipped_is_said_first_and_once(self) -> None:
        session = self.session(plan(block("squat", "bridge", own=layer(rest=30))), 30)
        assert session.phase.kind is Kind.WORK
        session.give(Next(), T + 30)
        session.give(Extend(10), T + 32)
        session.poll(T + 50)
        said = [cue.say for cue in session.coach.cues if cue.phrase and cue.phase == session.phase.index]
        assert (said[0], said.count("Skipped.")) == ("Skipped.", 1)
        session.give(Next(), T + 50)
        session.poll(T + 200)
        assert "Skipped." not in [cue.say for cue in session.coach.cues if cue.phase >= session.phase.index]

    def test_what_is_left_and_a_rest_that_is_cut_short_are_not_called_skipped(self) -> None:
        session = self.session(plan(block("squat", "squat", own=layer(rest=30))), 30)
        session.give(Jump(Slot(0, 0, 1)), T + 30)
        session.poll(T + 300)
        assert "Skipped." not in [cue.say for cue in session.coach.cues]

    def test_before_and_after_a_set_that_is_left_out_only_the_last_one_is_called_last(self) -> None:
        session = self.session(plan(block("squat", "stretch", "bridge", "squat", own=layer(rest=30))), 0, bridge="two")
        session.give(LeaveOut("stretch"), T + 1)
        end_s = session.timeline.total_s
        session.poll(T + end_s)
        last = [cue for cue in session.coach.cues if str(cue.say).startswith("Last set")]
        assert [session.timeline.phases[cue.phase].number for cue in last] == [3]  # the rest before the fourth set

    def test_a_progression_that_is_changed_is_named_however_well_it_is_known(self) -> None:
        known = LED._replace(usual=Explain.NOTHING)
        made = plan(block("squat", "bridge", "bridge", own=layer(rest=20)))
        session = Led(made, Choices(), known)
        session.give(Start(), T)
        session.poll(T + 12)
        assert session.phase.kind is Kind.WORK
        session.give(Next(), T + 12)
        swap(session, T + 12.1, "one", Scope.TODAY)
        session.poll(T + 300)
        said = [str(cue.say) for cue in session.coach.cues if cue.phrase and Topic.WHAT in cue.phrase.topics]
        assert said == ["First: squat.", "Next: bridge, single leg.", "Last set, left leg."]

    def test_a_swap_in_the_rest_announces_the_new_side_and_its_steps(self) -> None:
        session = self.session(plan(block("bridge", rounds=2, own=layer(rest=40))), 5)
        while session.phase.kind is not Kind.REST:
            session.give(Next(), T + 6)
        session.poll(T + 10)
        swap(session, T + 10, "one", Scope.TODAY)
        ahead = [
            str(cue.say)
            for cue in session.coach.cues_from(session.elapsed_s(T + 10))
            if cue.phrase and cue.phase == session.phase.index
        ]
        assert ahead[0] == "Last set: bridge, single leg."
        assert {"Left leg pushes.", "Lie on your back.", "Left heel close."} <= set(ahead)

    def test_more_time_says_nothing_twice(self) -> None:
        made = plan(block("bridge", rounds=2, own=layer(rest=40)))
        session = self.session(made, 0.0)
        for second in range(0, 100):
            if second % 7 == 3:
                session.give(Extend(10), T + second)
            session.poll(T + second + 0.9)
        named = [cue.say for cue in session.coach.cues if cue.phrase and not NAMING.isdisjoint(cue.phrase.topics)]
        assert len(named) == len(set(named))

    def test_what_a_pause_cuts_off_is_said_again_after_it_and_what_was_said_is_not(self) -> None:
        session = self.session(plan(block("bridge", own=layer(switch=8))), 0.0, bridge="one")
        cut = next(cue for cue in session.coach.cues if cue.say == "Lie on your back.")
        assert cut.phrase is not None
        session.give(Pause(), T + cut.at_s + cut.phrase.needs_s / 2)
        session.give(Resume(), T + 100)
        ahead = [
            str(cue.say) for cue in session.coach.cues_from(session.elapsed_s(T + 100)) if cue.phrase and cue.phase == 0
        ]
        assert ahead[0] == cut.say
        assert "First: bridge, single leg." not in ahead
        assert len(ahead) == len(set(ahead))

    def test_a_set_jumped_to_on_the_floor_has_time_to_get_there(self) -> None:
        session = self.session(plan(block("squat", "bridge", own=layer(rest=30))), 25)
        session.give(Jump(Slot(0, 0, 1)), T + 25)
        assert (session.phase.kind, session.phase.where, session.phase.length_s) == (
            Kind.PREPARE,
            "Down to the floor",
            12,
        )
