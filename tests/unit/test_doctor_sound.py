"""`gluteus doctor`: its report on sound and voice, and its playback."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.fakes import FakeClock, RecordingPlayer
from tests.for_each import for_each
from tui.audio.player import SEE_DOCTOR, PlayerStatus, SilentPlayer
from tui.audio.voices.engine import VoiceInfo
from tui.audio.voices.speaker import Speaker
from tui.cli import doctor as command
from tui.cli import doctor_sound
from tui.cli.doctor_sound import PHRASE, advice_on, audio, play, voice, voice_rows
from tui.cli.run import run
from tui.coach.cue import Sound
from tui.files.places import find_places
from tui.files.settings import AudioSettings, Settings, VoiceSettings


def played(player: RecordingPlayer | SilentPlayer, settings: Settings | None = None, speaks: bool = True) -> list[str]:
    """Return the lines printed while it plays, each with the clock's second."""
    clock, reported = FakeClock(), list[str]()
    play(
        player,
        settings or Settings(),
        speaks,
        lambda text: reported.append(f"{clock.now:.1f} {text}"),
        clock,
        clock.advance,
    )
    return reported


def test_a_phrase_and_every_cue_are_played_and_named_at_their_instant() -> None:
    player = RecordingPlayer()
    reported = played(player)
    (items,) = player.schedules
    assert player.phrases == [PHRASE]
    assert [item.say for item in items] == [PHRASE] + [None] * len(Sound)
    assert [item.sound for item in items[1:]] == list(Sound)
    assert reported == [f"{item.at:.1f} {item.sound or f'voice, 165 words a minute: {PHRASE}'}" for item in items]
    gaps = [later.at - item.at for item, later in pairwise(items)]
    assert min(gaps) >= 1.5 and gaps[0] > 5


def test_it_is_played_at_the_set_volume_muted_or_not() -> None:
    player = RecordingPlayer()
    reported = played(player, Settings(audio=AudioSettings(volume=30, mute=True)))
    assert "mute the sound" in reported[0]
    assert (player.levels[-1].overall, player.levels[-1].muted) == (0.3, False)
    assert "volume at 0 %" in played(RecordingPlayer(), Settings(audio=AudioSettings(volume=0)))[0]


def test_without_a_voice_or_a_device_no_phrase_is_announced() -> None:
    player = RecordingPlayer()
    assert not any("voice" in line for line in played(player, speaks=False))
    assert len(player.remaining) == len(Sound)
    reported = played(RecordingPlayer(audible=False))
    assert "There is no sound device" in reported[0]
    assert not any("voice" in line for line in reported)


def test_doctor_does_not_refer_to_itself() -> None:
    player = RecordingPlayer(audible=False, note=f"The bell rings. {SEE_DOCTOR}")
    assert audio(player, Settings())["note"] == "The bell rings."


def test_a_slow_voice_gets_the_time_that_it_needs() -> None:
    def gap_s(speed: int) -> float:
        player = RecordingPlayer()
        played(player, Settings(voice=VoiceSettings(speed=speed)))
        phrase, first, *_ = player.remaining
        return first.at - phrase.at

    assert gap_s(80) > gap_s(165) + 3 > gap_s(450) + 5


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_the_users_own_voice_is_tried_and_its_failure_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # where no other voice is
    (tmp_path / "mine").write_text("#!/bin/sh\necho 'no model' >&2; exit 1\n")
    (tmp_path / "mine").chmod(0o755)
    settings = Settings(voice=VoiceSettings(command=f"{tmp_path}/mine {{file}}"))
    found = voice(settings, find_places())
    assert "voice.command cannot be used (no model)" in found["note"] + found["advice"]


def test_silence_in_the_settings_plays_nothing() -> None:
    assert played(SilentPlayer()) == ["1000.0 Nothing is played: audio.backend is silent."]


@for_each(
    ("status", "advice"),
    [
        (PlayerStatus("miniaudio"), ""),
        (PlayerStatus("pipe", tried=(("miniaudio", "not installed (x)"),)), "pip install miniaudio"),
        (PlayerStatus("pipe", tried=(("miniaudio", "failed"),)), ""),
        (PlayerStatus("command", tried=(("miniaudio", "failed"),)), "install pacat"),
        (PlayerStatus("bell", audible=False, tried=(("miniaudio", "failed"),)), "Connect a loudspeaker"),
    ],
)
def test_advice_on_a_better_output(status: PlayerStatus, advice: str) -> None:
    said = advice_on(status, "auto")
    assert advice in said and bool(advice) == bool(said)
    assert advice_on(status, status.backend) == ""


def test_a_missing_language_is_reported_with_the_available_ones() -> None:
    found = {
        "mode": "all",
        "name": "parrot, en",
        "speed": 165,
        "note": "voice.language klingon",
        "advice": "",
        "languages": ["de", "en"],
    }
    rows = list(voice_rows(found))
    assert rows == [
        ("voice", "parrot, en, 165 words a minute, says what comes next and form cues"),
        ("", "voice.language klingon"),
        ("", "All languages: de, en."),
    ]
    assert len(list(voice_rows({**found, "note": ""}))) == 1
    assert ("", "get one") in list(voice_rows({**found, "name": "", "note": "", "advice": "get one"}))


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> RecordingPlayer:
    """The player that the doctor gets; its time passes at once."""
    player, clock = RecordingPlayer(), FakeClock()
    monkeypatch.setattr(command, "make_player", lambda *args: player)
    monkeypatch.setattr(doctor_sound.play, "__defaults__", (clock, clock.advance))
    return player


def test_the_doctor_plays_only_when_asked(
    recorded: RecordingPlayer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Speaker, "about", lambda _: VoiceInfo("parrot, en"))
    assert run(["doctor"]) == 0
    assert recorded.schedules == [] and recorded.closed
    assert run(["doctor", "--play"]) == 0
    assert [item.say for item in recorded.remaining] == [PHRASE] + [None] * len(Sound)
    assert capsys.readouterr().out.endswith("hold\nlower\nfinish\n")


def test_json_stays_json_while_it_plays(recorded: RecordingPlayer, capsys: pytest.CaptureFixture[str]) -> None:
    settings = find_places().settings_file
    settings.parent.mkdir()
    settings.write_text('[voice]\nlanguage = "klingon"\nspeed = 200\n')
    assert run(["doctor", "--json", "--play"]) == 0
    said = capsys.readouterr()
    facts = json.loads(said.out)
    assert facts["audio"]["backend"] == "recording"
    assert facts["voice"]["speed"] == 200
    if facts["voice"]["name"]:
        assert "klingon" in facts["voice"]["note"] and "en" in facts["voice"]["languages"]
    else:
        assert "pip install" in facts["voice"]["advice"]
    assert "gluteus: finish" in said.err
