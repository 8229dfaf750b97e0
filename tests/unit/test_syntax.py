"""A file that is no TOML is told what is wrong and where, each kind of slip in its own words."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.files.syntax import syntax_problem
from tui.plain_text import plain_text

# fmt: off
SLIPS: tuple[tuple[str, int, int, str], ...] = (
    ('a = 40s', 1, 5, 'a text needs its quotes: "40s"'),
    ('a = 1:30', 1, 5, 'a text needs its quotes: "1:30"'),
    ('a = 8-12', 1, 5, 'a text needs its quotes: "8-12"'),
    ('a = 01', 1, 5, 'a number does not begin with 0: 1'),
    ('a = 00', 1, 5, 'a number does not begin with 0: 0'),
    ('a = +01', 1, 5, 'a number does not begin with 0: +1'),
    ('a = 1__0', 1, 5, '1__0 is no number: a _ stands between two digits'),
    ('a = _1', 1, 5, '_1 is no number: a _ stands between two digits'),
    ('a = 1_', 1, 5, '1_ is no number: a _ stands between two digits'),
    ('a = 1.', 1, 5, '1. is no number: a digit stands on both sides of the point'),
    ('a = .5', 1, 5, '.5 is no number: a digit stands on both sides of the point'),
    ('a = +.5', 1, 5, '+.5 is no number: a digit stands on both sides of the point'),
    ('a = 1.e5', 1, 5, '1.e5 is no number'),
    ('a = 1e', 1, 5, '1e is no number'),
    ('a = 1e+', 1, 5, '1e+ is no number'),
    ('a = 1,5', 1, 6, 'take this comma out: commas stand only between the values of a list or a {table}'),
    ('a = 0x', 1, 5, '0x is no number: after 0x stand the digits 0 to f, after 0o 0 to 7, after 0b 0 and 1'),
    ('a = 0xG', 1, 5, '0xG is no number: after 0x stand the digits 0 to f, after 0o 0 to 7, after 0b 0 and 1'),
    ('a = 0o8', 1, 5, '0o8 is no number: after 0x stand the digits 0 to f, after 0o 0 to 7, after 0b 0 and 1'),
    ('a = 2020-13-01', 1, 5, '2020-13-01 is no date that there is: write a year, month and day such as 2025-03-31'),
    ('a = 2020-02-30', 1, 5, '2020-02-30 is no date that there is: write a year, month and day such as 2025-03-31'),
    ('a = 2020-1-1', 1, 5, '2020-1-1 is no date that there is: write a year, month and day such as 2025-03-31'),
    ('a = True', 1, 5, 'write true, in small letters'),
    ('a = FALSE', 1, 5, 'write false, in small letters'),
    ('a = yes', 1, 5, 'write true or false in place of yes'),
    ('a = No', 1, 5, 'write true or false in place of No'),
    ('a = on', 1, 5, 'write true or false in place of on'),
    ('a = None', 1, 5, 'there is no None: leave the key out'),
    ('a = null', 1, 5, 'there is no null: leave the key out'),
    ('a = nil', 1, 5, 'there is no nil: leave the key out'),
    ('a = Inf', 1, 5, 'write a number in place of Inf'),
    ('a = NaN', 1, 5, 'write a number in place of NaN'),
    ('a = infinity', 1, 5, 'write a number in place of infinity'),
    ('a = “x”', 1, 5, 'a text stands in straight quotes: " or \''),
    ('a = `x`', 1, 5, 'a text stands in straight quotes: " or \''),
    ('a = ', 1, 4, 'a value is missing here'),
    ('a = = 1', 1, 5, 'there is one = too many'),
    ('a = ,', 1, 5, 'a value is missing before this comma'),
    ('a = ]', 1, 5, 'a value is missing before this ]'),
    ('a = }', 1, 5, 'a value is missing before this }'),
    ('a = (1, 2)', 1, 5, 'a list stands in square brackets: [ and ]'),
    ('a = (', 1, 5, 'a list stands in square brackets: [ and ]'),
    ('a = "x', 1, 7, 'a text has no closing quote'),
    ("a = 'x", 1, 5, 'a text has no closing quote'),
    ("'a = \"x\"\nb = 1\n", 1, 1, 'a text has no closing quote'),
    ('a = x"', 1, 5, 'a text has no opening quote: "x"'),
    ('a = two words"', 1, 5, 'a text has no opening quote: "two words"'),
    ('a = ["x", y"]', 1, 11, 'a text has no opening quote: "y"'),
    ('a = 10s"', 1, 5, 'a text has no opening quote: "10s"'),
    ('a = %"x"', 1, 5, 'nothing stands in front of a text\'s quote: take "%" out'),
    ('a = [{side} leg up", "y"]', 1, 6, 'a text needs its quotes: "{side} leg up"'),
    ('a = [0.3{, 0.4]', 1, 9, 'this { is one too many, or a comma is missing before it'),
    ('a = { b = 0.3[, c = 1 }', 1, 14, 'this [ is one too many, or a comma is missing before it'),
    ('a = [\n"x",\nb = [\n"y",\n]\n', 3, 1, 'a list has no closing ]: it begins on line 1'),
    ('c = 1\na = ["x"\n[b]\n', 3, 1, 'a list has no closing ]: it begins on line 2'),
    ('c = 1\na = [\n"x",\n\n', 3, 5, 'a list has no closing ]: it begins on line 2'),
    ('a = ["x",\n[[b.c]] # note\n', 2, 1, 'a list has no closing ]: it begins on line 1'),
    ('a = """x', 1, 9, 'a text has no closing """: it begins on line 1'),
    ('a = "x" "y"', 1, 9, 'the text ends before this; a quote in it is written \\", in a text in double quotes'),
    ('a = "a "b" c"', 1, 9, 'the text ends before this; a quote in it is written \\", in a text in double quotes'),
    ("a = 'it's'", 1, 9, "the text ends before this; a quote in it is written ', in a text in double quotes"),
    ('a = "x" y', 1, 9, 'the text ends before this: nothing else may follow it'),
    ('a = "x"y', 1, 8, 'the text ends before this: nothing else may follow it'),
    ('a = "x" b = 1', 1, 9, 'the text ends before this: nothing else may follow it'),
    ('a = 1 b = 2', 1, 7, 'only one key = value stands on a line'),
    ('a = 1, b = 2', 1, 6, 'take this comma out: commas stand only between the values of a list or a {table}'),
    ('a = 1;', 1, 6, 'a line ends without a ;'),
    ('a = 1 // note', 1, 7, 'a note begins with #, not with //'),
    ('a = 1 -- note', 1, 7, 'a note begins with #, not with --'),
    ('a = 1 % n', 1, 7, 'a note begins with #, not with %'),
    ('a = "x" ; note', 1, 9, 'a note begins with #, not with ;'),
    ('a = [1 2]', 1, 8, 'a comma is missing between two values of a list'),
    ('a = ["a" "b"]', 1, 10, 'a comma is missing between two values of a list'),
    ('a = [1; 2]', 1, 7, 'commas stand between the values of a list, not ;'),
    ('a = [1, 2', 1, 10, 'a list has no closing ]'),
    ('a = [1,,2]', 1, 8, 'a value is missing before this comma'),
    ('a = [,1]', 1, 6, 'a value is missing before this comma'),
    ('a = [1}', 1, 7, 'a list is closed by ], not by }'),
    ('a = [1)', 1, 7, 'a list is closed by ], not by )'),
    ('a = [1=2]', 1, 7, 'commas stand between the values of a list, not ='),
    ('a = [yes]', 1, 6, 'write true or false in place of yes'),
    ('a = [1]]', 1, 8, 'this ] closes nothing: there is no [ before it'),
    ('a = [[1]', 1, 9, 'a list has no closing ]'),
    ('a = {', 1, 6, 'a key is missing here; a { and its } stand on one line'),
    ('a = { a = 1', 1, 12, 'a { has no closing } on the same line'),
    ('a = { a = 1, }', 1, 14, 'the comma before } is one too many'),
    ('a = { a = 1,, b = 2 }', 1, 13, 'a key = value is missing before this comma'),
    ('a = { , }', 1, 7, 'a key = value is missing before this comma'),
    ('a = { a }', 1, 9, 'a key needs = and a value after it'),
    ('a = { = 1 }', 1, 7, 'a key is missing before ='),
    ('a = { a = }', 1, 11, 'a value is missing before this }'),
    ('a = { a: 1 }', 1, 8, 'write = in place of :'),
    ('a = { "a": 1 }', 1, 10, 'write = in place of :'),
    ('a = { a = 1; b = 2 }', 1, 12, 'commas stand between the keys of a {table}, not ;'),
    ('a = { a = 1 b = 2 }', 1, 13, 'a comma is missing between two keys of a {table}'),
    ('a = { a = 1 ]', 1, 13, 'a {table} is closed by }, not by ]'),
    ('a = { a = 1, a = 2 }', 1, 19, 'a key of this { } stands in it for the second time: keep one of them'),
    ('a = { a.b = 1, a = 2 }', 1, 21, 'a key of this { } stands in it for the second time: keep one of them'),
    ('a = { 1, 2 }', 1, 8, 'a key needs = and a value after it'),
    ('a = { a == 1 }', 1, 10, 'there is one = too many'),
    ('a = { a = 1 }}', 1, 14, 'this } closes nothing: there is no { before it'),
    ('a = {} x', 1, 8, 'nothing else may stand on the line of a key = value'),
    ('a = "\\q"', 1, 8, "a backslash in a text is written twice: \\\\ (or the text stands in single quotes: '…')"),
    ('a = "\\u12"', 1, 8, 'after \\u stand four digits from 0 to f, after \\U eight'),
    ('a = "\\uZZZZ"', 1, 8, 'after \\u stand four digits from 0 to f, after \\U eight'),
    ('a = "\\U00110000"', 1, 16, 'there is no character of this number'),
    ('a = "\\ud800"', 1, 12, 'there is no character of this number'),
    ('a = "\\"', 1, 8, 'a text has no closing quote'),
    ('a = "a\x01b"', 1, 7, 'a control character (U+0001) stands here: take it out'),
    ("a = 'a\x01'", 1, 7, 'a control character (U+0001) stands here: take it out'),
    ('a = 1 \x02', 1, 7, 'a control character (U+0002) stands here: take it out'),
    ('a = "C:\\dir"', 1, 10, "a backslash in a text is written twice: \\\\ (or the text stands in single quotes: '…')"),
    ('a = 1 = 2', 1, 7, 'there is one = too many'),
    ('a = #', 1, 5, 'a value is missing here'),
    ('a = # note', 1, 5, 'a value is missing here'),
    ('a = "a""b"', 1, 8, 'the text ends before this; a quote in it is written \\", in a text in double quotes'),
    ("a = ''x''", 1, 7, "the text ends before this; a quote in it is written ', in a text in double quotes"),
    ('a = [[]', 1, 8, 'a list has no closing ]'),
    ('a = ]]', 1, 5, 'a value is missing before this ]'),
    ('a = [1,2]]', 1, 10, 'this ] closes nothing: there is no [ before it'),
    ('a = "x",', 1, 8, 'take this comma out: commas stand only between the values of a list or a {table}'),
    ('a = [1] [2]', 1, 9, 'nothing else may stand on the line of a key = value'),
    ('a', 1, 2, 'a key needs = and a value after it'),
    ('a b', 1, 3, 'a key needs = before its value'),
    ('a "b"', 1, 3, 'a key needs = before its value'),
    ('a = { b 1, c = 2 }', 1, 9, 'a key needs = before its value'),
    ('a, = 1', 1, 2, 'take this , out: a key is followed by ='),
    ('a b = 1', 1, 3, 'a key with a space in it needs quotes'),
    ('my key = 1', 1, 4, 'a key with a space in it needs quotes'),
    ('a 1', 1, 3, 'a key needs = before its value'),
    ('a% = 1', 1, 2, 'a key needs = and a value after it, and quotes where "%" is part of it'),
    ('a: 1', 1, 2, 'write = in place of :'),
    ('"a" b = 1', 1, 5, 'a key with a space in it needs quotes'),
    ('"""a""" = 1', 1, 3, 'a key has one pair of quotes, or none'),
    ('a"b" = 1', 1, 2, 'a key has one pair of quotes, or none'),
    ('= ', 1, 1, 'a key is missing before ='),
    ('a += 1', 1, 3, 'a key needs = and a value after it, and quotes where "+" is part of it'),
    ('.a = 1', 1, 1, 'a key is missing before the dot'),
    ('a. = 1', 1, 4, 'a key is missing after the dot'),
    ('a..b = 1', 1, 3, 'a key is missing after the dot'),
    ('a.b. = 1', 1, 6, 'a key is missing after the dot'),
    ('. = 1', 1, 1, 'a key is missing before the dot'),
    ('ä = 1', 1, 1, 'a key with "ä" in it needs quotes'),
    ('a.ä = 1', 1, 3, 'a key with "ä" in it needs quotes'),
    ('ä', 1, 1, 'a key with "ä" in it needs quotes'),
    ('“a” = 1', 1, 1, 'a key stands in straight quotes, or in none'),
    ('@a = 1', 1, 1, 'a key cannot begin with "@" unless it stands in quotes'),
    ('+a = 1', 1, 1, 'a key cannot begin with "+" unless it stands in quotes'),
    ('a[0] = 1', 1, 2, 'a key needs = before this ['),
    ('a{} = 1', 1, 2, 'a key needs = before this {'),
    ('a(1) = 1', 1, 2, 'a key needs = before this ('),
    ('{a = 1}', 1, 1, 'a key is missing before this value'),
    ('{"a": 1}', 1, 1, 'this is JSON: write key = value, each on a line of its own'),
    ('{\n  "a": 1\n}', 1, 1, 'this is JSON: write key = value, each on a line of its own'),
    ('<!DOCTYPE html>', 1, 1, 'this is HTML or XML: write key = value, each on a line of its own'),
    ('(a)', 1, 1, 'a key is missing before this value'),
    (')', 1, 1, 'this ) closes nothing: there is no ( before it'),
    (', a = 1', 1, 1, 'a line cannot begin with a comma'),
    (';', 1, 1, 'a note begins with #, not with ;'),
    ('; note', 1, 1, 'a note begins with #, not with ;'),
    ('// note', 1, 1, 'a note begins with #, not with //'),
    ('/* note */', 1, 1, 'a note begins with #, not with /*'),
    ('--- ', 1, 4, 'this is YAML: write key = value'),
    ('- a', 1, 3, 'this is YAML: write key = value'),
    ('- a: 1', 1, 3, 'this is YAML: write key = value'),
    ('% note', 1, 1, 'a note begins with #, not with %'),
    ('! note', 1, 1, 'a note begins with #, not with !'),
    ('<!-- note -->', 1, 1, 'a note begins with #, not with <!--'),
    ('<<<<<<< HEAD', 1, 1, 'this line is left over from joining two versions of the file'),
    ('=======', 1, 1, 'this line is left over from joining two versions of the file'),
    ('>>>>>>> x', 1, 1, 'this line is left over from joining two versions of the file'),
    ('\ufeffa = 1', 1, 1, 'a byte order mark stands here: take it out'),
    ('[', 1, 2, 'a table needs a name and its closing ]'),
    ('[]', 1, 2, 'a table needs a name between [ and ]'),
    ('[a', 1, 3, 'a [table] needs its closing ]'),
    ('[a\n', 1, 3, 'a [table] needs its closing ]'),
    ('[[a]', 1, 4, 'a [[table]] needs its closing ]]'),
    ('[[a', 1, 4, 'a [[table]] needs its closing ]]'),
    ('[[a] ]', 1, 4, 'a [[table]] needs its closing ]]'),
    ('[ [a]]', 1, 3, '[[ and ]] of a list of tables stand together, without a space'),
    ('[[]]', 1, 3, 'a table needs a name between [ and ]'),
    ('[a]]', 1, 4, 'this ] is one too many'),
    ('[a]b', 1, 4, 'a [table] stands on a line of its own'),
    ('[a] b = 1', 1, 5, 'a [table] stands on a line of its own'),
    ('[a], [b]', 1, 4, 'a [table] stands on a line of its own'),
    ('[a b]', 1, 4, 'a name with a space in it needs quotes'),
    ('[a.b c]', 1, 6, 'a name with a space in it needs quotes'),
    ('[.a]', 1, 2, 'a key is missing before the dot'),
    ('[a = 1]', 1, 4, 'a [table] needs its closing ]'),
    ('[“a”]', 1, 2, 'a key stands in straight quotes, or in none'),
    ('[a,b]', 1, 3, 'a name with "," in it needs quotes'),
    ('[a:b]', 1, 3, 'a name with ":" in it needs quotes'),
    ('[a/b]', 1, 3, 'a name with "/" in it needs quotes'),
    ('[(a)]', 1, 2, 'a key cannot begin with "(" unless it stands in quotes'),
    ('[a]# ok ]\n]', 2, 1, 'this ] closes nothing: there is no [ before it'),
    ('{a}', 1, 1, 'a key is missing before this value'),
    ('[a]\n[a]', 2, 2, 'the table "a" stands here for the second time: join the two, or write each as [[ ]]'),
    ('[a]\nb = 1\n[a]', 3, 2, 'the table "a" stands here for the second time: join the two, or write each as [[ ]]'),
    ('[[a]]\n[a]', 2, 2, 'the table "a" stands here for the second time: join the two, or write each as [[ ]]'),
    ('[a]\n[[a]]', 2, 3, '"a" stands above already, as something else than this: give one of them another name'),
    ('a = 1\n[a]', 2, 2, '"a" stands above already, as something else than this: give one of them another name'),
    ('a = 1\n[a.b]', 2, 2, '"a.b" stands above already, as something else than this: give one of them another name'),
    ('a = 1\na = 2', 2, 1, 'the key "a" stands here for the second time: keep one of them'),
    ('a = 1\na.b = 2', 2, 1, '"a.b" cannot stand here: it, or what is before its dot, has a value above'),
    ('a.b = 1\na = 2', 2, 1, 'the key "a" stands here for the second time: keep one of them'),
    ('a.b = 1\n[a]', 2, 2, '"a" adds to something that is written whole above: write all of it in one place'),
    ('[a.b]\n[a]\nb.c = 1', 3, 1, '"b.c" adds to something that is written whole above: write all of it in one place'),
    ('a = {}\na.b = 1', 2, 1, '"a.b" adds to something that is written whole above: write all of it in one place'),
    ('"a" = 1\na = 2', 2, 1, 'the key "a" stands here for the second time: keep one of them'),
    ('a.b.c = 1\na.b = 2', 2, 1, '"a.b" cannot stand here: it, or what is before its dot, has a value above'),
    ('x = [1,\n2\nb = 3\n', 3, 1, 'a list has no closing ]: it begins on line 1'),
    ('x = [\n1\n2]\n', 2, 2, 'a comma is missing between two values of a list'),
    ('x = [\n1 # one\n2]\n', 3, 1, 'a comma is missing between two values of a list'),
    ('a.b = 1\na.b = 2', 2, 1, 'the key "a.b" stands here for the second time: keep one of them'),
    ('[[as]]\n[[a.b]]\nc = 1\n[[a]]\n', 2, 1, '[[a.b]] stands before the first [[a]]: is that one misspelt above?'),
    ('x = { a = 1,\nb = 2 }', 1, 13, 'a key is missing here; a { and its } stand on one line'),
    ('x = {\na = 1 }', 1, 6, 'a key is missing here; a { and its } stand on one line'),
    ('x = """a\nb', 2, 2, 'a text has no closing """: it begins on line 1'),
    ("x = '''a\nb", 2, 2, "a text has no closing ''': it begins on line 1"),
    ('x = "a\nb"', 1, 7, 'a text has no closing quote on its line'),
    ("x = 'a\nb'", 1, 7, 'a text has no closing quote on its line'),
    ('x = "\\\n"', 2, 1, "a backslash in a text is written twice: \\\\ (or the text stands in single quotes: '…')"),
    ("summary = 'Don't'", 1, 16, "the text ends before this; a quote in it is written ', in a text in double quotes"),
    ('a = [1, 2\nb = [3]', 2, 1, 'a list has no closing ]: it begins on line 1'),
    ('a = [1] + [2]', 1, 9, 'nothing else may stand on the line of a key = value'),
    ('a\xa0= 1', 1, 2, 'this is no plain space (U+00A0): write one'),
    ('a =\xa01', 1, 4, 'this is no plain space (U+00A0): write one'),
    ('\xa0a = 1', 1, 1, 'this is no plain space (U+00A0): write one'),
)
# fmt: on
"""Texts, the line and column that is told, and the message."""

VALUES = [text.removeprefix("a = ") for text, *_ in SLIPS if text.startswith("a = ") and "\n" not in text]


def problem_of(text: str) -> tuple[int | None, int | None, str]:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    problem = syntax_problem(text, caught.value)
    assert problem.message.startswith("this is not TOML: ")
    return problem.line, problem.column, problem.message.removeprefix("this is not TOML: ")


@pytest.mark.parametrize(("text", "line", "column", "message"), SLIPS, ids=lambda part: repr(part)[:30])
def test_what_is_no_toml_is_told_in_plain_words(text: str, line: int, column: int, message: str) -> None:
    assert problem_of(text) == (line, column, message)
    windows = f"ok = 1\r\n{text.replace(chr(10), chr(13) + chr(10))}"
    if "begins on line" not in message:
        assert problem_of(windows) == (line + 1, column, message)


def test_a_kind_of_slip_has_the_same_words_in_lists_and_tables() -> None:
    for value, words in (("40s", 'its quotes: "40s"'), ("01", "begin with 0"), ("1__0", "between two digits")):
        for text in (f"a = {value}", f"a = [{value}]", f"a = [1, {value}, 2]", f"a = {{ b = {value}, c = 1 }}"):
            assert words in problem_of(text)[2]
            assert problem_of(text)[1] == text.index(value) + 1


def test_the_words_are_many() -> None:
    """No message stands for many kinds of slip."""
    told = [message for *_, message in SLIPS]
    assert max(told.count(message) for message in told) <= 4


AROUND = ["x = [{}]", "x = [1, {}]\n", "x = {{ k = {} }}", "[t]\nx = [\n{}\n]\ny = 1"]


@given(st.sampled_from(VALUES), st.sampled_from(AROUND))
def test_no_place_of_a_slip_is_told_in_the_words_of_the_reader(value: str, around: str) -> None:
    text = around.format(value)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = syntax_problem(text, error)
        assert "Unclosed" not in problem.message and "Invalid" not in problem.message
        assert "Expected" not in problem.message


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
