"""Measure the start of the menu, of a workout and of the commands, also with a thousand routines.

All commands take turns in an order that changes, each in a fresh pseudo-terminal of 120 x 40 cells. A ratio is the
median of those of the rounds. The first round writes bytecode and caches, and is not counted.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

from benchmarks import BARE, GLUTEUS, WORKOUT, Row, home, ratio
from benchmarks.terminal import Terminal, cpu_s

STILL_S = 1.2
"""After this time without output, a program has drawn everything that it draws without input."""

BETWEEN_SECONDS_S = 0.6
"""The same for a workout, which draws every second."""

COMMANDS = {"--version": 2.0, "due --json": 5.0, "list": 4.0, "show tabata": 8.0, "check FILE": 8.0, "doctor": 12.0}
"""The commands that are compared with `python -c pass`, and their gates."""

MANY = 1000

T = TypeVar("T")


class Start(NamedTuple):
    """One start: seconds until the first ink and until the screen was settled, and its cost until it was still."""

    first_s: float
    settled_s: float
    frames: int
    written: int
    cpu_s: float


def started(command: Sequence[str], environ: Mapping[str, str], still_s: float = STILL_S, *, leave: str = "") -> Start:
    """Start a program on the full screen and wait until it is still; then press `leave`, or else kill it.

    A workout that was killed is not offered again.
    """
    shutil.rmtree(Path(environ["GLUTEUS_HOME"], "state", "interrupted"), ignore_errors=True)
    with Terminal(command, environ) as terminal:
        terminal.until_still(still_s, 30.0)
        used_s = cpu_s(terminal.process.pid)
        start = Start(*terminal.settled(), terminal.frames, len(terminal.output), used_s)
        if leave:
            terminal.press(leave)
            terminal.ended()
        return start


def in_turns(runs: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Return what each run gave in each round, by its name; the round before the first is not counted."""
    found: dict[str, list[T]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name in random.sample(list(runs), len(runs)):
            value = runs[name]()
            if turn:
                found[name].append(value)
    return found


def starts(rounds: int) -> Iterator[Row]:
    """Measure the menu and a workout beside the app of one widget."""
    with home() as menu, home(motion=False) as workout:  # a moving figure is never still
        found = in_turns(
            {
                "bare": lambda: started(BARE, menu),
                "menu": lambda: started(GLUTEUS, menu, leave="q"),  # it keeps its first frame at the end
                "start": lambda: started(WORKOUT, workout, BETWEEN_SECONDS_S),
            },
            rounds,
        )
    bare = [start.settled_s for start in found["bare"]]
    yield Row("one widget settled", median(bare) * 1000, "ms")
    cpu = [start.cpu_s for start in found["bare"]]
    yield Row("menu settled", ratio([start.settled_s for start in found["menu"]], bare), "x bare", 1.3)
    yield Row("menu, first content", ratio([start.first_s for start in found["menu"]], bare), "x bare", 0.15)
    yield Row("menu, CPU until still", ratio([start.cpu_s for start in found["menu"]], cpu), "x bare")
    yield Row("menu, frames until still", median(start.frames for start in found["menu"]), "", 3)
    yield Row("menu, bytes until still", median(start.written for start in found["menu"]) / 1000, "kB", 35)
    yield Row("start NAME settled", ratio([start.settled_s for start in found["start"]], bare), "x bare", 1.6)
    yield Row("start NAME, CPU until still", ratio([start.cpu_s for start in found["start"]], cpu), "x bare")
    yield Row("start NAME, frames until still", median(start.frames for start in found["start"]), "")
    yield Row("start NAME, bytes until still", median(start.written for start in found["start"]) / 1000, "kB")


def runs(command: Sequence[str], environ: Mapping[str, str]) -> float:
    """Return the seconds of CPU that a command took; waiting for a busy machine is not counted."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(rounds: int) -> Iterator[Row]:
    """Measure the quick commands beside an empty Python."""
    with home() as environ:
        own = Path(environ["GLUTEUS_HOME"], "one.toml")
        shutil.copy(bundled_routine(), own)
        called = {name: (*GLUTEUS, *name.replace("FILE", str(own)).split()) for name in COMMANDS}
        called["pass"] = (sys.executable, "-c", "pass")
        found = in_turns({name: (lambda it=it: runs(it, environ)) for name, it in called.items()}, rounds)  # type: ignore[misc]
    yield Row("python -c pass", median(found["pass"]) * 1000, "ms CPU")
    for name, gate in COMMANDS.items():
        yield Row(name, ratio(found[name], found["pass"]), "x pass", gate)


def bundled_routine() -> Path:
    """Return the file of a bundled routine."""
    return Path(__file__).parents[1] / "routines" / "bridge-ladder.toml"


def many(rounds: int) -> Iterator[Row]:
    """Measure a thousand routines, and a thousand files to check."""
    with home() as small, home() as large:
        folder = Path(large["GLUTEUS_HOME"], "config", "routines")
        folder.mkdir()
        for number in range(MANY):
            shutil.copy(bundled_routine(), folder / f"copy-{number:04}.toml")
        files = sorted(map(str, folder.iterdir()))
        yield Row("check of 1000 files", runs((*GLUTEUS, "check", *files), small), "s CPU", 8)
        yield Row("list of 1000 routines, the first time", runs((*GLUTEUS, "list"), large), "s CPU", 1.5)
        opened = in_turns(
            {
                "small": lambda: started(GLUTEUS, small, leave="q"),
                "large": lambda: started(GLUTEUS, large, leave="q"),
                "small, changed": lambda: started_after_a_change(small),
                "large, changed": lambda: started_after_a_change(large),
            },
            rounds,
        )
        first = {name: [start.first_s for start in of_one] for name, of_one in opened.items()}
        yield Row("menu of 1000, first content", ratio(first["large"], first["small"]), "x small", 1.1)
        after = ratio(first["large, changed"], first["small, changed"])
        yield Row("menu of 1000, first content after a change", after, "x small")
        leaving = in_turns({"small": lambda: leaves(small), "large": lambda: leaves(large)}, rounds)
        yield Row("menu of 1000, q until gone", ratio(leaving["large"], leaving["small"]), "x small", 1.1)


def started_after_a_change(environ: Mapping[str, str]) -> Start:
    """Start the menu after its settings were written: it does not show the saved frame."""
    os.utime(Path(environ["GLUTEUS_HOME"], "config", "settings.toml"))
    return started(GLUTEUS, environ, leave="q")


def leaves(environ: Mapping[str, str]) -> float:
    """Return the seconds from `q` in the menu until the program has ended; they are few, so it takes several rounds."""
    with Terminal(GLUTEUS, environ) as terminal:
        terminal.until_still(0.8, 30.0)
        pressed = time.perf_counter()
        terminal.press("q")
        terminal.ended()
        return time.perf_counter() - pressed
