"""The bundled routines: their stated lengths, time for their scripts, and their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise

from tests.bundled_catalog import bundled_routine
from tests.bundled_library import LADDERS, ROUTINES, spoken, timeline
from tests.coached import LED
from tests.for_each import for_each, sweep
from tests.workouts import build
from tui.coach.cued_timeline import cued_timeline
from tui.coach.speech_estimate import speech_seconds
from tui.engine.model import Choices, Kind, Side
from tui.engine.posture import staying_words, transition_s, transition_words
from tui.engine.timeline import Timeline
from tui.routine.model import Posture, Reps
from tui.routine.resolve import Explain, resolve
from tui.routine.sided import side_sentence
from tui.today.pick import Choosable, PastWorkout, pick
from tui.today.working_day import WorkingDay


@sweep("id_", ROUTINES, 8)
def test_no_progression_makes_a_routine_half_as_long_again(id_: str) -> None:
    usual = timeline(id_)
    for name, used in bundled_routine(id_).exercises.items():
        for progression in used.progressions:
            assert timeline(id_, {name: progression.id}).total_s <= usual.total_s * 1.5, (name, progression.id)


STATED = {
    "emom-ten": 10, "evening": 7, "in-a-meeting": 3, "kettle-break": 3, "mug": 1.5, "on-rising": 1, "seven-minutes": 8,
    "tabata": 4, "undo-the-chair": 6,
}  # fmt: skip
"""The minutes that a routine's own file states. Others differ more from ladder to ladder: the menu shows theirs."""

ON_ITS_FIRST_DAY = {"seven-minutes": 10.5}
"""The minutes that are stated for the first day, on which everything is explained."""

FILLED = {"kettle-break", "mug"}
"""The routines that fill a time, with progressions of different lengths."""


def length_s(id_: str, usual: Explain, progressions: Mapping[str, str] | None = None) -> float:
    """Return the seconds of a routine, with the words that open it on each day."""
    return spoken(id_, tuple((progressions or {}).items()), LED._replace(usual=usual, done_today=())).total_s


def minutes_off(id_: str, usual: Explain, progressions: Mapping[str, str] | None = None) -> float:
    """Return by how many seconds a routine is longer than its stated minutes."""
    minutes = ON_ITS_FIRST_DAY.get(id_, STATED[id_]) if usual is Explain.ALL else STATED[id_]
    return length_s(id_, usual, progressions) - 60 * minutes


def progressions_of(id_: str) -> Iterator[dict[str, str]]:
    """Yield the progressions of a routine: each of every ladder by itself, then all the second ones, and so on."""
    ladders = {name: [step.id for step in used.progressions] for name, used in bundled_routine(id_).exercises.items()}
    yield from ({name: step} for name, ladder in ladders.items() for step in ladder)
    for rung in range(max(map(len, ladders.values()))):
        yield {name: ladder[min(rung, len(ladder) - 1)] for name, ladder in ladders.items() if ladder}


@for_each("id_", STATED)
def test_the_minutes_of_a_routine_hold_at_the_first_progressions(id_: str) -> None:
    assert abs(minutes_off(id_, Explain.NOTHING)) <= 20, "for someone who knows it"
    assert abs(minutes_off(id_, Explain.ALL)) <= 45, "for someone who does not"


@sweep("id_", sorted(STATED.keys() - FILLED), 7)
def test_stated_minutes_hold_at_every_progression(id_: str) -> None:
    for progressions in progressions_of(id_):
        for usual, most_s in ((Explain.NOTHING, 20), (Explain.REFRESHER, 45), (Explain.ALL, 45)):
            assert abs(minutes_off(id_, usual, progressions)) <= most_s, (usual, progressions)


def test_no_other_routine_states_its_minutes() -> None:
    for id_ in set(ROUTINES) - set(STATED):
        words = f"{bundled_routine(id_).title} {bundled_routine(id_).summary}".lower()
        assert "minute" not in words and "\N{VULGAR FRACTION ONE HALF}" not in words, id_


@sweep("id_", ROUTINES, 9)
def test_each_progression_takes_nearly_as_long_as_the_first(id_: str) -> None:
    usual_s = length_s(id_, Explain.NOTHING)
    for name, used in bundled_routine(id_).exercises.items():
        for progression in used.progressions:
            if not progression.id.startswith("eyes-closed"):  # nobody stands with closed eyes for long
                assert abs(length_s(id_, Explain.NOTHING, {name: progression.id}) - usual_s) <= 60, progression.id
                if id_ in STATED:
                    assert abs(minutes_off(id_, Explain.NOTHING, {name: progression.id})) <= 45, progression.id


@sweep("id_", ROUTINES, 9)
def test_what_must_be_said_fits_between_two_sets(id_: str) -> None:
    for name in bundled_routine(id_).exercises:
        for progression in bundled_routine(id_).exercises[name].progressions:
            assert_all_is_said(spoken(id_, ((name, progression.id),), LED))


def assert_all_is_said(found: Timeline) -> None:
    """Posture, rest, side and dose fit before each set, and name, steps and caution before the first of its kind."""
    explained = {found.sets[0].plan.exercise.id}
    for before, phase in pairwise(found.sets):
        plan, is_new = phase.plan.on_side(phase.side), phase.plan.exercise.id not in explained
        explained.add(plan.exercise.id)
        if plan.exercise.id == "your-choice":
            continue
        ladder = plan.exercise.progressions
        progression = plan.progression.name if plan.progression and plan.progression is not ladder[0] else ""
        name = f"Next: {plan.exercise.say or plan.exercise.name}, {progression}."
        move = (transition_words(before.plan, plan), staying_words(before.plan, plan))
        side = f"{side_sentence(str(phase.side), plan.side_means)}." if phase.side in (Side.LEFT, Side.RIGHT) else ""
        how = (*plan.steps, plan.caution) if is_new else ()
        words = " ".join(filter(None, (*move, name if is_new else "Two of three.", side, "Ten slow reps.", *how)))
        gap_s = phase.start_s - max(p.end_s for p in found.phases if p.number == before.number and p.kind is Kind.WORK)
        said_s = 0.8 + speech_seconds(words) + 3.3  # after the sound, and before the countdown
        assert gap_s >= max(said_s, transition_s(before.plan, plan)), (plan.exercise.id, words)


@for_each("id_", ROUTINES)
def test_a_routine_belongs_to_one_group_of_the_menu(id_: str) -> None:
    assert len({"desk", "kettle", "floor", "gym"} & set(bundled_routine(id_).tags)) == 1
    assert bundled_routine(id_).summary


@for_each("id_", ROUTINES)
def test_every_set_has_a_moving_figure_on_every_progression(id_: str) -> None:
    found = bundled_routine(id_)
    for block in found.blocks:
        for set_ in block.sets:
            for progression in found.exercises[set_.exercise].progressions or (None,):
                figure = resolve(found, block, set_, progression).figure
                assert figure is not None and figure.poses, (set_.exercise, progression)


def test_the_gym_routine_warms_up_on_two_legs_and_goes_on_at_everybodys_own() -> None:
    own = {"sit-to-stand": "single-leg", "reverse-bridge": "staggered", "kettle-stand": "free"}
    done = [
        (p.plan.exercise.id, p.plan.progression and p.plan.progression.id) for p in timeline("before-the-gym", own).sets
    ]
    assert done[:5] == [
        ("sit-to-stand", "hands-help"),
        ("reverse-bridge", "two-legs"),
        ("reverse-bridge", "staggered"),
        ("sit-to-stand", "single-leg"),
        ("kettle-stand", "free"),
    ]


def test_who_goes_down_to_the_floor_goes_once() -> None:
    for id_ in ROUTINES:
        low = [p.plan.position not in (Posture.STANDING, Posture.SITTING, None) for p in timeline(id_).sets]
        assert sum(here and not before for before, here in pairwise([False, *low])) <= 1, id_


def test_only_the_routine_for_meetings_starts_muted() -> None:
    assert [id_ for id_ in ROUTINES if bundled_routine(id_).quiet] == ["in-a-meeting"]


def test_the_bridge_stays_easy_after_a_long_day() -> None:
    phases = timeline("undo-the-chair", {"reverse-bridge": "single-leg"}).sets
    assert {p.plan.progression and p.plan.progression.id for p in phases[2:]} == {"two-legs"}


@for_each("id_", ["desk-break", "desk-break-hips", "desk-break-legs"])
def test_no_desk_routine_kneels_or_lies_down(id_: str) -> None:
    for name, used in bundled_routine(id_).exercises.items():
        for progression in used.progressions:
            assert {phase.plan.position for phase in timeline(id_, {name: progression.id}).sets} <= {
                Posture.STANDING,
                Posture.SITTING,
            }


def test_who_cannot_kneel_stretches_the_hip_flexor_standing() -> None:
    positions = [
        phase.plan.position
        for id_ in LADDERS["hip-flexor-stretch"]
        for phase in timeline("undo-the-chair", {"hip-flexor-stretch": id_}).sets
        if phase.plan.exercise.id == "hip-flexor-stretch"
    ]
    assert positions == [Posture.STANDING, Posture.HALF_KNEELING, Posture.HALF_KNEELING]


def test_the_barre_lift_has_eight_to_ten_repetitions_in_the_breaks() -> None:
    for id_ in ("kettle-break", "desk-break"):
        (dose,) = (phase.plan.dose for phase in timeline(id_).sets if phase.plan.exercise.id == "barre-lift")
        assert isinstance(dose, Reps) and 8 <= (dose.high or 0) <= 10


def test_three_desk_breaks_of_one_length_take_turns() -> None:
    ids = [id_ for id_ in ROUTINES if id_.startswith("desk-break")]
    choosable = [Choosable(id_, cued_timeline(bundled_routine(id_)).total_s, bundled_routine(id_).tags) for id_ in ids]
    lengths_s = [each.total_s for each in choosable]
    assert max(lengths_s) - min(lengths_s) < 30
    done: list[PastWorkout] = []
    for day in (5, 6, 7):
        now = datetime(2026, 1, day, 11)
        chosen = pick(choosable, done, now, WorkingDay())
        assert chosen is not None
        done.insert(0, PastWorkout(chosen.id, now))
    assert sorted(each.routine for each in done) == ids


def test_tabata_is_eight_times_twenty_seconds_with_ten_between() -> None:
    phases = timeline("tabata").phases
    assert [p.duration_s for p in phases if p.kind is Kind.WORK] == [20.0] * 8
    assert [p.duration_s for p in phases if p.kind is Kind.REST] == [10.0] * 7


@for_each("progression", LADDERS["sit-to-stand"])
def test_the_emom_starts_every_set_on_the_minute(progression: str) -> None:
    starts = [p.start_s for p in timeline("emom-ten", {"sit-to-stand": progression}).sets]
    assert [start - starts[0] for start in starts] == [60.0 * minute for minute in range(10)]


@for_each("id_", ROUTINES)
def test_a_routine_needs_what_its_exercises_need_on_their_first_progressions(id_: str) -> None:
    found = bundled_routine(id_)
    first = {name: one.progressions[0].id for name, one in found.exercises.items() if one.progressions}
    plans = [phase.plan for phase in build(found, Choices(today=first)).sets]
    assert set(found.needs) == {thing for plan in plans for thing in plan.things}
