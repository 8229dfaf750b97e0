"""The text of `--format`: any characters, and fields in braces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.cli.output import Misuse


def check_fields(text: str, known: Sequence[str]) -> None:
    """Raise Misuse if `text` has a field that is not one of the `known` names."""
    for part in text.split("{")[1:]:
        name, closed, _ = part.partition("}")
        if closed and name not in known:
            from tui.routine.problems import did_you_mean, listed, quoted

            hint = did_you_mean(name, known)
            raise Misuse(f"--format: there is no field {quoted(name)}{hint}.\nThere are: {listed(known)}.")


def fill_fields(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with each field replaced by its value. Braces in a value are no field."""
    first, *parts = text.split("{")
    filled = [first]
    for part in parts:
        name, closed, rest = part.partition("}")
        filled.append(f"{values[name]}{rest}" if closed and name in values else f"{{{part}")
    return "".join(filled)
