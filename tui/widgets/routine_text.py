"""A routine as text in the menu: its row, with a small timeline, and its preview beside the list.

An interrupted workout also has a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from os.path import basename
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tui.library.overview import ExerciseCard, RoutineCard
from tui.plain_text import plural
from tui.routine.durations import clock
from tui.widgets.fitted import hanging, justified
from tui.widgets.lengths import ago, half_minutes, length
from tui.widgets.to_scale import most

if TYPE_CHECKING:
    from tui.history.interrupted import Interrupted

INTERRUPTED = "/interrupted"
"""The id of its card, which no routine's file can have."""

NOW = "/now"
"""The key of the row with today's pick, which has its routine's card, or LOOKING until there is a pick."""

LOOKING = RoutineCard(id=NOW, path="", bundled=True, title="…")
"""The card of that row until the history has been read."""


def card_of_interrupted(interrupted: Interrupted, now: datetime) -> RoutineCard:
    """Return the card of an interrupted workout."""
    timeline = interrupted.session.timeline
    return RoutineCard(
        id=INTERRUPTED,
        path="",
        bundled=False,
        title=timeline.title,
        summary=interruption_words(interrupted, now),
        total_s=timeline.total_s,
        estimated=timeline.estimated,
        sets=len(timeline.sets),
        spans=[(phase.kind.value, phase.length_s) for phase in timeline.phases],
    )


def interruption_words(interrupted: Interrupted, now: datetime) -> str:
    """Format the start and the position of a workout: `Begun today at 18:04. At 3:12 of 7:00, in Rest.`"""
    session, timeline = interrupted.session, interrupted.session.timeline
    at = f"{clock(session.position(0).total_elapsed_s)} of {length(timeline.total_s, timeline.estimated)}"
    return f"Begun {ago(interrupted.began, now)} at {interrupted.began:%H:%M}. At {at}, in {session.phase.label}."


BARS = {"prepare": "▁", "work": "▆", "switch": "▃", "rest": "▁"}
"""The height of each kind of phase, so that kinds differ without colour."""


def strip(spans: Sequence[tuple[str, float]], width: int, strength: str = "") -> Content:
    """Format phases, by kind and seconds, to scale: each cell shows the kind that takes most of it.

    `strength` is the opacity, such as `60%`.
    """
    runs = groupby(most(spans, width))
    return Content.assemble(*((BARS[kind] * len(list(cells)), f"$phase-{kind}-ink {strength}") for kind, cells in runs))


TITLE, SIDE, WIDE = 16, 12, 46
"""Cells for the title and for the last time, and the width from which a routine has one line."""


class RoutineRow(NamedTuple):
    """A routine in the menu; `done` says when it was last done, if ever; `notes` are its changes for today.

    `at` is `done` as a time; a `pinned` routine is at the top. `why` is the reason for today's pick, None in the
    routine's own row.
    """

    card: RoutineCard
    done: str = ""
    notes: Sequence[str] = ()
    at: datetime | None = None
    pinned: bool = False
    why: str | None = None

    @property
    def key(self) -> str:
        """The unique key of the row; for a routine's own row its id."""
        return self.card.id if self.why is None else NOW

    @property
    def title(self) -> str:
        """The routine's title, or the file's name."""
        return basename(self.card.path) if self.card.problems else self.card.title

    @property
    def minutes(self) -> str:
        """Its length, to half a minute."""
        return half_minutes(self.card.total_s, self.card.estimated)

    def lines(self, width: int, height: int, is_current: bool = False) -> Content:
        """Format the row in `width` cells and 1 or 2 lines; all but the current one have a dimmed strip."""
        strength = "" if is_current else "60%"
        if self.why is not None:
            return self._now(self.why, width, height)
        if height == 1:
            return self._line(width, strength)
        return Content("\n").join([self._head(width), self._footer_line(width, strength)])

    def _now(self, why: str, width: int, height: int) -> Content:
        """Format today's pick with the reason, beside it if there is only one line and it fits."""
        name, reason = Content.assemble("Now: ", (self.title, "bold")), Content.styled(why, "$muted")
        minutes = Content("" if self.card is LOOKING else self.minutes)
        beside = name + Content("   ") + reason
        if height == 1 and beside.cell_length + minutes.cell_length + 2 <= width:
            name = beside
        head = justified(name.truncate(max(width - minutes.cell_length - 1, 1), ellipsis=True), minutes, width)
        return head if height == 1 else Content("\n").join([head, reason.truncate(width, ellipsis=True)])

    def _line(self, width: int, strength: str) -> Content:
        """Format everything in one line, if it is wide enough."""
        if self.card.problems or width < WIDE:
            return self._head(width)
        title = self._named(TITLE).truncate(TITLE, ellipsis=True, pad=True)
        side = Content.assemble((self.done.rjust(SIDE), "$muted"), self.minutes.rjust(8))
        drawn = strip(self.card.spans, width - TITLE - side.cell_length - 3, strength)
        return Content("").join([title, Content("  "), drawn, Content(" "), side])

    def _head(self, width: int) -> Content:
        if self.card.problems:
            return Content.styled(f"! {self.title}", "bold $error").truncate(width, ellipsis=True)
        return justified(self._named(width - len(self.minutes) - 1), Content(self.minutes), width)

    def _named(self, width: int) -> Content:
        """Format the title, with a mark if the file is the user's and the mark fits."""
        title = Content.styled(self.title, "bold")
        marked = Content.assemble(title, ("  yours", "$muted"))
        is_own = not self.card.bundled and self.card.path != ""
        return marked if is_own and marked.cell_length <= width else title

    def _footer_line(self, width: int, strength: str) -> Content:
        if self.card.problems:
            first = self.card.problems[0]
            where = f"line {first.line}: " if first.line else ""
            return Content.styled(where + first.message, "$muted").truncate(width, ellipsis=True)
        if width < 3 * SIDE:
            return strip(self.card.spans, width, strength)
        drawn = strip(self.card.spans, width - SIDE - 2, strength)
        return justified(drawn, Content.styled(self.done.rjust(SIDE), "$muted"), width)


def preview(row: RoutineRow, width: int) -> Content:
    """Format the preview in `width` cells, without the facts at its end; for a broken file its problems."""
    card = row.card
    if card is LOOKING:
        return Content("")
    if card.problems:
        return Content("\n\n").join(list(_broken(row)))
    whole = Content.styled(length(card.total_s, card.estimated), "bold $accent")
    parts = [justified(Content.styled(card.title, "bold"), whole, width)]
    if card.summary:
        parts.append(Content(card.summary))
    if row.why:
        parts += hanging(Content.styled("now  ", "$accent"), row.why, width)
    for note in row.notes:
        parts += hanging(Content.styled("today  ", "$accent"), note, width)
    parts += [Content(""), strip(card.spans, width), _shares(card, width), Content("")]
    for part in card.parts:
        differs = hanging(Content("  "), Content.styled(part.differs, "$warning"), width) if part.differs else []
        parts += [*_exercise(part, width), *_ladder(part, width), *differs, Content("")]
    return Content("\n").join(parts)


def facts(row: RoutineRow, width: int) -> Content | None:
    """Format needs, tags, when it was last done, and the user's file, in `width` cells; empty for a broken file."""
    card = row.card
    named_facts = [("needs", ", ".join(card.needs)), ("tags", ", ".join(card.tags)), ("last done", row.done)]
    if card.path and not card.bundled:
        named_facts.append(("yours", basename(card.path) + (" in place of the bundled one" if card.replaces else "")))
    lines = [hanging(Content.styled(f"{name:<11}", "$muted"), text, width) for name, text in named_facts if text]
    return Content("\n").join([line for part in lines for line in part]) if lines and not card.problems else None


def _shares(card: RoutineCard, width: int) -> Content:
    work_s = sum(length_s for kind, length_s in card.spans if kind == "work")
    words = f"{clock(work_s)} of work in {plural(card.sets, 'set')}"
    return Content.styled(words, "$muted").truncate(width, ellipsis=True)


def _exercise(part: ExerciseCard, width: int) -> list[Content]:
    name, amount = Content.styled(part.name, "bold"), Content(part.amount)
    if name.cell_length + amount.cell_length + 2 > width:
        return [name, Content("  ") + amount]
    return [justified(name, amount, width)]


def _ladder(part: ExerciseCard, width: int) -> Iterator[Content]:
    """Yield the progressions with the current one marked; empty if there is no choice."""
    line, used = [Content("  ")], 2
    for index, name in enumerate(part.progressions):
        sign, look = ("●", "$accent") if index == part.current else ("○", "$muted")
        mark = Content.styled(f"{sign} {name}   ", look)
        if used + mark.cell_length > width and used > 2:
            yield Content("").join(line)
            line, used = [Content("  ")], 2
        line.append(mark)
        used += mark.cell_length
    if used > 2:
        yield Content("").join(line)


def _broken(row: RoutineRow) -> Iterator[Content]:
    yield Content.styled(row.title, "bold $error")
    for problem in row.card.problems:
        yield Content.assemble((f"line {problem.line}  " if problem.line else "", "$muted"), problem.message)
    keys = ("e", "bold $accent"), " to edit it here, or ", ("E", "bold $accent"), " to open it in your editor."
    yield Content.assemble("Press ", *keys)
