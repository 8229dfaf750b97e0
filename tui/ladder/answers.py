"""What can be proposed for an exercise, and what was answered: little enough to be read at every start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
