"""Sessions as CSV for a spreadsheet: a line a session, or with `--sets` a line a set; both are taken in again.

A spreadsheet takes a cell that begins with `=` and the like for a formula, and would do what a file's title says. Such
a cell gets an apostrophe in front, which spreadsheets do not show, and which is taken away again when it is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tui.history.as_json import session_json, set_json
from tui.history.from_rows import session_of, set_of
from tui.history.import_values import Row, Unfit
from tui.history.past_sessions import PastSession, PastSet
from tui.plain_text import plain_text

CSV_FIELDS = (
    "id", "routine", "title", "started_at", "ended_at", "worked_s", "elapsed_s", "finished", "sets_done",
    "sets_skipped", "progressions", "sets_planned", "planned_s", "reps_done", "effort", "note", "device",
    "efforts", "ouches",
)  # fmt: skip
"""The columns of a line a session; those that come later stand behind."""

SET_FIELDS = (
    "session", "routine", "title", "started_at", "ended_at", "elapsed_s", "finished", "sets_planned", "number",
    "exercise", "name", "progression", "progression_name", "block", "round", "status", "worked_s", "reps_done", "sides",
)  # fmt: skip
"""The columns of a line a set: those of its session first."""

_FORMULA = ("=", "+", "-", "@")
_NUMBERS = frozenset(
    ("worked_s", "elapsed_s", "sets_done", "sets_skipped", "sets_planned", "planned_s", "reps_done", "number", "round")
)


def sessions_csv(sessions: Iterable[PastSession]) -> str:
    """A line a session; progressions and efforts as `exercise=word`, those and what hurt separated by spaces."""
    return _csv(CSV_FIELDS, map(_session_cells, sessions))


def sets_csv(sessions: Iterable[PastSession]) -> str:
    """A line a set, with what tells its session on each; the sides that were trained, separated by spaces."""
    return _csv(SET_FIELDS, (_set_cells(session, past) for session in sessions for past in session.sets))


def _session_cells(session: PastSession) -> Mapping[str, object]:
    lists = {"progressions": _pairs(session.progressions), "efforts": _pairs(session.efforts)}
    return {**session_json(session), **lists, "ouches": " ".join(session.ouches)}


def _pairs(words: Mapping[str, str]) -> str:
    return " ".join(f"{exercise}={word}" for exercise, word in words.items())


def _set_cells(session: PastSession, past: PastSet) -> Mapping[str, object]:
    sides = " ".join(dict.fromkeys(work.side for work in past.work if work.side))
    return {**session_json(replace(session, sets=())), **set_json(past), "session": session.id, "sides": sides}


def _csv(fields: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> str:
    text = io.StringIO()
    out = csv.DictWriter(text, fields, extrasaction="ignore", lineterminator="\n")
    out.writeheader()
    for row in rows:
        out.writerow({field: _cell(row[field]) for field in fields})
    return text.getvalue()


def _cell(value: object) -> str:
    """A value as a spreadsheet takes it: plain, and never a formula."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    text = plain_text(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def sessions_of_csv(data: bytes) -> list[PastSession]:
    """The sessions of a file that `history --csv` has written, with or without `--sets`. Raises Unfit."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit("it is not UTF-8; save it as CSV in UTF-8") from None
    head, _, _ = text.partition("\n")
    between = max(",;\t", key=head.count)  # spreadsheets put a semicolon where the comma is for decimals
    try:
        lines = list(csv.DictReader(io.StringIO(text), delimiter=between, strict=True))
    except csv.Error as error:
        raise Unfit(f"it is not CSV, or damaged: {error}") from None
    rows = [Row(_values(line, number), f"line {number}") for number, line in enumerate(lines, 2)]
    names = set(csv.DictReader([head.rstrip("\r")], delimiter=between).fieldnames or ())
    if names >= {"session", "started_at", "exercise"}:
        return _with_sets(rows)
    if names >= {"routine", "started_at"}:
        return [session_of(row) for row in rows]
    raise Unfit("its first line does not name the columns that gluteus history --csv writes")


def _values(line: Mapping[str | None, str | list[str] | None], number: int) -> dict[str, object]:
    """The cells of a line as values; empty ones are left out."""
    values: dict[str, object] = {}
    for key, cell in line.items():
        if key is None or not isinstance(cell, str):
            raise Unfit(f"line {number} has {'more' if key is None else 'fewer'} cells than there are columns")
        if cell == "":
            continue
        values[key] = _value(key, cell[1:] if cell[0] == "'" and cell[1:].startswith(_FORMULA) else cell)
    return values


def _value(key: str, cell: str) -> object:
    """What a cell of this column holds; one that is no number where there should be one stays a text, and is told."""
    if key == "finished":
        return {"yes": True, "no": False}.get(cell.lower(), cell)
    if key == "ouches":
        return cell.split()
    if key == "efforts" and all("=" in pair for pair in cell.split()):
        return {exercise: word for exercise, _, word in (pair.rpartition("=") for pair in cell.split())}
    if key in _NUMBERS:
        try:
            return float(cell.replace(",", "."))
        except ValueError:
            return cell
    return cell


def _with_sets(rows: Iterable[Row]) -> list[PastSession]:
    """The sessions that lines of sets belong to; a session's are told by its id, else by its begin and its routine."""
    found: dict[tuple[str, ...], PastSession] = {}
    for row in rows:
        id_ = row.text("session")
        key = (id_,) if id_ else (row.text("started_at"), row.text("routine"))
        session = found.get(key) or replace(session_of(row), id=id_, sets=(), worked_s=0.0)
        past = set_of(row)
        worked_s = session.worked_s + past.worked_s
        elapsed_s = max(session.elapsed_s, worked_s)
        found[key] = replace(session, sets=(*session.sets, past), worked_s=worked_s, elapsed_s=elapsed_s)
    return list(found.values())
