"""A closed terminal stops no thread that writes to it."""

import io
import math
import os
import time
from threading import Timer

import pytest

from tui.terminal.safe_terminal import SafeFile, WriteGate


def test_output_that_cannot_be_written_is_dropped() -> None:
    ours, theirs = os.openpty()
    with open(theirs, "w") as terminal:
        file = SafeFile(terminal, WriteGate())
        assert file.write("here\n") == 5
        file.flush()
        assert os.read(ours, 10) == b"here\r\n"
        os.close(ours)
        assert file.write("gone") == 4
        file.flush()
        assert file.fileno() == terminal.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), terminal.fileno())


def test_the_parts_of_a_frame_are_written_at_once() -> None:
    written: list[str] = []

    class Terminal(io.StringIO):
        def write(self, text: str) -> int:
            written.append(text)
            return len(text)

    file = SafeFile(Terminal(), WriteGate())
    for part in ("begin", "cells", "end"):
        file.write(part)
    assert written == []
    file.flush()
    file.flush()
    assert written == ["begincellsend", ""]


def test_a_frame_painted_early_waits_until_it_is_due() -> None:
    ours, theirs = os.openpty()
    with open(theirs, "w") as terminal:
        due = time.monotonic() + 0.03
        gate = WriteGate()
        gate.hold_until(due)
        file = SafeFile(terminal, gate)
        file.write("now\n")
        file.flush()
        assert time.monotonic() >= due
        assert os.read(ours, 10) == b"now\r\n"
    os.close(ours)


def test_an_open_gate_lets_through_what_waits_at_it() -> None:
    gate = WriteGate()
    gate.hold_until(time.monotonic() + 60.0)
    opened = Timer(0.0, gate.hold_until, (time.monotonic(),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.terminal.safe_terminal.MOST_S", 60.0)
        opened.start()
        gate.wait()
    assert gate.due_s < time.monotonic()


def test_nothing_is_held_back_for_long() -> None:
    with open(os.devnull, "w") as terminal:
        began = time.monotonic()
        gate = WriteGate()
        gate.hold_until(math.inf)
        SafeFile(terminal, gate).write("now")
        assert time.monotonic() - began < 5
