"""Outputs without a stream: related sounds are one buffer with exact gaps, played early, mixed again after edits."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest

from tui.audio.frame_map import RATE
from tui.audio.outputs import OutputConfig
from tui.audio.outputs.buffer_output import SILENCE_S, BufferOutput, verify_playback
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Levels, Scheduled
from tui.coach.cue import CLASS_OF, CueClass, Sound

TONE = [1000] * (RATE // 10)
LATENCY_S = 0.01
EARLY_S = SILENCE_S + LATENCY_S


class FakeBuffer:
    """A played buffer."""

    def __init__(self, at: float, samples: array[int]) -> None:
        self.at, self.samples = at, samples
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True

    def is_playing(self) -> bool:
        return not self.stopped

    def onsets(self) -> list[float]:
        """When each sound in it is heard."""
        begins = [i for i, value in enumerate(self.samples) if value and (i == 0 or not self.samples[i - 1])]
        return [round(self.at + LATENCY_S + begin / RATE, 4) for begin in begins]


class FakePlayer:
    """An output, its clock, and the buffers that it has played."""

    device = "a fake"
    latency_s = LATENCY_S

    def __init__(self) -> None:
        self.now = 100.0
        self.buffers: list[FakeBuffer] = []
        self.broken = False
        store = SampleStore({Sound.COUNTDOWN: array("h", TONE), Sound.START: array("h", TONE * 5)})
        store.phrases["Rest"] = array("h", TONE * 20)
        self.output = BufferOutput(OutputConfig(store), self, clock=lambda: self.now)
        self.output.set_levels(Levels(1.0))

    def play(self, samples: array[int]) -> FakeBuffer:
        if self.broken:
            raise OSError("no device")
        self.buffers.append(FakeBuffer(self.now, samples))
        return self.buffers[-1]

    def check(self) -> None:
        pass

    def schedule(self, items: Sequence[Scheduled]) -> None:
        self.output.schedule(items)

    def at(self, now: float) -> float | None:
        self.now = now
        return self.output.play_due()


@pytest.fixture
def fake() -> FakePlayer:
    return FakePlayer()


def cue(at: float, sound: Sound = Sound.COUNTDOWN) -> Scheduled:
    return Scheduled(at, CLASS_OF[sound], sound)


COUNTDOWN = [cue(110.0), cue(111.0), cue(112.0), cue(113.0, Sound.START)]


def test_a_countdown_and_its_start_are_one_buffer_played_early(fake: FakePlayer) -> None:
    fake.schedule([*COUNTDOWN, cue(120.0)])
    assert fake.at(109.0) == pytest.approx(1.0 - EARLY_S) and not fake.buffers
    assert fake.at(110.0 - EARLY_S) == pytest.approx(10.0)
    (buffer,) = fake.buffers
    assert buffer.onsets() == [110.0, 111.0, 112.0, 113.0]
    assert not any(buffer.samples[: round(SILENCE_S * RATE) - 1])


def test_a_buffer_that_is_played_late_has_its_sounds_in_their_places_still(fake: FakePlayer) -> None:
    fake.schedule(COUNTDOWN)
    fake.at(110.1)
    assert fake.buffers[0].onsets()[1:] == [111.0, 112.0, 113.0]
    assert fake.buffers[0].onsets()[0] == pytest.approx(110.1 + LATENCY_S)


def test_a_cue_that_is_far_too_late_is_dropped(fake: FakePlayer) -> None:
    fake.schedule([cue(105.0)])
    assert fake.at(110.0) is None and not fake.buffers


def phrase(at: float, end_by: float | None = None) -> Scheduled:
    return Scheduled(at, CueClass.VOICE, say="Rest", end_by=end_by)


def test_after_a_stall_neither_a_beep_nor_a_phrase_is_played_late(fake: FakePlayer) -> None:
    fake.schedule([phrase(105.0), cue(108.0), cue(114.5)])
    fake.at(112.0)
    assert not fake.buffers
    fake.at(114.5 - EARLY_S)
    assert [buffer.onsets() for buffer in fake.buffers] == [[114.5]]


def test_a_phrase_that_was_scheduled_late_is_still_said(fake: FakePlayer) -> None:
    fake.now = 108.0
    fake.schedule([phrase(105.0), phrase(102.0)])
    fake.at(108.0)
    assert [len(buffer.samples) // RATE for buffer in fake.buffers] == [2], "one of the two is six seconds late"


def test_an_edit_that_keeps_the_countdown_leaves_it_alone(fake: FakePlayer) -> None:
    fake.schedule(COUNTDOWN)
    fake.at(110.0)
    fake.now = 111.5
    fake.schedule([*COUNTDOWN[2:], cue(140.0)])
    assert fake.at(112.0) == pytest.approx(28.0 - EARLY_S)
    assert len(fake.buffers) == 1 and not fake.buffers[0].stopped


def test_an_edit_that_moves_the_countdown_cuts_it_off_and_plays_the_remaining_cues(fake: FakePlayer) -> None:
    fake.schedule(COUNTDOWN)
    fake.at(110.0)
    fake.now = 111.5
    fake.schedule([COUNTDOWN[2], cue(116.0, Sound.START)])
    assert fake.buffers[0].stopped
    fake.at(112.0 - EARLY_S)
    fake.at(116.0 - EARLY_S)
    assert [onset for buffer in fake.buffers[1:] for onset in buffer.onsets()] == [112.0, 116.0]


def test_a_pause_cuts_off_the_playing_sound(fake: FakePlayer) -> None:
    fake.schedule(COUNTDOWN)
    fake.at(110.0)
    fake.schedule([])
    assert fake.buffers[0].stopped and fake.at(111.0) is None


def test_a_new_level_holds_for_the_rest_of_a_countdown(fake: FakePlayer) -> None:
    fake.schedule([*COUNTDOWN, cue(120.0)])
    fake.at(110.0)
    fake.now = 110.5
    fake.output.set_levels(Levels(0.5))
    fake.at(111.0 - EARLY_S)
    assert fake.buffers[0].stopped and fake.buffers[1].onsets() == [111.0, 112.0, 113.0]
    assert max(fake.buffers[1].samples) == 250
    fake.output.set_levels(Levels(0.5))
    assert not fake.buffers[1].stopped, "the same levels again change nothing"


def test_muted_cues_are_not_played_at_all(fake: FakePlayer) -> None:
    fake.output.set_levels(Levels(muted=True))
    fake.schedule(COUNTDOWN)
    fake.at(110.0)
    assert not fake.buffers


def test_a_phrase_joins_the_beep_that_it_overlaps(fake: FakePlayer) -> None:
    fake.schedule([Scheduled(110.0, CueClass.VOICE, say="Rest"), cue(111.0)])
    fake.at(110.0 - EARLY_S)
    (buffer,) = fake.buffers
    assert max(buffer.samples) == 2000 and len(buffer.samples) >= 2 * RATE


def test_endless_beats_are_cut_into_buffers(fake: FakePlayer) -> None:
    fake.schedule([cue(110.0 + k / 2) for k in range(30)])
    while (wait_s := fake.at(fake.now)) is not None:
        fake.now += wait_s + 1e-6
    assert len(fake.buffers) == 2
    onsets = [onset for buffer in fake.buffers for onset in buffer.onsets()]
    assert onsets == pytest.approx([110.0 + k / 2 for k in range(30)], abs=2e-4)


def test_it_is_alive_until_it_cannot_fire(fake: FakePlayer) -> None:
    fake.schedule([cue(110.0), cue(120.0)])
    fake.at(110.0)
    assert fake.output.idle_s(110.0) == 0
    fake.broken = True
    fake.at(120.0)
    assert fake.output.idle_s(120.0) == float("inf")


def test_the_users_offset_plays_cues_earlier() -> None:
    late = FakePlayer()
    store = SampleStore({Sound.COUNTDOWN: array("h", TONE)})
    late.output = BufferOutput(OutputConfig(store, offset_s=0.2), late, lambda: late.now)
    late.schedule([cue(110.0)])
    assert late.at(100.0) == pytest.approx(10.0 - EARLY_S - 0.2)


def test_a_player_that_never_ends_is_no_output(fake: FakePlayer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.audio.outputs.buffer_output.VERIFY_S", 0.03)
    with pytest.raises(OSError, match="a fake does not answer"):
        verify_playback(fake)
    assert fake.buffers[0].stopped
