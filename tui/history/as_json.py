"""Sessions as JSON: the output of `gluteus history --json`, which can be imported.

The keys are stable: keys may be added, none will be removed. They are the fields of `PastSession`, `PastSet` and
`PastWork`, and counts of them. Times are to the second with their offset, seconds to the millisecond.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from tui.history.from_rows import session_of
from tui.history.import_values import NotImportable, Row
from tui.past_sessions import PastSession, PastSet

Json = dict[str, object]

SESSION_KEYS = tuple(name for name in PastSession._fields if name not in ("month", "remembered", "edited_at"))
"""The fields, without internal ones."""


def session_json(session: PastSession) -> Json:
    """Convert one session to JSON."""
    plain = {name: _plain(getattr(session, name)) for name in SESSION_KEYS}
    counted = {"sets_done": session.sets_done, "sets_skipped": session.sets_skipped, "reps_done": session.reps_done}
    return {**plain, **counted, "rests": _plain(session.rests), "sets": [set_json(past) for past in session.sets]}


def set_json(past: PastSet) -> Json:
    """Convert one set, as it was done, to JSON."""
    return {**{name: _plain(value) for name, value in past._asdict().items()}, "reps_done": past.reps_done}


def _plain(value: object) -> object:
    """Return a value of a field as JSON has it; an empty text is null."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        if hasattr(value, "_asdict"):
            return {name: _plain(item) for name, item in value._asdict().items()}
        return [_plain(item) for item in value]
    return value if value != "" else None


def sessions_of_json(data: bytes) -> list[PastSession | NotImportable]:
    """List the sessions of a file from `history --json`, or of a similar one, or why one is refused.

    Raises NotImportable if the file is not such a list.
    """
    try:
        values = json.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise NotImportable("its JSON cannot be read: it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise NotImportable(
            f"it is not JSON, or damaged: line {error.lineno}, column {error.colno}: {error.msg}"
        ) from None
    except ValueError as error:
        raise NotImportable(f"it is not JSON, or damaged: {error}") from None
    if not isinstance(values, list):
        raise NotImportable("it is not a list of sessions, as gluteus history --json writes it")
    return [_session_or_why(value, f"session {number}") for number, value in enumerate(values, 1)]


def _session_or_why(value: object, where: str) -> PastSession | NotImportable:
    try:
        return session_of(Row(value, where))
    except NotImportable as unfit:
        return unfit
