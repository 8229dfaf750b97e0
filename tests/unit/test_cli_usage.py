"""The command line as a whole: exit codes, plain errors, and a way out that is quiet."""

import os
import subprocess
import sys

import pytest

from tui import __version__
from tui.__main__ import main
from tui.cli import run as run_module
from tui.cli.run import BROKEN_PIPE, INTERRUPTED, run

Captured = pytest.CaptureFixture[str]


def test_the_version(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gluteus", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"gluteus {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        ("strat tabata", 'gluteus: there is no command strat (did you mean "start"?).'),
        ("tabata", "gluteus: there is no command tabata; to begin a routine: gluteus start tabata."),
        ("start", "gluteus: the following arguments are required: NAME|FILE."),
        ("start tabata --plain --events", "gluteus: argument --events: not allowed with argument --plain."),
        ("start tabata --speed 0", "gluteus: argument --speed: '0' is not a number from 0.1 to 3600."),
        ("start tabata --speed nan", "gluteus: argument --speed: 'nan' is not a number from 0.1 to 3600."),
        ("show tabata --progression plank", "gluteus: argument --progression: 'plank' is not of the form EXERCISE=ID"),
        ("list --jsno", "gluteus: unrecognized arguments: --jsno."),
    ],
)
def test_wrong_usage_is_two_plain_lines_and_exit_code_2(arguments: str, first: str, capsys: Captured) -> None:
    assert run(arguments.split()) == 2
    printed = capsys.readouterr()
    lines = printed.err.splitlines()
    assert printed.out == ""
    assert len(lines) == 2
    assert lines[0].startswith(first)
    assert lines[1].startswith("See: gluteus")


def test_help_names_every_command(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as leaving:
        run(["--help"])
    assert leaving.value.code == 0
    shown = capsys.readouterr().out
    for command in ("start", "list", "show", "check", "new", "edit", "render", "history", "schema", "doctor"):
        assert f"\n    {command} " in shown


def test_arguments_cannot_act_on_the_terminal(capsys: Captured) -> None:
    assert run(["show", "\x1b]0;owned\x07"]) == 1
    assert "\x1b" not in capsys.readouterr().err


def test_ctrl_c_and_a_file_that_cannot_be_read_are_quiet(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def interrupted(argv: object) -> int:
        raise KeyboardInterrupt

    def refused(argv: object) -> int:
        raise PermissionError(13, "Permission denied", "/somewhere")

    monkeypatch.setattr(run_module, "perform", interrupted)
    assert run(["list"]) == INTERRUPTED
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(run_module, "perform", refused)
    assert run(["list"]) == 1
    assert capsys.readouterr().err.startswith("gluteus: /somewhere: Permission denied.\n")


def test_a_reader_that_goes_away_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "tui", "show", "wake-the-glutes", "--json"]
    result = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (result.returncode, result.stderr) == (BROKEN_PIPE, "")


def test_a_terminal_without_unicode_gets_question_marks() -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "tui", "new", "für mich"]
    result = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert "f?r-mich.toml" in result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_scripts_know_commands_and_routines(shell: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as leaving:
        run(["--print-completion", shell])
    assert leaving.value.code == 0
    script = capsys.readouterr().out
    assert "progression" in script
    assert "gluteus list" in script


@pytest.mark.parametrize(
    ("words", "expected"), [("he", "no reply"), ("sta", "start"), ("start ta", "tabata"), ("schema ex", "exercise")]
)
def test_bash_completes_commands_routines_and_choices(words: str, expected: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        run(["--print-completion", "bash"])
    typed = f"gluteus {words}".split()
    script = f"""{capsys.readouterr().out}
gluteus() {{ printf 'tabata  4:00  Tabata\nkettle-break  3:12  Kettle break\n'; }}
COMP_WORDS=({" ".join(typed)}); COMP_CWORD={len(typed) - 1}; _shtab_gluteus; echo "${{COMPREPLY[*]:-no reply}}"
"""
    answer = subprocess.run(["bash", "-c", script], cwd="/", capture_output=True, text=True, check=False)
    assert (answer.stdout.strip(), answer.stderr) == (expected, "")


def test_the_full_screen_asks_for_a_terminal(capsys: Captured) -> None:
    assert run([]) == 2
    assert capsys.readouterr().err.startswith("gluteus: the full screen needs a terminal.\n")


def test_the_full_screen_asks_for_a_standard_error_that_is_seen(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    assert run([]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("gluteus: the full screen is drawn on standard error,") and not err
