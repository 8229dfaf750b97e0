"""A terminal that may go away: what cannot be written any more is dropped, and the program ends in its own way."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, TextIO

from textual.driver import Driver


class Unbroken:
    """A text file that swallows the errors of a terminal that was closed; in all else it is `file`."""

    def __init__(self, file: TextIO) -> None:
        """`file` is what is written to while it is there."""
        self._file = file

    def write(self, text: str) -> int:
        """Write, or drop, `text`."""
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


def unbroken(driver: type[Driver]) -> type[Driver]:
    """`driver`, whose writing thread outlives its terminal: a dead one would block the program for good."""

    class UnbrokenDriver(driver):  # type: ignore[misc, valid-type]
        """The platform's driver on an Unbroken file."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            file: TextIO | None = getattr(self, "_file", None)
            if file is not None:
                self._file = Unbroken(file)

    return UnbrokenDriver
