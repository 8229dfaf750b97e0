"""The sound part of `gluteus doctor`: output, voice, advice, and a test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tui.audio.player import SEE_DOCTOR, Player, PlayerStatus
from tui.audio.schedule import Levels, Scheduled
from tui.audio.spawn import voice_setup
from tui.audio.voices.speaker import Speaker
from tui.coach.cue import CLASS_OF, CueClass, Sound
from tui.coach.speech_estimate import speech_seconds
from tui.files.places import Places
from tui.files.settings import Settings
from tui.plain_text import plain_text
from tui.sound_backends import BACKENDS, SILENT

READY_S = 8.0
"""The longest wait for the sound."""
LOOK_S = 0.05
STARTING = "starting"
"""The name of a player's backend until one is chosen."""

PHRASE = "This is what comes next: reverse bridge, single leg, left."
LEAD_S = 1.5
"""Seconds for the player to load the phrase."""
GAP_S = 1.5
"""Seconds from one cue to the next, and from the phrase to the first."""
SLOWER = 1.3
"""The factor by which a voice may be slower than the usual one at the same speed."""
AFTER_S = 2.0

Section = dict[str, Any]


def audio(player: Player, settings: Settings) -> Section:
    """Describe the output once it is ready, with failed outputs, their reasons, and advice."""
    status = ready(player)
    return {
        "asked_for": settings.audio.backend,
        "backend": status.backend,
        "device": plain_text(status.device),
        "latency_ms": round(status.latency_s * 1000),
        "audible": status.audible,
        "note": plain_text(status.note.replace(SEE_DOCTOR, "").strip()),
        "tried": [{"backend": name, "reason": plain_text(reason)} for name, reason in status.tried],
        "volume": settings.audio.volume,
        "mute": settings.audio.mute,
        "advice": advice_on(status, settings.audio.backend),
    }


def ready(player: Player) -> PlayerStatus:
    """Return the status of a player once it has chosen its output."""
    player.start()
    deadline = time.monotonic() + READY_S
    while player.status.backend == STARTING and time.monotonic() < deadline:
        time.sleep(LOOK_S)
    return player.status


def advice_on(status: PlayerStatus, asked_for: str) -> str:
    """Return advice for better sound; empty if the output is the best one, or was requested."""
    best, *others = BACKENDS
    if status.backend in (best, asked_for):
        return ""
    if "not installed" in dict(status.tried).get(best, ""):
        return f"For exact sound: {BACKENDS[best].install}."
    if not status.audible:
        return "Connect a loudspeaker or start the sound server, then try again."
    if status.backend in BACKENDS and BACKENDS[status.backend].exact:
        return ""
    return next((f"For exact sound: {BACKENDS[name].install}." for name in others if BACKENDS[name].exact), "")


def voice(settings: Settings, places: Places) -> Section:
    """Describe the voice, with advice if there is none."""
    speaker = Speaker(voice_setup(settings, places))
    try:
        if settings.voice.command:
            speaker.speak(PHRASE)  # only a test shows whether it works
        about = speaker.about()
    finally:
        speaker.close()
    return {
        "mode": settings.voice.mode,
        "language": settings.voice.language,
        "speed": settings.voice.speed,
        "name": plain_text(about.voice),
        "note": plain_text(about.note),
        "advice": plain_text(about.advice),
        "languages": [plain_text(tag) for tag in about.languages],
    }


def sound_rows(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield lines about `audio`."""
    device = f" on {facts['device']}" if facts["device"] else ""
    latency = f", heard {facts['latency_ms']} ms later" if facts["latency_ms"] else ""
    muted = ", muted" if facts["mute"] else ""
    yield "sound", f"{facts['backend']}{device}{latency}; volume {facts['volume']} %{muted}"
    if facts["note"]:
        yield "", facts["note"]
    for tried in facts["tried"]:
        yield "", f"not {tried['backend']}: {tried['reason']}"
    if facts["advice"]:
        yield "", facts["advice"]


def voice_rows(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield lines about `voice`; the languages only if the requested one is missing."""
    says = {"off": "says nothing", "names": "says what comes next", "all": "says what comes next and form cues"}
    yield "voice", f"{facts['name'] or 'none'}, {facts['speed']} words a minute, {says[facts['mode']]}"
    for line in filter(None, (facts["note"], facts["advice"])):
        yield "", line
    if "voice.language" in facts["note"]:
        yield "", f"All languages: {', '.join(facts['languages'])}."


def play(
    player: Player,
    settings: Settings,
    speaks: bool,
    report: Callable[[str], None],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Play a phrase, if there is a voice, and every cue, printing its name while it sounds."""
    if player.status.backend == SILENT:
        report("Nothing is played: audio.backend is silent.")
        return
    if not player.status.audible:
        report("There is no sound device: the cues ring the terminal's bell.")
    if settings.audio.mute:
        report("Your settings mute the sound; it is played here all the same.")
    if settings.audio.volume == 0:
        report("Your settings have the volume at 0 %.")
    player.set_levels(Levels(settings.audio.volume / 100))
    player.load_phrases([PHRASE])
    speed = settings.voice.speed
    items = programme(clock() + LEAD_S, speed if speaks and player.status.audible else 0)
    player.schedule(items)
    for item in items:
        sleep(max(0.0, item.at - clock()))
        report(str(item.sound or f"voice, {speed} words a minute: {item.say}"))
    sleep(AFTER_S)


def programme(begin: float, speed: int) -> list[Scheduled]:
    """Return the phrase at this many words a minute, or none at 0, and each cue, from the instant `begin` on."""
    phrases = [Scheduled(begin, CueClass.VOICE, say=PHRASE)] if speed else []
    first = begin + (SLOWER * speech_seconds(PHRASE, speed) + GAP_S if speed else 0.0)
    cues = [Scheduled(first + GAP_S * i, CLASS_OF[sound], sound) for i, sound in enumerate(Sound)]
    return phrases + cues
