"""A queue for input, so that keys typed ahead go to the screen that the previous key opens.

Textual sends a burst of keys to the widget that has the focus when the burst arrives, before the first of them has had
an effect: of `q y enter` all three reach the workout, and none the question that `q` asks. Here the next input is sent
once all effects of the last one have settled. The input does not wait in the app's own queue, so a signal overtakes it,
and nothing is sent once the program exits.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import MountError

MOST = 256
"""The most inputs in the queue; further ones are dropped, as by a terminal."""

MOST_ALIKE = 32
"""The most repetitions of one key in the queue, so that a held key stops soon after it is released."""

QUIET_ROUNDS = 2
"""An input has settled if all queues are empty this many times in a row: one message leads to another."""

INTERRUPT = "ctrl+c"
"""The key that skips the queue and empties it, as it does in a terminal."""

PATIENCE_S = 2.0
"""The longest wait for the effects of an input."""

CHECK_AFTER_S = 0.05
"""Seconds after an input before its effects are checked, unless another one follows: the response comes first."""


MISSING_WIDGET = (MountError, NoMatches, ScreenStackError)
"""The exceptions of Textual for missing screens or widgets, which are not errors while the program exits."""


class TypeAhead:
    """The queue between the terminal and the app."""

    def __init__(self, app: App[Any], hand_on: Callable[[Message], object]) -> None:
        """`hand_on` passes one input to `app` at once."""
        self._app, self._hand_on = app, hand_on
        self._waiting: deque[Message] = deque()
        self._check: asyncio.TimerHandle | None = None
        """The timer of the check after the last input; None if the check has begun, or there was no input."""
        self._task: asyncio.Task[None] | None = None
        self.closed = False
        """Whether the program is exiting."""

    def take(self, message: Message) -> bool:
        """Queue `message`; return False if it is dropped."""
        if not self.closed and isinstance(message, events.Key) and message.key == INTERRUPT:
            self._waiting.clear()
            self._hand_on(message)
            return True
        if self.closed or len(self._waiting) >= MOST or self._is_held_down(message):
            return False
        if isinstance(message, events.MouseMove) and self._waiting and isinstance(self._waiting[-1], events.MouseMove):
            self._waiting.pop()  # only the latest position of the mouse matters
        self._waiting.append(message)
        if self._check is not None:
            self._check.cancel()
            self._follow()
        elif self._task is None:
            self._hand_on(self._waiting.popleft())
            self._check = asyncio.get_running_loop().call_later(CHECK_AFTER_S, self._follow)
        return True

    def _follow(self) -> None:
        """Wait for the effects of the last input, in a task, and then hand on the next ones."""
        self._check, self._task = None, asyncio.create_task(self._hand_on_waiting())

    def _is_held_down(self, message: Message) -> bool:
        """Check whether MOST_ALIKE of this key are waiting already, with nothing between them."""
        if not isinstance(message, events.Key) or len(self._waiting) < MOST_ALIKE:
            return False
        last = [self._waiting[-1 - index] for index in range(MOST_ALIKE)]
        return all(isinstance(event, events.Key) and event.key == message.key for event in last)

    def close(self) -> None:
        """Drop all waiting and later input."""
        self.closed = True
        self._waiting.clear()

    async def _hand_on_waiting(self) -> None:
        """Hand on waiting inputs one after the other."""
        try:
            await self._settled()
            while self._waiting:
                self._hand_on(self._waiting.popleft())
                await self._settled()
        finally:
            self._task = None

    async def _settled(self) -> None:
        """Wait until the last input has had all its effects."""
        with suppress(TimeoutError, ScreenStackError):
            async with asyncio.timeout(PATIENCE_S):
                quiet = 0
                while quiet < QUIET_ROUNDS and not self.closed:
                    for pump in self._pumps():
                        await passed(pump)
                    quiet = quiet + 1 if self._is_quiet() else 0

    def _pumps(self) -> list[MessagePump]:
        """Return the path of an input: from the app to the focused widget, and up again to the app."""
        screen = self._app.screen
        focused = screen.focused
        return [self._app, *([focused, *focused.ancestors] if focused else [screen, self._app])]

    def _is_quiet(self) -> bool:
        return not any(pump.message_queue_size for pump in (self._app, *self._app.screen.walk_children(with_self=True)))


async def passed(pump: MessagePump) -> None:
    """Wait until `pump` has handled the messages now in its queue."""
    event = asyncio.Event()
    if pump.call_later(event.set):
        await event.wait()
    else:  # it has closed; a caller that asks again must let the event loop continue
        await asyncio.sleep(0)
