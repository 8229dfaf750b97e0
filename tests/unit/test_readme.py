"""The README agrees with the program: its routine, keys and links, and the two lines that run and test it."""

import re
from pathlib import Path

import pytest

from tools.make_docs import ROOT
from tui.cli.run import run
from tui.commands import COMMANDS, Where

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_has_the_length_and_parts_for_a_newcomer() -> None:
    assert len(re.sub("<!-- .*?<!-- end -->", "", README, flags=re.DOTALL).splitlines()) <= 130


def test_its_routine_has_no_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (routine,) = re.findall(r"^```toml\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    path = tmp_path / "routine.toml"
    path.write_text(routine, encoding="utf-8")
    assert run(["check", str(path)]) == 0, capsys.readouterr().out


def test_it_names_the_keys_of_a_workout() -> None:
    (row,) = (line for line in README.splitlines() if line.startswith("| workout |"))
    for command in COMMANDS:
        if command.where is Where.WORKOUT:
            for key in command.shown.split():
                assert f"`{key}`" in row, command.name


def test_one_line_sets_up_and_runs_it_and_one_tests_it() -> None:
    lines = "".join(re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)).splitlines()
    assert [line.split()[-1] if "pytest" not in line else "pytest" for line in lines] == [".venv/bin/gluteus", "pytest"]
