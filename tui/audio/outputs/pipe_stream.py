"""A stream through a pipe to the sound server's own player: `pacat` of PulseAudio, or `pw-cat` of PipeWire."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

from tui.audio.frame_map import RATE
from tui.audio.outputs import NoOutput, OutputConfig
from tui.audio.outputs.stream import Stream
from tui.plain_text import plain_text

BLOCK = RATE // 100
"""Frames written at once: 10 ms."""
PIPE_BYTES = 4096
"""The smallest size of a Linux pipe, 46 ms; the default of 64 KiB would delay the sound by most of a second."""
LATENCY_S = 0.080
"""The time from writing a frame to hearing it, measured with these sizes."""
PLAYING_S = 0.12
"""More than the pipe and the player can buffer: once this much was written, the server is playing."""
CONNECT_S = 2.5


class PipeStream(Stream):
    """A stream that a thread pushes into a player's standard input; the full pipe sets the pace."""

    def __init__(self, config: OutputConfig, command: list[str]) -> None:
        """Start `command` and wait until it plays. Raises NoOutput."""
        super().__init__(config, LATENCY_S)
        self.device = Path(command[0]).name
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, bufsize=0
            )
        except OSError as error:
            raise NoOutput(f"{self.device} cannot be started ({error.strerror})") from None
        self._pushed = 0
        Thread(target=self._push, name="pipe", daemon=True).start()
        deadline = time.monotonic() + CONNECT_S
        while self._pushed < PLAYING_S * RATE:
            if self._process.poll() is not None or time.monotonic() > deadline:
                self._process.kill()
                words = self._last_error()
                self.close()
                raise NoOutput(f"{self.device} does not play ({words})")
            time.sleep(0.02)

    def _push(self) -> None:
        """Write block after block until the player has ended."""
        pipe = self._process.stdin
        assert pipe
        if sys.platform == "linux":
            import fcntl

            with suppress(OSError):
                fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        with suppress(OSError, ValueError), pipe:
            while self._process.returncode is None:
                pipe.write(self.pull(BLOCK).tobytes())
                self._pushed += BLOCK

    def _last_error(self) -> str:
        assert self._process.stderr
        lines = (self._process.stderr.read(4096) or b"").decode(errors="replace").strip().splitlines()
        return plain_text(lines[-1]) if lines else "no answer"

    def idle_s(self, now: float) -> float:
        """Compute the seconds since the last pull; infinity once the player has ended."""
        return super().idle_s(now) if self._process.poll() is None else float("inf")

    def close(self) -> None:
        """End the player."""
        self._process.kill()
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()


def _command() -> list[str]:
    """Return the command of the installed player. Raises NoOutput."""
    if program := shutil.which("pacat"):
        return [
            program, "--playback", "--raw", "--format=s16ne", f"--rate={RATE}", "--channels=1", "--latency-msec=60",
            "--process-time-msec=10", "--client-name=Gluteus", "--stream-name=Gluteus",
        ]  # fmt: skip
    if program := shutil.which("pw-cat"):
        usage = subprocess.run([program, "--help"], capture_output=True, check=False).stdout
        raw = ["--raw"] if b"--raw" in usage else []
        return [program, "--playback", *raw, "--format=s16", f"--rate={RATE}", "--channels=1", "--latency=40ms", "-"]
    raise NoOutput("neither pacat nor pw-cat is installed")


def open_output(config: OutputConfig) -> PipeStream:
    """Open the server's default device. Raises NoOutput."""
    return PipeStream(config, _command())
