"""Write to a terminal that may be closed, and show each second on time.

Textual writes in a separate thread. If the terminal is closed, an error would end that thread, and the program would
wait for it forever. So output that cannot be written is dropped, and the program exits cleanly.

A second is painted a little early, as painting takes a varying time. The output waits at the gate until the second
begins.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any, TextIO

from textual.constants import DISABLE_KITTY_KEY
from textual.driver import Driver

from tui.terminal.textual_internals.keyboard import REPORT_ALTERNATES, read_keys
from tui.terminal.textual_internals.output import output_of, set_output
from tui.terminal.window import terminal_size

MOST_S = 0.05
"""The longest time for which output is held back."""


class WriteGate:
    """Holds back output until an instant of the monotonic clock."""

    def __init__(self) -> None:
        """Start with the gate open."""
        self.due_s = 0.0
        """The monotonic second at which the gate opens."""
        self._opened = Event()

    def hold_until(self, due_s: float) -> None:
        """Block output until this second; a past one opens the gate at once."""
        self.due_s = due_s
        if due_s > time.monotonic():
            self._opened.clear()
        else:
            self._opened.set()

    def wait(self) -> None:
        """Sleep until the gate is open."""
        if (early_s := self.due_s - time.monotonic()) > 0:
            self._opened.wait(min(early_s, MOST_S))


class SafeFile:
    """A text file that ignores the errors of a closed terminal; otherwise it behaves like `file`."""

    def __init__(self, file: TextIO, gate: WriteGate) -> None:
        """`file` is written to while it is open, and only when the `gate` is open."""
        self._file, self._gate = file, gate
        self._parts: list[str] = []

    def write(self, text: str) -> int:
        """Buffer `text`, as a frame comes in parts, and each write would wait for the processor."""
        self._parts.append(text)
        return len(text)

    @property
    def is_flushed(self) -> bool:
        """Whether no text is left that has been taken and not written."""
        return not self._parts

    def flush(self) -> None:
        """Write the buffer once the gate is open, or drop it. Only the driver's own thread blocks here."""
        self._gate.wait()
        text, self._parts = "".join(self._parts), []
        with suppress(OSError):
            self._file.write(text)
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        """Return any other attribute of `file`."""
        return getattr(self._file, name)


def safe_driver(driver: type[Driver], gate: WriteGate, entered: Callable[[], None] = lambda: None) -> type[Driver]:
    """Return `driver` with a SafeFile between it and the terminal; `entered` is called at each empty full screen."""

    class SafeDriver(driver):  # type: ignore[misc, valid-type]
        """The platform's driver; one without a terminal (in tests) stays as it is."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            if (file := output_of(self)) is not None:
                set_output(self, SafeFile(file, gate))
            read_keys(self)

        def _get_terminal_size(self) -> tuple[int, int]:
            size: tuple[int, int] = super()._get_terminal_size() if self.is_headless else terminal_size()
            return size

        def start_application_mode(self) -> None:
            entered()
            super().start_application_mode()
            if not self.is_headless and not DISABLE_KITTY_KEY:
                self.write(REPORT_ALTERNATES)
                self.flush()

    return SafeDriver
