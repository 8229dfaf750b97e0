"""The base of all players, their status, and the silent player.

It imports none of the other players, so that each of them can import it; `make_player` selects one.
"""

from collections.abc import Sequence
from typing import NamedTuple

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


class Player:
    """Plays a schedule. No method blocks or raises, whatever happens to the sound. This base plays nothing."""

    @property
    def status(self) -> PlayerStatus:
        """The current status."""
        return PlayerStatus("silent", audible=False)

    def start(self) -> None:
        """Prepare to play; otherwise the first order does so."""

    def load_phrases(self, phrases: Sequence[str]) -> None:
        """Prepare these phrases, in this order."""

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """Replace the remaining schedule by `items`."""

    def set_levels(self, levels: Levels) -> None:
        """Play at these levels at once."""

    def close(self) -> None:
        """End for good."""


class SilentPlayer(Player):
    """Plays nothing, as the base does."""
