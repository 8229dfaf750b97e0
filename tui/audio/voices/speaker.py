"""Requests the samples of phrases from the voice's process, and replaces the process if it crashes or hangs."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from contextlib import suppress
from subprocess import DEVNULL, Popen, TimeoutExpired

from tui.audio.answers import ask, discard
from tui.audio.spawn import start_module
from tui.audio.voices import readable
from tui.audio.voices.engine import VoiceInfo

ANSWER_S = 15.0
"""A process that takes longer for one answer hangs, and is killed."""
CLOSE_S = 0.5
MOST_DEATHS = 3
"""The number of crashes without an answer after which speech ends: each costs seconds and a process."""


class _Died(Exception):
    """The process has ended instead of answering."""


class Speaker:
    """Says one phrase after the other. Not thread-safe."""

    def __init__(self, setup: Mapping[str, object]) -> None:
        """`setup`: the `language`, the `speed` in words a minute, the folder of the `cache`, the user's `command`."""
        self._setup = json.dumps(dict(setup))
        self._process: Popen[bytes] | None = None
        self._about: VoiceInfo | None = None
        self._deaths = 0

    def about(self) -> VoiceInfo:
        """Return the voice that speaks. The first call starts the process; a voice that fails may be replaced."""
        while self._about is None and self._deaths < MOST_DEATHS:
            try:
                self._running()
            except _Died:
                self._count_death()
        return self._about or VoiceInfo(reason="the voice keeps failing")

    def speak(self, text: str) -> array[int] | None:
        """Return the samples of `text`, 16-bit mono at RATE; None if it cannot be said."""
        text = readable(text)
        if not text or not self.about().voice or self._deaths >= MOST_DEATHS:
            return None
        try:
            samples = self._ask(self._running(), json.dumps(text).encode() + b"\n")
        except _Died:
            self._count_death()
            return None
        self._deaths = 0
        return samples or None

    def close(self) -> None:
        """End the process and its children; the next phrase starts another. One that does not end is killed."""
        if self._process:
            self._process.terminate()
            with suppress(TimeoutExpired):
                self._process.wait(CLOSE_S)
            self._discard()

    def _running(self) -> Popen[bytes]:
        """Return the process, started if there is none. Raises _Died."""
        if self._process is None:
            try:
                self._process = start_module("tui.audio.voices.process", self._setup, errors=DEVNULL)
            except OSError:
                raise _Died from None
            self._ask(self._process)
        return self._process

    def _ask(self, process: Popen[bytes], question: bytes = b"") -> array[int]:
        """Return the samples of an answer; if it names the voice, that is stored. Raises _Died."""
        try:
            head, samples = ask(process, ANSWER_S, question)
        except (OSError, ValueError):
            raise _Died from None
        if "voice" in head:
            self._about = VoiceInfo(head["voice"], head["note"], tuple(head["languages"]), head["reason"])
        return samples

    def _count_death(self) -> None:
        self._deaths += 1
        self._discard()

    def _discard(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            discard(process)
