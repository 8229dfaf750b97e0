"""How long a person waits: the version, the list and the menu's first full paint, each beside its yardstick.

    python benchmarks/start_up.py [RUNS]

All commands take turns, RUNS times (15 if left out), each in a fresh pseudo-terminal of 120 x 40 cells. The table holds
the medians; a ratio is the median of the rounds' own, so that a machine that is busy for a while spoils none. A paint
counts when words from every part of the screen have been written. The first time, and after a file has changed, every
routine is read: that stands in rows of its own.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from terminal import Terminal

GLUTEUS = str(Path(sys.executable).with_name("gluteus"))

ONE_WIDGET = """
from textual.app import App
from textual.widgets import Static
class One(App):
    def compose(self):
        yield Static("One widget")
One().run()
"""

MENU = ("Wake the glutes", "Bridge ladder", "of work in", "help")
"""Words from every part of the menu: its list, its preview, its foot."""

Run = Callable[[], float]

COMPARED = {
    "gluteus --version": ("python -c pass", 2.5),
    "gluteus list": ("python -c pass", 6.0),
    "gluteus, the menu": ("Textual, one widget", 1.3),
}
"""What each is compared with, and the ratio that it keeps below."""


def ends(environ: dict[str, str], *command: str) -> float:
    """The seconds until a command has ended."""
    with Terminal(command, environ) as terminal:
        taken_s = terminal.ended()
        if terminal.process.returncode != 0:
            raise RuntimeError(f"{command} failed: {terminal.text}")
        return taken_s


def paints(environ: dict[str, str], words: tuple[str, ...], *command: str) -> float:
    """The seconds until a program has written these words."""
    with Terminal(command, environ) as terminal:
        return terminal.until(*words)


def first(run: Callable[[dict[str, str]], float]) -> float:
    """The seconds of a run in a home where nothing has been kept yet."""
    with tempfile.TemporaryDirectory() as home:
        return run({**os.environ, "GLUTEUS_HOME": home})


def runs_of(environ: dict[str, str]) -> dict[str, Run]:
    """What is measured, by name."""
    return {
        "python -c pass": lambda: ends(environ, sys.executable, "-c", "pass"),
        "gluteus --version": lambda: ends(environ, GLUTEUS, "--version"),
        "gluteus list": lambda: ends(environ, GLUTEUS, "list"),
        "gluteus list, the first time": lambda: first(lambda new: ends(new, GLUTEUS, "list")),
        "Textual, one widget": lambda: paints(environ, ("One widget",), sys.executable, "-c", ONE_WIDGET),
        "gluteus, the menu": lambda: paints(environ, MENU, GLUTEUS),
        "gluteus, the menu, the first time": lambda: first(lambda new: paints(new, MENU, GLUTEUS)),
    }


def in_turns(runs: dict[str, Run], rounds: int) -> dict[str, list[float]]:
    """The seconds of each run, by name; one round before is not counted: bytecode is written, files are in memory."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name, run in runs.items():
            seconds = run()
            if turn:
                taken[name].append(seconds)
    return taken


def main() -> int:
    """Measure and print the table; 1 where a ratio is above its limit."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as home:
        taken = in_turns(runs_of({**os.environ, "GLUTEUS_HOME": home}), rounds)
    too_slow = False
    print("| command | median | compared with | ratio | limit |\n|---|---:|---|---:|---:|")
    for name, times in taken.items():
        print(f"| {name} | {statistics.median(times) * 1000:.0f} ms |", end="")
        if name in COMPARED:
            yardstick, limit = COMPARED[name]
            ratio = statistics.median(mine / other for mine, other in zip(times, taken[yardstick], strict=True))
            too_slow |= ratio > limit
            print(f" {yardstick} | {ratio:.2f} | {limit} |")
        else:
            print(" | | |")
    return int(too_slow)


if __name__ == "__main__":
    sys.exit(main())
