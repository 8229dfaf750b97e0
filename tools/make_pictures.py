"""Makes the README's pictures from the real app: `python -m tools.make_pictures`. They go to docs/, as SVG.

The clock is moved by hand, so that the same code makes the same pictures.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from textual.geometry import Region

from tests.fakes import FakeClock, RecordingPlayer
from tools.drawing import CELL_HEIGHT, CELL_WIDTH, FONT, Drawing
from tui.app import GluteusApp
from tui.files.places import find_places
from tui.files.settings import ScreenSettings, Settings
from tui.files.state import Remembered
from tui.library.catalog import load_catalog
from tui.screens.workout.screen import WorkoutScreen
from tui.widgets.figure.view import FigureView

DOCS = Path(__file__).parents[1] / "docs"
SIZE = (120, 40)
FRAME_S = 0.125
"""The clock moves in steps of this, as the figure does."""
BACKGROUND = "#121212"
"""The dark theme's."""
MARGIN = 12


class Studio:
    """The app with a clock that is moved by hand, and what can be seen of it."""

    def __init__(self, routine: str | None = None, progressions: dict[str, str] | None = None) -> None:
        """`routine` is begun at once; without one there is the menu."""
        places = find_places()
        catalog = load_catalog(places)
        self.clock = FakeClock()
        self.app = GluteusApp(
            places=places,
            settings=Settings(screen=ScreenSettings(flash="off")),
            state=Remembered(progressions or {}),
            catalog=catalog,
            clock=self.clock,
            wall=self.clock.wall,
            zone=UTC,
            player=RecordingPlayer(),
            start=catalog.find(routine).routine if routine else None,
        )

    def work(self, seconds: float) -> None:
        """Let the workout go on until its first set is on for so long: how long one gets ready depends on the words."""
        assert self.app.conductor is not None
        self.go_on(self.app.conductor.timeline.sets[0].start_s + seconds)

    def go_on(self, seconds: float) -> None:
        """Let the workout go on for so long."""
        for _ in range(round(seconds / FRAME_S)):
            self.clock.advance(FRAME_S)
            assert isinstance(self.app.screen, WorkoutScreen)
            self.app.screen.tick()

    def stand_still(self) -> None:
        """End what would move on after the last picture."""
        if self.app.conductor is not None:
            self.app.conductor.close()

    def picture(self, region: Region) -> str:
        """The elements of what stands in a region of the screen."""
        drawing = Drawing(BACKGROUND)
        drawing.add(self.app.screen._compositor.render_strips(), region)
        return drawing.svg()


async def still(name: str, studio: Studio, seconds: float | None = None) -> None:
    """Write the whole screen as it is after so many seconds of the first set."""
    async with studio.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        if seconds is not None:
            studio.work(seconds)
        await pilot.pause()
        whole = Region(0, 0, *SIZE)
        write(name, whole, studio.picture(whole))
        studio.stand_still()


async def moving(name: str, studio: Studio, seconds: float, length_s: float) -> None:
    """Write the figure as it moves for `length_s` from so many seconds of the first set on, over and over."""
    async with studio.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        studio.work(seconds)
        await pilot.pause()
        region = studio.app.screen.query_one(FigureView).region
        frames: list[tuple[float, str]] = []
        count = round(length_s / FRAME_S)
        for index in range(count):
            picture = studio.picture(region)
            if not frames or frames[-1][1] != picture:
                frames.append((index / count, picture))
            studio.go_on(FRAME_S)
            await pilot.pause()
        write(name, region, animated(frames, length_s))
        studio.stand_still()


def animated(frames: Sequence[tuple[float, str]], length_s: float) -> str:
    """Frames that take turns: each begins at its part of the whole and ends with the next."""
    groups = []
    ends = [at for at, _ in frames[1:]] + [1.0]
    for (begin, picture), end in zip(frames, ends, strict=True):
        turns = {0.0: "hidden", begin: "visible"} | ({end: "hidden"} if end < 1 else {})
        first = "hidden" if begin else "visible"
        groups.append(
            f'<g visibility="{first}"><animate attributeName="visibility" calcMode="discrete" '
            f'dur="{length_s:g}s" repeatCount="indefinite" values="{";".join(turns.values())}" '
            f'keyTimes="{";".join(f"{at:g}" for at in turns)}"/>{picture}</g>'
        )
    return "".join(groups)


def write(name: str, region: Region, elements: str) -> None:
    """Write one picture of so many cells, with a margin, on the app's background."""
    width, height = (size + 2 * MARGIN for size in (region.width * CELL_WIDTH, region.height * CELL_HEIGHT))
    DOCS.mkdir(exist_ok=True)
    (DOCS / name).write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" rx="{MARGIN}" fill="{BACKGROUND}"/>'
        f'<g transform="translate({MARGIN} {MARGIN})" {FONT}>{elements}</g></svg>\n'
    )


async def make_all() -> None:
    """Every picture of the README."""
    single = {"reverse-bridge": "single-leg"}
    await still("menu.svg", Studio())
    await still("workout.svg", Studio("bridge-ladder", single), 7.5)
    await moving("figure.svg", Studio("bridge-ladder", single), 6.0, 6.0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["GLUTEUS_HOME"] = home
        asyncio.run(make_all())
