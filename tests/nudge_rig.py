"""The loop of `gluteus nudge` with fake clocks, desktop and keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from tests.fakes import FakeClock, RecordingPlayer
from tui.cli.interruptible_sleep import Woken
from tui.cli.nudge_alerts import Alerts
from tui.cli.nudge_loop import NudgeLoop
from tui.cli.nudge_options import NudgeConfig
from tui.cli.nudge_view import LineView, PaneView
from tui.desktop.machine import Machine
from tui.desktop.presence import Seen
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.today.nudge_plan import NudgePlan

NINE = datetime(2025, 3, 12, 9, tzinfo=UTC)


class FixedConfig(NudgeConfig):
    """A plan and settings that do not change."""

    def __init__(self, plan: NudgePlan, settings: Settings) -> None:
        self.plan, self.settings = plan, settings

    def read(self) -> list[str]:
        return []


class Rig:
    """A loop whose world the test moves. `keys` are pressed at the number of a wait, from 0."""

    def __init__(
        self, plan: NudgePlan | None = None, *, settings: Settings | None = None, keys: Mapping[int, str] | None = None,
        minutes: float = 60.0, view: LineView | PaneView | None = None, environ: Mapping[str, str] | None = None,
        can_notify: bool = True, each: Callable[[Rig], None] = lambda rig: None, config: NudgeConfig | None = None,
    ) -> None:  # fmt: skip
        self.each, self.keyboard = each, True
        self.clock = FakeClock(wall=NINE.timestamp())
        self.keys, self.ends_s, self.waits = dict(keys or {}), self.clock.now + minutes * 60, 0
        self.seen, self.call, self.calls_asked = Seen(1.0, False), False, 0
        self.notified: list[tuple[str, str]] = []
        self.rings, self.begun, self.trouble = 0, 0, ""
        self.terminal: list[str] = []
        self.player = RecordingPlayer()
        self.can_notify = can_notify
        clocks = self.clock.clocks(UTC)
        self.machine = Machine(
            find_places(), clocks, presence=lambda: self.seen, in_call=self.in_call, undisturbed=lambda: False
        )
        alerts = Alerts(
            settings or Settings(), write_terminal=self.terminal.append, environ=environ or {}, notify=self.notify,
            ring=self.ring, player=lambda: self.player, clock=self.clock,
        )  # fmt: skip
        self.loop = NudgeLoop(
            config or FixedConfig(plan or NudgePlan(), settings or Settings()), self.machine, alerts,
            view or LineView(has_keys=True), pick=lambda plan: "Mug, 1:35.", begin=self.begin,
            sleep=lambda: nullcontext(self), has_keys=True, clock=self.clock,
        )  # fmt: skip

    def in_call(self) -> bool:
        self.calls_asked += 1
        return self.call

    def notify(self, title: str, body: str) -> bool:
        self.notified.append((title, body))
        return self.can_notify

    def ring(self) -> None:
        self.rings += 1

    def begin(self, plan: NudgePlan) -> str:
        self.begun += 1
        self.clock.advance(120.0)
        return self.trouble

    def until(self, deadline: float | None) -> Woken:
        """Stand in for the sleep: move the clock to the deadline, or press a key."""
        assert deadline is not None and deadline > self.clock.now
        self.each(self)
        self.waits += 1
        if (typed := self.keys.pop(self.waits - 1, None)) is not None:
            return Woken(keys=typed)
        if deadline > self.ends_s:
            return Woken(keys="q")
        self.clock.advance(deadline - self.clock.now)
        return Woken()

    def lines(self, capsys: pytest.CaptureFixture[str]) -> list[str]:
        """Run to the end and return what was printed."""
        assert self.loop.run() == 0
        return capsys.readouterr().out.splitlines()


FIRST = [
    "Keys: enter begins, s snoozes, x skips, p pauses, q quits.",
    "09:00  Nudges every 50 min, 9:00 to 17:30, mon-fri.",
]


# The pane


class FakeTerminal:
    """A size that the test sets."""

    def __init__(self, columns: int, rows: int) -> None:
        self.size = os.terminal_size((columns, rows))

    def __call__(self) -> os.terminal_size:
        return self.size
