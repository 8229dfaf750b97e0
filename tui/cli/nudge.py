"""`gluteus nudge`: reminds the user of breaks, in a terminal with a clock and keys, or in the background."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from types import SimpleNamespace

from tui.cli.nudge_options import NudgeConfig, options_of, read_options
from tui.cli.output import Misuse, Trouble
from tui.files.atomic import reason, take
from tui.files.places import Places, find_places
from tui.plain_text import plain_text


def nudge(args: SimpleNamespace) -> int:
    """Nudge until the user quits, or write or remove the file that starts this in the background."""
    places = find_places()
    notes: list[str] = []
    values = read_options(args, notes.append)
    config = NudgeConfig(values, places)
    notes += config.read()
    if args.install or args.remove:
        from tui.cli.nudge_service import install, remove

        return remove(yes=args.yes) if args.remove else install(options_of(args, values), yes=args.yes, notes=notes)
    if args.yes:
        raise Misuse("--yes is for --install and --remove.\nSee: gluteus nudge --help")
    if (holder := _holder(places, notes.append)) is not None:
        raise Trouble(f"another gluteus nudge is running{holder}; one is enough.")
    from tui.cli.nudge_loop import nudge_loop
    from tui.terminal.keeper import is_in_background

    has_keys = sys.stdin.isatty() and sys.stdout.isatty() and not is_in_background(0)
    in_pane = has_keys and os.environ.get("TERM", "dumb") != "dumb"
    gc.enable()
    return nudge_loop(places, config, notes, has_keys=has_keys, in_pane=in_pane)


def _holder(places: Places, warn: Callable[[str], None]) -> str | None:
    """Take the lock until this process ends. Return None, or a description of the process that has it."""
    try:
        if take(places.nudge_lock) is not None:
            return None
        holder = places.nudge_lock.read_text(errors="replace").strip()
        return f" (process {holder})" if holder.isdecimal() else ""
    except OSError as error:
        warn(f"{plain_text(str(places.nudge_lock))}: {reason(error)}. A second gluteus nudge will not be noticed.")
        return None
