"""Loading for most commands: the user's data, and one of the routines.

It is done in one place, so that every command reports a broken file in the same way and continues with the others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from tui.cli.output import Misuse, Trouble, complain
from tui.engine.model import Choices
from tui.files.places import find_places
from tui.ladder.growth import with_growth
from tui.library.catalog import Catalog, Entry, NotFound, is_path
from tui.routine.model import Exercise, Routine
from tui.routine.problems import did_you_mean, listed, quoted
from tui.user_data import UserData

if TYPE_CHECKING:
    from tui.library.overview import Overview
    from tui.routine.quick import QuickLine


def read_user() -> UserData:
    """Read the user's settings, state and catalogue."""
    return UserData.read(find_places(), warn=complain)


def load_user() -> UserData:
    """Read them, and print a line on each file with problems to standard error."""
    user = read_user()
    for note in user.notes:
        complain(note)
    return user


def fresh_overview(user: UserData, stamp: str) -> Overview:
    """Make a new overview, cached under `stamp` (taken before reading) unless a note has to be shown each time.

    One is made after every change of files or version, so the schemas beside the user's files are updated as well.
    """
    from tui.library.make_overview import ground_of, make_overview
    from tui.library.overview import cache_overview, cached_cards
    from tui.library.own_files import update_schemas

    update_schemas(user.places)
    ground = ground_of(user.library, user.coaching, user.state)
    before = cached_cards(user.places, ground)
    made = make_overview(user.catalog, user.settings, user.state, user.coaching, before=before)
    user.overview = made
    if not user.notes:
        cache_overview(user.places, stamp, made, ground, until=user.known_until)
    return made


def chosen(user: UserData, args: SimpleNamespace) -> tuple[Routine, Choices]:
    """Return the routine that the arguments name, with the doses that have grown, and its progressions."""
    routine = find_routine(user.library, args.routine)
    return as_done(user, routine, chosen_progressions(routine, args.progression))


def as_done(user: UserData, routine: Routine, today: Mapping[str, str] | None = None) -> tuple[Routine, Choices]:
    """Return a routine with its grown doses, and its progressions: those of `today`, else the remembered ones."""
    choices = user.choices._replace(today=today or {})
    return with_growth(routine, user.state.grown, choices), choices


def find_routine(catalog: Catalog, name: str) -> Routine:
    """Find the routine of a path, a name or a quick line. Raises Trouble if there is none or it has problems."""
    try:
        entry = catalog.find(name)
    except NotFound as error:
        from tui.routine.quick import exercise_named, is_like_a_line

        if is_like_a_line(name) and not os.path.lexists(name):
            return quick(catalog, name)[0]
        ways = "All routines: gluteus list"
        if (exercise := exercise_named(name, catalog.exercises)) is not None:
            ways = f'{exercise.name} is an exercise. To do it now: gluteus start "3x 40/20 {exercise.id}"'
        elif any(letter.isdigit() or letter == " " for letter in name) and not os.path.lexists(name):
            ways += '. A workout without a file begins with a number: "3x 40/20 squat"'
        raise Trouble(f"{error}\n{ways}") from None
    note_namesake(entry, name)
    if entry.routine is None:
        first, more = entry.problems[0], len(entry.problems) - 1
        rest = f" ({more} more)" if more else ""
        raise Trouble(f"{first}{rest}\nAll problems: gluteus check {entry.path}")
    return entry.routine


def note_namesake(entry: Entry, name: str) -> None:
    """Print a line if the current folder has another file with the `name` of a routine."""
    for file in () if is_path(name) else (name, f"{name}.toml"):
        if os.path.isfile(file) and not (os.path.exists(entry.path) and os.path.samefile(file, entry.path)):
            complain(f"{quoted(name)} is a file here too. This is the routine; for the file: .{os.sep}{file}")
            return


def quick(catalog: Catalog, line: str) -> tuple[Routine, QuickLine]:
    """Return the routine of a quick line, and the parsed line. Raises Trouble with the place of its problem."""
    from tui.routine.quick import QuickProblem
    from tui.today.quick_routine import quick_routine

    try:
        return quick_routine(line, catalog.exercises)
    except QuickProblem as problem:
        raise Trouble(f"in {line!r}, character {problem.character}: {problem}.") from None


def find_exercise(catalog: Catalog, name: str) -> Exercise:
    """Find an exercise of the library by its id or its name. Raises Trouble."""
    from tui.routine.quick import exercise_named

    if (exercise := exercise_named(name, catalog.exercises)) is None:
        hint = did_you_mean(name, catalog.exercises)
        raise Trouble(f"there is no exercise {quoted(name)}{hint}.\nAll exercises: gluteus exercises")
    return exercise


def chosen_progressions(routine: Routine, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the progressions asked for, by exercise. Raises Misuse for one that the routine does not have."""
    for exercise_id, wanted in pairs:
        exercise = routine.exercises.get(exercise_id)
        if exercise is None:
            raise Misuse(_unknown(f"{routine.id} has no exercise", exercise_id, routine.exercises))
        if exercise.progression(wanted) is None:
            ladder = [step.id for step in exercise.progressions]
            raise Misuse(_unknown(f"{exercise_id} has no progression", wanted, ladder))
    return dict(pairs)


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    known = tuple(known)
    return f"--progression: {what} {name}{did_you_mean(name, known)}.\nIt has: {listed(known) or 'none'}."
