"""The map from instants to frames, with a simulated device whose clock is wrong and whose requests are late."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator, Mapping

import pytest

from tests.for_each import sweep
from tui.audio.frame_map import GAP_S, RATE, ExactMap, FrameMap
from tui.audio.mixer import Mixer
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Levels, Scheduled
from tui.coach.cue import CueClass, Sound

PERIOD, HOLDS = 1764, 3 * 1764
"""Frames a device asks for at once, and holds."""
LATENCY_S = (HOLDS - PERIOD) / RATE


class Device:
    """Plays `rate` frames a second of its mixer from second 0 on; knows when each frame was heard."""

    def __init__(self, mixer: Mixer, ppm: float, held_up: Mapping[float, float], holds: int = HOLDS) -> None:
        """`held_up`: the seconds without a call, by the second at which they start; `holds`: frames."""
        self._mixer, self._rate = mixer, RATE * (1 + ppm / 1e6)
        self._held_up = sorted(held_up.items())
        self._jitter = random.Random(7)
        self._holds = holds
        self._begin, self._given = 0.0, 0
        self.now = 0.0

    def heard(self) -> Iterator[float]:
        """The instants of all clicks, for ever."""
        while True:
            played = (self.now - self._begin) * self._rate
            if played > self._given:  # it has run dry: what comes next comes so much later
                self._begin += (played - self._given) / self._rate
            if self._given - played > self._holds - PERIOD:
                self.now += (self._given - played - self._holds + PERIOD) / self._rate
                self.now += self._jitter.uniform(0, 0.001)
                while self._held_up and self.now >= self._held_up[0][0]:
                    self.now += self._held_up.pop(0)[1]
                continue
            block = self._mixer.pull(PERIOD, self.now)
            if any(block):
                at = next(i for i, value in enumerate(block) if value)
                yield self._begin + (self._given + at) / self._rate
            self._given += PERIOD


def clicking(seconds: int, frame_map: FrameMap) -> Mixer:
    """A mixer with one click at each second."""
    mixer = Mixer(SampleStore({"countdown": array("h", [10_000])}), frame_map, Levels(1.0))
    mixer.replace(Scheduled(float(at), CueClass.COUNTDOWN, Sound.COUNTDOWN) for at in range(1, seconds))
    return mixer


def errors(seconds: int, ppm: float, held_up: Mapping[float, float]) -> dict[int, float]:
    """Return the delay of each click, by its second."""
    device = Device(clicking(seconds, FrameMap(LATENCY_S)), ppm, held_up)
    found: dict[int, float] = {}
    for at in device.heard():
        found[round(at)] = at - round(at)
        if round(at) >= seconds - 1:
            return found
    return found


@pytest.mark.slow
@pytest.mark.parametrize("ppm", [-500, 500])
def test_an_hour_with_a_wrong_clock_ten_underruns_and_three_stalls(ppm: float) -> None:
    chance = random.Random(ppm)
    underruns = {float(at): chance.uniform(0.05, 0.4) for at in range(200, 3200, 300)}
    stalls = {950.5: 1.2, 2150.5: 2.7, 3350.5: 5.0}
    late = errors(3600, ppm, underruns | stalls)
    faults = [(at, at + length) for at, length in (underruns | stalls).items()]
    lost = {second for second in range(1, 3600) if second not in late}
    assert all(any(begin - 1 < second < end + 1 for begin, end in faults) for second in lost)
    calm = {at: by for at, by in late.items() if not any(begin - 1 < at < end + 3 for begin, end in faults)}
    assert len(calm) > 3500
    assert max(map(abs, calm.values())) < 0.005


@sweep("ppm", [-500, 500], 2)
def test_after_half_a_minute_nothing_drifts(ppm: float) -> None:
    late = errors(120, ppm, {})
    assert abs(late[110] - late[30]) / 80 < 10e-6
    assert abs(late[110]) < 0.005


def test_frames_lost_for_a_moment_are_made_good_within_half_a_second() -> None:
    holds_s = PERIOD / RATE
    device = Device(clicking(40, FrameMap(holds_s)), 0, {20.5: holds_s + 0.050}, holds=2 * PERIOD)
    late = {round(at): at - round(at) for at, _ in zip(device.heard(), range(35), strict=False)}
    assert abs(late[21]) < 0.005 and abs(late[30]) < 0.005


def test_a_small_slip_is_made_good_when_the_window_has_passed() -> None:
    late = errors(60, 0, {20.5: LATENCY_S + 0.030 + 0.008})
    assert max(abs(by) for at, by in late.items() if at > 32) < 0.005


def test_the_delays_of_the_device_and_the_settings_are_subtracted() -> None:
    plain, late = FrameMap(), FrameMap(0.030, 0.200)
    for frame_map in (plain, late):
        frame_map.observe(5.0, 0)
    assert plain.frame(6.0) == RATE
    assert late.frame(6.23) == RATE
    assert late.lead_s == pytest.approx(0.230)


def test_a_negative_offset_delays_and_needs_no_lead() -> None:
    frame_map = FrameMap(0.0, -0.3)
    frame_map.observe(0.0, 0)
    assert frame_map.frame(1.0) == round(1.3 * RATE) and frame_map.lead_s == 0


def test_a_late_asking_does_not_move_the_map() -> None:
    frame_map = FrameMap()
    for block in range(200):
        late_s = 0.015 if block % 3 else 0.0
        frame_map.observe(block * 0.04 + late_s, block * PERIOD)
    assert frame_map.frame(10.0) == 10 * RATE


def test_a_gap_restarts_the_map_at_once() -> None:
    frame_map = FrameMap()
    for block in range(100):
        frame_map.observe(block * 0.04, block * PERIOD)
    frame_map.observe(4.0 + GAP_S + 0.1, 100 * PERIOD)
    assert frame_map.frame(10.0) == round((10.0 - GAP_S - 0.1) * RATE)


def test_an_exact_map_begins_at_the_given_frame() -> None:
    assert ExactMap().frame(2.0) == 2 * RATE
    assert ExactMap(100.0).frame(100.5) == RATE // 2
