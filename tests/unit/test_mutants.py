"""The list of mutants fits the code: each names a line that exists, and tests that exist."""

from pathlib import Path

from tools.mutants import MUTANTS

ROOT = Path(__file__).parents[2]


def test_every_mutant_changes_an_existing_line_and_names_existing_tests() -> None:
    assert len(MUTANTS) >= 40
    stale = [
        mutant for mutant in MUTANTS
        if mutant.old not in (ROOT / mutant.path).read_text("utf-8")
        or not all((ROOT / name).is_file() for name in mutant.tests)
    ]  # fmt: skip
    assert stale == []
