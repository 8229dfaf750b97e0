"""The choice of the voice, and its input."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import pytest

from tests.for_each import for_each
from tui.audio.voices import (
    LONGEST_TEXT,
    espeak_command,
    espeak_library,
    find_voice,
    macos_say,
    nearest,
    readable,
)
from tui.audio.voices.engine import NoVoice, Speech


class Engine:
    def __init__(self, name: str, *languages: str) -> None:
        self.name = name
        self.voices: Mapping[str, str] = {tag: f"voice-{tag}" for tag in languages}

    def speak(self, text: str, voice: str, speed: int) -> Speech:
        return Speech(array("h", [len(text), speed]), int(voice == "voice-de"))


def installed(monkeypatch: pytest.MonkeyPatch, *engines: Engine | None) -> None:
    """Have these engines in the order of preference; None is one that is not there."""

    def opener(engine: Engine | None) -> Engine:
        if engine is None:
            raise NoVoice("is not installed")
        return engine

    for module, engine in zip((espeak_library, espeak_command, macos_say), engines, strict=True):
        monkeypatch.setattr(module, "open_engine", lambda engine=engine: opener(engine))


def test_the_library_comes_first_then_the_program_then_say(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = Engine("library", "en"), Engine("program", "en"), Engine("say", "en")
    installed(monkeypatch, first, second, third)
    assert find_voice("en").name == "library, en"
    installed(monkeypatch, None, second, third)
    assert find_voice("en").name == "program, en"
    installed(monkeypatch, None, None, third)
    assert find_voice("en").name == "say, en"


def test_a_voice_speaks_the_language_with_its_own_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Engine("library", "de", "en"), None, None)
    voice = find_voice("de-CH")
    assert (voice.language, voice.note, voice.info.languages) == ("de", "", ("de", "en"))
    assert voice.speak("Halb", 200) == Speech(array("h", [4, 200]), 1)


def test_a_lesser_engine_that_has_the_language_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Engine("library", "en"), Engine("program", "en", "de"), None)
    assert find_voice("de").name == "program, de"


def test_a_language_that_is_not_installed_is_named_with_the_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Engine("library", "de", "en", "fr"), None, None)
    voice = find_voice("klingon\x1b[2J")
    assert voice.language == "en"
    assert voice.note == ('voice.language "klingon\ufffd[2J" is not installed: speaking en. There are en, de, fr.')
    installed(monkeypatch, Engine("library", "de", "sv"), None, None)
    assert find_voice("english").language == "de"


def test_of_many_languages_some_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Engine("library", "de", "en", *(f"x{n}" for n in range(90))), None, None)
    assert find_voice("dee").note.endswith(
        '(did you mean "de"?): speaking en. There are en, de and 90 more (gluteus doctor).'
    )


def test_without_any_voice_the_reasons_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, None, None, None)
    with pytest.raises(NoVoice, match="is not installed; is not installed; is not installed"):
        find_voice("en")
    installed(monkeypatch, Engine("empty"), None, None)
    with pytest.raises(NoVoice):
        find_voice("en")


@for_each(
    ("language", "expected"),
    [("en", "en"), ("EN_GB", "en-gb"), ("en-AU", "en"), ("pt", "pt-br"), ("xx", ""), ("", ""), ("-", ""), ("e", "")],
)
def test_the_nearest_language(language: str, expected: str) -> None:
    assert nearest(language, ["pt-br", "en", "en-gb", "de"]) == expected


@for_each(
    ("text", "said"),
    [
        ("Squeeze at the top", "Squeeze at the top"),
        ("-v de --stdout", "-v de --stdout"),
        ("<voice name='de'>Hallo</voice>", "voice name='de' Hallo /voice"),
        ("[[volm 0.1]] [[D,Is]]", "volm 0.1 D,Is"),
        ("a\x01\x1b]0;t\x07\nb\u202ec\ud800", "a 0;t b c"),
        ("$(reboot) `reboot`; reboot", "$(reboot) reboot ; reboot"),
        ("x" * LONGEST_TEXT, "x" * LONGEST_TEXT),
        ("x" * (LONGEST_TEXT + 1), ""),
        ("word " * 2000, ""),
        (" \x00 ", ""),
    ],
)
def test_nothing_in_a_text_is_an_order(text: str, said: str) -> None:
    assert readable(text) == said


def test_the_languages_of_espeak_ng() -> None:
    listing = """Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
 5  chr-US-Qaaa-x-west --/M      Cherokee_          iro/chr
"""
    assert espeak_command.languages(listing) == {
        "cmn": "cmn", "zh-cmn": "zh-cmn", "zh": "zh", "en-gb": "en-gb", "en": "en",
        "chr-us-qaaa-x-west": "chr-US-Qaaa-x-west",
    }  # fmt: skip


def test_the_languages_of_say_have_plain_voices_first() -> None:
    listing = """Albert              en_US    # Hello! My name is Albert.
Anna                de_DE    # Hallo! Ich heiße Anna.
Bad News            en_US    # Hello! My name is Bad News.
Daniel              en_GB    # Hello! My name is Daniel.
Eddy (French (France)) fr_FR    # Bonjour, je suis Eddy.
Samantha            en_US    # Hello! My name is Samantha.
Thomas              fr_FR    # Bonjour, je suis Thomas.
Ting-Ting           zh_CN    # Ting-Ting
"""
    found = macos_say.languages(listing)
    assert (found["en"], found["en-us"], found["en-gb"], found["fr"]) == ("Samantha", "Samantha", "Daniel", "Thomas")
    assert (found["de"], found["zh-cn"], found["bad news"]) == ("Anna", "Ting-Ting", "Bad News")
