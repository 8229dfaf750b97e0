"""The person's data: a change holds at once, is written down, and a disk that refuses stops nothing."""

from datetime import UTC

from tests.fakes import FakeClock
from tui.clocks import Clocks
from tui.storage.catalog import load_catalog
from tui.storage.overview import Overview
from tui.storage.places import find_places
from tui.storage.settings import Settings, load_settings
from tui.storage.state import Remembered, load_state
from tui.user_data import UserData

OVERVIEW = Overview([], [], "gluteus-light", "tabata")


def user(warned: list[str] | None = None, overview: Overview | None = None) -> UserData:
    told = [] if warned is None else warned
    return UserData(find_places(), warn=told.append, overview=overview, settings=Settings(), state=Remembered())


def test_an_overview_tells_what_the_menu_begins_with() -> None:
    data = user(overview=OVERVIEW)
    assert (data.theme, data.last_routine, data.cards) == ("gluteus-light", "tabata", [])


def test_the_routine_that_was_started_last_is_the_last_one_from_then_on() -> None:
    for data in (user(), user(overview=OVERVIEW)):
        data.remember_started("desk-break")
        assert data.last_routine == "desk-break"
        assert data.state.last_routine == "desk-break"
    assert load_state(find_places())[0].last_routine == "desk-break"


def test_a_progression_is_remembered_and_forgotten() -> None:
    data = user()
    data.remember("reverse-bridge", "staggered")
    assert data.choices.remembered == {"reverse-bridge": "staggered"}
    assert load_state(find_places())[0].progressions == {"reverse-bridge": "staggered"}
    data.remember("reverse-bridge", None)
    assert data.choices.remembered == load_state(find_places())[0].progressions == {}


def test_a_changed_setting_holds_and_is_saved_and_no_card_is_from_before() -> None:
    data = user(overview=OVERVIEW)
    data.change("workout.prepare_s", 20.0)
    assert data.settings.workout.prepare_s == load_settings(find_places())[0].workout.prepare_s == 20.0
    assert {card.id for card in data.cards} == {entry.id for entry in load_catalog(find_places()).entries}


def test_a_disk_that_refuses_is_told_of_once_and_the_change_holds() -> None:
    places = find_places()
    places.config.parent.mkdir(parents=True, exist_ok=True)
    places.config.write_text("a file where a folder belongs")
    warned: list[str] = []
    data = user(warned)
    data.change("audio.volume", 35)
    assert data.settings.audio.volume == 35
    assert len(warned) == 1


def test_clocks_tell_the_time_of_day_of_an_instant_to_come() -> None:
    clock = FakeClock(now=1000.0, wall=1_767_258_000.0)
    clocks = Clocks(clock, clock.wall, UTC)
    assert f"{clocks.now():%H:%M}" == "09:00"
    assert f"{clocks.time_of_day(1000.0 + 90 * 60):%H:%M}" == "10:30"
