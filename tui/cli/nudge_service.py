"""`gluteus nudge --install` and `--remove`: one file that starts `gluteus nudge` at login, and nothing else.

The file is printed first, and the user is asked. The commands that start and stop the service are printed, not run.
"""

from __future__ import annotations

import os
import plistlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.cli.output import Trouble, complain, confirm, say
from tui.files.atomic import reason, write_atomic
from tui.plain_text import plain_text

_KEPT = ("GLUTEUS_HOME", "PYTHONPATH")
"""Environment variables that are passed on, so that the service uses the same files as this command."""

UNIT = "gluteus-nudge.service"
LABEL = "gluteus.nudge"


class Service(NamedTuple):
    """A file that starts a service, and the commands that start and stop it."""

    path: Path
    content: str
    start: str
    stop: str


def service(options: Sequence[str], platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> Service:
    """Return the service of this system with these options. Raises Trouble if it has neither systemd nor launchd."""
    command = [sys.executable, "-m", "tui", "nudge", *options]
    kept = {name: environ[name] for name in _KEPT if environ.get(name)}
    home = Path(environ.get("HOME") or Path.home())
    if platform == "darwin":
        path = home / "Library/LaunchAgents" / f"{LABEL}.plist"
        agent = {
            "Label": LABEL,
            "ProgramArguments": command,
            "EnvironmentVariables": kept,
            "RunAtLoad": True,
            "ProcessType": "Background",
        }
        quoted_path = str(path).replace("'", "'\\''")
        return Service(
            path,
            plistlib.dumps(agent).decode(),
            f"launchctl load -w '{quoted_path}'",
            f"launchctl unload -w '{quoted_path}'",
        )
    if platform != "linux":
        raise Trouble("--install needs systemd or launchd, which this system does not have.")
    lines = [
        "[Unit]",
        "Description=Gluteus reminds of breaks",
        "",
        "[Service]",
        f"ExecStart={' '.join(map(_quoted, command))}",
        *(f"Environment={_quoted(f'{name}={value}')}" for name, value in kept.items()),
        "# 143: it was asked to end. 1: another one is running. 2: an option is wrong.",
        "SuccessExitStatus=143",
        "Restart=on-failure",
        "RestartSec=60",
        "RestartPreventExitStatus=1 2",
        "",
        "[Install]",
        "WantedBy=default.target",
        "",
    ]
    folder = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    commands = (f"systemctl --user enable --now {UNIT}", f"systemctl --user disable --now {UNIT}")
    return Service(folder / "systemd/user" / UNIT, "\n".join(lines), *commands)


def _quoted(word: str) -> str:
    """Format a word as systemd reads it: in quotes, without its specifiers and variables."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def install(options: Sequence[str], *, yes: bool, notes: Sequence[str] = ()) -> int:
    """Print the file, ask, and write it; return the exit code. `notes` are problems of the options."""
    made = service(options)
    for note in notes:
        complain(note)
    say(f"{made.path}:\n\n{made.content}")
    if not (yes or confirm("Write this file? [y/N] ")):
        say("Nothing was written.")
        return 1
    write_atomic(made.path, made.content)
    say(f"Written. To start it now and at each login: {made.start}")
    return 0


def remove(*, yes: bool) -> int:
    """Ask, and remove the file; return the exit code."""
    made = service(())
    if not os.path.lexists(made.path):
        say(f"There is no {plain_text(str(made.path))}.")
        return 0
    say(f"Stop it before, if it is running: {made.stop}")
    if not (yes or confirm(f"Remove {plain_text(str(made.path))}? [y/N] ")):
        say("Nothing was removed.")
        return 1
    try:
        made.path.unlink()
    except OSError as error:
        raise Trouble(f"{plain_text(str(made.path))} cannot be removed: {reason(error)}") from None
    say("Removed.")
    return 0
