"""Histories of an exercise, a line for each session, and the suggestions after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from tests.past import done_set, work
from tui.engine.summary import Status
from tui.ladder.counting import Standing
from tui.ladder.practice import practice
from tui.ladder.proposals import Proposal
from tui.ladder.remembered import Answer, Change, Reply
from tui.past_sessions import PastSession, PastSet
from tui.routine.model import Effort, Exercise, Grow, Layer, MoveOn, Progression, Work

LADDER = Exercise(
    id="bridge",
    name="Bridge",
    progressions=(
        Progression(id="two", name="Two legs", own=Layer(dose=Work(40)), move_on=MoveOn(3)),
        Progression(id="staggered", name="Staggered", own=Layer(dose=Work(30)), move_on=MoveOn(3)),
        Progression(id="single", name="Single leg", own=Layer(dose=Work(20))),
    ),
)

DOSES = {"two": "40 s", "staggered": "30 s each side", "single": "20 s each side"}


ONE_UP = "Three full sessions at 40 s, last one easy: try staggered, 30 s each side."


def session(
    at: datetime, sets: Sequence[PastSet], *, finished: bool = True, effort: str = "", ouches: tuple[str, ...] = (),
    remembered: Mapping[str, str] | None = None,
) -> PastSession:  # fmt: skip
    """A session of the bridge, as read from the journal."""
    return PastSession(
        id="", routine="", title="", started_at=at, ended_at=at, worked_s=0.0, elapsed_s=0.0, finished=finished,
        sets=tuple(sets), effort=effort, ouches=ouches, remembered=remembered,
    )  # fmt: skip


def history(text: str) -> list[PastSession]:
    """Return one session for each line: the day from November on, the progression, the seconds of its set, and words.

    `40/30` are 40 of 30 planned seconds, `two+staggered` two sets. The words: the rating; `partly` or `skipped`, the
    status of the last set; `left` for an unfinished session; `ouch`; `evening`, the second session of a day; `on` and
    the remembered progression.
    """
    return [_session(*line.split()) for line in text.strip().splitlines()]


def _session(day: str, progressions: str, seconds: str, *words: str) -> PastSession:
    status = Status.PARTLY if "partly" in words else Status.SKIPPED if "skipped" in words else Status.DONE
    done_s, _, asked_s = seconds.partition("/")
    one = work(float(done_s))._replace(planned_s=float(asked_s or done_s))
    *first, last = progressions.split("+")
    sets = [done_set(one, progression=each) for each in first] + [done_set(one, progression=last, status=status)]
    effort = next((word for word in words if word in tuple(Effort)), "")
    at = datetime(2026, 11, 1, 19 if "evening" in words else 9, tzinfo=UTC) + timedelta(days=int(day) - 1)
    remembered = {"bridge": words[words.index("on") + 1]} if "on" in words else None
    ouches = ("bridge",) if "ouch" in words else ()
    return session(at, sets, finished="left" not in words, effort=effort, ouches=ouches, remembered=remembered)


def standing(text: str, here: str = "two", day: int | None = None, exercise: Exercise = LADDER) -> Standing:
    """Return the user's place after that history, on the day of the last session or another one."""
    done = practice(exercise, history(text))
    today = date(2026, 11, 1) + timedelta(days=day - 1) if day else done[-1].day
    step = next(step for step, each in enumerate(exercise.progressions) if each.id == here)
    return Standing(exercise=exercise, step=step, done=done, today=today, doses=DOSES)


def days(session: str, first: int, last: int) -> str:
    """The same session on each day."""
    return "".join(f"{day} {session}\n" for day in range(first, last + 1))


def line(found: Proposal | None) -> str:
    return found.line if found else ""


FELL = "1 two 40\n2 two 40\n3 two 40\n4 staggered 30 hard\n5 staggered 30 hard\n"


def with_standard(move_on: MoveOn | None = LADDER.progressions[0].move_on, grow: Grow | None = None) -> Exercise:
    """The ladder with other standards for its first progression."""
    first = LADDER.progressions[0]._replace(move_on=move_on, grow=grow)
    return LADDER._replace(progressions=(first, *LADDER.progressions[1:]))


def answered(change: Change, progression: str, reply: Reply, day: int) -> tuple[Answer, ...]:
    return (Answer(change, progression, reply, datetime(2026, 11, day, 12, tzinfo=UTC)),)


READY = "1 two 40\n2 two 40\n3 two 40"
