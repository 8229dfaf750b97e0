"""Turns a schedule into frames. Pure: the time is an argument, and the same mixer feeds a device or a file."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from operator import add

from tui.audio.cue_queue import CueQueue, is_too_late
from tui.audio.frame_map import CEILING, RATE, ExactMap, FrameMap
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Levels, Scheduled

RAMP = RATE // 100
"""The frames (10 ms) in which a sound fades out or changes its level."""
_ROOM = 32_767 - CEILING
_UNIT = 1 << 15
BREATH = RATE // 4
"""The frames of silence between two phrases."""
WAKING_S = 3.0
"""How long a new device may take only a first buffer until it is awake; phrases wait for it."""
OVERRUN_S = 0.05
"""A phrase that is late by less than this is not cut off."""
NOISE_PEAK = 33
"""60 dB below full scale: inaudible, but enough to keep a wireless loudspeaker awake."""


class _Playing:
    """A sound that is playing: its samples from frame `start` on, with a ramp from one gain to another."""

    def __init__(self, item: Scheduled, samples: array[int], start: int, gain: float) -> None:
        self.item = item
        self._samples = samples
        self.start = start
        self.end = start + len(samples)
        self._from = self._to = gain
        self._ramp_start = start - RAMP

    def go_to(self, gain: float, frame: int) -> None:
        """Ramp to `gain` from `frame` on."""
        if gain != self._to:
            self._from, self._to, self._ramp_start = self._gain(frame), gain, frame

    def fade_out(self, frame: int) -> None:
        """End within RAMP frames from `frame` on."""
        self.go_to(0.0, frame)
        self.end = min(self.end, frame + RAMP)

    def _gain(self, frame: int) -> float:
        part = min(1.0, (frame - self._ramp_start) / RAMP)
        return self._from + (self._to - self._from) * part

    def values(self, begin: int, end: int) -> list[int]:
        """Return its samples at the frames from `begin` to `end`, at their gain."""
        piece = self._samples[begin - self.start : end - self.start]
        if begin < self._ramp_start + RAMP:
            return [round(value * self._gain(frame)) for frame, value in enumerate(piece, begin)]
        factor = round(self._to * _UNIT)
        return piece.tolist() if factor == _UNIT else [value * factor >> 15 for value in piece]


def limit(value: int) -> int:
    """Return `value`, compressed smoothly above CEILING so that it never passes full scale."""
    if -CEILING <= value <= CEILING:
        return value
    bent = CEILING + _ROOM * (1 - math.exp((CEILING - abs(value)) / _ROOM))
    return int(math.copysign(bent, value))


class Mixer:
    """Turns a schedule into 16-bit mono frames. Not thread-safe: its owner holds a lock."""

    def __init__(
        self, store: SampleStore, time_map: ExactMap | FrameMap, levels: Levels | None = None, *, awake: bool = False
    ) -> None:
        """`awake`: fill silence with inaudible noise that keeps loudspeakers awake."""
        self._store = store
        self._map = time_map
        self._levels = levels or Levels()
        self._queue = CueQueue()
        self._playing: list[_Playing] = []
        self._unready: list[Scheduled] = []
        self._known_at = self._awake_at = float("-inf")
        self._noise = _noise() if awake else None
        self.frames = 0
        """The number of frames handed out so far."""

    def replace(self, items: Iterable[Scheduled], known_at: float = float("-inf")) -> None:
        """Replace the schedule by `items`. Sounding cues continue if they are among them and end in time.

        `known_at` is the instant at which the items became known; a phrase that was due before it may still begin.
        """
        wanted = list(items)
        self._known_at = known_at
        self._queue.replace(wanted)
        self._unready = [item for item in self._unready if any(item.same(other) for other in wanted)]
        for playing in self._playing:
            if not any(playing.item.same(item) and self._has_time(playing, item) for item in wanted):
                playing.fade_out(self.frames)

    def set_levels(self, levels: Levels) -> None:
        """Play everything at these levels, including sounding cues."""
        self._levels = levels
        for playing in self._playing:
            if playing.end > self.frames + RAMP:  # a sound that fades out, or is nearly over, is not changed
                playing.go_to(levels.gain(playing.item.cue_class), self.frames)

    @property
    def busy(self) -> bool:
        """Whether anything is playing or scheduled."""
        return bool(self._playing) or self._queue.next_at() is not None

    def pull(self, count: int, now: float) -> array[int]:
        """Return the next `count` frames, requested at the instant `now`."""
        if self.frames == 0:
            self._awake_at = now + WAKING_S
        self._map.observe(now, self.frames)
        first, end = self.frames, self.frames + count
        self._start_due(first, end)
        out = self._mixed(first, end) if self._playing else self._silence(count)
        self._playing = [playing for playing in self._playing if playing.end > end]
        self.frames = end
        return out

    def _start_due(self, first: int, end: int) -> None:
        """Begin the items before frame `end`; drop those that are too late."""
        unready, self._unready = self._unready, []
        for item in unready:
            self._begin(item, first, waited_for=True)
        while (at := self._queue.next_at()) is not None and self._map.frame(at) < end:
            self._begin(self._queue.take(), first, waited_for=at < max(self._known_at, self._awake_at))

    def _begin(self, item: Scheduled, first: int, *, waited_for: bool) -> None:
        """Play `item`, from frame `first` on at the earliest; a phrase that is still being rendered may come later."""
        frame = self._map.frame(item.at)
        late_s = max(0, first - frame) / RATE - self._map.lead_s
        if is_too_late(item, late_s, waited_for=waited_for):
            return
        start = self._turn(item, max(first, frame))
        if samples := self._store.samples(item, item.at + (start - frame) / RATE):
            self._playing.append(_Playing(item, samples, start, self._levels.gain(item.cue_class)))
        elif any(words not in self._store.phrases for words in (item.say, item.short) if words):
            self._unready.append(item)

    def _turn(self, item: Scheduled, frame: int) -> int:
        """Return the frame at which `item` begins: a phrase that is due during another one waits for its end."""
        if item.say is None:
            return frame
        return max([frame, *(playing.end + BREATH for playing in self._playing if playing.item.say is not None)])

    def _has_time(self, playing: _Playing, item: Scheduled) -> bool:
        """Check whether `playing` ends in time for `item`, its counterpart in a new schedule."""
        return item.end_by is None or playing.end <= self._map.frame(item.end_by + OVERRUN_S)

    def _mixed(self, first: int, end: int) -> array[int]:
        """Return the sum of all that plays between two frames, limited below full scale."""
        total, is_silent = [0] * (end - first), True
        for playing in self._playing:
            begin, stop = max(first, playing.start), min(end, playing.end)
            if begin < stop:
                place, values = slice(begin - first, stop - first), playing.values(begin, stop)
                total[place] = values if is_silent else map(add, total[place], values)
                is_silent = False
        if max(total) > CEILING or min(total) < -CEILING:
            total = [limit(value) for value in total]
        return array("h", total)

    def _silence(self, count: int) -> array[int]:
        if self._noise is None:
            return array("h", bytes(2 * count))
        at = self.frames % len(self._noise)
        return (self._noise[at:] + self._noise * (count // len(self._noise) + 1))[:count]


def _noise() -> array[int]:
    """Return a second of quiet noise, for repetition."""
    from random import Random

    return array("h", Random(1).choices(range(-NOISE_PEAK, NOISE_PEAK + 1), k=RATE))
