"""The kind of a user's TOML file: by its folder, else by its contents."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from tui.files.places import EXERCISES, SETTINGS_NAME
from tui.routine.declarations import Table, fits
from tui.routine.fields import EXERCISE, ROUTINE


class FileKind(StrEnum):
    """The kinds of file that the user writes, by their names on the command line."""

    ROUTINE = "routine"
    EXERCISE = "exercise"
    SETTINGS = "settings"


def kind_of(path: Path, data: Mapping[str, object]) -> FileKind:
    """Return the kind of the file at `path` with the contents `data`.

    A file in a folder `exercises` is an exercise, as the program reads it as one. Elsewhere it is the kind that knows
    most of its keys. If several know equally many, it is settings if it is called `settings.toml`, else a routine.
    """
    if Path(os.path.abspath(path)).parent.name == EXERCISES:
        return FileKind.EXERCISE
    named = FileKind.SETTINGS if path.name == SETTINGS_NAME else FileKind.ROUTINE
    if named is FileKind.ROUTINE and _known(ROUTINE, data) == len(data):
        return named  # no other kind knows more keys
    from tui.files.settings import FILE  # loaded only for other files

    tables = {FileKind.ROUTINE: ROUTINE, FileKind.EXERCISE: EXERCISE, FileKind.SETTINGS: FILE}
    return max(FileKind, key=lambda kind: (_known(tables[kind], data), kind is named))


def _known(table: Table, data: Mapping[str, object]) -> int:
    """Count how many keys of `data` the table has, with values of a fitting shape."""
    return sum(key in table.fields and fits(table.fields[key].holds, value) for key, value in data.items())
