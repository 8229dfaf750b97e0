"""The early frame is shown only if its sources have not changed, and cannot control the terminal."""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import platformdirs
import pytest

if sys.platform == "win32":
    pytest.skip("there is no early frame on Windows", allow_module_level=True)

from tests.for_each import for_each
from tui.files.places import find_places
from tui.terminal import early
from tui.terminal.early import is_harmless, saved_frame

FRAME = "\x1b[1;3H\x1b[1;38;2;1;2;3;48;5;16mMug ▆▃ 日本\x1b[4C\x1b[0m"


@pytest.fixture(autouse=True)
def terminal_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((120, 40)))


def parts() -> tuple[str, str]:
    return early.key(early.files_key())


def key() -> str:
    return "".join(parts())


def test_text_colours_and_moves_of_the_cursor_are_harmless() -> None:
    assert is_harmless(FRAME)


@for_each(
    "harm",
    [
        "\x1b]0;title\x07", "\x1b]52;c;AAAA\x1b\\", "\x1b[6n", "\x1b[?1049l", "\x1b[2J", "\x1b[>1u", "\x1b[=1;2u",
        "\x1bc", "\x1bP1$r\x1b\\", "\x9b6n", "\r", "\n", "\x07", "\x00", "\u202e", "\x1b[1;", "\x1b[", "\x1b", "\x7f",
        "\x1b[1 q", "\x1b[38;2;1;2;3", "\x1b[1;\x1b[0m",
    ],
)  # fmt: skip
@for_each("form", ["{harm}" + FRAME, FRAME + "{harm}", FRAME + "{harm}" + FRAME])
def test_a_frame_with_anything_else_is_never_shown(harm: str, form: str) -> None:
    assert not is_harmless(form.format(harm=harm))


@for_each("size", range(len(FRAME)))
def test_a_frame_that_was_cut_short_is_never_shown(size: int) -> None:
    assert not is_harmless(FRAME[:size])


def test_a_frame_is_shown_under_its_own_key_before_its_day() -> None:
    kept = f"2026-03-02\na key\nof two lines\n\n{FRAME}"
    assert saved_frame(kept, "a key\nof two lines", "2026-03-01") == FRAME
    assert saved_frame(kept, "a key\nof two lines", "2026-03-02") == ""
    assert saved_frame(kept, "a key", "2026-03-01") == ""
    assert saved_frame(f"\na key\n\n{FRAME}", "a key", "2026-03-01") == FRAME


@for_each("kept", ["", "\n", "\n\n\n", "\na key\n\n", "\na key\n", "a key", FRAME])
def test_a_damaged_file_shows_nothing(kept: str) -> None:
    assert saved_frame(kept, "a key", "2026-03-01") == ""


def test_a_frame_that_was_kept_is_found_again_whatever_the_names_of_files() -> None:
    find_places().routines.mkdir(parents=True)
    (find_places().routines / os.fsdecode(b"\xff.toml")).touch()
    early.EarlyFrame().keep(FRAME, key(), "2026-03-02")
    assert saved_frame(early.read(early.frame_file()), key(), "2026-03-01") == FRAME


@for_each("name", ["TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "LANG", "LC_ALL", "COLUMNS", "TERM_PROGRAM"])
def test_the_key_changes_with_the_environment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    monkeypatch.setenv(name, "other")
    assert key() != before


def test_the_key_changes_with_the_size_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, 24)))
    assert key() != before


def files_of_the_user() -> list[Path]:
    places = find_places()
    return [
        places.settings_file, places.state_file, places.menu_file, places.routines / "own.toml",
        places.exercises / "own.toml", places.history / "2026-03.jsonl", places.interrupted / "workout.jsonl",
    ]  # fmt: skip


@for_each("number", range(len(files_of_the_user())))
def test_the_key_changes_with_every_file_that_the_menu_shows_something_of(number: int) -> None:
    file = files_of_the_user()[number]
    keys = [key()]
    file.parent.mkdir(parents=True, exist_ok=True)
    for text in ("one", "another"):
        file.write_text(text)
        keys.append(key())
    file.unlink()
    keys.append(key())
    assert len({*keys[:3]}) == 3
    assert keys[3] not in keys[1:3]


def test_only_what_was_done_can_change_without_another_frame() -> None:
    made_of, done = parts()
    for file in files_of_the_user():
        file.parent.mkdir(parents=True, exist_ok=True)
    assert parts()[0] != made_of  # there is a folder for routines now
    made_of, done = parts()
    places = find_places()
    for file in (places.state_file, places.history / "2026-03.jsonl", places.interrupted / "workout.jsonl"):
        file.write_text("done")
        now = parts()
        assert now[0] == made_of and now[1] != done
        done = now[1]


def test_the_key_names_the_files_of_the_program_and_of_textual() -> None:
    whole = key()
    for part in ("/tui/screens/menu: ", " menu.tcss ", " __main__.py ", " mug.toml ", "/textual/__init__.py "):
        assert part in whole
    assert "__pycache__" not in whole


def test_the_key_changes_with_every_file_of_the_program_but_bytecode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early, "PACKAGE", str(tmp_path))
    keys = [key()]
    for name in ("main.py", "screens/menu.py", "screens/menu.tcss"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        for text in ("one", "another"):
            file.write_text(text)
            keys.append(key())
    (tmp_path / "lost").symlink_to("nothing")
    keys.append(key())
    assert len({*keys}) == 8
    for folder in (tmp_path, tmp_path / "screens"):
        (folder / "__pycache__").mkdir()
        (folder / "__pycache__" / "menu.pyc").touch()
    assert key() == keys[-1]


def test_nothing_is_shown_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with early.EarlyFrame() as frame:
        assert not frame.is_shown and frame.next_key(have_files_changed=False) == ("", False)
    assert capsys.readouterr() == ("", "")


def test_at_the_end_files_are_looked_at_again_only_if_the_menu_has_seen_a_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(early, "_can_show", lambda: True)
    monkeypatch.setattr("termios.tcgetattr", lambda _: [])
    monkeypatch.setattr(early, "TerminalKeeper", Mock())
    with early.EarlyFrame() as frame:
        before = key()
        assert frame.next_key(have_files_changed=True) == (before, False)
        find_places().routines.mkdir(parents=True)
        assert frame.next_key(have_files_changed=False) == (before, False)
        assert frame.next_key(have_files_changed=True) == ("", False)
        find_places().settings_file.touch()
        assert frame.next_key(have_files_changed=False) == ("", False)
    assert key() != before


def test_little_is_loaded_before_the_frame() -> None:
    ask = "import sys, tui.terminal.early; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"enum", "json", "pathlib", "platformdirs", "re", "signal", "subprocess", "textual", "typing"}
    assert heavy.isdisjoint(loaded)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere they are found by platformdirs")
@for_each("value", [None, "", "/some/where", "/some/where/", "relative"])
def test_the_folders_are_those_of_platformdirs(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLUTEUS_HOME", raising=False)
    for kind in ("CONFIG", "STATE", "DATA"):
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
        if value is not None:
            monkeypatch.setenv(f"XDG_{kind}_HOME", value)
    dirs = platformdirs.PlatformDirs("gluteus", appauthor=False)
    found = find_places()
    assert (found.config, found.state) == (Path(dirs.user_config_dir), Path(dirs.user_state_dir))
    assert found.data == Path(dirs.user_data_dir)
