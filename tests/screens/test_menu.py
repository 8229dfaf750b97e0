"""The menu: groups, preview, filter, and the pages behind its keys.

A test follows one run of the program through several things, in functions named after the rules.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.theme import Theme
from textual.widgets import Input

from tests.fakes import FakeClock
from tests.for_each import for_each
from tests.past import done_set, session, work
from tests.screens.stage import (
    DESK,
    FLOOR,
    NASTY,
    broken,
    catalog,
    end_workout,
    make_app,
    sizes,
    text_of,
    type_in,
    until_shown,
)
from tui.app import GluteusApp
from tui.coach.health import WHEN_NOT_TO
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.files.settings_file import save_setting
from tui.history.journal import append
from tui.history.journal_lines import journal_lines
from tui.ladder.remembered import Remembered
from tui.library.catalog import Catalog, Entry
from tui.library.make_overview import make_overview
from tui.screens.dialogs.problems import ProblemsScreen
from tui.screens.ladder.ladders import LaddersScreen
from tui.screens.menu.routine_list import RoutineList, matches
from tui.screens.menu.screen import MenuScreen
from tui.screens.pages.about import NEW_HERE, STORY
from tui.themes import THEMES

SIZES = [(60, 20), (200, 60), (20, 6), (1, 1)]  # the others are among the looks


def here(app: GluteusApp) -> str:
    row = app.screen.query_one(RoutineList).row
    return row.card.id if row else ""


async def test_routines_are_found_and_started() -> None:
    app = make_app(state=Remembered({"reverse-bridge": "staggered"}, last_routine="fixed"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert here(app) == "fixed"  # the cursor begins on the routine of last time
        await the_preview_follows_the_cursor_and_marks_the_current_progression(pilot)
        await resizing_keeps_the_cursor_and_changes_the_layout(app, pilot)
        await the_filter_takes_letters_escape_clears_it_and_an_empty_list_gives_advice(app, pilot)
        await the_filter_lets_the_arrows_move_the_cursor(app, pilot)
        await the_cursor_moves_with_the_keys_that_hands_know(app, pilot)
        await a_click_selects_a_double_click_starts_and_the_footer_can_be_clicked(app, pilot)
        await pilot.press("escape", "g", "j", "space")  # as enter does
        await pilot.pause()
        assert app.conductor is not None


async def the_preview_follows_the_cursor_and_marks_the_current_progression(pilot: Pilot[None]) -> None:
    await pilot.press("home", "down", "down")
    await pilot.pause()
    shown = text_of(pilot.app)
    assert "Three bridges and a stretch." in shown
    assert "● Staggered" in shown
    assert "○ Two legs" in shown
    assert "3 \N{MULTIPLICATION SIGN} 30 s each side" in shown
    assert "needs      mat" in shown
    assert "4:55" in shown


async def resizing_keeps_the_cursor_and_changes_the_layout(app: GluteusApp, pilot: Pilot[None]) -> None:
    for size in ((40, 12), (60, 20)):
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert here(app) == "bridges"
        assert "Bridges" in text_of(app)
        assert ("Three bridges" in text_of(app)) is (size == (60, 20))
    await pilot.resize_terminal(120, 40)
    await pilot.pause()
    assert "Three bridges" in text_of(app)


async def the_filter_takes_letters_escape_clears_it_and_an_empty_list_gives_advice(
    app: GluteusApp, pilot: Pilot[None]
) -> None:
    await pilot.press("slash", *"mat s")
    assert here(app) == "bridges"
    assert "Desk break" not in text_of(app)
    await type_in(pilot, " zz")
    await pilot.pause()
    shown = text_of(app)
    assert 'No match for "mat s zz".' in shown
    assert "Press esc to see all" in shown
    foot = shown.split("\n")[-1]  # the footer has the keys of the filter while it has the focus
    assert "esc all routines" in foot
    assert "new" not in foot and "enter" not in foot
    await pilot.press("escape")
    await pilot.pause()
    assert not app.screen.query(Input)
    assert "Desk break" in text_of(app)
    assert "n new" in text_of(app).split("\n")[-1]
    await pilot.press("home", "down", "s")
    assert isinstance(app.screen, MenuScreen)  # there is no ladder to choose on
    await pilot.press("down", "s")
    assert isinstance(app.screen, LaddersScreen)
    await pilot.press("escape")


async def the_filter_lets_the_arrows_move_the_cursor(app: GluteusApp, pilot: Pilot[None]) -> None:
    await pilot.press("slash")
    await type_in(pilot, "bri")
    await pilot.press("down")
    assert here(app) == "fixed"
    await pilot.press("escape")


async def the_cursor_moves_with_the_keys_that_hands_know(app: GluteusApp, pilot: Pilot[None]) -> None:
    routines = app.screen.query_one(RoutineList)
    seen = []
    for key in ("g", "j", "k", "G", "home", "end", "ctrl+u", "ctrl+d", "pageup", "pagedown"):
        await pilot.press(key)
        assert routines.row is not None, key
        seen.append(routines.row.key)
    first, last = seen[0], seen[3]
    assert first != last
    assert seen == [first, seen[1], first, last, first, last, first, last, first, last]
    assert seen[1] not in (first, last)


async def a_click_selects_a_double_click_starts_and_the_footer_can_be_clicked(
    app: GluteusApp, pilot: Pilot[None]
) -> None:
    row = next(y for y, line in enumerate(text_of(app).split("\n")) if "Bridges" in line and "Now" not in line)
    await pilot.click(offset=(10, row))
    assert here(app) == "bridges"
    assert isinstance(app.screen, MenuScreen)
    await pilot.double_click(offset=(10, row))
    await pilot.pause()
    assert app.conductor is not None
    end_workout(app)
    await pilot.press("escape")
    await pilot.pause()
    assert app.conductor is None
    foot = text_of(app).split("\n")[39]
    await pilot.click(offset=(foot.index("ladders"), 39))
    await pilot.pause()
    assert isinstance(app.screen, LaddersScreen)


async def test_routines_are_listed_in_groups_and_the_footer_has_no_key_for_a_missing_function() -> None:
    app = make_app(catalog=catalog(broken()))
    async with app.run_test(size=(160, 30)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        left = [line[:50].strip() for line in shown.split("\n")]
        order = [left.index(word) for word in ("desk", "floor", "other", "not ready")]
        assert order == sorted(order)
        assert "Desk break" in shown
        assert "≈ 1½ min" in shown
        assert shown.index("! broken.toml") > shown.index("Bridges")
        assert "line 3: unknown key tittle" in shown
        assert "r rehearse" in shown.split("\n")[-1]
        await pilot.press("end")
        await pilot.pause()
        foot = text_of(app).split("\n")[-1]
        assert "enter problems" in foot and "e edit" in foot
        assert "rehearse" not in foot and "progressions" not in foot
        await pilot.press("home")
        await pilot.pause()
        assert "r rehearse" in text_of(app).split("\n")[-1]
    empty = make_app(catalog=Catalog((), {}))
    async with empty.run_test(size=(160, 30)) as pilot:
        await pilot.pause()
        foot = text_of(empty).split("\n")[-1]
        assert "n new" in foot and "start" not in foot and "edit" not in foot
        assert "Press n to write one." in text_of(empty)
        assert "Now: " in shown and "Now: " not in text_of(empty)  # nor is there a pick
        await pilot.press("enter", "s", "r", "E")


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_the_routine_under_the_cursor(size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("down")
        await pilot.pause()
        if size > (30, 8):
            assert "Bridges" in text_of(app)


async def test_a_broken_file_shows_all_its_problems_and_offers_to_edit() -> None:
    app = make_app(catalog=Catalog((broken(),), {}))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        assert isinstance(app.screen, ProblemsScreen)
        await pilot.pause()
        shown = text_of(app)
        assert "line 3, column 1" in shown
        assert "unknown key tittle" in shown
        assert f"work is {NASTY}" in shown
        assert "Edit" in shown
        await pilot.press("escape")
        assert isinstance(app.screen, MenuScreen)


async def test_the_users_texts_are_shown_literally_everywhere() -> None:
    bridge = FLOOR.exercises["reverse-bridge"]
    exercise = bridge._replace(name=NASTY, own=bridge.own._replace(steps=(NASTY,), fix=NASTY))
    exercises = {**FLOOR.exercises, exercise.id: exercise}
    plan = FLOOR._replace(title=NASTY, summary=NASTY, needs=(NASTY,), tags=(NASTY,), exercises=exercises)
    entries = (Entry("nasty", Path(f"/{NASTY}.toml"), False, plan), broken()._replace(path=Path(f"/{NASTY}.toml")))
    app = make_app(catalog=Catalog(entries, plan.exercises), notes=(NASTY,))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert text_of(app).count(NASTY) >= 6
        for key in ("s", "l"):
            await pilot.press(key)
            await pilot.pause()
            assert NASTY in text_of(app)
            await pilot.press("escape")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert NASTY in text_of(app)


@pytest.mark.parametrize("size", sizes((120, 40), (80, 24), (73, 20), (72, 20), (40, 12)))
async def test_a_new_user_sees_a_whole_sentence_on_safety(size: tuple[int, int]) -> None:
    app = make_app(is_new=True)
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, NEW_HERE[0] if size[0] > 72 else NEW_HERE[1])
        assert NEW_HERE[0].startswith("New here?")
        await pilot.press("ctrl+p")
        await type_in(pilot, "about")
        await pilot.press("enter")
        await until_shown(pilot, " ".join(STORY.split()[:6]))
        assert "recent surgery" in WHEN_NOT_TO


async def test_a_returning_user_does_not_see_it_and_a_problem_comes_first() -> None:
    for parts, expected in (({}, "settings"), ({"is_new": True, "notes": ("settings.toml is broken",)}, "is broken")):
        app = make_app(**parts)
        async with app.run_test(size=(120, 40)) as pilot:
            await until_shown(pilot, expected)
            assert "not to train" not in text_of(app)


async def test_the_menu_shows_the_last_workout_in_days_and_the_goal_of_the_week() -> None:
    places = find_places()
    save_setting(places, "goal.days", 4)
    today = datetime.fromtimestamp(FakeClock().wall_now, UTC).date()
    places.history.mkdir(parents=True)
    for routine, back in (("desk", 0), ("bridges", 2)):
        past = session(today - timedelta(days=back), done_set(work(90)), id_=routine, routine=routine)
        append(places.history / f"{past.month}.jsonl", journal_lines(past))
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "2 of 4 this week")
        assert "2 days ago" in text_of(app)


@for_each(
    ("wanted", "found"),
    [("", True), ("DESK", True), ("hops", True), ("chair next", True), ("desk mat", False), ("floor", False)],
)
def test_a_filter_looks_at_title_summary_tags_and_exercises(wanted: str, found: bool) -> None:
    desk = Entry("desk", Path("/desk.toml"), True, DESK)
    (card,) = make_overview(Catalog((desk,), DESK.exercises), Settings(), Remembered(), Settings().coaching).cards
    assert matches(card, wanted) is found


@pytest.mark.parametrize(
    "themes", [THEMES[:1], pytest.param(THEMES[1:], marks=pytest.mark.slow)], ids=["first", "others"]
)
async def test_the_cursor_is_seen_in_every_theme_and_moves_its_bar(themes: Sequence[Theme]) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for theme in themes:
            app.theme = theme.name
            await pilot.press("home")
            await pilot.pause()
            routines = app.screen.query_one(RoutineList)
            styles = [routines.get_visual_style(f"option-list--option{part}") for part in ("", "-highlighted")]
            if "terminal" not in theme.name:  # there it is in reverse
                assert styles[0].background != styles[1].background, theme.name
            await pilot.press("down", "down")
            await pilot.pause()
            marked = [line.split()[1] for line in text_of(app).split("\n") if "▌" in line]
            assert marked[0] == "Bridges", theme.name
