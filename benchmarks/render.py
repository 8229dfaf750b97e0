"""Measure how much faster than real time a workout is written to a file, with new and with cached phrases.

    python -m benchmarks.render [ROUTINE…]

The yardstick is 50 times real time; without names the longest and the busiest of the bundled routines are taken.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

from benchmarks import GLUTEUS

YARDSTICK = 50
ROUTINES = ("wake-the-glutes", "tabata")


def render(routine: str, home: str) -> tuple[float, float]:
    """Return the seconds of sound, and the seconds it took to write them."""
    out = Path(home) / "out.wav"
    begin = time.perf_counter()
    environ = {**os.environ, "GLUTEUS_HOME": home}
    subprocess.run([*GLUTEUS, "render", routine, str(out), "--force"], env=environ, check=True, capture_output=True)
    taken_s = time.perf_counter() - begin
    with wave.open(str(out)) as file:
        return file.getnframes() / file.getframerate(), taken_s


def main() -> int:
    """Print a row for each routine and cache; return 1 if one misses the yardstick."""
    missed = False
    print(f"| routine | voice | sound | taken | times real time, at least {YARDSTICK} |\n|---|---|---:|---:|---:|")
    for routine in sys.argv[1:] or ROUTINES:
        with tempfile.TemporaryDirectory() as home:
            for voice in ("new", "cached"):
                sound_s, taken_s = render(routine, home)
                missed |= sound_s / taken_s < YARDSTICK
                print(f"| {routine} | {voice} | {sound_s:.0f} s | {taken_s:.2f} s | {sound_s / taken_s:.0f} |")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
