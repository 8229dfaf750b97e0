"""The menu's overview of each routine, and its cache."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.for_each import for_each
from tests.screens.stage import FLOOR, broken, catalog
from tui.engine.coaching import Coaching, Past
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.ladder.remembered import Remembered
from tui.library.cached import look
from tui.library.catalog import Catalog, Entry, load_catalog
from tui.library.encoding import encoded
from tui.library.make_overview import card_of, ground_of, make_overview
from tui.library.overview import (
    Overview,
    RoutineCard,
    cache_overview,
    cached_cards,
    cached_overview,
    fingerprint_of,
    overview_fits,
)
from tui.routine.model import Block, Exercise, Layer, Progression, Reps, Routine, Set, Work
from tui.routine.resolve import Explain

PACE = Settings().coaching


def made(today: dict[str, str] | None = None) -> Overview:
    """The overview of the tests' small catalog, one file of it broken."""
    return make_overview(
        catalog(broken()), Settings(), Remembered({"reverse-bridge": "staggered"}, "fixed"), PACE, today
    )


def test_a_card_has_length_spans_and_the_progression_of_each_exercise() -> None:
    cards = {card.id: card for card in made().cards}
    bridges = cards["bridges"]
    assert bridges.title == FLOOR.title
    assert bridges.total_s == sum(length_s for _, length_s in bridges.spans)
    assert bridges.spans[:3] == [("prepare", 15), ("work", 30.0), ("switch", 5.0)]
    ladder, stretch = bridges.parts
    assert (ladder.amount, ladder.progressions, ladder.current) == (
        "3 \N{MULTIPLICATION SIGN} 30 s each side",
        ["Two legs", "Staggered", "Single leg"],
        1,
    )
    assert (stretch.progressions, stretch.current) == ([], None)
    assert (cards["desk"].estimated, bridges.estimated) == (True, False)
    assert [problem.line for problem in cards["broken"].problems] == [3, 7]
    assert cards["broken"].title == ""


def test_a_card_says_which_doses_are_far_from_those_of_the_ladder() -> None:
    doses = {"a": 30.0, "b": 20.0}
    steps = tuple(Progression(id=name, name=name, own=Layer(dose=Work(dose))) for name, dose in doses.items())
    block = Block(sets=(Set(exercise="x", own=Layer(dose=Work(40.0))),))
    exercise = Exercise(id="x", name="X", progressions=steps)
    routine = Routine(id="m", title="M", blocks=(block,), exercises={"x": exercise})
    entry = Entry("m", Path("m.toml"), bundled=False, source=routine)
    (card,) = make_overview(Catalog((entry,), {}), Settings(), Remembered(), PACE).cards
    assert card.parts[0].differs == "b: 40 s here, its ladder says 20 s"


def test_only_the_number_of_sets_is_shown_if_their_doses_differ() -> None:
    sets = tuple(Set(exercise="x", own=Layer(dose=dose)) for dose in (Work(12.0), Reps(low=5, high=5)))
    exercise = Exercise(id="x", name="Bridge")
    routine = Routine(id="m", title="Mixed", blocks=(Block(sets=sets),), exercises={"x": exercise})
    entry = Entry("m", Path("m.toml"), bundled=False, source=routine)
    (card,) = make_overview(Catalog((entry,), {}), Settings(), Remembered(), PACE).cards
    assert card.parts[0].amount == "2 sets"


def test_a_progression_asked_for_today_comes_before_the_remembered_one() -> None:
    bridges = next(card for card in made(today={"reverse-bridge": "single-leg"}).cards if card.id == "bridges")
    assert bridges.parts[0].current == 2


def test_a_cached_overview_is_used_until_the_stamp_changes() -> None:
    places, kept = find_places(), made()
    cache_overview(places, "today", kept)
    found = cached_overview(places, "today")
    assert found is not None
    assert encoded(found) == encoded(kept)
    assert cached_overview(places, "tomorrow") is None
    assert overview_fits(places)


def test_the_bundled_routines_can_be_cached() -> None:
    places = find_places()
    kept = make_overview(load_catalog(places), Settings(), Remembered(), PACE)
    cache_overview(places, "x", kept)
    found = cached_overview(places, "x")
    assert found is not None
    assert all(card.figure for card in found.cards)
    assert [(card.figure, card.mirrored) for card in found.cards] == [(c.figure, c.mirrored) for c in kept.cards]
    assert {card.id: round(card.total_s) for card in found.cards}["tabata"] == 248


def test_an_overview_with_any_other_byte_is_none() -> None:
    places = find_places()
    cache_overview(places, "x", made())
    whole = places.overview_file.read_bytes()
    for at in range(0, len(whole), 7):
        places.overview_file.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        found = cached_overview(places, "x")
        assert found is None or encoded(found.cards) == encoded(made().cards), at


def test_cards_hold_until_something_known_is_forgotten() -> None:
    places = find_places()
    cache_overview(places, "x", made(), until=date(2026, 3, 2))
    assert cached_overview(places, "x", date(2026, 3, 1)) is not None
    assert cached_overview(places, "x", date(2026, 3, 2)) is None
    cache_overview(places, "x", made())
    assert cached_overview(places, "x", date(2026, 3, 2)) is not None


def test_cards_are_reused_while_their_ground_is_the_same() -> None:
    places, catalog, state = find_places(), Catalog((), {}), Remembered({"reverse-bridge": "staggered"}, "fixed")
    ground = ground_of(catalog, Coaching(), state)
    assert ground_of(catalog, Coaching(session=3, past=Past()), state._replace(last_routine="desk")) == ground
    assert ground_of(catalog, Coaching(done_today=("desk-break",)), state) != ground  # its title is not said again
    assert ground_of(catalog, Coaching(), state._replace(progressions={})) != ground
    assert ground_of(catalog, Coaching(known=(("plank", None, Explain.NOTHING),)), state) != ground
    assert ground_of(catalog._replace(shared="x"), Coaching(), state) != ground
    cache_overview(places, "before", made(), ground)
    found = cached_cards(places, ground)
    assert found is not None and encoded(found.cards) == encoded(made().cards)
    assert cached_cards(places, "another") is None


@for_each("content", ["", "[" * 9000, "{", "[]", "[]\nx", '{"stamp": "x"}', '{"stamp": "x", "crc": 0}\n[]'])
def test_a_damaged_cache_is_ignored(content: str) -> None:
    places = find_places()
    places.state.mkdir(parents=True, exist_ok=True)
    places.overview_file.write_text(content)
    assert cached_overview(places, "x") is None
    assert not overview_fits(places)


def test_an_unwritable_folder_caches_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    cache_overview(find_places(), "x", made())
    assert cached_overview(find_places(), "x") is None


def test_the_stamp_knows_every_file(tmp_path: Path) -> None:
    places = find_places()
    stamps = [fingerprint_of(places)]
    own = places.routines / "a.toml", places.exercises / "b.toml"
    for path in (places.settings_file, places.state_file, *own, places.history / "2026-03.jsonl"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1")
        stamps.append(fingerprint_of(places))
    assert len(set(stamps)) == len(stamps)


def test_only_the_cards_of_changed_files_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    places, laid_out = find_places(), list[str]()
    places.routines.mkdir(parents=True)
    for name in ("one", "two"):
        (places.routines / f"{name}.toml").write_text('format = 1\n[[sets]]\nexercise = "barre-lift"\nwork = "30s"\n')
    before = make_overview(load_catalog(places), Settings(), Remembered(), PACE)
    assert before.shows(look(places))
    (places.routines / "two.toml").write_text('format = 1\n[[sets]]\nexercise = "barre-lift"\nwork = "60s"\n')
    assert not before.shows(look(places))

    def card(entry: Entry, *others: Any) -> RoutineCard:
        laid_out.append(entry.id)
        return card_of(entry, *others)

    monkeypatch.setattr("tui.library.make_overview.card_of", card)
    after = make_overview(load_catalog(places), Settings(), Remembered(), PACE, before=before)
    assert laid_out == ["two"]
    assert after.shows(look(places))
    assert after == make_overview(load_catalog(places), Settings(), Remembered(), PACE)
