"""The wheel contains only the package with its data below `tui/`; the sdist also what is needed to test it."""

import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder
from trove_classifiers import classifiers

from tui import __version__

ROOT = Path(__file__).parents[2]
DATA = {"tui": "tui", "routines": "tui/routines", "sounds": "tui/sounds"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return Path(built)


def test_it_holds_the_package_its_routines_and_its_sounds_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, inside in DATA.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == expected
    assert {"tui/routines/tabata.toml", "tui/sounds/start.wav", "tui/py.typed"} <= names


def test_it_names_its_command_and_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = f"gluteus-{__version__}.dist-info"
        assert "gluteus = tui.__main__:main" in archive.read(f"{info}/entry_points.txt").decode()
        assert f"{info}/licenses/LICENSE" in archive.namelist()


def test_it_finds_its_data_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        few = ("tui/__init__.py", "tui/bundled.py", "tui/routines/tabata.toml", "tui/sounds/start.wav")
        archive.extractall(tmp_path / "site", few)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); "
        "from tui.bundled import bundled; print(bundled('routines')); print(bundled('sounds'))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True, check=True)
    assert [Path(line) for line in result.stdout.split("\n") if line] == [
        tmp_path / "site" / "tui" / "routines",
        tmp_path / "site" / "tui" / "sounds",
    ]


def test_the_metadata_for_an_index_is_complete(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        about = message_from_bytes(archive.read(f"gluteus-{__version__}.dist-info/METADATA"), policy=default)
    shown = str(about.get_payload())
    assert "## Routines" in shown
    assert [link for link in re.findall(r"\]\(([^)]+)\)", shown) if "://" not in link] == []
    assert set(about.get_all("Classifier", [])) <= classifiers


@pytest.mark.slow
def test_the_sdist_holds_all_that_is_in_the_repository(tmp_path: Path) -> None:
    (built,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(built) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("tui", "routines", "sounds", "tests", "tools", "benchmarks", "docs", ".ci"):
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        assert {path.relative_to(ROOT).as_posix() for path in files} <= names, folder
    assert {"README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "hatch_build.py"} <= names
