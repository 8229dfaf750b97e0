"""The user's own editor: finding it, running it, and one line if that fails."""

import os
import shutil
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from tests.for_each import for_each
from tui.library.editing import EditorTrouble, ReturnedAtOnce, arguments, editor_command, run_editor

EDITOR = "sh -c '{}'"
"""An editor that is a shell script; its words and the file are $0 and so on."""


def test_visual_comes_before_editor_and_may_have_arguments() -> None:
    assert editor_command({"VISUAL": f"{sys.executable} -n 'a b'", "EDITOR": "vi"}) == [sys.executable, "-n", "a b"]


def test_an_empty_visual_says_nothing() -> None:
    assert editor_command({"VISUAL": "  ", "EDITOR": sys.executable}) == [sys.executable]


@for_each(
    ("wanted", "command"), [("code -n", ["code", "-n", "--wait"]), ("subl --wait", ["subl", "--wait"]), ("vi", ["vi"])]
)
def test_an_editor_with_a_window_of_its_own_is_waited_for(
    wanted: str, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name)
    assert editor_command({"EDITOR": wanted}) == command


def test_a_common_editor_is_used_if_none_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "nano" else None)
    assert editor_command({}) == ["nano"]


@for_each(
    ("environ", "words"),
    [
        ({"EDITOR": "no-such-editor -w"}, 'The editor "no-such-editor" in $EDITOR is not installed.'),
        ({"VISUAL": 'vi "'}, 'Cannot read $VISUAL, vi ": No closing quotation. Correct its quotes.'),
        ({"EDITOR": "\x1b]0;x"}, 'The editor "�]0;x"'),
    ],
)
def test_an_editor_that_cannot_be_run_is_one_line(environ: dict[str, str], words: str) -> None:
    with pytest.raises(EditorTrouble) as trouble:
        editor_command(environ)
    assert words in str(trouble.value)
    assert "\n" not in str(trouble.value)


def test_no_editor_at_all_says_how_to_set_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(EditorTrouble, match="export EDITOR=nano"):
        editor_command({})


def test_the_editor_gets_the_file_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a routine.toml"
    path.write_text("")
    monkeypatch.setenv("EDITOR", EDITOR.format('printf %s "$0" >> "$1"') + " new")
    run_editor(path)
    assert path.read_text() == "new"


@for_each(
    ("editor", "given"),
    [
        ("vim", ["+3", "a.toml"]),
        ("/usr/bin/nvim", ["+3", "a.toml"]),
        ("vi", ["-c", "3", "a.toml"]),
        ("nano", ["+3,9", "a.toml"]),
        ("emacs", ["+3:9", "a.toml"]),
        ("hx", ["a.toml:3:9"]),
        ("micro", ["+3:9", "a.toml"]),
        ("kak", ["+3:9", "a.toml"]),
        ("code", ["--goto", "a.toml:3:9"]),
        ("subl", ["a.toml:3:9"]),
        ("another", ["a.toml"]),
    ],
)
def test_an_editor_opens_at_a_line_if_it_is_known_how(editor: str, given: list[str]) -> None:
    assert arguments(editor, Path("a.toml"), (3, 9)) == given
    assert arguments(editor, Path("a.toml"), None) == ["a.toml"]


def test_an_editor_is_known_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "vim.basic").write_text("")
    (tmp_path / "editor").symlink_to(tmp_path / "vim.basic")
    assert arguments(str(tmp_path / "editor"), Path("{x}.toml"), (3, 9)) == ["+3", "{x}.toml"]


def test_an_editor_that_returns_at_once_is_one_line_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.toml"
    path.write_text("")
    monkeypatch.setenv("EDITOR", EDITOR.format(""))
    with pytest.raises(ReturnedAtOnce, match='"code --wait"') as trouble:
        run_editor(path, clock=lambda: 0.0)
    assert "\n" not in str(trouble.value)
    run_editor(path, clock=count(step=2).__next__)  # the user took a look
    monkeypatch.setenv("EDITOR", EDITOR.format('echo x >> "$0"'))
    run_editor(path, clock=lambda: 0.0)  # it has saved something


def test_an_editor_that_fails_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", EDITOR.format("exit 3"))
    with pytest.raises(EditorTrouble, match="ended with code 3"):
        run_editor(tmp_path / "x.toml")


def test_ctrl_c_in_the_editor_does_not_reach_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setenv("EDITOR", EDITOR.format(f"kill -INT {os.getpid()}"))
    run_editor(tmp_path / "x.toml", clock=count(step=2).__next__)
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_reaches_the_editor_and_not_this_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catches = 'trap "exit 0" INT; kill -INT $$; exit 1'  # a shell cannot catch what it was started to ignore
    monkeypatch.setenv("EDITOR", EDITOR.format(catches))
    begin = subprocess.Popen

    def begun(command: list[str]) -> subprocess.Popen[bytes]:
        os.kill(os.getpid(), signal.SIGINT)
        return begin(command)

    monkeypatch.setattr(subprocess, "Popen", begun)
    run_editor(tmp_path / "x.toml", clock=count(step=2).__next__)
