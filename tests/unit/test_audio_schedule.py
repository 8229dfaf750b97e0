"""Schedules and levels: their JSON for the worker, and edited schedules after items were played."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.for_each import for_each
from tui.audio.cue_queue import CueQueue
from tui.audio.outputs.fallback_order import FallbackOrder
from tui.audio.schedule import (
    Levels,
    Scheduled,
    levels_from_json,
    levels_to_json,
    schedule_from_json,
)
from tui.coach.cue import CLASS_OF, CueClass, Sound

seconds = st.floats(0, 1e9)
sounds = st.builds(lambda at, sound: Scheduled(at, CLASS_OF[sound], sound), seconds, st.sampled_from(Sound))
texts = st.text(max_size=20)
phrases = st.builds(
    lambda at, say, short, end_by: Scheduled(at, CueClass.VOICE, say=say, short=short, end_by=end_by),
    seconds, texts, st.none() | texts, st.none() | seconds,
)  # fmt: skip
unit = st.floats(0, 1)


@given(st.lists(sounds | phrases, max_size=8))
def test_a_schedule_crosses_unchanged(items: list[Scheduled]) -> None:
    assert schedule_from_json(json.loads(json.dumps(items))) == items


@given(st.builds(Levels, unit, st.booleans(), st.dictionaries(st.sampled_from(CueClass), unit)))
def test_levels_cross_unchanged(levels: Levels) -> None:
    assert levels_from_json(json.loads(json.dumps(levels_to_json(levels)))) == levels


@for_each(
    "row",
    [
        [1.0, "countdown", "gong", None, None, None],
        [1.0, "horns", "start", None, None, None],
        [1.0, "countdown"],
    ],
)
def test_a_malformed_schedule_is_refused(row: list[object]) -> None:
    with pytest.raises(ValueError):
        schedule_from_json([row])


def test_gains_are_squares_within_bounds() -> None:
    levels = Levels(0.8, by_class={CueClass.TEMPO: 0.5, CueClass.VOICE: 7.0, CueClass.HALFWAY: -1.0})
    assert levels.gain(CueClass.COUNTDOWN) == pytest.approx(0.64)
    assert levels.gain(CueClass.TEMPO) == pytest.approx(0.16)
    assert levels.gain(CueClass.VOICE) == 1.0
    assert levels.gain(CueClass.HALFWAY) == 0.0
    assert Levels(muted=True).gain(CueClass.COUNTDOWN) == 0.0


def beep(at: float, sound: Sound = Sound.COUNTDOWN) -> Scheduled:
    return Scheduled(at, CLASS_OF[sound], sound)


def test_a_queue_hands_out_each_item_once_whatever_replaces_it() -> None:
    queue = CueQueue()
    queue.replace([beep(2.0), beep(1.0), beep(1.0, Sound.HALFWAY)])
    given = [queue.take(), queue.take()]
    queue.replace([beep(1.0005), beep(1.0, Sound.HALFWAY), beep(1.5), beep(2.0)])
    assert queue.coming() == (beep(1.5), beep(2.0))
    queue.give_back(given[:1])
    queue.replace([beep(1.0), beep(1.0, Sound.HALFWAY)])
    assert queue.coming() == (beep(1.0),)


def test_a_queue_remembers_played_cues_for_a_limited_time() -> None:
    queue = CueQueue()
    queue.replace(beep(float(at)) for at in range(1000))
    for _ in range(1000):
        queue.take()
    assert queue.next_at() is None
    queue.replace([beep(999.0), beep(995.0), beep(3.0)])
    assert queue.coming() == (beep(3.0),)


def test_an_output_is_replaced_after_two_deaths_in_ten_seconds() -> None:
    fallback = FallbackOrder(["a", "b", "c"])
    fallback.died("a", 100)
    assert fallback.barred() == ()
    fallback.died("a", 111)
    assert fallback.barred() == (), "eleven seconds lie between"
    fallback.died("a", 120)
    assert fallback.barred() == ("a",)


def test_when_all_have_died_all_are_forgiven() -> None:
    fallback = FallbackOrder(["a", "b"])
    fallback.died("a", 0)
    fallback.died("a", 1)
    assert fallback.barred() == ("a",)
    fallback.died("b", 0)
    fallback.died("b", 1)
    assert fallback.barred() == ()
    fallback.died("b", 2)
    assert fallback.barred() == (), "old deaths are forgiven too"
