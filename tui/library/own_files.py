"""Files in the user's folders: new routines and exercises, and copies of bundled ones to change.

The JSON Schema that their first line names lies beside them, for editors that complete and check TOML. It carries the
version of the program that wrote it. If two versions share a synchronised folder, the newer schema stays.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from tui import __version__
from tui.bundled import bundled
from tui.files.atomic import StorageProblem, write_atomic
from tui.files.places import Places
from tui.files.reading import Unreadable, read_bytes, read_text
from tui.library.kinds import EXERCISES
from tui.plain_text import plain_text

LONGEST_NAME = 60

ROUTINE_STARTER = """\
#:schema ./routine.schema.json
# A routine of your own. Everything after a # is a note for you.
# Check it: gluteus check. Look at it: gluteus show NAME. Start it: gluteus start NAME.

format  = 1
title   = "Title"
summary = "One line about it."
tags    = ["desk"]            # desk, kettle, floor, gym, or words of your own
needs   = []                  # for example ["mat"]

[defaults]                    # for every block and set without a value of its own
prepare = "10s"               # once, before the first set
rest    = "20s"               # after a set; never after the last
switch  = "5s"                # to change from left to right

# A block is a group of sets. Add as many blocks as you like.
[[blocks]]
name   = "Warm-up"
rounds = 2                    # how many times each set is done
# mode = "circuit"            # every set once, then again; also "emom" and "amrap"

[[blocks.sets]]
exercise = "sit-to-stand"     # a bundled exercise, with its steps, figure and ladder
reps     = 7                  # or work = "40s", or reps = "8-12", or reps = "max"

[[blocks.sets]]
exercise = "my-stretch"       # an exercise of your own, below
work     = "30s"
sides    = "each"             # left, then right; the default is "both"

[exercises.my-stretch]
name    = "My stretch"
steps   = ["Describe how it is done."]
cues    = ["Breathe out and let it go"]
caution = "Ease in, no bouncing."
"""


EXERCISE_STARTER = """\
#:schema ./exercise.schema.json
# An exercise of your own, which every routine can use. Everything after a # is a note for you.
# Check it: gluteus check. Use it in a routine: exercise = "ID"

name     = "Name"
muscles  = ["gluteus maximus"]
position = "standing"          # or sitting, kneeling, half-kneeling, all-fours, supine, prone, side-lying
needs    = []                  # kit, for example ["mat"]; for a chair, sofa or worktop: place = "chair"
# loud   = true                # the neighbours can hear it
steps    = [                   # one sentence each
    "Stand tall.",
    "Describe what to do.",
]
cues     = ["Stand tall", "Breathe"]   # a few words each, spoken during the set
caution  = "Stop if it hurts."
fix      = "What to change if it feels wrong."
work     = "30s"               # or reps = 10, or reps = "8-12"; a routine can override it
sides    = "each"              # left, then right; the default is "both"

# Its progressions, easiest first. Each may have its own work, steps, cues, caution and figure.
[[progressions]]
id      = "easy"
name    = "Easy"
move_on = { sessions = 3, work = "40s" }    # after three sessions of 40 s that were not hard, suggest the next
grow    = { work = "+5s", up_to = "45s" }   # 5 s more after every two full sessions

[[progressions]]
id   = "hard"
name = "Hard"
work = "20s"
# step_back = { sessions = 2, days = 14 }   # after two hard sessions or two weeks away, suggest the one before
"""


def own_id(name: str) -> str:
    """Return the file name, without suffix, for a title: `Morning break` becomes `morning-break`.

    Raises ValueError with a short reason.
    """
    made = "-".join(normalize("NFC", name).lower().replace("-", " ").split())
    if not 0 < len(made) <= LONGEST_NAME:
        raise ValueError(f"a name has 1 to {LONGEST_NAME} characters")
    if not f"x{made.replace('-', '_')}".isidentifier():  # letters, digits and accents of any language
        raise ValueError("a name is made of letters, digits and hyphens")
    return made


def new_routine(places: Places, name: str, source: Path | None = None) -> Path:
    """Write a starter for `name`, or a copy of the routine at `source` under that title, into the user's folder.

    Returns its path. Raises ValueError if the name cannot be used, and StorageProblem.
    """
    return new_routine_of(places, name, ROUTINE_STARTER if source is None else _text(source))


def new_routine_of(places: Places, name: str, text: str) -> Path:
    """Write a routine's `text` under the title `name`; as `new_routine`."""
    return _new(places.routines, "routine", name, _titled(text, name))


def new_exercise(places: Places, name: str, source: Path | None = None) -> Path:
    """Write a starter, or a copy, for an exercise; as `new_routine`."""
    text = EXERCISE_STARTER.replace("ID", own_id(name)) if source is None else _text(source)
    return _new(places.exercises, "exercise", name, _titled(text, name, "name"))


@contextlib.contextmanager
def own_copy(places: Places, path: Path) -> Iterator[Path]:
    """Yield the user's own copy of the bundled file at `path`, and make it if there is none.

    A copy that is still unchanged at the end is removed again, so that a failed or abandoned edit does not hide the
    bundled file permanently. Raises StorageProblem.
    """
    own = (places.exercises if path.parent.name == EXERCISES else places.routines) / path.name
    if own.exists():
        yield own
        return
    text = _text(path)
    schema = own.parent / _schema(own.parent).name
    made = [each for each in (schema, *own.parents) if not os.path.lexists(each)]
    _write(own, text)
    try:
        yield own
    finally:
        with contextlib.suppress(OSError):
            if read_bytes(own) == text.encode():
                os.unlink(os.path.realpath(own))
                for each in made:
                    each.unlink() if each == schema else each.rmdir()


def update_schemas(places: Places) -> None:
    """Bring the schemas in the user's folders up to this version; a folder without one gets none."""
    for folder in (places.routines, places.exercises):
        if os.path.exists(folder / _schema(folder).name):
            _write_schema(folder)


def _new(folder: Path, kind: str, name: str, text: str) -> Path:
    """Write a new file for `name` into the folder for its kind."""
    id_ = own_id(name)
    path = folder / f"{id_}.toml"
    if os.path.lexists(path):
        raise ValueError(f"you have {'an' if kind == 'exercise' else 'a'} {kind} {id_} already")
    if (_schema(folder).parent / path.name).exists():
        raise ValueError(f"{id_} is a bundled {kind}")
    _write(path, text)
    return path


def _text(path: Path) -> str:
    """Return the text of a file to copy. Raises StorageProblem."""
    try:
        return read_text(path)
    except Unreadable as error:
        raise StorageProblem(f"{plain_text(str(path))} cannot be copied: {error}") from error


def _titled(text: str, name: str, key: str = "title") -> str:
    """Return a file's text with another title and its comments; text that is not TOML is returned unchanged."""
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
    """Write a file, and the schema that its first line names beside it."""
    write_atomic(path, text)
    _write_schema(path.parent)


def _write_schema(folder: Path) -> None:
    """Write the schema for the files of a folder if it is missing or older than this version's."""
    with contextlib.suppress(StorageProblem, OSError):  # Only editors that complete TOML would miss it.
        wanted, path = _versioned(_schema(folder).read_bytes()), folder / _schema(folder).name
        present = path.read_bytes() if path.is_file() else b""
        if present != wanted and _version_of(present) <= _version_of(wanted):
            write_atomic(path, wanted)


_COMMENT = re.compile(rb'"\$comment": "Gluteus (\d+)\.(\d+)\.(\d+)')


def _versioned(schema: bytes) -> bytes:
    """Return a bundled schema with the program's version added."""
    return schema.replace(b"{", f'{{\n  "$comment": "Gluteus {__version__}",'.encode(), 1)


def _version_of(schema: bytes) -> tuple[int, ...]:
    """Return the version of the program that wrote a schema; (), lower than any, if it cannot be read."""
    match = _COMMENT.search(schema, 0, 200)
    return tuple(map(int, match.groups())) if match else ()


def _schema(folder: Path) -> Path:
    """Return the path of the bundled schema for one of the user's folders."""
    if folder.name == EXERCISES:
        return bundled("routines") / EXERCISES / "exercise.schema.json"
    return bundled("routines") / "routine.schema.json"
