"""What happens on this machine beside the screen while a workout runs on it."""

import json
import shlex
import sys
from pathlib import Path

from tests.screens.stage import FLOOR, make_app, until
from tui.files.settings import HookSettings, Settings, VoiceSettings


async def test_hooks_run_on_the_full_screen_and_not_in_a_rehearsal(tmp_path: Path) -> None:
    script = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"
    hook = shlex.join([sys.executable, "-c", script, str(tmp_path / "out")])
    hooks = HookSettings(on_start=hook, on_stop="no-such-program")
    app = make_app(settings=Settings(voice=VoiceSettings(mode="off"), hooks=hooks))
    async with app.run_test() as pilot:
        app.begin(FLOOR, 10.0)
        await pilot.pause()
        app.end_workout()
        await pilot.pause()
        app.close_workout()
        app.begin(FLOOR)
        await until(pilot, (tmp_path / "out").exists)
        assert app.unsaid == ""
        app.close_workout()
        await until(pilot, lambda: app.unsaid != "")
    (line,) = (tmp_path / "out").read_text().splitlines()
    assert json.loads(line)["event"] == "started"
    assert app.unsaid.startswith("hooks.on_stop: no-such-program: No such file or directory")
