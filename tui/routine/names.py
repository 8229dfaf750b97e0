"""Find an exercise by what a user writes for it: its id, its name, or either in another spelling."""

from __future__ import annotations

from collections.abc import Mapping

from tui.plain_text import folded
from tui.routine.model import Exercise


def exercise_named(words: str, exercises: Mapping[str, Exercise]) -> Exercise | None:
    """Return the exercise whose id or name is `words`, or None; hyphens, capitals and accents make no difference."""
    if words in exercises:
        return exercises[words]
    wanted = _spelt(words)
    return next((each for id_, each in exercises.items() if wanted in (_spelt(id_), _spelt(each.name))), None)


def _spelt(words: str) -> str:
    return " ".join(folded(words).replace("-", " ").replace("_", " ").split())
