"""What a person can set: settings.toml, read with a word on every mistake, and changed without losing a comment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, TypeVar

from tui.plain_text import plain_text
from tui.routine.problems import did_you_mean, shown
from tui.routine.values import Choice, Flag, Kind, Number, Text, Whole
from tui.sound_backends import CHOICES
from tui.storage.atomic import StorageProblem, taking_turns, write_atomic
from tui.storage.places import Places
from tui.storage.reading import Unreadable, parse_toml, read_own
from tui.timeline.model import Cue, CueClass

T = TypeVar("T")


def _setting(default: T, kind: Kind, meaning: str) -> T:
    """A row of the table of settings: its default, what it may hold, and what it means."""
    return field(default=default, metadata={"kind": kind, "meaning": meaning})


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """How sound comes out."""

    backend: str = _setting("auto", Choice(CHOICES), "What plays the sound; auto: the best there is")
    volume: int = _setting(80, Whole(0, 100), "The volume of everything, in percent")
    mute: bool = _setting(False, Flag(), "No sound at all")
    offset_ms: int = _setting(0, Whole(-500, 1000), "Play so many milliseconds earlier: Bluetooth needs 150 to 300")
    keep_awake: bool = _setting(
        False, Flag(), "A faint noise that keeps Bluetooth and USB speakers from falling asleep"
    )
    duck_music: bool = _setting(False, Flag(), "Let the desktop lower other players meanwhile, where it can")


@dataclass(frozen=True, slots=True)
class CueSetting:
    """How one class of cue is played."""

    on: bool = _setting(True, Flag(), "Whether it is played")
    volume: int = _setting(100, Whole(0, 100), "Its volume, in percent of the volume of everything")


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """What the voice says, and how."""

    mode: str = _setting("all", Choice(("off", "names", "all")), "off; names: what comes next; all: form cues as well")
    language: str = _setting("en", Text(40), "The language of the voice")
    speed: int = _setting(165, Whole(80, 450), "Words a minute")


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """How the screen looks."""

    theme: str = _setting("gluteus-dark", Text(60), "The colours")
    flash: str = _setting("once", Choice(("off", "once", "three-times")), "How the screen flashes when a phase ends")
    motion: bool = _setting(True, Flag(), "Whether the figure moves")
    figure: bool = _setting(True, Flag(), "Whether the figure is shown")


@dataclass(frozen=True, slots=True)
class WorkoutSettings:
    """How a workout goes where its file does not say."""

    prepare_s: float = _setting(5.0, Number(0, 600), "Seconds to get ready before the first set")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can set; each section is a table of settings.toml."""

    audio: AudioSettings = AudioSettings()
    cues: Mapping[CueClass, CueSetting] = field(default_factory=lambda: {kind: CueSetting() for kind in CueClass})
    voice: VoiceSettings = VoiceSettings()
    screen: ScreenSettings = ScreenSettings()
    workout: WorkoutSettings = WorkoutSettings()

    def wants(self, cue: Cue) -> bool:
        """Whether `cue` is turned on; the voice may be kept to names."""
        spoken = cue.sound is not None or self.voice.mode == "all" or (self.voice.mode == "names" and not cue.form)
        return self.cues[cue.cue_class].on and spoken


_SECTIONS: Mapping[str, type[Any]] = {
    "audio": AudioSettings,
    **{f"cues.{kind}": CueSetting for kind in CueClass},
    "voice": VoiceSettings,
    "screen": ScreenSettings,
    "workout": WorkoutSettings,
}

SETTINGS: Mapping[str, Field[Any]] = {
    f"{section}.{row.name}": row for section, holder in _SECTIONS.items() for row in fields(holder)
}
"""Every setting by its dotted key, as a row with a default and, in `metadata`, its `kind` and `meaning`."""


def load_settings(places: Places) -> tuple[Settings, str | None]:
    """The settings, and one line to show where something about their file is wrong; what is wrong has its default."""
    settings, problems = read_settings(places)
    if not problems:
        return settings, None
    more = len(problems) - 1
    return settings, problems[0] + (f" (and {more} more: gluteus doctor)" if more else "")


def read_settings(places: Places) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and a line on each thing that is wrong with their file."""
    name = places.settings_file.name
    try:
        _, data, note = read_own(places.settings_file)
    except Unreadable as error:
        return Settings(), (f"{name}: {error}; using the defaults",)
    if note:
        return Settings(), (f"{note}; using the defaults",)
    values: dict[str, Any] = {}
    problems = tuple(f"{name}: {problem}" for problem in _problems(data, "", values))
    return _settled(values), problems


def save_setting(places: Places, key: str, value: object) -> str | None:
    """Write one setting, given by its dotted key, into settings.toml; all else in it stays as it is.

    Gives one line to show where the file was broken and had to be set aside.
    Raises StorageProblem where it cannot be written, KeyError or ValueError where there is no such setting or value.
    """
    value = SETTINGS[key].metadata["kind"].read(value)
    path = places.settings_file
    with taking_turns(places.lock_file):
        try:
            text, data, note = read_own(path)
        except Unreadable as error:
            raise StorageProblem(f"{plain_text(str(path))}: {error}") from error
        _put(data, key, value)
        try:
            edited = _edited(text, key, value)
            kept = parse_toml(edited) == data
        except Exception:  # the editor of TOML has its limits; what a person wrote is worth more than a setting
            kept = False
        if not kept:
            raise StorageProblem(f"{plain_text(str(path))}: cannot change {key}; write it there yourself")
        if edited != text:
            write_atomic(path, edited)
    return note


def settings_schema() -> dict[str, object]:
    """The JSON Schema of settings.toml."""
    from tui.routine.schema import DRAFT  # loaded only to print it

    root = _table("Gluteus settings")
    root["$schema"] = DRAFT
    for key, row in SETTINGS.items():
        *sections, name = key.split(".")
        table: dict[str, Any] = root
        for section in sections:
            table = table["properties"].setdefault(section, _table(f"[{section}]"))
        about = {"description": row.metadata["meaning"], "default": row.default}
        table["properties"][name] = row.metadata["kind"].schema() | about
    return root


def _table(title: str) -> dict[str, Any]:
    return {"title": title, "type": "object", "additionalProperties": False, "properties": {}}


def _problems(data: Mapping[str, object], above: str, values: dict[str, Any]) -> Iterator[str]:
    """Everything wrong in one table, a line each; what is right goes into `values` by its dotted key."""
    for name, value in data.items():
        key = above + name
        if row := SETTINGS.get(key):
            try:
                values[key] = row.metadata["kind"].read(value)
            except ValueError as allowed:
                yield f"{key} is {shown(value)}; {allowed}; using {shown(row.default)}"
        elif not any(known.startswith(f"{key}.") for known in SETTINGS):
            yield f"there is no setting {plain_text(key[:80])}{did_you_mean(key, SETTINGS)}"
        elif isinstance(value, dict):
            yield from _problems(value, f"{key}.", values)
        else:
            yield f"{key} is {shown(value)}; write a table [{key}]; using the defaults"


def _settled(values: Mapping[str, Any]) -> Settings:
    """The settings with these values by dotted key, and the defaults elsewhere."""
    made = {
        section: holder(**{row.name: values.get(f"{section}.{row.name}", row.default) for row in fields(holder)})
        for section, holder in _SECTIONS.items()
    }
    cues = {kind: made[f"cues.{kind}"] for kind in CueClass}
    return Settings(cues=cues, **{row.name: made[row.name] for row in fields(Settings) if row.default is not MISSING})


def _put(data: dict[str, Any], key: str, value: object) -> None:
    """Set a dotted key in nested tables; what stands in the way of a table gives way to one."""
    *sections, name = key.split(".")
    for section in sections:
        if not isinstance(data.get(section), dict):
            data[section] = {}
        data = data[section]
    data[name] = value


def _edited(text: str, key: str, value: object) -> str:
    """A TOML text with one value set, its comments and order kept."""
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
