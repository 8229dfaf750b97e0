r"""What is wrong with a text that is no TOML, in words for somebody who has never read its specification.

`tomllib` says at which character it gave up, and in a few kinds of sentence why. What the person meant is told from
what stands there: `work = 40s`, `a = 01` and `"x" "y"` end in the same sentence of `tomllib`, and are three different
slips. Each rule below looks at the rest of the line or at the word there; the first that fits gives the message.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tui.plain_text import is_control, plain_text
from tui.routine.model import Problem
from tui.routine.problems import quoted

_CLOSING = {"]": "[", "}": "{", ")": "("}
_CURLY_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb`\u00b4"
_NOTES = ("//", "/*", "--", ";", "%", "!", "<!--")
_KEY = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_ASSIGNED = re.compile(rf"[ \t]*+{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY})*+[ \t]*+=")
_ENDS_WORD = r"[\s,=\[\]{}#]"
_LONGEST_WORD = 80
"""As much as is looked at of a word, and more than is shown."""
_HEADER = re.compile(rf"[ \t]*+\[{{1,2}}+[ \t]*+{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY})*+[ \t]*+\]{{1,2}}+[ \t]*+(?:#|$)")
_PLACEHOLDER = re.compile(r"\{(?:side|other)$")
_NOT_TOML = "this is not TOML: "


def syntax_problem(text: str, error: Exception) -> Problem:
    """The problem of a `text` that is not TOML. `error` is what `tomllib.loads` raised on it."""
    if isinstance(error, RecursionError):
        message = "this is not TOML that can be read: lists or tables stand too deep in each other"
        return Problem((), message, False, 1, 1)
    if not isinstance(error, tomllib.TOMLDecodeError):
        long = re.search(r"(?<![0-9_])[0-9_]{4300}", text)
        place = _place(text, long.start() if long else 0)
        return Problem((), "this is not TOML that can be read: a number has too many digits", False, *place)
    text = text.replace("\r\n", "\n")
    found = re.fullmatch(r"(.*) \((?:at line (\d+), column (\d+)|at end of document)\)", str(error), re.DOTALL)
    why = found[1] if found else str(error)
    at = _offset(text, int(found[2]), int(found[3])) if found and found[2] else len(text.rstrip())
    slip = _Slip(text, at)
    message = plain_text(_explained(slip, why))
    return Problem((), f"{_NOT_TOML}{message}", False, *_place(text, slip.at))


def _offset(text: str, line: int, column: int) -> int:
    """The index of a place."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def _place(text: str, at: int) -> tuple[int, int]:
    """The line and column of an index, from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@dataclass
class _Slip:
    """A text and the index where its reader gave up; a rule may move `at` to where the slip itself is."""

    text: str
    at: int

    @cached_property
    def start(self) -> int:
        """Where the line begins."""
        return self.text.rfind("\n", 0, self.at) + 1

    @cached_property
    def line(self) -> str:
        """The whole line."""
        end = self.text.find("\n", self.start)
        return self.text[self.start :] if end < 0 else self.text[self.start : end]

    @cached_property
    def rest(self) -> str:
        """What stands on the line from there on."""
        return self.line[self.at - self.start :]

    @cached_property
    def char(self) -> str:
        """The character there, or nothing at the end of a line."""
        return self.rest[:1]

    @cached_property
    def word(self) -> str:
        """All that stands together around there, up to a space, a comma or a bracket."""
        before = re.split(_ENDS_WORD, self.line[max(0, self.at - self.start - _LONGEST_WORD) : self.at - self.start])
        return before[-1] + re.split(_ENDS_WORD, self.rest[:_LONGEST_WORD])[0]

    @cached_property
    def value(self) -> str:
        """What stands there up to the next comma, bracket or note: a text may have lost its quotes with its spaces."""
        return re.split(r"[,\[\]{}#=]", self.rest[:_LONGEST_WORD])[0].strip()

    @cached_property
    def in_header(self) -> bool:
        """Whether the line is that of a [table]."""
        return self.line.lstrip().startswith("[")

    @cached_property
    def key(self) -> str:
        """The name at the head of the line, as it is written."""
        head = re.match(r"\s*\[{0,2}\s*([^=\]\n]*)", self.line)
        return (head[1] if head else "").strip().strip("\"'")

    @cached_property
    def stands_first(self) -> bool:
        """Whether nothing but space stands before it on its line."""
        return not self.line[: self.at - self.start].strip()

    def to_key(self) -> None:
        """Point at the name at the head of the line."""
        self.at = self.start + len(self.line) - len(self.line.lstrip(" \t["))


def _explained(slip: _Slip, why: str) -> str:
    """The message for the slip; `why` is the reader's own sentence, shown as it stands where no rule knows it."""
    if slip.char and is_control(slip.char) and slip.char != "\t":
        return f"a control character (U+{ord(slip.char):04X}) stands here: take it out"
    if slip.char.isspace() and not slip.char.isascii():
        return f"this is no plain space (U+{ord(slip.char):04X}): write one"
    for begin, rule in _RULES.items():
        if why.startswith(begin):
            return rule(slip)
    return why


def _bad_value(slip: _Slip) -> str:
    """No value can begin like this."""
    char = slip.char
    text_ends = slip.at >= len(slip.text.rstrip())
    if (slip.stands_first and _ASSIGNED.match(slip.rest)) or (text_ends and slip.text.rstrip()[-1:] in (",", "[")):
        return _open_list(slip)
    if _HEADER.match(slip.line):
        slip.at = slip.start + len(slip.line) - len(slip.line.lstrip())
        return _open_list(slip)
    if not slip.rest.strip() or char == "#":
        return "a value is missing here"
    if char == ",":
        return "a value is missing before this comma"
    if char == "=":
        return "there is one = too many"
    if char in _CLOSING:
        return f"a value is missing before this {char}"
    if char in _CURLY_QUOTES:
        return "a text stands in straight quotes: \" or '"
    if char == "(":
        return "a list stands in square brackets: [ and ]"
    return _bad_word(slip, slip.value)


def _bad_word(slip: _Slip, value: str) -> str:
    """A word that is no value: most likely a text without quotes, or a number written in another way."""
    word = value if " " in value or not slip.word else slip.word
    found = slip.line.rfind(word, 0, slip.at - slip.start + len(word))
    slip.at = slip.start + found if found >= 0 else slip.at
    if word.casefold() in ("true", "false"):
        return f"write {word.casefold()}, in small letters"
    if word.casefold() in ("yes", "no", "on", "off"):
        return f"write true or false in place of {word}"
    if word.casefold() in ("none", "null", "nil", "undefined"):
        return f"there is no {word}: leave the key out"
    return _bad_quotes(word) or _bad_number(word) or f"a text needs its quotes: {quoted(word)}"


def _bad_quotes(word: str) -> str | None:
    """What is wrong with a word in which only one quote stands, or in front of whose first quote something stands."""
    if word[-1:] in ('"', "'") and word.count(word[-1]) == 1:
        return f"a text has no opening quote: {quoted(word[:-1])}"
    before = re.fullmatch(r"""([^"']+)(["'])[^"']*\2""", word)
    return f"nothing stands in front of a text's quote: take {quoted(before[1].strip())} out" if before else None


def _bad_number(word: str) -> str | None:
    """What is wrong with a word that was meant to be a number or a date, or None."""
    digits = word.lstrip("+-")
    if re.fullmatch(r"[+-]?0[xob]\w*", word, re.IGNORECASE):
        return f"{word} is no number: after 0x stand the digits 0 to f, after 0o 0 to 7, after 0b 0 and 1"
    if re.fullmatch(r"\d{4}-\d\d?-\d\d?(?:[Tt ].*)?", word):
        return f"{word} is no date that there is: write a year, month and day such as 2025-03-31"
    if re.fullmatch(r"0[\d_]+(?:\.\d+)?", digits):
        return f"a number does not begin with 0: {word.replace(digits, digits.lstrip('0_') or '0')}"
    if re.fullmatch(r"[\d_]*_[\d_]*(?:\.[\d_]*)?", digits) or re.fullmatch(r"\d+\.[\d_]*_[\d_]*", digits):
        return f"{word} is no number: a _ stands between two digits"
    if re.fullmatch(r"\d+\.|\.\d*", digits):
        return f"{word} is no number: a digit stands on both sides of the point"
    if re.fullmatch(r"\d+,\d+", digits):
        return f"{word} is no number: write a point in place of the comma"
    if re.fullmatch(r"[\d_.]+[eE].*", digits) or word in ("+", "-"):
        return f"{word} is no number"
    if re.fullmatch(r"(?:inf|infinity|nan)", digits, re.IGNORECASE):
        return f"write a number in place of {word}"
    return None


def _after_statement(slip: _Slip) -> str:
    """The line should have ended."""
    rest, char = slip.rest, slip.char
    before = slip.line[: slip.at - slip.start].rstrip()
    if slip.in_header and before.endswith("]"):
        return f"this {char} is one too many" if char == "]" else "a [table] stands on a line of its own"
    if rest.strip() == ";":
        return "a line ends without a ;"
    if rest.startswith(_NOTES) and before != slip.line[: slip.at - slip.start]:
        return f"a note begins with #, not with {rest.split()[0][:4]}"
    if char in _CLOSING:
        return f"this {char} closes nothing: there is no {_CLOSING[char]} before it"
    if char == ",":
        return "take this comma out: commas stand only between the values of a list or a {table}"
    if char == "=":
        return "there is one = too many"
    if before[-1:] in ('"', "'") and char != "#":
        quote = before[-1]
        inside = "\\" + quote if quote == '"' else quote
        if char in ('"', "'") or (rest.rstrip().endswith(quote) and "=" not in rest):
            return f"the text ends before this; a quote in it is written {inside}, in a text in double quotes"
        return "the text ends before this: nothing else may follow it"
    if _ASSIGNED.match(rest) and slip.line[: slip.at - slip.start].endswith((" ", "\t", '"', "'", "]", "}")):
        return "only one key = value stands on a line"
    return _joined_word(slip) or _loose_words(slip) or "nothing else may stand on the line of a key = value"


def _loose_words(slip: _Slip) -> str | None:
    """A text of several words without its quotes, of which the first can be read: `8 - 12`, `40 s`, `true or so`."""
    value = slip.line.partition("=")[2].partition("#")[0].strip()
    return None if not value or value[0] in "\"'[{" else f"a text needs its quotes: {quoted(value)}"


def _joined_word(slip: _Slip) -> str | None:
    """What is wrong where a value is followed at once by more of a word: `40s`, `8-12`, `1:30`, `01`."""
    joined = slip.at > slip.start and slip.text[slip.at - 1 : slip.at].strip(" \t,[{=") != ""
    if joined and slip.word and slip.word[0] not in "\"'":
        return _bad_word(slip, slip.word)
    return None


def _in_list(slip: _Slip) -> str:
    """A list that is not closed where something else than a comma stands."""
    if slip.at >= len(slip.text.rstrip()) or _ASSIGNED.match(slip.rest) or _HEADER.match(slip.line):
        return _open_list(slip)
    if slip.char in "})":
        return f"a list is closed by ], not by {slip.char}"
    if slip.char in ";=" or (slip.char == ":" and not slip.word[0].isalnum()):
        return f"commas stand between the values of a list, not {slip.char}"
    if (wrong := _bracket_in_word(slip) or _joined_word(slip)) is not None:
        return wrong
    above = slip.text[: slip.start].rstrip()
    if slip.stands_first and "#" not in above[above.rfind("\n") + 1 :]:
        slip.at = len(above)
    return "a comma is missing between two values of a list"


def _open_list(slip: _Slip) -> str:
    """A list is not closed where the next key or table begins, or the text ends."""
    return f"a list has no closing ]{_line_of(slip, _LIST)}"


def _bracket_in_word(slip: _Slip) -> str | None:
    """What is wrong where a bracket follows at once on a value."""
    joined = slip.char in ("[", "{", "(") and slip.text[slip.at - 1 : slip.at].strip(" \t\n,[{=") != ""
    return f"this {slip.char} is one too many, or a comma is missing before it" if joined else None


def _in_table(slip: _Slip) -> str:
    """An inline table that is not closed where something else than a comma stands."""
    if not slip.rest.strip() or slip.char == "#":
        return "a { has no closing } on the same line"
    if slip.char in "])":
        return f"a {{table}} is closed by }}, not by {slip.char}"
    if slip.char in ";=":
        return f"commas stand between the keys of a {{table}}, not {slip.char}"
    return _bracket_in_word(slip) or _joined_word(slip) or "a comma is missing between two keys of a {table}"


def _no_key(slip: _Slip) -> str:
    """A key, or a part of one, is missing."""
    before = slip.line[: slip.at - slip.start].rstrip()
    if slip.char in _CURLY_QUOTES and slip.char:
        return "a key stands in straight quotes, or in none"
    if slip.char and not slip.char.isascii():
        return f'a key with "{slip.char}" in it needs quotes'
    if before.endswith("."):
        return "a key is missing after the dot"
    if slip.char == ".":
        return "a key is missing before the dot"
    if slip.in_header and slip.char == "]":
        return "a table needs a name between [ and ]"
    if slip.in_header and slip.char == "[":
        return "[[ and ]] of a list of tables stand together, without a space"
    if before.endswith(",") and slip.char == "}":
        return "the comma before } is one too many"
    if not slip.char or slip.char == "#":
        in_header = "a table needs a name and its closing ]"
        return in_header if slip.in_header else "a key is missing here; a { and its } stand on one line"
    if slip.char == "=":
        return "a key is missing before ="
    if slip.char in "])":
        return "a { has no closing }"
    if slip.char == ",":
        return "a key = value is missing before this comma"
    return f"a key cannot begin with {quoted(slip.char)} unless it stands in quotes"


def _no_equals(slip: _Slip) -> str:
    """A key is followed by something else than = and a value."""
    line = slip.line.strip()
    if line.startswith("---") or line.startswith("- "):
        return "this is YAML: write key = value"
    if slip.char == ":":
        return "write = in place of :"
    if slip.char == "}" and _PLACEHOLDER.search(slip.line[: slip.at - slip.start]):
        slip.at = slip.text.rindex("{", 0, slip.at)
        text = re.split('[,"]', slip.line[slip.at - slip.start :])[0]
        return f"a text needs its quotes: {quoted(text)}"
    if not slip.rest.strip() or slip.char == "#":
        slip.at = slip.start + len(slip.line[: slip.at - slip.start].rstrip())
        return "a key needs = and a value after it"
    if slip.text[slip.at - 1].isspace() and slip.char not in _CLOSING and "=" not in re.split(r"[,}#]", slip.rest)[0]:
        return "a key needs = before its value"
    if slip.char in ('"', "'"):
        return "a key has one pair of quotes, or none"
    if not slip.char.isascii():
        return f'a key with "{slip.char}" in it needs quotes'
    if slip.char in "[({":
        return f"a key needs = before this {slip.char}"
    if _ASSIGNED.match(slip.rest):
        return "a key with a space in it needs quotes"
    if slip.char in "}],":
        one_key = re.match(r".[ \t]*=", slip.rest)
        return f"take this {slip.char} out: a key is followed by =" if one_key else "a key needs = and a value after it"
    return f"a key needs = and a value after it, and quotes where {quoted(slip.char)} is part of it"


def _no_statement(slip: _Slip) -> str:
    """Nothing can begin like this."""
    line = slip.line.strip()
    if re.match(r"(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)(?:\s|$)", line):
        return "this line is left over from joining two versions of the file"
    if slip.char == "=":
        return "a key is missing before ="
    if line.startswith(_NOTES) or slip.char in "/*":
        return f"a note begins with #, not with {line.split()[0][:4]}"
    if slip.char in _CLOSING:
        return f"this {slip.char} closes nothing: there is no {_CLOSING[slip.char]} before it"
    if slip.char == ",":
        return "a line cannot begin with a comma"
    if re.match(r'\{\s*(?:"|$)', line):
        return "this is JSON: write key = value, each on a line of its own"
    if re.match(r"<[!?\w]", line):
        return "this is HTML or XML: write key = value, each on a line of its own"
    if slip.char in "{(":
        return "a key is missing before this value"
    if slip.char == ".":
        return "a key is missing before the dot"
    if slip.char == "\ufeff":
        return "a byte order mark stands here: take it out"
    return _no_key(slip)


def _no_bracket(slip: _Slip, brackets: str) -> str:
    """The header of a table has no end."""
    what = f"a {'[' * len(brackets)}table{brackets}"
    if slip.char and slip.char not in "]=#\n" and not slip.char.isascii():
        return f'a key with "{slip.char}" in it needs quotes'
    if re.match(r"[^=\]#\n]+\]", slip.rest):
        return f"a name with {'a space' if slip.text[slip.at - 1].isspace() else quoted(slip.char)} in it needs quotes"
    return f"{what} needs its closing {brackets}"


def _second(slip: _Slip) -> str:
    """A key or table stands there twice, or is a value as well as a table."""
    slip.to_key()
    name = quoted(slip.key)
    if slip.in_header:
        return _part_without_whole(slip) or (
            f"{name} stands above already, as something else than this: give one of them another name"
        )
    here = slip.text[slip.text.rfind("\n[", 0, slip.start) + 1 : slip.start]
    if "." in slip.key and not re.search(rf"(?m)^[ \t]*{re.escape(slip.key)}[ \t]*=", here):
        return f"{name} cannot stand here: it, or what is before its dot, has a value above"
    return f"the key {name} stands here for the second time: keep one of them"


def _part_without_whole(slip: _Slip) -> str | None:
    """What is wrong where [[a.b]] stands before the first [[a]]: most likely that one above is misspelt."""
    part = re.compile(rf"(?m)^[ \t]*(\[+)[ \t]*{re.escape(slip.key)}[ \t]*\.[^\]\n]*\]+")
    found = part.search(slip.text[: slip.start]) if slip.line.lstrip().startswith("[[") else None
    if found is None:
        return None
    slip.at = found.start(1)
    return f"{found[0].strip()} stands before the first [[{slip.key}]]: is that one misspelt above?"


def _second_table(slip: _Slip) -> str:
    """A table stands there twice, or has its first keys somewhere else than below its header."""
    slip.to_key()
    header = rf"(?m)^[ \t]*\[+[ \t]*{re.escape(slip.key)}[ \t]*\]"
    if not re.search(header, slip.text[: slip.start]):
        return _closed_table(slip)
    several = "" if slip.line.lstrip().startswith("[[") else ", or write each as [[ ]]"
    return f"the table {quoted(slip.key)} stands here for the second time: join the two{several}"


def _closed_table(slip: _Slip) -> str:
    """Something is added to a table that has been written whole."""
    slip.to_key()
    return f"{quoted(slip.key)} adds to something that is written whole above: write all of it in one place"


def _second_inline(slip: _Slip) -> str:
    return "a key of this { } stands in it for the second time: keep one of them"


def _open_text(slip: _Slip) -> str:
    """A text has no end; one of several lines begins where its three quotes stand."""
    if slip.at >= len(slip.text.rstrip()):
        for quote in ('"""', "'''"):
            if slip.text.count(quote) % 2:
                line = slip.text.count("\n", 0, slip.text.rfind(quote)) + 1
                return f"a text has no closing {quote}: it begins on line {line}"
    return "a text has no closing quote"


def _open_literal(slip: _Slip) -> str:
    """A text in single quotes has no end: no other single quote stands after the one that it begins with."""
    if slip.text.count("'''") % 2 == 0:
        slip.at = max(slip.text.rfind("'"), 0)
    return _open_text(slip)


def _in_text(slip: _Slip) -> str:
    return "a text has no closing quote on its line"


def _bad_escape(slip: _Slip) -> str:
    return "a backslash in a text is written twice: \\\\ (or the text stands in single quotes: '…')"


_LIST = r"(?m)^[^\n#\"']*?=[^\S\n]*\["


def _line_of(slip: _Slip, pattern: str) -> str:
    """On which line that begins which matches last before the slip, where it is another line."""
    ends = [found.end() for found in re.finditer(pattern, slip.text[: slip.at])]
    line = slip.text.count("\n", 0, ends[-1]) + 1 if ends else 0
    return f": it begins on line {line}" if line not in (0, slip.text.count("\n", 0, slip.at) + 1) else ""


_RULES: Mapping[str, Callable[[_Slip], str]] = {
    "Invalid value": _bad_value,
    "Expected newline": _after_statement,
    "Unclosed array": _in_list,
    "Unclosed inline table": _in_table,
    "Invalid initial character": _no_key,
    "Expected '=' after": _no_equals,
    "Invalid statement": _no_statement,
    "Expected ']' at": lambda slip: _no_bracket(slip, "]"),
    "Expected ']]' at": lambda slip: _no_bracket(slip, "]]"),
    "Cannot overwrite": _second,
    "Cannot declare": _second_table,
    "Cannot mutate": _closed_table,
    "Cannot redefine": _closed_table,
    "Duplicate inline table key": _second_inline,
    "Illegal character": _in_text,
    "Found invalid character": _in_text,
    "Unterminated string": _open_text,
    "Expected \"'": _open_literal,
    "Expected '\"": _open_text,
    "Expected \"\\'": _open_text,
    "Unescaped": _bad_escape,
    "Invalid hex value": lambda slip: "after \\u stand four digits from 0 to f, after \\U eight",
    "Escaped character": lambda slip: "there is no character of this number",
    "Invalid date or datetime": lambda slip: _bad_number(slip.word) or f"{quoted(slip.word)} is no date that there is",
}
"""What to make of each sentence of `tomllib`, by how it begins."""
