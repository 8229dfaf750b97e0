"""`gluteus` and `gluteus start`: the menu, a workout on the full screen, or one that is told line by line."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace

from tui.cli.context import Context, chosen, load_context, read_context
from tui.cli.output import Trouble
from tui.routine.model import Routine
from tui.storage.setting_values import with_value
from tui.timeline.model import Choices


def open_menu(args: Namespace) -> int:
    """Open the menu on the full screen."""
    return _full_screen(read_context())


def start(args: Namespace) -> int:
    """Begin a workout, on the full screen or line by line."""
    in_lines = args.plain or args.events
    context = load_context() if in_lines else read_context()
    if args.mute:
        context = replace(context, settings=with_value(context.settings, "audio.mute", True))
    routine, choices = chosen(context, args)
    if in_lines:
        from tui.cli.by_line import by_line

        return by_line(context, routine, choices, speed=args.speed, as_json=args.events)
    return _full_screen(context, routine, choices, args.speed)


def _full_screen(
    context: Context, routine: Routine | None = None, choices: Choices | None = None, speed: float = 1.0
) -> int:
    """Run the app; only here is Textual loaded."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Trouble("the full screen needs a terminal.\nWithout one: gluteus start NAME --plain, or gluteus list")
    from tui.app import GluteusApp

    app = GluteusApp(
        places=context.places,
        settings=context.settings,
        state=context.state,
        catalog=context.catalog,
        start=routine,
        today=choices.today if choices else None,
        rate=speed,
        notes=context.notes,
    )
    return app.run_whole()
