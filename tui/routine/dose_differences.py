"""Doses of a routine that differ much from those of the ladders: warnings of `check`, and lines of the preview."""

from __future__ import annotations

from collections.abc import Iterator

from tui.routine.doses import amount
from tui.routine.model import Block, Dose, Progression, Routine, Set, Work
from tui.routine.movement import Tempo
from tui.routine.problems import Problem
from tui.routine.resolve import asked_dose, resolve


def warnings(routine: Routine) -> list[Problem]:
    """Return a warning for each set whose dose differs from a progression's own by more than half.

    A progression with a dose in the set's `progressions` is intended to differ.
    """
    problems = []
    for block in routine.blocks:
        for set_ in block.sets:
            if facts := list(_facts(routine, block, set_)):
                words = "; ".join(fact for _, fact in facts)
                message = f"{words}. Not meant? Write progressions.{facts[0][0]} in the set"
                problems.append(Problem(set_.path, message, is_warning=True))
    return problems


def difference(routine: Routine, block: Block, set_: Set) -> str:
    """Describe how the doses of a set differ from those of its ladder, for the preview; empty if none differs much."""
    return "; ".join(fact for _, fact in _facts(routine, block, set_))


def _facts(routine: Routine, block: Block, set_: Set) -> Iterator[tuple[str, str]]:
    """Yield the key of each such dose, and both doses: `single leg: 40 s a side here, its ladder says 20 s`."""
    for progression, own in far_from(routine, block, set_):
        plan = resolve(routine, block, set_, progression)
        key = "work" if isinstance(plan.dose, Work) else "reps"
        asked, ladder_dose = amount(plan.dose) + (" a side" if plan.sides.are_two else ""), amount(own)
        if isinstance(plan.dose, Work) and not isinstance(own, Work) and plan.tempo:
            ladder_dose += f" of {plan.tempo.rep_s:g} s"
        yield f"{progression.id}.{key}", f"{progression.name_within}: {asked} here, its ladder says {ladder_dose}"


def far_from(routine: Routine, block: Block, set_: Set) -> Iterator[tuple[Progression, Dose]]:
    """Yield each progression whose own dose the set differs from by more than half, and that dose.

    If the set names a progression, only that one is compared.
    """
    asked = asked_dose(routine, block, set_)
    if asked is None:
        return
    for progression in routine.exercises[set_.exercise].progressions:
        meant, own = set_.by_progression.get(progression.id), progression.own.dose
        if set_.progression not in (None, progression.id) or (meant is not None and meant.dose is not None):
            continue
        if own is not None and _is_far(asked, own, resolve(routine, block, set_, progression).tempo):
            yield progression, own


def _is_far(asked: Dose, own: Dose, tempo: Tempo | None) -> bool:
    """Check whether `asked` differs from `own` by more than half of it.

    Reps and a time can be compared only if the reps have a tempo. Then only a longer time is far: short intervals are
    usual for exercises whose ladders are in reps.
    """
    is_one_kind = isinstance(asked, Work) == isinstance(own, Work)
    rep_s = 1.0 if is_one_kind else tempo.rep_s if tempo else None
    asked_size, own_size = _size(asked, rep_s), _size(own, rep_s)
    if asked_size is None or own_size is None:
        return False
    return asked_size > own_size * 1.5 or (is_one_kind and asked_size < own_size / 2)


def _size(dose: Dose, rep_s: float | None) -> float | None:
    """Return the seconds of a time, or those of all reps, each of `rep_s`; None if unknown."""
    if isinstance(dose, Work):
        return dose.seconds
    return None if dose.high is None or rep_s is None else dose.high * rep_s
