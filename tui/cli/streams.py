"""Standard input, output and error that are closed, broken, or unable to show a character.

A shell may start a program with one of them closed (`>&-`). The next opened file would then get its number, and output
would be written into that file. So a closed stream is opened on the null device first. Every command begins here, so
this imports only modules that Python has loaded already.
"""

from __future__ import annotations

import codecs
import os
import sys
from io import TextIOWrapper

TYPE_CHECKING = False  # Instead of `typing`, which would take longer to load than everything else here.
if TYPE_CHECKING:
    from typing import TextIO


def open_closed() -> None:
    """Open the standard streams that are closed: input is empty, output fails, error is dropped.

    Output is opened for reading only, so that writing fails as on a closed stream and the command can report it.
    """
    if sys.stdin is None:
        sys.stdin = open(_null(0, os.O_RDONLY), closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(_null(1, os.O_RDONLY), "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(_null(2, os.O_WRONLY), "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def limit_to_terminal() -> None:
    """Replace characters that an output stream cannot encode, or its terminal cannot show, by similar ASCII characters.

    In the locale C Python writes UTF-8, but a terminal in that locale shows ASCII only.
    """
    codecs.register_error(_LOOKALIKE, _look_alike)
    names = ("LC_ALL", "LANG") if _has_replaced_locale() else ("LC_ALL", "LC_CTYPE", "LANG")
    locale = next(filter(None, map(os.environ.get, names)), "")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            in_ascii = locale in ("C", "POSIX") and stream.isatty()
            stream.reconfigure(encoding="ascii" if in_ascii else None, errors=_LOOKALIKE)


def _has_replaced_locale() -> bool:
    """Check whether Python has set LC_CTYPE to UTF-8 because of the locale C; its UTF-8 mode shows that."""
    return bool(sys.flags.utf8_mode) and os.environ.get("LC_CTYPE") in ("C.UTF-8", "C.utf8", "UTF-8")


_LOOKALIKE = "gluteus-lookalike"


def _look_alike(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that an encoder refuses; an error handler for `codecs.register_error`."""
    from tui.cli.lookalikes import ascii_lookalike  # loaded only for such a terminal

    if not isinstance(error, UnicodeEncodeError):
        raise error
    return ascii_lookalike(error.object[error.start : error.end]), error.end


def give_up(stream: TextIO) -> None:
    """Discard the buffer of `stream`, as Python would flush it at exit and report an error."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):  # it has no descriptor
        return
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, number)
    os.close(null)


def _null(number: int, mode: int) -> int:
    """Open the null device under this descriptor, for this process and its children, and return it."""
    opened = os.open(os.devnull, mode)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
    os.set_inheritable(number, True)
    return number
