"""Placeholders for the side: a step is written once for left and right.

In steps, cues, cautions, fixes and `side_means`, `{side}` is the current side and `{other}` the other one: "{side} heel
close, {other} leg lifted". Without a side, as on a page about the exercise, they are "one" and "other".
"""

from __future__ import annotations

import re
from functools import lru_cache

PLACEHOLDERS = ("{side}", "{other}")
"""The placeholders in braces."""

OTHER = {"left": "right", "right": "left"}
"""The other side of each."""

_IN_BRACES = re.compile(r"\{[^{}\s]{1,20}\}")
_PLACE = re.compile(r"((?:^|[.!?]\s+)?)(\{side\}|\{other\})")


@lru_cache(maxsize=4096)
def sided(text: str, side: str | None) -> str:
    """Return `text` with its placeholders filled in for `side` (left, right, or no side)."""
    words = {"{side}": side, "{other}": OTHER[side]} if side in OTHER else {"{side}": "one", "{other}": "other"}
    if side not in OTHER:  # "the {side} heel" is "one heel"
        text = text.replace("the {side} ", "{side} ")

    def filled(match: re.Match[str]) -> str:
        word = words[match[2]] or ""
        begins = match.start() == 0 or match[1]
        return match[1] + (word.capitalize() if begins else word)

    return _PLACE.sub(filled, text) if "{" in text else text


def side_sentence(side: str, means: str | None) -> str:
    """Format the side with its meaning: `Left leg pushes`; `Left side` if `means` is empty.

    `means` continues "Left leg"; with a placeholder it is the whole sentence: "{side} arm reaches".
    """
    if not means:
        return f"{side.capitalize()} side"
    return sided(means if "{" in means else f"{{side}} leg {means}", side)


def first_unknown(text: str) -> str | None:
    """Find the first word in braces that is not a placeholder."""
    return next((word for word in _IN_BRACES.findall(text) if word not in PLACEHOLDERS), None) if "{" in text else None
