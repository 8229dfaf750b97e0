"""Completion: what may come next at each place of a line, and that the real shells ask and take it."""

import os
import select
import shlex
import shutil
import stat
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from argcomplete.finders import CompletionFinder

from tests.for_each import for_each
from tests.patience import PATIENCE_S
from tui.cli.commands import COMMANDS, SHELLS
from tui.cli.completion import complete
from tui.cli.run import run
from tui.files.places import find_places
from tui.library.own_files import new_exercise

SPACED = "my stretch"
"""A routine whose file has a space in its name."""
KETTLE = ("fingertips", "free", "cushion", "eyes-closed-fingertips", "eyes-closed")


@pytest.fixture
def spaced() -> None:
    """Write that routine into the user's folder."""
    folder = find_places().routines
    folder.mkdir(parents=True, exist_ok=True)
    text = 'format = 1\ntitle = "Mine"\n[[sets]]\nexercise = "kettle-stand"\nwork = 30\n'
    (folder / f"{SPACED}.toml").write_text(text)


def completed(line: str, monkeypatch: pytest.MonkeyPatch, **environ: str) -> list[str]:
    """Return the completions of `gluteus LINE`, as fish receives them."""
    whole = f"gluteus {line}"
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_SHELL": "fish",
        "COMP_LINE": whole,
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
    }
    for name, value in {**asked, "COMP_POINT": str(len(whole)), **environ}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(CompletionFinder, "_init_debug_stream", lambda _: None)  # it would take descriptor 9
    output, codes = StringIO(), list[int]()
    complete(output, codes.append)
    assert codes == [0]
    return [one.rstrip() for one in output.getvalue().split("\n") if one]


@for_each(
    ("line", "expected"),
    [
        ("", list(COMMANDS)),
        ("st", ["start", "status"]),
        ("--v", ["--version"]),
        ("--print-completion ", list(SHELLS)),
        ("start ta", ["tabata"]),
        ('start "ta', ["tabata"]),
        ("start --m", ["--mute"]),
        ("start --without c", ["chair", "cushion"]),
        ("list --", ["--help", "--without", "--standing", "--quiet", "--for", "--json"]),
        ("start --for ", []),
        ("start --for 3m --quiet ta", ["tabata"]),
        ("start --speed ", []),
        ("start --speed 2 ta", ["tabata"]),
        ("start my", [SPACED]),
        ("start 'my s", [SPACED]),
        ("start my\\ s", [SPACED]),
        ("start 'my stretch' --progression ", [f"kettle-stand={id_}" for id_ in KETTLE]),
        ("show 'my stretch' --progression kettle-stand=f", ["kettle-stand=fingertips", "kettle-stand=free"]),
        ("show --progression reverse-bridge=s", ["reverse-bridge=staggered", "reverse-bridge=single-leg"]),
        ("new x --from ta", ["tabata"]),
        ("new ", []),
        ("edit barre", ["barre-lift"]),
        ("schema e", ["exercise"]),
        ("send re", ["resume"]),
        ("check --as ", ["routine", "exercise", "settings"]),
        ("list ", []),
    ],
)
def test_the_words_that_may_come_next(
    line: str, expected: list[str], spaced: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert completed(line, monkeypatch) == expected


@for_each("line", ["start b", "check b", "check a.toml b", "render tabata b", "edit b"])
def test_files_are_offered_too(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.toml").write_text("")
    (tmp_path / "b").mkdir()
    assert {"b.toml", "b/"} <= set(completed(line, monkeypatch))


def test_names_have_descriptions(monkeypatch: pytest.MonkeyPatch) -> None:
    described = {"_ARGCOMPLETE_DFS": "\t"}
    assert completed("start ta", monkeypatch, **described) == ["tabata\tTabata"]
    assert completed("edit barre", monkeypatch, **described) == ["barre-lift\tBarre leg lift"]
    assert completed("star", monkeypatch, **described) == [f"start\t{COMMANDS['start'].help}"]
    assert completed("start --m", monkeypatch, **described) == ["--mute\tplay no sound"]


def test_exercises_of_your_own_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    new_exercise(find_places(), "doorway")
    assert completed("edit door", monkeypatch) == ["doorway"]
    assert "doorway=easy" in completed("start --progression d", monkeypatch)


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
    """Return the output of an interactive shell when `setup`, and then `line` and tab, are typed: until `wanted`."""
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
    """Return the output of a terminal until that is there, or the time is up."""
    shown = b""
    deadline = time.monotonic() + PATIENCE_S
    while wanted.encode() not in shown and (left_s := deadline - time.monotonic()) > 0:
        if select.select([master], (), (), left_s)[0]:
            shown += os.read(master, 4096).replace(b"\a", b"")
    return shown.decode(errors="replace")


SET_UP = {
    "bash": (["bash", "--norc", "-i"], 'eval "$(gluteus --print-completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -U compinit; compinit -D -u; eval "$(gluteus --print-completion zsh)"'),
    "fish": (["fish", "--no-config", "-i"], "gluteus --print-completion fish | source"),
}
"""The command that starts each shell without the user's own files, and the line that loads the script."""


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("shell", "line", "wanted"),
    [
        ("bash", "gluteus start my", "gluteus start my\\ stretch "),
        *(
            pytest.param(shell, line, wanted, marks=pytest.mark.slow)
            for shell in SHELLS
            for line, wanted in (
                ("gluteus star", "gluteus start "),
                ("gluteus start ta", "gluteus start tabata "),
                ("gluteus start my", "gluteus start my\\ stretch "),
                ("gluteus start fr", "gluteus start from-here.toml "),
                ("gluteus show 'my stretch' --progression kettle-stand=fr", "--progression kettle-stand=free "),
            )
        ),
    ],
)
def test_a_shell_completes(
    shell: str, line: str, wanted: str, spaced: None, program: dict[str, str], tmp_path: Path
) -> None:
    assert run(["list"]) == 0  # this one caches the catalogue and the overview
    command, setup = SET_UP[shell]
    environ = {**program, "TERM": "dumb"}  # on others zsh pads the line
    assert wanted in typed(command, setup, line, wanted, environ, tmp_path / "here")
