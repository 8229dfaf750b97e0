"""The default output: a stream through miniaudio.

Problems that it works around: a device left open hangs the interpreter's exit; each context holds five file descriptors
until it is released explicitly; without any audio library it opens "Null" and reports success; looking for JACK can
crash the process.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Generator
from typing import Any

from tui.audio.frame_map import RATE
from tui.audio.miniaudio_library import load_miniaudio
from tui.audio.outputs import NoOutput, OutputConfig
from tui.audio.outputs.stream import Stream
from tui.plain_text import plain_text

PERIOD_MS = 40
"""A sound server requests quarters of it; a quarter is a whole number of frames, so its requests do not drift."""
PERIODS = 3
LATENCY_S = 0.030
"""The time from the request for a frame to hearing it, measured with these periods."""


class MiniaudioStream(Stream):
    """A stream that miniaudio pulls from its own thread."""

    def __init__(self, config: OutputConfig) -> None:
        """Open the default device and start it. Raises NoOutput."""
        super().__init__(config, LATENCY_S)
        try:
            self._miniaudio: Any = load_miniaudio()
        except (ImportError, OSError) as error:
            raise NoOutput(f"not installed ({plain_text(str(error))})") from None
        self._device: Any = self._miniaudio.PlaybackDevice.__new__(self._miniaudio.PlaybackDevice)
        try:
            self._start()
        except self._miniaudio.MiniaudioError as error:
            self.close()
            raise NoOutput(plain_text(", ".join(map(str, error.args)))) from None
        self.device = str(self._device.backend)

    def _start(self) -> None:
        backend = self._miniaudio.Backend
        self._device.__init__(
            output_format=self._miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE,
            buffersize_msec=PERIOD_MS,
            callback_periods=PERIODS,
            backends=[backend.PULSEAUDIO, backend.ALSA] if sys.platform == "linux" else None,
            app_name="Gluteus",
        )
        if self._device.backend == "Null":
            raise self._miniaudio.MiniaudioError("no sound device")
        frames = self._frames()
        next(frames)
        self._device.start(frames)

    def _frames(self) -> Generator[array[int], int, None]:
        """Yield samples; the device sends the number of frames that it needs."""
        count = yield array("h")
        while True:
            count = yield self.pull(count)

    def close(self) -> None:
        """Stop the device and release its context and file descriptors. Hangs if the sound server does."""
        device, self._device = self._device, None
        if device is None:
            return
        context = getattr(device, "_context", None)
        if getattr(device, "_device", None) is not None:
            device.close()
        if context is not None:
            self._miniaudio.lib.ma_context_uninit(context)


open_output = MiniaudioStream
