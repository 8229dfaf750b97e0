"""Reads every routine and works out how long it takes: what `gluteus list` prints when a file has changed."""

from __future__ import annotations

from tui.cli.as_json import Json
from tui.cli.check import problem_json
from tui.cli.context import Context
from tui.cli.output import seconds
from tui.plain_text import plain_text
from tui.storage.catalog import Entry
from tui.timeline.build import build


def survey(context: Context) -> Json:
    """All routines, broken ones too, as `list --json` prints them."""
    return {
        "routines": [_entry_json(context, entry) for entry in context.catalog.entries],
        "problems": [problem_json(problem) for problem in context.catalog.problems],
    }


def _entry_json(context: Context, entry: Entry) -> Json:
    """One routine; its length is that of today, at the remembered rungs."""
    routine, timeline = entry.routine, None
    if routine is not None:
        timeline = build(routine, context.choices(), prepare_s=context.settings.workout.prepare_s)
    return {
        "id": entry.id,
        "title": routine.title if routine else None,
        "summary": routine.summary if routine else None,
        "tags": list(routine.tags) if routine else [],
        "needs": list(routine.needs) if routine else [],
        "duration_s": seconds(timeline.total_s) if timeline else None,
        "estimated": timeline.estimated if timeline else False,
        "source": "bundled" if entry.bundled else "yours",
        "path": plain_text(str(entry.path)),
        "problems": [problem_json(problem) for problem in entry.problems],
    }
