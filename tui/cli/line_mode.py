"""`gluteus start --plain` and `--events`: a workout without the full screen, one line for each event.

It is for screen readers, pipes and status bars. Conductor, player and journal are those of the full screen.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui.audio.player import SOUND_IS_BACK, Player, SilentPlayer
from tui.cli.interruptible_sleep import SIGNALLED, InterruptibleSleep, Sleep
from tui.cli.output import complain, print_json, ring, say
from tui.cli.plain import Narrator, how_to
from tui.coach.as_json import event_json
from tui.coach.coach import CoachedEvent, CoachedEvents
from tui.coach.opening import kit_for
from tui.conductor import Conductor
from tui.desktop.services import DesktopServices
from tui.engine import commands
from tui.engine.events import CommandGiven, Overran
from tui.engine.model import Choices
from tui.engine.position import SessionState
from tui.engine.stages import dose_s
from tui.engine.timeline import Timeline
from tui.make_conductor import new_conductor
from tui.routine.model import Routine
from tui.user_data import UserData

if TYPE_CHECKING:
    from tui.history.journal import MadeOf

Print = Callable[[CoachedEvent], None]

END_SOUND_S = 5.0
"""Seconds after the end for the last sound and the last words."""

NEARLY_S = 0.01
"""An open-ended set this close to its estimate has reached it."""


def line_mode(
    user: UserData, routine: Routine, choices: Choices, made_of: MadeOf, *, speed: float, as_json: bool
) -> int:
    """Perform `routine` with one line per event, and return the exit code; `made_of` is saved for an interruption."""
    silent = SilentPlayer() if user.settings.audio.mute else None
    conductor = new_conductor(user, routine, choices, ring=ring, rate=speed, player=silent, made_of=made_of)
    player, journal = conductor.player, conductor.journal
    user.remember_started(routine.id, conductor.recorded)
    services = DesktopServices(user.places)
    if journal is not None:
        services.begin(conductor)
    try:
        with InterruptibleSleep(keyboard=speed == 1, also=services.control) as sleep:
            received = services.control.received if services.control else tuple
            printer = event_printer(routine, conductor.timeline, player, sleep.keyboard, as_json)
            print_line: Callable[[str], object] = str if as_json else say
            ending = perform(conductor, printer, sleep, received, print_line)
            services.end()
            if not ending and player.status.audible:
                ending = sleep.until(time.monotonic() + END_SOUND_S).ending
    finally:
        services.end()
        player.close()
        services.finish()
    if services.problem:
        complain(services.problem)
    unsaved = journal.unsaved if journal else ""
    if journal and (trouble := unsaved or journal.problem):
        complain(trouble)
    return SIGNALLED + ending if ending else 1 if unsaved else 0


def perform(
    conductor: Conductor, print_event: Print, sleep: Sleep, received: Callable[[], Iterable[str]] = tuple,
    print_line: Callable[[str], object] = say,
) -> int:  # fmt: skip
    """Perform the workout to its end; return the signal that ended it early, or 0.

    `received` returns the names of the commands that other programs have sent. `print_line` prints a line that is not
    an event. Without a keyboard an open-ended set ends at its estimate, and a pause at once, unless another program has
    requested it.
    """
    is_held = False
    try:
        _print_all(conductor.do(commands.Start()), print_event)
        while conductor.state in (SessionState.RUNNING, SessionState.PAUSED):
            woken = sleep.until(conductor.next_wake())
            if woken.ending:  # only ctrl+c is a request of the user
                asked = woken.ending == signal.SIGINT
                _print_all(conductor.do(commands.Stop()) if asked else conductor.interrupt(), print_event)
                return woken.ending
            _print_all(conductor.poll(), print_event)
            for key in woken.pressed:
                _print_all(_press(conductor, key), print_event)
                if key.lower() == "i" and conductor.state is SessionState.PAUSED:
                    phase = conductor.explain()
                    print_line(how_to(phase, conductor.position().total_elapsed_s))
            for name in received():
                _print_all(conductor.do_remote(name), print_event)
                is_held = conductor.state is SessionState.PAUSED
            is_held = is_held and conductor.state is SessionState.PAUSED
            if not sleep.keyboard and not is_held and _waits_for_user(conductor):
                _print_all(_resume_or_done(conductor), print_event)
        return 0
    finally:
        conductor.close()


def _press(conductor: Conductor, key: str) -> CoachedEvents:
    """Give the command of a key; `plain.KEYS` lists the keys for the user."""
    match key.lower():
        case " ":
            return conductor.toggle()
        case "\n" | "\r":
            return _resume_or_done(conductor)
        case "n" | "\x1b[c" | "\x1boc":
            return conductor.do(commands.Next())
        case "b" | "\x1b[d" | "\x1bod":
            return conductor.do(commands.Back())
        case "i":  # steps are read in a pause
            return conductor.do(commands.Pause())
        case "q":
            return conductor.do(commands.Stop())
        case _:
            return ()


def _print_all(events: CoachedEvents, print_event: Print) -> None:
    for event in events:
        print_event(event)


def _waits_for_user(conductor: Conductor) -> bool:
    """Check whether the workout waits for the user: in a pause, or in an open-ended set past its estimate."""
    position = conductor.position()
    estimate_s, _ = dose_s(position.phase.plan)  # past it a phase grows to the end of its interval or cap
    is_over = position.remaining_s is None and position.elapsed_s >= estimate_s - NEARLY_S
    return conductor.state is SessionState.PAUSED or is_over


def _resume_or_done(conductor: Conductor) -> CoachedEvents:
    """Resume, or end an open-ended set."""
    return conductor.do(commands.Resume()) if conductor.state is SessionState.PAUSED else conductor.do(commands.Done())


def event_printer(routine: Routine, timeline: Timeline, player: Player, by_hand: bool, as_json: bool) -> Print:
    """Make a function that prints each event, as JSON or in words, and each new note about the sound once."""
    narrator = Narrator(timeline, kit_for(routine, timeline), by_hand=by_hand)
    noted = {""}
    silent_note = ""

    def print_event(event: CoachedEvent) -> None:
        if as_json and not isinstance(event, CommandGiven | Overran):
            print_json(event_json(event, timeline), one_line=True)
        elif line := narrator.line(event):
            say(line)
        nonlocal silent_note
        status = player.status
        if status.note not in noted:
            noted.add(status.note)
            complain(status.note)
        if status.audible and silent_note:
            noted.discard(silent_note)
            complain(SOUND_IS_BACK)
        silent_note = "" if status.audible else status.note

    return print_event
