"""`gluteus list`: the routines there are, how long they take, and which of them have problems.

Reading and laying out every routine takes most of a tenth of a second. What came out is kept in the state folder,
with a stamp of every file that it depends on, and printed again until one of them changes.
"""

from __future__ import annotations

import json
import os
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from typing import Any

from tui import __version__
from tui.bundled import bundled
from tui.cli.output import columns, print_json, say
from tui.routine.durations import clock
from tui.storage.places import Places, find_places

CODE = ("", "cli", "routine", "storage", "timeline")
"""The packages that make a listing out of files."""

Listing = dict[str, Any]


def list_routines(args: Namespace) -> int:
    """Print every routine, broken ones too."""
    places = find_places()
    stamp = stamp_of(places)
    listing = kept(places, stamp) or fresh(places, stamp)
    if args.json:
        print_json(listing)
        return 0
    broken = [entry for entry in listing["routines"] if entry["problems"]]
    say(columns([_row(entry) for entry in listing["routines"] if entry not in broken], right=(1,)))
    if broken:
        say("\n" + columns([_broken_row(entry) for entry in broken]))
    return 0


def kept(places: Places, stamp: str) -> Listing | None:
    """The listing that was kept, where nothing has changed since."""
    try:
        found = json.loads(places.listing_file.read_bytes())
        return dict(found["listing"]) if found["stamp"] == stamp else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def fresh(places: Places, stamp: str) -> Listing:
    """A new listing, kept where that can be done; it is not where something else is to be said each time."""
    from tui.cli.context import load_context
    from tui.cli.survey import survey
    from tui.storage.atomic import StorageProblem, write_atomic

    context = load_context()
    listing = survey(context)
    if not context.notes:
        with suppress(StorageProblem):
            write_atomic(places.listing_file, json.dumps({"stamp": stamp, "listing": listing}))
    return listing


def stamp_of(places: Places) -> str:
    """A text that is another one whenever a file has changed that the listing depends on."""
    package = Path(__file__).parents[1]
    folders = [bundled("routines"), bundled("routines") / "exercises", places.routines, places.exercises]
    lines = [__version__, _stamp(places.settings_file), _stamp(places.state_file)]
    for folder in (*folders, *(package / name for name in CODE)):
        lines.append(_stamp(folder))
        with suppress(OSError):
            lines += sorted(_stamp(entry.path) for entry in os.scandir(folder) if entry.name.endswith((".toml", ".py")))
    return "\n".join(lines)


def _stamp(path: Path | str) -> str:
    """A file or folder, and what is another one whenever it is written, replaced, or its permissions change."""
    try:
        status = os.stat(path)
    except OSError as error:
        return f"{path} {error.errno}"
    return f"{path} {status.st_ino} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_size}"


def _broken_row(entry: Listing) -> tuple[str, ...]:
    """Name of a broken file, and where to read what is wrong."""
    count = len(entry["problems"])
    return entry["id"], f"{count} problem{'' if count == 1 else 's'}: gluteus check {entry['path']}"


def _row(entry: Listing) -> tuple[str, ...]:
    """Name, length, title, tags, and whose it is."""
    whose = "" if entry["source"] == "bundled" else entry["source"]
    length = f"{'≈ ' if entry['estimated'] else ''}{clock(entry['duration_s'])}"
    return entry["id"], length, entry["title"], ", ".join(entry["tags"]), whose
