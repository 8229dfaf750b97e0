"""Keys typed faster than screens open reach the same screens as with slow typing, and none arrives after the end."""

import asyncio
import signal
from collections.abc import Sequence

import pytest
from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.patience import PATIENCE_S
from tests.screens.stage import FLOOR, end_workout, make_app, until
from tui.app import GluteusApp
from tui.screens.dialogs.ask import AskScreen
from tui.screens.dialogs.confirm import LeaveScreen
from tui.screens.dialogs.palette import PaletteScreen
from tui.screens.menu.screen import MenuScreen
from tui.screens.settings.screen import SettingsScreen
from tui.screens.workout.screen import WorkoutScreen
from tui.terminal import type_ahead as type_ahead_module
from tui.terminal.textual_internals.settled_screen import UnseenScreen
from tui.terminal.type_ahead import MOST, MOST_ALIKE, passed

NAMED = {"/": "slash", "\r": "enter", " ": "space", "\x1b": "escape", ",": "comma"}


def burst(app: App[None], keys: Sequence[str]) -> None:
    """All of these at once, as from a hand that is faster than the program; a single character is its own key."""
    for key in keys:
        app.post_message(events.Key(NAMED.get(key, key), key if len(key) == 1 else None))


async def type_ahead(pilot: Pilot[None], keys: Sequence[str]) -> None:
    """A burst, and all that comes of it."""
    burst(pilot.app, keys)
    for _ in range(len(keys)):
        await pilot.pause()


async def ended(app: GluteusApp) -> None:
    """Wait for the program's end."""
    async with asyncio.timeout(PATIENCE_S):
        while app.is_running:
            await asyncio.sleep(0.01)


async def test_each_key_of_a_burst_reaches_the_screen_that_the_one_before_it_opened() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_ahead(pilot, "/desk")  # words go into the input that the key before them opens
        assert app.screen.query_one(Input).value == "desk"
        await pilot.press("escape")
        await type_ahead(pilot, ["ctrl+p", "pagedown"])
        assert isinstance(app.screen, PaletteScreen)
        assert app.screen.query_one(OptionList).highlighted
        await type_ahead(pilot, ["escape", "ctrl+p", *"setti", "enter", "enter"])  # it takes enter once
        assert [type(screen) for screen in app.screen_stack] == [MenuScreen, SettingsScreen, AskScreen]
        await pilot.press("escape", "escape")
        await type_ahead(pilot, ["ctrl+p", *"colou", "enter"])
        await type_ahead(pilot, [*"light", "enter"])
        assert app.theme == "gluteus-light"
        await type_ahead(pilot, "\rqy,")
        assert app.conductor is None
        assert isinstance(app.screen, SettingsScreen)


async def test_an_answer_is_not_held_up_by_looks_for_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, look = list[MessagePump](), type_ahead_module.passed

    async def passed(pump: MessagePump) -> None:
        looks.append(pump)
        await look(pump)

    monkeypatch.setattr(type_ahead_module, "passed", passed)
    monkeypatch.setattr(type_ahead_module, "CHECK_AFTER_S", PATIENCE_S)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, ["ctrl+p"])
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen))
        assert not looks
        burst(app, ["escape"])
        await until(pilot, lambda: isinstance(app.screen, MenuScreen))
        assert looks


async def test_leaving_twice_asks_once() -> None:
    app = make_app(start=FLOOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await type_ahead(pilot, "qqq")
        assert [type(screen) for screen in app.screen_stack] == [UnseenScreen, WorkoutScreen, LeaveScreen]
        dialog = app.screen
        assert isinstance(dialog, LeaveScreen)
        dialog.dismiss(None)
        dialog.dismiss(None)  # closed twice, it leaves the screen beneath it
        await pilot.pause()
        assert [type(screen) for screen in app.screen_stack] == [UnseenScreen, WorkoutScreen]
        workout = app.screen
        end_workout(app)
        await pilot.pause()
        assert not await app.run_action("longer", workout)  # a command of a workout that is over does nothing


async def test_the_effects_of_a_key_on_an_app_that_has_closed_are_waited_for_with_pauses() -> None:
    app = App[None]()
    async with app.run_test():
        pass
    assert not app.call_later(print)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            for _ in range(100):
                await passed(app)


@pytest.mark.parametrize(
    "keys", [["ctrl+q", *"//"], ["ctrl+c", "ctrl+c", *"/x\r"], ["\r", "ctrl+q", *"y\r////"]], ids=str
)
def test_keys_typed_after_quitting_do_nothing(keys: list[str]) -> None:
    app = make_app()

    async def leave(pilot: Pilot[object]) -> None:
        burst(app, keys)
        await ended(app)

    app.run(headless=True, auto_pilot=leave)
    assert app.crash is None
    assert app.return_code == 0


def test_closing_the_last_screen_of_a_workout_drops_keys_typed_ahead() -> None:
    app = make_app(start=FLOOR)

    async def leave(pilot: Pilot[object]) -> None:
        await pilot.press("q", "y")
        burst(app, "\r////")
        await ended(app)

    app.run(headless=True, auto_pilot=leave)
    assert app.crash is None
    assert app.return_code == 0


@pytest.mark.parametrize("count", [300, pytest.param(8000, marks=pytest.mark.slow)])
def test_a_signal_overtakes_a_flood_of_keys(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(start=FLOOR)
    handled: list[WorkoutScreen] = []
    monkeypatch.setattr(WorkoutScreen, "action_back", lambda screen: handled.append(screen))

    async def flood(pilot: Pilot[object]) -> None:
        burst(app, "b" * count)
        app.action_quit_now(128 + signal.SIGTERM)
        await ended(app)

    app.run(headless=True, auto_pilot=flood)
    assert app.crash is None
    assert app.return_code == 128 + signal.SIGTERM
    assert len(handled) <= 1


async def handled_of(
    app: GluteusApp, pilot: Pilot[None], keys: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Which commands, `count` at least, come of a flood of `keys` in a workout."""
    handled: list[str] = []
    monkeypatch.setattr(WorkoutScreen, "action_back", lambda screen: handled.append("back"))
    monkeypatch.setattr(WorkoutScreen, "action_next", lambda screen: handled.append("next"))
    await pilot.pause()
    burst(app, keys)
    await until(pilot, lambda: len(handled) >= count)
    await pilot.pause()
    return handled


async def test_neither_a_key_that_is_held_down_nor_a_flood_delays_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(start=FLOOR)
    async with app.run_test(size=(80, 24)) as pilot:
        handled = await handled_of(app, pilot, "b" * 2 * MOST + "n", MOST_ALIKE + 2, monkeypatch)
        assert handled == ["back"] * (MOST_ALIKE + 1) + ["next"]
        # no more waits than a hand can be ahead
        assert len(await handled_of(app, pilot, "bn" * MOST, MOST + 1, monkeypatch)) == MOST + 1


async def test_the_interrupt_overtakes_waiting_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(start=FLOOR)
    handled: list[str] = []
    monkeypatch.setattr(WorkoutScreen, "action_back", lambda screen: handled.append("back"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        burst(app, [*"bbbbb", "ctrl+c", "ctrl+c"])
        await pilot.pause()
    assert handled in ([], ["back"])
    assert app.return_code == 0
