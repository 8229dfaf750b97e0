"""What most commands begin with: folders, settings, what is remembered, the catalog, and one routine out of it.

It is read in one place, so that every command reports a broken file in the same way and continues with the others.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tui.cli.output import Misuse, Trouble, complain
from tui.engine.coaching import Coaching
from tui.engine.model import Choices
from tui.files.places import Places, find_places
from tui.files.settings import Settings, load_settings, with_value
from tui.files.state import Remembered, load_state
from tui.ladder.growth import with_growth
from tui.library.cached_catalog import read_catalog
from tui.library.catalog import Catalog, Entry, NotFound
from tui.library.edited_ladders import settled
from tui.library.make_overview import basis_of, make_overview
from tui.library.overview import Overview, cache_overview, renew_overview
from tui.library.own_files import update_schemas
from tui.routine.model import Routine
from tui.routine.problems import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that is read from the disk before a command does its work; each of `notes` is a line to show."""

    places: Places
    settings: Settings
    state: Remembered
    catalog: Catalog
    notes: tuple[str, ...] = ()

    @property
    def coaching(self) -> Coaching:
        """Return the coaching of a workout that starts now: with care for exercises that hurt recently."""
        from tui.history.reading import read_careful  # loaded only for what is led

        return replace(self.settings.coaching, careful=read_careful(self.places))

    def choices(self, today: Mapping[str, str] | None = None) -> Choices:
        """The remembered progressions, under those asked for on the command line."""
        return Choices(today=today or {}, remembered=self.state.progressions)


def read_context() -> Context:
    """Read it all."""
    places = find_places()
    settings, settings_note = load_settings(places)
    state, state_note = load_state(places)
    catalog = read_catalog(places)
    state, moved = settled(places, state, catalog)
    notes = tuple(note for note in (settings_note, state_note, catalog.note, *moved) if note)
    return Context(places, settings, state, catalog, notes)


def load_context() -> Context:
    """Read it all; settings, state, folders or exercises with problems are a line each on standard error."""
    context = read_context()
    for note in context.notes:
        complain(note)
    return context


def fresh_overview(context: Context, stamp: str) -> Overview:
    """Return a new overview, cached under `stamp` (taken before all was read) unless a note is shown each time.

    One is made after every change of files or version: the moment to bring the schemas beside the user's files up to
    date as well.
    """
    update_schemas(context.places)
    catalog = context.catalog.with_growth(context.state.grown, context.choices())
    made = make_overview(catalog, context.settings, context.state)
    if not context.notes:
        basis = basis_of(context.places, context.settings, context.state)
        cache_overview(context.places, stamp, made, basis)
    return made


def refresh_overview(places: Places, stamp: str) -> None:
    """Bring the cached overview up to date for the next start; routines are laid out only if that can change them."""
    (settings, settings_note), (state, state_note) = load_settings(places), load_state(places)
    basis = basis_of(places, settings, state)
    whole = settings_note is None and state_note is None
    if not (whole and renew_overview(places, stamp, basis, settings.screen.theme, state.last_routine)):
        fresh_overview(read_context(), stamp)


def muted(context: Context) -> Context:
    """The same without sound."""
    return replace(context, settings=with_value(context.settings, "audio.mute", True))


def chosen(context: Context, args: Namespace) -> tuple[Routine, Choices]:
    """The routine that the arguments name, with the doses that have grown, and the progressions to do it at."""
    routine = find_routine(context.catalog, args.routine)
    choices = context.choices(asked(routine, args.progression))
    return with_growth(routine, context.state.grown, choices), choices


def find_routine(catalog: Catalog, name: str) -> Routine:
    """Return the routine of a name or a path. Raises Trouble if there is none, or only a broken one."""
    entry = find_entry(catalog, name)
    if entry.routine is None:
        first, more = entry.problems[0], len(entry.problems) - 1
        rest = f" ({more} more)" if more else ""
        raise Trouble(f"{first}{rest}\nAll problems: gluteus check {entry.path}")
    return entry.routine


def find_entry(catalog: Catalog, name: str) -> Entry:
    """Return the file of a name or a path, broken or not. Raises Trouble if there is none."""
    try:
        return catalog.find(name)
    except NotFound as error:
        raise Trouble(f"{error}\nAll routines: gluteus list") from None


def asked(routine: Routine, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The progressions asked for, by exercise. Raises Misuse for one that the routine does not have."""
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
