"""Runs one command from its arguments to its exit code; every failure is a line or two on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tui import __version__
from tui.cli.output import OutputLost, complain, say, write
from tui.cli.streams import limit_to_terminal, open_closed
from tui.plain_text import UserError

INTERRUPTED = 130


def run(argv: Sequence[str]) -> int:
    """Run the command that `argv` names, and return its exit code."""
    open_closed()
    limit_to_terminal()
    code = 0
    try:
        try:
            code = call(argv)
        except SystemExit as leaving:  # from argparse after its help, and from `render` at a signal
            code = int(leaving.code or 0)
        write("", at_once=True)  # the rest of the buffer
        return code
    except OutputLost as lost:
        if code:  # the earlier failure counts, as closing the terminal also closes standard output
            return code
        if lost.args:
            complain(str(lost))
        return lost.code
    except UserError as trouble:
        complain(str(trouble))
        return trouble.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}.\nCheck that the file is there and that you may read and write it.")
        return 1


def call(argv: Sequence[str]) -> int:
    """Load the module of the command and call its function."""
    if list(argv) == ["--version"]:  # before the parser is loaded, as scripts call this often
        say(f"gluteus {__version__}")
        return 0
    if sys.version_info < (3, 13):
        from tui.unused_modules import lazy_functions, lazy_module, replaced_modules

        lazy_module("ipaddress")  # `urllib.parse` loads it, and only an address in brackets needs it
        if argv:  # before its first frame the menu does not even load `pathlib`
            with replaced_modules({"urllib.parse": lazy_functions("urllib.parse")}):
                import pathlib  # noqa: F401  # it quotes only the address of a file
    if argv and argv[0] in ("due", "status"):  # also before the parser, as they run before each prompt
        if argv[0] == "due":
            from tui.cli.due import quick
        else:
            from tui.cli.running import quick
        if (code := quick(argv[1:])) is not None:
            return code
    if "_ARGCOMPLETE" in os.environ:  # a shell requests completions
        from tui.cli.completion import complete

        complete()
    if argv:
        from tui.cli.commands import COMMANDS, plain_arguments

        args = plain_arguments(argv)
        if args is None:
            from tui.cli.parser import parse

            args = parse(argv)
        if args.command == "due" and args.start:
            return call(["start", *(one for one in argv[1:] if one != "--start")])
        if args.command:
            return COMMANDS[args.command].load()(args)
        if args.version:
            return call(["--version"])
        if args.print_completion:
            from tui.cli.completion import print_script

            return print_script(args.print_completion)
    from tui.terminal.early import EarlyFrame

    with EarlyFrame() as early:
        from tui.cli.start import open_menu

        return open_menu(early)
