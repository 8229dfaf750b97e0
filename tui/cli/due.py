"""`gluteus due`: whether a break is due, in one line for prompts, status bars and cron.

It runs before each prompt of a shell, so it loads only a few small modules and a cache of the last weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tui.cli.output import Misuse, check_fields, fill_fields, print_json, say
from tui.files.places import find_places
from tui.history.recent import read_recent
from tui.today.due import Due
from tui.today.due import due as state_of
from tui.today.nudge_plan import NudgePlan

if TYPE_CHECKING:  # loading it takes time
    from types import SimpleNamespace

DUE = 10
"""The exit code of the plain line if a break is due: neither success nor an error."""

FORMS = ("json", "tmux", "waybar")
"""The options that name a form."""

FIELDS = (
    "short", "due", "since", "next", "at", "today", "week", "breaks", "breaks_goal", "days", "days_goal", "minutes",
    "minutes_goal", "line",
)  # fmt: skip
"""The names of the fields of `--format`."""

SOON_S = 12 * 3600.0
"""If the next break is further away, it is not within the current working hours."""


def due(args: SimpleNamespace) -> int:
    """Print the state of the breaks. Returns the exit code."""
    if args.without or args.standing or args.quiet or args.time is not None:
        raise Misuse("--without, --standing, --quiet and --for are for --start.\nSee: gluteus due --help")
    form = next((name for name in FORMS if getattr(args, name)), "")
    return print_due(datetime.now().astimezone(), form, args.format)


def quick(argv: Sequence[str]) -> int | None:
    """Run the command without the parser, which is slow to load. Return None if the arguments need it."""
    if not argv or (len(argv) == 1 and argv[0][2:] in FORMS and argv[0].startswith("--")):
        return print_due(datetime.now().astimezone(), "".join(argv)[2:])
    if len(argv) == 2 and argv[0] == "--format":
        return print_due(datetime.now().astimezone(), text=argv[1])
    return None


def print_due(now: datetime, form: str = "", text: str | None = None) -> int:
    """Print the state at `now`: a `text` with its fields, or one of FORMS, or the plain line. Return the exit code."""
    if text is not None:
        check_fields(text, FIELDS)
    recent = read_recent(find_places(), now)
    last = recent.workouts[0].ended_at if recent.workouts else None
    plan = NudgePlan(recent.hours, recent.hours.every_min * 60.0, recent.marks)
    state = state_of(now, last, plan, recent.reached(now))
    if text is not None:
        say(fill_fields(text, fields(state)))
    elif form == "json":
        print_json(as_json(state), one_line=True)
    elif form == "waybar":
        print_json(waybar(state), one_line=True)
    elif form == "tmux":
        say(tmux(state))
    else:
        say(line(state))
        return DUE if state.is_due else 0
    return 0


def line(state: Due) -> str:
    """Return `Break due: 62 min since the last one, 2 of 6 breaks today, 2 of 4 this week.`"""
    at = at_words(state)
    if state.is_due:
        first = "Break due" if state.since_s is None else f"Break due: {since_words(state.since_s)} since the last one"
    else:
        first = f"Next break {at}" if at else "No working hours"
    return f"{', '.join(filter(None, (first, state.reached.today, state.reached.week)))}."


def at_words(state: Due) -> str:
    """Format the time of the next break: `in 12 min`, `at 9:50`, `Mon at 9:50`; empty without working hours."""
    if state.next_at is None or state.next_s is None:
        return ""
    if is_soon(state):
        return f"in {_minutes(state.next_s)} min"
    at = f"at {time_of_day(state.next_at)}"
    return at if state.next_at.date() == state.now.date() else f"{state.next_at:%a} {at}"


def time_of_day(moment: datetime) -> str:
    """Format a time of day: `9:50`."""
    return f"{moment.hour}:{moment:%M}"


def is_soon(state: Due) -> bool:
    """Check whether the next break is in these working hours."""
    return state.is_working and state.next_s is not None and state.next_s < SOON_S


def since_words(seconds: float) -> str:
    """Return `62 min`, `3 h`, `2 days`."""
    minutes = int(seconds // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def _minutes(seconds: float) -> int:
    """Compute the minutes until then, rounded up."""
    return max(0, -int(-seconds // 60))


def fields(state: Due) -> dict[str, str]:
    """Return the values of FIELDS as text; unknown ones are empty."""
    reached, goal = state.reached, state.reached.goal
    next_at, next_s = state.next_at, state.next_s
    values = (
        short(state),
        "due" if state.is_due else "",
        "" if state.since_s is None else str(int(state.since_s // 60)),
        str(_minutes(next_s)) if next_s is not None and is_soon(state) else "",
        time_of_day(next_at) if next_at else "",
        reached.today,
        reached.week,
        str(reached.breaks), str(goal.breaks or ""),
        str(reached.days), str(goal.days or ""),
        str(reached.minutes), str(goal.minutes or ""),
        line(state),
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True))


def as_json(state: Due) -> dict[str, object]:
    """Convert the state to JSON, for programs."""
    reached, goal = state.reached, state.reached.goal
    return {
        "due": state.is_due,
        "working": state.is_working,
        "since_s": None if state.since_s is None else round(state.since_s),
        "next_at": state.next_at.isoformat(timespec="seconds") if state.next_at else None,
        "next_s": None if state.next_s is None else round(state.next_s),
        "breaks": reached.breaks,
        "breaks_goal": goal.breaks or None,
        "days": reached.days,
        "days_goal": goal.days or None,
        "minutes": reached.minutes,
        "minutes_goal": goal.minutes or None,
        "line": line(state),
    }


def short(state: Due) -> str:
    """Format the state for a status bar: `break 62min`, `12min`; empty outside working hours."""
    if state.is_due:
        return "break" if state.since_s is None else f"break {since_words(state.since_s).replace(' ', '')}"
    return at_words(state).removeprefix("in ").replace(" ", "") if is_soon(state) else ""


def tmux(state: Due) -> str:
    """Return `short` with a format of tmux: reversed if a break is due."""
    return f"#[reverse] {short(state)} #[noreverse]" if state.is_due else short(state)


def waybar(state: Due) -> dict[str, str]:
    """Return the object that a custom module of waybar reads."""
    kind = "due" if state.is_due else "waiting" if state.is_working else "off"
    return {"text": short(state), "tooltip": line(state), "class": kind, "alt": kind}
