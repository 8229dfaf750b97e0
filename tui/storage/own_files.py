"""Files in the person's own folder: a starter to write a routine from, and a copy of a bundled one to change."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from unicodedata import normalize

from tui.bundled import bundled
from tui.plain_text import plain_text
from tui.storage.atomic import StorageProblem, write_atomic
from tui.storage.places import Places
from tui.storage.reading import Unreadable, read_text

LONGEST_NAME = 60
SCHEMA = "routine.schema.json"

STARTER = """\
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


def own_id(name: str) -> str:
    """The name of a file for the routine that a person calls `name`: `Morning break` is `morning-break`.

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
    id_ = own_id(name)
    path = places.routines / f"{id_}.toml"
    if os.path.lexists(path):
        raise ValueError(f"there is a routine {id_} already")
    if (bundled("routines") / path.name).exists():
        raise ValueError(f"{id_} is a bundled routine")
    _write(places, path, _titled(STARTER if source is None else _text(source), name))
    return path


def own_copy(places: Places, path: Path) -> Path:
    """The person's own copy of the bundled routine at `path`, made where there is none. Raises StorageProblem."""
    own = places.routines / path.name
    if not own.exists():
        _write(places, own, _text(path))
    return own


def _text(path: Path) -> str:
    """The text of a routine that is to be copied. Raises StorageProblem."""
    try:
        return read_text(path)
    except Unreadable as error:
        raise StorageProblem(f"{plain_text(str(path))} cannot be copied: {error}") from error


def _titled(text: str, name: str) -> str:
    """A routine's text with another title, its comments kept; one that is not TOML stays as it is, to be mended."""
    import tomlkit  # loaded only to write
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
    except TOMLKitError:
        return text
    spaced = " ".join(name.replace("-", " ").split())
    document["title"] = spaced[:1].upper() + spaced[1:]
    return document.as_string()


def _write(places: Places, path: Path, text: str) -> None:
    """Write a routine, and beside it the schema that its first line names."""
    write_atomic(path, text)
    schema = places.routines / SCHEMA
    with contextlib.suppress(StorageProblem, OSError):  # Only editors that complete TOML would miss it.
        write_atomic(schema, (bundled("routines") / SCHEMA).read_bytes())
