"""The one place that imports miniaudio, which is slow to load and does more than is wanted of it."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any


def load_miniaudio() -> Any:
    """Load the module miniaudio. Raises ImportError, or OSError if its library cannot be loaded.

    It imports numpy wherever it finds it, to accept numpy's arrays too, and urllib.request for internet radio. Neither
    occurs here. The imports would make the first sound a tenth of a second later and take 5 MB, so both are hidden.
    """
    modules: dict[str, Any] = sys.modules
    stand_ins = {"numpy": None, "urllib.request": ModuleType("urllib.request")}  # None: it cannot be imported
    hidden = {} if "miniaudio" in modules else {name: it for name, it in stand_ins.items() if name not in modules}
    modules |= hidden
    try:
        return importlib.import_module("miniaudio")
    finally:
        for name in hidden:
            del modules[name]
