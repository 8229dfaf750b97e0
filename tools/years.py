"""Simulated years: people made of numbers, who train by the real rules, so that what the rules do in time can be seen.

Each has an ability, in steps of a ladder: it grows with training towards a ceiling, falls when they stay away, and is a
little different every day. How a session was follows from the gap between that and what the progression asks for.
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
from tui.history.past_sessions import PastSession, PastWork
from tui.ladder.answers import Answer, Change, Reply
from tui.ladder.practice import Practice, practice
from tui.ladder.proposals import Proposal, Standing, propose, welcome_back
from tui.routine.model import Effort, Exercise, Reps, Sides, Work
from tui.routine.reader import read_exercise

FIRST_DAY = date(2025, 1, 1)
DAYS = 730
EACH = 17
"""So many people of each kind make about a hundred."""

EASY, RIGHT, HARD = 0.7, 0.0, -0.5
"""How much more one can do than is asked for, at least, where it is easy, right, or hard; below that a set is left."""

CLEARLY = 0.35
"""Who can do so much more than a progression asks for can do it on most days."""

HALF_MORE = 0.6
"""How many steps harder a progression becomes by a dose half as large again."""

GAIN, LOSS = 0.02, 0.012
"""What part of the way to the ceiling is gained by a day of training, and lost by a day without after the fifth."""

SLEEPY = 0.2
"""The ability of somebody who never trains."""

Often = Callable[[Random, int], int]
"""How many sessions there are on a day, by its number."""


def often(chance: float) -> Often:
    """On so many of the days, as it comes."""
    return lambda random, day: int(random.random() < chance)


def in_bursts(random: Random, day: int) -> int:
    """A week or two of much, then of little."""
    return int(random.random() < (0.7 if (day // 11 * 7) % 5 in (0, 3) else 0.15))


def with_absences(random: Random, day: int) -> int:
    """Ten weeks on, five weeks away."""
    return int(day % 105 < 70 and random.random() < 0.45)


def several(random: Random, day: int) -> int:
    """None to three."""
    return (0, 0, 0, 0, 1, 1, 1, 2, 2, 3)[int(random.random() * 10)]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How some people are. `replies` tells how often they give which answer, None where they give none."""

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
    Kind(name="steady", words="three or four sessions a week; they say how it was", often=often(0.5)),
    Kind(
        name="erratic", words="much in one week and little in the next, good days and bad, any answer",
        often=in_bursts, noise=0.35, leaves=0.12, elsewhere=0.2,
        replies={Reply.YES: 0.7, Reply.LATER: 0.15, Reply.NO: 0.02, None: 1},
    ),
    Kind(name="returning", words="ten weeks on, five weeks away", often=with_absences),
    Kind(name="hurting", words="it hurts now and then, most of all after a step up", often=often(0.5), hurts=0.02),
    Kind(name="silent", words="never say how it was", often=often(0.45), says=lambda effort: ""),
    Kind(
        name="hurrying", words="up to three sessions a day; all was easy, they say, and take all that is proposed",
        often=several, says=lambda effort: Effort.EASY, replies={Reply.YES: 1},
    ),
)  # fmt: skip


class Move(NamedTuple):
    """A step up or down that somebody took; `fell` where it was because of how it went."""

    day: int
    start: int
    end: int
    fell: bool


class Asked(NamedTuple):
    """A proposal, on its day, and what was answered."""

    day: int
    proposal: Proposal
    reply: Reply | None


@cache
def ladders() -> tuple[Exercise, ...]:
    """The bundled exercises whose ladders have three steps or more."""
    found = (
        read_exercise(parse_toml(path.read_text("utf-8")), path.stem)[0]
        for path in sorted(bundled("routines").glob("exercises/*.toml"))
    )
    return tuple(exercise for exercise in found if exercise and len(exercise.progressions) > 2)


class Person:
    """One of a kind, on one ladder, for two years of days."""

    def __init__(self, kind: Kind, number: int, days: int = DAYS) -> None:
        """Live them all."""
        self.kind = kind
        self.random = Random(f"{kind.name} {number}")
        self.exercise = ladders()[number % len(ladders())]
        self.ceiling = 1.0 + self.random.random() * (len(self.exercise.progressions) - 1)
        self.ability = 0.3 + self.random.random() * 0.6
        self.here, self.grown = 0, dict[str, float]()
        self.answers: dict[Change, Answer] = {}
        self.done: list[Practice] = []
        self.sessions: list[PastSession] = []
        self.moves: list[Move] = []
        self.asked: list[Asked] = []
        self.stood: list[int] = []
        self.could: list[float] = []
        self._trained = 0
        for day in range(days):
            self._live(day)

    @property
    def reachable(self) -> int:
        """The highest step that they can do on most days, once they have trained enough."""
        return self._step_for(self.ceiling)

    def _step_for(self, ability: float) -> int:
        return max(0, min(len(self.exercise.progressions) - 1, int(ability - CLEARLY)))

    def could_do(self, day: int) -> int:
        """The highest step that they could do on most days, as they were on a day."""
        return self._step_for(self.could[day])

    @property
    def steps_up(self) -> list[Move]:
        """When they went up."""
        return [move for move in self.moves if move.end > move.start]

    def up_and_down(self, days: int) -> int:
        """How often they went up to a step and fell back from the same one within so many days, at most."""
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
        self.stood.append(self.here)
        self.could.append(self.ability)

    def _standing(self, day: int) -> Standing:
        id_ = self.exercise.progressions[self.here].id
        return Standing(
            exercise=self.exercise, here=self.here, done=self.done, today=FIRST_DAY + timedelta(day),
            grown=self.grown.get(id_, 0.0), answers=tuple(self.answers.values()),
        )  # fmt: skip

    def _answer(self, day: int, proposal: Proposal | None) -> None:
        """Answer what is proposed, and do it."""
        if proposal is None:
            return
        reply = self._reply()
        self.asked.append(Asked(day, proposal, reply))
        if reply is None:
            return
        at = self.sessions[-1].ended_at if self.sessions else datetime.combine(FIRST_DAY, time(6), UTC)
        at = max(at, datetime.combine(FIRST_DAY + timedelta(day), time(6), UTC))
        self.answers[proposal.change] = Answer(proposal.change, proposal.progression, reply, at)
        if reply is not Reply.YES:
            return
        if proposal.change is Change.GROW:
            self.grown[proposal.progression] = proposal.amount
            return
        ids = [progression.id for progression in self.exercise.progressions]
        end = ids.index(proposal.progression)
        fell = end < self.here and "away" not in proposal.reason
        self.moves.append(Move(day, self.here, end, fell))
        self.here = end

    def _reply(self) -> Reply | None:
        drawn = self.random.random()
        for reply, chance in self.kind.replies.items():
            if drawn < chance:
                return reply
            drawn -= chance
        return None

    # A session

    def _session(self, day: int, turn: int) -> PastSession:
        """How the day's session goes, and what the journal tells of it."""
        random, steps = self.random, len(self.exercise.progressions)
        elsewhere = random.random() < self.kind.elsewhere
        step = int(random.random() * steps) if elsewhere else self.here
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
            stood={id_: self.exercise.progressions[self.here].id},
        )  # fmt: skip

    def _noise(self) -> float:
        """About a bell, made of nothing that differs from machine to machine."""
        return (sum(self.random.random() for _ in range(4)) - 2) * 1.75 * self.kind.noise

    def _risk(self, day: int, gap: float) -> float:
        """How likely it hurts: more so in the two weeks after a step up, and where one can hardly do it."""
        fresh = any(move.end > move.start and day - move.day < 14 for move in self.moves[-1:])
        return self.kind.hurts * (3 if fresh else 1) * (3 if gap < RIGHT else 1)

    def _more(self, step: int) -> float:
        """How many steps harder a dose is that has grown."""
        progression = self.exercise.progressions[step]
        return self.grown.get(progression.id, 0.0) / self._base(step) / 0.5 * HALF_MORE

    def _base(self, step: int) -> float:
        """The seconds or repetitions of a set, as the file has them."""
        dose = self.exercise.progressions[step].own.dose or self.exercise.own.dose
        return dose.seconds if isinstance(dose, Work) else float((dose and dose.high) or 10)

    def _work(self, step: int, status: Status) -> Iterator[PastWork]:
        """What a set is made of, on each side."""
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
    """All people of each kind, by its name."""
    return {kind.name: tuple(Person(kind, number) for number in range(EACH)) for kind in KINDS}
