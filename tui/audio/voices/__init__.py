"""Chooses a voice; all of them have one protocol (`engine`).

Spoken text comes from untrusted files. It is filtered by `readable` and reaches a voice only as input: never through a
shell, never in a command line.
"""

import importlib
import sys
from collections.abc import Iterable
from typing import NamedTuple

from tui.audio.voices.engine import Engine, NoVoice, Speech, VoiceInfo
from tui.plain_text import is_control

_MODULES = ("espeak_library", "espeak_command", "macos_say")
LONGEST_TEXT = 400
"""In characters, about half a minute: no gap is long enough for a longer phrase."""
DEFAULT = "en"
_COMMON = ("en", "de", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "zh")
_MARKUP = str.maketrans(dict.fromkeys("[]<>{}`|\\", " "))


class Voice(NamedTuple):
    """An engine and its language; `note` is a line to show if that is not the requested one."""

    engine: Engine
    language: str
    note: str = ""

    @property
    def name(self) -> str:
        """The name of the engine and the language."""
        return f"{self.engine.name}, {self.language}"

    @property
    def key(self) -> str:
        """The key of its phrases in the cache."""
        return f"{self.engine.key}, {self.language}"

    @property
    def info(self) -> VoiceInfo:
        """The facts for the user, with every language that has a voice."""
        return VoiceInfo(self.name, self.note, tuple(sorted(self.engine.voices)))

    def speak(self, text: str, speed: int) -> Speech:
        """Say `text` at `speed` words a minute. Raises NoVoice."""
        return self.engine.speak(text, self.engine.voices[self.language], speed)


def readable(text: str) -> str:
    """Return `text` without characters that a voice interprets as commands; empty if it is too long."""
    if len(text) > LONGEST_TEXT:
        return ""
    return " ".join("".join(" " if is_control(char) else char for char in text).translate(_MARKUP).split())


def is_installed(command: str) -> bool:
    """Check whether there seems to be a voice, without loading one: the user's own `command`, or any other."""
    from importlib.util import find_spec
    from shutil import which  # the process of the voice does not need it

    programs = ["espeak-ng", *command.split()[:1], *(["say"] if sys.platform == "darwin" else [])]
    return bool(find_spec("espeakng_loader")) or any(map(which, programs))


def find_voice(language: str, command: str = "") -> Voice:
    """Find the voice of the user's own `command`, else the best installed one. Raises NoVoice."""
    if not command:
        return installed_voice(language)
    from tui.audio.voices.own_command import OwnCommand

    try:
        return Voice(OwnCommand(command, language), language)
    except NoVoice as reason:
        return instead_of_command(language, str(reason))


def instead_of_command(language: str, reason: str) -> Voice:
    """Return the best installed voice, with a note that the user's command cannot be used. Raises NoVoice."""
    failed = f"voice.command cannot be used ({reason})"
    try:
        voice = installed_voice(language)
    except NoVoice as others:
        raise NoVoice(f"{failed}; {others}") from None
    return voice._replace(note=f"{failed}: speaking {voice.name}. {voice.note}".rstrip())


def installed_voice(language: str) -> Voice:
    """Return the best voice for `language`, else one of another language with a note. Raises NoVoice."""
    engines, reasons = [], []
    for name in _MODULES:
        try:
            engine: Engine = importlib.import_module(f"{__name__}.{name}").open_engine()
        except NoVoice as reason:
            reasons.append(str(reason))
            continue
        if tag := nearest(language, engine.voices):
            return Voice(engine, tag)
        engines.append(engine)
    spoken = [engine for engine in engines if engine.voices]
    if not spoken:
        raise NoVoice("; ".join(reasons) or "no voice is installed")
    return _other_language(language, spoken[0])


def nearest(language: str, tags: Iterable[str]) -> str:
    """Return the tag of `language`, or of a variant: `de` for `de-CH`; empty if there is none."""
    tags = sorted(tags)
    wanted = language.strip().lower().replace("_", "-")
    base = wanted.partition("-")[0]
    for tag in (wanted, base):
        if tag in tags:
            return tag
    return next((tag for tag in tags if base and tag.startswith(f"{base}-")), "")


def _other_language(language: str, engine: Engine) -> Voice:
    """Return the voice used if there is none for `language`, with a note."""
    from tui.routine.problems import did_you_mean, listed, quoted

    tag = nearest(DEFAULT, engine.voices) or min(engine.voices)
    names = [name for name in _COMMON if name in engine.voices] or sorted(engine.voices)
    more = "" if len(names) == len(engine.voices) else f" and {len(engine.voices) - len(names)} more (gluteus doctor)"
    missing = f"voice.language {quoted(language)} is not installed{did_you_mean(language, engine.voices)}"
    return Voice(engine, tag, f"{missing}: speaking {tag}. There are {listed(names)}{more}.")
