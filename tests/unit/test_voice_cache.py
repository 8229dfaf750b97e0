"""The phrase cache on disk: whole phrases or none, up to a limit."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.for_each import for_each
from tui.audio.voices.cache import Cache

SAMPLES = array("h", [1, -2, 32_767, -32_768, 0] * 200)


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_cached_phrase_is_found_only_under_its_key(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "phrases")
    assert cache.get("en", 165, "Halfway") is None
    cache.put(SAMPLES, "en", 165, "Halfway")
    assert Cache(tmp_path / "phrases").get("en", 165, "Halfway") == SAMPLES
    for other in (("de", 165, "Halfway"), ("en", 166, "Halfway"), ("en", 165, "halfway"), ("en", 165, "\ud800")):
        assert cache.get(*other) is None


def test_silence_is_found_too(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(array("h"), "…")
    assert cache.get("…") == array("h")


@for_each("torn", [lambda data: data[:-100], lambda data: b"", lambda data: data[:8],
                                  lambda data: data[:-100] + bytes(100), lambda data: data + b"x"])  # fmt: skip
def test_a_torn_file_counts_as_missing(tmp_path: Path, torn: Callable[[bytes], bytes]) -> None:
    cache = Cache(tmp_path)
    cache.put(SAMPLES, "Halfway")
    path = only_file(tmp_path)
    path.write_bytes(torn(path.read_bytes()))
    assert cache.get("Halfway") is None
    cache.put(SAMPLES, "Halfway")
    assert cache.get("Halfway") == SAMPLES


def test_the_least_recently_used_phrase_is_removed_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_bytes=10_000)  # a file has 2016 bytes
    for number in range(4):
        cache.put(SAMPLES, number)
        newest = max(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (number, number))
    assert cache.get(0) == SAMPLES  # used now, so the oldest is 1
    cache.put(SAMPLES, 4)
    assert [number for number in range(5) if cache.get(number)] == [0, 3, 4]


def test_it_never_exceeds_its_limit(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_bytes=20_000)
    for number in range(60):
        cache.put(SAMPLES, number)
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 20_000


def test_a_folder_that_cannot_be_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "phrases")
    cache.put(SAMPLES, "Halfway")
    assert cache.get("Halfway") is None


def test_a_signal_while_it_is_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(source: str, target: str) -> None:
        raise SystemExit(143)

    monkeypatch.setattr("os.replace", broken_off)
    with pytest.raises(SystemExit):
        Cache(tmp_path).put(SAMPLES, "Halfway")
    assert list(tmp_path.iterdir()) == []
