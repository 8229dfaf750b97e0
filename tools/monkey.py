"""A monkey test: seeded keys, clicks, windows, signals and jumps in time, on every screen of the whole app.

`python -m tools.monkey SEED [STEPS]` lets it play for 20 000 inputs, or STEPS. Half of its inputs come in bursts, as
from a user who types faster than a screen opens. An unexpected end of the program, an error in the event loop, a
journal without its end, and an input without an effect are reported with the last inputs.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from textual import events
from textual.app import ScreenStackError
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widget import Widget

from tests.fakes import FakeClock, RecordingPlayer
from tui.app import GluteusApp
from tui.clocks import Clocks
from tui.commands import COMMANDS
from tui.files.places import Places, find_places
from tui.files.settings_file import load_settings
from tui.files.state import load_state
from tui.history.running_file import running_files
from tui.library.catalog import Catalog, load_catalog
from tui.themes import THEMES
from tui.user_data import UserData, WorkoutRequest

STEPS = 20_000
SESSION_STEPS = 300
"""The most inputs in one run of the program."""

PATIENCE_S = 20.0
"""The program is frozen if an input has no effect within this time."""

REMEMBERED = 30
"""The number of last inputs in a report."""

CHARACTERS = {
    "space": " ", "slash": "/", "comma": ",", "plus": "+", "minus": "-", "less_than_sign": "<", "tab": "\t",
    "greater_than_sign": ">", "question_mark": "?", "enter": "\r", "left_square_bracket": "[", "ctrl+d": "\x04",
}  # fmt: skip
"""Keys with a character that is not their name."""

COMMAND_KEYS = [key for command in COMMANDS for key in command.keys if key != "ctrl+q"]
OTHER_KEYS = [
    "up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab", "backspace", "delete",
    "ctrl+home", "ctrl+end", "ctrl+d", "ctrl+u", "ctrl+z", "ctrl+a", "f1", "j", "k", "g", "G", "y", "n", "e", "x",
    "left_square_bracket", "é", "足", "1", "0", "enter", "escape", "space",
]  # fmt: skip
OUT = ["ctrl+q", "ctrl+c"]

IDIOMS = [
    ("ctrl+p", "enter", "enter"), ("ctrl+p", "pagedown"), ("ctrl+p", "down", "enter"), ("ctrl+p", "escape", "escape"),
    ("ctrl+p", "t", "h", "e", "enter", "enter", "down", "enter", "enter"), ("q", "y", "enter", "slash"),
    ("ctrl+q", "y", "slash", "slash"), ("escape", "escape"), ("q", "q"), ("slash", "b", "escape", "enter"),
    ("enter", "enter", "enter"), ("s", "down", "enter", "u"),
    ("s", "G", "enter", "s", "G", "left", "enter", "u", "u"), ("s", "s", "escape"), ("j", "pagedown", "enter"),
    ("j", "end", "enter", "right", "enter"), ("i", "i", "escape", "escape"), ("comma", "down", "right", "escape"),
    ("h", "h", "pagedown", "escape"), ("l", "pagedown", "enter", "enter", "escape"), ("n", "a", "enter", "escape"),
    ("question_mark", "question_mark", "escape"), ("r", "right", "right", "right"), ("E", "E"),
    ("t", "space", "down", "2", "enter"), ("t", "8", "8", "enter", "enter"), ("t", "t", "end", "left", "enter"),
    ("right", "right", "right", "right", "right", "right"), ("b",) * 12, ("plus",) * 12, ("z", "z", "space"),
]  # fmt: skip
"""Common sequences of keys, sent without a pause."""

ON_SCREEN = {
    "WorkoutScreen": [
        ("o", "l", "u"), ("o", "e", "u"), ("o", "c"), ("o", "x"), ("o", "escape", "space"), ("o", "down", "enter"),
        ("i", "pagedown", "space", "escape"), ("s", "down", "right", "enter", "u"), ("s", "end", "left", "enter"),
        ("s", "j", "k", "G", "escape"), ("greater_than_sign", "greater_than_sign", "u", "u", "u"), ("j", "G", "enter"),
        ("i", "o", "s"),
    ],
    "LeaveScreen": [("escape",), ("escape",), ("tab", "enter")],
    "OuchScreen": [("e",), ("l",), ("c",), ("x",), ("down", "down", "enter"), ("o", "escape")],
    "LadderScreen": [("down", "enter"), ("right", "right", "up", "enter"), ("pagedown", "pageup", "left")],
    "HowToScreen": [("pagedown", "G", "g"), ("escape",)],
    "MenuScreen": [
        ("h", "p", "down", "right", "escape"), ("h", "enter", "n", "a", "enter"), ("h", "d", "tab", "enter"),
        ("h", "slash", "b", "enter", "escape"), ("l", "down", "enter", "escape"),
        ("ctrl+p", "a", "b", "o", "u", "t", "enter", "pagedown", "escape"), ("home", "enter", "r"),
    ],
    "HistoryScreen": [
        ("p", "down", "left", "escape"), ("enter", "e", "n", "x", "enter", "escape"), ("d", "tab", "enter"),
    ],
    "SessionScreen": [("h", "h", "pagedown", "d", "escape"), ("n", "x", "enter"), ("d", "tab", "enter")],
    "ProgressScreen": [("down", "down", "right", "right"), ("pagedown", "left", "G"), ("escape",)],
    "SummaryScreen": [("e", "e", "h", "pagedown"), ("a", "a"), ("slash", "r", "enter")],
    "ResumeScreen": [("r",), ("s",), ("f",), ("d",), ("down", "enter"), ("escape", "home", "enter")],
}  # fmt: skip
"""Sequences for one screen, by its name, which chance alone would hardly ever find."""

SIZES = [
    (1, 1), (2, 24), (4, 24), (5, 24), (80, 1), (80, 2), (25, 5), (40, 12), (60, 20), (80, 24), (80, 24), (120, 40),
    (200, 60),
]  # fmt: skip

PASTES = ["", "bridge", "[/nope][@click=app.quit]x", "\x1b[2J\x1b]0;x\x07", "a\nb\r\nc", "x" * 5000, "\U0001f9b5\u202e"]

ROUTINES = {
    "broken": 'format = 1\ntittle = "x"\n[[blocks]]\nwork = "soon"\n',
    "torn": 'format = 1\ntitle = "x',
    "nasty": r'''
format = 1
title = "[/nope][@click=app.quit]x \u202e\u0301"
summary = "[bold"
tags = ["[red]", "desk"]
[defaults]
prepare = "1s"
[[blocks]]
rounds = 2
[[blocks.sets]]
exercise = "reverse-bridge"
work = "6s"
[[blocks.sets]]
exercise = "own"
reps = 3
rest = "2s"
[exercises.own]
name = "\U0001f9b5 {} [@click=app.bell]y[/]"
steps = ["[/]", "{}"]
caution = "[link=x]"
'''.format("足" * 30, "w " * 300),
    "quick": '''
format = 1
title = "Quick"
tags = ["floor"]
[defaults]
prepare = "2s"
rest = "2s"
[[blocks]]
mode = "amrap"
cap = "40s"
[[blocks.sets]]
exercise = "sit-to-stand"
reps = 3
[[blocks]]
[[blocks.sets]]
exercise = "reverse-bridge"
work = "10s"
''',
}  # fmt: skip
"""The user's routines: two that cannot be read, one with markup in its names, one that ends soon."""

LEAPS_S = (0.1, 1.0, 1.0, 3.9, 4.0, 30.0, 3600.0)
"""Jumps of the clock, in seconds."""

BETWEEN = (0.0, 3600.0, 86_400.0, 20 * 86_400.0)
"""Seconds between two runs of the program."""


class Trouble(AssertionError):
    """A fault of the program."""


class Monkey:
    """The inputs of one seed."""

    def __init__(self, seed: int, places: Places) -> None:
        """Write all files below `places`."""
        self.step = 0
        self._seed, self._places, self._random = seed, places, Random(seed)
        self._inputs: deque[str] = deque(maxlen=REMEMBERED)
        self._errors: list[dict[str, Any]] = []
        self._clock = FakeClock()
        places.routines.mkdir(parents=True, exist_ok=True)
        for name, text in ROUTINES.items():
            (places.routines / f"{name}.toml").write_text(text, encoding="utf-8")
        self._catalog = load_catalog(places)

    def play(self, steps: int) -> None:
        """Send `steps` inputs, in as many runs of the program as they end."""
        while self.step < steps:
            self._clock.advance(self._random.choice(BETWEEN))
            self._run(min(self._random.randint(1, SESSION_STEPS), steps - self.step))

    def _run(self, steps: int) -> None:
        """Run the program to its end."""
        app = self._app()
        self._inputs.append("-- start")

        async def drive(pilot: Pilot[object]) -> None:
            asyncio.get_running_loop().set_exception_handler(lambda _, context: self._errors.append(context))
            await self._drive(app, steps)

        try:
            with frozen():
                app.run(headless=True, size=self._random.choice(SIZES), auto_pilot=drive)
        except Exception as error:
            raise self._trouble(f"{type(error).__name__}: {error}") from error
        finally:
            app.close_workout()
        if app.crash is not None:
            raise self._trouble(f"{type(app.crash).__name__}: {app.crash}") from app.crash
        if self._errors:
            raise self._trouble(f"the event loop says {self._errors[0]}") from self._errors[0].get("exception")
        if app.return_code == 128 + signal.SIGINT:
            raise KeyboardInterrupt
        self._check_journal()

    def _app(self) -> GluteusApp:
        """Return an app that starts with the menu or a workout, in any theme, with any flash."""
        pick = self._random.choice
        saved = load_settings(self._places)[0]
        screen = saved.screen._replace(theme=pick(THEMES).name, figure=pick((True, True, False)))
        settings = saved._replace(screen=screen)
        catalog = pick((self._catalog, self._catalog, self._catalog, Catalog((), {})))
        plan = pick([entry.routine for entry in catalog.entries] or [None])
        user = UserData(
            self._places, warn=print, settings=settings, state=load_state(self._places)[0], catalog=catalog,
            clocks=Clocks(self._clock, with_suspend=self._clock.with_suspend),
        )  # fmt: skip
        start = plan if self._random.random() < 0.3 else None
        rate = pick((1.0, 1.0, 10.0))
        return GluteusApp(user, start=WorkoutRequest(start, rate) if start else None, player=RecordingPlayer())

    async def _drive(self, app: GluteusApp, steps: int) -> None:
        """Send inputs until the program has ended; after the last one a signal ends it."""
        for _ in range(steps):
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
            self._input(app)
            self.step += 1
            pause = self._random.choice((0, 0, 0, 1, 5, 30))
            for _ in range(pause):
                await asyncio.sleep(0)
            if pause == 30:
                await asyncio.sleep(self._random.choice((0, 0, 0.005, 0.01)))
            if not app.is_running:
                return
        self._quit(app)
        for _ in range(3):
            self._keys(app, self._random.choice(IDIOMS))

    def _input(self, app: GluteusApp) -> None:
        """Send one input of any kind."""
        kinds = {
            self._key: 50, self._idiom: 15, self._run_of_one: 3, self._click: 14, self._mouse: 5, self._resize: 4,
            self._storm: 1, self._leap: 12, self._sleep: 1, self._paste: 1, self._aside: 1, self._quit: 0.3,
            self._out: 0.7,
        }  # fmt: skip
        do = self._random.choices(list(kinds), list(kinds.values()))[0]
        do(app)

    def _note(self, words: str) -> None:
        self._inputs.append(f"{self.step}: {words}")

    def _keys(self, app: GluteusApp, keys: tuple[str, ...]) -> None:
        self._note(" ".join(keys))
        for key in keys:
            app.post_message(events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))

    def _key(self, app: GluteusApp) -> None:
        self._keys(app, (self._random.choice(COMMAND_KEYS if self._random.random() < 0.6 else OTHER_KEYS),))

    def _idiom(self, app: GluteusApp) -> None:
        here = type(app.screen).__name__ if app.is_running and app.screen_stack else ""
        self._keys(app, self._random.choice(self._random.choice((IDIOMS, ON_SCREEN.get(here, IDIOMS)))))

    def _run_of_one(self, app: GluteusApp) -> None:
        """Hold one key down."""
        self._keys(app, (self._random.choice(COMMAND_KEYS + OTHER_KEYS),) * self._random.randint(2, 40))

    def _out(self, app: GluteusApp) -> None:
        """Leave, with more keys after it."""
        self._keys(app, (self._random.choice(OUT), *self._random.choice(IDIOMS)))

    def _spot(self, app: GluteusApp) -> tuple[int, int]:
        """Return a cell of a widget, or any cell of the window or of its former size."""
        try:
            regions = [widget.region for widget in app.screen.query(Widget) if widget.region]
        except ScreenStackError:
            regions = []
        if regions and self._random.random() < 0.8:
            region = self._random.choice(regions)
            return self._random.randrange(region.x, region.right), self._random.randrange(region.y, region.bottom)
        return self._random.randrange(200), self._random.randrange(60)

    def _click(self, app: GluteusApp) -> None:
        x, y = self._spot(app)
        times = self._random.choice((1, 1, 2, 3))
        self._note(f"click {x},{y} {times} times")
        resizes = self._random.random() < 0.2  # a window may shrink between the button's way down and up
        for _ in range(times):
            for kind in (events.MouseDown, events.MouseUp):
                app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
                if resizes:
                    self._resize(app)

    def _mouse(self, app: GluteusApp) -> None:
        x, y = self._spot(app)
        kind = self._random.choice((events.MouseMove, events.MouseScrollDown, events.MouseScrollUp, events.MouseDown))
        self._note(f"{kind.__name__} {x},{y}")
        app.post_message(kind(None, x, y, 1, 1, 0, False, False, False, x, y))

    def _resize(self, app: GluteusApp) -> None:
        pick = self._random
        size = Size(*(pick.choice(SIZES) if pick.random() < 0.7 else (pick.randint(1, 200), pick.randint(1, 60))))
        self._note(f"resize {size.width}x{size.height}")
        app.post_message(events.Resize(size, size))

    def _storm(self, app: GluteusApp) -> None:
        for _ in range(12):
            self._resize(app)

    def _leap(self, app: GluteusApp) -> None:
        """Advance the clock and wake the workout's screen, as its timer does."""
        seconds = self._random.choice(LEAPS_S)
        self._note(f"{seconds} s go by")
        self._clock.advance(seconds)
        self._wake(app)

    def _sleep(self, app: GluteusApp) -> None:
        self._note("the machine sleeps")
        self._clock.sleep_machine(self._random.choice((3.0, 600.0)))
        self._wake(app)

    def _wake(self, app: GluteusApp) -> None:
        try:
            screens = app.screen_stack
        except (KeyError, ScreenStackError):
            screens = []
        for screen in screens:
            if (tick := getattr(screen, "tick", None)) is not None:
                screen.call_next(tick)

    def _paste(self, app: GluteusApp) -> None:
        text = self._random.choice(PASTES)
        self._note(f"paste {text[:20]!r}")
        app.post_message(events.Paste(text))

    def _aside(self, app: GluteusApp) -> None:
        """Take the focus from the window, or suspend the program."""
        kind = self._random.choice((events.AppBlur, events.AppFocus, None))
        self._note(kind.__name__ if kind else "put aside")
        if kind:
            app.post_message(kind())
        else:
            app.app_suspend_signal.publish(app)
            app.app_resume_signal.publish(app)

    def _quit(self, app: GluteusApp) -> None:
        """Deliver a signal as the event loop does."""
        number = self._random.choice((signal.SIGTERM, signal.SIGHUP))
        self._note(number.name)
        app.action_quit_now(128 + number)

    def _check_journal(self) -> None:
        """Check that each session has its end or can be resumed, and that no line is missing."""
        numbers: dict[str, list[int]] = {}
        ended = set()
        for path in self._places.history.glob("2*.jsonl"):
            for line in map(json.loads, path.read_text().splitlines()):
                if "n" in line:
                    numbers.setdefault(line["session"], []).append(line["n"])
                ended |= {line["session"]} if line["type"] == "end" else set()
        waiting = {path.stem for path in running_files(self._places)}
        if numbers.keys() - ended != waiting:
            raise self._trouble(f"sessions without an end: {numbers.keys() - ended}, to be resumed: {waiting}")
        for session, found in numbers.items():
            if found != list(range(len(found))):
                raise self._trouble(f"{session} has the lines {found}")

    def _trouble(self, what: str) -> Trouble:
        last = "\n  ".join(self._inputs)
        return Trouble(f"seed {self._seed}, step {self.step}: {what}\nThe last inputs:\n  {last}")


@contextmanager
def frozen() -> Iterator[None]:
    """Raise TimeoutError if the block does not end in time."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"no answer for {PATIENCE_S:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def main() -> None:
    """Play `SEED [STEPS]` in temporary folders."""
    seed, *steps = map(int, sys.argv[1:])
    with tempfile.TemporaryDirectory() as home:
        os.environ["GLUTEUS_HOME"] = home
        Path(home).mkdir(exist_ok=True)
        monkey = Monkey(seed, find_places())
        monkey.play(*steps or [STEPS])
    print(f"seed {seed}: {monkey.step} inputs, nothing broken")


if __name__ == "__main__":
    main()
