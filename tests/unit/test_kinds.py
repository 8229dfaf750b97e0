"""The kind of a file: by its folder, by its contents, or as requested."""

import tomllib
from pathlib import Path

from tests.for_each import for_each, sweep
from tui.bundled import bundled
from tui.library.catalog import Catalog
from tui.library.kinds import FileKind, kind_of
from tui.routine.fields import EXERCISE


@sweep("file", sorted(bundled("routines").glob("**/*.toml")), 4)
def test_bundled_files_are_recognised_by_their_content(file: Path) -> None:
    kind = FileKind.EXERCISE if file.parent.name == "exercises" else FileKind.ROUTINE
    assert kind_of(Path("elsewhere") / file.name, tomllib.loads(file.read_text("utf-8"))) is kind


@for_each(
    ("name", "text", "kind"),
    [
        ("x.toml", "", FileKind.ROUTINE),
        ("settings.toml", "", FileKind.SETTINGS),
        ("settings.toml", "volume = 3", FileKind.SETTINGS),
        ("settings.toml", "format = 1\ntitle = 'x'", FileKind.ROUTINE),
        ("x.toml", "[audio]\nvolume = 3", FileKind.SETTINGS),
        ("x.toml", "[cues.tempo]\non = true", FileKind.SETTINGS),
        ("x.toml", "cues = ['Squeeze']", FileKind.EXERCISE),
        ("x.toml", "steps = ['Lie down']\ntitle = 'x'\nname = 'x'", FileKind.EXERCISE),
        ("exercises/x.toml", "format = 1\ntitle = 'x'", FileKind.EXERCISE),
        ("exercises/settings.toml", "", FileKind.EXERCISE),
    ],
)
def test_folder_keys_or_name_decide_the_kind(name: str, text: str, kind: FileKind) -> None:
    assert kind_of(Path(name), tomllib.loads(text)) is kind


def test_a_file_is_checked_as_its_own_kind_or_as_the_kind_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    check = Catalog((), {}).check
    path.write_text("steps = ['Lie down']\nstep = 1\n")
    allowed = ", ".join(EXERCISE.fields)
    assert [str(problem) for problem in check(path)] == [
        f'{path}:2:1: unknown key "step" in an exercise (did you mean "steps"?): allowed are {allowed}'
    ]
    assert 'unknown key "steps" in a routine' in str(check(path, FileKind.ROUTINE)[0])
    assert 'unknown key "steps" in settings' in str(check(path, FileKind.SETTINGS)[0])
    path.write_text("[audio]\nvolume = 300\n")
    assert [str(problem) for problem in check(path)] == [
        f"{path}:2:10: audio.volume is 300: write a whole number from 0 to 100"
    ]
    path.write_text("steps = [")
    assert [problem.line for problem in check(path)] == [1]
