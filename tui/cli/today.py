"""`--without`, `--standing`, `--quiet` and `--for`: a workout for today's kit and time."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.context import chosen
from tui.cli.output import Misuse, Trouble
from tui.coach.cued_timeline import spoken_planner
from tui.engine.model import Choices
from tui.routine.model import Routine
from tui.routine.problems import did_you_mean, listed, quoted
from tui.today.adapt import Adapted, adapt, needed_things
from tui.today.conditions import EVERYTHING, Conditions
from tui.user_data import UserData
from tui.widgets.lengths import length

if TYPE_CHECKING:
    from tui.library.fits import Fit


class ChosenWorkout(NamedTuple):
    """The chosen routine, its progressions, the conditions, lines to print, and the routine adapted to these."""

    routine: Routine
    choices: Choices
    conditions: Conditions
    lines: tuple[str, ...]
    adapted: Adapted


def conditions_of(args: SimpleNamespace) -> Conditions:
    """Return the conditions that the arguments give."""
    without = frozenset(" ".join(thing.split()).casefold() for thing in args.without)
    return Conditions(without, args.standing, args.quiet, args.time)


def unknown_things(conditions: Conditions, user: UserData) -> tuple[str, ...]:
    """Return a line for each thing that no routine needs, as it is probably misspelt."""
    known = needed_things(user.library.routines) if conditions.without else ()
    return tuple(
        f"--without: no routine needs {quoted(thing)}{did_you_mean(thing, known)}. Some need: {listed(known)}."
        for thing in sorted(conditions.without.difference(known))
    )


def fitting_routines(user: UserData, conditions: Conditions) -> tuple[Fit, ...]:
    """List every routine that can be done, at the remembered progressions and grown doses."""
    from tui.library.fits import fits

    return tuple(fits(user.catalog, user.choices, conditions, user.coaching))


def choose_workout(user: UserData, args: SimpleNamespace) -> ChosenWorkout:
    """Return the named routine, or the best one, adapted to today. Raises Trouble if none can be done, or Misuse."""
    conditions = conditions_of(args)
    lines = unknown_things(conditions, user)
    if args.routine is None:
        if args.progression:
            raise Misuse("--progression needs the name of a routine.\nAll routines: gluteus list")
        args.routine, why = pick_routine(user, conditions)
        lines = (*lines, why)
    routine, choices = chosen(user, args)
    planner_of = partial(spoken_planner, coaching=user.coaching)
    adapted = adapt(routine, user.library.exercises, choices, conditions, planner_of)
    if adapted.routine is None:
        why = "\n".join(adapted.notes[-1:])
        raise Trouble(f"{routine.title} cannot be done today ({conditions.words}).\n{why}")
    return ChosenWorkout(routine, choices, conditions, lines, adapted)


def pick_routine(user: UserData, conditions: Conditions) -> tuple[str, str]:
    """Return the id of today's pick, and a line with its title and reason. Raises Trouble if there is none."""
    from tui.history.recent import read_recent  # not needed if a workout is named

    now = user.clocks.now()
    fits = None if conditions == EVERYTHING else fitting_routines(user, conditions)
    picked = user.pick(read_recent(user.places, now), now, fits, conditions.for_s)
    limits = f" ({conditions.words})" if conditions.words else ""
    if picked is None:
        why = "no routine can be done today" if fits == () else "every routine that can be done is too much for today"
        raise Trouble(f"{why}{limits}.\nAll routines: gluteus list")
    card = next(card for card in ([fit.card for fit in fits] if fits else user.cards) if card.id == picked.id)
    return picked.id, f"{card.title}, {length(card.total_s, card.estimated)}: {picked.why}{limits}."
