"""The catalogue of bundled routines and exercises, read once for all tests of a process."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copy2
from unittest.mock import patch

from tui.bundled import bundled
from tui.files.places import Places
from tui.library.catalog import Catalog, load_catalog
from tui.routine.model import Routine

NOWHERE = Path("/nonexistent")


@cache
def bundled_catalog() -> Catalog:
    """Return the catalogue of a user without files of their own."""
    return load_catalog(Places(NOWHERE, NOWHERE, NOWHERE))


def bundled_routine(name: str) -> Routine:
    """Return a bundled routine by its id."""
    routine = bundled_catalog().find(name).routine
    assert routine is not None
    return routine


@contextmanager
def few_bundled(folder: Path, *names: str) -> Iterator[None]:
    """Leave only these of the bundled routines: each that the menu lists costs CPU whenever it reads and draws them."""
    bundled_catalog()  # as it is
    real, few = bundled("routines"), folder / "bundled" / "routines"
    few.mkdir(parents=True)
    (few / "exercises").symlink_to(real / "exercises")
    for name in names:
        copy2(real / f"{name}.toml", few)
    with patch("tui.bundled._PACKAGE", few.parent / "tui"):
        yield
