"""Completion: what may come next at each place of a line, and that the real shells ask and take it."""

import os
import select
import shlex
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui.cli.commands import COMMANDS, SHELLS
from tui.cli.completion import FILES_TOO, split
from tui.cli.run import run
from tui.files.places import find_places
from tui.library.own_files import new_exercise

Captured = pytest.CaptureFixture[str]

TODAY = ("--progression", "--without", "--standing", "--quiet", "--for")
SPACED = "my stretch"
KETTLE = ("fingertips", "free", "cushion", "eyes-closed-fingertips", "eyes-closed")
"""A routine whose file has a space in its name."""


@pytest.fixture
def spaced() -> None:
    """That routine."""
    folder = find_places().routines
    folder.mkdir(parents=True, exist_ok=True)
    text = 'format = 1\ntitle = "Mine"\n[[sets]]\nexercise = "kettle-stand"\nwork = 30\n'
    (folder / f"{SPACED}.toml").write_text(text)


def completed(line: str, capsys: Captured, shell: str = "zsh") -> list[str]:
    """What may stand at the end of `gluteus LINE`."""
    assert run(["--complete", shell, f"gluteus {line}"]) in (0, FILES_TOO)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", list(COMMANDS)),
        ("st", ["start"]),
        ("--v", ["--version"]),
        ("--print-completion ", list(SHELLS)),
        ("nonsense ", []),
        ("start ta", ["tabata"]),
        ('start "ta', ["tabata"]),
        ("start -- --m", ["--mute"]),
        ("start --without c", ["chair", "cushion"]),
        ("list --", ["--without", "--standing", "--quiet", "--for", "--json", "--help"]),
        ("start --for ", []),
        ("start --for 3m --quiet ta", ["tabata"]),
        ("start tabata --", [*TODAY, "--mute", "--speed", "--plain", "--events", "--help"]),
        ("start tabata ", []),
        ("start --mute ta", ["tabata"]),
        ("start --speed ", []),
        ("start --speed 2 ta", ["tabata"]),
        ("start my", [SPACED]),
        ("start 'my s", [SPACED]),
        ("start my\\ s", [SPACED]),
        ("start 'my stretch' --progression ", [f"kettle-stand={id_}" for id_ in KETTLE]),
        ("show 'my stretch' --progression kettle-stand=f", ["kettle-stand=fingertips", "kettle-stand=free"]),
        ("show --progression reverse-bridge=s", ["reverse-bridge=staggered", "reverse-bridge=single-leg"]),
        ("render tabata ", []),
        ("new x --from ta", ["tabata"]),
        ("new ", []),
        ("edit barre", ["barre-lift"]),
        ("schema e", ["exercise"]),
        ("check --as ", ["routine", "exercise", "settings"]),
        ("check a.toml b.t", []),
        ("list ", []),
    ],
)
def test_what_may_come_next(line: str, expected: list[str], spaced: None, capsys: Captured) -> None:
    assert completed(line, capsys) == expected


@pytest.mark.parametrize("line", ["start ", "check ", "check a.toml ", "render tabata o", "edit "])
def test_files_are_left_to_the_shell(line: str) -> None:
    assert run(["--complete", "zsh", f"gluteus {line}"]) == FILES_TOO


def test_exercises_of_your_own_are_offered(capsys: Captured) -> None:
    new_exercise(find_places(), "doorway")
    assert completed("edit door", capsys) == ["doorway"]
    assert "doorway=easy" in completed("start --progression d", capsys)


def test_bash_is_given_what_follows_the_sign_that_it_splits_at(capsys: Captured) -> None:
    assert completed("show kettle-break --progression kettle-stand=fr", capsys, "bash") == ["free"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("gluteus", ["gluteus"]),
        ("gluteus ", ["gluteus", ""]),
        ("gluteus a\\ ", ["gluteus", "a "]),
        ("gluteus 'a b", ["gluteus", "a b"]),
        ("gluteus 'a ", ["gluteus", "a "]),
        ("gluteus 'a' ", ["gluteus", "a", ""]),
        ("gluteus x#y", ["gluteus", "x#y"]),
        ("gluteus \\", ["gluteus", ""]),
        ("", [""]),
    ],
)
def test_a_line_is_split_as_a_shell_does(line: str, words: list[str]) -> None:
    assert split(line) == words


@pytest.mark.parametrize("arguments", [[], ["bash"], ["bash", ""], ["sh", "gluteus start ", "x"]])
def test_strange_questions_are_no_trouble(arguments: list[str], capsys: Captured) -> None:
    assert run(["--complete", *arguments]) in (0, FILES_TOO)
    assert capsys.readouterr().err == ""


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """The environment of a shell that finds `gluteus`, and in its folder a file `from-here.toml`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    gluteus = folder / "gluteus"
    gluteus.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(os.getcwd())} exec {sys.executable} -m tui "$@"\n')
    gluteus.chmod(gluteus.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "from-here.toml").write_text("")
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}


def typed(command: list[str], setup: str, line: str, wanted: str, environ: dict[str, str], folder: Path) -> str:
    """What an interactive shell shows when `setup`, and then `line` and tab, are typed: until `wanted`, or 20 s."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    import pty  # there is none on Windows, and none of these shells

    master, slave = pty.openpty()
    on_it = 'exec "$@" <"$0" >"$0" 2>&1'  # The first terminal that a new session opens is the one that it obeys.
    start = ["sh", "-c", on_it, os.ttyname(slave), *command]
    with subprocess.Popen(start, env=environ, cwd=folder, start_new_session=True) as process:
        try:
            os.write(master, f"{setup}; echo re''ady\n".encode())
            shown = _until("\nready", master)
            os.write(master, f"{line}\t".encode())
            return shown + _until(wanted, master)
        finally:
            process.kill()
            os.close(slave)
            os.close(master)


def _until(wanted: str, master: int) -> str:
    """What a terminal shows until that is there, or for 20 seconds."""
    shown = b""
    deadline = time.monotonic() + 20
    while wanted.encode() not in shown and (left_s := deadline - time.monotonic()) > 0:
        if select.select([master], (), (), left_s)[0]:
            shown += os.read(master, 4096).replace(b"\a", b"")
    return shown.decode(errors="replace")


SET_UP = {
    "bash": (["bash", "--norc", "-i"], 'eval "$(gluteus --print-completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -U compinit; compinit -D -u; eval "$(gluteus --print-completion zsh)"'),
    "fish": (["fish", "--no-config", "-i"], "gluteus --print-completion fish | source"),
    "tcsh": (["tcsh", "-f", "-i"], "gluteus --print-completion tcsh > ../script; source ../script"),
}
"""How each shell is begun without a person's own files, and how it takes its script."""


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("gluteus sta", "gluteus start "),
        ("gluteus start ta", "gluteus start tabata "),
        ("gluteus start my", "gluteus start my\\ stretch "),
        ("gluteus start fr", "gluteus start from-here.toml "),
        ("gluteus show 'my stretch' --progression kettle-stand=fr", "--progression kettle-stand=free "),
    ],
)
def test_a_shell_completes(
    shell: str, line: str, wanted: str, spaced: None, program: dict[str, str], tmp_path: Path
) -> None:
    if shell == "tcsh" and "my\\" in wanted:
        pytest.skip("tcsh cannot be told of a name with a space")
    command, setup = SET_UP[shell]
    terminal = {"TERM": "vt100" if shell == "tcsh" else "dumb"}  # tcsh completes nothing on a dumb one, zsh pads others
    assert wanted in typed(command, setup, line, wanted, {**program, **terminal}, tmp_path / "here")
