"""Reads the terminal in a thread that sleeps until something is typed, or the reading is to end. Unix.

Textual's own thread wakes ten times a second to look at the time and at whether it is to end, which takes a tenth of
the processor's time that a workout takes, and lets the end of the program wait.
"""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from errno import EIO
from select import select
from threading import Event
from typing import Protocol

from textual.message import Message

TICK_S = 0.1
"""Seconds between two looks at whether the rest of a sequence is still to come."""

MOST_BYTES = 4096
"""The most that is read at once."""


class InputParser(Protocol):
    """Makes messages of what is typed."""

    @property
    def waits(self) -> bool:
        """Whether it waits for the rest of something, so that `tick` is to be called soon."""

    def feed(self, data: str) -> Iterable[Message]:
        """Yield the messages of some input."""

    def tick(self) -> Iterable[Message]:
        """Yield the messages for which nothing more has come in time."""


class WakingEvent(Event):
    """An event that also wakes a thread which sleeps in `select`."""

    def __init__(self) -> None:
        """Not set."""
        super().__init__()
        self.wake, self._write = os.pipe()
        """What can be read once it is set: a file descriptor."""

    def set(self) -> None:
        """Set it, and wake the thread."""
        if not self.is_set():
            super().set()
            os.write(self._write, b"\0")

    def clear(self) -> None:
        """Use it again."""
        if self.is_set():
            super().clear()
            os.read(self.wake, 1)


def read_input(file: int, parser: InputParser, send: Callable[[Message], object], ending: WakingEvent) -> None:
    """Send the messages of what is read from the descriptor `file`, until `ending` is set or the terminal is closed.

    A byte that is not UTF-8 becomes a replacement character.
    """
    decode = getincrementaldecoder("utf-8")("replace").decode
    while not ending.is_set():
        ready, _, _ = select([file, ending.wake], [], [], TICK_S if parser.waits else None)
        if file in ready:
            if not (data := _read(file)):
                return
            if text := decode(data):  # it may be a part of a character
                for message in parser.feed(text):
                    send(message)
        for message in parser.tick():
            send(message)


def _read(file: int) -> bytes:
    """Return what is typed; nothing if the terminal is closed. Raises OSError for any other reason."""
    try:
        return os.read(file, MOST_BYTES)
    except OSError as error:
        if error.errno != EIO:
            raise
        return b""
