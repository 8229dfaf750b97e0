"""A workout with its sound and its journal, either new or resumed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tui.audio.make_player import make_player
from tui.audio.player import Player
from tui.coach.coach import coach_of
from tui.conductor import Conductor
from tui.engine.alternatives import with_alternatives
from tui.engine.model import Choices
from tui.engine.timeline import Timeline
from tui.history.journal import Journal, MadeOf
from tui.routine.model import Routine
from tui.user_data import UserData

if TYPE_CHECKING:
    from tui.history.interrupted import Interrupted


class Performance(NamedTuple):
    """A workout with its sound and its journal; a rehearsal has no journal."""

    conductor: Conductor
    player: Player
    journal: Journal | None

    @property
    def recorded(self) -> Timeline | None:
        """The workout's timeline, if it is recorded."""
        return self.conductor.timeline if self.journal else None


def new_performance(
    user: UserData, routine: Routine, choices: Choices, *, ring: Callable[[], None], player: Player | None,
    rate: float = 1.0, made_of: MadeOf | None = None,
) -> Performance:  # fmt: skip
    """Return a new performance of `routine`, whose source is `made_of`. A faster rehearsal is not recorded.

    `ring` rings the terminal's bell; without a `player` one is made for this machine.
    """
    user.mute_for(routine.quiet, "routine")
    player = player or make_player(user.settings, user.places, ring)
    journal = Journal(user.places, user.clocks.wall, made_of) if rate == 1 else None
    coach = coach_of(with_alternatives(routine, user.catalog.exercises), choices, user.coaching, rate=rate)
    conductor = Conductor(
        coach, player=player, journal=journal, settings=user.settings, remember=user.remember,
        clock=user.clocks.monotonic, with_suspend=user.clocks.with_suspend,
    )  # fmt: skip
    return Performance(conductor, player, journal)


def resumed_performance(
    user: UserData, interrupted: Interrupted, *, ring: Callable[[], None], player: Player | None
) -> Performance:
    """Return the performance of an interrupted workout, paused."""
    user.mute_for(interrupted.session.routine.quiet, "routine")
    player = player or make_player(user.settings, user.places, ring)
    journal = interrupted.journal(user.places, user.clocks.wall)
    conductor = Conductor(
        interrupted.coach, player=player, journal=journal, settings=user.settings, remember=user.remember,
        clock=user.clocks.monotonic, with_suspend=user.clocks.with_suspend, ended=interrupted.ended,
    )  # fmt: skip
    return Performance(conductor, player, journal)
