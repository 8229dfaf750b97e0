"""Words that name the side: a step is written once, and read for the left and for the right.

In steps, cues, cautions, fixes and `side_means`, `{side}` stands for the side that is on and `{other}` for the other
one: "{side} heel close, {other} leg lifted". Where no side is on, as on a page that explains, they are "one" and
"other".
"""

from __future__ import annotations

import re

PLACEHOLDERS = ("{side}", "{other}")
"""What a text may hold in braces."""

OTHER = {"left": "right", "right": "left"}
"""The other side of each."""

_IN_BRACES = re.compile(r"\{[^{}\s]{1,20}\}")
_PLACE = re.compile(r"((?:^|[.!?]\s+)?)(\{side\}|\{other\})")


def sided(text: str, side: str | None) -> str:
    """`text` with its placeholders filled in for `side` (left, right; anything else is no side)."""
    words = {"{side}": side, "{other}": OTHER[side]} if side in OTHER else {"{side}": "one", "{other}": "other"}

    def filled(found: re.Match[str]) -> str:
        word = words[found[2]] or ""
        begins = found.start() == 0 or found[1]
        return found[1] + (word.capitalize() if begins else word)

    return _PLACE.sub(filled, text) if "{" in text else text


def side_sentence(side: str, means: str | None) -> str:
    """Which side it is, in words that mean something: `Left leg pushes`; `Left side` where nothing tells what it does.

    `means` goes on from "Left leg"; one that has a placeholder is the whole sentence: "{side} arm reaches".
    """
    if not means:
        return f"{side.capitalize()} side"
    return sided(means if "{" in means else f"{{side}} leg {means}", side)


def first_unknown(text: str) -> str | None:
    """The first word in braces that is no placeholder."""
    return next((word for word in _IN_BRACES.findall(text) if word not in PLACEHOLDERS), None) if "{" in text else None
