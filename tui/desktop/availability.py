"""Whether the user must not be disturbed: a call, detected by the use of a microphone, and do-not-disturb."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from tui.desktop.bus import Bus
from tui.desktop.programs import answer_of


def is_in_call() -> bool:
    """Check whether a program uses a microphone, according to PulseAudio or PipeWire."""
    if (outputs := answer_of(["pactl", "list", "source-outputs"])) is not None:
        listening = set(microphones_used(outputs))
        return bool(listening) and not listening <= monitors(answer_of(["pactl", "list", "short", "sources"]) or "")
    return has_input_stream(answer_of(["pw-dump"]) or "")


def microphones_used(outputs: str) -> Iterable[str]:
    """Yield the number of the source of each program that `pactl list source-outputs` names.

    A program whose stream is corked is left out, and so is a level meter.
    """
    for block in outputs.split("Source Output #")[1:]:
        source = re.search(r"^\s*Source: (\d+)$", block, re.MULTILINE)
        is_meter = "Resample method: peaks" in block
        if source and not is_meter and not re.search(r"^\s*Corked: yes$", block, re.MULTILINE):
            yield source[1]


def monitors(sources: str) -> set[str]:
    """Return the numbers of the sources that monitor an output, from `pactl list short sources`."""
    rows = (line.split("\t") for line in sources.splitlines())
    return {number for number, name, *_ in (row for row in rows if len(row) > 1) if name.endswith(".monitor")}


def has_input_stream(dump: str) -> bool:
    """Check whether `pw-dump` lists a program that is recording from a microphone."""
    with suppress(ValueError, AttributeError, TypeError):
        return any(_is_input(node.get("info") or {}) for node in json.loads(dump))
    return False


def _is_input(info: dict[str, Any]) -> bool:
    about = info.get("props") or {}
    records_sound_played = str(about.get("stream.capture.sink", "")).lower() == "true"
    is_stream = about.get("media.class") == "Stream/Input/Audio" and not records_sound_played
    return is_stream and info.get("state") == "running"


def is_not_to_be_disturbed(session: Bus) -> bool:
    """Check whether do-not-disturb is on in GNOME, KDE or dunst; False if that is unknown."""
    where = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
    for interface, key in (("org.freedesktop.Notifications", "Inhibited"), ("org.dunstproject.cmd0", "paused")):
        if session.properties(*where, interface).get(key) is True:
            return True
    answer = answer_of(["gsettings", "get", "org.gnome.desktop.notifications", "show-banners"])
    return (answer or "").strip() == "false"
