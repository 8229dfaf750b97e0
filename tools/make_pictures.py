"""Write the pictures of the README and the docs from the real app: `python -m tools.make_pictures`.

They are SVG files in docs/. The clock is moved by hand, so the same code makes the same pictures.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from textual.geometry import Region, Size
from textual.pilot import Pilot

from tests.fakes import FakeClock, RecordingPlayer
from tools.drawing import CELL_HEIGHT, CELL_WIDTH, FONT, Drawing
from tui.app import GluteusApp
from tui.files.places import find_places
from tui.files.settings import ScreenSettings, Settings
from tui.ladder.remembered import Remembered
from tui.library.catalog import load_catalog
from tui.screens.workout.screen import WorkoutScreen
from tui.themes import COLOURS
from tui.user_data import UserData, WorkoutRequest
from tui.widgets.figure.view import FigureView

DOCS = Path(__file__).parents[1] / "docs"
SIZE = (120, 40)
FRAME_S = 0.125
"""The step of the clock, the same as the figure's."""
FROM_S, LOOP_S = 6.0, 6.0
"""The seconds from the start of the first set to the start of the pictures, and how long they last."""
TILE = Size(24, 4)
"""A moving picture is made of tiles of this many cells; a tile has a new frame only if something in it changes.

Above and below the figure a tile is as wide as the screen, so that no word is cut.
"""
BACKGROUND = "#121212"
"""The dark theme's background."""
MARGIN = 12

Frames = list[tuple[float, str]]
"""What a tile shows: each picture with the time at which it starts, as a share of the whole."""


class Studio:
    """The app with a workout of single-leg bridges, and a clock that is moved by hand."""

    def __init__(self) -> None:
        """Start the workout."""
        places, self.clock = find_places(), FakeClock()
        user = UserData(
            places,
            warn=print,
            settings=Settings(screen=ScreenSettings(flash="off")),
            state=Remembered({"reverse-bridge": "single-leg"}),
            catalog=load_catalog(places),
            clocks=self.clock.clocks(UTC),
        )
        routine = user.library.find("bridge-ladder").routine
        assert routine is not None
        self.app = GluteusApp(
            user, start=WorkoutRequest(routine), player=RecordingPlayer(), colours=max(COLOURS.values())
        )

    def work(self, seconds: float) -> None:
        """Run the workout until its first set has lasted `seconds`."""
        assert self.app.conductor is not None
        self.run(self.app.conductor.timeline.sets[0].start_s + seconds)

    def run(self, seconds: float) -> None:
        """Run the workout for `seconds`."""
        for _ in range(round(seconds / FRAME_S)):
            self.clock.advance(FRAME_S)
            assert isinstance(self.app.screen, WorkoutScreen)
            self.app.screen.tick()

    def close(self) -> None:
        """End the workout."""
        if self.app.conductor is not None:
            self.app.conductor.close()

    def picture(self, region: Region) -> str:
        """Return the SVG elements of a region of the screen."""
        drawing = Drawing(BACKGROUND)
        drawing.add(self.app.screen._compositor.render_strips(), region)
        return drawing.svg()


async def moving(name: str, *, whole: bool) -> None:
    """Write the figure, or the whole screen, in a loop of LOOP_S from FROM_S after the start of the first set."""
    studio = Studio()
    async with studio.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        studio.work(FROM_S)
        await pilot.pause()
        figure = studio.app.screen.query_one(FigureView).region
        await write_moving(name, studio, pilot, tiles(figure) if whole else [figure])


async def write_moving(name: str, studio: Studio, pilot: Pilot[None], regions: Sequence[Region]) -> None:
    """Run the workout for LOOP_S and write what the regions show meanwhile, in a loop."""
    frames: dict[Region, Frames] = {region: [] for region in regions}
    count = round(LOOP_S / FRAME_S)
    for index in range(count):
        for region, shown in frames.items():
            picture = studio.picture(region)
            if not shown or shown[-1][1] != picture:
                shown.append((index / count, picture))
        studio.run(FRAME_S)
        await pilot.pause()
    whole = Region.from_union(list(regions))
    write(name, whole, "".join(placed(animated(frames[region]), region, whole) for region in regions))
    studio.close()


def tiles(figure: Region) -> list[Region]:
    """Return the tiles of the screen, row by row."""
    rows = [Region(0, y, SIZE[0], TILE.height) for y in range(0, SIZE[1], TILE.height)]
    return [tile for row in rows for tile in (_columns(row) if row.overlaps(figure) else [row])]


def _columns(row: Region) -> list[Region]:
    return [Region(x, row.y, *TILE) for x in range(0, row.width, TILE.width)]


def placed(elements: str, region: Region, whole: Region) -> str:
    """Return the elements of a region at its place in the whole picture."""
    x, y = (region.x - whole.x) * CELL_WIDTH, (region.y - whole.y) * CELL_HEIGHT
    return f'<g transform="translate({x} {y})">{elements}</g>'


def animated(frames: Frames) -> str:
    """Return frames that are visible one after the other, in a loop; a single frame is a still."""
    if len(frames) == 1:
        return frames[0][1]
    groups = []
    ends = [start for start, _ in frames[1:]] + [1.0]
    for (start, picture), end in zip(frames, ends, strict=True):
        turns = {0.0: "hidden", start: "visible"} | ({end: "hidden"} if end < 1 else {})
        groups.append(
            f'<g visibility="{"hidden" if start else "visible"}"><animate attributeName="visibility" '
            f'calcMode="discrete" dur="{LOOP_S:g}s" repeatCount="indefinite" values="{";".join(turns.values())}" '
            f'keyTimes="{";".join(f"{time:.4g}" for time in turns)}"/>{picture}</g>'
        )
    return "".join(groups)


def write(name: str, region: Region, elements: str) -> None:
    """Write a picture of the size of `region`, with a margin, on the app's background."""
    width, height = (size + 2 * MARGIN for size in (region.width * CELL_WIDTH, region.height * CELL_HEIGHT))
    DOCS.mkdir(exist_ok=True)
    (DOCS / name).write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" rx="{MARGIN}" fill="{BACKGROUND}"/>'
        f'<g transform="translate({MARGIN} {MARGIN})" {FONT}>{elements}</g></svg>\n'
    )


async def make_all() -> None:
    """Write every picture."""
    await moving("workout.svg", whole=True)
    await moving("figure.svg", whole=False)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["GLUTEUS_HOME"] = home
        asyncio.run(make_all())
