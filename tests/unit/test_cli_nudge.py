"""`gluteus nudge` with an injected clock, desktop, notifier and keyboard: what it prints, and what a key does."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import FakeClock, RecordingPlayer
from tui.cli.interruptible_sleep import Woken
from tui.cli.nudge_loop import NudgeLoop, Ways, begin_pick, pick_line
from tui.cli.nudge_options import NudgeConfig, leave_out_wrong, plan_of
from tui.cli.nudge_view import LineView, PaneView
from tui.cli.parser import parse
from tui.cli.run import run
from tui.clocks import Clocks
from tui.desktop.machine import Machine
from tui.desktop.presence import Seen
from tui.files.atomic import take
from tui.files.places import find_places
from tui.files.settings import NudgeSettings, Settings, with_value
from tui.files.settings_file import save_setting
from tui.history.running_file import RunningFile
from tui.today.nudge_plan import NudgePlan
from tui.today.working_day import WorkingDay

NINE = datetime(2025, 3, 12, 9, tzinfo=UTC)


class FixedConfig(NudgeConfig):
    """A plan and settings that do not change."""

    def __init__(self, plan: NudgePlan, settings: Settings) -> None:
        self.plan, self.settings = plan, settings

    def read(self) -> list[str]:
        return []


class Rig:
    """A loop whose world the test moves. `keys` are pressed at the number of a wait, from 0."""

    def __init__(
        self, plan: NudgePlan | None = None, *, settings: Settings | None = None, keys: Mapping[int, str] | None = None,
        minutes: float = 60.0, view: LineView | PaneView | None = None, environ: Mapping[str, str] | None = None,
        can_notify: bool = True, each: Callable[[Rig], None] = lambda rig: None, config: NudgeConfig | None = None,
    ) -> None:  # fmt: skip
        self.each = each
        self.clock = FakeClock(wall=NINE.timestamp())
        self.keys, self.ends_s, self.waits = dict(keys or {}), self.clock.now + minutes * 60, 0
        self.seen, self.call, self.calls_asked = Seen(1.0, False), False, 0
        self.notified: list[tuple[str, str]] = []
        self.rings, self.begun, self.trouble = 0, 0, ""
        self.terminal: list[str] = []
        self.player = RecordingPlayer()
        self.can_notify = can_notify
        clocks = Clocks(self.clock, self.clock.wall, UTC, self.clock.with_suspend)
        self.machine = Machine(
            find_places(), clocks, presence=lambda: self.seen, in_call=self.in_call, undisturbed=lambda: False
        )
        ways = Ways(
            settings or Settings(), write_terminal=self.terminal.append, environ=environ or {}, notify=self.notify,
            ring=self.ring, player=lambda: self.player, clock=self.clock,
        )  # fmt: skip
        self.loop = NudgeLoop(
            config or FixedConfig(plan or NudgePlan(), settings or Settings()), self.machine, ways,
            view or LineView(has_keys=True), pick=lambda plan: "Mug, 1:35.", begin=self.begin,
            sleep=lambda: nullcontext(self), has_keys=True, clock=self.clock,
        )  # fmt: skip

    def in_call(self) -> bool:
        self.calls_asked += 1
        return self.call

    def notify(self, title: str, body: str) -> bool:
        self.notified.append((title, body))
        return self.can_notify

    def ring(self) -> None:
        self.rings += 1

    def begin(self, plan: NudgePlan) -> str:
        self.begun += 1
        self.clock.advance(120.0)
        return self.trouble

    def until(self, deadline: float | None) -> Woken:
        """Stand in for the sleep: move the clock to the deadline, or press a key."""
        assert deadline is not None and deadline > self.clock.now
        self.each(self)
        self.waits += 1
        if (typed := self.keys.pop(self.waits - 1, None)) is not None:
            return Woken(keys=typed)
        if deadline > self.ends_s:
            return Woken(keys="q")
        self.clock.advance(deadline - self.clock.now)
        return Woken()

    def lines(self, capsys: pytest.CaptureFixture[str]) -> list[str]:
        """Run to the end and return what was printed."""
        assert self.loop.run() == 0
        return capsys.readouterr().out.splitlines()


FIRST = [
    "Keys: enter begins, s snoozes, x skips, p pauses, q quits.",
    "09:00  Nudges every 50 min, 9:00 to 17:30, mon-fri.",
]


def test_a_nudge_is_a_line_a_notification_and_the_bell(capsys: pytest.CaptureFixture[str]) -> None:
    rig = Rig()
    assert rig.lines(capsys) == [*FIRST, "09:50  Time for a break. Mug, 1:35."]
    assert rig.notified == [("Time for a break", "Mug, 1:35. Press enter in gluteus nudge to begin.")]
    assert rig.rings == 1
    assert rig.terminal == []
    assert rig.player.schedules == []


def test_the_terminals_own_notification_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    rig = Rig(environ={"TERM": "foot"})
    rig.lines(capsys)
    assert rig.notified == []
    (sequence,) = rig.terminal
    assert sequence.startswith("\x1b]777;notify;Time for a break;")


def test_the_settings_turn_each_way_off_and_the_voice_on(capsys: pytest.CaptureFixture[str]) -> None:
    quiet = Rig(settings=Settings()._replace(nudge=NudgeSettings(notify=False, bell=False, speak=True)))
    assert quiet.lines(capsys)[-1] == "09:50  Time for a break. Mug, 1:35."
    assert (quiet.notified, quiet.rings) == ([], 0)
    assert [item.say for item in quiet.player.remaining] == ["Time for a break."]
    assert quiet.player.closed
    muted = Rig(settings=with_value(with_value(Settings(), "nudge.speak", True), "audio.mute", True))
    muted.lines(capsys)
    assert (len(muted.notified), muted.rings, muted.player.schedules) == (1, 0, [])


def test_what_fails_is_named_once_and_the_rest_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    rig = Rig(minutes=120, can_notify=False, settings=with_value(Settings(), "nudge.speak", True))
    rig.player = RecordingPlayer(audible=False, note="There is no sound.")
    assert rig.lines(capsys)[2:] == [
        "09:50  Time for a break. Mug, 1:35.",
        "09:50  No notification: neither this terminal nor notify-send can show one.",
        "09:50  There is no sound.",
        "10:40  Time for a break. Mug, 1:35.",
    ]
    assert rig.rings == 2


def test_a_call_holds_it_back_and_its_end_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    def call(rig: Rig) -> None:
        rig.call = rig.clock.wall() < NINE.timestamp() + 62 * 60

    rig = Rig(minutes=70, each=call)
    assert rig.lines(capsys)[2:] == [
        "09:50  A break is due, but the microphone is in use: held back until that is over.",
        "10:02  The microphone is free again. Time for a break. Mug, 1:35.",
    ]
    assert rig.calls_asked == 26  # at each look from 9:50 on, and never before


def test_it_waits_for_no_call_if_the_user_does_not_want_that(capsys: pytest.CaptureFixture[str]) -> None:
    rig = Rig(settings=with_value(Settings(), "nudge.wait", False), keys={0: "s3"})
    rig.call = True
    assert rig.lines(capsys)[2:] == [
        "09:00  Next break in 50 min, at 9:50.",
        "09:50  Time for a break. Mug, 1:35.",
    ]
    assert rig.calls_asked == 0


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("s1", "Next break in 50 min, at 9:50."),
        ("s3", "Next break in 50 min, at 9:50."),
        ("x", "Skipped. Next break in 1 h 40 min, at 10:40."),
        ("p1", "Paused until 10:00."),
        ("p2", "Paused for today."),
        ("p1p", "The pause is over."),
    ],
)
def test_keys_before_a_nudge_never_bring_it_forward(capsys: pytest.CaptureFixture[str], keys: str, said: str) -> None:
    lines = Rig(keys={0: keys}, minutes=0.4).lines(capsys)
    assert lines[-1] == f"09:00  {said}"


@pytest.mark.parametrize(
    ("key", "said", "next_at"), [("1", "5 min", "09:55"), ("2", "15 min", "10:05"), ("3", "10 min", "10:00")]
)
def test_a_nudge_is_snoozed(capsys: pytest.CaptureFixture[str], key: str, said: str, next_at: str) -> None:
    def press(rig: Rig) -> None:
        if rig.notified and len(rig.keys) == 0 and rig.waits < 200:
            rig.keys = {rig.waits: f"s{key}", 1000: ""}

    lines = Rig(minutes=70, each=press).lines(capsys)
    assert lines[3:] == [
        f"09:50  Snoozed: break in {said}, at {next_at.lstrip('0')}.",
        f"{next_at}  Time for a break. Mug, 1:35.",
    ]


def test_a_question_names_its_answers_and_any_other_key_drops_it(capsys: pytest.CaptureFixture[str]) -> None:
    rig = Rig(keys={0: "s", 1: "5", 2: "1", 3: "p", 4: "\x1b[A", 5: "2"}, minutes=0.5)
    assert rig.lines(capsys)[2:] == [
        "Snooze: 1 for 5 min, 2 for 15 min, 3 until the meeting ends",
        "Pause: 1 for an hour, 2 for today",
    ]


def test_enter_begins_the_pick_and_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    rig = Rig(keys={0: "\n", 2: "\r"}, minutes=60)
    rig.trouble = "gluteus start ended with the exit code 1."
    lines = rig.lines(capsys)
    assert rig.begun == 2
    assert lines.count("09:00  gluteus start ended with the exit code 1.") == 1
    assert lines[-1] == "09:50  Time for a break. Mug, 1:35."


def test_a_workout_in_the_history_counts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    done = {"routine": "mug", "title": "Mug", "worked_s": 90, "sets_done": 3}
    file = tmp_path / "elsewhere.json"
    file.write_text(
        json.dumps([{**done, "started_at": "2025-03-12T10:28:00+01:00", "ended_at": "2025-03-12T10:30:00+01:00"}])
    )

    def sync(rig: Rig) -> None:
        if file.exists() and rig.clock.wall() >= NINE.timestamp() + 32 * 60:
            assert run(["history", "import", str(file)]) == 0
            file.unlink()

    save_setting(find_places(), "goal.breaks", 6)
    rig = Rig(minutes=85, each=sync)
    lines = [line for line in rig.lines(capsys)[2:] if line[0].isdigit()]
    assert lines == ["09:32  A workout was done, which counts as a break.", "10:20  Time for a break. Mug, 1:35."]
    assert rig.machine.recent.reached(NINE).today == "1 of 6 breaks today"


def test_a_workout_that_is_running_holds_it_back(capsys: pytest.CaptureFixture[str]) -> None:
    running = RunningFile.begin(find_places(), "2025", {})

    def finish(rig: Rig) -> None:
        if rig.clock.wall() == NINE.timestamp() + 55 * 60:
            running.leave()

    assert Rig(each=finish).lines(capsys)[2:] == [
        "09:50  A break is due, but a workout is running: held back until that is over.",
        "09:55  The workout is over. Time for a break. Mug, 1:35.",
    ]


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Return a function that sets the Python code of the workout's process; it returns the arguments of each."""
    given: list[str] = []

    def set_code(code: str) -> list[str]:
        def command(*arguments: str) -> tuple[list[str], dict[str, str]]:
            given.extend(arguments)
            return [sys.executable, "-c", code], dict(os.environ)

        monkeypatch.setattr("tui.cli.nudge_loop.module_command", command)
        return given

    return set_code


def test_the_workout_is_a_process_of_its_own(child: Callable[[str], list[str]]) -> None:
    given = child("")
    assert begin_pick(NudgePlan(length_s=90.0)) == ""
    assert given == ["tui", "start", "--for=90s"]
    child("raise SystemExit(3)")
    assert begin_pick(NudgePlan()) == "gluteus start ended with the exit code 3."


def test_a_signal_ends_the_workout_too(child: Callable[[str], list[str]]) -> None:
    child("import os, signal, time; os.kill(os.getppid(), signal.SIGTERM); time.sleep(600)")
    with pytest.raises(SystemExit) as ended:
        begin_pick(NudgePlan())
    assert ended.value.code == 143


@pytest.mark.parametrize("keys", ["q", "Q", "sq", "pq"])
def test_q_quits_from_everywhere(capsys: pytest.CaptureFixture[str], keys: str) -> None:
    rig = Rig(keys={0: keys})
    rig.lines(capsys)
    assert rig.waits == 1


def test_a_signal_ends_it_with_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    rig = Rig()
    monkeypatch.setattr(rig, "until", lambda deadline: Woken(ending=15))
    assert rig.loop.run() == 143


# The pane


class FakeTerminal:
    """A size that the test sets."""

    def __init__(self, columns: int, rows: int) -> None:
        self.size = os.terminal_size((columns, rows))

    def __call__(self) -> os.terminal_size:
        return self.size


def drawn(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the rows of the last drawing, without bold."""
    last = capsys.readouterr().out.rpartition("\x1b[H")[2].removesuffix("\x1b[J")
    return [row.removesuffix("\x1b[K").replace("\x1b[1m", "").replace("\x1b[0m", "") for row in last.split("\r\n")]


STATE = ("Next break in 37 min, at 10:43", "3 of 6 breaks today")
KEYS = ("enter begin", "s snooze", "x skip", "p pause", "q quit")


@pytest.mark.parametrize(
    ("size", "rows"),
    [
        (
            (80, 24),
            ["", " Next break in 37 min, at 10:43", " 3 of 6 breaks today", "",
             " enter begin  s snooze  x skip  p pause  q quit", "", " 9:50 Time for a break.", " 9:58 Snoozed."],
        ),
        (
            (40, 8),
            ["", " Next break in 37 min, at 10:43", " 3 of 6 breaks today", "",
             " enter begin  s snooze  x skip  p pause", " q quit", "", " 9:58 Snoozed."],
        ),
        ((24, 4), [" Next break in 37 min,", " at 10:43", " 3 of 6 breaks today", " enter begin  s snooze"]),
        ((3, 1), [" N"]),
    ],
)  # fmt: skip
def test_the_pane_shows_what_there_is_room_for(
    capsys: pytest.CaptureFixture[str], size: tuple[int, int], rows: list[str]
) -> None:
    view = PaneView(FakeTerminal(*size))
    view.add(NINE.replace(minute=50), "Time for a break.")
    view.add(NINE.replace(minute=58), "Snoozed.")
    view.show(STATE, KEYS)
    assert drawn(capsys)[: len(rows)] == rows
    assert all(len(row) <= size[0] for row in rows)


def test_the_pane_is_drawn_only_if_something_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = FakeTerminal(80, 24)
    view = PaneView(terminal)
    view.show(STATE, KEYS)
    capsys.readouterr()
    view.show(STATE, KEYS)
    assert capsys.readouterr().out == ""
    terminal.size = os.terminal_size((40, 24))
    view.show(STATE, KEYS)
    assert drawn(capsys)[1] == " Next break in 37 min, at 10:43"


def test_the_pane_names_the_workout_while_a_break_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    skipped = False

    def skip(rig: Rig) -> None:
        nonlocal skipped
        if rig.clock.wall() == NINE.timestamp() + 52 * 60 and not skipped:
            skipped = True
            assert drawn(capsys)[1:4] == [" Time for a break", " Mug, 1:35.", " No break yet today"]
            rig.keys[rig.waits] = "x"

    Rig(minutes=54, each=skip, view=PaneView(FakeTerminal(80, 24))).loop.run()
    assert drawn(capsys)[1:3] == [" Next break in 46 min, at 10:40", " No break yet today"]


def test_the_workout_is_todays_pick_if_there_is_one() -> None:
    assert pick_line(find_places(), NudgePlan()).endswith("easy start.")
    assert pick_line(find_places(), NudgePlan(length_s=1.0)) == ""


def test_the_pane_is_not_drawn_over_a_shell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = PaneView(FakeTerminal(80, 24))
    monkeypatch.setattr("tui.cli.nudge_view.is_in_foreground", lambda: False)
    view.show(STATE, KEYS)
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("tui.cli.nudge_view.is_in_foreground", lambda: True)
    view.show(STATE, KEYS)
    assert capsys.readouterr().out.startswith("\x1b[?1049h")


def test_the_pane_leaves_the_alternate_screen_for_a_workout_and_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    rig = Rig(keys={0: "\n"}, minutes=1, view=PaneView(FakeTerminal(80, 24)))
    rig.loop.run()
    out = capsys.readouterr().out
    assert out.count("\x1b[?1049h") == out.count("\x1b[?1049l") == 2
    assert out.endswith("\x1b[?1049l")


# Options, settings, the lock


def plan(*options: str, settings: Settings | None = None) -> tuple[NudgePlan, list[str]]:
    """Return the plan of options and settings, and the lines about what is wrong."""
    warnings: list[str] = []
    args = parse(["nudge", *options])
    leave_out_wrong(args, warnings.append)
    return plan_of(args, settings or Settings(), warnings.append), warnings


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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("options", [("--from", "25:00"), ("--to", "noon"), ("--days", "someday")])
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
    config = NudgeConfig(parse(["nudge", *options]), find_places())
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


def test_hours_that_end_before_they_begin_end_on_the_next_day() -> None:
    found, lines = plan("--from", "22:00", "--to", "6:00")
    assert found.holds(NINE.replace(hour=23)) and found.holds(NINE.replace(hour=3)) and not found.holds(NINE)
    assert lines == ["The working hours end on the next day: 22:00 to 6:00, mon-fri."]


def test_a_second_one_says_so_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    held = take(find_places().nudge_lock)
    assert held is not None
    assert run(["nudge"]) == 1
    assert (
        capsys.readouterr().err
        == f"gluteus: another gluteus nudge is running (process {os.getpid()}); one is enough.\n"
    )
    os.close(held)


def test_a_lock_that_a_dead_process_has_left_is_no_hindrance() -> None:
    code = "import os; from tui.files import atomic, places; atomic.take(places.find_places().nudge_lock); os.abort()"
    path = find_places().nudge_lock
    subprocess.run([sys.executable, "-c", code], check=False, stderr=subprocess.DEVNULL)
    assert path.read_text().strip().isdecimal()
    held = take(path)
    assert held is not None
    os.close(held)


def test_without_a_lock_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    places = find_places()
    places.state.parent.mkdir(parents=True, exist_ok=True)
    places.state.write_text("a file in place of the folder")
    given: list[Any] = []

    def loop(*arguments: object, **_: bool) -> int:
        given.extend(arguments)
        return 0

    monkeypatch.setattr("tui.cli.nudge_loop.nudge_loop", loop)
    assert run(["nudge"]) == 0
    (line,) = given[2]
    assert line.endswith("A second gluteus nudge will not be noticed.")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no zone of a process")
def test_a_laptop_that_travels_has_the_hours_of_its_new_place(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = Clocks(wall=NINE.timestamp)
    machine = Machine(
        find_places(), clocks, presence=lambda: Seen(1.0, False), in_call=lambda: False, undisturbed=lambda: False
    )
    try:
        for zone, hour in (("UTC", 9), ("UTC+5", 4), ("UTC-2", 11)):
            monkeypatch.setenv("TZ", zone)
            assert machine.observe(lambda *_: False).now.hour == hour
    finally:
        monkeypatch.undo()
        time.tzset()


# Eight hours


def test_eight_hours_cost_few_looks_few_processes_and_no_memory(capsys: pytest.CaptureFixture[str]) -> None:
    sizes: list[int] = []
    interned = tracemalloc.Filter(False, "*pathlib*")  # the table of all interned strings grows by megabytes at times
    drawings = skipped = 0

    def measure(rig: Rig) -> None:
        nonlocal drawings, skipped
        if len(rig.notified) > skipped:
            skipped += 1
            rig.keys[rig.waits] = "x"
        if rig.waits % 100 == 0:
            drawings += capsys.readouterr().out.count("\x1b[H")
            gc.collect()  # what only a later collection would free is no growth
            shot = tracemalloc.take_snapshot().filter_traces([interned])
            sizes.append(sum(trace.size for trace in shot.traces))

    rig = Rig(minutes=8 * 60, each=measure, view=PaneView(FakeTerminal(80, 24)))
    tracemalloc.start()
    try:
        rig.loop.run()
    finally:
        tracemalloc.stop()
    assert rig.waits <= 8 * 3600 / 30 + 30
    assert rig.calls_asked == len(rig.notified) == 9
    assert 8 * 60 - 60 < drawings <= 8 * 60 + 30
    assert len(sizes) == 10
    assert max(sizes[3:]) - sizes[2] < 20_000, sizes
