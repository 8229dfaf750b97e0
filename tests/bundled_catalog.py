"""The catalogue of bundled routines and exercises, read once for all tests of a process."""

from functools import cache
from pathlib import Path

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
