"""Which sessions count for a step up the ladder, or for a larger dose, and how many are needed.

- Sessions at this progression, done in full, no harder than `move_on.effort`, and with its seconds or reps. Several on
  one day count once, as muscles need a night to recover.
- Only sessions since the user moved here, since the last long absence, and after the last ouch. The last session must
  count: there is no step up after a session that was hard, hurt, or was left.
- After an ouch there must be two sessions without one, whatever `move_on` says.
- A step up that went badly and ended back here is a fall. Each doubles the sessions for the next try, up to twelve. And
  the last try must be exceeded: after hard sessions only easy ones count, until the dose is at its largest; after
  incomplete sets only sessions at the largest dose count, as long as the user lets it grow. Sessions without a rating
  count as easy; after an ouch the rule above applies. Thirty days of full sessions further up end this. A dose that
  grew too far doubles the sessions too.
- A week after the last step up, and a week more for each that went badly, up to six: tendons take longer than muscles,
  and someone who trains every day has twelve sessions in two weeks.
- Not while another exercise is on the progression that `move_on.unless` names.

A session in which the routine asks for another progression than the user's own is not a step up or down.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise, takewhile
from types import MappingProxyType
from typing import NamedTuple

from tui.ladder.cautions import CLEAN_SESSIONS
from tui.ladder.practice import Practice, day_count, whole_s
from tui.ladder.remembered import Answer, Change, Reply
from tui.routine.model import Effort, Exercise, Grow, Measure, MoveOn, Progression

A_WEEK = timedelta(days=7)
"""The least time between two steps up."""

MOST_AFTER_A_FALL = 12
"""The most sessions that are needed after a fall, unless the standard itself asks for more."""

MOST_WEEKS = 6
"""The most weeks from one step up to the next."""

HELD_SESSIONS = 30
"""Days of full sessions further up, none of them hard, after which an earlier fall no longer counts."""


class Standing(NamedTuple):
    """The user's position on the ladder of `exercise`: the index `step`, after the sessions `done`, oldest first.

    `grown` is the amount by which the dose has grown here. `doses` are the progressions' doses in words, by id.
    `waits_for` is the reason to wait, in words: another exercise is still on the first of its ladder; empty for none.
    """

    exercise: Exercise
    step: int
    done: Sequence[Practice]
    today: date
    grown: float = 0.0
    answers: Sequence[Answer] = ()
    doses: Mapping[str, str] = MappingProxyType({})
    waits_for: str = ""

    @property
    def progression(self) -> Progression:
        """The user's progression."""
        return self.exercise.progressions[self.step]

    @property
    def last(self) -> Practice | None:
        """The last session, or None."""
        return self.done[-1] if self.done else None


def until_today(standing: Standing) -> Standing:
    """Drop sessions that a wrong clock dated in the future; tomorrow may have begun in another time zone."""
    last = standing.today + timedelta(days=1)
    if all(session.day <= last for session in standing.done[-1:]):
        return standing
    return standing._replace(done=tuple(session for session in standing.done if session.day <= last))


def sessions_here(standing: Standing) -> list[Practice]:
    """List the sessions since the user moved here."""
    return list(takewhile(lambda session: session.own_step == standing.step, reversed(standing.done)))[::-1]


def sessions_since_away(standing: Standing) -> list[Practice]:
    """List the sessions here since the last long absence; one without a set done does not end an absence."""
    away = timedelta(days=standing.progression.step_back.days)
    since: list[Practice] = []
    last_day: date | None = None
    for session in sessions_here(standing):
        if last_day is not None and session.day - last_day >= away:
            since = []
        since.append(session)
        last_day = session.day if session.sets else last_day
    return since


def _clean_sessions(standing: Standing) -> list[Practice]:
    """List the sessions here with a set done, since the last absence and the last ouch."""
    since = sessions_since_away(standing)
    hurt = max((index for index, session in enumerate(since) if session.hurt), default=-1)
    return [session for session in since[hurt + 1 :] if session.sets]


def clean_needed(standing: Standing) -> int:
    """Count how many sessions without an ouch are needed; 0 if it never hurt."""
    return CLEAN_SESSIONS if any(session.hurt for session in standing.done) else 0


def _past_falls(standing: Standing) -> tuple[int, Practice | None, Sequence[Practice]]:
    """Compute how often the user came down to here because it went badly further up, and the sessions since.

    The second value is the session that ended the last try, or None if that did not end badly. Coming down after an
    absence is not a fall. After HELD_SESSIONS further up, falls no longer count.
    """
    step, away = standing.step, timedelta(days=standing.progression.step_back.days)
    falls, first = 0, 0
    before: Practice | None = None
    last: Practice | None = None
    held = set[date]()
    for index, session in enumerate(standing.done):
        if before is not None and before.own_step > step >= session.own_step:
            fell = before.went_badly and session.day - before.day < away
            last = before if fell else None
            falls, first = (falls + 1, index) if fell else (falls, first)
        if session.own_step <= step:
            held.clear()
        elif counts(session, session.own_step, MoveOn(1)):
            held.add(session.day)
            falls = 0 if len(held) >= HELD_SESSIONS else falls
        if session.step == session.own_step or session.went_badly:
            before = session
    return falls, last if falls else None, standing.done[first:]


def standard_now(standing: Standing) -> MoveOn | None:
    """Return the standard for the next progression: after a fall, more than before it."""
    progression = standing.progression
    standard, grow = progression.move_on, progression.grow
    _, fall, _ = _past_falls(standing)
    if standard is None or fall is None or clean_needed(standing):
        return standard
    largest = grow.up_to if grow is not None and _can_grow(standing, grow) else None
    if fall.effort is Effort.HARD:
        is_largest = grow is not None and largest is not None and _is_outgrown(standing.done[-1], grow.measure, largest)
        return standard if is_largest else standard._replace(effort=Effort.EASY)
    if grow is None or largest is None:
        return standard
    if grow.measure is Measure.WORK:
        return standard._replace(work_s=max(standard.work_s or 0.0, largest))
    if grow.measure is Measure.REPS:
        return standard._replace(reps=max(standard.reps or 0, int(largest)))
    return standard


def _can_grow(standing: Standing, grow: Grow) -> bool:
    """Check whether the dose can grow here: it is counted, and growing it was not refused and had an effect."""
    last, no = standing.done[-1], (Change.GROW, standing.progression.id, Reply.NO)
    if any((answer.change, answer.progression, answer.reply) == no for answer in standing.answers):
        return False
    now, is_counted = measured(last, grow.measure), grow.measure is not Measure.REPS or last.least.reps is not None
    return is_counted and now is not None and not grew_without_effect(standing, grow, now)


def grew_without_effect(standing: Standing, grow: Grow, now: float) -> bool:
    """Check whether a larger dose was accepted without any effect."""
    accepted = _last_growth(standing)
    if accepted is None:
        return False
    before = [session for session in standing.done if session.step == standing.step and session.at <= accepted.at]
    return bool(before) and standing.grown > 0 and measured(before[-1], grow.measure) == now


def _last_growth(standing: Standing) -> Answer | None:
    """Return the answer that last accepted a larger dose at the user's progression."""
    yes = (Change.GROW, standing.progression.id, Reply.YES)
    accepted = (one for one in standing.answers if (one.change, one.progression, one.reply) == yes)
    return max(accepted, key=lambda answer: answer.at, default=None)


def counts(session: Practice, step: int, standard: MoveOn) -> bool:
    """Check whether a session at `step` counts towards a step up or a larger dose."""
    if not session.in_full or session.hurt or session.step != step or session.effort is Effort.HARD:
        return False
    if standard.effort is Effort.EASY and session.effort is Effort.RIGHT:
        return False
    is_enough = standard.work_s is None or whole_s(session.least.work_s) >= standard.work_s
    return is_enough and (standard.reps is None or (session.least.reps or 0) >= standard.reps)


def counted_sessions(standing: Standing, standard: MoveOn) -> list[Practice]:
    """List the sessions that count for the next progression."""
    return [session for session in _clean_sessions(standing) if counts(session, standing.step, standard)]


def still_needed(standing: Standing, standard: MoveOn, counted: Sequence[Practice]) -> int:
    """Count how many full sessions are still needed, each on its own day.

    After a fall, all sessions since then count, even those before an absence.
    """
    needed = standard.sessions - day_count(counted)
    if hurt := clean_needed(standing):
        needed = max(needed, hurt - day_count(_clean_sessions(standing)))
    falls, _, since = _past_falls(standing)
    if falls:
        done = day_count(session for session in since if counts(session, standing.step, standard))
        needed = max(needed, needed_after(standard.sessions, falls) - done)
    last_counts = bool(counted) and counted[-1] is standing.last
    return max(needed, 0 if last_counts else 1)


def needed_after(sessions: int, falls: int) -> int:
    """Count how many sessions are needed instead of `sessions` after so many falls."""
    doubled = sessions << min(falls, 4)
    return max(sessions, min(doubled, MOST_AFTER_A_FALL))


def next_step_day(standing: Standing) -> date:
    """Return the first day for the next step up: a week after the last one, and a week more for each fall."""
    done = [session for session in standing.done if session.sets]
    ups = [after.day for before, after in pairwise(done) if after.own_step > before.own_step]
    accepted = (answer for answer in standing.answers if answer.reply is Reply.YES)
    ups += [answer.at.date() for answer in accepted if answer.change is Change.UP]
    falls, _, _ = _past_falls(standing)
    return max(ups) + min(1 + falls, MOST_WEEKS) * A_WEEK if ups else standing.today


def sessions_to_grow(standing: Standing, grow: Grow, now: float) -> list[Practice]:
    """Return the full sessions with at least the dose `now` since its last change."""
    changed = _last_growth(standing)
    counted = (session for session in _clean_sessions(standing) if counts(session, standing.step, MoveOn(1)))
    counted = (session for session in counted if _is_outgrown(session, grow.measure, now))
    return [session for session in counted if changed is None or session.at > changed.at]


def days_grown_too_far(standing: Standing, grow: Grow, now: float) -> int:
    """Count the days on which a larger dose than `now` went badly here."""
    badly = (session for session in standing.done if session.step == standing.step and session.went_badly)
    return day_count(session for session in badly if (measured(session, grow.measure) or 0) > now)


def measured(session: Practice, measure: Measure) -> float | None:
    """Return the planned amount in the measure that grows, else the performed one; None if both are unknown."""
    if measure is Measure.ROUNDS:
        return session.sets or None
    if measure is Measure.REPS:
        return session.asked.reps or session.least.reps
    return whole_s(session.asked.work_s or session.least.work_s) or None


def _is_outgrown(session: Practice, measure: Measure, now: float) -> bool:
    """Check whether a planned dose of at least `now` was done in full."""
    asked = measured(session, measure) or 0
    done = {
        Measure.WORK: whole_s(session.least.work_s),
        Measure.REPS: session.least.reps or 0,
        Measure.ROUNDS: session.sets,
    }[measure]
    return done >= asked >= now
