"""The README keeps its word: its routine is one, its commands exist, its pictures are there."""

import json
import re
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest

from tui.cli.as_json import event_name
from tui.cli.commands import COMMANDS, SHELLS
from tui.cli.run import run
from tui.commands import COMMANDS as KEYS
from tui.commands import Where
from tui.engine.events import Ending, Event, PauseReason
from tui.engine.model import Kind, Side, Sound
from tui.engine.summary import Status
from tui.history.as_csv import CSV_FIELDS, SET_FIELDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    return [block for name, block in found if name == language]


def test_its_routine_exercise_and_figure_have_no_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    routine, exercise, figure = blocks("toml")
    path = tmp_path / "morning-break.toml"
    path.write_text(routine + figure + exercise, encoding="utf-8")
    assert run(["check", str(path)]) == 0, capsys.readouterr().out


def test_it_names_every_command_with_all_that_it_takes_and_no_other() -> None:
    (shown,) = (block for block in blocks("") if "open the menu" in block)
    found = dict(re.findall(r"^gluteus ([a-z]+) (.*(?:\n .*)*)", shown, re.MULTILINE))
    assert sorted(found) == sorted(COMMANDS)
    for name, command in COMMANDS.items():
        options = {one.name for one in command.arguments if one.is_option}
        assert set(re.findall(r"--[a-z]+", found[name])) == options, name
        for one in command.arguments:
            assert one.options.get("metavar", "|".join(one.options.get("choices", ()))) in found[name], one.name


def test_it_names_the_shells_that_are_completed() -> None:
    for shell in SHELLS:
        assert f"gluteus --print-completion {shell}" in README


def test_it_names_the_keys_of_a_workout() -> None:
    (row,) = (line for line in README.splitlines() if line.startswith("| workout |"))
    for command in KEYS:
        if command.where is Where.WORKOUT:
            for key in command.shown.split():
                assert f"`{key}`" in row, command.name


def test_its_script_is_the_one_that_is_heard(capsys: pytest.CaptureFixture[str]) -> None:
    (command,) = re.findall(r"`gluteus (show [^`]* --script[^`]*)`:", README)
    assert run([*command.split(), "--json"]) == 0
    heard = [(f"{cue['at_s']:.1f} s", cue["say"]) for cue in json.loads(capsys.readouterr().out)]
    told = re.findall(r"^\| ([\d.]+ s) \| [a-z ]+ \| (.*?) \|", README, re.MULTILINE)
    assert len(told) > 10
    assert told == heard[: len(told)]


def test_its_links_lead_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert len(links) >= 4
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_one_line_sets_up_and_runs_it_and_one_tests_it() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert [line.split()[-1] if "pytest" not in line else "pytest" for line in lines] == [".venv/bin/gluteus", "pytest"]


@pytest.mark.parametrize(
    ("key", "enum"),
    [("kind", Kind), ("side", Side), ("sound", Sound), ("ending", Ending), ("reason", PauseReason), ("status", Status)],
)
def test_it_tells_every_value_that_the_json_may_have(key: str, enum: type[StrEnum]) -> None:
    (row,) = (line for line in README.splitlines() if line.startswith(f"| `{key}` |"))
    assert re.findall(r"`([a-z-]+)`", row) == [key, *enum]


def test_it_tells_every_event_and_every_column() -> None:
    (row,) = (line for line in README.splitlines() if line.startswith("| `start --events` |"))
    for event in get_args(Event):
        assert f"`{event_name(event)}`" in row
    for option, fields in (("--csv", CSV_FIELDS), ("--csv --sets", SET_FIELDS)):
        (columns,) = re.findall(rf"The columns of `history {option}`: ([^.]*)\.", README)
        assert tuple(re.findall(r"`(\w+)`", columns)) == fields
