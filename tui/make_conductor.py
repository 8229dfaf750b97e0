"""Makes the conductor of a workout, new or resumed, with its sound and its journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui.audio.make_player import make_player
from tui.audio.player import Player
from tui.coach.coach import Coach, coach_of
from tui.conductor import Conductor
from tui.engine.alternatives import with_alternatives
from tui.engine.events import PhaseEnded
from tui.engine.model import Choices
from tui.history.journal import Journal, MadeOf
from tui.routine.model import Routine
from tui.user_data import UserData

if TYPE_CHECKING:
    from tui.history.interrupted import Interrupted


def new_conductor(
    user: UserData, routine: Routine, choices: Choices, *, ring: Callable[[], None], player: Player | None,
    rate: float = 1.0, made_of: MadeOf | None = None,
) -> Conductor:  # fmt: skip
    """Return the conductor of a new workout, whose source is `made_of`. A faster rehearsal has no journal.

    `ring` rings the terminal's bell; without a `player` one is made for this machine.
    """
    user.mute_for(routine.quiet, "routine")
    coach = coach_of(with_alternatives(routine, user.catalog.exercises), choices, user.coaching, rate=rate)
    journal = Journal(user.places, user.clocks.wall, made_of) if rate == 1 else None
    return _conductor(user, coach, journal, ring, player)


def resumed_conductor(
    user: UserData, interrupted: Interrupted, *, ring: Callable[[], None], player: Player | None
) -> Conductor:
    """Return the conductor of an interrupted workout, which is paused."""
    user.mute_for(interrupted.session.routine.quiet, "routine")
    journal = interrupted.journal(user.places, user.clocks.wall)
    return _conductor(user, interrupted.coach, journal, ring, player, interrupted.ended)


def _conductor(
    user: UserData, coach: Coach, journal: Journal | None, ring: Callable[[], None], player: Player | None,
    ended: Iterable[PhaseEnded] = (),
) -> Conductor:  # fmt: skip
    return Conductor(
        coach, player=player or make_player(user.settings, user.places, ring), journal=journal, settings=user.settings,
        remember=user.remember, clocks=user.clocks, ended=ended,
    )  # fmt: skip
