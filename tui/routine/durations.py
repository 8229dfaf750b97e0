"""Read and format durations. All values are seconds."""

from __future__ import annotations

import math
import re

_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,3})? ?"
UNITS_PATTERN = rf"(?:{_NUMBER}h(?: (?=[0-9]))?)?(?:{_NUMBER}m(?:in)?(?: (?=[0-9]))?)?(?:{_NUMBER}s)?"
"""Matches `1h`, `1m30s`, `1 min 30 s`, `2.5s`, and also the empty string, which is not a duration."""

CLOCK_PATTERN = r"[0-9]{1,6}:[0-5][0-9](?::[0-5][0-9])?"
"""Matches `1:30` (minutes and seconds) and `1:02:05` (hours, minutes and seconds)."""

HOW_TO_WRITE = 'write seconds, or "45s", "1m30s", "1 min 30 s", "1:30"'
"""The accepted forms, as the end of a message."""

_UNIT_S = {"h": 3600, "m": 60, "s": 1}


def parse_duration(value: object) -> float:
    """Read the seconds of a number, or of a string such as `45s`, `1m30s`, `1 min 30 s`, `1:30`.

    Raises ValueError with the accepted forms if `value` is not a duration.
    """
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:  # rejects NaN too
        return float(value)
    text = value if isinstance(value, str) else ""
    if text and re.fullmatch(UNITS_PATTERN, text):
        return math.fsum(float(number) * _UNIT_S[unit] for number, unit in re.findall(r"([0-9.]+) ?([hms])", text))
    if re.fullmatch(CLOCK_PATTERN, text):
        seconds = 0
        for part in text.split(":"):
            seconds = seconds * 60 + int(part)
        return float(seconds)
    raise ValueError(HOW_TO_WRITE)


def clock(seconds: float) -> str:
    """Format seconds as on a clock, rounded up to a whole second: `0:45`, `12:05`, `1:02:05`."""
    hours, minutes, rest = _parts(seconds)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def spoken(seconds: float) -> str:
    """Format seconds with units, rounded up to a whole second: `45 s`, `4 min`, `1 min 30 s`, `1 h 5 min`."""
    named = zip(_parts(seconds), ("h", "min", "s"), strict=True)
    return " ".join(f"{number} {unit}" for number, unit in named if number) or "0 s"


def _parts(seconds: float) -> tuple[int, int, int]:
    """Return hours, minutes and seconds, rounded up, but ignore a millionth of a second."""
    minutes, rest = divmod(max(0, math.ceil(seconds - 1e-6)), 60)
    return *divmod(minutes, 60), rest
