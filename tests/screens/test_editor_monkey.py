"""A monkey on the editor: nothing breaks, no text is lost, and nothing is overwritten without asking."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from tests.idle import until_idle
from tests.screens.stage import end_workout, make_app, settle
from tests.screens.test_editor import TEXT
from tools.monkey import CHARACTERS, PASTES
from tui.app import GluteusApp
from tui.bundled import bundled
from tui.files.places import find_places
from tui.library.catalog import load_catalog
from tui.screens.dialogs.confirm import ConfirmScreen
from tui.screens.editor.screen import EditorScreen, LeaveEditorScreen
from tui.screens.editor.source import SourceArea
from tui.screens.menu.screen import MenuScreen
from tui.screens.workout.screen import WorkoutScreen

KEYS = 500
"""The keys of one seed."""

RUN_STEPS = 150
"""The most steps in one run of the program."""

WRITING = [*"abesrwokd=.\"'[]{}#,123 ", "space", "enter", "enter", "tab", "é", "足"]
MOVING = [
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "ctrl+home", "ctrl+end", "shift+up",
    "shift+down", "shift+right", "ctrl+shift+right", "ctrl+left", "ctrl+right", "f6", "f7",
]  # fmt: skip
CHANGING = [
    "backspace", "delete", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+d", "ctrl+z", "ctrl+z", "ctrl+y", "ctrl+x", "ctrl+v",
    "ctrl+c", "shift+tab",
]  # fmt: skip
COMMANDS = ["f8", "f8", "ctrl+s", "ctrl+s", "ctrl+s", "ctrl+r", "ctrl+@", "ctrl+space", "escape", "ctrl+p", "f1"]
HOSTILE = [
    *PASTES,
    "\x00\x9b31m",
    "[[blocks]]\n" * 400,
    '"""\n',
    "title = '\\ud800'",
    "a." * 60 + "b = 1",
    "\u2028\u0085",
]
SIZES = [(1, 1), (5, 3), (20, 5), (40, 12), (60, 20), (80, 24), (120, 40), (200, 60)]

OWN_FILES = {"routines", "morning.toml", "settings.toml", *(path.name for path in bundled("routines").iterdir())}
"""Files that may be in the user's folder; settings change by the palette, and bundled routines by `e`."""


class Monkey:
    """The keys of one seed."""

    def __init__(self, seed: int, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.random, self.keys, self.last = Random(seed), 0, deque[str](maxlen=40)
        self.edits = 0
        self.path = find_places().routines / "morning.toml"
        self.path.parent.mkdir(parents=True)
        self.path.write_text(TEXT)
        self.on_disk, self.is_foreign, self.agreed = self.look(), False, False

    def look(self) -> bytes | str:
        """Return what is at the path of the file."""
        if self.path.is_dir():
            return "a folder"
        return self.path.read_bytes() if self.path.exists() else "nothing"

    async def run(self) -> None:
        """Start the program, edit the file, and leave in some way; what was not saved is there the next time."""
        app = make_app(catalog=load_catalog(find_places()))
        self.patch.setattr(app, "push_screen", partial(self.push, app.push_screen))
        expected: str | None = None
        async with app.run_test(size=self.random.choice(SIZES[3:])) as pilot:
            await settle(pilot)
            for _ in range(RUN_STEPS):
                await self.step(app)
                if not app.is_running:
                    break
            if app.is_running and isinstance(app.screen, EditorScreen):
                source, editor = app.screen.query_one(SourceArea), app.screen
                expected = source.text if editor.is_changed else None
                app.action_quit_now(129)
        self.check(app)
        draft = find_places().unsaved(self.path.name)
        if expected is not None:
            assert draft.read_text().partition("\n")[2] == expected, self.report("what was not saved is lost")

    async def step(self, app: GluteusApp) -> None:
        """Send a few keys, or change something outside, and wait for the effect."""
        pick = self.random
        screen = app.screen
        self.edits += isinstance(screen, EditorScreen)
        if isinstance(screen, MenuScreen):
            self.open(app)
        elif isinstance(screen, WorkoutScreen) and pick.random() < 0.3:
            end_workout(app)
        elif isinstance(screen, ConfirmScreen | LeaveEditorScreen):
            key = pick.choice(["y", "n", "escape", "left", "enter", "s", "d", "f8", "a"])
            self.press(app, key)
        else:
            chance = pick.random()
            if chance < 0.02:
                self.meddle(pick.choice(["other", "folder", "gone", "broken", "back"]))
            elif chance < 0.04:
                app.post_message(events.Paste(self.note(pick.choice(HOSTILE))))
            elif chance < 0.06:
                size = Size(*pick.choice(SIZES))
                app.post_message(events.Resize(size, size))
            elif chance < 0.07:
                app.post_message(pick.choice((events.AppBlur, events.AppFocus))())
            else:
                for _ in range(pick.choice((1, 1, 3, 8, 20))):
                    kinds = (WRITING, MOVING, CHANGING, COMMANDS, ["ctrl+q"])
                    self.press(app, pick.choice(pick.choices(kinds, (50, 20, 15, 14, 1))[0]))
        await until_idle()
        self.check(app)

    def push(self, push_screen: Callable[..., object], screen: Screen[Any], *rest: Any, **more: Any) -> object:
        """Note whether the user sees the change of another program, or is asked about it."""
        if isinstance(screen, EditorScreen) and screen.source.text.encode() == self.on_disk:
            self.is_foreign = False
        if isinstance(screen, ConfirmScreen):
            self.agreed |= "Another program has" in screen.words
        return push_screen(screen, *rest, **more)

    def open(self, app: GluteusApp) -> None:
        """Edit the file from the menu."""
        if not isinstance(self.on_disk, bytes) or b"\xff" in self.on_disk:
            self.meddle("back")
        menu = app.screen
        assert isinstance(menu, MenuScreen)
        menu.query_one("RoutineList").focus()
        app.user.refresh()
        menu.refresh_rows("morning")
        self.press(app, "e")

    def press(self, app: GluteusApp, key: str) -> None:
        self.keys += 1
        app.post_message(events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))
        self.note(key)

    def note(self, words: str) -> str:
        self.last.append(words[:20])
        return words

    def meddle(self, how: str) -> None:
        """Be another program that changes the file."""
        self.note(f"<{how}>")
        if self.path.is_dir():
            shutil.rmtree(self.path)
        self.path.unlink(missing_ok=True)
        if how == "folder":
            self.path.mkdir()
        elif how != "gone":
            text = {"broken": "a = \x1b\xff"}.get(how, TEXT + f"# {self.random.random()}\n")
            self.path.write_text(text, encoding="latin-1")
        self.on_disk, self.is_foreign, self.agreed = self.look(), True, False

    def check(self, app: GluteusApp) -> None:
        """Check that nothing broke, and that the file is changed only if the user agreed to it."""
        if app.crash is not None:
            raise AssertionError(self.report("crash")) from app.crash
        now = self.look()
        if now != self.on_disk:
            assert isinstance(now, bytes)
            assert not self.is_foreign or self.agreed, self.report("overwritten without asking")
            self.on_disk, self.is_foreign = now, False
        for area in app.screen.query(SourceArea) if app.is_running else ():
            assert not any(sign < " " and sign not in "\n" for sign in area.text), self.report("control character")

    def report(self, what: str) -> str:
        return f"{what}, after {self.keys} keys: {' '.join(self.last)}"


@pytest.mark.slow
@pytest.mark.usefixtures("painted")
@pytest.mark.parametrize("seed", range(4))
async def test_keys_of_all_kinds_break_and_lose_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkey = Monkey(seed, monkeypatch)
    while monkey.keys < KEYS:
        await monkey.run()
    assert monkey.edits > KEYS / RUN_STEPS
    assert {path.name for path in find_places().config.rglob("*")} <= OWN_FILES
