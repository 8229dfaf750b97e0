"""A workout on its screen, with the clock moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from textual.pilot import Pilot

from tests.fakes import FakeClock, RecordingPlayer
from tests.screens.stage import FLOOR, make_app, text_of, until
from tui.app import GluteusApp
from tui.conductor import Conductor
from tui.engine.position import SessionState
from tui.files.settings import ScreenSettings, Settings, VoiceSettings
from tui.routine.model import Routine
from tui.screens.workout.big_clock import BigClock
from tui.screens.workout.screen import WorkoutScreen
from tui.widgets.lettering.blocks import lowered
from tui.widgets.lettering.letters import CAPS, TALL, set_text

STEP_S = 2.0
"""The longest time between two looks at the clock: after a longer one, the session pauses as stopped."""


@dataclass
class Rig:
    """The app in the middle of a workout."""

    app: GluteusApp
    clock: FakeClock
    pilot: Pilot[None]

    @property
    def screen(self) -> WorkoutScreen:
        assert isinstance(self.app.screen, WorkoutScreen)
        return self.app.screen

    @property
    def conductor(self) -> Conductor:
        assert self.app.conductor is not None
        return self.app.conductor

    @property
    def digits(self) -> str:
        return self.screen.query_one(BigClock).text

    @property
    def digit_rows(self) -> int:
        """Return the height of the digits, in rows."""
        return self.screen.query_one(BigClock).room.rows

    @property
    def text(self) -> str:
        return text_of(self.app)

    @property
    def is_flashing(self) -> bool:
        """Return whether the terminal shows only a colour; the next frame may be painted already."""
        return self.screen.holds_frames or not self.text.strip()

    @property
    def is_marked_as_rehearsal(self) -> bool:
        shown = self.text
        return "\N{MULTIPLICATION SIGN}10" in shown or "Rehearsal, 10 times as fast" in shown

    def says(self, *texts: str) -> bool:
        """Return whether all of these are on screen, in any size."""
        shown = self.text
        return all(_stands(text, shown) for text in texts)

    async def go(self, seconds: float) -> None:
        """Let this much time pass."""
        while seconds > 0:
            self.clock.advance(min(seconds, STEP_S))
            seconds -= STEP_S
            self.screen.tick()
        await self.pilot.pause()

    async def resize(self, columns: int, rows: int) -> None:
        """Give the terminal this size."""
        await self.pilot.resize_terminal(columns, rows)
        await self.pilot.pause()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()


def _stands(text: str, shown: str) -> bool:
    large = [letters for font in (CAPS, TALL) if (letters := set_text(text, font))]
    shapes = [*large, *map(lowered, large)]
    return text.lower() in shown.lower() or any(all(row.strip() in shown for row in shape) for shape in shapes)


def settings(**screen: Any) -> Settings:
    """Return settings of the screen, by default without flashes."""
    return Settings(screen=ScreenSettings(flash="off")._replace(**screen), voice=VoiceSettings(mode="off"))


@asynccontextmanager
async def workout(
    routine: Routine = FLOOR, size: tuple[int, int] = (120, 40), after_s: float = 0.0, **parts: Any
) -> AsyncIterator[Rig]:
    """Show `routine`, `after_s` seconds after its start; `parts` replace the standard parts of the app."""
    clock = FakeClock()
    clocks = {"clock": clock, "wall": clock.wall, "with_suspend": clock.with_suspend}
    standard = {**clocks, "player": RecordingPlayer(), "settings": settings()}
    app = make_app(start=routine, **(standard | parts))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await until(pilot, lambda: app.conductor is not None and app.conductor.state is not SessionState.READY)
        await pilot.pause()
        rig = Rig(app, clock, pilot)
        await rig.go(after_s)
        yield rig
