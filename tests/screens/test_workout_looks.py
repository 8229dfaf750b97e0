"""Snapshots of the workout: phases, sizes, themes; the clock is handed in. Most are of one workout."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from itertools import pairwise
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
    """Check that `routine` looks as it did, `at_s` seconds on and after `keys`."""
    app, clock = app_and_clock(routine, theme, **parts)

    async def go(pilot: Pilot[None]) -> None:
        await pilot.pause()
        rig = Rig(app, clock, pilot)
        await rig.go(at_s)
        await rig.press(*keys)

    return snap_compare(app, terminal_size=SIZES[size], run_before=go)


LOOKS = [("80x24", "gluteus-dark"), ("40x12", "gluteus-dark"), ("80x24", "gluteus-light")]
MORE_LOOKS = [(size, "gluteus-dark") for size in ("200x60", "60x20", "25x5")]
"""Sizes and themes; the phases are shown at 120x40."""
THEMES = ("gluteus-contrast-dark", "gluteus-terminal-dark")
KEYS, MORE_KEYS = {"space": "space"}, {"z": "z", "s": "escape"}
"""Keys to look after, and those that take them back."""


def in_slow_tests(*each: object) -> list[Any]:
    """Return parameters of the slow tests."""
    return [pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=pytest.mark.slow) for one in each]


@asynccontextmanager
async def bridge_ladder() -> AsyncIterator[Rig]:
    """Show the bridge ladder at its first moment."""
    app, clock = app_and_clock(bundled_routine("bridge-ladder"))
    async with app.run_test(size=SIZES["120x40"]) as pilot:
        await pilot.pause()
        rig = Rig(app, clock, pilot)
        await rig.go(MOMENTS["prepare"])
        yield rig


async def go_on(rig: Rig, since: str, until: str) -> None:
    """Go from one moment to another."""
    await rig.go(MOMENTS[until] - MOMENTS[since])


@cache
def shots() -> Mapping[str, Shot]:
    """Look at one workout in its phases, at a few sizes, in a light theme, and paused."""
    taken = dict[str, Shot]()

    async def look() -> None:
        async with bridge_ladder() as rig:
            taken["prepare"] = Shot(rig.app)
            for before, moment in pairwise(MOMENTS):
                await go_on(rig, before, moment)
                taken[moment] = Shot(rig.app)
                if moment == "work":
                    await look_with_keys(rig, taken, KEYS)
                    await look_at_sizes(rig, taken, LOOKS)

    asyncio.run(look())
    return taken


@cache
def more_shots() -> Mapping[str, Shot]:
    """Look at it after other keys, at other sizes, and in other themes."""
    taken = dict[str, Shot]()

    async def look() -> None:
        async with bridge_ladder() as rig:
            await go_on(rig, "prepare", "work")
            await look_with_keys(rig, taken, MORE_KEYS)
            await look_at_sizes(rig, taken, MORE_LOOKS)
            await go_on(rig, "work", "rest")
            await rig.resize(*SIZES["80x24"])
            for theme in THEMES:
                rig.app.theme = theme
                await rig.pilot.pause()
                taken[theme] = Shot(rig.app)

    asyncio.run(look())
    return taken


async def look_with_keys(rig: Rig, taken: dict[str, Shot], keys: Mapping[str, str]) -> None:
    for key, back in keys.items():
        await rig.press(key)
        taken[key] = Shot(rig.app)
        await rig.press(back)


async def look_at_sizes(rig: Rig, taken: dict[str, Shot], looks: Iterable[tuple[str, str]]) -> None:
    for size, theme in looks:
        await rig.resize(*SIZES[size])
        rig.app.theme = theme
        await rig.pilot.pause()
        taken[f"{size} {theme}"] = Shot(rig.app)
    rig.app.theme = "gluteus-dark"
    await rig.resize(*SIZES["120x40"])


@pytest.mark.parametrize("moment", MOMENTS)
def test_phase(moment: str, snap_compare: Look) -> None:
    assert snap_compare(shots()[moment])


@pytest.mark.parametrize(("size", "theme"), [*LOOKS, *in_slow_tests(*MORE_LOOKS)])
def test_size(size: str, theme: str, snap_compare: Look) -> None:
    taken = shots() if (size, theme) in LOOKS else more_shots()
    assert snap_compare(taken[f"{size} {theme}"])


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_theme(theme: str, snap_compare: Look) -> None:
    assert snap_compare(more_shots()[theme])


@pytest.mark.parametrize("key", [*KEYS, *in_slow_tests(*MORE_KEYS)])
def test_key(key: str, snap_compare: Look) -> None:
    taken = shots() if key in KEYS else more_shots()
    assert snap_compare(taken[key])


def test_another_exercise(snap_compare: Look) -> None:
    keys = ("s", *["down"] * 6)
    assert looks(
        snap_compare, bundled_routine("kettle-break"), 8.2, "80x24", "gluteus-dark", *keys, catalog=bundled_catalog()
    )


@pytest.mark.usefixtures("painted")
def test_an_open_set(snap_compare: Look) -> None:
    assert looks(snap_compare, OPEN, 12.3, "120x40", "gluteus-light")


@pytest.mark.parametrize("theme", ["gluteus-dark", *in_slow_tests("gluteus-terminal-light")])
def test_without_colour(theme: str, snap_compare: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert looks(snap_compare, bundled_routine("bridge-ladder"), MOMENTS["last-seconds"], "80x24", theme)
