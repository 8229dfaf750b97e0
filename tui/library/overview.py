"""The cards of the menu and of `gluteus list`, and their cache. Nothing here loads the engine.

Laying out every routine takes most of a tenth of a second, so the result is cached under two keys. The stamp covers
every file: while it is the same, only the cache is read. The ground covers the other sources of the cards: while it is
the same, the cards of unchanged files are reused.
"""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tui.files.folders import stamp
from tui.files.places import Places
from tui.library.cached import FilesSeen, catalog_stamp, read_cached, write_cached

PLACES = ("desk", "kettle", "floor", "gym")
"""The tags for the place of a routine, in the order of the menu. Of several the first counts."""


class CardProblem(NamedTuple):
    """One problem of a file; `line` and `column` count from 1, None for the whole file."""

    file: str
    line: int | None
    column: int | None
    message: str


class ExerciseCard(NamedTuple):
    """One exercise of a routine: its sets and dose in words, the names of its progressions, and the current one.

    `differs` says which doses are far from those of its ladder.
    """

    name: str
    amount: str
    progressions: Sequence[str]
    current: int | None
    differs: str = ""


class RoutineCard(NamedTuple):
    """One routine's file as it would be done today; a broken one has only the fields before `title`, and `stamp`.

    Everything in it is plain text. If it `replaces` one, there is a bundled routine of the same name. `spans` are its
    phases: the kind of each, and its seconds. `figure` is that of its first set, encoded (see `encoding`); lists do not
    need it. `trains` and `leaps` are those of `today.pick`.
    """

    id: str
    path: str
    bundled: bool
    problems: Sequence[CardProblem] = ()
    title: str = ""
    summary: str = ""
    tags: Sequence[str] = ()
    needs: Sequence[str] = ()
    total_s: float = 0.0
    estimated: bool = False
    sets: int = 0
    spans: Sequence[tuple[str, float]] = ()
    parts: Sequence[ExerciseCard] = ()
    trains: Sequence[str] = ()
    leaps: bool = False
    stamp: str = ""
    replaces: bool = False
    figure: str = ""
    mirrored: bool = False


class Overview(NamedTuple):
    """All cards by id, the problems of exercises and folders, and the other initial values of the menu.

    `parts` are the parts of the body that each exercise strengthens, by its id. `shared` is the stamp of the user's
    exercises; empty if the cards do not come from files.
    """

    cards: Sequence[RoutineCard]
    problems: Sequence[CardProblem]
    theme: str
    last_routine: str | None
    parts: Mapping[str, Sequence[str]]
    shared: str = ""

    def shows(self, seen: FilesSeen) -> bool:
        """Check whether it shows the current versions of the user's files."""
        return seen.match(self.shared, (card.stamp for card in self.cards if not card.bundled))


def cached_overview(places: Places, stamp: str, today: date | None = None) -> Overview | None:
    """Return the overview that was cached under this stamp and is valid `today`, or None."""
    return _cached(places, "stamp", stamp, today)


def cached_cards(places: Places, ground: str) -> Overview | None:
    """Return a cached overview whose cards of unchanged files are valid, or None."""
    return _cached(places, "ground", ground, None)


def _cached(places: Places, key: str, value: str, today: date | None) -> Overview | None:
    """Return the cached overview if its header has this value of a key."""
    cached = read_cached(places.overview_file)
    if cached is None or cached.head.get(key) != value:
        return None
    if today is not None and today.isoformat() >= (cached.head.get("until") or "9"):
        return None
    try:
        figures, cards, problems, parts = json.loads(cached.body)
        made = [_card(card, figures) for card in cards]
        faults = [CardProblem(*problem) for problem in problems]
        head = cached.head
        return Overview(made, faults, head["theme"], head["last_routine"] or None, parts, head["shared"])
    except (ValueError, TypeError, LookupError):
        return None


def cache_overview(
    places: Places, stamp: str, overview: Overview, ground: str = "", *, until: date | None = None
) -> None:
    """Cache an overview until the stamp changes, or until a day; without a cache it is made each time."""
    figures = {figure: at for at, figure in enumerate(dict.fromkeys(card.figure for card in overview.cards))}
    cards = [(*card[:-2], figures[card.figure], card.mirrored) for card in overview.cards]
    body = json.dumps([list(figures), cards, overview.problems, overview.parts], ensure_ascii=False)
    head = {"theme": overview.theme, "last_routine": overview.last_routine or "", "until": str(until or "")}
    write_cached(places.overview_file, body, stamp=stamp, ground=ground, shared=overview.shared, **head)


def _card(values: Sequence[Any], figures: Sequence[str]) -> RoutineCard:
    card = RoutineCard(*values)
    problems, parts = [CardProblem(*p) for p in card.problems], [ExerciseCard(*part) for part in card.parts]
    return card._replace(problems=problems, parts=parts, figure=figures[values[-2]])


def overview_fits(places: Places) -> bool:
    """Check whether the cached overview is undamaged, or missing."""
    return not places.overview_file.exists() or read_cached(places.overview_file) is not None


def fingerprint_of(places: Places) -> str:
    """Compute a string that changes with every file that an overview depends on."""
    months: list[str] = []
    with suppress(OSError):
        months = sorted(os.listdir(places.history))[-1:]
    history = (places.history, *(places.history / month for month in months))
    files: tuple[Path, ...] = (places.settings_file, places.state_file, *history)
    return "\n".join((catalog_stamp(places), *map(stamp, files)))
