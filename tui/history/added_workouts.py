"""Workouts that were done elsewhere, added to the journal as if they had been performed here as planned."""

from __future__ import annotations

from datetime import datetime

from tui.coach.cued_timeline import gap_length
from tui.engine.coaching import Coaching
from tui.engine.commands import Done, Start
from tui.engine.model import Choices
from tui.engine.position import SessionState
from tui.engine.session import Session
from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.history.import_values import EARLIEST
from tui.history.journal import Journal
from tui.history.journal_format import parsed_time
from tui.history.reading import read_month_of
from tui.routine.model import Routine


def checked_time(text: str, now: datetime, like: datetime | None = None) -> datetime:
    """Parse the time of a workout, such as `2026-11-28 12:30`, which must be before `now`.

    Without an offset it is a local time, or has the offset of `like` if that is not the local one.
    Raises ValueError with a reason.
    """
    day, _, hour = text.strip().replace("T", " ").partition(" ")
    at = f"{day} {hour.zfill(len('12:30'))}"
    moment = parsed_time(at)
    if moment is None:
        raise ValueError("give the day and the time, such as 2026-11-28 12:30")
    if like is not None and like.utcoffset() != like.astimezone().utcoffset():
        typed = datetime.fromisoformat(at)
        moment = typed if typed.tzinfo else typed.replace(tzinfo=like.tzinfo)
    if moment > now:
        raise ValueError("that is in the future")
    if moment.year < EARLIEST:
        raise ValueError(f"that is before {EARLIEST}")
    return moment


def add_performed(places: Places, routine: Routine, choices: Choices, coaching: Coaching, began: datetime) -> None:
    """Add a workout that began at `began`, with every set done as planned.

    Reps without a number in the plan are unknown. Raises StorageProblem if it cannot be written, or exists already.
    """
    same_month = read_month_of(places, f"{began:%Y-%m}")
    if any((past.routine, past.started_at) == (routine.id, began) for past in same_month):
        raise StorageProblem(f"{routine.title} at that time is in the history already. Nothing is added.")
    session, at_s = Session(routine, choices, coaching, gap_length=gap_length(coaching)), 0.0
    journal = Journal(places, lambda: began.timestamp() + at_s)
    journal.begin(session)
    journal.write(*session.give(Start(), at_s))
    while session.state is SessionState.RUNNING:
        phase = session.phase
        at_s = phase.end_s
        journal.write(*(session.give(Done(), at_s) if phase.is_open else session.poll(at_s)))
    journal.close()
    if journal.unsaved:
        raise StorageProblem(journal.unsaved)
