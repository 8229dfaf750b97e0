"""The kind of a user's TOML file: by its folder, else by its contents."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from tui.files.settings import FILE
from tui.routine.fields import EXERCISE, ROUTINE, Table, fits

EXERCISES = "exercises"
"""The folder of exercises, in a folder of routines."""

SETTINGS_NAME = "settings.toml"


class FileKind(StrEnum):
    """The kinds of file that a person writes, as the command line calls them."""

    ROUTINE = "routine"
    EXERCISE = "exercise"
    SETTINGS = "settings"


_TABLES = {FileKind.ROUTINE: ROUTINE, FileKind.EXERCISE: EXERCISE, FileKind.SETTINGS: FILE}


def kind_of(path: Path, data: Mapping[str, object]) -> FileKind:
    """The kind of the file at `path` that holds `data`.

    A file in a folder `exercises` is an exercise, because that is how the program reads it. Anywhere else the kind is
    the one that knows the most of its keys; where several know as many, the name `settings.toml` decides, and a file
    that says nothing is a routine.
    """
    if Path(os.path.abspath(path)).parent.name == EXERCISES:
        return FileKind.EXERCISE
    named = FileKind.SETTINGS if path.name == SETTINGS_NAME else FileKind.ROUTINE
    return max(FileKind, key=lambda kind: (_known(_TABLES[kind], data), kind is named))


def _known(table: Table, data: Mapping[str, object]) -> int:
    """How many keys of `data` the table has, for values of that shape."""
    return sum(key in table.fields and fits(table.fields[key].holds, value) for key, value in data.items())
