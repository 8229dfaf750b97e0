"""`gluteus check` and `gluteus schema`: the problems of a file, and its JSON Schema."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from tui.cli.output import Misuse, print_json, say
from tui.files.located import Located, with_excerpts
from tui.files.places import find_places
from tui.library.cached_catalog import read_catalog
from tui.library.kinds import FileKind
from tui.plain_text import plain_text

if TYPE_CHECKING:
    from tui.coach.as_json import Json


def check(args: SimpleNamespace) -> int:
    """Print every problem and warning of the given files, or of all files; warnings alone leave the exit code 0."""
    if args.kind and not args.files:
        raise Misuse("--as needs a file.\nSee: gluteus check --help")
    kind = FileKind(args.kind) if args.kind else None
    places = find_places()
    catalog = read_catalog(places)
    if args.files:
        problems = tuple(problem for name in args.files for problem in catalog.check(Path(name), kind))
    else:
        from tui.files.settings_file import check_own_settings

        problems = check_own_settings(places) + catalog.all_problems + catalog.all_warnings
    if args.json:
        print_json([problem_json(problem) for problem in problems])
    elif problems:
        say(with_excerpts(problems))
    elif sys.stdout.isatty():
        say("No problems.")
    return 1 if any(not problem.is_warning for problem in problems) else 0


def problem_json(problem: Located) -> Json:
    """Convert one problem and its place to JSON."""
    return {
        "file": plain_text(str(problem.path)),
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "warning": problem.is_warning,
    }


def print_schema(args: SimpleNamespace) -> int:
    """Print the JSON Schema of a kind of file."""
    if args.kind == "settings":
        from tui.files.settings import settings_schema

        print_json(settings_schema())
    elif args.kind == "history":
        from tui.history.journal_format import journal_schema

        print_json(journal_schema())
    else:
        from tui.routine.schema import schema

        print_json(schema(args.kind))
    return 0
