"""The JSON Schema agrees with the reader: it accepts every bundled file, and refuses what a schema can refuse."""

import json
from typing import Any, Literal

import pytest
from jsonschema import Draft202012Validator

from tests.for_each import for_each
from tui.files.settings import settings_schema
from tui.history.journal_format import journal_schema
from tui.routine.declarations import tables_of
from tui.routine.fields import ROUTINE
from tui.routine.reader import read_exercise, read_routine
from tui.routine.schema import schema

Which = Literal["routine", "exercise"]


def valid(which: Which, data: object) -> bool:
    return Draft202012Validator(schema(which)).is_valid(data)


def test_it_can_be_written_as_json_and_both_describe_an_exercise_alike() -> None:
    routine, exercise = (json.loads(json.dumps(schema(which))) for which in ("routine", "exercise"))
    parts = exercise["$defs"]
    assert parts == {name: part for name, part in routine["$defs"].items() if name in parts}


@pytest.mark.slow
@pytest.mark.parametrize("made", [schema("routine"), schema("exercise"), settings_schema(), journal_schema()])
def test_each_is_a_schema_of_its_draft(made: dict[str, object]) -> None:
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(made)


def test_every_key_of_the_format_is_described() -> None:
    def described(part: Any) -> None:
        for key, value in part.get("properties", {}).items():
            assert value["description"], key

    for which in ("routine", "exercise"):
        made: Any = schema(which)
        for part in (made, *made["$defs"].values()):
            described(part)
            assert part["additionalProperties"] is False


def test_every_table_of_the_format_has_its_definition() -> None:
    routine: Any = schema("routine")
    assert len(routine["$defs"]) == len(tables_of(ROUTINE)) - 1
    assert routine["properties"]["defaults"] == {
        "description": "Defaults for every set",
        "$ref": "#/$defs/defaults",
    }
    assert routine["$defs"]["a-block"]["properties"]["mode"]["default"] == "straight"


SET = {"exercise": "x"}


@for_each(
    "change",
    [
        {},
        {"sets": [{**SET, "work": "1m30s"}]},
        {"sets": [{**SET, "work": "1:02:05", "rest": 0}]},
        {"sets": [{**SET, "reps": "8-12", "tempo": "2-1-3.5-1", "sides": "each"}]},
        {"sets": [{**SET, "reps": "max", "progressions": {}}]},
        {"exercises": {"x": {"figures": {"y": {"frames": [{}]}}}}},
    ],
)
def test_it_accepts_every_file_that_the_reader_accepts(change: dict[str, object]) -> None:
    data = {"format": 1, "sets": [SET], "exercises": {"x": {}}, **change}
    assert valid("routine", data)


@for_each(
    "change",
    [
        {"format": 2},
        {"title": "x" * 81},
        {"title": "a\x1bb"},
        {"titel": "x"},
        {"sets": []},
        {"sets": [{}]},
        {"sets": [{**SET, "work": "5x"}]},
        {"sets": [{**SET, "work": ""}]},
        {"sets": [{**SET, "work": 7201}]},
        {"sets": [{**SET, "work": True}]},
        {"sets": [{**SET, "work": 3, "reps": 3}]},
        {"sets": [{**SET, "reps": 2.5}]},
        {"sets": [{**SET, "reps": "8-"}]},
        {"sets": [{**SET, "tempo": "2-1"}]},
        {"sets": [{**SET, "sides": "leftish"}]},
        {"blocks": [{"sets": [SET]}]},
        {"exercises": {"": {}}},
        {"exercises": {"x": {"figures": {"y": {}}}}},
        {"exercises": {"x": {"progressions": [{"id": "a", "move_on": {}}]}}},
    ],
)
def test_it_refuses_every_file_that_the_reader_refuses(change: dict[str, object]) -> None:
    data = {"format": 1, "sets": [SET], "exercises": {"x": {}}, **change}
    assert not valid("routine", data)
    assert read_routine(data, "x", {})[1]


@for_each(
    ("keys", "fits"),
    [
        ({}, True),
        ({"mode": "circuit", "round_rest": 5, "rounds": 3}, True),
        ({"mode": "emom", "every": 60, "rounds": 3}, True),
        ({"mode": "amrap", "cap": "10m"}, True),
        ({"round_rest": 5}, False),
        ({"mode": "emom"}, False),
        ({"mode": "circuit", "every": 60}, False),
        ({"mode": "amrap", "cap": 60, "rounds": 3}, False),
        ({"mode": "amrap", "every": 60}, False),
    ],
)
def test_it_knows_which_keys_belong_to_a_mode(keys: dict[str, object], fits: bool) -> None:
    data = {"format": 1, "blocks": [{"sets": [SET], **keys}], "exercises": {"x": {}}}
    assert valid("routine", data) is fits
    assert (read_routine(data, "x", {})[1] == ()) is fits


def test_it_knows_an_exercise_file() -> None:
    data = {"name": "X", "progressions": [{"id": "a", "work": "40s"}]}
    assert valid("exercise", data)
    assert read_exercise(data, "x")[1] == ()
    assert not valid("exercise", {"format": 1, **data})
