"""Leaves out modules that a library imports but has no use for here."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def left_out(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Have these modules replaced by others for what is imported meanwhile, or missing if that is None.

    One that has been loaded already stays, and whatever imports one later gets it as usual.
    """
    loaded: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]  # None: it cannot be imported
    hidden = {name: instead for name, instead in modules.items() if name not in loaded}
    loaded |= hidden
    try:
        yield
    finally:
        for name in hidden:
            del loaded[name]


def empty_module(name: str) -> ModuleType:
    """Return a module in which every name is an empty class: enough for what is imported, named and never used."""

    def empty_class(asked: str) -> type:
        if asked.startswith("__"):
            raise AttributeError(asked)
        return type(asked, (), {})

    module = ModuleType(name)
    vars(module)["__getattr__"] = empty_class
    return module
