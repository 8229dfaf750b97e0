"""What comes out of a voice, made ready for the mixer: without silence at its ends, as loud as the beeps, at RATE."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from operator import mul

from tui.audio.frame_map import RATE
from tui.audio.mixer import CEILING

QUIET = 0.01
"""A part of the peak: what stays below it at the ends is silence."""
MARGIN_S = 0.01
"""So much of the silence stays, to keep what begins softly."""
LOUD = round(32_767 * 10 ** (-12 / 20))
"""The level of the loud parts, 12 dB below full scale: that of the cue sounds."""
LOUD_PART = 0.3
"""The loudest part of a phrase's pieces, by which it is levelled."""
PIECE_S = 0.05
KNEE = CEILING // 2
"""Peaks above this are bent, so that none passes CEILING."""
MOST_GAIN = 8.0


def ready(samples: Sequence[int], rate: int) -> array[int]:
    """Return 16-bit mono `samples` of `rate` frames a second as the mixer plays them; empty for silence."""
    heard = trimmed(samples, rate)
    return resampled(levelled(heard, rate), rate) if heard else array("h")


def trimmed(samples: Sequence[int], rate: int) -> Sequence[int]:
    """`samples` without the silence before and after."""
    peak = max(max(samples), -min(samples)) if samples else 0
    if peak == 0:
        return ()
    least = max(1, peak * QUIET)
    margin = round(MARGIN_S * rate)
    first = next(i for i, value in enumerate(samples) if abs(value) >= least)
    last = next(i for i in range(len(samples) - 1, -1, -1) if abs(samples[i]) >= least)
    return samples[max(0, first - margin) : last + 1 + margin]


def levelled(samples: Sequence[int], rate: int) -> list[int]:
    """`samples` with their loud parts at LOUD and no peak above CEILING."""
    piece = max(1, round(PIECE_S * rate))
    starts = range(0, max(1, len(samples) - piece + 1), piece)
    parts = [samples[start : start + piece] for start in starts]
    powers = sorted((sum(map(mul, part, part)) / len(part) for part in parts), reverse=True)
    loudest = powers[: max(1, round(len(powers) * LOUD_PART))]
    gain = min(MOST_GAIN, LOUD / max(1.0, math.sqrt(sum(loudest) / len(loudest))))
    knee = KNEE / gain
    return [round(value * gain if -knee <= value <= knee else _bent(value * gain)) for value in samples]


def _bent(value: float) -> float:
    """`value`, which is beyond KNEE, drawn in so that it never passes CEILING."""
    room = CEILING - KNEE
    return math.copysign(KNEE + room * (1 - math.exp((KNEE - abs(value)) / room)), value)


def resampled(samples: Sequence[int], rate: int) -> array[int]:
    """`samples` at RATE, along cubic curves through them.

    The places between two samples repeat: each of them is worked out for the whole phrase at once.
    """
    common = math.gcd(RATE, rate)
    up, down = RATE // common, rate // common
    padded = [0, *samples, 0, 0]
    out = array("h", bytes(2 * (len(samples) * up // down)))
    for phase in range(min(up, len(out))):
        first, part = divmod(phase * down, up)
        count = len(range(phase, len(out), up))
        taps = [padded[first + tap : first + tap + down * count : down] for tap in range(4)]
        out[phase::up] = array("h", _between(taps, part / up) if part else taps[1])
    return out


def _between(taps: Sequence[Sequence[int]], t: float) -> list[int]:
    """Return the values at `t` between the middle two of each four neighbours, by a Catmull-Rom spline."""
    a, b, c, d = (
        round(weight * (1 << 14))
        for weight in (
            ((2 - t) * t - 1) * t / 2,
            ((3 * t - 5) * t * t + 2) / 2,
            ((4 - 3 * t) * t + 1) * t / 2,
            (t - 1) * t * t / 2,
        )
    )
    return [(w * a + x * b + y * c + z * d) >> 14 for w, x, y, z in zip(*taps, strict=True)]
