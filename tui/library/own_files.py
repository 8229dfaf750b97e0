"""Files in the person's own folders: starters for routines and exercises, and copies of bundled ones to change.

Beside them stands the JSON Schema that their first line names, for editors that complete and check TOML. It is the
program's, so it follows the program's version, which it carries: of two programs that share a folder, as through a
folder that is synchronised, the newer one has its way.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from unicodedata import normalize

from tui import __version__
from tui.bundled import bundled
from tui.files.atomic import StorageProblem, write_atomic
from tui.files.places import Places
from tui.files.reading import Unreadable, read_text
from tui.library.kinds import EXERCISES
from tui.plain_text import plain_text

LONGEST_NAME = 60

ROUTINE_STARTER = """\
#:schema ./routine.schema.json
# A routine of your own. Everything behind a # is a note for you.
# Check it with `gluteus check`, see it with `gluteus show NAME`, begin it with `gluteus start NAME`.

format  = 1
title   = "Title"
summary = "One line about it."
tags    = ["desk"]            # desk, kettle, floor, gym, or words of your own
needs   = []                  # for example ["mat"]

[defaults]                    # what holds where a block or a set says nothing else
prepare = "10s"               # once, before the first set
rest    = "20s"               # after a set; never after the last
switch  = "5s"                # to change from left to right

# A block is a group of sets. Add as many blocks as you like.
[[blocks]]
name   = "Warm-up"
rounds = 2                    # each set so many times
# mode = "circuit"            # all sets once, then all again; also "emom" and "amrap"

[[blocks.sets]]
exercise = "sit-to-stand"     # a bundled exercise: its words, its figure and its ladder come with it
reps     = 10                 # or work = "40s", or reps = "8-12", or reps = "max"

[[blocks.sets]]
exercise = "my-stretch"       # an exercise of this file's own, below
work     = "30s"
sides    = "each"             # left, then right; "both" if left out

[exercises.my-stretch]
name    = "My stretch"
steps   = ["Say in a line or two how it is done."]
cues    = ["Breathe out and let it go"]
caution = "Ease in, no bouncing."
"""


EXERCISE_STARTER = """\
#:schema ./exercise.schema.json
# An exercise of your own, which every routine can use. Everything behind a # is a note for you.
# Check it with `gluteus check`; a routine does it with: exercise = "ID"

name     = "Name"
muscles  = ["gluteus maximus"]
position = "standing"          # or what you like: lying, seated, kneeling
needs    = []                  # what has to be there, for example ["mat"]; a chair as a place = "chair"
# loud   = true                # it can be heard next door
steps    = [                   # how it is done, a sentence each
    "Stand tall.",
    "Say in a line or two what to do.",
]
cues     = ["Stand tall", "Breathe"]   # a few words each, said while it is done
caution  = "Stop when it hurts."
fix      = "What to do where it feels wrong."
work     = "30s"               # or reps = 10, or reps = "8-12"; a routine may say otherwise
sides    = "each"              # left, then right; "both" if left out

# Its progressions, the easiest first. Each may have its own work, steps, cues, caution, figure.
[[progressions]]
id      = "easy"
name    = "Easy"
move_on = { sessions = 3, work = "40s" }    # after three sessions of 40 s, none of them hard, the next one is proposed
grow    = { work = "+5s", up_to = "45s" }   # and 5 s more after each two full sessions

[[progressions]]
id   = "hard"
name = "Hard"
work = "20s"
# step_back = { sessions = 2, days = 14 }   # hard so often, or so long away: the one before is proposed
"""


def own_id(name: str) -> str:
    """The name of a file for what a person calls `name`: `Morning break` is `morning-break`.

    Raises ValueError with a short reason.
    """
    made = "-".join(normalize("NFC", name).lower().replace("-", " ").split())
    if not 0 < len(made) <= LONGEST_NAME:
        raise ValueError(f"a name has 1 to {LONGEST_NAME} characters")
    if not f"x{made.replace('-', '_')}".isidentifier():  # letters, digits and accents of any language
        raise ValueError("a name is made of letters, digits and hyphens")
    return made


def new_routine(places: Places, name: str, source: Path | None = None) -> Path:
    """Write a starter for `name`, or a copy of the routine at `source` under that title, into the person's folder.

    Gives its path. Raises ValueError for a name that cannot be, and StorageProblem.
    """
    return _new(places.routines, "routine", name, _titled(ROUTINE_STARTER if source is None else _text(source), name))


def new_exercise(places: Places, name: str, source: Path | None = None) -> Path:
    """The same for an exercise."""
    text = EXERCISE_STARTER.replace("ID", own_id(name)) if source is None else _text(source)
    return _new(places.exercises, "exercise", name, _titled(text, name, "name"))


def own_copy(places: Places, path: Path) -> Path:
    """The person's own copy of the bundled file at `path`, made where there is none. Raises StorageProblem."""
    own = (places.exercises if path.parent.name == EXERCISES else places.routines) / path.name
    if not own.exists():
        _write(own, _text(path))
    return own


def update_schemas(places: Places) -> None:
    """Let the schemas in the person's folders be those of this version; where there is none, none is written."""
    for folder in (places.routines, places.exercises):
        if os.path.exists(folder / _schema(folder).name):
            _write_schema(folder)


def _new(folder: Path, kind: str, name: str, text: str) -> Path:
    """Write a new file for `name` into the folder of its kind."""
    id_ = own_id(name)
    path = folder / f"{id_}.toml"
    if os.path.lexists(path):
        raise ValueError(f"you have {'an' if kind == 'exercise' else 'a'} {kind} {id_} already")
    if (_schema(folder).parent / path.name).exists():
        raise ValueError(f"{id_} is a bundled {kind}")
    _write(path, text)
    return path


def _text(path: Path) -> str:
    """The text of a file that is to be copied. Raises StorageProblem."""
    try:
        return read_text(path)
    except Unreadable as error:
        raise StorageProblem(f"{plain_text(str(path))} cannot be copied: {error}") from error


def _titled(text: str, name: str, key: str = "title") -> str:
    """A file's text with another title, its comments kept; one that is not TOML stays as it is, to be mended."""
    import tomlkit  # loaded only to write
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
    except TOMLKitError:
        return text
    spaced = " ".join(name.replace("-", " ").split())
    document[key] = spaced[:1].upper() + spaced[1:]
    return document.as_string()


def _write(path: Path, text: str) -> None:
    """Write a file, and beside it the schema that its first line names."""
    write_atomic(path, text)
    _write_schema(path.parent)


def _write_schema(folder: Path) -> None:
    """Write the schema for the files of a folder, where it is not there yet as it should be; a newer one stays."""
    with contextlib.suppress(StorageProblem, OSError):  # Only editors that complete TOML would miss it.
        wanted, there = _versioned(_schema(folder).read_bytes()), folder / _schema(folder).name
        found = there.read_bytes() if there.is_file() else b""
        if found != wanted and _version_of(found) <= _version_of(wanted):
            write_atomic(there, wanted)


_COMMENT = re.compile(rb'"\$comment": "Gluteus (\d+)\.(\d+)\.(\d+)')


def _versioned(schema: bytes) -> bytes:
    """A bundled schema with the version of the program in it."""
    return schema.replace(b"{", f'{{\n  "$comment": "Gluteus {__version__}",'.encode(), 1)


def _version_of(schema: bytes) -> tuple[int, ...]:
    """The version of the program that wrote a schema; of one that is damaged or says none, the lowest there is."""
    found = _COMMENT.search(schema, 0, 200)
    return tuple(map(int, found.groups())) if found else ()


def _schema(folder: Path) -> Path:
    """The bundled schema for the files of a folder of the person's."""
    if folder.name == EXERCISES:
        return bundled("routines") / EXERCISES / "exercise.schema.json"
    return bundled("routines") / "routine.schema.json"
