"""Today's limits in the menu: the dialog, the list, the preview, and the workout that is started.

One run of the program goes through most of it, in functions named after the rules.
"""

from __future__ import annotations

import json
import time

import pytest
from textual.pilot import Pilot

from tests.screens.stage import Bare, answers_of, end_workout, make_app, text_of, type_in, until_shown
from tui.app import GluteusApp
from tui.conductor import Conductor
from tui.files.places import find_places
from tui.files.settings_file import load_settings
from tui.history.interrupted import take_interrupted
from tui.history.reading import read_history
from tui.ladder.remembered import Remembered
from tui.library.catalog import Catalog, load_catalog
from tui.library.make_overview import card_of
from tui.routine.resolve import Explain
from tui.screens.menu.routine_list import RoutineList
from tui.screens.menu.rows import MenuRows
from tui.screens.menu.screen import MenuScreen
from tui.screens.menu.today_dialog import TodayScreen
from tui.today.conditions import EVERYTHING, Conditions
from tui.user_data import UserData

SOME = ("evening", "mug", "sofa-bridge", "tabata")
"""Routines that are soon fitted: each change of the limits fits all of them anew."""
CUSHION, MAT, QUIET, TIME = "1267"
"""The keys of some rows of the dialog: the first ones are for what these routines need."""


def some_bundled() -> Catalog:
    found = load_catalog(find_places())
    return found._replace(entries=tuple(entry for entry in found.entries if entry.id in SOME))


def bundled_app(last: str = "evening") -> GluteusApp:
    return make_app(catalog=some_bundled(), state=Remembered(last_routine=last))


def listed(app: GluteusApp) -> set[str]:
    menu = app.screen_stack[0]
    return {row.card.id for row in menu.query_one(RoutineList).rows if row}


async def set_today(pilot: Pilot[None], *keys: str) -> None:
    """Open the dialog, press these keys, and take what is set."""
    await pilot.press("t")
    await pilot.pause()
    await pilot.press(*keys, "enter")
    await pilot.pause()


def forget_limits(app: GluteusApp) -> None:
    """Have the dialog begin as if nothing had been set before, and the cursor on the first routine."""
    menu = app.screen
    assert isinstance(menu, MenuScreen)
    menu.rows.conditions_before = EVERYTHING
    menu.refresh_rows("evening")


def conductor(app: GluteusApp) -> Conductor:
    assert app.conductor is not None
    return app.conductor


async def test_the_menu_of_today() -> None:
    app = bundled_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await going_back_or_setting_nothing_changes_nothing(app, pilot)
        await the_list_shows_the_routines_that_fit_below_todays_limits(app, pilot)
        forget_limits(app)
        await quiet_mutes_until_it_is_taken_back_and_saves_nothing(app, pilot)
        forget_limits(app)
        await the_dialog_begins_with_the_last_limits(app, pilot)
        forget_limits(app)
        await escape_takes_it_back_after_the_filter(app, pilot)
        forget_limits(app)
        await the_preview_lists_the_changes_and_enter_starts_the_adapted_routine(app, pilot)
        await a_rehearsal_runs_through_the_same(app, pilot)
    kept = find_places().state_file
    assert not kept.exists() or "today" not in json.dumps(kept.read_text())
    app = bundled_app("mug")
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        assert "today:" not in text_of(app)  # limits are not saved for the next start
        await a_progression_that_is_taken_meanwhile_counts(app, pilot)
        await an_interrupted_workout_is_resumed_as_it_was_adapted(app, pilot)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_list_shows_the_routines_that_fit_in_smaller_windows(size: tuple[int, int]) -> None:
    app = bundled_app()
    async with app.run_test(size=size) as pilot:
        await the_list_shows_the_routines_that_fit_below_todays_limits(app, pilot)


async def the_list_shows_the_routines_that_fit_below_todays_limits(app: GluteusApp, pilot: Pilot[None]) -> None:
    usual = listed(app)
    await pilot.press("t")
    await pilot.pause()
    assert isinstance(app.screen, TodayScreen)
    shown = text_of(app)
    assert "● mat" in shown and "○ quiet" in shown
    await pilot.press("end")  # in a low window the list scrolls
    await pilot.pause()
    assert "time  ← any →" in text_of(app)
    await pilot.press(MAT, TIME, "enter")  # three minutes
    await pilot.pause()
    shown = text_of(app)
    assert "today: no mat, 3 min" in shown
    assert usual - listed(app) == {"sofa-bridge"}
    assert all(row.card.total_s <= 180 for row in app.screen.query_one(RoutineList).rows if row)
    await pilot.press("t")
    await pilot.pause()
    assert isinstance(app.screen, TodayScreen)  # a second time opens it, with what is set
    assert "○ mat" in text_of(app)
    await pilot.press(MAT, "escape")
    await pilot.pause()
    assert isinstance(app.screen, MenuScreen)
    assert "today: no mat, 3 min" in text_of(app)  # escape changes nothing
    await pilot.press("escape")
    await pilot.pause()
    assert listed(app) == usual
    assert "today:" not in text_of(app)


async def going_back_or_setting_nothing_changes_nothing(app: GluteusApp, pilot: Pilot[None]) -> None:
    usual = listed(app)
    await pilot.press("t", CUSHION, "escape")
    await pilot.pause()
    assert listed(app) == usual and "today:" not in text_of(app)
    await set_today(pilot)
    assert listed(app) == usual and "today:" not in text_of(app)
    await set_today(pilot, CUSHION, CUSHION, "9")
    assert "today:" not in text_of(app)


async def quiet_mutes_until_it_is_taken_back_and_saves_nothing(app: GluteusApp, pilot: Pilot[None]) -> None:
    usual = listed(app)
    await set_today(pilot, QUIET)
    assert app.user.settings.audio.mute
    assert listed(app) == usual
    await pilot.press("escape")
    await pilot.pause()
    assert not app.user.settings.audio.mute
    assert not load_settings(find_places())[0].audio.mute


async def test_the_dialog_is_answered_with_what_was_set() -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await answers_of(pilot, TodayScreen(["mat", "sofa"], Conditions(frozenset({"mat"}), for_s=300)))
        assert "○ mat  not there" in text_of(app) and "← 5 min →" in text_of(app)
        lines = text_of(app).split("\n")
        row = next(index for index, line in enumerate(lines) if "● sofa" in line)
        await pilot.click(offset=(lines[row].index("sofa"), row))
        await pilot.pause()
        assert "○ sofa  not there" in text_of(app)
        await pilot.press("1", "5", "left", "left", "space", "enter")
        assert answers == [Conditions(frozenset({"sofa"}), for_s=300)]


async def the_dialog_begins_with_the_last_limits(app: GluteusApp, pilot: Pilot[None]) -> None:
    await set_today(pilot, MAT, TIME, "right")
    assert "today: no mat, 5 min" in text_of(app)
    await pilot.press("t", "t")
    await pilot.pause()
    shown = text_of(app)
    assert isinstance(app.screen, TodayScreen)
    assert "○ mat  not there" in shown and "← 5 min →" in shown
    await pilot.press("escape", "escape")


async def escape_takes_it_back_after_the_filter(app: GluteusApp, pilot: Pilot[None]) -> None:
    await set_today(pilot, TIME)
    await pilot.press("slash")
    await type_in(pilot, "bridge")
    assert "evening" in listed(app) and "mug" not in listed(app)
    await pilot.press("escape")
    await pilot.pause()
    assert "today: 3 min" in text_of(app)
    await pilot.press("escape")
    await pilot.pause()
    assert "today:" not in text_of(app)


async def the_preview_lists_the_changes_and_enter_starts_the_adapted_routine(
    app: GluteusApp, pilot: Pilot[None]
) -> None:
    await set_today(pilot, CUSHION, TIME)  # without one, three minutes
    preview = "\n".join(line[50:] for line in text_of(app).split("\n"))
    shown = " ".join(preview.split())
    assert "today Lying butterfly: free instead of cushions under the knees (no cushion)." in shown
    assert "today Wake up: 1 round instead of 3." in shown
    await pilot.press("enter")
    await pilot.pause()
    workout = conductor(app)
    assert workout.routine.id == "evening"
    assert workout.timeline.total_s <= 180
    assert [p.plan.progression_name for p in workout.timeline.sets] == ["free", "two legs"]
    await until_shown(pilot, "Lying butterfly: free instead of")
    end_workout(app)  # too early for a summary
    await pilot.pause()
    assert "today: no cushion, 3 min" in text_of(app)
    (session,) = read_history(find_places())
    assert session.routine == "evening"


async def a_rehearsal_runs_through_the_same(app: GluteusApp, pilot: Pilot[None]) -> None:
    await pilot.press("r")
    await pilot.pause()
    assert conductor(app).rate > 1
    assert conductor(app).timeline.total_s <= 180


async def a_progression_that_is_taken_meanwhile_counts(app: GluteusApp, pilot: Pilot[None]) -> None:
    await set_today(pilot, CUSHION)
    assert "instead of" not in text_of(app)
    app.user.remember("kettle-stand", "cushion")
    menu = app.screen
    assert isinstance(menu, MenuScreen)
    menu.refresh_rows()
    await pilot.pause()
    assert "free instead of on a cushion" in " ".join(text_of(app).split())
    await pilot.press("escape")


async def an_interrupted_workout_is_resumed_as_it_was_adapted(app: GluteusApp, pilot: Pilot[None]) -> None:
    await set_today(pilot, TIME)
    await pilot.press("enter")
    await pilot.pause()
    begun = conductor(app).routine
    app.close_workout(interrupted=True)
    found = take_interrupted(find_places(), time.time)
    assert found is not None and found.session.routine == begun
    assert found.session.routine != load_catalog(find_places()).find("mug").routine
    found.running.leave()


async def test_if_no_routine_fits_the_menu_gives_advice() -> None:
    found = load_catalog(find_places())
    app = make_app(catalog=found._replace(entries=(found.find("tabata"),)))
    async with app.run_test(size=(80, 24)) as pilot:
        await set_today(pilot, "1")  # nothing is needed, so the first row is: standing only
        shown = text_of(app)
        assert "today: standing" in shown and "Nothing fits that." in shown
        assert "Press esc to see all" in shown
        await pilot.press("enter", "r", "escape")
        assert listed(app) == {"tabata"}


def test_the_list_shows_routines_as_they_are_started_by_somebody_who_knows_them() -> None:
    places = find_places()
    knows = UserData(places, warn=print).coaching._replace(usual=Explain.NOTHING)
    user = UserData(places, warn=print, catalog=some_bundled(), coaching=knows)
    rows, limits = MenuRows(user, lambda: None), Conditions(for_s=420)
    rows.limit(limits)
    started = [(entry, user.adapted(entry.routine, limits)) for entry in user.catalog.entries if entry.routine]
    assert {id_: fit.card for id_, fit in rows.fits.items()} == {
        entry.id: card_of(entry._replace(source=adapted.routine), adapted.choices, knows)
        for entry, adapted in started
        if adapted.routine
    }


def test_the_routines_are_fitted_again_only_if_something_has_changed() -> None:
    user = UserData(find_places(), warn=print, catalog=some_bundled())
    rows = MenuRows(user, lambda: None)
    assert rows.fits == {}
    rows.limit(Conditions(for_s=300))
    before = rows.fits
    assert before and rows.fits is before
    user.remember("reverse-bridge", "staggered")
    assert rows.fits is not before
    rows.limit(EVERYTHING)
    assert rows.fits == {} and rows.limits == ""
    assert rows.conditions_before == EVERYTHING
