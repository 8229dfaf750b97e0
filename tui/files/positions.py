"""Turn the key path of a problem into line and column of its TOML file, both from 1, columns in characters.

`tomllib` gives no positions, so the text is parsed again with tree-sitter, which is loaded only here, and only to
explain a file that has a problem.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.routine.problems import KeyPath, Problem

if TYPE_CHECKING:
    from tree_sitter import Node


def locate(text: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return `problems` of the TOML file `text` with line and column, in the order of the file.

    If a path does not exist (a missing key), the place is the header of the nearest table that does.
    """
    if not problems:
        return ()
    index = _Index(text)
    return tuple(sorted(map(index.place, problems), key=lambda problem: (problem.line or 0, problem.column or 0)))


@dataclass(slots=True)
class _Item:
    """A key, table or item of the file: the places of its key and value, and its children by key or index.

    The content of an inline table or a list is indexed only if a path goes through it.
    """

    key: Node
    value: Node
    inner: dict[str | int, _Item] = field(default_factory=dict)


class _Index:
    """An index of the tables and keys of one text."""

    def __init__(self, text: str) -> None:
        """Index `text`, which must be valid TOML."""
        import tree_sitter_toml
        from tree_sitter import Language, Parser

        self._lines = text.encode("utf-8", "replace").split(b"\n")
        root = Parser(Language(tree_sitter_toml.language())).parse(b"\n".join(self._lines)).root_node
        self._top = _Item(root, root)
        for node in root.named_children:
            if node.type == "pair":
                _add_pair(self._top, node)
            elif node.type in ("table", "table_array_element"):
                self._add_table(node)

    def place(self, problem: Problem) -> Problem:
        """Return the problem with its line and column, unless it has them already."""
        if problem.line:
            return problem
        place, whole = self._find(problem.path)
        if place is self._top:
            return problem._replace(line=1, column=1)
        node = place.key if whole and problem.at_key else place.value
        row, offset = node.start_point
        return problem._replace(line=row + 1, column=len(self._lines[row][:offset].decode("utf-8", "replace")) + 1)

    def _find(self, path: KeyPath) -> tuple[_Item, bool]:
        """Return the place of a path, or of its longest known part, and whether it is the whole path."""
        place = self._top
        for part in path:
            place.inner = place.inner or _inside(place.value)
            if part not in place.inner:
                return place, False
            place = place.inner[part]
        return place, True

    def _add_table(self, node: Node) -> None:
        *way, (last, key) = _keys(node.named_children[0])
        place = _descend(self._top, way)
        if node.type == "table_array_element":
            items = place.inner.setdefault(last, _Item(key, node))
            table = items.inner.setdefault(len(items.inner), _Item(key, node))
        else:
            table = place.inner.setdefault(last, _Item(key, node))
            table.key, table.value = key, node
        for pair in node.named_children[1:]:
            if pair.type == "pair":
                _add_pair(table, pair)


def _descend(place: _Item, way: Sequence[tuple[str, Node]]) -> _Item:
    """Return the place of a key path, creating it if needed; the last one of a list of tables."""
    for name, node in way:
        place = place.inner.setdefault(name, _Item(node, node))
        if place.inner and isinstance(last := next(reversed(place.inner)), int):
            place = place.inner[last]
    return place


def _add_pair(table: _Item, pair: Node) -> None:
    """Add one `key = value`; the key may have dots."""
    *way, (last, key) = _keys(pair.named_children[0])
    values = [node for node in pair.named_children[1:] if node.type != "comment"]
    _descend(table, way).inner[last] = _Item(key, values[0] if values else key)


def _inside(value: Node) -> dict[str | int, _Item]:
    """Return the places inside an inline table or a list."""
    inside = _Item(value, value)
    nodes = [node for node in value.named_children if node.type != "comment"]
    if value.type == "inline_table":
        for node in nodes:
            _add_pair(inside, node)
    elif value.type == "array":
        inside.inner = {index: _Item(node, node) for index, node in enumerate(nodes)}
    return inside.inner


def _keys(node: Node) -> list[tuple[str, Node]]:
    """List the parts of a key with their nodes, in order; in a dotted key the first part is the innermost node."""
    parts: list[tuple[str, Node]] = []
    while node.type == "dotted_key":
        node, last = node.named_children
        parts.append((_name(last), last))
    return [(_name(node), node), *reversed(parts)]


def _name(node: Node) -> str:
    """Return the name of a bare or quoted key."""
    written = (node.text or b"").decode("utf-8", "replace")
    return next(iter(tomllib.loads(f"{written} = 0"))) if node.type == "quoted_key" else written
