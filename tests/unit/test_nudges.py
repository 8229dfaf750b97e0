"""The nudges of whole days: input, lock, suspend, calls, workouts and keys → nudges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, cached_property
from zoneinfo import ZoneInfo

import pytest

from tests.for_each import for_each
from tui.today.nudge_plan import NudgePlan
from tui.today.nudges import Busy, NewsKind, NudgeMode, Nudges, NudgeStatus, Observation
from tui.today.working_day import WorkingDay

STEP_S = 30
OFFICE = NudgePlan()
ALWAYS = NudgePlan(WorkingDay(frozenset(range(7)), 0, 24 * 60))


def seconds(clock: str) -> int:
    """Return the seconds of a time such as `9:05` or `9:05:30`; `33:00` is nine in the morning after."""
    hours, minutes, second = map(int, f"{clock}:0".split(":")[:3])
    return hours * 3600 + minutes * 60 + second


@cache
def spans_of(text: str) -> list[tuple[int, int]]:
    """Return the seconds of spans such as `9:00-12:00 12:45-17:30`."""
    return [(seconds(begin), seconds(end)) for begin, end in (span.split("-") for span in text.split())]


def within(spans: str, at: int) -> bool:
    """Return whether a second is in one of the spans."""
    return bool(spans) and any(begin <= at < end for begin, end in spans_of(spans))


def last_within(spans: str, at: int) -> int:
    """Return the last second in one of the spans, a whole number of steps before `at`, or 0."""
    last = [(begin, min(at, at - STEP_S * ((at - end) // STEP_S + 1))) for begin, end in spans_of(spans)]
    return max((second for begin, second in last if begin <= second), default=0)


@dataclass(frozen=True)
class Day:
    """A day from midnight, real time. At `desk` there is input all the time; `jumps` move the wall clock by seconds."""

    desk: str
    plan: NudgePlan = OFFICE
    locked: str = ""
    suspended: str = ""
    stopped: str = ""
    call: str = ""
    undisturbed: str = ""
    workouts: Sequence[str] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    jumps: Mapping[str, int] = field(default_factory=dict)
    knows_idle: bool = True
    date: datetime = datetime(2025, 3, 12)  # a Wednesday
    zone: tzinfo = UTC

    @cached_property
    def midnight(self) -> float:
        """When the day begins."""
        return self.date.replace(tzinfo=self.zone).timestamp()

    def observation(self, at: int, awake_s: int) -> Observation:
        """Return what is seen at one second of real time."""
        jumped = sum(by for clock, by in self.jumps.items() if seconds(clock) <= at)
        done = [self.midnight + seconds(clock) for clock in self.workouts if seconds(clock) <= at]
        return Observation(
            now=datetime.fromtimestamp(self.midnight + at + jumped, self.zone),
            awake_s=float(awake_s),
            total_s=float(at),
            idle_s=float(at - last_within(self.desk, at)) if self.knows_idle else None,
            locked=within(self.locked, at),
            busy=Busy.CALL
            if within(self.call, at)
            else (Busy.DO_NOT_DISTURB if within(self.undisturbed, at) else None),
            workout_at=datetime.fromtimestamp(max(done), self.zone) if done else None,
        )

    def live(self, begin: str, end: str) -> list[str]:
        """Return what happens from `begin` to `end`, each with its time."""
        awake_s, happened = 0, []
        nudges = Nudges(self.plan, self.observation(seconds(begin), 0))
        for at in range(seconds(begin) + STEP_S, seconds(end) + 1, STEP_S):
            if within(self.suspended, at):
                continue
            awake_s += STEP_S
            if within(self.stopped, at):
                continue
            seen = self.observation(at, awake_s)
            if not nudges.asks_if_busy(seen.total_s, seen.idle_s):
                seen = seen._replace(busy=None)
            clock = f"{at // 3600}:{at // 60 % 60:02}"
            happened += [
                " ".join(filter(None, (clock, news.kind, news.busy, f"{news.away_s / 60:.0f}m" if news.away_s else "")))
                for news in nudges.observe(seen)
            ]
            for key in self.keys.get(clock, "") if at % 60 == 0 else "":
                self.press(nudges, key, self.observation(at, awake_s))
        return happened

    @staticmethod
    def press(nudges: Nudges, key: str, seen: Observation) -> None:
        """Do what a key asks for."""
        match key:
            case "5":
                nudges.snooze(seen, 300.0)
            case "m":
                nudges.snooze(seen, None)
            case "x":
                nudges.skip(seen)
            case "h" | "t":
                nudges.pause(seen, today=key == "t")
            case "g":
                nudges.resume(seen)


DAYS: Mapping[str, tuple[Day, list[str]]] = {
    "every 50 minutes at the desk": (
        Day("9:00-12:00"),
        ["9:50 nudge", "10:40 nudge", "11:30 nudge"],
    ),
    "lunch is a break, and the clock starts anew": (
        Day("9:00-12:00 12:40-14:00"),
        ["9:50 nudge", "10:40 nudge", "11:30 nudge", "12:40 back 40m", "13:30 nudge"],
    ),
    "four minutes without input are no break": (
        Day("9:00-9:20 9:24-10:00"),
        ["9:50 nudge"],
    ),
    "exactly five minutes are one": (
        Day("9:00-9:20 9:24:30-10:20"),
        ["9:24 back 5m", "10:14 nudge"],
    ),
    "six minutes are one too": (
        Day("9:00-9:20 9:26-10:20"),
        ["9:26 back 6m", "10:16 nudge"],
    ),
    "away for exactly five minutes when it is due": (
        Day("9:00-9:45:30 10:00-10:20"),
        ["10:00 back 15m"],
    ),
    "nothing while away": (
        Day("9:00-9:40"),
        [],
    ),
    "nothing within ten minutes of coming back, however short the interval": (
        Day("9:00-9:02 9:20-9:38", OFFICE._replace(every_s=180.0)),
        ["9:03 nudge", "9:06 nudge", "9:20 back 18m", "9:30 nudge", "9:33 nudge", "9:36 nudge"],
    ),
    "locked for a quarter of an hour, with input at the lock": (
        Day("9:00-11:00", locked="9:30-9:45"),
        ["9:45 back 16m", "10:35 nudge"],
    ),
    "locked for three minutes, in which a nudge is due": (
        Day("9:00-10:20", locked="9:49-9:52"),
        ["9:52 nudge"],
    ),
    "asleep all afternoon": (
        Day("12:00-13:00 17:00-17:20", suspended="13:00-17:00", knows_idle=False),
        ["12:50 nudge", "17:00 back 240m"],
    ),
    "asleep all afternoon and into the evening": (
        Day("12:00-13:00 19:00-19:30", suspended="13:00-19:00"),
        ["12:50 nudge", "19:00 hours-end", "19:00 back 360m"],
    ),
    "asleep for three minutes": (
        Day("9:00-10:00", suspended="9:20-9:23", knows_idle=False),
        ["9:50 nudge"],
    ),
    "input unknown: there unless locked": (
        Day("", locked="10:00-10:20", knows_idle=False),
        ["9:50 nudge", "10:20 back 20m", "11:10 nudge"],
    ),
    "the program was stopped for twenty minutes: no break": (
        Day("9:00-10:20", stopped="9:10-9:30"),
        ["9:50 nudge"],
    ),
    "the program was stopped while the user was away: a break": (
        Day("9:00-9:10 9:40-10:40", stopped="9:20-9:35"),
        ["9:40 back 30m", "10:30 nudge"],
    ),
    "a call holds the nudge back": (
        Day("9:00-11:20", call="9:40-10:25"),
        ["9:50 held call", "10:25 nudge call", "11:15 nudge"],
    ),
    "listening in a call without a key is no absence": (
        Day("9:00-9:30 10:10-10:30", call="9:30-10:10"),
        ["9:50 held call", "10:10 nudge call"],
    ),
    "away after a call that held one back": (
        Day("9:00-9:55 10:30-10:50", call="9:40-10:00"),
        ["9:50 held call", "10:00 nudge call", "10:30 back 30m"],
    ),
    "do not disturb, then a call": (
        Day("9:00-10:40", undisturbed="9:00-10:00", call="9:55-10:20"),
        ["9:50 held do-not-disturb", "9:55 held call", "10:20 nudge call"],
    ),
    "a workout on another machine counts": (
        Day("9:00-10:30", workouts=["9:30"]),
        ["9:30 workout", "10:20 nudge"],
    ),
    "a break taken early counts, at a nudge that is held back as well": (
        Day("9:00-10:45", workouts=["9:52"], call="9:45-9:55"),
        ["9:50 held call", "9:52 workout", "10:42 nudge"],
    ),
    "at fixed minutes past the hour": (
        Day("9:00-12:10", OFFICE._replace(marks=(50,))),
        ["9:50 nudge", "10:50 nudge", "11:50 nudge"],
    ),
    "a break in the half hour before counts for that mark": (
        Day("9:00-12:00", OFFICE._replace(marks=(50,)), workouts=["10:30"]),
        ["9:50 nudge", "10:30 workout", "11:50 nudge"],
    ),
    "a break before that half hour does not": (
        Day("9:00-12:00", OFFICE._replace(marks=(50,)), workouts=["10:10"]),
        ["9:50 nudge", "10:10 workout", "10:50 nudge", "11:50 nudge"],
    ),
    "two marks": (
        Day("9:00-11:00", OFFICE._replace(marks=(20, 50))),
        ["9:20 nudge", "9:50 nudge", "10:20 nudge", "10:50 nudge"],
    ),
    "only in working hours, which begin the clock": (
        Day("8:30-12:30", OFFICE._replace(hours=WorkingDay(to_min=12 * 60), every_s=2 * 3600.0)),
        ["9:00 hours-begin", "11:00 nudge", "12:00 hours-end"],
    ),
    "only on working days": (
        Day("9:00-11:00", date=datetime(2025, 3, 15)),
        [],
    ),
    "hours across midnight": (
        Day("21:30-26:30", OFFICE._replace(hours=WorkingDay(frozenset({2}), 22 * 60, 2 * 60), every_s=5400.0)),
        ["22:00 hours-begin", "23:30 nudge", "25:00 nudge", "26:00 hours-end"],
    ),
    "daylight saving begins in the night": (
        Day("24:00-29:00", ALWAYS._replace(every_s=3600.0), date=datetime(2025, 3, 29), zone=ZoneInfo("Europe/Berlin")),
        ["25:00 nudge", "26:00 nudge", "27:00 nudge", "28:00 nudge", "29:00 nudge"],
    ),
    "daylight saving ends in the night, with marks": (
        Day("24:00-29:00", ALWAYS._replace(marks=(50,)), date=datetime(2025, 10, 25), zone=ZoneInfo("Europe/Berlin")),
        ["24:50 nudge", "25:50 nudge", "26:50 nudge", "27:50 nudge", "28:50 nudge"],
    ),
    "the wall clock jumps ahead and back": (
        Day("9:00-11:30", jumps={"9:20": 3600, "10:10": -5400}),
        ["9:50 nudge", "10:40 nudge", "11:30 nudge"],
    ),
    "a workout from the future, after a jump": (
        Day("9:00-11:30", workouts=["9:40"], jumps={"9:40": -60}),
        ["9:40 workout", "10:30 nudge", "11:20 nudge"],
    ),
    "snoozed for five minutes": (
        Day("9:00-10:50", keys={"9:52": "5"}),
        ["9:50 nudge", "9:57 nudge", "10:47 nudge"],
    ),
    "snoozed ahead of time, which never brings it forward": (
        Day("9:00-10:00", keys={"9:10": "5", "9:47": "5"}),
        ["9:52 nudge"],
    ),
    "snoozed until the meeting ends, in a call": (
        Day("9:00-10:30", keys={"9:50": "m"}, call="9:51-10:20"),
        ["9:50 nudge", "10:00 held call", "10:20 nudge call"],
    ),
    "held back, then snoozed until the meeting ends, which is sooner than the half hour": (
        Day("9:00-10:10", keys={"9:55": "m"}, call="9:45-9:58"),
        ["9:50 held call", "9:55 held call", "9:58 nudge call"],
    ),
    "held back, then snoozed for longer than the call lasts": (
        Day("9:00-10:10", keys={"9:52": "5"}, call="9:45-9:55"),
        ["9:50 held call", "9:57 nudge"],
    ),
    "snoozed until the meeting ends, without a call": (
        Day("9:00-10:10", keys={"9:51": "m"}),
        ["9:50 nudge", "10:00 nudge"],
    ),
    "snoozed, then away": (
        Day("9:00-9:51 10:10-10:30", keys={"9:51": "5"}),
        ["9:50 nudge", "10:10 back 20m"],
    ),
    "the next one skipped": (
        Day("9:00-11:00", keys={"9:30": "x"}),
        ["10:40 nudge"],
    ),
    "the last one skipped": (
        Day("9:00-11:00", keys={"9:52": "x"}),
        ["9:50 nudge", "10:40 nudge"],
    ),
    "the one held back skipped": (
        Day("9:00-11:00", keys={"9:55": "x"}, call="9:45-10:15"),
        ["9:50 held call", "10:45 nudge"],
    ),
    "the last mark skipped, and the next one": (
        Day("9:00-11:55", OFFICE._replace(marks=(50,)), keys={"10:00": "xx"}),
        ["9:50 nudge", "11:50 nudge"],
    ),
    "a break after a skip begins the interval": (
        Day("9:00-11:00", keys={"9:30": "x"}, workouts=["9:40"]),
        ["9:40 workout", "10:30 nudge"],
    ),
    "paused for an hour, which ends by itself": (
        Day("9:00-11:30", keys={"9:30": "h"}),
        ["10:30 pause-over", "11:20 nudge"],
    ),
    "a pause ended early": (
        Day("9:00-10:50", keys={"9:30": "h", "9:40": "g"}),
        ["10:30 nudge"],
    ),
    "paused for today, which ends by itself": (
        Day("16:00-17:30 33:00-34:00", keys={"16:30": "t"}, suspended="18:00-23:30 24:30-32:30"),
        ["17:30 hours-end", "24:00 pause-over", "33:00 hours-begin", "33:00 back 930m", "33:50 nudge"],
    ),
    "home in the evening, back in the morning": (
        Day("16:00-17:40 32:50-34:00", suspended="18:00-32:50"),
        ["16:50 nudge", "17:30 hours-end", "32:50 back 910m", "33:00 hours-begin", "33:50 nudge"],
    ),
}


@for_each("name", DAYS)
def test_a_day(name: str) -> None:
    day, happens = DAYS[name]
    spans = [span.split("-") for span in (day.desk or "9:00-11:15").split()]
    begin, end = spans[0][0], spans[-1][1]
    found = day.live(begin, end)
    assert found == happens


def test_a_workout_that_arrives_late_does_not_bring_the_next_nudge_forward() -> None:
    day = Day("9:00-12:00")
    nudges = Nudges(OFFICE, day.observation(seconds("9:00"), seconds("9:00")))
    at = seconds("9:50")
    assert [news.kind for news in nudges.observe(day.observation(at, at))] == [NewsKind.NUDGE]
    at += STEP_S
    late = day.observation(at, at)._replace(workout_at=datetime(2025, 3, 12, 9, 20, tzinfo=UTC))
    assert nudges.observe(late) == ()
    assert nudges.status.next_s == 50 * 60 - STEP_S


def test_the_status_says_what_a_user_has_to_know() -> None:
    day = Day("9:00-9:50 10:10-17:00", call="10:40-12:00")
    nudges = Nudges(OFFICE, day.observation(seconds("9:00"), seconds("9:00")))

    def status(clock: str) -> tuple[NudgeMode, float | None]:
        at = seconds(clock)
        for step in range(int(nudges_at[0]) + STEP_S, at + 1, STEP_S):
            nudges.observe(day.observation(step, step))
        nudges_at[0] = at
        return nudges.status.mode, nudges.status.next_s

    nudges_at = [seconds("9:00")]
    assert status("9:10") == (NudgeMode.WAITING, 2400.0)
    assert status("9:50") == (NudgeMode.DUE, 3000.0)
    nudges.snooze(day.observation(seconds("9:50"), 0), 300.0)
    assert nudges.status.mode is NudgeMode.SNOOZED and nudges.status.next_s == 300.0
    assert status("9:59") == (NudgeMode.AWAY, None)
    assert status("10:10") == (NudgeMode.WAITING, 3000.0)
    assert status("11:00") == (NudgeMode.HELD, None)
    assert nudges.status.busy is Busy.CALL
    now = day.observation(seconds("11:00"), seconds("11:00"))
    nudges.pause(now, today=False)
    assert nudges.status == NudgeStatus(NudgeMode.PAUSED, 3600.0)
    nudges.pause(now, today=True)
    assert nudges.status == NudgeStatus(NudgeMode.PAUSED)
    nudges.resume(now)
    assert status("17:30") == (NudgeMode.OUTSIDE, None)


def lived(day: Day, nudges: Nudges, begin: str, end: str) -> NudgeStatus:
    """Return the status at `end` after the observations since `begin`."""
    for at in range(seconds(begin) + STEP_S, seconds(end) + 1, STEP_S):
        nudges.observe(day.observation(at, at))
    return nudges.status


def test_a_break_is_due_until_it_is_taken() -> None:
    day = Day("9:00-12:00", workouts=["9:53"])
    nudges = Nudges(OFFICE, day.observation(seconds("9:00"), seconds("9:00")))
    assert lived(day, nudges, "9:00", "9:52").mode is NudgeMode.DUE
    assert lived(day, nudges, "9:52", "9:53") == NudgeStatus(NudgeMode.WAITING, 3000.0)


def test_another_plan_counts_from_the_same_break() -> None:
    day = Day("9:00-12:00")
    nudges = Nudges(OFFICE, day.observation(seconds("9:00"), seconds("9:00")))
    lived(day, nudges, "9:00", "9:10")
    nudges.follow(OFFICE._replace(every_s=1200.0))
    assert lived(day, nudges, "9:10", "9:11") == NudgeStatus(NudgeMode.WAITING, 540.0)


def test_the_meeting_ends_at_the_next_half_hour_that_is_not_just_now() -> None:
    day = Day("9:00-17:00")
    for clock, ends in (("9:45", "10:00"), ("9:10", "9:30"), ("9:30", "10:00")):
        at = seconds(clock)
        nudges = Nudges(OFFICE._replace(every_s=60.0), day.observation(at, 0))
        nudges.snooze(day.observation(at, 0), None)
        assert nudges.status.next_s == seconds(ends) - at
    just_before = seconds("9:29") + 30
    nudges = Nudges(OFFICE._replace(every_s=60.0), day.observation(just_before, 0))
    nudges.snooze(day.observation(just_before, 0), None)
    assert nudges.status.next_s == seconds("10:00") - just_before


def test_finding_out_what_keeps_the_user_busy_is_asked_for_only_when_it_matters() -> None:
    day = Day("9:00-17:00")
    nudges = Nudges(OFFICE, day.observation(seconds("9:00"), seconds("9:00")))
    asked = []
    for at in range(seconds("9:00"), seconds("12:00"), STEP_S):
        asked += [at] if nudges.asks_if_busy(at, 0.0) else []
        nudges.observe(day.observation(at, at))
    assert asked == [seconds(clock) for clock in ("9:50", "10:40", "11:30")]
    assert nudges.asks_if_busy(seconds("12:00"), 300.0)


def test_a_day_is_named_by_its_beginning() -> None:
    night = NudgePlan(WorkingDay(frozenset({2}), 22 * 60, 6 * 60))
    evening = datetime(2025, 3, 12, 23)
    assert night.day_of(evening) == night.day_of(evening + timedelta(hours=4)) == evening.date()


@for_each(("second", "next_s"), [(0.0, 1800.0), (0.0003, 1799.9997), (0.5, 1799.5), (30.0, 5370.0)])
def test_a_mark_is_missed_by_half_a_minute_and_not_by_half_a_second(second: float, next_s: float) -> None:
    plan = OFFICE._replace(marks=(50,))
    now = datetime(2025, 3, 12, 10, 20) + timedelta(seconds=second)
    assert plan.next_after(0.0, now, 0.0) == pytest.approx(next_s)
