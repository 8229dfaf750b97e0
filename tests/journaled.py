"""Workouts that are written into the journal, and its lines."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.workouts import block, layer, routine
from tui.engine.commands import (
    Start,
)
from tui.engine.events import Event
from tui.engine.model import Choices
from tui.engine.session import Session
from tui.files.places import find_places
from tui.history.journal import Journal
from tui.routine.model import Routine, Sides

NOON = datetime(2025, 3, 31, 12, 0, 0).astimezone()

PLAN = routine(
    block("reverse-bridge", "hops", rounds=1, own=layer(rest=10, sides=Sides.EACH)), block("stretch"), prepare=5
)


class Wall:
    """The wall clock of a test."""

    def __init__(self) -> None:
        self.now = NOON.timestamp()

    def __call__(self) -> float:
        return self.now


def records(path: Path | None = None) -> list[dict[str, Any]]:
    paths = [path] if path else sorted(find_places().history.iterdir())
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def perform(
    *steps: Callable[[Session], tuple[Event, ...]],
    plan: Routine = PLAN,
    journal: Journal | None = None,
    choices: Choices | None = None,
) -> Journal:
    journal = journal or Journal(find_places(), Wall())
    session = Session(plan, choices)
    journal.begin(session)
    for step in (lambda s: s.give(Start(), 0), *steps):
        for event in step(session):
            journal.write(event)
    return journal
