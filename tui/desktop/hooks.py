"""Hooks: the user's programs that run at events of a workout, with the event as JSON on standard input.

They are in the user's settings, never in a routine. A program that hangs, fails or prints endlessly does not affect the
workout: each has a thread and a time limit, and its output goes to a log of limited size.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.coach.as_json import event_json
from tui.coach.coach import CoachedEvent, CoachedEvents
from tui.engine.events import Finished, Paused, PhaseStarted, Resumed, Started, Stopped
from tui.files.logs import append_to_log
from tui.plain_text import plain_text

if TYPE_CHECKING:
    from tui.conductor import Conductor

LIMIT_S = 5.0
"""A program that takes longer is killed, with its child processes."""

MOST_AT_ONCE = 4
"""The most programs that run at once; further ones are left out."""

MOST_OUTPUT = 2000
"""The bytes of one program's output that are logged; the rest is read and dropped."""

MOST_LINES = 20
"""The lines of that output that are logged."""

MOST_READ = 64_000_000
"""A program that prints more bytes is killed, as reading them would take a whole core."""

HOOKS: Mapping[type[CoachedEvent], str] = {
    Started: "on_start",
    PhaseStarted: "on_phase",
    Paused: "on_pause",
    Resumed: "on_resume",
    Finished: "on_finish",
    Stopped: "on_stop",
}
"""The setting of each event."""


class Hooks:
    """Run the programs of the settings `hooks.*`. No method raises."""

    def __init__(self, log: Path, *, limit_s: float = LIMIT_S) -> None:
        """`log` is the file where output and errors are written."""
        self.problem = ""
        """One line on the first hook that failed; empty if none has."""
        self._log = log
        self._limit_s = limit_s
        self._writing = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._processes: set[subprocess.Popen[bytes]] = set()

    def take(self, conductor: Conductor, happened: CoachedEvents) -> None:
        """Start the programs for the events of a workout."""
        for event in happened:
            name = HOOKS.get(type(event))
            if name and (command := getattr(conductor.settings.hooks, name)):
                from shlex import split

                line = json.dumps(event_json(event, conductor.timeline)) + "\n"
                self._start(name, split(command), line.encode())

    def finish(self) -> None:
        """Wait until all programs have ended or were killed at their time limit."""
        try:
            for thread in self._threads:
                thread.join()
        except BaseException:  # ctrl+c
            for process in tuple(self._processes):
                _kill(process)
            raise

    def _start(self, name: str, command: Sequence[str], event: bytes) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if len(self._threads) >= MOST_AT_ONCE:
            self._fail(name, f"left out, as {MOST_AT_ONCE} programs of earlier events are still running")
            return
        thread = threading.Thread(target=self._run, args=(name, command, event), name=f"hook {name}", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:  # the system allows no more threads
            self._fail(name, str(error))
        else:
            self._threads.append(thread)

    def _run(self, name: str, command: Sequence[str], event: bytes) -> None:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                start_new_session=True, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except (OSError, ValueError) as error:
            self._fail(name, f"{command[0]}: {getattr(error, 'strerror', None) or error}")
            return
        self._processes.add(process)
        is_late = threading.Event()

        def kill() -> None:
            is_late.set()
            _kill(process)

        limit = threading.Timer(self._limit_s, kill)
        limit.start()
        try:
            output = _talk(process, event, time.monotonic() + self._limit_s + 1)
            with suppress(subprocess.TimeoutExpired):
                process.wait(self._limit_s + 1)
        finally:
            limit.cancel()
            self._processes.discard(process)
        if output:
            self._write(name, output)
        if is_late.is_set():
            self._fail(name, f"{command[0]} was killed after {self._limit_s:g} s")
        elif process.returncode:
            self._fail(name, f"{command[0]} failed with exit code {process.returncode}")

    def _fail(self, name: str, why: str) -> None:
        """Log why a hook failed; the first failure becomes `problem`."""
        line = plain_text(f"hooks.{name}: {why}")
        self.problem = self.problem or f"{line}. More in {plain_text(str(self._log))}"
        self._write(name, why)

    def _write(self, name: str, text: str) -> None:
        """Write lines to the log; without a state folder there is none."""
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        lines = [f"{now} {name}: {plain_text(line)}\n" for line in text.splitlines() if line.strip()]
        with self._writing:
            append_to_log(self._log, "".join(lines))


def _talk(process: subprocess.Popen[bytes], event: bytes, until: float) -> str:
    """Send a program its event, read all its output, and return the beginning.

    Reading ends when the pipe is closed, or at the monotonic second `until`, as a program in another session may keep
    it open longer. Only POSIX can wait for a pipe with a timeout.
    """
    assert process.stdin is not None and process.stdout is not None
    with process.stdout, suppress(OSError):
        with suppress(OSError), process.stdin:
            process.stdin.write(event)
        kept, dropped, pipe = b"", 0, process.stdout.fileno()
        while os.name != "posix" or select.select([pipe], [], [], max(until - time.monotonic(), 0.0))[0]:
            if not (chunk := os.read(pipe, 65536)):
                break
            room = MOST_OUTPUT - len(kept)
            kept, dropped = kept + chunk[:room], dropped + len(chunk[room:])
            if dropped > MOST_READ:
                _kill(process)
                break
        lines = kept.decode(errors="replace").splitlines()
        more = [f"({dropped + MOST_OUTPUT} bytes in all)"] if dropped else ["(and more)"] * (len(lines) > MOST_LINES)
        return "\n".join((*lines[:MOST_LINES], *more))
    return ""


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and its group, unless it has been waited for: its number may then be another program's."""
    if process.returncode is not None:
        return
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
