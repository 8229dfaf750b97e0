"""The location of the bundled data: inside the installed package, or beside it in a checkout."""

from functools import cache
from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


@cache
def bundled(kind: Literal["routines", "sounds"]) -> Path:
    """Return the folder of the bundled `kind`: inside the package in a wheel, beside it in a checkout."""
    inside = _PACKAGE / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind
