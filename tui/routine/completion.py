"""Completions for the editor at a position in a routine file: tables, keys and values, from the table of fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tui.routine.declarations import ById, Field, Many, Table, inner_table
from tui.routine.fields import ROUTINE
from tui.routine.model import Exercise
from tui.routine.values import Choice, Flag, Preferred

LONGEST = 1000
"""A longer line is not searched and has no completions."""

_HEADER = re.compile(r"\s*+(\[\[?)\s*+([\w.-]*+)\s*+\]?\]?\s*+(?:#.*)?")
_KEY = re.compile(r"\s*([\w-]*)")
_VALUE = re.compile(r"""\s*([\w-]+)\s*=\s*(["']?[^"',\]}]*)""")
_PAIR = re.compile(r"""(?<![\w-])([\w-]++)\s*+=\s*+["']?([\w-]++)""")
_OPENED = re.compile(r"([\w-]+)\s*=\s*(?:\[[^]]*)?$")
_OPENED_ABOVE = re.compile(r"\s*([\w-]+)\s*=\s*\[[^]]*$")


class Suggestion(NamedTuple):
    """One completion with its meaning; `text` replaces the line from `Completion.column` to the cursor."""

    text: str
    meaning: str


class Completion(NamedTuple):
    """The suggestions at a position, and the column from which they replace the line."""

    column: int
    suggestions: tuple[Suggestion, ...] = ()


class _Context(NamedTuple):
    """A position in a file: its table, or None if there is no such table, and the keys with values beside it."""

    table: Table | None
    beside: Mapping[str, str]


def complete(lines: Sequence[str], row: int, column: int, exercises: Mapping[str, Exercise]) -> Completion:
    """Return the suggestions at a row and column, both from 0. `exercises` are those of the library.

    A suggestion begins with the text before the cursor.
    """
    if len(lines[row]) > LONGEST:
        return Completion(column)
    lines = [text if len(text) <= LONGEST else "" for text in lines]
    line = lines[row][:column]
    if _HEADER.fullmatch(line) and "]" not in line:
        start = line.index("[")
        return _matching(start, line[start:], _tables(ROUTINE))
    at, line_from = _context(lines, row, line)
    if at.table is None:
        return Completion(column)
    written = line[line_from:]
    if (key := _KEY.fullmatch(written)) is not None:
        keys = (field for field in at.table.fields.values() if field.key not in at.beside)
        inline = (field for field in keys if at.table is not ROUTINE or inner_table(field) is None)
        fields = (Suggestion(f"{field.key} = {_opening(field)}", field.meaning) for field in inline)
        return _matching(line_from + key.start(1), key[1], fields)
    value = _VALUE.fullmatch(written)
    field = at.table.fields.get(value[1]) if value else None
    if value is None or field is None:
        return Completion(column)
    return _matching(line_from + value.start(2), value[2], _values(field, at, lines, exercises))


def _matching(column: int, written: str, suggestions: Iterator[Suggestion]) -> Completion:
    """Return the suggestions that begin with `written`, ignoring quotes and case."""
    wanted = written.strip("\"'").casefold()
    fitting = [suggestion for suggestion in suggestions if suggestion.text.strip("\"'").casefold().startswith(wanted)]
    return Completion(column, tuple(suggestion for suggestion in fitting if suggestion.text != written))


def _tables(table: Table, way: str = "", *, depth: int = 0) -> Iterator[Suggestion]:
    """Yield the headers of the inner tables, in their usual form."""
    for field in table.fields.values():
        inner, path = inner_table(field), f"{way}{field.key}"
        if inner is None or depth > 1:
            continue
        brackets = ("[[", "]]") if isinstance(field.holds, Many) else ("[", "]")
        path += ".NAME" if isinstance(field.holds, ById) else ""
        yield Suggestion(path.join(brackets), field.meaning)
        yield from _tables(inner, f"{path}.", depth=depth + 1)


def _opening(field: Field) -> str:
    """Return the brackets with which the value of a key begins."""
    if isinstance(field.holds, Many):
        return "[{ " if isinstance(field.holds.item, Table) else "["
    return "{ " if isinstance(field.holds, Table) else ""


def _context(lines: Sequence[str], row: int, line: str) -> tuple[_Context, int]:
    """Return the table at the end of `line`, the written part of a row, and the column where its own part begins."""
    above = range(row - 1, -1, -1)
    at = next((index for index in above if _HEADER.fullmatch(lines[index])), None)
    header = _HEADER.fullmatch(lines[at]) if at is not None else None
    table = _table_at(ROUTINE, header[2].split(".")) if header else ROUTINE
    begin = 0 if at is None else at + 1
    ends = (index for index in range(row + 1, len(lines)) if _HEADER.fullmatch(lines[index]))
    beside = [*lines[begin:row], *lines[row + 1 : next(ends, len(lines))]]
    if "{" not in line or line.rfind("}") > line.rfind("{"):
        return _Context(table, dict(pair for text in beside for pair in _PAIR.findall(text))), 0
    inside = line.rfind("{") + 1
    above_it = (match for text in reversed(lines[begin:row]) if (match := _OPENED_ABOVE.match(text)))
    opened = _OPENED.search(line[: inside - 1]) or next(above_it, None)
    table = _table_at(table, [opened[1]]) if opened else None
    rest = lines[row][len(line) :].partition("}")[0]
    pairs = dict(_PAIR.findall(f"{line[inside:]} {rest}"))
    comma = line.rfind(",", inside)
    return _Context(table, pairs), inside if comma < 0 else comma + 1


def _table_at(table: Table | None, way: Sequence[str]) -> Table | None:
    """Return the table at a path of keys; None if there is none."""
    names = iter(way)
    for name in names:
        field = table.fields.get(name) if table else None
        if field is None:
            return None
        table = inner_table(field)
        if isinstance(field.holds, ById):
            next(names, None)
    return table


def _values(
    field: Field, at: _Context, lines: Sequence[str], exercises: Mapping[str, Exercise]
) -> Iterator[Suggestion]:
    """Yield the possible values of a key, if they are limited."""
    if field.key == "exercise":
        own = (header[1] for line in lines if (header := re.fullmatch(r"\s*\[exercises\.([\w-]+)\].*", line)))
        yield from (Suggestion(f'"{name}"', "of this file") for name in own)
        yield from (Suggestion(f'"{exercise.id}"', exercise.name) for exercise in exercises.values())
    elif field.key == "progression" and (exercise := exercises.get(at.beside.get("exercise", ""))):
        yield from (Suggestion(f'"{step.id}"', step.name) for step in exercise.progressions)
    elif isinstance(field.holds, Choice | Preferred):
        yield from (Suggestion(f'"{name}"', field.meaning) for name in field.holds.names)
    elif isinstance(field.holds, Flag):
        yield from (Suggestion(word, field.meaning) for word in ("true", "false"))
