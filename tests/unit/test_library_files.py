"""The bundled files as files, plain and true to the schema they name, and the story the program tells."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Literal

import jsonschema
import pytest

from tui.bundled import bundled
from tui.plain_text import first_control
from tui.routine.schema import schema
from tui.screens.pages.about_words import ABOUT

FOLDER = bundled("routines")
FILES = sorted(FOLDER.glob("*.toml")) + sorted(FOLDER.glob("exercises/*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_matches_the_schema_its_first_line_names(path: Path) -> None:
    which: Literal["routine", "exercise"] = "exercise" if path.parent.name == "exercises" else "routine"
    assert path.read_text("utf-8").splitlines()[0] == f"#:schema ./{which}.schema.json"
    jsonschema.validate(tomllib.loads(path.read_text("utf-8")), schema(which))


@pytest.mark.parametrize("which", ["routine", "exercise"])
def test_the_schema_beside_the_files_is_the_one_the_program_prints(which: Literal["routine", "exercise"]) -> None:
    folder = FOLDER / "exercises" if which == "exercise" else FOLDER
    assert json.loads((folder / f"{which}.schema.json").read_text("utf-8")) == schema(which)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_plain_text(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    assert all(first_control(line) is None and len(line) <= 320 for line in lines)


def test_the_story_is_told_in_about_a_hundred_and_twenty_words() -> None:
    *story, advice = ABOUT.split("\n\n")
    assert 100 <= len(" ".join(story).split()) <= 130
    assert advice.startswith("None of this is medical advice.")
