"""Waiting for a deadline, a signal or a key, with the real ones."""

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from tui.cli.interruptible_sleep import InterruptibleSleep

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal as standard input; what is written to the descriptor is typed."""
    master, slave = os.openpty()
    with open(slave) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield master
    os.close(master)


def test_the_deadline_ends_it() -> None:
    with InterruptibleSleep(keyboard=False) as sleep:
        began = time.monotonic()
        woken = sleep.until(began + 0.03)
        assert (woken.enter, woken.ending) == (False, 0)
        assert 0.03 <= time.monotonic() - began < 20
        assert sleep.until(began).ending == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_and_is_given_back_afterwards(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with InterruptibleSleep(keyboard=False) as sleep:
        os.kill(os.getpid(), number)
        assert sleep.until(None).ending == number
        assert sleep.until(None).ending == number
    assert signal.getsignal(number) is before


def test_enter_wakes_it_and_the_end_of_the_input_is_no_enter(keyboard: int) -> None:
    with InterruptibleSleep(keyboard=True) as sleep:
        assert sleep.keyboard
        os.write(keyboard, b"\n")
        assert sleep.until(None).enter
        os.write(keyboard, b"\x04")
        assert not sleep.until(None).enter
        assert not sleep.keyboard
        assert not sleep.until(time.monotonic()).enter


def test_without_a_terminal_nothing_is_read(monkeypatch: pytest.MonkeyPatch, keyboard: int) -> None:
    assert not InterruptibleSleep(keyboard=False).keyboard
    with open(os.devnull) as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert not InterruptibleSleep(keyboard=True).keyboard
    monkeypatch.setattr(sys, "stdin", None)
    assert not InterruptibleSleep(keyboard=True).keyboard
