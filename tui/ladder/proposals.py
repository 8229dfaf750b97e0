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

`tui/ladder/counting.py` decides which sessions count for `up` and `grow`.

Answers: a refused change is not suggested again for a season at the same progression, or, if it was less, without a new
reason; "not yet" asks again after two more days with sessions; after a yes the rules wait for the next session. A
larger dose that had no effect, for instance in a full interval, is not suggested again.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import takewhile
from typing import NamedTuple

from tui.ladder import counting
from tui.ladder.counting import Standing
from tui.ladder.practice import Practice, day_count, whole_s
from tui.ladder.remembered import Change, Reply
from tui.plain_text import capital, plural
from tui.routine.doses import in_words
from tui.routine.durations import spoken
from tui.routine.model import Effort, Measure, MoveOn

A_SEASON = timedelta(days=90)
"""How long a refusal lasts."""

LATER_SESSIONS = 2
"""Days with sessions before a postponed suggestion is made again."""


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


def propose(standing: Standing) -> Proposal | None:
    """Find the one change to suggest, or None."""
    standing = counting.until_today(standing)
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
    standing = counting.until_today(standing)
    proposal = _away(standing, standing.last) if standing.last else None
    return proposal if proposal and _is_open(standing, proposal) else None


def _is_less(standing: Standing, proposal: Proposal) -> bool:
    return proposal.change is Change.BACK or (proposal.change is Change.GROW and proposal.amount < standing.grown)


def _is_open(standing: Standing, proposal: Proposal) -> bool:
    """Check whether no earlier answer rules the suggestion out."""
    sessions, last = counting.sessions_here(standing), standing.last
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
            else ((bool(sessions) and answer.at < sessions[0].at) or standing.today >= answer.at.date() + A_SEASON)
        )
        if answer.reply is Reply.NO and not renewed:
            return False
    return True


# Less


def _back(standing: Standing, reason: str) -> Proposal | None:
    """Suggest one step down, or the dose before if there is none."""
    if standing.step == 0:
        return _smaller(standing, reason)
    below = standing.exercise.progressions[standing.step - 1]
    offer = f"go back to {below.name_within}{_dose(standing, below.id)}"
    return Proposal(standing.exercise.id, Change.BACK, below.id, reason, offer)


def _smaller(standing: Standing, reason: str) -> Proposal | None:
    """Suggest the dose before, if it has grown."""
    progression, last = standing.progression, standing.last
    grow = progression.grow
    now = counting.measured(last, grow.measure) if grow and last and last.step == standing.step else None
    if grow is None or now is None or standing.grown <= 0:
        return None
    by = min(grow.by, standing.grown)
    offer = f"make it {in_measure(now - by, grow.measure)}"
    return Proposal(standing.exercise.id, Change.GROW, progression.id, reason, offer, standing.grown - by)


def _hurt(standing: Standing, last: Practice) -> Proposal | None:
    """Suggest less after pain, unless the user has stepped down since."""
    return _back(standing, "It hurt") if last.hurt and standing.step >= max(last.step, last.own_step) else None


def _away(standing: Standing, last: Practice) -> Proposal | None:
    days = (standing.today - last.day).days
    away = days >= standing.progression.step_back.days
    return _back(standing, capital(f"{in_words(days)} days away")) if away else None


def _hard(standing: Standing, last: Practice) -> Proposal | None:
    if last.step != standing.step or not last.went_badly:
        return None
    needed = standing.progression.step_back.sessions
    answers = (answer.at for answer in standing.answers if answer.change is not Change.UP)
    answered_at = max(answers, default=None)
    sessions = [
        session
        for session in counting.sessions_since_away(standing)
        if session.step == standing.step and (answered_at is None or session.at > answered_at)
    ]
    badly = list(takewhile(lambda session: session.went_badly, reversed(sessions)))
    if day_count(badly) < needed:
        return None
    hard = sum(session.effort is Effort.HARD for session in badly)
    problem = "hard" if hard == len(badly) else "not done in full" if hard == 0 else "hard or not done in full"
    in_a_row = " in a row" * (len(badly) > 1)
    reason = capital(f"{_in_words(len(badly), 'session')}{in_a_row} {problem}")
    return _smaller(standing, reason) or _back(standing, reason)


# More


def _up(standing: Standing, last: Practice) -> Proposal | None:
    standard = counting.standard_now(standing)
    is_top = standing.step + 1 == len(standing.exercise.progressions)
    if is_top or standing.waits_for or standard is None or not counting.counts(last, standing.step, standard):
        return None
    counted = counting.counted_sessions(standing, standard)
    if day_count(counted) < standard.sessions or counting.next_step_day(standing) > standing.today:
        return None
    if counting.still_needed(standing, standard, counted):
        return None
    above = standing.exercise.progressions[standing.step + 1]
    reason = f"{_sessions_words(counted)}{_at_least(counted)}{_effort_words(last)}"
    offer = f"try {above.name_within}{_dose(standing, above.id)}"
    return Proposal(standing.exercise.id, Change.UP, above.id, reason, offer)


def _grow(standing: Standing, last: Practice) -> Proposal | None:
    progression = standing.progression
    grow = progression.grow
    now = counting.measured(last, grow.measure) if grow else None
    if grow is None or now is None:
        return None
    by = min(grow.by, grow.up_to - now, grow.up_to - standing.grown)
    if by <= 0 or counting.grew_without_effect(standing, grow, now):
        return None
    counted = counting.sessions_to_grow(standing, grow, now)
    needed = max(grow.every, counting.clean_needed(standing))
    needed = counting.needed_after(needed, counting.days_grown_too_far(standing, grow, now))
    if day_count(counted) < needed or counted[-1] is not last:
        return None
    reason = f"{_sessions_words(counted)} at {in_measure(now, grow.measure)}{_effort_words(last)}"
    offer = f"make it {in_measure(now + by, grow.measure)}"
    return Proposal(standing.exercise.id, Change.GROW, progression.id, reason, offer, standing.grown + by)


def _missing(standing: Standing, standard: MoveOn) -> list[str]:
    """Return the missing parts of the standard in words; empty if it is reached."""
    counted = counting.counted_sessions(standing, standard)
    needed = counting.still_needed(standing, standard, counted)
    missing = []
    if needed > 0:
        missing.append(f"{_in_words(needed, 'more full session')}{_standard_words(standard)}")
        missing.append("easy" if standard.effort is Effort.EASY else "not hard")
        if day_count(counted) < len(counted):
            missing.append("one a day counts")
    if standing.waits_for:
        missing.append(f"not while {standing.waits_for}")
    if (from_day := counting.next_step_day(standing)) > standing.today:
        missing.append(f"from {from_day.day} {from_day:%B} on")
    return missing


def next_step_words(standing: Standing) -> str:
    """Format the conditions that are still missing for the next progression, as a sentence."""
    standing = counting.until_today(standing)
    if standing.step + 1 == len(standing.exercise.progressions):
        return "The top of this ladder."
    standard = counting.standard_now(standing)
    if standard is None:
        return "Move on when you like."
    name = standing.exercise.progressions[standing.step + 1].name_within
    missing = _missing(standing, standard)
    return f"To {name}: {', '.join(missing)}." if missing else f"Ready for {name}."


def _dose(standing: Standing, progression: str) -> str:
    words = standing.doses.get(progression, "")
    return f", {words}" if words else ""


# Words


def _standard_words(standard: MoveOn) -> str:
    """Format the amount that a standard demands: ` of 45 s`, ` of 8 reps`; empty if the planned dose is enough."""
    if standard.work_s is not None:
        return f" of {spoken(standard.work_s)}"
    return f" of {standard.reps} reps" if standard.reps is not None else ""


def _at_least(counted: Iterable[Practice]) -> str:
    """Return the smallest amount done in any of the sessions, in reps if they were counted."""
    least = [session.least for session in counted]
    reps = [amount.reps for amount in least]
    if all(count is not None for count in reps):
        return f" of {plural(min(count or 0 for count in reps), 'rep')}"
    seconds = whole_s(min(amount.work_s for amount in least))
    return f" at {spoken(seconds)}" if seconds else ""


def in_measure(amount: float, measure: Measure) -> str:
    """Format an amount in words: `45 s`, `12 reps`, `1 round`."""
    if measure is Measure.WORK:
        return spoken(amount)
    return plural(round(amount), "rep" if measure is Measure.REPS else "round")


def _sessions_words(counted: Sequence[Practice]) -> str:
    """Format the number of sessions in words, or the number of days if some were on the same day."""
    days = day_count(counted)
    if days < len(counted):
        return f"Full sessions on {_in_words(days, 'day')}"
    return capital(_in_words(days, "full session"))


def _effort_words(last: Practice) -> str:
    """Format the rating of the last session, or nothing if it has none."""
    return f", last one {last.effort}" if last.effort else ""


def _in_words(count: int, noun: str) -> str:
    """Return `three sessions`."""
    return f"{in_words(count)} {noun}{'' if count == 1 else 's'}"
