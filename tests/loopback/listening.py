"""A private PulseAudio with a null sink, whose output is recorded and its onsets timed."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.patience import wait_until

RATE = 44_100
QUIET_S = 0.05
"""A sound begins after this many seconds of silence."""
LEVEL = 600
"""The level from which it counts as sound: 35 dB below full scale, above any dither and below any cue."""


class Server:
    """A PulseAudio daemon of its own, with its own socket."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "socket"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which a program plays on this server only, through PulseAudio or ALSA."""
        conf = self.folder / "asound.conf"
        conf.write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
        return {
            "PULSE_SERVER": f"unix:{self.socket}",
            "PULSE_RUNTIME_PATH": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder),
            "ALSA_CONFIG_PATH": f"/usr/share/alsa/alsa.conf:{conf}",
        }

    def start(self, *modules: str) -> None:
        """Start it, in place of one that runs, and wait until it answers."""
        self.kill()
        self.socket.unlink(missing_ok=True)
        loads = [
            f"module-native-protocol-unix socket={self.socket} auth-anonymous=1",
            f"module-null-sink sink_name=ear rate={RATE}",
            *modules,
        ]
        self._process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
            + [argument for load in loads for argument in ("-L", load)],
            env={**{k: v for k, v in os.environ.items() if k != "PULSE_SERVER"}, "HOME": str(self.folder),
                 "PULSE_RUNTIME_PATH": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder)},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until(lambda: self.ask("info").returncode == 0)

    def ask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Ask it with pactl."""
        environment = {**os.environ, **self.environment}
        return subprocess.run(["pactl", *words], env=environment, capture_output=True, text=True, check=False)

    def freeze(self) -> None:
        """Let it hang."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill it, as a crash does."""
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None


@dataclass(frozen=True)
class Heard:
    """One sound: when it began (seconds of `time.monotonic`), how long it was, and its peak."""

    at: float
    length_s: float
    peak: int


class Ear:
    """Records what a server plays, and knows for each frame when it was played."""

    def __init__(self, server: Server) -> None:
        self._process = subprocess.Popen(
            ["parec", "--raw", f"--rate={RATE}", "--channels=1", "--format=s16le", "--latency-msec=10",
             "-d", "ear.monitor"],
            env={**os.environ, **server.environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._data = bytearray()
        self._arrivals: list[tuple[float, int]] = []
        self._thread = threading.Thread(target=self._record, daemon=True)
        self._thread.start()
        time.sleep(2.6)  # an idle null sink has rendered two seconds ahead

    def _record(self) -> None:
        assert self._process.stdout
        while data := os.read(self._process.stdout.fileno(), 65_536):
            self._data += data
            self._arrivals.append((time.monotonic(), len(self._data) // 2))

    def stop(self) -> list[Heard]:
        """End the recording, and give everything that was heard."""
        samples = self._end()
        begin, slope = self._line()
        return [
            Heard(begin + (1 / RATE + slope) * first, (last - first) / RATE, peak)
            for first, last, peak in _sounds(samples)
        ]

    def levels(self) -> list[tuple[float, int]]:
        """End the recording, and give the usual sample of each 50 ms, with its instant."""
        samples = self._end()
        begin, slope = self._line()
        size = RATE // 20
        return [
            (begin + (1 / RATE + slope) * first, sorted(samples[first : first + size])[size // 2])
            for first in range(0, len(samples) - size, size)
        ]

    def close(self) -> None:
        """End the recording, if it has not ended."""
        self._process.kill()
        self._process.wait()
        self._thread.join(2)

    def lost_s(self) -> float:
        """Return the largest deviation of the server's and the recorder's own time from an even course.

        Where it has, frames were lost or doubled on the way to the ear, and no instant that it heard can be trusted.
        """
        points = self._least_begins()
        if len(points) < 3:
            return 0.0
        begin, slope = self._line()
        return max(abs(at - begin - slope * frames) for frames, at in points)

    def _end(self) -> array[int]:
        time.sleep(0.3)
        self.close()
        return array("h", bytes(self._data[: len(self._data) // 2 * 2]))

    def _least_begins(self) -> list[tuple[int, float]]:
        """For each second the frames that had arrived, and when the recording seems to have begun, at the earliest."""
        least: dict[int, tuple[int, float]] = {}
        for at, frames in self._arrivals:
            begin = at - frames / RATE
            second = int(at)
            if second not in least or begin < least[second][1]:
                least[second] = (frames, begin)
        return list(least.values())[3:-1] or list(least.values())

    def _line(self) -> tuple[float, float]:
        """The recorder's clock, as a line below all its arrivals: the beginning, and the seconds that a frame gains."""
        points = self._least_begins()
        mean_x = sum(x for x, _ in points) / len(points)
        mean_y = sum(y for _, y in points) / len(points)
        square = sum((x - mean_x) ** 2 for x, _ in points) or 1.0
        slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / square
        return mean_y - slope * mean_x, slope


def _sounds(samples: Sequence[int]) -> list[tuple[int, int, int]]:
    """The first frame, the last frame and the peak of each sound."""
    found: list[tuple[int, int, int]] = []
    loud = [i for i, value in enumerate(samples) if value > LEVEL or value < -LEVEL]
    if not loud:
        return found
    start = last = loud[0]
    for i in [*loud[1:], len(samples) + RATE]:
        if i - last > QUIET_S * RATE:
            found.append((start, last, max(abs(value) for value in samples[start : last + 1])))
            start = i
        last = i
    return found


def errors_ms(heard: Sequence[Heard], wanted: Sequence[float]) -> tuple[float, list[float]]:
    """The usual lateness, and how far each onset is from it, in milliseconds, the least first."""
    late = sorted((sound.at - at) * 1000 for sound, at in zip(heard, wanted, strict=True))
    middle = late[len(late) // 2]
    return middle, sorted(abs(value - middle) for value in late)


def quantile(ordered: Sequence[float], part: float) -> float:
    """The value below which `part` of the ordered values lie."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
