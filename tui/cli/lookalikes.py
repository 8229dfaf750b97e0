"""ASCII characters for a terminal that cannot show others: one for each cell of what is drawn or written."""

# ruff: noqa: RUF001

from __future__ import annotations

from unicodedata import combining, east_asian_width, normalize

_DRAWN = str.maketrans(
    {
        **dict.fromkeys("█▉▊▋▙▛▜▟▆▇▮", "#"),
        **dict.fromkeys("▌▐▍▎▏│┃║", "|"),
        **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛╲▚", "+"),
        **dict.fromkeys("╱▞", "/"),
        **dict.fromkeys("▀▔", '"'),
        **dict.fromkeys("▘▝'’‘´", "'"),
        **dict.fromkeys("▄▅", "_"),
        **dict.fromkeys("▖▗▁▂▃·•", "."),
        **dict.fromkeys("▓◐◆", "%"),
        **dict.fromkeys("─━═–—‑‐−↔", "-"),
        **dict.fromkeys("←↵⏎◀◂", "<"),
        **dict.fromkeys("→▶▸", ">"),
        **dict.fromkeys("↑▲▴⇧", "^"),
        **dict.fromkeys("↓▼▾✓✔", "v"),
        **dict.fromkeys("●★✱", "*"),
        **dict.fromkeys("×✗✘", "x"),
        **dict.fromkeys("“”„«»", '"'),
        "░": ":", "▒": "+",
        "○": "o", "◇": "<", "■": "#", "▯": "-", "⇄": "=", "‖": "I", "≈": "~", "…": ".", "‚": "'", "\u00a0": " ",
        "♪": "d", "±": "+", "½": "+", "⚠": "!",
    }
)  # fmt: skip
_SPELT = str.maketrans({"ß": "s", "æ": "a", "Æ": "A", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ð": "d", "þ": "t"})


def ascii_lookalike(text: str) -> str:
    """Return `text` in ASCII; what has no likeness is a question mark for each cell that it takes."""
    return "".join(map(_lookalike, text))


def _lookalike(char: str) -> str:
    found = char.translate(_DRAWN).translate(_SPELT)
    if found.isascii():
        return found
    if combining(char):
        return ""
    if "\u2800" <= char <= "\u28ff":  # Braille dots, as plots use them
        return " " if char == "\u2800" else ":"
    base = normalize("NFKD", char)[0]
    return base if base.isascii() else "??" if east_asian_width(char) in "WF" else "?"
