"""Sessions as FIT activities, the format of sports watches and training sites, and back.

FIT has sets with seconds and repetitions, rests, a timer that stops in pauses, and numbers for some exercises. The ids
of the session, its routine, exercises and progressions, and the side are developer fields, which other programs skip.
Times are whole seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tui.engine.model import Ending
from tui.engine.summary import set_status
from tui.history.from_rows import session_of
from tui.history.import_values import NotImportable, Row
from tui.past_sessions import PastPause, PastSession, PastSet, PastWork, known_s, known_total
from tui.plain_text import UserError, plain_text
from tui.routine.model import FIT_CATEGORIES
from tui.routine.problems import quoted


class NoFit(UserError):
    """The library for FIT is not installed; the message is one line with what to do."""


_FILE_ID, _SESSION, _LAP, _EVENT, _WORKOUT, _ACTIVITY = 0, 18, 19, 21, 26, 34
_FIELD_DESCRIPTION, _DEVELOPER, _SET, _EXERCISE_TITLE = 206, 207, 225, 264
"""Numbers of FIT's messages."""

_STRING = 7
_OWN = ("session", "routine", "exercise", "progression", "side", "ending", "number", "worked_s")
"""Our developer fields, by number; a session has the last one if its sets do not add up to it."""

_UNKNOWN_S = "unknown"
_SAME_S = 0.001

_APPLICATION = b"gluteus workouts"
"""Identifies our developer fields: those of other programs have the same numbers."""

_MOST_OFFSET = timedelta(hours=15)
_FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
_LAST = _FIT_EPOCH + timedelta(seconds=0xFFFFFFFE)
_MOST_S = 0xFFFFFFFE / 1000
"""The longest time in FIT, about seven weeks; a longer one is left out."""

_LONGEST = 200
"""The most bytes of a string in FIT."""

_UNKNOWN = 65534
_BRIDGE, _BRIDGE_ON_ONE_LEG = 11, 30
"""FIT's numbers of two kinds of hip raise."""


Categories = Mapping[str, str]
"""The category of each exercise that has one, by the exercise's id."""


def session_fit(past: PastSession, categories: Categories) -> bytes:
    """Return the whole file of one session. Raises NoFit, and OverflowError for times that FIT cannot express."""
    encoder = _library().Encoder({index: _described(index, name) for index, name in enumerate(_OWN)})
    for message in _messages(past, categories):
        encoder.write_mesg(message)
    return bytes(encoder.close())


def sessions_of_fit(data: bytes) -> list[PastSession | NotImportable]:
    """List the sessions of a FIT file with their sets, or why one is refused. Raises NotImportable and NoFit."""
    library = _library()
    if problem := _damage(library, data):
        raise NotImportable(f"it is not a FIT file, or damaged: {problem}")
    messages = _read(library, data)
    sessions = messages.get("session_mesgs", [])
    if not sessions:
        raise NotImportable("it is a FIT file without a session: not an activity")
    ids = [message.get("application_id") for message in messages.get("developer_data_id_mesgs", [])]
    if ids != [[*_APPLICATION]]:
        for message in (*sessions, *messages.get("set_mesgs", [])):
            message.pop("developer_fields", None)
    several = len(sessions) > 1
    return [_session_or_why(messages, session, number, several) for number, session in enumerate(sessions, 1)]


def _session_or_why(
    messages: Mapping[str, Any], message: Mapping[str, Any], number: int, several: bool
) -> PastSession | NotImportable:
    """Return one session; if there are several in the file, each has the sets and pauses within its time."""
    if several:
        begun, ended = message.get("start_time"), message.get("timestamp")
        if not (isinstance(begun, datetime) and isinstance(ended, datetime)):
            return NotImportable(f"session {number}: start_time is missing")

        def within(name: str, key: str) -> list[Any]:
            return [m for m in messages.get(name, []) if isinstance(m.get(key), datetime) and begun <= m[key] <= ended]

        own = {"set_mesgs": within("set_mesgs", "start_time"), "event_mesgs": within("event_mesgs", "timestamp")}
        messages = {**messages, **own}
    try:
        return _session(messages, message, f"session {number}" if several else "the session")
    except NotImportable as unfit:
        return unfit


def _damage(library: Any, data: bytes) -> str | None:
    """Describe a fault in the structure of a FIT file (header, length or checksum), or return None."""
    at = 0
    while at < len(data):
        header = data[at]
        if header not in (12, 14) or data[at + 8 : at + 12] != b".FIT":
            return "its header is not that of FIT" if at == 0 else None  # bytes after the end of the file are ignored
        end = at + header + int.from_bytes(data[at + 4 : at + 8], "little")
        if len(data) < end + 2:
            return f"it is cut short, {end + 2 - len(data)} bytes are missing"
        if library.CrcCalculator.calculate_crc(data, at, end + 2) != 0:  # 0 for data that ends with its own
            return "its checksum is wrong"
        at = end + 2
    return None


def _read(library: Any, data: bytes) -> Mapping[str, Any]:
    """Return the messages of a whole file. Raises NotImportable.

    The library's extra steps fail on some valid files, so they are optional.
    """
    reasons = []
    for options in ({"merge_heart_rates": False}, {"merge_heart_rates": False, "expand_components": False}):
        try:
            stream = library.Stream.from_byte_array(bytearray(data))
            messages, errors = library.Decoder(stream).read(**options)
        except Exception as error:  # the library raises any exception for malformed bytes
            reasons.append(f"{type(error).__name__}: {error}")
            continue
        if messages.get("session_mesgs") or not errors:
            return dict(messages)
        reasons.append(str(errors[0]))
    raise NotImportable(f"it is a complete FIT file with something that is not supported ({reasons[0]})")


def _library() -> Any:
    try:
        import garmin_fit_sdk
    except ImportError:
        raise NoFit("FIT files need one more package: pip install 'gluteus[fit]'") from None
    return garmin_fit_sdk


def _described(index: int, name: str) -> Mapping[str, Mapping[str, object]]:
    owner = {"mesg_num": _DEVELOPER, "developer_data_index": 0, "application_id": [*_APPLICATION]}
    field = {
        "mesg_num": _FIELD_DESCRIPTION, "developer_data_index": 0, "field_definition_number": index,
        "fit_base_type_id": _STRING, "field_name": f"gluteus_{name}",
    }  # fmt: skip
    return {"developer_data_id_mesg": owner, "field_description_mesg": field}


def _messages(past: PastSession, categories: Categories) -> Iterator[dict[str, object]]:
    """Yield all messages of a file in FIT's order. Raises OverflowError for times that FIT cannot express."""
    begun = past.started_at.astimezone(UTC)
    paused_s = sum(pause.seconds for pause in past.pauses)
    ended = (past.ended_at or past.started_at).astimezone(UTC)
    if ended < begun:  # the clock was set back during the session
        ended = begun + timedelta(seconds=(past.elapsed_s or 0.0) + paused_s)
    if begun < _FIT_EPOCH or ended > _LAST:
        raise OverflowError
    serial = int(past.device, 16) if past.device and all(c in "0123456789abcdef" for c in past.device) else 1
    yield {
        "mesg_num": _FILE_ID, "type": "activity", "manufacturer": "development", "product": 1,
        "serial_number": serial % 0xFFFFFFFF or 1, "time_created": begun, "product_name": "Gluteus",
    }  # fmt: skip
    yield dict(_described(0, _OWN[0])["developer_data_id_mesg"])
    for index, name in enumerate(_OWN):
        yield dict(_described(index, name)["field_description_mesg"])
    sport = {"sport": "training", "sub_sport": "strength_training"}
    yield {"mesg_num": _WORKOUT, "wkt_name": _text(past.title), "num_valid_steps": 0, **sport}
    titles = dict.fromkeys((set_.exercise, set_.name) for set_ in past.sets)
    for index, (exercise, name) in enumerate(titles):
        yield {
            "mesg_num": _EXERCISE_TITLE, "message_index": index, "exercise_name": index, "wkt_step_name": _text(name),
            "exercise_category": _number(categories.get(exercise)),
        }  # fmt: skip
    yield {"mesg_num": _EVENT, "timestamp": begun, "event": "timer", "event_type": "start"}
    yield from _set_messages(past, begun, [*titles], categories)
    for pause in past.pauses:
        stopped = begun + timedelta(seconds=pause.start_s)
        yield {"mesg_num": _EVENT, "timestamp": stopped, "event": "timer", "event_type": "stop"}
        resumed = stopped + timedelta(seconds=pause.seconds)
        yield {"mesg_num": _EVENT, "timestamp": resumed, "event": "timer", "event_type": "start"}
    yield {"mesg_num": _EVENT, "timestamp": ended, "event": "timer", "event_type": "stop_all"}
    timer = {"total_timer_time": past.elapsed_s} if (past.elapsed_s or 0.0) <= _MOST_S else {}
    total: dict[str, object] = {"start_time": begun, "timestamp": ended, **timer}
    whole_s = max(past.elapsed_s or 0.0, (ended - begun).total_seconds())
    if past.ended_at is not None and whole_s <= _MOST_S:
        total["total_elapsed_time"] = whole_s
    lap = {"event": "lap", "event_type": "stop", "message_index": 0, "lap_trigger": "session_end"}
    yield {"mesg_num": _LAP, **total, **lap, **sport}
    whole = {"event": "lap", "event_type": "stop", "message_index": 0, "first_lap_index": 0, "num_laps": 1}
    own = {0: _text(past.id), 1: _text(past.routine), 5: "finished" if past.finished else "stopped"}
    if past.worked_s is None or abs(past.worked_s - sum(set_.worked_s or 0.0 for set_ in past.sets)) >= _SAME_S:
        own[7] = _UNKNOWN_S if past.worked_s is None else f"{past.worked_s:.3f}"
    yield {"mesg_num": _SESSION, **total, **whole, **sport, "trigger": "activity_end", "developer_fields": own}
    offset = (past.ended_at or past.started_at).utcoffset() or timedelta()
    yield {
        "mesg_num": _ACTIVITY, "timestamp": ended, **timer, "num_sessions": 1,
        "local_timestamp": int((ended + offset - _FIT_EPOCH).total_seconds()),
        "type": "manual", "event": "activity", "event_type": "stop",
    }  # fmt: skip


def _set_messages(
    past: PastSession, begun: datetime, titles: list[tuple[str, str]], categories: Categories
) -> Iterator[dict[str, object]]:
    """Yield a message for each WORK phase, with its known values, and for each rest between two."""
    phases = [(set_, work) for set_ in past.sets for work in set_.work]
    if all(work.start_s is not None for _, work in phases):
        phases.sort(key=lambda phase: phase[1].start_s or 0.0)
    at, index = begun, 0
    for set_, work in phases:
        end_s, when = past.end_s(work), dict[str, object]()
        if work.start_s is not None:
            starts = begun + timedelta(seconds=work.start_s)
            if index and 1 <= (rest_s := (starts - at).total_seconds()) <= _MOST_S:
                rest = {"set_type": "rest", "duration": rest_s, "start_time": at, "timestamp": starts}
                yield {"mesg_num": _SET, "message_index": index, **rest}
                index += 1
            at, when["start_time"] = starts, starts
        if end_s is not None:
            at = begun + timedelta(seconds=end_s)
            when["timestamp"] = at
        if work.worked_s is not None and work.worked_s <= _MOST_S:
            when["duration"] = work.worked_s
        category = categories.get(set_.exercise)
        message: dict[str, object] = {
            "mesg_num": _SET, "message_index": index, "set_type": "active", **when, "category": [_number(category)],
            "wkt_step_index": titles.index((set_.exercise, set_.name)),
        }  # fmt: skip
        if category == "hip-raise":
            one_leg = work.side in ("left", "right")
            message["category_subtype"] = [_BRIDGE_ON_ONE_LEG if one_leg else _BRIDGE]
        if work.reps_done is not None:
            message["repetitions"] = min(work.reps_done, 65534)
        message["developer_fields"] = {
            2: _text(set_.exercise), 3: _text(set_.progression or ""), 4: work.side, 5: work.ending,
            6: str(set_.number),
        }  # fmt: skip
        yield message
        index += 1


def _number(category: str | None) -> int:
    return _UNKNOWN if category is None else FIT_CATEGORIES.index(category)


def _text(words: str) -> str:
    """Return a string cut to the bytes that FIT has room for."""
    return words.encode()[:_LONGEST].decode(errors="ignore")


def _session(messages: Mapping[str, Any], message: Mapping[str, Any], where: str) -> PastSession:
    """Return one session, checked like those of other files. Raises NotImportable."""
    own = _own(message)
    names = [str(title.get("wkt_step_name", "")) for title in messages.get("exercise_title_mesgs", [])]
    workout: Mapping[str, Any] = next(iter(messages.get("workout_mesgs", [])), {})
    title = plain_text(str(workout.get("wkt_name") or "")) or "Imported workout"
    begun, ended = message.get("start_time"), message.get("timestamp")
    is_empty = not messages.get("set_mesgs") and "session" in own and "worked_s" not in own
    values: dict[str, object] = {
        "id": own.get("session"),
        "routine": own.get("routine") or title.casefold().replace(" ", "-"),
        "title": title,
        "started_at": _local(begun, messages),
        "ended_at": _local(ended, messages),
        "worked_s": 0 if is_empty else None,
        "elapsed_s": message.get("total_timer_time"),
        "finished": own.get("ending", "finished") == "finished",
    }
    past = session_of(Row(values, where))
    sets = _sets(messages, names, past.started_at)
    progressions = {set_.exercise: set_.progression for set_ in sets if set_.progression}
    worked_s = _worked_s(own, sets)
    elapsed_s = past.elapsed_s if past.elapsed_s is None else max(past.elapsed_s, worked_s or 0.0)
    pauses = tuple(_pauses(messages, past.started_at))
    return past._replace(
        sets=tuple(sets), worked_s=worked_s, elapsed_s=elapsed_s, progressions=progressions, pauses=pauses
    )


def _worked_s(own: Mapping[str, str], sets: Sequence[PastSet]) -> float | None:
    """Return the work of a session: its own total, else that of its sets, which other programs may not list.

    Raises NotImportable.
    """
    if (total := own.get("worked_s")) is None:
        return known_total(set_.worked_s for set_ in sets) if sets or "session" in own else None
    try:
        return None if total == _UNKNOWN_S else Row({"worked_s": float(total)}, "the session").number("worked_s")
    except ValueError:
        raise NotImportable(f"the session: gluteus_worked_s is {quoted(total)}") from None


def _pauses(messages: Mapping[str, Any], begun: datetime) -> Iterator[PastPause]:
    """Yield the pauses: from each stop of the timer to the next start."""
    stopped: datetime | None = None
    for message in messages.get("event_mesgs", []):
        at = message.get("timestamp")
        if message.get("event") != "timer" or not isinstance(at, datetime) or at < begun:
            continue
        if message.get("event_type") == "start" and stopped is not None:
            yield PastPause((stopped - begun).total_seconds(), max(0.0, (at - stopped).total_seconds()), "")
            stopped = None
        elif str(message.get("event_type")).startswith("stop"):
            stopped = at


def _sets(messages: Mapping[str, Any], names: list[str], begun: datetime) -> list[PastSet]:
    """List the sets of the active set messages; those with the same number of ours are one set."""
    by_number: dict[str, list[tuple[Row, Mapping[str, str], str]]] = {}
    for place, message in enumerate(messages.get("set_mesgs", [])):
        if message.get("set_type", "active") == "rest":
            continue
        own, step = _own(message), message.get("wkt_step_index")
        name = names[step] if isinstance(step, int) and step < len(names) else ""
        category = message.get("category") or "exercise"
        category = str(category[0] if isinstance(category, list) else category)
        starts = message.get("start_time")
        start_s = (starts - begun).total_seconds() if isinstance(starts, datetime) and starts >= begun else None
        row = Row({**message, "worked_s": message.get("duration"), "start_s": start_s}, f"set {place + 1}")
        shown = plain_text(name) or category.replace("_", " ").capitalize()
        by_number.setdefault(own.get("number", f"at {place}"), []).append((row, own, shown))
    return [_set(number, parts) for number, parts in enumerate(by_number.values(), 1)]


def _set(number: int, parts: list[tuple[Row, Mapping[str, str], str]]) -> PastSet:
    work = tuple(_work(row, own) for row, own, _ in parts)
    _, own, name = parts[-1]
    worked_s = known_total(part.worked_s for part in work)
    status = set_status([(part.side, part.ending) for part in work], worked_s or 0.0)
    exercise = own.get("exercise") or name.casefold().replace(" ", "-")
    progression = own.get("progression") or None
    return PastSet(number, exercise, name, progression, progression or "", status, worked_s, work)


def _work(row: Row, own: Mapping[str, str]) -> PastWork:
    side, ending = own.get("side", ""), own.get("ending", Ending.FINISHED)
    worked_s = known_s(row.number("worked_s"), ending)
    return PastWork(side, ending, worked_s, reps_done=row.whole("repetitions"), start_s=row.number("start_s"))


def _own(message: Mapping[str, Any]) -> dict[str, str]:
    """Return our developer fields of a message by name."""
    fields = message.get("developer_fields", {})
    texts = {name: fields.get(index) for index, name in enumerate(_OWN)}
    return {name: plain_text(value) for name, value in texts.items() if isinstance(value, str) and value}


def _local(value: object, messages: Mapping[str, Any]) -> str | None:
    """Return a time with the offset of the place where the activity was recorded, if the file has it."""
    if not isinstance(value, datetime):
        return None
    activity: Mapping[str, Any] = next(iter(messages.get("activity_mesgs", [])), {})
    local_s, at = activity.get("local_timestamp"), activity.get("timestamp")
    if isinstance(local_s, int) and isinstance(at, datetime):
        offset = _FIT_EPOCH + timedelta(seconds=local_s) - at
        if abs(offset) <= _MOST_OFFSET:
            minutes = round(offset.total_seconds() / 60)
            return value.astimezone(timezone(timedelta(minutes=minutes))).isoformat()
    return value.isoformat()
