"""Suggestions for an exercise and the user's answers, as the state file stores them."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Change(StrEnum):
    """A suggested change: the next progression, the one before, or a larger dose at the current one."""

    UP = "up"
    BACK = "back"
    GROW = "grow"


class Reply(StrEnum):
    """The user's answer to a suggestion."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class Answer(NamedTuple):
    """An answer to the suggestion of a change to, or of a larger dose at, `progression`."""

    change: Change
    progression: str
    reply: Reply
    at: datetime
