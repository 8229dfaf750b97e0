"""A set with another exercise in its place: its place and its rests stay, what was said of the old exercise goes."""

from __future__ import annotations

from dataclasses import replace

from tui.routine.model import Dose, Exercise, Layer, Set, Work
from tui.routine.resolve import Plan


def in_place_of(set_: Set, plan: Plan, exercise: Exercise) -> Set:
    """`set_`, which is planned as `plan`, with `exercise` in its place.

    It stays for seconds, or for repetitions. Repetitions are those that the exercise has of its own, since those of two
    movements are not alike. Seconds are those that the routine asks for, but no more than the exercise has of its own.
    Where that has none of the kind, the planned dose holds. Words, figure, tempo and sides belonged to the old one.
    """
    dose, old = plan.dose, (plan.progression and plan.progression.own.dose) or plan.exercise.own.dose
    asked = set_.own.dose or (dose if old is None else None)

    def layer(own: Dose | None) -> Layer:
        if isinstance(own, Work) and isinstance(asked, Work):
            return Layer(dose=min(own, asked, key=lambda work: work.seconds))
        return Layer(dose=None if type(own) is type(dose) else dose)

    doses = {each.id: layer(each.own.dose or exercise.own.dose) for each in exercise.progressions}
    here = Layer() if doses else layer(exercise.own.dose)
    own = replace(here, rest_s=set_.own.rest_s, switch_s=set_.own.switch_s)
    return Set(exercise=exercise.id, prepare_s=set_.prepare_s, own=own, by_progression=doses, path=set_.path)
