"""A pilot that knows when the app has nothing left to do, where Textual's own guesses it from a processor at rest.

Textual's sleeps for at least a fiftieth of a second after each key, twice, and the longer the busier the machine is;
and on a busy machine it may take an app that waits for its turn for one that has nothing to do.
"""

from __future__ import annotations

import asyncio
from time import monotonic, process_time
from typing import Any

import textual.app
import textual.pilot
import textual.screen

FRAME_S = 0.001
"""How long the app waits before it paints, in tests."""
SOON_S = 0.02
"""What is to come within so long belongs to what was done just now: a layout, a painting, a new size of the window."""
MOST_TICKS = 30
"""What is waited for so often goes on by itself, and has no end."""
LOOK_S = 0.002
AT_WORK_S = 0.0005
"""A process that takes so much of the processor during a look is at work, in another thread."""
PATIENCE_S = 20.0


async def until_idle(min_sleep: float = 0.0, max_sleep: float = PATIENCE_S) -> None:
    """Wait until nothing is ready to run, or soon will be, in any thread; in the place of `wait_for_idle`."""
    loop: Any = asyncio.get_running_loop()
    begin, ticks = monotonic(), 0
    while monotonic() - begin < max_sleep:
        if loop._ready:
            await asyncio.sleep(0)
            continue
        due_s = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=1e9) - loop.time()
        if due_s < SOON_S and ticks < MOST_TICKS:
            ticks += 1
            await asyncio.sleep(max(0.0, due_s))
            continue
        before = process_time()
        await asyncio.sleep(LOOK_S)
        idle = process_time() - before < AT_WORK_S and not loop._ready
        if (idle or ticks >= MOST_TICKS) and monotonic() - begin >= min_sleep:
            return


for module, name, ours in (
    (textual.app, "wait_for_idle", until_idle),
    (textual.pilot, "wait_for_idle", until_idle),
    (textual.screen, "UPDATE_PERIOD", FRAME_S),
):
    assert hasattr(module, name), f"{module.__name__} has no {name} any more: see how it waits now"
    setattr(module, name, ours)
