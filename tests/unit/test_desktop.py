"""Sources of presence and calls, and notifications, with fake programs and devices."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.for_each import for_each
from tests.patience import PATIENCE_S
from tui.desktop import programs
from tui.desktop.availability import has_input_stream, is_in_call, microphones_used, monitors
from tui.desktop.notify import desktop_commands, harmless, notify_desktop, terminal_notification
from tui.desktop.presence import MOST_FAILURES, IdleTime, terminals_idle_s, xprintidle_s

Install = Callable[[str, str], None]


class FakeIdle:
    """A source whose answers the test sets."""

    def __init__(self, answer: float | None = None) -> None:
        self.answer = answer

    def __call__(self) -> float | None:
        return self.answer


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return a function that installs a program that runs a line of shell; no other program is found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(programs, "ANSWER_S", PATIENCE_S)

    def program(name: str, line: str) -> None:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{line}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    return program


def test_the_first_source_that_answers_more_than_zero_is_used_from_then_on() -> None:
    desktop, zero, terminals = FakeIdle(), FakeIdle(0.0), FakeIdle(60.0)
    idle = IdleTime([desktop, zero, terminals])
    assert idle.idle_s() == 60.0
    zero.answer = 7.0
    assert idle.idle_s() == 7.0
    zero.answer = 0.0
    assert idle.idle_s() == 0.0
    desktop.answer = 3.0
    assert idle.idle_s() == 3.0
    assert idle.source is desktop


def test_a_source_that_fails_is_waited_for_and_then_replaced() -> None:
    desktop, terminals = FakeIdle(1.0), FakeIdle(7200.0)
    idle = IdleTime([desktop, terminals])
    idle.idle_s()
    desktop.answer = None
    assert [idle.idle_s() for _ in range(MOST_FAILURES)] == [*[None] * (MOST_FAILURES - 1), 7200.0]


def test_without_any_source_nothing_is_known() -> None:
    assert IdleTime([FakeIdle(), FakeIdle()]).idle_s() is None


def test_the_latest_input_of_any_of_the_users_terminals_counts(tmp_path: Path) -> None:
    (tmp_path / "pts").mkdir()
    for name, read_at in (("pts/0", 100.0), ("pts/3", 400.0), ("pts/ptmx", 900.0), ("tty", 900.0), ("tty1", 200.0)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (read_at, 950.0))
    assert terminals_idle_s(tmp_path, wall=lambda: 1000.0) == 600.0
    assert terminals_idle_s(tmp_path / "nothing", wall=lambda: 1000.0) is None


def test_typing_in_a_real_terminal_is_input() -> None:
    keyboard, terminal = os.openpty()
    os.write(keyboard, b"x\n")
    os.read(terminal, 2)
    idle_s = terminals_idle_s()
    os.close(keyboard)
    os.close(terminal)
    assert idle_s is not None and idle_s < 60.0


@pytest.mark.parametrize(
    ("line", "idle_s"), [("echo 61500", 61.5), ("echo none", None), ("echo 5; exit 1", None), ("", None)]
)
def test_xprintidle_answers_in_milliseconds(
    install: Install, monkeypatch: pytest.MonkeyPatch, line: str, idle_s: float | None
) -> None:
    install("xprintidle", line)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert xprintidle_s() == idle_s
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert xprintidle_s() is None


def test_a_program_that_hangs_is_no_answer(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install("slow", "exec /bin/sleep 600")
    monkeypatch.setattr(programs, "ANSWER_S", 0.05)
    assert programs.answer_of(["slow"]) is None
    assert programs.answer_of(["missing"]) is None


def source_output(number: int, source: int, corked: str = "no", method: str = "copy") -> str:
    """Return a block of `pactl list source-outputs`."""
    return (
        f"Source Output #{number}\n\tDriver: PipeWire\n\tSource: {source}\n\tSample Specification: s16le\n"
        f'\tCorked: {corked}\n\tMute: no\n\tResample method: {method}\n\tProperties:\n\t\tmedia.name = "x"\n'
    )


SOURCES = "1\tpci.analog-stereo.monitor\tPipeWire\ts16le\tIDLE\n2\talsa_input.pci\tPipeWire\ts16le\tRUNNING\n"


@pytest.mark.parametrize(
    ("outputs", "in_call"),
    [
        ("", False),
        (source_output(7, 2), True),
        (source_output(7, 2, corked="yes"), False),
        (source_output(7, 2, method="peaks"), False),
        (source_output(7, 1), False),
        (source_output(7, 1) + source_output(8, 2), True),
    ],
)
def test_a_call_is_a_program_that_listens_to_a_microphone(install: Install, outputs: str, in_call: bool) -> None:
    install("pactl", f'case "$2" in short) printf %s "{SOURCES}" ;; *) printf %s \'{outputs}\' ;; esac')
    assert is_in_call() is in_call


def test_without_pactl_pipewire_is_asked_and_without_both_there_is_no_call(install: Install) -> None:
    assert not is_in_call()
    info = {"state": "running", "props": {"media.class": "Stream/Input/Audio"}}
    install("pw-dump", f"echo '{json.dumps([{'id': 1}, {'info': info}])}'")
    assert is_in_call()


@for_each(
    ("state", "props", "listens"),
    [
        ("running", {"media.class": "Stream/Input/Audio"}, True),
        ("suspended", {"media.class": "Stream/Input/Audio"}, False),
        ("running", {"media.class": "Stream/Output/Audio"}, False),
        ("running", {"media.class": "Stream/Input/Audio", "stream.capture.sink": "true"}, False),
    ],
)
def test_pipewire_streams(state: str, props: dict[str, str], listens: bool) -> None:
    assert has_input_stream(json.dumps([{"info": {"state": state, "props": props}}])) is listens


@for_each("dump", ["", "{", "[1]", "7", '[{"info": null}]', '[{"info": {"props": null}}]'])
def test_output_that_is_not_understood_is_no_call(dump: str) -> None:
    assert not has_input_stream(dump)
    assert set(microphones_used(f"Source Output #1\n{dump}")) == set()
    assert monitors(dump) == set()


KITTY = "\x1b]99;i=gluteus:d=0;Break\x1b\\\x1b]99;i=gluteus:p=body;now\x1b\\"
OSC_777 = "\x1b]777;notify;Break;now\x1b\\"


@for_each(
    ("environ", "sequence"),
    [
        ({"TERM": "xterm-kitty"}, KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "\x1b]9;Break: now\x07"),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, "\x1b]9;Break: now\x07"),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, OSC_777),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, OSC_777),
        ({"TERM": "foot"}, OSC_777),
        ({"TERM": "rxvt-unicode-256color"}, OSC_777),
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-0/default,1,0"}, ""),
        ({"TERM": "xterm-kitty", "STY": "1.pts"}, ""),
        ({}, ""),
    ],
)
def test_each_terminal_has_its_own_sequence(environ: dict[str, str], sequence: str) -> None:
    assert terminal_notification(environ, "Break", "now") == sequence


HOSTILE = "a\x1b]0;x\x07b;c\\nd<b>e</b>&[f]\u202eg $(h) `i`"


def test_text_cannot_end_a_sequence_or_be_markup() -> None:
    assert harmless(HOSTILE) == "a 0,x b,c nd b e /b f g $(h) `i`"
    assert harmless("Mug, 1:35: for the kettle; a change.") == "Mug, 1:35: for the kettle, a change."
    for environ in ({"TERM": "xterm-kitty"}, {"TERM": "foot"}, {"LC_TERMINAL": "iTerm2"}):
        assert terminal_notification(environ, HOSTILE, HOSTILE) == terminal_notification(
            environ, harmless(HOSTILE), harmless(HOSTILE)
        )
    for command in desktop_commands(HOSTILE, HOSTILE):
        assert sum(harmless(HOSTILE) == word for word in command) == 2


def test_the_first_notifier_that_works_is_used(install: Install, tmp_path: Path) -> None:
    assert not notify_desktop("Break", "now")
    install("notify-send", f'echo "$@" >> {tmp_path}/sent; exit 1')
    install("terminal-notifier", f'echo "$@" >> {tmp_path}/sent')
    install("osascript", f"echo never >> {tmp_path}/sent")
    assert notify_desktop("Break", "now")
    sent = (tmp_path / "sent").read_text().splitlines()
    assert sent == ["--app-name=Gluteus -- Break now", "-title Break -message now -group gluteus"]
