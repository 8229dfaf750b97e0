"""Facts about the source text of the program; each file is parsed once."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Source(NamedTuple):
    """The modules that a file imports or names, its classes, the methods that it calls, and its strings."""

    imports: frozenset[str]
    classes: frozenset[str]
    called: frozenset[str]
    strings: frozenset[str]


def sources() -> list[Path]:
    """Return the files of the program."""
    return sorted((ROOT / "tui").rglob("*.py"))


REPORTED = {ast.Import, ast.ImportFrom, ast.Constant, ast.ClassDef, ast.Call}


@cache
def source(path: Path) -> Source:
    """Return what a file says."""
    imports, classes, called, strings = set[str](), set[str](), set[str](), set[str]()
    nodes: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    for node in nodes:
        nodes += ast.iter_child_nodes(node)
        if type(node) not in REPORTED:  # `match` takes its time, and most are none of these
            continue
        match node:
            case ast.Import(names=names):
                imports |= {name.name for name in names}
            case ast.ImportFrom(module=str(module), names=names):
                found = {f"{module}.{name.name}" for name in names}
                imports |= found if all(map(path_of, found)) else {module, *found}
            case ast.Constant(value=str(words)):
                strings.add(words)
            case ast.ClassDef(name=name):
                classes.add(name)
            case ast.Call(func=ast.Attribute(attr=name)):
                called.add(name)
    imports |= {words.partition(":")[0] for words in strings if words.startswith("tui.")}
    return Source(frozenset(imports), frozenset(classes), frozenset(called), frozenset(strings))


@cache
def path_of(module: str) -> Path | None:
    """Return the file of one of the program's modules, or None."""
    folder = ROOT.joinpath(*module.split("."))
    found = [path for path in (folder.with_suffix(".py"), folder / "__init__.py") if path.is_file()]
    return found[0] if module.isprintable() and module.startswith("tui.") and found else None


def class_text(cls: type) -> str:
    """Return the text of a class."""
    file = Path(inspect.getfile(cls))
    lines, spans = _class_lines(file)
    first, last = spans[cls.__qualname__]
    return "\n".join(lines[first - 1 : last])


@cache
def _class_lines(file: Path) -> tuple[list[str], dict[str, tuple[int, int]]]:
    """Return the lines of a file, and the first and the last of each class by its qualified name."""
    text = file.read_text("utf-8")
    return text.split("\n"), dict(_classes_in(ast.parse(text), ""))


def _classes_in(parent: ast.Module | ast.ClassDef, prefix: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the classes of a module, and those inside them."""
    for node in parent.body:
        if isinstance(node, ast.ClassDef):
            yield prefix + node.name, (node.lineno, node.end_lineno or node.lineno)
            yield from _classes_in(node, f"{prefix}{node.name}.")
