"""Suggestions for the next workout: at most one change for each exercise, with its reason and keys.

Nothing changes unless the user says yes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from textual.content import Content
from textual.style import Style

from tui.commands import Where, commands
from tui.ladder.proposals import Proposal, propose
from tui.ladder.remembered import Change, Reply
from tui.ladder.standings import standings
from tui.past_sessions import PastSession
from tui.routine.model import Exercise, Routine
from tui.user_data import UserData
from tui.widgets.fitted import hanging
from tui.widgets.key_bar import KEY_LOOK

REPLIES = {"accept": Reply.YES, "later": Reply.LATER, "refuse": Reply.NO}
"""The reply of each command."""


class Asked(NamedTuple):
    """A suggestion for an exercise, and the answer."""

    exercise: Exercise
    proposal: Proposal
    reply: Reply | None = None


def proposals(
    user: UserData, routine: Routine, past: PastSession, sessions: Iterable[PastSession], today: date
) -> Iterator[Asked]:
    """Yield the suggestions for the exercises of the workout `past`, after all `sessions`."""
    sessions = [past if session.id == past.id else session for session in sessions]
    done = {set_.exercise for set_ in past.sets}
    for standing in standings(user.state, routine, sessions, today):
        if standing.exercise.id in done and (proposal := propose(standing)) is not None:
            yield Asked(standing.exercise, proposal)


def next_time(asked: Sequence[Asked], width: int) -> Content | None:
    """Format the suggestions; the first without an answer shows the keys. None if there are none."""
    if not asked:
        return None
    lines = [Content.styled("Next time", "$muted")]
    waiting = next((one for one in asked if one.reply is None), None)
    for one in asked:
        lines += _answered(one, width) if one.reply else _open(one, width, has_keys=one is waiting)
    return Content("\n").join(lines)


def _open(one: Asked, width: int, *, has_keys: bool) -> Iterator[Content]:
    """Yield a suggestion without an answer."""
    mark = Content.styled("▸ " if has_keys else "  ", "bold $accent")
    yield from hanging(mark, Content.assemble((one.exercise.name, "bold")), width)
    yield from hanging(Content("  "), one.proposal.line, width)
    if has_keys:
        yield Content("  ") + Content("   ").join(_keys())


def _keys() -> Iterator[Content]:
    for command in commands(Where.SUMMARY):
        if command.name in REPLIES:
            part = Content.assemble((f"{command.shown} ", KEY_LOOK), command.words)
            yield part.stylize(Style.from_meta({"@click": f"screen.{command.name}"}))


def _answered(one: Asked, width: int) -> list[Content]:
    mark = Content.styled(*(("✓ ", "bold $success") if one.reply is Reply.YES else ("\N{EN DASH} ", "$muted")))
    return hanging(mark, f"{one.exercise.name}: {_outcome(one)}", width)


def _outcome(one: Asked) -> str:
    if one.reply is Reply.LATER:
        return "asked again after two more sessions"
    if one.reply is Reply.NO:
        return "stays as it is"
    if one.proposal.change is Change.GROW:
        return f"{one.proposal.offer.removeprefix('make it ')} from now on"
    taken = one.exercise.progression(one.proposal.progression)
    return f"{taken.name_within if taken else one.proposal.progression} from now on"
