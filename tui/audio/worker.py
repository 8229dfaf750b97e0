"""The audio worker: `python -m tui.audio.worker`.

It reads orders from standard input and writes its status to standard output, one JSON object per line. It ends when its
input ends, so it never outlives the program that started it.

As it is a separate process, a stalled screen delays no beep, a crash of an audio library does not end the workout, and
no library prints on the screen.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import IO, Any

from tui.audio.answers import answer, open_answers
from tui.audio.outputs import OutputConfig
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import levels_from_json, schedule_from_json
from tui.audio.sound_files import load_sounds
from tui.audio.supervisor import Supervisor
from tui.audio.voices.phrase_loader import PhraseLoader
from tui.audio.voices.speaker import Speaker
from tui.sound_backends import backends_to_try

DEAD_EXIT = 75
"""Exit code if the output has died or hangs: the program starts another worker."""
FADE_S = 0.06
"""The seconds at the end for a sounding cue to fade out."""


class Worker:
    """Carries out the orders. `say` sends one status object."""

    def __init__(self, say: Callable[[Mapping[str, object]], None]) -> None:
        """Open nothing before the first order, `setup`."""
        self._say = say
        self._store = SampleStore()
        self._loader: PhraseLoader | None = None
        self._supervisor: Supervisor | None = None

    def obey(self, message: Mapping[str, Any]) -> None:
        """Carry out one order. Raises ValueError, TypeError or KeyError if it is malformed."""
        match message["order"]:
            case "setup":
                self._set_up(message)
            case "levels" if self._supervisor:
                self._supervisor.set_levels(levels_from_json(message))
            case "schedule" if self._supervisor:
                self._supervisor.schedule(schedule_from_json(message["items"]))
            case "phrases" if self._loader:
                self._loader.load(message["phrases"])
            case other:
                raise ValueError(f"unexpected order {other!r}")

    def _set_up(self, message: Mapping[str, Any]) -> None:
        """Load the sounds and open the first output that can be."""
        sounds, notes = load_sounds(Path(message["own_sounds"]), Path(message["sounds"]))
        self._store.sounds.update(sounds)
        config = OutputConfig(self._store, message["offset_s"], message["awake"])
        self._say({"notes": notes})
        self._supervisor = Supervisor(
            backends_to_try(message["backend"]), message["barred"], config,
            report=lambda report: self._say(report._asdict()), end=lambda: os._exit(DEAD_EXIT),
        )  # fmt: skip
        self._loader = PhraseLoader(
            self._store, Speaker(message["voice"]),
            report=lambda about: self._say({"voice": about.voice, "note": about.note}),
        )  # fmt: skip
        gc.freeze()
        self._supervisor.start()

    def end(self) -> None:
        """Fade out."""
        if self._supervisor:
            self._supervisor.schedule(())
            time.sleep(FADE_S)


def _status_writer(out: IO[bytes]) -> Callable[[Mapping[str, object]], None]:
    """Return a function that writes one status line, from any thread."""
    lock = Lock()

    def say(status: Mapping[str, object]) -> None:
        with lock:
            answer(out, status)

    return say


def main() -> None:
    """Serve until standard input ends; then exit at once, as an open library may hang an orderly exit."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    worker = Worker(_status_writer(open_answers()))
    try:
        for line in sys.stdin.buffer:
            try:
                worker.obey(json.loads(line))
            except (ValueError, TypeError, KeyError) as error:
                print(f"order not understood: {error!r}", file=sys.stderr, flush=True)
        worker.end()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
