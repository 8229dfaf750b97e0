"""What can be done when something hurts."""

from __future__ import annotations

from enum import StrEnum


class Relief(StrEnum):
    """Each way on, by the key for it."""

    EASIER = "e"
    LEAVE_OUT = "l"
    GO_ON = "c"
    END = "x"
