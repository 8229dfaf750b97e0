"""What the program remembers for the person: the progression of each exercise and the last routine, in state.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tui.plain_text import plain_text
from tui.storage.atomic import StorageProblem, taking_turns, write_atomic
from tui.storage.places import Places
from tui.storage.reading import Missing, Unreadable, parse_toml, read_own, read_text
from tui.storage.shapes import filled, or_none

_LAST = or_none(filled)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The progression of each exercise (a map of exercise id to progression id) and the last routine's id."""

    progressions: Mapping[str, str] = field(default_factory=dict)
    last_routine: str | None = None


def load_state(places: Places) -> tuple[Remembered, str | None]:
    """What is remembered, and one line to show where that cannot be read; an entry that does not fit is left out."""
    try:
        _, data, note = read_own(places.state_file)
    except Unreadable as error:
        return Remembered(), f"{places.state_file.name}: {error}; starting from the first progressions this time"
    if note:
        return Remembered(), f"{note}; starting from the first progressions"
    return _fitting(data)[0], None


def count_skipped(places: Places) -> int:
    """How many entries of the file do not fit and are left out, for `gluteus doctor`; the file stays as it is."""
    try:
        return _fitting(parse_toml(read_text(places.state_file)))[1]
    except Missing:
        return 0
    except Unreadable:
        return 1


def _fitting(data: Mapping[str, Any]) -> tuple[Remembered, int]:
    """What fits of the file, and how many entries do not."""
    progressions, last = data.get("progressions", {}), data.get("last_routine")
    skipped = int(not isinstance(progressions, dict)) + int(not _LAST(last))
    progressions = progressions if isinstance(progressions, dict) else {}
    kept = {exercise: id_ for exercise, id_ in progressions.items() if filled(id_)}
    return Remembered(kept, last if _LAST(last) else None), skipped + len(progressions) - len(kept)


def remember_progression(places: Places, exercise: str, progression: str | None) -> None:
    """Remember the progression of an exercise from now on; None forgets it. Raises StorageProblem."""

    def change(data: dict[str, Any]) -> None:
        if not isinstance(data.get("progressions"), dict):
            data["progressions"] = {}
        if progression is None:
            data["progressions"].pop(exercise, None)
        else:
            data["progressions"][exercise] = progression

    _change(places, change)


def remember_routine(places: Places, routine: str) -> None:
    """Remember the routine that was started last. Raises StorageProblem."""
    _change(places, lambda data: data.update(last_routine=routine))


def _change(places: Places, change: Callable[[dict[str, Any]], None]) -> None:
    """Read state.toml anew, change one thing in it and write it, so that two running programs lose nothing."""
    import tomli_w  # loaded only to write

    path = places.state_file
    with taking_turns(places.lock_file):
        try:
            _, data, _ = read_own(path)
        except Unreadable as error:
            raise StorageProblem(f"{plain_text(str(path))}: {error}") from error
        change(data)
        write_atomic(path, tomli_w.dumps(data))
