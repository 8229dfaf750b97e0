"""Past sessions for tests."""

from datetime import UTC, datetime

from tui.engine.summary import Status
from tui.past_sessions import PastSession, PastSet


def past(id_: str, *, finished: bool = True, status: str = "done", title: str = "Bridges") -> PastSession:
    """One session with one set of the bridge."""
    began = datetime(2025, 12, 30, 9, 30, tzinfo=UTC)
    sets = (
        PastSet(
            number=1, exercise="reverse-bridge", name="Reverse bridge", progression=id_, progression_name=id_,
            status=Status(status), worked_s=40.0,
        ),
    )  # fmt: skip
    return PastSession(
        id="a", routine="bridges", title=title, started_at=began, ended_at=began, worked_s=40.0, elapsed_s=125.0,
        finished=finished, sets=sets, progressions={"reverse-bridge": id_},
    )  # fmt: skip
