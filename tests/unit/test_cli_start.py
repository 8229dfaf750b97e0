"""`gluteus start` as a process: it ends by itself or on a signal, and leaves nothing behind."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S, wait_until
from tests.processes import children, wait_for_end
from tui.cli.run import run
from tui.cli.start import report_interrupted
from tui.files.places import find_places
from tui.files.settings_file import save_setting
from tui.files.state import load_state
from tui.history.reading import read_history
from tui.history.running_file import running_files
from tui.library.cached_catalog import read_catalog
from tui.routine.durations import clock

Captured = pytest.CaptureFixture[str]

START = (sys.executable, "-m", "tui", "start")


def started(*arguments: str) -> subprocess.Popen[str]:
    """A running `gluteus start`, its output in a pipe."""
    return subprocess.Popen(
        [*START, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_it_prints_every_phase_in_order_and_ends_in_a_fraction_of_the_time(capsys: Captured) -> None:
    save_setting(find_places(), "audio.mute", True)  # then `show` plans no time for words either
    began = time.monotonic()
    assert run(["start", "wake-the-glutes", "--plain", "--speed", "1800"]) == 0
    result = capsys.readouterr()
    (line,) = result.err.splitlines()
    assert line.startswith("gluteus: Ask a doctor or a physiotherapist first")  # before the first workout, once
    assert 0.4 < time.monotonic() - began < PATIENCE_S  # 0.5 s of workout at that speed, and what a busy machine takes
    assert run(["show", "wake-the-glutes", "--json"]) == 0
    timeline = json.loads(capsys.readouterr().out)
    lines = result.out.splitlines()
    assert len(lines) == len(timeline["phases"]) + 2
    for line, phase in zip(lines[1:], timeline["phases"], strict=False):
        assert phase["label"] in line
    assert lines[-1].startswith(f"{clock(timeline['total_s'])}  Finished.")
    assert read_history(find_places()) == ()


def test_the_first_line_has_the_title_the_length_and_what_to_fetch(capsys: Captured) -> None:
    for progression, expected in (("cushions", " Get two cushions."), ("free", "")):
        assert run(
            ["start", "bridge-ladder", "--progression", f"lying-butterfly={progression}",
             "--plain", "--mute", "--speed", "3600"]
        ) == 0  # fmt: skip
        assert capsys.readouterr().out.splitlines()[0] == f"0:00  Bridge ladder, 7 min 35 s.{expected}"


def test_events_are_one_json_object_a_line_and_the_routine_is_remembered(capsys: Captured) -> None:
    command = "start kettle-break --events --speed 3600 --mute --progression kettle-stand=free"
    assert run(command.split()) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (events[0]["event"], events[0]["title"], events[-1]["event"]) == ("started", "Kettle break", "finished")
    work = [
        event["phase"] for event in events if event["event"] == "phase-started" and event["phase"]["kind"] == "work"
    ]
    assert work[0]["progression"] == "free"
    assert len(work) == sum(event["event"] == "phase-ended" and event["phase"]["kind"] == "work" for event in events)
    assert load_state(find_places())[0].last_routine == "kettle-break"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    "name", ["SIGTERM", *(pytest.param(name, marks=pytest.mark.slow) for name in ("SIGINT", "SIGHUP"))]
)
def test_a_signal_ends_it_with_the_journal_closed_and_no_worker_left(name: str) -> None:
    number = getattr(signal, name)
    read_catalog(find_places())  # the process finds it in the cache
    process = started("tabata", "--plain")
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "0:00  Tabata, 4 min 8 s.\n"
        wait_until(lambda: children(process.pid) or process.poll() is not None)
        workers = children(process.pid)
        process.send_signal(number)
        output, errors = process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()
    assert process.returncode == 128 + number
    assert "  Stopped after " in output.splitlines()[-1]
    assert "Traceback" not in errors
    wait_for_end(workers)
    (session,) = read_history(find_places())
    assert (session.routine, session.finished) == ("tabata", False)
    last = json.loads(next(find_places().history.glob("*.jsonl")).read_text().splitlines()[-1])
    assert (last["type"] == "end") == (number == signal.SIGINT)
    assert len(running_files(find_places())) == (number != signal.SIGINT)  # the menu offers to go on


@pytest.mark.slow
def test_a_signal_that_was_turned_off_stays_off() -> None:
    command = ["sh", "-c", f"trap '' HUP; exec {sys.executable} -m tui start tabata --plain --mute"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("0:00  Tabata")
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 128 + signal.SIGTERM
    finally:
        process.kill()
        process.communicate()


def test_an_unsaved_workout_is_stored_elsewhere_and_saved_by_the_next_start(tmp_path: Path, capsys: Captured) -> None:
    file, history = tmp_path / "one.toml", find_places().history
    file.write_text(
        'format = 1\n[defaults]\nprepare = "0s"\n[[sets]]\nexercise = "a"\nwork = "1s"\n[exercises.a]\nname = "A"\n'
    )
    history.parent.mkdir(parents=True)
    history.write_text("a file where a folder should be")
    assert run(["start", str(file), "--plain", "--mute"]) == 1
    (kept,) = running_files(find_places())
    assert str(kept) in capsys.readouterr().err
    history.unlink()
    report_interrupted(find_places())
    assert [past.finished for past in read_history(find_places())] == [True]


def test_it_continues_if_nothing_can_be_written(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    assert run(["start", "tabata", "--plain", "--speed", "3600", "--mute"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[-1].startswith("4:08  Finished.")
    assert said.err.startswith("gluteus: ")


def test_a_dumb_terminal_gets_lines(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert run([]) == 0
    shown = capsys.readouterr()
    assert "TERM=dumb" in shown.err
    assert "\ntabata " in shown.out
    assert run(["start", "tabata", "--mute", "--speed", "3600"]) == 0
    shown = capsys.readouterr()
    assert "as with --plain" in shown.err
    assert "4:08  Finished." in shown.out
