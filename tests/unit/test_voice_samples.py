"""Preparing the samples of a voice for the mixer."""

from __future__ import annotations

import math
import tracemalloc
from array import array
from collections.abc import Sequence
from functools import cache

import pytest

from tests.for_each import for_each, sweep
from tui.audio.frame_map import CEILING, RATE
from tui.audio.voices.samples import MARGIN_S, levelled, ready, resampled, trimmed


@cache
def tone(rate: int, seconds: float = 0.5, peak: float = 10_000, hz: float = 440) -> tuple[int, ...]:
    return tuple(round(peak * math.sin(2 * math.pi * hz * i / rate)) for i in range(round(seconds * rate)))


def decibels(samples: Sequence[int]) -> float:
    """The level, below full scale."""
    return 10 * math.log10(sum(value * value for value in samples) / len(samples) / 32_768**2)


def test_the_silence_at_both_ends_goes_and_a_little_of_it_stays() -> None:
    sound = [5000] * 100
    kept = trimmed([0] * 3000 + sound + [3] * 7000, 10_000)
    margin = round(MARGIN_S * 10_000)
    assert list(kept) == [0] * margin + sound + [3] * margin
    assert list(trimmed(sound, 10_000)) == sound


@for_each("silence", [[], [0], [0] * 1000])
def test_silence_alone_is_nothing(silence: list[int]) -> None:
    assert len(ready(silence, 22_050)) == 0


@for_each("peak", [3000, 12_000, 32_000])
def test_soft_and_loud_voices_come_out_alike_and_below_the_ceiling(peak: int) -> None:
    out = levelled(tone(22_050, peak=peak), 22_050)
    assert decibels(out) == pytest.approx(-8.3, abs=0.5)
    assert max(map(abs, out)) <= CEILING


def test_a_voice_with_peaks_is_brought_up_and_its_peaks_are_bent() -> None:
    clicks = [32_000 if i % 400 == 0 else value for i, value in enumerate(tone(22_050, peak=5000))]
    out = levelled(clicks, 22_050)
    assert CEILING * 0.8 < max(map(abs, out)) <= CEILING
    assert decibels(out) > decibels(clicks) + 3


def test_a_soft_part_is_raised_towards_the_loud_ones_and_no_loud_part_with_it() -> None:
    loud, soft = tone(22_050, peak=10_000), tone(22_050, peak=2_000)
    out = levelled([*loud, *soft, *loud], 22_050)
    middle, first = out[len(loud) + 2_000 : -len(loud) - 2_000], out[: len(loud)]
    assert decibels(middle) == pytest.approx(decibels(levelled(loud, 22_050)) - 14 * 0.4, abs=0.5), "14 dB below"
    assert decibels(first[-2_000:]) == pytest.approx(decibels(first[:2_000]), abs=0.3)


def test_pauses_do_not_make_a_phrase_louder() -> None:
    words, pause = tone(22_050), [0] * 11_025
    assert max(levelled([*words, *pause, *words], 22_050)) == pytest.approx(max(levelled(words, 22_050)), rel=0.01)


@sweep("rate", [22_050, 8_000, 16_000, 48_000, 24_000, 44_100], 3)
def test_another_rate_gives_the_same_sound(rate: int) -> None:
    out = resampled(tone(rate), rate)
    assert len(out) == pytest.approx(RATE / 2, abs=8)
    ideal = tone(RATE)
    inner = range(20, len(out) - 20)
    assert max(abs(out[i] - ideal[i]) for i in inner) < 10_000 * 0.03


def test_a_phrase_takes_little_memory_while_it_is_made_ready() -> None:
    spoken = array("h", tone(22_050, seconds=0.1))
    tracemalloc.start()
    try:
        out = ready(spoken, 22_050)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * len(out)
