"""The command line as argparse parses it, built from the table of commands."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter, _ActionsContainer
from collections.abc import Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import IO, Any, NoReturn

from tui.cli.commands import COMMANDS, GLOBAL_OPTIONS, Argument, OneOf
from tui.cli.output import Misuse, write
from tui.plain_text import capital
from tui.terminal.window import terminal_size

HELP_ENDS = """\
A workout without a file (more in gluteus start --help):
  gluteus start "3x 40/20 squat, push-up, plank, lunge"

Help on a command: gluteus COMMAND --help. Nothing here is medical advice."""
"""The last lines of `gluteus --help`, which are visible even in a low window."""


_NUMBER = re.compile(r"-[0-9.]+")
"""Arguments that argparse treats as the value of an option, as in `--speed -2`."""


class Parser(ArgumentParser):
    """An ArgumentParser whose errors name the problem and the command for help, in plain words."""

    def error(self, message: str) -> NoReturn:
        """Raise Misuse for arguments that cannot be parsed."""
        raise Misuse(f"{message}.\nSee: {self.prog} --help")

    def print_help(self, file: IO[str] | Any = None) -> None:
        """Print the help; unlike argparse, raise OutputLost if it cannot be written."""
        write(self.format_help())


class HelpFormatter(RawDescriptionHelpFormatter):
    """Formats help as wide as the terminal; argparse would load `shutil` for that."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=terminal_size().columns - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Wrap long lines, but not those of a table, which are indented."""
        from textwrap import fill  # loaded only for help

        return "\n".join(line if line[:1] in ("", " ") else fill(line, width) for line in text.splitlines())


def parse(argv: Sequence[str]) -> SimpleNamespace:
    """Return the arguments of one command; `command` is None if there is none. Raises Misuse."""
    if argv[0] == "help":  # a common guess for --help
        argv = [*argv[1:2], "--help"]
    name = argv[0]
    if name in COMMANDS:
        known = [one.name for one in COMMANDS[name].arguments]
        return _parsed(command_parser(name), argv[1:], known, Namespace(command=name))
    if not name.startswith("-"):
        from shlex import quote  # these are loaded only to explain, as below

        from tui.routine.problems import did_you_mean, quoted

        start = f"; to start a routine: gluteus start {quote(name)}" if name.strip() else ""
        hint = did_you_mean(name, COMMANDS) or start
        raise Misuse(f"there is no command {name if name.strip() else quoted(name)}{hint}.\nSee: gluteus --help")
    return _parsed(whole_parser(), argv, [one.name for one in GLOBAL_OPTIONS], Namespace())


def _parsed(parser: Parser, argv: Sequence[str], known: Iterable[str], namespace: Namespace) -> SimpleNamespace:
    """Return the parsed arguments; explain an unknown one better than argparse does."""
    known = [*known, "-h", "--help"]
    try:
        args, unknown = parser.parse_known_args(argv, namespace)
    except Misuse:
        for one in argv:
            _explain(parser, one, known)
        raise
    for one in unknown[:1]:
        _explain(parser, one, known)
        many = any(not argument.startswith("-") for argument in argv if argument != one)
        parser.error(f"unexpected argument {one}{'. Put quotes around a name with spaces' if many else ''}")
    return SimpleNamespace(**vars(args))


def _explain(parser: Parser, one: str, known: Sequence[str]) -> None:
    """Raise Misuse for an argument that looks like an option but is not one; it may be a quick line after a dash."""
    if not one.startswith("-") or one.partition("=")[0] in (*known, "-", "--") or _NUMBER.fullmatch(one):
        return
    from tui.routine.problems import did_you_mean
    from tui.routine.quick import QuickProblem, is_like_a_line, parse_quick

    if is_like_a_line(one):
        try:
            parse_quick(one, {})
        except QuickProblem as problem:
            raise Misuse(f"in {one!r}, character {problem.character}: {problem}.\nSee: {parser.prog} --help") from None
    parser.error(f"there is no option {one}{did_you_mean(one, known)}")


def command_parser(name: str) -> Parser:
    """Return the parser of one command, in a tenth of the time that the parser of all commands takes."""
    command = COMMANDS[name]
    parser = Parser(
        prog=f"gluteus {name}",
        description=f"{capital(command.help)}.",
        epilog=command.notes,
        formatter_class=HelpFormatter,
        allow_abbrev=False,
    )
    _add(parser, command.parts)
    return parser


def whole_parser(completer: Callable[[Argument], object] | None = None) -> Parser:
    """Return the parser of all commands for the help, or, with their arguments and completers, for completion."""
    parser = Parser(
        prog="gluteus",
        description="A full-screen workout timer for the terminal. Without a command it opens the menu.",
        epilog=HELP_ENDS,
        formatter_class=HelpFormatter,
        allow_abbrev=False,
    )
    _add(parser, GLOBAL_OPTIONS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, command in COMMANDS.items():
        one = commands.add_parser(name, help=command.help)
        if completer is not None:
            _add(one, command.parts, completer)
    return parser


def _add(
    container: _ActionsContainer,
    parts: Iterable[Argument | OneOf],
    completer: Callable[[Argument], object] = lambda _: None,
) -> None:
    for part in parts:
        if isinstance(part, OneOf):
            _add(container.add_mutually_exclusive_group(), part.arguments, completer)
        else:
            action: Any = container.add_argument(part.name, **part.options)
            action.completer = completer(part)
