"""The only module that imports miniaudio, which is slow to load."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

from tui.unused_modules import replaced_modules


def load_miniaudio() -> Any:
    """Load the module miniaudio. Raises ImportError, or OSError if its library cannot be loaded.

    It imports numpy if installed, to accept its arrays; urllib.request and html for internet radio; and inspect without
    using it. The imports would delay the first sound by a tenth of a second and take 6 MB, so all four are hidden.
    """
    unused = {name: ModuleType(name) for name in ("html", "inspect", "urllib.request")}
    with replaced_modules({"numpy": None, **unused}):
        return importlib.import_module("miniaudio")
