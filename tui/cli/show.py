"""`gluteus show`: a workout phase by phase, before it starts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from types import SimpleNamespace

from tui.cli.context import chosen, load_user
from tui.cli.output import columns, print_json, say
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.engine.model import Kind, Phase
from tui.routine.durations import clock
from tui.routine.resolve import Explain
from tui.widgets.lengths import length

HEADINGS = ("at", "needs", "has", "said")


def show(args: SimpleNamespace) -> int:
    """Print the timeline of a routine, or its script, as a table or as JSON."""
    user = load_user()
    routine, choices = chosen(user, args)
    coaching = user.coaching._replace(usual=Explain.NOTHING, known=(), past=None) if args.known else user.coaching
    timeline = cued_timeline(routine, choices, coaching)
    is_heard = coaching.waits and not routine.quiet
    if is_heard:
        timeline = CuedTimeline(timeline.title, timeline.phases, cues=tuple(filter(user.settings.wants, timeline.cues)))
    if args.json:
        from tui.coach.as_json import script_json, timeline_json

        print_json(script_json(timeline) if args.script else timeline_json(timeline))
        return 0
    say(f"{timeline.title}, {length(timeline.total_s, timeline.estimated)}")
    if routine.summary:
        say(routine.summary)
    if args.script and not is_heard:
        say("There is no voice, or it is off or muted: these words are shown, and no time is planned for them.")
    say()
    if args.script:
        say(columns([HEADINGS, *_script_rows(timeline)], right=(0, 1, 2)))
    else:
        say(columns([_row(phase) for phase in timeline.phases], right=(0, 1)))
    return 0


def _script_rows(timeline: CuedTimeline) -> Iterator[tuple[str, ...]]:
    """Yield each phase with the phrases in it; words without time are in brackets."""
    cues = groupby((cue for cue in timeline.cues if cue.phrase), key=lambda cue: cue.phase)
    said = {index: list(phrases) for index, phrases in cues}
    for phase in timeline.phases:
        yield "", "", "", f"{phase.label}, {clock(phase.length_s)}"
        for cue in said.get(phase.index, ()):
            if (phrase := cue.phrase) is not None:
                lost = f"  (shortened: {phrase.planned})" if phrase.shortened else ""
                yield _at(cue.at_s), f"{phrase.needs_s:.1f}", f"{phrase.has_s:.1f}", f"  {phrase.say}{lost}"


def _at(seconds: float) -> str:
    """Return a workout second to the tenth: `1:02.8`."""
    minutes, rest = divmod(round(seconds, 1), 60)
    return f"{minutes:.0f}:{rest:04.1f}"


def _row(phase: Phase) -> tuple[str, ...]:
    place = ""
    if phase.kind is Kind.WORK:
        place = f"set {phase.number}"
        if phase.rounds != 1:
            place += f", round {phase.round}" + (f" of {phase.rounds}" if phase.rounds else "")
    lasts = f"{'≈ ' if phase.duration_s is None else ''}{clock(phase.length_s)}"
    return clock(phase.start_s), lasts, phase.label, place
