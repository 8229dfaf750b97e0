"""The terminal is read in a thread that sleeps until there is input, or until it is stopped."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from select import select
from threading import Thread

import pytest
from textual.events import Key
from textual.message import Message

if os.name != "posix":
    pytest.skip("reads a file descriptor", allow_module_level=True)

from tui.terminal.input_thread import TICK_S, WakingEvent, read_input


class Letters:
    """A parser that makes a key of each letter, and waits for something after an `e` until its next tick."""

    waits = False

    def feed(self, data: str) -> Iterable[Message]:
        """Yield a key for each letter."""
        self.waits = data.endswith("e")
        return [Key(letter, letter) for letter in data]

    def tick(self) -> Iterable[Message]:
        """Wait no more."""
        self.waits = False
        return ()


class TicksLater(Letters):
    """Waits for two ticks."""

    ticks = 0

    def tick(self) -> Iterable[Message]:
        """Wait for one tick more."""
        self.ticks += 1
        self.waits = self.waits and self.ticks < 3
        return ()


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A file to read and the one to write to it."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


def test_it_sleeps_until_there_is_something_unless_the_parser_waits(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = pipe
    waited: list[float | None] = []

    def recorded(files: list[int], none: list[int], more: list[int], timeout_s: float | None) -> object:
        waited.append(timeout_s)
        if len(waited) == 4:
            os.close(writing)
        return select(files, none, more, timeout_s)

    monkeypatch.setattr("tui.terminal.input_thread.select", recorded)
    read: list[Message] = []
    os.write(writing, b"one")
    read_input(reading, TicksLater(), read.append, WakingEvent())
    assert [event.key for event in read if isinstance(event, Key)] == ["o", "n", "e"]
    assert waited == [None, TICK_S, TICK_S, None]


def test_it_ends_at_once_and_can_begin_again(pipe: tuple[int, int]) -> None:
    reading, _ = pipe
    ending = WakingEvent()
    for _ in range(2):
        thread = Thread(target=read_input, args=(reading, Letters(), print, ending), daemon=True)
        thread.start()
        ending.set()
        ending.set()
        thread.join(5.0)
        assert not thread.is_alive()
        ending.clear()
        ending.clear()
        assert not ending.is_set()


def test_a_character_may_come_in_parts(pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = pipe
    monkeypatch.setattr("tui.terminal.input_thread.MOST_BYTES", 1)
    os.write(writing, "é".encode())
    os.close(writing)
    read: list[Message] = []
    read_input(reading, Letters(), read.append, WakingEvent())
    assert [event.key for event in read if isinstance(event, Key)] == ["é"]


def test_it_ends_with_a_terminal_that_is_closed() -> None:
    wire, terminal = os.openpty()
    os.close(wire)
    read_input(terminal, Letters(), print, WakingEvent())
    os.close(terminal)
