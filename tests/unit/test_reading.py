"""Reading untrusted files."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from tests.for_each import for_each
from tui.files.reading import (
    _KEY,
    LIMIT,
    MOST_MARKS,
    MOST_PARTS,
    Unreadable,
    parse_toml,
    read_bytes,
    read_own,
    read_text,
    rewrite,
)


def problem_of(path: Path) -> tuple[str, int | None, int | None]:
    with pytest.raises(Unreadable) as found:
        parse_toml(read_text(path))
    problem = found.value.problem
    return problem.message, problem.line, problem.column


@for_each(
    ("content", "says", "place"),
    [
        ("a = 1".encode("utf-16"), "UTF-16", (1, 1)),
        ('ä = 1\nü = "'.encode() + b'\xe4"', "not UTF-8", (2, 6)),
        (b"a = 1\nb = \n", "not TOML", (2, 5)),
        (b"a = 1\n" + b"x" * LIMIT, "1 MiB", (None, None)),
        (b"a = " + b"[" * 5000, "nested too deeply", (1, 1)),
        (b"a = 1\nb = " + b"9" * 5000, "not TOML", (2, 5)),
        (b"a = 1\n" + b"a." * 3000 + b"a = 1", "20 parts", (2, 1)),
    ],
)
def test_malformed_content_is_reported_with_its_position(
    tmp_path: Path, content: bytes, says: str, place: tuple[int | None, int | None]
) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    message, *found = problem_of(path)
    assert says in message
    assert tuple(found) == place


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    assert read_own(path) == ("a = 1\r\n", {"a": 1}, None)


def test_a_path_that_is_no_file_is_reported_and_never_blocks(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "device").symlink_to("/dev/zero")
    assert "it is a folder" in problem_of(tmp_path / "folder")[0]
    assert "symbolic links" in problem_of(tmp_path / "loop")[0]
    assert "not a regular file" in problem_of(tmp_path / "fifo")[0]
    assert "not a regular file" in problem_of(tmp_path / "device")[0]


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"#" * LIMIT)
    assert len(read_text(path)) == LIMIT
    assert len(read_bytes(path)) == LIMIT
    assert len(read_bytes(path, 10)) == 10


def test_reading_a_path_that_is_no_file_leaves_no_descriptor_open(tmp_path: Path) -> None:
    before = len(os.listdir("/dev/fd"))
    for _ in range(5):
        with pytest.raises(OSError, match="folder"):
            read_bytes(tmp_path)
    assert len(os.listdir("/dev/fd")) == before


@for_each(
    "text",
    [
        "a." * (MOST_MARKS - 1) + "a=1",
        "[" + "a." * (MOST_MARKS - 1) + "a]",
        '"b" . ' * 10_000 + "b=1",
        "x={" + "'c'." * 10_000 + "c=1}",
        "x = 1\ny = '" + '"' * 1000 + "' # \n" + "a." * 20 + "a = 1",
    ],
)
def test_a_key_of_very_many_parts_is_refused_at_once(text: str) -> None:
    with pytest.raises(Unreadable, match="20 parts"):
        parse_toml(text)


def test_a_key_of_as_many_parts_as_are_read_is_read() -> None:
    data: object = parse_toml(f"{'a.' * (MOST_PARTS - 1)}a = 1")
    for _ in range(MOST_PARTS):
        assert isinstance(data, dict)
        data = data["a"]
    assert data == 1


@for_each("mark", [",", "=", "[", "{", ".", "\n", "\\"])
def test_expensive_content_is_refused_before_it_is_parsed(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tomllib.loads", lambda text: pytest.fail("it is read"))
    with pytest.raises(Unreadable, match="too much"):
        parse_toml(mark * (MOST_MARKS + 1))


@for_each(
    "text",
    ['\\"' * 200, '"' * 400, "'" * 401, '"a" ' * 200, "a." * 19 + " " * 400, '"' + "a." * 200, "9_" * 200, "a . " * 19],
)
def test_looking_for_long_keys_goes_over_a_line_once(text: str) -> None:
    """Matching takes linear time: matches are adjacent, or a single character."""
    ends = [found.span() for found in _KEY.finditer(text)]
    assert all(before <= after for (_, before), (after, _) in pairwise(ends))
    assert not any(found["long"] for found in _KEY.finditer(text))
    reads = sum(end - start for start, end in ends)
    assert reads <= len(text)
    unmatched = set(range(len(text))) - {at for start, end in ends for at in range(start, end)}
    assert all(_KEY.match(text, at) is None for at in unmatched)


def test_long_lines_of_honest_text_are_read() -> None:
    sentence = "Breathe out. Let go. No rush... " * 100
    numbers = ", ".join(["0.12"] * 500)
    assert parse_toml(f'a = "{sentence}"\nb = [{numbers}]') == {"a": sentence, "b": [0.12] * 500}


def test_a_broken_file_of_the_programs_own_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "state.toml"
    assert read_own(path) == ("", {}, None)
    path.write_text("a = 1 # one\r\n", newline="")
    assert read_own(path) == ("a = 1 # one\r\n", {"a": 1}, None)

    path.write_text("a = 1\na = 2\n")
    text, data, note = read_own(path)
    assert (text, data) == ("", {})
    assert note is not None
    assert note.startswith("state.toml: line 2: ")
    assert note.endswith("; it was saved as state.toml.broken-1")
    assert (tmp_path / "state.toml.broken-1").read_text() == "a = 1\na = 2\n"


def test_a_file_of_the_programs_own_that_cannot_be_opened_stays(tmp_path: Path) -> None:
    (tmp_path / "state.toml").mkdir()
    with pytest.raises(Unreadable) as found:
        read_own(tmp_path / "state.toml")
    assert not found.value.broken
    assert os.listdir(tmp_path) == ["state.toml"]


def test_the_target_of_a_link_is_set_aside_so_that_the_link_can_be_written_through(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "s.toml").write_text("broken")
    (tmp_path / "s.toml").symlink_to("dotfiles/s.toml")
    assert read_own(tmp_path / "s.toml")[2]
    assert os.listdir(tmp_path / "dotfiles") == ["s.toml.broken-1"]
    assert (tmp_path / "s.toml").is_symlink()


@for_each(
    ("before", "text", "after"),
    [
        (b"a\r\nb\nc\r\n", "a\nb\nc\n", b"a\r\nb\nc\r\n"),
        (b"a\r\nb\nc\r\n", "x\nb\ny\n", b"x\r\nb\ny\r\n"),
        (b"a\r\nb\nc\r\n", "a\nnew\nb\nc\nd\n", b"a\r\nnew\nb\nc\r\nd\n"),
        (b"a\r\nb\nc", "b\nc\n", b"b\nc"),
        (b"a\r\nb\r\n", "a\nnew\r\nb\n", b"a\r\nnew\r\nb\r\n"),
        (b"a\nb\n", "a\r\nb", b"a\nb"),
        (b"\xef\xbb\xbfa", "", b"\xef\xbb\xbf"),
        (b"", "a\nb", b"a\nb"),
    ],
)
def test_a_file_that_is_written_again_keeps_its_line_ends(
    before: bytes, text: str, after: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "mug.toml"
    path.write_bytes(before)
    rewrite(path, text)
    assert path.read_bytes() == after
