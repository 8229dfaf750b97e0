"""The map from instants to frames of a stream: between `time.monotonic` and the clock of an output device.

A device requests frames in pieces. The time of a request, minus the frames delivered so far, is the apparent start of
the stream. A late request makes it too late, never too early, so the minimum of the last seconds is right. Device
clocks run fast or slow: the map follows by slewing, which is inaudible. After a gap, or after lost frames, it steps.
"""

from __future__ import annotations

from collections import deque

RATE = 44_100
"""Frames a second, in every stream and buffer of the program."""
CEILING = round(32_767 * 10 ** (-3 / 20))
"""3 dB below full scale: no single sound is louder, and the mixer compresses sums above it."""
WINDOW_S = 8.0
"""The length of the window for the minimum."""
SLEW = 0.001
"""Seconds per second by which the map follows; no device clock is that wrong."""
STEP_S = 0.005
"""A greater difference is not drift: the map steps."""
LOST_S = ((0.3, 0.030), (2.0, 0.012))
"""If all apparent starts of this many seconds are this much later than older ones, the device has lost frames."""
GAP_S = 0.100
"""Longer than a device's buffer: after a request this late the device had stopped, and the map begins anew."""
SETTLE_S = 0.5
"""A starting device fills its buffers in a burst; for this time the map follows without slewing."""
BIN_S = 0.1


class ExactMap:
    """The map of a buffer whose first frame is heard at the instant `begin`, and whose clock is right."""

    lead_s = 0.0
    """Frames need not be delivered before their instant."""

    def __init__(self, begin: float = 0.0) -> None:
        """`begin` is in the seconds of deadlines."""
        self._begin = begin

    def observe(self, now: float, frames: int) -> None:
        """Do nothing: the clock of a buffer is exact."""

    def frame(self, at: float) -> int:
        """Return the frame that is heard at the instant `at`."""
        return round((at - self._begin) * RATE)


class FrameMap:
    """The map of a device that delays by `latency_s`, with the user's own `offset_s` for slow wireless outputs."""

    def __init__(self, latency_s: float = 0.0, offset_s: float = 0.0) -> None:
        """`latency_s` is the time from delivering a frame to hearing it, `offset_s` an additional delay."""
        self._latency_s = latency_s + offset_s
        self._bins: deque[tuple[float, float]] = deque()
        self._begin = self._target = 0.0
        self._anchored = float("-inf")
        self._last: float | None = None

    @property
    def lead_s(self) -> float:
        """How many seconds before its instant a frame must be delivered."""
        return max(0.0, self._latency_s)

    def frame(self, at: float) -> int:
        """Return the frame that is heard at the instant `at`. Valid after the first `observe`."""
        return round((at - self._latency_s - self._begin) * RATE)

    def observe(self, now: float, frames: int) -> None:
        """Record that the device requests frames at `now`, with `frames` delivered so far."""
        seen = now - frames / RATE
        if self._last is None or seen - self._begin > GAP_S:
            self._bins.clear()
            self._begin, self._anchored, self._last = seen, now, now
        if not self._bins or now - self._bins[-1][0] >= BIN_S:
            self._bins.append((now, seen))
            self._target = self._least(now)
        elif seen < self._bins[-1][1]:
            self._bins[-1] = (self._bins[-1][0], seen)
            self._target = min(self._target, seen)
        difference = self._target - self._begin
        if now - self._anchored >= SETTLE_S and abs(difference) <= STEP_S:
            most = SLEW * (now - self._last)
            difference = max(-most, min(most, difference))
        self._begin += difference
        self._last = now

    def _least(self, now: float) -> float:
        """Return the earliest start in the window; drop older ones, and those before a loss of frames."""
        while now - self._bins[0][0] > WINDOW_S:
            self._bins.popleft()
        least = min(seen for _, seen in self._bins)
        for recent_s, lost_s in LOST_S:
            if min(seen for since, seen in self._bins if now - since <= recent_s) - least > lost_s:
                while now - self._bins[0][0] > recent_s:
                    self._bins.popleft()
                return self._least(now)
        return least
