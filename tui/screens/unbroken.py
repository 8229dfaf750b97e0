"""A terminal that may go away, and one that shows a second on time.

What cannot be written any more is dropped, and the program ends in its own way. What is painted before its time waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TextIO

from textual.driver import Driver

MOST_S = 0.05
"""Nothing is held back for longer, whatever the clock says."""


class Unbroken:
    """A text file that swallows the errors of a terminal that was closed; in all else it is `file`."""

    def __init__(self, file: TextIO, due: Callable[[], float]) -> None:
        """`file` is what is written to while it is there, and not before the monotonic second that `due` gives."""
        self._file, self._due = file, due

    def write(self, text: str) -> int:
        """Write, or drop, `text`, once it is due. A thread of the driver's own waits here."""
        if (early_s := self._due() - time.monotonic()) > 0:
            time.sleep(min(early_s, MOST_S))
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written, or drop it."""
        with suppress(OSError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        """Whatever else `file` has."""
        return getattr(self._file, name)


def unbroken(driver: type[Driver], due: Callable[[], float]) -> type[Driver]:
    """`driver`, whose writing thread outlives its terminal: a dead one would block the program for good."""

    class UnbrokenDriver(driver):  # type: ignore[misc, valid-type]
        """The platform's driver on an Unbroken file."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            file: TextIO | None = getattr(self, "_file", None)
            if file is not None:
                self._file = Unbroken(file, due)

    return UnbrokenDriver
