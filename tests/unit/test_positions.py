"""The line and column of a problem."""

from tests.for_each import for_each
from tui.files.positions import locate
from tui.routine.problems import KeyPath, Problem

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


@for_each(
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


@for_each(
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
@for_each("at_key", [True, False])
def test_a_missing_key_is_at_the_nearest_table(path: KeyPath, where: tuple[int, int], at_key: bool) -> None:
    assert place(path, at_key=at_key) == where


def test_line_ends_of_windows_count_once() -> None:
    assert place(("blocks", 0, "sets", 0, "work"), text=TEXT.replace("\n", "\r\n")) == (8, 35)


def test_problems_are_in_the_order_of_the_file_and_known_positions_stay() -> None:
    known = Problem((), "known", line=2, column=7)
    last, first = Problem(("exercises", "a.b", "name"), "last"), Problem(("format",), "first")
    placed = locate(TEXT, [last, known, first])
    assert [problem.message for problem in placed] == ["first", "known", "last"]
    assert placed[1] == known


def test_a_thousand_problems_in_one_long_list_are_placed_quickly() -> None:
    text = "cues = [" + "1,\n" * 1000 + "]"
    placed = locate(text, [Problem(("cues", index), "wrong") for index in range(1000)])
    assert [problem.line for problem in placed] == list(range(1, 1001))
