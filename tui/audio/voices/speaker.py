"""Asks the voice's process for the samples of a phrase, and replaces the process when it crashes or hangs."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from contextlib import suppress
from subprocess import DEVNULL, Popen, TimeoutExpired
from threading import Timer
from typing import Any, NamedTuple

from tui.audio.spawn import start_module
from tui.audio.voices import readable

ANSWER_S = 15.0
"""A process that takes longer for one answer hangs, and is ended."""
INSTALL = "pip install 'gluteus[voice]', or install espeak-ng"
CLOSE_S = 0.5
MOST_DEATHS = 3
"""The number of crashes without an answer after which speech ends: each costs seconds and a process."""


class VoiceInfo(NamedTuple):
    """The voice: `voice` is its name, empty if there is none, for `reason`; `note` is a line to show, or empty."""

    voice: str = ""
    note: str = ""
    languages: tuple[str, ...] = ()
    reason: str = ""

    @property
    def advice(self) -> str:
        """What to do if there is no voice, in one line; else empty."""
        return "" if self.voice else f"There is no voice ({self.reason}). For one: {INSTALL}."


class _Died(Exception):
    """The process has ended instead of answering."""


class Speaker:
    """Says one phrase after the other. For one thread at a time."""

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
                self._bury()
        return self._about or VoiceInfo(reason="the voice keeps failing")

    def speak(self, text: str) -> array[int] | None:
        """Return the samples of `text`, 16-bit mono at RATE; None if it cannot be said."""
        text = readable(text)
        if not text or not self.about().voice or self._deaths >= MOST_DEATHS:
            return None
        try:
            _, samples = self._ask(self._running(), json.dumps(text).encode() + b"\n")
        except _Died:
            self._bury()
            return None
        self._deaths = 0
        return samples or None

    def close(self) -> None:
        """End the process and what it has started; the next phrase starts another. One that does not end is killed."""
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

    def _ask(self, process: Popen[bytes], question: bytes = b"") -> tuple[Mapping[str, Any], array[int]]:
        """Return the answer to a question, or the first line: a line of JSON, and samples. Raises _Died.

        If the line names the voice, that is stored.
        """
        assert process.stdin and process.stdout
        limit = Timer(ANSWER_S, process.kill)
        limit.daemon = True
        limit.start()
        try:
            process.stdin.write(question)
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            size = 2 * int(answer.get("count", 0))
            data = process.stdout.read(size)
        except (OSError, ValueError):
            raise _Died from None
        finally:
            limit.cancel()
        if len(data) < size:
            raise _Died
        if "voice" in answer:
            self._about = VoiceInfo(answer["voice"], answer["note"], tuple(answer["languages"]), answer["reason"])
        return answer, array("h", data)

    def _bury(self) -> None:
        """Count a death, and remove what is left of the process."""
        self._deaths += 1
        self._discard()

    def _discard(self) -> None:
        """Remove what is left of the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
