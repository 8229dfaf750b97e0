"""Measure an edit in the longest possible workout against the same edit in a short one.

    python -m benchmarks.edits

In a routine of nearly 10 000 phases and in one of 40, a phase is skipped, extended and restarted, and its progression
is swapped; after each edit the cues of the next ten minutes are planned, as they are for the player. The figures are
medians of milliseconds, and the ratio of the two: an edit must not depend on the phases hours later. The length
and the strip of the whole workout, which a screen then shows, are measured separately. Only a swap lays out all later
phases, when it is shown. The exit code is 1 if an edit's ratio exceeds MOST.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

from tui.coach.coach import Coach
from tui.engine.coaching import Coaching
from tui.engine.commands import Back, Extend, Jump, Next, Scope, Start, Swap
from tui.engine.session import Session
from tui.routine.model import Block, Exercise, Layer, Mode, Progression, Routine, Set, Sides, Work
from tui.widgets.to_scale import kinds

ROUNDS = 21
MOST = 3.0
HORIZON_S = 600.0
WIDTH = 118
SHOWN = "shown"

LADDER = Exercise(
    id="ladder",
    name="Ladder",
    own=Layer(dose=Work(40.0), rest_s=20.0, steps=("Lie down.", "Lift."), caution="Slowly."),
    progressions=(
        Progression(id="two", name="Two legs"),
        Progression(id="one", name="Single leg", own=Layer(sides=Sides.EACH)),
    ),
)


def routine(rounds: int) -> Routine:
    """Return fifty sets in a circuit of this many rounds, or twenty for one round: two phases to a set."""
    sets = tuple(Set(exercise="ladder") for _ in range(50 if rounds > 1 else 20))
    blocks = (Block(sets=sets, mode=Mode.CIRCUIT, rounds=rounds),)
    return Routine(id="edits", title="Edits", blocks=blocks, exercises={"ladder": LADDER})


def edits(coach: Coach) -> dict[str, Callable[[float], object]]:
    """Return each edit, as a function that is called at a second."""

    def swap(now: float) -> object:
        target = coach.session.swap_target
        assert target is not None and target.plan.progression is not None
        other = "one" if target.plan.progression.id == "two" else "two"
        return coach.give(Swap(target.slot, "ladder", other, Scope.SET), now)

    return {
        "skip": lambda now: coach.give(Next(), now),
        "extend": lambda now: coach.give(Extend(10.0), now),
        "back": lambda now: coach.give(Back(), now),
        "swap": swap,
    }


def measured(rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each edit with its cues, and of the length and the strip after it."""
    session = Session(routine(rounds), None, Coaching(words_a_minute=165.0, waits=True))
    coach = Coach(session)
    coach.give(Start(), 0.0)
    now, took = 1.0, dict[str, list[float]]()
    for _ in range(ROUNDS if rounds > 1 else ROUNDS * 4):
        for name, edit in edits(coach).items():
            begun = perf_counter()
            edit(now)
            coach.cues_from(session.elapsed_s(now), session.elapsed_s(now) + HORIZON_S)
            edited = perf_counter()
            session.position(now)
            kinds(session.timeline, WIDTH)
            took.setdefault(name, []).append(edited - begun)
            took.setdefault(f"{name}, {SHOWN}", []).append(perf_counter() - edited)
            now += 0.5
        coach.give(Jump(session.timeline.sets[0].slot), now)
    return {name: 1000 * median(times) for name, times in took.items()}


def main() -> int:
    """Measure and print."""
    long, short = measured(99), measured(1)
    print(f"{'':18}{'9 900 phases':>14}{'40 phases':>12}{'ratio':>8}")
    for name, ms in long.items():
        print(f"{name:18}{ms:11.2f} ms{short[name]:9.2f} ms{ms / short[name]:8.1f}")
    slow = [name for name in long if SHOWN not in name and long[name] / short[name] > MOST]
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
