"""When Python looks for garbage. The only place that decides it for the full screen.

The collector walks through every object there is, which with Textual loaded takes as long as a frame of the screen.
What is frozen is not walked through. Two things are worth it: the program itself, which lives to the end, and a workout
while it is on. A freeze takes everything and `gc.unfreeze` gives everything back, so the end of a workout has to freeze
the program again, after it has collected what is left of the workout.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_program_is_frozen = False


def freeze_program() -> None:
    """Look no more through what is loaded by now: it lives as long as the program."""
    global _program_is_frozen
    _program_is_frozen = True
    gc.freeze()
    gc.enable()


def freeze_workout() -> None:
    """Look no more through what is there by now, until `thaw_workout`."""
    gc.freeze()


def thaw_workout() -> None:
    """Let what is left of a workout be collected; the program stays frozen."""
    gc.unfreeze()
    if _program_is_frozen:
        gc.collect()
        gc.freeze()


def freeze_history() -> None:
    """Look no more through the years that are read for the history, until `thaw_history`."""
    gc.freeze()


def thaw_history() -> None:
    """Let the history be collected; the program stays frozen and is not searched for cycles."""
    gc.unfreeze()
    if _program_is_frozen:
        gc.freeze()


@contextmanager
def without_search() -> Iterator[None]:
    """Look for no garbage meanwhile: what reads very many things that stay would lose half of its time with it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
