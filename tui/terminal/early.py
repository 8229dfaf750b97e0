"""Show the menu's first frame before the menu is loaded, which takes a quarter of a second.

The first frame is saved on exit, under a key of everything it depends on: the program, the terminal, the environment,
the user's files. The next start shows it only if the key is the same, so nothing in it has changed. Time-dependent
parts are blank: today's pick, its preview and its keys. The menu then paints its own first frame over it.

Until the menu takes the terminal, keys wait there without echo, and the keeper can restore the terminal.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from importlib.machinery import PathFinder
from stat import S_ISDIR

from tui.files.folders import find_folders, stamp
from tui.terminal.keeper import UNDO, TerminalKeeper, is_in_background, raw, restore_terminal

try:
    import termios
except ImportError:  # not on Windows
    termios = None  # type: ignore[assignment]

TYPE_CHECKING = False  # as in `typing`, which would take as long to load as all else here
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Self

ENCODING = "utf-8", "surrogateescape"
"""The encoding of the file, which may contain file names that are not valid text."""

LIMIT = 8 * 1024 * 1024
"""The most bytes of the file that are read."""

BEGIN, END = "\x1b[?2026h\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[?2026l"
"""Before a frame: synchronised output, alternate screen, no cursor, no line wrapping; and after it."""

RESET = "\x1b[0m"
"""How a frame ends."""

KNOWN = frozenset("mHC")
"""The last letters of the sequences in a frame: colours, and two moves of the cursor."""

VARIABLES = (
    "TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "LC_TERMINAL", "COLORTERM", "NO_COLOR", "FORCE_COLOR",
    "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS", "LINES", "UNICODE_VERSION", "LANG", "LC_ALL", "LC_CTYPE",
    "PYTHONUTF8", "PYTHONIOENCODING", "WT_SESSION",
)  # fmt: skip
"""The environment variables that affect a frame. With any variable of Textual there is no early frame."""

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHECKOUT = os.path.join(os.path.dirname(PACKAGE), "routines")
"""The routines of a checkout; those of an installed program are in its package."""


class EarlyFrame:
    """A context manager for the whole run of the menu. It restores the terminal if the menu does not take it."""

    def __init__(self) -> None:
        """Nothing is shown before `with`."""
        self.is_shown = False
        """Whether the frame is on the terminal, until the menu takes over."""
        self.settings: list[Any] | None = None
        """The previous settings of the terminal."""
        self.keeper: TerminalKeeper | None = None
        self._files = self._made_of = ""
        """The keys of this start's frame; empty if there can be no early frame."""
        self._kept = ""

    def __enter__(self) -> Self:
        """Show the saved frame, if there is one and nothing has changed."""
        if not _can_show():
            return self
        try:
            self.settings = termios.tcgetattr(0)
            self.keeper = TerminalKeeper(2, UNDO, self.settings)
            self._files = files_key()
            self._made_of, done = key(self._files)
            self._kept = read(frame_file())
            if frame := self._frame_under(self._made_of + done):
                self._show(frame)
        except (OSError, ValueError, termios.error):
            self.undo()
        except KeyboardInterrupt:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Restore the terminal if the menu has not done so."""
        self.undo()
        if self.keeper is not None:
            self.keeper.close()

    def _show(self, frame: str) -> None:
        """Take the terminal as Textual does, and write the frame."""
        assert self.settings is not None and self.keeper is not None
        self.keeper.take()
        self.is_shown = True
        termios.tcsetattr(0, termios.TCSANOW, raw(self.settings))
        sys.stderr.write(f"{BEGIN}{frame}{END}")
        sys.stderr.flush()

    def undo(self) -> None:
        """Restore the terminal, if the frame is on it."""
        if self.is_shown:
            self.is_shown = False
            restore_terminal(2, 0, self.settings, UNDO)
            if self.keeper is not None:
                self.keeper.release()

    def _frame_under(self, whole_key: str) -> str:
        """Return the frame saved under this key, if it is valid today, else an empty string."""
        return saved_frame(self._kept, whole_key, time.strftime("%Y-%m-%d"))

    def next_key(self, *, have_files_changed: bool) -> tuple[str, bool]:
        """Return the key for the next start, and whether a frame is saved under it already, as nothing has changed.

        The key is empty if this start's frame depends on something else. If the menu has noticed no change of the
        user's files, they are not checked: after a missed change, the next start has another key.
        """
        with suppress(OSError):  # the terminal may be closed by now
            files = files_key() if have_files_changed else self._files
            made_of, done = key(files) if self._made_of else ("", "")
            if made_of == self._made_of:
                return made_of + done, bool(self._frame_under(made_of + done))
        return "", False

    def keep(self, frame: str, whole_key: str, until: str) -> None:
        """Save a frame, unless it is empty, for starts on days before `until`, or on any day if that is empty."""
        from pathlib import Path

        from tui.files.atomic import StorageProblem, write_atomic

        text = f"{until}\n{whole_key}\n\n{frame}"
        if frame and text != self._kept:
            with suppress(StorageProblem):
                write_atomic(Path(frame_file()), text.encode(*ENCODING))


def _can_show() -> bool:
    """Check whether this is a terminal in the foreground that can show a frame, with nothing unusual."""
    if termios is None or not all(map(os.isatty, (0, 1, 2))) or is_in_background(0):
        return False
    return os.environ.get("TERM", "dumb") != "dumb" and not any(name.startswith("TEXTUAL") for name in os.environ)


def saved_frame(kept: str, whole_key: str, today: str) -> str:
    """Return the frame in the file `kept` if its key is this one and it is valid today, else an empty string."""
    until, _, rest = kept.partition("\n")
    key, _, frame = rest.partition("\n\n")
    if key != whole_key or not (until == "" or today < until):
        return ""
    return frame if is_harmless(frame) else ""


def is_harmless(frame: str) -> bool:
    """Check that a frame is complete, with only text, colours and cursor movements."""
    first, *pieces = frame.split("\x1b[")
    known = all(piece.lstrip("0123456789;")[:1] in KNOWN for piece in pieces)
    return known and first == "" and frame.endswith(RESET) and "".join(pieces).isprintable()


def frame_file() -> str:
    """Return the file of the frame."""
    return os.path.join(find_folders()[1], "first-frame")


def read(path: str) -> str:
    """Return the text of a regular file. Raises OSError."""
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY), "rb") as file:
        return file.read(LIMIT).decode(*ENCODING)


def key(files: str) -> tuple[str, str]:
    """Return the key of a frame: all that it depends on, including the history, which affects lengths of routines.

    `files` are those of `files_key`. Raises OSError.
    """
    config, state, data = find_folders()
    made_of = (
        files, f"{os.get_terminal_size(1)}",
        stamp(os.path.join(config, "settings.toml")), stamp(os.path.join(state, "menu.json")),
    )  # fmt: skip
    history, interrupted = os.path.join(data, "history"), os.path.join(state, "interrupted")
    done = [stamp(os.path.join(state, "state.toml")), *_files(interrupted), *_files(history)]
    return "\n".join(made_of), "\n".join(("", *done))


def files_key() -> str:
    """Return the part of the key that changes only if the menu notices it: the program, and the routines.

    Raises OSError.
    """
    config, state, data = find_folders()
    routines, packages = os.path.join(config, "routines"), ("textual", "rich")
    specs = filter(None, map(PathFinder.find_spec, packages))
    return "\n".join([
        f"{sys.version} {config} {state} {data}",
        *(f"{name} {os.environ.get(name)!r}" for name in VARIABLES),
        *(stamp(spec.origin or "") for spec in specs),
        *_stamps(PACKAGE, deep=True), *(_stamps(CHECKOUT, deep=True) if os.path.isdir(CHECKOUT) else ()),
        *_files(routines), *_files(os.path.join(routines, "exercises")),
    ])  # fmt: skip


def _files(folder: str) -> list[str]:
    """Return the stamp of a folder, and that of the files in it, of which there may be a thousand."""
    try:
        return [stamp(folder), *_stamps(folder)]
    except OSError:
        return [stamp(folder)]


def _stamps(folder: str, *, deep: bool = False) -> Iterator[str]:
    """Yield a stamp of all files in a folder: their names, and a hash of the rest; a thousand lines would take longer.

    If `deep`, also one for each folder in it, without bytecode. Raises OSError.
    """
    descriptor = os.open(folder, os.O_RDONLY)  # names that are relative to it are found sooner
    try:
        names, inner = [], []
        found: list[tuple[int | None, ...]] = []
        for name in sorted(os.listdir(descriptor)):
            try:
                status = os.stat(name, dir_fd=descriptor)
            except OSError as error:
                names.append(name)
                found.append((error.errno,))
                continue
            if deep and S_ISDIR(status.st_mode):
                inner.append(name)
                continue
            names.append(name)
            found.append((status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size))
    finally:
        os.close(descriptor)
    yield f"{folder}: {' '.join(names)} {hash(tuple(found))}"
    for name in inner:
        if name != "__pycache__":
            yield from _stamps(os.path.join(folder, name), deep=True)
