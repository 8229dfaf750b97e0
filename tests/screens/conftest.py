"""Make tests of the full screen quick: wait exactly until the app is idle, parse stylesheets once, paint on demand.

Textual's own wait sleeps for at least a fiftieth of a second after each key, twice, and longer on a busy machine; there
it may also take an app that waits for the processor for one that is idle.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from inspect import CO_VARARGS, CO_VARKEYWORDS
from types import FunctionType
from typing import Any

import pytest
import textual._callback
import textual.app
import textual.css.stylesheet
import textual.pilot
import textual.screen
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from tests.idle import until_idle
from tui.app import GluteusApp
from tui.screens.menu.routine_list import grouped
from tui.screens.menu.screen import MenuScreen
from tui.widgets.routine_text import RoutineRow

FRAME_S = 0.001
"""How long the app waits before it paints, in tests."""


@pytest.fixture(autouse=True)
def cursor_below_the_pick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin on the routine of last time, else on the first one: only the tests of today's pick begin on its row."""

    def first(menu: MenuScreen) -> str | None:
        assert isinstance(menu.app, GluteusApp)
        user = menu.app.user
        groups = grouped([RoutineRow(card) for card in user.cards])
        return user.last_routine or next((row.card.id for _, rows in groups for row in rows), None)

    monkeypatch.setattr(MenuScreen, "here_at_first", property(first))


class Painting:
    """Whether each change is painted: most tests read the screen once, at their end, and CI paints in a step."""

    on = bool(os.environ.get("PAINT"))


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint each change, as on a terminal; for tests that count frames or look for crashes while painting."""
    monkeypatch.setattr(Painting, "on", True)


_count_parameters = textual._callback._count_parameters
_render_update = Compositor.render_update
_parse_rules = Stylesheet._parse_rules
_rules: dict[tuple[object, ...], list[RuleSet]] = {}


async def wait_for_screen(_: Pilot[Any], timeout: float = 0.0) -> bool:
    """Wait until nothing is left to do, instead of for a message to each widget: a twentieth of the CPU."""
    await until_idle()
    return True


def count_parameters(function: Callable[..., object]) -> int:
    """Count the parameters of a callable, of a plain function without its signature."""
    if type(function) is not FunctionType or hasattr(function, "__wrapped__"):
        return _count_parameters(function)
    code = function.__code__
    return (
        code.co_argcount
        + code.co_kwonlyargcount
        + bool(code.co_flags & CO_VARARGS)
        + bool(code.co_flags & CO_VARKEYWORDS)
    )


def render_update(self: Compositor, full: bool = False, screen_stack: Any = None, simplify: bool = False) -> Any:
    """Paint if somebody looks: for a screenshot (`full`), or if painting is on."""
    if full or Painting.on:
        return _render_update(self, full, screen_stack, simplify)
    visible_screen_stack.set(screen_stack or [])
    self._dirty_regions.clear()
    return None


def parse_rules(self: Stylesheet, css: str, *args: Any, **options: Any) -> list[RuleSet]:
    """Return the rules of a stylesheet, parsed once for all apps that have the same variables."""
    key = (css, *args, *sorted(options.items()), *sorted(self._variables.items()))
    if key not in _rules:
        _rules[key] = _parse_rules(self, css, *args, **options)
    return _rules[key]


for owner, name, ours in (
    (RuleSet, "__hash__", object.__hash__),  # the same, not written in Python
    (textual.app, "wait_for_idle", until_idle),
    (textual.pilot, "wait_for_idle", until_idle),
    (Pilot, "_wait_for_screen", wait_for_screen),
    (textual._callback, "_count_parameters", count_parameters),
    (textual.screen, "UPDATE_PERIOD", FRAME_S),
    (Compositor, "render_update", render_update),
    (Stylesheet, "_parse_rules", parse_rules),
):
    assert hasattr(owner, name), f"{owner.__name__} has no {name} any more: see how it works now"
    setattr(owner, name, ours)
