"""`gluteus nudge` with an injected clock, desktop, notifier and keyboard: what it prints, and what a key does."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import RecordingPlayer
from tests.for_each import for_each
from tests.nudge_rig import FIRST, NINE, FakeTerminal, Rig
from tui.cli.interruptible_sleep import Woken
from tui.cli.nudge_loop import begin_pick
from tui.cli.nudge_view import PaneView
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


@for_each(
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


@for_each(("key", "said", "next_at"), [("1", "5 min", "09:55"), ("2", "15 min", "10:05"), ("3", "10 min", "10:00")])
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


def test_a_signal_that_comes_before_the_workout_is_there_ends_it_too(
    child: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[subprocess.Popen[bytes]] = []

    def begin(command: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
        os.kill(os.getpid(), signal.SIGTERM)
        begun.append(subprocess.Popen(command, env=env))
        return begun[0]

    child("import time; time.sleep(600)")
    monkeypatch.setattr("tui.cli.nudge_loop.Popen", begin)
    with pytest.raises(SystemExit):
        begin_pick(NudgePlan())
    assert begun[0].returncode == -signal.SIGTERM


@for_each("keys", ["q", "Q", "sq", "pq"])
def test_q_quits_from_everywhere(capsys: pytest.CaptureFixture[str], keys: str) -> None:
    rig = Rig(keys={0: keys})
    rig.lines(capsys)
    assert rig.waits == 1


def test_a_signal_ends_it_with_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    rig = Rig()
    monkeypatch.setattr(rig, "until", lambda deadline: Woken(ending=15))
    assert rig.loop.run() == 143


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


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="on Windows a process has no time zone of its own")
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

MOST_BLOCKS = 200
"""The most blocks of memory that may remain after 600 looks: if each look left one, it would be 600."""


@pytest.mark.slow
def test_eight_hours_cost_few_looks_few_processes_and_no_memory(capsys: pytest.CaptureFixture[str]) -> None:
    blocks: list[int] = []
    drawings = skipped = 0

    def measure(rig: Rig) -> None:
        nonlocal drawings, skipped
        if len(rig.notified) > skipped:
            skipped += 1
            rig.keys[rig.waits] = "x"
        if rig.waits % 200 == 0:
            drawings += capsys.readouterr().out.count("\x1b[H")
            gc.collect()  # what only a later collection would free is no growth
            blocks.append(sys.getallocatedblocks())

    gc.freeze()  # what other tests have left is no part of it
    rig = Rig(minutes=8 * 60, each=measure, view=PaneView(FakeTerminal(80, 24)))
    rig.loop.run()
    drawings += capsys.readouterr().out.count("\x1b[H")
    assert rig.waits <= 8 * 3600 / 30 + 30
    assert rig.calls_asked == len(rig.notified) == 9
    assert 8 * 60 - 60 < drawings <= 8 * 60 + 30
    assert len(blocks) == 5
    assert max(blocks[2:]) - blocks[1] < MOST_BLOCKS, blocks
