"""Garbage-collection policy of the full-screen app.

The collector visits every object, which with Textual loaded takes 70 to 110 ms: several frames of the screen. Frozen
objects are not visited. The program itself is frozen, as it lives to the end; then a collection in a workout takes less
than 2 ms. Nothing is frozen later, as only the collector frees a closed screen.
"""

from __future__ import annotations

import gc

ENOUGH = 10_000
"""The number of new objects after which the collector runs. With the default it ran on nearly every key."""


def freeze_program() -> None:
    """Exempt everything loaded so far from collection, and turn the collector on."""
    gc.freeze()
    gc.set_threshold(ENOUGH)
    gc.enable()
