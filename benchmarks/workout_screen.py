"""Measure the answer to keys and the cost of a running workout, beside a bare Textual app and termdown. Linux.

All programs take turns, in pseudo-terminals of 120 x 40 cells. CPU and bytes are counted within a set, once a program
has settled. A second counts as shown when the time that is left has been written; all seconds, with their changes of
phase, are compared with a perfect clock, whose offset is their median.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import BARE, GLUTEUS, SILENT, WORKOUT, Row, home, percentile, ratio
from benchmarks.terminal import COLUMNS, FRAME, ROWS, Grid, Terminal, cpu_s

TERMDOWN = shutil.which("termdown", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
SETTLED_S = 13.0
"""The workout's get-ready is over, and every frame of its figure has been drawn once."""

WATCHED_S = 20.0
"""Seconds for which the cost of a program is measured."""

LEFT = re.compile(r"(\d+):(\d\d) left")
SWAP_ROW, SWAP_WORDS = "Feet together", "as now"
"""Text of the first frame of the swap page, and text that appears with its figure and words."""

MOST_MISSED = 10
"""The most seconds skipped in a row; if there are more, something other than the workout's clock was read."""

STILL_S = 0.5
"""termdown writes nothing for longer than this between two seconds."""

Chunks = Sequence[tuple[float, bytes]]


@contextmanager
def running(command: Sequence[str], settled_s: float, sound: str = SILENT, **screen: bool) -> Iterator[Terminal]:
    """Yield a program that has settled, in separate folders, with these settings of the sound and the screen."""
    with home(sound, **screen) as environ, Terminal(command, environ) as terminal:
        terminal.until_still(settled_s, settled_s)
        watch(terminal, settled_s - (time.perf_counter() - terminal.started))
        yield terminal


def watch(terminal: Terminal, seconds: float) -> Chunks:
    """Return what is written meanwhile, with the time of each piece."""
    first, end = len(terminal.chunks), time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0 and not terminal.closed:
        terminal.read(left)
    return terminal.chunks[first:]


# Keys


def answer_s(terminal: Terminal, key: str) -> float:
    """Return the seconds from a key to the first frame after it: a new shape of the pointer does not count."""
    watch(terminal, random.uniform(0.1, 0.3))
    pressed = time.perf_counter()
    terminal.press(key)
    while FRAME not in terminal.read(2.0) and time.perf_counter() < pressed + 2.0:
        pass
    return time.perf_counter() - pressed


def between_seconds(terminal: Terminal) -> None:
    """Wait until a second has just been shown and the next one is not due for long."""
    while not watch(terminal, 0.05):
        pass
    watch(terminal, 0.1)


def change_s(terminal: Terminal, grid: Grid, key: str) -> float:
    """Return the seconds from `+` or `-` to the screen that shows the other time left, whatever else moves."""
    watch(terminal, random.uniform(0.1, 0.4))
    before = left_s(shown(terminal, grid))
    pressed = time.perf_counter()
    terminal.press(key)
    while abs(left_s(shown(terminal, grid)) - before) <= 5 and time.perf_counter() < pressed + 2.0:
        terminal.read(0.5)
    return terminal.started + terminal.chunks[-1][0] - pressed  # reading the screen takes time as well


def words_s(terminal: Terminal, grid: Grid, key: str, *words: str) -> list[float]:
    """Return the seconds from a key to when each of these words is shown, one after the other."""
    watch(terminal, random.uniform(0.1, 0.3))
    shown(terminal, grid)
    pressed, times = time.perf_counter(), list[float]()
    terminal.press(key)
    for each in words:
        while each not in shown(terminal, grid).text and time.perf_counter() < pressed + 2.0:
            terminal.read(0.5)
        times.append(terminal.started + terminal.chunks[-1][0] - pressed)  # reading it takes time as well
    return times


def shown(terminal: Terminal, grid: Grid) -> Grid:
    """Feed the grid what it has not seen yet."""
    grid.feed(terminal.output)
    terminal.output = b""
    return grid


def left_s(grid: Grid) -> int:
    """Return the seconds that are left of the workout, as the screen says."""
    found = LEFT.search(grid.text)
    return int(found[1]) * 60 + int(found[2]) if found else 0


def written(terminal: Terminal, key: str) -> int:
    """Return the bytes that are written after a key until the screen is still."""
    terminal.output = b""
    terminal.press(key)
    while terminal.read(0.3):
        pass
    return len(terminal.output)


def keys(rounds: int) -> Iterator[Row]:
    """Measure keys of the menu and of a workout beside those of the app of one widget."""
    found: dict[str, list[float]] = {name: [] for name in ("bare", "menu", "pause", "ten", "drawn", "swap", "whole")}
    sizes: dict[str, list[int]] = {"menu": [], "swap": []}
    for _ in range(max(rounds // 3, 1)):
        with running(BARE, 2.0) as terminal:
            found["bare"] += [answer_s(terminal, key) for key in "ab" * 25]
        with running(GLUTEUS, 3.0) as terminal:
            found["menu"] += [answer_s(terminal, key) for key in "jjkkjkkjjk" * 2]
            sizes["menu"] += [written(terminal, key) for key in "jjkkjk"]
        with running(WORKOUT, 6.0, figure=False) as terminal:
            for key in " +-" * 8:
                between_seconds(terminal) if key != " " else watch(terminal, 0.3)
                found["pause" if key == " " else "ten"].append(answer_s(terminal, key))
                if key == " ":
                    watch(terminal, 0.3)
                    terminal.press(" ")
                    watch(terminal, 0.3)
        with running(WORKOUT, 6.0, motion=False) as terminal:
            grid = Grid(COLUMNS, ROWS)
            terminal.press(" ")
            for _ in range(8):
                rows_s, whole_s = words_s(terminal, grid, "s", SWAP_ROW, SWAP_WORDS)
                found["swap"].append(rows_s)
                found["whole"].append(whole_s)
                watch(terminal, 0.5)
                terminal.press("\x1b")
                watch(terminal, 0.5)
                sizes["swap"].append(written(terminal, "s"))
                grid.feed(terminal.output)
                terminal.press("\x1b")
                watch(terminal, 0.5)
        with running(WORKOUT, SETTLED_S) as terminal:
            grid = Grid(COLUMNS, ROWS)
            found["drawn"] += [change_s(terminal, grid, key) for key in "+-" * 25]
    bare = median(found["bare"])
    yield Row("one widget, key to change, p50", bare * 1000, "ms")
    words = {"menu": "menu j and k", "pause": "pause", "ten": "ten seconds more", "swap": "rows of the swap page"}
    for name, meaning in words.items():
        gate = 5.0 if name == "swap" else 2.5
        yield Row(f"key to change, p50: {meaning}", median(found[name]) / bare, "x bare", gate)
    yield Row("key to the whole swap page, p50", median(found["whole"]) / bare, "x bare")
    worst = percentile(found["drawn"], 0.99) / percentile(found["bare"], 0.99)
    yield Row("key to change, p99, with the figure", worst, "x bare", 2)
    yield Row("bytes of a menu key", median(sizes["menu"]) / 1000, "kB", 6)
    yield Row("bytes of the swap page", median(sizes["swap"]) / 1000, "kB")


# What a running workout costs


class Cost(NamedTuple):
    """A share of a core, bytes a second, and the peak of the program's memory in MiB."""

    cpu: float
    written: float
    memory: float


def family(pid: int) -> list[int]:
    """Return the ids of a process and of its child processes."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")  # each thread has the children that it has started
    children = [child for thread in threads for child in thread.read_text().split()]
    return [pid, *(each for child in children for each in family(int(child)))]


def peak_mib(pid: int) -> float:
    """Return the most memory that a process has had at once."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def cost(terminal: Terminal) -> Cost:
    """Return the cost of a program in WATCHED_S."""
    pids = family(terminal.process.pid)
    before_s, began = sum(map(cpu_s, pids)), time.perf_counter()
    chunks = watch(terminal, WATCHED_S)
    taken_s = time.perf_counter() - began
    size = sum(len(chunk) for _, chunk in chunks)
    return Cost((sum(map(cpu_s, pids)) - before_s) / taken_s, size / taken_s, sum(map(peak_mib, pids)))


def costs(rounds: int) -> Iterator[Row]:
    """Measure a running workout beside termdown and the app of one widget."""
    if TERMDOWN is None:
        raise RuntimeError("termdown is missing: pip install termdown")
    workout = ("bridge-ladder", "--mute")
    programs: Mapping[str, tuple[Sequence[str], float, str, Mapping[str, bool]]] = {
        "bare": (BARE, 2.0, SILENT, {}),
        "termdown": ((TERMDOWN, "3600"), 2.0, SILENT, {}),
        "off": ((*GLUTEUS, "start", *workout), SETTLED_S, SILENT, {"figure": False}),
        "on": ((*GLUTEUS, "start", *workout), SETTLED_S, SILENT, {}),
        "worker": ((*GLUTEUS, "start", workout[0]), SETTLED_S, '[voice]\nmode = "off"', {}),
        "voice": ((*GLUTEUS, "start", workout[0]), SETTLED_S, "", {}),
    }
    found: dict[str, list[Cost]] = {name: [] for name in programs}
    for _ in range(max(rounds // 5, 1)):
        for name, (command, settled_s, sound, screen) in programs.items():
            with running(command, settled_s, sound, **screen) as terminal:
                found[name].append(cost(terminal))

    def column(name: str, index: int) -> list[float]:
        return [each[index] for each in found[name]]

    yield Row("CPU, no figure", ratio(column("off", 0), column("termdown", 0)), "x termdown", 0.7)
    yield Row("CPU, with the figure", ratio(column("on", 0), column("termdown", 0)), "x termdown", 1.8)
    yield Row("bytes a second, no figure", median(column("off", 1)) / 1000, "kB", 1.3)
    yield Row("bytes a second, with the figure", median(column("on", 1)) / 1000, "kB", 5)
    yield Row("peak memory, muted", ratio(column("on", 2), column("bare", 2)), "x bare", 1.2)
    yield Row("peak memory, with the sound worker", ratio(column("worker", 2), column("bare", 2)), "x bare", 2.0)
    yield Row("peak memory, with the voice as well", ratio(column("voice", 2), column("bare", 2)), "x bare", 2.3)


# The visible second


def seconds_shown(before: Chunks, chunks: Chunks) -> dict[int, float]:
    """Return when each number of seconds left was first shown by `chunks`, which follow those `before`."""
    grid, times = Grid(COLUMNS, ROWS), dict[int, float]()
    for _, chunk in before:
        grid.feed(chunk)
    shown = left_s(grid)
    for at, chunk in chunks:
        grid.feed(chunk)
        left = left_s(grid)  # 0 beneath a flash
        if left and left != shown and (not times or 0 < min(times) - left < MOST_MISSED):
            times[left] = at
    return times


def off_ms(times: Mapping[int, float]) -> list[float]:
    """Return how far each shown second is off a perfect clock, in milliseconds."""
    phases = [at + left for left, at in times.items()]
    middle = median(phases)
    return [abs(phase - middle) * 1000 for phase in phases]


def redrawn(chunks: Chunks) -> dict[int, float]:
    """Return the time of each output of a program that writes once a second, by the seconds left: 0, -1, and so on."""
    times, last = dict[int, float](), float("-inf")
    for at, _ in chunks:
        if at - last > STILL_S:
            times[-round(at - chunks[0][0])] = at
        last = at
    return times


def seconds(rounds: int) -> Iterator[Row]:
    """Measure the exactness of the visible second, beside termdown in the same minutes."""
    if TERMDOWN is None:
        raise RuntimeError("termdown is missing: pip install termdown")
    workout = (*GLUTEUS, "start", "wake-the-glutes", "--mute")
    timers = running(workout, SETTLED_S), running((TERMDOWN, "3600"), 2.0)
    with timers[0] as terminal, timers[1] as beside, ThreadPoolExecutor() as both:
        list(both.map(watch, (terminal, beside), (1.0, 1.0)))  # reads what has waited
        before = [*terminal.chunks]
        chunks, theirs = both.map(watch, (terminal, beside), [30.0 * rounds] * 2)
    times, termdown = seconds_shown(before, chunks), percentile(off_ms(redrawn(theirs)), 0.99)
    off = off_ms(times)
    yield Row("visible second off a perfect clock, p50", percentile(off, 0.5), "ms")
    yield Row("visible second off a perfect clock, p99", percentile(off, 0.99), "ms", round(termdown, 2))
    yield Row("the same of termdown", termdown, "ms")
    yield Row("seconds missed", max(times) - min(times) + 1 - len(times), "", 0)
