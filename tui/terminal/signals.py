"""The signals that ask a program to end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

ENDING = ("SIGTERM", "SIGINT", "SIGHUP")


def leave_on_signals(leave: Callable[[int], None]) -> None:
    """Call `leave` with the exit code that belongs to the signal, in the running loop: not in the middle of a screen.

    A system that does not know a signal, or a loop that is not the main thread's, does without.
    """
    for name in ENDING:
        with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
            number = getattr(signal, name)
            asyncio.get_running_loop().add_signal_handler(number, leave, 128 + number)
