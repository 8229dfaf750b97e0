"""Write the generated parts of the README and the docs: `python -m tools.make_docs`.

A generated part lies between `<!-- NAME: python -m tools.make_docs -->` and `<!-- end -->`. The tables of routines,
exercises, keys and settings come from the files and tables that the program itself reads, and the script comes from
the coach. A test compares each page with what this module would write.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tui.bundled import bundled
from tui.cli.run import run
from tui.coach.cued_timeline import cued_timeline
from tui.coach.known import explain
from tui.engine.model import Kind
from tui.files.places import find_places
from tui.files.settings import SETTINGS, Settings
from tui.library.catalog import load_catalog
from tui.library.overview import PLACES
from tui.plain_text import within_sentence
from tui.routine.declarations import ById, Field, Many, Short, Table, tables_of
from tui.routine.durations import clock, spoken
from tui.routine.fields import CUE, DOSE, EXERCISE, FIGURE, ROUTINE, WORDS
from tui.routine.model import Posture, Routine
from tui.routine.resolve import Explain
from tui.routine.values import (
    Beats,
    Choice,
    CommandLine,
    Duration,
    Flag,
    More,
    Pair,
    Preferred,
    Range,
    RepCount,
    Version,
)
from tui.widgets.lengths import half_minutes

ROOT = Path(__file__).parents[1]
POSITIONS = {"supine": "on the back", "prone": "face down", "on-support": "shoulders on a seat"}
"""The names of positions in the README, if they differ from the file format."""

SHOWN = ("bridge-ladder", "--progression", "reverse-bridge=single-leg")
"""The workout whose script the README shows, as arguments of `gluteus show`."""


def routines() -> Iterator[str]:
    """Yield a row for each bundled routine, in the order of the menu: by place, the shortest first."""
    yield "| routine | minutes | kit | |"
    yield "|---|--:|---|---|"
    rows = []
    for each in _json("list")["routines"]:
        group = min(PLACES.index(tag) for tag in each["tags"] if tag in PLACES)
        minutes = half_minutes(each["duration_s"], False).removesuffix(" min")
        row = f"| `{each['id']}` | {minutes} | {', '.join(each['needs'])} | {each['summary']} |"
        rows.append((group, each["duration_s"], row))
    yield from (row for *_, row in sorted(rows))


def times() -> Iterator[str]:
    """Yield a row for each bundled routine: its length, share of work and seconds of speech on two days."""
    yield "| routine | first day | work | speech | tenth day | work | speech |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    tenth = explain([date.min + timedelta(days=day) for day in range(9)], date.min + timedelta(days=9))
    for routine in sorted(load_catalog(find_places()).routines, key=lambda routine: routine.id):
        days = (_day(routine, usual) for usual in (Explain.ALL, tenth))
        yield f"| `{routine.id}` | {' | '.join(cell for day in days for cell in day)} |"


def _day(routine: Routine, usual: Explain) -> tuple[str, str, str]:
    """Return the length of a routine, its share of work and its seconds of speech, if `usual` is how much is explained.

    They are for the first progression of each ladder, with the usual speed of the voice.
    """
    coaching = Settings().coaching._replace(waits=True, usual=usual, done_today=())
    timeline = cued_timeline(routine, coaching=coaching)
    work_s = sum(phase.length_s for phase in timeline.phases if phase.kind is Kind.WORK)
    speech_s = sum(cue.phrase.needs_s for cue in timeline.cues if cue.phrase)
    return clock(timeline.total_s), f"{work_s / timeline.total_s:.0%}", f"{speech_s:.0f} s"


def exercises() -> Iterator[str]:
    """Yield a row for each starting position: its bundled exercises, each with its ladder."""
    yield "| position | exercises and their ladders, easiest first |"
    yield "|---|---|"
    rows: dict[str, list[str]] = {position: [] for position in Posture}
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in bundled("routines").glob("exercises/*.toml")]
    for file in sorted(files, key=lambda file: str(file["name"])):
        ladder = " · ".join(within_sentence(step["name"]) for step in file["progressions"])
        rows[file["position"]].append(f"**{file['name']}** {ladder}")
    yield from (f"| {POSITIONS.get(name, name)} | {'<br>'.join(row)} |" for name, row in rows.items() if row)


def script() -> Iterator[str]:
    """Yield five lines that the coach says: three before a set, one in it, and one at the change of sides."""
    phases = _json("show", *SHOWN)["phases"]
    lines = [(phases[line["phase"]], line) for line in _json("show", *SHOWN, "--script")]
    yield "| at | phase | the voice says |"
    yield "|--:|---|---|"
    for kind, fact in (
        ("prepare", "start"),
        ("prepare", "what"),
        ("prepare", "side"),
        ("work", "cue"),
        ("switch", "side"),
    ):
        phase, line = next(one for one in lines if one[0]["kind"] == kind and fact in one[1]["for"])
        yield f"| {line['at_s']:.0f} s | {' '.join(filter(None, (phase['kind'], phase['side'])))} | {line['say']} |"


def format_keys() -> Iterator[str]:
    """Yield a table of keys for each table of the routine format, and for the two groups of keys that several share."""
    figures = tables_of(FIGURE)
    for table in dict.fromkeys((*tables_of(ROUTINE), *tables_of(EXERCISE))):
        if table not in figures and table is not CUE:
            yield from _keys(table.name, table.fields.values())
    yield from _keys("dose keys", DOSE)
    yield from _keys("words keys", WORDS)


def figure_keys() -> Iterator[str]:
    """Yield a table of keys for each table of a figure."""
    for table in tables_of(FIGURE):
        yield from _keys(table.name, table.fields.values())


def _keys(title: str, fields: Collection[Field]) -> Iterator[str]:
    title = title.removeprefix("an ").removeprefix("a ")
    yield f"\n**{title if '_' in title else title[0].upper() + title[1:]}**\n"
    own, shared = list(fields), []
    for group, name in ((DOSE, "dose keys"), (WORDS, "words keys")):
        if own != list(group) and all(field in own for field in group if field.key != "say"):
            own = [field for field in own if field not in group]
            shared.append(name)
    if own:
        yield "| key | holds | |"
        yield "|---|---|---|"
    for field in own:
        more = [f"default `{field.default}`"] if isinstance(field.default, str | int | float) else []
        more += [f"in {' or '.join(field.modes)} only"] if field.modes else []
        more += ["required"] if field.must else []
        note = f" ({'; '.join(more)})" if more else ""
        yield f"| `{field.key}` | {holds(field.holds)} | {field.meaning}{note} |".replace("`False`", "`false`")
    if shared:
        yield f"\nAlso the {' and the '.join(shared)}, below."


def holds(kind: object) -> str:
    """Return in a few words which values a key may hold."""
    match kind:
        case Table():
            return "table"
        case Many(item=Table() | Short()):
            return "list of tables"
        case Many():
            item = holds(kind.item)
            return "list of strings" if item == "string" else f"list of {item}"
        case ById():
            return "table of tables, by id"
        case Choice() | Preferred():
            return ", ".join(f"`{name}`" for name in kind.names)
        case Flag():
            return "`true`, `false`"
        case RepCount():
            return f'{kind.low:g}…{kind.high:g}, `"8-12"`, `"max"`'
        case Beats():
            return "seconds, joined by hyphens"
        case More():
            return "increment"
        case Duration():
            return f"duration, {spoken(kind.low)}…{spoken(kind.high)}"
        case Pair():
            return f"`[x, y]`, {kind.low:g}…{kind.high:g}"
        case CommandLine():
            return "list of strings, or one string"
        case Range():
            return f"{kind.low:g}…{kind.high:g}"
        case _:
            return "number" if isinstance(kind, Version) else "string"


def settings() -> Iterator[str]:
    """Yield a row for each setting."""
    yield "| key | default | values | |"
    yield "|---|---|---|---|"
    for name, setting in SETTINGS.items():
        default = f"`{str(setting.default).lower()}`" if setting.default != "" else "none"
        yield f"| `{name}` | {default} | {holds(setting.kind)} | {setting.meaning} |"


PAGES: Mapping[str, Mapping[str, Callable[[], Iterator[str]]]] = {
    "README.md": {"routines": routines, "exercises": exercises, "script": script},
    "docs/routine-format.md": {"keys": format_keys, "figure keys": figure_keys},
    "docs/files.md": {"settings": settings},
    "docs/routines.md": {"times": times},
}
"""The generated parts of each page, by their names."""


def page(path: str) -> str:
    """Return the text of a page with its generated parts up to date."""
    text = (ROOT / path).read_text(encoding="utf-8")
    for name, rows in PAGES[path].items():
        begin = f"<!-- {name}: python -m tools.make_docs -->\n"
        part = re.compile(f"{re.escape(begin)}.*?<!-- end -->", re.DOTALL)
        if len(part.findall(text)) != 1:
            raise ValueError(f"{path}: the part {name!r} must be there once")
        body = "\n".join(rows()).strip("\n")
        text = part.sub(lambda _, body=body, begin=begin: f"{begin}{body}\n<!-- end -->", text)  # type: ignore[misc]
    return text


def _json(*words: str) -> Any:
    """Return what a command prints with --json."""
    with redirect_stdout(io.StringIO()) as printed:
        run([*words, "--json"])
    return json.loads(printed.getvalue())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["GLUTEUS_HOME"] = home
        for path in PAGES:
            (ROOT / path).write_text(page(path), encoding="utf-8")
