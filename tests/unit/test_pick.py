"""Today's pick, as a table of days, and its rules one by one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.for_each import for_each
from tui.today.pick import Choosable, PastWorkout, Pick, pick, trained
from tui.today.working_day import WorkingDay, minute_of_day, weekdays

ROUTINES = {
    each.id: each
    for each in (
        Choosable("squeeze", 170.0, ("desk", "quiet")),
        Choosable("stands", 60.0, ("desk", "strength"), ("glutes", "legs")),
        Choosable("mug", 90.0, ("kettle", "balance")),
        Choosable("push-ups", 120.0, ("kettle", "strength"), ("chest",)),
        Choosable("hops", 200.0, ("desk", "strength"), ("calves",), leaps=True),
        Choosable("bridges", 480.0, ("floor", "strength"), ("glutes",)),
        Choosable("lying", 420.0, ("floor", "stretch")),
        Choosable("intervals", 600.0, ("gym", "interval"), ("glutes", "legs")),
        Choosable("all-of-it", 3600.0, ("floor", "strength"), ("glutes", "legs", "chest")),
    )
}

NINE_TO_HALF_PAST_FIVE = WorkingDay()

MONDAY = datetime(2026, 1, 5)


def at(day: str, time: str) -> datetime:
    number = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").index(day)
    return datetime.fromisoformat(f"{MONDAY + timedelta(days=number):%Y-%m-%d}T{time}")


def done(id_: str, when: datetime) -> PastWorkout:
    return PastWorkout(id_, when, ROUTINES[id_].trains)


def chosen(past: Sequence[PastWorkout], now: datetime, *ids: str, for_s: float | None = None) -> Pick | None:
    """The pick among some of the routines; all of them without `ids`."""
    return pick([ROUTINES[id_] for id_ in ids or ROUTINES], past, now, NINE_TO_HALF_PAST_FIVE, for_s)


USED_TO_IT = [done(id_, MONDAY - timedelta(days=90)) for id_ in ("lying", "mug", "squeeze")]
"""Three workouts, a long time ago: neither new nor tired."""

WEEK = [
    # A new user: what is short, and nothing that leaps.
    ("Mon", "09:50", "stands", "for the desk; easy start"),
    ("Mon", "11:00", "push-ups", "for the kettle; easy start"),
    ("Mon", "14:00", "mug", "for the kettle; easy start"),
    ("Mon", "16:30", "hops", "for the desk; strength for calves"),
    # Everything at the desk has worked today, and it is after work.
    ("Mon", "18:00", "lying", "easy: calves worked today"),
    ("Mon", "21:30", "squeeze", "calm, as it is late"),
    # No strength for what worked yesterday, so the easy ones take turns.
    ("Tue", "09:50", "mug", "for the kettle; easy: calves worked yesterday"),
    ("Tue", "12:00", "squeeze", "for the desk; easy: calves worked yesterday"),
    ("Tue", "17:29", "mug", "for the kettle; easy: calves worked yesterday"),
    ("Tue", "17:30", "lying", "easy: calves worked yesterday"),
    # Each part has rested since Monday; after the desk's strength the rest of the day is easy.
    ("Wed", "09:50", "stands", "for the desk; glutes rested since Monday"),
    ("Wed", "11:00", "push-ups", "for the kettle; chest rested since Monday"),
    ("Wed", "14:00", "hops", "for the desk; calves rested since Monday"),
    ("Wed", "16:00", "squeeze", "for the desk; easy: calves worked today"),
    ("Thu", "10:00", "mug", "for the kettle; easy: calves worked yesterday"),
    # Free: the floor, strength first; an hour is too long, and the gym is for those who are there.
    ("Sat", "08:00", "bridges", "glutes rested since Wednesday"),
    ("Sat", "11:00", "lying", "easy: glutes worked today"),
    ("Sun", "23:30", "squeeze", "calm, as it is late"),
    ("Sun", "23:59", "lying", "calm, as it is late"),
]


def test_a_week() -> None:
    past: list[PastWorkout] = []
    found = []
    for day, time, *_ in WEEK:
        now = at(day, time)
        picked = chosen(past, now)
        assert picked is not None
        found.append((day, time, *picked))
        past.insert(0, done(picked.id, now))
    assert found == WEEK


@for_each(
    ("past", "now", "ids", "expected"),
    [
        # Leaps are for those who have done three workouts.
        (["mug", "squeeze"], at("Mon", "10:00"), ["hops"], None),
        (["mug", "squeeze", "mug"], at("Mon", "10:00"), ["hops"], "hops"),
        # Never the same twice running, unless it is the only one.
        (["mug"] * 3, at("Mon", "10:00"), ["mug", "lying"], "lying"),
        (["mug"] * 3, at("Mon", "10:00"), ["mug"], "mug"),
        # Not even an only one is strength two days running.
        (["stands"], at("Mon", "10:00"), ["stands", "bridges"], None),
        ([], at("Mon", "10:00"), ["bridges", "all-of-it"], "bridges"),
        ([], at("Mon", "10:00"), ["intervals"], "intervals"),
    ],
)
def test_what_must_not_be(past: list[str], now: datetime, ids: list[str], expected: str | None) -> None:
    picked = chosen([done(id_, now - timedelta(hours=1)) for id_ in past], now, *ids)
    assert (picked and picked.id) == expected


@for_each(
    ("when", "now", "rested"),
    [
        (at("Mon", "23:59"), at("Tue", "00:01"), False),
        (at("Mon", "00:01"), at("Tue", "23:59"), False),
        (at("Mon", "23:59"), at("Wed", "06:00"), True),
        (at("Tue", "06:00"), at("Mon", "23:00"), False),  # the clock was set back
        (at("Sun", "06:00"), at("Mon", "12:00"), True),  # a clock that was days ahead
    ],
)
def test_strength_rests_for_a_whole_day_of_the_calendar(when: datetime, now: datetime, rested: bool) -> None:
    picked = chosen([done("bridges", when), *USED_TO_IT], now, "stands", "squeeze")
    assert picked is not None
    assert picked.id == ("stands" if rested else "squeeze")


def test_a_limit_of_time_asks_for_the_longest_that_fits_wherever_one_is() -> None:
    assert chosen(USED_TO_IT, at("Mon", "10:00"), "stands", "squeeze", "bridges", for_s=600.0) == Pick(
        "bridges", "strength for glutes"
    )
    assert chosen(USED_TO_IT, at("Mon", "10:00"), "mug", "squeeze", for_s=240.0) == Pick(
        "squeeze", "for the desk; the longest that fits"
    )
    assert chosen(USED_TO_IT[1:], at("Sat", "10:00"), "lying", "squeeze", for_s=600.0) == Pick("lying", "easy start")


def test_what_can_be_done_as_it_is_comes_before_what_had_to_change() -> None:
    changed = ROUTINES["stands"]._replace(changed=True)
    now = at("Mon", "10:00")
    assert pick([changed, ROUTINES["lying"]], USED_TO_IT[1:], now, WorkingDay()) == Pick("lying", "easy start")
    assert pick([changed], USED_TO_IT, now, WorkingDay()) == Pick("stands", "for the desk; changed to fit today")


def test_without_routines_there_is_none() -> None:
    assert pick([], USED_TO_IT, at("Mon", "10:00"), WorkingDay()) is None


LONG_DESK = Choosable("long-desk", 480.0, ("desk", "strength"), ("glutes",))
SHORT_FLOOR = Choosable("short-floor", 120.0, ("floor", "strength"), ("glutes",))


@for_each(
    ("past", "now", "for_s", "routines", "expected"),
    [
        # In working hours something short, for the desk or the kettle; with little time too.
        (USED_TO_IT, at("Mon", "10:00"), None, (LONG_DESK, ROUTINES["squeeze"]), "squeeze"),
        (USED_TO_IT, at("Mon", "10:00"), None, (LONG_DESK._replace(total_s=361.0), ROUTINES["squeeze"]), "squeeze"),
        (USED_TO_IT, at("Mon", "10:00"), None, (LONG_DESK._replace(total_s=360.0), ROUTINES["squeeze"]), "long-desk"),
        (USED_TO_IT, at("Mon", "10:00"), None, (SHORT_FLOOR, ROUTINES["squeeze"]), "squeeze"),
        (USED_TO_IT, at("Mon", "10:00"), 180.0, (SHORT_FLOOR, ROUTINES["mug"]), "mug"),
        # At other times elsewhere, and up to a quarter of an hour; a new user gets something short at all times.
        (USED_TO_IT, at("Sat", "10:00"), None, (SHORT_FLOOR, LONG_DESK), "short-floor"),
        (USED_TO_IT, at("Sat", "10:00"), None, (ROUTINES["bridges"], ROUTINES["lying"]), "bridges"),
        ([], at("Sat", "10:00"), None, (ROUTINES["bridges"], ROUTINES["mug"]), "mug"),
        # A stretch from eight in the evening to five in the morning.
        (USED_TO_IT[1:] * 2, at("Sat", "19:59"), None, (ROUTINES["bridges"], ROUTINES["lying"]), "bridges"),
        (USED_TO_IT[1:] * 2, at("Sat", "20:00"), None, (ROUTINES["bridges"], ROUTINES["lying"]), "lying"),
        (USED_TO_IT[1:] * 2, at("Sat", "04:59"), None, (ROUTINES["bridges"], ROUTINES["lying"]), "lying"),
        (USED_TO_IT[1:] * 2, at("Sat", "05:00"), None, (ROUTINES["bridges"], ROUTINES["lying"]), "bridges"),
    ],
)
def test_place_and_length_suit_the_hour(
    past: Sequence[PastWorkout], now: datetime, for_s: float | None, routines: Sequence[Choosable], expected: str
) -> None:
    picked = pick(routines, past, now, NINE_TO_HALF_PAST_FIVE, for_s)
    assert picked is not None and picked.id == expected


@for_each(
    ("tags", "parts"),
    [
        (("desk", "strength", "stretch"), ("glutes", "legs")),
        (("gym", "interval"), ("glutes", "legs")),
        (("floor", "stretch"), ()),
        (("kettle", "balance"), ()),
    ],
)
def test_strength_is_what_is_not_easy_or_says_so(tags: Sequence[str], parts: Sequence[str]) -> None:
    assert trained(tags, ("Gluteus maximus", "gluteus medius", "calves")) == parts


@for_each(
    ("text", "minutes"),
    [
        ("9:00", 540), (" 17:30 ", 1050), ("0:00", 0), ("24:00", 1440),
        ("24:01", None), ("9:60", None), ("9", None), ("900", None), ("9:0", None), ("9:000", None), ("-1:00", None),
        (":30", None), ("123:00", None), ("", None),
    ],
)  # fmt: skip
def test_a_time_of_day(text: str, minutes: int | None) -> None:
    if minutes is None:
        with pytest.raises(ValueError, match="write a time of day"):
            minute_of_day(text)
    else:
        assert minute_of_day(text) == minutes


@for_each(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}), ("fri-mon", {4, 5, 6, 0}), ("Mon, wednesday", {0, 2}), ("tues-tue", {1}),
        ("mo", None), ("", None), ("mon-", None), ("mon,,fri", None), ("someday", None),
    ],
)  # fmt: skip
def test_days_of_the_week(text: str, days: set[int] | None) -> None:
    if days is None:
        with pytest.raises(ValueError, match="write days of the week"):
            weekdays(text)
    else:
        assert weekdays(text) == days


ALL_DAYS = frozenset(range(7))


@for_each(
    ("hours", "now", "expected"),
    [
        (WorkingDay(), at("Mon", "09:00"), (at("Mon", "09:00"), at("Mon", "17:30"))),
        (WorkingDay(), at("Mon", "17:30"), None),
        (WorkingDay(), at("Sat", "12:00"), None),
        # By night: the day is the one on which they begin.
        (WorkingDay(frozenset({4}), 22 * 60, 6 * 60), at("Sat", "05:59"), (at("Fri", "22:00"), at("Sat", "06:00"))),
        (WorkingDay(frozenset({4}), 22 * 60, 6 * 60), at("Fri", "05:59"), None),
        (WorkingDay(ALL_DAYS, 540, 540), at("Mon", "09:00"), None),
        (WorkingDay(frozenset()), at("Mon", "09:00"), None),
    ],
)
def test_working_hours(hours: WorkingDay, now: datetime, expected: tuple[datetime, datetime] | None) -> None:
    assert hours.hours_at(now) == expected


@for_each(
    ("hours", "now", "expected"),
    [
        (WorkingDay(), at("Mon", "08:59"), at("Mon", "09:00")),
        (WorkingDay(), at("Mon", "09:00"), at("Tue", "09:00")),
        (WorkingDay(), at("Fri", "18:00"), MONDAY + timedelta(days=7, hours=9)),
        (WorkingDay(frozenset({0})), at("Mon", "09:00"), MONDAY + timedelta(days=7, hours=9)),
        (WorkingDay(ALL_DAYS, 540, 540), at("Mon", "08:00"), None),
        (WorkingDay(frozenset()), at("Mon", "08:00"), None),
    ],
)
def test_the_next_working_hours(hours: WorkingDay, now: datetime, expected: datetime | None) -> None:
    assert hours.next_start(now) == expected


moments = st.datetimes(datetime(2025, 12, 1), datetime(2026, 1, 31))


@given(
    st.lists(st.tuples(st.sampled_from(sorted(ROUTINES)), moments), max_size=12),
    moments,
    st.permutations(sorted(ROUTINES)),
)
def test_the_pick_never_breaks_a_rule_and_ignores_the_order_of_the_routines(
    past: list[tuple[str, datetime]], now: datetime, order: list[str]
) -> None:
    so_far = sorted((done(id_, when) for id_, when in past if when <= now), key=lambda each: each.at, reverse=True)
    picked = chosen(so_far, now, *order)
    assert picked is not None and picked == chosen(so_far, now)
    routine = ROUTINES[picked.id]
    assert not so_far or so_far[0].routine != picked.id
    assert not (routine.leaps and len(so_far) < 3)
    recent = {part for each in so_far if (now.date() - each.at.date()).days <= 1 for part in each.trained}
    assert not recent & set(routine.trains)
