"""Reads the terminal in a thread that sleeps until there is input, or until it is stopped. Unix only.

Textual's own thread wakes ten times a second to check the time and its exit event, which takes a tenth of the CPU time
of a workout, and delays the end of the program.
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
"""Seconds between two checks for the rest of a sequence."""

MOST_BYTES = 4096
"""The most that is read at once."""


class InputParser(Protocol):
    """Converts input to messages."""

    @property
    def waits(self) -> bool:
        """Whether it waits for the rest of a sequence, so that `tick` has to be called soon."""

    def feed(self, data: str) -> Iterable[Message]:
        """Yield the messages of some input."""

    def tick(self) -> Iterable[Message]:
        """Yield the messages of incomplete input after a timeout."""


class WakingEvent(Event):
    """An event that also wakes a thread which sleeps in `select`."""

    def __init__(self) -> None:
        """Not set."""
        super().__init__()
        self.wake, self._write = os.pipe()
        """The file descriptor that becomes readable once it is set."""

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
    """Send the messages of input from the descriptor `file`, until `ending` is set or the terminal is closed.

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
    """Return input; empty if the terminal is closed. Raises OSError for any other reason."""
    try:
        return os.read(file, MOST_BYTES)
    except OSError as error:
        if error.errno != EIO:
            raise
        return b""
