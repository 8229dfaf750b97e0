"""`gluteus show`: a workout phase by phase, before it is begun."""

from __future__ import annotations

from argparse import Namespace

from tui.cli.as_json import timeline_json
from tui.cli.context import chosen, load_context
from tui.cli.output import columns, print_json, say
from tui.routine.durations import clock
from tui.timeline.build import build
from tui.timeline.model import Kind, Phase
from tui.widgets.words import length


def show(args: Namespace) -> int:
    """Print the timeline of a routine, as a table or as JSON."""
    context = load_context()
    routine, choices = chosen(context, args)
    timeline = build(routine, choices, prepare_s=context.settings.workout.prepare_s)
    if args.json:
        print_json(timeline_json(timeline))
    else:
        say(f"{timeline.title}, {length(timeline.total_s, timeline.estimated)}")
        if routine.summary:
            say(routine.summary)
        say()
        say(columns([_row(phase) for phase in timeline.phases], right=(0, 1)))
    return 0


def _row(phase: Phase) -> tuple[str, ...]:
    where = ""
    if phase.kind is Kind.WORK:
        where = f"set {phase.number}"
        if phase.rounds != 1:
            where += f", round {phase.round}" + (f" of {phase.rounds}" if phase.rounds else "")
    lasts = f"{'≈ ' if phase.duration_s is None else ''}{clock(phase.length_s)}"
    return clock(phase.start_s), lasts, phase.label, where
