"""Text from files and users: displayed without controlling the terminal, compared, and used in sentences and errors."""

from itertools import groupby

_BIDI = frozenset(chr(c) for c in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


class UserError(Exception):
    """An error whose message is for the user: what is wrong, where, and what to do, in one or two lines.

    A command ends with it; `code` is the exit code.
    """

    code = 1


def is_control(char: str) -> bool:
    """Check whether a character can act on a terminal: C0, DEL, C1, bidi overrides, separators, surrogates."""
    code = ord(char)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or char in _BIDI or char in "\u2028\u2029"


def first_control(text: str) -> int | None:
    """Find the index of the first control character in `text`, or None."""
    return next((i for i, char in enumerate(text) if is_control(char)), None)


def plain_text(text: str) -> str:
    """Return `text` with a visible U+FFFD for each control character, for names and errors that cannot be refused."""
    if text.isprintable():  # true for no control character, and quick
        return text
    return "".join("\ufffd" if is_control(char) else char for char in text)


def plain_lines(text: str) -> str:
    """Return `text` as `plain_text` does, but with its line breaks."""
    return "\n".join(map(plain_text, text.replace("\r\n", "\n").split("\n")))


def folded(text: str) -> str:
    """Return `text` for comparison with typed text: without case, accents and other marks: `Über` is `uber`."""
    if text.isascii():
        return text.lower()
    from unicodedata import combining, normalize  # only for non-ASCII text, as every start comes through here

    return "".join(char for char in normalize("NFKD", text.casefold()) if not combining(char)).casefold()


def natural_key(text: str) -> list[tuple[bool, int, str]]:
    """Return a key to sort by, in which numbers are numbers and accents and case do not matter: `Day 2`, `Day 10`."""
    parts = (("".join(part), is_number) for is_number, part in groupby(folded(text), str.isdecimal))
    return [(not is_number, int(part) if is_number else 0, part) for part, is_number in parts]


def plural(number: int, noun: str) -> str:
    """Return `1 set`, `3 sets`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def capital(text: str) -> str:
    """Format a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def within_sentence(name: str) -> str:
    """Format a name with a small first letter, unless its first word is an abbreviation: `TRX row`, `L-sit` stay."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def first_line(text: str) -> str:
    """Return the first line of `text`, with `…` if there are more."""
    first, _, more = text.partition("\n")
    return f"{first} …" if more else first
