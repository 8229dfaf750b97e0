"""`gluteus nudge`: reminds of breaks, in a terminal with a quiet clock and keys, or in the background."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import TypeVar

from tui.cli.output import Misuse, Trouble
from tui.files.atomic import reason, take
from tui.files.places import Places, find_places
from tui.files.settings import Settings, load_settings
from tui.plain_text import plain_text
from tui.routine.problems import quoted
from tui.today import nudge_plan
from tui.today.nudge_plan import NudgePlan
from tui.today.working_day import WorkingDay, minute_of_day, weekdays

T = TypeVar("T")


def nudge(args: Namespace) -> int:
    """Nudge until the user quits, or write or remove the file that starts this in the background."""
    places = find_places()
    settings, note = load_settings(places)
    notes = [note] if note else []
    plan = plan_of(args, settings, notes.append)
    if args.install or args.remove:
        from tui.cli.nudge_service import install, remove

        return remove(yes=args.yes) if args.remove else install(options_of(args), yes=args.yes, notes=notes)
    if args.yes:
        raise Misuse("--yes is for --install and --remove.\nSee: gluteus nudge --help")
    if (holder := _holder(places, notes.append)) is not None:
        raise Trouble(f"another gluteus nudge is running{holder}; one is enough.")
    from tui.cli.nudge_loop import nudge_loop
    from tui.cli.nudge_view import is_in_foreground

    has_keys = sys.stdin.isatty() and sys.stdout.isatty() and is_in_foreground()
    in_pane = has_keys and os.environ.get("TERM", "dumb") != "dumb"
    return nudge_loop(places, settings, plan, notes, has_keys=has_keys, in_pane=in_pane)


def _holder(places: Places, warn: Callable[[str], None]) -> str | None:
    """Take the lock until this process ends; return which other process has it, None if there is no other."""
    try:
        if take(places.nudge_lock) is not None:
            return None
        holder = places.nudge_lock.read_text(errors="replace").strip()
        return f" (process {holder})" if holder.isdecimal() else ""
    except OSError as error:
        warn(f"{plain_text(str(places.nudge_lock))}: {reason(error)}. A second gluteus nudge will not be noticed.")
        return None


def plan_of(args: Namespace, settings: Settings, warn: Callable[[str], None]) -> NudgePlan:
    """Return the plan of the options, else of the settings; a wrong option is one line, and the setting holds."""

    def option(name: str, text: str | None, read: Callable[[str], T], otherwise: T) -> T:
        if text is None:
            return otherwise
        try:
            return read(text)
        except ValueError as error:
            warn(f"{name} is {quoted(text)}: {error}. Leaving it out.")
            return otherwise

    day = settings.day.hours
    hours = WorkingDay(
        option("--days", args.days, weekdays, day.days),
        option("--from", args.begins, minute_of_day, day.from_min),
        option("--to", args.ends, minute_of_day, day.to_min),
    )
    if hours.from_min == hours.to_min:
        warn("--from and --to are the same time. Leaving them out.")
        hours = day._replace(days=hours.days)
    marks = option("--at", args.at, nudge_plan.marks, nudge_plan.marks(settings.nudge.at) if not args.every else ())
    length = option("--for", args.length, nudge_plan.length, nudge_plan.length(settings.nudge.length))
    plan = NudgePlan(hours, option("--every", args.every, nudge_plan.every, day.every_min * 60.0), marks, length)
    if hours.to_min < hours.from_min:
        warn(f"The working hours end on the next day: {plan.hours_words}.")
    return plan


def options_of(args: Namespace) -> list[str]:
    """Return the options of a plan as they were given."""
    given = {
        "--every": args.every, "--from": args.begins, "--to": args.ends, "--days": args.days, "--at": args.at,
        "--for": args.length,
    }  # fmt: skip
    return [f"{name}={value}" for name, value in given.items() if value is not None]
