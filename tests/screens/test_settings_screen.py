"""The settings screen: every setting, changed with keys or the mouse, takes effect at once and is saved."""

from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.for_each import for_each
from tests.screens.stage import make_app, text_of
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


async def test_a_window_of_five_lines_shows_settings_and_not_only_a_meaning() -> None:
    app = make_app()
    async with app.run_test(size=(25, 5)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert "Volume" in text_of(app) and "Mute" in text_of(app)


def saved(key: str) -> object:
    return value_of(load_settings(find_places())[0], key)


async def test_every_setting_has_a_row_with_a_label_of_its_own() -> None:
    app = make_app()
    async with app.run_test(size=(100, 100)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        assert [key for key in screen.rows if key] == list(SETTINGS)
        shown = text_of(app)
        assert all(setting.label in shown for setting in SETTINGS.values())


@for_each("key", SETTINGS)
def test_a_step_gives_a_value_that_is_allowed_and_the_ends_hold(key: str) -> None:
    kind = SETTINGS[key].kind
    value = SETTINGS[key].default
    for step in [1] * 300 + [-1] * 600:
        value = stepped(key, value, step)
        assert kind.read(value) == value


def test_lists_go_round_and_a_theme_is_one_of_the_programs_own() -> None:
    assert stepped("voice.mode", "all", 1) == "off"
    assert stepped("audio.mute", False, -1) is True
    assert choices("screen.theme") == [theme.name for theme in THEMES]


async def test_settings_are_shown_and_changed() -> None:
    app = make_app()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
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
    await pilot.press("enter", *"9999", "enter")
    await pilot.pause()
    assert "from -500 to 1000" in " ".join(text_of(app).split())
    await pilot.press(*["backspace"] * 5, *"200", "enter")
    go_to(app, "voice.language")
    await pilot.press("enter", "backspace", "backspace", *"de", "enter")
    await pilot.pause()
    assert "de" in text_of(app)
    assert (saved("audio.offset_ms"), saved("voice.language")) == (200, "de")
