"""Quick lines: the meaning of each, and the place of the error in an invalid one."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.for_each import for_each
from tests.workouts import build
from tui.engine.model import Kind
from tui.routine.model import Exercise, Layer, Mode, Progression, Reps, Sides, Transitions, Work
from tui.routine.movement import Tempo
from tui.routine.quick import QuickProblem, as_toml, is_like_a_line, parse_quick
from tui.today.quick_routine import quick_routine

SINGLE = Progression(id="single-leg", name="Single leg", own=Layer(sides=Sides.EACH))
LIBRARY = {
    "squat": Exercise(
        id="squat",
        name="Squat",
        own=Layer(tempo=Tempo(2, 0, 2), dose=Reps(8, 8)),
        progressions=(Progression(id="two-legs", name="Two legs"), SINGLE),
    ),
    "push-up": Exercise(id="push-up", name="Push-up"),
    "plank": Exercise(id="plank", name="Plank"),
    "side-plank": Exercise(id="side-plank", name="Side plank"),
}
SQUAT, PUSH_UP, PLANK = {"exercise": "squat"}, {"exercise": "push-up"}, {"exercise": "plank"}


@for_each(
    ("line", "block", "sets"),
    [
        ("8x20/10", {"rounds": 8, "work": "20s", "rest": "10s"}, [{"name": "Interval"}]),
        (" 8 \u00d7 20/10  SQUAT ", {"rounds": 8, "work": "20s", "rest": "10s"}, [SQUAT]),
        (
            "3x 40/20 squat, push-up, plank; rest 60",
            {"mode": "circuit", "rounds": 3, "round_rest": "1m", "work": "40s", "rest": "20s"},
            [SQUAT, PUSH_UP, PLANK],
        ),
        (
            "5x30/10 side-plank each",
            {"rounds": 5, "work": "30s", "rest": "10s"},
            [{"exercise": "side-plank", "sides": "each"}],
        ),
        (
            "3x12 squat, 10 push-up; rest 45",
            {"mode": "circuit", "rounds": 3, "round_rest": "45s", "reps": 12},
            [SQUAT, {**PUSH_UP, "reps": 10}],
        ),
        (
            "emom 10 squat 12, plank 30s",
            {"mode": "emom", "rounds": 5, "every": "1m"},
            [{**SQUAT, "reps": 12}, {**PLANK, "work": "30s"}],
        ),
        (
            "amrap 12m push-up 5, squat 10",
            {"mode": "amrap", "cap": "12m"},
            [{**PUSH_UP, "reps": 5}, {**SQUAT, "reps": 10}],
        ),
        ("20m", {"work": "20m"}, [{"name": "Interval"}]),
        ("1:30 plank", {"work": "1m30s"}, [PLANK]),
        ("3x squat; rest 0:45", {"rounds": 3, "rest": "45s"}, [SQUAT]),
        ("8-12 push up", {"reps": "8-12"}, [PUSH_UP]),
        ("2x push-up max", {"rounds": 2}, [{**PUSH_UP, "reps": "max"}]),
        ('10 "jumping, jacks"', {"reps": 10}, [{"name": "Jumping, jacks"}]),
        ('10 "side plank"', {"reps": 10}, [{"exercise": "side-plank"}]),
        ("20 min", {"work": "20m"}, [{"name": "Interval"}]),
        (
            "3x 40 s / 1 min 30 s squat , plank ; rest 1 Min",
            {"mode": "circuit", "rounds": 3, "round_rest": "1m", "work": "40s", "rest": "1m30s"},
            [SQUAT, PLANK],
        ),
        ("amrap 12 min 12 squat, plank", {"mode": "amrap", "cap": "12m", "reps": 12}, [SQUAT, PLANK]),
        ("8x20/10 each", {"rounds": 8, "work": "20s", "rest": "10s"}, [{"name": "Interval", "sides": "each"}]),
        ("amrap 12 2.5/1.5 squat", {"mode": "amrap", "cap": "12m", "work": "2.5s", "rest": "1.5s"}, [SQUAT]),
    ],
)
def test_what_a_line_says(line: str, block: dict[str, Any], sets: list[dict[str, Any]]) -> None:
    data = parse_quick(line, LIBRARY).data
    assert (data["title"], data["blocks"]) == (" ".join(line.split()), [{**block, "sets": sets}])
    assert is_like_a_line(line)
    quick_routine(line, LIBRARY)


@for_each(
    ("line", "character", "message"),
    [
        ("3x 40/20 sqaut", 10, 'no exercise "sqaut" (did you mean "squat"?): for one of your own write "sqaut"'),
        ("8x20/10 squat, ", 14, "nothing to do"),
        ("8x20/10 , squat", 3, "20/10 of what?"),
        ("3x 12 squat,, plank", 13, "nothing before this comma"),
        ('8x20/10 "burpee', 9, "a quote is not closed"),
        ('8x20/10 my "burpee"', 9, 'words beside "burpee"'),
        ("8x20", 3, "20 of what?"),
        ("3x12 squat, 20/10", 13, "20/10 of what?"),
        ("200x20/10", 1, "rounds is 200: write a whole number from 1 to 99"),
        ("3x 5h", 4, "work is 5 h: write a duration from 1 s to 2 h"),
        ("3x 20/2h", 4, "rest is 2 h"),
        ("3x 2..5/10 squat", 4, '"2..5" is not a time'),
        ("0 squat", 1, "reps is 0"),
        ("3x12 squat; rest", 13, "after the semicolon"),
        ("3x12 squat; rset 5", 13, "after the semicolon"),
        ("3x12 squat; rest 5; rest 6", 19, "a second semicolon"),
        ("8x20/10 squat; rest 60", 16, "a second rest: 10s is one already"),
        ("12 squat 10", 10, "a second dose: 12 is one already"),
        ("emom", 5, "emom needs its minutes first"),
        ("amrap squat", 7, "amrap needs its minutes first"),
        ("emom 9 squat, plank", 6, "emom 9: 2 exercises take turns, a minute each, so write 8 minutes"),
        ("emom 90s squat", 6, "emom 90s: each minute is whole, so write 2 minutes"),
        ("emom 5 40/20 squat", 6, "an emom has no rest of its own"),
        ("amrap 5 squat; rest 20", 16, "an amrap has no rest between rounds"),
        ("emom 0 squat", 6, "each minute is whole, so write 1 minute"),
        ("3x .5/10 squat", 4, "work is 0.5 s: write"),
        ("8x20/", 3, '"20/" is no dose: write one such as 40/20, 40s, 12, 8-12 or max'),
        ("3x 40//20 squat", 4, '"40//20" is no dose'),
        ("3 rounds of 40/20 squat", 13, '"40/20" is in the middle: write it before or after the exercise'),
        ("3x 12 squat 10kg", 13, '"10kg" is no dose'),
        ("3x 40/20 squat plank", 16, "a comma is missing between two exercises: squat, plank"),
        ("3x 40/20 side plank and push up", 21, "a comma is missing between two exercises: side plank, push up"),
        ("3x 40/20 squat rest 60", 16, "a semicolon is missing before rest: ; rest 60"),
        ("3x 40/20 squat rest 1 min", 16, "a semicolon is missing before rest: ; rest 1m"),
        ("emom 5 squat 30", 8, "squat at two-legs takes 120 s"),
        (f"8x20/10 {'a' * 1000}", 1001, "at most 1000 characters"),
        (f"{'9' * 900}x20/10", 1, "rounds is a huge number"),
        (f"emom {'9' * 900} squat", 6, "is not a time"),
    ],
)
def test_a_line_that_makes_no_sense(line: str, character: int, message: str) -> None:
    with pytest.raises(QuickProblem) as raised:
        quick_routine(line, LIBRARY)
    assert raised.value.character == character
    assert message in str(raised.value)


@for_each(
    "text", ["tabata", "emom-ten", "7-minutes", "before-the-gym", "", "12-weeks", "./20m", "20minutes", "5-min-break"]
)
def test_the_name_of_a_routine_is_no_line(text: str) -> None:
    assert not is_like_a_line(text)


def test_the_routine_lasts_what_the_line_says() -> None:
    routine, _ = quick_routine("3x 40/20 squat, push-up; rest 60", LIBRARY)
    assert (routine.id, routine.blocks[0].mode) == ("3x 40/20 squat, push-up; rest 60", Mode.CIRCUIT)
    assert (routine.transitions, routine.prepare_s) == (Transitions.AS_WRITTEN, 10.0)
    lengths = [(phase.kind, phase.length_s) for phase in build(routine).phases if phase.kind is not Kind.PREPARE]
    work, rest, pause = (Kind.WORK, 40.0), (Kind.REST, 20.0), (Kind.REST, 60.0)
    assert lengths == [work, rest, work, pause] * 2 + [work, rest, work]


def test_a_harder_progression_of_an_emom_gets_what_fits_into_its_minute() -> None:
    routine, quick = quick_routine("emom 4 squat 12, plank 30s", LIBRARY)
    first, second = routine.blocks[0].sets
    assert (first.own.dose, first.by_progression["single-leg"].dose) == (Reps(12, 12), Reps(6, 6))
    assert (second.own.dose, second.by_progression) == (Work(30.0), {})
    assert "progressions.single-leg.reps = 6" in as_toml(quick, "emom 4 squat 12, plank 30s")


def test_a_line_can_be_written_as_a_file() -> None:
    line = '3x 40/20 squat, 12  "side \\ stretch" each; rest 60'
    quick = parse_quick(line, LIBRARY)
    text = as_toml(quick, line)
    assert tomllib.loads(text) == quick.data
    assert text.splitlines()[:2] == [
        "#:schema ./routine.schema.json",
        f"# Made from a quick line: {' '.join(line.split())}",
    ]
