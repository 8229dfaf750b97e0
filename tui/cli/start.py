"""`gluteus` and `gluteus start`: the menu, or a workout on the full screen or line by line."""

from __future__ import annotations

import gc
import os
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

from tui.cli.output import Misuse, complain, say
from tui.files.places import Places, find_places
from tui.history.running_file import running_files
from tui.library.cached import read_cached
from tui.library.overview import cached_overview, fingerprint_of
from tui.routine.durations import clock
from tui.user_data import UserData, WorkoutRequest

if TYPE_CHECKING:
    from types import SimpleNamespace

    from tui.app import GluteusApp
    from tui.engine.model import Choices
    from tui.routine.model import Routine
    from tui.terminal.early import EarlyFrame


def open_menu(early: EarlyFrame) -> int:
    """Open the menu on the full screen, from the cached overview if no file has changed; `early` may be shown.

    A user is new until the state file exists: until the first workout or the first chosen progression.
    """
    if _is_dumb():
        from tui.cli.listing import print_routines

        complain(f"{_DUMB} Start one of these line by line: gluteus start NAME")
        return print_routines()
    places = find_places()
    stamp = fingerprint_of(places)
    is_new = not os.path.lexists(places.state_file)
    if overview := cached_overview(places, stamp, date.today()):
        user = UserData(places, warn=complain, overview=overview)
    else:
        from tui.cli.context import fresh_overview, read_user

        user = read_user()
        fresh_overview(user, stamp)
    user.is_new = is_new
    return run_full_screen(user, stamp, early=early)


def start(args: SimpleNamespace) -> int:
    """Start a workout, on the full screen or line by line."""
    from tui.cli.context import load_user, read_user
    from tui.cli.today import choose_workout

    in_lines = args.plain or args.events
    if not in_lines and _is_dumb():
        in_lines = True
        complain(f"{_DUMB} One line for each event, as with --plain.")
    stamp = fingerprint_of(find_places())
    is_new = not os.path.lexists(find_places().state_file)
    user = load_user() if in_lines else read_user()
    user.is_new = is_new
    if args.mute or args.quiet:
        user.mute_for(True, "option")
    routine, choices, conditions, lines, adapted = choose_workout(user, args)
    outside = user.library.outside(args.routine)
    if in_lines:
        from tui.cli.line_mode import line_mode

        routine, choices = adapted.routine or routine, adapted.choices
        from tui.coach.health import WHEN_NOT_TO

        for line in (*((WHEN_NOT_TO,) if is_new else ()), *lines, *adapted.notes):
            complain(line)
        if running_files(user.places):
            report_interrupted(user.places)
        if args.speed == 1:
            report_absence(user, routine, choices)
        gc.enable()
        made_of = user.made_of(routine.id, conditions, outside)
        return line_mode(user, routine, choices, made_of, speed=args.speed, as_json=args.events)
    user.choose_for_now(choices.today)
    return run_full_screen(user, stamp, start=WorkoutRequest(routine, args.speed, conditions, lines, outside))


def report_absence(user: UserData, routine: Routine, choices: Choices) -> None:
    """Print the suggestions after a long absence; nothing is changed."""
    from tui.history.easings import easings

    for name, proposal in easings(user.places, user.state, routine, choices.today, date.today()):
        complain(f"{name}: {proposal.line}\nTo do so, add: --progression {proposal.exercise}={proposal.progression}")


def report_interrupted(places: Places) -> None:
    """Report an interrupted workout, which can be resumed on the full screen."""
    from tui.history.interrupted import take_interrupted

    if workout := take_interrupted(places, time.time, complain):
        at = clock(workout.session.position(0.0).total_elapsed_s)
        complain(f"{workout.session.routine.title} was interrupted at {at}. Resume it from the menu: gluteus")
        workout.running.leave()


SWITCH_S = 0.0005
"""Python's thread switch interval, for the thread that writes frames; the default is 5 ms."""

_DUMB = "this terminal (TERM=dumb) cannot show the full screen."


def _is_dumb() -> bool:
    """Check whether the terminal is one that only prints lines, such as a shell in Emacs."""
    return os.environ.get("TERM") == "dumb" and sys.stdin.isatty() and sys.stdout.isatty()


NEVER_USED = (
    "textual.command", "textual.canvas", "platformdirs", "decimal", "asyncio.sslproto",
    "rich.table", "rich.tree", "rich.panel",
)  # fmt: skip
"""Modules that Textual or asyncio import for unused features: palette, lines, screenshots, encryption, errors."""

LATE = ("locale", "tokenize")
"""Modules that asyncio and others import, needed only for the output of child processes and for crashes."""

SELDOM_USED = ("difflib", "mimetypes", "uuid", "textual.css._help_text")
"""Modules of functions that Textual calls only for downloads, its own notices, and errors in style sheets."""


def load_app() -> type[GluteusApp]:
    """Load the app, and with it Textual.

    Several modules that it imports are left out. asyncio needs `ssl`, which takes 4 MB, only for encrypted connections.
    Textual's own command palette, which would load most of its widgets, is never opened. `platformdirs` would find the
    folder for screenshots. `fractions` needs `decimal` only for converting a Decimal. `typing` has everything that
    Textual imports from `typing_extensions`, which takes half a megabyte.
    """
    import typing

    from tui.unused_modules import empty_module, lazy_functions, lazy_module, replaced_modules

    lazy_module("typing_extensions", typing)
    for name in LATE:
        lazy_module(name)
    unused = *map(empty_module, NEVER_USED), *map(lazy_functions, SELDOM_USED)
    with replaced_modules({"ssl": None, **{module.__name__: module for module in unused}}):
        from tui.app import GluteusApp

    return GluteusApp


def run_full_screen(
    user: UserData, stamp: str, *, start: WorkoutRequest | None = None, early: EarlyFrame | None = None
) -> int:
    """Run the app, then write the caches for the next start. Only this loads Textual."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Misuse("the full screen needs a terminal.\nWithout one: gluteus start NAME --plain, or gluteus list")
    if not sys.stderr.isatty():
        say("gluteus: the full screen is drawn on standard error, which is redirected. Leave the redirection out.")
        return Misuse.code
    from tui.garbage import freeze_program

    app, shown = load_app()(user, start=start, early=early), user.overview
    freeze_program()
    sys.setswitchinterval(SWITCH_S)
    code = app.run_and_clean_up()
    for line in filter(None, (*app.unsaved, app.unsaid)):
        complain(line)
    code = code or (1 if app.unsaved else 0)
    have_changed = user.overview is not shown or shown is None
    key, is_kept = early.next_key(have_files_changed=have_changed) if early else ("", False)  # before anything is read
    if code == 0 and not is_kept:
        until = _renew_overview(user.places, stamp)
        if early and key and until is not None:
            early.keep(app.first_frame, key, until)
    return code


def _renew_overview(places: Places, stamp: str) -> str | None:
    """Cache the overview for the next start if files have changed.

    If its cards are those of this start, return the first day on which they no longer hold, or an empty string.
    """
    before, after = read_cached(places.overview_file), fingerprint_of(places)
    if after != stamp:
        from tui.cli.context import fresh_overview, read_user

        fresh_overview(read_user(), after)
    now = read_cached(places.overview_file) if after != stamp else before
    if before is None or now is None or before.body != now.body:
        return None
    stamps = before.head.get("stamp"), now.head.get("stamp")
    return now.head.get("until", "") if stamps == (stamp, after) else None
