"""The instants of phrases: not too late, never two at once, and always ended in time."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from tui.audio.frame_map import RATE, ExactMap, FrameMap
from tui.audio.mixer import BREATH, RAMP, Mixer
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Levels, Scheduled
from tui.coach.cue import CueClass, Sound

FULL = Levels(overall=1.0)
WHOLE, SHORT, BEEP = 1000, 2000, 4000
"""The values that a whole phrase, a short one and a beep are made of."""


def store() -> SampleStore:
    """Phrases of 3 s and of 1 s, and a beep of 0.5 s."""
    made = SampleStore({Sound.START: array("h", [BEEP]) * (RATE // 2)})
    made.phrases["whole"] = array("h", [WHOLE]) * (3 * RATE)
    made.phrases["short"] = array("h", [SHORT]) * RATE
    made.phrases["unsayable"] = array("h")
    return made


def phrase(at: float, end_by: float | None = None, say: str = "whole", short: str | None = "short") -> Scheduled:
    return Scheduled(at, CueClass.VOICE, say=say, short=short, end_by=end_by)


def mixer(*items: Scheduled, of: SampleStore | None = None) -> Mixer:
    made = Mixer(of or store(), ExactMap(), FULL)
    made.replace(items)
    return made


def heard(mixer: Mixer, seconds: float) -> list[tuple[float, float, int]]:
    """Everything in the next seconds as (start, end, value), in seconds from the beginning of the mixer."""
    pieces = (mixer.pull(RATE // 20, 0.0) for _ in range(round(20 * seconds)))
    return runs(pieces, mixer.frames)


def runs(pieces: Iterable[array[int]], at: int = 0) -> list[tuple[float, float, int]]:
    """List all that is no silence in the samples from frame `at` on: start and end in seconds, and value."""
    begun, found, value = at, list[tuple[float, float, int]](), 0
    for piece in pieces:
        if piece.count(value) < len(piece):
            for place, sample in enumerate(piece, at):
                if sample != value:
                    if value:
                        found.append((begun / RATE, place / RATE, value))
                    begun, value = place, sample
        at += len(piece)
    return [*found, (begun / RATE, at / RATE, value)] if value else found


def test_a_phrase_that_ends_in_time_is_said_whole() -> None:
    assert heard(mixer(phrase(1, end_by=4)), 6) == [(1, 4, WHOLE)]
    assert heard(mixer(phrase(1)), 6) == [(1, 4, WHOLE)]


def test_one_that_would_not_is_shortened_or_left_out() -> None:
    assert heard(mixer(phrase(1, end_by=3.99)), 6) == [(1, 2, SHORT)]
    assert heard(mixer(phrase(1, end_by=2)), 6) == [(1, 2, SHORT)]
    assert heard(mixer(phrase(1, end_by=1.99)), 6) == []
    assert heard(mixer(phrase(1, end_by=3.99, short=None)), 6) == []


def test_a_phrase_without_samples_is_replaced_by_its_short_form() -> None:
    assert heard(mixer(phrase(1, say="unsayable")), 3) == [(1, 2, SHORT)]
    assert heard(mixer(phrase(1, say="unsayable", short=None)), 3) == []


def test_a_phrase_waits_for_the_end_of_the_one_before() -> None:
    pause = BREATH / RATE
    two = mixer(phrase(0), phrase(1, say="short"))
    assert heard(two, 6) == [(0, 3, WHOLE), (3 + pause, 4 + pause, SHORT)]
    three = mixer(phrase(0, say="short"), phrase(0.2, say="short"), phrase(0.4, say="short"))
    assert [start for start, _, _ in heard(three, 6)] == [0, 1 + pause, 2 * (1 + pause)]


def test_one_that_waited_too_long_is_shortened_or_left_out() -> None:
    pause = BREATH / RATE
    assert heard(mixer(phrase(0), phrase(1, end_by=5)), 7) == [(0, 3, WHOLE), (3 + pause, 4 + pause, SHORT)]
    assert heard(mixer(phrase(0), phrase(1, end_by=4.2)), 7) == [(0, 3, WHOLE)]


def test_beeps_and_phrases_do_not_delay_each_other() -> None:
    beep = Scheduled(2, CueClass.TRANSITIONS, Sound.START)
    assert heard(mixer(phrase(1, end_by=4), beep), 6) == [(1, 2, WHOLE), (2, 2.5, WHOLE + BEEP), (2.5, 4, WHOLE)]
    early = Scheduled(0.75, CueClass.TRANSITIONS, Sound.START)
    assert heard(mixer(phrase(1, end_by=4), early), 6)[1][0] == 1


def test_a_phrase_that_is_still_being_rendered_is_said_as_soon_as_it_is_there() -> None:
    slow = store()
    del slow.phrases["whole"], slow.phrases["short"]
    waiting = mixer(phrase(0.5, end_by=5), of=slow)
    assert heard(waiting, 1.5) == []
    slow.phrases["whole"] = store().phrases["whole"]
    assert heard(waiting, 4) == [(1.5, 4.5, WHOLE)]


def test_the_short_form_is_waited_for_as_well() -> None:
    slow = store()
    del slow.phrases["short"]
    waiting = mixer(phrase(0.5, end_by=3), of=slow)
    assert heard(waiting, 1) == []
    slow.phrases.update(store().phrases)
    assert heard(waiting, 2) == [(1, 2, SHORT)]


def test_a_phrase_rendered_late_is_said_in_short_or_not_at_all() -> None:
    slow = store()
    del slow.phrases["whole"], slow.phrases["short"]
    too_late = mixer(phrase(0.5, end_by=4), of=slow)
    assert heard(too_late, 1.5) == []
    slow.phrases.update(store().phrases)
    assert heard(too_late, 4) == [(1.5, 2.5, SHORT)]
    slow = store()
    del slow.phrases["whole"]
    much_later = mixer(phrase(0.5, short=None), of=slow)
    heard(much_later, 6)
    slow.phrases.update(store().phrases)
    assert heard(much_later, 4) == []


def stalled(known_at: float, *items: Scheduled) -> list[tuple[float, float, int]]:
    """Return seven seconds of the sound from second 9 on of `items`, sent at `known_at`.

    Nothing pulls from second 4 to 9.
    """
    made = Mixer(store(), FrameMap(), FULL)
    made.replace(items, known_at=known_at)
    for i in range(400):
        made.pull(RATE // 100, i * 0.01)
    found = runs(made.pull(RATE // 100, 9.0 + i * 0.01) for i in range(700))
    return [(round(start, 2), round(end, 2), value) for start, end, value in found]


def test_a_phrase_that_was_due_during_a_stall_is_not_said() -> None:
    assert stalled(0.0, phrase(6, end_by=20), phrase(10, end_by=20)) == [(1, 4, WHOLE)]


def test_a_phrase_that_was_scheduled_after_its_instant_is_said() -> None:
    assert stalled(8.0, phrase(6, end_by=20, short=None), phrase(12.5, end_by=16)) == [(0, 3, WHOLE), (3.5, 6.5, WHOLE)]


def test_a_removed_phrase_is_not_said_once_it_is_rendered() -> None:
    slow = store()
    del slow.phrases["whole"]
    waiting = mixer(phrase(0.5, short=None), of=slow)
    heard(waiting, 1)
    waiting.replace([])
    slow.phrases.update(store().phrases)
    assert heard(waiting, 2) == []


def test_an_edit_that_leaves_a_phrase_its_time_leaves_it_alone() -> None:
    playing = mixer(phrase(0, end_by=4))
    heard(playing, 1)
    playing.replace([phrase(0, end_by=3), phrase(6)])
    assert heard(playing, 1) == [(1, 2, WHOLE)]
    playing.replace([phrase(0), phrase(6)])
    assert heard(playing, 2) == [(2, 3, WHOLE)]


def test_an_edit_that_takes_its_time_away_ends_it() -> None:
    playing = mixer(phrase(0, end_by=4))
    heard(playing, 1)
    playing.replace([phrase(0, end_by=2)])
    assert heard(playing, 3)[-1][1] <= 1 + RAMP / RATE


def test_a_phrase_whose_turn_has_not_come_does_not_sound_after_a_pause() -> None:
    playing = mixer(phrase(0), phrase(1, say="short"))
    heard(playing, 2)
    playing.replace([])
    assert heard(playing, 4)[-1][1] <= 2 + RAMP / RATE
