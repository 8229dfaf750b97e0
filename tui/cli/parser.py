"""The command line as argparse sees it. Completion scripts come from shtab, which is loaded only to write one."""

from __future__ import annotations

from argparse import Action, ArgumentParser, ArgumentTypeError, Namespace, _MutuallyExclusiveGroup
from collections.abc import Sequence
from typing import NoReturn

from tui import __version__
from tui.cli.output import Misuse

Pair = tuple[str, str]

SHELLS = ("bash", "zsh", "tcsh")


class Parser(ArgumentParser):
    """An ArgumentParser whose errors are plain: what is wrong, and where help is."""

    def error(self, message: str) -> NoReturn:
        """Give up on arguments that cannot be understood."""
        raise Misuse(f"{message}.\nSee: {self.prog} --help")


class PrintCompletion(Action):
    """Prints the completion script for a shell and leaves."""

    def __call__(self, parser: ArgumentParser, namespace: object, values: object, option: str | None = None) -> None:
        """Write the script for the shell in `values` to standard output."""
        from tui.cli.completion import completion

        print(completion(parser, str(values)))
        parser.exit()


def parse(argv: Sequence[str]) -> Namespace:
    """The arguments of one command; `command` is None where there is none. Raises Misuse."""
    name = argv[0] if argv else ""
    if name in COMMANDS:
        return command_parser(name).parse_args(argv[1:], Namespace(command=name))
    if name and not name.startswith("-"):
        from tui.routine.problems import did_you_mean

        hint = did_you_mean(name, COMMANDS) or f"; to begin a routine: gluteus start {name}"
        raise Misuse(f"there is no command {name}{hint}.\nSee: gluteus --help")
    return whole_parser().parse_args(argv)


def command_parser(name: str) -> Parser:
    """The parser of one command alone: a tenth of the whole one's time."""
    parser = Parser(prog=f"gluteus {name}", description=_sentence(COMMANDS[name][0]), allow_abbrev=False)
    COMMANDS[name][1](parser)
    return parser


def whole_parser() -> Parser:
    """The parser of all commands, for the help and the completion scripts."""
    parser = Parser(
        prog="gluteus",
        description="A full-screen workout timer for the terminal. Without a command it opens the menu.",
        epilog="Nothing here is medical advice.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"gluteus {__version__}")
    parser.add_argument(
        "--print-completion", action=PrintCompletion, choices=SHELLS, help="print the completion script for a shell"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (help_, add_arguments) in COMMANDS.items():
        add_arguments(commands.add_parser(name, help=help_, description=_sentence(help_), allow_abbrev=False))
    return parser


def _sentence(help_: str) -> str:
    return help_[0].upper() + help_[1:] + "."


def progression(text: str) -> Pair:
    """`EXERCISE=ID` as a pair."""
    exercise, equals, id_ = text.partition("=")
    if not (exercise and equals and id_):
        raise ArgumentTypeError(f"{text!r} is not of the form EXERCISE=ID, as in reverse-bridge=single-leg")
    return exercise, id_


def speed(text: str) -> float:
    """How many times as fast as real time."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.1 <= value <= 3600:
        raise ArgumentTypeError(f"{text!r} is not a number from 0.1 to 3600")
    return value


def _add_routine(parser: ArgumentParser) -> None:
    parser.add_argument("routine", metavar="NAME|FILE", help="a routine's name, or the path of its file")
    parser.add_argument(
        "--progression",
        metavar="EXERCISE=ID",
        type=progression,
        action="append",
        default=[],
        help="the rung to do an exercise at, this time (may be given more than once)",
    )


def _add_json(parser: ArgumentParser | _MutuallyExclusiveGroup) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON for programs")


def _start(parser: ArgumentParser) -> None:
    _add_routine(parser)
    parser.add_argument("--mute", action="store_true", help="without sound")
    parser.add_argument(
        "--speed", metavar="N", type=speed, default=1.0, help="rehearse N times as fast (not kept in the history)"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--plain", action="store_true", help="one line per event, for screen readers and pipes")
    how.add_argument("--events", action="store_true", help="one JSON object per line per event, for programs")


def _show(parser: ArgumentParser) -> None:
    _add_routine(parser)
    _add_json(parser)


def _check(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="*", help="the files to check; none: every file there is")
    _add_json(parser)


def _schema(parser: ArgumentParser) -> None:
    parser.add_argument("kind", nargs="?", choices=("routine", "exercise", "settings"), default="routine")


def _new(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="its name: small letters, digits and hyphens")
    parser.add_argument("--from", dest="source", metavar="NAME", help="start from a copy of this routine")


def _edit(parser: ArgumentParser) -> None:
    parser.add_argument("routine", metavar="NAME", help="a routine's name; a bundled one is copied to your folder")


def _render(parser: ArgumentParser) -> None:
    _add_routine(parser)
    parser.add_argument("out", metavar="OUT.wav", help="the file to write")
    parser.add_argument("--force", action="store_true", help="overwrite the file if it is there")


def _doctor(parser: ArgumentParser) -> None:
    _add_json(parser)
    parser.add_argument("--play", action="store_true", help="play a phrase and every cue, each by its name")


def _history(parser: ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    _add_json(how)
    how.add_argument("--csv", action="store_true", help="print CSV for a spreadsheet")


COMMANDS = {
    "start": ("begin a workout", _start),
    "list": ("list the routines", _add_json),
    "show": ("show a workout phase by phase", _show),
    "check": ("check routine and exercise files for mistakes", _check),
    "new": ("write a starter routine into your folder", _new),
    "edit": ("open a routine in your editor and check it", _edit),
    "render": ("write the sound of a whole workout to a WAV file, for a phone or a music player", _render),
    "history": ("list what you did", _history),
    "schema": ("print the JSON Schema of a kind of file", _schema),
    "doctor": ("say what the program finds on this machine: terminal, folders, sound", _doctor),
}
"""Each command: what it does, and the function that adds its arguments."""
