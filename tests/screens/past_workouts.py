"""Past workouts for the screens of the history."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes import FakeClock
from tests.past import done_set, session, work
from tui.engine.summary import Status
from tui.files.places import find_places
from tui.past_sessions import PastSession

TODAY = datetime.fromtimestamp(FakeClock().wall_now, UTC).date()


def bridges(back: int, routine: str = "bridges") -> PastSession:
    return session(
        TODAY - timedelta(days=back),
        done_set(work(40, "left"), work(35, "right"), exercise="reverse-bridge", progression="staggered"),
        done_set(work(20, reps=9), exercise="squat", status=Status.PARTLY, number=2),
        id_=f"s{back}", routine=routine,
    )  # fmt: skip


def give_history(monkeypatch: pytest.MonkeyPatch, *sessions: PastSession) -> None:
    monkeypatch.setattr("tui.screens.history.background.read_history", lambda *_, **__: sessions)


def write_journal(*sessions: PastSession) -> None:
    """Write sessions into the journal, as far as the list needs them."""
    folder = find_places().history
    folder.mkdir(parents=True, exist_ok=True)
    for past in sessions:
        head = {"v": 1, "session": past.id, "at": past.started_at.isoformat()}
        lines = [
            {**head, "n": 0, "type": "begin", "routine": past.routine, "title": past.title},
            {
                **head, "n": 1, "type": "phase", "kind": "work", "exercise": "squat", "slot": [0, 0, 0], "number": 1,
                "performed_s": 40.0, "planned_s": 45.0, "ending": "finished",
            },
            {**head, "n": 2, "type": "end", "how": "finished"},
        ]  # fmt: skip
        with (folder / f"{past.month}.jsonl").open("a") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
