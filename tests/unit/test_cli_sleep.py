"""Waiting for a deadline, a signal or a key, with the real ones."""

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from tests.for_each import for_each
from tui.cli.interruptible_sleep import InterruptibleSleep

termios = pytest.importorskip("termios")

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
        assert (woken.keys, woken.ending) == ("", 0)
        assert 0.03 <= time.monotonic() - began < 20
        assert sleep.until(began).ending == 0


@for_each("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_and_is_given_back_afterwards(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with InterruptibleSleep(keyboard=False) as sleep:
        os.kill(os.getpid(), number)
        assert sleep.until(None).ending == number
        assert sleep.until(None).ending == number
    assert signal.getsignal(number) is before


def test_each_key_wakes_it_at_once_and_the_terminal_is_given_back(keyboard: int) -> None:
    before = termios.tcgetattr(sys.stdin)
    with InterruptibleSleep(keyboard=True) as sleep:
        assert not termios.tcgetattr(sys.stdin)[3] & (termios.ECHO | termios.ICANON)
        os.write(keyboard, b"n")
        assert sleep.until(None).keys == "n"
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)  # as a shell does when the program is stopped
        os.kill(os.getpid(), signal.SIGCONT)
        assert sleep.until(time.monotonic() + 0.01).keys == ""
        os.write(keyboard, b"b")
        assert sleep.until(None).keys == "b"
    assert termios.tcgetattr(sys.stdin) == before


def test_the_end_of_the_input_is_no_key(keyboard: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with InterruptibleSleep(keyboard=True) as sleep:
        monkeypatch.setattr(os, "read", lambda *_: b"")
        os.write(keyboard, b"x")
        assert sleep.until(None).keys == ""
        assert not sleep.keyboard


def test_without_a_terminal_nothing_is_read(monkeypatch: pytest.MonkeyPatch, keyboard: int) -> None:
    assert not InterruptibleSleep(keyboard=False).keyboard
    with open(os.devnull) as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert not InterruptibleSleep(keyboard=True).keyboard
    monkeypatch.setattr(sys, "stdin", None)
    assert not InterruptibleSleep(keyboard=True).keyboard


def test_keys_are_read_again_after_a_time_in_the_background(keyboard: int, monkeypatch: pytest.MonkeyPatch) -> None:
    group = os.getpgrp()
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: group)
    with InterruptibleSleep(keyboard=True) as sleep:
        group += 1
        os.kill(os.getpid(), signal.SIGCONT)
        assert sleep.until(time.monotonic() + 0.01).keys == ""
        os.write(keyboard, b"n")
        assert sleep.until(time.monotonic()).keys == ""
        assert not sleep.keyboard
        group -= 1
        assert sleep.until(None).keys == "n"
        assert sleep.keyboard
