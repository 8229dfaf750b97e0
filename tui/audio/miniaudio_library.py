"""The one place that imports miniaudio, which is slow to load and does more than is wanted of it."""

from __future__ import annotations

import importlib
import sys
from typing import Any


def load_miniaudio() -> Any:
    """Load the module miniaudio. Raises ImportError, or OSError if its library cannot be loaded.

    It imports numpy wherever it finds it, to accept numpy's arrays too. Those do not occur here, and the import would
    make the first sound a tenth of a second later; so numpy is hidden from it.
    """
    if "miniaudio" in sys.modules or "numpy" in sys.modules:
        return importlib.import_module("miniaudio")
    hidden: dict[str, Any] = sys.modules
    hidden["numpy"] = None  # the mark of a module that cannot be imported
    try:
        return importlib.import_module("miniaudio")
    finally:
        del hidden["numpy"]
