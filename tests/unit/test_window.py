"""The window's title and the terminal's progress: supported terminals, and output that is reset."""

from __future__ import annotations

from typing import Any, cast

from tests.for_each import for_each
from tui.terminal.guard import TerminalGuard
from tui.terminal.window import NO_PROGRESS, PUSH_TITLE, UNTITLE, TerminalStatus, has_progress, has_title

WINDOWS = {"TERM": "xterm-256color", "WT_SESSION": "x"}


class Driver:
    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, data: str) -> None:
        self.written.append(data)


def window(environ: dict[str, str]) -> tuple[TerminalStatus, Driver, TerminalGuard]:
    guard, driver = TerminalGuard(), Driver()
    guard.driver = cast(Any, driver)
    return TerminalStatus(guard, environ), driver, guard


@for_each(
    ("environ", "shows"),
    [
        (WINDOWS, True),
        ({"ConEmuANSI": "ON"}, True),
        ({"ConEmuANSI": "OFF"}, False),
        ({"TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.2.0"}, True),
        ({"TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.10.0-dev+abc"}, True),
        ({"TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.1.3"}, False),
        ({"TERM_PROGRAM": "ghostty"}, False),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.6.6"}, True),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.14"}, False),
        ({"TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20240203-110809-5046fc22"}, False),
        ({"VTE_VERSION": "8002"}, True),
        ({"VTE_VERSION": "7803"}, False),
        ({"VTE_VERSION": "8002", "TERM_PROGRAM": "vscode"}, False),
        ({"VTE_VERSION": "x"}, False),
        ({"TERM": "xterm-kitty"}, False),
        ({}, False),
        ({**WINDOWS, "TMUX": "/tmp/tmux"}, False),
        ({**WINDOWS, "STY": "1.x"}, False),
        ({**WINDOWS, "ZELLIJ": "0"}, False),
    ],
)
def test_only_terminals_that_surely_show_progress_are_sent_it(environ: dict[str, str], shows: bool) -> None:
    assert has_progress(environ) is shows


def test_a_console_has_no_title_and_a_pane_of_tmux_has() -> None:
    assert has_title(WINDOWS) and has_title({"TERM": "tmux-256color", "TMUX": "x"})
    assert not any(has_title(environ) for environ in ({}, {"TERM": "linux"}, {"TERM": "dumb"}, {**WINDOWS, "STY": "x"}))


def test_what_is_shown_is_written_once_and_undone() -> None:
    shown, driver, guard = window(WINDOWS)
    shown.show("Rest - Mug", 10)
    shown.show("Rest - Mug", 10)
    assert driver.written == [f"{PUSH_TITLE}\x1b]2;Rest - Mug\x1b\\\x1b]9;4;1;10\x1b\\"]
    shown.show("Rest - Mug", 11, is_paused=True)
    assert driver.written[1:] == ["\x1b]9;4;4;11\x1b\\"]
    assert guard.also_undo == UNTITLE + NO_PROGRESS
    shown.clear()
    shown.clear()
    assert driver.written[2:] == [UNTITLE + NO_PROGRESS]
    assert guard.also_undo == ""


def test_each_can_be_turned_off_meanwhile() -> None:
    shown, driver, guard = window(WINDOWS)
    shown.show("A", 1)
    shown.show("", 1)
    assert driver.written[1:] == [f"{UNTITLE}{NO_PROGRESS}\x1b]9;4;1;1\x1b\\"]
    assert guard.also_undo == NO_PROGRESS


def test_a_terminal_without_either_is_sent_nothing() -> None:
    shown, driver, guard = window({"TERM": "linux"})
    shown.show("A", 1)
    shown.clear()
    assert driver.written == [] and guard.also_undo == ""


def test_nothing_in_a_title_acts_on_the_terminal() -> None:
    shown, driver, _ = window({"TERM": "xterm"})
    shown.show("a\x07\x1b]52;c;x\x1b\\\x9c\n" + "b" * 500, None)
    (written,) = driver.written
    title = written.removeprefix(f"{PUSH_TITLE}\x1b]2;").removesuffix("\x1b\\")
    assert title.isprintable() and len(title) <= 120


def test_while_the_shell_has_the_terminal_nothing_is_written_and_then_all_again() -> None:
    shown, driver, guard = window(WINDOWS)
    shown.show("A", 1)
    guard.undo_also("")  # as the driver does when it releases the terminal
    guard.driver = None
    shown.show("B", 2)
    guard.driver = cast(Any, driver)
    shown.show("B", 2)
    assert driver.written[1:] == [f"{PUSH_TITLE}\x1b]2;B\x1b\\\x1b]9;4;1;2\x1b\\"]
