"""What outlives the program: settings, remembered progressions, the last routine, and the routines themselves.

A change holds at once in memory and is then written down. A disk that refuses is told of, and the program goes on with
what it has: nobody loses a workout because a folder is read-only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.library.overview import Overview, RoutineCard

if TYPE_CHECKING:
    from tui.engine.model import Choices
    from tui.files.settings import Settings
    from tui.files.state import Remembered
    from tui.ladder.answers import Answer, Reply
    from tui.ladder.proposals import Proposal
    from tui.library.catalog import Catalog
    from tui.routine.model import Routine
    from tui.today.adapt import Adapted
    from tui.today.conditions import Conditions


class UserData:
    """The person's settings, state and catalog.

    Each is read when it is first asked for, unless it is handed in. An overview tells what the menu shows at first, and
    is much sooner there than the files it was made of: with one, the first paint reads no other file. The modules that
    read them are loaded as late, for the same reason.
    """

    def __init__(
        self, places: Places, *, warn: Callable[[str], None], overview: Overview | None = None,
        settings: Settings | None = None, state: Remembered | None = None, catalog: Catalog | None = None,
        today: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """`warn` is told in one line what could not be written. `today` are the progressions asked for this time."""
        self.places = places
        self.today = dict(today or {})
        self._hushed = False
        self._warn = warn
        self._overview, self._settings, self._state, self._files = overview, settings, state, catalog
        self._catalog: Catalog | None = None

    @property
    def settings(self) -> Settings:
        """What the person has set."""
        if self._settings is None:
            from tui.files.settings import load_settings

            self._settings = load_settings(self.places)[0]
        return self._settings

    @property
    def state(self) -> Remembered:
        """What is remembered."""
        if self._state is None:
            from tui.files.state import load_state

            self._state = load_state(self.places)[0]
        return self._state

    @property
    def catalog(self) -> Catalog:
        """Every routine and exercise there is, each routine with the doses that have grown."""
        if self._files is None:
            from tui.library.cached_catalog import read_catalog
            from tui.library.edited_ladders import settled

            self._files = read_catalog(self.places)
            self._state, notes = settled(self.places, self.state, self._files)
            for note in notes:
                self._warn(note)
        if self._catalog is None:
            self._catalog = self._files.with_growth(self.state.grown, self.choices)
        return self._catalog

    @property
    def theme(self) -> str:
        """The name of the theme to begin with."""
        return self._overview.theme if self._overview else self.settings.screen.theme

    @property
    def last_routine(self) -> str | None:
        """The id of the routine that was started last."""
        return self._overview.last_routine if self._overview else self.state.last_routine

    @property
    def choices(self) -> Choices:
        """The progression of each exercise: those asked for this time, else those remembered."""
        from tui.engine.model import Choices

        return Choices(today=self.today, remembered=self.state.progressions)

    def adapted(self, routine: Routine, conditions: Conditions | None) -> Adapted:
        """`routine` as it can be done under `conditions`, at the progressions of today."""
        from tui.coach.cued_timeline import first_prepare
        from tui.today.adapt import adapt
        from tui.today.conditions import EVERYTHING

        exercises, pace = self.catalog.exercises, self.settings.coaching
        return adapt(routine, exercises, self.choices, conditions or EVERYTHING, pace, first_prepare(pace))

    @property
    def cards(self) -> Sequence[RoutineCard]:
        """Every routine as the menu shows it."""
        if self._overview is None:
            from tui.library.make_overview import make_overview

            self._overview = make_overview(self.catalog, self.settings, self.state, self.today)
        return self._overview.cards

    def change(self, key: str, value: object) -> None:
        """Change one setting by its dotted key."""
        from tui.files.settings import save_setting, with_value

        self._hushed = self._hushed and key != "audio.mute"
        self._settings = with_value(self.settings, key, value)
        self._overview = None
        self._keep(save_setting, key, value)

    def hush(self, on: bool) -> None:
        """Mute the sound without saving that, or take that back; who has changed it since has had the last word."""
        if on == self._hushed or (on and self.settings.audio.mute):
            return
        from tui.files.settings import with_value

        self._hushed = on
        self._settings = with_value(self.settings, "audio.mute", on)

    def remember(self, exercise: str, progression: str | None) -> None:
        """Remember the progression of an exercise from now on, with the ladder that it is on; None forgets it."""
        from tui.files.state import remember_progression

        ladder = self.catalog.ladder(exercise, progression)
        chosen = {**self.state.progressions, exercise: progression}
        ladders = {**self.state.ladders, exercise: ladder}
        self._state = replace(
            self.state,
            progressions={key: p for key, p in chosen.items() if p is not None},
            ladders={key: steps for key, steps in ladders.items() if steps},
        )
        self._overview = self._catalog = None
        self._keep(remember_progression, exercise, progression, ladder)

    def grow(self, exercise: str, progression: str, amount: float) -> None:
        """Remember by how much the dose of a progression has grown in all, above what files say; 0 forgets it."""
        from tui.files.state import remember_growth

        amounts = {**self.state.grown.get(exercise, {}), progression: amount}
        grown = {**self.state.grown, exercise: {key: much for key, much in amounts.items() if much > 0}}
        self._state = replace(self.state, grown={key: amounts for key, amounts in grown.items() if amounts})
        self._overview = self._catalog = None
        self._keep(remember_growth, exercise, progression, amount)

    def answer(self, exercise: str, answer: Answer) -> None:
        """Remember what was answered to a proposal for an exercise, in the place of the last answer of its kind."""
        from tui.files.state import remember_answer

        others = (each for each in self.state.answers.get(exercise, ()) if each.change is not answer.change)
        self._state = replace(self.state, answers={**self.state.answers, exercise: (*others, answer)})
        self._keep(remember_answer, exercise, answer)

    def reply(self, proposal: Proposal, reply: Reply, at: datetime) -> None:
        """Do what was accepted, and remember what was said: the same is not proposed at once again."""
        from tui.ladder.answers import Answer, Change, Reply

        if reply is Reply.YES and proposal.change is Change.GROW:
            self.grow(proposal.exercise, proposal.progression, proposal.amount)
        elif reply is Reply.YES:
            self.remember(proposal.exercise, proposal.progression)
        self.answer(proposal.exercise, Answer(proposal.change, proposal.progression, reply, at))

    def remember_started(self, routine: str) -> None:
        """Remember the routine that has just been started."""
        from tui.files.state import remember_routine

        self._state = replace(self.state, last_routine=routine)
        if self._overview is not None:
            self._overview = self._overview._replace(last_routine=routine)
        self._keep(remember_routine, routine)

    def reload(self) -> None:
        """Read the routines again from the disk when they are next asked for."""
        self._files = self._catalog = self._overview = None

    def _keep(self, write: Callable[..., str | None], *values: object) -> None:
        """Write something down; where that fails or a broken file is in its way, say so and go on."""
        try:
            note = write(self.places, *values)
        except StorageProblem as problem:
            note = str(problem)
        if note:
            self._warn(note)
