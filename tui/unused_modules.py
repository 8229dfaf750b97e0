"""Avoid loading modules that a library imports but that are not used here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def replaced_modules(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Replace these modules for imports within the block; a module replaced by None cannot be imported.

    A module that is already loaded is not replaced, and later imports work as usual.
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
    """Return a module where every name is an empty class: enough for names that are imported and never used."""
    return _made_module(name, lambda asked: type(asked, (), {}))


def lazy_functions(name: str) -> ModuleType:
    """Return a module where every name is a function that loads the real module when it is called."""

    def late(asked: str) -> Callable[..., Any]:
        return lambda *args, **options: getattr(import_module(name), asked)(*args, **options)

    return _made_module(name, late)


def lazy_module(name: str, other: ModuleType | None = None) -> None:
    """Delay the loading of a module until a name is used that `other` does not have."""

    def named(asked: str) -> Any:
        if other is not None and hasattr(other, asked):
            return getattr(other, asked)
        if sys.modules.get(name) is module:
            del sys.modules[name]
        return getattr(import_module(name), asked)

    module = _made_module(name, named)
    sys.modules.setdefault(name, module)


def _made_module(name: str, make: Callable[[str], Any]) -> ModuleType:
    """Return a module whose attributes are created by `make` on access."""

    def attribute(asked: str) -> Any:
        if asked.startswith("__"):
            raise AttributeError(asked)
        return make(asked)

    module = ModuleType(name)
    vars(module)["__getattr__"] = attribute
    return module
