"""Private names of Textual that the program uses: a release that changes one fails here."""

import io
import os
import sys

import pytest
from textual.app import App
from textual.driver import Driver

from tui.terminal.safe_terminal import SafeFile, WriteGate, safe_driver
from tui.terminal.textual_internals import CrashCatcher, output_of, set_output


class Falls(App[None]):
    """An app that fails as soon as it runs."""

    def on_mount(self) -> None:
        raise RuntimeError("first")


def platform_driver() -> type[Driver]:
    """The driver of a terminal on this system, whatever the tests run on."""
    return App[None]().get_driver_class()


@pytest.mark.parametrize("name", ["_handle_exception", "_fatal_error", "_close_messages_no_wait"])
def test_textual_still_has(name: str) -> None:
    assert callable(getattr(App, name))


def test_an_error_that_nobody_handled_is_kept_and_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    app = Falls()
    crash = CrashCatcher(app)
    app.run(headless=True)
    assert isinstance(crash.error, RuntimeError)
    assert app.return_code == 1
    assert capsys.readouterr() == ("", "")


def test_without_the_catcher_it_would_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Falls().run(headless=True)
    assert "RuntimeError" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="a driver with a file of its own")
async def test_a_driver_has_one_file_that_it_writes_to_and_that_can_be_replaced() -> None:
    driver = platform_driver()(App[None]())
    assert output_of(driver) is sys.__stderr__
    other = io.StringIO()
    set_output(driver, other)
    assert output_of(driver) is other
    safe = safe_driver(platform_driver(), WriteGate())(App[None]())
    assert isinstance(output_of(safe), SafeFile)
