"""The editor's suggestions at a place in a routine file."""

from tests.bundled_catalog import bundled_catalog
from tests.for_each import for_each
from tui.routine.completion import LONGEST, complete

LADDER = 'progressions = [{ id = "a", '
FILE = """\
format = 1
title = "A"
|

[defaults]
rest = "20s"
|

[[blocks]]
mode = |
rounds = 2
sets = [
  { exercise = "squat", progression = "|" },
  { exercise = "pla|" },
  { exercise = "plank", si| },
]

[[blocks.sets]]
exercise = "side-pl|"
pinned = t|

[exercises.my-stretch]
na|
progressions = [{ id = "a", | }]

[|
"""


def suggested(number: int, text: str = FILE) -> list[str]:
    """Return what is suggested at the cursor of this number."""
    before, at, after = text.split("|")[: number + 1], number, text.split("|")[number + 1 :]
    lines = ("".join(before) + "".join(after)).split("\n")
    row, column = "".join(before).count("\n"), len("".join(before).rpartition("\n")[2])
    assert at == number
    found = complete(lines, row, column, bundled_catalog().exercises)
    return [lines[row][: found.column] + each.text for each in found.suggestions]


@for_each(("number", "wanted", "unwanted"), [
    (0, ["summary = ", "tags = [", "quiet = "], ["title = ", "blocks = ", "rounds = "]),
    (1, ["prepare = ", "switch = "], ["rest = ", "title = "]),
    (2, ['mode = "circuit"', 'mode = "emom"'], ["mode = true"]),
    (3, ['  { exercise = "squat", progression = "half-way"'], []),
    (4, ['  { exercise = "plank"'], ['  { exercise = "squat"']),
    (5, ['  { exercise = "plank", sides = '], ['  { exercise = "plank", summary = ']),
    (6, ['exercise = "side-plank"'], ['exercise = "plank"']),
    (7, ["pinned = true"], ["pinned = false"]),
    (8, ["name = "], ["rounds = "]),
    (9, [f"{LADDER}grow = {{ ", f"{LADDER}tempo = "], [f"{LADDER}id = "]),
    (10, ["[defaults]", "[[blocks]]", "[[blocks.sets]]", "[exercises.NAME]"], ["[title]"]),
])  # fmt: skip
def test_a_place_has_its_suggestions(number: int, wanted: list[str], unwanted: list[str]) -> None:
    found = suggested(number)
    if number == 3:
        assert found and all(each.startswith('  { exercise = "squat", progression = "') for each in found)
        return
    assert set(wanted) <= set(found), found
    assert not set(unwanted) & set(found), found


@for_each("text", [
    "|", "[nowhere]\n|", "x = { |", "title = |", "]]] = [[{|", '[[blocks]]\nexercise = "|', "[[blocks.sets.x]]\n|",
])  # fmt: skip
def test_every_place_is_a_place(text: str) -> None:
    suggested(0, text)


def test_exercises_of_the_file_come_first() -> None:
    text = '[[blocks.sets]]\nexercise = |\n[exercises.my-own]\nname = "Mine"\n'
    assert suggested(0, text)[0] == 'exercise = "my-own"'


LONG = {
    "word": "x" * 1_000_000,
    "header": "[" + " " * 100_000 + "!",
    "keys": "a=" * 99_999 + "{",
    "lists": "a=[" * 99_999,
}


@for_each("name", LONG)
def test_long_lines_suggest_nothing_and_hinder_no_other(name: str) -> None:
    exercises, long = bundled_catalog().exercises, LONG[name]
    assert complete([long], 0, len(long), exercises).suggestions == ()
    assert complete([long, "mod"], 1, 3, exercises) == complete(["", "mod"], 1, 3, exercises)


def test_lines_just_short_enough_are_read_at_once() -> None:
    lines = [part * (LONGEST // len(part)) for part in ("x", "[", " ", "a=", "a=[", "{", "[ ")] * 300
    found = complete([*lines, "[[blocks]]", "mod"], len(lines) + 1, 3, bundled_catalog().exercises)
    assert [each.text for each in found.suggestions] == ["mode = "]
