"""`gluteus history import` of FIT files: whole, damaged, and without the library."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.importing import Captured, as_json, file, imported, plain_session, rich_session
from tests.past import sure
from tui.cli.run import run
from tui.files.places import find_places
from tui.history.as_fit import session_fit
from tui.history.reading import read_history


def test_a_fit_file_without_sets_is_listed_with_its_time(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "a.fit"
    path.write_bytes(session_fit(plain_session()._replace(id="", sets=(), elapsed_s=600.0), {}))
    assert imported(str(path), capsys) == "Imported 1 session.\n"
    assert run(["history"]) == 0
    assert "Bridges 0:30 10:00 \N{EN DASH}" in " ".join(capsys.readouterr().out.split())


def test_a_fit_file_is_whole_by_its_makers_own_reading_and_comes_back(tmp_path: Path, capsys: Captured) -> None:
    import garmin_fit_sdk

    imported(file(tmp_path, "a.json", as_json(rich_session(), plain_session())), capsys)
    folder = tmp_path / "fit"
    for _ in range(2):
        assert run(["history", "--fit", str(folder)]) == 0
        assert capsys.readouterr().out == f"Wrote 2 files to {folder}.\n"
    first, second = sorted(folder.iterdir())
    assert (first.name, second.name) == ("2025-03-15-090000-morning.fit", "2025-04-04-090000-bridges.fit")
    assert garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_file(str(first))).check_integrity()
    messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_file(str(first))).read()
    assert errors == []
    (sent,) = messages["session_mesgs"]
    assert (sent["sport"], sent["sub_sport"], sent["total_timer_time"]) == (
        "training",
        "strength_training",
        180,
    )
    active = [(one["duration"], one.get("repetitions")) for one in messages["set_mesgs"] if one["set_type"] == "active"]
    assert active[:2] == [(40.0, 9), (38.5, 8)]
    assert messages["file_id_mesgs"][0]["type"] == "activity"
    assert imported(str(first), capsys) == "Nothing new to import, 1 was there already.\n"
    before = read_history(find_places())
    for path in find_places().history.iterdir():
        path.unlink()
    assert run(["history", "import", str(first), str(second)]) == 0
    assert capsys.readouterr().out == "Imported 2 sessions.\n"
    for here, there in zip(read_history(find_places()), before, strict=True):
        assert (here.id, here.routine, here.title, here.started_at) == (
            there.id, there.routine, there.title, there.started_at,
        )  # fmt: skip
        assert (here.worked_s, here.elapsed_s, here.finished) == (there.worked_s, there.elapsed_s, there.finished)
        assert [(s.exercise, s.name, s.progression, s.status, s.worked_s, s.reps_done) for s in here.sets] == [
            (s.exercise, s.name, s.progression, s.status, s.worked_s, s.reps_done) for s in there.sets
        ]


def test_times_that_fit_has_no_room_for_are_left_out_or_cost_their_session_alone(
    tmp_path: Path, capsys: Captured
) -> None:
    late, odd = datetime(9999, 12, 30, tzinfo=UTC), plain_session()
    late_session = rich_session()._replace(started_at=late, ended_at=late)
    odd = odd._replace(elapsed_s=5e8, ended_at=odd.started_at + timedelta(seconds=5e8))
    imported(file(tmp_path, "a.json", as_json(late_session, odd)), capsys)
    for form in ("--json", "--csv", "--markdown"):
        assert run(["history", form]) == 0
    capsys.readouterr()
    assert run(["history", "--fit", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == f"Wrote 1 file to {tmp_path}.\n"
    assert err.endswith("9999-12-30: FIT has no such times. This session is left out.\n")
    for path in find_places().history.iterdir():
        path.unlink()
    imported(str(tmp_path / "2025-04-04-090000-bridges.fit"), capsys)
    (past,) = read_history(find_places())
    assert past.elapsed_s == 5e8 == (sure(past.ended_at) - past.started_at).total_seconds()


@pytest.mark.parametrize("damages", [range(12), pytest.param(range(12, 40), marks=pytest.mark.slow)])
def test_a_damaged_fit_file_brings_nothing(damages: range, tmp_path: Path, capsys: Captured) -> None:
    whole, path = session_fit(rich_session(), {}), tmp_path / "a.fit"
    for damage in damages:
        chance, data = Random(damage), bytearray(whole)
        if damage % 2:
            del data[chance.randrange(len(data)) :]
        else:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        assert run(["history", "import", str(path)]) == 1, damage
        err = capsys.readouterr().err
        assert err.startswith(f"gluteus: {path}: it is ")
        assert err.count("\n") == 1
        assert read_history(find_places()) == ()


def test_a_missing_fit_library_is_reported_with_the_install_command(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setitem(sys.modules, "garmin_fit_sdk", None)
    (find_places().data / "x").mkdir(parents=True)
    source = find_places().data / "x" / "a.fit"
    source.write_bytes(b"x")
    assert run(["history", "import", str(source)]) == 1
    assert "pip install 'gluteus[fit]'" in capsys.readouterr().err


def test_a_whole_fit_file_that_the_library_cannot_read_is_not_called_damaged(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    import garmin_fit_sdk

    path = tmp_path / "a.fit"
    path.write_bytes(session_fit(rich_session(), {}))
    read = garmin_fit_sdk.Decoder.read

    def no_components(self: Any, *, expand_components: bool = True, **options: Any) -> Any:
        if expand_components:
            raise KeyError("a component")
        return read(self, expand_components=False, **options)

    monkeypatch.setattr(garmin_fit_sdk.Decoder, "read", no_components)
    assert imported(str(path), capsys) == "Imported 1 session.\n"

    def nothing(self: Any, **_: Any) -> Any:
        raise KeyError("a component")

    monkeypatch.setattr(garmin_fit_sdk.Decoder, "read", nothing)
    assert run(["history", "import", str(path)]) == 1
    err = capsys.readouterr().err
    assert "it is a complete FIT file with something that is not supported (KeyError: 'a component')" in err
    assert "damaged" not in err
