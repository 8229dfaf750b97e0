"""The bundled files are plain text and match their schemas; the texts of the About page."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Literal

import jsonschema
import pytest

from tests.for_each import for_each, sweep
from tui.bundled import bundled
from tui.coach.health import NOT_MEDICAL_ADVICE, WHEN_NOT_TO
from tui.plain_text import first_control
from tui.routine.schema import schema
from tui.screens.pages.about import ABOUT, STORY

Which = Literal["routine", "exercise"]
FOLDER = bundled("routines")
FILES = sorted(FOLDER.glob("*.toml")) + sorted(FOLDER.glob("exercises/*.toml"))


@sweep("path", FILES, 4)
def test_a_file_matches_the_schema_its_first_line_names(path: Path) -> None:
    which: Which = "exercise" if path.parent.name == "exercises" else "routine"
    text = path.read_text("utf-8")
    assert text.splitlines()[0] == f"#:schema ./{which}.schema.json"
    validator = jsonschema.Draft202012Validator(schema(which))
    assert [str(error) for error in validator.iter_errors(tomllib.loads(text))] == []


@pytest.mark.parametrize("which", ["routine", "exercise"])
def test_the_schema_beside_the_files_is_the_one_the_program_prints(which: Which) -> None:
    folder = FOLDER / "exercises" if which == "exercise" else FOLDER
    assert json.loads((folder / f"{which}.schema.json").read_text("utf-8")) == schema(which)


@for_each("path", FILES)
def test_a_file_is_plain_text(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    assert all(first_control(line) is None and len(line) <= 320 for line in lines)


def test_the_story_has_about_a_hundred_and_twenty_words() -> None:
    assert 100 <= len(STORY.split()) <= 130
    assert "lazy" in STORY and "switch" not in STORY


def test_each_first_start_says_who_should_ask_a_doctor() -> None:
    assert STORY in ABOUT and WHEN_NOT_TO in ABOUT and NOT_MEDICAL_ADVICE in ABOUT
    readme = " ".join((Path(__file__).parents[2] / "README.md").read_text("utf-8").split())
    assert WHEN_NOT_TO in readme
