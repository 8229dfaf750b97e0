"""The settings screen: every setting, changed with keys or the mouse, takes effect at once and is saved."""

from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.for_each import for_each
from tests.screens.stage import SHORT, end_workout, make_app, text_of, type_in, until
from tui.app import GluteusApp
from tui.files.places import find_places
from tui.files.settings import SETTINGS, value_of
from tui.files.settings_file import load_settings
from tui.screens.settings.rows import choices, stepped
from tui.screens.settings.screen import SettingsScreen
from tui.themes import THEMES

CHANGES: tuple[tuple[str, str, object], ...] = (
    ("audio.volume", "right", 85),
    ("audio.volume", "left", 80),
    ("audio.mute", "enter", True),
    ("audio.backend", "right", "miniaudio"),
    ("audio.offset_ms", "left", -10),
    ("cues.tempo.on", "right", False),
    ("cues.tempo.volume", "left", 95),
    ("voice.mode", "right", "names"),
    ("screen.flash", "right", "three-times"),
    ("screen.motion", "enter", False),
    ("workout.prepare_s", "right", 6.0),
)
"""Settings, the key that is pressed on each, and what it is then."""


def go_to(app: GluteusApp, key: str) -> None:
    """Put the cursor on a setting."""
    screen = app.screen
    assert isinstance(screen, SettingsScreen)
    screen.query_one(OptionList).highlighted = screen.rows.index(key)


def saved(key: str) -> object:
    return value_of(load_settings(find_places())[0], key)


@for_each("key", SETTINGS)
def test_a_step_gives_a_value_that_is_allowed_and_the_ends_hold(key: str) -> None:
    kind = SETTINGS[key].kind
    for step in (1, -1):
        value, seen = SETTINGS[key].default, list[object]()
        while (value := stepped(key, value, step)) not in seen and len(seen) < 300:  # until it stays, or goes round
            assert kind.read(value) == value
            seen.append(value)


def test_lists_go_round_and_a_theme_is_one_of_the_programs_own() -> None:
    assert stepped("voice.mode", "all", 1) == "off"
    assert stepped("audio.mute", False, -1) is True
    assert choices("screen.theme") == [theme.name for theme in THEMES]


async def test_after_a_muted_workout_the_sound_is_on_again() -> None:
    app = make_app(start=SHORT._replace(quiet=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.conductor is not None)
        assert app.user.settings.audio.mute
        end_workout(app)
        await pilot.pause()
        assert not app.user.settings.audio.mute


async def test_settings_are_shown_and_changed() -> None:
    app = make_app()
    async with app.run_test(size=(25, 5)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        shown = text_of(app)  # settings, and not only a meaning
        assert "Volume" in shown and "Mute" in shown
        await every_setting_has_a_row_with_a_label_of_its_own(app, pilot)
        await pilot.resize_terminal(80, 30)
        await the_screen_shows_the_meaning_and_the_value_of_a_setting(pilot)
        await a_double_click_changes_the_clicked_setting(app, pilot)
        for key, press, value in CHANGES:
            go_to(app, key)
            await pilot.press(press)
            assert value_of(app.user.settings, key) == value
            assert saved(key) == value
        await a_value_is_typed_until_it_is_allowed(app, pilot)
        go_to(app, "screen.theme")
        await pilot.press("right")
        await pilot.pause()
        assert app.theme == app.user.settings.screen.theme == "gluteus-light"  # it holds at once


async def every_setting_has_a_row_with_a_label_of_its_own(app: GluteusApp, pilot: Pilot[None]) -> None:
    await pilot.resize_terminal(80, 100)
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, SettingsScreen)
    assert [key for key in screen.rows if key] == list(SETTINGS)
    shown = text_of(app)
    assert all(setting.label in shown for setting in SETTINGS.values())


async def the_screen_shows_the_meaning_and_the_value_of_a_setting(pilot: Pilot[None]) -> None:
    shown = text_of(pilot.app)
    assert "Master volume, in percent." in shown
    assert "▮▮▮▮▮▮▮▮▯▯  80" in shown
    await pilot.press("right")
    await pilot.pause()
    assert "  85" in text_of(pilot.app)
    await pilot.press("left")


async def a_double_click_changes_the_clicked_setting(app: GluteusApp, pilot: Pilot[None]) -> None:
    row = next(y for y, line in enumerate(text_of(app).split("\n")) if "Mute" in line)
    await pilot.click(offset=(6, row))
    await pilot.pause()
    assert not app.user.settings.audio.mute
    await pilot.double_click(offset=(6, row))
    await pilot.pause()
    assert app.user.settings.audio.mute
    app.change("audio.mute", False)


async def a_value_is_typed_until_it_is_allowed(app: GluteusApp, pilot: Pilot[None]) -> None:
    app.change("audio.offset_ms", 0)
    go_to(app, "audio.offset_ms")
    await pilot.press("enter")
    await type_in(pilot, "9999")
    await pilot.press("enter")
    await pilot.pause()
    assert "from -500 to 1000" in " ".join(text_of(app).split())
    app.screen.query_one(Input).value = ""
    await type_in(pilot, "200")
    await pilot.press("enter")
    go_to(app, "voice.language")
    await pilot.press("enter", "backspace", "backspace", *"de", "enter")
    await pilot.pause()
    assert "de" in text_of(app)
    assert (saved("audio.offset_ms"), saved("voice.language")) == (200, "de")
