"""The one place that imports miniaudio, which is slow to load and does more than is wanted of it."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

from tui.left_out import left_out


def load_miniaudio() -> Any:
    """Load the module miniaudio. Raises ImportError, or OSError if its library cannot be loaded.

    It imports numpy wherever it finds it, to accept numpy's arrays too; urllib.request and html for internet radio; and
    inspect for nothing. The imports would make the first sound a tenth of a second later and take 6 MB, so all four are
    hidden.
    """
    unused = {name: ModuleType(name) for name in ("html", "inspect", "urllib.request")}
    with left_out({"numpy": None, **unused}):
        return importlib.import_module("miniaudio")
