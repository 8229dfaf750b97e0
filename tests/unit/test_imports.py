"""Quick commands load neither Textual nor Rich nor another heavy library without need."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tui.cli.run import run

ROUTINES = Path(__file__).parents[2] / "routines"

SCREENS = {"textual", "rich"}
HEAVY = {"argcomplete", "asyncio", "importlib.metadata", "miniaudio", "numpy", "pydantic", "tomlkit", "tree_sitter"}

ASK = """
import gc, sys
commands = sys.argv[1:]
from tui.__main__ import main
codes, passes = [], gc.get_stats()[0]["collections"]
for command in commands:
    sys.argv = ["gluteus", *command.split()]
    codes.append(main())
print(*sys.modules, sep="\\n", file=sys.stderr)
if len(commands) == 1:  # not even at its end is garbage looked for: what is frozen is not visited
    assert gc.get_stats()[0]["collections"] == passes and len(gc.get_objects()) < 1000, commands
sys.exit(max(codes))
"""


def modules_of(*commands: str) -> set[str]:
    """Run commands in a process of their own; the modules it has loaded by its end."""
    environ = {**os.environ, "EDITOR": "touch"}
    command = [sys.executable, "-c", ASK, *commands]
    result = subprocess.run(command, env=environ, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert result.returncode == 0, result.stderr
    return set(result.stderr.split())


@pytest.mark.parametrize(
    "commands",
    [pytest.param(each, marks=pytest.mark.slow) for each in (("show tabata --json", "history --json"), ("check",))],
)
def test_light_commands_load_neither_textual_nor_anything_heavy(commands: tuple[str, ...]) -> None:
    assert modules_of(*commands) & (SCREENS | HEAVY) == set()


def test_no_command_but_the_full_screen_loads_textual() -> None:
    assert run(["list"]) == 0  # this one caches the catalogue
    assert modules_of("edit tabata", "start tabata --plain --mute --speed 3600") & SCREENS == set()


def test_the_version_is_answered_without_the_parser() -> None:
    assert modules_of("--version") & (SCREENS | HEAVY | {"argparse", "re", "tui.cli.parser", "typing"}) == set()


@pytest.mark.parametrize(
    ("command", "most"),
    [
        ("list", 28),
        ("show tabata", 100),
        ("check tabata.toml", 66),
        pytest.param("doctor", 91, marks=pytest.mark.slow),
    ],
)
def test_a_command_loads_few_modules_once_the_files_are_known(
    command: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROUTINES / "tabata.toml", tmp_path)
    assert run(["list"]) == 0  # this one caches the catalogue
    modules = modules_of(command)
    assert command == "doctor" or modules.isdisjoint(SCREENS | HEAVY | {"argparse"})
    assert modules.isdisjoint({"dataclasses", "inspect", "tui.engine.events", "tui.library.make_overview"})
    assert len([name for name in modules if name.startswith("tui")]) <= most


def test_what_only_an_address_in_brackets_needs_is_loaded_then() -> None:
    assert run(["list"]) == 0
    ask = """
import sys
from tui.cli.run import run
assert run(["list"]) == 0
assert "ip_address" not in vars(sys.modules.get("ipaddress", sys))
from urllib.parse import urlsplit
assert urlsplit("http://[::1]/").hostname == "::1"
assert sys.modules["ipaddress"].ip_address("::1").is_loopback
"""
    subprocess.run([sys.executable, "-c", ask], check=True)


def test_the_process_of_the_voice_loads_neither_the_mixer_nor_the_file_format() -> None:
    ask = "import sys, tui.audio.voices.process, tui.audio.voices.espeak_command\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.split()
    modules = {name for name in loaded if name.startswith("tui")}
    assert modules.isdisjoint({"tui.audio.mixer", "tui.audio.schedule", "tui.coach", "tui.routine.model"})
    assert len(modules) <= 18
    assert {"_hashlib", "pathlib", "shutil"}.isdisjoint(loaded)


FULL_SCREEN = """
import sys
from tui.cli.start import load_app
app_class = load_app()
import asyncio
from tui.files.places import find_places
from tui.library.overview import cached_overview, fingerprint_of
from tui.screens.menu import screen
from tui.user_data import UserData
screen.LOOK_UP_AFTER_S = 600.0
places = find_places()
app = app_class(UserData(places, warn=print, overview=cached_overview(places, fingerprint_of(places))))
async def main():
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert app.user.cards
        print(*sys.modules)
asyncio.run(main())
import tui.screens.menu.screen, tui.screens.workout.screen, tui.screens.ladder.swap, tui.history.journal
print(*sys.modules)
assert "TypeAlias" not in vars(sys.modules["typing_extensions"])
assert "getencoding" not in vars(sys.modules["locale"]) and "TokenInfo" not in vars(sys.modules["tokenize"])
assert asyncio.base_events.subprocess.getoutput("echo one") == "one"
import tui.screens.history.progress
assert "plotext" not in sys.modules  # until a plot is drawn
import ssl, statistics
assert ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
assert statistics.mean([0.1, 0.3]) == 0.2
from textual.command import Provider
from textual.system_commands import SystemCommandsProvider
assert issubclass(SystemCommandsProvider, Provider)
from textual.color import Color, ColorParseError
try:
    Color.parse("redd")
except ColorParseError as error:
    assert error.suggested_color == "red"
from textual.notifications import Notification
assert len(Notification("one").identity) == 36
from typing_extensions import TypeAlias, deprecated
assert deprecated is sys.modules["typing_extensions"].deprecated
"""


@cache
def full_screen() -> list[set[str]]:
    """Return the modules that the full screen has loaded after its first frame, and those with other screens."""
    assert run(["list"]) == 0  # this one caches the overview
    result = subprocess.run([sys.executable, "-c", FULL_SCREEN], capture_output=True, text=True, check=True)
    return [set(line.split()) for line in result.stdout.splitlines()]


def test_the_first_frame_of_the_menu_loads_neither_the_engine_nor_the_history() -> None:
    heavy = ("tui.engine", "tui.coach", "tui.ladder", "tui.audio", "tui.library.catalog", "tui.conductor")
    parts = ("tui.routine.model", "tui.history.reading", "tui.files.settings", "tui.today.adapt", "tui.today.shorten")
    modules = {name for name in full_screen()[0] if name.startswith("tui.")}
    assert [name for name in modules if name.startswith((*heavy, *parts))] == []
    assert 20 < len(modules) <= 70


def test_the_full_screen_loads_neither_openssl_nor_parts_of_the_library_that_it_never_shows() -> None:
    modules = full_screen()[1]
    assert "tui.screens.workout.screen" in modules
    assert {"ssl", "_ssl", "_hashlib"}.isdisjoint(modules)
    assert {"textual.command", "textual.types", "textual.widgets._input", "textual.widgets._tree"}.isdisjoint(modules)
    assert {"platformdirs", "shutil", "tempfile", "decimal", "asyncio.sslproto", "rich.table"}.isdisjoint(modules)
    assert {"difflib", "mimetypes", "uuid", "textual.css._help_text"}.isdisjoint(modules)


def test_miniaudio_loads_nothing_that_only_others_need() -> None:
    pytest.importorskip("miniaudio")
    ask = """
import sys
from tui.audio.miniaudio_library import load_miniaudio
assert load_miniaudio().SampleFormat
assert {"numpy", "urllib.request", "ssl", "http.client", "email", "html", "inspect"}.isdisjoint(sys.modules)
import urllib.request
assert urllib.request.Request
"""
    subprocess.run([sys.executable, "-c", ask], check=True)
