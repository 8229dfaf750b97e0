"""`gluteus start --plain` and `--events`: the real conductor, player and journal, and a line for each event."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from tui.audio.make_player import make_player
from tui.audio.player import Player, SilentPlayer
from tui.cli.as_json import event_json
from tui.cli.context import Context
from tui.cli.output import complain, print_json, ring, say
from tui.cli.perform import Tell, perform
from tui.cli.plain import Narrator
from tui.cli.waiter import SIGNALLED, Waiter
from tui.conductor import Conductor
from tui.routine.model import Routine
from tui.storage.atomic import StorageProblem
from tui.storage.journal import Journal, NullJournal
from tui.storage.state import remember_progression, remember_routine
from tui.timeline.events import Event
from tui.timeline.model import Choices, Timeline

END_SOUND_S = 5.0
"""How long the last sound and the last words may be heard after the end."""


def by_line(context: Context, routine: Routine, choices: Choices, *, speed: float, as_json: bool) -> int:
    """Lead through `routine` with one line per event; the exit code."""
    _keep(partial(remember_routine, context.places, routine.id))
    silent = context.settings.audio.mute
    player = SilentPlayer() if silent else make_player(context.settings, context.places, ring)
    journal = NullJournal() if speed != 1 else Journal(context.places)
    try:
        conductor = Conductor(
            routine,
            choices,
            player=player,
            journal=journal,
            settings=context.settings,
            remember=partial(remember_progression, context.places),
            rate=speed,
        )
        with Waiter(keyboard=speed == 1) as waiter:
            ending = perform(conductor, teller(conductor.timeline, player, waiter.keyboard, as_json), waiter)
            if not ending and player.status.audible:
                ending = waiter.wait(time.monotonic() + END_SOUND_S).ending
    finally:
        player.close()
    if journal.problem:
        complain(journal.problem)
    return SIGNALLED + ending if ending else 0


def teller(timeline: Timeline, player: Player, by_hand: bool, as_json: bool) -> Tell:
    """What prints an event, as JSON or in words, and once each thing that is to be known about the sound."""
    narrator = Narrator(timeline, by_hand=by_hand)
    noted = {""}

    def tell(event: Event) -> None:
        if as_json:
            print_json(event_json(event, timeline), one_line=True)
        elif line := narrator.line(event):
            say(line)
        if (note := player.status.note) not in noted:
            noted.add(note)
            complain(note)

    return tell


def _keep(write: Callable[[], None]) -> None:
    """Write something down; where that fails, the workout goes on."""
    try:
        write()
    except StorageProblem as problem:
        complain(str(problem))
