r"""Explain invalid TOML: common slips in plain words, else the message of `tomllib`.

A slip is recognised by the text around the place of the error, not by the words of `tomllib`, which may change. Every
problem carries the line with a caret below the place.
"""

from __future__ import annotations

import re
import tomllib

from tui.plain_text import plain_text
from tui.routine.problems import Problem, quoted

_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'")
_ASSIGNED = re.compile(r"""\s*(?:[\w.-]+|"[^"]*"|'[^']*')\s*=""")
_HEADER = re.compile(r"\s*\[{1,2}[^\[\]=,]+\]{1,2}\s*(?:#|$)")
_NUMBER_OR_DATE = re.compile(r"[+-]?(?:[\d_.,]*(?:[eE][+-]?\d*|0[xob]\w*)?|(?i:inf|infinity|nan))|\d{4}-\d\d?-.*")
_WORDS = {
    **dict.fromkeys(("true", "false"), "write true and false in lower case"),
    **dict.fromkeys(("yes", "no", "on", "off"), "write true or false"),
    **dict.fromkeys(("none", "null", "nil", "undefined"), "is not a TOML value; remove the key"),
}
_OTHER_FORMATS = (("{", "JSON"), ("---", "YAML"), ("- ", "YAML"))
_LONGEST_LINE = 100


def syntax_problem(text: str, error: Exception) -> Problem:
    """Return the problem of a `text` on which `tomllib.loads` raised `error`."""
    if isinstance(error, RecursionError):
        return Problem((), "this TOML cannot be read: lists or tables are nested too deeply", False, 1, 1)
    text = text.replace("\r\n", "\n")
    if not isinstance(error, tomllib.TOMLDecodeError):
        long = re.search(r"(?<![0-9_])[0-9_]{4300}", text)
        why, at = "a number has too many digits", long.start() if long else 0
    else:
        match = re.fullmatch(r"(.*) \((?:at line (\d+), column (\d+)|at end of document)\)", str(error), re.DOTALL)
        why, at = match[1] if match else str(error), len(text.rstrip())
        if match and match[2]:
            at = sum(len(line) + 1 for line in text.split("\n")[: int(match[2]) - 1]) + int(match[3]) - 1
        why = _slip(text, at) or why
    line, start = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at) + 1
    return Problem((), f"this is not TOML: {plain_text(why)}", False, line, at - start + 1, excerpt=excerpt(text, at))


def excerpt(text: str, at: int) -> str:
    """Format the line at an index of `text`, with a caret below the place."""
    start = max(text.rfind("\n", 0, at) + 1, at - _LONGEST_LINE)
    line = text[start:].split("\n", 1)[0][: at - start + _LONGEST_LINE]
    return f"    {plain_text(line.replace(chr(9), ' '))}\n    {' ' * (at - start)}^"


def _slip(text: str, at: int) -> str | None:
    """Return the most likely slip at `at`, or None if it is none of the common ones."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].split("\n", 1)[0]
    before, rest = line[: at - start], line[at - start :]
    bare = _STRING.sub("0", line)
    word = re.split(r"[\s,=\[\]{}#]", before)[-1] + re.split(r"[\s,=\[\]{}#]", rest)[0]
    for begin, name in _OTHER_FORMATS:
        if line.lstrip().startswith(begin):
            return f"this is {name}; write key = value, each on its own line"
    if rest[:1] and rest[0] in "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb`\u00b4":
        return "use straight quotes: \" or '"
    if not rest[:1].isascii():
        if rest[0].isspace():
            return f"this is not a plain space (U+{ord(rest[0]):04X}); write one"
        if "=" not in before:
            return f"a key with {quoted(rest[0])} in it needs quotes"
    if re.match(r"//|/\*|--|;|[%!]\s", rest) and before[-1:] in ("", " ", "\t"):
        return "comments begin with #"
    if rest.startswith(":") and re.search(r"""(?:^|[{,])\s*(?:[\w-]*[A-Za-z][\w-]*|"[^"]*"|'[^']*')\s*$""", before):
        return "write = instead of :"
    if before.rstrip().endswith("=") and re.match(r"\s*(?:[,\]}#]|$)", rest):
        return "a value is missing after ="
    if re.search("[\"']", bare.partition("#")[0]):
        return "a string needs a quote at its beginning and one at its end"
    return _in_list(text, at, start, rest) or _bad_word(line, before, rest, word) or _twice(text, start, line)


def _in_list(text: str, at: int, start: int, rest: str) -> str | None:
    """Return the slip in the list or inline table around `at`, or None."""
    line = text[start:].split("\n", 1)[0]
    begins = [match for match in re.finditer(r"(?m)^[^\n#\"']*?=[^\S\n]*(?=[\[{])", text[:at])]
    opened = re.sub("#.*", "", _STRING.sub('""', text[begins[-1].end() : at])) if begins else ""
    if opened.count("[") > opened.count("]"):
        if not text[at:].strip() or (begins[-1].end() <= start and (_ASSIGNED.match(line) or _HEADER.match(line))):
            return f"the list that begins on line {text.count(chr(10), 0, begins[-1].end()) + 1} has no closing ]"
        if (
            rest[:1]
            and (rest[0].isalnum() or rest[0] in "\"'[{+-")
            and re.search(r"""[\w\]}]\s+$|[\]}"]\s*$""", opened)
        ):
            return "a comma is missing between two values of a list"
    elif opened.count("{") > opened.count("}") and not rest.strip():
        return "an inline table begins and ends on one line: { key = value, key = value }"
    return None


def _bad_word(line: str, before: str, rest: str, word: str) -> str | None:
    """Return the slip in a value without quotes, or in a key with a space, or None."""
    key, equals, value = line.partition("=")
    value = value.partition("#")[0].strip()
    if re.match(r"\s*[\w-]+(?:[ \t]+[\w-]+)+[ \t]*$", key) and equals and "=" not in before:
        return "a key with a space in it needs quotes"
    if before.rstrip()[-1:] in ('"', "'") and re.match(r"[^=,;)\]}]+$", rest.strip()):
        return 'a quote inside a string needs a backslash: \\"'
    if value and not re.search("[\"'\\[\\]{}]", value) and "=" in before:
        word = value
    elif "=" not in before or "=" in rest:
        return None
    if (known := _WORDS.get(word.casefold())) is not None:
        return f"{word} {known}" if known.startswith("is") else known
    if not word or re.search("[\"'=;()]", word) or _NUMBER_OR_DATE.fullmatch(word):
        return None
    return f"strings need quotes: {quoted(word)}"


def _twice(text: str, start: int, line: str) -> str | None:
    if _HEADER.match(line):
        again = re.search(rf"(?m)^\s*{re.escape(line.partition('#')[0].strip())}", text[:start])
        return f"the table {line.strip()} is defined twice; join the two, or write [[ ]] for a list" if again else None
    table = text[text.rfind("\n[", 0, start) + 1 : start]
    key = line.partition("=")[0].strip()
    again = re.search(rf"(?m)^[ \t]*{re.escape(key)}[ \t]*=", table) if _ASSIGNED.match(line) else None
    return f"the key {quoted(key)} is defined twice; keep one" if again else None
