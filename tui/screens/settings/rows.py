"""The rows of the settings screen: the value of each setting in words, and its next and previous values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from tui.files.settings import SETTINGS, Readable
from tui.routine.durations import spoken
from tui.routine.values import Choice, CommandLine, Flag, Number, Whole
from tui.themes import theme_words

WORDS: dict[object, str] = {True: "on", False: "off"}


def choices(key: str) -> Sequence[Any] | None:
    """Return the possible values, or None for a number or a string."""
    kind = SETTINGS[key].kind
    if isinstance(kind, Flag):
        return [False, True]
    return list(kind.names) if isinstance(kind, Choice) else None


def stepped(key: str, value: Any, step: int) -> Any:
    """Return the value `step` steps further: in a list cyclically, for a number within its range."""
    if (values := choices(key)) is not None:
        index = values.index(value) if value in values else -1
        return values[(index + step) % len(values)]
    kind = SETTINGS[key].kind
    if isinstance(kind, Whole | Number):
        return min(max(value + step * SETTINGS[key].step, kind.low), kind.high)
    return value


def full_label(key: str) -> str:
    """Format the full label of a setting, outside its group; that of a volume includes the cue."""
    label, cue = SETTINGS[key].label.strip(), SETTINGS.get(key.replace(".volume", ".on"))
    return label if cue is None or not key.endswith(".volume") else f"{cue.label}: {label}"


def in_words(key: str, value: Any) -> Content:
    """Format a value in words; a percentage as a bar as well."""
    if key.endswith("volume"):
        full = round(value / 10)
        return Content.assemble(("▮" * full, "$accent"), ("▯" * (10 - full), "$muted"), f"{value:>4}")
    if value == "":
        return Content.styled("none", "$muted")
    if isinstance(SETTINGS[key].kind, CommandLine):
        return Content.styled(value.split()[0], "bold")
    if isinstance(SETTINGS[key].kind, Readable):
        return Content.styled(value, "bold")
    if key == "workout.prepare_s":
        return Content(spoken(value))
    if isinstance(value, bool | str):
        words = WORDS.get(value, theme_words(str(value)))
    else:
        words = f"{value}{SETTINGS[key].unit}"
    return Content.styled(words, "$muted" if value is False else "bold")
