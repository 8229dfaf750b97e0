"""Standard input, output and error that are closed, full or gone: a line or silence, the right code, no traceback."""

import os
import subprocess
import sys

import pytest

from tui.cli.output import BROKEN_PIPE
from tui.files.places import find_places
from tui.files.state import remember_routine
from tui.library.cached_catalog import read_catalog

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a shell")

CLOSED = "gluteus: standard output cannot be written: it is closed.\n"
FULL = "gluteus: standard output cannot be written: no space left on device.\n"

START = "start tabata --plain --mute --speed 3600"
OTHERS = [
    pytest.param(command, marks=pytest.mark.slow) for command in ("list", "show tabata --json", "new mine", START)
]
"""Commands that print something."""


def outcome(command: str, redirection: str) -> tuple[int, str]:
    """The exit code of `gluteus COMMAND REDIRECTION`, run by a shell, and what is left of its standard error."""
    environ = {**os.environ, "EDITOR": "true"}
    script = f"{sys.executable} -m tui {command} {redirection}"
    with subprocess.Popen(
        ["sh", "-c", script],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environ, text=True,
    ) as process:  # fmt: skip
        errors = process.communicate()[1]
    return process.returncode, errors


@pytest.fixture(autouse=True)
def silent(tmp_path: os.PathLike[str]) -> None:
    """Look for no sound, which would take its time, and let the user have started something before."""
    read_catalog(find_places())  # each process finds it in the cache
    remember_routine(find_places(), "mug")
    folder = os.path.join(tmp_path, "config")
    os.makedirs(folder)
    with open(os.path.join(folder, "settings.toml"), "w", encoding="utf-8") as file:
        file.write('[audio]\nbackend = "silent"\n')


@pytest.mark.parametrize("command", ["--version", *OTHERS])
def test_output_that_cannot_be_written_is_one_line(command: str) -> None:
    assert outcome(command, ">&-") == (1, CLOSED)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("command", ["--version", pytest.param("history --csv", marks=pytest.mark.slow)])
def test_a_full_disk_is_one_line(command: str) -> None:
    assert outcome(command, ">/dev/full") == (1, FULL)
    assert outcome(command, ">/dev/full 2>/dev/full") == (1, "")


@pytest.mark.parametrize(
    ("command", "code"), [("strat", 2), *(pytest.param(*one.values, 0, marks=one.marks) for one in OTHERS[2:])]
)
def test_with_closed_streams_the_exit_code_still_reports_the_error(command: str, code: int) -> None:
    assert outcome(command, "2>&-") == (code, "")
    assert outcome(command.replace("mine", "another"), "<&- >&- 2>&-") == (code or 1, "")


@pytest.mark.slow
def test_closed_input_is_at_its_end() -> None:
    code, said = outcome("edit tabata", "<&-")
    assert code == 1
    assert said.startswith('gluteus: The editor "true" returned at once') and said.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [
        "--help",
        *(pytest.param(one, marks=pytest.mark.slow) for one in ("show wake-the-glutes --json", "history --csv")),
    ],
)
def test_a_reader_that_goes_away_is_no_error(command: str) -> None:
    read, write = os.pipe()
    os.close(read)
    arguments = [sys.executable, "-m", "tui", *command.split()]
    result = subprocess.run(arguments, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (result.returncode, result.stderr) == (BROKEN_PIPE, "")


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: os.PathLike[str]) -> None:
    """Otherwise output would be written into the next file that is opened, such as the journal."""
    outcome(START, ">&- 2>&-")
    written = [os.path.join(folder, name) for folder, _, names in os.walk(tmp_path) for name in names]
    assert written
    for path in written:
        with open(path, "rb") as file:
            assert b"0:00  Tabata" not in file.read()
