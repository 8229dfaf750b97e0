"""Read the history in a thread, so that years of journal delay neither keys nor a running workout."""

from __future__ import annotations

from asyncio import Queue, create_task, get_running_loop, to_thread
from collections.abc import AsyncGenerator
from contextlib import aclosing

from tui.files.places import Places
from tui.history.reading import ReadSoFar, newest_first, read_history
from tui.past_sessions import PastSession

FIRST_SESSIONS, FIRST_MONTHS = 100, 13
"""The least sessions and months of the first part: a full list, and a year's calendar."""

REPORT_MONTHS = 6
"""The months between two reports of the progress."""


async def read_in_parts(places: Places, months: int | None = None) -> AsyncGenerator[ReadSoFar, None]:
    """Yield the newest sessions, then the progress, and finally all sessions, the newest first.

    The thread stops after the current month if the caller closes the generator.
    """
    parts, loop, stopped = Queue[ReadSoFar | None](), get_running_loop(), False

    def report(part: ReadSoFar | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(parts.put_nowait, part)

    def read() -> None:
        has_begun = False

        def step(part: ReadSoFar) -> bool:
            nonlocal has_begun
            if not has_begun and len(part.sessions) >= FIRST_SESSIONS and part.months_read >= FIRST_MONTHS:
                has_begun = True
                report(part._replace(sessions=newest_first(part.sessions)))
            elif has_begun and part.months_read % REPORT_MONTHS == 0 and part.months_read < part.months:
                report(part._replace(sessions=()))
            return not stopped

        try:
            report(ReadSoFar(read_history(places, months=months, step=step), 0, 0, is_whole=True))
        finally:
            report(None)

    reading = create_task(to_thread(read))
    try:
        while (part := await parts.get()) is not None:
            yield part
        await reading
    finally:
        stopped = True


async def read_whole(places: Places, months: int | None = None) -> tuple[PastSession, ...]:
    """Read all sessions of the newest `months`, the newest first."""
    sessions: tuple[PastSession, ...] = ()
    async with aclosing(read_in_parts(places, months)) as parts:
        async for part in parts:
            sessions = tuple(part.sessions)
    return sessions
