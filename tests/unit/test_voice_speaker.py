"""The voice's process: requests, crashes, restarts, giving up."""

from __future__ import annotations

import io
import json
import os
import shlex
import signal
import sys
import threading
from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from tests.patience import PATIENCE_S, wait_until
from tests.processes import wait_for_end
from tui.audio.frame_map import RATE
from tui.audio.sample_store import SampleStore
from tui.audio.voices import Voice, process, speaker
from tui.audio.voices import phrase_loader as loader_module
from tui.audio.voices.cache import Cache
from tui.audio.voices.engine import NoVoice, Speech, VoiceInfo
from tui.audio.voices.own_command import OwnCommand
from tui.audio.voices.phrase_loader import PhraseLoader
from tui.audio.voices.speaker import Speaker

needs_shell = pytest.mark.skipif(sys.platform != "linux", reason="the stand-ins are shell scripts, looked for in /proc")
WAV = Path(__file__).parent.parent.parent / "sounds" / "countdown.wav"
WELCOME = '{"voice": "parrot, en", "note": "", "languages": ["en"], "reason": ""}'

PARROT = f"""
echo '{WELCOME}'
while read -r line; do
  text=${{line#?}} text=${{text%?}}
  case $text in
    crash) kill -ABRT $$ ;;
    hang) exec sleep 60 ;;
    silence) text= ;;
  esac
  echo '{{"count": '${{#text}}'}}'
  while [ "$text" ]; do printf '\\001\\000' && text=${{text#?}}; done
done
"""
"""A shell script that says as many ones as a text has letters."""
FAILING = "exit 1"
MUTE = """echo '{"voice": "", "note": "", "languages": [], "reason": "nobody is there"}'"""

Starts = list[int]


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Starts]:
    """Have a script in the place of the voice; the process ids of all that were started."""

    def use(script: str) -> Starts:
        ids: Starts = []

        def start_module(module: str, *arguments: str, errors: int) -> Popen[bytes]:
            started = Popen(["sh", "-c", script], stdin=PIPE, stdout=PIPE, stderr=errors)
            ids.append(started.pid)
            return started

        monkeypatch.setattr(speaker, "start_module", start_module)
        return ids

    return use


def ones(count: int) -> array[int]:
    return array("h", [1] * count)


def test_it_speaks_through_one_process_and_names_the_voice(starts: Callable[[str], Starts]) -> None:
    ids = starts(PARROT)
    voice = Speaker({})
    assert not ids, "nothing is started before it is needed"
    assert voice.speak("Halfway") == ones(7)
    assert voice.speak("Left\x1b[[side") == ones(9)
    assert voice.about() == VoiceInfo("parrot, en", "", ("en",), "")
    assert voice.speak("silence") is None
    assert voice.speak("x" * 10_000) is None
    assert len(ids) == 1
    voice.close()


def test_a_crash_costs_one_phrase(starts: Callable[[str], Starts]) -> None:
    ids = starts(PARROT)
    voice = Speaker({})
    for _ in range(speaker.MOST_DEATHS + 1):
        assert voice.speak("crash") is None
        assert voice.speak("Halfway") == ones(7)
    assert len(ids) == speaker.MOST_DEATHS + 2
    voice.close()


def test_one_that_was_killed_is_replaced_and_none_is_left_behind(starts: Callable[[str], Starts]) -> None:
    ids = starts(PARROT)
    voice = Speaker({})
    assert voice.speak("Halfway")
    os.kill(ids[0], signal.SIGKILL)
    voice.speak("Left side")
    assert voice.speak("Left side") == ones(9)
    voice.close()
    for gone in ids:
        with pytest.raises(ProcessLookupError):
            os.kill(gone, 0)


def test_one_that_hangs_is_ended(starts: Callable[[str], Starts], monkeypatch: pytest.MonkeyPatch) -> None:
    starts(PARROT)
    voice = Speaker({})
    assert voice.speak("Halfway")
    monkeypatch.setattr(speaker, "ANSWER_S", 0.1)
    assert voice.speak("hang") is None
    monkeypatch.setattr(speaker, "ANSWER_S", PATIENCE_S)
    assert voice.speak("Halfway") == ones(7)
    voice.close()


def test_one_that_never_answers_is_given_up(starts: Callable[[str], Starts]) -> None:
    ids = starts(FAILING)
    voice = Speaker({})
    assert [voice.speak("Halfway") for _ in range(5)] == [None] * 5
    assert len(ids) == speaker.MOST_DEATHS
    assert "keeps failing" in voice.about().advice


def test_one_that_crashes_on_everything_is_given_up(starts: Callable[[str], Starts]) -> None:
    ids = starts(PARROT)
    voice = Speaker({})
    assert [voice.speak("crash") for _ in range(6)] == [None] * 6
    assert len(ids) == speaker.MOST_DEATHS


def test_without_a_voice_it_returns_the_reason_and_advice(starts: Callable[[str], Starts]) -> None:
    ids = starts(MUTE)
    voice = Speaker({})
    assert voice.speak("Halfway") is None and voice.speak("Left side") is None
    assert voice.about().advice.startswith("There is no voice (nobody is there). For one: pip install")
    assert VoiceInfo("parrot, en").advice == ""
    assert len(ids) == 1
    voice.close()


class Reciter:
    """An engine that counts what it is asked."""

    def __init__(self) -> None:
        self.name = self.key = "reciter 1"
        self.voices = {"en": "en"}
        self.asked: list[str] = []

    def speak(self, text: str, voice: str, speed: int) -> Speech:
        self.asked.append(text)
        if text == "impossible":
            raise NoVoice("cannot be said")
        return Speech(array("h", [0, 8000, -8000, 8000] * speed), 44_100)


def nobody_else(reason: str) -> Voice:
    raise NoVoice(reason)


def test_the_process_answers_line_by_line_and_asks_the_voice_once_for_each_phrase(tmp_path: Path) -> None:
    engine, out = Reciter(), io.BytesIO()
    questions = b"".join(json.dumps(text).encode() + b"\n" for text in ("Halfway", "impossible", "Halfway"))
    process.serve(Voice(engine, "en"), 165, Cache(tmp_path), io.BytesIO(questions), out, nobody_else)
    assert engine.asked == ["Halfway", "impossible"]
    out.seek(0)
    first = json.loads(out.readline())
    samples = out.read(2 * first["count"])
    assert first["count"] > 600
    assert json.loads(out.readline()) == {"count": 0}
    assert json.loads(out.readline()) == first
    assert out.read() == samples


def test_a_change_of_speed_or_voice_is_rendered_anew(tmp_path: Path) -> None:
    engine, cache = Reciter(), Cache(tmp_path)
    slow = process.rendered(Voice(engine, "en"), 100, cache, "Halfway")
    assert len(process.rendered(Voice(engine, "en"), 200, cache, "Halfway")) > len(slow)
    engine.key = "reciter 2"
    process.rendered(Voice(engine, "en"), 100, cache, "Halfway")
    assert engine.asked == ["Halfway"] * 3


def installed(folder: Path, script: str) -> str:
    """A command that is this shell script, with the file to write as $2."""
    program = folder / "my voice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return shlex.join([str(program), "--to={file}", "{file}"])


def answers(out: io.BytesIO) -> list[dict[str, object]]:
    """Return the answer of a process, without the samples."""
    out.seek(0)
    heads = []
    while line := out.readline():
        heads.append(json.loads(line))
        out.read(2 * heads[-1]["count"])
    return heads


@needs_shell
def test_the_users_own_voice_is_replaced_after_a_failure_and_not_tried_again(tmp_path: Path) -> None:
    own = OwnCommand(installed(tmp_path, f'echo x >> "{tmp_path}/asked"; echo "no model" >&2; exit 1'), "en")
    other, out, reasons = Reciter(), io.BytesIO(), list[str]()

    def instead(reason: str) -> Voice:
        reasons.append(reason)
        return Voice(other, "en", "a note")

    questions = b'"Halfway"\n"Left side"\n'
    process.serve(Voice(own, "en"), 165, Cache(tmp_path / "cache"), io.BytesIO(questions), out, instead)
    first, second = answers(out)
    assert (first["voice"], first["note"]) == ("reciter 1, en", "a note") and first["count"]
    assert "voice" not in second and second["count"]
    assert other.asked == ["Halfway", "Left side"] and reasons == ["no model"]
    assert (tmp_path / "asked").read_text() == "x\n"


@needs_shell
def test_without_another_voice_the_reason_is_reported(tmp_path: Path) -> None:
    own, out = OwnCommand(installed(tmp_path, "exit 3"), "en"), io.BytesIO()
    process.serve(Voice(own, "en"), 165, Cache(tmp_path / "cache"), io.BytesIO(b'"Halfway"\n'), out, nobody_else)
    (answer,) = answers(out)
    assert answer == {"voice": "", "note": "", "languages": [], "reason": "exit code 3", "count": 0}


@needs_shell
def test_the_users_own_voice_speaks_through_the_process_and_is_cached(tmp_path: Path) -> None:
    command = installed(tmp_path, f'cat >> "{tmp_path}/asked"; cp "{WAV}" "$2"')
    setup = {"language": "en", "speed": 165, "cache": str(tmp_path / "cache"), "command": command}
    for _ in range(2):
        voice = Speaker(setup)
        said = voice.speak("Halfway")
        assert said and len(said) > 4000
        assert voice.about() == VoiceInfo("my voice, en", "", ("en",), "")
        voice.close()
    assert (tmp_path / "asked").read_text() == "Halfway", "the second time it is in the cache"


@needs_shell
def test_closing_the_voice_ends_the_users_program_with_its_children(tmp_path: Path) -> None:
    pid, begun = tmp_path / "pid", tmp_path / "begun"
    command = installed(tmp_path, f'sleep 60 & echo $! $PPID > "{pid}"; mv "{pid}" "{begun}"; wait')
    voice = Speaker({"language": "en", "speed": 165, "cache": str(tmp_path / "cache"), "command": command})
    thread = threading.Thread(target=voice.speak, args=("Halfway",), daemon=True)
    thread.start()
    wait_until(begun.exists)
    child, parent = map(int, begun.read_text().split())
    os.kill(parent, signal.SIGTERM)
    thread.join(PATIENCE_S)
    wait_for_end([child])


class SlowSpeaker(Speaker):
    """Waits with each phrase until it is let go."""

    def __init__(self) -> None:
        super().__init__({})
        self.said = list[str]()
        self.who = VoiceInfo("parrot, en")
        self.may_speak, self.done = threading.Semaphore(0), threading.Semaphore(0)

    def about(self) -> VoiceInfo:
        return self.who

    def speak(self, text: str) -> array[int] | None:
        self.may_speak.acquire()
        self.said.append(text)
        self.done.release()
        return None if text == "impossible" else ones(len(text))

    def let_speak(self, count: int) -> None:
        for _ in range(count):
            self.may_speak.release()
            assert self.done.acquire(timeout=PATIENCE_S)


def test_phrases_are_rendered_in_the_order_they_are_due_without_blocking() -> None:
    store, slow, introduced = SampleStore(), SlowSpeaker(), list[VoiceInfo]()
    loader = PhraseLoader(store, slow, introduced.append)
    loader.load(["one", "impossible", "three", "four"])
    assert store.phrases == {}
    slow.let_speak(3)  # "four" is begun, and waits
    assert slow.said == ["one", "impossible", "three"]
    assert introduced == [VoiceInfo("parrot, en")]
    wait_until(lambda: "three" in store.phrases)
    loader.load(["five", "three", "one", "six"])
    slow.let_speak(3)
    assert slow.said[3:] == ["four", "five", "six"], "nothing is rendered twice"
    assert store.phrases["one"] == ones(3)
    assert store.phrases["impossible"] == array("h")


def test_its_process_is_ended_when_the_phrases_are_made_and_started_for_the_next(
    starts: Callable[[str], Starts], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader_module, "LINGER_S", 0.01)
    ids, store = starts(PARROT), SampleStore()
    loader = PhraseLoader(store, Speaker({}), lambda about: None)

    def have_ended(count: int) -> bool:
        return len(ids) == count and not os.path.exists(f"/proc/{ids[-1]}")

    for number in range(1, 6):  # more often than a voice may crash
        loader.load([f"phrase {number}"])
        wait_until(partial(have_ended, number))
        assert len(store.phrases[f"phrase {number}"]) == len("phrase 1")


def test_a_change_of_the_voice_is_reported() -> None:
    store, slow, introduced = SampleStore(), SlowSpeaker(), list[VoiceInfo]()
    PhraseLoader(store, slow, introduced.append).load(["one", "two", "three"])
    slow.let_speak(1)
    slow.who = VoiceInfo("reciter, en", "a note")
    slow.let_speak(2)
    wait_until(lambda: "three" in store.phrases)
    assert introduced == [VoiceInfo("parrot, en"), VoiceInfo("reciter, en", "a note")]


def test_a_store_takes_no_more_than_its_share_of_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader_module, "MOST_S", 2.5)
    store, slow = SampleStore(), SlowSpeaker()
    PhraseLoader(store, slow, lambda about: None).load(["a" * RATE, "b" * RATE, "c" * RATE, "d" * RATE])
    slow.let_speak(3)
    wait_until(lambda: len(store.phrases) == 4)
    assert [len(samples) for samples in store.phrases.values()] == [RATE, RATE, RATE, 0]
