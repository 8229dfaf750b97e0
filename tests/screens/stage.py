"""A whole app for tests: a small catalogue, its own folders, clocks moved by hand, and a player without sound."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from rich.cells import cell_len
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input

from tests.fakes import FakeClock, RecordingPlayer
from tests.patience import PATIENCE_S
from tests.workouts import BRIDGE, HOPS, LIBRARY, STRETCH, layer
from tui.app import GluteusApp
from tui.audio.player import Player
from tui.clocks import Clocks
from tui.files.located import Located
from tui.files.places import Places, find_places
from tui.files.settings import Settings, VoiceSettings
from tui.ladder.remembered import Remembered
from tui.library.catalog import Catalog, Entry
from tui.routine.model import Block, Exercise, Layer, MoveOn, Progression, Routine, Set, Sides, Work
from tui.terminal.textual_internals.drawing import NarrowCompositor
from tui.terminal.textual_internals.settled_screen import UnseenScreen
from tui.today.conditions import Conditions
from tui.user_data import UserData, WorkoutRequest

LOOK_AGAIN_S = 0.2
"""Seconds after which a screen is looked at again although no frame was made."""

NASTY = "[/nope][@click=app.quit]x"
"""A title with markup, which must be shown unchanged."""

LADDER = Exercise(
    id="reverse-bridge",
    name="Reverse bridge",
    own=BRIDGE.own._replace(steps=("Lie on your back, knees bent.", "Lift your hips."), fix="Feet closer."),
    muscles=("gluteus maximus",),
    sources=("Somebody 2017",),
    progressions=(
        Progression(id="two-legs", name="Two legs", own=Layer(dose=Work(40.0)), move_on=MoveOn(3)),
        *BRIDGE.progressions[1:],
    ),
)
EXERCISES = {**LIBRARY, LADDER.id: LADDER}

FLOOR = Routine(
    id="bridges",
    title="Bridges",
    summary="Three bridges and a stretch.",
    tags=("floor", "strength"),
    needs=("mat",),
    prepare_s=10.0,
    defaults=layer(rest=20),
    blocks=(Block(sets=(Set(exercise="reverse-bridge"),), rounds=3), Block(sets=(Set(exercise="stretch"),))),
    exercises={LADDER.id: LADDER, STRETCH.id: STRETCH},
)
DESK = Routine(
    id="desk",
    title="Desk break",
    summary="Next to the chair.",
    tags=("desk",),
    blocks=(Block(sets=(Set(exercise="stretch", own=Layer(sides=Sides.EACH)), Set(exercise="hops"))),),
    exercises={STRETCH.id: STRETCH, HOPS.id: HOPS},
)
FIXED = Routine(
    id="fixed",
    title="On one leg",
    tags=("odd",),
    blocks=(Block(sets=(Set(exercise="reverse-bridge", progression="single-leg"),)),),
    exercises={LADDER.id: LADDER},
)

SHORT = FLOOR._replace(prepare_s=0.0, blocks=(Block(sets=(Set(exercise="stretch", own=layer(20.0)),)),))
"""A workout that is soon over, and long enough to be praised."""


def catalog(*more: Entry) -> Catalog:
    """Return a catalogue of three routines, one at a fixed progression and in no group, and `more`."""
    entries = [Entry(plan.id, Path(f"/routines/{plan.id}.toml"), True, plan) for plan in (FLOOR, DESK, FIXED)]
    return Catalog((*entries, *more), EXERCISES)


def broken(path: Path | None = None) -> Entry:
    """Return an entry of a file with two problems."""
    path = path or Path("/routines/broken.toml")
    found = (
        Located(path, 3, 1, "unknown key tittle (did you mean title?)"),
        Located(path, 7, 8, f"work is {NASTY}; write a duration"),
    )
    return Entry("broken", path, False, None, found)


def standard_parts() -> dict[str, Any]:
    """Return the parts of the app in a test."""
    clock = FakeClock()
    return {
        "places": find_places(),
        "settings": Settings(voice=VoiceSettings(mode="off")),  # nothing waits for words
        "state": Remembered(),
        "catalog": catalog(),
        "clock": clock,
        "wall": clock.wall,
        "with_suspend": clock.with_suspend,
        "zone": UTC,
        "player": RecordingPlayer(),
    }


def parts_of_app(
    *, places: Places, clock: Callable[[], float], wall: Callable[[], float], with_suspend: Callable[[], float],
    zone: tzinfo | None, player: Player | None, start: Routine | None = None, rate: float = 1.0,
    conditions: Conditions | None = None, facts: Sequence[str] = (), outside: Path | None = None,
    today: Mapping[str, str] | None = None, colours: int | None = None, **data: Any,
) -> dict[str, Any]:  # fmt: skip
    """Return the arguments of the app; `data` are those of the user's data."""
    user = UserData(places, warn=print, clocks=Clocks(clock, wall, zone, with_suspend), **data)
    user.choose_for_now(today or {})
    request = WorkoutRequest(start, rate, conditions, facts, outside) if start else None
    return {"user": user, "start": request, "player": player, "colours": colours}


def make_app(**parts: Any) -> GluteusApp:
    """Return the app; `parts` replace the standard parts."""
    return GluteusApp(**parts_of_app(**(standard_parts() | parts)))


def sizes(*given: tuple[int, int]) -> list[Any]:
    """Return window sizes to try: the first one at once, the others in the slow tests."""
    return [given[0], *(pytest.param(size, marks=pytest.mark.slow) for size in given[1:])]


def text_of(app: App[None]) -> str:
    """Return the text of the screen, line by line: as it is painted, but for the colours, and not cut at each edge."""
    compositor = app.screen._compositor
    if isinstance(compositor, NarrowCompositor) and compositor.over is not None:
        return "\n".join(line.text.rstrip() for line in compositor.over(compositor.size.region))
    rows = [[" "] * compositor.size.width for _ in range(compositor.size.height)]
    with patch.object(app, "get_line_filters", list):
        for region, clip, strips in reversed([*compositor._get_renders()]):  # from the back to the front
            seen = region.intersection(clip)
            for row, strip in zip(rows[seen.y : seen.bottom], strips, strict=False):  # fewer while it is laid out
                row[seen.x : seen.right] = strip.text if len(strip.text) == seen.width else _by_cell(strip.text)
    return "\n".join("".join(row).rstrip() for row in rows)


def _by_cell(text: str) -> list[str]:
    """Return what each cell shows; the second cell of a wide character is empty."""
    shown = list[str]()
    for character in text:
        if width := cell_len(character):
            shown += [character, *[""] * (width - 1)]
        elif shown:
            shown[-1] += character
    return shown


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait until the condition holds."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, text_of(pilot.app)
        await pilot.pause()


class Frames:
    """Counts the frames that all apps have made."""

    made = 0


async def until_shown(pilot: Pilot[None], words: str) -> None:
    """Wait until these words are on the screen, across line breaks and without the bars of a notice.

    To look takes a while, so it is done for each frame, and now and then for what came after the last one.
    """
    looked_at: object = None
    again_s = 0.0

    def are_shown() -> bool:
        nonlocal looked_at, again_s
        frame, now = (pilot.app.screen, Frames.made), time.monotonic()
        if frame == looked_at and now < again_s:
            return False
        looked_at, again_s = frame, now + LOOK_AGAIN_S
        return words in " ".join(text_of(pilot.app).replace("▌", "").split())

    await pilot.pause()  # the first look is at what has come to rest, and mostly the last one
    await until(pilot, are_shown)


async def type_in(pilot: Pilot[None], words: str) -> None:
    """Put words into the field that has the focus, at once: each key by itself costs as much."""
    assert isinstance(pilot.app.focused, Input)
    pilot.app.focused.insert_text_at_cursor(words)
    await pilot.pause()


async def answers_of(pilot: Pilot[None], screen: Screen[Any], *keys: str) -> list[object]:
    """Open a screen over the one that is shown, press keys, and return what it has answered."""
    answers = list[object]()
    pilot.app.push_screen(screen, answers.append)
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()
    return answers


def end_workout(app: GluteusApp) -> None:
    """End the workout, finished or left early."""
    assert app.workout is not None
    app.workout.end()


async def settle(pilot: Pilot[None]) -> None:
    """Wait for what is read in the background, and until nothing changes any more."""
    await pilot.app.workers.wait_for_complete()
    for _ in range(6):
        await pilot.pause()


def cells(app: App[Any]) -> list[Strip]:
    """Return what the whole window shows, line by line."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, LayoutUpdate)
    return [Strip.join(strips) for strips in update.strips]


class Shot(App[None]):
    """An app that shows the current window of another, for `snap_compare`, which runs the app that it receives."""

    def __init__(self, app: App[Any]) -> None:
        super().__init__()
        self._svg = app.export_screenshot(title=app.title, simplify=True)

    def run(self, **_: Any) -> Any:
        """Return the picture, as an app does that `snap_compare` has looked at."""
        return self._svg


class Bare(GluteusApp):
    """The app without its menu, for tests of other screens."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts_of_app(**(standard_parts() | parts)))

    def get_default_screen(self) -> Screen[None]:
        return UnseenScreen()


class Opened(Bare):
    """The app with one screen, over none."""

    def __init__(self, screen: Callable[[GluteusApp], Screen[Any]], **parts: Any) -> None:
        super().__init__(**parts)
        self._opened = screen
        self.answers: list[object] = []

    def on_mount(self) -> None:
        self.push_screen(self._opened(self), self.answers.append)
