"""Quick lines: a whole workout on one line, such as `3x 40/20 squat, push-up, plank; rest 60`.

    line     = [ROUNDS "x"] items [";" "rest" TIME]
             | "emom" MINUTES items
             | "amrap" TIME items
    items    = item {"," item}
    item     = [DOSE] [EXERCISE] [DOSE] [SIDES]
    DOSE     = WORK "/" REST | TIME | REPS
    TIME     = 40s | 20 min | 1m30s | 1:30      WORK, REST = TIME, or a number of seconds
    REPS     = 12 | 8-12 | max
    SIDES    = a value of the key `sides`

A dose before the first exercise is for every exercise without its own. Several exercises are a circuit, one is done in
straight sets. `rest` is the time between two rounds. An exercise is its id, its name, or any words between quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tui.plain_text import folded
from tui.routine.declarations import ById, Many, Table
from tui.routine.durations import parse_duration, spoken
from tui.routine.fields import BLOCK, FORMAT, MOST_TITLE, SET
from tui.routine.links import bare_key, plain_id
from tui.routine.model import Exercise, Sides
from tui.routine.problems import KeyPath, did_you_mean, quoted, shown

INTERVAL = "Interval"
"""The name of an exercise that the line does not name."""

PREPARE = "10s"
"""The time to get ready. All other times are as in the line: rests are not extended for speech."""

_SIGN = re.compile(r"\s*([-+.,;:#\u2010-\u2015\u2212]+)\s*")
"""A mark typed before a line by mistake, such as the dash of an option or of a list."""

_LIKE_A_LINE = re.compile(
    r"\s*(?:(?:emom|amrap)(?:\s|$)|[0-9][0-9.:]*(?:-[0-9]+\s|\s*[x\u00d7*/]|(?:min|[hms])(?=[\s0-9/,;]|$)|\s|$))",
    re.IGNORECASE,
)
_ROUNDS = re.compile(r"\s*([0-9]+)\s*[x\u00d7*](?=[\s0-9\"]|$)", re.IGNORECASE)
_CLOCKED = re.compile(r"\s*(emom|amrap)(?=\s|$)", re.IGNORECASE)
_SPACED_TIME = r"(?:(?:[0-9][0-9.]*\s*(?:min|[hms])\s*)+|[0-9][0-9.:]*)"
_TOKEN = re.compile(
    rf'"[^"]*"|[,;]|(?P<dose>{_SPACED_TIME}(?:\s*/\s*{_SPACED_TIME})?)(?=[\s,;]|$)|[^\s,;"]+|"', re.IGNORECASE
)
_UNITS = r"[0-9][0-9.]*(?:[hms][0-9hms.]*|:[0-9:]+)"
_TIME = re.compile(_UNITS)
_PAIR = re.compile(rf"({_UNITS}|[0-9.]+)/({_UNITS}|[0-9.]+)")
_REPS = re.compile(r"[0-9]+(?:-[0-9]+)?|max")

_LONGEST = 1000
"""The most characters of a line."""

Data = dict[str, Any]
"""A table of a routine file."""


class QuickProblem(ValueError):
    """A line that cannot be parsed: the mistake, and its character (from 1)."""

    def __init__(self, message: str, at: int) -> None:
        """`at` is the index of the character in the line."""
        super().__init__(message)
        self.character = at + 1


class QuickLine(NamedTuple):
    """A parsed line, as the tables of a routine file; `places` has the index of the text of each set."""

    data: Data
    places: Mapping[KeyPath, int]

    def place_of(self, path: KeyPath) -> int:
        """Return the index of the text that the table at `path` comes from."""
        return next((self.places[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.places), 0)


class _Token(NamedTuple):
    """A word, a comma, a semicolon, or words in quotes, with the index of its first character."""

    text: str
    at: int


def is_like_a_line(text: str) -> bool:
    """Check whether `text` begins as a quick line does: with a number, `emom` or `amrap`, perhaps after a dash."""
    sign = _SIGN.match(text)
    return _LIKE_A_LINE.match(text, sign.end() if sign else 0) is not None


def parse_quick(line: str, exercises: Mapping[str, Exercise]) -> QuickLine:
    """Parse the tables of the routine that `line` describes. Raises QuickProblem."""
    if len(line) > _LONGEST:
        raise QuickProblem(f"at most {_LONGEST} characters are allowed", _LONGEST)
    if sign := _SIGN.match(line):
        raise QuickProblem(f"write the line without the {quoted(sign[1])} before it, as in 8x20/10", sign.start(1))
    clocked, rounds = _CLOCKED.match(line), _ROUNDS.match(line)
    head = clocked or rounds
    tokens = list(_tokens(line, head.end() if head else 0))
    block: Data = {}
    minutes = None
    if clocked:
        block["mode"] = clocked[1].lower()
        minutes = _minutes(block["mode"], tokens, len(line))
    elif rounds:
        block["rounds"] = _read("rounds", int(rounds[1]), rounds.start(1))
    items, options = _split(tokens)
    sets = [_item(tokens, at, block, exercises, alone=len(items) == 1) for at, tokens in enumerate(items)]
    if clocked and minutes is not None:
        _set_clock(block, minutes, len(sets))
    elif len(sets) > 1:
        block["mode"] = "circuit"
    _set_rest(block, options, several=len(sets) > 1)
    places: dict[KeyPath, int] = {("blocks", 0, "sets", index): tokens[0].at for index, tokens in enumerate(items)}
    title = " ".join(line.split())[:MOST_TITLE].rstrip()
    ordered = {key: block[key] for key in BLOCK.fields if key in block}
    whole: Data = {"format": FORMAT, "title": title, "transitions": "as-written", "defaults": {"prepare": PREPARE}}
    return QuickLine({**whole, "blocks": [{**ordered, "sets": sets}]}, places)


def as_toml(quick: QuickLine, line: str) -> str:
    """Return the routine as the text of a file that is easy to read and to edit."""
    (block,) = quick.data["blocks"]
    parts = [
        f"#:schema ./routine.schema.json\n# Made from a quick line: {' '.join(line.split())}",
        _lines({key: value for key, value in quick.data.items() if key != "blocks"}),
        "[[blocks]]\n" + _lines({key: value for key, value in block.items() if key != "sets"}),
        *(f"[[blocks.sets]]\n{_lines(set_)}" for set_ in block["sets"]),
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _lines(table: Data) -> str:
    """Format the keys of one table with their values, aligned; strings have no control characters."""
    written = dict(_written(table))
    width = max(map(len, written), default=0)
    return "\n".join(f"{key:{width}} = {value}" for key, value in written.items())


def _written(table: Data, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield each key, dotted if it is in an inner table, with its value as TOML, which writes strings as JSON does."""
    import json  # loaded only to save a line as a file

    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _written(dict(value), f"{before}{bare_key(key)}.")
        else:
            yield f"{before}{bare_key(key)}", json.dumps(value, ensure_ascii=False)


def _tokens(line: str, start: int) -> Iterator[_Token]:
    for match in _TOKEN.finditer(line, start):
        if match[0] == '"':
            raise QuickProblem('a quote is not closed: add another "', match.start())
        text = match[0] if match["dose"] is None else "".join(match[0].split()).lower().replace("min", "m")
        yield _Token(text, match.start())


def _minutes(mode: str, tokens: list[_Token], end: int) -> tuple[float, _Token]:
    """Take the time of an emom or amrap from the tokens: minutes, unless it has a unit. Raises QuickProblem."""
    example = "emom 10" if mode == "emom" else "amrap 12m"
    if not tokens or not (tokens[0].text.isdecimal() or _TIME.fullmatch(tokens[0].text)):
        at = tokens[0].at if tokens else end
        raise QuickProblem(f"{mode} needs its minutes first: {example} squat 12", at)
    first = tokens.pop(0)
    return _seconds(first) * (60.0 if first.text.isdecimal() else 1.0), first


def _set_clock(block: Data, minutes: tuple[float, _Token], sets: int) -> None:
    """Set the cap of an amrap, or the rounds of an emom, whose sets take turns, a minute each. Raises QuickProblem."""
    seconds, token = minutes
    if block["mode"] == "amrap":
        block["cap"] = _time("cap", seconds, token.at)
        return
    if "rest" in block:
        raise QuickProblem("an emom has no rest of its own: it is what is left of the minute", token.at)
    rounds, left = divmod(seconds, 60.0 * sets)
    if left or not rounds:
        share = f"{sets} exercises take turns, a minute each" if sets > 1 else "each minute is whole"
        near = max(1, round(seconds / 60.0 / sets)) * sets
        raise QuickProblem(f"emom {token.text}: {share}, so write {near} minute{'s'[: near != 1]}", token.at)
    block["every"] = "1m"
    block["rounds"] = _read("rounds", int(rounds), token.at)


def _split(tokens: list[_Token]) -> tuple[list[list[_Token]], list[_Token]]:
    """Return the tokens of each item, and those after the semicolon. Raises QuickProblem."""
    ends = [index for index, token in enumerate(tokens) if token.text == ";"]
    if len(ends) > 1:
        raise QuickProblem("a second semicolon: write one, before rest", tokens[ends[1]].at)
    before, after = (tokens[: ends[0]], tokens[ends[0] :]) if ends else (tokens, [])
    items: list[list[_Token]] = [[]]
    for token in before:
        if token.text != ",":
            items[-1].append(token)
        elif items[-1]:
            items.append([])
        else:
            raise QuickProblem("nothing before this comma: name an exercise", token.at)
    if not items[-1]:
        last = before[-1].at if before else 0
        raise QuickProblem("nothing to do: write a time or an exercise, as in 8x20/10 squat", last)
    return items, after


def _item(tokens: list[_Token], index: int, block: Data, exercises: Mapping[str, Exercise], *, alone: bool) -> Data:
    """Return the set of one item. A dose before the first exercise goes into the block. Raises QuickProblem."""
    left = list(tokens)
    if len(left) > 2 and left[-2].text.lower() == "rest":
        raise QuickProblem(f"a semicolon is missing before rest: ; rest {left[-1].text}", left[-2].at)
    own: Data = {}
    sides: Data = {}
    if leading := _dose(left[0]):
        del left[0]
        (block if index == 0 else own).update(leading)
    if len(left) + bool(leading) > 1 and left[-1:] and left[-1].text.lower() in set(Sides):
        sides = {"sides": left.pop().text.lower()}
        if len(left) > 1 and left[-1].text.lower() in set(Sides):
            raise QuickProblem(f"a second word for the sides: {left[-1].text} is one already", left[-1].at)
    if len(left) > 1 and (trailing := _dose(left[-1])):
        if leading:
            raise QuickProblem(f"a second dose: {tokens[0].text} is one already", left[-1].at)
        left.pop()
        own = trailing
    if not left and not (alone and "work" in block):
        raise QuickProblem(
            f"{tokens[0].text} of what? Name an exercise, or write a time: 20s, 20m, 20/10", tokens[0].at
        )
    return {**(_exercise(left, exercises) if left else {"name": INTERVAL}), **own, **sides}


def _exercise(words: list[_Token], exercises: Mapping[str, Exercise]) -> Data:
    """Return the key that names the exercise: its id, or a plain name if it is in quotes. Raises QuickProblem."""
    text, at = " ".join(word.text for word in words), words[0].at
    strange = next((word for word in words if word.text.startswith('"')), None)
    if strange is not None:
        name = strange.text[1:-1]
        if len(words) > 1:
            raise QuickProblem(f"words beside {strange.text}: put a comma between two exercises", at)
        known = exercise_named(name, exercises)
        return {"exercise": known.id} if known else {"name": plain_id(_read("name", name, at))}
    if (known := exercise_named(text, exercises)) is not None:
        return {"exercise": known.id}
    names = (*(exercise.name for exercise in exercises.values()), *exercises)  # of two that differ in case, the id
    hint = did_you_mean(text, names)
    if odd := next((word for word in words if not hint and word.text[0] in "0123456789./"), None):
        what = "in the middle: write it before or after the exercise"
        if not _dose(odd):
            what = "no dose: write one such as 40/20, 40s, 12, 8-12 or max"
        raise QuickProblem(f"{quoted(odd.text)} is {what}", odd.at)
    for second in range(1, len(words)):
        first, last = (" ".join(word.text for word in part) for part in (words[:second], words[second:]))
        last = last.removeprefix("and ").lstrip("&+ ")
        if exercise_named(first, exercises) and exercise_named(last, exercises):
            raise QuickProblem(f"a comma is missing between two exercises: {first}, {last}", words[second].at)
    raise QuickProblem(f'no exercise {quoted(text)}{hint}: for one of your own write "{text}"', at)


def _dose(token: _Token) -> Data | None:
    text = token.text.lower()
    if pair := _PAIR.fullmatch(text):
        work, rest = (_seconds(_Token(part, token.at)) for part in pair.groups())
        return {"work": _time("work", work, token.at), "rest": _time("rest", rest, token.at)}
    if _TIME.fullmatch(text):
        return {"work": _time("work", _seconds(token), token.at)}
    if _REPS.fullmatch(text):
        reps = int(text) if text.isdecimal() else text
        _read("reps", reps, token.at)
        return {"reps": reps}
    return None


def _set_rest(block: Data, options: list[_Token], *, several: bool) -> None:
    if not options:
        return
    semicolon, *words = options
    if len(words) != 2 or words[0].text.lower() != "rest":
        at = words[0].at if words else semicolon.at
        raise QuickProblem("after the semicolon only a rest is known: ; rest 60", at)
    if block.get("mode") in ("emom", "amrap"):
        raise QuickProblem(f"an {block['mode']} has no rest between rounds: leave it out", words[0].at)
    if not several and "rest" in block:
        raise QuickProblem(f"a second rest: {block['rest']} is one already", words[0].at)
    key = "round_rest" if several else "rest"
    block[key] = _time(key, _seconds(words[1]), words[1].at)


def _seconds(token: _Token) -> float:
    """Read the seconds of a time; a number is seconds. Raises QuickProblem."""
    try:
        return parse_duration(float(token.text) if token.text.replace(".", "", 1).isdecimal() else token.text.lower())
    except ValueError as how_to_write:
        raise QuickProblem(f"{quoted(token.text)} is not a time: {how_to_write}", token.at) from None


def _time(key: str, seconds: float, at: int) -> str:
    """Format a time in its range as a file has it: `40s`, `1m30s`."""
    _read(key, seconds, at)
    if seconds != int(seconds):
        return f"{seconds:g}s"
    return spoken(seconds).replace("min", "m").replace(" ", "")


def _read(key: str, value: Any, at: int) -> Any:
    """Return `value` if the format allows it for `key` of a set or a block. Raises QuickProblem."""
    kind = (SET.fields.get(key) or BLOCK.fields[key]).holds
    assert not isinstance(kind, Many | ById | Table)
    try:
        kind.read(value)
    except ValueError as allowed:
        written = shown(value) if not isinstance(value, float) else f"{value:g} s" if value % 1 else spoken(value)
        raise QuickProblem(f"{key} is {written}: {allowed}", at) from None
    return value


def exercise_named(words: str, exercises: Mapping[str, Exercise]) -> Exercise | None:
    """Find the exercise whose id or name is `words`, or None; hyphens, capitals and accents make no difference."""
    if words in exercises:
        return exercises[words]
    wanted = _spelt(words)
    return next((known for id_, known in exercises.items() if wanted in (_spelt(id_), _spelt(known.name))), None)


def _spelt(words: str) -> str:
    return " ".join(folded(words).replace("-", " ").replace("_", " ").split())
