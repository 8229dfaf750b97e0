"""Opens a file in the user's editor; what goes wrong is one line."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tui.plain_text import plain_text

FALLBACKS = ("sensible-editor", "editor", "nano", "vi", "notepad")
"""Editors to try, in this order, if none is set."""

_WAIT = {
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor", "zed", "subl", "mate", "gedit"), "--wait"),
    **dict.fromkeys(("gvim", "mvim"), "--nofork"),
    "kate": "--block",
}
"""Editors with a window of their own that return at once unless this option is given."""


class EditorTrouble(Exception):
    """The editor is missing or failed; the message is one line with what to do."""


def editor_command(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the editor and its arguments: $VISUAL, else $EDITOR, else the first of FALLBACKS on this machine."""
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


def run_editor(path: Path) -> None:
    """Open `path` in the editor and wait until the editor ends. Raises EditorTrouble."""
    command = editor_command()
    name = plain_text(Path(command[0]).name)
    try:
        with subprocess.Popen([*command, str(path)]) as process, _ignoring_interrupts():
            code = process.wait()
    except OSError as error:
        raise EditorTrouble(f'Cannot run "{name}": {plain_text(error.strerror or str(error))}.') from None
    if code:
        how = f"code {code}" if code > 0 else f"signal {-code}"
        raise EditorTrouble(f'The editor "{name}" ended with {how}. Anything it saved is kept.')


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Ignore ctrl+c meanwhile: it is meant for the editor."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
