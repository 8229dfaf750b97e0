"""The size of the terminal is the same as in `shutil`."""

import os
import shutil
from collections.abc import Callable

import pytest

from tests.for_each import for_each
from tui.terminal.window import terminal_size


def no_terminal(_descriptor: int) -> os.terminal_size:
    raise OSError


@for_each("columns", ["", "100", "0", "-3", "wide"])
@for_each("lines", [None, "30"])
@for_each("real", [no_terminal, lambda _: os.terminal_size((120, 40)), lambda _: os.terminal_size((0, 0))])
def test_it_is_that_of_shutil(
    columns: str, lines: str | None, real: Callable[[int], os.terminal_size], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.delenv("LINES", raising=False)
    if lines is not None:
        monkeypatch.setenv("LINES", lines)
    monkeypatch.setattr(os, "get_terminal_size", real)
    assert terminal_size() == shutil.get_terminal_size()
