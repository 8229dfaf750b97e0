"""A workout without the full screen, on a clock that only the test moves."""

import json
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from tests.bundled_catalog import bundled_routine
from tests.fakes import FakeClock, RecordingPlayer
from tests.for_each import for_each
from tests.workouts import BRIDGE, block, build, layer, routine
from tui.cli.interruptible_sleep import Woken
from tui.cli.line_mode import event_printer, perform
from tui.cli.plain import KEYS, Narrator
from tui.coach.as_json import event_json, timeline_json
from tui.coach.coach import CoachedEvent, coach_of
from tui.coach.cued_timeline import CuedTimeline
from tui.conductor import Conductor
from tui.engine.commands import Scope
from tui.engine.events import Finished, Paused, PhaseEnded, PhaseStarted, Stopped, Swapped
from tui.engine.model import Choices, Kind, Slot
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.history.journal import Journal
from tui.history.reading import read_history
from tui.routine.model import Mode, Reps, Routine, Set, Sides

EventType = TypeVar("EventType", bound=CoachedEvent)


class FakeSleep:
    """Moves the clock to each deadline; `wakes` says what else wakes it, by the number of the wait, from 0."""

    def __init__(self, clock: FakeClock, wakes: dict[int, Woken] | None = None, *, keyboard: bool = False) -> None:
        self.clock, self.wakes, self.keyboard = clock, wakes or {}, keyboard
        self.count = -1
        self.machine_sleeps_at: int | None = None

    def until(self, deadline: float | None) -> Woken:
        self.count += 1
        assert self.count < 5000, "it never ends"
        woken = self.wakes.get(self.count, Woken())
        if not (woken.keys or woken.ending):
            assert deadline is not None, "nothing would ever wake it"
            self.clock.advance(max(deadline - self.clock.now, 0.0))
        if self.count == self.machine_sleeps_at:
            self.clock.sleep_machine(3600.0)
        return woken


class Performance:
    """A routine performed with fakes, with its events."""

    def __init__(self, plan: Routine, wakes: dict[int, Woken] | None = None, *, keyboard: bool = False) -> None:
        self.clock = FakeClock()
        self.began = self.clock.now
        self.player = RecordingPlayer()
        self.events: list[CoachedEvent] = []
        self.sleep = FakeSleep(self.clock, wakes, keyboard=keyboard)
        self.conductor = Conductor(
            coach_of(plan, Choices(), Settings().coaching),
            player=self.player,
            journal=Journal(find_places(), self.clock.wall),
            settings=Settings(),
            remember=lambda exercise, progression: None,
            clocks=self.clock.clocks(),
        )

    def run(self) -> int:
        return perform(self.conductor, self.events.append, self.sleep)

    def of(self, kind: type[EventType]) -> list[EventType]:
        return [event for event in self.events if isinstance(event, kind)]

    def lines(self) -> list[str]:
        narrator = Narrator(self.conductor.timeline, by_hand=self.sleep.keyboard)
        return [line for event in self.events if (line := narrator.line(event))]


def bridges() -> Routine:
    return routine(block("reverse-bridge", "stretch", own=layer(rest=10.0)), prepare=5.0)


def hops() -> Routine:
    return routine(block(Set(exercise="hops", own=layer(Reps(10, 10))), own=layer(rest=5.0), rounds=2), prepare=5.0)


def test_it_performs_every_phase_in_order_and_ends_by_itself() -> None:
    performance = Performance(bridges())
    assert performance.run() == 0
    phases = performance.conductor.timeline.phases
    assert [event.phase.index for event in performance.of(PhaseStarted)] == [phase.index for phase in phases]
    assert isinstance(performance.events[-1], Finished)
    total_s = performance.conductor.timeline.total_s
    assert performance.clock.now - performance.began == pytest.approx(total_s, abs=0.05)


def test_each_event_is_one_line() -> None:
    performance = Performance(bridges())
    performance.run()
    assert performance.lines() == [
        "0:00  Test, 1 min 30 s.",
        "0:00  Get ready, 10 s. First: Reverse bridge, two legs.",
        "0:10  Work: Reverse bridge, two legs, 40 s. Set 1 of 2. Caution: Not into an arch.",
        "0:50  Rest, 10 s. Next: Stretch.",
        "1:00  Work: Stretch, 30 s. Set 2 of 2.",
        "1:30  Finished. 2 sets in 1 min 30 s.",
    ]


def test_lines_have_sides_rounds_and_counted_reps() -> None:
    lifts = Set(exercise="lifts", own=layer(sides=Sides.EACH))
    performance = Performance(routine(block(lifts, own=layer(switch=5.0, rest=3.0), rounds=2)))
    performance.run()
    assert performance.lines()[1:5] == [
        "0:00  Work: Leg lifts, left, 5 reps in 30 s. Set 1 of 2, round 1 of 2.",
        "0:30  Change sides, 5 s. Next: Leg lifts, right.",
        "0:35  Work: Leg lifts, right, 5 reps in 30 s. Set 1 of 2, round 1 of 2.",
        "1:05  Rest, 6 s. Next: Leg lifts, left.",
    ]


def test_a_caution_is_given_once() -> None:
    performance = Performance(routine(block("reverse-bridge", rounds=3)))
    performance.run()
    assert sum("Caution" in line for line in performance.lines()) == 1


def test_without_a_keyboard_an_open_set_ends_at_its_estimate() -> None:
    performance = Performance(hops())
    assert performance.run() == 0
    assert performance.lines()[2] == (
        "0:09  Work: Hops, 10 reps. It ends by itself after 30 s. Set 1 of 2, round 1 of 2."
    )
    assert performance.clock.now - performance.began == pytest.approx(74.0, abs=0.1)


@pytest.mark.parametrize(("mode", "worked_s"), [(Mode.EMOM, [30.0, 30.0]), (Mode.AMRAP, [30.0, 30.0, 20.0])])
def test_it_ends_there_under_a_clock_too(mode: Mode, worked_s: list[float]) -> None:
    sets = Set(exercise="hops", own=layer(Reps(10, 10)))
    performance = Performance(routine(block(sets, mode=mode, every=40.0, cap=80.0, rounds=2)))
    assert performance.run() == 0
    ended = [event.elapsed_s for event in performance.of(PhaseEnded) if event.phase.kind is Kind.WORK]
    assert ended == pytest.approx(worked_s, abs=0.1)


def test_with_a_keyboard_an_open_set_ends_at_enter_and_not_before() -> None:
    performance = Performance(hops(), {60: Woken(keys="\n"), 90: Woken(keys="\n")}, keyboard=True)
    assert performance.run() == 0
    assert "Press enter when done." in performance.lines()[2]
    endings = [event.ending.value for event in performance.of(PhaseEnded)]
    assert endings == ["finished", "done", "finished", "done"]
    assert performance.of(PhaseEnded)[1].elapsed_s > 40


def test_enter_changes_nothing_in_a_timed_set() -> None:
    performance = Performance(bridges(), {index: Woken(keys="\n") for index in range(10, 20)}, keyboard=True)
    performance.run()
    assert {event.ending.value for event in performance.of(PhaseEnded)} == {"finished"}


def endings_with(keys: str, at: int = 30) -> list[str]:
    """Return the endings of the phases if these keys are pressed together."""
    performance = Performance(bridges(), {at: Woken(keys=keys)}, keyboard=True)
    assert performance.run() == 0
    return [event.ending.value for event in performance.of(PhaseEnded)]


@pytest.mark.parametrize("key", ["n", "N", "\x1b[C", "\x1bOC"])
def test_a_key_goes_to_the_next_phase(key: str) -> None:
    assert endings_with(key) == ["finished", "skipped", "finished", "finished"]
    assert endings_with(key * 2) == ["finished", "skipped", "skipped", "finished"]


@pytest.mark.parametrize("key", ["b", "\x1b[D"])
def test_a_key_goes_back(key: str) -> None:
    assert len(endings_with(key)) == 5


def test_keys_pause_resume_and_leave() -> None:
    performance = Performance(
        bridges(), {30: Woken(keys=" "), 31: Woken(keys=" "), 40: Woken(keys="?q")}, keyboard=True
    )
    assert performance.run() == 0
    lines = performance.lines()
    assert lines[0] == f"0:00  Test, 1 min 30 s. {KEYS}"
    assert [line[6:] for line in lines[-3:]] == ["Paused. Press space to resume.", "Resumed.", lines[-1][6:]]
    assert "Stopped after" in lines[-1]


def test_a_key_pauses_and_the_steps_of_this_side_or_the_next_set_are_printed_and_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bridge = BRIDGE._replace(own=BRIDGE.own._replace(steps=("Lie down", "{side} heel close.")))
    made = routine(block(Set(exercise="reverse-bridge", own=layer(sides=Sides.EACH)), "stretch", own=layer(rest=10.0)))
    wakes = {
        at: Woken(keys=keys) for at, keys in {20: "i", 21: "i", 22: " ", 60: "n", 61: "n", 62: "I", 63: "qi"}.items()
    }
    performance = Performance(made._replace(exercises={**made.exercises, bridge.id: bridge}), wakes, keyboard=True)
    performance.run()
    said = [[item.say for item in sent if item.say] for sent in performance.player.schedules]
    assert ["Lie down.", "Left heel close.", "Not into an arch."] in said
    left, again, rest = capsys.readouterr().out.splitlines()
    assert left[6:] == "Reverse bridge, two legs, left. Lie down. Left heel close. Caution: Not into an arch."
    assert again == left
    assert rest[6:] == "Stretch. Its file has no steps."
    assert [line[6:13] for line in performance.lines()].count("Paused.") == 2


@for_each("keys", ["x", "\x1b", "\x1b[A", "\t"])
def test_other_keys_do_nothing(keys: str) -> None:
    assert set(endings_with(keys)) == {"finished"}


@pytest.mark.parametrize(("keyboard", "wakes"), [(False, {}), (True, {21: Woken(keys="\n")})])
def test_a_computer_that_slept_pauses_it(keyboard: bool, wakes: dict[int, Woken]) -> None:
    performance = Performance(bridges(), wakes, keyboard=keyboard)
    performance.sleep.machine_sleeps_at = 20
    assert performance.run() == 0
    assert len(performance.of(Paused)) == 1
    (paused,) = (line for line in performance.lines() if "Paused" in line)
    assert ("Press space to resume." in paused) is keyboard
    assert isinstance(performance.events[-1], Finished)


def test_a_signal_stops_it_and_is_recorded() -> None:
    performance = Performance(bridges(), {30: Woken(ending=15)})
    assert performance.run() == 15
    assert isinstance(performance.events[-1], Stopped)
    assert performance.lines()[-1] == "0:28  Stopped after 28 s."
    assert performance.player.remaining == ()
    (session,) = read_history(find_places())
    assert (session.finished, session.sets_done) == (False, 0)


def test_the_journal_gets_its_end_even_if_the_output_is_closed() -> None:
    performance = Performance(bridges())

    def take(event: CoachedEvent) -> None:
        if performance.clock.now - performance.began > 55:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        perform(performance.conductor, take, performance.sleep)
    (session,) = read_history(find_places())
    assert (session.finished, session.sets_done) == (False, 1)
    assert session.elapsed_s == pytest.approx(57, abs=1)


def test_events_are_json_with_their_names_and_details() -> None:
    performance = Performance(bridges())
    performance.run()
    timeline = performance.conductor.timeline
    printed = [json.loads(json.dumps(event_json(event, timeline))) for event in performance.events[1:]]
    assert printed[0] == {"event": "started", "at_s": 0.0, "title": "Test", "total_s": 90.0, "estimated": False}
    whole: dict[str, Any] = timeline_json(CuedTimeline(timeline.title, timeline.phases))
    assert printed[1] == {"event": "phase-started", "at_s": 0.0, "phase": whole["phases"][0]}
    assert {"event": "cue", "at_s": 10.0, "sound": "start", "say": None} in printed
    assert printed[-1] == {"event": "finished", "at_s": 90.0}
    (ended,) = (one for one in printed if one["event"] == "phase-ended" and one["at_s"] == 50.0)
    assert (ended["phase"]["index"], ended["ending"], ended["elapsed_s"]) == (1, "finished", 40.0)


def test_a_swap_names_the_other_exercise() -> None:
    timeline = build(bridges())
    swapped = Swapped(3.0, "reverse-bridge", "both", Scope.TODAY, Slot(0, 0, 0), "squeeze", instead="standing-squeeze")
    assert event_json(swapped, timeline) == {
        "event": "swapped", "at_s": 3.0, "exercise": "reverse-bridge", "progression": "both", "scope": "today",
        "instead": "standing-squeeze",
    }  # fmt: skip
    assert event_json(replace(swapped, instead=None), timeline)["instead"] is None


@pytest.mark.parametrize(
    "name",
    ["tabata", "kettle-break", *(pytest.param(one, marks=pytest.mark.slow) for one in ("bridge-ladder", "emom-ten"))],
)
def test_events_come_in_the_order_of_their_time(name: str) -> None:
    performance = Performance(bundled_routine(name))
    performance.run()
    printed = [event_json(event, performance.conductor.timeline) for event in performance.events]
    times = [event.at_s for event in performance.events]
    assert times == sorted(times)
    assert printed[-1]["event"] == "finished"
    assert {"event": "cue", "at_s": printed[-1]["at_s"], "sound": "finish", "say": None} in printed


def test_each_note_about_the_sound_is_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    performance = Performance(bridges())
    player = RecordingPlayer(note="No sound here.")
    perform(
        performance.conductor,
        event_printer(performance.conductor.routine, performance.conductor.timeline, player, False, True),
        performance.sleep,
    )
    printed = capsys.readouterr()
    assert printed.err == "gluteus: No sound here.\n"
    assert [json.loads(line)["event"] for line in printed.out.splitlines()][-1] == "finished"
