"""Big digits and letters: each differs from all others at every height, and stays within its cells."""

import string
from functools import cache
from itertools import combinations

import pytest
from textual.geometry import Size

from tests.for_each import for_each
from tui.widgets.lettering import digits
from tui.widgets.lettering.big_text import Lettering, arrange, fits
from tui.widgets.lettering.blocks import cells, lowered, span, turned, union, without
from tui.widgets.lettering.digits import LEAST_ROWS, width_of
from tui.widgets.lettering.letters import CAPS, TALL, Font, set_text

character = cache(digits.character)
HEIGHTS = (*range(LEAST_ROWS, 16), 20, 28, 40)
FILLED = {" ": 0, "█": 4} | dict.fromkeys("▘▝▖▗", 1) | dict.fromkeys("▀▄▌▐▚▞", 2) | dict.fromkeys("▛▜▙▟", 3)


def ink(lines: tuple[str, ...]) -> int:
    """Count the filled quarters of cells."""
    return sum(FILLED[char] for line in lines for char in line)


def holes(lines: tuple[str, ...]) -> int:
    """Count the enclosed empty regions: none in a 1, one in a 0, two in an 8."""
    empty = {(x, y) for y, line in enumerate(lines) for x, char in enumerate(line) if FILLED[char] == 0}
    width, height = len(lines[0]), len(lines)
    empty |= {(x, y) for x in (-1, width) for y in range(-1, height + 1)} | {
        (x, y) for x in range(width) for y in (-1, height)
    }
    count = -1
    while empty:
        count += 1
        reached = [empty.pop()]
        while reached:
            x, y = reached.pop()
            for near in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                if near in empty:
                    empty.remove(near)
                    reached.append(near)
    return count


@for_each("rows", HEIGHTS)
def test_digits_fill_their_room_and_no_more(rows: int) -> None:
    for digit in string.digits:
        lines = character(digit, rows)
        assert (len(lines), {len(line) for line in lines}) == (rows, {width_of("0", rows)})
        assert lines[0].strip()
        assert lines[-1].strip()
    assert {len(line) for line in character(":", rows)} == {width_of(":", rows)}


@for_each("rows", HEIGHTS)
def test_no_two_digits_look_alike(rows: int) -> None:
    shapes = {digit: character(digit, rows) for digit in string.digits}
    for one, other in combinations(string.digits, 2):
        pairs = zip("".join(shapes[one]), "".join(shapes[other]), strict=True)
        assert sum(a != b for a, b in pairs) >= rows / 2, f"{one} and {other}"


@for_each("rows", [rows for rows in HEIGHTS if rows >= 7])
def test_digits_are_open_where_they_should_be(rows: int) -> None:
    holes_of = {digit: holes(character(digit, rows)) for digit in "01235678"}
    assert holes_of == {"0": 1, "1": 0, "2": 0, "3": 0, "5": 0, "6": 1, "7": 0, "8": 2}


def test_strokes_grow_with_the_height() -> None:
    weights = [ink(character("0", rows)) / (4 * rows * width_of("0", rows)) for rows in (5, 7, 9, 11, 14, 18, 24, 32)]
    assert min(weights) > 0.45
    assert max(weights) < 0.75


def test_straight_parts_are_whole_cells() -> None:
    for rows in (9, 14, 18):
        assert set("".join(character("0", rows)[rows // 3 : 2 * rows // 3])) <= {" ", "█"}


def test_other_characters_are_empty() -> None:
    assert ink(character("x", 9)) == 0


def test_bits_become_quadrants() -> None:
    assert cells((0b01, 0b10), 1) == ("▚",)
    assert cells((span(0, 1.5), span(0.5, 2)), 2) == ("▜▙",)
    assert union((1, 2), (2, 0)) == (3, 2)
    assert without((3, 3), (1, 2)) == (2, 1)
    assert turned((0b0001, 0b0010), 2) == (0b0100, 0b1000)


@pytest.mark.parametrize(("font", "chars"), [(TALL, string.ascii_letters), (CAPS, string.ascii_uppercase)])
def test_every_letter_digit_and_common_mark_has_a_shape(font: Font, chars: str) -> None:
    for char in f"{chars}{string.digits}.,-!?:()/+&'":
        rows = set_text(char, font)
        assert rows is not None, char
        assert (len(rows), len({len(row) for row in rows})) == (font.rows, 1), char
        assert ink(rows) > 0, char


@pytest.mark.parametrize("font", [TALL, CAPS])
def test_no_two_letters_look_alike(font: Font) -> None:
    shapes = {char: glyph for char, glyph in font.glyphs.items() if char.isalnum() or char == " "}
    twins = [pair for pair in combinations(shapes, 2) if shapes[pair[0]] == shapes[pair[1]]]
    assert twins in ([], [("O", "0")], [("I", "l")], [("l", "I")])


def test_letters_are_set_with_a_blank_column_between_them() -> None:
    assert set_text("ll", TALL) == ("█▌ █▌", "█▌ █▌", "█▌ █▌", "█▌ █▌", "     ")


def test_accents_lie_over_their_letters() -> None:
    plain, accented = set_text("e", TALL), set_text("é", TALL)
    assert plain is not None
    assert accented is not None
    assert accented[1:] == plain[1:]
    assert accented[0].strip()
    assert set_text("ü", TALL) != set_text("u", TALL)


@for_each("text", ["日", "É", "Ω", "🍑", "a日"])
def test_a_word_with_an_unknown_character_has_no_large_letters(text: str) -> None:
    assert set_text(text, TALL) is None


def test_words_are_as_large_as_the_room_allows() -> None:
    name = [Lettering("Reverse bridge")]
    assert [len(s.rows) for s in arrange(name, 100, 5, (TALL, CAPS))] == [5]
    assert [len(s.rows) for s in arrange(name, 60, 5, (TALL, CAPS))] == [3]
    assert [s.rows for s in arrange(name, 40, 5, (TALL, CAPS))] == [("Reverse bridge",)]
    assert [len(s.rows) for s in arrange(name, 100, 4, (TALL, CAPS))] == [3]
    assert [len(s.rows) for s in arrange(name, 100, 1, (TALL, CAPS))] == [1]


def test_the_longest_piece_shrinks_first() -> None:
    settings = arrange([Lettering("Fingertips on the worktop"), Lettering("left")], 60, 3, (CAPS,))
    assert [setting.large for setting in settings] == [False, True]


def test_text_too_long_even_for_bold_words_is_broken_into_lines_and_cut() -> None:
    (setting,) = arrange([Lettering("one two three four five six seven")], 12, 2, ())
    assert len(setting.rows) == 2
    assert setting.rows[1].endswith("…")
    assert max(map(len, setting.rows)) <= 12


@for_each("word", ["GET READY", "WORK", "CHANGE SIDES"])
def test_letters_half_a_row_further_down_keep_their_shape(word: str) -> None:
    letters = set_text(word, CAPS)
    assert letters is not None
    half = lowered(letters)
    assert (len(half), ink(half)) == (4, ink(letters))
    assert set(half[0]) <= set(" ▖▗▄")
    assert set(half[3]) <= set(" ▘▝▀")
    blank = " " * len(letters[0])
    assert lowered(half) == (blank, *letters, blank)


def test_words_fit_if_all_of_them_are_visible() -> None:
    line = "Lift to a straight line, never so high that your back arches."
    assert fits(line, Size(74, 1))
    assert fits(line, Size(34, 2))
    assert not fits(line, Size(34, 1))
    assert fits("Squeeze", Size(30, 3))
    assert not any(fits("one, two", Size(width, 2)) for width in (0, -3))


def test_a_single_piece_is_set_in_as_many_large_lines_as_fit() -> None:
    piece = Lettering("Squeeze the buttock of your standing leg")
    (one_row,) = arrange([piece], 114, 3, [CAPS])
    (two_lines,) = arrange([piece], 114, 7, [CAPS])
    assert (one_row.large, two_lines.large, len(two_lines.rows)) == (False, True, 7)
    assert {len(row) for row in two_lines.rows} == {two_lines.width}
    assert two_lines.width <= 114
    assert not arrange([Lettering("息を吸って 吐いて")], 114, 7, [CAPS])[0].large
