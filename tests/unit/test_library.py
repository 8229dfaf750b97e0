"""The bundled exercises: complete, safe, and readable from the mat."""

from __future__ import annotations

import pytest

from tests.bundled_catalog import bundled_catalog, bundled_routine
from tests.bundled_library import EXERCISES, LADDERS, ROUTINES, plans
from tests.for_each import for_each
from tui.coach.speech_estimate import speech_seconds
from tui.routine.doses import in_words
from tui.routine.model import Exercise, Reps, Sides, Work
from tui.routine.sided import sided


def exercise(id_: str) -> Exercise:
    return bundled_catalog().exercises[id_]


def all_exercises() -> list[Exercise]:
    """Return every exercise of the library and of the routines."""
    return list(bundled_catalog().all_exercises)


def lists_of_cues(found: Exercise) -> list[tuple[str, ...]]:
    lists = (found.own.cues, *(progression.own.cues for progression in found.progressions))
    return [tuple(cue.say for cue in cues) for cues in lists if cues is not None]


def cautions(found: Exercise) -> list[str]:
    words = (found.own.caution, *(progression.own.caution for progression in found.progressions))
    return [caution for caution in words if caution is not None]


def test_no_exercise_that_people_know_is_missing() -> None:
    assert set(LADDERS) <= set(EXERCISES)


def test_all_is_read_without_a_problem_and_fits_its_clock() -> None:
    assert bundled_catalog().all_problems == bundled_catalog().warnings == ()
    for entry in bundled_catalog().entries:
        assert entry.routine is not None and entry.warnings == (), entry.id


@for_each("id_", LADDERS)
def test_a_ladder_has_its_progressions_easiest_first(id_: str) -> None:
    assert [progression.id for progression in exercise(id_).progressions] == LADDERS[id_]


@for_each("id_", EXERCISES)
def test_every_progression_but_the_last_says_when_to_move_on(id_: str) -> None:
    *lower, top = exercise(id_).progressions
    assert all(progression.move_on and progression.move_on.sessions >= 3 for progression in lower)
    assert top.move_on is None


@for_each("id_", EXERCISES)
def test_every_progression_has_a_dose_and_counted_reps_have_a_tempo(id_: str) -> None:
    found = exercise(id_)
    for progression in found.progressions:
        dose, tempo = progression.own.dose or found.own.dose, progression.own.tempo or found.own.tempo
        assert isinstance(dose, Work) or (isinstance(dose, Reps) and dose.high and tempo), progression.id


@for_each("id_", EXERCISES)
def test_an_exercise_teaches_itself(id_: str) -> None:
    found = exercise(id_)
    assert found.muscles and found.own.position and found.own.fix
    assert found.own.place
    for progression in found.progressions:
        assert 3 <= len(progression.own.steps or found.own.steps or ()) <= 6
    assert 3 <= len(found.own.cues or ()) <= 5
    assert found.own.caution


@for_each(
    ("id_", "words"),
    [
        ("sit-to-stand", ["nee", "in line with your toes"]),
        ("kettle-stand", ["Never do this while pouring"]),
        ("barre-lift", ["Stop before", "hip hitches up", "back"]),
        ("reverse-bridge", ["never so high", "back arches"]),
        ("sofa-bridge", ["never into an arch", "must not slide"]),
        ("standing-thrust", ["Don't lean back", "not in public"]),
        ("hip-flexor-stretch", ["Ease in", "no bouncing"]),
        ("adductor-stretch", ["Ease in", "no bouncing", "Not in socks on a smooth floor"]),
        ("lying-butterfly", ["Ease in", "no bouncing", "never push"]),
        ("seated-squeeze", ["Never hold your breath"]),
        ("standing-squeeze", ["Don't lean back", "never hold your breath"]),
    ],
)
def test_a_caution_is_said_on_every_progression(id_: str, words: list[str]) -> None:
    said = cautions(exercise(id_))
    assert said
    for caution in said:
        assert all(word in caution for word in words)


@pytest.mark.parametrize("id_", ["standing-squeeze", "seated-squeeze"])
def test_a_long_hold_says_how_long(id_: str) -> None:
    step = exercise(id_).progression("long-hold")
    assert step is not None and step.own.tempo is not None
    assert f"Hold {in_words(round(step.own.tempo.hold_s))} seconds, then let go." in (step.own.steps or ())


def test_the_fix_for_a_cramp_is_said() -> None:
    assert "Cramp" in (exercise("reverse-bridge").own.fix or "")
    assert "hamstrings are doing the work: feet wider apart, closer to you" in (
        exercise("reverse-bridge").own.fix or ""
    )


@for_each(
    ("id_", "studies"),
    [
        ("reverse-bridge", ["Lehecka et al. 2017", "Kang et al. 2016"]),
        ("standing-thrust", ["Contreras et al. 2015"]),
        ("sit-to-stand", ["Contreras et al. 2015"]),
        ("kettle-stand", ["Springer et al. 2007"]),
        ("seated-squeeze", ["Lehecka et al. 2019"]),
        ("standing-squeeze", ["Contreras et al. 2015", "Lehecka et al. 2019"]),
    ],
)
def test_evidence_is_cited_where_there_is_some(id_: str, studies: list[str]) -> None:
    sources = exercise(id_).sources
    assert len(sources) == len(studies)
    assert all(study in source for study, source in zip(studies, sources, strict=True))


STRENGTH = [name for name in LADDERS if "stretch" not in name and "butterfly" not in name]


@for_each("id_", STRENGTH)
def test_a_squeeze_is_in_every_list_of_cues(id_: str) -> None:
    for cues in lists_of_cues(exercise(id_)):
        assert any("squeeze" in cue.lower() for cue in cues), cues


def test_breathing_is_in_every_list_of_cues() -> None:
    for found in all_exercises():
        for cues in lists_of_cues(found):
            assert any("breath" in cue.lower() for cue in cues), (found.id, cues)


def test_a_cue_fits_its_beat() -> None:
    for plan in plans():
        if plan.tempo is not None:
            for cue in plan.cues:
                room_s = plan.tempo.beat_s(cue.on) if cue.on else plan.tempo.rep_s
                for wording in (cue.say, *cue.others):
                    assert speech_seconds(sided(wording, "right")) <= room_s - 0.3, (plan.exercise.id, wording)


def test_each_cue_has_two_or_three_wordings() -> None:
    for plan in plans():
        for cue in plan.cues:
            assert len({cue.say, *cue.others}) in (2, 3), (plan.exercise.id, cue.say)
            assert all(len(wording) <= 48 for wording in cue.others)


def test_a_caution_has_a_short_form_that_is_a_thought_by_itself() -> None:
    for plan in plans():
        assert plan.caution_short
        assert len(plan.caution_short) <= 44
        assert not {"not", "never", "don't", "no"} & {word.lower() for word in plan.caution_short.split()[3:]}


def test_one_side_is_named_in_words_that_mean_something() -> None:
    for plan in plans():
        if plan.sides is not Sides.BOTH:
            assert plan.side_means, plan.exercise.id


def test_words_on_the_screen_are_short() -> None:
    for found in all_exercises():
        assert len(found.name) <= 28
        assert all(len(progression.name) <= 28 for progression in found.progressions)
        assert all(len(cue) <= 48 for cues in lists_of_cues(found) for cue in cues), found.id
        sentences = (*cautions(found), found.own.fix or "", *(found.own.steps or ()))
        assert all(len(words) <= 100 for words in sentences), found.id
    for id_ in ROUTINES:
        assert len(bundled_routine(id_).title) <= 24
        assert len(bundled_routine(id_).summary) <= 64


def test_sets_with_closed_eyes_are_short() -> None:
    for plan in plans():
        if plan.progression and plan.progression.id.startswith("eyes-closed"):
            longest_s = 10 if plan.progression.id == "eyes-closed" else 25
            assert isinstance(plan.dose, Work) and plan.dose.seconds <= longest_s


def test_lunges_take_turns_only_if_both_feet_come_together_in_between() -> None:
    lunges = {(plan.progression and plan.progression.id, plan.sides) for plan in plans() if plan.exercise.id == "lunge"}
    assert {step for step, sides in lunges if sides is Sides.ALTERNATE} == {"step-back"}


def test_progressions_need_these_things_and_make_this_noise() -> None:
    needing = {
        (plan.exercise.id, plan.progression and plan.progression.id): (sorted(plan.things), plan.loud)
        for plan in plans()
    }
    assert needing["reverse-bridge", "single-leg"] == (["mat"], False)
    assert needing["lying-butterfly", "cushions"] == (["cushion", "mat"], False)
    assert needing["lying-butterfly", "free"] == (["mat"], False)
    assert needing["kettle-stand", "cushion"] == (["cushion", "worktop"], False)
    assert needing["kettle-stand", "eyes-closed"] == (["worktop"], False)
    assert needing["sit-to-stand", "raised-seat"] == (["chair", "cushion"], False)
    assert needing["four-way-hops", "single-leg"] == ([], True)
    assert needing["seated-squeeze", "both"] == (["chair"], False)
