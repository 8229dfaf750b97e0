"""The command line as argparse sees it, built from the table of commands."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _ActionsContainer
from collections.abc import Iterable, Sequence
from typing import IO, Any, NoReturn

from tui.cli.commands import COMMANDS, GLOBAL_OPTIONS, Argument, OneOf
from tui.cli.output import Misuse, write


class Parser(ArgumentParser):
    """An ArgumentParser whose errors are plain (what is wrong, and where help is) and whose help can fail plainly."""

    def error(self, message: str) -> NoReturn:
        """Give up on arguments that cannot be understood."""
        raise Misuse(f"{message}.\nSee: {self.prog} --help")

    def print_help(self, file: IO[str] | Any = None) -> None:
        """Print the help as every other output is printed: argparse itself is silent where it cannot be written."""
        write(self.format_help())


def parse(argv: Sequence[str]) -> Namespace:
    """The arguments of one command; `command` is None where there is none. Raises Misuse."""
    if argv[0] == "help":  # What people type who do not know yet that it is an option.
        argv = [*argv[1:2], "--help"]
    name = argv[0]
    if name in COMMANDS:
        known = [one.name for one in COMMANDS[name].arguments]
        return _parsed(command_parser(name), argv[1:], known, Namespace(command=name))
    if not name.startswith("-"):
        from tui.routine.problems import did_you_mean, quoted  # loaded only to explain, as below

        hint = did_you_mean(name, COMMANDS) or (f"; to start a routine: gluteus start {name}" if name.strip() else "")
        raise Misuse(f"there is no command {name if name.strip() else quoted(name)}{hint}.\nSee: gluteus --help")
    return _parsed(whole_parser(), argv, [one.name for one in GLOBAL_OPTIONS], Namespace())


def _parsed(parser: Parser, argv: Sequence[str], known: Iterable[str], namespace: Namespace) -> Namespace:
    """What `parser` makes of the arguments; for one that it does not know, a kinder word than its own."""
    args, unknown = parser.parse_known_args(argv, namespace)
    for one in unknown[:1]:
        from tui.routine.problems import did_you_mean

        if one.startswith("-"):
            parser.error(f"there is no option {one}{did_you_mean(one, known)}")
        many = any(not argument.startswith("-") for argument in argv if argument != one)
        parser.error(f"unexpected argument {one}{'. Put quotes around a name with spaces' if many else ''}")
    return args


def command_parser(name: str) -> Parser:
    """The parser of one command alone: a tenth of the whole one's time."""
    command = COMMANDS[name]
    parser = Parser(prog=f"gluteus {name}", description=_sentence(command.help), allow_abbrev=False)
    _add(parser, command.parts)
    return parser


def whole_parser() -> Parser:
    """The parser of all commands, for the help."""
    parser = Parser(
        prog="gluteus",
        description="A full-screen workout timer for the terminal. Without a command it opens the menu.",
        epilog="What a command takes: gluteus COMMAND --help. Nothing here is medical advice.",
        allow_abbrev=False,
    )
    _add(parser, GLOBAL_OPTIONS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, command in COMMANDS.items():
        commands.add_parser(name, help=command.help)
    return parser


def _add(container: _ActionsContainer, parts: Iterable[Argument | OneOf]) -> None:
    for part in parts:
        if isinstance(part, OneOf):
            _add(container.add_mutually_exclusive_group(), part.arguments)
        else:
            container.add_argument(part.name, **part.options)


def _sentence(phrase: str) -> str:
    return phrase[0].upper() + phrase[1:] + "."
