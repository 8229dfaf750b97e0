"""What is proposed for an exercise: at most one change, with its reason in a line. Nothing changes by itself.

Each rule is a pure function of the history, the ladder and today. In the order in which they are asked:

| rule | when                                                                                | what is proposed      |
|------|-------------------------------------------------------------------------------------|-----------------------|
| hurt | it hurt in the last session                                                         | the progression below |
| away | `step_back.days` without it, and nothing was asked since                            | the progression below |
| hard | the last `step_back.sessions` here were hard, or not all their sets could be done   | the progression below |
| up   | `move_on` is reached by sessions that count                                         | the next progression  |
| grow | `grow.every` full sessions at this dose, none of them hard                          | a larger dose here    |

Which sessions count for more:

- Those at this progression, done in full, no harder than `move_on.effort`, and with its seconds or reps.
- Only those after the last ouch, the last long absence, and the last time that one stood further up. The last session
  of all must count: nothing goes up after a day that was hard, hurt, or was left.
- After an ouch two sessions without one, whatever `move_on` says.
- Who came down from above because it went badly there needs twice as many, and after each further time twice as many
  again; and those that were right no longer count, only those that were easy or that nobody judged. So nobody is sent
  up and down between two progressions.
- A week after the last step up: tendons take longer than muscles.

An answer holds: what was refused is not proposed again while one stands on the same progression; "not yet" lets two
more sessions pass; and after a yes the next session is waited for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from tui.routine.durations import spoken
from tui.routine.model import Effort, Exercise, Measure, MoveOn
from tui.timeline.numerals import in_words
from tui.timeline.practice import Practice

A_WEEK = timedelta(days=7)
"""Between two steps up."""

CLEAN_SESSIONS = 2
"""Sessions without an ouch before anything is proposed upwards again."""

LATER_SESSIONS = 2
"""Sessions before a proposal that was put off is made again."""

MOST_FALLS = 3
"""So many times of coming down double what is needed; further ones do not."""


class Change(StrEnum):
    """What can be proposed: the next progression, the one before, or a larger dose at the one you are on."""

    UP = "up"
    BACK = "back"
    GROW = "grow"


class Reply(StrEnum):
    """What somebody answers to a proposal."""

    YES = "yes"
    NO = "no"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to the proposal of a change, and when: to go to `progression`, or to grow at it."""

    change: Change
    progression: str
    reply: Reply
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change for one exercise: to `progression`, or a dose larger by `amount` in all at the one that holds.

    `reason` says why, and `offer` what to do, each as a part of a sentence.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where somebody stands on the ladder of `exercise`: at step `here`, after the sessions `done`, the oldest first.

    `grown` is what the dose has grown by here. `doses` are the doses of its progressions in words, by id.
    """

    exercise: Exercise
    here: int
    done: Sequence[Practice]
    today: date
    grown: float = 0.0
    answers: Sequence[Answer] = ()
    doses: Mapping[str, str] = field(default_factory=dict)

    @property
    def last(self) -> Practice | None:
        """The last session of it."""
        return self.done[-1] if self.done else None


def propose(standing: Standing) -> Proposal | None:
    """The one change that is proposed, or None."""
    if standing.last is None:
        return None
    for rule in (_hurt, _away, _hard, _up, _grow):
        proposal = rule(standing, standing.last)
        if proposal is not None and _is_open(standing, proposal):
            return proposal
        if proposal is not None and proposal.change is Change.BACK:
            return None
    return None


def welcome_back(standing: Standing) -> Proposal | None:
    """What is proposed before a workout: to ease back after a long absence; all else is proposed at its end."""
    proposal = _away(standing, standing.last) if standing.last else None
    return proposal if proposal and _is_open(standing, proposal) else None


def _is_open(standing: Standing, proposal: Proposal) -> bool:
    """Whether nothing that was answered stands against it."""
    last = standing.last
    for answer in standing.answers:
        since = sum(each.at > answer.at for each in standing.done)
        if answer.reply is Reply.YES and not since:
            return False
        if (answer.change, answer.progression) != (proposal.change, proposal.progression):
            continue
        if answer.reply is Reply.LATER and since < LATER_SESSIONS:
            return False
        renewed = proposal.change is Change.BACK and last is not None and since > 0
        if answer.reply is Reply.NO and not renewed:
            return False
    return True


# Less


def _back(standing: Standing, reason: str) -> Proposal | None:
    """To go one step down, where there is one."""
    if standing.here == 0:
        return None
    below = standing.exercise.progressions[standing.here - 1]
    offer = f"go back to {below.name_within}{_dose(standing, below.id)}"
    return Proposal(standing.exercise.id, Change.BACK, below.id, reason, offer)


def _hurt(standing: Standing, last: Practice) -> Proposal | None:
    return _back(standing, "It hurt") if last.hurt else None


def _away(standing: Standing, last: Practice) -> Proposal | None:
    days = (standing.today - last.day).days
    away = days >= standing.exercise.progressions[standing.here].step_back.days
    return _back(standing, f"{_number(days)} days away") if away else None


def _hard(standing: Standing, last: Practice) -> Proposal | None:
    wanted = standing.exercise.progressions[standing.here].step_back.sessions
    asked = max((a.at for a in standing.answers if a.change is Change.BACK), default=None)
    here = [each for each in _since_setback(standing) if asked is None or each.at > asked][-wanted:]
    if len(here) < wanted or not all(each.step == standing.here and each.went_badly for each in here):
        return None
    hard = sum(each.effort is Effort.HARD for each in here)
    how = "hard" if hard == wanted else "not done in full" if hard == 0 else "hard or not done in full"
    return _back(standing, f"{_number(wanted)} session{_s(wanted)}{' in a row' * (wanted > 1)} {how}")


# More


def _up(standing: Standing, last: Practice) -> Proposal | None:
    progression = standing.exercise.progressions[standing.here]
    is_top = standing.here + 1 == len(standing.exercise.progressions)
    if is_top or progression.move_on is None or _missing(standing, progression.move_on):
        return None
    above = standing.exercise.progressions[standing.here + 1]
    counted = _counted(standing, progression.move_on)
    reason = f"{_number(len(counted))} full session{_s(len(counted))}{_at_least(counted)}{_how(last)}"
    offer = f"try {above.name_within}{_dose(standing, above.id)}"
    return Proposal(standing.exercise.id, Change.UP, above.id, reason, offer)


def _grow(standing: Standing, last: Practice) -> Proposal | None:
    progression = standing.exercise.progressions[standing.here]
    grow = progression.grow
    if grow is None or not _counts(last, standing.here, MoveOn(1)):
        return None
    now = _measured(last, grow.measure)
    counted = [each for each in _clean(standing) if _counts(each, standing.here, MoveOn(1))]
    counted = [each for each in counted if now is not None and (_measured(each, grow.measure) or 0) >= now]
    by = min(grow.by, grow.up_to - (now or 0))
    if now is None or by <= 0 or len(counted) < max(grow.every, _clean_wanted(standing)):
        return None
    reason = f"{_number(len(counted))} full session{_s(len(counted))} at {in_measure(now, grow.measure)}{_how(last)}"
    amount = standing.grown + by
    offer = f"make it {in_measure(now + by, grow.measure)}"
    return Proposal(standing.exercise.id, Change.GROW, progression.id, reason, offer, amount)


def _since_setback(standing: Standing) -> list[Practice]:
    """The sessions since one last stood further up, or was away for long."""
    away = timedelta(days=standing.exercise.progressions[standing.here].step_back.days)
    since: list[Practice] = []
    for each in standing.done:
        if each.step > standing.here or (since and each.day - since[-1].day >= away):
            since = []
        if each.step <= standing.here:
            since.append(each)
    return since


def _clean(standing: Standing) -> list[Practice]:
    """Those of them after the last ouch."""
    since = _since_setback(standing)
    hurt = max((index for index, each in enumerate(since) if each.hurt), default=-1)
    return since[hurt + 1 :]


def _clean_wanted(standing: Standing) -> int:
    """How many sessions without an ouch there must be: none in particular where it has not hurt of late."""
    return CLEAN_SESSIONS if any(each.hurt for each in standing.done) else 0


def _falls(standing: Standing) -> int:
    """How often one came down to here, or below, since it went badly further up; after an absence is no such time."""
    away = timedelta(days=standing.exercise.progressions[standing.here].step_back.days)
    pairs = zip(standing.done, standing.done[1:], strict=False)
    falls = (
        before.step > standing.here >= after.step and before.went_badly and after.day - before.day < away
        for before, after in pairs
    )
    return min(sum(falls), MOST_FALLS)


def _counts(each: Practice, here: int, wanted: MoveOn, *, fell: bool = False) -> bool:
    """Whether a session counts for more."""
    if not each.in_full or each.hurt or each.step != here:
        return False
    too_hard = (Effort.HARD, Effort.RIGHT) if fell or wanted.effort is Effort.EASY else (Effort.HARD,)
    if each.effort in too_hard:
        return False
    much = wanted.work_s is None or each.least.work_s >= wanted.work_s
    return much and (wanted.reps is None or (each.least.reps or 0) >= wanted.reps)


def _counted(standing: Standing, wanted: MoveOn) -> list[Practice]:
    """The sessions that count for the next progression."""
    fell = _falls(standing) > 0
    return [each for each in _clean(standing) if _counts(each, standing.here, wanted, fell=fell)]


def _missing(standing: Standing, wanted: MoveOn) -> list[str]:
    """What is missing to the next progression, in words; nothing where its standard is reached."""
    falls = _falls(standing)
    counted = _counted(standing, wanted)
    sessions = wanted.sessions * 2**falls
    needed = max(sessions - len(counted), _clean_wanted(standing) - len(_clean(standing)))
    last = standing.last
    if needed <= 0 and last is not None and not (counted and counted[-1] is last):
        needed = 1
    missing = []
    if needed > 0:
        easy = falls or wanted.effort is Effort.EASY
        missing.append(
            f"{in_words(needed)} more full session{_s(needed)}{_asked(wanted)}, {'easy' if easy else 'not hard'}"
        )
    if (from_day := _from_day(standing)) > standing.today:
        missing.append(f"from {from_day.day} {from_day:%B} on")
    return missing


def _from_day(standing: Standing) -> date:
    """The first day of the next step up: a week after the last one."""
    steps = zip(standing.done, standing.done[1:], strict=False)
    ups = [after.day for before, after in steps if after.step > before.step]
    return ups[-1] + A_WEEK if ups else standing.today


def to_the_next(standing: Standing) -> str:
    """What is missing to the next progression, as a sentence for people."""
    progression = standing.exercise.progressions[standing.here]
    if standing.here + 1 == len(standing.exercise.progressions):
        return "The top of this ladder."
    if progression.move_on is None:
        return "Move on when you like."
    name = standing.exercise.progressions[standing.here + 1].name_within
    missing = _missing(standing, progression.move_on)
    return f"To {name}: {', '.join(missing)}." if missing else f"Ready for {name}."


# Words


def _asked(wanted: MoveOn) -> str:
    if wanted.work_s is not None:
        return f" of {spoken(wanted.work_s)}"
    return f" of {wanted.reps} reps" if wanted.reps is not None else ""


def _at_least(counted: Iterable[Practice]) -> str:
    """The least that was done in all of them; reps where they were counted."""
    least = [each.least for each in counted]
    reps = [each.reps for each in least]
    if all(count is not None for count in reps):
        count = min(count or 0 for count in reps)
        return f" of {count} rep{_s(count)}"
    seconds = _down(min(each.work_s for each in least))
    return f" at {spoken(seconds)}" if seconds else ""


def _measured(each: Practice, measure: Measure) -> float | None:
    """What a session had of what grows."""
    if measure is Measure.WORK:
        return _down(each.least.work_s)
    return each.least.reps if measure is Measure.REPS else each.sets


def in_measure(much: float, measure: Measure) -> str:
    """An amount of what grows, in words: `45 s`, `12 reps`, `1 round`."""
    if measure is Measure.WORK:
        return spoken(much)
    noun = "rep" if measure is Measure.REPS else "round"
    return f"{much:g} {noun}{_s(much)}"


def _down(seconds: float) -> float:
    """Whole seconds: what is told of a set is no longer than it was."""
    return float(int(seconds + 0.5))


def _how(last: Practice) -> str:
    return f", last one {last.effort}" if last.effort else ""


def _dose(standing: Standing, progression: str) -> str:
    words = standing.doses.get(progression, "")
    return f", {words}" if words else ""


def _number(count: int) -> str:
    return in_words(min(count, 999)).capitalize()


def _s(count: float) -> str:
    return "" if count == 1 else "s"
