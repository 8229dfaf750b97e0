"""The delay that `gluteus doctor --calibrate` finds, with the null sink's monitor for a microphone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.loopback.conftest import wait_for
from tests.loopback.listening import Server
from tests.loopback.peace import Attempt, in_peace
from tui.audio.calibration import Delay
from tui.audio.microphone import Microphone
from tui.audio.player import Player
from tui.audio.schedule import Scheduled
from tui.cli.doctor_calibrate import clicking_player, measure
from tui.files.places import find_places
from tui.files.settings import Settings

UNHEARD_S = 0.010
"""An error too small to be heard."""


class LatePlayer(Player):
    """A player behind a line that delays everything by `delay_s`."""

    def __init__(self, player: Player, delay_s: float) -> None:
        self._player, self._delay_s = player, delay_s

    def schedule(self, items: Sequence[Scheduled]) -> None:
        delay_s = self._delay_s
        self._player.schedule([Scheduled(item.at + delay_s, item.cue_class, item.sound) for item in items])


def found(delay_s: float) -> Delay:
    """Return what is measured on a line that delays by `delay_s`."""
    with clicking_player(Settings(), find_places()) as player:
        player.start()
        wait_for(player, lambda status: status.backend == "miniaudio")
        microphone = Microphone(find_places().audio_log)
        try:
            return measure(LatePlayer(player, delay_s), microphone)
        finally:
            microphone.close()


@pytest.mark.parametrize("delay_s", [0.15, 0.3])
def test_a_known_delay_is_measured_and_differs_from_none(server: Server, delay_s: float) -> None:
    server.start()

    def judged(attempt: Attempt) -> None:
        attempt.ear(server)
        none, long = found(0.0), found(delay_s)
        assert long.seconds - none.seconds == pytest.approx(delay_s, abs=0.003)
        for delay in (none, long):
            assert delay.heard >= 8 and delay.spread_s < 0.002
        assert abs(none.seconds) < UNHEARD_S

    in_peace(judged)


def doctor(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tui", "doctor", "--calibrate", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])


def test_the_command_measures_and_writes(server: Server) -> None:
    server.start()
    settings = find_places().settings_file
    settings.parent.mkdir(parents=True, exist_ok=True)

    def judged(attempt: Attempt) -> None:
        attempt.ear(server)
        settings.write_text("[audio]\noffset_ms = 200 # my headphones\n")
        done = doctor("--json", "--yes")
        assert done.returncode == 0, done.stderr
        result = json.loads(done.stdout)
        assert abs(result["delay_ms"]) < UNHEARD_S * 1000 and result["clicks_heard"] >= 8
        assert (result["was_ms"], result["written"]) == (200, True)
        assert settings.read_text() == f"[audio]\noffset_ms = {result['delay_ms']} # my headphones\n"

    in_peace(judged)


def test_a_microphone_that_hears_nothing_is_one_line_and_nothing_is_written(server: Server) -> None:
    server.start()
    server.ask("load-module", "module-null-sink", "sink_name=elsewhere")
    server.ask("set-default-source", "elsewhere.monitor")
    done = doctor("--yes")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "microphone heard nothing" in done.stderr
    assert not find_places().settings_file.exists()
