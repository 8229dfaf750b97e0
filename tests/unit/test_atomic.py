"""Writing a file completely or not at all."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.fakes import files_of_at_most
from tui.files.atomic import StorageProblem, holding_lock, lock, set_aside, write_atomic


def test_writes_text_as_utf8_into_folders_that_it_makes(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "x.toml"
    write_atomic(path, "Gesäß\n")
    assert path.read_bytes() == "Gesäß\n".encode()
    write_atomic(path, b"\xff")
    assert path.read_bytes() == b"\xff"
    assert os.listdir(path.parent) == ["x.toml"]


def test_keeps_the_mode_of_a_file_and_gives_a_new_one_the_usual(tmp_path: Path) -> None:
    old, new, plain = tmp_path / "old", tmp_path / "new", tmp_path / "plain"
    old.write_text("a")
    old.chmod(0o640)
    write_atomic(old, "b")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640

    write_atomic(new, "b")
    plain.write_text("b")
    assert new.stat().st_mode == plain.stat().st_mode


def test_a_symbolic_link_stays_one_and_its_target_is_written(tmp_path: Path) -> None:
    target = tmp_path / "dotfiles" / "settings.toml"
    link = tmp_path / "config" / "settings.toml"
    link.parent.mkdir()
    link.symlink_to("../dotfiles/settings.toml")

    write_atomic(link, "new")  # the target need not be there yet
    write_atomic(link, "newer")

    assert link.is_symlink()
    assert target.read_text() == "newer"


def test_a_full_disk_leaves_the_file_as_it_was_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("whole")
    with files_of_at_most(1000), pytest.raises(StorageProblem, match=r"x\.toml cannot be written: File too large"):
        write_atomic(path, "y" * 5000)
    assert path.read_text() == "whole"
    assert os.listdir(tmp_path) == ["x.toml"]


def test_a_failed_write_is_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    for name in ("file/x", "loop", "folder", "fifo", "a\x1b[31m/" + "b" * 300):
        with pytest.raises(StorageProblem) as found:
            write_atomic(tmp_path / name, "x")
        assert "cannot be written: " in str(found.value)
        assert "\n" not in str(found.value)
        assert "\x1b" not in str(found.value)
    assert stat.S_ISFIFO((tmp_path / "fifo").stat().st_mode)


def test_an_interrupt_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "x", "x")
    assert os.listdir(tmp_path) == []


def test_set_aside_takes_the_first_free_name(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for number in (1, 2, 3):
        path.write_text(f"broken {number}")
        assert set_aside(path).name == f"settings.toml.broken-{number}"
    assert not path.exists()
    assert [(tmp_path / f"settings.toml.broken-{n}").read_text() for n in (1, 2, 3)] == [
        "broken 1",
        "broken 2",
        "broken 3",
    ]


def test_setting_aside_a_missing_file_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        set_aside(tmp_path / "gone.toml")
    assert os.listdir(tmp_path) == []


def test_turns_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.files.atomic.TRIES", 6_000)
    lock_file, numbers = tmp_path / "state" / "lock", tmp_path / "numbers"
    numbers.write_text("0")

    def count() -> None:
        for _ in range(20):
            with holding_lock(lock_file):
                numbers.write_text(str(int(numbers.read_text()) + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers.read_text() == "80"


def test_a_lock_that_is_never_given_back_is_waited_for_only_shortly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("tui.files.atomic.time.sleep", waits.append)
    with holding_lock(tmp_path / "lock"), holding_lock(tmp_path / "lock"):
        pass
    assert 0 < sum(waits) <= 1


def test_a_lock_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with holding_lock(tmp_path / "file" / "lock"):
        entered = True
    assert entered


def test_a_lock_is_held_against_another_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    code = f"import os; from tui.files.atomic import lock; print(lock(os.open({str(path)!r}, os.O_RDWR)))"
    run = [sys.executable, "-c", code]
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    assert lock(descriptor)
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "False\n"
    os.close(descriptor)
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "True\n"
