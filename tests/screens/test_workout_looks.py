"""Snapshots of the workout: phases, sizes, themes; the clock is handed in. Most are of one workout."""

import asyncio
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.bundled_catalog import bundled_catalog, bundled_routine
from tests.fakes import FakeClock, RecordingPlayer
from tests.screens.stage import Shot, make_app
from tests.screens.workout_rig import Rig, settings
from tui.app import GluteusApp
from tui.ladder.remembered import Remembered
from tui.routine.model import Block, Exercise, FormCue, Layer, Reps, Routine, Set

Look = Callable[..., bool]

SIZES = {
    "200x60": (200, 60),
    "120x40": (120, 40),
    "80x24": (80, 24),
    "60x20": (60, 20),
    "40x12": (40, 12),
    "25x5": (25, 5),
}
MOMENTS = {"prepare": 3.2, "work": 30.2, "last-seconds": 42.2, "switch": 46.1, "rest": 91.2}
"""Seconds into the bridge ladder on one leg."""

JUMPS = Exercise(id="jumps", name="Split squat jumps", own=Layer(dose=Reps(8, 12), cues=(FormCue("Land softly"),)))
OPEN = Routine(
    id="o", title="Open", prepare_s=0, blocks=(Block(sets=(Set(exercise="jumps"),)),), exercises={"jumps": JUMPS}
)


def app_and_clock(routine: Routine, theme: str = "gluteus-dark", **parts: Any) -> tuple[GluteusApp, FakeClock]:
    """An app that begins `routine` at once, on one leg; `parts` are what else it is built from."""
    clock = FakeClock()
    app = make_app(
        start=routine,
        clock=clock,
        wall=clock.wall,
        with_suspend=clock.with_suspend,
        settings=settings(theme=theme),
        state=Remembered({"reverse-bridge": "single-leg"}),
        player=RecordingPlayer(),
        **parts,
    )
    return app, clock


def looks(snap_compare: Look, routine: Routine, at_s: float, size: str, theme: str, *keys: str, **parts: Any) -> bool:
    """Whether `routine` looks as it did, `at_s` seconds on and after `keys`."""
    app, clock = app_and_clock(routine, theme, **parts)

    async def go(pilot: Pilot[None]) -> None:
        await pilot.pause()
        rig = Rig(app, clock, pilot)
        await rig.go(at_s)
        await rig.press(*keys)

    return snap_compare(app, terminal_size=SIZES[size], run_before=go)


LOOKS = [*((size, "gluteus-dark") for size in SIZES if size != "120x40"), ("80x24", "gluteus-light")]
"""Sizes and themes; the phases are shown at 120x40."""
THEMES = ("gluteus-contrast-dark", "gluteus-terminal-dark")
KEYS = {"space": "space", "z": "z", "s": "escape"}
"""Keys to look after, and those that take them back."""


@cache
def shots() -> Mapping[str, Shot]:
    """Look at one workout in its phases, at different sizes, in different themes, and after keys."""
    app, clock = app_and_clock(bundled_routine("bridge-ladder"))
    taken = dict[str, Shot]()

    async def go() -> None:
        async with app.run_test(size=SIZES["120x40"]) as pilot:
            await pilot.pause()
            rig = Rig(app, clock, pilot)
            before_s = 0.0
            for moment, at_s in MOMENTS.items():
                await rig.go(at_s - before_s)
                before_s = at_s
                taken[moment] = Shot(app)
                if moment == "work":
                    await look_with_keys(rig, taken)
                    await look_at_sizes(rig, taken)
            await rig.resize(*SIZES["80x24"])
            for theme in THEMES:
                app.theme = theme
                await pilot.pause()
                taken[theme] = Shot(app)

    asyncio.run(go())
    return taken


async def look_with_keys(rig: Rig, taken: dict[str, Shot]) -> None:
    for key, back in KEYS.items():
        await rig.press(key)
        taken[key] = Shot(rig.app)
        await rig.press(back)


async def look_at_sizes(rig: Rig, taken: dict[str, Shot]) -> None:
    for size, theme in LOOKS:
        await rig.resize(*SIZES[size])
        rig.app.theme = theme
        await rig.pilot.pause()
        taken[f"{size} {theme}"] = Shot(rig.app)
    rig.app.theme = "gluteus-dark"
    await rig.resize(*SIZES["120x40"])


@pytest.mark.parametrize("moment", MOMENTS)
def test_phase(moment: str, snap_compare: Look) -> None:
    assert snap_compare(shots()[moment])


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_size(size: str, theme: str, snap_compare: Look) -> None:
    assert snap_compare(shots()[f"{size} {theme}"])


@pytest.mark.parametrize("theme", THEMES)
def test_theme(theme: str, snap_compare: Look) -> None:
    assert snap_compare(shots()[theme])


@pytest.mark.parametrize("key", KEYS)
def test_key(key: str, snap_compare: Look) -> None:
    assert snap_compare(shots()[key])


def test_another_exercise(snap_compare: Look) -> None:
    keys = ("s", *["down"] * 6)
    assert looks(
        snap_compare, bundled_routine("kettle-break"), 8.2, "80x24", "gluteus-dark", *keys, catalog=bundled_catalog()
    )


@pytest.mark.usefixtures("painted")
def test_an_open_set(snap_compare: Look) -> None:
    assert looks(snap_compare, OPEN, 12.3, "120x40", "gluteus-light")


@pytest.mark.parametrize("theme", ["gluteus-dark", "gluteus-terminal-light"])
def test_without_colour(theme: str, snap_compare: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert looks(snap_compare, bundled_routine("bridge-ladder"), MOMENTS["last-seconds"], "80x24", theme)
