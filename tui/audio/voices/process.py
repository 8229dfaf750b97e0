"""The process of the voice: `python -m tui.audio.voices.process SETUP`. It reads phrases and writes their samples.

A voice may crash on strange text, hang or print; none of this may affect the process that plays the beeps, and its
computations must not delay it. The process ends when its input ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from array import array
from collections.abc import Callable
from functools import partial
from typing import IO

from tui.audio.answers import answer, open_answers
from tui.audio.voices import Voice, find_voice, instead_of_command
from tui.audio.voices.cache import Cache
from tui.audio.voices.engine import NoVoice, VoiceInfo
from tui.audio.voices.samples import ready

RENDERING = 2
"""The version of the processing in `samples`, a part of the cache's key. Increase it with each change there."""


def rendered(voice: Voice, speed: int, cache: Cache, text: str) -> array[int]:
    """Return the samples of `text`, from the cache or from the voice. Raises NoVoice."""
    key = (RENDERING, voice.key, speed, text)
    if (samples := cache.get(*key)) is None:
        speech = voice.speak(text, speed)
        samples = ready(speech.samples, speech.rate)
        cache.put(samples, *key)
    return samples


def serve(
    voice: Voice, speed: int, cache: Cache, phrases: IO[bytes], out: IO[bytes], instead: Callable[[str], Voice]
) -> None:
    """Answer each phrase, a JSON string on a line, with a line of JSON and `count` samples in native byte order.

    If the user's own voice fails, `instead` returns another one for this reason, and the answer names it. It is used
    from then on, as a voice that hangs would hang with each phrase.
    """
    for line in phrases:
        text, head = json.loads(line), dict[str, object]()
        try:
            samples = rendered(voice, speed, cache, text)
        except NoVoice as reason:
            from tui.audio.voices.own_command import OwnCommand  # loads the file format

            samples = array("h")
            if isinstance(voice.engine, OwnCommand):
                try:
                    voice = instead(str(reason))
                    head = voice.info._asdict()
                    samples = rendered(voice, speed, cache, text)
                except NoVoice as others:
                    head = head or VoiceInfo(reason=str(others))._asdict()
        answer(out, {**head, "count": len(samples)}, samples.tobytes())


def main() -> None:
    """Report the voice, then serve until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a ctrl+c is for the program that started this one
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit())  # orderly, so that no file is left behind
    out = open_answers()
    setup = json.loads(sys.argv[1])
    language = setup["language"]
    try:
        voice = find_voice(language, setup["command"])
    except NoVoice as reason:
        answer(out, VoiceInfo(reason=str(reason))._asdict())
        return
    answer(out, voice.info._asdict())
    instead = partial(instead_of_command, language)
    serve(voice, setup["speed"], Cache(setup["cache"]), sys.stdin.buffer, out, instead)


if __name__ == "__main__":
    try:
        main()
    finally:
        os._exit(0)  # an orderly exit takes an eighth of the time for finding a voice
