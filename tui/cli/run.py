"""One command from its arguments to its exit code: whatever goes wrong ends in a line or two on standard error.

A traceback tells a person nothing that they could act on, and a script nothing that it could count on.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence

from tui import __version__
from tui.cli.output import OutputLost, Trouble, complain, finish, say
from tui.cli.streams import limit_to_terminal, open_closed

INTERRUPTED = 130


def run(argv: Sequence[str]) -> int:
    """Run the command that `argv` names and give back its exit code."""
    open_closed()
    limit_to_terminal()
    code = 0
    try:
        try:
            code = call(argv)
        except SystemExit as leaving:  # So argparse ends once it has printed its help, and `render` at a signal.
            code = int(leaving.code or 0)
        finish()
        return code
    except OutputLost as lost:
        if code:  # what ended the command before comes first: a terminal that is closed takes standard output with it
            return code
        if lost.args:
            complain(str(lost))
        return lost.code
    except Trouble as trouble:
        complain(str(trouble))
        return trouble.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}.\nCheck that the file is there and that you may read and write it.")
        return 1


def call(argv: Sequence[str]) -> int:
    """Call the command's function; its module is loaded only now, so that no command pays for another."""
    if list(argv) == ["--version"]:  # Answered before the parser is loaded: scripts ask this often.
        say(f"gluteus {__version__}")
        return 0
    if argv and argv[0] == "--complete":  # What the completion scripts ask; see completion.py.
        from tui.cli.completion import complete

        return complete(argv[1:])
    if argv:
        from tui.cli.commands import COMMANDS
        from tui.cli.parser import parse

        args = parse(argv)
        gc.enable()
        if args.command:
            return COMMANDS[args.command].load()(args)
        if args.version:
            return call(["--version"])
        if args.print_completion:
            from tui.cli.completion import print_script

            return print_script(args.print_completion)
    from tui.cli.start import open_menu

    return open_menu()
