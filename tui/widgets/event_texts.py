"""Words for what happens in a workout that the screen, its dialogs and the lines of `--plain` share."""

from __future__ import annotations

from tui.engine.commands import Scope
from tui.engine.events import PauseReason

SCOPES = {Scope.SET: "this set", Scope.TODAY: "today", Scope.FROM_NOW_ON: "from now on"}
"""How far a swap reaches."""

_WHY_PAUSED = {PauseReason.SLEPT: "the computer slept", PauseReason.STOPPED: "the program was stopped"}


def changed(name: str, scope: Scope) -> str:
    """What is done now, by its `name`, and for how long: `Now single leg, today`."""
    return f"Now {name}, {SCOPES[scope]}"


def paused(reason: PauseReason) -> str:
    """Return a sentence that the workout is paused, and why unless the user asked for it."""
    return f"Paused: {_WHY_PAUSED[reason]}." if reason in _WHY_PAUSED else "Paused."
