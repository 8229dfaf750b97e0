"""Properties of reading any file that a person, a crash or a stranger leaves behind."""

import json
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.past import done_set, session, work
from tests.properties.tries import IS_THOROUGH, tries
from tests.workouts import block, routine
from tui.engine.commands import Start, Stop
from tui.engine.session import Session
from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.files.settings import SETTINGS
from tui.files.settings_file import read_settings, save_setting
from tui.files.state import load_state
from tui.history.edits import correct, merge
from tui.history.journal import Journal, append
from tui.history.journal_lines import journal_lines
from tui.history.reading import read_history
from tui.library.catalog import Catalog
from tui.plain_text import plain_text

TOML_LIKE = st.text(alphabet="[]{}=.\"'#,\n\\ abtf019-_+:é\x1b\ufeff", max_size=60)
CONTENT = st.one_of(st.binary(max_size=80), TOML_LIKE.map(str.encode))
SCALARS = st.one_of(st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False), st.text(max_size=8))
KEYS = st.one_of(st.sampled_from(["audio", "cues", "tempo", "volume", "on", "screen"]), st.text(max_size=4))
TABLES = st.recursive(
    st.dictionaries(KEYS, SCALARS, max_size=4),
    lambda inner: st.dictionaries(KEYS, st.one_of(SCALARS, inner), max_size=4),
)


@contextmanager
def home() -> Iterator[Places]:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        yield Places(base / "config", base / "state", base / "data")


@given(CONTENT)
def test_no_file_stops_the_settings_or_the_state_and_none_is_lost(content: bytes) -> None:
    with home() as places:
        for path in (places.settings_file, places.state_file):
            path.parent.mkdir()
            path.write_bytes(content)
        for problem in read_settings(places)[1]:
            assert plain_text(problem) == problem
        load_state(places)
        for path in (places.settings_file, places.state_file):
            kept = [found for found in path.parent.iterdir() if found.name.startswith(path.name)]
            assert [found.read_bytes() for found in kept] == [content]


@given(TABLES, st.sampled_from(["audio.volume", "cues.tempo.on", "voice.language"]))
def test_saving_a_setting_changes_that_and_nothing_else(before: dict[str, object], key: str) -> None:
    value = {int: 41, bool: False, str: "mine"}[type(SETTINGS[key].default)]
    with home() as places:
        places.config.mkdir()
        places.settings_file.write_bytes(tomli_w.dumps(before).encode())
        written = places.settings_file.read_bytes()
        try:
            save_setting(places, key, value)
        except StorageProblem:
            assert places.settings_file.read_bytes() == written
            return
        expected = table = tomllib.loads(written.decode())
        *sections, name = key.split(".")
        for section in sections:
            if not isinstance(table.get(section), dict):
                table[section] = {}
            table = table[section]
        table[name] = value
        assert tomllib.loads(places.settings_file.read_bytes().decode()) == expected


@given(CONTENT)
def test_no_file_is_more_than_a_broken_routine(content: bytes) -> None:
    with home() as places:
        path = places.config.parent / "x.toml"
        path.write_bytes(content)
        entry = Catalog((), {}).load(path)
        assert entry.routine is None
        assert entry.problems
        assert all(plain_text(problem.message) == problem.message for problem in entry.problems)


def test_a_journal_torn_at_any_byte_is_read_and_continued_with_whole_lines() -> None:
    plan = routine(block("reverse-bridge"))
    with home() as places:
        journal, session = Journal(places, lambda: 1.7e9), Session(plan)
        journal.begin(session)
        for event in (*session.give(Start(), 0), *session.give(Stop(), 20)):
            journal.write(event)
        (path,) = places.history.iterdir()
        whole = path.read_bytes()
        ends = {end for number, byte in enumerate(whole) if byte == ord("\n") for end in (number, number + 1)}
        for cut in sorted({*range(0, len(whole) + 1, 1 if IS_THOROUGH else 11), *ends}):
            path.write_bytes(whole[:cut])
            assert len(read_history(places)) <= 1
            append(path, b'{"next":1}\n')
            lines = path.read_bytes().splitlines()
            assert [json.loads(line) for line in lines][-1] == {"next": 1}
            assert b"\n".join(lines[:-1]) == whole[: len(b"\n".join(lines[:-1]))]


DAYS = [date(2025, month, day) for month in (1, 2, 3) for day in (1, 31) if (month, day) != (2, 31)]


@settings(max_examples=tries(50), deadline=None)
@given(
    st.lists(st.sampled_from(DAYS), min_size=2, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=4),
    st.data(),
)
def test_workouts_that_are_merged_across_months_come_back_also_with_half_written_lines(
    days: list[date], pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    with home() as places:
        seconds = count(1.8e9)
        places.history.mkdir(parents=True)
        for number, day in enumerate(days):
            past = session(day, done_set(work()), id_=f"{number}", hour=number)
            append(places.history / f"{day:%Y-%m}.jsonl", journal_lines(past))
        before = read_history(places)
        for one, other in pairs:
            merge(places, before[one % len(days)], before[other % len(days)], lambda: next(seconds))
        torn = data.draw(st.sampled_from(sorted(places.history.iterdir())))
        lines = torn.read_bytes().splitlines(keepends=True)
        least = 0 if torn.stem == "joined" else len(b"".join(line for line in lines if b'"edit"' not in line))
        after_cut = read_history(_cut(places, torn, data.draw(st.integers(least, torn.stat().st_size))))
        assert {each.number for past in after_cut for each in past.sets} <= set(range(1, len(days) + 1))
        assert sum(past.worked_s or 0.0 for past in after_cut) == sum(past.worked_s or 0.0 for past in before)
        while edited := [past for past in read_history(places) if past.edited_at]:
            correct(places, edited[0], {"undo": edited[0].edited_at}, lambda: next(seconds))
        assert read_history(places) == before


def _cut(places: Places, path: Path, at: int) -> Places:
    """Leave only the first bytes of a file, as after a crash in the middle of a write."""
    path.write_bytes(path.read_bytes()[:at])
    return places
