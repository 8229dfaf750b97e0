"""Hooks: real programs at events of a workout, including ones that hang, print endlessly, or fail."""

import json
import os
import shlex
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from tests.fakes import FakeClock, RecordingPlayer
from tests.for_each import for_each
from tests.patience import PATIENCE_S, wait_until
from tests.processes import wait_for_end
from tests.unit.test_cli_line_mode import bridges
from tui.cli.run import run
from tui.coach.as_json import Json, event_json
from tui.coach.coach import CoachedEvent, coach_of
from tui.conductor import Conductor
from tui.desktop.hooks import HOOKS, MOST_AT_ONCE, MOST_LINES, Hooks
from tui.engine.commands import Next, Pause, Resume, Start, Stop
from tui.engine.events import PhaseStarted
from tui.engine.model import Choices
from tui.files.logs import LOG_BYTES
from tui.files.places import find_places
from tui.files.settings import HookSettings, Settings
from tui.files.settings_file import save_setting

POSIX = pytest.mark.skipif(os.name != "posix", reason="kills a group of processes")


def conductor(**hooks: str) -> Conductor:
    return Conductor(
        coach_of(bridges(), Choices(), Settings().coaching), player=RecordingPlayer(), journal=None,
        settings=Settings(hooks=HookSettings(**hooks)), remember=lambda exercise, progression: None,
        clocks=FakeClock().clocks(),
    )  # fmt: skip


def command(*words: str) -> str:
    return shlex.join(words)


def writes_to(path: Path) -> str:
    """A program that adds what it reads to a file."""
    return command("sh", "-c", 'exec cat >> "$0"', str(path))


def hooked(hooks: Hooks, workout: Conductor) -> list[tuple[CoachedEvent, Json]]:
    """Let `hooks` follow a workout; returns what will have happened in it, with its JSON."""
    events: list[tuple[CoachedEvent, Json]] = []
    workout.follow(lambda happened: events.extend((event, event_json(event, workout.timeline)) for event in happened))
    workout.follow(partial(hooks.take, workout))
    return events


def kill_once_written(monkeypatch: pytest.MonkeyPatch, file: Path, lines: int) -> threading.Event:
    """Kill a hook as soon as it has written so many lines, instead of at a time that a busy machine may exceed.

    The event that is returned may hold the kill back: clear it until all hooks are started.
    """
    may_kill = threading.Event()
    may_kill.set()

    class Limit(threading.Timer):
        def run(self) -> None:
            wait_until(lambda: may_kill.is_set() and file.exists() and file.read_text().count("\n") >= lines)
            self.function(*self.args)

    monkeypatch.setattr("tui.desktop.hooks.threading.Timer", Limit)
    return may_kill


def log() -> str:
    path = find_places().hooks_log
    return path.read_text() if path.exists() else ""


def test_each_hook_is_a_setting() -> None:
    assert sorted(HOOKS.values()) == sorted(HookSettings._fields)


def test_a_hook_gets_its_event_as_start_events_prints_it(tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in HookSettings._fields}
    workout = conductor(**{name: writes_to(path) for name, path in files.items()})
    hooks = Hooks(tmp_path / "log", limit_s=PATIENCE_S)
    happened = hooked(hooks, workout)
    for step in (Start(), Pause(), Resume(), Next(), Next(), Next(), Next()):
        workout.do(step)
        hooks.finish()  # one after the other
    for kind, name in HOOKS.items():
        lines = [json.loads(line) for line in files[name].read_text().splitlines()] if files[name].exists() else []
        meant = [as_json for event, as_json in happened if type(event) is kind]
        assert lines == meant, name
        assert bool(lines) == (name != "on_stop")
    assert hooks.problem == log() == ""


def test_leaving_early_is_a_hook_of_its_own(tmp_path: Path) -> None:
    out = tmp_path / "out"
    workout = conductor(on_stop=writes_to(out), on_finish="no-such-program")
    hooks = Hooks(tmp_path / "log", limit_s=PATIENCE_S)
    hooked(hooks, workout)
    workout.do(Start())
    workout.do(Stop())
    hooks.finish()
    assert json.loads(out.read_text())["event"] == "stopped"
    assert hooks.problem == ""


@POSIX
def test_a_hook_that_hangs_is_killed_with_its_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pids = tmp_path / "pids"
    hanging = command("sh", "-c", 'sleep 600 & echo $! > "$0"; echo $$ >> "$0"; wait', str(pids))
    workout, hooks = conductor(on_start=hanging), Hooks(find_places().hooks_log, limit_s=PATIENCE_S)
    kill_once_written(monkeypatch, pids, lines=2)
    hooked(hooks, workout)
    workout.do(Start())
    assert workout.position().phase is not None, "the workout goes on meanwhile"
    hooks.finish()
    wait_for_end([*map(int, pids.read_text().split())])
    assert "hooks.on_start: sh was killed after 60 s" in hooks.problem
    assert log().splitlines()[0].endswith(" on_start: sh was killed after 60 s")


@POSIX
def test_a_program_that_leaves_the_group_and_holds_the_pipe_holds_nothing_up(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    escape = (
        "import subprocess, sys; escaped = subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
        "open(sys.argv[1], 'w').write(str(escaped.pid))"
    )
    hooks = Hooks(find_places().hooks_log, limit_s=0.5)
    workout = conductor(on_start=command(sys.executable, "-c", escape, str(pid)))
    hooked(hooks, workout)
    workout.do(Start())
    hooks.finish()
    if pid.exists() and (number := pid.read_text()):
        os.kill(int(number), signal.SIGKILL)
    assert "was killed" in hooks.problem


def test_ten_megabytes_of_output_leave_a_short_log(tmp_path: Path) -> None:
    loud = command(sys.executable, "-c", r"print('\033[2Jloud\n' * 1_000_000)")
    workout, hooks = conductor(on_start=loud), Hooks(find_places().hooks_log, limit_s=PATIENCE_S)
    hooked(hooks, workout)
    workout.do(Start())
    hooks.finish()
    assert hooks.problem == ""
    assert len(log().splitlines()) == MOST_LINES + 1
    assert "loud" in log() and log().splitlines()[-1].endswith("(9000001 bytes in all)")
    assert "\x1b" not in log()


@POSIX
def test_a_program_that_prints_without_end_is_killed_long_before_its_time_is_up() -> None:
    workout, hooks = conductor(on_start="yes"), Hooks(find_places().hooks_log, limit_s=600.0)
    hooked(hooks, workout)
    workout.do(Start())
    hooks.finish()
    assert "yes failed with exit code -9" in hooks.problem
    assert len(log().splitlines()) == MOST_LINES + 2


def test_the_log_does_not_grow_without_end(tmp_path: Path) -> None:
    path = find_places().hooks_log
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * (LOG_BYTES + 1))
    workout, hooks = conductor(on_start="no-such-program"), Hooks(path)
    hooked(hooks, workout)
    workout.do(Start())
    hooks.finish()
    assert len(log()) < 1000


@for_each(
    ("hook", "why"),
    [
        ("no-such-program", "no-such-program: No such file or directory"),
        (command("sh", "-c", "exit 3"), "failed with exit code 3"),
        (command("bad\0name"), "embedded null byte"),
    ],
)
def test_a_hook_that_is_missing_or_fails_is_one_line(tmp_path: Path, hook: str, why: str) -> None:
    workout, hooks = conductor(on_phase=hook), Hooks(find_places().hooks_log, limit_s=PATIENCE_S)
    hooked(hooks, workout)
    workout.do(Start())
    hooks.finish()
    assert why in hooks.problem and "\n" not in hooks.problem and "hooks.log" in hooks.problem
    assert len(log().splitlines()) == 1


@POSIX
def test_no_more_than_a_few_run_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = tmp_path / "started"
    hook = command("sh", "-c", 'echo >> "$0"; sleep 600', str(started))
    workout, hooks = conductor(on_phase=hook), Hooks(find_places().hooks_log, limit_s=PATIENCE_S)
    may_kill = kill_once_written(monkeypatch, started, lines=MOST_AT_ONCE)
    may_kill.clear()
    phase = PhaseStarted(0.0, workout.timeline.phases[0])
    hooks.take(workout, (phase,) * (MOST_AT_ONCE + 3))
    may_kill.set()
    hooks.finish()
    assert len(started.read_text().splitlines()) == MOST_AT_ONCE
    assert log().count("left out") == 3


def test_a_read_only_state_folder_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    workout, hooks = conductor(on_start="no-such-program"), Hooks(tmp_path / "file" / "hooks.log")
    hooked(hooks, workout)
    workout.do(Start())
    hooks.finish()
    assert "no-such-program" in hooks.problem


def test_a_rehearsal_runs_none(tmp_path: Path) -> None:
    out = tmp_path / "out"
    save_setting(find_places(), "hooks.on_start", ["sh", "-c", "cat >> " + str(out)])
    assert run(["start", "8x20/10", "--plain", "--mute", "--speed", "3600"]) == 0
    assert not out.exists()


@pytest.mark.slow
def test_a_workout_runs_them_and_reports_what_failed_at_its_end(tmp_path: Path) -> None:
    out = tmp_path / "out"
    save_setting(find_places(), "hooks.on_start", ["sh", "-c", "cat >> " + str(out)])
    save_setting(find_places(), "hooks.on_stop", "no-such-program")
    arguments = [sys.executable, "-m", "tui", "start", "8x20/10", "--plain", "--mute"]
    process = subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        wait_until(lambda: process.poll() is not None or (out.exists() and out.read_text().endswith("\n")))
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=PATIENCE_S)[1]
    finally:
        process.kill()
    assert json.loads(out.read_text())["event"] == "started"
    assert errors.count("hooks.on_stop: no-such-program: No such file or directory") == 1


def test_a_routine_has_no_hooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.toml"
    path.write_text('format = 1\ntitle = "X"\n[hooks]\non_start = ["sh"]\n[[sets]]\nexercise = "squat"\nwork = "5s"\n')
    assert run(["check", str(path), "--as", "routine"]) == 1
    assert 'unknown key "hooks"' in capsys.readouterr().out
