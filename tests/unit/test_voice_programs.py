"""The voices that are programs, and the library: text in, samples out, and no text acts as a command."""

from __future__ import annotations

import importlib.util
import io
import os
import platform
import shutil
import sys
import wave
from array import array
from pathlib import Path
from typing import ClassVar

import pytest

from tests.for_each import for_each
from tests.patience import PATIENCE_S
from tui.audio.voices import Voice, find_voice
from tui.audio.voices.engine import NoVoice, Speech
from tui.audio.voices.espeak_command import EspeakCommand
from tui.audio.voices.macos_say import MacosSay
from tui.audio.voices.own_command import OwnCommand
from tui.audio.voices.programs import output_of, speech_from_wav

needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
needs_library = pytest.mark.skipif(not importlib.util.find_spec("espeakng_loader"), reason="needs the extra voice")
needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")

WAV = Path(__file__).parent.parent.parent / "sounds" / "countdown.wav"

FAKE_ESPEAK = f"""
case "$1" in
  --version) echo "eSpeak NG text-to-speech: 9.8.7  Data at: /nowhere";;
  --voices) echo " 5  de  --/M  German  gmw/de";;
  *) printf '%s\\n' "$@" > "$LOG/arguments"; cat > "$LOG/text"; cat "{WAV}";;
esac
"""
FAKE_SAY = f"""
if [ "$2" = "?" ]; then echo "Anna   de_DE    # Hallo"; exit; fi
printf '%s\\n' "$@" > "$LOG/arguments"; cat > "$LOG/text"
while [ "$1" != -o ]; do shift; done
cp "{WAV}" "$2"
"""
NASTY = "-v xx; touch x `id` $(id) \"'\n\\"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder first in PATH, in which programs record their input."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("LOG", str(tmp_path))
    return tmp_path


def install(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}")
    (folder / name).chmod(0o755)


@needs_shell
def test_espeak_ng_gets_the_text_on_its_input_and_nothing_of_it_as_an_argument(programs: Path) -> None:
    install(programs, "espeak-ng", FAKE_ESPEAK)
    engine = EspeakCommand()
    assert (engine.name, engine.voices) == ("espeak-ng 9.8.7", {"de": "de"})
    speech = Voice(engine, "de").speak(NASTY, 200)
    assert (programs / "text").read_text() == NASTY
    assert (programs / "arguments").read_text().split() == ["--stdin", "--stdout", "-b", "1", "-v", "de", "-s", "200"]
    assert (len(speech.samples), speech.rate) == (5292, 44_100)


@needs_shell
def test_say_gets_the_text_on_its_input_and_writes_a_temporary_file(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    install(programs, "say", FAKE_SAY)
    engine = MacosSay()
    speech = Voice(engine, "de").speak(NASTY, 200)
    assert (programs / "text").read_text() == NASTY
    arguments = (programs / "arguments").read_text().split()
    assert arguments[:4] == ["-v", "Anna", "-r", "200"]
    assert arguments[-2:] == ["-f", "-"]
    assert not Path(arguments[5]).exists()
    assert (len(speech.samples), speech.rate) == (5292, 44_100)


@needs_shell
def test_say_is_looked_for_on_macos_alone(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(programs, "say", FAKE_SAY)
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    with pytest.raises(NoVoice):
        MacosSay()


@needs_shell
def test_a_program_that_fails_or_is_missing_says_why(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(programs, "broken", "echo first; printf 'no \\033[31mvoice\\n' >&2; exit 3")
    with pytest.raises(NoVoice, match="no \ufffd\\[31mvoice"):
        output_of(["broken"], "text")
    with pytest.raises(NoVoice, match="not-there is not installed"):
        output_of(["not-there"])
    monkeypatch.setattr("tui.audio.voices.programs.ANSWER_S", 0.1)
    install(programs, "slow", "exec sleep 20")
    with pytest.raises(NoVoice, match="does not answer"):
        output_of(["slow"])


@needs_shell
def test_the_users_command_gets_the_text_on_its_input_and_writes_a_temporary_file(
    programs: Path,
) -> None:
    install(programs, "piper", f'printf "%s\\n" "$@" > "$LOG/arguments"; cat > "$LOG/text"; cp "{WAV}" "$4"')
    engine = OwnCommand('piper --model "en voice.onnx" --output_file {file}', "en")
    speech = Voice(engine, "en").speak(NASTY, 200)
    assert (programs / "text").read_text() == NASTY
    *arguments, file = (programs / "arguments").read_text().splitlines()
    assert arguments == ["--model", "en voice.onnx", "--output_file"]
    assert not Path(file).parent.exists()
    assert (len(speech.samples), speech.rate) == (5292, 44_100)


@needs_shell
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 4", "exit code 4"),
        ("echo first >&2; printf 'no \\033[31mmodel\\n' >&2; exit 1", "no \ufffd[31mmodel"),
        ("true", "it wrote no file"),
        ('echo nonsense > "$1"', "cannot be used as a WAV file"),
        (': > "$1"', "cannot be used as a WAV file"),
        ('mkdir "$1"', "Is a directory"),
        (f'head -c 44 "{WAV}" > "$1"', "not speech: 0 samples"),
        ('truncate -s 60000000 "$1"', "it wrote more than 50 MB"),
        ("sleep 60 & wait", "does not end within 0 s"),
        ("sleep 1 & exit 5", "exit code 5"),
    ],
)
def test_a_command_of_the_users_that_fails_hangs_or_writes_nonsense_is_one_line(
    programs: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    monkeypatch.setattr("tui.audio.voices.own_command.ANSWER_S", 0.3 if "wait" in script else PATIENCE_S)
    install(programs, "mine", script)
    with pytest.raises(NoVoice) as refused:
        OwnCommand("mine {file}", "en").speak("Halfway", "en", 165)
    assert reason in str(refused.value) and "\n" not in str(refused.value)


def test_a_missing_command_of_the_users_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoVoice, match="no-such-program is not installed"):
        OwnCommand("no-such-program {file}", "en")
    voice = Voice(FakeEngine(), "en", "no klingon")
    monkeypatch.setattr("tui.audio.voices.installed_voice", lambda language: voice)
    found = find_voice("klingon", "no-such-program {file}")
    assert found.note == (
        "voice.command cannot be used (no-such-program is not installed): speaking a fake, en. no klingon"
    )

    def nobody(language: str) -> Voice:
        raise NoVoice("espeak-ng is not installed")

    monkeypatch.setattr("tui.audio.voices.installed_voice", nobody)
    with pytest.raises(NoVoice, match=r"no-such-program is not installed\); espeak-ng is not installed"):
        find_voice("en", "no-such-program {file}")


class FakeEngine:
    name = key = "a fake"
    voices: ClassVar = {"en": "en"}

    def speak(self, text: str, voice: str, speed: int) -> Speech:
        return Speech(array("h"), 44_100)


@for_each("channels", [1, 2, 3])
@for_each("size", [1, 2, 3, 4])
def test_speech_of_any_size_and_with_any_channels_is_understood(channels: int, size: int) -> None:
    values = [0, 100, -100, 60, -3]

    def raw(value: int) -> bytes:
        signed = size > 1
        return ((value << 8 * (size - 1)) if signed else value + 128).to_bytes(size, "little", signed=signed)

    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(size)
        file.setframerate(16_000)
        file.writeframes(b"".join(raw(value) * channels for value in values))
    speech = speech_from_wav(target.getvalue())
    assert speech.rate == 16_000
    assert list(speech.samples) == [value << 8 for value in values]


def test_output_that_is_no_sound_is_refused() -> None:
    for data in (b"", b"RIFF", b"hello" * 100):
        with pytest.raises(NoVoice):
            speech_from_wav(data)


@needs_espeak
def test_espeak_ng_speaks() -> None:
    voice = Voice(EspeakCommand(), "en")
    short, whole = voice.speak("Halfway", 165), voice.speak("Halfway, and on to the other side", 165)
    assert len(short.samples) > short.rate / 3
    assert len(whole.samples) > len(short.samples) + whole.rate / 2
    assert len(voice.speak("Halfway, and on to the other side", 400).samples) < len(whole.samples) * 0.7


@needs_library
def test_the_library_speaks() -> None:
    from tui.audio.voices.espeak_library import open_engine

    engine = open_engine()
    assert engine.name.startswith("espeak-ng 1.")
    assert {"en", "en-gb", "de", "fr"} <= set(engine.voices)
    english, german = Voice(engine, "en"), Voice(engine, "de")
    whole = english.speak("Halfway, and on to the other side", 165)
    assert whole.rate == 22_050 and len(whole.samples) > whole.rate
    assert len(english.speak("Halfway, and on to the other side", 400).samples) < len(whole.samples) * 0.7
    assert german.speak("Halfway", 165).samples != english.speak("Halfway", 165).samples
    assert len(english.speak("", 165).samples) < whole.rate / 10
    with pytest.raises(NoVoice):
        engine.speak("Halfway", "no-such-voice", 165)


@needs_library
def test_a_text_that_changes_the_voice_of_other_programs_changes_nothing() -> None:
    from tui.audio.voices.espeak_library import open_engine

    voice = Voice(open_engine(), "en")
    before = len(voice.speak("Halfway", 165).samples)
    nasty = "<speak><voice name='de'><prosody rate='x-fast'>Halb</prosody></voice></speak>"
    plain = len(voice.speak("voice name de prosody rate x-fast Halb prosody voice speak", 165).samples)
    assert len(voice.speak(nasty, 165).samples) > plain * 0.8, "markup is read out, not obeyed"
    assert len(voice.speak("Halfway", 165).samples) == pytest.approx(before, rel=0.02)
