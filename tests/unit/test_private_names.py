"""Private names of our screens and widgets do not hide those of Textual."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from textual.message_pump import MessagePump

import tui
from tests.sources import class_text
from tui.app import GluteusApp

FOLDER = Path(tui.__file__).parent
NAMED = re.compile(r"\b(?:self|cls)\.(_[a-z]\w*)|^ +(?:async )?def (_[a-z]\w*)|^    (_[a-z]\w*) *[:=]", re.MULTILINE)
"""A private name that is used on oneself, or defined in the class."""


def ours() -> Iterator[type[MessagePump]]:
    """Every app, screen and widget of the program."""
    yield GluteusApp
    for name in ("screens", "widgets"):
        for module in pkgutil.walk_packages([str(FOLDER / name)], f"tui.{name}."):
            for found in vars(importlib.import_module(module.name)).values():
                if inspect.isclass(found) and issubclass(found, MessagePump) and found.__module__ == module.name:
                    yield found


@cache
def private_names(cls: type) -> frozenset[str]:
    """The private names in the text of a class."""
    return frozenset(name for found in NAMED.findall(class_text(cls)) for name in found if name)


def test_no_widget_screen_or_app_touches_a_private_name_of_textual() -> None:
    classes = list(ours())
    assert len(classes) > 20
    hidden = {
        (cls.__name__, base.__name__, name)
        for cls in classes
        for base in cls.__mro__
        if base.__module__.startswith("textual.")
        for name in private_names(cls) & private_names(base)
    }
    assert hidden == set()
