"""`gluteus render`: a file with each cue and phrase at its sample."""

from __future__ import annotations

import json
from array import array
from pathlib import Path

import pytest

from tests.rendering import SHORT, Said, samples, short_routine
from tui.audio.frame_map import RATE
from tui.audio.sound_files import load_sounds
from tui.audio.voices.engine import VoiceInfo
from tui.audio.voices.speaker import Speaker
from tui.bundled import bundled
from tui.cli import render as command
from tui.cli.run import run
from tui.files.places import find_places


@pytest.fixture
def short(tmp_path: Path) -> str:
    return short_routine(tmp_path)


def settings(text: str) -> None:
    find_places().settings_file.write_text(text)


def test_each_cue_of_show_json_begins_at_its_sample(short: str, tmp_path: Path, capsys: Said) -> None:
    assert run(["show", short, "--json"]) == 0
    cues = json.loads(capsys.readouterr().out)["cues"]
    assert run(["render", short, str(tmp_path / "out.wav")]) == 0
    out = samples(tmp_path / "out.wav")
    sounds, _ = load_sounds(find_places().sounds, bundled("sounds"))
    checked = 0
    for cue in cues:
        if cue["sound"]:
            begin = sounds[cue["sound"]][:400]
            frame = round(cue["at_s"] * RATE)
            matches = [i for i in range(frame - 50, frame + 50) if out[max(i, 0) : i + len(begin)] == begin]
            assert matches and abs(matches[0] - frame) <= 1, cue
            checked += 1
    assert checked >= 8


def test_it_names_the_file_and_says_that_open_sets_are_estimated(short: str, tmp_path: Path, capsys: Said) -> None:
    out, opened = tmp_path / "out.wav", tmp_path / "open.toml"
    opened.write_text(SHORT.replace("work = 4", 'reps = "max"'))
    assert run(["render", str(opened), str(out)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0].startswith(f"{out}: Short, 51 s.")
    assert "1 set is open until done: here it lasts as long as estimated" in said.out
    assert said.err == ""
    assert run(["render", short, str(tmp_path / "closed.wav")]) == 0
    assert "estimated" not in capsys.readouterr().out


def test_it_is_at_full_volume_and_without_disabled_cues(short: str, tmp_path: Path) -> None:
    def rendered(text: str) -> array[int]:
        settings('[voice]\nmode = "off"\n' + text)
        assert run(["render", short, str(tmp_path / "out.wav"), "--force"]) == 0
        return samples(tmp_path / "out.wav")

    usual = rendered("")
    assert max(usual) > 20_000
    assert rendered("[audio]\nmute = true\nvolume = 3\n") == usual
    start, countdown = slice(8 * RATE, 9 * RATE), slice(11 * RATE, 11 * RATE + 4000)
    quiet = rendered("[cues.transitions]\non = false\n[cues.countdown]\nvolume = 50\n")
    assert any(usual[start]) and not any(quiet[start])
    assert max(quiet[countdown]) == pytest.approx(max(usual[countdown]) / 4, rel=0.01)


def test_it_is_rendered_at_the_progression_asked_for(short: str, tmp_path: Path) -> None:
    lengths = []
    for progression in ("two-legs", "single-leg"):
        out = tmp_path / f"{progression}.wav"
        assert run(["render", short, str(out), "--progression", f"sofa-bridge={progression}"]) == 0
        lengths.append(len(samples(out)))
    assert lengths[1] > lengths[0] + 10 * RATE, "each leg in turn"


class Parrot(Speaker):
    """A voice that says half a second of one value."""

    def speak(self, text: str) -> array[int]:
        return array("h", [7] * (RATE // 2))

    def about(self) -> VoiceInfo:
        return VoiceInfo("parrot", "a note")


def test_the_voice_is_in_it(short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr(command, "Speaker", Parrot)
    settings("")
    assert run(["render", short, str(tmp_path / "out.wav")]) == 0
    out = samples(tmp_path / "out.wav")
    assert list(out[round(0.2 * RATE) : round(0.2 * RATE) + 3]) == [7, 7, 7], "it is said 0.2 s after the beginning"
    assert capsys.readouterr().out.endswith("a note\n")
