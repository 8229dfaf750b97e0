"""The layers: a module imports only from lower layers, and every module has a layer."""

import graphlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import ROOT, path_of, source, sources

PURE = ("engine", "coach", "ladder", "today", "routine")
PAST_SESSIONS = ROOT / "tui" / "past_sessions.py"
INTERNALS = ROOT / "tui" / "terminal" / "textual_internals"

PRIVATE = re.compile(r"textual\..*\b_[a-z]")
"""A private module or name of Textual."""


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of pyproject.toml against the package in `folder`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environ = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its contracts that a test may break."""
    shutil.copytree(ROOT / "tui", tmp_path / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.slow
def test_a_broken_contract_and_a_module_outside_the_layers_are_noticed(copy: Path) -> None:
    with (copy / "tui" / "routine" / "model.py").open("a") as file:
        file.write("\nimport time\n\nimport rich\n\nimport tui.library\n")
    (copy / "tui" / "attic.py").write_text('"""A module in no layer."""\n')
    result = lint_imports(copy)
    assert result.returncode == 1
    assert "attic" in result.stdout
    assert result.stdout.count("BROKEN") == 3, result.stdout


def test_no_files_go_round_in_a_circle() -> None:
    """Imports follow the layers, even those inside functions."""
    graph = {
        file: {path for name in source(file).imports if (path := path_of(name)) and path != file} for file in sources()
    }
    assert sum(map(len, graph.values())) > 1000
    graphlib.TopologicalSorter(graph).prepare()


def test_pure_packages_never_ask_for_the_date() -> None:
    asked = {"now", "today", "utcnow", "fromtimestamp"}
    for path in (PAST_SESSIONS, *(path for name in PURE for path in (ROOT / "tui" / name).glob("*.py"))):
        assert not source(path).called & asked, path


def test_a_class_name_has_one_meaning() -> None:
    names: dict[str, set[Path]] = {}
    for path in sources():
        for name in source(path).classes:
            names.setdefault(name.strip("_"), set()).add(path)
    assert len(names) > 200
    assert {name: paths for name, paths in names.items() if len(paths) > 1} == {}


def test_only_one_package_imports_private_modules_and_names_of_textual() -> None:
    users = {path for path in sources() if any(PRIVATE.match(name) for name in source(path).imports)}
    assert users
    assert {path.parent for path in users} == {INTERNALS}
