"""Invalid TOML: common slips in plain words, others in the words of `tomllib`, each with a caret."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.for_each import for_each
from tui.files.syntax import syntax_problem
from tui.plain_text import plain_text
from tui.routine.problems import Problem

LIST = "the list that begins on line {} has no closing ]"
QUOTES = "a string needs a quote at its beginning and one at its end"
SLIPS = (
    ("a = 40s", 'strings need quotes: "40s"'),
    ("a = 8-12 # note", 'strings need quotes: "8-12"'),
    ("a = two words", 'strings need quotes: "two words"'),
    ("a = [1, 40s]", 'strings need quotes: "40s"'),
    ("a = “x”", "use straight quotes: \" or '"),
    ("a = True", "write true and false in lower case"),
    ("a = yes", "write true or false"),
    ("a = null", "null is not a TOML value; remove the key"),
    ("a = ", "a value is missing after ="),
    ("a = { b = }", "a value is missing after ="),
    ('a = "x', QUOTES),
    ('a = x"', QUOTES),
    ('a = "say "hi" now"', 'a quote inside a string needs a backslash: \\"'),
    ("a = [1 2]", "a comma is missing between two values of a list"),
    ('a = [\n"x"\n"y"]', "a comma is missing between two values of a list"),
    ("a = [1, 2", LIST.format(1)),
    ('c = 1\na = ["x"\n[b]', LIST.format(2)),
    ("a = [1, 2\nb = [3]", LIST.format(1)),
    ("x = { a = 1,\nb = 2 }", "an inline table begins and ends on one line: { key = value, key = value }"),
    ("a: 1", "write = instead of :"),
    ('a = { "a": 1 }', "write = instead of :"),
    ("my key = 1", "a key with a space in it needs quotes"),
    ("größe = 1", 'a key with "ö" in it needs quotes'),
    ("a = 1 // note", "comments begin with #"),
    ("a = 1\na = 2", 'the key "a" is defined twice; keep one'),
    ("[a]\nb = 1\n[a]", "the table [a] is defined twice; join the two, or write [[ ]] for a list"),
    ('{\n  "a": 1\n}', "this is JSON; write key = value, each on its own line"),
    ("a =\xa01", "this is not a plain space (U+00A0); write one"),
)


def problem_of(text: str) -> Problem:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    return syntax_problem(text, caught.value)


@for_each(("text", "message"), SLIPS)
def test_a_common_slip_is_explained(text: str, message: str) -> None:
    assert problem_of(text).message == f"this is not TOML: {message}"
    windows = problem_of(f"ok = 1\r\n{text.replace(chr(10), chr(13) + chr(10))}")
    if "begins on line" not in message:
        assert windows.message == f"this is not TOML: {message}"
    assert windows.line == (problem_of(text).line or 0) + 1


@for_each(
    ("text", "place"),
    [
        ("a = 01", (1, 6)),
        ("<<<<<<< HEAD", (1, 1)),
        ('a = "a\x01b"', (1, 7)),
        ("a = (1, 2)", (1, 5)),
        ("a = 1, b = 2", (1, 6)),
        ("a = 1\n[a b]", (2, 4)),
        ("a = 2020-02-30", (1, 5)),
    ],
)
def test_any_other_slip_has_the_sentence_of_tomllib(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    problem = syntax_problem(text, caught.value)
    assert problem.message == f"this is not TOML: {str(caught.value).partition(' (at ')[0]}"
    assert (problem.line, problem.column) == place


def test_the_line_is_shown_with_a_caret_below_the_place() -> None:
    assert problem_of("ok = 1\n  a = 1\tb = 2\n").excerpt == "    " + "  a = 1 b = 2\n" + "    " + " " * 8 + "^"
    long = problem_of(f"a = {'1, ' * 1000}")
    assert max(map(len, long.excerpt.split("\n"))) <= 210


TOML_LIKE = st.text(alphabet="[]{}=.\"'#,\n\r\\ abtf019-_+:;é\x01\u201c\u00a0", max_size=60)


@given(TOML_LIKE)
def test_any_text_that_is_no_toml_has_one_line_and_a_place_in_it(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = syntax_problem(text, error)
        lines = text.replace("\r\n", "\n").split("\n")
        assert problem.line is not None and problem.column is not None
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert plain_text(problem.message) == problem.message
        assert len(problem.message) < 250
        line, caret = problem.excerpt.split("\n")
        assert plain_text(line) == line
        assert caret.strip() == "^"


def test_an_exception_of_the_toml_reader_is_a_problem_too() -> None:
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
