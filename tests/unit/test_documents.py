"""What is written for those who change the program names files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_that_is_named_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = [path for path in re.findall(r"`([\w./]+(?:\.py|\.toml|/))`", text) if "ID" not in path]
    assert len(named) > 10
    folders = [ROOT / name for name in (".", "tui", "tests/unit", "tui/widgets/figure", "tui/audio/outputs")]
    missing = [path for path in named if not any((folder / path).exists() for folder in folders)]
    assert missing == []
