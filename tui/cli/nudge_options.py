"""When and how `gluteus nudge` nudges: its options, else the settings, which are read again when they change."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TypeVar

from tui.files.places import Places
from tui.files.settings import Settings
from tui.files.settings_file import load_settings
from tui.routine.problems import quoted
from tui.today import nudge_plan
from tui.today.nudge_plan import NudgePlan
from tui.today.working_day import WorkingDay, minute_of_day, weekdays

T = TypeVar("T")


_OPTIONS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "--every": ("every", nudge_plan.every),
    "--from": ("begins", minute_of_day),
    "--to": ("ends", minute_of_day),
    "--days": ("days", weekdays),
    "--at": ("at", nudge_plan.marks),
    "--for": ("length", nudge_plan.length),
}
"""The options that take a value: the name of each in the arguments, and what reads it or raises ValueError."""


def leave_out_wrong(args: Namespace, warn: Callable[[str], None]) -> None:
    """Take each option that is wrong out of the arguments, with a line on it: the setting holds."""
    for option, (name, read) in _OPTIONS.items():
        text = getattr(args, name)
        try:
            if text is not None:
                read(text)
        except ValueError as error:
            warn(f"{option} is {quoted(text)}: {error}. Leaving it out.")
            setattr(args, name, None)
    if None not in (args.begins, args.ends) and minute_of_day(args.begins) == minute_of_day(args.ends):
        warn("--from and --to are the same time. Leaving them out.")
        args.begins = args.ends = None


def options_of(args: Namespace) -> list[str]:
    """List the options of a plan as they were given."""
    return [f"{option}={text}" for option, (name, _) in _OPTIONS.items() if (text := getattr(args, name)) is not None]


def plan_of(args: Namespace, settings: Settings, warn: Callable[[str], None]) -> NudgePlan:
    """Return the plan of the options, none of which is wrong, else of the settings."""

    def option(text: str | None, read: Callable[[str], T], otherwise: T) -> T:
        return otherwise if text is None else read(text)

    day = settings.day.hours
    hours = WorkingDay(
        option(args.days, weekdays, day.days),
        option(args.begins, minute_of_day, day.from_min),
        option(args.ends, minute_of_day, day.to_min),
    )
    if hours.from_min == hours.to_min:
        warn("Working hours would begin and end at the same time. Leaving --from and --to out.")
        hours = day._replace(days=hours.days)
    marks = option(args.at, nudge_plan.marks, nudge_plan.marks(settings.nudge.at) if not args.every else ())
    length = option(args.length, nudge_plan.length, nudge_plan.length(settings.nudge.length))
    plan = NudgePlan(hours, option(args.every, nudge_plan.every, day.every_min * 60.0), marks, length)
    if hours.to_min < hours.from_min:
        warn(f"The working hours end on the next day: {plan.hours_words}.")
    return plan


class NudgeConfig:
    """The settings and the plan of one run of `gluteus nudge`."""

    def __init__(self, args: Namespace, places: Places) -> None:
        """`args` are the arguments, none of which is wrong; the settings are those of `places`."""
        self._args, self._places = args, places
        self._noted: set[str] = set()
        self._stamp: object = None
        self.settings, self.plan = Settings(), NudgePlan()

    def read(self) -> list[str]:
        """Read the settings if their file has changed since, and return what is wrong for the first time."""
        stamp = _stamp(self._places)
        if stamp == self._stamp:
            return []
        self._stamp = stamp
        self.settings, note = load_settings(self._places)
        notes = [note] if note else []
        self.plan = plan_of(self._args, self.settings, notes.append)
        new = [line for line in notes if line not in self._noted]
        self._noted.update(new)
        return new


def _stamp(places: Places) -> object:
    """Return what differs once the file of the settings has been written; without a file the same each time."""
    try:
        status = os.stat(places.settings_file)
    except OSError:
        return "none"
    return status.st_mtime_ns, status.st_size, status.st_ino
