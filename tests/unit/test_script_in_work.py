"""The speech within a set, and the phrases that come only once."""

from itertools import pairwise

import pytest

from tests.coached import LED
from tests.for_each import for_each
from tests.sessions import Led, T
from tests.workouts import block, layer, routine
from tui.coach.cue import Cue, Sound, Topic
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.coach.in_work import clear_of
from tui.engine.commands import Jump, Start
from tui.engine.model import Kind, Slot
from tui.routine.doses import in_words
from tui.routine.model import Exercise, FormCue, Layer, Reps, Routine, Sides, Transitions, Work
from tui.routine.movement import Beat, Tempo

HOLD = Layer(
    dose=Work(60), cues=(FormCue("Squeeze"), FormCue("Lift"), FormCue("Breathe")), fix="Shaking? Rest.",
    way_out="Too much? Less.",
)  # fmt: skip


def plan(own: Layer, rounds: int = 1, rest: float = 1.0) -> Routine:
    """Return a routine of one exercise, after a PREPARE with time for all that is said."""
    hold = Exercise(id="hold", name="Hold", own=own)
    made = routine(block("hold", rounds=rounds, own=layer(rest=rest)), prepare=30.0)
    return made._replace(exercises={"hold": hold}, transitions=Transitions.AS_WRITTEN)


def said(timeline: CuedTimeline, *parts: Topic) -> list[tuple[str, float]]:
    """Return what is said in the sets of a timeline, with its second of the set."""
    starts = {phase.index: phase.start_s for phase in timeline.phases if phase.kind is Kind.WORK}
    cues = (cue for cue in timeline.cues if cue.phrase and cue.phase in starts and cue.phrase.topics[0] in parts)
    return [(str(cue.say), round(cue.at_s - starts[cue.phase], 6)) for cue in cues]


def test_a_hold_begins_in_quiet_and_has_a_cue_every_nine_seconds() -> None:
    only_cues = HOLD._replace(fix=None, way_out=None, dose=Work(39))
    assert [at_s for _, at_s in said(cued_timeline(plan(only_cues), coaching=LED), Topic.CUE)] == [4, 13, 22]
    short = said(cued_timeline(plan(only_cues._replace(dose=Work(12))), coaching=LED), Topic.CUE)
    assert [at_s for _, at_s in short] == [3]


def test_in_reps_seven_seconds_lie_between_two_cues() -> None:
    cues = (FormCue("Up", Beat.LIFT), FormCue("Now", Beat.HOLD), FormCue("Down", Beat.LOWER))
    reps = Layer(dose=Reps(9, 9), tempo=Tempo(1, 1, 1), cues=cues)
    at_s = [at for _, at in said(cued_timeline(plan(reps), coaching=LED), Topic.CUE)]
    assert len(at_s) >= 3
    assert all(7 <= then - one < 10 for one, then in pairwise(at_s))


def test_a_cue_without_a_beat_before_the_last_rep_leaves_the_others_their_turn() -> None:
    cues = (FormCue("Squeeze", Beat.LIFT), FormCue("Hold, and breathe", Beat.HOLD))
    slow = Layer(dose=Reps(3, 3), tempo=Tempo(1, 6, 1), cues=cues)
    assert said(cued_timeline(plan(slow), coaching=LED), Topic.CUE) == [("Hold, and breathe.", 1.3)]


def test_no_cue_follows_the_last_ten_seconds() -> None:
    found = said(cued_timeline(plan(HOLD), coaching=LED), Topic.CUE, Topic.FIX, Topic.LAST)
    assert found[-1] == ("Ten seconds.", 50)


def test_a_single_cue_is_not_said_twice_running() -> None:
    one = HOLD._replace(cues=(FormCue("Squeeze"),), fix=None, way_out=None)
    assert said(cued_timeline(plan(one), coaching=LED), Topic.CUE) == [("Squeeze.", 4)]


def test_the_fix_and_the_way_out_belong_to_the_first_round() -> None:
    rounds = cued_timeline(plan(HOLD._replace(dose=Work(29)), rounds=3), coaching=LED)
    assert [text for text, _ in said(rounds, Topic.FIX)] == ["Too much? Less."]  # no time for the fix as well
    session = Led(plan(HOLD._replace(dose=Work(30), fix=None), rounds=2), coaching=LED)
    session.give(Start(), T)
    assert "Too much? Less." in [cue.say for cue in session.coach.cues]
    session = Led(plan(HOLD._replace(dose=Work(30), fix=None), rounds=2), coaching=LED)
    session.give(Start(), T)
    session.give(Jump(Slot(0, 1, 0)), T + 1)
    assert "Too much? Less." not in [cue.say for cue in session.coach.cues]


@for_each("reps", range(10, 31))
def test_how_many_are_left_is_said_in_the_rep_before_them(reps: int) -> None:
    own = Layer(dose=Reps(reps, reps), tempo=Tempo(2, 1, 3), cues=(FormCue("Squeeze"),))
    (more, last) = said(cued_timeline(plan(own), coaching=LED), Topic.LAST)
    assert more[0].lower() == f"{in_words(reps // 2)} more."
    assert (int(more[1] / 6), int(last[1] / 6)) == (reps - reps // 2 - 1, reps - 2)
    assert last[0] == "One more."


@pytest.mark.parametrize(("beat_s", "expected"), [(2.3, ["Is it too much?", "Then keep both feet down."]), (2.8, [])])
def test_an_answer_comes_soon_after_its_question_or_not_at_all(beat_s: float, expected: list[str]) -> None:
    beats, cues = Tempo(beat_s, beat_s, beat_s), (FormCue("Now", Beat.HOLD),)
    out = Layer(dose=Reps(6, 6), tempo=beats, cues=cues, way_out="Is it too much? Then keep both feet down.")
    assert [text for text, _ in said(cued_timeline(plan(out), coaching=LED), Topic.FIX)] == expected


def test_each_side_is_said_of_reps_on_two_sides_only() -> None:
    def dose(made: Layer, sides: Sides = Sides.EACH) -> list[str]:
        timeline = cued_timeline(plan(made._replace(sides=sides)), coaching=LED)
        return [str(cue.say) for cue in timeline.cues if cue.phrase and cue.phrase.topics == (Topic.DOSE,)]

    assert dose(HOLD) == ["One minute."]  # of each of the two phases on the screen
    six = Layer(dose=Reps(6, 6), tempo=Tempo(1, 1, 1))
    assert dose(six) == dose(six, Sides.RIGHT_FIRST) == ["Six reps each side."]
    assert dose(six, Sides.LEFT) == dose(six, Sides.RIGHT) == ["Six reps."]


def test_who_has_waited_for_a_phrase_is_not_asked_to_wait_for_it_again() -> None:
    """An instant has six decimals; the end of a phrase may have more, and lie a little after the instant made of it."""
    for sevenths in range(1, 2000):
        fixed = [Cue(at_s=sevenths / 7, phase=0, sound=Sound.HALFWAY)]
        later_s = clear_of(fixed, sevenths / 7, 1.0)
        assert later_s is not None and later_s > sevenths / 7
        assert clear_of(fixed, later_s, 1.0) is None
