"""The pages of docs/ agree with the program, and all names in them exist."""

import re
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest

from tests.for_each import for_each
from tools.make_docs import PAGES, ROOT, page
from tui.cli.commands import COMMANDS, SHELLS
from tui.cli.run import run
from tui.coach.as_json import event_name
from tui.coach.coach import CoachedEvent
from tui.coach.cue import Sound
from tui.engine.events import CommandGiven, Overran
from tui.engine.model import Ending, Kind, PauseReason, Side
from tui.engine.summary import Status
from tui.history.as_csv import CSV_FIELDS, SET_FIELDS

COMMAND_LINE = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
MARKDOWN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of one language."""
    return [block for name, block in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.M) if name == language]


@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=[pytest.mark.slow] if path == "docs/routines.md" else []) for path in PAGES]
)
def test_generated_parts_are_up_to_date(path: str) -> None:
    assert page(path) == (ROOT / path).read_text(encoding="utf-8"), "run: python -m tools.make_docs"


@for_each("path", MARKDOWN)
def test_links_lead_to_a_file_and_to_a_heading(path: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        if "://" not in link:
            name, _, heading = link.partition("#")
            target = path.parent / name if name else path
            assert target.exists(), link
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert not heading or heading in [text.lower().replace(" ", "-") for text in headings], link


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_that_is_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = [path for path in re.findall(r"`([\w./]+(?:\.py|\.toml|/))`", text) if "ID" not in path]
    assert len(named) > 10
    folders = (".", "tui/widgets/figure", "tui/audio/outputs")  # named after their folder, without it
    assert [path for path in named if not any((ROOT / folder / path).exists() for folder in folders)] == []


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_name_is_defined_in_the_file_that_is_named_for_it(name: str) -> None:
    named = re.findall(r"`(\w+)`,? (?:in|of) `([\w/]+\.py)`", (ROOT / name).read_text(encoding="utf-8"))
    assert len(named) > 3
    defined = r"^ *(?:def |class )?{}\b(?:[:(]| =| import)|import .*\b{}\b"
    sources = [((ROOT / path).read_text(encoding="utf-8"), each) for each, path in named]
    assert [each for text, each in sources if not re.search(defined.format(each, each), text, re.MULTILINE)] == []


def test_every_module_that_a_module_names_exists() -> None:
    sources = [path.read_text(encoding="utf-8") for path in ROOT.glob("tui/**/*.py")]
    named = {name for text in sources for name in re.findall(r"`(tui[./][\w./]+)`", text)}
    paths = {name: name.removesuffix(".py").replace(".", "/") for name in named}
    assert len(paths) > 5
    assert [name for name, path in paths.items() if not list(ROOT.glob(f"{path}*"))] == []


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_class_and_table_that_is_named_exists(name: str) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tui/**/*.py"))
    known = set(re.findall(r"^(?:class )?([A-Z]\w+)\b(?:[:(]| =)", source, re.MULTILINE))
    named = re.findall(r"`([A-Z][A-Za-z]*[a-z][A-Za-z]*)`", (ROOT / name).read_text(encoding="utf-8"))
    assert named and [each for each in named if each not in known] == []


def test_the_routine_exercise_and_figure_of_the_format_have_no_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    routine, exercise, figure = blocks((ROOT / "docs/routine-format.md").read_text(encoding="utf-8"), "toml")
    path = tmp_path / "morning-break.toml"
    path.write_text(routine + figure + exercise, encoding="utf-8")
    assert run(["check", str(path)]) == 0, capsys.readouterr().out


def test_every_command_is_named_with_its_arguments_and_no_other() -> None:
    (shown,) = (block for block in blocks(COMMAND_LINE, "") if "open the menu" in block)
    found = dict(re.findall(r"^gluteus ([a-z]+) (.*(?:\n .*)*)", shown, re.MULTILINE))
    assert sorted(found) == sorted(COMMANDS)
    for name, command in COMMANDS.items():
        options = {one.name for one in command.arguments if one.name.startswith("-")}
        assert set(re.findall(r"--[a-z]+", found[name])) == options, name
        for one in command.arguments:
            named = (one.options["metavar"],) if "metavar" in one.options else one.options.get("choices", ())
            assert all(each in found[name] for each in named), one.name


def test_the_shells_that_are_completed_are_named() -> None:
    for shell in SHELLS:
        assert f"gluteus --print-completion {shell}" in COMMAND_LINE


@for_each(
    ("key", "enum"),
    [("kind", Kind), ("side", Side), ("sound", Sound), ("ending", Ending), ("reason", PauseReason), ("status", Status)],
)
def test_every_value_that_the_json_may_have_is_named(key: str, enum: type[StrEnum]) -> None:
    (row,) = (line for line in COMMAND_LINE.splitlines() if line.startswith(f"| `{key}` |"))
    assert re.findall(r"`([a-z-]+)`", row) == [key, *enum]


def test_every_event_and_every_column_is_named() -> None:
    (row,) = (line for line in COMMAND_LINE.splitlines() if line.startswith("| `start --events` |"))
    for event in set(get_args(CoachedEvent)) - {CommandGiven, Overran}:  # which are not printed
        assert f"`{event_name(event)}`" in row
    history = (ROOT / "docs/history.md").read_text(encoding="utf-8")
    for option, fields in (("--csv", CSV_FIELDS), ("--csv --sets", SET_FIELDS)):
        (columns,) = re.findall(rf"The columns of `history {option}`: ([^.]*)\.", history)
        assert tuple(re.findall(r"`(\w+)`", columns)) == fields
