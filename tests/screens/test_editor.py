"""The built-in editor: display, completions, saving, and that no text is lost.

A test follows one run of the program through several things, in functions named after the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.color import Color
from textual.events import AppBlur, AppFocus, Paste
from textual.pilot import Pilot
from textual.widgets import Input

from tests.fakes import files_of_at_most
from tests.screens.stage import Opened, end_workout, make_app, settle, sizes, text_of, type_in, until, until_shown
from tui.app import GluteusApp
from tui.files.places import find_places
from tui.files.reading import Unreadable
from tui.library.catalog import load_catalog
from tui.screens.dialogs.palette import PaletteScreen
from tui.screens.editor.draft import Draft
from tui.screens.editor.screen import EditorScreen
from tui.screens.editor.source import SourceArea, editable
from tui.screens.history.summary import SummaryScreen
from tui.screens.menu.screen import MenuScreen
from tui.screens.workout.screen import WorkoutScreen

TEXT = """\
format = 1
title = "Morning"  # my own

[[blocks]]
rounds = 3
rest = "10s"
sets = [{ exercise = "squat", work = "20s" }, { name = "Hop", reps = 5 }]
"""


def own(name: str = "morning") -> Path:
    return find_places().routines / f"{name}.toml"


def write(text: str | bytes = TEXT, name: str = "morning") -> Path:
    own(name).parent.mkdir(parents=True, exist_ok=True)
    own(name).write_bytes(text.encode() if isinstance(text, str) else text)
    return own(name)


def editor(name: str = "morning", saved: Callable[[str], None] = lambda _: None) -> Opened:
    """The app with the editor open on a routine; `saved` is called as a file that was saved is left."""
    catalog = load_catalog(find_places())

    def page(app: GluteusApp) -> EditorScreen:
        entry = catalog.find(name)
        return EditorScreen(app.user, entry, editable(entry.path), rehearse=lambda _: None, saved=saved)

    return Opened(page, catalog=catalog)


def source(pilot: Pilot[None]) -> SourceArea:
    return pilot.app.screen.query_one(SourceArea)


async def open_from_menu(pilot: Pilot[None]) -> None:
    """Find the routine in the menu, and edit it."""
    await pilot.press("slash")
    await type_in(pilot, "morning")
    await pilot.press("down")
    pilot.app.screen.query_one("RoutineList").focus()
    await pilot.press("e")
    await pilot.pause()


async def put(pilot: Pilot[None], text: str) -> None:
    """Replace the whole text."""
    source(pilot).text = text
    await pilot.pause()


async def test_it_shows_and_suggests_as_one_writes() -> None:
    write()
    app = editor()
    async with app.run_test(size=(120, 40)) as pilot:
        await it_shows_the_workout_and_then_the_problems(pilot)
        await problems_are_gone_through_and_the_cursor_is_at_each(pilot)
        await what_can_be_written_is_suggested(pilot)
        await a_change_is_taken_back_and_made_again(pilot)
        await nothing_that_is_pasted_acts(pilot)
        await it_takes_the_colours_of_each_theme(pilot, "gluteus-light")
        await quitting_asks_about_changes(pilot)
    assert "Evening" in own().read_text()


async def it_shows_the_workout_and_then_the_problems(pilot: Pilot[None]) -> None:
    await until_shown(pilot, "in 6 sets")
    assert "Squat" in text_of(pilot.app)
    await put(pilot, TEXT.replace("squat", "sqaut"))
    await until_shown(pilot, "1 problem")
    assert 'line 7 no exercise "sqaut"' in " ".join(text_of(pilot.app).split())
    await put(pilot, TEXT.replace("20s", "1 min"))
    await until_shown(pilot, "3 \N{MULTIPLICATION SIGN} 1 min")
    assert "1 problem" not in text_of(pilot.app)


async def problems_are_gone_through_and_the_cursor_is_at_each(pilot: Pilot[None]) -> None:
    await put(pilot, TEXT.replace("rounds = 3", "rounds = 300").replace('"10s"', '"10 x"'))
    await until_shown(pilot, "2 problems")
    places = []
    for _ in range(3):
        await pilot.press("f8")
        places.append(source(pilot).cursor_location)
    assert places == [(4, 9), (5, 7), (4, 9)]


async def what_can_be_written_is_suggested(pilot: Pilot[None]) -> None:
    await put(pilot, TEXT)
    area = source(pilot)
    area.move_cursor((3, 10))
    await pilot.press("enter", "m", "ctrl+@")
    assert area.document.get_line(4) == "mode = "
    await pilot.press("ctrl+@")
    await pilot.pause()
    assert isinstance(pilot.app.screen, PaletteScreen)
    await type_in(pilot, "circ")
    await pilot.press("enter")
    await pilot.pause()
    assert area.document.get_line(4) == 'mode = "circuit"'
    area.move_cursor((0, 10))
    await pilot.press("ctrl+space")
    await until_shown(pilot, "There are no completions here")


async def a_change_is_taken_back_and_made_again(pilot: Pilot[None]) -> None:
    await put(pilot, TEXT)
    await pilot.press("ctrl+k")
    shorter = source(pilot).text
    await pilot.press("ctrl+z")
    assert source(pilot).text == TEXT != shorter
    await pilot.press("ctrl+y")
    assert source(pilot).text == shorter


async def nothing_that_is_pasted_acts(pilot: Pilot[None]) -> None:
    await put(pilot, TEXT)
    source(pilot).post_message(Paste("# \x1b[31mred\x07\ttab\r\nnext"))
    await pilot.pause()
    assert source(pilot).text.startswith("# \ufffd[31mred\ufffd  tab\nnext")


async def it_takes_the_colours_of_each_theme(pilot: Pilot[None], theme: str) -> None:
    pilot.app.theme = theme
    await pilot.pause()
    assert source(pilot).theme == theme
    style = source(pilot)._theme.syntax_styles["property"] if source(pilot)._theme else None
    wanted = Color.parse(pilot.app.get_css_variables()["foreground"]).rich_color
    assert style is not None and style.color == wanted


async def quitting_asks_about_changes(pilot: Pilot[None]) -> None:
    await put(pilot, TEXT.replace("Morning", "Evening"))
    await pilot.press("ctrl+q")
    await until_shown(pilot, "Save your changes?")
    await pilot.press("ctrl+q")
    await pilot.pause()
    assert "Save your changes?" in text_of(pilot.app)
    await pilot.press("escape")
    await pilot.pause()
    assert isinstance(pilot.app.screen, EditorScreen)
    await pilot.press("ctrl+q", "s")
    await pilot.pause()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
async def test_problems_in_a_smaller_window_and_colours_of_few(size: tuple[int, int]) -> None:
    write()
    async with editor().run_test(size=size) as pilot:
        await problems_are_gone_through_and_the_cursor_is_at_each(pilot)
        await it_takes_the_colours_of_each_theme(pilot, "gluteus-terminal-dark")


async def test_saving_keeps_the_form_of_the_file_and_what_others_wrote() -> None:
    path = write(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    there = path.rename(find_places().config / "there.toml")
    path.symlink_to(there)
    app = editor()
    async with app.run_test() as pilot:
        await put(pilot, source(pilot).text.replace("rounds = 3", "rounds = 4"))
        await pilot.press("ctrl+s")
        await until_shown(pilot, "Saved")
        assert "not saved" not in text_of(app)
        changed = TEXT.replace("rounds = 3", "rounds = 4").replace("\n", "\r\n").encode()
        assert there.read_bytes() == b"\xef\xbb\xbf" + changed
        assert path.is_symlink()
        assert there.stat().st_mode & 0o777 == 0o640
        await a_file_that_another_program_has_changed_is_not_overwritten_without_asking(pilot)
        await a_folder_in_the_place_of_the_file_loses_nothing(pilot)


async def a_file_that_another_program_has_changed_is_not_overwritten_without_asking(pilot: Pilot[None]) -> None:
    await put(pilot, TEXT.replace("Morning", "Evening"))
    write(TEXT.replace("Morning", "Night time"))
    pilot.app.post_message(AppBlur())
    await pilot.pause()
    assert "Another program" not in text_of(pilot.app)  # the user is elsewhere
    pilot.app.post_message(AppFocus())
    await until_shown(pilot, "Another program has changed this file")
    await pilot.press("ctrl+s")
    await until_shown(pilot, "Overwrite it?")
    await pilot.press("n")
    assert "Night time" in own().read_text()
    await pilot.press("ctrl+s", "y")
    await pilot.pause()
    assert "Evening" in own().read_text()


async def a_folder_in_the_place_of_the_file_loses_nothing(pilot: Pilot[None]) -> None:
    await put(pilot, TEXT + "# more\n")
    own().unlink()
    own().mkdir()
    await pilot.press("ctrl+s")
    await until_shown(pilot, "morning.toml is a folder now: move it away, then save again.")
    assert source(pilot).text.endswith("# more\n")
    await until(pilot, lambda: find_places().unsaved("morning.toml").exists())
    own().rmdir()
    await pilot.press("ctrl+s")
    await until_shown(pilot, "Another program has removed")
    await pilot.press("y")
    await until(pilot, lambda: own().exists())
    assert own().read_text().endswith("# more\n")


async def test_a_bundled_routine_becomes_the_user_s_own_when_it_is_saved() -> None:
    saved = list[str]()
    async with editor("tabata", saved.append).run_test() as pilot:
        await until_shown(pilot, "tabata.toml")
        assert not own("tabata").exists()
        await put(pilot, source(pilot).text + "# mine\n")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "Saved as your own")
        await pilot.press("escape")
        await until(pilot, lambda: saved == ["tabata"])
    assert own("tabata").read_text().endswith("# mine\n")


async def test_it_opens_from_the_menu_and_asks_about_changes_before_it_is_left() -> None:
    write()
    app = make_app(catalog=load_catalog(find_places()))
    async with app.run_test() as pilot:
        await open_from_menu(pilot)
        await put(pilot, TEXT.replace("Morning", "Evening"))
        await until_shown(pilot, "not saved")
        await a_rehearsal_comes_back_to_the_text(pilot)
        await pilot.press("escape")
        await until_shown(pilot, "Save your changes?")
        await pilot.press("escape")
        assert isinstance(app.screen, EditorScreen)
        await pilot.press("escape", "d")
        await until_shown(pilot, "Morning")
        assert isinstance(app.screen, MenuScreen)
        assert own().read_text() == TEXT
        for key, title in (("s", "Evening"), ("enter", "Night")):
            await pilot.press("e")
            await pilot.pause()
            await put(pilot, TEXT.replace("Morning", title))
            await pilot.press("escape", key)
            await until_shown(pilot, title)
            assert isinstance(app.screen, MenuScreen)
            assert title in own().read_text()
            assert not find_places().unsaved("morning.toml").exists()
        await pilot.press("e", *"# abc", "escape", "s")  # keys that are typed ahead are written
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)
    assert own().read_text().startswith("# abcformat")


async def a_rehearsal_comes_back_to_the_text(pilot: Pilot[None]) -> None:
    app = pilot.app
    assert isinstance(app, GluteusApp)
    await pilot.press("ctrl+r")
    await pilot.pause()
    assert isinstance(app.screen, WorkoutScreen)
    assert app.conductor is not None
    assert app.conductor.routine.title == "Evening"
    end_workout(app)
    await pilot.pause()
    if isinstance(app.screen, SummaryScreen):
        await pilot.press("escape")
        await pilot.pause()
    assert isinstance(app.screen, EditorScreen)
    assert "Evening" in source(pilot).text


async def test_what_is_not_saved_can_be_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    saved, said = list[str](), list[str]()
    app = editor(saved=saved.append)
    monkeypatch.setattr(app, "notify", lambda message, **_: said.append(message))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("#", "escape")
        await until_shown(pilot, "Save your changes?")
        assert app.screen.focused is app.screen.query_one("#save")
        await pilot.press("d")
        await pilot.pause()
    assert [line[:26] for line in said] == ["Not saved. Your text is in"]
    assert saved == []
    assert find_places().unsaved("morning.toml").with_suffix(".not-saved").read_text() == f"#{TEXT}"


async def test_what_was_not_saved_is_there_the_next_time_and_not_saved_over_a_later_change_without_asking() -> None:
    write()
    draft, written = find_places().unsaved("morning.toml"), f"#{TEXT.replace('Morning', 'Evening')}"
    async with editor().run_test() as pilot:
        await put(pilot, written[1:])
        await until(pilot, draft.exists)
        await pilot.press("#", "ctrl+q")  # the last keys before the end of the program
        pilot.app.exit()
    assert own().read_text() == TEXT
    async with editor().run_test() as pilot:
        await until_shown(pilot, "These changes were not saved last time")
        assert source(pilot).text == written
        pilot.app.exit()
    write(TEXT.replace("Morning", "Night time"))
    async with editor().run_test() as pilot:
        pilot.app.exit()
    async with editor().run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "The file has changed since")
        assert source(pilot).text == written
        await pilot.press("ctrl+s")
        await until_shown(pilot, "Overwrite it?")
        await pilot.press("n")
        assert "Night time" in own().read_text()
        await pilot.press("escape", "s")
        await until_shown(pilot, "Overwrite it?")
        await pilot.press("y")
        await pilot.pause()
        assert own().read_text() == written
    assert not draft.exists()


async def test_what_another_program_has_not_saved_stays_with_it() -> None:
    write()
    draft = find_places().unsaved("morning.toml")
    other = Draft(draft, TEXT)
    other.keep(TEXT + "# of another program")
    app = editor()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "open in another Gluteus")
        assert source(pilot).text == TEXT
        await put(pilot, "# other")
        await pilot.press("escape", "d")
        await pilot.pause()
    other.close(TEXT + "# of another program")
    assert Draft(draft, TEXT).text == TEXT + "# of another program"


async def test_a_text_that_is_still_being_read_when_the_program_ends_does_no_harm() -> None:
    write()
    app = editor()
    async with app.run_test() as pilot:
        await pilot.press("#")
        await app.screen.query_one("#panes").remove()
        await until(pilot, lambda: find_places().unsaved("morning.toml").exists())
        await app.workers.wait_for_complete()


@pytest.mark.parametrize("text", [b"a = \x1b", b"\xff\xfe", b"title = 'a\x07'"])
def test_a_file_that_cannot_be_shown_as_it_is_is_not_opened(text: bytes) -> None:
    with pytest.raises(Unreadable):
        editable(write(text))


async def test_a_full_disk_loses_nothing() -> None:
    path = write()
    app = editor()
    async with app.run_test() as pilot:
        await put(pilot, TEXT + "# more\n")
        with files_of_at_most(10):
            await pilot.press("ctrl+s")
            await until_shown(pilot, "cannot be written")
        assert source(pilot).text.endswith("# more\n")
        assert path.read_text() == TEXT


@pytest.mark.parametrize("size", sizes((80, 24), (120, 40), (40, 12)), ids=str)
def test_its_look(size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    write()
    assert snap_compare(editor(), terminal_size=size, run_before=settle)


async def test_a_new_routine_is_edited_here_if_no_editor_is_set() -> None:
    app = make_app(catalog=load_catalog(find_places()))
    async with app.run_test() as pilot:
        await pilot.press("n")
        await pilot.pause()
        app.screen.query_one(Input).value = "Mine alone"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, EditorScreen)
        assert "title" in source(pilot).text
    assert own("mine-alone").exists()
