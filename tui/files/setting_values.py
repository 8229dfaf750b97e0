"""One setting by its dotted key, in a Settings value: `audio.volume`, `cues.tempo.on`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tui.engine.model import CueClass
from tui.files.settings import SETTINGS, Settings


def value_of(settings: Settings, key: str) -> Any:
    """What is set for `key`."""
    section, *cue, name = key.split(".")
    holder: Any = settings.cues[CueClass(cue[0])] if cue else getattr(settings, section)
    return getattr(holder, name)


def with_value(settings: Settings, key: str, value: object) -> Settings:
    """The settings with `key` changed. Raises KeyError or ValueError where there is no such setting or value."""
    value = SETTINGS[key].kind.read(value)
    section, *cue, name = key.split(".")
    if cue:
        kind = CueClass(cue[0])
        return replace(settings, cues={**settings.cues, kind: _with(settings.cues[kind], name, value)})
    return replace(settings, **{section: _with(getattr(settings, section), name, value)})


def _with(section: Any, name: str, value: object) -> Any:
    return replace(section, **{name: value})
