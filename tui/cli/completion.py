"""Completion in bash, zsh and fish, by `argcomplete`: the table of commands has the completion of each argument.

The script of a shell runs the program with `_ARGCOMPLETE` set at each press of tab. So the names of routines, exercises
and progressions are always current. Only this module loads `argcomplete`.
"""

from __future__ import annotations

import glob
import os
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any, TextIO

import argcomplete
from argcomplete.completers import SuppressCompleter
from argcomplete.shell_integration import shellcode

from tui.cli.commands import Argument, Source
from tui.cli.output import write
from tui.cli.parser import whole_parser
from tui.plain_text import plain_text


def print_script(shell: str) -> int:
    """Print the completion script of `shell`."""
    write(shellcode(["gluteus"], use_defaults=False, shell=shell))
    return 0


def complete(output: TextIO | None = None, leave: Callable[[int], Any] = os._exit) -> None:
    """Write the completions of the shell's variable COMP_LINE to `output` (None: descriptor 8), and exit."""
    argcomplete.autocomplete(
        whole_parser(completer=completer_of),
        always_complete_options=False,
        exit_method=leave,
        output_stream=output,
        default_completer=SuppressCompleter(),
    )


def completer_of(argument: Argument) -> Callable[..., Mapping[str, str]] | None:
    """Return the completer of an argument: a function from the typed text to names and their descriptions."""
    if not argument.sources:
        return None

    def completer(prefix: str, parsed_args: Namespace, **_: object) -> Mapping[str, str]:
        names: dict[str, str] = {}
        for source in argument.sources:
            names |= _files(prefix) if source is Source.FILES else _names(source, parsed_args)
        return {name: about for name, about in names.items() if plain_text(name) == name}

    return completer


def _names(source: Source, parsed: Namespace) -> Mapping[str, str]:
    """Return the routines, the exercises, the kit, or the progressions of the typed routine."""
    from tui.files.places import find_places
    from tui.library.cached_catalog import read_catalog
    from tui.library.catalog import NotFound

    catalog = read_catalog(find_places())
    if source is Source.THINGS:
        from tui.today.adapt import needed_things

        return dict.fromkeys(needed_things(catalog.routines), "")
    if source is Source.ROUTINES:
        return {entry.id: plain_text(entry.routine.title) if entry.routine else "" for entry in catalog.entries}
    exercises = catalog.exercises
    if source is Source.EXERCISES:
        return {id_: plain_text(one.name) for id_, one in exercises.items()} | dict.fromkeys(catalog.broken, "")
    try:
        routine = catalog.find(getattr(parsed, "routine", None) or "").routine
    except NotFound:
        routine = None
    chosen = (routine.exercises if routine else exercises).items()
    return {f"{id_}={step.id}": plain_text(step.name) for id_, one in chosen for step in one.progressions}


def _files(begun: str) -> Mapping[str, str]:
    """Return the paths that begin so, folders with a slash at the end."""
    paths = sorted(glob.glob(f"{glob.escape(os.path.expanduser(begun))}*"))
    return {f"{path}/" if os.path.isdir(path) else path: "" for path in paths}
