"""Workouts that were interrupted at any instant and resumed."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import FakeClock, RecordingPlayer
from tests.interruptions import PLAN, SEEN_WITHIN_S, conduct, go_on, interrupted_at
from tests.past import sure
from tests.patience import PATIENCE_S, wait_until
from tests.workouts import block, routine
from tui.cli.start import report_interrupted
from tui.coach.coach import CoachedEvent, CoachedEvents
from tui.conductor import Conductor
from tui.engine.commands import (
    Back,
    Command,
    Done,
    Extend,
    Hurt,
    Jump,
    LeaveOut,
    Next,
    Pause,
    Resume,
    Revise,
    Scope,
    Start,
    Stop,
    Swap,
    Undo,
)
from tui.engine.events import PhaseEnded
from tui.engine.model import Choices
from tui.engine.position import SessionState
from tui.files.places import Places, find_places
from tui.files.settings import Settings
from tui.history.interrupted import Interrupted, take_interrupted
from tui.history.journal_files import look_through
from tui.history.reading import read_history
from tui.history.running_file import running_files
from tui.make_conductor import resumed_conductor
from tui.user_data import UserData


def press(chance: random.Random, conductor: Conductor) -> CoachedEvents:
    """One command, any of them."""
    target, sets = conductor.swap_target(), conductor.timeline.sets
    scope = chance.choice(list(Scope))
    progression = chance.choice(["two-legs", "staggered", "single-leg"])
    commands: list[Command] = [
        Hurt(), Pause(), Resume(), Next(), Back(), Back(), Done(), Undo(), Extend(10.0), Extend(-10.0),
        LeaveOut(chance.choice(["reverse-bridge", "stretch", "hops", "lifts"])), Jump(chance.choice(sets).slot),
    ]  # fmt: skip
    if target is not None:
        commands.append(Swap(target.slot, target.plan.exercise.id, progression, scope))
    if chance.random() < 0.1:
        blocks = conductor.routine.blocks
        last = blocks[-1]._replace(own=blocks[-1].own._replace(rest_s=chance.choice([1.0, 4.0, 7.0])))
        return conductor.do(Revise(conductor.routine._replace(blocks=(*blocks[:-1], last))))
    if chance.random() < 0.1:
        return exchange(conductor, chance.choice(["reverse-bridge", "stretch", "hops", "lifts"]), scope)
    return conductor.do(chance.choice(commands))


def exchange(conductor: Conductor, instead: str, scope: Scope) -> CoachedEvents:
    """Another exercise in the place of the one that is on, or comes next."""
    target = conductor.swap_target()
    progression = "staggered" if instead == "reverse-bridge" else None
    return conductor.do(Swap(target.slot, target.plan.exercise.id, progression, scope, instead)) if target else ()


def perform(chance: random.Random, conductor: Conductor, clock: FakeClock) -> Iterator[CoachedEvents]:
    """Go through a workout with commands at random, and stop to look after each step."""
    yield conductor.do(Start())
    while conductor.state in (SessionState.RUNNING, SessionState.PAUSED):
        clock.advance(chance.uniform(0.05, 1.5))
        yield conductor.poll()
        if chance.random() < 0.12 or conductor.state is SessionState.PAUSED or conductor.session.phase.is_open:
            yield press(chance, conductor)


@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_it_resumes_after_each_kill_and_no_phase_is_lost_or_counts_twice(kills: int, tmp_path: Path) -> None:
    checked = seed = 0
    while checked < kills:
        seed += 1
        chance, clock = random.Random(seed), FakeClock(tick=1e-5)
        home = tmp_path / f"{seed}"
        places = Places(home / "config", home / "state", home / "data")
        conductor, ended = conduct(PLAN, clock, places), list[CoachedEvent]()
        for step, happened in enumerate(perform(chance, conductor, clock)):
            ended += [event for event in happened if isinstance(event, PhaseEnded)]
            if conductor.state not in (SessionState.RUNNING, SessionState.PAUSED) or checked >= kills:
                break
            if chance.random() < 0.3:
                clock_s = conductor.session.elapsed_s(clock.now)
                other = tmp_path / f"{seed}-{step}"
                shutil.copytree(home, other)
                found_in = Places(other / "config", other / "state", other / "data")
                cut_short(chance, found_in)
                check(found_in, conductor, ended, clock_s)
                shutil.rmtree(other)
                checked += 1
        conductor.close()
        assert running_files(places) == []


def cut_short(chance: random.Random, places: Places) -> None:
    """Let the journal's newest line be cut short now and then, as a crash of the machine may leave it."""
    if chance.random() < 0.5:
        (path,) = places.history.iterdir()
        content = path.read_bytes()
        path.write_bytes(content[: -chance.randrange(1, 90)])


def test_a_resumed_workout_is_muted_if_its_routine_is_and_counts_the_sets_so_far() -> None:
    places, before = interrupted_at(95, PLAN._replace(quiet=True))
    found, user = take_interrupted(places, time.time), UserData(places, warn=print, settings=Settings())
    assert found is not None
    again = resumed_conductor(user, found, ring=lambda: None, player=RecordingPlayer())
    assert again.settings.audio.mute
    assert again.recorded is again.timeline
    assert again.summary().sets == before.summary().sets
    assert again.summary().sets[0].worked_s == 80
    again.close()


def check(places: Places, conductor: Conductor, ended: list[CoachedEvent], now_s: float) -> None:
    found = take_interrupted(places, time.time)
    assert found is not None
    assert take_interrupted(places, time.time) is None  # it is held
    assert found.session.state is SessionState.PAUSED
    assert list(found.ended) == ended
    assert found.session.timeline.phases == conductor.timeline.phases
    at_s = found.session.elapsed_s(0)
    assert now_s - SEEN_WITHIN_S <= at_s <= now_s + 0.001
    again = go_on(found, places, FakeClock())
    assert again.summary().sets == conductor.summary().sets
    again.close()
    (past,) = read_history(places)
    ended_work = [event for event in ended if isinstance(event, PhaseEnded) and event.phase.kind == "work"]
    worked = sum(len(one.work) for one in past.sets)
    assert worked == len(ended_work) + (again.session.phase.kind == "work")
    assert look_through(places).skipped == 0
    assert running_files(places) == []


def test_a_workout_that_is_ended_from_outside_can_be_resumed() -> None:
    places, _ = interrupted_at(20)
    found = take_interrupted(places, time.time)
    assert found is not None
    assert found.session.elapsed_s(0) == 20
    assert [past.finished for past in read_history(places)] == [False]
    assert [event.phase.kind for event in found.ended] == ["prepare"]


def test_the_command_line_says_that_it_can_be_resumed_and_leaves_it(capsys: pytest.CaptureFixture[str]) -> None:
    places, _ = interrupted_at(20)
    for _ in range(2):
        report_interrupted(places)
        said = capsys.readouterr().err
        assert said == "gluteus: Test was interrupted at 0:20. Resume it from the menu: gluteus\n"


def test_a_swap_for_another_exercise_is_resumed_and_can_be_undone() -> None:
    clock, places = FakeClock(), find_places()
    conductor = conduct(PLAN, clock, places)
    conductor.do(Start())
    clock.advance(1)
    exchange(conductor, "lifts", Scope.TODAY)
    exchange(conductor, "stretch", Scope.SET)
    clock.advance(1)
    conductor.poll()
    conductor.interrupt()
    found = take_interrupted(places, time.time)
    assert found is not None
    assert found.session.timeline.sets[0].plan.exercise.id == "stretch"
    again = go_on(found, places, clock)
    again.do(Undo())
    assert again.session.timeline.sets[0].plan.exercise.id == "lifts"
    again.do(Undo())
    assert again.session.choices == Choices()
    again.close()


def killed_after(seconds: int, clock: FakeClock, tmp_path: Path) -> tuple[Places, Interrupted]:
    """Return a workout whose process was killed some seconds after its start."""
    before, after = tmp_path / "before", tmp_path / "after"
    conductor = conduct(PLAN, clock, Places(before / "config", before / "state", before / "data"))
    conductor.do(Start())
    for _ in range(seconds):
        clock.advance(1.0)
        conductor.poll()
    shutil.copytree(before, after)
    conductor.close()
    places = Places(after / "config", after / "state", after / "data")
    found = take_interrupted(places, clock.wall)
    assert found is not None
    return places, found


def test_one_that_is_ended_an_hour_later_ended_when_it_was_last_seen(tmp_path: Path) -> None:
    clock = FakeClock()
    places, found = killed_after(20, clock, tmp_path)
    clock.advance(3600)
    found.end(places, clock.wall, keep=True)
    (past,) = read_history(places)
    lasted_s = (sure(past.ended_at) - past.started_at).total_seconds()
    assert 20 - SEEN_WITHIN_S <= lasted_s == pytest.approx(past.elapsed_s, abs=0.002)


def test_the_time_before_it_is_resumed_is_a_pause(tmp_path: Path) -> None:
    clock = FakeClock()
    places, found = killed_after(20, clock, tmp_path)
    clock.advance(3600)
    conductor = go_on(found, places, clock)
    conductor.do(Resume())
    clock.advance(2)
    conductor.do(Stop())
    conductor.close()
    check_pause(places, "stopped")


@pytest.mark.parametrize("reason", ["slept", "stopped"])
def test_the_time_in_which_the_program_was_not_there_is_a_pause(reason: str) -> None:
    clock, places = FakeClock(), find_places()
    conductor = conduct(PLAN, clock, places)
    conductor.do(Start())
    for _ in range(20):
        clock.advance(1.0)
        conductor.poll()
    clock.sleep_machine(3600) if reason == "slept" else clock.advance(3600)
    conductor.poll()
    conductor.do(Resume())
    clock.advance(2)
    conductor.do(Stop())
    conductor.close()
    check_pause(places, reason)


def check_pause(places: Places, reason: str) -> None:
    """Check that the one pause began 20 s after the start and lasted an hour."""
    (past,) = read_history(places)
    (pause,) = past.pauses
    assert 20 - SEEN_WITHIN_S <= pause.start_s <= 20
    assert pause.seconds == pytest.approx(3600, abs=SEEN_WITHIN_S)
    assert pause.reason == reason
    took_s = (sure(past.ended_at) - past.started_at).total_seconds()
    assert took_s == pytest.approx(sure(past.elapsed_s) + pause.seconds, abs=0.01)


def test_a_finished_workout_leaves_nothing_to_resume() -> None:
    clock, places = FakeClock(), find_places()
    conductor = conduct(routine(block("stretch")), clock, places)
    conductor.do(Start())
    clock.advance(1)
    assert take_interrupted(places, time.time) is None  # it is on
    conductor.close()
    assert running_files(places) == []


def test_a_resumed_workout_can_be_interrupted_again() -> None:
    places, _ = interrupted_at(20)
    clock = FakeClock()
    for at_s in (20, 30, 40):
        found = take_interrupted(places, time.time)
        assert found is not None
        assert found.session.elapsed_s(0) == at_s
        conductor = go_on(found, places, clock)
        conductor.do(Resume())
        for _ in range(10):
            clock.advance(1.0)
            conductor.poll()
        conductor.interrupt()
    assert len(read_history(places)) == 1


def test_unwritten_lines_are_written_to_the_journal_at_the_next_start() -> None:
    places = find_places()
    places.data.mkdir(parents=True)
    places.history.write_text("in the way")
    clock = FakeClock()
    conductor = conduct(routine(block("stretch")), clock, places)
    conductor.do(Start())
    for _ in range(31):
        clock.advance(1.0)
        conductor.poll()
    assert conductor.state is SessionState.FINISHED
    conductor.close()
    places.history.unlink()
    assert take_interrupted(places, time.time) is None
    (past,) = read_history(places)
    assert (past.finished, past.sets_done) == (True, 1)
    assert running_files(places) == []


def test_a_journal_that_is_away_for_a_while_has_every_line_in_the_end() -> None:
    places, clock = find_places(), FakeClock()
    conductor = conduct(PLAN, clock, places)
    conductor.do(Start())
    for second in range(60):
        if second == 20:
            places.history.rename(places.data / "away")
            places.history.write_text("in the way")
        if second == 50:
            places.history.unlink()
            (places.data / "away").rename(places.history)
        clock.advance(1.0)
        conductor.poll()
    conductor.close()
    (path,) = places.history.iterdir()
    numbers = [json.loads(line)["n"] for line in path.read_text().splitlines()]
    assert numbers == list(range(len(numbers)))
    assert read_history(places)[0].elapsed_s == 60


@pytest.mark.slow
def test_a_real_program_that_is_killed_is_offered(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    text = 'format = 1\n[defaults]\nprepare = "0s"\n[[sets]]\nexercise = "a"\nwork = "2m"\n[exercises.a]\nname = "A"\n'
    file.write_text(text)
    command = [sys.executable, "-m", "tui", "start", str(file), "--plain", "--mute"]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    assert program.stdout is not None
    assert "own" in program.stdout.readline().casefold()
    wait_until(lambda: (paths := running_files(find_places())) and float(paths[0].read_bytes()[:20]) >= 1)
    assert take_interrupted(find_places(), time.time) is None
    program.send_signal(signal.SIGKILL)
    program.wait()
    file.unlink()
    found = take_interrupted(find_places(), time.time)
    assert found is not None
    assert found.session.routine.title == "Own"
    assert 1 <= found.session.elapsed_s(0) < PATIENCE_S
