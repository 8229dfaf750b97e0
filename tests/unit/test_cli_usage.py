"""The command line as a whole: exit codes, plain errors, and a way out that is quiet."""

import os
import re
import subprocess
import sys
from itertools import chain, islice, product

import pytest

from tests.for_each import for_each, sweep
from tui import __version__
from tui.__main__ import main
from tui.cli import run as run_module
from tui.cli.commands import COMMANDS, SEND_NOTES, plain_arguments
from tui.cli.output import confirm
from tui.cli.parser import parse
from tui.cli.run import INTERRUPTED, run

Captured = pytest.CaptureFixture[str]

ONE_IN = 17
"""The quick test tries one line of three words in so many, a prime number: each word comes at each place."""


def test_the_version(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gluteus", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"gluteus {__version__}\n"


@for_each(
    ("arguments", "first"),
    [
        ("strat tabata", 'gluteus: there is no command strat (did you mean "start"?).'),
        ("tabata", "gluteus: there is no command tabata; to start a routine: gluteus start tabata."),
        ("show", "gluteus: the following arguments are required: NAME|FILE|LINE."),
        ("start tabata --plain --events", "gluteus: argument --events: not allowed with argument --plain."),
        ("start tabata --speed 0", "gluteus: argument --speed: '0' is not a number from 0.1 to 3600."),
        ("start tabata --speed nan", "gluteus: argument --speed: 'nan' is not a number from 0.1 to 3600."),
        ("show tabata --progression plank", "gluteus: argument --progression: 'plank' is not of the form EXERCISE=ID"),
        ("list --jsno", 'gluteus: there is no option --jsno (did you mean "--json"?).'),
        ("start tabata --plai", 'gluteus: there is no option --plai (did you mean "--plain"?).'),
        ("new Morning break", "gluteus: unexpected argument break. Put quotes around a name with spaces."),
        ("list x", "gluteus: unexpected argument x."),
        ("check --as exercise", "gluteus: --as needs a file."),
        ("check --as song x.toml", "gluteus: argument --as: invalid choice: 'song'"),
        ("--vresion", 'gluteus: there is no option --vresion (did you mean "--version"?).'),
        ("start -x", 'gluteus: there is no option -x (did you mean "-h"?).'),
        ("start ---", "gluteus: there is no option ---."),
        ("start tabata --speed -2", "gluteus: argument --speed: '-2' is not a number from 0.1 to 3600."),
        ("-3x20/10", "gluteus: in '-3x20/10', character 1: write the line without the"),
        ("help strat", 'gluteus: there is no command strat (did you mean "start"?).'),
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


def test_the_help_names_every_command_and_each_has_help_of_its_own(capsys: Captured) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, command in COMMANDS.items():
        assert re.search(rf"^    {name} +{command.help.split()[0]} ", shown, re.MULTILINE)
        assert run([name, "--help"]) == 0
        its_own = capsys.readouterr().out
        for argument in command.arguments:
            assert argument.name in its_own or argument.options.get("metavar", "{") in its_own


@for_each("name", COMMANDS)
def test_every_command_has_its_function(name: str) -> None:
    assert callable(COMMANDS[name].load())


@for_each("columns", (60, 80, 120))
def test_no_line_of_the_help_is_wider_than_the_terminal_except_those_of_a_table(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for name in COMMANDS:
        assert run([name, "--help"]) == 0
        shown = capsys.readouterr().out
        assert [line for line in shown.splitlines() if len(line) > columns and not line.startswith("  ")] == []


def test_a_table_in_the_help_is_not_wrapped(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert run(["send", "--help"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert {*SEND_NOTES.splitlines()} <= {*shown}


def test_help_is_also_a_command(capsys: Captured) -> None:
    assert run(["help"]) == 0
    assert "gluteus COMMAND --help" in capsys.readouterr().out
    assert run(["help", "start"]) == 0
    assert capsys.readouterr().out.startswith("usage: gluteus start ")


def test_a_name_of_nothing_is_no_command(capsys: Captured) -> None:
    assert run([""]) == 2
    assert capsys.readouterr().err.startswith('gluteus: there is no command "".\n')


def test_arguments_cannot_act_on_the_terminal(capsys: Captured) -> None:
    assert run(["show", "\x1b]0;owned\x07"]) == 1
    assert "\x1b" not in capsys.readouterr().err


def test_ctrl_c_and_a_file_that_cannot_be_read_are_quiet(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def interrupted(argv: object) -> int:
        raise KeyboardInterrupt

    def refused(argv: object) -> int:
        raise PermissionError(13, "Permission denied", "/somewhere")

    monkeypatch.setattr(run_module, "call", interrupted)
    assert run(["list"]) == INTERRUPTED
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(run_module, "call", refused)
    assert run(["list"]) == 1
    assert capsys.readouterr().err.startswith("gluteus: /somewhere: Permission denied.\n")


def test_a_terminal_without_unicode_gets_a_likeness() -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "tui", "für"]
    result = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith("gluteus: there is no command fur;")


def test_the_full_screen_asks_for_a_terminal(capsys: Captured) -> None:
    assert run([]) == 2
    assert capsys.readouterr().err.startswith("gluteus: the full screen needs a terminal.\n")


def test_the_full_screen_asks_for_a_standard_error_that_is_seen(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert run([]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("gluteus: the full screen is drawn on standard error,") and not err


@for_each(
    ("answer", "enter_is_yes", "expected"),
    [("y", False, True), ("YES ", False, True), ("n", True, False), ("", False, False), ("", True, True)],
)
def test_a_question_is_answered_with_yes_or_no(
    answer: str, enter_is_yes: bool, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: answer)
    assert confirm("Sure? ", enter_is_yes=enter_is_yes) is expected


@sweep(("name", "first"), product(COMMANDS, range(ONE_IN)), ONE_IN)
def test_plain_arguments_are_those_of_the_parser(name: str, first: int) -> None:
    """Try all lines of up to two words, and one in a few of those of three, from the `first` on."""
    options = [one.name for one in COMMANDS[name].arguments if one.is_flag or one.name == "--for"]
    words = [*options, "tabata", "pause", "import", "history", "", "-x"]
    few = chain.from_iterable(product(words, repeat=length) for length in range(3))
    lines = [[name, *line] for line in (*few, *islice(product(words, repeat=3), first, None, ONE_IN))]
    plain = [(line, arguments) for line in lines if (arguments := plain_arguments(line)) is not None]
    assert all(vars(parse(line)) == vars(arguments) for line, arguments in plain)


def test_usual_command_lines_are_plain() -> None:
    usual = ("start", "start tabata", "start tabata --mute --quiet", "start --plain 8x20/10", "list --json", "check")
    for line in (*usual, "check a.toml", "show --script tabata", "send pause", "schema", "edit tabata", "doctor"):
        assert plain_arguments(line.split()) is not None, line
