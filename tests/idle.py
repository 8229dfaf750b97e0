"""An exact wait until the app of a test is idle. A conftest is no module to import from: it would run twice."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from tests.patience import PATIENCE_S

SOON_S = 0.02
"""A timer due within this time belongs to the last input: a layout, a repaint, a new size of the window."""
MOST_TICKS = 100
"""A timer that fires more often than this repeats forever and is not waited for."""
LOOK_S = 0.002
AT_WORK_S = 0.0005
"""A process that uses this much CPU during a check is working in another thread."""


async def until_idle(min_sleep: float = 0.0, max_sleep: float = PATIENCE_S) -> None:
    """Wait until nothing is ready to run, or soon will be, in any thread; replaces `wait_for_idle`."""
    loop: Any = asyncio.get_running_loop()
    begin, ticks = monotonic(), 0
    while monotonic() - begin < max_sleep:
        if loop._ready:
            await _until_it_would_wait(loop, begin + max_sleep)
            continue
        due_s = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=1e9) - loop.time()
        if due_s < SOON_S and ticks < MOST_TICKS:
            ticks += 1
            await asyncio.sleep(max(0.0, due_s))
            continue
        before = process_time()
        await asyncio.sleep(LOOK_S)
        idle = process_time() - before < AT_WORK_S and not loop._ready and not _has_work(loop._default_executor)
        if (idle or ticks >= MOST_TICKS) and monotonic() - begin >= min_sleep:
            return


async def _until_it_would_wait(loop: Any, until_s: float) -> None:
    """Wait until the event loop has no task to run, at most until a time, without looking in each of its turns."""
    selector, would_wait = loop._selector, loop.create_future()
    select = selector.select

    def look(timeout: float | None = None) -> Any:
        if timeout == 0 and monotonic() < until_s:
            return select(0)
        selector.select = select
        if not would_wait.done():
            would_wait.set_result(None)
        return select(0)

    selector.select = look
    await would_wait


def _has_work(executor: Any) -> bool:
    """Check whether a thread of the loop's executor waits for the processor or the disk, on Linux."""
    if executor is None or executor._idle_semaphore._value >= len(executor._threads):
        return False
    return any(_state(thread.native_id) in "RD" for thread in executor._threads)


def _state(thread: int | None) -> str:
    """Return the state of a thread as a letter, as in `ps`; "X" if unknown."""
    with suppress(OSError):
        return Path(f"/proc/self/task/{thread}/stat").read_text().rpartition(")")[2].split()[0]
    return "X"
