"""The user's settings.toml: read with a message for every mistake, and written without losing a comment."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tui.coach.cue import CueClass
from tui.files.atomic import StorageProblem, holding_lock
from tui.files.located import Located, in_file, located, with_places
from tui.files.places import Places
from tui.files.reading import Missing, Unreadable, parse_toml, put, read_text, read_to_change, rewrite
from tui.files.settings import FILE, REMOVED, SECTIONS, SETTINGS, CueSetting, Settings
from tui.plain_text import plain_text
from tui.routine.problems import Problem, Problems, shown
from tui.routine.tables import Values, read_table


def load_settings(places: Places) -> tuple[Settings, str | None]:
    """Read the settings, with defaults for wrong values, and a line about the first problem or None."""
    settings, problems = read_settings(places)
    if not problems:
        return settings, None
    more = len(problems) - 1
    return settings, problems[0] + (f" (and {more} more: gluteus check)" if more else "")


def read_settings(places: Places) -> tuple[Settings, tuple[str, ...]]:
    """Read the settings, and a line for each problem of their file with the value used instead.

    A broken file is left alone, as the user may be editing it.
    """
    path = places.settings_file
    try:
        text = read_text(path)
        data = parse_toml(text)
    except Missing:
        return Settings(), ()
    except Unreadable as error:
        return Settings(), (f"{in_file(Path(path.name), error.problem)}; using the defaults",)
    values, problems = _read(data)
    lines = (f"{in_file(Path(path.name), problem)}{_instead(problem)}" for problem in with_places(text, problems))
    return _settled(values, data), tuple(lines)


def check_settings(path: Path) -> tuple[Located, ...]:
    """List every problem of a settings file in any folder, in the order of its lines."""
    try:
        text = read_text(path)
        return located(path, text, _read(parse_toml(text))[1])
    except Unreadable as error:
        return (in_file(path, error.problem),)


def check_own_settings(places: Places) -> tuple[Located, ...]:
    """List every problem of the user's settings; none without a file."""
    return check_settings(places.settings_file) if os.path.lexists(places.settings_file) else ()


def save_setting(places: Places, key: str, value: object) -> str | None:
    """Write one setting, given by its dotted key, into settings.toml without changing anything else.

    Returns a line if the file was broken and had to be set aside.
    Raises StorageProblem if it cannot be written, KeyError or ValueError for an unknown setting or value.
    """
    value = SETTINGS[key].kind.read(value)
    path = places.settings_file
    with holding_lock(places.lock_file):
        text, data, note = read_to_change(path)
        put(data, key.split("."), value)
        try:
            edited = _edited(text, key, value)
            is_right = parse_toml(edited) == data
        except Exception:  # tomlkit has limits; the user's text matters more than a setting
            is_right = False
        if not is_right:
            raise StorageProblem(f"{plain_text(str(path))}: cannot change {key}; write it there yourself")
        if edited != text:
            rewrite(path, edited)
    return note


def _read(data: Mapping[str, object]) -> tuple[Values, tuple[Problem, ...]]:
    problems = Problems()
    present = {name: _without_removed(name, table) for name, table in data.items()}
    values = read_table(FILE, present, problems, FILE)
    return values or {}, problems.as_tuple()


def _without_removed(section: str, table: object) -> object:
    if not isinstance(table, dict):
        return table
    return {key: value for key, value in table.items() if f"{section}.{key}" not in REMOVED}


def _instead(problem: Problem) -> str:
    """Return which value is used instead of a wrong one."""
    name = ".".join(map(str, problem.path))
    if problem.at_key:
        return ""
    return f"; using {shown(SETTINGS[name].default)}" if name in SETTINGS else "; using the defaults"


def _settled(values: Values, data: Mapping[str, Any]) -> Settings:
    """Return settings with the correct values of `data`, and defaults for the others."""

    def settled(default: Any, read: Values | None, written: Any) -> Any:
        right = {key: value for key, value in (read or {}).items() if value is not None and key in (written or {})}
        return default._replace(**right)

    read, written = values.get("cues") or {}, data.get("cues", {})
    cues = {cue: settled(CueSetting(), read.get(cue), cue in read and written.get(cue)) for cue in CueClass}
    holders = {section: holder() for section, (holder, *_) in SECTIONS.items() if holder}
    sections = {name: settled(holder, values.get(name), data.get(name)) for name, holder in holders.items()}
    return Settings(cues=cues, **sections)


def _edited(text: str, key: str, value: object) -> str:
    """Return TOML text with one value set; comments and order stay."""
    import tomlkit  # loaded only to write

    document = tomlkit.parse(text)
    *sections, name = key.split(".")
    table: Any = document
    for depth, section in enumerate(sections):
        if not isinstance(table.get(section), dict):
            table[section] = tomlkit.table(is_super_table=depth + 1 < len(sections))
        table = table[section]
    table[name] = value
    return document.as_string()
