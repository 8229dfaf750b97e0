"""The rows of the settings screen: a label for each setting, its value in words, and what comes before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from tui.routine.durations import spoken
from tui.routine.values import Choice, Flag, Number, Whole
from tui.storage.settings import SETTINGS
from tui.themes import THEMES
from tui.widgets.fitted import justified

GROUPS: dict[str, dict[str, str]] = {
    "sound": {
        "audio.volume": "Volume", "audio.mute": "Mute",
        "audio.backend": "Play through", "audio.offset_ms": "Play earlier by",
        "audio.keep_awake": "Keep the speaker awake", "audio.duck_music": "Lower other players",
    },
    "cues": {
        "cues.countdown.on": "Countdown", "cues.countdown.volume": "  its volume",
        "cues.transitions.on": "Start, rest, switch, end", "cues.transitions.volume": "  their volume",
        "cues.halfway.on": "Halfway", "cues.halfway.volume": "  its volume",
        "cues.tempo.on": "Tempo", "cues.tempo.volume": "  its volume",
        "cues.voice.on": "Voice", "cues.voice.volume": "  its volume",
    },
    "voice": {"voice.mode": "Say", "voice.language": "Language", "voice.speed": "Speed"},
    "screen": {"screen.theme": "Colours", "screen.flash": "Flash", "screen.motion": "Figure moves",
               "screen.figure": "Figure"},
    "workout": {"workout.prepare_s": "Time to get ready"},
}  # fmt: skip
"""Every setting by its group and dotted key, with its label."""

STEPS = {"audio.offset_ms": 10, "workout.prepare_s": 1}
"""How far one step goes; five where nothing is said."""

UNITS = {"audio.offset_ms": " ms", "voice.speed": " words a minute"}

WORDS: dict[object, str] = {True: "on", False: "off"}


def choices(key: str) -> Sequence[Any] | None:
    """The values to choose from, or None where it is a number or a text."""
    kind = SETTINGS[key].metadata["kind"]
    if key == "screen.theme":
        return [theme.name for theme in THEMES]
    if isinstance(kind, Flag):
        return [False, True]
    return list(kind.names) if isinstance(kind, Choice) else None


def stepped(key: str, value: Any, step: int) -> Any:
    """The value `step` steps on: of a list the next, round and round; of a number so much more, within its range."""
    if (values := choices(key)) is not None:
        index = values.index(value) if value in values else -1
        return values[(index + step) % len(values)]
    kind = SETTINGS[key].metadata["kind"]
    if isinstance(kind, Whole | Number):
        return min(max(value + step * STEPS.get(key, 5), kind.low), kind.high)
    return value


def row(key: str, label: str, value: Any, width: int) -> Content:
    """One row in `width` cells."""
    return justified(Content(label), _value(key, value), width)


def _value(key: str, value: Any) -> Content:
    """A value in words; a percentage as a bar as well."""
    if key.endswith("volume"):
        full = round(value / 10)
        return Content.assemble(("▮" * full, "$accent"), ("▯" * (10 - full), "$muted"), f"{value:>4}")
    if key == "workout.prepare_s":
        return Content(spoken(value))
    if isinstance(value, bool | str):
        words = WORDS.get(value, str(value).removeprefix("gluteus-").replace("-", " "))
    else:
        words = f"{value}{UNITS.get(key, '')}"
    return Content.styled(words, "$muted" if value is False else "bold")
