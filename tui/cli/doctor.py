"""`gluteus doctor`: facts about this machine (terminal, folders, files, sound and voice), and advice."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

from tui import __version__
from tui.audio.make_player import make_player
from tui.cli.doctor_sound import Section, audio, play, sound_rows, voice, voice_rows
from tui.cli.output import Misuse, columns, complain, print_json, ring, say
from tui.files.places import Places, find_places, is_leftover
from tui.files.settings_file import read_settings
from tui.files.state import count_skipped
from tui.history.journal_files import look_through
from tui.library.cached_catalog import read_catalog
from tui.library.catalog import Catalog
from tui.library.overview import overview_fits
from tui.plain_text import plain_text
from tui.terminal.window import terminal_size


def doctor(args: SimpleNamespace) -> int:
    """Print the facts, as a table or as JSON, and play the sounds if asked."""
    places = find_places()
    settings, problems = read_settings(places)
    if args.calibrate:
        from tui.cli.doctor_calibrate import calibrate

        return calibrate(args, settings, places)
    if args.yes:
        raise Misuse("--yes is for --calibrate.\nSee: gluteus doctor --help")
    player = make_player(settings, places, ring)
    try:
        facts: Section = {
            "version": __version__,
            "python": f"{platform.python_version()} ({sys.executable})",
            "system": platform.platform(),
            "terminal": terminal(os.environ),
            "folders": {"config": folder(places.config), "state": folder(places.state), "data": folder(places.data)},
            "files": files(read_catalog(places)) | {"leftovers": leftovers(places)},
            "settings": {"problems": list(problems)},
            "kept": stored(places),
            "audio": audio(player, settings),
            "voice": voice(settings, places),
        }
        if args.json:
            print_json(facts)
        else:
            say(columns(rows(facts)))
        if args.play:
            play(player, settings, speaks=bool(facts["voice"]["name"]), report=complain if args.json else say)
    finally:
        player.close()
    return 0


def terminal(environ: Mapping[str, str]) -> Section:
    """Describe the terminal by its environment variables."""
    size = terminal_size()
    return {
        "is_terminal": sys.stdin.isatty() and sys.stdout.isatty(),
        "type": plain_text(environ.get("TERM", "")),
        "columns": size.columns,
        "rows": size.lines,
        "colours": colours(environ),
        "encoding": sys.stdout.encoding,
    }


def colours(environ: Mapping[str, str]) -> str:
    """Return the number of colours, according to the environment variables."""
    if environ.get("NO_COLOR"):
        return "none, because NO_COLOR is set"
    if environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256color" in environ.get("TERM", "") else "16"


def folder(path: Path) -> Section:
    """Describe a folder; `writable` says whether the program can write in it, or create it."""
    there = next(parent for parent in (path, *path.parents) if os.path.exists(parent))
    return {
        "path": plain_text(str(path)),
        "exists": os.path.isdir(path),
        "writable": os.path.isdir(there) and os.access(there, os.W_OK),
    }


def files(catalog: Catalog) -> Section:
    """Count routines, exercises and problems."""
    own = sum(not entry.bundled for entry in catalog.entries)
    return {
        "routines": len(catalog.entries),
        "your_routines": own,
        "exercises": len(catalog.exercises),
        "problems": len(catalog.all_problems),
    }


def leftovers(places: Places) -> list[str]:
    """List the paths of conflict copies and backups in the folders of routines and exercises."""
    paths = []
    for folder in (places.routines, places.exercises):
        with suppress(OSError):
            paths += [plain_text(str(folder / name)) for name in sorted(os.listdir(folder)) if is_leftover(name)]
    return paths


def stored(places: Places) -> Section:
    """Count the damaged entries that are skipped in the files that the program writes."""
    journal = look_through(places)
    return {
        "journal": {"months": journal.files, "lines": journal.lines, "skipped": journal.skipped},
        "journal_problem": journal.trouble,
        "state_skipped": count_skipped(places),
        "overview_fits": overview_fits(places),
    }


def rows(facts: Section) -> Iterator[tuple[str, str]]:
    """Yield the facts as rows: a name and a value."""
    yield "gluteus", facts["version"]
    yield "python", facts["python"]
    yield "system", facts["system"]
    terminal = facts["terminal"]
    kind, size = terminal["type"] or "of no named type", f"{terminal['columns']} x {terminal['rows']} cells"
    yield "terminal", f"{kind}, {size}, colours: {terminal['colours']}, {terminal['encoding']}"
    if not terminal["is_terminal"]:
        yield "", "Input or output is not a terminal: the full screen needs one."
    for name, folder in facts["folders"].items():
        state = "" if folder["exists"] else ", not there yet"
        yield f"{name} folder", f"{folder['path']}{state}{'' if folder['writable'] else ': cannot be written'}"
    count = facts["files"]
    yield "routines", f"{count['routines']}, {count['your_routines']} of them yours; {count['exercises']} exercises"
    if count["problems"]:
        yield "problems", f"{count['problems']}. See them: gluteus check"
    for path in count["leftovers"]:
        yield "not used", f"{path}: a backup or a conflict copy"
    for problem in facts["settings"]["problems"]:
        yield "settings", problem
    yield from _stored_rows(facts["kept"])
    yield from sound_rows(facts["audio"])
    yield from voice_rows(facts["voice"])


def _stored_rows(stored: Section) -> Iterator[tuple[str, str]]:
    journal = stored["journal"]
    skipped = f"; skipped as damaged: {journal['skipped']}" if journal["skipped"] else ""
    yield "journal", f"months: {journal['months']}, lines: {journal['lines']}{skipped}"
    if stored["journal_problem"]:
        yield "", stored["journal_problem"]
    if stored["state_skipped"]:
        yield "state.toml", f"entries skipped as damaged: {stored['state_skipped']}"
    if not stored["overview_fits"]:
        yield "overview.json", "it is damaged and ignored. You can delete it; Gluteus writes a new one"
