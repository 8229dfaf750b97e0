"""Where a problem stands in its file, and what a file that is no TOML is told."""

import tomllib

import pytest

from tui.routine.model import KeyPath, Problem
from tui.storage.positions import locate, syntax_problem

TEXT = """\
format = 2
"tä g" = 3
[defaults]  # a comment
rest.x = { y.z = "ö", last = [1, "ü", 2] }

[[blocks]]
name = "first"
sets = [ { exercise = "ä", work = 1 },  # a comment
  { exercise = "b", progressions.single-leg.work = 0 } ]
[[blocks]]
[[blocks.sets]]
exercise = "q"
progressions.'single leg'.work = "20s"
[[blocks.sets]]
[blocks.sets.progressions.one]
work = 3
say = '''
long'''
cues = [
  "one",
  # a comment
  "two",
]
[ exercises . "a.\\u0062" ]
name = "k"\
"""


def place(path: KeyPath, *, at_key: bool = False, text: str = TEXT) -> tuple[int | None, int | None]:
    (problem,) = locate(text, [Problem(path, "wrong", at_key)])
    assert (problem.path, problem.message, problem.at_key) == (path, "wrong", at_key)
    return problem.line, problem.column


@pytest.mark.parametrize(
    ("path", "at_value", "at_key"),
    [
        (("format",), (1, 10), (1, 1)),
        (("tä g",), (2, 10), (2, 1)),
        (("defaults",), (3, 1), (3, 2)),
        (("defaults", "rest", "x"), (4, 10), (4, 6)),
        (("defaults", "rest", "x", "y", "z"), (4, 18), (4, 14)),
        (("defaults", "rest", "x", "last"), (4, 30), (4, 23)),
        (("defaults", "rest", "x", "last", 2), (4, 39), (4, 39)),
        (("blocks", 0), (6, 1), (6, 3)),
        (("blocks", 0, "name"), (7, 8), (7, 1)),
        (("blocks", 0, "sets", 0), (8, 10), (8, 10)),
        (("blocks", 0, "sets", 0, "work"), (8, 35), (8, 28)),
        (("blocks", 0, "sets", 1, "progressions", "single-leg", "work"), (9, 52), (9, 45)),
        (("blocks", 0, "sets", 1, "progressions", "single-leg"), (9, 34), (9, 34)),
        (("blocks", 1), (10, 1), (10, 3)),
        (("blocks", 1, "sets", 0), (11, 1), (11, 10)),
        (("blocks", 1, "sets", 0, "progressions", "single leg", "work"), (13, 34), (13, 27)),
        (("blocks", 1, "sets", 1, "progressions", "one"), (15, 1), (15, 27)),
        (("blocks", 1, "sets", 1, "progressions", "one", "say"), (17, 7), (17, 1)),
        (("blocks", 1, "sets", 1, "progressions", "one", "cues", 1), (22, 3), (22, 3)),
        (("exercises", "a.b", "name"), (25, 8), (25, 1)),
    ],
)
def test_a_path_leads_to_its_value_or_its_key(
    path: KeyPath, at_value: tuple[int, int], at_key: tuple[int, int]
) -> None:
    assert place(path) == at_value
    assert place(path, at_key=True) == at_key


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (("nothing",), (1, 1)),
        ((), (1, 1)),
        (("defaults", "rest", "x", "y", "w"), (4, 12)),
        (("blocks", 0, "every"), (6, 1)),
        (("blocks", 0, "sets", 1, "reps"), (9, 3)),
        (("blocks", 1, "sets", 0, "work"), (11, 1)),
        (("blocks", 1, "sets", 1, "exercise"), (14, 1)),
        (("exercises", "a.b", "steps", 3), (24, 1)),
    ],
)
@pytest.mark.parametrize("at_key", [True, False])
def test_a_missing_key_is_at_the_nearest_table(path: KeyPath, where: tuple[int, int], at_key: bool) -> None:
    assert place(path, at_key=at_key) == where


def test_line_ends_of_windows_count_once() -> None:
    assert place(("blocks", 0, "sets", 0, "work"), text=TEXT.replace("\n", "\r\n")) == (8, 35)


def test_problems_come_in_the_order_of_the_file_and_keep_a_place_that_is_known() -> None:
    known = Problem((), "known", line=2, column=7)
    last, first = Problem(("exercises", "a.b", "name"), "last"), Problem(("format",), "first")
    placed = locate(TEXT, [last, known, first])
    assert [problem.message for problem in placed] == ["first", "known", "last"]
    assert placed[1] == known


def test_a_thousand_problems_in_one_long_list_are_placed_quickly() -> None:
    text = "cues = [" + "1,\n" * 1000 + "]"
    placed = locate(text, [Problem(("cues", index), "wrong") for index in range(1000)])
    assert [problem.line for problem in placed] == list(range(1, 1001))


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a = 1\nb = yes", 2, 5, "the value cannot be read: text needs quotes"),
        ("a = 1\na = 2\n", 2, 6, "this key stands here for the second time"),
        ("[a]\n[a]", 2, 3, "this table or key stands here for the second time"),
        ("a = { b = 1, b = 2 }", 1, 19, "this table or key stands here for the second time"),
        ("a = { b = 1 }\n[a.c]", 2, 5, "this table or key stands here for the second time"),
        ("a = [1,\n2 # end\n\n", 2, 8, "a list has no closing ]"),
        ("a = { b = 1\n}", 1, 12, "a { has no closing }"),
        ('a = "x\n', 1, 7, "a text has no closing quote on its line"),
        ("a = 'x", 1, 7, "a text has no closing quote"),
        ("a = '''x\n", 1, 9, "a text has no closing quote"),
        ("a = 'x\nb = 'y'", 1, 7, "a text has no closing quote on its line"),
        ("a = 1 # \x01", 1, 9, "a control character stands here: take it out"),
        ("a = 'x\x01'", 1, 7, "a control character stands here: take it out"),
        ('a = "x', 1, 7, "a text has no closing quote"),
        ('a = "\\q"', 1, 8, "a backslash in a text is written twice"),
        ('ä = "x\x01"', 1, 1, 'a key with "ä" in it needs quotes'),
        ("\x01 = 1", 1, 1, "this is no key, table or comment"),
        ("\u202e = 1", 1, 1, "this is no key, table or comment"),
        ("grün = 1", 1, 3, 'a key with "ü" in it needs quotes'),
        ("[exercises.gesäß]\n", 1, 15, 'a key with "ä" in it needs quotes'),
        ("[[exercises.ä]]\n", 1, 13, 'a key with "ä" in it needs quotes'),
        ("a = { b = 1,\nc = 2 }", 1, 13, "a key is missing here; a { and its } stand on one line"),
        ("a = { b = 1,\r\nc = 2 }", 1, 13, "a key is missing here; a { and its } stand on one line"),
        ('a = "ä\x01"', 1, 7, "a control character stands here: take it out"),
        ("a 1", 1, 3, "a key needs = and a value after it"),
        ("a. = 1", 1, 4, "a key is missing here, or needs quotes"),
        ("a = 1 b = 2", 1, 7, "only one key = value on a line"),
        *(
            (f"a = {text}", 1, 5 + at, 'only one key = value on a line; a text such as "45s" needs its quotes')
            for text, at in (("40s", 2), ("1:30", 1), ("8-12", 1), ("2-1-3", 1))
        ),
        ("[a\n", 1, 3, "a [table] needs its closing ]"),
        ("[[a]\n", 1, 4, "a [[table]] needs its closing ]]"),
        ('a = "\\uZZZZ"', 1, 8, "Invalid hex value"),
    ],
)
def test_what_is_no_toml_is_told_in_plain_words(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    problem = syntax_problem(text, caught.value)
    assert (problem.line, problem.column) == (line, column)
    assert problem.message.startswith(f"this is not TOML: {message}")
    assert locate(text, [problem]) == (problem,)


def test_what_the_toml_reader_gives_up_on_is_a_problem_too() -> None:
    deep = "a = " + "[" * 5000
    with pytest.raises(RecursionError) as too_deep:
        tomllib.loads(deep)
    assert "too deep" in syntax_problem(deep, too_deep.value).message
    long = "x = 1\nlong = " + "9" * 5000
    with pytest.raises(ValueError, match="digits") as too_long:
        tomllib.loads(long)
    problem = syntax_problem(long, too_long.value)
    assert (problem.line, problem.column) == (2, 8)
    assert "too many digits" in problem.message
