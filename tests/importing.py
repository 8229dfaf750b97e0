"""Sessions that are exported, and files that are imported."""

import gzip
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.past import done_set, session, work
from tui.cli.run import run
from tui.engine.summary import Status
from tui.history.as_json import session_json
from tui.past_sessions import PastSession, PastSet, PastWork

Captured = pytest.CaptureFixture[str]

DAY = date(2025, 3, 15)


def rich_session(id_: str = "20250315T090000-00c0ffee") -> PastSession:
    """A session with every field, left in its third set."""
    both = done_set(work(40.0, "left", 9), work(38.5, "right", 8), exercise="bridge", progression="single-leg")
    again = PastSet(
        2, "stand", "Kettle stand", None, "", Status.PARTLY, 12.25,
        (PastWork("", "left", 4.0, 30.0), PastWork("", "skipped", 8.25, None, (None, 12), None)), "Warm-up", 2,
    )  # fmt: skip
    never = PastSet(3, "stand", "Kettle stand", None, "", Status.SKIPPED, 1.0, (PastWork("", "left", 1.0, 30.0),))
    past = session(DAY, both, again, never, id_=id_, routine="morning", elapsed_s=180.0)
    return past._replace(
        title="=Morning, “break”",
        ended_at=past.started_at + timedelta(minutes=5),
        finished=False,
        planned_s=600.0,
        sets_planned=8,
        effort="hard",
        note="Left early; -1",
        device="d3v1ce",
        efforts={"bridge": "easy", "stand": "hard"},
        ouches=("bridge", "stand"),
    )


def plain_session() -> PastSession:
    """Another, of the day after, that was finished."""
    past = session(DAY + timedelta(days=20), done_set(work(30.0), exercise="squeeze"), id_="b", elapsed_s=45.0)
    return past._replace(ended_at=past.started_at + timedelta(seconds=45))


def file(tmp_path: Path, name: str, text: str) -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def imported(path: str, capsys: Captured) -> str:
    """Return the line that is printed after an import without problems."""
    assert run(["history", "import", path]) == 0
    return capsys.readouterr().out


def as_json(*sessions: PastSession) -> str:
    return json.dumps([session_json(past) for past in sessions])


def changed(**values: Any) -> str:
    """A good session and one with other values."""
    return json.dumps([session_json(plain_session()), session_json(rich_session()) | values])


def packed(name: str, content: bytes, tmp_path: Path) -> str:
    """A gzip or zip file with this content."""
    path = tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(content))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("export/activities/1.fit", content)
            archive.writestr("export/activities/2.fit.gz", gzip.compress(content))
            archive.writestr("export/photo.jpg", b"x")
            archive.writestr("__MACOSX/export/._1.fit", b"x")
    return str(path)
