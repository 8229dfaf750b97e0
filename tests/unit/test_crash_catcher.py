"""An unhandled error is stored and not printed."""

import asyncio

import pytest
from textual.app import App

from tests.for_each import for_each
from tui.terminal.textual_internals.crash_catcher import CrashCatcher
from tui.terminal.textual_internals.settled_screen import SettledScreen


class Falls(App[None]):
    """An app that fails as soon as it runs."""

    def on_mount(self) -> None:
        raise RuntimeError("first")


@for_each("name", ["_handle_exception", "_fatal_error", "_close_messages_no_wait"])
def test_textual_still_has(name: str) -> None:
    assert callable(getattr(App, name))


class FallsLater(App[None]):
    """An app whose screen fails in a call beside its messages."""

    def get_default_screen(self) -> SettledScreen[None]:
        return SettledScreen()

    def on_mount(self) -> None:
        def fail() -> None:
            raise RuntimeError("later")

        screen = self.screen
        assert isinstance(screen, SettledScreen)
        asyncio.get_running_loop().call_soon(screen.call_now, fail)


@pytest.mark.parametrize("fails", [Falls, FallsLater])
def test_an_unhandled_error_is_stored_and_not_printed(
    fails: type[App[None]], capsys: pytest.CaptureFixture[str]
) -> None:
    app = fails()
    crash = CrashCatcher(app)
    app.run(headless=True)
    assert isinstance(crash.error, RuntimeError)
    assert app.return_code == 1
    assert capsys.readouterr() == ("", "")


def test_without_the_catcher_it_would_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Falls().run(headless=True)
    assert "RuntimeError" in capsys.readouterr().err
