"""Opens a file in the person's own editor, and says in one line what went wrong with that."""

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
"""What is tried in turn where no editor is set."""


class EditorTrouble(Exception):
    """The editor is missing or failed; the message is one plain line that says what to do."""


def editor_command(environ: Mapping[str, str] = os.environ) -> list[str]:
    """The editor and its arguments, from $VISUAL, else $EDITOR, else the first usual one there is."""
    for name in ("VISUAL", "EDITOR"):
        if not (wanted := environ.get(name, "").strip()):
            continue
        try:
            command = shlex.split(wanted, posix=os.name != "nt")
        except ValueError as error:
            raise EditorTrouble(f"Cannot read ${name}, {plain_text(wanted)}: {error}. Correct its quotes.") from None
        if shutil.which(command[0]) is None:
            missing = f'There is no editor "{plain_text(command[0])}", which ${name} asks for.'
            raise EditorTrouble(f"{missing} Set ${name} to one that is installed.")
        return command
    for command_name in FALLBACKS:
        if shutil.which(command_name):
            return [command_name]
    raise EditorTrouble("No editor is set. Set $EDITOR to yours, for example: export EDITOR=nano")


def run_editor(path: Path) -> None:
    """Open `path` in the editor and wait until it is closed. Raises EditorTrouble."""
    command = editor_command()
    name = plain_text(Path(command[0]).name)
    try:
        with subprocess.Popen([*command, str(path)]) as process, _interrupts_left_to_it():
            code = process.wait()
    except OSError as error:
        raise EditorTrouble(f'Cannot run "{name}": {plain_text(error.strerror or str(error))}.') from None
    if code:
        how = f"code {code}" if code > 0 else f"signal {-code}"
        raise EditorTrouble(f'The editor "{name}" ended with {how}. What it saved is kept.')


@contextmanager
def _interrupts_left_to_it() -> Iterator[None]:
    """Ctrl+c in the editor is the editor's: this process lets it pass meanwhile."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
