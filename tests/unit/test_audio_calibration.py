"""The delay of clicks in a recording: found in noise and in rooms, and never invented."""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Callable, Sequence
from functools import cache

import pytest

from tui.audio import calibration
from tui.audio.calibration import CLICKS_S, LEAST_HEARD, Recording, Unmeasurable, click, find_delay
from tui.audio.frame_map import RATE

BEGIN = 1000.0
"""When the recording begins, in seconds of the clock."""
LEAD_S = 1.5
PLAYED = [BEGIN + LEAD_S + at for at in CLICKS_S]


COUNT = round((LEAD_S + CLICKS_S[-1] + 1.2) * RATE)


@cache
def white_noise() -> array[int]:
    return array("h", random.Random(1).randbytes(2 * COUNT))


def hum_of_mains() -> list[float]:
    return [math.sin(i * 2 * math.pi * 50 / RATE) for i in range(RATE)] * (COUNT // RATE + 1)


def recorded(
    delays_s: Sequence[float],
    *,
    level: float = 0.1,
    noise: float = 0.0,
    hum: float = 0.0,
    heard: Sequence[int] = range(len(CLICKS_S)),
    drift: float = 0.0,
) -> Recording:
    """A recording in which each click is heard after each of `delays_s`; levels are parts of full scale."""
    samples = array("h", [int(value * noise) for value in white_noise()]) if noise else array("h", bytes(2 * COUNT))
    if hum:
        samples = array(
            "h", [value + int(32_000 * hum * wave) for value, wave in zip(samples, hum_of_mains(), strict=False)]
        )
    for number in heard:
        for strength, delay_s in zip((level, 0.9 * level), delays_s, strict=False):
            first = round((LEAD_S + CLICKS_S[number] + delay_s) * (1 + drift) * RATE)
            for i, value in enumerate(click(), first):
                samples[i] += int(strength * value)
    return Recording(samples, BEGIN)


def test_the_delay_of_the_fewest_clicks_is_found_to_a_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "EARLIEST_S", -0.02)  # most of the time is taken by delays that are not there
    monkeypatch.setattr(calibration, "LATEST_S", 0.06)
    found = find_delay(recorded([0.0313], heard=range(LEAST_HEARD)), PLAYED[:LEAST_HEARD])
    assert found.seconds == pytest.approx(0.0313, abs=0.001)
    assert found.heard == LEAST_HEARD and found.spread_s < 0.0005


@pytest.mark.slow
@pytest.mark.parametrize("delay_s", [0.0313, -0.2])
def test_the_delay_is_found_to_a_millisecond_in_a_little_noise(delay_s: float) -> None:
    found = find_delay(recorded([delay_s], noise=0.001), PLAYED)
    assert found.seconds == pytest.approx(delay_s, abs=0.001)
    assert found.heard == len(CLICKS_S) and found.spread_s < 0.0005


@pytest.mark.slow
def test_it_is_found_in_noise_as_loud_as_the_clicks_and_in_a_louder_hum() -> None:
    found = find_delay(recorded([0.15], level=0.05, noise=0.05, hum=0.3), PLAYED)
    assert found.seconds == pytest.approx(0.15, abs=0.002)


@pytest.mark.slow
def test_the_delay_is_found_even_if_two_clocks_differ() -> None:
    found = find_delay(recorded([0.15], noise=0.005, drift=100e-6), PLAYED)
    assert found.seconds == pytest.approx(0.15, abs=0.002)
    assert 0.0001 < found.spread_s < 0.001


@pytest.mark.slow
def test_of_a_sound_and_its_reflection_in_the_room_the_first_counts() -> None:
    assert find_delay(recorded([0.15, 0.17], noise=0.001), PLAYED).seconds == pytest.approx(0.15, abs=0.002)


@pytest.mark.slow
def test_a_click_that_was_swallowed_does_no_harm() -> None:
    assert find_delay(recorded([0.15], noise=0.001, heard=range(2, 10)), PLAYED).heard == 8


@pytest.mark.slow
@pytest.mark.parametrize(
    ("recording", "reason"),
    [
        (lambda: Recording(array("h"), BEGIN), "heard nothing at all"),
        (lambda: Recording(array("h", bytes(2 * 12 * RATE)), BEGIN), "heard nothing at all"),
        (lambda: recorded([], noise=0.0003), "heard nothing at all"),
        (lambda: recorded([], noise=0.05), "lost in the noise"),
        (lambda: recorded([0.15], level=0.002, noise=0.1), "lost in the noise"),
        (lambda: recorded([0.15], noise=0.001, heard=range(6)), "Only 6 of 10 clicks"),
        (lambda: recorded([0.15, 0.3], noise=0.001), "heard twice, 1"),
    ],
    ids=["nothing", "silence", "whispers", "noise", "drowned", "six", "echo"],
)
def test_a_recording_without_the_delay_is_one_line(recording: Callable[[], Recording], reason: str) -> None:
    with pytest.raises(Unmeasurable) as raised:
        find_delay(recording(), PLAYED)
    assert reason in str(raised.value) and "\n" not in str(raised.value)
