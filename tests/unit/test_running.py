"""`gluteus status` and `gluteus send`, through real files and sockets."""

from __future__ import annotations

import json
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes import FakeClock, RecordingPlayer
from tests.for_each import for_each
from tests.unit.test_cli_line_mode import FakeSleep, bridges, hops
from tests.unit.test_imports import HEAVY, SCREENS
from tui.cli.interruptible_sleep import InterruptibleSleep, Woken
from tui.cli.line_mode import perform
from tui.cli.run import run
from tui.cli.running import FIELDS, fields
from tui.coach.coach import CoachedEvent, coach_of
from tui.conductor import Conductor
from tui.desktop.control import MOST_AT_ONCE, MOST_BYTES, ControlSocket, send
from tui.desktop.services import DesktopServices
from tui.engine.commands import Next, Pause, Resume, Start, Stop
from tui.engine.events import Extended, Paused, Resumed, Stopped
from tui.engine.model import Choices
from tui.engine.position import SessionState
from tui.engine.remote import REMOTE
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.history.interrupted import take_interrupted
from tui.history.journal import Journal
from tui.history.running_file import running_files
from tui.history.status_file import read_now
from tui.library.cached_catalog import read_catalog
from tui.routine.model import Routine

Captured = pytest.CaptureFixture[str]


class Workout:
    """A workout with its journal, on a clock that the test moves, and what is around it."""

    def __init__(self, plan: Routine) -> None:
        self.clock = FakeClock()
        journal = Journal(find_places(), self.clock.wall)
        self.conductor = Conductor(
            coach_of(plan, Choices(), Settings().coaching), player=RecordingPlayer(), journal=journal,
            settings=Settings(), remember=lambda exercise, progression: None, clocks=self.clock.clocks(),
        )  # fmt: skip
        self.services = DesktopServices(find_places(), self.clock)
        self.services.begin(self.conductor)

    def pass_(self, seconds: float) -> None:
        """Let the workout run for some seconds."""
        for _ in range(round(seconds)):
            self.clock.advance(1.0)
            self.conductor.poll()

    def line(self) -> str:
        now = read_now(find_places(), self.clock.now)
        return fields(now)["line"] if now else ""

    def close(self) -> None:
        self.conductor.close()
        self.services.end()


@pytest.fixture
def begin(short_folder: Path) -> Iterator[Callable[[Routine], Workout]]:
    """Begin workouts, which end with the test."""
    begun = []

    def begin(plan: Routine) -> Workout:
        begun.append(Workout(plan))
        begun[-1].conductor.do(Start())
        return begun[-1]

    yield begin
    for workout in begun:
        workout.close()


Begin = Callable[[Routine], Workout]


def test_the_status_follows_the_workout_without_being_written_each_second(begin: Begin) -> None:
    workout = begin(bridges())
    assert workout.line() == "Test: prepare, 0:10 to go; 1:30 to the end."
    (file,) = find_places().interrupted.glob("*.now")
    written = file.read_bytes()
    workout.pass_(4)
    assert workout.line() == "Test: prepare, 0:06 to go; 1:26 to the end."
    assert file.read_bytes() == written
    workout.pass_(10)
    assert workout.line() == "Test: set 1 of 2, Reverse bridge, two legs, 0:36 to go; 1:16 to the end."
    workout.conductor.do(Pause())
    workout.clock.advance(100)
    assert workout.line() == "Test: paused, set 1 of 2, Reverse bridge, two legs, 0:36 to go; 1:16 to the end."
    workout.conductor.do(Resume())
    workout.conductor.do_remote("longer")
    assert workout.line() == "Test: set 1 of 2, Reverse bridge, two legs, 0:46 to go; 1:26 to the end."
    workout.conductor.do(Next())
    assert workout.line() == "Test: rest, 0:10 to go; 0:40 to the end."


def test_an_open_ended_set_has_no_time_left(begin: Begin) -> None:
    workout = begin(hops())
    workout.conductor.do(Next())
    assert ", until done; ≈" in workout.line()
    now = read_now(find_places(), workout.clock.now)
    assert now is not None and now["left_s"] is None and fields(now)["left"] == ""


def test_nothing_runs_before_and_after_it(begin: Begin, capsys: Captured) -> None:
    assert run(["status"]) == 3
    workout = begin(bridges())
    assert run(["status"]) == 0
    workout.conductor.do(Stop())
    workout.close()
    assert run(["status", "--format", "{left}"]) == run(["status", "--json"]) == 3
    output = capsys.readouterr().out.splitlines()
    assert (output[0], output[2:]) == ("No workout is running.", ["null"])
    assert list(find_places().interrupted.iterdir()) == []


def test_every_field_and_the_json(begin: Begin, capsys: Captured) -> None:
    begin(bridges())
    for field in FIELDS:
        assert run(["status", "--format", f"<{{{field}}}>"]) == 0
    values = [line.strip("<>") for line in capsys.readouterr().out.splitlines()]
    found = dict(zip(FIELDS, values, strict=True))
    assert (found["title"], found["state"], found["phase"], found["label"]) == (
        "Test",
        "running",
        "prepare",
        "Get ready",
    )
    assert (found["set"], found["sets"], found["total"]) == ("1", "2", "1:30")
    assert run(["status", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["phase"]["kind"] == "prepare" and printed["state"] == "running"
    assert run(["status", "--format", "{lft}"]) == 2
    assert "did you mean" in capsys.readouterr().err


def test_a_field_is_not_replaced_within_a_value(begin: Begin, capsys: Captured) -> None:
    begin(bridges()._replace(title="{left} {x}"))
    assert run(["status", "--format", "{title}, {state} {"]) == 0
    assert capsys.readouterr().out == "{left} {x}, running {\n"


@for_each("content", ["", "{", "[]", "{}", '{"is_paused": 1}', "null", '"x"', "\0" * 100_000])
def test_a_broken_status_is_no_traceback(begin: Begin, capsys: Captured, content: str) -> None:
    begin(bridges())
    (file,) = find_places().interrupted.glob("*.now")
    file.write_text(content)
    assert run(["status"]) in (1, 3)
    file.write_text('{"is_paused": true, "at_s": 1, "clock_s": 1, "ends_s": 1, "total_s": 1}')
    assert run(["status"]) == 1
    assert "cannot be read" in capsys.readouterr().err
    for control in ("", ', "control": 7', ', "control": "a\\u0000b"', f', "control": "{"x" * 200}"'):
        file.write_text(f'{{"is_paused": true, "at_s": 1, "clock_s": 1, "ends_s": 1, "total_s": 1{control}}}')
        assert run(["send", "pause"]) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_status_loads_a_few_modules() -> None:
    loaded = modules_of_status()
    assert loaded & (SCREENS | HEAVY | {"argparse", "tui.engine.model", "tui.conductor", "socket"}) == set()


def modules_of_status() -> set[str]:
    script = "import sys; from tui.__main__ import main; sys.argv = ['gluteus', 'status']; main(); print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


needs_sockets = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix sockets")


@needs_sockets
def test_only_its_user_can_open_the_socket(begin: Begin) -> None:
    control = begin(bridges()).services.control
    assert control is not None
    status, folder = control.path.lstat(), control.path.parent.stat()
    assert stat.S_ISSOCK(status.st_mode) and stat.S_IMODE(status.st_mode) == 0o600
    assert stat.S_IMODE(folder.st_mode) == 0o700


@needs_sockets
def test_a_folder_that_others_may_enter_is_closed_to_them(short_folder: Path) -> None:
    folder = short_folder / "sockets"
    folder.mkdir()
    folder.chmod(0o755)
    control = ControlSocket.open([folder])
    assert control is not None
    control.close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@needs_sockets
def test_a_path_that_is_too_long_takes_the_next_folder(tmp_path: Path, short_folder: Path) -> None:
    control = ControlSocket.open([tmp_path / ("x" * 120), short_folder])
    assert control is not None and control.path.parent == short_folder
    control.close()
    assert ControlSocket.open([tmp_path / ("x" * 120)]) is None


@needs_sockets
def test_what_is_no_command_is_dropped_and_the_rest_is_bounded(short_folder: Path) -> None:
    control = ControlSocket.open([short_folder])
    assert control is not None
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.connect(str(control.path))
            sender.setblocking(False)
            for junk in (b"", b"\xff\0", b"next" + b" " * 60_000, b"start", b"jump", b"nexT", b"next\n"):
                sender.send(junk)
            send(str(control.path), "next")
            assert control.received() == ["next"]
            sent = 0
            try:
                while sent < 10_000:
                    sender.send(b"pause")
                    sent += 1
            except BlockingIOError:
                pass
            assert len(control.received()) <= MOST_AT_ONCE
            while control.received():
                pass
    finally:
        control.close()
    assert not control.path.exists()
    assert all(len(name) < MOST_BYTES for name in REMOTE)


@needs_sockets
def test_a_socket_of_a_killed_program_is_removed_and_a_live_one_stays(short_folder: Path) -> None:
    folder = short_folder
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as dead:
        dead.bind(str(folder / "1-dead.sock"))
    live, other = ControlSocket.open([folder]), ControlSocket.open([folder])
    assert live is not None and other is not None
    assert sorted(folder.glob("*.sock")) == sorted([live.path, other.path])
    live.close()
    other.close()


def test_sending_to_nothing_is_one_line(capsys: Captured) -> None:
    assert run(["send", "pause"]) == 1
    assert capsys.readouterr().err == "gluteus: no workout is running.\n"


@needs_sockets
def test_a_stale_socket_is_one_line(begin: Begin, capsys: Captured) -> None:
    workout = begin(bridges())
    assert workout.services.control is not None
    workout.services.control.close()
    assert run(["send", "pause"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_system_without_unix_sockets_says_so(begin: Begin, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr("tui.desktop.control.IS_SUPPORTED", False)
    workout = begin(bridges())
    assert workout.services.control is None
    assert run(["status"]) == 0
    assert run(["send", "pause"]) == 1
    assert capsys.readouterr().err == "gluteus: this system has no Unix sockets, which gluteus send needs.\n"


def test_an_unknown_command_is_refused(capsys: Captured) -> None:
    assert run(["send", "jump"]) == 2
    assert "toggle" in capsys.readouterr().err


@for_each("name", REMOTE)
def test_every_command_does_something(begin: Begin, name: str) -> None:
    workout = begin(hops() if name == "done" else bridges())
    workout.conductor.do(Next())
    if name == "resume":
        workout.conductor.do(Pause())
    if name in ("undo", "easier"):
        assert workout.conductor.do_remote("harder")
    assert workout.conductor.do_remote(name)
    assert (workout.conductor.state is SessionState.STOPPED) == (name == "stop")


def test_any_other_name_does_nothing(begin: Begin) -> None:
    assert begin(bridges()).conductor.do_remote("start") == ()


@needs_sockets
def test_a_datagram_wakes_the_sleep_of_the_plain_mode(short_folder: Path) -> None:
    control = ControlSocket.open([short_folder])
    assert control is not None
    with InterruptibleSleep(keyboard=False, also=control) as sleep:
        send(str(control.path), "pause")
        assert sleep.until(time.monotonic() + 600) == Woken()
        assert control.received() == ["pause"]
    control.close()


def test_a_pause_that_was_sent_lasts_in_the_plain_mode_without_a_keyboard() -> None:
    workout = Workout(bridges())
    events: list[CoachedEvent] = []
    sent = iter([[], ["pause"], [], ["longer"], ["toggle"], ["stop"]])
    wakes = {number: Woken(keys="-") for number in range(1, 6)}
    perform(workout.conductor, events.append, FakeSleep(workout.clock, wakes), lambda: next(sent))
    workout.close()
    kinds = [type(event) for event in events if isinstance(event, Paused | Resumed | Extended | Stopped)]
    assert kinds == [Paused, Extended, Resumed, Stopped]


@needs_sockets
def test_commands_reach_another_process_and_a_kill_leaves_nothing_that_runs(
    short_folder: Path, capsys: Captured
) -> None:
    read_catalog(find_places())  # the process finds it in the cache
    arguments = [sys.executable, "-m", "tui", "start", "8x20/10", "--events", "--mute"]
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        lines = iter(process.stdout.readline, "")
        events = (json.loads(line)["event"] for line in lines)
        for name, event in (("pause", "paused"), ("resume", "resumed"), ("next", "phase-ended")):
            assert run(["send", name]) == 0
            assert event in events
        assert run(["status"]) == 0
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert run(["status"]) == 3
        assert run(["send", "pause"]) == 1
        assert len(running_files(find_places())) == 1, "it can be resumed"
        found = take_interrupted(find_places(), time.time)
        assert found is not None
        assert run(["status"]) == 3, "the menu that offers to resume it holds its file"
        found.running.leave()
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    assert capsys.readouterr().err == "gluteus: no workout is running.\n"
