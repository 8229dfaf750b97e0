"""Keys of every layout, and invalid reports of keys and mouse."""

# ruff: noqa: RUF001 - Cyrillic letters that look like Latin ones

import os
import signal

import pytest
from textual import events
from textual.app import App

from tests.for_each import for_each
from tests.small_apps import platform_driver
from tui.terminal.safe_terminal import WriteGate, safe_driver
from tui.terminal.textual_internals.crash_catcher import CrashCatcher
from tui.terminal.textual_internals.keyboard import LayoutParser


@for_each(
    ("reported", "key", "character"),
    [
        ("1089::99;;1089", "c", "с"),  # on a Cyrillic layout, the key with c
        ("1089:1057:99;2;1057", "C", "С"),
        ("1073:1041:44;;1073", "comma", "б"),
        ("1073:1041:44;2;1041", "less_than_sign", "Б"),
        ("1089::99;5", "ctrl+c", None),
        ("122::121;;122", "z", "z"),  # a Latin layout keeps its letters
        ("99;;99", "c", "c"),
        ("47:63;2;63", "question_mark", "?"),
        ("1089;;1089", "с", "с"),  # a terminal that reports no alternates
    ],
)  # fmt: skip
def test_a_letter_of_another_layout_is_named_after_its_us_key(reported: str, key: str, character: str | None) -> None:
    (event,) = LayoutParser().feed(f"\x1b[{reported}u")
    assert isinstance(event, events.Key)
    assert (event.key, event.character) == (key, character)


@for_each("size", ["24;80;0;0", "24;0;480;800", "0;0;0;0"])
def test_a_mouse_in_a_window_without_a_size_is_ignored(size: str) -> None:
    read = [*LayoutParser().feed(f"\x1b[48;{size}t\x1b[<0;9;9Mq")]
    assert [type(event) for event in read] == [events.Resize, events.Key]


@for_each("code", ["97;9:3u", "1;2:3A", "1114112u", "99999999999999999999;5u", "97;;1114112u", "57441;9:3;2:u"])
def test_a_key_that_there_is_not_is_ignored(code: str) -> None:
    parser = LayoutParser()
    keys = [event.key for event in [*parser.feed(f"\x1b[{code}"), *parser.feed("q")] if isinstance(event, events.Key)]
    assert keys == ["q"]


@pytest.mark.skipif(os.name != "posix", reason="a driver that reads keys itself")
async def test_the_driver_reads_keys_with_the_layout_parser_and_bytes_that_are_no_text_until_the_terminal_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (reading, writing), read = os.pipe(), list[events.Event]()
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *signal: sent.append(signal))
    driver = safe_driver(platform_driver(), WriteGate())(App[None]())
    vars(driver).update(fileno=reading, process_message=read.append)
    os.write(writing, b"a\xff\xc3\xa9\x1b[1089::99u")
    os.close(writing)
    vars(driver)["_run_input_thread"]()
    assert [event.key for event in read if isinstance(event, events.Key)][-1] == "c"
    assert [event.character for event in read if isinstance(event, events.Key)][:3] == ["a", "\ufffd", "é"]
    assert sent == [(os.getpid(), signal.SIGHUP)]
    os.close(reading)


class Unreadable(App[None]):
    """An app whose terminal cannot be read."""

    def on_mount(self) -> None:
        driver = safe_driver(platform_driver(), WriteGate())(self)
        vars(driver).update(fileno=os.open(os.curdir, os.O_RDONLY))
        vars(driver)["_run_input_thread"]()


@pytest.mark.skipif(os.name != "posix", reason="a driver that reads keys itself")
def test_an_error_of_the_thread_that_reads_the_terminal_is_stored_too(capsys: pytest.CaptureFixture[str]) -> None:
    app = Unreadable()
    crash = CrashCatcher(app)
    app.run(headless=True)
    assert callable(getattr(platform_driver(), "_run_input_thread", None))
    assert isinstance(crash.error, IsADirectoryError)
    assert app.return_code == 1
    assert capsys.readouterr() == ("", "")
