"""The day from which on the history is asked for: a date, a month, a year, or so many days or weeks back."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tui.cli.output import Misuse

_BACK = re.compile(r"([0-9]{1,4})([dw])")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def since_day(text: str, today: date) -> date:
    """The first day that counts: of `30d` the day thirty days ago, of `2025-03` the first of March. Raises Misuse."""
    if match := _BACK.fullmatch(text):
        return today - timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
    if match := _DATE.fullmatch(text):
        year, month, day = (int(part or 1) for part in match.groups())
        try:
            return date(year, month, day)
        except ValueError:
            pass
    raise Misuse(f"--since takes a day (2025-03-15), a month (2025-03), a year or a time back (30d, 8w), not {text!r}.")
