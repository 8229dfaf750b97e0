"""Reading never fails, whatever a file contains; correct values are read, and each mistake is reported at its place."""

import math
import string
import tomllib
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any

import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tui.files.positions import locate
from tui.plain_text import first_control
from tui.routine.declarations import ById, Many, Table
from tui.routine.durations import clock, parse_duration, spoken
from tui.routine.fields import EXERCISE, ROUTINE
from tui.routine.model import Mode
from tui.routine.problems import KeyPath, Problem
from tui.routine.reader import read_exercise, read_routine
from tui.routine.schema import schema

Data = dict[str, Any]

SCHEMA = Draft202012Validator(schema("routine"))

KEYS = sorted(
    {key for table in (ROUTINE, EXERCISE) for key in table.fields} | {"id", "exercise", "every", "like", "at"}
)

leaves = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["emom", "amrap", "each", "8-12", "1m", "2-1-3", "a"]),
    st.sampled_from([date(2020, 2, 3), time(7, 30), datetime(2020, 2, 3, 7, 30)]),
)
garbage = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def shaped(holds: object, depth: int = 0) -> st.SearchStrategy[Any]:
    """Garbage in the shape of a table of the format, so that it gets deep into the reader."""
    if isinstance(holds, Table) and depth < 7:
        fields = {key: shaped(field.holds, depth + 1) for key, field in holds.fields.items()}
        return garbage | st.fixed_dictionaries({}, optional={**fields, "nonsense": leaves})
    if isinstance(holds, Many) and depth < 7:
        return garbage | st.lists(shaped(holds.item, depth + 1), max_size=2)
    if isinstance(holds, ById) and depth < 7:
        return garbage | st.dictionaries(st.sampled_from(["a", "b"]), shaped(holds.item, depth + 1), max_size=2)
    return garbage


tables = st.dictionaries(st.sampled_from(KEYS), garbage, max_size=5)


@given(tables | shaped(ROUTINE).filter(lambda data: isinstance(data, dict)))
def test_no_routine_makes_the_reader_fail(data: Data) -> None:
    routine, problems = read_routine(data, "x", {})
    assert (routine is None) == bool(problems)
    assert all(first_control(problem.message) is None for problem in problems)


@given(tables | shaped(EXERCISE).filter(lambda data: isinstance(data, dict)))
def test_no_exercise_makes_the_reader_fail(data: Data) -> None:
    exercise, problems = read_exercise(data, "x")
    assert (exercise is None) == bool(problems)
    assert all(first_control(problem.message) is None for problem in problems)


def durations(low: int, high: int) -> st.SearchStrategy[object]:
    """A duration from `low` to `high` seconds in each way of writing it."""
    seconds = st.integers(low, high)
    short, long = seconds.map(lambda s: f"{s}s"), seconds.map(lambda s: f"{s // 60}m{s % 60}s")
    return seconds | short | long | seconds.map(clock) | seconds.map(spoken)


texts = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="{}"), min_size=1, max_size=20)
"""Nothing in braces: a word there that is no placeholder is warned of."""
doses: st.SearchStrategy[Data] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"work": durations(1, 7200)}),
    st.fixed_dictionaries({"reps": st.integers(1, 999) | st.sampled_from(["max", "8-12"])}),
)
ways = st.fixed_dictionaries(
    {},
    optional={
        "tempo": st.sampled_from(["2-1-3", "1-0-1-0.5"]),
        "sides": st.sampled_from(["both", "each", "right-first", "left", "right", "alternate"]),
        "rest": durations(0, 3600),
        "switch": durations(0, 3600),
    },
)
words = st.fixed_dictionaries(
    {}, optional={"say": texts, "weight": texts, "cues": st.lists(texts, max_size=3), "caution": texts}
)


def merged(*parts: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    """One table out of several."""
    return st.tuples(*parts).map(lambda tables: {key: value for table in tables for key, value in table.items()})


LADDER = ["easy", "hard"]
own_doses = st.dictionaries(st.sampled_from(LADDER), merged(doses, ways, words), max_size=2)
known = st.fixed_dictionaries(
    {"exercise": st.just("own")},
    optional={"progression": st.sampled_from(LADDER), "progressions": own_doses},
)
plain = st.fixed_dictionaries({"name": texts.filter(lambda name: name[:1].upper() + name[1:] != "own")})
sets = merged(
    known | plain,
    st.fixed_dictionaries({}, optional={"prepare": durations(0, 3600)}),
    doses,
    ways,
    words,
)
modes = st.one_of(
    st.fixed_dictionaries({}, optional={"mode": st.just("straight"), "rounds": st.integers(1, 99)}),
    st.fixed_dictionaries({"mode": st.just("circuit")}, optional={"round_rest": durations(0, 3600)}),
    st.fixed_dictionaries({"mode": st.just("emom"), "every": durations(1, 3600)}, optional={"together": st.booleans()}),
    st.fixed_dictionaries({"mode": st.just("amrap"), "cap": durations(1, 7200)}),
)
set_lists = st.lists(sets, min_size=1, max_size=3)
blocks = merged(modes, doses, ways, set_lists.map(lambda items: {"sets": items}))
progressions = st.tuples(*(merged(st.just({"id": id_}), doses, ways, words) for id_ in LADDER)).map(list)
exercises = merged(doses, ways, words, progressions.map(lambda items: {"progressions": items}))
routines = merged(
    st.fixed_dictionaries(
        {"format": st.just(1), "exercises": exercises.map(lambda own: {"own": own})},
        optional={"title": texts, "summary": texts, "tags": st.lists(texts, max_size=3), "defaults": ways},
    ),
    set_lists.map(lambda items: {"sets": items})
    | st.lists(blocks, min_size=1, max_size=3).map(lambda b: {"blocks": b}),
)


@given(routines)
def test_a_right_routine_is_read_and_fits_the_schema(data: Data) -> None:
    routine, problems = read_routine(data, "x", {})
    assert problems == ()
    assert routine is not None
    counts = [len(block["sets"]) for block in data.get("blocks", [data])]
    assert [len(block.sets) for block in routine.blocks] == counts
    for each in (each for block in routine.blocks for each in block.sets):
        written = _at(data, each.path)
        name = written.get("name", "")
        assert each.exercise == written.get("exercise", name[:1].upper() + name[1:])
    assert all((block.mode is Mode.EMOM) == (block.every_s is not None) for block in routine.blocks)
    SCHEMA.validate(data)


@given(routines, st.data())
def test_each_single_mistake_is_reported_at_its_position(data: Data, draw: st.DataObject) -> None:
    table = draw.draw(st.sampled_from([path for path in _paths(data) if _is_table(data, path)]))
    mistake = draw.draw(st.sampled_from(["unknown key", "wrong type", "out of range"]))
    broken = deepcopy(data)
    if mistake == "unknown key":
        path: KeyPath = (*table, "n0nsense")
        _at(broken, table)["n0nsense"] = draw.draw(leaves)
    else:
        path = draw.draw(st.sampled_from([path for path in _paths(data) if path]))
        outside: Any = -1 if mistake == "out of range" else date(2020, 2, 3)
        _at(broken, path[:-1])[path[-1]] = outside
    routine, problems = read_routine(broken, "x", {})
    assert routine is None
    assert path in {problem.path for problem in problems}
    assert not SCHEMA.is_valid(broken)


@given(routines, st.lists(st.sampled_from(["tags", "n0nsense", "summary"]), unique=True, min_size=2))
def test_no_mistake_hides_another(data: Data, keys: list[str]) -> None:
    broken = deepcopy(data)
    for key in keys:
        broken[key] = 3
    for items in [block["sets"] for block in broken.get("blocks", [broken])]:
        for each in items:
            each.pop("name", None)
            each["exercise"] = "missing"
    _, problems = read_routine(broken, "x", {})
    found = {problem.path for problem in problems}
    assert {(key,) for key in keys} <= found
    wrong = {path for path in _paths(broken) if path[-1:] == ("exercise",)}
    assert wrong <= found


def _at(data: Any, path: KeyPath) -> Any:
    """Return the value at a path."""
    for part in path:
        data = data[part]
    return data


def _paths(data: Any, path: KeyPath = ()) -> list[KeyPath]:
    """Every path of some data."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(inner for key, value in items for inner in _paths(value, (*path, key)))]


def _is_table(data: Data, path: KeyPath) -> bool:
    """Return whether there is a table with keys of the format, not a table of tables by id."""
    return isinstance(_at(data, path), dict) and not (path == ("exercises",) or path[-1:] == ("progressions",))


@given(st.integers(0, 999_999 * 60))
def test_a_clock_can_be_read_back(seconds: int) -> None:
    assert parse_duration(clock(seconds)) == seconds


@given(st.floats(0, 1e6))
def test_the_clock_shows_the_time_rounded_up_by_less_than_a_second(seconds: float) -> None:
    shown = parse_duration(clock(seconds))
    assert seconds - 1e-6 <= shown < seconds + 1
    assert parse_duration(spoken(seconds)) == shown


@given(st.text(string.digits + "hmsin:. -", max_size=10))
def test_a_duration_is_read_or_refused(text: str) -> None:
    try:
        seconds = parse_duration(text)
    except ValueError as reason:
        assert str(reason)
    else:
        assert seconds >= 0
        assert math.isfinite(seconds)


names = st.text(max_size=5)
documents = st.recursive(
    st.just(0),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=15,
)


@given(st.dictionaries(names, documents, max_size=4))
def test_every_value_of_any_file_is_located(data: Data) -> None:
    counted = _numbered(data)
    text = tomli_w.dumps(counted)
    assert tomllib.loads(text) == counted
    lines = text.split("\n")
    for path in _paths(counted):
        value = _at(counted, path)
        if isinstance(value, int):
            (problem,) = locate(text, [Problem(path, "")])
            assert problem.line is not None
            assert problem.column is not None
            rest = lines[problem.line - 1][problem.column - 1 :]
            assert rest.startswith(str(value))


def _numbered(data: Any) -> Any:
    """The data with each number in it another one, none the beginning of another."""
    numbers = iter(range(1000, 10_000))

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walk(inner) for key, inner in value.items()}
        return [walk(inner) for inner in value] if isinstance(value, list) else next(numbers)

    return walk(data)
