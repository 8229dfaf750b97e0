"""Files in the user's folders: new routines and exercises, and copies of bundled ones to change.

The JSON Schema that their first line names is in the same folder, for editors that complete and check TOML. It carries
the version of the program that wrote it. If two versions share a synchronised folder, the newer schema is kept.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path
from unicodedata import normalize

from tui import __version__
from tui.bundled import bundled
from tui.files.atomic import StorageProblem, reason, write_atomic, write_new
from tui.files.places import EXERCISES, Places
from tui.files.reading import Unreadable, read_bytes, read_text
from tui.library.editing import ReturnedAtOnce
from tui.plain_text import capital, first_control, plain_text
from tui.routine.fields import MOST_TITLE

LONGEST_NAME = 60

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


def own_id(title: str) -> str:
    """Return a file name, without suffix, for any title: `Gesäß & Rücken` becomes `gesass-rucken`.

    Raises ValueError, with a short reason, for a title that the format does not allow.
    """
    from anyascii import anyascii  # loaded only to write

    title = " ".join(title.split())
    if not 0 < len(title) <= MOST_TITLE:
        raise ValueError(f"a title has 1 to {MOST_TITLE} characters")
    if first_control(title) is not None:
        raise ValueError("a title has no control characters")
    words = re.findall("[a-z0-9]+", anyascii(normalize("NFC", title).replace("\N{MULTIPLICATION SIGN}", "x")).lower())
    made = "-".join(words)[:LONGEST_NAME].strip("-") or "untitled"
    return f"{made}-1" if _RESERVED.fullmatch(made) else made


_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that no file can have on Windows."""


def new_routine(places: Places, title: str, text: str) -> Path:
    """Write a routine's `text` under `title` into the user's folder.

    Returns its path, which is always a new one. Raises ValueError for an impossible title, and StorageProblem.
    """
    return _new(places.routines, title, _titled(text, title))


def new_exercise(places: Places, title: str, source: Path | None = None) -> Path:
    """Write a starter, or a copy, for an exercise; as `new_routine`."""
    text = EXERCISE_STARTER if source is None else copied(source)
    return _new(places.exercises, title, _titled(text, title, "name"))


def own_file(places: Places, path: Path) -> Path:
    """Return the user's file for the file at `path`: the same, or for a bundled file the one that hides it.

    It need not exist.
    """
    if not is_bundled(path):
        return path
    return (places.exercises if path.parent.name == EXERCISES else places.routines) / path.name


def file_in_use(places: Places, path: Path) -> Path:
    """Return the user's file in place of the bundled one at `path` if there is one, else `path`."""
    own = own_file(places, path)
    return own if os.path.lexists(own) else path


def exercise_file(places: Places, exercise: str) -> Path:
    """Return the file of an exercise by its id: the user's, else the bundled one."""
    return file_in_use(places, bundled("routines") / EXERCISES / f"{exercise}.toml")


def is_bundled(path: Path) -> bool:
    """Check whether a file came with the program."""
    return Path(os.path.abspath(path)).is_relative_to(bundled("routines"))


def edit_file(places: Places, path: Path, edit: Callable[[Path], None]) -> Path:
    """Let `edit` open a file in the editor, and return the file with the result.

    Of a bundled file a draft is opened. Once it has been changed, it becomes the user's own file, which hides the
    bundled one. The draft of an editor that returned at once stays, as it may be open in a window: the next edit
    continues with it. Raises StorageProblem, and the exceptions of `edit`.
    """
    own = own_file(places, path)
    if own == path or os.path.lexists(own):
        edit(own)
        return own
    folder = places.drafts / __version__  # an unchanged draft from another version would look changed
    draft = (folder / EXERCISES if own.parent.name == EXERCISES else folder) / own.name
    original, stays = copied(path).encode(), False
    if not os.path.lexists(draft):
        write_atomic(draft, original)
        _write_schema(draft.parent)
    try:
        edit(draft)
    except ReturnedAtOnce:
        stays = True
        raise
    finally:
        changed = _is_other(draft, original)
        if changed:
            _keep(draft, own)
        if changed or not stays:
            draft.unlink(missing_ok=True)
    return own if changed else path


def _is_other(draft: Path, original: bytes) -> bool:
    """Check whether a draft exists and differs from the original. Raises StorageProblem."""
    try:
        return read_bytes(draft) != original
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageProblem(f"{plain_text(str(draft))} cannot be read: {reason(error)}") from error


def _keep(draft: Path, own: Path) -> None:
    """Make a draft the user's own file. Raises StorageProblem; the draft stays."""
    try:
        write_new(own, read_bytes(draft))
    except FileExistsError:
        refusal = f"{plain_text(str(own))} was written meanwhile and is not overwritten"
        raise StorageProblem(f"{refusal}. What you wrote is in {plain_text(str(draft))}") from None
    except StorageProblem as problem:
        raise StorageProblem(f"{problem}. What you wrote is in {plain_text(str(draft))}") from problem
    _write_schema(own.parent)


def to_trash(places: Places, path: Path) -> Path:
    """Move a file of the user's to the trash, and return where it is now. Raises StorageProblem."""
    for number in count(1):
        trashed = places.trash / (path.name if number == 1 else f"{path.stem}-{number}{path.suffix}")
        try:
            write_new(trashed, read_bytes(path))
            path.unlink()
            return trashed
        except FileExistsError:
            continue
        except OSError as error:
            raise StorageProblem(f"{plain_text(str(path))} cannot be moved: {reason(error)}") from error
    raise AssertionError("there is no end of names")


def update_schemas(places: Places) -> None:
    """Update the schemas in the user's folders to this version; a folder without one gets none."""
    for folder in (places.routines, places.exercises):
        if os.path.exists(folder / _schema(folder).name):
            _write_schema(folder)


def _new(folder: Path, title: str, text: str) -> Path:
    """Write a new file for `title` into the folder for its kind, under the first free name."""
    made = name = own_id(title)
    for number in count(2):
        path = folder / f"{name}.toml"
        if not os.path.lexists(path) and not (_schema(folder).parent / path.name).exists():
            with contextlib.suppress(FileExistsError):  # another process was quicker
                write_new(path, text.replace('exercise = "ID"', f'exercise = "{name}"'))
                _write_schema(folder)
                return path
        name = f"{made}-{number}"
    raise AssertionError("there is no end of names")


def copied(path: Path) -> str:
    """Read the text of a file to copy. Raises StorageProblem."""
    try:
        return read_text(path)
    except Unreadable as error:
        raise StorageProblem(f"{plain_text(str(path))} cannot be copied: {error}") from error


def _titled(text: str, title: str, key: str = "title") -> str:
    """Return a file's text with another title and its comments; text that is not TOML is returned unchanged."""
    import tomlkit  # loaded only to write
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
    except TOMLKitError:
        return text
    title = " ".join(title.split())
    if re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)+", title):  # the name of a file
        title = title.replace("-", " ")
    document[key] = capital(title)
    return document.as_string()


def _write_schema(folder: Path) -> None:
    """Write the schema for the files of a folder if it is missing or older than this version's."""
    with contextlib.suppress(StorageProblem, OSError):  # Only editors that complete TOML would miss it.
        schema, comment = _schema(folder), f'{{\n  "$comment": "Gluteus {__version__}",'
        wanted, path = schema.read_bytes().replace(b"{", comment.encode(), 1), folder / schema.name
        present = path.read_bytes() if path.is_file() else b""
        if present != wanted and _version_of(present) <= _version_of(wanted):
            write_atomic(path, wanted)


_COMMENT = re.compile(rb'"\$comment": "Gluteus (\d+)\.(\d+)\.(\d+)')


def _version_of(schema: bytes) -> tuple[int, ...]:
    """Return the version of the program that wrote a schema; (), lower than any, if it cannot be read."""
    match = _COMMENT.search(schema, 0, 200)
    return tuple(map(int, match.groups())) if match else ()


def _schema(folder: Path) -> Path:
    """Return the path of the bundled schema for one of the user's folders."""
    if folder.name == EXERCISES:
        return bundled("routines") / EXERCISES / "exercise.schema.json"
    return bundled("routines") / "routine.schema.json"
