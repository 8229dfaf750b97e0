"""Measure the latency of the sound in a recording of clicks that were played at known instants.

Pure arithmetic. Each click is a short chirp: its cross-correlation with a recording has a sharp peak at its start, even
if a person would hear only noise. The clicks are unevenly spaced, so only the true delay fits all of them.

The recording is compared at a tenth of its rate, and by the differences of its samples, which removes mains hum.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import mul
from statistics import median, pstdev
from typing import NamedTuple

from tui.audio.frame_map import RATE
from tui.plain_text import UserError

CLICKS_S = (0.0, 0.93, 1.71, 2.74, 3.58, 4.67, 5.44, 6.38, 7.5, 8.29)
"""The start of each click, in seconds after the first."""
CLICK_S, LOW_HZ, HIGH_HZ = 0.06, 700.0, 1900.0
"""The length and the frequencies of a click, which small loudspeakers and microphones reproduce well."""
CLICK_PEAK = 23_000
EARLIEST_S, LATEST_S = -0.3, 1.0
"""The range of delays, as that of the setting."""

STEP = 10
LOW_RATE = RATE / STEP
SILENCE = 20
"""A recording with a peak below this, 64 dB under full scale, is empty."""
LEAST_LIKENESS = 0.2
"""From 0 to 1. Clicks in a room reach 0.3 to 0.9; noise alone, over ten clicks, about 0.1."""
LEAST_HEARD = 7
SMEAR = round(0.0015 * LOW_RATE)
"""Clicks within this many places have the same delay, as the clocks of two devices differ."""
ROOM_S = 0.04
"""Later peaks within this time are reflections in the room; the first strong sound is the direct one."""
STRONG = 0.6
"""A place with at least this share of the greatest likeness is a separate sound."""
NEAR = round(0.01 * LOW_RATE)
"""The largest distance of a click from the common delay, in places."""
MOST_SPREAD_S = 0.004
"""The largest standard deviation of the delays of clicks."""
FLOOR = 4.0
"""The least noise that is assumed, in units of a sample, as digital silence cannot be compared."""


class Unmeasurable(UserError):
    """The delay cannot be found in the recording; the message says why and what to do, in a line or two."""


class Recording(NamedTuple):
    """16-bit mono samples at RATE, the first of them heard at the instant `begin`."""

    samples: array[int]
    begin: float


class Delay(NamedTuple):
    """The delay of the clicks that were heard, its standard deviation, and their number."""

    seconds: float
    spread_s: float
    heard: int


def click() -> array[int]:
    """Return the samples of one click, with soft ends."""
    count = round(CLICK_S * RATE)
    samples = array("h")
    for i in range(count):
        t = i / RATE
        turns = LOW_HZ * t + (HIGH_HZ - LOW_HZ) * t * t / (2 * CLICK_S)
        edge = math.sin(math.pi * min(1.0, 5 * min(i, count - 1 - i) / count) / 2) ** 2
        samples.append(round(CLICK_PEAK * edge * math.sin(2 * math.pi * turns)))
    return samples


def find_delay(recording: Recording, played: Sequence[float]) -> Delay:
    """Find the delay of clicks that were played at the instants `played`. Raises Unmeasurable."""
    samples = recording.samples
    if not samples or max(max(samples), -min(samples)) < SILENCE:
        raise Unmeasurable("The microphone heard nothing at all: turn it on, or choose another as the default.")
    thinned, pattern = _thinned(samples), _thinned(click())
    likenesses = [_likeness(thinned, pattern, round((at - recording.begin + EARLIEST_S) * LOW_RATE)) for at in played]
    usual = _medians(likenesses)
    best = max(range(len(usual)), key=usual.__getitem__)
    if usual[best] < LEAST_LIKENESS:
        raise Unmeasurable("The clicks are lost in the noise: turn the volume up, or bring the microphone near.")
    first = _first_of(usual, best)
    least = max(LEAST_LIKENESS, usual[best] / 2)
    places = [place for likeness in likenesses if (place := _place(likeness, first, least)) is not None]
    if len(places) < LEAST_HEARD:
        raise Unmeasurable(f"Only {len(places)} of {len(played)} clicks were heard: try again where it is quiet.")
    delays = [place / LOW_RATE + EARLIEST_S for place in places]
    if (spread_s := pstdev(delays)) > MOST_SPREAD_S:
        raise Unmeasurable(f"The clicks were heard at uneven delays, {spread_s * 1000:.0f} ms apart: try again.")
    return Delay(median(delays), spread_s, len(delays))


def _thinned(samples: array[int]) -> list[int]:
    """Return `samples` at LOW_RATE, as differences of successive ones."""
    whole = len(samples) // STEP * STEP
    means = map(sum, zip(*(samples[first:whole:STEP] for first in range(STEP)), strict=True))
    return [later - earlier for earlier, later in pairwise(means)]


def _likeness(thinned: Sequence[int], pattern: Sequence[int], first: int) -> list[float]:
    """List the likeness, 0 to 1, of the recording to the pattern at each place from `first` to the latest delay.

    Before and after the recording it is 0.
    """
    size, count = len(pattern), round((LATEST_S - EARLIEST_S) * LOW_RATE)
    part = [thinned[i] if 0 <= i < len(thinned) else 0 for i in range(first, first + count + size)]
    power = list(accumulate(map(mul, part, part), initial=0))
    least = size * (FLOOR * STEP) ** 2
    own = math.sqrt(sum(map(mul, pattern, pattern)))
    return [
        abs(sum(map(mul, pattern, part[i : i + size]))) / (own * math.sqrt(power[i + size] - power[i] + least))
        for i in range(count)
    ]


def _medians(likenesses: Sequence[Sequence[float]]) -> list[float]:
    """Return for each delay the median likeness of the clicks there, or close by."""
    smeared = [[max(curve[max(0, i - SMEAR) : i + SMEAR + 1]) for i in range(len(curve))] for curve in likenesses]
    return [median(column) for column in zip(*smeared, strict=True)]


def _first_of(usual: Sequence[float], best: int) -> int:
    """Compute the place of the direct sound, the first strong one. Raises Unmeasurable if they are far apart."""
    strong = [place for place, likeness in enumerate(usual) if likeness >= STRONG * usual[best]]
    if strong[-1] - strong[0] > ROOM_S * LOW_RATE:
        apart_ms = (strong[-1] - strong[0]) / LOW_RATE * 1000
        raise Unmeasurable(
            f"Each click was heard twice, {apart_ms:.0f} ms apart: let only one loudspeaker play, away from the walls."
        )
    return strong[0] + SMEAR


def _place(likeness: Sequence[float], near: int, least: float) -> int | None:
    """Return the start of a click near the common place; None if nothing there has a likeness of `least`."""
    around = range(max(0, near - NEAR), min(len(likeness), near + NEAR + 1))
    place = max(around, key=likeness.__getitem__)
    return place if likeness[place] >= least else None
