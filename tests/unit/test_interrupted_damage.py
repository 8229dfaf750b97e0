"""Files of running workouts that are damaged, or that a full disk has cut short."""

import errno
import json
import os
import random
import shutil
import time
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.interruptions import PLAN, conduct, interrupted_at
from tests.past import sure
from tui.engine.commands import Start
from tui.engine.position import SessionState
from tui.files.places import Places
from tui.history.interrupted import take_interrupted
from tui.history.reading import read_history
from tui.history.running_file import running_files


@pytest.mark.parametrize("damage", [*range(3), *(pytest.param(n, marks=pytest.mark.slow) for n in range(3, 60))])
def test_a_file_that_is_damaged_offers_nothing_or_something_sound(damage: int) -> None:
    places, _ = interrupted_at(30)
    (path,) = running_files(places)
    chance, content = random.Random(damage), bytearray(path.read_bytes())
    before = read_history(places)
    if damage == 0:
        content.clear()
    elif damage % 3 == 0:
        del content[chance.randrange(len(content)) :]
    else:
        for _ in range(chance.randrange(1, 40)):
            content[chance.randrange(len(content))] = chance.choice(b'{}[]",:0123456789-e\x00\xffn')
    path.write_bytes(content)
    found = take_interrupted(places, time.time)
    if found is not None:
        assert found.session.state is SessionState.PAUSED
        found.journal(places, time.time).close()
    assert read_history(places)[0].sets[:1] == before[0].sets[:1]


class FullDisk:
    """A fake `os.write`: files take 7 bytes a call, and at most `room` in all."""

    def __init__(self, room: int) -> None:
        self.room = room

    def __call__(self, descriptor: int, data: bytes) -> int:
        count = min(len(data), 7, self.room)
        if not count:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= count
        return _write(descriptor, data[:count])


_write = os.write


@pytest.mark.parametrize(
    "room", [0, 800, *(pytest.param(room, marks=pytest.mark.slow) for room in (1, 30, 100, 400, 1_200, 1_600))]
)
@pytest.mark.parametrize("freed", [True, False])
def test_killed_after_a_full_disk_it_is_resumed_with_all_that_the_disk_took(
    room: int, freed: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    places = Places(home / "config", home / "state", home / "data")
    clock, disk = FakeClock(), FullDisk(100_000)
    monkeypatch.setattr(os, "write", disk)
    conductor = conduct(PLAN, clock, places)
    conductor.do(Start())
    disk.room = room
    for second in range(40):
        clock.advance(1.0)
        conductor.poll()
        if second % 10 == 5:
            conductor.toggle()
            conductor.toggle()
        if freed and second == 30:
            disk.room = 100_000
    other = tmp_path / "other"
    shutil.copytree(home, other)  # as a kill leaves it
    disk.room = 100_000
    places = Places(other / "config", other / "state", other / "data")
    found = take_interrupted(places, time.time)
    assert found is not None
    assert found.session.state is SessionState.PAUSED
    at_s = found.session.elapsed_s(0)
    assert at_s == 40 if freed else at_s >= 5 * (room > 1_000)
    found.journal(places, time.time).close()
    (path,) = places.history.iterdir()
    numbers = [json.loads(line)["n"] for line in path.read_text().splitlines()]
    assert numbers == list(range(len(numbers)))


def test_an_unreadable_file_is_set_aside_and_its_lines_are_in_the_journal() -> None:
    places, _ = interrupted_at(30)
    (path,) = running_files(places)
    (month,) = places.history.iterdir()
    kept, complete = month.read_bytes(), path.read_text().replace('"choices"', '"chosen"')
    month.write_bytes(kept.splitlines(keepends=True)[0])
    path.write_text(complete)
    said: list[str] = []
    assert take_interrupted(places, time.time, said.append) is None
    assert running_files(places) == []
    aside = path.with_name(f"{path.name}.broken-1")
    assert aside.read_text() == complete
    assert [line.endswith(str(aside)) for line in said] == [True]
    assert month.read_bytes() == kept


def test_a_torn_line_of_the_file_costs_nothing_that_the_journal_has() -> None:
    places, _ = interrupted_at(30)
    (path,) = running_files(places)
    seen, kept, first, *others = path.read_text().splitlines()
    path.write_text("\n".join([seen, kept, first[:40] + others[0], *others[1:], ""]))
    found = take_interrupted(places, time.time)
    assert found is not None
    assert found.session.elapsed_s(0) == 30


@pytest.mark.parametrize(("there", "damaged"), [("0000000000", "9000000000"), ('"at":"', '"at":"?')])
def test_a_damaged_time_costs_no_workout(there: str, damaged: str) -> None:
    places, conductor = interrupted_at(30)
    conductor.close()
    (path,), (month,) = running_files(places), places.history.iterdir()
    seen, *others, last = path.read_text().splitlines()
    path.write_text("\n".join([seen.replace(there, damaged), *others, last.replace(there, damaged), ""]))
    month.write_text(month.read_text().replace(f"{last}\n", ""))
    found = take_interrupted(places, time.time)
    if found is not None:
        found.end(places, time.time, keep=True)
    (past,) = read_history(places)
    assert sure(past.worked_s) >= 19


def test_an_endless_routine_in_the_file_is_not_resumed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.engine.limits.MOST_PHASES", 1_000)
    places, _ = interrupted_at(30)
    (path,) = running_files(places)
    seen, kept, *lines = path.read_text().splitlines()
    path.write_text("\n".join([seen, kept.replace('"rounds":2', '"rounds":200000000'), *lines, ""]))
    assert take_interrupted(places, time.time) is None
    assert len(read_history(places)) == 1
