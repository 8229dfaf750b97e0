"""What the conductor plays on: one protocol, and the player that suits this machine. Loads no audio library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tui.audio.schedule import Levels, Scheduled

if TYPE_CHECKING:
    from tui.storage.places import Places
    from tui.storage.settings import Settings

__all__ = ["Levels", "Player", "PlayerStatus", "Scheduled", "SilentPlayer", "make_player"]


@dataclass(frozen=True, slots=True)
class PlayerStatus:
    """What plays, and what a person should know about it.

    `audible` is False where a visual twin must do. `latency_s` is from handing over to hearing; `tried` are the outputs
    that were passed over, each with the reason; `voice` is who speaks, empty for nobody, and until there is a phrase.
    """

    backend: str
    note: str = ""
    audible: bool = True
    device: str = ""
    latency_s: float = 0.0
    tried: tuple[tuple[str, str], ...] = ()
    voice: str = ""


class Player(Protocol):
    """Plays a schedule. No method blocks or raises, whatever happens to the sound."""

    @property
    def status(self) -> PlayerStatus:
        """What plays now."""

    def start(self) -> None:
        """Get ready; otherwise the first order does it."""

    def load_phrases(self, phrases: Sequence[str]) -> None:
        """Have these phrases ready to be said, the first of them first."""

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """`items` replace everything that remains."""

    def set_levels(self, levels: Levels) -> None:
        """Play at these levels at once."""

    def close(self) -> None:
        """End for good."""


class SilentPlayer:
    """Plays nothing."""

    def __init__(self, note: str = "") -> None:
        """`note`: why, where that is not the person's own wish."""
        self.status = PlayerStatus("silent", note, audible=False)

    def start(self) -> None:
        """Nothing has to be made ready."""

    def load_phrases(self, phrases: Sequence[str]) -> None:
        """Nothing is said."""

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """Nothing is played."""

    def set_levels(self, levels: Levels) -> None:
        """Silence has one level."""

    def close(self) -> None:
        """Nothing has to be given back."""


def make_player(settings: Settings, places: Places, ring: Callable[[], None]) -> Player:
    """The player that the settings ask for.

    `ring` rings the terminal's bell; it is called from a thread of the player's, must return at once and never raise.
    """
    if settings.audio.backend == "silent":
        return SilentPlayer()
    from tui.audio.bell import BellPlayer

    bell = BellPlayer(ring)
    if settings.audio.backend == "bell":
        return bell
    from tui.audio.link import WorkerPlayer
    from tui.audio.spawn import setup, spawn_worker

    return WorkerPlayer(lambda: spawn_worker(places.audio_log), setup(settings, places), bell)
