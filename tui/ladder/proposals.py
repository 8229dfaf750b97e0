"""Suggest at most one change for an exercise, with its reason in a line. Nothing changes by itself.

Each rule is a pure function of the history, the ladder and today. In order of precedence:

| rule | if                                                                                  | suggestion            |
|------|-------------------------------------------------------------------------------------|-----------------------|
| hurt | it hurt in the last session                                                         | less                  |
| away | `step_back.days` without it, and no question since                                  | less                  |
| hard | the last sessions here, on `step_back.sessions` days, were hard or not done in full | less                  |
| up   | enough sessions count for `move_on`                                                 | the next progression  |
| grow | `grow.every` full sessions at this dose, none of them hard                          | a larger dose here    |

Less is the progression below, or the dose before if a grown dose was hard or there is no progression below.

Which sessions count for more:

- Sessions at this progression, done in full, no harder than `move_on.effort`, and with its seconds or reps. Several on
  one day count once: muscles need the night.
- Only sessions since the user moved here, since the last long absence, and after the last ouch. The last session of all
  must count: nothing goes up after a day that was hard, hurt, or was left.
- After an ouch there must be two sessions without one, whatever `move_on` says.
- A step up that went badly and ended back here is a fall. Each doubles the sessions for the next try, up to twelve. And
  what was not enough then must be exceeded: after hard sessions only easy ones count, until the dose is at its largest;
  after sets that were not done in full only sessions at the largest dose count, as long as the user lets it grow.
  Sessions without a rating count as easy, and whoever was hurt has the rule above. Thirty days of full sessions further
  up end this. A dose that grew too far doubles the sessions too.
- A week after the last step up, and a week more for each that went badly, up to six: tendons take longer than muscles,
  and who trains every day has twelve sessions together in two weeks.
- Not while another exercise is on the progression that `move_on.unless` names.

A session in which the routine asks for another progression than the user's own is no step up or down.

Answers: a refused change is not suggested again for a season at the same progression, and less only with a new reason;
"not yet" asks again after two more days with sessions; after a yes the rules wait for the next session. A larger dose
that had no effect, for instance in a full interval, is not suggested again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise, takewhile
from types import MappingProxyType
from typing import NamedTuple

from tui.ladder.answers import Answer, Change, Reply
from tui.ladder.cautions import CLEAN_SESSIONS
from tui.ladder.practice import Practice, day_count, whole_s
from tui.ladder.proposal_words import (
    at_least,
    effort_words,
    in_measure,
    number,
    plural,
    sessions_words,
    standard_words,
)
from tui.routine.model import Effort, Exercise, Grow, Measure, MoveOn

A_WEEK = timedelta(days=7)
"""Between two steps up."""

A_SEASON = timedelta(days=90)
"""How long a refusal lasts."""

LATER_SESSIONS = 2
"""Days with sessions before a postponed suggestion is made again."""

MOST_AFTER_A_FALL = 12
"""The most sessions that are needed after a fall, unless the standard itself asks for more."""

MOST_WEEKS = 6
"""The most weeks from one step up to the next."""

HELD_SESSIONS = 30
"""Days of full sessions further up, none of them hard, after which an earlier fall no longer counts."""


class Proposal(NamedTuple):
    """One change for one exercise: to `progression`, or to a dose that has grown by `amount` in all.

    `reason` and `offer` are the two parts of a sentence.
    """

    exercise: str
    change: Change
    progression: str
    reason: str
    offer: str
    amount: float = 0.0

    @property
    def line(self) -> str:
        """Both as one sentence: `Three full sessions at 40 s, last one easy: try staggered, 30 s.`"""
        return f"{self.reason}: {self.offer}."


class Standing(NamedTuple):
    """The user's place on the ladder of `exercise`: step `here`, after the sessions `done`, oldest first.

    `grown` is the amount by which the dose has grown here. `doses` are the progressions' doses in words, by id.
    `waits_for` is what holds the next one back, in words: another exercise that is still on the first of its ladder.
    """

    exercise: Exercise
    here: int
    done: Sequence[Practice]
    today: date
    grown: float = 0.0
    answers: Sequence[Answer] = ()
    doses: Mapping[str, str] = MappingProxyType({})
    waits_for: str = ""

    @property
    def last(self) -> Practice | None:
        """The last session, or None."""
        return self.done[-1] if self.done else None


def propose(standing: Standing) -> Proposal | None:
    """Find the one change to suggest, or None."""
    standing = _until_today(standing)
    if standing.last is None:
        return None
    for rule in (_hurt, _away, _hard, _up, _grow):
        proposal = rule(standing, standing.last)
        if proposal is not None and _is_open(standing, proposal):
            return proposal
        if proposal is not None and _is_less(standing, proposal):
            return None
    return None


def welcome_back(standing: Standing) -> Proposal | None:
    """Return a suggestion before a workout, to ease back after a long absence, or None."""
    standing = _until_today(standing)
    proposal = _away(standing, standing.last) if standing.last else None
    return proposal if proposal and _is_open(standing, proposal) else None


def _until_today(standing: Standing) -> Standing:
    """Drop sessions that a wrong clock put into the future; tomorrow may have started in another time zone."""
    last = standing.today + timedelta(days=1)
    if all(session.day <= last for session in standing.done[-1:]):
        return standing
    return standing._replace(done=tuple(session for session in standing.done if session.day <= last))


def _is_less(standing: Standing, proposal: Proposal) -> bool:
    return proposal.change is Change.BACK or (proposal.change is Change.GROW and proposal.amount < standing.grown)


def _is_open(standing: Standing, proposal: Proposal) -> bool:
    """Check whether no earlier answer rules the suggestion out."""
    here, last = _sessions_here(standing), standing.last
    for answer in standing.answers:
        since = [session for session in standing.done if session.at > answer.at]
        if answer.reply is Reply.YES and not since:
            return False
        if (answer.change, answer.progression) != (proposal.change, proposal.progression):
            continue
        if _is_less(standing, proposal) and last and last.hurt and last.at > answer.at:
            continue
        if answer.reply is Reply.LATER and day_count(session for session in since if session.sets) < LATER_SESSIONS:
            return False
        renewed = (
            bool(since)
            if _is_less(standing, proposal)
            else ((bool(here) and answer.at < here[0].at) or standing.today >= answer.at.date() + A_SEASON)
        )
        if answer.reply is Reply.NO and not renewed:
            return False
    return True


# Less


def _back(standing: Standing, reason: str) -> Proposal | None:
    """Suggest one step down, or the dose before if there is none."""
    if standing.here == 0:
        return _smaller(standing, reason)
    below = standing.exercise.progressions[standing.here - 1]
    offer = f"go back to {below.name_within}{_dose(standing, below.id)}"
    return Proposal(standing.exercise.id, Change.BACK, below.id, reason, offer)


def _smaller(standing: Standing, reason: str) -> Proposal | None:
    """Suggest the dose before, if it has grown."""
    progression, last = standing.exercise.progressions[standing.here], standing.last
    grow = progression.grow
    now = _measured(last, grow.measure) if grow and last and last.step == standing.here else None
    if grow is None or now is None or standing.grown <= 0:
        return None
    by = min(grow.by, standing.grown)
    offer = f"make it {in_measure(now - by, grow.measure)}"
    return Proposal(standing.exercise.id, Change.GROW, progression.id, reason, offer, standing.grown - by)


def _hurt(standing: Standing, last: Practice) -> Proposal | None:
    """Suggest less after pain, unless the user has stepped down since."""
    return _back(standing, "It hurt") if last.hurt and standing.here >= max(last.step, last.stood) else None


def _away(standing: Standing, last: Practice) -> Proposal | None:
    days = (standing.today - last.day).days
    away = days >= standing.exercise.progressions[standing.here].step_back.days
    return _back(standing, f"{number(days)} days away") if away else None


def _hard(standing: Standing, last: Practice) -> Proposal | None:
    if last.step != standing.here or not last.went_badly:
        return None
    needed = standing.exercise.progressions[standing.here].step_back.sessions
    answers = (answer.at for answer in standing.answers if answer.change is not Change.UP)
    answered_at = max(answers, default=None)
    sessions = [
        session
        for session in _since_away(standing)
        if session.step == standing.here and (answered_at is None or session.at > answered_at)
    ]
    badly = list(takewhile(lambda session: session.went_badly, reversed(sessions)))
    if day_count(badly) < needed:
        return None
    hard = sum(session.effort is Effort.HARD for session in badly)
    problem = "hard" if hard == len(badly) else "not done in full" if hard == 0 else "hard or not done in full"
    in_a_row = " in a row" * (len(badly) > 1)
    reason = f"{number(len(badly))} session{plural(len(badly))}{in_a_row} {problem}"
    return _smaller(standing, reason) or _back(standing, reason)


# More


def _up(standing: Standing, last: Practice) -> Proposal | None:
    standard = _standard(standing)
    is_top = standing.here + 1 == len(standing.exercise.progressions)
    if is_top or standing.waits_for or standard is None or not _counts(last, standing.here, standard):
        return None
    counted = _counted(standing, standard)
    if day_count(counted) < standard.sessions or _from_day(standing) > standing.today:
        return None
    if _still_needed(standing, standard, counted):
        return None
    above = standing.exercise.progressions[standing.here + 1]
    reason = f"{sessions_words(counted)}{at_least(counted)}{effort_words(last)}"
    offer = f"try {above.name_within}{_dose(standing, above.id)}"
    return Proposal(standing.exercise.id, Change.UP, above.id, reason, offer)


def _grow(standing: Standing, last: Practice) -> Proposal | None:
    progression = standing.exercise.progressions[standing.here]
    grow = progression.grow
    now = _measured(last, grow.measure) if grow else None
    if grow is None or now is None:
        return None
    by = min(grow.by, grow.up_to - now, grow.up_to - standing.grown)
    if by <= 0 or _in_vain(standing, grow, now):
        return None
    counted = _counted_to_grow(standing, grow, now)
    needed = max(grow.every, _clean_needed(standing))
    needed = _after_falls(needed, _too_far(standing, grow, now))
    if day_count(counted) < needed or counted[-1] is not last:
        return None
    reason = f"{sessions_words(counted)} at {in_measure(now, grow.measure)}{effort_words(last)}"
    offer = f"make it {in_measure(now + by, grow.measure)}"
    return Proposal(standing.exercise.id, Change.GROW, progression.id, reason, offer, standing.grown + by)


def _counted_to_grow(standing: Standing, grow: Grow, now: float) -> list[Practice]:
    """Return the full sessions with at least the dose `now` since its last change."""
    changed = _answered(standing, Change.GROW)
    counted = (session for session in _clean(standing) if _counts(session, standing.here, MoveOn(1)))
    counted = (session for session in counted if _outgrown(session, grow.measure, now))
    return [session for session in counted if changed is None or session.at > changed.at]


def _too_far(standing: Standing, grow: Grow, now: float) -> int:
    """Count the days on which a larger dose than `now` went badly here."""
    badly = (session for session in standing.done if session.step == standing.here and session.went_badly)
    return day_count(session for session in badly if (_measured(session, grow.measure) or 0) > now)


def _after_falls(sessions: int, falls: int) -> int:
    """Count how many sessions are needed instead of `sessions` after so many falls."""
    doubled = sessions << min(falls, 4)
    return max(sessions, min(doubled, MOST_AFTER_A_FALL))


def _in_vain(standing: Standing, grow: Grow, now: float) -> bool:
    """Check whether a larger dose was accepted without any effect."""
    accepted = _answered(standing, Change.GROW)
    if accepted is None:
        return False
    before = [session for session in standing.done if session.step == standing.here and session.at <= accepted.at]
    return bool(before) and standing.grown > 0 and _measured(before[-1], grow.measure) == now


def _answered(standing: Standing, change: Change) -> Answer | None:
    """Return the answer that last accepted a change at the user's progression."""
    progression = standing.exercise.progressions[standing.here].id
    accepted = (
        answer
        for answer in standing.answers
        if (answer.change, answer.progression, answer.reply) == (change, progression, Reply.YES)
    )
    return max(accepted, key=lambda answer: answer.at, default=None)


def _sessions_here(standing: Standing) -> list[Practice]:
    """List the sessions since the user moved here."""
    return list(takewhile(lambda session: session.stood == standing.here, reversed(standing.done)))[::-1]


def _since_away(standing: Standing) -> list[Practice]:
    """List the sessions here since the last long absence; one without a set done does not end an absence."""
    away = timedelta(days=standing.exercise.progressions[standing.here].step_back.days)
    since: list[Practice] = []
    last_day: date | None = None
    for session in _sessions_here(standing):
        if last_day is not None and session.day - last_day >= away:
            since = []
        since.append(session)
        last_day = session.day if session.sets else last_day
    return since


def _clean(standing: Standing) -> list[Practice]:
    """List the sessions here with a set done, since the last absence and the last ouch."""
    since = _since_away(standing)
    hurt = max((index for index, session in enumerate(since) if session.hurt), default=-1)
    return [session for session in since[hurt + 1 :] if session.sets]


def _clean_needed(standing: Standing) -> int:
    """Count how many sessions without an ouch are needed; 0 if it never hurt."""
    return CLEAN_SESSIONS if any(session.hurt for session in standing.done) else 0


def _falls(standing: Standing) -> tuple[int, Practice | None, Sequence[Practice]]:
    """Compute how often the user came down to here because it went badly further up, and the sessions since.

    Between them is the session that ended the last try, or None if that did not end badly. Coming down after an absence
    is no fall. HELD_SESSIONS further up, falls are forgotten.
    """
    here = standing.here
    away = timedelta(days=standing.exercise.progressions[here].step_back.days)
    falls, first = 0, 0
    before: Practice | None = None
    last: Practice | None = None
    held = set[date]()
    for index, session in enumerate(standing.done):
        if before is not None and before.stood > here >= session.stood:
            fell = before.went_badly and session.day - before.day < away
            last = before if fell else None
            falls, first = (falls + 1, index) if fell else (falls, first)
        if session.stood <= here:
            held.clear()
        elif _counts(session, session.stood, MoveOn(1)):
            held.add(session.day)
            falls = 0 if len(held) >= HELD_SESSIONS else falls
        if session.step == session.stood or session.went_badly:
            before = session
    return falls, last if falls else None, standing.done[first:]


def _standard(standing: Standing) -> MoveOn | None:
    """Return the standard for the next progression: after a fall, more than was enough before it."""
    progression = standing.exercise.progressions[standing.here]
    standard, grow = progression.move_on, progression.grow
    _, fall, _ = _falls(standing)
    if standard is None or fall is None or _clean_needed(standing):
        return standard
    largest = grow.up_to if grow is not None and _can_grow(standing, grow) else None
    if fall.effort is Effort.HARD:
        is_largest = grow is not None and largest is not None and _outgrown(standing.done[-1], grow.measure, largest)
        return standard if is_largest else standard._replace(effort=Effort.EASY)
    if grow is None or largest is None:
        return standard
    if grow.measure is Measure.WORK:
        return standard._replace(work_s=max(standard.work_s or 0.0, largest))
    if grow.measure is Measure.REPS:
        return standard._replace(reps=max(standard.reps or 0, int(largest)))
    return standard


def _can_grow(standing: Standing, grow: Grow) -> bool:
    """Check whether the dose can grow here: it is counted, the user did not refuse it, and it had an effect."""
    last, no = standing.done[-1], (Change.GROW, standing.exercise.progressions[standing.here].id, Reply.NO)
    if any((answer.change, answer.progression, answer.reply) == no for answer in standing.answers):
        return False
    now, is_counted = _measured(last, grow.measure), grow.measure is not Measure.REPS or last.least.reps is not None
    return is_counted and now is not None and not _in_vain(standing, grow, now)


def _counts(session: Practice, step: int, standard: MoveOn) -> bool:
    """Check whether a session at `step` counts towards more."""
    if not session.in_full or session.hurt or session.step != step or session.effort is Effort.HARD:
        return False
    if standard.effort is Effort.EASY and session.effort is Effort.RIGHT:
        return False
    is_enough = standard.work_s is None or whole_s(session.least.work_s) >= standard.work_s
    return is_enough and (standard.reps is None or (session.least.reps or 0) >= standard.reps)


def _counted(standing: Standing, standard: MoveOn) -> list[Practice]:
    """List the sessions that count for the next progression."""
    return [session for session in _clean(standing) if _counts(session, standing.here, standard)]


def _still_needed(standing: Standing, standard: MoveOn, counted: Sequence[Practice]) -> int:
    """Count how many full sessions are still needed, each on its own day.

    After a fall, all sessions since then count, even those before an absence.
    """
    needed = standard.sessions - day_count(counted)
    if hurt := _clean_needed(standing):
        needed = max(needed, hurt - day_count(_clean(standing)))
    falls, _, since = _falls(standing)
    if falls:
        done = day_count(session for session in since if _counts(session, standing.here, standard))
        needed = max(needed, _after_falls(standard.sessions, falls) - done)
    last_counts = bool(counted) and counted[-1] is standing.last
    return max(needed, 0 if last_counts else 1)


def _missing(standing: Standing, standard: MoveOn) -> list[str]:
    """Return the missing parts of the standard in words; empty if it is reached."""
    counted = _counted(standing, standard)
    needed = _still_needed(standing, standard, counted)
    missing = []
    if needed > 0:
        missing.append(f"{number(needed).lower()} more full session{plural(needed)}{standard_words(standard)}")
        missing.append("easy" if standard.effort is Effort.EASY else "not hard")
        if day_count(counted) < len(counted):
            missing.append("one a day counts")
    if standing.waits_for:
        missing.append(f"not while {standing.waits_for}")
    if (from_day := _from_day(standing)) > standing.today:
        missing.append(f"from {from_day.day} {from_day:%B} on")
    return missing


def _from_day(standing: Standing) -> date:
    """Return the first day for the next step up: a week after the last one, and a week more for each fall."""
    done = [session for session in standing.done if session.sets]
    ups = [after.day for before, after in pairwise(done) if after.stood > before.stood]
    accepted = (answer for answer in standing.answers if answer.reply is Reply.YES)
    ups += [answer.at.date() for answer in accepted if answer.change is Change.UP]
    falls, _, _ = _falls(standing)
    return max(ups) + min(1 + falls, MOST_WEEKS) * A_WEEK if ups else standing.today


def to_the_next(standing: Standing) -> str:
    """Return what is missing to the next progression as a sentence for the user."""
    standing = _until_today(standing)
    if standing.here + 1 == len(standing.exercise.progressions):
        return "The top of this ladder."
    standard = _standard(standing)
    if standard is None:
        return "Move on when you like."
    name = standing.exercise.progressions[standing.here + 1].name_within
    missing = _missing(standing, standard)
    return f"To {name}: {', '.join(missing)}." if missing else f"Ready for {name}."


# Amounts


def _measured(session: Practice, measure: Measure) -> float | None:
    """Return the planned amount in the measure that grows, else the performed one; None if neither is known."""
    if measure is Measure.ROUNDS:
        return session.sets or None
    if measure is Measure.REPS:
        return session.asked.reps or session.least.reps
    return whole_s(session.asked.work_s or session.least.work_s) or None


def _outgrown(session: Practice, measure: Measure, now: float) -> bool:
    """Check whether a planned dose of at least `now` was done in full."""
    asked = _measured(session, measure) or 0
    done = {
        Measure.WORK: whole_s(session.least.work_s),
        Measure.REPS: session.least.reps or 0,
        Measure.ROUNDS: session.sets,
    }[measure]
    return done >= asked >= now


def _dose(standing: Standing, progression: str) -> str:
    words = standing.doses.get(progression, "")
    return f", {words}" if words else ""
