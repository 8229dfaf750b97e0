"""`gluteus new` and `gluteus edit`: routines and exercises of your own, written in your own editor."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from tui.bundled import bundled
from tui.cli.context import Context, find_entry, load_context
from tui.cli.output import Trouble, say
from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.library.catalog import Catalog, NotFound
from tui.library.editing import EditorTrouble, run_editor
from tui.library.kinds import EXERCISES
from tui.library.own_files import new_exercise, new_routine, own_copy, update_schemas
from tui.routine.problems import did_you_mean, listed, quoted


def new(args: Namespace) -> int:
    """Write a starter, or a copy of another file, into the person's folder."""
    context = load_context()
    write = new_exercise if args.exercise else new_routine
    try:
        path = write(context.places, args.name, _source(context, args))
    except ValueError as error:
        raise Trouble(f"{error}.\nTo change one that is there: gluteus edit NAME") from None
    except StorageProblem as problem:
        raise Trouble(str(problem)) from None
    hidden = args.exercise and _is_routine(context.catalog, path.stem)
    say(f"{path}\nWrite in it: gluteus edit {path.stem}{' --exercise' if hidden else ''}")
    return 0


def _source(context: Context, args: Namespace) -> Path | None:
    """The file that a new one begins as a copy of."""
    if args.source is None:
        return None
    if args.exercise:
        return exercise_file(context, args.source)
    return find_entry(context.catalog, args.source).path


def edit(args: Namespace) -> int:
    """Open a file in the editor until it has no problems, or the person has had enough."""
    context = load_context()
    path = _own(context.places, file_to_edit(context, args.name, exercise=args.exercise))
    update_schemas(context.places)
    while True:
        try:
            run_editor(path)
        except EditorTrouble as trouble:
            raise Trouble(str(trouble)) from None
        problems = context.catalog.check(path)
        if not problems:
            say(f"{path}: no problems.")
            return 0
        say("\n".join(str(problem) for problem in problems))
        if all(problem.is_warning for problem in problems):
            return 0
        if not _wants_again():
            return 1


def file_to_edit(context: Context, name: str, *, exercise: bool) -> Path:
    """The file of a name or a path: a routine's, or where no routine has this name, an exercise's. Raises Trouble."""
    if exercise or (name in _exercises(context.catalog) and not _is_routine(context.catalog, name)):
        return exercise_file(context, name)
    try:
        return context.catalog.find(name).path
    except NotFound as error:
        exercises = listed(sorted(_exercises(context.catalog)))
        raise Trouble(f"{error}\nAll routines: gluteus list. Exercises: {exercises}.") from None


def exercise_file(context: Context, name: str) -> Path:
    """The file of an exercise: the person's own, or the bundled one. Raises Trouble where there is none."""
    known = _exercises(context.catalog)
    if name not in known:
        hint = did_you_mean(name, known)
        raise Trouble(f"there is no exercise {quoted(name)}{hint}.\nExercises: {listed(sorted(known))}.")
    own = context.places.exercises / f"{name}.toml"
    return own if own.exists() else bundled("routines") / EXERCISES / own.name


def _exercises(catalog: Catalog) -> set[str]:
    """The names of all files of exercises, broken ones too."""
    return {*catalog.exercises, *catalog.broken}


def _is_routine(catalog: Catalog, name: str) -> bool:
    return any(entry.id == name for entry in catalog.entries)


def _own(places: Places, path: Path) -> Path:
    """The file itself, or of a bundled one a copy in the person's folder."""
    if not Path(os.path.abspath(path)).is_relative_to(bundled("routines")):
        return path
    try:
        own = own_copy(places, path)
    except StorageProblem as problem:
        raise Trouble(str(problem)) from None
    say(f"{path.stem} is bundled; this copy of yours takes its place: {own}")
    return own


def _wants_again() -> bool:
    """Ask whether to open the editor again; without a terminal nobody can be asked."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        answer = input("Edit again? [Y/n] ")
    except EOFError:
        return False
    return answer.strip().lower() in ("", "y", "yes")
