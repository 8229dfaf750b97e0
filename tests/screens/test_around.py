"""Effects of a running workout outside the screen."""

import json
import shlex
import socket
import sys
from pathlib import Path

import pytest

from tests.screens.stage import FLOOR, end_workout, make_app, until, until_shown
from tui.cli.run import run
from tui.engine.position import SessionState
from tui.files.places import find_places
from tui.files.settings import HookSettings, Settings, VoiceSettings
from tui.history.status_file import read_now
from tui.screens.workout.screen import WorkoutScreen
from tui.user_data import WorkoutRequest


async def test_hooks_run_on_the_full_screen_and_not_in_a_rehearsal(tmp_path: Path) -> None:
    script = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"
    hook = shlex.join([sys.executable, "-c", script, str(tmp_path / "out")])
    hooks = HookSettings(on_start=hook, on_stop="no-such-program")
    app = make_app(settings=Settings(voice=VoiceSettings(mode="off"), hooks=hooks))
    async with app.run_test() as pilot:
        app.begin(WorkoutRequest(FLOOR, 10.0))
        await pilot.pause()
        end_workout(app)
        await pilot.pause()
        app.close_workout()
        app.begin(WorkoutRequest(FLOOR))
        await until(pilot, (tmp_path / "out").exists)
        assert app.unsaid == ""
        app.close_workout()
        await until(pilot, lambda: app.unsaid != "")
    (line,) = (tmp_path / "out").read_text().splitlines()
    assert json.loads(line)["event"] == "started"
    assert app.unsaid.startswith("hooks.on_stop: no-such-program: No such file or directory")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix sockets")
async def test_commands_from_another_program_are_shown_also_beneath_a_dialog(short_folder: Path) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.begin(WorkoutRequest(FLOOR))
        await until(pilot, lambda: read_now(find_places()) is not None)
        assert run(["send", "toggle"]) == 0
        await until_shown(pilot, "Press space to resume")
        await pilot.press("j")
        assert run(["send", "next"]) == run(["send", "resume"]) == 0
        await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)
        assert app.conductor is not None and app.conductor.session.phase.index == 1
        assert run(["send", "stop"]) == 0
        await until(pilot, lambda: app.conductor is None)
        assert run(["send", "pause"]) == 1
        app.begin(WorkoutRequest(FLOOR))
        await until(pilot, lambda: read_now(find_places()) is not None)
        assert run(["send", "pause"]) == 0
        await until_shown(pilot, "Press space to resume")


async def test_a_rehearsal_takes_no_commands_and_has_no_status() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.begin(WorkoutRequest(FLOOR, 10.0))
        await pilot.pause()
        assert run(["status"]) == 3
        assert run(["send", "pause"]) == 1


async def test_all_is_done_before_a_program_that_is_put_aside_is_stopped() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.begin(WorkoutRequest(FLOOR))
        await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)
        screen = app.screen
        assert isinstance(screen, WorkoutScreen)
        screen._put_aside()
        now = read_now(find_places())
        assert now is not None and now["is_paused"]
