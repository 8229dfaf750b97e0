"""An exercise that hurt recently begins with its caution, until it was done twice without an ouch."""

import json
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.coached import BRIDGE, LED, SQUAT
from tests.fakes import FakeClock, RecordingPlayer
from tests.for_each import for_each
from tests.past import done_set, session, work
from tests.patience import PATIENCE_S
from tests.workout_views import view
from tests.workouts import block, routine
from tui.cli.run import run
from tui.coach.coach import coach_of
from tui.coach.cue import Topic
from tui.coach.cued_timeline import cued_timeline
from tui.conductor import Conductor
from tui.engine.commands import Start
from tui.engine.model import Choices
from tui.engine.position import SessionState, position_at
from tui.engine.summary import Status
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.history.edits import set_ouch
from tui.history.interrupted import take_interrupted
from tui.history.journal import Journal
from tui.history.journal_lines import journal_lines
from tui.history.journal_reader import read_months
from tui.history.reading import read_history, read_recent_digest
from tui.ladder.cautions import hurt_lately, merged, since_ouch
from tui.past_sessions import PastSession
from tui.routine.model import Routine

DAY = date(2025, 3, 15)
CAUTION = "Never so high that your back arches."


def days(history: str) -> list[PastSession]:
    """Sessions, the newest first, from marks, the oldest first: `b` the bridge was done, `B` it hurt, `s` it was
    skipped, `S` it hurt and was skipped, `q` only squats.
    """
    return [_day(mark, DAY + timedelta(days=30 * at)) for at, mark in reversed(list(enumerate(history)))]


def _day(mark: str, day: date) -> PastSession:
    status = Status.SKIPPED if mark in "sS" else Status.DONE
    bridge = [] if mark == "q" else [done_set(work(0 if mark in "sS" else 40), exercise="bridge", status=status)]
    past = session(day, *bridge, done_set(work(30), exercise="squat"), id_=f"{day}")
    return past._replace(ouches=("bridge",) if mark.isupper() else ())


@for_each(
    ("history", "expected"),
    [
        ("", False),
        ("bbb", False),
        ("B", True),
        ("bbbB", True),
        ("Bb", True),
        ("Bbb", False),
        ("BbB", True),
        ("BbBb", True),
        ("BbBbb", False),
        ("Bss", True),
        ("Bbs", True),
        ("Bqqq", True),
        ("Bqbqbq", False),
        ("bbS", True),
        ("BbbSb", True),
    ],
)
def test_two_sessions_without_an_ouch_are_wanted(history: str, expected: bool) -> None:
    sessions = days(history)
    assert hurt_lately(since_ouch(sessions)) == (("bridge",) if expected else ())
    for cut in range(len(sessions) + 1):
        assert merged([since_ouch(sessions[:cut]), since_ouch(sessions[cut:])]) == since_ouch(sessions)


def test_it_is_known_from_the_history_and_its_index_and_ends_when_it_is_taken_back() -> None:
    places = find_places()
    places.history.mkdir(parents=True)
    for past in days("bBq"):
        (places.history / f"{past.month}.jsonl").write_bytes(journal_lines(past))
    assert [hurt_lately(read_recent_digest(places).since_ouch) for _ in range(2)] == [("bridge",), ("bridge",)]
    hurt = next(past for past in read_history(places) if past.ouches)
    set_ouch(places, hurt, "bridge", False, time.time)
    assert hurt_lately(read_recent_digest(places).since_ouch) == ()


def test_a_workout_waits_for_no_more_than_two_months_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    places, read = find_places(), list[str]()
    places.history.mkdir(parents=True)
    for past in days("Bqqq"):
        (places.history / f"{past.month}.jsonl").write_bytes(journal_lines(past))

    def noted(files: Mapping[str, list[Path]], deleted: frozenset[str]) -> tuple[PastSession, ...]:
        read.extend(files)
        return read_months(files, deleted)

    monkeypatch.setattr("tui.history.reading.read_months", noted)
    assert hurt_lately(read_recent_digest(places).since_ouch) == ()
    assert read == ["2025-06", "2025-05"]
    read_history(places)  # as every screen that looks back does
    assert hurt_lately(read_recent_digest(places).since_ouch) == ("bridge",)
    assert sorted(read[2:]) == ["2025-03", "2025-04"]


def plan(prepare: float = 5.0) -> Routine:
    blocks = block("bridge", "squat", "bridge")
    return routine(blocks, prepare=prepare)._replace(exercises={"bridge": BRIDGE, "squat": SQUAT})


def said_before_first(careful_of: tuple[str, ...], prepare: float | None = None) -> list[Topic]:
    """Return the announcement of the first set in order, in at most `prepare` seconds if given."""
    coaching = LED._replace(careful=careful_of, waits=prepare is None)
    timeline = cued_timeline(plan(prepare or 5.0), coaching=coaching)
    return [part for cue in timeline.cues if cue.phase == 0 and cue.phrase for part in cue.phrase.topics]


def test_its_caution_is_said_before_its_steps_and_its_dose() -> None:
    assert said_before_first(()) == [Topic.WHAT, Topic.POSTURE, Topic.DOSE, Topic.STEPS, Topic.STEPS, Topic.CAUTION]
    expected = [Topic.WHAT, Topic.POSTURE, Topic.CAUTION, Topic.DOSE, Topic.STEPS, Topic.STEPS]
    assert said_before_first(("bridge",)) == expected
    assert said_before_first(("squat",)) == said_before_first(())


def test_it_is_said_once_and_in_little_time_only_the_name_comes_with_it() -> None:
    timeline = cued_timeline(plan(), coaching=LED._replace(careful=("bridge",)))
    assert sum(CAUTION in (cue.say or "") for cue in timeline.cues) == 1
    little = LED._replace(waits=False)
    for careful_of, expected in (((), Topic.DOSE), (("bridge",), Topic.CAUTION)):
        timeline = cued_timeline(plan(), coaching=little._replace(careful=careful_of, words_a_minute=100.0))
        parts = [part for cue in timeline.cues if cue.phase == 0 and cue.phrase for part in cue.phrase.topics]
        assert parts == [Topic.WHAT, Topic.POSTURE, expected], careful_of


def test_it_is_the_first_that_is_seen_before_its_set() -> None:
    for careful_of, expected in (((), "Get into position"), (("bridge",), CAUTION.removesuffix("."))):
        timeline = cued_timeline(plan(), coaching=LED._replace(careful=careful_of))
        assert view(timeline, position_at(timeline, 0, SessionState.RUNNING, 0.1)).cue == expected


def test_a_resumed_workout_has_it_too() -> None:
    places, clock = find_places(), FakeClock()
    conductor = Conductor(
        coach_of(plan(), Choices(), Settings().coaching._replace(careful=("bridge",))), player=RecordingPlayer(),
        journal=Journal(places, clock.wall), settings=Settings(), remember=lambda *_: None, clocks=clock.clocks(),
    )  # fmt: skip
    conductor.do(Start())
    clock.advance(1.0)
    conductor.poll()
    conductor.interrupt()
    found = take_interrupted(places, time.time)
    assert found is not None
    assert [phase.plan.hurt_lately for phase in found.session.timeline.sets] == [True, False, True]
    found.running.leave()


def test_the_next_workout_says_it_first_on_the_command_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.coach.coach.LATE_S", PATIENCE_S)
    places = find_places()

    def printed_json(*command: str) -> list[dict[str, object]]:
        assert run([*command]) == 0
        out = capsys.readouterr().out
        found: list[dict[str, object]] = json.loads(out) if out[0] == "[" else [*map(json.loads, out.splitlines())]
        return found

    def order() -> tuple[int, int]:
        """Return the positions of the first caution and the first step in the script."""
        parts = [cue["for"] for cue in printed_json("show", "bridge-ladder", "--script", "--json")]
        return parts.index(["caution"]), parts.index(["steps"])

    assert order()[0] > order()[1]
    past = session(DAY, done_set(work(40), exercise="reverse-bridge"))
    places.history.mkdir(parents=True)
    (places.history / "2025-03.jsonl").write_bytes(journal_lines(past._replace(ouches=("reverse-bridge",))))
    assert order()[0] < order()[1]
    planned = printed_json("show", "bridge-ladder", "--script", "--json")
    script = [cue["say"] for cue in planned if cue["for"] != ["start"]]  # the title needs time that is not there
    events = printed_json("start", "bridge-ladder", "--events", "--mute", "--speed", "200")
    said = [event["say"] for event in events if event.get("say")]
    assert said[:3] == script[:3]  # muted, the workout does not wait for the other words
