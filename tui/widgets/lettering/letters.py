"""Large letters made of quadrant characters, in two sizes: TALL, upper and lower case, five rows; and CAPS, three rows.

Each sheet is a picture: a line that names the characters, then their rows beneath. A character begins in the column of
its name and ends before the blank column left of the next. Pure, standard library only.
"""

# ruff: noqa: RUF001 - the sheets hold characters that look like others, since routines do

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

Glyph = tuple[str, ...]
"""The rows of one character, all of one width."""


class Font(NamedTuple):
    """A size of letters. Accents lie over the first row of lower-case letters."""

    rows: int
    glyphs: Mapping[str, Glyph]
    space: int
    upper_only: bool = False


def set_text(text: str, font: Font) -> tuple[str, ...] | None:
    """Return `text` as rows of large letters, a blank column between them; None if a character has no shape."""
    glyphs: list[Glyph] = []
    for char in (text.upper() if font.upper_only else text).translate(_SAME):
        glyph = _glyph(char, font)
        if glyph is None:
            return None
        glyphs.append(glyph)
    return tuple(" ".join(glyph[row] for glyph in glyphs) for row in range(font.rows))


def _glyph(char: str, font: Font) -> Glyph | None:
    if char.isspace():
        return (" " * font.space,) * font.rows
    if char in font.glyphs:
        return font.glyphs[char]
    letter, *accents = list(unicodedata.normalize("NFD", char))
    if font.upper_only or len(accents) != 1 or not letter.islower() or letter not in font.glyphs:
        return None
    accent = _ACCENTS.get(accents[0])
    plain = font.glyphs[letter]
    if accent is None or (plain[0].strip() and letter != "i"):
        return None
    return (accent.center(len(plain[0]))[: len(plain[0])], *plain[1:])


_SAME = str.maketrans("’‘—‑", "''–-")
"""Characters with the shapes of others."""

_ACCENTS = {"\u0300": "▝▜▖", "\u0301": "▗▛▘", "\u0302": "▗▛▙", "\u0303": "▟▚▛", "\u0308": "▀ ▀", "\u030a": "▗▟▙"}
"""Grave, acute, circumflex, tilde, diaeresis and ring."""


def _read(sheet: str, rows: int) -> Iterator[tuple[str, Glyph]]:
    lines = [*sheet.strip("\n").split("\n"), *[""] * rows]
    for top in range(0, len(lines) - rows, rows + 2):
        names, body = lines[top], lines[top + 1 : top + 1 + rows]
        starts = [column for column, name in enumerate(names) if name != " "]
        width = max(len(line) for line in body) + 1
        for start, end in zip(starts, [*starts[1:], width], strict=True):
            yield names[start], tuple(line[start : end - 1].ljust(end - 1 - start) for line in body)


_TALL = """
a     b     c     d     e     f    g     h     i  j   k     l  m        n     o     p
      █▌             ▐█       ▟▛▀        █▌    ▀▘  ▀▘ █▌    █▌
▝▀▀▜▙ █▛▀▜▙ ▟▛▀▀▘ ▟▛▀▜█ ▟▛▀▜▙ ██▀▘ ▟▛▀▜█ █▛▀▜▙ █▌  █▌ █▌▗▟▛ █▌ █▛▀█▛▀▜▙ █▛▀▜▙ ▟▛▀▜▙ █▛▀▜▙
▟▛▀▜█ █▌ ▐█ █▌    █▌ ▐█ █▛▀▀▀ █▌   █▌ ▐█ █▌ ▐█ █▌  █▌ ██▛▘  █▌ █▌ █▌ ▐█ █▌ ▐█ █▌ ▐█ █▌ ▐█
▜▙▄▟█ █▙▄▟▛ ▜▙▄▄▖ ▜▙▄▟█ ▜▙▄▄▖ █▌   ▜▙▄▟█ █▌ ▐█ █▌  █▌ █▌▝▜▙ █▌ █▌ █▌ ▐█ █▌ ▐█ ▜▙▄▟▛ █▙▄▟▛
                                   ▄▄▄▟▛          ▄▟▘                               █▌

q     r    s     t    u     v     w        x     y     z     ß     æ        ø
                 █▌                                          ▟▛▀▜▙
▟▛▀▜█ █▙▛▀ ▟▛▀▀▘ ██▀▘ █▌ ▐█ █▌ ▐█ █▌ ▄▖ ▐█ ▜▙ ▟▛ █▌ ▐█ ▀▀▀█▛ █▌ ▟▛ ▝▀▀█▛▀▜▙ ▟▛▀▟▛
█▌ ▐█ █▌   ▝▀▀▜▙ █▌   █▌ ▐█ ▜▙ ▟▛ █▌ █▌ ▐█  ▜█▛  █▌ ▐█  ▗▟▛  █▌ ▜▙ ▟▛▀█▛▀▀▀ █▌▞▐█
▜▙▄▟█ █▌   ▝▄▄▟▛ ▜▙▄▖ ▜▙▄▟█ ▝█▄█▘ ▜▙▟▜▙▄▟▛ ▟▛ ▜▙ ▜▙▄▟█ ▟█▄▄▄ █▌▄▟▛ ▜▙▄█▙▄▄▖ ▟▙▄▟▛
   ▐█                                            ▄▄▄▟▛

A       B      C      D      E     F     G      H      I  J    K      L     M       N
 ▗▟█▙▖  █▛▀▀▜▙ ▟▛▀▀▜▙ █▛▀▀▜▙ █▛▀▀▀ █▛▀▀▀ ▟▛▀▀▜▙ █▌  ▐█ █▌   █▌ █▌ ▗▟▛ █▌    █▙   ▟█ █▙  ▐█
 █▌ ▐█  █▙▄▄▟▛ █▌     █▌  ▐█ █▙▄▄  █▙▄▄  █▌     █▙▄▄▟█ █▌   █▌ █▙▟▛▘  █▌    █▛█▄█▜█ █▜█▖▐█
▐█▄▄▄█▌ █▌  ▐█ █▌     █▌  ▐█ █▌    █▌    █▌ ▀▜█ █▌  ▐█ █▌   █▌ █▛▜▙▖  █▌    █▌▝█▘▐█ █▌▝█▟█
█▛   ▜█ █▙▄▄▟▛ ▜▙▄▄▟▛ █▙▄▄▟▛ █▙▄▄▄ █▌    ▜▙▄▄▟█ █▌  ▐█ █▌ ▜▙▟▛ █▌ ▝▜▙ █▙▄▄▄ █▌   ▐█ █▌  ▜█


O      P      Q      R      S      T      U      V      W         X      Y      Z
▟▛▀▀▜▙ █▛▀▀▜▙ ▟▛▀▀▜▙ █▛▀▀▜▙ ▟▛▀▀▜▙ ▀▀█▛▀▘ █▌  ▐█ █▌  ▐█ █▌  ▄  ▐█ ▜▙  ▟▛ ▜▙  ▟▛ ▀▀▀▀█▛
█▌  ▐█ █▌  ▐█ █▌  ▐█ █▌  ▐█ ▜▙▄▄▄    █▌   █▌  ▐█ ▜▙  ▟▛ █▌ ▐█▌ ▐█  ▜▙▟▛   ▜▙▟▛    ▗▟▛
█▌  ▐█ █▛▀▀▀▘ █▌  ▐█ █▛▀█▛▘ ▗   ▐█   █▌   █▌  ▐█ ▝█▖▗█▘ ▜▙▗█▜▙▗▟▛  ▟▛▜▙    █▌    ▟▛▘
▜▙▄▄▟▛ █▌     ▜▙▄▟█▙ █▌ ▝█▙ ▜▙▄▄▟▛   █▌   ▜▙▄▄▟▛  ▜██▛  ▝█▛▘▝▜█▘  ▟▛  ▜▙   █▌   ▟█▄▄▄▄


0     1   2     3     4      5     6     7     8     9     .  ,  -   –    '  !  ?     :  (   )   /
▟▛▀▜▙ ▗█▌ ▟▛▀▜▙ ▀▀▀█▛   ▗█▌  █▛▀▀▀ ▟▛▀▀▘ ▀▀▀▜█ ▟▛▀▜▙ ▟▛▀▜▙                █▌ █▌ ▟▛▀▜▙    ▗█▘ ▝█▖    ▟▘
█▌ ▐█  █▌   ▗▟▛  ▗▟▛▘  ▟▛█▌  █▙▄▄▖ █▙▄▄▖   ▗█▘ ▜▙▄▟▛ ▜▙▄▟█       ▄▄▄ ▄▄▄▄ ▘  █▌  ▄▟▛▘ █▌ █▌   ▐█   ▟▘
█▌ ▐█  █▌ ▗▟▛▘  ▄  ▜▙ ▟█▄█▙▖    ▜▙ █▌ ▜▙   █▌  █▌ ▐█    ▐█                   ▀▘  ▀▘      █▌   ▐█  ▟▘
▜▙▄▟▛  █▌ █▙▄▄▄ ▜▙▄▟▛    █▌  ▜▙▄▟▛ ▜▙▄▟▛  ▐█   ▜▙▄▟▛ ▝▄▄▟▛ █▌ █▌             █▌  █▌   █▌ ▝█▖ ▗█▘ ▟▘
                                                              ▞

+     &       ·  %       ×
      ▗▛▀▙       ▟▙   ▟▘
 ▐█   ▝█▟▘       ▜▛ ▗▟▘  ▜▙▟▛
▀██▀▘ ▟▛▀█▟█  █▌   ▟▛ ▟▙  ▟█▙
 ▐█   ▜▙▄▟█▖     ▗▟▘  ▜▛ ▟▛▜▙
"""

TALL = Font(5, dict(_read(_TALL, 5)), space=2)
"""Upper and lower case: capitals four rows high, descenders in the fifth."""

_CAPS = """
A   B   C   D   E   F   G   H   I J   K   L   M     N    O   P   Q   R   S   T   U   V   W     X   Y   Z
▟▀▙ █▀▙ ▟▀▀ █▀▙ █▀▀ █▀▀ ▟▀▀ █ █ █   █ █▗▛ █   █▙ ▟█ █▙ █ ▟▀▙ █▀▙ ▟▀▙ █▀▙ ▟▀▀ ▀█▀ █ █ █ █ █   █ █ █ █ █ ▀▀█
█▄█ █▀▙ █   █ █ █▀▘ █▀▘ █▝█ █▀█ █   █ █▛  █   █▝█▘█ █▜▙█ █ █ █▄▛ █ █ █▜▛ ▝▀▙  █  █ █ █ █ █ █ █ ▗▀▖ ▜▄▛ ▗▛▘
█ █ █▄▛ ▜▄▄ █▄▛ █▄▄ █   ▜▄█ █ █ █ ▜▄▛ █▝▙ █▄▄ █   █ █ ▜█ ▜▄▛ █   ▜▄▙ █▝▙ ▄▄▛  █  ▜▄▛ ▝█▘ ▜▟▀▙▛ █ █  █  █▄▄

0   1  2   3   4   5   6   7   8   9   . , -  –   ' ! ?   : (  )  /   +   &    · =   ×
▟▀▙ ▜▌ ▀▀▙ ▀▀▙ █ █ █▀▀ ▟▀▀ ▀▀█ ▟▀▙ ▟▀▙            █ █ ▀▀▙   ▟▘ ▝▙   █     ▟▀▖    ▄▄▄
█ █ ▐▌ ▗▟▘  ▀▙ ▀▀█ ▀▀▙ █▀▙  ▟▘ ▟▀▙ ▝▀█     ▀▀ ▀▀▀   █ ▗▟▘ ▀ █   █  ▟▘ ▄█▄ ▟▀▙▌ ▄ ▄▄▄ ▜▟▛
▜▄▛ ▐▌ █▄▄ ▄▄▛   █ ▄▄▛ ▜▄▛  █  ▜▄▛ ▄▄▛ ▄ █          ▄ ▗▖  ▄ ▜▖ ▗▛ ▐▌   ▀  ▜▄▛▄       ▟▀▙
"""

CAPS = Font(3, dict(_read(_CAPS, 3)), space=2, upper_only=True)
"""Capitals only, three rows high."""
