"""One command from its arguments to its exit code: whatever goes wrong ends in a line or two on standard error."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from tui.cli.output import Trouble, complain

BROKEN_PIPE = 141
INTERRUPTED = 130


def run(argv: Sequence[str]) -> int:
    """Run the command that `argv` names and give back its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # A terminal that cannot show a character gets a question mark.
            stream.reconfigure(errors="replace")
    try:
        code = perform(argv)
        sys.stdout.flush()
        return code
    except Trouble as trouble:
        complain(str(trouble))
        return trouble.code
    except BrokenPipeError:
        # The reader has gone. Python flushes standard output once more at exit: give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}.\nCheck that the file is there and that you may read and write it.")
        return 1


def perform(argv: Sequence[str]) -> int:
    """Run the command; its module is loaded only now, so that no command pays for another."""
    if not argv:
        from tui.cli.start import open_menu

        return open_menu()
    from tui.cli.parser import parse

    args = parse(argv)
    gc.enable()
    match args.command:
        case "start":
            from tui.cli.start import start as command
        case "list":
            from tui.cli.listing import list_routines as command
        case "show":
            from tui.cli.show import show as command
        case "check":
            from tui.cli.check import check as command
        case "schema":
            from tui.cli.check import print_schema as command
        case "new":
            from tui.cli.edit import new as command
        case "edit":
            from tui.cli.edit import edit as command
        case "render":
            from tui.cli.render import render as command
        case "history":
            from tui.cli.history import history as command
        case _:
            from tui.cli.doctor import doctor as command
    return command(args)
