"""Completion scripts for shells, written by shtab: commands, options, and the names of your routines."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator

import shtab

NAMES = "gluteus list 2>/dev/null | awk '{print $1}'"

PREAMBLE = {
    "bash": f'_gluteus_routine() {{ compgen -W "$({NAMES})" -- "$1"; compgen -f -- "$1"; }}',
    "zsh": f'_gluteus_routine() {{ compadd -- ${{(f)"$({NAMES})"}}; _files -g "*.toml"; }}',
}
"""Shell functions that complete the name of a routine, or of a file."""

ROUTINE = {"bash": "_gluteus_routine", "zsh": "_gluteus_routine", "tcsh": f"`{NAMES}`"}
BY_ARGUMENT = {"routine": ROUTINE, "source": ROUTINE, "files": shtab.FILE}


def completion(parser: ArgumentParser, shell: str) -> str:
    """The completion script of `parser` for `shell`."""
    for one in parsers(parser):
        for action in one._actions:
            if action.dest in BY_ARGUMENT:
                vars(action)["complete"] = BY_ARGUMENT[action.dest]
    return shtab.complete(parser, shell=shell, preamble=PREAMBLE.get(shell, ""))


def parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    """`parser` and the parsers of its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for one in action.choices.values():
                yield from parsers(one)
