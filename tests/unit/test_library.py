"""The bundled exercises and routines: complete, readable from the mat, and as long as they promise."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tui.bundled import bundled
from tui.routine.model import Exercise, Problem, Reps, Routine, Sides, Work
from tui.routine.reader import read_exercise, read_routine
from tui.routine.resolve import resolve
from tui.timeline.build import build
from tui.timeline.limits import problems
from tui.timeline.model import Choices, Kind, Timeline

LADDERS = {
    "sit-to-stand": ["hands-help", "hands-free", "staggered", "single-leg"],
    "kettle-stand": ["fingertips", "free", "eyes-closed"],
    "barre-lift": ["support", "fingertips", "no-hands", "top-hold"],
    "reverse-bridge": ["two-legs", "feet-together", "staggered", "single-leg"],
    "sofa-bridge": ["two-legs", "staggered", "single-leg"],
    "standing-thrust": ["bodyweight", "staggered"],
    "hip-flexor-stretch": ["gentle", "deeper"],
    "adductor-stretch": ["gentle", "deeper"],
}
"""The progressions that people have done by now, easiest first: what is remembered of them goes by these ids."""

EACH_SIDE = {
    "kettle-stand": {"fingertips", "free", "eyes-closed"},
    "barre-lift": {"support", "fingertips", "no-hands", "top-hold"},
    "hip-flexor-stretch": {"gentle", "deeper"},
    "adductor-stretch": {"gentle", "deeper"},
    "sit-to-stand": {"staggered", "single-leg"},
    "reverse-bridge": {"staggered", "single-leg"},
    "sofa-bridge": {"staggered", "single-leg"},
    "standing-thrust": {"staggered"},
}
"""The rungs that train one side after the other."""

MINUTES = {
    "kettle-break": 3,
    "desk-break": 4,
    "bridge-ladder": 8,
    "sofa-bridge": 7,
    "undo-the-chair": 6,
    "wake-the-glutes": 15,
    "before-the-gym": 8,
    "tabata": 4,
    "emom-ten": 10,
}
"""How long each bundled routine takes on the first rungs, or on its own."""

HOLDS = {
    "kettle-break": ["kettle-stand", "barre-lift", "standing-thrust"],
    "desk-break": ["sit-to-stand", "standing-thrust", "barre-lift", "hip-flexor-stretch"],
    "bridge-ladder": ["reverse-bridge"] * 3 + ["adductor-stretch"] * 2,
    "sofa-bridge": ["sofa-bridge"] * 3 + ["hip-flexor-stretch"],
    "undo-the-chair": ["hip-flexor-stretch", "adductor-stretch", "reverse-bridge", "reverse-bridge"],
    "wake-the-glutes": [
        "sit-to-stand",
        "kettle-stand",
        "barre-lift",
        "standing-thrust",
        "adductor-stretch",
        "hip-flexor-stretch",
        "sofa-bridge",
        "reverse-bridge",
    ],
    "before-the-gym": ["sit-to-stand", "kettle-stand", "reverse-bridge", "four-way-hops"] * 2,
    "tabata": ["your-choice"] * 8,
    "emom-ten": ["sit-to-stand"] * 10,
}
"""The sets of each bundled routine, in order."""

FOLDER = bundled("routines")
EXERCISES = sorted(path.stem for path in FOLDER.glob("exercises/*.toml"))
ROUTINES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def data(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


@cache
def exercise(id_: str) -> Exercise:
    found, wrong = read_exercise(data(FOLDER / "exercises" / f"{id_}.toml"), id_)
    assert found is not None and wrong == ()
    return found


@cache
def read(id_: str) -> tuple[Routine | None, tuple[Problem, ...]]:
    return read_routine(data(FOLDER / f"{id_}.toml"), id_, {name: exercise(name) for name in EXERCISES})


def routine(id_: str) -> Routine:
    found, _ = read(id_)
    assert found is not None
    return found


def timeline(id_: str, remembered: Mapping[str, str] | None = None) -> Timeline:
    return build(routine(id_), Choices(remembered=remembered or {}))


def all_exercises() -> list[Exercise]:
    """Every exercise that anybody can meet: the library's, and those a routine uses or brings itself."""
    return [exercise(id_) for id_ in EXERCISES] + [e for id_ in ROUTINES for e in routine(id_).exercises.values()]


def lists_of_cues(found: Exercise) -> list[tuple[str, ...]]:
    lists = (found.own.cues, *(rung.own.cues for rung in found.progressions))
    return [tuple(cue.say for cue in cues) for cues in lists if cues is not None]


def cautions(found: Exercise) -> list[str]:
    words = (found.own.caution, *(rung.own.caution for rung in found.progressions))
    return [caution for caution in words if caution is not None]


def test_no_exercise_or_routine_that_people_know_is_missing() -> None:
    assert set(LADDERS) <= set(EXERCISES)
    assert set(MINUTES) <= set(ROUTINES)


@pytest.mark.parametrize("id_", ROUTINES)
def test_a_routine_reads_without_a_problem_and_fits_its_clock(id_: str) -> None:
    found, wrong = read(id_)
    assert found is not None and wrong == ()
    assert problems(found) == ()


@pytest.mark.parametrize("id_", MINUTES)
def test_a_routine_takes_the_minutes_it_promises(id_: str) -> None:
    found = timeline(id_)
    assert not found.estimated
    assert found.total_s == pytest.approx(MINUTES[id_] * 60, abs=15)


@pytest.mark.parametrize("id_", MINUTES)
def test_a_routine_holds_its_sets_in_order(id_: str) -> None:
    assert [phase.plan.exercise.id for phase in timeline(id_).sets] == HOLDS[id_]


@pytest.mark.parametrize("name", LADDERS)
@pytest.mark.parametrize("id_", MINUTES)
def test_no_rung_makes_a_routine_half_as_long_again(id_: str, name: str) -> None:
    for rung in exercise(name).progressions:
        assert timeline(id_, {name: rung.id}).total_s <= MINUTES[id_] * 60 * 1.5, rung.id


@pytest.mark.parametrize("id_", LADDERS)
def test_a_ladder_has_its_rungs_easiest_first(id_: str) -> None:
    assert [rung.id for rung in exercise(id_).progressions] == LADDERS[id_]


@pytest.mark.parametrize("id_", EXERCISES)
def test_every_rung_but_the_last_says_when_to_move_on(id_: str) -> None:
    *lower, top = exercise(id_).progressions
    assert all(rung.move_on_sessions == 3 for rung in lower)
    assert top.move_on_sessions is None


@pytest.mark.parametrize("id_", EACH_SIDE)
def test_a_rung_is_done_on_each_side_where_one_leg_works(id_: str) -> None:
    found = exercise(id_)
    sided = {r.id for r in found.progressions if (r.own.sides or found.own.sides) is Sides.EACH}
    assert sided == EACH_SIDE[id_]


@pytest.mark.parametrize("id_", EXERCISES)
def test_every_rung_has_a_dose_and_counted_reps_have_a_tempo(id_: str) -> None:
    found = exercise(id_)
    for rung in found.progressions:
        dose, tempo = rung.own.dose or found.own.dose, rung.own.tempo or found.own.tempo
        assert isinstance(dose, Work) or (isinstance(dose, Reps) and dose.high and tempo), rung.id


@pytest.mark.parametrize("id_", EXERCISES)
def test_an_exercise_teaches_itself(id_: str) -> None:
    found = exercise(id_)
    assert found.muscles and found.own.position and found.own.fix
    assert 3 <= len(found.own.steps or ()) <= 6
    assert 3 <= len(found.own.cues or ()) <= 5
    assert found.own.caution


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("sit-to-stand", ["chair", "does not roll"]),
        ("kettle-stand", ["Never while pouring hot water"]),
        ("barre-lift", ["Stop before", "hip hitches up", "back"]),
        ("reverse-bridge", ["never so high", "back arches"]),
        ("sofa-bridge", ["sofa or chair", "secured", "must not move"]),
        ("standing-thrust", ["Not in public"]),
        ("hip-flexor-stretch", ["Ease in", "no bouncing"]),
        ("adductor-stretch", ["Ease in", "no bouncing"]),
    ],
)
def test_a_caution_is_said_on_every_rung(id_: str, words: list[str]) -> None:
    said = cautions(exercise(id_))
    assert said
    for caution in said:
        assert all(word in caution for word in words)


def test_the_cure_for_the_cramp_is_told() -> None:
    assert "Cramp" in (exercise("reverse-bridge").own.fix or "")
    assert "feet further apart, closer to your buttocks" in (exercise("reverse-bridge").own.fix or "")


@pytest.mark.parametrize(
    ("id_", "studies"),
    [
        ("reverse-bridge", ["Lehecka et al. 2017", "Kang et al. 2016"]),
        ("standing-thrust", ["Contreras et al. 2015"]),
        ("sit-to-stand", ["Contreras et al. 2015"]),
        ("kettle-stand", ["Contreras et al. 2015"]),
    ],
)
def test_evidence_is_cited_where_there_is_some(id_: str, studies: list[str]) -> None:
    sources = exercise(id_).sources
    assert len(sources) == len(studies)
    assert all(study in source for study, source in zip(studies, sources, strict=True))


@pytest.mark.parametrize("id_", LADDERS)
def test_a_squeeze_is_in_every_list_of_cues(id_: str) -> None:
    for cues in lists_of_cues(exercise(id_)):
        assert any("squeeze" in cue.lower() for cue in cues), cues


def test_words_on_the_screen_are_short() -> None:
    for found in all_exercises():
        assert len(found.name) <= 28
        assert all(len(rung.name) <= 28 for rung in found.progressions)
        assert all(len(cue) <= 48 for cues in lists_of_cues(found) for cue in cues), found.id
        told = (*cautions(found), found.own.fix or "", *(found.own.steps or ()))
        assert all(len(words) <= 100 for words in told), found.id
    for id_ in ROUTINES:
        assert len(routine(id_).title) <= 24
        assert len(routine(id_).summary) <= 64


@pytest.mark.parametrize("id_", ROUTINES)
def test_a_routine_belongs_to_one_group_of_the_menu(id_: str) -> None:
    assert len({"desk", "kettle", "floor", "gym"} & set(routine(id_).tags)) == 1
    assert routine(id_).summary


@pytest.mark.parametrize("id_", ROUTINES)
def test_every_set_has_a_moving_figure_on_every_rung(id_: str) -> None:
    found = routine(id_)
    for block in found.blocks:
        for set_ in block.sets:
            for rung in found.exercises[set_.exercise].progressions or (None,):
                figure = resolve(found, block, set_, rung).figure
                assert figure is not None and figure.poses, (set_.exercise, rung)


def test_the_gym_routine_asks_for_the_hard_rungs() -> None:
    rungs = {p.plan.exercise.id: p.plan.progression and p.plan.progression.id for p in timeline("before-the-gym").sets}
    assert rungs == {
        "sit-to-stand": "single-leg",
        "kettle-stand": "eyes-closed",
        "reverse-bridge": "single-leg",
        "four-way-hops": "both-feet",
    }


def test_the_bridge_stays_easy_after_a_long_day() -> None:
    phases = timeline("undo-the-chair", {"reverse-bridge": "single-leg"}).sets
    assert {p.plan.progression and p.plan.progression.id for p in phases[2:]} == {"two-legs"}


def test_the_desk_stretch_is_done_standing() -> None:
    assert routine("desk-break").exercises["hip-flexor-stretch"].own.position == "standing"
    assert exercise("hip-flexor-stretch").own.position == "half-kneeling"


def test_tabata_is_eight_times_twenty_seconds_with_ten_between() -> None:
    phases = timeline("tabata").phases
    assert [p.duration_s for p in phases if p.kind is Kind.WORK] == [20.0] * 8
    assert [p.duration_s for p in phases if p.kind is Kind.REST] == [10.0] * 7


@pytest.mark.parametrize("rung", LADDERS["sit-to-stand"])
def test_the_emom_starts_every_set_on_the_minute(rung: str) -> None:
    starts = [p.start_s for p in timeline("emom-ten", {"sit-to-stand": rung}).sets]
    assert [start - starts[0] for start in starts] == [60.0 * minute for minute in range(10)]
