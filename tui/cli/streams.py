"""Standard input, output and error where they are closed, full or gone.

Whoever starts a program may close one of them (`>&-`). The next file that is opened would then get its number, and
what is meant for the person would be written into it. So each is opened on the null device before anything else is.
Every command begins here, so nothing is imported that Python has not loaded already.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

TYPE_CHECKING = False  # As in `typing`, which would take longer to load than all else here.
if TYPE_CHECKING:
    from typing import TextIO


def open_closed() -> None:
    """Open those standard streams that are closed. Input is at its end, output refuses what is written, error eats it.

    Output is opened for reading: to write to it then fails as it would on a closed one, and a command whose output is
    wanted by nobody can say so. Of what cannot be told on standard error nobody can be told.
    """
    if sys.stdin is None:
        sys.stdin = open(_null(0, os.O_RDONLY), closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(_null(1, os.O_RDONLY), "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(_null(2, os.O_WRONLY), "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def replace_unknown_characters() -> None:
    """Let a terminal that cannot show a character get a question mark instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def give_up(stream: TextIO) -> None:
    """Send what `stream` still holds to the null device: Python writes it once more at the end, and would complain."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):  # It is no stream of the system's.
        return
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, number)
    os.close(null)


def _null(number: int, mode: int) -> int:
    """The null device, open under this number, for this process and those that it starts."""
    opened = os.open(os.devnull, mode)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
    os.set_inheritable(number, True)
    return number
