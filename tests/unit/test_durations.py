"""Parsing and formatting of durations."""

import pytest

from tests.for_each import for_each
from tui.routine.durations import clock, parse_duration, spoken


@for_each(
    ("written", "seconds"),
    [
        (45, 45.0),
        (0, 0.0),
        (2.5, 2.5),
        ("45s", 45.0),
        ("2.5s", 2.5),
        ("1m30s", 90.0),
        ("4m", 240.0),
        ("90m", 5400.0),
        ("1h", 3600.0),
        ("1h5s", 3605.0),
        ("45 s", 45.0),
        ("1m 30s", 90.0),
        ("1 min 30 s", 90.0),
        ("1 h 5 min", 3900.0),
        ("4min", 240.0),
        ("1:30", 90.0),
        ("0:05", 5.0),
        ("90:00", 5400.0),
        ("1:02:05", 3725.0),
    ],
)
def test_a_duration_is_read_in_every_way_of_writing_it(written: object, seconds: float) -> None:
    assert parse_duration(written) == seconds


@for_each(
    "written",
    [
        *(
            "",
            " ",
            "s",
            "45",
            "45  s",
            "1m  30s",
            "1m ",
            "30s1m",
            "1:5",
            "1:60",
            "1:75:00",
            ":30",
            "1:",
            "-5s",
            "1e3s",
            "٤s",
            "45s\n",
        ),
        *(True, None, [45], {"s": 45}, -1, -0.001, float("nan"), float("inf"), 10**400, "9" * 5000 + "s"),
    ],
)
def test_a_malformed_duration_is_refused_with_a_short_reason(written: object) -> None:
    with pytest.raises(ValueError, match=r"^[a-z].{10,80}$"):
        parse_duration(written)


@for_each(
    ("seconds", "shown"),
    [
        (0, "0:00"),
        (45, "0:45"),
        (44.2, "0:45"),
        (45.0000000001, "0:45"),
        (59.5, "1:00"),
        (725, "12:05"),
        (3599.9, "1:00:00"),
        (3725, "1:02:05"),
        (-3, "0:00"),
    ],
)
def test_a_clock_rounds_up_to_a_whole_second(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@for_each(
    ("seconds", "words"),
    [(0, "0 s"), (45, "45 s"), (44.2, "45 s"), (240, "4 min"), (90, "1 min 30 s"), (3900, "1 h 5 min"), (7200, "2 h")],
)
def test_words_omit_units_that_are_zero(seconds: float, words: str) -> None:
    assert spoken(seconds) == words
