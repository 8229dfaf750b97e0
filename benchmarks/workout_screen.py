"""What a running workout costs, and how exact it is, beside termdown and a Textual app of one widget. Linux.

    pip install termdown && python benchmarks/workout_screen.py [SECONDS [ROUNDS]]

All programs take turns, ROUNDS times (1) for SECONDS (45) each, in pseudo-terminals of 120 x 40 cells. CPU and bytes
are counted within a set, once a program has settled; a change of phase, with its flash, is counted by itself.
A second counts as shown when the time that is left has been written; ten minutes of them, with all their changes of
phase, are compared with a perfect clock, whose offset is the median of all. A key counts as shown when anything is
written after it, between two seconds.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from start_up import ONE_WIDGET
from terminal import ESCAPES, Terminal

GLUTEUS = (sys.executable, "-m", "tui")
WORKOUT = (*GLUTEUS, "start", "bridge-ladder")
LONG = (*GLUTEUS, "start", "wake-the-glutes")
LONG_S = 600.0
TERMDOWN = shutil.which("termdown", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
SETTLED_S = 13.0
"""The workout's get-ready is over, and every frame of its figure has been drawn once."""

LEFT = re.compile(rb"(\d+):(\d\d)")
MISSED_AT_ONCE = 10
"""More seconds are never skipped in a row, or it is not the workout's clock that is read."""

DOUBLED_MS = 500.0
"""A second that is this far off stood where another should have stood."""

KEYS = 120


@dataclass
class Found:
    """What was measured of a program: shares of a core, bytes a second, and the peak of its memory in KiB."""

    cpu: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    @property
    def medians(self) -> tuple[float, float, float]:
        """CPU, bytes a second, memory."""
        return statistics.median(self.cpu), statistics.median(self.written), statistics.median(self.memory)


Chunks = list[tuple[float, bytes]]


def watch(terminal: Terminal, seconds: float) -> Chunks:
    """What is written meanwhile, with the time of each piece."""
    chunks, end = [], time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and not terminal.closed:
        if chunk := terminal.read(left):
            chunks.append((time.monotonic(), chunk))
    return chunks


def cpu_s(pid: int) -> float:
    """The seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_kib(pid: int) -> int:
    """The most memory a process has had at once."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) if found else 0


@contextmanager
def running(command: Sequence[str], settled_s: float, **screen: object) -> Iterator[Terminal]:
    """A program that has settled, in folders of its own with these settings of the screen and no sound."""
    with tempfile.TemporaryDirectory() as home:
        config = Path(home, "config")
        config.mkdir()
        lines = [f"{name} = {str(value).lower()}" for name, value in screen.items()]
        (config / "settings.toml").write_text("\n".join(['[audio]\nbackend = "silent"\n[screen]', *lines]) + "\n")
        with Terminal(command, {**os.environ, "GLUTEUS_HOME": home}) as terminal:
            watch(terminal, settled_s)
            yield terminal


def measure(found: Found, terminal: Terminal, seconds: float) -> Chunks:
    """Watch a program for so long and note what that cost."""
    before_s, began = cpu_s(terminal.process.pid), time.monotonic()
    chunks = watch(terminal, seconds)
    taken_s = time.monotonic() - began
    found.cpu.append((cpu_s(terminal.process.pid) - before_s) / taken_s)
    found.written.append(sum(len(chunk) for _, chunk in chunks) / taken_s)
    found.memory.append(peak_kib(terminal.process.pid))
    return chunks


def seconds_shown(chunks: Chunks) -> dict[int, float]:
    """The time at which each number of seconds left was first written. Other times on the screen do not count down."""
    shown: dict[int, float] = {}
    for at, chunk in chunks:
        for minutes, seconds in LEFT.findall(ESCAPES.sub(b" ", chunk)):
            left = int(minutes) * 60 + int(seconds)
            if not shown or 0 < min(shown) - left < MISSED_AT_ONCE:
                shown[left] = at
    return shown


def offs_ms(shown: dict[int, float]) -> list[float]:
    """How far each shown second is off a perfect clock, in milliseconds, the smallest first."""
    phases = [at + left for left, at in shown.items()]
    middle = statistics.median(phases)
    return sorted(abs(phase - middle) * 1000 for phase in phases)


def key_delays_ms(terminal: Terminal) -> list[float]:
    """From a key to the first thing written after it, between two seconds, the smallest first."""
    delays = []
    for count in range(KEYS):
        while not watch(terminal, 0.05):  # A second has just been shown,
            pass
        watch(terminal, random.uniform(0.25, 0.6))  # and the next one is not yet due.
        pressed = time.monotonic()
        terminal.press("+-"[count % 2])
        while not terminal.read(1.0):
            pass
        delays.append((time.monotonic() - pressed) * 1000)
    return sorted(delays)


def change_bytes(terminal: Terminal) -> int:
    """What is written for a change of phase with its flash; a second or two of the rest is among it."""
    terminal.press("n")
    return sum(len(chunk) for _, chunk in watch(terminal, 1.0))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the sorted values lie."""
    return values[min(int(len(values) * share), len(values) - 1)]


def main() -> int:
    """Measure and print the table; 1 where a limit is not kept."""
    if TERMDOWN is None:
        print("termdown is missing: pip install termdown", file=sys.stderr)
        return 2
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 45.0
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    one, down, plain, drawn, still, menu = (Found() for _ in range(6))
    delays: list[float] = []
    changes: list[int] = []
    for _ in range(rounds):
        with running((sys.executable, "-c", ONE_WIDGET), 2.0) as terminal:
            measure(one, terminal, seconds)
        with running((TERMDOWN, "3600"), 2.0) as terminal:
            measure(down, terminal, seconds)
        with running(WORKOUT, SETTLED_S, figure=False) as terminal:
            measure(plain, terminal, seconds)
            delays += key_delays_ms(terminal)
            changes.append(change_bytes(terminal))
        with running(WORKOUT, SETTLED_S) as terminal:
            measure(drawn, terminal, seconds)
            terminal.press(" ")
            watch(terminal, 2.0)
            measure(still, terminal, seconds)
        with running(GLUTEUS, 3.0) as terminal:
            measure(menu, terminal, seconds)
    with running(LONG, SETTLED_S) as terminal:
        seen = seconds_shown(watch(terminal, LONG_S))
    missed = max(seen) - min(seen) + 1 - len(seen)
    doubled = sum(off > DOUBLED_MS for off in offs_ms(seen))
    (_, _, one_kib), (down_cpu, _, _) = one.medians, down.medians
    (plain_cpu, plain_bytes, _), (drawn_cpu, drawn_bytes, drawn_kib) = plain.medians, drawn.medians
    rows = (
        ("CPU, no figure, times termdown", plain_cpu / down_cpu, 1.0),
        ("CPU, with the figure, times termdown", drawn_cpu / down_cpu, 2.5),
        ("kB/s written, no figure", plain_bytes / 1000, 2.0),
        ("kB/s written, with the figure", drawn_bytes / 1000, 8.0),
        ("bytes/s while paused", max(still.written), 0.0),
        ("bytes/s in the menu", max(menu.written), 0.0),
        ("visible second, ms off, p99", percentile(offs_ms(seen), 0.99), 5.0),
        ("seconds missed or doubled in ten minutes", float(missed + doubled), 0.0),
        ("key to screen, ms, p99", percentile(sorted(delays), 0.99), 25.0),
        ("peak memory, times the one-widget app", drawn_kib / one_kib, 1.3),
    )
    print(f"termdown takes {down_cpu:.2%} of a core, the workout {plain_cpu:.2%}, with its figure {drawn_cpu:.2%}.")
    print(f"A change of phase with its flash takes {statistics.median(changes) / 1000:.1f} kB.\n")
    print("| measure | found | limit |\n|---|---:|---:|")
    for name, value, limit in rows:
        print(f"| {name} | {value:.2f} | {limit:g} |")
    return int(any(value > limit for _, value, limit in rows))


if __name__ == "__main__":
    sys.exit(main())
