"""Measure twenty years of daily workouts: reading them, the menu's digest, and opening the history screen.

    python -m benchmarks.history

It writes a journal of about 300 000 lines, one month in each file. The yardstick is reading every line as JSON and
nothing else. The exit code is 1 if a ratio exceeds its limit. The screen is opened in a real terminal.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.terminal import Terminal
from tui.files.places import Places
from tui.history.reading import read_digest, read_history

DAYS, LINES_EACH = 7300, 41
FIRST = datetime(2006, 1, 1, 9).astimezone()

LIMITS = {"the menu's digest": 0.05, "every session": 1.0}
"""The limit of each, as a part of the time that reading all lines takes."""


def make(history: Path) -> None:
    """Write twenty years of one workout a day, ten sets on two sides each."""
    history.mkdir(parents=True)
    for day in range(DAYS):
        at = FIRST + timedelta(days=day)
        head = {"v": 1, "session": f"{at:%Y%m%dT%H%M%S}-{day:08x}", "at": at.isoformat()}
        lines: list[dict[str, object]] = [{**head, "n": 0, "type": "begin", "routine": "daily", "title": "Daily"}]
        for index in range(LINES_EACH - 2):
            phase = {"n": index + 1, "type": "phase", "at_s": index * 20, "kind": "rest" if index % 2 else "work"}
            what = {"exercise": "bridge", "name": "Bridge", "progression": "two", "progression_name": "Two legs"}
            place = {"slot": [0, index // 4, 0], "number": index // 4 + 1, "side": "right" if index % 4 else "left"}
            done = {"ending": "finished", "performed_s": 20.0, "planned_s": 20.0, "index": index}
            lines.append({**head, **phase, **what, **place, **done})
        lines.append({**head, "n": LINES_EACH - 1, "type": "end", "at_s": 800, "how": "finished"})
        with (history / f"{at:%Y-%m}.jsonl").open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)


def read_lines(history: Path) -> int:
    """Read every line as JSON, which is the yardstick, and return how many there are."""
    return sum(1 for path in history.iterdir() for line in path.read_text().splitlines() if json.loads(line))


def seconds(run: Callable[[], object], rounds: int = 5) -> float:
    """Return the median seconds of this many rounds."""
    taken = []
    for _ in range(rounds):
        begun = perf_counter()
        run()
        taken.append(perf_counter() - begun)
    return median(taken)


def opens(home: str) -> tuple[float, float]:
    """Return the seconds from the key to the newest workouts on the screen, and to the totals of all."""
    gluteus = str(Path(sys.executable).with_name("gluteus"))
    with Terminal((gluteus,), {**os.environ, "GLUTEUS_HOME": home}) as terminal:
        terminal.until("Bridge ladder", "help")
        while terminal.read(1.0):
            pass
        terminal.output = b""
        begun = perf_counter()
        terminal.press("h")
        terminal.until("10 sets", timeout_s=60.0)
        first_s = perf_counter() - begun
        terminal.until("workouts,", timeout_s=120.0)
        return first_s, perf_counter() - begun


def main() -> int:
    """Measure and print the table; return 1 if a ratio is above its limit."""
    with tempfile.TemporaryDirectory() as home:
        places = Places(Path(home, "config"), Path(home, "state"), Path(home, "data"))
        make(places.history)
        yardstick = seconds(lambda: read_lines(places.history), 3)
        opened = {"the first time": [opens(home)]}
        shutil.rmtree(places.months)
        taken = {
            "every session, the first time": seconds(lambda: read_history(places), 1),
            "every session": seconds(lambda: read_history(places)),
            "the menu's digest": seconds(lambda: read_digest(places)),
        }
        opened["later"] = [opens(home) for _ in range(3)]
    for when, shown in opened.items():
        for what, place in (("the newest workouts", 0), ("the totals", 1)):
            taken[f"history screen, {when}, from the key to {what}"] = median(each[place] for each in shown)
    print(f"| {DAYS * LINES_EACH} lines | seconds | of reading them as JSON | limit |\n|---|---:|---:|---:|")
    print(f"| read as JSON | {yardstick:.2f} | | |")
    for name, taken_s in taken.items():
        print(f"| {name} | {taken_s:.3f} | {taken_s / yardstick:.3f} | {LIMITS.get(name, '')} |")
    return int(any(taken[name] / yardstick > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
