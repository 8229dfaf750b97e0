"""Completion in the shell. A short script for each shell asks this program what may come next, at each press of tab.

`gluteus --complete SHELL LINE` prints what may stand at the end of LINE, one a line. So all that is known of the
commands stays in their table, names and progressions are those of this moment, and names with spaces come through:
the scripts leave only the quoting to the shell. The exit code is FILES_TOO where a file's name fits as well; finding
files is left to the shell too. The exception is tcsh, which cannot do both, and has no way to be told of a space.
"""

from __future__ import annotations

import glob
import os
import shlex
from collections.abc import Iterable, Sequence

from tui.cli.commands import COMMANDS, GLOBAL_OPTIONS, Argument, Source
from tui.cli.output import write
from tui.plain_text import plain_text

FILES_TOO = 10
HELP = "--help"

SCRIPTS = {
    "bash": """\
_gluteus() {
    local found code one
    found=$("$1" --complete bash "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    code=$?
    COMPREPLY=()
    while IFS= read -r one; do
        [ -z "$one" ] || COMPREPLY+=("$one")
    done <<<"$found"
    [ "$code" -ne 10 ] || while IFS= read -r one; do
        COMPREPLY+=("$one")
    done < <(compgen -f -- "$2")
}
complete -o filenames -F _gluteus gluteus
""",
    "zsh": """\
#compdef gluteus
_gluteus() {
    local found code fits=1
    found=$($words[1] --complete zsh "${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)
    code=$?
    compadd -- ${(f)found} && fits=0
    (( code == 10 )) && _files && fits=0
    return fits
}
if [ "$funcstack[1]" = _gluteus ]; then _gluteus "$@"; else compdef _gluteus gluteus; fi
""",
    "fish": """\
function __gluteus_complete
    gluteus --complete fish (commandline -cp) 2>/dev/null
    test $status -ne 10; or __fish_complete_path (commandline -ct)
end
complete -c gluteus -f -a '(__gluteus_complete)'
""",
    "tcsh": """\
complete gluteus 'p@*@`gluteus --complete tcsh "$COMMAND_LINE"`@'
""",
}
"""The script of each shell, which asks `gluteus --complete`."""


def print_script(shell: str) -> int:
    """Print the completion script of `shell`."""
    write(SCRIPTS[shell])
    return 0


def complete(arguments: Sequence[str]) -> int:
    """Print what may stand at the end of a line, for the script of a shell. What goes wrong is told to nobody."""
    shell, line = (*arguments, "", "")[:2]
    *words, begun = split(line)
    argument = expected(words[1:], begun)
    found = values(argument, words[1:]) if isinstance(argument, Argument) else argument
    fitting = [one for one in found if one.startswith(begun)]
    wants_files = isinstance(argument, Argument) and Source.FILES in argument.sources
    if shell == "bash":  # Bash takes what stands behind the last of these characters for the word.
        cut = max(begun.rfind(sign) for sign in "=:") + 1
        fitting = [one[cut:] for one in fitting]
    if shell == "tcsh":  # It would take each word of a name with spaces for a name.
        fitting = [one for one in fitting + (files(begun) if wants_files else []) if " " not in one]
    write("".join(f"{one}\n" for one in fitting))
    return FILES_TOO if wants_files else 0


def split(line: str) -> list[str]:
    """The words of a command line; the last one is being written: it may be empty, or its quote still open."""
    if (len(line) - len(line.rstrip("\\"))) % 2:
        line = line[:-1]  # What it quotes is still to come.
    for close in ("", '"', "'"):
        lexer = shlex.shlex(f"{line}{close}", posix=True, punctuation_chars=False)
        lexer.whitespace_split, lexer.commenters = True, ""
        try:
            words = list(lexer)
        except ValueError:
            continue
        begins = not close and line[-1:].isspace() and not line.endswith("\\ ")
        return [*words, ""] if begins or not words else words
    return line.split(" ")


def expected(words: Sequence[str], begun: str) -> Argument | list[str]:
    """What may come behind `words`: the argument whose value it is, or names of commands and options."""
    command = COMMANDS.get(words[0]) if words else None
    arguments = command.arguments if command else GLOBAL_OPTIONS
    by_name = {one.name: one for one in arguments if one.is_option}
    if words and (option := by_name.get(words[-1])) and option.takes_value:
        return option
    if begun.startswith("-"):
        return [*by_name, HELP]
    if command is None:
        return [] if words else list(COMMANDS)
    wanted = [one for one in arguments if not one.is_option]
    given = len(_positional(words[1:], by_name))
    if wanted and wanted[-1].options.get("nargs") == "*":
        given = min(given, len(wanted) - 1)
    return wanted[given] if given < len(wanted) else []


def _positional(words: Sequence[str], by_name: dict[str, Argument]) -> list[str]:
    """Those of `words` that are neither an option nor its value."""
    before = ["", *words]
    return [
        word
        for word, last in zip(words, before, strict=False)
        if not word.startswith("-") and not (last in by_name and by_name[last].takes_value)
    ]


def values(argument: Argument, words: Sequence[str]) -> list[str]:
    """What may stand for `argument`, files left out."""
    found = list(argument.options.get("choices", ()))
    for source in argument.sources:
        if source is not Source.FILES:
            found += _names(source, words)
    return list(dict.fromkeys(name for name in found if plain_text(name) == name))


def _names(source: Source, words: Sequence[str]) -> Iterable[str]:
    """The routines, the exercises, the things that they need, or the progressions of the routine that is named."""
    from tui.files.places import find_places
    from tui.library.catalog import NotFound, load_catalog

    catalog = load_catalog(find_places())
    if source is Source.THINGS:
        from tui.library.fits import things

        return things(catalog)
    if source is Source.ROUTINES:
        return [entry.id for entry in catalog.entries]
    exercises = catalog.exercises
    if source is Source.EXERCISES:
        return [*exercises, *catalog.broken]
    for word in words[1:]:
        try:
            entry = catalog.find(word)
        except NotFound:
            continue
        if entry.routine:
            exercises = entry.routine.exercises
    return [f"{id_}={step.id}" for id_, exercise in exercises.items() for step in exercise.progressions]


def files(begun: str) -> list[str]:
    """The files whose path begins so, folders with a slash behind."""
    found = sorted(glob.glob(f"{glob.escape(os.path.expanduser(begun))}*"))
    return [f"{path}/" if os.path.isdir(path) else path for path in found]
