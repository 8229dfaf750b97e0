"""The protocol of all players, their status, and the silent player.

It imports none of the other players, so that each of them can import it; `make_player` chooses among them.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tui.audio.schedule import Levels, Scheduled

SEE_DOCTOR = "See gluteus doctor."
"""The end of a note about a problem with the sound."""

SOUND_IS_BACK = "The sound is back."
"""The notice when a player is audible again."""


class PlayerStatus(NamedTuple):
    """The current output, and its problems.

    `audible` is False if only the screen can show the cues. `note` is empty while everything is muted, as problems of
    the sound do not matter then. `latency_s` is from handing over to hearing; `tried` are the outputs that cannot be
    used, each with the reason; `voice` is the name of the voice, empty if there is none, and before the first phrase.
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
        """The current status."""

    def start(self) -> None:
        """Get ready; otherwise the first order does it."""

    def load_phrases(self, phrases: Sequence[str]) -> None:
        """Have these phrases ready to be said, the first of them first."""

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """Replace everything that remains by `items`."""

    def set_levels(self, levels: Levels) -> None:
        """Play at these levels at once."""

    def close(self) -> None:
        """End for good."""


class SilentPlayer:
    """Plays nothing."""

    def __init__(self) -> None:
        """Nothing has to be opened."""
        self.status = PlayerStatus("silent", audible=False)

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
