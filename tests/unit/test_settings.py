"""The settings file: a message for every mistake, and changes that preserve comments."""

import os
import threading
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.for_each import for_each
from tui.coach.cue import CueClass
from tui.files.atomic import StorageProblem
from tui.files.places import Places, find_places
from tui.files.settings import GROUPS, SETTINGS, AudioSettings, ScreenSettings, Settings, settings_schema
from tui.files.settings_file import check_own_settings, check_settings, load_settings, read_settings, save_setting
from tui.routine.values import Whole


@pytest.fixture
def places() -> Places:
    return find_places()


def write(places: Places, text: str) -> None:
    places.config.mkdir(parents=True, exist_ok=True)
    places.settings_file.write_text(text, newline="")


def test_without_a_file_the_defaults_hold_and_nothing_is_made(places: Places, tmp_path: Path) -> None:
    settings, note = load_settings(places)
    assert settings == Settings()
    assert note is None
    assert (settings.audio.volume, settings.workout.prepare_s, settings.screen.flash) == (80, 5.0, "once")
    assert set(settings.cues) == set(CueClass)
    assert os.listdir(tmp_path) == []


def test_every_way_to_write_a_table_is_read(places: Places) -> None:
    write(
        places,
        "audio.volume = 30\ncues.tempo = { on = false, volume = 7 }\n"
        "[workout]\nprepare_s = 12\n[voice]\nmode = 'names'\n[screen]\nmotion = false\n",
    )
    settings, note = load_settings(places)
    assert note is None
    assert settings.audio.volume == 30
    assert (settings.cues[CueClass.TEMPO].on, settings.cues[CueClass.TEMPO].volume) == (False, 7)
    assert settings.cues[CueClass.VOICE].on
    assert settings.workout.prepare_s == 12.0
    assert settings.voice.mode == "names"
    assert not settings.screen.motion


@for_each(
    ("text", "line"),
    [
        ("audio.volume = 300", ":1:16: audio.volume is 300: write a whole number from 0 to 100; using 80"),
        ("audio.volume = true", ":1:16: audio.volume is true: write a whole number from 0 to 100; using 80"),
        ("audio.mute = 1", ":1:14: audio.mute is 1: write true or false, without quotes; using false"),
        ("workout.prepare_s = nan", ":1:21: workout.prepare_s is nan: write a number from 0 to 600; using 5.0"),
        ('screen.flash = "twice"', 'screen.flash is "twice": write one of off, once, three-times; using "once"'),
        ("audio = 3", ":1:9: [audio] is 3: write a table; using the defaults"),
        ("cues.tempo = false", ":1:14: [cues.tempo] is false: write a table; using the defaults"),
        ("audio.volum = 3", ':1:7: unknown key "volum" in [audio] (did you mean "volume"?): allowed are volume, mute'),
        ("volume = 3", ':1:1: unknown key "volume" in settings (it belongs in [audio] or [cues.countdown]'),
        ("cues.nothing.on = true", ':1:6: unknown key "nothing" in [cues]: allowed are countdown'),
        ("audi.mute = true", ':1:1: unknown key "audi" in settings (did you mean "audio"?)'),
        ('"\\u001b[31m" = 1', ':1:1: unknown key "\ufffd[31m" in settings'),
        ('voice.language = "\\u001b]0;x"', "character 1 is a control character"),
        ('screen.theme = "gluteus-drak"', '(did you mean "gluteus-dark"?); using "gluteus-dark"'),
    ],
)
def test_a_mistake_is_one_line_and_has_the_default(places: Places, text: str, line: str) -> None:
    write(places, f"{text}\nvoice.speed = 200\n")
    settings, note = load_settings(places)
    assert note is not None
    assert note.startswith("settings.toml:")
    assert line in note
    assert settings.voice.speed == 200
    assert settings.audio == Settings().audio
    assert settings.screen == Settings().screen
    assert places.settings_file.read_text() == f"{text}\nvoice.speed = 200\n"


@for_each("code", ["en", "de", "en-GB", "en_us", "en-gb-x-rp", "cmn"])
def test_the_code_of_a_language_is_no_mistake(places: Places, code: str) -> None:
    write(places, f'voice.language = "{code}"')
    assert load_settings(places)[1] is None


def test_a_value_that_cannot_be_used_has_no_warning_as_well(places: Places) -> None:
    write(places, 'voice.language = "\\u001b]0;x"')
    (problem,) = check_own_settings(places)
    assert "character 1 is a control character" in problem.message and not problem.is_warning


@pytest.mark.parametrize(("name", "hint"), [("Deutsch", ' (did you mean "de"?)'), ("my voice", "")])
def test_the_name_of_a_language_is_a_warning_with_the_allowed_codes(places: Places, name: str, hint: str) -> None:
    write(places, f'voice.language = "{name}"')
    (problem,) = check_own_settings(places)
    assert problem.is_warning
    assert problem.message == (
        f'voice.language is "{name}": write the code of a language, such as en, en-GB, de or fr{hint}'
    )
    assert (load_settings(places)[1] or "").endswith('; using "en"')


def test_of_many_mistakes_the_first_is_shown_and_all_can_be_had(places: Places) -> None:
    write(places, "audio.volume = -1\naudio.mute = 2\nnothing = 3\n")
    assert (load_settings(places)[1] or "").endswith("; using 80 (and 2 more: gluteus check)")
    assert len(read_settings(places)[1]) == 3


def test_a_setting_of_an_earlier_version_is_no_mistake(places: Places) -> None:
    write(places, "[audio]\nduck_music = true\nvolume = 40\n")
    settings, problem = load_settings(places)
    assert (settings.audio.volume, problem) == (40, None)
    assert check_own_settings(places) == ()


def test_reading_leaves_a_file_that_cannot_be_parsed_as_it_is(places: Places) -> None:
    write(places, "# mine\nvolume = \n")
    for _ in range(2):
        settings, note = load_settings(places)
        assert settings == Settings()
        assert note is not None
        assert note.startswith("settings.toml:2:10: ")
        assert note.endswith("; using the defaults")
    assert os.listdir(places.config) == ["settings.toml"]
    assert places.settings_file.read_text() == "# mine\nvolume = \n"


def test_a_file_that_the_system_refuses_is_one_line(places: Places) -> None:
    places.settings_file.mkdir(parents=True)
    settings, note = load_settings(places)
    assert settings == Settings()
    assert note == "settings.toml: the file cannot be read: it is a folder; using the defaults"
    with pytest.raises(StorageProblem, match=r"settings\.toml: the file cannot be read"):
        save_setting(places, "audio.volume", 10)


WRITTEN = """\
# my settings
[audio]   # sound
volume = 30   # not so loud
other = [1,
  2]  # kept

[screen]
theme = 'mine'
"""


def test_saving_changes_only_one_value(places: Places) -> None:
    write(places, WRITTEN)
    assert save_setting(places, "audio.volume", 45) is None
    assert places.settings_file.read_text() == WRITTEN.replace("volume = 30 ", "volume = 45 ")


def test_saving_adds_a_missing_key(places: Places) -> None:
    write(places, WRITTEN)
    save_setting(places, "audio.mute", True)
    save_setting(places, "cues.countdown.volume", 60)
    save_setting(places, "workout.prepare_s", 8)
    text = places.settings_file.read_text()
    assert text.startswith(WRITTEN[: WRITTEN.index("\n[screen]")])
    assert "theme = 'mine'\n" in text
    settings, _ = load_settings(places)
    assert settings.audio.mute
    assert settings.audio.volume == 30
    assert settings.cues[CueClass.COUNTDOWN].volume == 60
    assert settings.workout.prepare_s == 8.0


@for_each("mark", ["", "\ufeff"])
@for_each(
    ("before", "after"),
    [
        ("[audio]\r\nvolume = 3\r\n", "[audio]\r\nvolume = 41\r\n"),
        ("[audio]\r\nvolume = 3", "[audio]\r\nvolume = 41"),
        ("[audio]\nvolume = 3", "[audio]\nvolume = 41"),
        ("[screen]\r\nflash = 'off'\r\n", "[screen]\r\nflash = 'off'\r\n\r\n[audio]\r\nvolume = 41\r\n"),
        ("[screen]\nflash = 'off'", "[screen]\nflash = 'off'\n[audio]\nvolume = 41"),
    ],
)
def test_saving_keeps_the_byte_order_mark_and_the_line_ends(places: Places, mark: str, before: str, after: str) -> None:
    write(places, mark + before)
    save_setting(places, "audio.volume", 41)
    assert places.settings_file.read_bytes().decode() == mark + after


@for_each(
    "text",
    [
        "",
        "audio.volume = 3\n",
        "audio = { volume = 3 }\n",
        "[cues]\ntempo = {on = true}\n",
        "[cues.tempo]\non = true\n[voice]\n[cues.voice]\n",
        "[audio]\r\nvolume = 3\r\n[cues]\r\n",
        "[audio]\nvolume = 3 # no line end",
        "audio = 3\ncues = 'x'\n",
        "[screen]\n[audio.more]\na = 1\n[cues.countdown]\n[audio]\nvolume = 4\n",
    ],
)
def test_saving_into_any_shape_of_file_gives_that_value_and_changes_no_other(places: Places, text: str) -> None:
    for key, value in (("audio.volume", 41), ("cues.tempo.on", False), ("cues.tempo.volume", 1)):
        write(places, text)
        save_setting(places, key, value)
        data = tomllib.loads(places.settings_file.read_bytes().decode())
        expected = tomllib.loads(text)
        *sections, name = key.split(".")
        table = expected
        for section in sections:
            if not isinstance(table.get(section), dict):
                table[section] = {}
            table = table[section]
        table[name] = value
        assert data == expected


def test_saving_the_current_value_leaves_the_file_untouched(places: Places) -> None:
    write(places, "audio.volume = 45\n")
    before = places.settings_file.stat()
    save_setting(places, "audio.volume", 45)
    assert places.settings_file.stat().st_mtime_ns == before.st_mtime_ns
    assert places.settings_file.stat().st_ino == before.st_ino


def test_changes_that_the_user_makes_meanwhile_stay(places: Places) -> None:
    write(places, "[audio]\nvolume = 30\n")
    load_settings(places)
    write(places, "[audio]\nvolume = 30\n[screen]\nmotion = false # mine\n")
    save_setting(places, "audio.volume", 50)
    assert places.settings_file.read_text() == "[audio]\nvolume = 50\n[screen]\nmotion = false # mine\n"


def test_several_programs_lose_nothing(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.files.atomic.TRIES", 6_000)
    keys = [key for key, row in SETTINGS.items() if isinstance(row.kind, Whole) and row.kind.high >= 90]
    threads = [threading.Thread(target=save_setting, args=(places, key, 90)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settings, note = load_settings(places)
    assert note is None
    assert [settings.audio.volume, settings.audio.offset_ms, settings.voice.speed] == [90, 90, 90]
    assert {cue.volume for cue in settings.cues.values()} == {90}


def test_saving_over_a_broken_file_sets_it_aside_and_says_so(places: Places) -> None:
    write(places, "[audio\n")
    note = save_setting(places, "audio.volume", 10)
    assert note is not None
    assert "settings.toml.broken-1" in note
    assert (places.config / "settings.toml.broken-1").read_text() == "[audio\n"
    assert load_settings(places)[0].audio.volume == 10


def test_only_existing_settings_can_be_saved(places: Places, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        save_setting(places, "audio.nothing", 1)
    with pytest.raises(ValueError, match="from 0 to 100"):
        save_setting(places, "audio.volume", 101)
    assert not places.config.exists()


def test_a_folder_that_cannot_be_written_is_one_problem(places: Places, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")
    assert load_settings(places)[0] == Settings()
    with pytest.raises(StorageProblem) as found:
        save_setting(places, "audio.volume", 10)
    assert "\n" not in str(found.value)


def test_the_schema_allows_exactly_the_values_that_are_read() -> None:
    schema = settings_schema()
    check = jsonschema.Draft202012Validator(schema).is_valid
    assert check({})
    assert check({"audio": {"volume": 80}, "cues": {"tempo": {"on": False}}, "workout": {"prepare_s": 2.5}})
    assert not check({"audio": {"volume": 101}})
    assert not check({"audio": {"volum": 1}})
    assert not check({"sound": {}})
    assert not check({"screen": {"flash": "twice"}})


def test_the_schema_knows_every_setting_with_its_default_and_meaning() -> None:
    schema: Any = settings_schema()
    for key, row in SETTINGS.items():
        node = schema
        for part in key.split("."):
            node = node["properties"][part]
            if "$ref" in node:
                node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        assert node["default"] == row.default
        assert node["description"] == row.meaning


PIPER = ["piper", "--model", "my voice.onnx", "--output_file", "{file}"]


@for_each(
    ("value", "meant"),
    [
        (PIPER, "piper --model 'my voice.onnx' --output_file '{file}'"),
        ("piper --model 'my voice.onnx' --output_file {file}", "piper --model 'my voice.onnx' --output_file '{file}'"),
        (["say", "--to={file}"], "say '--to={file}'"),
        ([], ""),
        ("", ""),
    ],
)
def test_a_command_is_a_list_or_a_text(places: Places, value: object, meant: str) -> None:
    save_setting(places, "voice.command", value)
    settings, note = load_settings(places)
    assert (settings.voice.command, note) == (meant, None)
    assert jsonschema.Draft202012Validator(settings_schema()).is_valid({"voice": {"command": value}})


@for_each(
    ("written", "hint"),
    [
        ('["piper"]', "write {file} where the program takes the file to write"),
        ('["{file}"]', "write {file} where"),
        ('["", "{file}"]', "write the name of the program first"),
        ('"piper \'{file}"', "never closed"),
        ("7", 'write the program and its arguments: ["piper", '),
        ('["piper", 7, "{file}"]', "write the program and its arguments"),
        ('["piper", "\\u001b[2J", "{file}"]', "control character"),
        (f'["piper", "{"x" * 1000}", "{{file}}"]', "at most 1000 characters"),
    ],
)
def test_a_command_that_cannot_be_is_one_line(places: Places, written: str, hint: str) -> None:
    write(places, f"[voice]\ncommand = {written}\n")
    settings, problems = read_settings(places)
    assert settings.voice.command == ""
    (problem,) = problems
    assert hint in problem and "\n" not in problem


def test_a_hook_is_a_command_that_takes_no_file(places: Places) -> None:
    write(
        places,
        '[hooks]\non_start = ["notify-send", "Up you get"]\non_stop = "true"\non_pause = [7]\non_phase = ["", "x"]\n',
    )
    settings, problems = read_settings(places)
    assert (settings.hooks.on_start, settings.hooks.on_stop) == ("notify-send 'Up you get'", "true")
    assert settings.hooks.on_pause == settings.hooks.on_phase == ""
    assert 'write the program and its arguments: ["notify-send", "Well done"]' in problems[0]
    assert "write the name of the program first" in problems[1]
    check = jsonschema.Draft202012Validator(settings_schema()).is_valid
    assert check({"hooks": {"on_start": ["a", "b"], "on_stop": "a b"}})
    assert not check({"hooks": {"on_start": [7]}}) and not check({"hooks": {"on_begin": "a"}})


def test_a_line_in_a_class_is_all_that_a_setting_needs() -> None:
    assert [row.name for row in GROUPS["screen"]] == [f"screen.{name}" for name in ScreenSettings._fields]
    for row in SETTINGS.values():
        assert row.kind.read(row.default) == row.default
        assert row.label


WRONG = """\
[audio]
volume = 300
[scren]
motion = 3
[voice]
speed = "fast"
"""


def test_a_file_in_any_folder_is_checked_with_positions_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(WRONG)
    found = [(problem.line, problem.column, problem.message.split(":")[0]) for problem in check_settings(path)]
    assert found == [
        (2, 10, "audio.volume is 300"),
        (3, 2, 'unknown key "scren" in settings (did you mean "screen"?)'),
        (4, 10, "screen.motion is 3"),
        (6, 9, 'voice.speed is "fast"'),
    ]
    path.write_text("[audio")
    (problem,) = check_settings(path)
    assert (problem.line, problem.column, "Expected ']'" in problem.message) == (1, 7, True)
    assert os.listdir(tmp_path) == ["x.toml"]
    path.unlink()
    assert "cannot be read" in check_settings(path)[0].message


def test_a_misspelt_section_sets_nothing(places: Places) -> None:
    write(places, "[scren]\nmotion = false\n[audio]\nvolume = 3\n[audo]\nmute = true\n")
    settings, _ = load_settings(places)
    assert settings == Settings()._replace(audio=AudioSettings(volume=3))


def test_the_users_settings_are_checked_if_there_are_any(places: Places) -> None:
    assert check_own_settings(places) == ()
    write(places, "volume = 3")
    assert [str(problem).partition(" in ")[0] for problem in check_own_settings(places)] == [
        f'{places.settings_file}:1:1: unknown key "volume"'
    ]
