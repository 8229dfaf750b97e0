"""The options of `gluteus nudge` and its settings, also while it runs."""

from __future__ import annotations

import pytest

from tests.for_each import for_each
from tests.nudge_rig import FIRST, NINE, Rig
from tui.cli.nudge_options import NudgeConfig, plan_of, read_options
from tui.cli.parser import parse
from tui.files.places import find_places
from tui.files.settings import Settings, with_value
from tui.files.settings_file import save_setting
from tui.today.nudge_plan import NudgePlan
from tui.today.working_day import WorkingDay

# Options, settings, the lock


def plan(*options: str, settings: Settings | None = None) -> tuple[NudgePlan, list[str]]:
    """Return the plan of options and settings, and the lines about what is wrong."""
    warnings: list[str] = []
    values = read_options(parse(["nudge", *options]), warnings.append)
    return plan_of(values, settings or Settings(), warnings.append), warnings


def test_the_options_win_over_the_settings() -> None:
    settings = Settings()
    for key, value in (
        ("day.start", "8:00"), ("day.end", "16:00"), ("day.days", "mon-thu"), ("day.every_min", 30),
        ("nudge.at", ":50"), ("nudge.length", "4m"),
    ):  # fmt: skip
        settings = with_value(settings, key, value)
    by_settings = NudgePlan(WorkingDay(frozenset(range(4)), 480, 960), 1800.0, (50,), 240.0)
    assert plan(settings=settings) == (by_settings, [])
    options = ("--every", "1h", "--from", "9:30", "--to", "17:00", "--days", "sat,sun", "--for", "90s")
    by_options = NudgePlan(WorkingDay(frozenset({5, 6}), 570, 1020), 3600.0, (), 90.0)
    assert plan(*options, settings=settings) == (by_options, [])
    assert plan("--at", ":20,:40")[0].marks == (20, 40)


@for_each(
    ("options", "line"),
    [
        (("--every", "0"), '--every is "0": write a time from 1 min to 12 h, such as 50m. Leaving it out.'),
        (("--every", "13h"), '--every is "13h": write a time from 1 min to 12 h, such as 50m. Leaving it out.'),
        (("--at", ":60"), '--at is ":60": write minutes past the hour, such as :50 or :20,:50. Leaving it out.'),
        (("--at", ":5,"), '--at is ":5,": write minutes past the hour, such as :50 or :20,:50. Leaving it out.'),
        (("--for", "0"), '--for is "0": write a time from 1 s to 12 h, such as 3m. Leaving it out.'),
        (("--from", "9:00", "--to", "9:00"), "--from and --to are the same time. Leaving them out."),
    ],
)
def test_a_wrong_option_is_one_line_and_left_out(options: tuple[str, ...], line: str) -> None:
    assert plan(*options) == (NudgePlan(), [line])


@for_each("options", [("--from", "25:00"), ("--to", "noon"), ("--days", "someday")])
def test_wrong_hours_and_days_are_left_out_too(options: tuple[str, ...]) -> None:
    found, lines = plan(*options)
    assert found == NudgePlan()
    assert len(lines) == 1 and lines[0].endswith("Leaving it out.")


def test_hours_that_begin_with_an_option_when_a_setting_ends_them_are_left_out() -> None:
    assert plan("--from", "17:30") == (
        NudgePlan(), ["Working hours would begin and end at the same time. Leaving --from and --to out."]
    )  # fmt: skip


def watched(*options: str) -> NudgeConfig:
    """Return the configuration of options and the user's settings, read for the first time."""
    config = NudgeConfig(read_options(parse(["nudge", *options]), print), find_places())
    config.read()
    return config


def test_it_follows_the_settings_while_it_runs(capsys: pytest.CaptureFixture[str]) -> None:
    def change(rig: Rig) -> None:
        at = rig.clock.wall() - NINE.timestamp()
        if at == 10 * 60:
            save_setting(find_places(), "day.every_min", 20)
        if at == 25 * 60:
            save_setting(find_places(), "nudge.bell", False)
        if at == 45 * 60:
            save_setting(find_places(), "day.end", "9:30")

    assert Rig(each=change, config=watched()).lines(capsys) == [
        *FIRST,
        "09:10  The settings have changed. Nudges every 20 min, 9:00 to 17:30, mon-fri.",
        "09:20  Time for a break. Mug, 1:35.",
        "09:40  Time for a break. Mug, 1:35.",
        "09:45  The settings have changed. Nudges every 20 min, 9:00 to 9:30, mon-fri.",
        "09:45  Working hours are over.",
    ]


def test_the_ways_to_nudge_follow_the_settings_too(capsys: pytest.CaptureFixture[str]) -> None:
    config = watched()
    save_setting(find_places(), "nudge.bell", False)
    rig = Rig(config=config)
    assert rig.lines(capsys) == [*FIRST, "09:50  Time for a break. Mug, 1:35."]
    assert (rig.rings, len(rig.notified)) == (0, 1)


def test_an_option_holds_whatever_the_settings_say() -> None:
    config = watched("--every", "45m")
    save_setting(find_places(), "day.every_min", 20)
    assert (config.read(), config.plan.every_s) == ([], 45 * 60.0)


def test_a_mistake_in_the_settings_is_said_once() -> None:
    config = watched()
    for number in range(2):
        find_places().settings_file.parent.mkdir(parents=True, exist_ok=True)
        find_places().settings_file.write_text(f"day.every_min = 30\nday.start = 5 # {'x' * number}\n")
        notes = config.read()
        assert len(notes) == (1 if number == 0 else 0)
    assert (config.read(), config.plan.every_s) == ([], 30 * 60.0)


def test_the_least_and_the_most_time_are_no_mistakes() -> None:
    for text, seconds in (("1m", 60.0), ("60s", 60.0), ("12h", 43200.0)):
        assert plan("--every", text) == (NudgePlan(every_s=seconds), [])


@for_each(
    ("days", "words"),
    [
        ("mon-fri", "mon-fri"),
        ("sat,sun", "sat, sun"),
        ("mon,wed,fri", "mon, wed, fri"),
        ("sun", "sun"),
        ("tue-thu", "tue-thu"),
        ("sat-mon", "mon, sat, sun"),
        ("mon-sun", "mon-sun"),
    ],
)
def test_the_days_in_words(days: str, words: str) -> None:
    assert plan("--days", days)[0].words == f"every 50 min, 9:00 to 17:30, {words}"


def test_hours_that_end_before_they_begin_end_on_the_next_day() -> None:
    found, lines = plan("--from", "22:00", "--to", "6:00")
    assert found.holds(NINE.replace(hour=23)) and found.holds(NINE.replace(hour=3)) and not found.holds(NINE)
    assert lines == ["The working hours end on the next day: 22:00 to 6:00, mon-fri."]
