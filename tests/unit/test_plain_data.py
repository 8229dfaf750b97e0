"""Records as plain data and back."""

import json
from math import inf

import pytest

from tests.bundled_catalog import bundled_catalog
from tests.for_each import for_each, sweep
from tests.workouts import block, layer, routine
from tui.engine.coaching import Coaching
from tui.engine.model import Choices, Slot
from tui.history.plain_data import from_plain, to_plain
from tui.routine.model import Progression, Reps, Routine, Set, Sides


def through_json(value: object) -> object:
    return json.loads(json.dumps(to_plain(value)))


@sweep("made", bundled_catalog().routines, 6)
def test_every_bundled_routine_comes_back_as_it_was(made: Routine) -> None:
    assert from_plain(Routine, through_json(made)) == made


def test_choices_and_a_pace_without_bounds_come_back_too() -> None:
    choices = Choices({Slot(0, 1, 2): "staggered"}, {"reverse-bridge": "two-legs"}, {})
    assert from_plain(Choices, through_json(choices)) == choices
    assert from_plain(Coaching, through_json(Coaching(words_a_minute=inf))) == Coaching(words_a_minute=inf)


def test_reps_and_seconds_stay_distinct() -> None:
    plan = routine(block("hops", own=layer(sides=Sides.EACH, dose=Reps(8, None))))
    assert from_plain(Routine, through_json(plan)) == plan


def test_a_field_of_an_earlier_version_is_ignored_and_any_other_is_refused() -> None:
    made = Progression("one", "One")
    data = through_json(made)
    assert isinstance(data, dict)
    assert from_plain(Progression, data | {"move_on_sessions": 3}) == made
    with pytest.raises(ValueError, match="another version"):
        from_plain(Progression, data | {"of_tomorrow": 3})


@for_each("key", ["id", "title", "blocks", "exercises", "defaults", "prepare_s", "transitions"])
@for_each("value", [None, 3, [3], {"is": "Block"}, [["x"]], "nonsense", [[[], []]]])
def test_malformed_data_is_refused(key: str, value: object) -> None:
    plan = routine(block("hops"))._replace(prepare_s=4.0)
    data = through_json(plan)
    assert isinstance(data, dict)
    allowed = {("prepare_s", None), ("prepare_s", 3)} | {("id", "nonsense"), ("title", "nonsense")}
    data[key] = value
    if isinstance(value, str | int | None) and (key, value) in allowed:
        from_plain(Routine, data)
        return
    with pytest.raises(ValueError, match=r"."):
        from_plain(Routine, data)


def test_another_version_of_a_value_is_refused() -> None:
    data = through_json(Coaching())
    assert isinstance(data, dict)
    for changed in ({**data, "more": 1}, {**data, "is": "Set"}):
        with pytest.raises(ValueError, match=r"another version|no Coaching"):
            from_plain(Coaching, changed)


def test_a_field_that_came_later_has_its_default() -> None:
    data = through_json(Coaching(prepare_s=7.0))
    assert isinstance(data, dict)
    del data["waits"]
    assert from_plain(Coaching, data) == Coaching(prepare_s=7.0)
    with pytest.raises(ValueError, match="another version"):
        from_plain(Set, {"is": "Set"})
