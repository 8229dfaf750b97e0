"""Where an instant lies in a stream of frames: the map between `time.monotonic` and an output device's own clock.

A device asks for frames in pieces. The moment of asking, less the frames it has had so far, is when the stream seems to
have begun. A late asking makes that too late, never too early, so the least value of the last seconds is the truth.
Device clocks run fast or slow: the map follows by slewing, which no ear notices. After a gap, or where frames were
lost, it steps.
"""

from __future__ import annotations

from collections import deque

RATE = 44_100
"""Frames a second, in every stream and buffer of the program."""
CEILING = round(32_767 * 10 ** (-3 / 20))
"""3 dB below full scale: no buffer is louder by itself, and the mixer compresses sums above it."""
WINDOW_S = 8.0
"""How far back the least beginning is looked for."""
SLEW = 0.001
"""Seconds a second by which the map follows; no device's clock is as wrong as that."""
STEP_S = 0.005
"""A greater difference is no drift: the map steps over it."""
LOST_S = ((0.3, 0.030), (2.0, 0.012))
"""If all starts in this many seconds are this much later than older ones, the device has lost frames."""
GAP_S = 0.100
"""Longer than a device's buffer: one that asks this late has stopped in between, and the map begins anew."""
SETTLE_S = 0.5
"""A device that starts fills its buffers in a burst; for this long the map follows without slewing."""
BIN_S = 0.1


class ExactMap:
    """The map of a buffer whose first frame is heard at the instant `begin`, and whose clock is right."""

    lead_s = 0.0
    """No frame has to be handed over before its instant."""

    def __init__(self, begin: float = 0.0) -> None:
        """`begin`: in the seconds that deadlines are in."""
        self._begin = begin

    def observe(self, now: float, frames: int) -> None:
        """Do nothing: the clock of a buffer is exact."""

    def frame(self, at: float) -> int:
        """Return the frame that is heard at the instant `at`."""
        return round((at - self._begin) * RATE)


class FrameMap:
    """The map of a device that delays by `latency_s`, with the user's own `offset_s` for slow wireless outputs."""

    def __init__(self, latency_s: float = 0.0, offset_s: float = 0.0) -> None:
        """`latency_s`: from handing a frame over to hearing it. `offset_s`: how much later still it is heard."""
        self._latency_s = latency_s + offset_s
        self._bins: deque[tuple[float, float]] = deque()
        self._begin = self._target = 0.0
        self._anchored = float("-inf")
        self._last: float | None = None

    @property
    def lead_s(self) -> float:
        """The number of seconds before its instant at which a frame must be handed over."""
        return max(0.0, self._latency_s)

    def frame(self, at: float) -> int:
        """Return the frame that is heard at the instant `at`. Valid after the first `observe`."""
        return round((at - self._latency_s - self._begin) * RATE)

    def observe(self, now: float, frames: int) -> None:
        """Take note that at `now`, with `frames` handed over so far, the device asks for more."""
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
        """Return the earliest start in the window; forget what is older, or from before a loss of frames."""
        while now - self._bins[0][0] > WINDOW_S:
            self._bins.popleft()
        least = min(seen for _, seen in self._bins)
        for recent_s, lost_s in LOST_S:
            if min(seen for since, seen in self._bins if now - since <= recent_s) - least > lost_s:
                while now - self._bins[0][0] > recent_s:
                    self._bins.popleft()
                return self._least(now)
        return least
