"""The order of the menu: pins and the filter; the user's versions of bundled routines, and restoring those."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.screens.stage import make_app, text_of, type_in, until_shown
from tests.screens.test_reload import MINE, app_of_files, cursor, look, menu_of, write
from tui.bundled import bundled
from tui.files.menu_order import MenuOrder, SortBy, load_menu_order, save_menu_order
from tui.files.places import find_places
from tui.library.overview import CardProblem, RoutineCard
from tui.plain_text import natural_key
from tui.screens.menu.differences import DifferencesScreen
from tui.screens.menu.routine_list import grouped
from tui.widgets.routine_text import RoutineRow

DAY = datetime(2025, 3, 15, tzinfo=UTC)


def row(title: str, *tags: str, total_s: float = 60.0, at: datetime | None = None, pinned: bool = False) -> RoutineRow:
    return RoutineRow(RoutineCard(title, "", True, title=title, tags=tags, total_s=total_s), at=at, pinned=pinned)


ROWS = (
    row("Day 10", "desk", total_s=300),
    row("day 2", "desk", total_s=400, at=DAY),
    row("Élan", "floor", total_s=100, at=DAY.replace(day=20)),
    row("Top", "floor", "strength", total_s=500, pinned=True),
    RoutineRow(RoutineCard("bad", "bad.toml", False, [CardProblem("bad.toml", 1, 1, "no")])),
)


@pytest.mark.parametrize(
    ("order", "groups"),
    [
        (SortBy.PLACE, ["pinned: Top", "desk: day 2, Day 10", "floor: Élan", "not ready: bad.toml"]),
        (SortBy.RECENT, ["pinned: Top", "last done first: Élan, day 2", "not done yet: Day 10", "not ready: bad.toml"]),
        (SortBy.NAME, ["pinned: Top", "by name: day 2, Day 10, Élan", "not ready: bad.toml"]),
        (SortBy.LENGTH, ["pinned: Top", "shortest first: Élan, Day 10, day 2", "not ready: bad.toml"]),
    ],
)
def test_routines_are_ordered_with_pinned_ones_first_and_broken_ones_last(order: SortBy, groups: list[str]) -> None:
    found = [f"{name}: {', '.join(row.title for row in rows)}" for name, rows in grouped(ROWS, order)]
    assert found == groups


def test_a_filter_puts_titles_before_contents() -> None:
    rows = (row("Floor work", "desk"), row("Another", "floor"))
    assert [name for name, _ in grouped(rows, wanted="FLOOR")] == ["in the title", "in the contents"]
    assert [name for name, _ in grouped(ROWS[:3], wanted="elan")] == ["in the title", "in the contents"]


def test_numbers_sort_as_numbers_and_accents_and_case_do_not_matter() -> None:
    names = ["a10", "B", "a9b", "á9a", "10", "9", "", "a"]
    assert sorted(names, key=natural_key) == ["", "9", "10", "a", "á9a", "a9b", "a10", "B"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"order": "x", "pinned": []}', '{"order": "name", "pinned": 3}'])
def test_a_damaged_order_is_that_of_the_program(text: str) -> None:
    places = find_places()
    wanted = MenuOrder(SortBy.NAME, ("a", "b"))
    save_menu_order(places, wanted)
    assert load_menu_order(places) == wanted
    places.menu_file.write_text(text)
    assert load_menu_order(places) == MenuOrder()


async def test_keys_change_the_order_and_keep_a_routine_at_the_top() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "p")
        await until_shown(pilot, "Bridges stays at the top.")
        assert cursor(app) == "bridges"
        assert text_of(app).index("pinned") < text_of(app).index("  desk")
        await pilot.press("o")
        await until_shown(pilot, "Order: last done first.")
        await pilot.press("o", "o", "o", "p")
        await until_shown(pilot, "Bridges is no longer at the top.")
        assert load_menu_order(find_places()) == MenuOrder()
        await pilot.press("o")
    again = make_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "not done yet")


async def test_the_filter_moves_the_cursor_to_a_title() -> None:
    write("mine.toml", MINE.replace("Mine", "Évening tabata").replace("desk", "gym"))
    app = app_of_files("evening")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        await type_in(pilot, "gym")
        assert cursor(app) == "before-the-gym"
        await pilot.press("escape", "slash")
        await type_in(pilot, "evening tab")
        assert cursor(app) == "mine"


async def test_ones_own_version_of_a_bundled_routine_is_marked_compared_and_given_up() -> None:
    text = (bundled("routines") / "tabata.toml").read_text()
    path = write("tabata.toml", text.replace('title   = "Tabata"', 'title   = "My tabata"'))
    write("mine.toml")
    app = app_of_files()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("d")
        menu_of(app)  # nothing bundled is behind it
        assert "yours mine.toml" in " ".join(text_of(app).split())
        menu_of(app).refresh_rows("tabata")
        await pilot.pause()
        assert "My tabata  yours" in text_of(app)
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, DifferencesScreen)
        shown = text_of(app)
        assert '-title   = "Tabata"' in shown
        assert '+title   = "My tabata"' in shown
        await pilot.press("b", "enter")  # no is the first answer
        assert path.exists()
        await pilot.press("b", "y")
        await until_shown(pilot, "The bundled routine is back. Yours is here:")
        assert cursor(app) == "tabata"
        assert "My tabata" not in await look(pilot)
    assert not path.exists()
    (trashed,) = find_places().trash.iterdir()
    assert "My tabata" in trashed.read_text()


async def test_the_trash_keeps_every_version_and_a_link_stays_behind_as_its_target(tmp_path: Path) -> None:
    from tui.library.own_files import to_trash

    places, target = find_places(), tmp_path / "dotfiles.toml"
    target.write_text("three")
    for content in ("one", "two"):
        to_trash(places, write("tabata.toml", content))
    (places.routines / "tabata.toml").symlink_to(target)
    to_trash(places, places.routines / "tabata.toml")
    assert sorted(path.read_text() for path in places.trash.iterdir()) == ["one", "three", "two"]
    assert target.read_text() == "three"
    assert not list(places.routines.iterdir())


async def test_an_order_that_cannot_be_saved_is_not_called_saved() -> None:
    find_places().menu_file.mkdir(parents=True)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("end", "p")
        await until_shown(pilot, "menu.json cannot be written")
        assert "stays at the top" not in text_of(app)
