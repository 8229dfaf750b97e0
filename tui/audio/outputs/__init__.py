"""The ways out to a loudspeaker, behind one protocol, and the order in which they are tried."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from tui.audio.bank import Bank
from tui.audio.schedule import Levels, Scheduled

_MODULES = {
    "miniaudio": "miniaudio_stream",
    "pipe": "pipe_stream",
    "simpleaudio": "simpleaudio_buffers",
    "command": "command_buffers",
}
CHOICES = ("auto", *_MODULES, "bell", "silent")
"""What `audio.backend` may be."""


class Unavailable(Exception):
    """A way out cannot be opened; the text says why, in a few words without a full stop."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every output plays from. `offset_s`: how much later than it claims the device is heard."""

    bank: Bank
    offset_s: float = 0.0
    awake: bool = False


class Output(Protocol):
    """An open way out. Its methods return soon, save `close`."""

    device: str
    """What it plays on, for a person."""
    latency_s: float
    """From handing over to hearing, in seconds."""

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """`items` replace everything that remains."""

    def set_levels(self, levels: Levels) -> None:
        """Play at these levels at once."""

    def idle_s(self, now: float) -> float:
        """For how long it has given no sign of life."""

    def close(self) -> None:
        """Give everything back. May hang where the sound server does."""


class _Module(Protocol):
    def open_output(self, desk: Desk) -> Output: ...


def order(configured: str) -> tuple[str, ...]:
    """The outputs to try, best first; `configured` comes before the others."""
    first = [configured] if configured in _MODULES else []
    return tuple(dict.fromkeys([*first, *_MODULES]))


def open_output(name: str, desk: Desk) -> Output:
    """Open the output called `name`. Raises Unavailable."""
    module = cast(_Module, importlib.import_module(f"{__name__}.{_MODULES[name]}"))
    return module.open_output(desk)
