"""A session as a FIT activity, for what keeps training of every kind; and back.

FIT knows sets with seconds and repetitions, and some exercises by number. What it has no field for (the ids of the
session, its routine, exercises and progressions, the side) goes along in developer fields, which other programs pass
over. Its times are whole seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tui.engine.events import Ending
from tui.engine.summary import set_status
from tui.history.from_rows import session_of
from tui.history.import_values import Row, Unfit
from tui.history.past_sessions import PastSession, PastSet, PastWork
from tui.plain_text import plain_text


class NoFit(Exception):
    """The library that FIT needs is not installed; one line that says what to do."""


_FILE_ID, _SESSION, _LAP, _EVENT, _WORKOUT, _ACTIVITY = 0, 18, 19, 21, 26, 34
_FIELD_DESCRIPTION, _DEVELOPER, _SET, _EXERCISE_TITLE = 206, 207, 225, 264
"""Numbers of FIT's messages."""

_STRING = 7
_OWN = ("session", "routine", "exercise", "progression", "side", "ending", "number")
"""Our developer fields, by number."""

_APPLICATION = b"gluteus workouts"
"""What our developer fields are told by: another program's have the same numbers."""

_LONGEST = 200
"""The most bytes of a text in FIT, with room for what ends it."""

_UNKNOWN = 65534
_HIP_RAISE, _HIP_STABILITY, _SQUAT, _WARM_UP = 10, 11, 28, 31
_CATEGORIES = {
    "reverse-bridge": _HIP_RAISE, "sofa-bridge": _HIP_RAISE, "standing-thrust": _HIP_RAISE, "sit-to-stand": _SQUAT,
    "barre-lift": _HIP_STABILITY, "kettle-stand": _HIP_STABILITY, "hip-flexor-stretch": _WARM_UP,
    "adductor-stretch": _WARM_UP, "lying-butterfly": _WARM_UP,
}  # fmt: skip
"""FIT's category of our exercises, where it has one that is theirs."""

_BRIDGE, _BRIDGE_ON_ONE_LEG = 11, 30
"""FIT's names for a hip raise."""


def session_fit(past: PastSession) -> bytes:
    """The whole file of one session. Raises NoFit."""
    encoder = _library().Encoder({index: _described(index, name) for index, name in enumerate(_OWN)})
    for message in _messages(past):
        encoder.write_mesg(message)
    return bytes(encoder.close())


def sessions_of_fit(data: bytes) -> list[PastSession]:
    """The session that a FIT file tells of; of another program's, as far as it tells sets. Raises Unfit, and NoFit."""
    library = _library()
    try:
        if not library.Decoder(library.Stream.from_byte_array(bytearray(data))).check_integrity():
            raise ValueError("a sum does not fit")
        messages, errors = library.Decoder(library.Stream.from_byte_array(bytearray(data))).read()
    except Exception as error:  # the library raises whatever comes of the bytes
        raise Unfit(f"it is no FIT file, or damaged ({type(error).__name__})") from None
    if errors:
        raise Unfit("it is no FIT file, or damaged")
    sessions = messages.get("session_mesgs", [])
    if len(sessions) != 1:
        raise Unfit(f"it holds {len(sessions)} FIT sessions, not one")
    ids = [each.get("application_id") for each in messages.get("developer_data_id_mesgs", [])]
    if ids != [[*_APPLICATION]]:
        for message in (*sessions, *messages.get("set_mesgs", [])):
            message.pop("developer_fields", None)
    return [_session(messages, sessions[0])]


def _library() -> Any:
    try:
        import garmin_fit_sdk
    except ImportError:
        raise NoFit("FIT files need one more package: pip install 'gluteus[fit]'") from None
    return garmin_fit_sdk


def _described(index: int, name: str) -> Mapping[str, Mapping[str, object]]:
    """One developer field, as the library wants it told."""
    owner = {"mesg_num": _DEVELOPER, "developer_data_index": 0, "application_id": [*_APPLICATION]}
    field = {
        "mesg_num": _FIELD_DESCRIPTION, "developer_data_index": 0, "field_definition_number": index,
        "fit_base_type_id": _STRING, "field_name": f"gluteus_{name}",
    }  # fmt: skip
    return {"developer_data_id_mesg": owner, "field_description_mesg": field}


def _messages(past: PastSession) -> Iterator[dict[str, object]]:
    """All messages of a file, in the order in which FIT wants them."""
    begun, ended = past.started_at.astimezone(UTC), past.ended_at.astimezone(UTC)
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
    titles = dict.fromkeys((each.exercise, each.name) for each in past.sets)
    for index, (exercise, name) in enumerate(titles):
        category = _CATEGORIES.get(exercise, _UNKNOWN)
        title = {"exercise_category": category, "exercise_name": index, "wkt_step_name": _text(name)}
        yield {"mesg_num": _EXERCISE_TITLE, "message_index": index, **title}
    yield {"mesg_num": _EVENT, "timestamp": begun, "event": "timer", "event_type": "start"}
    yield from _set_messages(past, begun, [*titles])
    yield {"mesg_num": _EVENT, "timestamp": ended, "event": "timer", "event_type": "stop_all"}
    total: dict[str, object] = {"start_time": begun, "timestamp": ended, "total_timer_time": past.elapsed_s}
    total["total_elapsed_time"] = max(past.elapsed_s, (ended - begun).total_seconds())
    lap = {"event": "lap", "event_type": "stop", "message_index": 0, "lap_trigger": "session_end"}
    yield {"mesg_num": _LAP, **total, **lap, **sport}
    whole = {"event": "lap", "event_type": "stop", "message_index": 0, "first_lap_index": 0, "num_laps": 1}
    own = {0: _text(past.id), 1: _text(past.routine), 5: "finished" if past.finished else "stopped"}
    yield {"mesg_num": _SESSION, **total, **whole, **sport, "trigger": "activity_end", "developer_fields": own}
    yield {
        "mesg_num": _ACTIVITY, "timestamp": ended, "total_timer_time": past.elapsed_s, "num_sessions": 1,
        "type": "manual", "event": "activity", "event_type": "stop",
    }  # fmt: skip


def _set_messages(past: PastSession, begun: datetime, titles: list[tuple[str, str]]) -> Iterator[dict[str, object]]:
    """A message for each WORK, with its seconds, and its reps where they were counted."""
    at, index = begun, 0
    for each in past.sets:
        category = _CATEGORIES.get(each.exercise, _UNKNOWN)
        for work in each.work:
            until = at + timedelta(seconds=work.worked_s)
            message: dict[str, object] = {
                "mesg_num": _SET, "message_index": index, "start_time": at, "timestamp": until, "set_type": "active",
                "duration": work.worked_s, "category": [category],
                "wkt_step_index": titles.index((each.exercise, each.name)),
            }  # fmt: skip
            if category == _HIP_RAISE:
                one_leg = work.side in ("left", "right")
                message["category_subtype"] = [_BRIDGE_ON_ONE_LEG if one_leg else _BRIDGE]
            if work.reps_done is not None:
                message["repetitions"] = min(work.reps_done, 65534)
            message["developer_fields"] = {
                2: _text(each.exercise), 3: _text(each.progression or ""), 4: work.side, 5: work.ending,
                6: str(each.number),
            }  # fmt: skip
            yield message
            at, index = until, index + 1


def _text(words: str) -> str:
    """A text in as many bytes as FIT has room for."""
    return words.encode()[:_LONGEST].decode(errors="ignore")


def _session(messages: Mapping[str, Any], told: Mapping[str, Any]) -> PastSession:
    """The session of a file's messages, looked at as carefully as those of every other file."""
    own = _own(told)
    names = [str(title.get("wkt_step_name", "")) for title in messages.get("exercise_title_mesgs", [])]
    workout: Mapping[str, Any] = next(iter(messages.get("workout_mesgs", [])), {})
    title = plain_text(str(workout.get("wkt_name") or "")) or "Imported workout"
    begun, ended = told.get("start_time"), told.get("timestamp")
    sets = _sets(messages, names)
    values: dict[str, object] = {
        "id": own.get("session"),
        "routine": own.get("routine") or title.casefold().replace(" ", "-"),
        "title": title,
        "started_at": _moment(begun),
        "ended_at": _moment(ended),
        "worked_s": sum(each.worked_s for each in sets),
        "elapsed_s": told.get("total_timer_time"),
        "finished": own.get("ending", "finished") == "finished",
        "sets": [],
    }
    past = session_of(Row(values, "the session"))
    progressions = {each.exercise: each.progression for each in sets if each.progression}
    worked_s = sum(each.worked_s for each in sets)
    elapsed_s = max(past.elapsed_s, worked_s)
    return replace(past, sets=tuple(sets), worked_s=worked_s, elapsed_s=elapsed_s, progressions=progressions)


def _sets(messages: Mapping[str, Any], names: list[str]) -> list[PastSet]:
    """The sets of the active set messages; those of one number of ours are one set."""
    by_number: dict[str, list[tuple[Row, Mapping[str, str], str]]] = {}
    for place, message in enumerate(messages.get("set_mesgs", [])):
        if message.get("set_type", "active") == "rest":
            continue
        own, step = _own(message), message.get("wkt_step_index")
        name = names[step] if isinstance(step, int) and step < len(names) else ""
        told = message.get("category") or "exercise"
        category = str(told[0] if isinstance(told, list) else told)
        row = Row({**message, "worked_s": message.get("duration", 0.0)}, f"set {place + 1}")
        shown = plain_text(name) or category.replace("_", " ").capitalize()
        by_number.setdefault(own.get("number", f"at {place}"), []).append((row, own, shown))
    return [_set(number, parts) for number, parts in enumerate(by_number.values(), 1)]


def _set(number: int, parts: list[tuple[Row, Mapping[str, str], str]]) -> PastSet:
    """One set of its WORKs."""
    work = tuple(_work(row, own) for row, own, _ in parts)
    _, own, name = parts[-1]
    worked_s = sum(each.worked_s for each in work)
    status = set_status([(each.side, each.ending) for each in work], worked_s)
    exercise = own.get("exercise") or name.casefold().replace(" ", "-")
    progression = own.get("progression") or None
    return PastSet(number, exercise, name, progression, progression or "", status, worked_s, work)


def _work(row: Row, own: Mapping[str, str]) -> PastWork:
    told = Row(own, row.where)
    ending = told.one_of("ending", tuple(Ending), Ending.FINISHED)
    side = told.one_of("side", ("left", "right", "alternate"))
    return PastWork(side, ending, row.number("worked_s") or 0.0, reps_done=row.whole("repetitions"))


def _own(message: Mapping[str, Any]) -> dict[str, str]:
    """What our developer fields of a message hold, by name; nothing of other programs' fields."""
    found = message.get("developer_fields", {})
    texts = {name: found.get(index) for index, name in enumerate(_OWN)}
    return {name: plain_text(value) for name, value in texts.items() if isinstance(value, str) and value}


def _moment(value: object) -> str | None:
    return value.isoformat() if isinstance(value, datetime) else None
