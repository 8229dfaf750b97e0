"""ASCII characters for a terminal that cannot show others: one for each cell."""

# ruff: noqa: RUF001

from __future__ import annotations

from unicodedata import combining, east_asian_width

from anyascii import anyascii

_DRAWN = str.maketrans(
    {
        **dict.fromkeys("▌▐▍▎▏", "|"), **dict.fromkeys("╲▚▒½", "+"), **dict.fromkeys('▀▔«»', '"'),
        **dict.fromkeys("▘▝", "'"), **dict.fromkeys("▄▅", "_"), **dict.fromkeys("▖▗▁▂▃·•", "."),
        **dict.fromkeys("▓◐◆", "%"), **dict.fromkeys("↔▯", "-"), **dict.fromkeys("◀◇", "<"),
        "▞": "/", "▶": ">", "✔": "v", "×": "x", "░": ":", "○": "o", "‖": "I", "♪": "d", "⚠": "!",
    }
)  # fmt: skip
"""Characters that anyascii would all replace by the same letter, or drop."""


def ascii_lookalike(text: str) -> str:
    """Return `text` in ASCII. A character without a similar one becomes a question mark for each of its cells."""
    return "".join(map(_lookalike, text))


def _lookalike(char: str) -> str:
    if combining(char):
        return ""
    if "\u2800" <= char <= "\u28ff":  # Braille dots, as plots use them
        return " " if char == "\u2800" else ":"
    if east_asian_width(char) in "WF":
        return "??"
    lookalike = char.translate(_DRAWN)
    return lookalike if lookalike.isascii() else anyascii(char)[:1] or "?"
