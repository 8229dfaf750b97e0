"""The user's order of the menu, and the routines at its top.

They have a separate file, as they are read at every start.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import NamedTuple

from tui.files.atomic import write_atomic
from tui.files.places import Places
from tui.files.reading import LIMIT, read_bytes


class SortBy(StrEnum):
    """The orders of the menu; a key cycles through them."""

    PLACE = "place"
    RECENT = "recent"
    NAME = "name"
    LENGTH = "length"

    @property
    def next(self) -> SortBy:
        """The order after this one; the first after the last."""
        orders = list(SortBy)
        return orders[(orders.index(self) + 1) % len(orders)]


class MenuOrder(NamedTuple):
    """The order, and the ids of the pinned routines."""

    order: SortBy = SortBy.PLACE
    pinned: tuple[str, ...] = ()

    def toggled(self, routine: str) -> MenuOrder:
        """Return the same with a routine pinned, or no longer pinned."""
        others = tuple(id_ for id_ in self.pinned if id_ != routine)
        return self._replace(pinned=others if routine in self.pinned else (*others, routine))


def load_menu_order(places: Places) -> MenuOrder:
    """Read the order of the menu; the default if the file is missing or damaged."""
    try:
        data = json.loads(read_bytes(places.menu_file, LIMIT))
        return MenuOrder(SortBy(data["order"]), tuple(id_ for id_ in data["pinned"] if isinstance(id_, str)))
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return MenuOrder()


def save_menu_order(places: Places, order: MenuOrder) -> None:
    """Write the order of the menu. Raises StorageProblem."""
    write_atomic(places.menu_file, json.dumps(order._asdict()) + "\n")
