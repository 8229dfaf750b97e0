"""How much to explain of an exercise, from the days on which it was done: the better it is known, the less.

- The first two sessions: everything.
- The third to the fifth: name, progression, side and dose, and the short caution.
- From the sixth on: name, side and dose; the short caution with every fifth session.
- Everything again after 30 days without it, after it hurt, and if its words have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from zlib import crc32

from tui.engine.coaching import Known
from tui.routine.model import Exercise, Progression
from tui.routine.resolve import Explain

LEARNING_SESSIONS = 2
"""Sessions with everything explained."""

FAMILIAR_SESSIONS = 5
"""Sessions after which the caution comes only now and then."""

CAUTION_EVERY = 5
"""Later, the caution comes once in this many sessions."""

FORGOTTEN_DAYS = 30
"""Days without an exercise after which everything is explained again."""


def words_of(exercise: Exercise, progression: Progression | None) -> str:
    """Return a checksum of the words that explain an exercise at a progression."""
    layers = [exercise.own, *([progression.own] if progression else [])]
    words = [(layer.steps, layer.caution, layer.caution_short, layer.fix) for layer in layers]
    return f"{crc32(repr(words).encode()):08x}"


def explain(days: Iterable[date], today: date, since: date | None = None) -> Explain:
    """Compute how much to explain of something that was done on `days`, in any order, and last changed or hurt `since`.

    Only days after `since` count, and only those without a gap of `FORGOTTEN_DAYS` between them and today.
    """
    sessions, later = 0, today
    for day in sorted(set(days), reverse=True):
        if day > today:
            continue
        if (later - day).days >= FORGOTTEN_DAYS or (since is not None and day <= since):
            break
        sessions, later = sessions + 1, day
    if sessions < LEARNING_SESSIONS:
        return Explain.ALL
    if sessions < FAMILIAR_SESSIONS:
        return Explain.CAUTION
    return Explain.REFRESHER if (sessions + 1) % CAUTION_EVERY == 0 else Explain.NOTHING


def known(
    days: Mapping[tuple[str, str | None], Iterable[date]], since: Mapping[tuple[str, str | None], date], today: date
) -> Known:
    """Compute how much to explain of familiar exercises, by the ids of exercise and progression."""
    levels = ((*ids, explain(done, today, since.get(ids))) for ids, done in sorted(days.items(), key=str))
    return tuple(level for level in levels if level[2] is not Explain.ALL)
