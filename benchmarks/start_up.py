"""How long a person waits: the version, the list and the menu's first full paint, each beside its yardstick.

    python benchmarks/start_up.py [RUNS]

All commands take turns, RUNS times (15 if left out), each in a fresh pseudo-terminal of 120 x 40 cells. The table holds
the medians. A paint counts when the words that are last on the screen have been written.
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

MENU = ("Wake the glutes", "Tabata", "Bridge ladder")
"""Words that are all on the menu's first full paint."""


def runs_of(environ: dict[str, str]) -> dict[str, Callable[[], float]]:
    """What is measured: the seconds of one run, by name."""

    def ends(*command: str) -> float:
        with Terminal(command, environ) as terminal:
            taken_s = terminal.ended()
            if terminal.process.returncode != 0:
                raise RuntimeError(f"{command} failed: {terminal.text}")
            return taken_s

    def paints(words: tuple[str, ...], *command: str) -> float:
        with Terminal(command, environ) as terminal:
            return terminal.until(*words)

    return {
        "python -c pass": lambda: ends(sys.executable, "-c", "pass"),
        "gluteus --version": lambda: ends(GLUTEUS, "--version"),
        "gluteus list": lambda: ends(GLUTEUS, "list"),
        "Textual, one widget": lambda: paints(("One widget",), sys.executable, "-c", ONE_WIDGET),
        "gluteus, the menu": lambda: paints(MENU, GLUTEUS),
    }


COMPARED = {
    "gluteus --version": ("python -c pass", 2.5),
    "gluteus list": ("python -c pass", 6.0),
    "gluteus, the menu": ("Textual, one widget", 1.3),
}
"""What each is compared with, and the ratio that it keeps below."""


def main() -> int:
    """Measure and print the table; 1 where a ratio is above its limit."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as home:
        runs = runs_of({**os.environ, "GLUTEUS_HOME": home})
        for run in runs.values():  # Once uncounted: bytecode is written, files are in memory.
            run()
        taken: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(count):
            for name, run in runs.items():
                taken[name].append(run())
    medians = {name: statistics.median(times) for name, times in taken.items()}
    print("| command | median | compared with | ratio | limit |\n|---|---:|---|---:|---:|")
    for name, median in medians.items():
        yardstick, limit = COMPARED.get(name, (None, None))
        ratio = f"{yardstick} | {median / medians[yardstick]:.2f} | {limit}" if yardstick else "| |"
        print(f"| {name} | {median * 1000:.0f} ms | {ratio} |")
    return int(any(medians[name] > medians[yardstick] * limit for name, (yardstick, limit) in COMPARED.items()))


if __name__ == "__main__":
    sys.exit(main())
