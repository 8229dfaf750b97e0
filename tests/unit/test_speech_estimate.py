"""The estimate of speech: compared with a real voice, and sensible for any text."""

from __future__ import annotations

import math
import shutil
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tui.audio.voices import readable
from tui.audio.voices.espeak_command import EspeakCommand
from tui.audio.voices.samples import trimmed
from tui.bundled import bundled
from tui.coach.phrases import HALFWAY, ONE_MORE, TEN_BEFORE, TEN_SECONDS, WELL_DONE
from tui.coach.speech_estimate import speech_seconds

ANNOUNCEMENTS = (
    "Next: reverse bridge, single leg. Left leg pushes. Six slow reps.",
    "Lie on your back. Left heel close, right leg lifted. Flatten your lower back. Only up to a straight line.",
    "Two of three, right leg.",
    "Cramp? Feet further apart.",
    "Rest, thirty seconds. Stay on your back.",
    "Press enter when you are done.",
    "Down to the floor.",
    "That's it, well done. Roll to your side and sit up.",
    "Ten seconds",
    "One more",
    "Rest, 45 seconds.",
    "Rest for ten seconds.",
    "As before: only up to a straight line.",
    "Keep in mind: only up to a straight line.",
    "Coming up: bar leg lift.",
    "Third day running.",
    "Left.",
    "One more. Left.",
    "Six more. Right.",
    "Push up onto your knees. Up to standing.",
    "Roll over to the other side. Right side down.",
    "Skipped.",
    "Bridge ladder, seven and a half minutes.",
    "Seven minutes: it takes eight minutes.",
    "Have two cushions beside you.",
    "Left side down.",
    *(wording for wordings in (ONE_MORE, TEN_SECONDS, TEN_BEFORE, HALFWAY, WELL_DONE) for wording in wordings),
)
UNSAID = ("id", "figure", "sources", "tags", "tempo")
SHORT_S = 0.1
"""The most seconds by which the estimate of one word may be wrong by more than 25 %: too short to be noticed."""


def texts(value: object) -> Iterator[str]:
    """Every text in a TOML value that a voice might say."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner) if key not in UNSAID else ()
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def bundled_phrases() -> list[str]:
    """Return the phrases of the bundled exercises: names, steps, cues, cautions and the rest."""
    files = (bundled("routines") / "exercises").iterdir()
    read = (path for path in files if path.name.endswith(".toml"))
    found = {text for path in read for text in texts(tomllib.loads(path.read_text("utf-8")))}
    return sorted(text for text in found if text[:1].isupper() and len(text) <= 200)


def lengths(phrases: list[str], speed: int) -> list[float]:
    """Return the time that espeak-ng takes for each, in seconds, without the silence around it."""
    engine = EspeakCommand()

    def length_s(text: str) -> float:
        speech = engine.speak(readable(text), "en", speed)
        return len(trimmed(speech.samples, speech.rate)) / speech.rate

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(length_s, phrases))


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
@pytest.mark.parametrize(("speed", "allowed", "every"), [(165, 0.25, 1), (120, 0.3, 5), (220, 0.3, 5)])
@pytest.mark.slow
def test_the_bundled_phrases_take_a_voice_about_as_long_as_estimated(speed: int, allowed: float, every: int) -> None:
    phrases = [*ANNOUNCEMENTS, *bundled_phrases()[::every]]
    assert len(phrases) > 30
    spoken = lengths(phrases, speed)
    estimated = [speech_seconds(phrase, speed) for phrase in phrases]
    wrong = [
        (phrase, round(guess, 2), round(length, 2))
        for phrase, guess, length in zip(phrases, estimated, spoken, strict=True)
        if abs(guess - length) > max(allowed * length, SHORT_S)
    ]
    assert not wrong
    assert sum(estimated) == pytest.approx(sum(spoken), rel=0.05), "errors do not add up over a whole script"


def test_nothing_takes_no_time() -> None:
    assert [speech_seconds(text) for text in ("", " ", "...", "?!", "\n")] == [0.0] * 5


def test_it_grows_with_words_letters_digits_and_pauses_and_as_the_speed_falls() -> None:
    for shorter, longer in (
        ("Lift", "Lift slowly"),
        ("Rest", "Rest 3"),
        ("Rest 3", "Rest 30"),
        ("Left leg right leg", "Left leg, right leg"),
        ("hop", "hopping"),
    ):
        assert speech_seconds(shorter) < speech_seconds(longer)
    assert speech_seconds("Left leg", 80) == pytest.approx(2 * speech_seconds("Left leg", 160))


def test_what_is_written_and_not_said_costs_nothing() -> None:
    curly = "Don\N{RIGHT SINGLE QUOTATION MARK}t"
    for text, same in (("Cafe\u0301", "caff"), (curly, "don't"), ("Rest.", "Rest"), ("A  B", "a b"), ("hope", "hop")):
        assert speech_seconds(text) == speech_seconds(same)


def test_any_text_has_a_length() -> None:
    for text in ("脚を上げる", "Поднимите ногу", "\x00\x1b[31m", "x" * 100_000, "9" * 5000, "²³", "a'" * 1000):
        assert math.isfinite(speech_seconds(text)) and speech_seconds(text) >= 0
