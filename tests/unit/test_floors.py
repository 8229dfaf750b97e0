"""The floors hold: a module imports only from below, and every module has a floor."""

import ast
import graphlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PURE = ("engine", "coach", "ladder", "today", "routine")


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


def test_a_broken_contract_and_a_module_outside_the_layers_are_noticed(copy: Path) -> None:
    with (copy / "tui" / "routine" / "model.py").open("a") as file:
        file.write("\nimport time\n\nimport rich\n\nimport tui.library\n")
    (copy / "tui" / "attic.py").write_text('"""A module in no layer."""\n')
    result = lint_imports(copy)
    assert result.returncode == 1
    assert "attic" in result.stdout
    assert result.stdout.count("BROKEN") == 3, result.stdout


def nodes(path: Path) -> Iterator[ast.AST]:
    """Yield every node of a file."""
    return ast.walk(ast.parse(path.read_text("utf-8")))


def modules_named(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its head or in a function, and every one that it names to be imported."""
    for node in nodes(path):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                found = [f"{module}.{name.name}" for name in names]
                yield from found if all(map(path_of, found)) else (module, *found)
            case ast.Constant(value=str(words)) if words.startswith("tui."):
                yield words.partition(":")[0]


def path_of(module: str) -> Path | None:
    """Return the file of one of the program's modules, or None."""
    folder = ROOT.joinpath(*module.split("."))
    found = [path for path in (folder.with_suffix(".py"), folder / "__init__.py") if path.is_file()]
    return found[0] if module.isprintable() and module.startswith("tui.") and found else None


def test_no_files_go_round_in_a_circle() -> None:
    """Imports follow the layers, even those inside functions."""
    files = (ROOT / "tui").rglob("*.py")
    graph = {file: {path for name in modules_named(file) if (path := path_of(name)) and path != file} for file in files}
    assert len(graph) > 200
    graphlib.TopologicalSorter(graph).prepare()


def test_pure_packages_never_ask_for_the_date() -> None:
    asked = {"now", "today", "utcnow", "fromtimestamp"}
    for path in (path for name in PURE for path in (ROOT / "tui" / name).glob("*.py")):
        calls = (node.func for node in nodes(path) if isinstance(node, ast.Call))
        assert not [call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in asked], path


def test_a_class_name_has_one_meaning() -> None:
    names: dict[str, set[Path]] = {}
    for path in (ROOT / "tui").rglob("*.py"):
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                names.setdefault(node.name.strip("_"), set()).add(path)
    assert len(names) > 200
    assert {name: paths for name, paths in names.items() if len(paths) > 1} == {}
