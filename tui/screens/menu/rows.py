"""The values of the menu's list: the routines adapted to today, when each was last done, and today's pick.

The engine is loaded only if there are limits for today, so not for the first frame of the menu.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tui.library.overview import RoutineCard
from tui.plain_text import plain_text
from tui.screens.menu.routine_list import TITLES, WAITING, grouped, matches
from tui.user_data import UserData
from tui.widgets.lengths import ago, minutes
from tui.widgets.routine_text import INTERRUPTED, LOOKING, NOW, RoutineRow, card_of_interrupted

if TYPE_CHECKING:
    from tui.history.interrupted import Interrupted
    from tui.history.recent import Recent
    from tui.library.fits import Fit
    from tui.today.conditions import Conditions

MOST_NAMED = 3
"""The most ignored files that are named."""

NEED_ROW = ("start", "progressions", "rehearse", "edit", "edit_here", "differences", "pin")
"""The commands for the routine under the cursor."""


class MenuRows:
    """The rows of the menu, from the user's data, today's limits, the filter and recent workouts."""

    def __init__(self, user: UserData, interrupted: Callable[[], Interrupted | None]) -> None:
        """Begin without limits; `interrupted` returns a workout that can be resumed."""
        self._user, self._interrupted = user, interrupted
        self.conditions: Conditions | None = None
        """Today's limits, which last until the program ends; None without any."""
        self.conditions_before: Conditions | None = None
        """The previous limits, with which the dialog begins."""
        self.wanted = ""
        """The words of the filter."""
        self.leftovers: Sequence[str] = ()
        """The user's files that are ignored."""
        self.pick: RoutineRow | None = None
        """The row of today's pick; None if nothing should be done."""
        self.week = ""
        """The progress towards this week's goal; empty until it has been read."""
        self._fits: Mapping[str, Fit] = {}
        self._fits_made_of: tuple[object, ...] = ()
        self._last_done: Mapping[str, datetime] = {}
        self._recent: Recent | None = None

    # Today's limits

    def limit(self, conditions: Conditions | None) -> None:
        """Set today's limits; None, or conditions without limits, removes them."""
        self.conditions_before = conditions or self.conditions_before
        self.conditions = conditions if conditions is not None and conditions.words else None
        self._user.mute_for(self.conditions is not None and self.conditions.quiet)

    @property
    def limits(self) -> str:
        """Today's limits in a few words; empty without any."""
        return self.conditions.words if self.conditions is not None else ""

    @property
    def fits(self) -> Mapping[str, Fit]:
        """The routines that fit today's limits, by id; empty without limits. Cached until something changes."""
        conditions, user = self.conditions, self._user
        if conditions is None:
            return {}
        made_of = (conditions, user.catalog, user.state, user.coaching)
        if [*map(id, made_of)] != [*map(id, self._fits_made_of)]:
            from tui.library.fits import fits

            fitting = fits(user.catalog, user.choices, conditions, user.coaching)
            self._fits, self._fits_made_of = {fit.card.id: fit for fit in fitting}, made_of
        return self._fits

    @property
    def cards(self) -> Sequence[RoutineCard]:
        """The cards of all routines, or of those that can be done under today's limits."""
        return [fit.card for fit in self.fits.values()] if self.limits else self._user.cards

    # Recent workouts and the pick

    def recall(self, *, keep: bool = False) -> None:
        """Take the recent workouts from their cache; if it is out of date, forget them or `keep` the previous ones."""
        from tui.history.recent import cached_recent

        self._recent = cached_recent(self._user.places, self._user.clocks.now()) or (self._recent if keep else None)

    def read_done(self) -> tuple[Mapping[str, datetime], Recent]:
        """Read when each routine was last done, and the recent workouts, which takes a tenth of a second."""
        from tui.history.reading import read_digest
        from tui.history.recent import read_recent

        return read_digest(self._user.places).last_done, read_recent(self._user.places, self._user.clocks.now())

    def take_done(self, last_done: Mapping[str, datetime], recent: Recent) -> bool:
        """Store the result of `read_done`, and return whether it changes anything."""
        reached = recent.reached(self._user.clocks.now())
        week = reached.words or (f"this week {minutes(reached.seconds)}" if reached.seconds else "")
        before = (self._last_done, self.week, self._recent)
        self._last_done, self.week, self._recent = last_done, week, recent
        return (last_done, week, recent) != before

    def pick_again(self) -> bool:
        """Pick a routine for now, and return whether the pick or its reason has changed."""
        before, self.pick = self.pick, self._picked()
        return self.pick != before

    def _picked(self) -> RoutineRow | None:
        if self._recent is None:
            return RoutineRow(LOOKING, why="")
        fits, limits = self.fits.values() if self.limits else None, self.conditions
        picked = self._user.pick(self._recent, self._user.clocks.now(), fits, limits.for_s if limits else None)
        card = next((card for card in self.cards if picked and card.id == picked.id), None)
        return self._row(card)._replace(why=picked.why) if picked and card else None

    # The list

    def groups(self, key: str | None) -> tuple[list[tuple[str, list[RoutineRow]]], str | None]:
        """Return the groups of rows with their names, and the row for the cursor: `key`, or the best match."""
        interrupted = self._interrupted()
        cards = [*([card_of_interrupted(interrupted, self._user.clocks.now())] if interrupted else []), *self.cards]
        rows = [self._row(card) for card in cards if matches(card, self.wanted)]
        groups = list(grouped(rows, self._user.menu_order.order, self.wanted))
        if key and groups and groups[0][0] == TITLES and key not in {row.card.id for row in groups[0][1]}:
            key = groups[0][1][0].card.id
        if self.pick is not None and not self.wanted.strip():  # the routine itself is among the matches
            groups.insert(1 if groups and groups[0][0] == WAITING else 0, ("", [self.pick]))
        return groups, key

    def _row(self, card: RoutineCard) -> RoutineRow:
        done, fit = self._last_done.get(card.id), self.fits.get(card.id)
        words = ago(done, self._user.clocks.now()) if done else ""
        return RoutineRow(card, words, fit.notes if fit else (), done, card.id in self._user.menu_order.pinned)

    @property
    def nothing(self) -> str:
        """Advice for an empty list."""
        if self.wanted:
            return f'  No match for "{self.wanted}".\n\n  Press esc to see all.'
        if self.limits:
            return "  Nothing fits that.\n\n  Press esc to see all, or t to change it."
        return "  There are no routines yet.\n\n  Press n to write one."

    @property
    def not_used(self) -> str:
        """A line on backups and conflict copies; empty if there are none."""
        if not self.leftovers:
            return ""
        more = f" and {len(self.leftovers) - MOST_NAMED} more" if len(self.leftovers) > MOST_NAMED else ""
        named = ", ".join(map(plain_text, self.leftovers[:MOST_NAMED]))
        return f"not used: {named}{more} (backups or conflict copies)"


def acts(action: str, row: RoutineRow | None) -> bool:
    """Check whether a command of the menu is available with the cursor on `row`, or on no row."""
    if action not in NEED_ROW:
        return True
    if row is None:
        return False
    if row.card.id in (INTERRUPTED, NOW):
        return action == "start" and row.card.id == INTERRUPTED
    if action == "differences":
        return row.card.replaces
    if row.card.problems:
        return action in ("start", "edit", "edit_here")
    return action != "progressions" or any(part.progressions for part in row.card.parts)
