"""Outputs without a stream: what belongs together is one buffer with exact gaps, fired early, mixed anew by edits."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest

from tui.audio.bank import Bank
from tui.audio.frame_map import RATE
from tui.audio.outputs import Desk
from tui.audio.outputs.fired import SILENCE_S, FiredOutput, prove
from tui.audio.schedule import Levels, Scheduled
from tui.timeline.model import CLASS_OF, CueClass, Sound

SHOT = [1000] * (RATE // 10)
LATENCY_S = 0.01
EARLY_S = SILENCE_S + LATENCY_S


class Shot:
    """A fired buffer."""

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


class Range:
    """An output, its clock, and what it has fired."""

    device = "a fake"
    latency_s = LATENCY_S

    def __init__(self) -> None:
        self.now = 100.0
        self.shots: list[Shot] = []
        self.broken = False
        bank = Bank({Sound.COUNTDOWN: array("h", SHOT), Sound.START: array("h", SHOT * 5)})
        bank.phrases["Rest"] = array("h", SHOT * 20)
        self.output = FiredOutput(Desk(bank), self, clock=lambda: self.now)
        self.output.set_levels(Levels(1.0))

    def fire(self, samples: array[int]) -> Shot:
        if self.broken:
            raise OSError("no device")
        self.shots.append(Shot(self.now, samples))
        return self.shots[-1]

    def check(self) -> None:
        pass

    def schedule(self, items: Sequence[Scheduled]) -> None:
        self.output.schedule(items)

    def at(self, now: float) -> float | None:
        self.now = now
        return self.output.fire_due()


@pytest.fixture
def gallery() -> Range:
    return Range()


def cue(at: float, sound: Sound = Sound.COUNTDOWN) -> Scheduled:
    return Scheduled(at, CLASS_OF[sound], sound)


COUNTDOWN = [cue(110.0), cue(111.0), cue(112.0), cue(113.0, Sound.START)]


def test_a_countdown_and_its_start_are_one_buffer_fired_early(gallery: Range) -> None:
    gallery.schedule([*COUNTDOWN, cue(120.0)])
    assert gallery.at(109.0) == pytest.approx(1.0 - EARLY_S) and not gallery.shots
    assert gallery.at(110.0 - EARLY_S) == pytest.approx(10.0)
    (shot,) = gallery.shots
    assert shot.onsets() == [110.0, 111.0, 112.0, 113.0]
    assert not any(shot.samples[: round(SILENCE_S * RATE) - 1])


def test_a_buffer_that_is_fired_late_has_its_sounds_in_their_places_still(gallery: Range) -> None:
    gallery.schedule(COUNTDOWN)
    gallery.at(110.1)
    assert gallery.shots[0].onsets()[1:] == [111.0, 112.0, 113.0]
    assert gallery.shots[0].onsets()[0] == pytest.approx(110.1 + LATENCY_S)


def test_what_is_far_too_late_is_dropped(gallery: Range) -> None:
    gallery.schedule([cue(105.0)])
    assert gallery.at(110.0) is None and not gallery.shots


def test_an_edit_that_keeps_the_countdown_leaves_it_alone(gallery: Range) -> None:
    gallery.schedule(COUNTDOWN)
    gallery.at(110.0)
    gallery.now = 111.5
    gallery.schedule([*COUNTDOWN[2:], cue(140.0)])
    assert gallery.at(112.0) == pytest.approx(28.0 - EARLY_S)
    assert len(gallery.shots) == 1 and not gallery.shots[0].stopped


def test_an_edit_that_moves_it_cuts_it_off_and_fires_what_is_left(gallery: Range) -> None:
    gallery.schedule(COUNTDOWN)
    gallery.at(110.0)
    gallery.now = 111.5
    gallery.schedule([COUNTDOWN[2], cue(116.0, Sound.START)])
    assert gallery.shots[0].stopped
    gallery.at(112.0 - EARLY_S)
    gallery.at(116.0 - EARLY_S)
    assert [onset for shot in gallery.shots[1:] for onset in shot.onsets()] == [112.0, 116.0]


def test_a_pause_cuts_off_what_plays(gallery: Range) -> None:
    gallery.schedule(COUNTDOWN)
    gallery.at(110.0)
    gallery.schedule([])
    assert gallery.shots[0].stopped and gallery.at(111.0) is None


def test_a_new_level_holds_for_the_rest_of_a_countdown(gallery: Range) -> None:
    gallery.schedule([*COUNTDOWN, cue(120.0)])
    gallery.at(110.0)
    gallery.now = 110.5
    gallery.output.set_levels(Levels(0.5))
    gallery.at(111.0 - EARLY_S)
    assert gallery.shots[0].stopped and gallery.shots[1].onsets() == [111.0, 112.0, 113.0]
    assert max(gallery.shots[1].samples) == 250
    gallery.output.set_levels(Levels(0.5))
    assert not gallery.shots[1].stopped, "the same levels again change nothing"


def test_what_is_muted_is_not_even_fired(gallery: Range) -> None:
    gallery.output.set_levels(Levels(muted=True))
    gallery.schedule(COUNTDOWN)
    gallery.at(110.0)
    assert not gallery.shots


def test_a_phrase_joins_the_beep_that_it_overlaps(gallery: Range) -> None:
    gallery.schedule([Scheduled(110.0, CueClass.VOICE, say="Rest"), cue(111.0)])
    gallery.at(110.0 - EARLY_S)
    (shot,) = gallery.shots
    assert max(shot.samples) == 2000 and len(shot.samples) >= 2 * RATE


def test_endless_beats_are_cut_into_buffers(gallery: Range) -> None:
    gallery.schedule([cue(110.0 + k / 2) for k in range(60)])
    while (wait_s := gallery.at(gallery.now)) is not None:
        gallery.now += wait_s + 1e-6
    assert len(gallery.shots) == 3
    onsets = [onset for shot in gallery.shots for onset in shot.onsets()]
    assert onsets == pytest.approx([110.0 + k / 2 for k in range(60)], abs=2e-4)


def test_it_is_alive_until_it_cannot_fire(gallery: Range) -> None:
    gallery.schedule([cue(110.0), cue(120.0)])
    gallery.at(110.0)
    assert gallery.output.idle_s(110.0) == 0
    gallery.broken = True
    gallery.at(120.0)
    assert gallery.output.idle_s(120.0) == float("inf")


def test_the_person_s_offset_fires_so_much_earlier() -> None:
    late = Range()
    late.output = FiredOutput(Desk(Bank({Sound.COUNTDOWN: array("h", SHOT)}), offset_s=0.2), late, lambda: late.now)
    late.schedule([cue(110.0)])
    assert late.at(100.0) == pytest.approx(10.0 - EARLY_S - 0.2)


def test_closing_cuts_off_what_plays(gallery: Range) -> None:
    gallery.schedule(COUNTDOWN)
    gallery.at(110.0)
    gallery.output.close()
    assert gallery.shots[0].stopped


def test_a_gun_that_never_ends_is_no_output(gallery: Range, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.audio.outputs.fired.PROOF_S", 0.03)
    with pytest.raises(OSError, match="a fake does not answer"):
        prove(gallery)
    assert gallery.shots[0].stopped
