"""How much is explained of an exercise, from the days on which it was done."""

from datetime import date, timedelta

import pytest

from tui.coach.known import explain, known
from tui.routine.resolve import Explain

TODAY = date(2026, 6, 30)
ALL, CAUTION, NOTHING = Explain.ALL, Explain.CAUTION, Explain.NOTHING


def done(*ago: int) -> list[date]:
    return [TODAY - timedelta(days) for days in ago]


@pytest.mark.parametrize(
    ("sessions", "level"),
    [
        (0, ALL),
        (1, ALL),
        (2, CAUTION),
        (3, CAUTION),
        (4, CAUTION),
        (5, NOTHING),
        (8, NOTHING),
        (9, CAUTION),
        (10, NOTHING),
        (14, CAUTION),
        (15, NOTHING),
    ],
)
def test_the_more_often_the_less_is_explained(sessions: int, level: Explain) -> None:
    assert explain(done(*range(1, sessions + 1)), TODAY) is level


@pytest.mark.parametrize(
    ("ago", "level"),
    [
        ([30, 31, 32, 33, 34, 35], ALL),
        ([29, 31, 32, 33, 34, 35], NOTHING),
        ([1, 31, 32, 33, 34, 35], ALL),
        ([1, 2, 32, 33, 34, 35], CAUTION),
        ([1, 1, 1, 1, 1, 1], ALL),
        ([-1, -2, -3, -4, -5, -6], ALL),
    ],
)
def test_after_thirty_days_away_it_begins_anew_and_days_count_once(ago: list[int], level: Explain) -> None:
    assert explain(done(*ago), TODAY) is level


def test_what_hurt_or_has_changed_is_explained_again() -> None:
    often = done(*range(1, 20))
    assert explain(often, TODAY, since=TODAY - timedelta(1)) is ALL
    assert explain(often, TODAY, since=TODAY - timedelta(3)) is CAUTION
    bridge, plank = ("bridge", "single-leg"), ("plank", None)
    assert known({bridge: often, plank: done(1)}, {}, TODAY) == (("bridge", "single-leg", CAUTION),)
    assert known({bridge: often}, {bridge: TODAY - timedelta(1)}, TODAY) == ()
