"""The user's settings, state and catalogue, for every command and screen.

A change takes effect at once in memory and is then written. If it cannot be written, the user is warned and the program
continues with the change: no workout is lost because a folder is read-only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Self

from tui.clocks import Clocks
from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.library.cached import FilesSeen, look

if TYPE_CHECKING:
    from pathlib import Path

    from tui.engine.coaching import Coaching
    from tui.engine.model import Choices
    from tui.engine.timeline import Timeline
    from tui.files.menu_order import MenuOrder
    from tui.files.settings import Settings
    from tui.history.journal import MadeOf
    from tui.history.recent import Recent, RecentWorkout
    from tui.ladder.proposals import Proposal
    from tui.ladder.remembered import Answer, Heard, Remembered, Reply
    from tui.library.catalog import Catalog, Entry
    from tui.library.fits import Fit
    from tui.library.overview import Overview, RoutineCard
    from tui.routine.model import Routine
    from tui.today.adapt import Adapted
    from tui.today.conditions import Conditions
    from tui.today.pick import Pick


class WorkoutRequest(NamedTuple):
    """A workout to start: the routine, its rate, the limits it was adapted to, and lines to show at its start.

    `outside` is the path of its file if that is not in the catalogue's folders.
    """

    routine: Routine
    rate: float = 1.0
    conditions: Conditions | None = None
    facts: Sequence[str] = ()
    outside: Path | None = None


class Reread(NamedTuple):
    """The library and the cards after files have changed, with the settings, state and pace of the cards.

    `cache` caches the library.
    """

    library: Catalog
    overview: Overview
    basis: tuple[Settings, Remembered, Coaching]
    cache: Callable[[], None]


class UserData:
    """The user's settings, state and catalogue.

    Each is read on first use, unless it is passed in, and so are the modules that read them. An overview contains the
    first contents of the menu: with one, the first paint reads no other file.
    """

    def __init__(
        self, places: Places, *, warn: Callable[[str], None], overview: Overview | None = None,
        settings: Settings | None = None, state: Remembered | None = None, catalog: Catalog | None = None,
        coaching: Coaching | None = None, notes: Sequence[str] = (), clocks: Clocks | None = None,
        is_new: bool = False,
    ) -> None:  # fmt: skip
        """`warn` is called with one line on a failed write; each of `notes` is about a file with problems."""
        self.is_new = is_new
        """Whether the user has not yet read who should ask a doctor before a first workout."""
        self.places = places
        self.notes = tuple(notes)
        self.warn = warn
        self.today: Mapping[str, str] = {}
        self._hushed: set[str] = set()
        self._settings, self._state, self._library = settings, state, catalog
        self.overview = overview
        """The cards and the other contents of the menu; replaced after a file has changed, None until made."""
        self._catalog: Catalog | None = None
        self._menu_order: MenuOrder | None = None
        self._pace_of_cards: Coaching | None = None  # once another pace may hold
        self.clocks = clocks or Clocks()
        self._coaching = coaching
        self._coaching_day = self.clocks.now().date() if coaching else None

    @classmethod
    def read(cls, places: Places, *, warn: Callable[[str], None]) -> Self:
        """Read settings, state and catalogue now, and note their problems."""
        from tui.files.settings_file import load_settings
        from tui.files.state import load_state
        from tui.library.cached_catalog import read_catalog
        from tui.library.edited_ladders import settled

        (settings, settings_note), (state, state_note) = load_settings(places), load_state(places)
        catalog = read_catalog(places)
        state, moved = settled(places, state, catalog)
        notes = [note for note in (settings_note, state_note, catalog.note, *moved) if note]
        return cls(places, warn=warn, settings=settings, state=state, catalog=catalog, notes=notes)

    @property
    def settings(self) -> Settings:
        """The user's settings."""
        if self._settings is None:
            from tui.files.settings_file import load_settings

            self._settings = load_settings(self.places)[0]
        return self._settings

    @property
    def state(self) -> Remembered:
        """The program's state for the user."""
        if self._state is None:
            from tui.files.state import load_state

            self._state = load_state(self.places)[0]
        return self._state

    @property
    def library(self) -> Catalog:
        """Every routine and exercise as in its file."""
        if self._library is None:
            from tui.library.cached_catalog import read_catalog

            self._library = read_catalog(self.places)
            self._settle(self._library)
        return self._library

    def _settle(self, library: Catalog) -> None:
        """Move remembered progressions to the current ladders, and note the moves."""
        from tui.library.edited_ladders import settled

        self._state, notes = settled(self.places, self.state, library)
        for note in notes:
            self.warn(note)

    @property
    def catalog(self) -> Catalog:
        """Every routine and exercise, with grown doses in each routine."""
        if self._catalog is None:
            self._catalog = self.library.with_growth(self.state.grown, self.choices)
        return self._catalog

    @property
    def theme(self) -> str:
        """The name of the theme at the start."""
        return self.overview.theme if self.overview else self.settings.screen.theme

    @property
    def last_routine(self) -> str | None:
        """The id of the last routine that was started."""
        return self.overview.last_routine if self.overview else self.state.last_routine

    def choose_for_now(self, progressions: Mapping[str, str]) -> None:
        """Do exercises at these progressions, by their ids, until the program ends."""
        self.today, self.overview, self._catalog = progressions, None, None

    @property
    def choices(self) -> Choices:
        """The progression of each exercise: as asked for this time, else as remembered."""
        from tui.engine.model import Choices

        return Choices(today=self.today, remembered=self.state.progressions)

    @property
    def coaching(self) -> Coaching:
        """The pace of a workout that starts now, from the settings, recent pain and familiar exercises."""
        today = self.clocks.now().date()
        if self._coaching is None or self._coaching_day != today:
            from tui.audio.voices import is_installed
            from tui.history.familiarity import coaching_on

            if self._pace_of_cards is None and self._coaching is not None:
                self._pace_of_cards = self._coaching.pace
            coaching = coaching_on(today, self.places, self.settings, self.state, self.library.exercises)
            waits = coaching.waits and is_installed(self.settings.voice.command)
            self._coaching = coaching._replace(waits=waits)
            self._coaching_day = today
        return self._coaching

    @property
    def coaching_for_render(self) -> Coaching:
        """The pace of a sound file: nothing is muted. For any day, so it has the title but no facts about the past."""
        from tui.audio.voices import is_installed

        settings = self.settings
        waits = settings.speaks and is_installed(settings.voice.command)
        return self.coaching._replace(waits=waits, past=None, done_today=())

    @property
    def known_until(self) -> date | None:
        """The first day on which workouts have other lengths than today if nothing is done before; None if never."""
        from tui.history.familiarity import known_until

        return known_until(self.places, self.coaching, self.clocks.now().date())

    def adapted(self, routine: Routine, conditions: Conditions | None) -> Adapted:
        """Return `routine` adapted to `conditions`, at today's progressions."""
        from tui.coach.cued_timeline import spoken_planner
        from tui.today.adapt import adapt
        from tui.today.conditions import EVERYTHING

        planner_of = partial(spoken_planner, coaching=self.coaching)
        return adapt(routine, self.catalog.exercises, self.choices, conditions or EVERYTHING, planner_of)

    @property
    def cards(self) -> Sequence[RoutineCard]:
        """The cards of all routines, rebuilt if a workout or a new day has changed the script."""
        if self._pace_of_cards is not None or self._coaching is not None:
            pace = self.coaching.pace  # notes a new day
            if self._pace_of_cards not in (None, pace):
                self.overview = None
        self._pace_of_cards = None
        if self.overview is None:
            from tui.library.make_overview import make_overview

            self.overview = make_overview(self.catalog, self.settings, self.state, self.coaching, self.today)
        return self.overview.cards

    def pick(
        self, recent: Recent, now: datetime, fits: Iterable[Fit] | None = None, for_s: float | None = None
    ) -> Pick | None:
        """Return today's pick of all routines, or of `fits`, those that can be done under today's limits."""
        from tui.today.pick import Choosable, PastWorkout, pick

        cards, overview = {card.id: card for card in self.cards}, self.overview
        parts = overview.parts if overview else {}
        shown = [(card, False) for card in cards.values()] if fits is None else [(f.card, bool(f.notes)) for f in fits]
        choosable = [
            Choosable(card.id, card.total_s, card.tags, card.trains, card.leaps, changed)
            for card, changed in shown
            if not card.problems
        ]

        def trained(workout: RecentWorkout) -> Sequence[str]:
            if workout.routine in cards:
                return cards[workout.routine].trains
            return [part for exercise in workout.exercises for part in parts.get(exercise, ())]

        past = [PastWorkout(workout.routine, workout.started_at, trained(workout)) for workout in recent.workouts]
        return pick(choosable, past, now, recent.hours, for_s)

    @property
    def menu_order(self) -> MenuOrder:
        """How the user has ordered the menu."""
        if self._menu_order is None:
            from tui.files.menu_order import load_menu_order

            self._menu_order = load_menu_order(self.places)
        return self._menu_order

    def arrange(self, order: MenuOrder) -> None:
        """Order the menu."""
        from tui.files.menu_order import save_menu_order

        self._menu_order = order
        self._keep(save_menu_order, order)

    def change(self, key: str, value: object) -> None:
        """Change one setting by its dotted key."""
        from tui.files.settings import with_value
        from tui.files.settings_file import save_setting

        if key == "audio.mute":
            self._hushed.clear()
        self._settings = with_value(self.settings, key, value)
        self.overview = self._coaching = None
        self._keep(save_setting, key, value)

    def mute_for(self, on: bool, reason: str = "today") -> None:
        """Mute the sound for a reason, without saving that, or drop the reason; without reasons the sound is on again.

        A setting that the user has changed since is left alone.
        """
        had = bool(self._hushed)
        if on and (had or not self.settings.audio.mute):
            self._hushed.add(reason)
        elif not on:
            self._hushed.discard(reason)
        if had != bool(self._hushed):
            from tui.files.settings import with_value

            self._settings, self._coaching = with_value(self.settings, "audio.mute", not had), None

    def remember(self, exercise: str, progression: str | None) -> None:
        """Remember the progression of an exercise with its ladder; None forgets it."""
        from tui.files.state import remember_progression

        ladder = self.catalog.ladder(exercise, progression)
        self._state = self.state.with_progression(exercise, progression, ladder)
        self.overview = self._catalog = None
        self._keep(remember_progression, exercise, progression, ladder)

    def grow(self, exercise: str, progression: str, amount: float) -> None:
        """Remember the total by which the dose of a progression has grown above its file; 0 forgets it."""
        from tui.files.state import remember_growth

        self._state = self.state.with_growth(exercise, progression, amount)
        self.overview = self._catalog = None
        self._keep(remember_growth, exercise, progression, amount)

    def answer(self, exercise: str, answer: Answer) -> None:
        """Remember the answer to a proposal for an exercise; it replaces the last answer to the same kind of change."""
        from tui.files.state import remember_answer

        self._state = self.state.with_answer(exercise, answer)
        self._keep(remember_answer, exercise, answer)

    def reply(self, proposal: Proposal, reply: Reply, at: datetime) -> None:
        """Make an accepted change, and remember the reply, so that it is not proposed again at once."""
        from tui.ladder.remembered import Answer, Change, Reply

        if reply is Reply.YES and proposal.change is Change.GROW:
            self.grow(proposal.exercise, proposal.progression, proposal.amount)
        elif reply is Reply.YES:
            self.remember(proposal.exercise, proposal.progression)
        self.answer(proposal.exercise, Answer(proposal.change, proposal.progression, reply, at))

    def remember_started(self, routine: str, timeline: Timeline | None = None) -> None:
        """Remember the routine as the last started one, and the words of its `timeline` if it is recorded."""
        from tui.files.state import remember_routine

        heard: dict[str, Heard] = {}
        if timeline:
            from tui.history.familiarity import newly_heard

            heard = newly_heard(self.state, timeline, self.clocks.now().date())
            self._pace_of_cards, self._coaching = self.coaching.pace, None  # a workout makes exercises more familiar
        self._state = self.state.with_routine(routine, heard)
        if self.overview is not None:
            self.overview = self.overview._replace(last_routine=routine)
        self._keep(remember_routine, routine, heard)

    def made_of(self, routine: str, conditions: Conditions | None, outside: Path | None = None) -> MadeOf:
        """Return the current source of a workout; for the parameters see `entry`."""
        from tui.history.journal import MadeOf
        from tui.today.conditions import EVERYTHING

        entry = self.entry(routine, outside)
        return MadeOf(entry.routine if entry else None, conditions or EVERYTHING, outside)

    def entry(self, routine: str, outside: Path | None = None) -> Entry | None:
        """Return the routine of this id, or that of a file `outside` the catalogue's folders, with grown doses.

        None if there is none, or no such file.
        """
        if outside is None:
            return next((entry for entry in self.catalog.entries if entry.id == routine), None)
        if not os.path.lexists(outside):
            return None
        alone = self.library._replace(entries=(self.library.load(outside),))
        return alone.with_growth(self.state.grown, self.choices).entries[0]

    def shows(self, seen: FilesSeen) -> bool:
        """Check whether the cards show the user's files as they were `seen`."""
        return self.overview is None or self.overview.shows(seen)

    def read_again(self) -> Reread:
        """Read the files that have changed. It changes nothing in this object, and can run in a thread."""
        from tui.library.cached_catalog import read_catalog, read_changed
        from tui.library.make_overview import make_overview

        library, cache = read_changed(self.places, self._library or read_catalog(self.places))
        basis = self._basis
        settings, state, coaching = basis
        catalog = library.with_growth(state.grown, self.choices)
        made = make_overview(catalog, settings, state, coaching, self.today, self.overview)
        return Reread(library, made, basis, cache)

    def take(self, reread: Reread) -> None:
        """Use the result of `read_again`; the cards are rebuilt if something else has changed meanwhile."""
        self._library, self._catalog = reread.library, None
        self._settle(reread.library)
        same = all(a is b for a, b in zip(reread.basis, self._basis, strict=True))
        self.overview = reread.overview if same else None

    @property
    def _basis(self) -> tuple[Settings, Remembered, Coaching]:
        """The sources of the cards besides the files."""
        return self.settings, self.state, self.coaching

    def reload(self) -> None:
        """Read the files that have changed now."""
        reread = self.read_again()
        self.take(reread)
        reread.cache()

    def refresh(self) -> bool:
        """Read the files that have changed since the cards were made, and return whether there are any."""
        is_old = not self.shows(look(self.places))
        if is_old:
            self.reload()
        return is_old

    def _keep(self, write: Callable[..., str | None], *values: object) -> None:
        """Write something; warn if that fails, or if a broken file was set aside for it."""
        try:
            note = write(self.places, *values)
        except StorageProblem as problem:
            note = str(problem)
        if note:  # also if it was the last one that was said: that may be long ago
            self.warn(note)
