"""Only what differs is written to the terminal, and the terminal then shows the same as if all had been written."""

import re
from operator import is_
from random import Random

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from benchmarks.terminal import Grid
from tests.for_each import for_each
from tui.terminal.changed_cells import ChangedCells, cells_of, erases_in_colour, frame_of

RED, PLAIN = Style(color="red", bgcolor="blue"), Style()
IN_PLACE = re.compile(r" *\x1b\[\d+G")
"""What is written around a character of several code points."""

CONSOLE = Console(color_system="truecolor", force_terminal=True)


def strip(*pieces: tuple[str, Style]) -> Strip:
    return Strip([Segment(text, style) for text, style in pieces])


def test_a_strip_that_is_there_already_is_not_written_again() -> None:
    cells = ChangedCells()
    whole = strip(("Bridge ladder", PLAIN))
    assert "Bridge ladder" in cells.render([(0, 2, whole)], CONSOLE)
    assert cells.render([(0, 2, whole)], CONSOLE) == ""
    cells.forget()
    assert "Bridge ladder" in cells.render([(0, 2, whole)], CONSOLE)


def test_only_the_cells_that_differ_are_written() -> None:
    cells = ChangedCells()
    cells.render([(3, 1, strip(("it is 10 s to the next one", PLAIN)))], CONSOLE)
    assert cells.render([(3, 1, strip(("it is 11 s to the next one", PLAIN)))], CONSOLE) == "\x1b[4;9H1"


def test_the_same_character_in_the_same_look_is_the_same_object() -> None:
    whole, parts = strip(("a row of words", RED)), strip(("a row", RED), (" of ", RED), ("words", RED))
    assert all(map(is_, cells_of(whole, "truecolor"), cells_of(parts, "truecolor")))


def test_only_the_changed_parts_of_a_style_are_written() -> None:
    cells = ChangedCells()
    bold = Style(color="red", bgcolor="blue", bold=True)
    words = strip(("a", RED), ("b", Style(color="green", bgcolor="blue")), (" ", RED), ("c", bold), (" ", PLAIN))
    assert cells.render([(0, 0, words)], CONSOLE) == "\x1b[1;5H \x1b[1;1H\x1b[31;44ma\x1b[32mb \x1b[0;1;31;44mc\x1b[0m"


def test_cells_of_one_look_are_written_together() -> None:
    cells = ChangedCells()
    rows = [(y, 0, strip(("xx", RED), ("yy", PLAIN), ("zz", RED))) for y in range(2)]
    moves = "\x1b[1;3Hyy\x1b[2;3Hyy\x1b[1;1H\x1b[31;44mxx\x1b[2Czz\x1b[2;1Hxx\x1b[2Czz\x1b[0m"
    assert cells.render(rows, CONSOLE) == moves


def test_another_colour_is_a_change() -> None:
    cells = ChangedCells()
    cells.render([(0, 0, strip(("work", PLAIN)))], CONSOLE)
    assert "work" in cells.render([(0, 0, strip(("work", RED)))], CONSOLE)


def test_a_wide_character_is_written_whole() -> None:
    cells = ChangedCells()
    cells.render([(0, 0, strip(("日本語", PLAIN)))], CONSOLE)
    assert cells.render([(0, 0, strip(("日中語", PLAIN)))], CONSOLE) == "\x1b[1;3H中"


@for_each(
    ("text", "width"),
    [("Cafe\u0301", 4), ("กำลัง", 4), ("नमस्ते", 4), ("👍🏽", 2), ("\u2764\ufe0f", 2), ("日本\u0301", 4)],
)
def test_the_marks_on_a_letter_are_written_with_it(text: str, width: int) -> None:
    cells = ChangedCells()
    written = cells.render([(0, 0, strip((f"{text} now", PLAIN)))], CONSOLE)
    assert IN_PLACE.sub("", written) == f"\x1b[1;1H{text} now"
    assert cells.render([(0, 0, strip((f"{text} then", PLAIN)))], CONSOLE) == f"\x1b[1;{width + 2}Hthen"
    assert cells.render([(0, 0, strip((f"{'x' * width} then", PLAIN)))], CONSOLE) == f"\x1b[1;1H{'x' * width}"


@pytest.mark.parametrize("text", ["\u2764\ufe0f", "\N{WEIGHT LIFTER}\ufe0f\u200d\u2640\ufe0f", "Cafe\u0301"])
def test_a_terminal_that_measures_a_character_otherwise_has_the_rest_in_its_place(text: str) -> None:
    grid, cells, width = Grid(40, 1), ChangedCells(), cell_len(text)  # the grid gives each mark a cell of its own
    for row in ("x" * 9, f"{text} in place", "x" * 9, f"{text} in place"):
        grid.feed(cells.render([(0, 0, strip((row.ljust(30), PLAIN)))], CONSOLE).encode())
    assert "".join(char for char, _ in grid.cells[0][width:]).rstrip() == " in place"
    grid.feed(cells.render([(0, 0, strip((" " * 30, PLAIN)))], CONSOLE).encode())
    assert grid.text == ""


def test_a_terminal_that_draws_a_character_in_one_cell_has_the_other_empty() -> None:
    cells = ChangedCells()
    cells.render([(0, 0, strip(("ab", PLAIN)))], CONSOLE)
    assert cells.render([(0, 0, strip(("\u2764\ufe0f", PLAIN)))], CONSOLE) == "\x1b[1;1H  \x1b[1G\u2764\ufe0f\x1b[3G"


def test_characters_that_are_joined_take_the_cells_that_they_are_measured_with() -> None:
    text = "👩\u200d🚀"
    cells = ChangedCells()
    cells.render([(0, 0, strip((f"{text} 1", PLAIN)))], CONSOLE)
    assert cells.render([(0, 0, strip((f"{text} 2", PLAIN)))], CONSOLE) == f"\x1b[1;{cell_len(text) + 2}H2"


def test_many_spaces_are_erased_in_few_bytes() -> None:
    cells = ChangedCells(erases=True)
    row = strip(("ab" + " " * 20 + "c" + " " * 30, RED))
    written = "\x1b[1;1H\x1b[31;44mab\x1b[20X\x1b[20Cc\x1b[30X\x1b[0m"
    assert cells.render([(0, 0, row)], CONSOLE) == written


def test_only_spaces_that_show_nothing_but_their_background_are_erased() -> None:
    cells = ChangedCells(erases=True)
    row = strip((" " * 20, Style(reverse=True)), (" " * 20, Style(underline=True)))
    assert "X" not in cells.render([(0, 0, row)], CONSOLE)


def test_what_follows_erased_spaces_is_put_in_its_place() -> None:
    changed, cells, blue = Grid(40, 2), ChangedCells(erases=True), Style(color="blue", bgcolor="blue")
    changed.feed(cells.render([(1, 0, strip(("日本" + " " * 9, RED), ("next", blue)))], CONSOLE).encode())
    assert changed.text == "\n日本         next"


@for_each(
    ("environ", "erases"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "xterm-256color", "STY": "12.pts-3"}, False),
        ({}, False),
    ],
)
def test_spaces_are_erased_where_the_terminal_keeps_the_background(environ: dict[str, str], erases: bool) -> None:
    assert erases_in_colour(environ) is erases


def test_what_is_written_for_an_update_that_repeats_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    cells, strips = ChangedCells(), [strip((text, RED)) for text in ("down ", "up   ")]
    written = [cells.render_repeated([(0, 0, strips[turn % 2])], CONSOLE) for turn in range(4)]
    monkeypatch.setattr("tui.terminal.changed_cells.cells_of", None)
    assert [cells.render_repeated([(0, 0, strips[turn % 2])], CONSOLE) for turn in range(2)] == written[-2:]
    monkeypatch.undo()
    cells.render([(0, 3, strip(("left", RED)))], CONSOLE)
    assert cells.render_repeated([(0, 0, strips[0])], CONSOLE) == "\x1b[1;1H\x1b[31;44mdown \x1b[0m"
    for number in range(2 * cells.MOST_KEPT):
        cells.render_repeated([(0, 0, strip((str(number), RED)))], CONSOLE)
    assert len(cells._kept) == cells.MOST_KEPT


@pytest.mark.parametrize("erases", [False, True])
def test_any_changes_leave_the_terminal_with_the_same_cells_as_a_whole_update(erases: bool) -> None:
    random, cells = Random(7), ChangedCells(erases=erases)
    changed, whole = Grid(40, 5), Grid(40, 5)
    earlier: list[tuple[int, int, Strip]] = []
    for _ in range(400):
        left, texts = (
            random.randrange(8),
            ("ab", "──", "日本", " " * random.randrange(1, 14), "x" * random.randrange(1, 9)),
        )
        made = strip(*((random.choice(texts), random.choice((RED, PLAIN))) for _ in range(random.randrange(1, 5))))
        placed = (random.randrange(5), left, made)
        earlier.append(random.choice([placed, *earlier[-4:]]))
        y, left, made = earlier[-1]
        render = random.choice((cells.render, cells.render_repeated))
        changed.feed(render([(y, left, made)], CONSOLE).encode())
        whole.feed(f"\x1b[{y + 1};{left + 1}H{made.render(CONSOLE)}".encode())
    assert changed.cells == whole.cells


def test_a_frame_is_written_anew_with_regions_in_the_colour_of_their_first_cells() -> None:
    cells = ChangedCells()
    white = strip(("gh", PLAIN), ("日", Style(bgcolor="white")), ("ij", PLAIN))
    cells.render([(0, 0, strip(("abc", RED), ("def", PLAIN))), (1, 0, white)], CONSOLE)
    grid = Grid(6, 2)
    grid.feed(frame_of(cells.copy(), [Region(1, 0, 3, 9), Region(5, 1, 4, 4)]).encode())
    assert grid.text == "a   ef\ng   i"
    assert [background for _, background in grid.cells[1]] == ["", "44", "44", "44", "", ""]
    assert frame_of([], [Region(1, 0, 3, 2)]) == ""
