"""Every mistake in a file is reported: place, value, what is allowed, and the nearest correct name."""

import tomllib

from tests.for_each import for_each
from tests.unit.test_reader_names import LIBRARY, SET
from tui.routine.problems import MOST_PROBLEMS, KeyPath, Problem
from tui.routine.reader import read_exercise, read_routine

BLOCK = 'format = 1\n[[blocks]]\nsets = [{ exercise = "stretch" }]\n'


def problems_of(text: str) -> tuple[Problem, ...]:
    read, problems = read_routine(tomllib.loads(text), "x", LIBRARY)
    assert (read is None) == bool(problems)
    return problems


def only(text: str) -> Problem:
    (problem,) = problems_of(text)
    return problem


@for_each(
    ("line", "message"),
    [
        ("work = 0.5", "work is 0.5: write a duration from 1 s to 2 h"),
        ("work = 7201", "work is 7201: write a duration from 1 s to 2 h"),
        ("work = true", 'work is true: write seconds, or "45s", "1m30s", "1 min 30 s", "1:30", from 1 s to 2 h'),
        ('work = "forty"', 'work is "forty": write seconds, or "45s", "1m30s", "1 min 30 s", "1:30", from 1 s to 2 h'),
        ("work = nan", "work is nan: write seconds, or"),
        ("work = inf", "work is inf: write seconds, or"),
        ('rest = "61m"', 'rest is "61m": write a duration from 0 s to 1 h'),
        ("switch = []", 'switch is a list: write seconds, or "45s", "1m30s", "1 min 30 s", "1:30", from 0 s to 1 h'),
        (
            "prepare = 07:30:00",
            'prepare is a date or a time: write seconds, or "45s", "1m30s", "1 min 30 s", "1:30", from 0 s to 1 h',
        ),
        ("reps = 0", 'reps is 0: write a number such as 12, a range such as "8-12", or "max", from 1 to 999'),
        ("reps = true", 'reps is true: write a number such as 12, a range such as "8-12", or "max", from 1 to 999'),
        ('reps = "12-8"', 'reps is "12-8": write a number such as 12, a range such as "8-12", or "max", from 1 to 999'),
        ('reps = "12"', 'reps is "12": write a number such as 12, a range such as "8-12", or "max", from 1 to 999'),
        ("reps = 0xFFFFFFFFFFFFFFFFFF", "reps is a huge number: write a number such as 12, a range such as"),
        ('tempo = "2-1"', 'tempo is "2-1": write lift-hold-lower seconds such as "2-1-3", or with a pause "2-1-3-1"'),
        ('tempo = "2--3"', 'tempo is "2--3": write lift-hold-lower seconds'),
        ('tempo = "2-1-61"', "each of them from 0 to 60 s"),
        ('tempo = "0-0.5-0"', 'tempo is "0-0.5-0": a rep takes at least 1 s'),
        ("tempo = 213", "tempo is 213: write lift-hold-lower seconds"),
        (
            'sides = "eech"',
            'sides is "eech": write one of both, each, right-first, left, right, alternate (did you mean "each"?)',
        ),
        ('say = " "', 'say is " ": write something in it'),
        ("cues = 'Squeeze'", 'cues is "Squeeze": write a list, such as ["one", "two"]'),
        ("progressions = 3", "progressions is 3: write one table for each, such as [progressions.NAME]"),
    ],
)
def test_a_wrong_value_is_reported_with_the_allowed_ones(line: str, message: str) -> None:
    problem = only(SET + line)
    assert problem.path == ("sets", 0, line.split()[0])
    assert message in problem.message
    assert not problem.at_key


@for_each(
    ("line", "message"),
    [
        ("rounds = 0", "rounds is 0: write a whole number from 1 to 99"),
        ("rounds = 100", "rounds is 100: write a whole number from 1 to 99"),
        ("rounds = 2.0", "rounds is 2.0: write a whole number from 1 to 99"),
        ("rounds = true", "rounds is true: write a whole number from 1 to 99"),
        ('mode = "circut"', 'mode is "circut": write one of straight, circuit, emom, amrap (did you mean "circuit"?)'),
        ("mode = 3", "mode is 3: write one of straight, circuit, emom, amrap"),
    ],
)
def test_a_wrong_value_of_a_block_is_reported(line: str, message: str) -> None:
    problem = only(BLOCK + line)
    assert (problem.path, problem.message) == (("blocks", 0, line.split()[0]), message)


@for_each(
    ("text", "path", "hint"),
    [
        (
            SET + "wrok = 3",
            ("sets", 0, "wrok"),
            'unknown key "wrok" in a set (did you mean "work"?): allowed are exercise,',
        ),
        (SET + "rounds = 3", ("sets", 0, "rounds"), 'unknown key "rounds" in a set (it belongs in a block or grow)'),
        ("rest = 3\n" + SET, ("rest",), "(it belongs in [defaults] or a block or a set)"),
        ("tite = 'x'\n" + SET, ("tite",), 'in a routine (did you mean "title"?)'),
        (SET + "[defaults]\nround_rest = 3", ("defaults", "round_rest"), "in [defaults] (it belongs in a block)"),
        (BLOCK + "RoundRest = 3", ("blocks", 0, "RoundRest"), '(did you mean "round_rest"?)'),
        (SET + "progressions.staggered.wrk = 3", ("sets", 0, "progressions", "staggered", "wrk"), '"work"'),
        (SET + "[exercises.x]\nstep = []", ("exercises", "x", "step"), '(did you mean "steps"?)'),
        (SET + '"\\u001b[2J" = 3', ("sets", 0, "\x1b[2J"), 'unknown key "\ufffd[2J" in a set: allowed are'),
    ],
)
def test_an_unknown_key_is_reported_with_the_right_one(text: str, path: KeyPath, hint: str) -> None:
    problem = only(text)
    assert (problem.path, problem.at_key) == (path, True)
    assert hint in problem.message


@for_each(
    ("text", "path", "message"),
    [
        (SET + "work = 30\nreps = 3", ("sets", 0, "reps"), "a set has both work and reps: keep one of them"),
        (SET + "reps = 3\nwork = 'x'", ("sets", 0, "work"), "a set has both reps and work: keep one of them"),
        (
            SET + "[defaults]\nwork = 30\nreps = 3",
            ("defaults", "reps"),
            "[defaults] has both work and reps: keep one of them",
        ),
        (
            SET + "progressions.two-legs = { work = 30, reps = 3 }",
            ("sets", 0, "progressions", "two-legs", "reps"),
            "a set's progressions has both work and reps: keep one of them",
        ),
        (BLOCK + '[[sets]]\nexercise = "bridge"', ("sets",), "a routine has both blocks and sets: keep one of them"),
        (
            "format = 1",
            ("blocks",),
            'a routine has neither blocks nor sets: add [[sets]] with exercise = "reverse-bridge"',
        ),
        ("format = 1\n[[blocks]]", ("blocks", 0, "sets"), "sets is missing: add [[blocks.sets]]"),
        (
            "format = 1\n[[sets]]",
            ("sets", 0, "exercise"),
            'a set has neither exercise nor name: add exercise = "reverse-bridge", or name = "Squat"',
        ),
        ('[[sets]]\nexercise = "bridge"', ("format",), "format is missing: add format = 1"),
        (BLOCK + 'mode = "emom"', ("blocks", 0, "every"), 'every is missing with mode = "emom": add every = "1m"'),
        (BLOCK + 'mode = "amrap"', ("blocks", 0, "cap"), 'cap is missing with mode = "amrap": add cap = "10m"'),
        (
            BLOCK + "round_rest = 3",
            ("blocks", 0, "round_rest"),
            'round_rest belongs to mode = "circuit", this block is "straight": remove it or change the mode',
        ),
        (
            BLOCK + 'mode = "circuit"\nevery = "1m"',
            ("blocks", 0, "every"),
            'every belongs to mode = "emom", this block is "circuit": remove it or change the mode',
        ),
        (
            BLOCK + 'cap = "1m"',
            ("blocks", 0, "cap"),
            'cap belongs to mode = "amrap", this block is "straight": remove it or change the mode',
        ),
        (
            BLOCK + 'mode = "amrap"\ncap = "1m"\nrounds = 3',
            ("blocks", 0, "rounds"),
            'rounds belongs to mode = "straight" or "circuit" or "emom", '
            'this block is "amrap": remove it or change the mode',
        ),
    ],
)
def test_keys_that_exclude_or_need_each_other_are_reported(text: str, path: KeyPath, message: str) -> None:
    problem = next(each for each in problems_of(text) if each.at_key)
    assert (problem.path, problem.message) == (path, message)


@for_each(
    ("text", "path", "message"),
    [
        ("format = 1\nblocks = 3", ("blocks",), "blocks is 3: write [[blocks]] tables"),
        ("format = 1\nblocks = [3]", ("blocks", 0), "a block is 3: write a table"),
        ("format = 1\nsets = {}", ("sets",), "sets is a table: write [[sets]] tables"),
        ("format = 1\nsets = []", ("sets",), "sets is empty: write at least one"),
        ("format = 1\nblocks = []", ("blocks",), "blocks is empty: write at least one"),
        (
            SET + '[[sets]]\nexercise = ["bridge"]',
            ("sets", 1, "exercise"),
            "exercise is a list: write a string in quotes",
        ),
        ("defaults = 'x'\n" + SET, ("defaults",), '[defaults] is "x": write a table'),
        ("exercises = 1\n" + SET, ("exercises",), "exercises is 1: write one table for each, such as [exercises.NAME]"),
        ("exercises.x = 1\n" + SET, ("exercises", "x"), "an exercise is 1: write a table"),
        ("tags = ['a', 2]\n" + SET, ("tags", 1), "item 2 of tags is 2: write a string in quotes"),
        (
            SET.replace("1", "2", 1),
            ("format",),
            "format is 2: this Gluteus reads format 1, the file is for a newer one",
        ),
        (SET.replace("1", "'1'", 1), ("format",), 'format is "1": write format = 1'),
        (SET.replace("1", "true", 1), ("format",), "format is true: write format = 1"),
    ],
)
def test_a_table_or_list_of_the_wrong_kind_is_reported(text: str, path: KeyPath, message: str) -> None:
    problem = only(text)
    assert problem.path == path
    assert problem.message.startswith(message)


@for_each(
    ("value", "message"),
    [
        (r"a\u001b[2Jb", 'title is "a\ufffd[2Jb": character 2 is a control character (U+001B): remove it'),
        (r"ab\n", 'title is "ab\ufffd": character 3 is a line break: remove it'),
        (r"\tab", 'title is "\ufffdab": character 1 is a tab: remove it'),
        (r"\u202eab", 'title is "\ufffdab": character 1 is a control character (U+202E): remove it'),
        (r"\u0085", 'title is "\ufffd": character 1 is a control character (U+0085): remove it'),
        ("x" * 81, f'title is "{"x" * 39}…": at most 80 characters are allowed, and it has 81'),
        ("", 'title is "": write something in it'),
    ],
)
def test_a_text_that_is_not_plain_or_too_long_is_refused(value: str, message: str) -> None:
    assert only(f'title = "{value}"\n' + SET) == Problem(("title",), message)


def test_a_title_of_eighty_characters_and_markup_are_read_unchanged() -> None:
    title = "[b]é✓[/nope] ".ljust(80, "x")
    read, problems = read_routine(tomllib.loads(f'title = "{title}"\n' + SET), "x", LIBRARY)
    assert problems == ()
    assert read is not None
    assert read.title == title


def test_a_progression_moves_on_after_some_sessions() -> None:
    _, problems = read_exercise({"progressions": [{"id": "a", "move_on": {}}, {"id": "b", "move_on": 3}]}, "x")
    assert [each.path for each in problems] == [
        ("progressions", 0, "move_on", "sessions"),
        ("progressions", 1, "move_on"),
    ]


BY_HOW_MUCH = 'write by how much, such as "+5s" or "+1", from 1 to 3600'


@for_each(
    ("line", "message"),
    [
        ('move_on = { sessions = 3, effort = "hard" }', 'effort is "hard": write one of easy, right'),
        (
            'move_on = { sessions = 3, unless = "squat" }',
            'unless is "squat": write EXERCISE=ID, such as "sit-to-stand=hands-help"',
        ),
        ("move_on = { sessions = 3, work = 30, reps = 8 }", "move_on has both work and reps: keep one of them"),
        ("step_back = { days = 1 }", "days is 1: write a whole number from 2 to 999"),
        ("grow = { up_to = 60 }", 'grow has neither work nor reps nor rounds: add work = "+5s"'),
        ('grow = { work = "+5s" }', 'up_to is missing: add up_to = "60s"'),
        ('grow = { work = "5 more", up_to = 60 }', f'work is "5 more": {BY_HOW_MUCH}'),
        ('grow = { work = "+-5", up_to = 60 }', f'work is "+-5": {BY_HOW_MUCH}'),
        ('grow = { reps = "+1", rounds = 1, up_to = 9 }', "grow has both reps and rounds: keep one of them"),
        ("grow = { reps = 1.5, up_to = 9 }", "reps is 1.5: write a whole number"),
        ("grow = { rounds = 1, up_to = 4.5 }", "up_to is 4.5: write a whole number"),
    ],
)  # fmt: skip
def test_an_impossible_standard_of_a_ladder_is_reported(line: str, message: str) -> None:
    _, problems = read_exercise(tomllib.loads(f'[[progressions]]\nid = "a"\n{line}'), "x")
    assert [each.message for each in problems] == [message]


def test_all_problems_of_a_file_are_reported_at_once() -> None:
    text = """
    title = 3
    [[blocks]]
    mode = "emom"
    [[blocks.sets]]
    exercise = "bridg"
    work = 0
    [[blocks.sets]]
    exercise = "bridge"
    progression = "three-legs"
    sidez = "each"
    [[blocks]]
    rounds = 0
    [[blocks.sets]]
    work = 30
    reps = 10
    [exercises.mine]
    tempo = "x"
    """
    assert {problem.path for problem in problems_of(text)} == {
        ("title",),
        ("format",),
        ("blocks", 0, "every"),
        ("blocks", 0, "sets", 0, "exercise"),
        ("blocks", 0, "sets", 0, "work"),
        ("blocks", 0, "sets", 1, "progression"),
        ("blocks", 0, "sets", 1, "sidez"),
        ("blocks", 1, "rounds"),
        ("blocks", 1, "sets", 0, "exercise"),
        ("blocks", 1, "sets", 0, "reps"),
        ("exercises", "mine", "tempo"),
    }


def test_a_routine_has_at_most_500_sets_over_all_its_blocks() -> None:
    block = {"sets": [{"exercise": "bridge"}] * 250}
    read, problems = read_routine({"format": 1, "blocks": [block, block]}, "x", LIBRARY)
    assert problems == ()
    assert read is not None
    _, problems = read_routine({"format": 1, "blocks": [block, block, block]}, "x", LIBRARY)
    assert problems == (Problem(("blocks", 2, "sets", 0), "this is set 501: a routine may have 500"),)
    _, problems = read_routine({"format": 1, "sets": [{"exercise": "bridge"}] * 501}, "x", LIBRARY)
    assert problems == (Problem(("sets",), "sets has 501 items: at most 500 are allowed"),)


def test_a_flood_of_mistakes_ends_in_a_last_word() -> None:
    _, problems = read_routine({f"key-{number}": number for number in range(20_000)}, "x", LIBRARY)
    assert len(problems) == MOST_PROBLEMS + 1
    last = Problem((f"key-{MOST_PROBLEMS}",), "there are more problems: fix these first")
    assert problems[-1] == last
