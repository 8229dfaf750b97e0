"""An unhandled error is stored and not printed."""

import pytest
from textual.app import App

from tui.terminal.textual_internals.crash_catcher import CrashCatcher


class Falls(App[None]):
    """An app that fails as soon as it runs."""

    def on_mount(self) -> None:
        raise RuntimeError("first")


@pytest.mark.parametrize("name", ["_handle_exception", "_fatal_error", "_close_messages_no_wait"])
def test_textual_still_has(name: str) -> None:
    assert callable(getattr(App, name))


def test_an_unhandled_error_is_stored_and_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    app = Falls()
    crash = CrashCatcher(app)
    app.run(headless=True)
    assert isinstance(crash.error, RuntimeError)
    assert app.return_code == 1
    assert capsys.readouterr() == ("", "")


def test_without_the_catcher_it_would_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Falls().run(headless=True)
    assert "RuntimeError" in capsys.readouterr().err
