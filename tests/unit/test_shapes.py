"""Values that fit a shape, and values that do not."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.for_each import for_each
from tui.files.shapes import Shape, filled, flag, many, number, one_of, or_none, row, table, text, whole

VALUES: list[Any] = [None, True, 0, 3, -1, 2.5, float("nan"), float("inf"), 10**12, "", "x", [], [1], ["x", 1], {}]


@for_each(
    ("shape", "fitting"),
    [
        (text, ["", "x"]),
        (filled, ["x"]),
        (flag, [True]),
        (number, [0, 3, 2.5]),
        (whole, [0, 3]),
        (one_of("x", "y"), ["x"]),
        (or_none(filled), [None, "x"]),
        (many(whole), [[], [1]]),
        (row(text, whole), [["x", 1]]),
        (row(), [[]]),
        (table({}), [{}]),
        (table({"a": text}), []),
    ],
)
def test_only_values_of_the_shape_fit(shape: Shape, fitting: list[Any]) -> None:
    assert [value for value in VALUES if shape(value)] == fitting


def test_a_table_has_its_required_keys_no_wrong_value_and_may_have_more() -> None:
    shape = table({"a": text}, {"b": whole})
    assert shape({"a": "x"}) and shape({"a": "", "b": 1}) and shape({"a": "", "c": object()})
    assert not any(map(shape, ({"b": 1}, {"a": 1}, {"a": "", "b": "1"}, {"a": "", "b": None})))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_no_value_is_too_much_for_a_shape(value: Any) -> None:
    shape = table({"a": many(row(text, or_none(number)))}, {"b": one_of("x"), "c": flag})
    if shape(value):
        assert all(isinstance(name, str) and (at is None or at >= 0) for name, at in value["a"])
