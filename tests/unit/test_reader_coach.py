"""The coach's keys of a file: position, place and steps of each progression, cues on beats, words for each side."""

import tomllib

from tests.for_each import for_each
from tests.workouts import LIBRARY
from tui.routine.model import FormCue, Place, Posture, Transitions
from tui.routine.movement import Beat
from tui.routine.problems import Problem
from tui.routine.reader import read_exercise, read_routine
from tui.routine.resolve import Plan, resolve

LUNGE = """
position      = "standing"
place         = "worktop"
steps         = ["Stand."]
fix           = "Smaller."
caution       = "Never so deep that your knee hurts, and not on a wet floor."
caution_short = "Only as deep as is comfortable"
side_means    = "is in front"
tempo         = "2-0-3"
cues          = [{ say = "Knee over your toes", on = "lower" }, "Breathe"]

[[progressions]]
id = "easy"

[[progressions]]
id         = "deep"
position   = "half-kneeling"
place      = "floor"
steps      = ["{side} foot in front.", "Down."]
fix        = "Hold on to your {other} knee."
side_means = "{side} knee bends"
caution    = "Slowly."
tempo      = "2-1-3"
cues       = [{ say = "Squeeze", on = "hold" }]

[[progressions]]
id            = "deeper"
caution_short = "Easy does it"
"""

SET = 'format = 1\n[[sets]]\nexercise = "lunge"\n'


def plan_of(progression: str) -> Plan:
    exercise, problems = read_exercise(tomllib.loads(LUNGE), "lunge")
    assert exercise is not None and problems == ()
    routine, problems = read_routine(tomllib.loads(SET), "r", {"lunge": exercise})
    assert routine is not None and problems == ()
    return resolve(routine, routine.blocks[0], routine.blocks[0].sets[0], exercise.progression(progression))


def problems_of(text: str) -> list[Problem]:
    return list(read_exercise(tomllib.loads(text), "x")[1])


def test_a_progression_inherits_what_it_does_not_say() -> None:
    plan = plan_of("easy")
    assert (plan.position, plan.place) == (Posture.STANDING, Place.WORKTOP)
    assert (plan.steps, plan.fix, plan.side_means) == (("Stand.",), "Smaller.", "is in front")
    assert plan.cues == (FormCue("Knee over your toes", Beat.LOWER), FormCue("Breathe"))


def test_a_progression_has_words_position_and_place_of_its_own() -> None:
    plan = plan_of("deep").on_side("left")
    assert (plan.position, plan.place) == (Posture.HALF_KNEELING, Place.FLOOR)
    assert plan.steps == ("Left foot in front.", "Down.")
    assert plan.fix == "Hold on to your right knee."
    assert plan.side_means == "{side} knee bends"


def test_a_short_caution_belongs_to_its_caution() -> None:
    assert plan_of("easy").caution_short == "Only as deep as is comfortable"
    assert plan_of("deep").caution_short == ""
    assert plan_of("deeper").caution_short == "Easy does it"
    assert plan_of("deeper").caution == plan_of("easy").caution


def test_a_position_that_is_not_known_is_warned_of_and_counts_as_none() -> None:
    exercise, problems = read_exercise({"position": "kneelin"}, "x")
    assert exercise is not None and exercise.own.position is None
    [problem] = problems
    assert problem.is_warning and problem.path == ("position",)
    assert 'did you mean "kneeling"?' in problem.message
    assert problems_of('position = ""') == []


@for_each(
    ("text", "path", "part"),
    [
        ('place = "flor"', ("place",), 'did you mean "floor"?'),
        ('[[progressions]]\nid = "a"\nposition = "lying"', ("progressions", 0, "position"), "write one of standing"),
        ('side_means = "{sied} arm reaches"', ("side_means",), 'did you mean "{side}"?'),
        ('[[progressions]]\nid = "a"\nsteps = ["{leg} up"]', ("progressions", 0, "steps", 0), "no {leg}"),
        ('cues = [{ say = "A", on = "top" }]', ("cues", 0, "on"), "write one of lift, hold, lower, pause"),
        ('cues = [{ on = "lift" }]', ("cues", 0, "say"), "say is missing"),
        ("cues = [3]", ("cues", 0), "write a string in quotes"),
    ],
)
def test_a_problem_has_its_place(text: str, path: tuple[str | int, ...], part: str) -> None:
    [problem] = problems_of(text)
    assert not problem.is_warning
    assert problem.path == path
    assert part in problem.message


def test_braces_that_an_older_file_may_hold_are_only_warned_of() -> None:
    exercise, problems = read_exercise({"steps": ["Press {enter}", "Move to {side}"]}, "x")
    assert exercise is not None
    assert [(problem.path, problem.is_warning) for problem in problems] == [(("steps", 0), True)]


@for_each(
    "text",
    [
        'tempo = "2-0-3"\ncues = [{ say = "Squeeze", on = "hold" }]',
        'tempo = "2-0-3"\n[[progressions]]\nid = "a"\ncues = [{ say = "Squeeze", on = "hold" }]',
        'tempo = "2-1-3"\n[[progressions]]\nid = "a"\ntempo = "2-0-3"\ncues = [{ say = "Squeeze", on = "hold" }]',
        'tempo = "2-1-3"\ncues = [{ say = "Wait", on = "pause" }]',
    ],
)
def test_a_beat_that_the_tempo_of_the_exercise_does_not_have_is_a_problem(text: str) -> None:
    [problem] = problems_of(text)
    assert problem.path[-3:] == ("cues", 0, "on")
    assert "does not have" in problem.message


def test_a_beat_that_only_a_routine_takes_away_is_none() -> None:
    assert problems_of('cues = [{ say = "Squeeze", on = "hold" }]') == []
    bridge = '[exercises.b]\ntempo = "2-1-3"\ncues = [{ say = "Squeeze", on = "hold" }]\n'
    text = f'format = 1\n{bridge}[[sets]]\nexercise = "b"\ntempo = "2-0-3"\n'
    routine, problems = read_routine(tomllib.loads(text), "r", {})
    assert routine is not None and problems == ()


def test_transitions_are_planned_unless_the_file_says_otherwise() -> None:
    plain = {"format": 1, "sets": [{"exercise": "stretch"}]}
    for written, read in ({}, Transitions.PLANNED), ({"transitions": "as-written"}, Transitions.AS_WRITTEN):
        routine, problems = read_routine(plain | written, "r", LIBRARY)
        assert routine is not None and problems == ()
        assert routine.transitions is read
