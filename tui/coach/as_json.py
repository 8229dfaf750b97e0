"""Phases, cues, timelines and events as JSON: the format of `show --json`, `start --events` and hooks.

Other programs read it, so it is written out key by key: the classes inside may change.
"""

from __future__ import annotations

from typing import assert_never

from tui.coach.coach import CoachedEvent
from tui.coach.cue import Cue, CueFired
from tui.coach.cued_timeline import CuedTimeline
from tui.engine import events
from tui.engine.model import Phase
from tui.engine.timeline import Timeline

Json = dict[str, object]


def seconds(value: float) -> float:
    """Return seconds rounded to the millisecond, for JSON."""
    return round(value, 3)


def timeline_json(timeline: CuedTimeline) -> Json:
    """Convert a whole timeline. An open phase has no duration; its estimate counts in the total."""
    return {
        **_head(timeline),
        "phases": [phase_json(phase) for phase in timeline.phases],
        "cues": [cue_json(cue) for cue in timeline.cues],
    }


def _head(timeline: Timeline) -> Json:
    return {"title": timeline.title, "total_s": seconds(timeline.total_s), "estimated": timeline.estimated}


def phase_json(phase: Phase) -> Json:
    """Convert one phase. A rest has the exercise of the set before it, a prepare that of the next set."""
    progression = phase.plan.progression
    return {
        "index": phase.index,
        "kind": phase.kind.value,
        "start_s": seconds(phase.start_s),
        "duration_s": None if phase.duration_s is None else seconds(phase.duration_s),
        "exercise": phase.plan.exercise.id,
        "progression": progression.id if progression else None,
        "side": phase.side.value if phase.side else None,
        "round": phase.round,
        "rounds": phase.rounds,
        "label": phase.label,
    }


def cue_json(cue: Cue) -> Json:
    """Convert one cue: a sound's name or a phrase, at its second to the microsecond, as in a rendered file."""
    return {"at_s": round(cue.at_s, 6), "sound": cue.sound.value if cue.sound else None, "say": cue.say}


def script_json(timeline: CuedTimeline) -> list[Json]:
    """Convert all phrases: purpose, planned words, and the seconds that each needs and has."""
    return [
        {
            "at_s": round(cue.at_s, 6),
            "say": phrase.say,
            "planned": phrase.planned,
            "for": [part.value for part in phrase.topics],
            "needs_s": seconds(phrase.needs_s),
            "has_s": seconds(phrase.has_s),
            "shortened": phrase.shortened,
            "phase": cue.phase,
        }
        for cue in timeline.cues
        if (phrase := cue.phrase) is not None
    ]


def event_json(event: CoachedEvent, timeline: Timeline) -> Json:
    """Convert one event of the workout `timeline`: name, workout second and details."""
    return {"event": event_name(type(event)), "at_s": seconds(event.at_s), **_details(event, timeline)}


def event_name(kind: type[CoachedEvent]) -> str:
    """Format the name of an event in JSON: `PhaseStarted` is `phase-started`, `HurtNoted` is `hurt`."""
    name = kind.__name__.removesuffix("Fired").removesuffix("Noted")
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).removeprefix("-")


def _details(event: CoachedEvent, timeline: Timeline) -> Json:
    match event:
        case events.Started():
            return _head(timeline)
        case events.PhaseStarted(phase=phase) | events.HurtNoted(phase=phase):
            return {"phase": phase_json(phase)}
        case events.PhaseEnded(phase=phase, ending=ending, elapsed_s=elapsed_s):
            return {"phase": phase_json(phase), "ending": ending.value, "elapsed_s": seconds(elapsed_s)}
        case CueFired(cue=cue):
            return {"sound": cue.sound.value if cue.sound else None, "say": cue.say}
        case events.Paused(reason=reason):
            return {"reason": reason.value}
        case events.Extended(by_s=by_s):
            return {"by_s": seconds(by_s)}
        case events.Swapped(exercise=exercise, progression=progression, scope=scope, instead=instead):
            return {"exercise": exercise, "progression": progression, "scope": scope.value, "instead": instead}
        case events.SwapUndone(exercise=exercise, progression=progression):
            return {"exercise": exercise, "progression": progression}

        case events.RepsCounted(phase=phase, reps=reps):
            return {"phase": phase_json(phase), "reps": reps}
        case events.LeftOut(exercise=exercise):
            return {"exercise": exercise}
        case events.Revised(total_s=total_s, estimated=estimated):
            return {"total_s": seconds(total_s), "estimated": estimated}
        case events.CommandGiven() | events.Overran() | events.Resumed() | events.Finished() | events.Stopped():
            return {}
        case _:
            assert_never(event)
