"""A dialog that corrects the sets of a past workout: reps, time, done or skipped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from textual import events, on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tui.engine.summary import Status
from tui.history.corrections import Correction
from tui.past_sessions import PastSession, PastSet, PastWork
from tui.plain_text import plural, within_sentence
from tui.routine.durations import spoken
from tui.routine.fields import MOST_REPS
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import justified
from tui.widgets.key_bar import hints

STEP_S = 5.0
"""Seconds by which one key press changes a time."""

KEYS = (("← →", "less, more"), ("0-9", "reps"), ("space", "done or skipped"), ("enter", "save"))


class SetSide(NamedTuple):
    """One row: a side of a set, or a set without sides, as it was done; `work` is its last WORK phase.

    `reps` and `worked_s` are None if unknown.
    """

    past: PastSet
    work: PastWork | None
    status: Status
    reps: int | None
    worked_s: float | None

    @property
    def by_reps(self) -> bool:
        """Whether its dose was in reps."""
        return self.work is not None and (self.work.reps is not None or self.work.reps_done is not None)

    def correction(self, before: SetSide) -> Correction | None:
        """Return the changes; None if there are none."""
        changed: dict[str, object] = {}
        if self.status is not before.status:
            changed["status"] = self.status.value
        if self.reps != before.reps:
            changed["reps_done"] = self.reps
        if self.worked_s != before.worked_s:
            changed["worked_s"] = self.worked_s or 0.0
        side = {"side": self.work.side} if self.work is not None else {}
        return {"number": self.past.number, **side, **changed} if changed else None


def parts_of(past: PastSession) -> Iterator[SetSide]:
    """Yield the sides of each set in the history."""
    for set_ in past.sets:
        for work in {work.side: work for work in set_.work}.values():
            yield SetSide(set_, work, set_.status, work.reps_done, work.worked_s)
        if not set_.work:
            yield SetSide(set_, None, set_.status, None, set_.worked_s)


class CorrectScreen(Dialog[list[Correction]]):
    """Its answer is the corrections; escape changes nothing."""

    BACK = "change nothing"
    BINDINGS = [
        ("left", "change(-1)", ""),
        ("right", "change(1)", ""),
        ("backspace", "unknown", ""),
        Binding("space", "skip", "", priority=True),
    ]

    def __init__(self, past: PastSession) -> None:
        """`past` has sets."""
        super().__init__("What did you do?")
        self._before = list(parts_of(past))
        self._parts = [*self._before]
        self._typed = ""

    def body(self) -> list[Widget]:
        """Compose a row for each part, and the keys."""
        rows = ChoiceList.of(partial(self._row, index) for index in range(len(self._parts)))
        return [rows, Static(hints(*KEYS), classes="note")]

    def _row(self, index: int, width: int) -> Content:
        part = self._parts[index]
        past, side = part.past, part.work.side if part.work else ""
        progression = f", {within_sentence(past.progression_name)}" if past.progression_name else ""
        rest = f"{progression}  {side}".rstrip()
        words = Content.assemble((f"{past.number:>3}  ", "$muted"), past.name, (rest, "$muted"))
        return justified(words, _amount(part), width)

    @on(OptionList.OptionHighlighted)
    def _begin_anew(self) -> None:
        """Begin a new number, as typed digits belong to one row."""
        self._typed = ""

    def _change(self, part: SetSide) -> None:
        """Replace the part under the cursor, and give all parts of its set the same status."""
        shown = self.query_one(ChoiceList)
        index = shown.highlighted or 0
        self._parts[index] = part
        for at, other in enumerate(self._parts):
            if other.past.number == part.past.number:
                self._parts[at] = other._replace(status=part.status)
        shown.format_again()

    @property
    def _under_cursor(self) -> SetSide | None:
        index = self.query_one(ChoiceList).highlighted
        return None if index is None else self._parts[index]

    def action_change(self, steps: int) -> None:
        """Add or subtract a rep, or five seconds."""
        self._typed = ""
        if (part := self._under_cursor) is None or part.status is Status.SKIPPED:
            return
        if part.by_reps:
            self._change(part._replace(reps=_next(part, steps)))
        else:
            self._change(part._replace(worked_s=max((part.worked_s or 0.0) + steps * STEP_S, 0.0) or None))

    def action_unknown(self) -> None:
        """Mark the reps as not counted."""
        self._typed = ""
        if (part := self._under_cursor) is not None and part.by_reps:
            self._change(part._replace(reps=None))

    def action_skip(self) -> None:
        """Toggle the set between done and skipped."""
        if (part := self._under_cursor) is not None:
            done = part.status is not Status.SKIPPED
            self._change(part._replace(status=Status.SKIPPED if done else Status.DONE))

    def on_key(self, event: events.Key) -> None:
        """Read digits as the number of reps."""
        part = self._under_cursor
        if part is None or not part.by_reps or event.character is None or event.character not in "0123456789":
            return
        event.stop()
        typed = self._typed + event.character
        self._typed = typed if int(typed) <= MOST_REPS else event.character
        status = Status.DONE if part.status is Status.SKIPPED else part.status
        self._change(part._replace(reps=int(self._typed), status=status))

    @on(OptionList.OptionSelected)
    def action_save(self) -> None:
        """Close with the changes as the answer."""
        changes = (part.correction(before) for part, before in zip(self._parts, self._before, strict=True))
        self.dismiss([change for change in changes if change is not None])


def _next(part: SetSide, steps: int) -> int:
    """Return a rep more or less; an unknown number begins with the fewest planned."""
    if part.reps is None:
        low = part.work.reps[0] if part.work and part.work.reps else None
        return low or 1
    return min(max(part.reps + steps, 0), MOST_REPS)


def _amount(part: SetSide) -> Content:
    if part.status is Status.SKIPPED:
        return Content.styled("skipped", "$muted")
    if part.by_reps:
        return Content("not counted" if part.reps is None else plural(part.reps, "rep"))
    return Content("time unknown" if part.worked_s is None else spoken(round(part.worked_s)))
