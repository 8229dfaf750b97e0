"""Texts about events of a workout, shared by the screen, its dialogs and `--plain`."""

from __future__ import annotations

from tui.engine.commands import Scope

SCOPES = {Scope.SET: "this set", Scope.TODAY: "today", Scope.FROM_NOW_ON: "from now on"}
"""How far a swap reaches."""


def changed(name: str, scope: Scope) -> str:
    """Return the change as words, with its scope: `Now single leg, today`."""
    return f"Now {name}, {SCOPES[scope]}"
