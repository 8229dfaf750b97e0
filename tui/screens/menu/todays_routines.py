"""Today's limits, which last until the program ends, and the routines adapted to them.

The engine is loaded only if there are limits: the first frame of the menu does without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.user_data import UserData

if TYPE_CHECKING:
    from tui.library.fits import Fit
    from tui.today.conditions import Conditions


class TodaysRoutines:
    """Today's conditions, and the routines fitted to them."""

    def __init__(self, user: UserData) -> None:
        """Begin without limits."""
        self._user = user
        self.conditions: Conditions | None = None
        """Today's limits; None without any."""
        self.before: Conditions | None = None
        """The last limits, with which the dialog begins."""
        self._fits: Mapping[str, Fit] = {}
        self._made_of: tuple[object, ...] = ()

    def set(self, conditions: Conditions | None) -> None:
        """Set the limits; None, or conditions that rule nothing out, removes them."""
        self.before = conditions or self.before
        self.conditions = conditions if conditions is not None and conditions.words else None
        self._user.hush(self.conditions is not None and self.conditions.quiet)

    @property
    def words(self) -> str:
        """Today's limits in a few words; empty without any."""
        return self.conditions.words if self.conditions is not None else ""

    @property
    def fits(self) -> Mapping[str, Fit]:
        """The routines that fit, by id; empty without limits. Cached until something changes."""
        conditions, user = self.conditions, self._user
        if conditions is None:
            return {}
        made_of = (conditions, user.catalog, user.settings, user.state)
        if [*map(id, made_of)] != [*map(id, self._made_of)]:
            from tui.library.fits import fits

            found = fits(user.catalog, user.choices, conditions, user.settings.coaching)
            self._fits, self._made_of = {fit.card.id: fit for fit in found}, made_of
        return self._fits
