"""The script that the README shows is the one that is said."""

from collections.abc import Iterator
from pathlib import Path

from tui.engine.build import build
from tui.engine.model import Choices
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.library.catalog import load_catalog

README = Path(__file__).parents[2] / "README.md"


def table() -> str:
    """One exercise's script, as the README has it: from getting ready to the end of the second side."""
    return "| at | in | said | needs, has |\n|---|---|---|---|\n" + "".join(f"{row}\n" for row in _rows())


def _rows() -> Iterator[str]:
    routine = load_catalog(find_places()).find("bridge-ladder").routine
    assert routine is not None
    timeline = build(routine, Choices(today={"reverse-bridge": "single-leg"}), Settings().coaching)
    for cue in timeline.cues:
        phase = timeline.phases[cue.phase]
        if cue.phrase and cue.phase < 4:
            seconds = f"{cue.phrase.needs_s:.1f}, {cue.phrase.has_s:.1f} s"
            yield f"| {cue.at_s:.1f} s | {phase.kind} {phase.side or ''} | {cue.say} | {seconds} |".replace("  ", " ")


def test_the_readme_shows_the_script_of_an_exercise() -> None:
    assert table() in README.read_text(encoding="utf-8"), "put this there:\n" + table()
