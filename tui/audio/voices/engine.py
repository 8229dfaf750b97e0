"""The protocol of all voices, programs as well as libraries."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import NamedTuple, Protocol

INSTALL = "pip install 'gluteus[voice]', or install espeak-ng"


class NoVoice(Exception):
    """A voice is missing, or cannot say a phrase; the message says why, in a few words without a full stop."""


class VoiceInfo(NamedTuple):
    """The voice: `voice` is its name, empty if there is none, for `reason`; `note` is a line to show, or empty."""

    voice: str = ""
    note: str = ""
    languages: tuple[str, ...] = ()
    reason: str = ""

    @property
    def advice(self) -> str:
        """Advice if there is no voice, in one line; else empty."""
        return "" if self.voice else f"There is no voice ({self.reason}). For one: {INSTALL}."


class Speech(NamedTuple):
    """16-bit mono samples at `rate` frames a second."""

    samples: array[int]
    rate: int


class Engine(Protocol):
    """A program or library that speaks."""

    @property
    def name(self) -> str:
        """The name and version, for the user."""

    @property
    def key(self) -> str:
        """Everything that affects its speech: a phrase that was rendered under another key is rendered again."""

    @property
    def voices(self) -> Mapping[str, str]:
        """Its own name of the voice for each language, by the language's tag in lower case: `en`, `en-gb`."""

    def speak(self, text: str, voice: str, speed: int) -> Speech:
        """Say `text` at `speed` words a minute. Raises NoVoice."""
