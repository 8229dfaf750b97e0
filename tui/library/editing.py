"""Opens a file in the user's editor, at a line if the editor can. Errors are one line."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tui.files.folders import stamp
from tui.plain_text import UserError, plain_text

FALLBACKS = ("sensible-editor", "editor", "nano", "vi", "notepad")
"""Editors to try, in this order, if none is set."""

_WAIT = {
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor", "zed", "subl", "mate", "gedit"), "--wait"),
    **dict.fromkeys(("gvim", "mvim"), "--nofork"),
    "kate": "--block",
}
"""Graphical editors that return at once unless this option is given."""


_AT = {
    **dict.fromkeys(("vim", "nvim", "gvim", "mvim", "joe", "ne", "mcedit"), ("+{line}", "{path}")),
    "vi": ("-c", "{line}", "{path}"),
    "nano": ("+{line},{column}", "{path}"),
    **dict.fromkeys(("emacs", "emacsclient", "kak", "micro", "gedit"), ("+{line}:{column}", "{path}")),
    **dict.fromkeys(("hx", "helix", "subl", "sublime_text", "zed"), ("{path}:{line}:{column}",)),
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor"), ("--goto", "{path}:{line}:{column}")),
    "kate": ("--line", "{line}", "--column", "{column}", "{path}"),
    "mate": ("--line", "{line}:{column}", "{path}"),
}
"""The arguments with which an editor opens a file at a place. Others open it at its beginning."""

_IN_TERMINAL = frozenset({"vi", "vim", "nvim", "nano", "joe", "ne", "mcedit", "kak", "micro", "hx", "helix"})
"""Editors that never return before the user has left them, however quickly."""

AT_ONCE_S = 1.0
"""An editor that exits sooner, without saving anything, has most likely opened a separate window."""


class EditorTrouble(UserError):
    """The editor is missing or failed; the message is one line with what to do."""


class ReturnedAtOnce(EditorTrouble):
    """The editor did not wait: the file may still be open in it."""


def editor_command(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the editor and its arguments: $VISUAL, else $EDITOR, else the first of FALLBACKS on this machine.

    Raises EditorTrouble.
    """
    for name in ("VISUAL", "EDITOR"):
        if not (setting := environ.get(name, "").strip()):
            continue
        try:
            command = shlex.split(setting, posix=os.name != "nt")
        except ValueError as error:
            raise EditorTrouble(f"Cannot read ${name}, {plain_text(setting)}: {error}. Correct its quotes.") from None
        if shutil.which(command[0]) is None:
            missing = f'The editor "{plain_text(command[0])}" in ${name} is not installed.'
            raise EditorTrouble(f"{missing} Set ${name} to one that is.")
        wait = _WAIT.get(Path(command[0]).stem)
        return command if wait is None or wait in command else [*command, wait]
    for command_name in FALLBACKS:
        if shutil.which(command_name):
            return [command_name]
    raise EditorTrouble("No editor is set. Set $EDITOR to yours, for example: export EDITOR=nano")


def run_editor(path: Path, at: tuple[int, int] | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
    """Open `path` in the editor, at a line and a column if it can, and wait until it ends. Raises EditorTrouble."""
    command = editor_command()
    name = plain_text(Path(command[0]).name)
    before, began_s = stamp(path), clock()
    try:
        with _ignoring_interrupts(), subprocess.Popen([*command, *arguments(command[0], path, at)]) as process:
            code = process.wait()
    except OSError as error:
        raise EditorTrouble(f'Cannot run "{name}": {plain_text(error.strerror or str(error))}.') from None
    if code:
        how = f"code {code}" if code > 0 else f"signal {-code}"
        raise EditorTrouble(f'The editor "{name}" ended with {how}. Anything it saved is kept.')
    if clock() - began_s < AT_ONCE_S and stamp(path) == before and _known(command[0], _IN_TERMINAL) is None:
        where = plain_text(str(path))
        raise ReturnedAtOnce(
            f'The editor "{name}" returned at once: set $EDITOR to a command that waits, such as "code --wait". '
            f"The file: {where}"
        )


def arguments(editor: str, path: Path, at: tuple[int, int] | None) -> list[str]:
    """List the arguments with which `editor` opens `path`, at a line and a column if it is a known editor."""
    name = _known(editor, _AT)
    if at is None or name is None:
        return [str(path)]
    line, column = at
    return [part.format(path=path, line=line, column=column) for part in _AT[name]]


def _known(editor: str, names: Container[str]) -> str | None:
    """Return the name of an editor, or of the program behind its link, if it is one of `names`."""
    behind = os.path.realpath(shutil.which(editor) or editor)
    return next((name for name in (Path(editor).stem, Path(behind).stem) if name in names), None)


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Ignore ctrl+c within the block: it is meant for the editor, which would inherit SIG_IGN but no handler."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
