"""A phrase is heard at its instant, whole, and over before the countdown; the beeps around it stay in time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

import pytest

from tests.loopback.conftest import Players, only_worker, wait_for
from tests.loopback.listening import Heard, Server
from tests.loopback.peace import Attempt, in_peace
from tui.audio.frame_map import RATE
from tui.audio.schedule import Scheduled
from tui.audio.spawn import voice_setup
from tui.audio.voices.speaker import Speaker
from tui.coach.cue import CueClass, Sound
from tui.files.places import find_places
from tui.files.settings import Settings, VoiceSettings

WHOLE, SHORT = "Next: reverse bridge, single leg, left", "reverse bridge"
SETTLE_S = 2.5
LATE_S = 0.03
"""The most that an output adds."""


@pytest.fixture
def lengths() -> dict[str, float]:
    """Return the seconds of each phrase."""
    speaker = Speaker(voice_setup(Settings(), find_places()))
    found = {text: len(speaker.speak(text) or ()) / RATE for text in (WHOLE, SHORT)}
    about = speaker.about()
    speaker.close()
    if not about.voice:
        pytest.skip(f"no voice is installed: {about.reason}")
    return found


def test_a_phrase_is_heard_whole_or_short_and_ends_before_the_countdown(
    server: Server, player: Players, lengths: dict[str, float]
) -> None:
    server.start()

    def judged(attempt: Attempt) -> None:
        ear, plays = attempt.ear(server), player(backend="miniaudio")
        plays.load_phrases([WHOLE, SHORT])
        wait_for(plays, lambda status: status.backend == "miniaudio" and bool(status.voice))
        first = time.monotonic() + SETTLE_S
        first_end = first + lengths[WHOLE] + 0.1
        second = first_end + 1.0
        second_end = second + (lengths[WHOLE] + lengths[SHORT]) / 2
        beeps = [first_end + 0.3, second_end + 0.3]
        plays.schedule(
            [
                Scheduled(first, CueClass.VOICE, say=WHOLE, short=SHORT, end_by=first_end),
                Scheduled(beeps[0], CueClass.COUNTDOWN, Sound.COUNTDOWN),
                Scheduled(second, CueClass.VOICE, say=WHOLE, short=SHORT, end_by=second_end),
                Scheduled(beeps[1], CueClass.COUNTDOWN, Sound.COUNTDOWN),
            ]
        )
        time.sleep(beeps[1] + 0.6 - time.monotonic())
        heard = ear.stop()
        check_phrase(heard, first, first_end, beeps[0], lengths[WHOLE])
        check_phrase(heard, second, second_end, beeps[1], lengths[SHORT])

    in_peace(judged)


def check_phrase(heard: Sequence[Heard], begin: float, end: float, beep: float, length_s: float) -> None:
    """Its words are heard from `begin` on, all of them, and before `end`; then comes the beep."""
    words = [sound for sound in heard if begin - 0.2 < sound.at < end]
    assert begin - LATE_S < words[0].at < begin + 0.1
    spoken_s = words[-1].at + words[-1].length_s - begin
    assert length_s * 0.8 < spoken_s < length_s + LATE_S
    assert max(sound.peak for sound in words) > 10_000
    (after,) = [sound for sound in heard if end < sound.at < end + 1]
    assert abs(after.at - beep) < LATE_S
    assert after.at - (begin + spoken_s) > 0.3


def test_a_language_that_is_not_installed_is_one_line_and_a_new_worker_speaks_as_well(
    server: Server, player: Players, lengths: dict[str, float]
) -> None:
    server.start()

    def judged(attempt: Attempt) -> None:
        ear, plays = attempt.ear(server), player(voice=VoiceSettings(language="klingon"))
        plays.load_phrases([SHORT])
        wait_for(plays, lambda status: bool(status.voice))
        assert plays.status.note.count("\n") == 0
        assert 'voice.language "klingon" is not installed' in plays.status.note
        at = time.monotonic() + SETTLE_S
        plays.schedule([Scheduled(at, CueClass.VOICE, say=SHORT)])
        os.kill(only_worker(), signal.SIGKILL)
        time.sleep(at + lengths[SHORT] + 0.3 - time.monotonic())
        words = [sound for sound in ear.stop() if sound.peak > 10_000]
        assert at - LATE_S < words[0].at < at + 0.1
        assert words[-1].at + words[-1].length_s < at + lengths[SHORT] + LATE_S

    in_peace(judged)
