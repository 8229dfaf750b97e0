"""The configuration of `gluteus nudge`: its options, else the settings, which are read again when they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from tui.files.folders import stamp
from tui.files.places import Places
from tui.files.settings import Settings
from tui.files.settings_file import load_settings
from tui.routine.problems import quoted
from tui.today import nudge_plan
from tui.today.nudge_plan import NudgePlan
from tui.today.working_day import WorkingDay, minute_of_day, weekdays

_OPTIONS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "--every": ("every", nudge_plan.every),
    "--from": ("begins", minute_of_day),
    "--to": ("ends", minute_of_day),
    "--days": ("days", weekdays),
    "--at": ("at", nudge_plan.marks),
    "--for": ("length", nudge_plan.length),
}
"""The options with a value: the name of each in the arguments, and its parser, which raises ValueError."""


def read_options(args: SimpleNamespace, warn: Callable[[str], None]) -> dict[str, Any]:
    """Read the given options, by name. A wrong one is reported in a line, and the setting applies."""
    values: dict[str, Any] = {}
    for option, (name, read) in _OPTIONS.items():
        text = getattr(args, name)
        try:
            values |= {} if text is None else {name: read(text)}
        except ValueError as error:
            warn(f"{option} is {quoted(text)}: {error}. Leaving it out.")
    if "begins" in values and values["begins"] == values.get("ends"):
        warn("--from and --to are the same time. Leaving them out.")
        del values["begins"], values["ends"]
    return values


def options_of(args: SimpleNamespace, values: Mapping[str, Any]) -> list[str]:
    """List the options of these values as they were given."""
    return [f"{option}={getattr(args, name)}" for option, (name, _) in _OPTIONS.items() if name in values]


def plan_of(values: Mapping[str, Any], settings: Settings, warn: Callable[[str], None]) -> NudgePlan:
    """Return the plan of the values of options, else of the settings."""
    day = settings.day.hours
    hours = WorkingDay(values.get("days", day.days), values.get("begins", day.from_min), values.get("ends", day.to_min))
    if hours.from_min == hours.to_min:
        warn("Working hours would begin and end at the same time. Leaving --from and --to out.")
        hours = day._replace(days=hours.days)
    marks = values.get("at", () if "every" in values else nudge_plan.marks(settings.nudge.at))
    length = values.get("length", nudge_plan.length(settings.nudge.length))
    plan = NudgePlan(hours, values.get("every", day.every_min * 60.0), marks, length)
    if hours.to_min < hours.from_min:
        warn(f"The working hours end on the next day: {plan.hours.words}.")
    return plan


class NudgeConfig:
    """The settings and the plan of one run of `gluteus nudge`."""

    def __init__(self, values: Mapping[str, Any], places: Places) -> None:
        """`values` are those of the options; the settings are those of `places`."""
        self._values, self._places = values, places
        self._noted: set[str] = set()
        self._stamp = ""
        self.settings, self.plan = Settings(), NudgePlan()

    def read(self) -> list[str]:
        """Read the settings if their file has changed, and return new problems."""
        before, self._stamp = self._stamp, stamp(self._places.settings_file)
        if self._stamp == before:
            return []
        self.settings, note = load_settings(self._places)
        notes = [note] if note else []
        self.plan = plan_of(self._values, self.settings, notes.append)
        new = [line for line in notes if line not in self._noted]
        self._noted.update(new)
        return new
