"""`gluteus new` and `gluteus edit`: write routines and exercises in the user's editor."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import SimpleNamespace

from tui.cli.context import find_exercise, load_user, note_namesake, quick
from tui.cli.output import Misuse, Trouble, confirm, say
from tui.files.located import first_place, with_excerpts
from tui.library.catalog import Catalog, NotFound
from tui.library.editing import run_editor
from tui.library.overview import PLACES
from tui.library.own_files import (
    copied,
    edit_file,
    exercise_file,
    is_bundled,
    new_exercise,
    new_routine,
    update_schemas,
)
from tui.library.starter import Starter, starter_text
from tui.routine.problems import did_you_mean, listed, quoted
from tui.routine.quick import as_toml
from tui.user_data import UserData


def new(args: SimpleNamespace) -> int:
    """Write a starter, a copy of another file, or the routine of a quick line into the user's folder."""
    user = load_user()
    chosen = {"--place": args.place, "--minutes": args.minutes, "--exercises": args.exercises, "--work": args.work}
    given = [option for option, value in chosen.items() if value is not None]
    if args.quick is not None and args.exercise:
        raise Misuse("--quick makes a routine, not an exercise.\nSee: gluteus new --help")
    if given and (args.exercise or args.source is not None or args.quick is not None):
        raise Misuse(f"{given[0]} is for a new routine: leave out --exercise, --from and --quick.")
    try:
        if args.exercise:
            path = new_exercise(user.places, args.name, _source(user, args))
        elif args.quick is not None:
            _, parsed = quick(user.library, args.quick)
            path = new_routine(user.places, args.name, as_toml(parsed, args.quick))
        elif (source := _source(user, args)) is not None:
            path = new_routine(user.places, args.name, copied(source))
        else:
            text = starter_text(_starter(user, args), user.library.exercises, user.coaching)
            path = new_routine(user.places, args.name, text)
    except ValueError as error:
        raise Misuse(f"{error}.\nSee: gluteus new --help") from None
    hidden = args.exercise and _is_routine(user.library, path.stem)
    say(f"{path}\nEdit it: gluteus edit {path.stem}{' --exercise' if hidden else ''}")
    return 0


def _starter(user: UserData, args: SimpleNamespace) -> Starter:
    """Return the choices of the arguments. Raises Trouble for an unknown exercise."""
    usual = Starter()
    if args.place is not None and args.place not in PLACES:
        raise Misuse(f"--place is {quoted(args.place)}: choose {', '.join(PLACES[:-1])} or {PLACES[-1]}.")
    names = filter(None, map(str.strip, (args.exercises or "").split(",")))
    chosen = [find_exercise(user.library, name).id for name in names]
    work_s, rest_s = args.work or (usual.work_s, usual.rest_s)
    place, minutes = args.place or usual.place, args.minutes or usual.minutes
    return Starter(place, minutes, tuple(dict.fromkeys(chosen)), work_s, rest_s)


def _source(user: UserData, args: SimpleNamespace) -> Path | None:
    """Return the file to copy, or None for a starter."""
    if args.source is None:
        return None
    if args.exercise:
        return _exercise_to_edit(user, args.source)
    return _routine_file(user.library, args.source)


def edit(args: SimpleNamespace) -> int:
    """Open a file in the editor until it has no problems or the user stops."""
    user = load_user()
    file = file_to_edit(user, args.name, exercise=args.exercise)
    update_schemas(user.places)
    path, code = _edit_and_check(user, file)
    if path != file:
        say(f"{path.stem} is bundled; your copy is used instead: {path}")
    elif is_bundled(path):
        say(f"{path.stem} was not changed: the bundled one stays.")
    return code


def _edit_and_check(user: UserData, path: Path) -> tuple[Path, int]:
    """Open the editor at the first problem, print the problems of the file, offer to edit again.

    Returns the path of the result (for a bundled file the user's copy), and the exit code.
    """
    problems = () if is_bundled(path) else user.library.check(path)
    while True:
        path = edit_file(user.places, path, partial(run_editor, at=first_place(problems)))
        problems = user.library.check(path)
        say(with_excerpts(problems) or f"{path}: no problems.")
        if all(problem.is_warning for problem in problems):
            return path, 0
        if not confirm("Edit again? [Y/n] ", enter_is_yes=True):
            return path, 1


def file_to_edit(user: UserData, name: str, *, exercise: bool) -> Path:
    """Return the file for a name or a path: a routine's, else an exercise's. Raises Trouble."""
    if exercise or (name in _exercises(user.library) and not _is_routine(user.library, name)):
        return _exercise_to_edit(user, name)
    return _routine_file(user.library, name, f". Exercises: {listed(sorted(_exercises(user.library)))}.")


def _routine_file(catalog: Catalog, name: str, others: str = "") -> Path:
    """Return the file of a routine, which may be broken. Raises Trouble if there is none, with `others` to choose."""
    try:
        entry = catalog.find(name)
    except NotFound as error:
        raise Trouble(f"{error}\nAll routines: gluteus list{others}") from None
    note_namesake(entry, name)
    return entry.path


def _exercise_to_edit(user: UserData, name: str) -> Path:
    """Return the file of an exercise, which may be broken. Raises Trouble if there is none."""
    known = _exercises(user.library)
    if name not in known:
        hint = did_you_mean(name, known)
        raise Trouble(f"there is no exercise {quoted(name)}{hint}.\nExercises: {listed(sorted(known))}.")
    return exercise_file(user.places, name)


def _exercises(catalog: Catalog) -> set[str]:
    """List the names of all exercise files, broken ones included."""
    return {*catalog.exercises, *catalog.broken}


def _is_routine(catalog: Catalog, name: str) -> bool:
    return any(entry.id == name for entry in catalog.entries)
