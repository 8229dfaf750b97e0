"""The pane of `gluteus nudge`: its content, and when it is drawn."""

from __future__ import annotations

import os

import pytest

from tests.for_each import for_each
from tests.nudge_rig import NINE, FakeTerminal, Rig
from tui.cli.nudge_loop import pick_line
from tui.cli.nudge_view import PaneView
from tui.files.places import find_places
from tui.today.nudge_plan import NudgePlan


def drawn(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the rows of the last drawing, without bold."""
    last = capsys.readouterr().out.rpartition("\x1b[H")[2].removesuffix("\x1b[J")
    return [row.removesuffix("\x1b[K").replace("\x1b[1m", "").replace("\x1b[0m", "") for row in last.split("\r\n")]


STATE = ("Next break in 37 min, at 10:43", "3 of 6 breaks today")

KEYS = ("enter begin", "s snooze", "x skip", "p pause", "q quit")


@for_each(
    ("size", "rows"),
    [
        (
            (80, 24),
            ["", " Next break in 37 min, at 10:43", " 3 of 6 breaks today", "",
             " enter begin  s snooze  x skip  p pause  q quit", "", " 9:50 Time for a break.", " 9:58 Snoozed."],
        ),
        (
            (40, 8),
            ["", " Next break in 37 min, at 10:43", " 3 of 6 breaks today", "",
             " enter begin  s snooze  x skip  p pause", " q quit", "", " 9:58 Snoozed."],
        ),
        ((24, 4), [" Next break in 37 min,", " at 10:43", " 3 of 6 breaks today", " enter begin  s snooze"]),
        ((3, 1), [" N"]),
    ],
)  # fmt: skip
def test_the_pane_shows_what_there_is_room_for(
    capsys: pytest.CaptureFixture[str], size: tuple[int, int], rows: list[str]
) -> None:
    view = PaneView(FakeTerminal(*size))
    view.add(NINE.replace(minute=50), "Time for a break.")
    view.add(NINE.replace(minute=58), "Snoozed.")
    view.show(STATE, KEYS)
    assert drawn(capsys)[: len(rows)] == rows
    assert all(len(row) <= size[0] for row in rows)


def test_the_pane_is_drawn_only_if_something_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = FakeTerminal(80, 24)
    view = PaneView(terminal)
    view.show(STATE, KEYS)
    capsys.readouterr()
    view.show(STATE, KEYS)
    assert capsys.readouterr().out == ""
    terminal.size = os.terminal_size((40, 24))
    view.show(STATE, KEYS)
    assert drawn(capsys)[1] == " Next break in 37 min, at 10:43"


def test_the_pane_names_the_workout_while_a_break_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    skipped = False

    def skip(rig: Rig) -> None:
        nonlocal skipped
        if rig.clock.wall() == NINE.timestamp() + 52 * 60 and not skipped:
            skipped = True
            assert drawn(capsys)[1:4] == [" Time for a break", " Mug, 1:35.", " No break yet today"]
            rig.keys[rig.waits] = "x"

    Rig(minutes=54, each=skip, view=PaneView(FakeTerminal(80, 24))).loop.run()
    assert drawn(capsys)[1:3] == [" Next break in 46 min, at 10:40", " No break yet today"]


def test_the_workout_is_todays_pick_if_there_is_one() -> None:
    assert pick_line(find_places(), NudgePlan()).endswith("easy start.")
    assert pick_line(find_places(), NudgePlan(length_s=1.0)) == ""


def test_the_pane_is_not_drawn_over_a_shell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = PaneView(FakeTerminal(80, 24))
    monkeypatch.setattr("tui.cli.nudge_view.is_in_background", lambda _: True)
    view.show(STATE, KEYS)
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("tui.cli.nudge_view.is_in_background", lambda _: False)
    view.show(STATE, KEYS)
    assert capsys.readouterr().out.startswith("\x1b[?1049h")


def test_the_pane_leaves_the_alternate_screen_for_a_workout_and_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    rig = Rig(keys={0: "\n"}, minutes=1, view=PaneView(FakeTerminal(80, 24)))
    rig.loop.run()
    out = capsys.readouterr().out
    assert out.count("\x1b[?1049h") == out.count("\x1b[?1049l") == 2
    assert out.endswith("\x1b[?1049l")
