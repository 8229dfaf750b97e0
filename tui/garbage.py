"""Garbage-collection policy of the full-screen app.

The collector visits every object, which with Textual loaded takes 70 to 110 ms: several frames of the screen. Frozen
objects are not visited. The program itself is frozen, as it lives to the end; then a collection in a workout takes less
than 2 ms, so that a workout needs no further freeze. Five thousand sessions in the history take 200 ms, so they are
frozen while they are shown.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

ENOUGH = 10_000
"""The number of new objects after which the collector runs. With the default it ran on nearly every key."""

_program_is_frozen = False


def freeze_program() -> None:
    """Exempt everything loaded so far from collection, and turn the collector on."""
    global _program_is_frozen
    _program_is_frozen = True
    gc.freeze()
    gc.set_threshold(ENOUGH)
    gc.enable()


def freeze_history() -> None:
    """Exempt from collection the sessions that have been read, until `thaw_history`."""
    gc.freeze()


def thaw_history() -> None:
    """Let the history be collected; the program stays frozen. The sessions have no cycles that would need a search."""
    gc.unfreeze()
    if _program_is_frozen:
        gc.freeze()


@contextmanager
def without_search() -> Iterator[None]:
    """Turn the collector off while very many objects are read that stay: it would take half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
