"""Names of files that programs leave beside the user's files."""

from tests.for_each import for_each
from tui.files.places import find_places, is_leftover
from tui.history.running_file import running_files
from tui.library.catalog import load_catalog

LEFTOVERS = (
    "mug.sync-conflict-20261129-101010-ABCDEFG.toml",
    "mug (conflicted copy 2026-11-29 101010).toml",
    "mug (Anna's conflicted copy 2026-11-29).toml",
    "mug_conflicted copy.toml",
    "mug (Case Conflict).toml".lower(),
    "mug.toml~",
    "mug~.toml",
    ".mug.toml.swp",
    "mug.toml.swo",
    "#mug.toml#",
    ".#mug.toml",
    "~$mug.toml",
    "mug.toml.bak",
    "mug.bak.toml",
    "mug.toml.orig",
    "mug.orig.toml",
    "mug_BASE_4711.toml",
    "mug.REMOTE.toml",
)


def test_leftovers_of_programs_are_no_content() -> None:
    places = find_places()
    for folder in (places.routines, places.exercises, places.interrupted):
        folder.mkdir(parents=True, exist_ok=True)
        for name in LEFTOVERS:
            (folder / name).write_text("broken")
            if name.endswith(".toml"):
                (folder / f"{name.removesuffix('.toml')}.jsonl").write_text("broken")
    assert [name for name in LEFTOVERS if not is_leftover(name)] == []
    catalog = load_catalog(places)
    assert [entry.path for entry in catalog.entries if not entry.bundled] == []
    assert catalog.all_problems == ()
    assert running_files(places) == []


@for_each("name", ["mug.toml", "back-up.toml", "old.toml", "tilde.toml", "copy (1).toml", "base_1.toml"])
def test_an_ordinary_name_is_content(name: str) -> None:
    assert not is_leftover(name)
