"""Facts about the formatted source text of the program, found by patterns at a tenth of a parser's cost."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]

IMPORT = re.compile(r"^ *(?:from (?P<module>[\w.]+) )?import (?:\((?P<lines>[^)]*)\)|(?P<line>.+))", re.MULTILINE)
NAME = re.compile(r"([\w.]+)(?: as \w+)?,?")
CLASS = re.compile(r"^ *class (\w+)", re.MULTILINE)
CALLED = re.compile(r"\.(\w+)\(")
MODULE = re.compile(r'"(tui\.[\w.]+)[":]')


class Source(NamedTuple):
    """The modules that a file imports or names, its classes, and the methods that it calls."""

    imports: frozenset[str]
    classes: frozenset[str]
    called: frozenset[str]


@cache
def sources() -> list[Path]:
    """Return the files of the program."""
    return sorted((ROOT / "tui").rglob("*.py"))


@cache
def source(path: Path) -> Source:
    """Return the facts about a file."""
    text = path.read_text("utf-8")
    imports = frozenset((*_imports(text), *MODULE.findall(text)))
    return Source(imports, frozenset(CLASS.findall(text)), frozenset(CALLED.findall(text)))


def _imports(text: str) -> Iterator[str]:
    for found in IMPORT.finditer(text):
        words = re.sub("#.*", "", found["lines"] or found["line"])
        names, module = NAME.findall(words), found["module"]
        if module:
            names = [f"{module}.{name}" for name in names]
            if not all(map(path_of, names)):
                yield module
        yield from names


def path_of(module: str) -> Path | None:
    """Return the file of one of the program's modules, or None."""
    return _modules().get(module)


@cache
def _modules() -> dict[str, Path]:
    """Return the file of each module, but for the package itself."""
    parts = {path: path.relative_to(ROOT).with_suffix("").parts for path in sources()}
    names = {".".join(names).removesuffix(".__init__"): path for path, names in parts.items()}
    return {name: path for name, path in names.items() if name != "tui"}


def class_text(cls: type) -> str:
    """Return the text of a class of a module, up to the next class or function."""
    found = re.search(rf"^class {cls.__name__}\b.*?(?=^(?:class|def|async|@)|\Z)", _text(cls), re.MULTILINE | re.DOTALL)
    assert found, cls
    return found.group()


def _text(cls: type) -> str:
    return _text_of(inspect.getfile(cls))


@cache
def _text_of(file: str) -> str:
    return Path(file).read_text("utf-8")
