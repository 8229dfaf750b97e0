"""Fills a store with phrases while it is being played, so that the beeps do not wait for the voice."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Thread

from tui.audio.frame_map import RATE
from tui.audio.sample_store import SampleStore
from tui.audio.voices.engine import VoiceInfo
from tui.audio.voices.speaker import Speaker

MOST_S = 1200.0
"""The most seconds of speech in a store, about 100 MB; no real workout has as much."""

LINGER_S = 2.0
"""How long the voice's process waits for more phrases, before it is ended to free its memory."""


class PhraseLoader:
    """Renders phrases in the order in which they are due, in a separate thread."""

    def __init__(self, store: SampleStore, speaker: Speaker, report: Callable[[VoiceInfo], None]) -> None:
        """`report` receives the voice, and again whenever it changes."""
        self._store, self._speaker, self._report = store, speaker, report
        self._wanted: deque[str] = deque()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._loaded_s = 0.0

    def load(self, phrases: Sequence[str]) -> None:
        """Render `phrases`, in this order; pending ones of an earlier list are dropped."""
        with self._changed:
            self._wanted = deque(phrase for phrase in phrases if phrase not in self._store.phrases)
            if self._thread is None:
                self._thread = Thread(target=self._run, name="voice", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        about = self._speaker.about()
        self._report(about)
        while True:
            with self._changed:
                if not self._changed.wait_for(lambda: self._wanted, LINGER_S):
                    self._speaker.close()
                    self._changed.wait_for(lambda: self._wanted)
                phrase = self._wanted.popleft()
            samples = self._speaker.speak(phrase) if self._loaded_s < MOST_S else None
            self._store.phrases[phrase] = samples or array("h")
            self._loaded_s += len(samples or ()) / RATE
            if (now := self._speaker.about()) != about:
                about = now
                self._report(about)
