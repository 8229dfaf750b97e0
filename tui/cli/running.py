"""`gluteus status` and `gluteus send`, for a workout that is running elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.cli.output import Trouble, check_fields, fill_fields, print_json, say
from tui.files.places import find_places
from tui.history.status_file import read_now
from tui.routine.durations import clock

if TYPE_CHECKING:  # loading it takes time
    from types import SimpleNamespace

NONE_RUNNING = 3
"""The exit code of `status` if no workout is running: neither success nor an error."""

FIELDS = (
    "title", "state", "phase", "label", "left", "total_left", "elapsed", "total", "set", "sets", "short", "line",
)  # fmt: skip
"""The names of the fields of `--format`."""


def status(args: SimpleNamespace) -> int:
    """Print the running workout. Returns the exit code."""
    return print_status(args.format, as_json=args.json)


def quick(argv: Sequence[str]) -> int | None:
    """Run `status` without the parser, which is slow to load. Return None if the arguments need it."""
    if not argv or list(argv) == ["--json"]:
        return print_status(None, as_json=bool(argv))
    return print_status(argv[1]) if len(argv) == 2 and argv[0] == "--format" else None


def print_status(form: str | None, *, as_json: bool = False) -> int:
    """Print the running workout as a line, as `form` with its fields, or as JSON."""
    if form is not None:
        check_fields(form, FIELDS)
    now = read_now(find_places())
    try:
        if as_json:
            print_json(json_of(now) if now else None, one_line=True)
        elif form is None:
            say(fields(now)["line"] if now else "No workout is running.")
        elif now:
            say(fill_fields(form, fields(now)))
    except (LookupError, TypeError, ValueError):
        raise Trouble("the state of the running workout cannot be read: it may be of another version.") from None
    return 0 if now else NONE_RUNNING


def fields(now: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the text of each field; `left` is empty in an open-ended set."""
    phase, about = now["phase"], "≈" if now["estimated"] else ""
    state = "paused" if now["is_paused"] else "running"
    left = "" if now["left_s"] is None else clock(now["left_s"])
    total_left = f"{about}{clock(now['total_left_s'])}"
    what = phase["kind"] if phase["kind"] != "work" else f"set {now['set']} of {now['sets']}, {phase['label']}"
    until = f"{left} to go" if left else "until done"
    paused = "paused, " if now["is_paused"] else ""
    return {
        "title": now["title"],
        "state": state,
        "phase": phase["kind"],
        "label": phase["label"],
        "left": left,
        "total_left": total_left,
        "elapsed": clock(now["elapsed_s"]),
        "total": f"{about}{clock(now['total_s'])}",
        "set": str(now["set"]),
        "sets": str(now["sets"]),
        "short": f"{'paused' if now['is_paused'] else phase['kind']} {left}".rstrip(),
        "line": f"{now['title']}: {paused}{what}, {until}; {total_left} to the end.",
    }


def json_of(now: Mapping[str, Any]) -> Mapping[str, object]:
    """Convert the running workout to JSON."""
    return {
        "title": now["title"],
        "state": "paused" if now["is_paused"] else "running",
        "phase": now["phase"],
        "left_s": None if now["left_s"] is None else round(now["left_s"], 3),
        "elapsed_s": round(now["elapsed_s"], 3),
        "total_s": now["total_s"],
        "total_left_s": round(now["total_left_s"], 3),
        "estimated": now["estimated"],
        "set": now["set"],
        "sets": now["sets"],
    }


def send(args: SimpleNamespace) -> int:
    """Give a command to the running workout. Returns the exit code."""
    from tui.desktop import control

    if not control.IS_SUPPORTED:
        raise Trouble("this system has no Unix sockets, which gluteus send needs.")
    now = read_now(find_places())
    if now is None:
        raise Trouble("no workout is running.")
    try:
        control.send(str(now.get("control") or ""), args.name)
    except TimeoutError:
        raise Trouble("the running workout is busy and takes no more commands.") from None
    except (OSError, ValueError):
        raise Trouble("the running workout takes no commands: its socket is gone.") from None
    return 0
