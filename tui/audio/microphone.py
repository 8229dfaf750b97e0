"""Records from the default microphone, in a separate process: `python -m tui.audio.microphone`.

It is a separate process for the same reasons as the audio worker: a library that crashes, hangs at its end or prints
must not affect the program. It reports that it records, or why it cannot, in a line of JSON. When its input ends it
reports the start of the recording and the number of samples that follow.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from array import array
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from subprocess import Popen
from typing import IO, Any

from tui.audio.answers import answer, ask, discard, open_answers
from tui.audio.calibration import Recording
from tui.audio.frame_map import RATE
from tui.audio.miniaudio_library import load_miniaudio
from tui.audio.spawn import start_logged
from tui.plain_text import UserError, plain_text

PERIOD_MS = 10
LATENCY_S = 0.0
"""The least time from a sound at the microphone to the delivery of its samples, as measured with this period."""
ANSWER_S = 10.0
"""A process that takes longer to open the microphone, or to deliver its recording, hangs."""
LONGEST_S = 60.0
LOST_S = 0.02
"""A recording shorter than its duration by this much has lost sound, so its instants are wrong."""


class NoMicrophone(UserError):
    """No microphone is available; the message says why and what to do, in a line."""


class Microphone:
    """The program's end of the pipe; recording begins at once."""

    def __init__(self, log: Path, start: Callable[[str, Path], Popen[bytes]] = start_logged) -> None:
        """Start the process, whose errors go to `log`, and wait until it records. Raises NoMicrophone."""
        try:
            self._process = start("tui.audio.microphone", log)
        except OSError as error:
            raise NoMicrophone(f"The microphone cannot be used: {error.strerror}.") from None
        try:
            self._answer()
        except BaseException:
            self.close()
            raise

    def stop(self) -> Recording:
        """Return the whole recording. Raises NoMicrophone."""
        assert self._process.stdin
        self._process.stdin.close()
        head, samples = self._answer()
        return Recording(samples, float(head["begin"]))

    def close(self) -> None:
        """End the process."""
        discard(self._process)

    def _answer(self) -> tuple[Mapping[str, Any], array[int]]:
        """Return the next answer. Raises NoMicrophone if it reports a reason, or there is none."""
        try:
            head, samples = ask(self._process, ANSWER_S)
        except (OSError, ValueError):
            raise NoMicrophone("The microphone cannot be used: it does not answer.") from None
        if "reason" in head:
            raise NoMicrophone(str(head["reason"]))
        return head, samples


class Listening:
    """The recording so far, and its start by the clock.

    The device delivers pieces, each a little late. The time of a delivery, minus all frames so far, is the apparent
    start of the recording; the earliest of these is right, as for the outputs.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.samples = array("h")
        self._begins: list[float] = []

    def take(self, data: bytes) -> None:
        """Add `data`, which the device has just delivered."""
        if len(self.samples) < LONGEST_S * RATE:
            self.samples.frombytes(data)
            self._begins.append(self._clock() - len(self.samples) / RATE)

    def outcome(self) -> dict[str, Any]:
        """Build the line that ends the recording."""
        half = len(self._begins) // 2
        if not half:
            return {"reason": "The microphone gives no sound: choose another as the default."}
        first, later = min(self._begins[:half]), min(self._begins[half:])
        if later - first > LOST_S:
            return {"reason": "The recording has gaps: close other programs, and try again."}
        return {"begin": min(first, later) - LATENCY_S, "count": len(self.samples)}


def _opened(miniaudio: Any) -> Any:
    """Open the default microphone. Raises MiniaudioError."""
    backend = miniaudio.Backend
    device = miniaudio.CaptureDevice(
        input_format=miniaudio.SampleFormat.SIGNED16,
        nchannels=1,
        sample_rate=RATE,
        buffersize_msec=PERIOD_MS,
        backends=[backend.PULSEAUDIO, backend.ALSA] if sys.platform == "linux" else None,
        app_name="Gluteus",
    )
    if device.backend == "Null":
        raise miniaudio.MiniaudioError("there is none")
    return device


def _record(out: IO[bytes]) -> None:
    """Record until standard input ends, and report the recording."""
    listening = Listening()

    def pieces() -> Generator[None, Any, None]:
        while True:
            listening.take(bytes((yield)))

    taker = pieces()
    next(taker)
    try:
        miniaudio = load_miniaudio()
    except (ImportError, OSError) as error:
        answer(out, {"reason": f"Listening needs miniaudio, which is not installed ({plain_text(str(error))})."})
        return
    try:
        device = _opened(miniaudio)
        device.start(taker)
    except miniaudio.MiniaudioError as error:
        words = plain_text(", ".join(map(str, error.args)))
        answer(out, {"reason": f"There is no microphone ({words}): connect one, or turn it on."})
        return
    answer(out, {"listening": True})
    sys.stdin.buffer.read()
    outcome = listening.outcome()
    answer(out, outcome, listening.samples[: outcome.get("count", 0)].tobytes())


def main() -> None:
    """Record, then exit at once, as an open library may hang an orderly exit."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a ctrl+c is for the program that started this one
    try:
        _record(open_answers())
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
