"""Every reader of the program's own files tolerates any damage, and a bad line of the journal affects only itself."""

import json
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

import pytest

from tests.fakes import FakeClock
from tests.properties.tries import tries
from tests.sessions import EVERY_COMMAND, VARIED
from tui.engine import commands
from tui.engine.model import Choices
from tui.engine.session import Session
from tui.files.places import Places, find_places
from tui.files.state import count_skipped, load_state
from tui.history.as_csv import sessions_csv, sets_csv
from tui.history.as_fit import session_fit
from tui.history.as_json import session_json
from tui.history.days import seconds_by_day
from tui.history.edits import correct, delete, restore, set_effort, set_note, set_ouch
from tui.history.interrupted import take_interrupted
from tui.history.journal import Journal
from tui.history.journal_files import find_deleted, look_through
from tui.history.journal_format import LINES
from tui.history.journal_lines import journal_lines
from tui.history.performed import done_by_exercise
from tui.history.reading import read_digest, read_history, read_recent_digest
from tui.history.running_file import running_files
from tui.library.make_overview import make_overview
from tui.library.overview import cache_overview, cached_overview, overview_fits
from tui.past_sessions import PastSession
from tui.user_data import UserData

SEED = 20250315
LINE_COUNT, BATCH = tries(10_000), 400
NOON = datetime(2025, 3, 15, 12, 0, 0).astimezone()
CORRECTIONS: tuple[dict[str, object], ...] = (
    {"started_at": (NOON - timedelta(hours=1)).isoformat()},
    {"sets": [{"number": 1, "side": "", "status": "done", "worked_s": 30.0, "reps_done": 7}, {"number": 2}]},
    {"merge": "gone"},
    {"sets": [{"number": 1, "status": "skipped"}]},
)
JUNK: tuple[object, ...] = (
    None, True, -1, 0, 7, 1.5, 1e300, 10**400, float("nan"), float("inf"), "", "x", "\x1b[2J", "\ud800", "2025-13-41",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", [], [[]], [None], ["x"], [0, 0, 0], [-1, 1e99, "x"], {},
    "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00", "fuzz-2", [{"number": 1}], [{"number": 1, "side": []}],
    {"x": {}}, {"remembered": {"x": []}}, {"remembered": 3},
)  # fmt: skip
"""Values that a key of a line may get."""

ODD_KEYS = (
    "new", "at", "type", *sorted({key for line in LINES.values() for key in (*line.must, *line.needs, *line.may)}),
)  # fmt: skip
"""Keys that a line may get: those of every type."""


def every_line(places: Places) -> list[str]:
    """The lines of a session with one of every type."""
    journal, session = Journal(places, NOON.timestamp), Session(VARIED)
    journal.begin(session)
    for command, at in EVERY_COMMAND:
        journal.write(*session.give(command, at))
    journal.close()
    (past,) = read_history(places)
    set_effort(places, past, "hard", time.time)
    set_effort(places, past, "easy", time.time, exercise="stretch")
    set_ouch(places, past, "stretch", True, time.time)
    set_note(places, past, "slowly", time.time)
    walls = count(NOON.timestamp() + 3600)
    for correction in CORRECTIONS:
        correct(places, past, correction, lambda: next(walls))
    correct(places, past, {"undo": read_history(places)[0].edited_at}, lambda: next(walls))
    return (places.history / "2025-03.jsonl").read_text(encoding="utf-8").splitlines()


def mutated(chance: random.Random, line: str) -> bytes:
    """A line with one to three things changed: values, keys, or bytes."""
    record, raw = json.loads(line), b""
    record["session"] = f"fuzz-{chance.randrange(40)}"
    for _ in range(chance.randint(1, 3)):
        key = chance.choice([*record, *ODD_KEYS])
        if chance.random() < 0.2:
            record.pop(key, None)
        else:
            record[key] = chance.choice(JUNK)
    raw = json.dumps(record, ensure_ascii=chance.random() < 0.5).encode(errors="surrogatepass")
    if chance.random() < 0.2:
        at = chance.randrange(len(raw))
        raw = chance.choice([raw[:at], raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :], raw[at:], raw * 2])
    return raw.replace(b"\n", b" ")


def use_all(places: Places) -> tuple[PastSession, ...]:
    """Read the journal as every command and screen does, from the files and again from the cache."""
    found = read_history(places)
    assert read_history(places) == found
    read_digest(places)
    read_recent_digest(places)
    seconds_by_day(found)
    done_by_exercise(found)
    json.dumps([session_json(past) for past in found])
    sessions_csv(found)
    sets_csv(found)
    for past in found:
        with suppress(OverflowError):  # for times that it has no room for
            session_fit(past, {})
        with suppress(OverflowError):
            journal_lines(past)
    return found


@pytest.fixture
def chance() -> random.Random:
    return random.Random(SEED)


def test_thousands_of_mutated_lines_cost_only_themselves(chance: random.Random) -> None:
    places = find_places()
    good = every_line(places)
    path = places.history / "2025-03.jsonl"
    (before,) = read_history(places)
    assert {json.loads(line)["type"] for line in good} >= {
        "begin", "phase", "next", "done", "back", "jump", "pause", "resume", "extend", "swap", "undo",
        "ouch", "leave_out", "reps", "end", "effort", "note", "edit",
    }  # fmt: skip
    for _ in range(LINE_COUNT // BATCH):
        lines = [line.encode() for line in good]
        for _ in range(BATCH):
            lines.insert(chance.randrange(len(lines) + 1), mutated(chance, chance.choice(good)))
        path.write_bytes(b"\n".join(lines) + b"\n")
        assert [past for past in use_all(places) if past.id == before.id] == [before]
        assert look_through(places).lines >= BATCH


def test_lines_and_keys_of_a_newer_version_are_skipped_and_are_no_damage() -> None:
    places = find_places()
    good = every_line(places)
    (before,) = read_history(places)
    newer = [{"session": before.id, "type": "foo", "exercise": []}, {"session": "x", "type": "foo", "exercise": []}]
    changed = [json.dumps({**json.loads(line), "mood": {"deep": [1]}}) for line in good]
    text = "\n".join([*map(json.dumps, newer), *changed, ""])
    (places.history / "2025-03.jsonl").write_text(text)
    assert read_history(places) == (before,)
    assert look_through(places).skipped == 0


def test_the_trash_takes_any_line(chance: random.Random) -> None:
    places = find_places()
    every_line(places)
    (past,) = read_history(places)
    walls = count(NOON.timestamp())
    delete(places, past, lambda: next(walls))
    restore(places, past, lambda: next(walls))
    delete(places, past, lambda: next(walls))
    trash = places.history / "trash.jsonl"
    lines = trash.read_text(encoding="utf-8").splitlines()
    damaged_lines = [mutated(chance, chance.choice(lines)) for _ in range(tries(1000))]
    trash.write_bytes(b"\n".join([*damaged_lines, *map(str.encode, lines)]) + b"\n")
    assert read_history(places) == ()
    assert past.id in find_deleted(places)["2025-03"]
    restore(places, past, lambda: next(walls))
    assert read_history(places) == (past,)


def test_a_cache_of_the_history_damaged_anywhere_changes_nothing(chance: random.Random) -> None:
    places = find_places()
    every_line(places)
    before = read_history(places), read_digest(places), read_recent_digest(places)
    whole = {path: path.read_bytes() for path in places.months.iterdir()}
    assert len(whole) == 2
    for _ in range(tries(300)):
        path, data = chance.choice([*whole.items()])
        path.write_bytes(damaged(chance, data))
        assert (read_history(places), read_digest(places), read_recent_digest(places)) == before


def damaged(chance: random.Random, data: bytes) -> bytes:
    """Bytes with a piece changed, cut out, doubled or cut off."""
    at = chance.randrange(len(data))
    end = min(len(data), at + chance.randrange(1, 12))
    junk = bytes(chance.choice(b'[]{}",:0a\x00\xff\n') for _ in range(end - at))
    return chance.choice([data[:at] + junk + data[end:], data[:at] + data[end:], data[:end] + data[at:], data[:at]])


def damaged_values(chance: random.Random, text: str) -> Iterator[bytes]:
    """JSON or TOML with damaged bytes, or with one word or number replaced."""
    tokens = ["null", "true", "[]", "{}", '""', "-1", "1e400", '"x"', "[[]]", "99999999", "nan", "inf"]
    words = [part for part in text.replace(",", " ").replace(":", " ").split() if part]
    while True:
        yield damaged(chance, text.encode())
        yield text.replace(chance.choice(words), chance.choice(tokens), 1).encode()


def test_a_running_file_damaged_anywhere_ends_no_start(chance: random.Random) -> None:
    places, clock = find_places(), FakeClock()
    journal, session = Journal(places, clock.wall), Session(VARIED)
    journal.begin(session)
    journal.write(
        *session.give(commands.Start(), 0),
        *session.poll(60),
        *session.give(commands.Next(), 61),
        *session.give(commands.Extend(10), 70),
    )
    journal.seen(80)
    journal.close()
    (path,) = running_files(places)
    text = path.read_text(encoding="utf-8")
    good = read_history(places)
    for data in take(damaged_values(chance, text), tries(200)):
        path.write_bytes(data)
        if (found := take_interrupted(places, lambda: 0.0)) is not None:
            found.running.leave()
        assert [past.id for past in read_history(places)] == [past.id for past in good]


def take(source: Iterator[bytes], count: int) -> list[bytes]:
    return [data for data, _ in zip(source, range(count), strict=False)]


STATE = """
last_routine = "kettle-break"
[progressions]
reverse-bridge = "staggered"
[ladders]
reverse-bridge = ["two-legs", "staggered"]
[grown.reverse-bridge]
staggered = 5.0
[[answers.reverse-bridge]]
change = "up"
progression = "staggered"
reply = "later"
at = 2025-03-15T12:00:00+00:00
"""


def test_a_state_damaged_anywhere_starts_everything(chance: random.Random) -> None:
    places = find_places()
    places.state_file.parent.mkdir(parents=True, exist_ok=True)
    for data in take(damaged_values(chance, STATE), tries(400)):
        places.state_file.write_bytes(data)
        count_skipped(places)
        state, _ = load_state(places)
        dict(state.progressions)
        Choices(remembered=state.progressions)


def test_an_overview_damaged_anywhere_is_made_again(chance: random.Random) -> None:
    places = find_places()
    user = UserData(places, warn=print)
    cache_overview(places, "stamp", make_overview(user.catalog, user.settings, user.state, user.coaching, user.today))
    text = places.overview_file.read_text(encoding="utf-8")
    for data in take(damaged_values(chance, text), tries(300)):
        places.overview_file.write_bytes(data)
        overview_fits(places)
        if (found := cached_overview(places, "stamp")) is not None:
            cache_overview(places, "stamp", found)
            assert cached_overview(places, "stamp") == found
