"""The commands that another program can give to a running workout, by their names: `gluteus send`."""

from __future__ import annotations

from collections.abc import Mapping

REMOTE: Mapping[str, str] = {
    "toggle": "pause, or resume",
    "pause": "pause",
    "resume": "resume",
    "next": "skip to the next phase",
    "back": "restart this phase; in its first 3 s, the previous set",
    "done": "finish an open-ended set",
    "longer": "make this phase ten seconds longer",
    "shorter": "make this phase ten seconds shorter",
    "easier": "take the easier progression, for today",
    "harder": "take the harder progression, for today",
    "undo": "undo the last swap",
    "stop": "leave the workout",
}
"""Each name with its meaning. A small module, as the table of the command line imports it."""
