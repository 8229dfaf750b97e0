"""Simulate two years of a hundred people who train by the real rules, to see the effect of the rules over time.

A person has an ability, in steps of a ladder: it grows with training towards a ceiling, falls during absences, and
varies a little every day. The effort of a session follows from the gap between ability and progression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from tests.past import done_set
from tui.bundled import bundled
from tui.engine.summary import Status
from tui.files.reading import parse_toml
from tui.ladder.counting import Standing
from tui.ladder.practice import Practice, practice
from tui.ladder.proposals import Proposal, propose, welcome_back
from tui.ladder.remembered import Answer, Change, Reply
from tui.past_sessions import PastSession, PastWork
from tui.routine.model import Effort, Exercise, Reps, Sides, Work
from tui.routine.reader import read_exercise

FIRST_DAY = date(2025, 1, 1)
DAYS = 730
EACH = 17
"""The number of people of each kind; about a hundred in all."""

EASY, RIGHT, HARD = 0.7, 0.0, -0.5
"""The smallest surplus of ability at which a session is easy, right or hard; with less, a set is left."""

CLEARLY = 0.35
"""With this surplus of ability, a progression can be done on most days."""

HALF_MORE = 0.6
"""A dose that is half as large again makes a progression harder by this many steps."""

GAIN, LOSS = 0.02, 0.012
"""The share of the way to the ceiling that a day of training gains, and that a day of absence after the fifth loses."""

SLEEPY = 0.2
"""The ability without any training."""

Often = Callable[[Random, int], int]
"""Returns the number of sessions on a day, given its number."""


def often(chance: float) -> Often:
    """Return a habit of training on this share of the days, at random."""
    return lambda random, day: int(random.random() < chance)


def in_bursts(random: Random, day: int) -> int:
    """Return sessions often for a week or two, then rarely."""
    return int(random.random() < (0.7 if (day // 11 * 7) % 5 in (0, 3) else 0.15))


def with_absences(random: Random, day: int) -> int:
    """Return sessions for ten weeks, then none for five."""
    return int(day % 105 < 70 and random.random() < 0.45)


def several(random: Random, day: int) -> int:
    """Return none to three sessions."""
    return (0, 0, 0, 0, 1, 1, 1, 2, 2, 3)[int(random.random() * 10)]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The behaviour of some people. `replies` has the chance of each answer; None is no answer."""

    name: str
    words: str
    often: Often
    noise: float = 0.2
    leaves: float = 0.04
    elsewhere: float = 0.1
    hurts: float = 0.0
    says: Callable[[Effort], str] = str
    replies: Mapping[Reply | None, float] = field(default_factory=lambda: {Reply.YES: 0.85, Reply.LATER: 0.1, None: 1})


KINDS = (
    Kind(name="steady", words="three or four sessions a week, rated as they were", often=often(0.5)),
    Kind(
        name="erratic", words="much in one week and little in the next, good days and bad, any rating",
        often=in_bursts, noise=0.35, leaves=0.12, elsewhere=0.2,
        replies={Reply.YES: 0.7, Reply.LATER: 0.15, Reply.NO: 0.02, None: 1},
    ),
    Kind(name="returning", words="ten weeks on, five weeks away", often=with_absences),
    Kind(name="hurting", words="it hurts now and then, most often after a step up", often=often(0.5), hurts=0.02),
    Kind(name="silent", words="no ratings", often=often(0.45), says=lambda effort: ""),
    Kind(
        name="hurrying", words="up to three sessions a day, all rated easy; they accept every suggestion",
        often=several, says=lambda effort: Effort.EASY, replies={Reply.YES: 1},
    ),
)  # fmt: skip


class Move(NamedTuple):
    """A step up or down; `fell` if the sessions before it went badly."""

    day: int
    start: int
    end: int
    fell: bool


class Asked(NamedTuple):
    """A suggestion with its day and its answer."""

    day: int
    proposal: Proposal
    reply: Reply | None


@cache
def ladders() -> tuple[Exercise, ...]:
    """Return the bundled exercises whose ladders have three steps or more."""
    found = (
        read_exercise(parse_toml(path.read_text("utf-8")), path.stem)[0]
        for path in sorted(bundled("routines").glob("exercises/*.toml"))
    )
    return tuple(exercise for exercise in found if exercise and len(exercise.progressions) > 2)


class Person:
    """A person of a kind, on one ladder, for two years."""

    def __init__(self, kind: Kind, number: int) -> None:
        """Simulate all days."""
        self.kind = kind
        self.random = Random(f"{kind.name} {number}")
        self.exercise = ladders()[number % len(ladders())]
        self.ceiling = 1.0 + self.random.random() * (len(self.exercise.progressions) - 1)
        self.ability = 0.3 + self.random.random() * 0.6
        self.step, self.grown = 0, dict[str, float]()
        self.answers: dict[Change, Answer] = {}
        self.done: list[Practice] = []
        self.sessions: list[PastSession] = []
        self.moves: list[Move] = []
        self.asked: list[Asked] = []
        self.places: list[int] = []
        self.could: list[float] = []
        self._trained = 0
        for day in range(DAYS):
            self._live(day)

    @property
    def reachable(self) -> int:
        """The highest step that the person can do on most days after enough training."""
        return self._step_for(self.ceiling)

    def _step_for(self, ability: float) -> int:
        return max(0, min(len(self.exercise.progressions) - 1, int(ability - CLEARLY)))

    def could_do(self, day: int) -> int:
        """Return the highest step that the person could do on most days, at the ability of `day`."""
        return self._step_for(self.could[day])

    @property
    def steps_up(self) -> list[Move]:
        """The steps up."""
        return [move for move in self.moves if move.end > move.start]

    def up_and_down(self, days: int) -> int:
        """Return the largest number of falls from one step within this many days."""
        falls = [move for move in self.moves if move.fell]
        return max(
            (sum(each.start == one.start and 0 <= each.day - one.day < days for each in falls) for one in falls),
            default=0,
        )

    def _live(self, day: int) -> None:
        times = self.kind.often(self.random, day)
        if times:
            self._answer(day, welcome_back(self._standing(day)))
            self.ability += GAIN * (self.ceiling - self.ability)
            self._trained = day
        elif day - self._trained > 5:
            self.ability -= LOSS * (self.ability - SLEEPY)
        for turn in range(times):
            session = self._session(day, turn)
            self.sessions.append(session)
            self.done += practice(self.exercise, [session])
            self._answer(day, propose(self._standing(day)))
        self.places.append(self.step)
        self.could.append(self.ability)

    def _standing(self, day: int) -> Standing:
        id_ = self.exercise.progressions[self.step].id
        return Standing(
            exercise=self.exercise, step=self.step, done=self.done, today=FIRST_DAY + timedelta(day),
            grown=self.grown.get(id_, 0.0), answers=tuple(self.answers.values()),
        )  # fmt: skip

    def _answer(self, day: int, proposal: Proposal | None) -> None:
        """Answer a suggestion and follow the answer."""
        if proposal is None:
            return
        reply = self._reply()
        self.asked.append(Asked(day, proposal, reply))
        if reply is None:
            return
        ended = [each.ended_at for each in self.sessions[-1:] if each.ended_at is not None]
        at = max([*ended, datetime.combine(FIRST_DAY + timedelta(day), time(6), UTC)])
        self.answers[proposal.change] = Answer(proposal.change, proposal.progression, reply, at)
        if reply is not Reply.YES:
            return
        if proposal.change is Change.GROW:
            self.grown[proposal.progression] = proposal.amount
            return
        ids = [progression.id for progression in self.exercise.progressions]
        end = ids.index(proposal.progression)
        fell = end < self.step and "away" not in proposal.reason
        self.moves.append(Move(day, self.step, end, fell))
        self.step = end

    def _reply(self) -> Reply | None:
        drawn = self.random.random()
        for reply, chance in self.kind.replies.items():
            if drawn < chance:
                return reply
            drawn -= chance
        return None

    # A session

    def _session(self, day: int, turn: int) -> PastSession:
        """Return the day's session as the journal has it."""
        random, steps = self.random, len(self.exercise.progressions)
        elsewhere = random.random() < self.kind.elsewhere
        step = int(random.random() * steps) if elsewhere else self.step
        gap = self.ability + self._noise() - step - self._more(step)
        left = random.random() < self.kind.leaves
        hurt = random.random() < self._risk(day, gap)
        effort = Effort.EASY if gap >= EASY else Effort.RIGHT if gap >= RIGHT else Effort.HARD
        whole = gap >= HARD and not left and not hurt
        began = datetime.combine(FIRST_DAY + timedelta(day), time(7 + 4 * turn), UTC)
        progression = self.exercise.progressions[step].id
        statuses = [Status.DONE, Status.DONE, Status.DONE if whole else Status.PARTLY]
        id_ = self.exercise.id
        sets = tuple(
            done_set(*self._work(step, status), exercise=id_, progression=progression, status=status, number=number)
            for number, status in enumerate(statuses, 1)
        )
        return PastSession(
            id=f"{day}-{turn}", routine="years", title="Years", started_at=began,
            ended_at=began + timedelta(minutes=8), worked_s=300.0, elapsed_s=480.0, finished=not left, sets=sets,
            effort=self.kind.says(effort), ouches=(id_,) if hurt else (),
            remembered={id_: self.exercise.progressions[self.step].id},
        )  # fmt: skip

    def _noise(self) -> float:
        """Return a number with about a normal distribution, the same on every machine."""
        return (sum(self.random.random() for _ in range(4)) - 2) * 1.75 * self.kind.noise

    def _risk(self, day: int, gap: float) -> float:
        """Return the chance of pain: higher in the two weeks after a step up, and near the limit of the ability."""
        fresh = any(move.end > move.start and day - move.day < 14 for move in self.moves[-1:])
        return self.kind.hurts * (3 if fresh else 1) * (3 if gap < RIGHT else 1)

    def _more(self, step: int) -> float:
        """Return the steps by which a grown dose is harder."""
        progression = self.exercise.progressions[step]
        return self.grown.get(progression.id, 0.0) / self._base(step) / 0.5 * HALF_MORE

    def _base(self, step: int) -> float:
        """Return the seconds or repetitions of a set in the file."""
        dose = self.exercise.progressions[step].own.dose or self.exercise.own.dose
        return dose.seconds if isinstance(dose, Work) else float((dose and dose.high) or 10)

    def _work(self, step: int, status: Status) -> Iterator[PastWork]:
        """Return the parts of a set, one for each side."""
        progression = self.exercise.progressions[step]
        own, much = progression.own, self._base(step) + self.grown.get(progression.id, 0.0)
        counted = isinstance(own.dose or self.exercise.own.dose, Reps)
        ending, part = ("finished", 1.0) if status is Status.DONE else ("left", 0.4)
        for side in ("left", "right") if (own.sides or self.exercise.own.sides) is Sides.EACH else ("",):
            if counted:
                reps = int(much)
                yield PastWork(side, ending, much * 6 * part, much * 6, (reps, reps), int(reps * part))
            else:
                yield PastWork(side, ending, much * part, much)


@cache
def everybody() -> Mapping[str, tuple[Person, ...]]:
    """Return all people by the name of their kind."""
    return {kind.name: tuple(Person(kind, number) for number in range(EACH)) for kind in KINDS}
