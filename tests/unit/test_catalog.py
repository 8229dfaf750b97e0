"""The catalogue: every routine, and a broken one that does not stop the others."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bundled_catalog import bundled_routine
from tests.for_each import for_each
from tests.workouts import build
from tui.bundled import bundled
from tui.files.located import Located
from tui.files.places import find_places
from tui.library.catalog import Catalog, Entry, NotFound, load_catalog

GOOD = """\
format = 1
title = "Mine"
[[sets]]
exercise = "reverse-bridge"
work = "30s"
"""
EXERCISE = 'name = "My bridge"\n[[progressions]]\nid = "only"\n'


def write(name: str, text: str | bytes = GOOD) -> Path:
    path = find_places().routines / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def load() -> Catalog:
    return load_catalog(find_places())


def entry(id_: str) -> Entry:
    return next(one for one in load().entries if one.id == id_)


def test_all_bundled_routines_are_there_without_a_problem_and_nothing_is_made(tmp_path: Path) -> None:
    catalog = load()
    names = sorted(path.stem for path in bundled("routines").glob("*.toml"))
    assert [one.id for one in catalog.entries] == names
    assert set(catalog.exercises) == {path.stem for path in (bundled("routines") / "exercises").glob("*.toml")}
    assert catalog.all_problems == ()
    assert all(one.bundled and one.routine and one.path.is_file() for one in catalog.entries)
    assert list(tmp_path.iterdir()) == []


def test_the_users_routines_are_listed_and_hide_bundled_ones() -> None:
    write("aaa.toml")
    write("bridge-ladder.toml")
    catalog = load()
    assert catalog.entries[0].id == "aaa"
    assert len(catalog.entries) == len(list(bundled("routines").glob("*.toml"))) + 1
    own = catalog.find("bridge-ladder")
    assert (own.bundled, own.path) == (False, find_places().routines / "bridge-ladder.toml")
    assert own.routine is not None
    assert own.routine.title == "Mine"


def test_the_users_exercises_hide_bundled_ones_everywhere() -> None:
    write("exercises/tabata-move.toml", EXERCISE)
    write("exercises/lying-butterfly.toml", 'name = "My stretch"')
    write("aaa.toml", GOOD.replace("reverse-bridge", "tabata-move"))
    catalog = load()
    assert catalog.all_problems == ()
    aaa, ladder = catalog.find("aaa").routine, catalog.find("bridge-ladder").routine
    assert aaa is not None
    assert ladder is not None
    assert build(aaa).phases[1].plan.exercise.name == "My bridge"
    assert ladder.exercises["lying-butterfly"].name == "My stretch"


def test_a_broken_routine_is_listed_with_all_its_problems_and_their_lines() -> None:
    path = write("bad.toml", GOOD.replace("30s", "30x").replace("title", "titel"))
    bad = entry("bad")
    assert bad.routine is None
    assert [(one.path, one.line, one.column) for one in bad.problems] == [(path, 2, 1), (path, 5, 8)]
    assert str(bad.problems[0]).startswith(f"{path}:2:1: ")
    assert "title" in bad.problems[0].message
    assert load().find("tabata").routine is not None


def test_a_broken_routine_hides_the_bundled_one_with_a_note() -> None:
    write("tabata.toml", "format = \n")
    broken = load().find("tabata")
    assert (broken.bundled, broken.routine) == (False, None)
    first, last = broken.problems
    assert first.line == 1
    assert "hides the bundled routine" in last.message


def test_the_bundled_exercise_replaces_a_broken_one_with_a_note() -> None:
    path = write("exercises/reverse-bridge.toml", "nam = 1\n")
    catalog = load()
    assert [one.path for one in catalog.problems] == [path, path]
    assert "the bundled exercise is used" in catalog.problems[1].message
    ladder = catalog.find("bridge-ladder").routine
    assert ladder is not None
    assert ladder.exercises["reverse-bridge"].name == "Reverse bridge"


@pytest.mark.parametrize("exercise", ["hip-flexor-stretch", "reverse-bridge"])
def test_a_bundled_routine_leaves_out_progressions_that_the_users_exercise_does_not_have(exercise: str) -> None:
    write(f"exercises/{exercise}.toml", EXERCISE)
    catalog = load()
    assert catalog.all_problems == ()
    left_out = [entry for entry in catalog.entries if entry.warnings]
    assert left_out
    assert left_out[0].warnings == catalog.check(left_out[0].path)[: len(left_out[0].warnings)]
    for found in left_out:
        assert found.routine is not None
        sets = [each for block in found.routine.blocks for each in block.sets if each.exercise == exercise]
        assert {(each.progression, each.pinned, *each.by_progression) for each in sets} == {(None, False)}
        assert all(f'in "{exercise}": it has only; it is left out' in warning.message for warning in found.warnings)


def test_a_copy_of_a_bundled_routine_has_to_name_progressions_that_exist() -> None:
    write("exercises/hip-flexor-stretch.toml", EXERCISE)
    write("desk-break.toml", (bundled("routines") / "desk-break.toml").read_bytes())
    own = entry("desk-break")
    assert own.routine is None
    assert 'no progression "standing"' in own.problems[0].message


def test_a_routine_names_the_broken_exercise_that_it_needs(tmp_path: Path) -> None:
    path = write("exercises/my-move.toml", "nam = 1\n")
    using = [write("aaa.toml", GOOD.replace("reverse-bridge", "my-move")), tmp_path / "elsewhere.toml"]
    using[1].write_text(using[0].read_text())
    catalog = load()
    assert [one.path for one in catalog.problems] == [path]
    assert catalog.find("aaa").routine is None
    for file in using:
        (problem,) = catalog.check(file)
        assert (problem.line, problem.message) == (4, f'the exercise "my-move" has problems: fix {path}')
    assert catalog.find("kettle-break").routine is not None


def test_limits_of_the_whole_workout_are_problems_too() -> None:
    write("long.toml", GOOD.replace("30s", "2h") + "[[sets]]\nexercise = 'reverse-bridge'\nwork = '2h'\n" * 6)
    (problem,) = entry("long").problems
    assert "12 h" in problem.message
    assert problem.line


@for_each(
    ("name", "content", "says"),
    [
        ("latin", GOOD.encode() + b"# \xe4", "UTF-8"),
        ("big", GOOD.encode() + b"#" * 1024 * 1024, "1 MiB"),
        ("empty", b"", "sets"),
        ("deep", b"a = " + b"[" * 20_000, "TOML"),
        ("keys", b"a." * 20_000 + b"a = 1", "20 parts"),
        ("nul", b"\x00" * 100, "TOML"),
        ("many", b"[" * 1024 * 1024, "too much"),
    ],
)
def test_content_that_is_no_routine_is_a_problem(name: str, content: bytes, says: str) -> None:
    path = write(f"{name}.toml", content)
    entries = load().entries
    (bad,) = (one for one in entries if one.id == name)
    assert bad.routine is None
    assert says in bad.problems[0].message
    assert len(entries) == 1 + len(list(bundled("routines").glob("*.toml")))
    path.unlink()


def test_a_pipe_folder_or_broken_link_is_a_problem_and_never_blocks() -> None:
    folder = write("good.toml").parent
    (folder / "folder.toml").mkdir()
    (folder / "loop.toml").symlink_to("loop.toml")
    (folder / "gone.toml").symlink_to("nowhere.toml")
    os.mkfifo(folder / "fifo.toml")
    says = {"folder": "folder", "loop": "symbolic links", "gone": "No such file", "fifo": "not a regular file"}
    for id_, words in says.items():
        (problem,) = entry(id_).problems
        assert words in problem.message
        assert problem.line is None
    assert entry("good").routine is not None


def test_folders_that_cannot_be_read_are_problems() -> None:
    find_places().config.mkdir()
    find_places().routines.write_text("a file in the way")
    catalog = load()
    assert {one.path for one in catalog.problems} == {find_places().routines, find_places().exercises}
    assert len(catalog.entries) == len(list(bundled("routines").glob("*.toml")))


def test_hidden_and_other_files_are_passed_over() -> None:
    for name in (".#mine.toml", ".toml", "mine.toml~", "mine.toml.bak", "notes.txt", "sub/deep.toml"):
        write(name, "not a routine")
    catalog = load()
    assert all(one.bundled for one in catalog.entries)
    assert catalog.all_problems == ()


@pytest.mark.skipif(sys.platform == "darwin", reason="its file names are always UTF-8")
def test_a_file_name_is_untrusted_text() -> None:
    folder = write("good.toml").parent
    for name in ("a\x1b[31m\nb.toml", "[bold]x.toml", os.fsdecode(b"\xff\xfe.toml"), "e" * 250 + ".toml"):
        (folder / name).write_text("format = ")
    catalog = load()
    ids = [one.id for one in catalog.entries if not one.bundled]
    assert sorted(ids) == sorted(["a\ufffd[31m\ufffdb", "[bold]x", "\ufffd\ufffd", "e" * 250, "good"])
    for problem in catalog.all_problems:
        assert "\x1b" not in str(problem)
        assert "\n" not in str(problem)
        str(problem).encode()
    assert catalog.find("a\x1b[31m\nb").id == "a\ufffd[31m\ufffdb"


def test_a_hundred_files_are_read() -> None:
    for number in range(100):
        write(f"r{number:04}.toml", GOOD if number % 2 else "x")
    catalog = load()
    assert sum(one.routine is not None and not one.bundled for one in catalog.entries) == 50
    assert len(catalog.all_problems) == 50


def test_a_routine_is_found_by_its_name() -> None:
    assert load().find("tabata").id == "tabata"


@for_each(
    ("name", "says"),
    [
        ("tabatta", 'there is no routine "tabatta". Did you mean tabata?'),
        ("Kettle Break", 'there is no routine "Kettle Break". Did you mean kettle-break?'),
        ("qqqqqqqq", 'there is no routine "qqqqqqqq".'),
        ("", 'there is no routine "".'),
        ("x\x1b]0;y\x07", 'there is no routine "x\ufffd]0;y\ufffd".'),
        ("tabata.toml", 'there is no file "tabata.toml". Did you mean tabata?'),
        ("./nowhere/x", 'there is no file "nowhere/x".'),
    ],
)
def test_an_unknown_name_is_one_line_with_the_nearest(name: str, says: str) -> None:
    with pytest.raises(NotFound) as found:
        load().find(name)
    assert str(found.value) == says


def test_a_routine_is_found_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here.toml").write_text(GOOD)
    (tmp_path / "extra").write_text(GOOD)
    catalog = load()
    here = catalog.find("here.toml")
    assert (here.id, here.bundled, here.path) == ("here", False, Path("here.toml"))
    assert here.routine is not None
    assert catalog.find("./extra").routine is not None
    assert catalog.find(str(bundled("routines") / "tabata.toml")).bundled
    assert catalog.find(str(tmp_path)).problems[0].message == "the file cannot be read: it is a folder"
    assert catalog.outside("here.toml") == catalog.outside("./here.toml") == tmp_path / "here.toml"
    others = ("tabata", "extra", "8x20/10", "gone.toml", str(bundled("routines") / "tabata.toml"))
    assert [catalog.outside(name) for name in others] == [None] * len(others)


def test_a_folder_that_is_gone_keeps_no_routine_from_starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shell may be in a folder that was deleted."""
    gone, file = tmp_path / "gone", tmp_path / "here.toml"
    file.write_text(GOOD)
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    catalog = load()
    assert [catalog.outside(name) for name in ("tabata", "8x20/10", "./gone.toml")] == [None] * 3
    assert catalog.outside(str(file)) == file


def test_a_file_can_be_read_again_after_it_was_edited() -> None:
    catalog, path = load(), write("mine.toml", "format = ")
    assert catalog.load(path).routine is None
    assert catalog.check(path)[0].line == 1
    write("mine.toml")
    assert catalog.load(path).routine is not None
    assert catalog.check(path) == ()


def test_a_file_of_an_exercise_is_checked_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("exercises/mine.toml", EXERCISE)
    monkeypatch.chdir(path.parent)
    none = Catalog((), {})
    assert none.check(path) == none.check(Path("mine.toml")) == ()
    write("exercises/mine.toml", GOOD)
    assert none.check(path)


def test_problems_are_reported_even_without_the_library_that_finds_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    write("bad.toml", GOOD.replace("30s", "30x"))
    (problem,) = entry("bad").problems
    assert problem.line is None
    assert "30x" in problem.message


def test_a_place_is_written_as_editors_read_it() -> None:
    assert str(Located(Path("a.toml"), 3, 5, "wrong")) == "a.toml:3:5: wrong"
    assert str(Located(Path("a.toml"), None, None, "wrong")) == "a.toml: wrong"


READ = """
import sys, collections, pathlib
import tui.bundled
tui.bundled._PACKAGE = pathlib.Path(sys.argv[1], "tui")
opened = collections.Counter()
def note(event, args):
    if event == "open" and str(args[0]).endswith(".toml"):
        opened[args[0]] += 1
sys.addaudithook(note)
import tui.library.catalog as c, tui.files.settings_file as s, tui.files.state as t
from tui.files.places import find_places
p = find_places()
c.load_catalog(p)
print(len(opened), max(opened.values()))
s.load_settings(p), t.load_state(p)
print(*{"platformdirs", "tomlkit", "tomli_w", "tree_sitter", "difflib", "tempfile"} & {*sys.modules})
"""


def test_every_file_is_read_once_and_nothing_that_only_writes_is_loaded(tmp_path: Path) -> None:
    routine = bundled_routine("mug")
    files = ["mug.toml", *(f"exercises/{name}.toml" for name in routine.used)]
    for name in files:
        path = tmp_path / "bundled" / "routines" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(bundled("routines") / name, path)
    command = [sys.executable, "-c", READ, str(tmp_path / "bundled")]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert found == f"{len(files)} 1\n\n"


@for_each("text", [f"\ufeff{GOOD}", GOOD.replace("\n", "\r\n"), GOOD.removesuffix("\n")])
def test_a_byte_order_mark_and_any_line_ends_are_read(text: str) -> None:
    write("mine.toml", text)
    write("exercises/move.toml", text[: text.startswith("\ufeff")] + EXERCISE.replace("\n", "\r\n"))
    catalog = load()
    assert catalog.find("mine").routine is not None
    assert "move" in catalog.exercises
    assert catalog.all_problems == ()


@for_each(
    ("name", "words"),
    [
        ("jawt.json", '"jawt.json" is a JSON file: a routine is a TOML file. Write one: gluteus new TITLE.'),
        ("./day.fit", "If it contains workouts that you did: gluteus history import FILE"),
        ("notes.txt", 'there is no routine "notes.txt". To read the file of that name here: ./notes.txt'),
        ("folder", "That is a folder here: name one file in it."),
    ],
)
def test_a_file_that_is_no_routine_is_described(
    name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for file in ("jawt.json", "day.fit", "notes.txt"):
        (tmp_path / file).write_text("{}")
    with pytest.raises(NotFound) as found:
        load().find(name)
    assert words in str(found.value)


def test_a_routine_comes_before_a_file_without_a_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tabata").write_text("")
    assert load().find("tabata").bundled
