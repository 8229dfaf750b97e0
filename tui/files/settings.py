"""The one table of settings, and the settings as a value.

A row gives a setting its type, default, range, meaning and label;
the reader, the JSON Schema, `gluteus check`, the settings screen and the docs use it.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, NamedTuple

from tui.coach.cue import Cue, CueClass
from tui.engine.coaching import Coaching
from tui.routine.declarations import Field, Table
from tui.routine.resolve import Explain
from tui.routine.values import Choice, CommandLine, Flag, Language, Number, Text, ValueKind, Whole
from tui.sound_backends import BELL, CHOICES, SILENT
from tui.today import nudge_plan
from tui.today.goal import Goal
from tui.today.working_day import WorkingDay, minute_of_day, weekdays


class Setting(Field):
    """A row of the table of settings: a field of settings.toml and its display on the settings screen."""

    def __init__(
        self, name: str, default: object, kind: ValueKind, meaning: str, label: str, unit: str = "", step: int = 5
    ) -> None:
        """`name` is the dotted key; `unit` follows a number on screen; one key press changes it by `step`."""
        super().__init__(name.rpartition(".")[2], kind, meaning, default)
        self.name = name
        self.kind = kind
        self.label = label
        self.unit = unit
        self.step = step


class _About(NamedTuple):
    """The facts about a setting besides its key, type and default: the arguments of Setting."""

    kind: ValueKind
    meaning: str
    label: str
    unit: str = ""
    step: int = 5


class AudioSettings(NamedTuple):
    """The output of sound."""

    volume: Annotated[int, _About(Whole(0, 100), "Master volume, in percent", "Volume")] = 80
    mute: Annotated[bool, _About(Flag(), "No sound at all", "Mute")] = False
    backend: Annotated[str, _About(
        Choice(CHOICES), "What plays the sound; auto: the best available", "Play through"
    )] = "auto"  # fmt: skip
    offset_ms: Annotated[int, _About(
        Whole(-500, 1000), "Play this many ms early; Bluetooth needs 150 to 300", "Play earlier by", unit=" ms", step=10
    )] = 0  # fmt: skip
    keep_awake: Annotated[bool, _About(
        Flag(), "A faint noise that keeps Bluetooth and USB speakers from falling asleep", "Keep the speaker awake"
    )] = False  # fmt: skip


class CueSetting(NamedTuple):
    """How one class of cue is played. Its labels are completed by CUE_WORDS."""

    on: Annotated[bool, _About(Flag(), "Whether it is played", "{cue}")] = True
    volume: Annotated[int, _About(Whole(0, 100), "Its volume, in percent of the master volume", "  {its} volume")] = 100


USUAL_CUES: Mapping[CueClass, CueSetting] = {cue: CueSetting() for cue in CueClass}
"""Every class of cue is played, at full volume."""

CUE_WORDS: Mapping[CueClass, Mapping[str, str]] = {
    CueClass.COUNTDOWN: {"cue": "Countdown", "its": "its"},
    CueClass.TRANSITIONS: {"cue": "Start, rest, switch, end", "its": "their"},
    CueClass.HALFWAY: {"cue": "Halfway", "its": "its"},
    CueClass.TEMPO: {"cue": "Tempo", "its": "its"},
    CueClass.VOICE: {"cue": "Voice", "its": "its"},
}
"""The name of each class of cue on the settings screen."""


class VoiceSettings(NamedTuple):
    """The voice."""

    mode: Annotated[str, _About(
        Choice(("off", "names", "all")), "off; names: what comes next; all: form cues too", "Say"
    )] = "all"  # fmt: skip
    language: Annotated[str, _About(
        Language(40), "The language of the voice, as a code such as en or de", "Language"
    )] = "en"  # fmt: skip
    speed: Annotated[int, _About(Whole(80, 450), "Words a minute", "Speed", unit=" words a minute")] = 165
    command: Annotated[str, _About(
        CommandLine("piper", "--model", "en.onnx", "--output_file", "{file}"),
        "A program that reads text on its input and writes the WAV file {file}", "Voice of your own"
    )] = ""  # fmt: skip


THEMES = (
    "gluteus-dark", "gluteus-light", "gluteus-evening", "gluteus-slate", "gluteus-contrast-dark",
    "gluteus-contrast-light", "gluteus-terminal-dark", "gluteus-terminal-light",
)  # fmt: skip
"""The names of the themes that `tui.themes` defines."""


class ScreenSettings(NamedTuple):
    """The look of the screen."""

    theme: Annotated[str, _About(Choice(THEMES), "The colours", "Colours")] = THEMES[0]
    flash: Annotated[str, _About(
        Choice(("off", "once", "three-times")), "How the screen flashes when a phase ends", "Flash"
    )] = "once"  # fmt: skip
    motion: Annotated[bool, _About(Flag(), "Whether the figure moves", "Figure moves")] = True
    figure: Annotated[bool, _About(Flag(), "Whether the figure is shown in a workout and on ladders", "Figure")] = True
    title: Annotated[bool, _About(
        Flag(), "Whether the window's title names the current phase of a workout", "Window title"
    )] = False  # fmt: skip
    progress: Annotated[bool, _About(
        Flag(), "Whether the terminal's tab or the task bar shows progress, if it can", "Progress in the tab"
    )] = True  # fmt: skip
    awake: Annotated[bool, _About(
        Flag(), "Whether the screen stays awake while a workout runs", "Keep the screen awake"
    )] = True  # fmt: skip


class WorkoutSettings(NamedTuple):
    """Timing that a routine's file does not specify."""

    prepare_s: Annotated[float, _About(
        Number(0, 600), "Seconds to get ready before the first set", "Time to get ready", step=1
    )] = 5.0  # fmt: skip
    transitions_percent: Annotated[int, _About(
        Whole(0, 400), "Time to change position or place, in percent; 0: only what the file says",
        "Time to change position", unit=" %", step=25
    )] = 100  # fmt: skip
    explain: Annotated[str, _About(
        Choice(("always", "as-needed", "never")),
        "When steps and cautions are said: always; as-needed: less of what you know; never", "Explain"
    )] = "as-needed"  # fmt: skip


class HistorySettings(NamedTuple):
    """How workouts count in the history."""

    rest_days: Annotated[int, _About(
        Whole(0, 30), "Days of rest in a row that do not break a streak", "Rest days within a streak", step=1
    )] = 2  # fmt: skip


class Readable(Text):
    """A string that a function can read, such as a time of day."""

    def __init__(self, check: Callable[[str], object], *, blank: bool = False) -> None:
        """`check` raises ValueError with what is allowed; `blank` allows an empty string."""
        super().__init__(60, blank=blank)
        self._check = check

    def read(self, value: object) -> str:
        """Return the string unchanged."""
        text = super().read(value)
        self._check(text)
        return text


class DaySettings(NamedTuple):
    """The working day, in which breaks are due."""

    start: Annotated[str, _About(Readable(minute_of_day), "When working hours begin", "Working hours begin")] = "9:00"
    end: Annotated[str, _About(Readable(minute_of_day), "When working hours end", "Working hours end")] = "17:30"
    days: Annotated[
        str, _About(Readable(weekdays), "The working days, such as mon-fri or mon,wed,fri", "Working days")
    ] = "mon-fri"
    every_min: Annotated[int, _About(
        Whole(5, 600), "Minutes from one break to the next", "A break every", unit=" min", step=5
    )] = 50  # fmt: skip

    @property
    def hours(self) -> WorkingDay:
        """The same as a value of the calendar."""
        return WorkingDay(weekdays(self.days), minute_of_day(self.start), minute_of_day(self.end), self.every_min)


class NudgeSettings(NamedTuple):
    """How `gluteus nudge` reminds you; its schedule is in DaySettings."""

    at: Annotated[str, _About(
        Readable(nudge_plan.marks, blank=True),
        "Nudge at these minutes past the hour instead of at intervals, such as :50 or :20,:50", "Nudge at"
    )] = ""  # fmt: skip
    length: Annotated[str, _About(
        Readable(nudge_plan.length, blank=True), "The longest that the workout may be, such as 3m",
        "Longest workout after it"
    )] = ""  # fmt: skip
    notify: Annotated[bool, _About(
        Flag(), "Whether the terminal or the desktop shows a notification", "Nudge by notification"
    )] = True  # fmt: skip
    bell: Annotated[bool, _About(Flag(), "Whether the terminal's bell rings", "Nudge by the bell")] = True
    speak: Annotated[bool, _About(Flag(), "Whether the voice says it too", "Nudge by voice")] = False
    wait: Annotated[bool, _About(
        Flag(), "Whether a nudge waits while the microphone is in use or do-not-disturb is on", "Wait for calls"
    )] = True  # fmt: skip


class GoalSettings(NamedTuple):
    """The goal for the week."""

    days: Annotated[int, _About(
        Whole(0, 7), "Days of the week with a workout; 0: no goal", "Days a week", step=1
    )] = 0  # fmt: skip
    minutes: Annotated[int, _About(
        Whole(0, 10_000), "Minutes of work a week; 0: no goal", "Minutes a week", unit=" min"
    )] = 0  # fmt: skip
    breaks: Annotated[int, _About(
        Whole(0, 50), "Breaks a day; any workout is one; 0: no goal", "Breaks a day", step=1
    )] = 0  # fmt: skip
    week_begins: Annotated[str, _About(
        Choice(("monday", "sunday")), "The first day of a week", "A week begins on"
    )] = "monday"  # fmt: skip

    @property
    def goal(self) -> Goal:
        """The same as a value of the calendar."""
        return Goal(self.days, self.minutes, self.breaks, self.week_begins == "sunday")


_NOTIFY = CommandLine("notify-send", "Well done")


class HookSettings(NamedTuple):
    """Programs that run at events of a workout, without a shell. They get the event as JSON on standard input."""

    on_start: Annotated[str, _About(_NOTIFY, "A program to run when a workout begins", "At the start")] = ""
    on_phase: Annotated[str, _About(_NOTIFY, "A program to run when a phase begins", "At each phase")] = ""
    on_pause: Annotated[str, _About(_NOTIFY, "A program to run at a pause", "At a pause")] = ""
    on_resume: Annotated[str, _About(_NOTIFY, "A program to run when a workout resumes", "After a pause")] = ""
    on_finish: Annotated[str, _About(_NOTIFY, "A program to run when a workout is finished", "At the end")] = ""
    on_stop: Annotated[str, _About(_NOTIFY, "A program to run when a workout is left early", "If left early")] = ""


class Settings(NamedTuple):
    """All settings; each section is a table of settings.toml."""

    audio: AudioSettings = AudioSettings()
    cues: Mapping[CueClass, CueSetting] = USUAL_CUES
    voice: VoiceSettings = VoiceSettings()
    screen: ScreenSettings = ScreenSettings()
    workout: WorkoutSettings = WorkoutSettings()
    history: HistorySettings = HistorySettings()
    day: DaySettings = DaySettings()
    nudge: NudgeSettings = NudgeSettings()
    goal: GoalSettings = GoalSettings()
    hooks: HookSettings = HookSettings()

    @property
    def coaching(self) -> Coaching:
        """The pace for which a workout is planned."""
        workout, voice = self.workout, self.voice
        return Coaching(
            workout.prepare_s,
            workout.transitions_percent / 100,
            float(voice.speed),
            waits=self.speaks and not self.audio.mute,
            names_only=voice.mode == "names",
            usual=Explain.NOTHING if workout.explain == "never" else Explain.ALL,
        )

    @property
    def speaks(self) -> bool:
        """Whether the voice is on and plays through something that can speak."""
        can_speak = self.audio.backend not in (BELL, SILENT)
        return can_speak and self.voice.mode != "off" and self.cues[CueClass.VOICE].on

    def wants(self, cue: Cue) -> bool:
        """Check whether `cue` is turned on; the voice may be limited to names."""
        spoken = cue.sound is not None or self.voice.mode == "all" or (self.voice.mode == "names" and cue.is_naming)
        return self.cues[cue.cue_class].on and spoken


SECTIONS: Mapping[str, tuple[type[Any] | None, str, str]] = {
    "audio": (AudioSettings, "sound", "Sound output"),
    "cues": (None, "cues", "The classes of cue, with a table for each"),
    "voice": (VoiceSettings, "voice", "The voice"),
    "screen": (ScreenSettings, "screen", "The look of the screen"),
    "workout": (WorkoutSettings, "workout", "Timing that a routine does not specify"),
    "history": (HistorySettings, "history", "How workouts count"),
    "day": (DaySettings, "working day", "The working day, in which breaks are due"),
    "nudge": (NudgeSettings, "nudges", "How `gluteus nudge` reminds you"),
    "goal": (GoalSettings, "goal", "The goal for the week"),
    "hooks": (HookSettings, "programs to run", "Programs that run at events of a workout"),
}
"""The tables of settings.toml: class, heading on screen, meaning."""


def _rows(section: str, holder: type[Any], words: Mapping[str, str] | None = None) -> tuple[Setting, ...]:
    """List the rows of one section; `words` complete its labels."""
    made = []
    for name, annotated in holder.__annotations__.items():
        row: _About = annotated.__metadata__[0]
        row = row._replace(label=row.label.format(**words or {}))
        made.append(Setting(f"{section}.{name}", holder._field_defaults[name], *row))
    return tuple(made)


_CUE_ROWS = {cue: _rows(f"cues.{cue}", CueSetting, words) for cue, words in CUE_WORDS.items()}
_CUE_TABLES = {cue: Table(f"[cues.{cue}]", *rows) for cue, rows in _CUE_ROWS.items()}
_CUES = Table("[cues]", *(Field(cue, table, CUE_WORDS[cue]["cue"]) for cue, table in _CUE_TABLES.items()))

GROUPS: Mapping[str, tuple[Setting, ...]] = {
    heading: _rows(section, holder) if holder else tuple(row for rows in _CUE_ROWS.values() for row in rows)
    for section, (holder, heading, _) in SECTIONS.items()
}
"""The rows by the heading of their section, in the order in which they are shown."""

SETTINGS: Mapping[str, Setting] = {row.name: row for rows in GROUPS.values() for row in rows}
"""Every setting by its dotted key."""

FILE = Table(
    "settings",
    *(
        Field(section, Table(f"[{section}]", *GROUPS[heading]) if holder else _CUES, meaning)
        for section, (holder, heading, meaning) in SECTIONS.items()
    ),
)
"""The whole of settings.toml, for the reader and the schema."""

REMOVED = frozenset({"audio.duck_music"})
"""Settings of earlier versions: the reader ignores them."""


def value_of(settings: Settings, key: str) -> Any:
    """Return the value of a dotted key, such as `audio.volume` or `cues.tempo.on`."""
    section, *cue, name = key.split(".")
    holder: Any = settings.cues[CueClass(cue[0])] if cue else getattr(settings, section)
    return getattr(holder, name)


def with_value(settings: Settings, key: str, value: object) -> Settings:
    """Return the settings with a dotted key changed. Raises KeyError or ValueError for an unknown key or bad value."""
    changed: dict[str, Any] = {key.rpartition(".")[2]: SETTINGS[key].kind.read(value)}
    section, *cue, _ = key.split(".")
    if cue:
        kind = CueClass(cue[0])
        return settings._replace(cues={**settings.cues, kind: settings.cues[kind]._replace(**changed)})
    return settings._replace(**{section: getattr(settings, section)._replace(**changed)})


def settings_schema() -> dict[str, object]:
    """Build the JSON Schema of settings.toml."""
    from tui.routine.schema import file_schema  # loaded only to print it

    return file_schema(FILE, "Gluteus settings")
