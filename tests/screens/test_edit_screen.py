"""Editing from the menu: the copy, the check afterwards, the offer to edit again; an editor that fails is one line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.bundled_catalog import few_bundled
from tests.screens.stage import make_app, text_of, type_in, until, until_shown
from tests.workouts import build
from tui.app import GluteusApp
from tui.bundled import bundled
from tui.files.places import find_places
from tui.ladder.remembered import Remembered
from tui.library.catalog import load_catalog
from tui.library.editing import EditorTrouble
from tui.screens.dialogs.problems import ProblemsScreen
from tui.screens.menu.edit import edited
from tui.screens.menu.new_dialog import NewScreen
from tui.screens.menu.screen import MenuScreen

GOOD = (bundled("routines") / "tabata.toml").read_text()
BAD = GOOD.replace("title", "tittle")


@pytest.fixture(autouse=True)
def few(tmp_path: Path) -> Iterator[None]:
    """Have few bundled routines in the menu."""
    with few_bundled(tmp_path, "emom-ten", "mug", "tabata"):
        yield


class Desk:
    """A person's editor: it saves these texts, one after the other, and notes the files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *texts: str) -> None:
        self.texts, self.opened, self.places = list(texts), list[Path](), list[tuple[int, int] | None]()
        monkeypatch.setenv("EDITOR", sys.executable)
        monkeypatch.setattr("tui.screens.menu.edit.run_editor", self.edit)
        monkeypatch.setattr(GluteusApp, "suspend", room)

    def edit(self, path: Path, at: tuple[int, int] | None = None) -> None:
        self.opened.append(path)
        self.places.append(at)
        if self.texts:
            path.write_text(self.texts.pop(0))


@contextmanager
def room(_: GluteusApp) -> Iterator[None]:
    """The terminal given away; there is none here."""
    yield


def real_app() -> GluteusApp:
    return make_app(catalog=load_catalog(find_places()), state=Remembered(last_routine="tabata"))


async def test_a_routine_is_edited_until_it_has_no_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, GOOD.replace('title   = "Tabata"', 'title = "My tabata"'))
    app = real_app()
    async with app.run_test(size=(120, 50), notifications=True) as pilot:
        await a_bundled_routine_is_copied_edited_and_read_again(app, pilot, desk)
        await problems_are_shown_and_edited_until_there_are_none(app, pilot, desk)
        await the_line_of_a_syntax_error_is_shown_with_a_caret(app, pilot, desk)
        await pilot.press("escape")
        await pilot.pause()
        shown = text_of(app)  # a broken file is listed last, with its problem
        assert shown.index("not ready") > shown.index("EMOM ten")
        assert app.screen.query_one(OptionList).highlighted is not None


async def a_bundled_routine_is_copied_edited_and_read_again(app: GluteusApp, pilot: Pilot[None], desk: Desk) -> None:
    await pilot.press("E")
    await until_shown(pilot, "tabata.toml is fine.")
    assert isinstance(app.screen, MenuScreen)
    assert [path.name for path in desk.opened] == ["tabata.toml"]
    assert (find_places().routines / "tabata.toml").is_file()
    assert text_of(app).count("My tabata") == 2  # in the list and in the preview


async def problems_are_shown_and_edited_until_there_are_none(app: GluteusApp, pilot: Pilot[None], desk: Desk) -> None:
    desk.texts += [BAD, BAD, GOOD]
    await pilot.press("E")
    for _ in range(2):
        await until(pilot, lambda: isinstance(app.screen, ProblemsScreen))
        await until_shown(pilot, "tittle")
        assert "Edit again" in text_of(app)
        await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, MenuScreen))
    assert desk.places == [None, None, (5, 1), (5, 1)]


async def the_line_of_a_syntax_error_is_shown_with_a_caret(app: GluteusApp, pilot: Pilot[None], desk: Desk) -> None:
    desk.texts.append("title = Mug\n")
    await pilot.press("E")
    await until_shown(pilot, "title = Mug")
    assert isinstance(app.screen, ProblemsScreen)
    lines = text_of(app).split("\n")
    at = next(number for number, line in enumerate(lines) if "title = Mug" in line)
    assert lines[at + 1].index("^") == lines[at].index("Mug")


async def test_a_new_routine_is_asked_for_by_name_and_starts_as_a_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    app = real_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "enter")
        await pilot.pause()
        assert isinstance(app.screen, NewScreen)
        assert "A title has 1 to 80 characters." in text_of(app)
        await type_in(pilot, "Tea break")
        await pilot.press("enter")
        await pilot.pause()
        assert "Tea break" in text_of(app)
        await pilot.press("n")
        await type_in(pilot, "Gym time")
        await pilot.press("down", "end", "space", "home", "left", "down", "right", "enter")
        await pilot.pause()
        assert "Gym time" in text_of(app)
    gym_time = load_catalog(find_places()).find("gym-time")
    assert gym_time.routine is not None
    assert gym_time.routine.tags == ("gym",)
    assert len(gym_time.routine.blocks[0].sets) == 4
    assert [set_.exercise for set_ in gym_time.routine.blocks[0].sets][-1] == "wall-sit"
    assert abs(build(gym_time.routine).total_s - 8 * 60) < 120
    del desk.opened[1:]
    assert desk.opened == [find_places().routines / "tea-break.toml"]


@pytest.mark.parametrize(
    ("editor", "line"),
    [
        ("no-such-editor-at-all", 'The editor "no-such-editor-at-all"'),
        pytest.param(f'"{sys.executable}" -c "raise SystemExit(3)"', "ended with code 3", marks=pytest.mark.slow),
    ],
)
async def test_an_editor_that_is_missing_or_fails_is_one_line(
    editor: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GluteusApp, "suspend", room)
    monkeypatch.setenv("EDITOR", editor)
    app = real_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("E")
        await until_shown(pilot, line)
        assert isinstance(app.screen, MenuScreen)
        await pilot.press("n")
        await type_in(pilot, "Tea break")
        await pilot.press("enter")
        await pilot.pause()
    assert not list(find_places().routines.glob("*.toml"))  # neither a copy nor a starter


async def test_nothing_escapes_while_the_terminal_is_given_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(_: Path, at: tuple[int, int] | None) -> None:
        raise RuntimeError("oh no")

    monkeypatch.setattr("tui.screens.menu.edit.run_editor", fall)
    app = make_app()
    async with app.run_test():
        with pytest.raises(EditorTrouble, match="Edit this file yourself"):  # a terminal that cannot be given away
            edited(app, Path("/x.toml"))
        monkeypatch.setattr(GluteusApp, "suspend", room)
        with pytest.raises(EditorTrouble, match=r"^The editor could not be run: oh no\.$"):
            edited(app, Path("/x.toml"))


@pytest.mark.parametrize("text", [BAD, None], ids=["broken", "gone"])
async def test_after_an_edit_one_thing_is_said(text: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    path = find_places().routines / "tabata.toml"
    path.parent.mkdir(parents=True)
    path.write_text(BAD)

    def edit(path: Path, at: tuple[int, int] | None) -> None:
        if text is not None:
            raise EditorTrouble("The editor is not installed.")
        path.unlink()

    monkeypatch.setattr("tui.screens.menu.edit.run_editor", edit)
    monkeypatch.setattr(GluteusApp, "suspend", room)
    app = real_app()
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.press("end", "E")
        await until_shown(pilot, "The editor is not installed." if text is not None else "tabata.toml is gone.")
        assert isinstance(app.screen, MenuScreen)
