"""All routines and exercises: the bundled ones, and the user's, which hide bundled ones of the same name."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Self

from tui.bundled import bundled
from tui.engine import limits
from tui.engine.model import Choices
from tui.files.atomic import reason
from tui.files.located import Located, in_file, located
from tui.files.places import EXERCISES, Places, is_leftover
from tui.files.reading import Unreadable, parse_toml, read_text
from tui.ladder.growth import Grown, with_growth
from tui.library.cached import FilesSeen, exercises_stamp, file_stamp
from tui.library.kinds import FileKind, kind_of
from tui.plain_text import natural_key, plain_text
from tui.routine.model import Exercise, Routine
from tui.routine.problems import KeyPath, Problem, quoted
from tui.routine.reader import read_exercise, read_routine


class NotFound(Exception):
    """No such routine; the message is one line, with the nearest names."""


class LazyRoutine:
    """A routine that is decoded on first use: decoding a thousand takes nearly 0.1 s."""

    def __init__(self, make: Callable[[], Routine], row: tuple[str, Sequence[str]] | None = None) -> None:
        """`make` returns the routine. `row` is its form in the cache; None if it differs from its file."""
        self._make, self.row = make, row

    @cached_property
    def routine(self) -> Routine:
        """The routine."""
        return self._make()

    def __eq__(self, other: object) -> bool:
        return self.routine == (other.routine if isinstance(other, LazyRoutine) else other)

    __hash__ = None  # type: ignore[assignment]


class Entry(NamedTuple):
    """A routine's file: the `source` of the routine, or None and its problems. `id` is safe to show.

    `warnings` are about files that can be used, but probably not as intended. `stamp` is that of the file as it was
    read; a file that is not in the catalogue's folders has none.
    """

    id: str
    path: Path
    bundled: bool
    source: Routine | LazyRoutine | None
    problems: tuple[Located, ...] = ()
    warnings: tuple[Located, ...] = ()
    stamp: str = ""

    @property
    def routine(self) -> Routine | None:
        """The routine; None if the file has problems."""
        return self.source.routine if isinstance(self.source, LazyRoutine) else self.source


class Catalog(NamedTuple):
    """All routines by id, the exercises that a routine can use, and the problems of exercises and folders.

    `broken` are the files of exercises that cannot be used, by the exercise's id. `shared` is the stamp of the user's
    exercises as they were read; empty if the catalogue does not come from files.
    """

    entries: tuple[Entry, ...]
    exercises: Mapping[str, Exercise]
    problems: tuple[Located, ...] = ()
    broken: Mapping[str, Path] = MappingProxyType({})
    warnings: tuple[Located, ...] = ()
    shared: str = ""

    @property
    def all_warnings(self) -> tuple[Located, ...]:
        """The warnings of exercises and of routines that can be used.

        This is slow: each routine is planned at all of its progressions.
        """
        by_entry = ((*entry.warnings, *later_warnings(entry)) for entry in self.entries)
        return (*self.warnings, *(warning for warnings in by_entry for warning in warnings))

    @property
    def all_problems(self) -> tuple[Located, ...]:
        """The problems of folders, exercises and routines."""
        return (*self.problems, *(problem for entry in self.entries for problem in entry.problems))

    @property
    def routines(self) -> Iterator[Routine]:
        """Every routine that can be used."""
        return (entry.routine for entry in self.entries if entry.routine is not None)

    @property
    def all_exercises(self) -> Iterator[Exercise]:
        """The exercises of the routines, then those of the library."""
        yield from (exercise for routine in self.routines for exercise in routine.exercises.values())
        yield from self.exercises.values()

    @property
    def note(self) -> str | None:
        """Format a line about problems of folders or exercises, which no routine shows, or None."""
        if not self.problems:
            return None
        more = len(self.problems) - 1
        return str(self.problems[0]) + (f" (and {more} more: gluteus check)" if more else "")

    def named(self, exercise: str) -> Iterator[Exercise]:
        """Yield each exercise of this id that has a ladder: the library's, then those of single routines."""
        own = (routine.exercises.get(exercise) for routine in self.routines)
        versions = chain((self.exercises.get(exercise),), own)
        return (version for version in versions if version is not None and version.progressions)

    def ladder(self, exercise: str, progression: str | None) -> tuple[str, ...]:
        """List the ids of the exercise's ladder with this progression; empty if there is none."""
        ladders = (tuple(step.id for step in version.progressions) for version in self.named(exercise))
        return next((ladder for ladder in ladders if progression in ladder), ())

    def shows(self, seen: FilesSeen) -> bool:
        """Check whether it has the user's files as they were `seen`."""
        return seen.match(self.shared, (entry.stamp for entry in self.entries if not entry.bundled))

    def with_growth(self, grown: Grown, choices: Choices) -> Self:
        """Return the catalogue with grown doses in each routine, at the progressions of `choices`."""
        if not grown:
            return self

        def grow(entry: Entry) -> Routine:
            assert entry.routine is not None
            return with_growth(entry.routine, grown, choices)

        entries = (
            entry if entry.source is None else entry._replace(source=LazyRoutine(partial(grow, entry)))
            for entry in self.entries
        )
        return self._replace(entries=tuple(entries))

    def find(self, name: str) -> Entry:
        """Find the routine of this id, or in the file of this path. Raises NotFound."""
        if is_path(name):
            return self._find_file(Path(name))
        wanted = plain_text(name)
        for entry in self.entries:
            if entry.id == wanted:
                return entry
        if wanted and (other := _other_file(Path(name))):
            raise NotFound(other)
        hint = f" To read the file of that name here: .{os.sep}{wanted}" if os.path.isfile(name) else ""
        hint = " That is a folder here: name one file in it." if wanted and os.path.isdir(name) else hint
        raise NotFound(f"there is no routine {quoted(name)}.{self._nearest(wanted)}{hint}")

    def _find_file(self, path: Path) -> Entry:
        """Return the routine in a file, of the catalog or not. Raises NotFound."""
        if other := _other_file(path):
            raise NotFound(other)
        if not os.path.lexists(path):
            raise NotFound(f"there is no file {quoted(str(path))}.{self._nearest(path.stem)}")
        absolute = Path(os.path.abspath(path))
        known = (entry for entry in self.entries if entry.path == absolute)
        return next(known, None) or self.load(path)

    def outside(self, name: str) -> Path | None:
        """Return the absolute path of the file `name`, or None if it is in the catalogue or not a path."""
        if not (is_path(name) and os.path.lexists(name)):
            return None
        path = Path(os.path.abspath(name))
        return None if any(entry.path == path for entry in self.entries) else path

    def load(self, path: Path, text: str | None = None, *, is_bundled: bool = False) -> Entry:
        """Return the routine of a file in any folder, with its problems; `text` is used instead of its content."""
        try:
            text = read_text(path) if text is None else text
            data = parse_toml(text)
        except Unreadable as error:
            return Entry(plain_text(path.stem), path, is_bundled, None, (in_file(path, error.problem),))
        return self._entry(path, text, data, is_bundled=is_bundled)

    def _entry(self, path: Path, text: str, data: Mapping[str, object], *, is_bundled: bool) -> Entry:
        """Return the routine of a file with this text, which has been parsed into `data`."""
        id_ = plain_text(path.stem)
        routine, problems = (_read_bundled if is_bundled else read_routine)(data, id_, self.exercises)
        if routine is not None:
            unfit = limits.problems(routine)
            routine, problems = (None if unfit else routine), problems + unfit
        in_lines = located(path, text, tuple(_with_cause(problem, data, self.broken) for problem in problems))
        if routine is None:
            return Entry(id_, path, is_bundled, None, problems=in_lines)
        return Entry(id_, path, is_bundled, routine, warnings=in_lines)

    def check(self, path: Path, kind: FileKind | None = None) -> tuple[Located, ...]:
        """List every problem and warning of a file in any folder, in the order of its lines.

        `kind` None is found by folder and contents (`kinds.kind_of`).
        """
        try:
            text = read_text(path)
            data = parse_toml(text)
        except Unreadable as error:
            return (in_file(path, error.problem),)
        kind = kind or kind_of(path, data)
        if kind is FileKind.SETTINGS:
            from tui.files.settings_file import check_settings  # here and below: loaded only for what needs it

            return check_settings(path)
        if kind is FileKind.EXERCISE:
            return _load_exercise(path)[1]
        is_bundled = path.resolve().parent == bundled("routines").resolve()
        entry = self._entry(path, text, data, is_bundled=is_bundled)
        return entry.problems or (*entry.warnings, *later_warnings(entry))

    def _nearest(self, name: str) -> str:
        """Return a question with the names nearest to `name`, or an empty string."""
        from difflib import get_close_matches  # loaded only to explain

        ids = {entry.id.casefold(): entry.id for entry in self.entries}
        near = [ids[folded] for folded in get_close_matches(name.casefold().replace(" ", "-"), ids, cutoff=0.7)]
        return f" Did you mean {' or '.join(near)}?" if near else ""


def is_path(name: str) -> bool:
    """Check whether `name` is the path of a file, as a shell completes it, and not the name of a routine."""
    return name.endswith(".toml") or os.sep in name or "/" in name


_SESSIONS = (".json", ".jsonl", ".csv", ".fit", ".gz", ".zip")
"""Suffixes of files that may hold sessions."""


def _other_file(path: Path) -> str | None:
    """Return a message about a file that may hold sessions, with the command for it; None for any other."""
    name = quoted(str(path))
    if path.suffix.lower() not in _SESSIONS or not os.path.lexists(path):
        return None
    return (
        f"{name} is a {path.suffix[1:].upper()} file: a routine is a TOML file. Write one: gluteus new TITLE. "
        f"If it contains workouts that you did: gluteus history import FILE"
    )


def later_warnings(entry: Entry) -> tuple[Located, ...]:
    """List the warnings that take time to compute: too little time before a set, and doses far from the ladder's."""
    if entry.routine is None:
        return ()
    from tui.coach.short_gaps import warnings  # loaded only to check
    from tui.routine import dose_differences

    problems = (*warnings(entry.routine), *dose_differences.warnings(entry.routine))
    try:
        return located(entry.path, read_text(entry.path), problems) if problems else ()
    except Unreadable:
        return tuple(in_file(entry.path, problem) for problem in problems)


def load_catalog(places: Places, before: Catalog | None = None) -> Catalog:
    """Read every bundled file and every file of the user's. It never fails: every failure becomes a problem.

    Unchanged entries are taken from `before`, which was read by the same version of the program.
    """
    shared = exercises_stamp(places)
    if before is None or before.shared != shared:
        before = _read_exercises(places, shared)
    known = {entry.path: entry for entry in before.entries if entry.stamp}
    problems = [problem for problem in before.problems if problem.path != places.routines]
    entries = _entries(places, before, known, problems)
    return before._replace(entries=entries, problems=tuple(problems))


def _read_exercises(places: Places, shared: str) -> Catalog:
    """Make a catalogue of all exercises, without routines."""
    problems: list[Located] = []
    warnings: list[Located] = []
    exercises: dict[str, Exercise] = {}
    broken: dict[str, Path] = {}
    for folder in (bundled("routines") / EXERCISES, places.exercises):
        for name, path in _files(folder, problems):
            exercise, noticed = _load_exercise(path)
            if exercise is not None:
                exercises[name] = exercise
                warnings += noticed
                continue
            problems += noticed
            if name in exercises:
                problems.append(Located(path, None, None, "the bundled exercise is used until this is fixed"))
            else:
                broken[name] = path
    return Catalog((), exercises, tuple(problems), broken, tuple(warnings), shared)


def _entries(
    places: Places, library: Catalog, known: Mapping[Path, Entry], problems: list[Located]
) -> tuple[Entry, ...]:
    """List all routines, by id; those that are `known` are read again only if their files have changed."""
    own = dict(_files(places.routines, problems))
    shipped = dict(_files(bundled("routines"), problems))
    entries = []
    for name, path in (shipped | own).items():
        stamp = file_stamp(str(path))
        if path in known and known[path].stamp == stamp:
            entries.append(known[path])
            continue
        entry = library.load(path, is_bundled=name not in own)
        if entry.routine is None and name in own and name in shipped:
            hides = "it hides the bundled routine of the same name: fix it, or rename it to get that one back"
            entry = entry._replace(problems=(*entry.problems, Located(path, None, None, hides)))
        entries.append(entry._replace(stamp=stamp))
    return tuple(sorted(entries, key=lambda entry: (natural_key(entry.id), entry.id)))


def _files(folder: Path, problems: list[Located]) -> Iterator[tuple[str, Path]]:
    """Yield the TOML files of a folder by name, without hidden files and leftovers."""
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(Located(folder, None, None, f"the folder cannot be read: {reason(error)}"))
        return
    for name in names:
        if name.endswith(".toml") and not is_leftover(name):
            yield name.removesuffix(".toml"), folder / name


def _load_exercise(path: Path) -> tuple[Exercise | None, tuple[Located, ...]]:
    """Return the exercise of a file, or None, and its problems; only warnings if it can be used."""
    try:
        text = read_text(path)
        exercise, problems = read_exercise(parse_toml(text), plain_text(path.stem))
    except Unreadable as error:
        return None, (in_file(path, error.problem),)
    return exercise, located(path, text, problems)


def _read_bundled(
    data: Mapping[str, object], id_: str, exercises: Mapping[str, Exercise]
) -> tuple[Routine | None, tuple[Problem, ...]]:
    """Read a bundled routine, without the progressions and figures that an exercise of the user's own does not have.

    The user wrote the exercise, not the routine, so these are warnings.
    """
    routine, problems = read_routine(data, id_, exercises)
    if routine is None:
        from copy import deepcopy

        fitting = deepcopy(data)
        if all(_left_out(fitting, problem.path) for problem in problems):
            routine, _ = read_routine(fitting, id_, exercises)
    if routine is None:
        return None, problems
    left_out = "it is left out until your exercise has it"
    return routine, tuple(
        problem if problem.is_warning else problem._replace(message=f"{problem.message}; {left_out}", is_warning=True)
        for problem in problems
    )


def _left_out(data: Mapping[str, object], path: KeyPath) -> bool:
    """Remove the name of a progression or figure from a set; return whether `path` leads to one."""
    *above, key = path
    if key not in ("progression", "figure") and above[-1:] != ["progressions"]:
        return False
    if isinstance(table := _value_at(data, tuple(above)), dict):
        table.pop(key, None)
        if key == "progression":
            table.pop("pinned", None)
    return True


def _with_cause(problem: Problem, data: Mapping[str, object], broken: Mapping[str, Path]) -> Problem:
    """Return the problem; if its missing exercise has a broken file, the problem of that file instead."""
    name = _value_at(data, problem.path) if problem.path[-1:] == ("exercise",) else None
    if not isinstance(name, str) or name not in broken:
        return problem
    return problem._replace(message=f"the exercise {quoted(name)} has problems: fix {plain_text(str(broken[name]))}")


def _value_at(data: object, path: KeyPath) -> object:
    for key in path:
        try:
            data = data[key]  # type: ignore[index]
        except (LookupError, TypeError):
            return None
    return data
