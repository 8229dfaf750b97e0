"""`gluteus list`: the routines there are, how long they take, and which of them have problems."""

from __future__ import annotations

from argparse import Namespace

from tui.cli.as_json import Json
from tui.cli.context import Context, load_context
from tui.cli.output import columns, print_json, say, seconds
from tui.plain_text import plain_text
from tui.storage.catalog import Entry, Located
from tui.timeline.build import build
from tui.timeline.model import Timeline
from tui.widgets.words import length


def list_routines(args: Namespace) -> int:
    """Print every routine, broken ones too."""
    context = load_context()
    rows = [(entry, _timeline(context, entry)) for entry in context.catalog.entries]
    if args.json:
        problems = [problem_json(problem) for problem in context.catalog.problems]
        print_json({"routines": [_entry_json(*row) for row in rows], "problems": problems})
    else:
        say(columns([_row(*row) for row in rows], right=(1,)))
    return 0


def _timeline(context: Context, entry: Entry) -> Timeline | None:
    """The workout as it would be today, or None for a broken file."""
    if entry.routine is None:
        return None
    return build(entry.routine, context.choices(), prepare_s=context.settings.workout.prepare_s)


def _row(entry: Entry, timeline: Timeline | None) -> tuple[str, ...]:
    """Name, length, title, tags, and what is special about it."""
    if entry.routine is None or timeline is None:
        count = len(entry.problems)
        return entry.id, "", f"{count} problem{'' if count == 1 else 's'}: gluteus check {entry.path}", "", ""
    return (
        entry.id,
        length(timeline),
        entry.routine.title,
        ", ".join(entry.routine.tags),
        "" if entry.bundled else "yours",
    )


def _entry_json(entry: Entry, timeline: Timeline | None) -> Json:
    routine = entry.routine
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


def problem_json(problem: Located) -> Json:
    """One problem and its place."""
    return {
        "file": plain_text(str(problem.path)),
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }
