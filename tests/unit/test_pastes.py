"""Bracketed pastes never act as commands, and one whose end is lost does not swallow later input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from tests.fakes import FakeClock
from tests.for_each import for_each
from tui.terminal.pastes import END, QUIET_S, START
from tui.terminal.textual_internals.keyboard import LayoutParser


class Terminal:
    """A parser with a clock that is moved by hand."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self._parser = LayoutParser(clock=self.clock)
        self.read: list[str] = []

    def type(self, *parts: str) -> None:
        """Send each part by itself."""
        for part in parts:
            self._take(self._parser.feed(part))

    def wait(self, seconds: float = QUIET_S) -> None:
        self.clock.advance(seconds)
        self._take(self._parser.tick())

    def _take(self, messages: object) -> None:
        assert hasattr(messages, "__iter__")
        self.read += [words for message in messages if (words := _words(message))]


def _words(message: Message) -> str:
    if isinstance(message, events.Paste):
        return f"paste {message.text}"
    return message.key if isinstance(message, events.Key) else ""


def test_a_paste_is_one_message_between_the_keys_around_it() -> None:
    terminal = Terminal()
    terminal.type(f"a{START}dd\x1b[Aq\r{END}b")
    assert terminal.read == ["a", "paste ddq\r", "b"]


@given(st.text("qd\r\x1b[1~A", max_size=80), st.data())
def test_nothing_of_a_paste_is_a_key_however_it_comes_in_parts(text: str, data: st.DataObject) -> None:
    stream = f"a{START}{text.replace(START, '').replace(END, '')}{END}b"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(stream) - 1))))
    terminal = Terminal()
    terminal.type(*(stream[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)))
    assert [words for words in terminal.read if not words.startswith("paste ")] == ["a", "b"]


@for_each("key", ["q", "\x1b[B", "\x1b[27u", "\x1bOB", "é"])
def test_a_key_after_a_quiet_time_ends_a_paste_whose_end_is_lost(key: str) -> None:
    terminal, other = Terminal(), Terminal()
    other.type(key, "x")
    terminal.type(f"{START}delete ev", "erything")
    assert terminal.read == []
    terminal.wait()
    terminal.wait()
    assert terminal.read == ["paste delete everything"]
    terminal.type(key, "x")
    assert terminal.read[1:] == other.read


def test_escape_ends_a_paste_whose_end_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("textual._parser.get_time", terminal.clock)
    terminal.type(f"{START}text", "\x1b")
    terminal.wait()
    terminal.wait()
    terminal.type("x")
    assert terminal.read == ["paste text", "escape", "x"]


@for_each("at", range(1, len(END)))
def test_a_paste_that_is_held_up_is_still_one(at: int) -> None:
    terminal = Terminal()
    terminal.type(f"{START}one")
    terminal.wait()
    terminal.type("two\rd", f"q{END[:at]}")
    if at > 1:  # an escape alone may be a person's
        terminal.wait()
    terminal.type(f"{END[at:]}x")
    assert "".join(words.removeprefix("paste ") for words in terminal.read[:-1]) == "onetwo\rdq"
    assert all(words.startswith("paste ") for words in terminal.read[:-1])
    assert terminal.read[-1] == "x"


def test_an_end_that_is_cut_after_its_escape_is_found_though_the_text_ends_in_one() -> None:
    terminal = Terminal()
    terminal.type(f"{START}1", "\x1b\x1b", "[201~b")
    assert terminal.read == ["paste 1", "b"]


def test_the_mouse_does_not_keep_a_lost_paste_open_nor_is_it_pasted() -> None:
    terminal = Terminal()
    terminal.type(f"{START}text")
    for _ in range(6):
        terminal.wait(QUIET_S / 5)
        terminal.type("\x1b[<35;5;5M")
    terminal.type("x")
    assert terminal.read == ["paste text", "x"]


def test_a_large_paste_takes_no_time() -> None:
    terminal = Terminal()
    terminal.type(START, *["x" * 4096] * 500, END)
    assert terminal.read == ["paste " + "x" * 4096 * 500]
