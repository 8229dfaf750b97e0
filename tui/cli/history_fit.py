"""`gluteus history --fit`: a FIT file for each session, for Strava, Garmin, intervals.icu and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tui.cli.output import Trouble, say
from tui.files.atomic import StorageProblem, write_atomic
from tui.history.as_fit import NoFit, session_fit
from tui.history.past_sessions import PastSession
from tui.plain_text import plain_text

_UNSAFE = re.compile(r"[^a-z0-9]+")


def write_fit(sessions: Iterable[PastSession], folder: Path) -> int:
    """Write them into `folder`; the same session has the same name each time. The exit code."""
    written = 0
    try:
        for past in sessions:
            write_atomic(folder / file_name(past), session_fit(past))
            written += 1
    except (NoFit, StorageProblem) as problem:
        raise Trouble(str(problem)) from None
    say(f"Wrote {written} file{'' if written == 1 else 's'} to {plain_text(str(folder))}.")
    return 0


def file_name(past: PastSession) -> str:
    """When the session was begun, and its routine: `2025-03-15-120000-tabata.fit`."""
    routine = _UNSAFE.sub("-", past.routine.casefold()).strip("-")[:60] or "workout"
    return f"{past.started_at:%Y-%m-%d-%H%M%S}-{routine}.fit"
