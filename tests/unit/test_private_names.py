"""Private names stay private: ours do not hide those of Textual, and nobody reaches for those of another."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from textual.message_pump import MessagePump

import tui
from tui.app import GluteusApp

ROOT = Path(tui.__file__).parent
SEAM = "terminal/textual_internals.py"
"""The one module that may use what Textual keeps to itself."""

NAMED = re.compile(r"\b(?:self|cls)\.(_[a-z]\w*)|^ +(?:async )?def (_[a-z]\w*)|^    (_[a-z]\w*) *[:=]", re.MULTILINE)
"""A private name that is used on oneself, or defined in the class."""


PUBLIC = {"_replace", "_asdict", "_fields", "_exit"}
"""What a NamedTuple and `os` give to everyone, in spite of its name."""


def ours() -> Iterator[type[MessagePump]]:
    """Every app, screen and widget of the program."""
    yield GluteusApp
    for name in ("screens", "widgets"):
        for module in pkgutil.walk_packages([str(ROOT / name)], f"tui.{name}."):
            for found in vars(importlib.import_module(module.name)).values():
                if inspect.isclass(found) and issubclass(found, MessagePump) and found.__module__ == module.name:
                    yield found


@cache
def private_names(cls: type) -> frozenset[str]:
    """The private names in the text of a class."""
    return frozenset(name for found in NAMED.findall(inspect.getsource(cls)) for name in found if name)


def test_no_widget_screen_or_app_touches_a_private_name_of_textual() -> None:
    assert len(list(ours())) > 20
    hidden = {
        (cls.__name__, base.__name__, name)
        for cls in ours()
        for base in cls.__mro__
        if base.__module__.startswith("textual.")
        for name in private_names(cls) & private_names(base)
    }
    assert hidden == set()


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_reaches_for_the_private_parts_of_another(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() == SEAM:
        return
    tree = ast.parse(path.read_text())
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    own |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    reached = {
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and node.attr not in own | PUBLIC
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
    }
    assert reached == set()
