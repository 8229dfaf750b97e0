"""With alternating sides, the voice always announces the next one."""

from collections.abc import Iterable
from itertools import pairwise

import pytest

from tests.coached import BRIDGE, LED, led, plan
from tests.for_each import for_each
from tests.sessions import Led, T, swap
from tests.unit.test_script_bundled import bundled
from tests.workouts import block, build, layer
from tui.coach.cue import Cue, Phrase, Topic
from tui.coach.cued_timeline import cued_timeline
from tui.coach.fitting import Fitter, Window
from tui.coach.in_work import Talk
from tui.engine.commands import Extend, Pause, Resume, Scope, Start
from tui.engine.model import Choices, Phase, Side
from tui.engine.reps import counted
from tui.routine.model import Layer, Progression, Reps, Routine, Set, Sides
from tui.routine.movement import Tempo
from tui.routine.resolve import Explain

SIDES = ("Left.", "Right.")
REP_S = 6.0


def alternating(reps: int, tempo: Tempo | None = None) -> Routine:
    """Return a routine of one set of bridges, each rep `REP_S` seconds long if there is no other `tempo`."""
    own = layer(Reps(reps, reps), sides=Sides.ALTERNATE)
    return plan(block(Set(exercise="bridge", own=own._replace(tempo=tempo))))


def spoken(cues: Iterable[Cue], work: Phase) -> list[Cue]:
    """Return what is said in a set."""
    return [cue for cue in cues if cue.phase == work.index and cue.phrase and cue.at_s < work.end_s]


def named(cues: Iterable[Cue], work: Phase) -> list[tuple[int, str]]:
    """Return the sides that were said in a set, each with the number of the rep that it is said of, from 0."""
    rep_s = work.plan.tempo.rep_s if work.plan.tempo else REP_S
    words = [(cue, str(cue.say).split()[-1]) for cue in spoken(cues, work)]
    # "Left." alone comes with its rep, "One more. Left." before it
    return [(int((c.at_s - work.start_s) / rep_s) + (c.say != w), w) for c, w in words if w in SIDES]


@for_each("reps", range(2, 25))
def test_each_side_is_said_of_a_rep_of_that_side(reps: int) -> None:
    timeline = led(alternating(reps))
    found = named(timeline.cues, timeline.phases[1])
    assert found[0] == (0, "Left.")
    assert all(side == SIDES[rep % 2] for rep, side in found)
    assert found[-1][0] == reps - 1, "the last one, with `One more.`"


def test_it_begins_on_the_lift_and_the_first_two_come_before_any_cue() -> None:
    timeline = led(alternating(8))
    work = timeline.phases[1]
    cues = [(cue.say, round(cue.at_s - work.start_s, 6)) for cue in timeline.cues if cue.phase == 1 and cue.phrase]
    assert cues[:2] == [("Left.", 0.8), ("Right.", 6.3)]
    assert all(at_s % REP_S == pytest.approx(0.3) for say, at_s in cues[1:] if say in SIDES)
    assert cues[2][0] not in SIDES


def test_after_a_cue_no_other_comes_before_the_next_side() -> None:
    timeline = led(alternating(20))
    said = spoken(timeline.cues, timeline.phases[1])
    for one, then in pairwise(said):
        assert one.phrase and then.phrase
        both = Topic.CUE in one.phrase.topics and Topic.CUE in then.phrase.topics
        assert not both, (one.say, then.say)
    reps = [rep for rep, _ in named(said, timeline.phases[1])]
    assert max(then - rep for rep, then in pairwise(reps)) <= 3


def test_without_cues_every_rep_begins_with_its_side() -> None:
    made = alternating(9)
    bare = made._replace(exercises={"bridge": BRIDGE._replace(own=BRIDGE.own._replace(cues=(), fix=None))})
    timeline = cued_timeline(bare, Choices(), LED)
    assert named(timeline.cues, timeline.phases[1]) == [(rep, SIDES[rep % 2]) for rep in range(9)]


@for_each("lift_s", [0.6, 0.8, 1.0, 1.5])
def test_quick_reps_too_keep_three_seconds_of_quiet(lift_s: float) -> None:
    timeline = led(alternating(30, Tempo(lift_s, 0, lift_s)))
    said = spoken(timeline.cues, timeline.phases[1])
    for one, then in pairwise(said):
        is_one_thought = one.phrase and then.phrase and one.phrase.facts == then.phrase.facts
        assert one.phrase and one.at_s + one.phrase.needs_s + 3 * (not is_one_thought) <= then.at_s
    assert sum(cue.phrase.needs_s for cue in said if cue.phrase) <= timeline.phases[1].length_s / 3


def test_with_them_too_at_most_a_third_of_a_set_is_speech() -> None:
    work = led(alternating(9)).phases[1]
    windows = [Window(work.start_s + rep * REP_S, work.start_s + rep * REP_S + 2, work.index) for rep in range(9)]
    talk = Talk(work, windows, REP_S, Fitter(165.0))
    assert len([*talk.sides([], 0.0)]) == 9
    spoken_s = work.length_s / 3 - 1.0
    phrase = Phrase("At length", (Topic.CUE,), "At length", spoken_s, spoken_s)
    assert len([*talk.sides([Cue(work.start_s - 60, work.index, phrase=phrase)], 0.0)]) == 2


@pytest.mark.parametrize("explained", [(Explain.NOTHING,), pytest.param(tuple(Explain), marks=pytest.mark.slow)])
def test_in_every_bundled_set_of_counted_reps_at_most_two_in_a_row_have_no_side(explained: tuple[Explain, ...]) -> None:
    sets = 0
    for name, made, choices in bundled(whole=True):
        takes_turns = any(work.side is Side.ALTERNATE for work in build(made, choices).sets)
        for usual in explained if takes_turns else ():
            timeline = cued_timeline(made, choices, LED._replace(usual=usual))
            for work in timeline.sets:
                if work.side is not Side.ALTERNATE or counted(work) is None:
                    continue
                found = named(timeline.cues, work)
                reps = [rep for rep, _ in found]
                assert all(side == SIDES[rep % 2] for rep, side in found), name
                assert reps[0] == 0, name
                assert max(then - rep for rep, then in pairwise(reps)) <= 3, (name, reps)
                sets += 1
    assert sets >= 3 * len(explained)


class TestEdits:
    """The words after an edit in the middle of a set of 20 reps, in workout seconds of the set."""

    def session(self, made: Routine | None = None) -> tuple[Led, float]:
        session = Led(made or alternating(20), Choices(), LED)
        session.give(Start(), T)
        start_s = session.timeline.phases[1].start_s
        session.poll(T + start_s + 38)
        return session, start_s

    def after(self, session: Led, from_s: float) -> list[tuple[str, int]]:
        """Return what is said from `from_s` seconds of the set on, with the number of its rep."""
        work = session.phase
        ahead = [cue for cue in spoken(session.coach.cues, work) if cue.at_s >= work.start_s + from_s]
        return [(str(cue.say), int((cue.at_s - work.start_s) / REP_S)) for cue in ahead]

    def test_after_a_pause_the_next_two_reps_begin_with_their_sides(self) -> None:
        for pause_s in (38.0, 39.5, 40.0, 44.5, 47.0, 52.5, 63.5):
            session, start_s = self.session()
            session.poll(T + start_s + pause_s)
            session.give(Pause(), T + start_s + pause_s)
            session.give(Resume(), T + 900)
            work = session.phase
            ahead = [cue for cue in spoken(session.coach.cues, work) if cue.at_s > work.start_s + pause_s]
            (first, side), (second, other) = named(ahead, work)[:2]
            assert ahead[0].say == side, pause_s
            assert (first, second) == (int(pause_s / REP_S) + 1, int(pause_s / REP_S) + 2), pause_s
            assert (side, other) == (SIDES[first % 2], SIDES[second % 2]), pause_s

    def test_a_pause_changes_nothing_of_a_set_without_alternating_sides(self) -> None:
        session, start_s = self.session(plan(block(Set(exercise="bridge", own=layer(Reps(20, 20))))))
        before = session.coach.cues
        session.give(Pause(), T + start_s + 38)
        session.give(Resume(), T + 900)
        assert session.coach.cues == before

    @for_each(("more_s", "last"), [(8, ("Left.", 19)), (10, ("Right.", 20)), (12, ("Right.", 20))])
    def test_after_more_time_they_do_too_and_the_last_whole_one_is_announced(
        self, more_s: float, last: tuple[str, int]
    ) -> None:
        session, start_s = self.session()
        session.give(Extend(more_s), T + start_s + 38)
        found = self.after(session, 38)
        assert [side for side, _ in found[:2]] == [SIDES[rep % 2] for _, rep in found[:2]]
        assert [found_ for found_ in found if "One more." in found_[0]] == [(f"One more. {last[0]}", last[1])]

    def test_after_a_swap_they_are_those_of_the_new_reps(self) -> None:
        own = Layer(tempo=Tempo(1, 1, 2))
        quick = Progression(id="quick", name="Quick", own=own)
        made = alternating(20)
        made = made._replace(exercises={"bridge": BRIDGE._replace(progressions=(*BRIDGE.progressions, quick))})
        session, start_s = self.session(made)
        swap(session, T + start_s + 38, "quick", Scope.TODAY)
        work = session.phase
        assert work.plan.tempo == own.tempo
        ahead = [cue for cue in session.coach.cues if cue.phase == work.index and cue.at_s > work.start_s + 38]
        found = named(ahead, work)
        assert len(found) > 2
        assert all(side == SIDES[rep % 2] for rep, side in found)
        assert found[1][0] == found[0][0] + 1

    def test_the_screen_keeps_its_cue_while_a_side_is_said(self) -> None:
        session, start_s = self.session()
        said = [cue for cue in spoken(session.coach.cues, session.phase) if cue.at_s > start_s + 38]
        cue, side = next((c, s) for c, s in pairwise(said) if c.say not in SIDES and s.say in SIDES)
        session.poll(T + side.at_s + 0.1)
        assert session.coach.said == cue
