"""Prepares speech for the mixer: without silence at its ends, as loud as the beeps, at RATE.

Each step returns an array: a list of samples takes eighteen times as much memory.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import mul

from tui.audio.frame_map import CEILING, RATE

QUIET = 0.01
"""A part of the peak: samples below it at the ends are silence."""
MARGIN_S = 0.01
"""Seconds of silence that remain, for words that begin softly."""
LOUD = round(32_767 * 10 ** (-8 / 20))
"""The level of the loud parts, 8 dB below full scale: to the ear a phrase is about as loud as the start sound."""
LOUD_PART = 0.3
"""The share of a phrase's pieces, the loudest ones, by which it is levelled."""
PIECE_S = 0.025
KNEE = CEILING // 2
"""Peaks above this are compressed, so that none passes CEILING."""
MOST_GAIN = 8.0
SILENT = 0.0025
"""A piece with less than this part of their power, 26 dB below them, is a pause and is left alone."""
RAISED, MOST_RAISED = 0.6, 3.0
"""A piece that is some decibels softer than the loud ones is raised by 60 % of these decibels, at most threefold.

Otherwise the voice would be too soft compared with the beeps, however high its peaks.
"""


def ready(samples: Sequence[int], rate: int) -> array[int]:
    """Return 16-bit mono `samples` of `rate` frames a second as the mixer plays them; empty for silence."""
    heard = trimmed(samples, rate)
    return resampled(levelled(heard, rate), rate) if heard else array("h")


def trimmed(samples: Sequence[int], rate: int) -> Sequence[int]:
    """Return `samples` without the silence before and after."""
    peak = max(max(samples), -min(samples)) if samples else 0
    if peak == 0:
        return ()
    least = max(1, peak * QUIET)
    margin = round(MARGIN_S * rate)
    first = next(i for i, value in enumerate(samples) if abs(value) >= least)
    last = next(i for i in range(len(samples) - 1, -1, -1) if abs(samples[i]) >= least)
    return samples[max(0, first - margin) : last + 1 + margin]


def levelled(samples: Sequence[int], rate: int) -> array[int]:
    """Return `samples` with their loud parts at LOUD, softer ones raised, and no peak above CEILING."""
    piece = max(1, round(PIECE_S * rate))
    starts = range(0, max(1, len(samples) - piece + 1), piece)
    parts = [samples[start : start + piece] for start in starts]
    powers = [sum(map(mul, part, part)) / len(part) for part in parts]
    loudest = sorted(powers, reverse=True)[: max(1, round(len(powers) * LOUD_PART))]
    loud = max(1.0, sum(loudest) / len(loudest))
    gain = min(MOST_GAIN, LOUD / math.sqrt(loud))
    raised = [gain * (_raised(power / loud) if power > loud * SILENT else 1.0) for power in powers]
    least = [min(raised[max(0, at - 1) : at + 2]) for at in range(len(raised))]
    return array("h", map(_compressed, _with_gains(samples, least, piece)))


def _raised(power: float) -> float:
    """Compute the gain of a piece with this power, as a part of the power of the loud ones."""
    return max(1.0, min(MOST_RAISED, float(power ** (-RAISED / 2))))


def _with_gains(samples: Sequence[int], gains: Sequence[float], piece: int) -> Iterator[float]:
    """Yield `samples` times the gain of their piece, which changes evenly between the middles of two pieces."""
    half = piece // 2
    for value in samples[:half]:
        yield value * gains[0]
    for index, (gain, after) in enumerate(pairwise(gains)):
        first = half + index * piece
        step = (after - gain) / piece
        for place, value in enumerate(samples[first : first + piece]):
            yield value * (gain + step * place)
    for value in samples[half + (len(gains) - 1) * piece :]:
        yield value * gains[-1]


def _compressed(value: float) -> int:
    """Return `value`, compressed beyond KNEE so that it never passes CEILING."""
    if -KNEE <= value <= KNEE:
        return round(value)
    room = CEILING - KNEE
    return round(math.copysign(KNEE + room * (1 - math.exp((KNEE - abs(value)) / room)), value))


def resampled(samples: Sequence[int], rate: int) -> array[int]:
    """Return `samples` at RATE, along cubic curves through them.

    The positions between two samples repeat: each is computed for the whole phrase at once.
    """
    common = math.gcd(RATE, rate)
    up, down = RATE // common, rate // common
    padded = array("h", [0])
    padded.extend(samples)
    padded.extend((0, 0))
    out = array("h", bytes(2 * (len(samples) * up // down)))
    for phase in range(min(up, len(out))):
        first, part = divmod(phase * down, up)
        count = len(range(phase, len(out), up))
        taps = [padded[first + tap : first + tap + down * count : down] for tap in range(4)]
        out[phase::up] = _between(taps, part / up) if part else taps[1]
    return out


def _between(taps: Sequence[array[int]], t: float) -> array[int]:
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
    return array("h", ((w * a + x * b + y * c + z * d) >> 14 for w, x, y, z in zip(*taps, strict=True)))
