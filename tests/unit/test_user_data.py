"""The user's data: a change takes effect at once, is written, and a write error stops nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes import FakeClock, RecordingPlayer
from tui.clocks import Clocks
from tui.engine.model import Choices
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.files.settings_file import load_settings
from tui.files.state import load_state
from tui.history import familiarity
from tui.ladder.remembered import Answer, Change, Remembered, Reply
from tui.library.catalog import Catalog, Entry, load_catalog
from tui.library.overview import Overview
from tui.make_conductor import new_conductor
from tui.routine.model import Block, Exercise, Grow, Layer, Measure, Progression, Routine, Set, Work
from tui.user_data import UserData

GROW = Grow(Measure.WORK, 5.0, 60.0)
GROWING = Exercise(
    id="bridge",
    name="Bridge",
    progressions=(
        Progression(id="two-legs", name="Two legs", own=Layer(dose=Work(40.0)), grow=GROW),
        Progression(id="single-leg", name="Single leg", own=Layer(dose=Work(20.0)), grow=GROW),
    ),
)
OVERVIEW = Overview([], [], "gluteus-light", "tabata", {})


def user(warned: list[str] | None = None, overview: Overview | None = None) -> UserData:
    warnings = [] if warned is None else warned
    return UserData(find_places(), warn=warnings.append, overview=overview, settings=Settings(), state=Remembered())


def test_an_overview_has_everything_for_the_first_frame_of_the_menu() -> None:
    data = user(overview=OVERVIEW)
    assert (data.theme, data.last_routine, data.cards) == ("gluteus-light", "tabata", [])


def test_coaching_that_is_handed_over_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    read = UserData.read(find_places(), warn=print).coaching
    monkeypatch.setattr(familiarity, "coaching_on", None)
    data = UserData(find_places(), warn=print, settings=Settings(), state=Remembered(), coaching=read)
    assert data.coaching is read


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
    ladder = tuple(step.id for step in data.catalog.exercises["reverse-bridge"].progressions)
    assert data.state.ladders == {"reverse-bridge": ladder}
    assert load_state(find_places())[0] == data.state
    data.remember("reverse-bridge", None)
    assert data.state == load_state(find_places())[0] == Remembered()


def test_a_dose_that_has_grown_holds_at_once_in_every_routine_and_card() -> None:
    library = {GROWING.id: GROWING}
    plan = Routine(id="r", title="R", blocks=(Block(sets=(Set(exercise="bridge"),)),), exercises=library)
    files = Catalog((Entry("r", Path("r.toml"), bundled=False, source=plan),), library)
    data = UserData(find_places(), warn=print, settings=Settings(), state=Remembered(), catalog=files)
    assert [card.parts[0].amount for card in data.cards] == ["40 s"]
    data.grow("bridge", "two-legs", 10)
    data.grow("bridge", "single-leg", 5)
    assert [card.parts[0].amount for card in data.cards] == ["50 s"]
    data.remember("bridge", "single-leg")
    assert [card.parts[0].amount for card in data.cards] == ["25 s"]
    data.remember("bridge", "two-legs")
    assert [card.parts[0].amount for card in data.cards] == ["50 s"], "each progression keeps its own"
    assert data.state == load_state(find_places())[0]
    data.grow("bridge", "two-legs", 0)
    assert data.state.grown == load_state(find_places())[0].grown == {"bridge": {"single-leg": 5.0}}
    assert data.catalog.entries == files.with_growth(data.state.grown, data.choices).entries


def test_an_answer_holds_in_the_place_of_the_last_one_of_its_kind() -> None:
    data, at = user(), datetime(2025, 3, 15, tzinfo=UTC)
    for reply in (Reply.LATER, Reply.NO):
        data.answer("bridge", Answer(Change.UP, "single-leg", reply, at))
    data.answer("bridge", Answer(Change.BACK, "two-legs", Reply.YES, at))
    assert [answer.reply for answer in data.state.answers["bridge"]] == [Reply.NO, Reply.YES]
    assert load_state(find_places())[0] == data.state


@pytest.mark.usefixtures("few_routines")
def test_a_ladder_that_is_edited_while_the_program_runs_is_reported_once() -> None:
    places, warned = find_places(), list[str]()
    places.exercises.mkdir(parents=True)
    mine = places.exercises / "mine.toml"
    steps = "[[progressions]]\nid = '{}'\nname = 'Step {}'\nwork = 30\n"
    mine.write_text("name = 'Mine'\n" + "".join(steps.format(one, one) for one in "abc"))
    data = user(warned)
    data.remember("mine", "c")
    mine.write_text("name = 'Mine'\n" + "".join(steps.format(one, one) for one in "abd"))
    for _ in range(2):
        data.reload()
        assert "mine" in data.catalog.exercises
    assert warned == ["Mine: c is no longer on its ladder; you continue with step b"]
    assert data.state == load_state(places)[0]
    assert data.state.progressions == {"mine": "b"}


def test_a_changed_setting_holds_and_is_saved_and_no_card_is_from_before() -> None:
    data = user(overview=OVERVIEW)
    data.change("workout.prepare_s", 20.0)
    assert data.settings.workout.prepare_s == load_settings(find_places())[0].workout.prepare_s == 20.0
    assert {card.id for card in data.cards} == {entry.id for entry in load_catalog(find_places()).entries}


def test_each_failed_write_is_reported_and_the_change_applies() -> None:
    places = find_places()
    places.config.parent.mkdir(parents=True, exist_ok=True)
    places.config.write_text("a file where a folder belongs")
    warned: list[str] = []
    data = user(warned)
    data.change("audio.volume", 35)
    assert data.settings.audio.volume == 35
    assert len(warned) == 1
    data.change("audio.volume", 40)
    assert len(warned) == 2
    places.config.unlink()
    data.change("audio.volume", 45)
    places.settings_file.unlink()
    places.config.rmdir()
    places.config.write_text("a file again")
    data.change("audio.volume", 50)
    assert len(warned) == 3


def test_clocks_return_the_time_of_day_of_a_future_instant() -> None:
    clock = FakeClock(now=1000.0, wall=1_767_258_000.0)
    clocks = Clocks(clock, clock.wall, UTC)
    assert f"{clocks.now():%H:%M}" == "09:00"
    assert f"{clocks.time_of_day(1000.0 + 90 * 60):%H:%M}" == "10:30"


def test_quiet_mutes_without_saving_it() -> None:
    data = user()
    data.mute_for(True)
    assert data.settings.audio.mute
    data.change("audio.volume", 35)
    assert not load_settings(find_places())[0].audio.mute
    data.mute_for(False)
    assert not data.settings.audio.mute and data.settings.audio.volume == 35


def test_a_change_of_the_sound_by_hand_takes_precedence() -> None:
    data = user()
    data.mute_for(True)
    data.change("audio.mute", False)
    assert not data.settings.audio.mute
    data.change("audio.mute", True)
    data.mute_for(False)
    assert data.settings.audio.mute
    data.mute_for(True)
    data.mute_for(False)
    assert data.settings.audio.mute


def test_a_quiet_routine_starts_muted_and_the_next_one_does_not() -> None:
    data = UserData(
        find_places(), warn=print, settings=Settings(), state=Remembered(), catalog=load_catalog(find_places())
    )
    for name, muted in (("in-a-meeting", True), ("mug", False)):
        routine = data.catalog.find(name).routine
        assert routine is not None
        conductor = new_conductor(data, routine, Choices(), ring=lambda: None, player=RecordingPlayer(), rate=2)
        assert conductor.settings.audio.mute is muted
        assert conductor.recorded is None, "a rehearsal makes no exercise more familiar"
        conductor.close()
    data.mute_for(True)
    data.mute_for(True, "routine")
    data.mute_for(False, "routine")
    assert data.settings.audio.mute
    data.mute_for(False)
    assert not data.settings.audio.mute
