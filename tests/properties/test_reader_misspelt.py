"""One misspelt key is one problem: nothing else is reported as missing, unknown or superfluous because of it."""

import re
import tomllib
from collections.abc import Iterator

from tests.for_each import for_each
from tests.properties.tries import IS_THOROUGH
from tui.routine.declarations import tables_of
from tui.routine.fields import ROUTINE
from tui.routine.problems import nearest
from tui.routine.reader import read_routine

TEXT = """\
format = 1
title = "Every kind of table"
summary = "x"
tags = ["x"]
[defaults]
rest = 3
[[blocks]]
name = "A"
mode = "circuit"
rounds = 2
round_rest = 10
[[blocks.sets]]
exercise = "stretch"
work = 30
progression = "far"
progressions.near.reps = 8
[blocks.sets.progressions.far]
sides = "each"
[[blocks.sets]]
exercise = "stretch"
[[blocks]]
mode = "emom"
every = "1m"
sets = [{ exercise = "stretch", tempo = "2-1-3", reps = 5, rest = 0, figure = "one", caution = "Slowly" }]
[[blocks]]
mode = "amrap"
cap = "10m"
[[blocks.sets]]
exercise = "stretch"
prepare = 5
switch = 2
say = "go"
cues = ["Breathe"]
[exercises.stretch]
steps = ["Lie down"]
fix = "Ease off"
[[exercises.stretch.progressions]]
id = "near"
move_on = { sessions = 3 }
[[exercises.stretch.progressions]]
id = "far"
[exercises.stretch.figures.one]
loop = true
supports = [{ x = 0, y = 0, width = 0.2, height = 0.3 }]
[[exercises.stretch.figures.one.frames]]
head = [0, 1]
neck = [0, 1]
hip = [0, 1]
knee = [0, 1]
ankle = [0, 1]
toe = [0, 1]
elbow = [0, 1]
hand = [0, 1]
[[exercises.stretch.figures.one.frames]]
at = 1
hand = [1, 1]
[exercises.stretch.figures.two]
like = "one"
"""
_KEYS = {key for table in tables_of(ROUTINE) for key in table.fields}
_WRITTEN = re.compile(r"(?m)(?:(?<=^)|(?<=[{,.\[] )|(?<=[.\[]))[a-z_]+(?=[^\n\"]*(?:=|\]))")
PLACES = [found.span() for found in _WRITTEN.finditer(TEXT) if found[0] in _KEYS]


def slips(word: str) -> Iterator[str]:
    """Every letter left out, two letters changed round, one letter doubled, and one too many."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        yield word[:at] + word[at] + word[at:]
    yield word + "s"


def test_the_text_has_no_problem_and_many_keys() -> None:
    assert read_routine(tomllib.loads(TEXT), "x", {})[1] == ()
    assert len(PLACES) > 60


@for_each(("number", "place"), enumerate(PLACES))
def test_one_slip_is_one_problem(number: int, place: tuple[int, int]) -> None:
    start, end = place
    word = TEXT[start:end]
    tried = list(slips(word))
    if not IS_THOROUGH:  # one, of a kind and at a letter that differ from place to place
        tried = [tried[4 * number % len(tried)]]
    for slip in {*tried} - {word, ""} - (_KEYS if len(word) < 3 else set()):
        try:
            data = tomllib.loads(TEXT[:start] + slip + TEXT[end:])
        except tomllib.TOMLDecodeError:
            continue  # the slip makes it a key that is there already
        found = read_routine(data, "x", {})[1]
        assert len(found) == 1, (slip, [problem.message for problem in found])
        assert slip in found[0].message


def test_the_content_of_a_misspelt_table_is_checked_too() -> None:
    data = tomllib.loads('format = 1\n[[stes]]\nexercise = "x"\nwork = "soon"\n[exercices.x]\nstep = []\n')
    assert [problem.path for problem in read_routine(data, "x", {})[1]] == [
        ("stes",),
        ("exercices",),
        ("stes", 0, "work"),
        ("exercices", "x", "step"),
    ]


@for_each("word", ["video", "music", "kit", "url", "duration", "repetitions", "level", "author"])
def test_a_word_that_is_no_slip_has_no_suggestion(word: str) -> None:
    assert nearest(word, _KEYS) is None


@for_each(("word", "key"), [("sidse", "sides"), ("cp", "cap"), ("progresion", "progression")])
def test_a_slip_has_one(word: str, key: str) -> None:
    assert nearest(word, _KEYS) == key
