"""Replace the exercise of a set: rests stay, what described the old exercise goes."""

from __future__ import annotations

from dataclasses import replace

from tui.routine.model import Dose, Exercise, Layer, Set, Work
from tui.routine.resolve import Plan


def in_place_of(set_: Set, plan: Plan, exercise: Exercise) -> Set:
    """Return `set_`, planned as `plan`, with `exercise` instead of its own.

    A set in seconds stays in seconds, and one in reps in reps. Reps are the exercise's own, as those of two movements
    cannot be compared. Seconds are those of the routine, but no more than the exercise's own. If the exercise has no
    dose of that kind, the planned dose stays. Words, figure, tempo and sides of the old exercise are dropped.
    """
    dose, old = plan.dose, (plan.progression and plan.progression.own.dose) or plan.exercise.own.dose
    asked = plan.asked or (dose if old is None else None)

    def layer(own: Dose | None) -> Layer:
        if isinstance(own, Work) and isinstance(asked, Work):
            return Layer(dose=min(own, asked, key=lambda work: work.seconds))
        return Layer(dose=own if type(own) is type(dose) else dose)

    doses = {each.id: layer(each.own.dose or exercise.own.dose) for each in exercise.progressions}
    here = Layer() if doses else layer(exercise.own.dose)
    own = replace(here, rest_s=set_.own.rest_s, switch_s=set_.own.switch_s)
    return Set(exercise=exercise.id, prepare_s=set_.prepare_s, own=own, by_progression=doses, path=set_.path)
