"""Reads keys, mouse and pastes for a driver, with the names of the keys of a US keyboard."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.keys import Keys, _character_to_key
from textual.message import Message

from tui.terminal.input_thread import WakingEvent, read_input
from tui.terminal.pastes import Pasted, PasteReader, Typed

REPORT_ALTERNATES = "\x1b[=4;2u"
"""Asks a terminal that speaks the kitty keyboard protocol to report the US key of each key as well."""

REPORTED = re.compile(
    r"\x1b\[(?P<code>\d+)(?::\d*)?(?::(?P<us_code>\d+))?(?:;(?P<modifiers>[\d:]*))?(?:;(?P<text>[\d:]*))?u"
)
"""A reported key: its code, the same with shift, the code on a US keyboard; its modifiers; the text it types."""

LAST_ASCII = 0x7F

US_SHIFTED = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
"""The characters that keys of a US keyboard without a letter type with shift."""


class LayoutParser(XTermParser):
    """Reads keys of a terminal that reports which key of a US keyboard each of them is.

    A character outside ASCII then has the name of that key, so that the commands' letters work on a Cyrillic or Greek
    layout; a text field still gets the character that was typed. Invalid reports are ignored, as an error would end the
    input thread. A PasteReader reads pastes.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` returns monotonic seconds."""
        super().__init__()
        self._pastes = PasteReader(clock)

    @property
    def waits(self) -> bool:
        """Whether `tick` has to be called soon, as the rest of a sequence or of a paste may never come."""
        return self._timeout_time is not None or self._pastes.waits

    def feed(self, data: str) -> Iterable[Message]:
        """Yield the messages of some input."""
        for part in self._pastes.read(data):
            yield from self._messages(part)

    def tick(self) -> Iterable[Message]:
        """Yield delayed messages: an escape without a sequence, a paste without its end."""
        for part in self._pastes.tick():
            yield from self._messages(part)
        yield from super().tick()

    def _messages(self, part: Typed | Pasted) -> Iterator[Message]:
        if isinstance(part, Pasted):
            yield events.Paste(part.text)
        else:
            found = super().feed(part.text)
            yield from (message for message in found if not isinstance(message, events.Paste))

    def parse_mouse_code(self, code: str) -> Message | None:
        """Parse a mouse sequence, which may be in pixels for a window of unknown size."""
        try:
            return super().parse_mouse_code(code)
        except ZeroDivisionError:
            return None

    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:  # type: ignore[override]
        """List the keys of a sequence of the kitty protocol, whose codes may have alternates: `1089::99`."""
        try:
            return self._keys_of(sequence)
        except (ValueError, OverflowError):
            return [events.Key(Keys.Ignore, sequence)]

    def _keys_of(self, sequence: str) -> list[events.Key] | None:
        """List the keys of a sequence. Raises ValueError and OverflowError."""
        if (match := REPORTED.fullmatch(sequence)) is None:
            return super()._parse_extended_key(sequence)
        code, us_code, modifiers, text = match.group("code", "us_code", "modifiers", "text")
        is_foreign = us_code is not None and int(code) > LAST_ASCII
        if is_foreign and text and text.isdecimal():
            is_shifted = int((modifiers or "1").partition(":")[0] or "1") - 1 & 1
            return [events.Key(_us_name(chr(int(us_code)), chr(int(text)), bool(is_shifted)), chr(int(text)))]
        parts = (us_code if is_foreign else code, modifiers, text)
        return super()._parse_extended_key(f"\x1b[{';'.join(part for part in parts if part is not None)}u")


def _us_name(us_key: str, typed: str, is_shifted: bool) -> str:
    """Return Textual's name of a key of a US keyboard, which types `typed` on the layout in use."""
    if us_key.isalpha():
        return us_key.upper() if typed.isupper() else us_key
    return _character_to_key(US_SHIFTED.get(us_key, us_key) if is_shifted else us_key)


def read_keys(driver: Driver) -> None:
    """Let a driver read its terminal with a LayoutParser, in a thread that sleeps between keys.

    A terminal that is closed ends the app as SIGHUP does, which comes only from a controlling terminal. An error ends
    it as any other error does: Textual would print its traceback and end with the exit code 0. Each input is handed to
    the app at once, where Textual makes a task for it.
    """
    if not hasattr(driver, "run_input_thread"):
        return
    ending = WakingEvent()

    def read() -> None:
        app = driver._app
        try:
            read_input(driver.fileno, LayoutParser(), driver.process_message, ending)  # type: ignore[attr-defined]
        except Exception as error:
            app.call_later(app._handle_exception, error)
        else:
            if not ending.is_set():
                os.kill(os.getpid(), signal.SIGHUP)

    def send(message: Message) -> None:
        driver._loop.call_soon_threadsafe(driver._app.post_message, message)

    vars(driver).update(exit_event=ending, _run_input_thread=read, send_message=send)
