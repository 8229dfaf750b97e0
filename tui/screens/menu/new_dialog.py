"""Asks for the choices for a new routine: its title, place, length, intervals and exercises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.library.overview import PLACES
from tui.library.own_files import own_id
from tui.library.starter import Starter
from tui.plain_text import capital, natural_key
from tui.routine.model import Exercise
from tui.screens.dialogs.dialog import Dialog
from tui.screens.menu.value_rows import ValueRows
from tui.widgets.key_bar import hints
from tui.widgets.text_field import TextField

MINUTES = (2, 3, 5, 8, 10, 15, 20, 30, 45, 60)
INTERVALS = ((20.0, 10.0), (30.0, 10.0), (30.0, 15.0), (30.0, 30.0), (40.0, 20.0), (45.0, 15.0), (60.0, 20.0))
"""Seconds of work and rest."""

PLACE, TIME, WORK = "place", "minutes", "work/rest"

T = TypeVar("T")


class NewScreen(Dialog[tuple[str, Starter]]):
    """Its answer is a title and the choices."""

    BINDINGS = [("down", "app.focus_next", "")]

    def __init__(self, exercises: Mapping[str, Exercise]) -> None:
        """Show these exercises; the usual ones for the place are chosen at first."""
        super().__init__("A routine of your own")
        self._names = {
            id_: exercises[id_].name for id_ in sorted(exercises, key=lambda i: natural_key(exercises[i].name))
        }
        self._starter = Starter()

    def body(self) -> list[Widget]:
        """Compose the field for the title, a row for each choice, and a line for an error."""
        field = TextField(placeholder="type a title")
        rows = ValueRows((PLACE, TIME, WORK, *self._names), self._line, self._turn_row)
        keys = hints(("↓", "choose"), ("← →", "change"), ("space", "exercise"), ("enter", "write it"))
        return [field, rows, Static(keys, classes="note")]

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Close the dialog with the title and the choices, if the title can be used."""
        title = self.query_one(Input).value
        try:
            own_id(title)
        except ValueError as reason:
            self.query_one(".note", Static).update(Content(f"{capital(str(reason))}."))
            self.query_one(Input).focus()
        else:
            self.dismiss((title, self._starter))

    def _turn_row(self, row: str, step: int) -> None:
        now = self._starter
        if row == PLACE:
            self._starter = now._replace(place=_turned(PLACES, now.place, step))
        elif row == TIME:
            self._starter = now._replace(minutes=_turned(MINUTES, now.minutes, step))
        elif row == WORK:
            work_s, rest_s = _turned(INTERVALS, (now.work_s, now.rest_s), step)
            self._starter = now._replace(work_s=work_s, rest_s=rest_s)
        else:
            others = tuple(id_ for id_ in now.used if id_ != row)
            self._starter = now._replace(exercises=others if row in now.used else (*others, row))

    def _line(self, row: str, width: int) -> Content:
        """Format one row: a choice with its value, or an exercise with its number in the routine."""
        now = self._starter
        values = {PLACE: now.place, TIME: f"{now.minutes}", WORK: f"{now.work_s:g}/{now.rest_s:g}"}
        if row in values:
            return Content.assemble((f"{row:<11}", "bold"), "← ", (values[row], "bold $accent"), " →")
        is_used = row in now.used
        number = f"{now.used.index(row) + 1:>2} ●" if is_used else "   ○"
        line = Content.assemble((f"{number} ", "$accent"), (self._names[row], "bold" if is_used else "$muted"))
        return line.truncate(width, ellipsis=True)


def _turned(values: tuple[T, ...], value: T, step: int) -> T:
    """Return the value some steps further on, wrapping around."""
    return values[(values.index(value) + step) % len(values)]
