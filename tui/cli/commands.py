"""The table of commands, their functions and arguments. Parser, help, completion and a test of the docs use it.

A command names its function as `module:function`, and the module is loaded only when the command is run: listing
routines does not load the sound, nor checking a file the screen.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from types import SimpleNamespace
from typing import Any

from tui.engine.remote import REMOTE


class Source(Enum):
    """The values that the shell's completion offers for an argument."""

    ROUTINES = "routines"
    EXERCISES = "exercises"
    PROGRESSIONS = "progressions"
    FILES = "files"
    THINGS = "things"


class Argument:
    """One argument: its name or option, its completion besides its choices, and its options for argparse."""

    def __init__(self, name: str, *sources: Source, **options: Any) -> None:
        self.name, self.sources, self.options = name, sources, options

    @property
    def dest(self) -> str:
        """The name of its value."""
        dest: str = self.options.get("dest", self.name.lstrip("-"))
        return dest

    @property
    def is_flag(self) -> bool:
        """Whether it is an option without a value."""
        return self.options.get("action") == "store_true"


class OneOf:
    """Options of which at most one is given."""

    def __init__(self, *arguments: Argument) -> None:
        self.arguments = arguments


class Subcommand:
    """One command; `help_` describes it in a phrase, `function` is `module:function`, `notes` end its help."""

    def __init__(self, help_: str, function: str, *parts: Argument | OneOf, notes: str = "") -> None:
        self.help, self.function, self.parts, self.notes = help_, function, parts, notes

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """All arguments in order."""
        return tuple(one for part in self.parts for one in (part.arguments if isinstance(part, OneOf) else (part,)))

    def load(self) -> Callable[..., int]:
        """Load the module and return the function that runs the command."""
        from importlib import import_module

        module, _, name = self.function.partition(":")
        function: Callable[..., int] = getattr(import_module(module), name)
        return function


def _wrong(message: str) -> Exception:
    from argparse import ArgumentTypeError  # loaded only to explain

    return ArgumentTypeError(message)


def progression(text: str) -> tuple[str, str]:
    """Return `EXERCISE=ID` as a pair."""
    exercise, equals, id_ = text.partition("=")
    if not (exercise and equals and id_):
        raise _wrong(f"{text!r} is not of the form EXERCISE=ID, as in reverse-bridge=single-leg")
    return exercise, id_


def speed(text: str) -> float:
    """Read the speed as a multiple of real time."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.1 <= value <= 3600:
        raise _wrong(f"{text!r} is not a number from 0.1 to 3600")
    return value


def time(text: str) -> float:
    """Read the seconds of a duration."""
    from tui.routine.durations import parse_duration

    try:
        value = parse_duration(text)
    except ValueError:
        value = 0.0
    if not 1 <= value <= 12 * 3600:
        raise _wrong(f"{text!r} is not a time from 1 s to 12 h, as in 90s, 3m, 1m30s or 1:30")
    return value


def minutes(text: str) -> int:
    """Read a number of minutes."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= 180:
        raise _wrong(f"{text!r} is not a number of minutes from 1 to 180")
    return int(text)


def intervals(text: str) -> tuple[float, float]:
    """Read the seconds of work and of rest in `40/20`."""
    parts = text.split("/")
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() for part in parts):
        raise _wrong(f"{text!r} is not seconds of work and rest, as in 40/20")
    work_s, rest_s = (float(part[:9]) for part in parts)
    if not 1 <= work_s <= 7200 or rest_s > 3600:
        raise _wrong(f"{text!r}: work lasts from 1 to 7200 seconds, rest up to 3600")
    return work_s, rest_s


def _flag(name: str, help_: str) -> Argument:
    return Argument(name, action="store_true", help=help_)


KINDS = ("routine", "exercise", "settings")
"""The kinds of file that the user writes."""

_ROUTINE = Argument(
    "routine",
    Source.ROUTINES,
    Source.FILES,
    metavar="NAME|FILE|LINE",
    help="a routine's name, the path of its file, or a quick line, as in 8x20/10",
)


def _progression(help_: str) -> Argument:
    options = {"metavar": "EXERCISE=ID", "type": progression, "action": "append", "default": [], "help": help_}
    return Argument("--progression", Source.PROGRESSIONS, **options)


_PROGRESSION = _progression("do an exercise at this progression, this time (may be repeated)")
_JSON = _flag("--json", "print JSON for programs")

_TODAY = (
    Argument(
        "--without",
        Source.THINGS,
        metavar="THING",
        action="append",
        default=[],
        help="do without this thing, e.g. mat or chair (may be repeated)",
    ),
    _flag("--standing", "do only standing exercises"),
    _flag("--quiet", "do nothing that the neighbours can hear"),
    Argument("--for", dest="time", metavar="TIME", type=time, help="fit into this much time, e.g. 3m"),
)
"""Today's limits: sets that break them are swapped or dropped, and the rest is shortened."""

QUICK_LINES = """\
Quick lines, in quotes if they have spaces:
  8x20/10                     8 rounds of 20 s of work and 10 s of rest
  8x20/10 squat               the same, with an exercise
  3x 40/20 squat, plank; rest 60
                              a circuit of 3 rounds with a minute between them
  5x30/10 side-plank each     30 s on each side
  3x12 squat, 10 push-up      by reps: 12, 8-12 or max
  emom 10 squat 12, plank 30s
                              10 minutes; a minute each, in turns
  amrap 12m push-up 5, squat 10
                              as many rounds as possible in 12 minutes
  20m                         one long interval
An exercise is an id, its name, or any words in double quotes."""

NUDGE_NOTES = """\
Keys: enter begins today's pick, s snoozes, x skips, p pauses, q quits.
Five minutes without input, locked or asleep count as a break, and so does a workout on any of your machines.
Options that are left out come from the settings day.* and nudge.*."""

DUE_NOTES = """\
--without, --standing, --quiet and --for narrow the pick of --start.
The exit code is 10 if a break is due and 0 if not. With --format, --json, --tmux and --waybar it is always 0.
Fields of --format: short, due, since, next (minutes), at (time of day), today, week, breaks, breaks_goal, days, \
days_goal, minutes, minutes_goal, line. An unknown value is empty."""

STATUS_NOTES = """\
The exit code is 0 while a workout runs, paused or not, and 3 otherwise.
Fields of --format: title, state (running, paused), phase (prepare, work, switch, rest), label, left (of the phase; \
empty in an open-ended set), total_left, elapsed, total, set, sets, short, line."""

SEND_NOTES = "\n".join(("Commands:", *(f"  {name:<8}  {meaning}" for name, meaning in REMOTE.items())))

COMMANDS = {
    "start": Subcommand(
        "start a workout: a routine, or a line such as 8x20/10",
        "tui.cli.start:start",
        Argument(
            "routine",
            Source.ROUTINES,
            Source.FILES,
            nargs="?",
            metavar="NAME|FILE|LINE",
            help="a routine's name, the path of its file, or a quick line; default: today's pick",
        ),
        _PROGRESSION,
        *_TODAY,
        _flag("--mute", "play no sound"),
        Argument(
            "--speed",
            metavar="N",
            type=speed,
            default=1.0,
            help="rehearse N times as fast (not recorded in the history)",
        ),
        OneOf(
            _flag("--plain", "print one line per event, for screen readers and pipes"),
            _flag("--events", "print one line of JSON per event, for programs"),
        ),
        notes=QUICK_LINES,
    ),
    "due": Subcommand(
        "print whether a break is due, for prompts, status bars and cron",
        "tui.cli.due:due",
        OneOf(
            Argument("--format", metavar="TEXT", help="print this text, with fields in braces, e.g. {next}"),
            _JSON,
            _flag("--tmux", "print a few characters for the status line of tmux"),
            _flag("--waybar", "print JSON for a custom module of waybar"),
            _flag("--start", "begin today's pick"),
        ),
        *_TODAY,
        notes=DUE_NOTES,
    ),
    "status": Subcommand(
        "print the position of the running workout, for prompts and status bars",
        "tui.cli.running:status",
        OneOf(Argument("--format", metavar="TEXT", help="print this text, with fields in braces, e.g. {left}"), _JSON),
        notes=STATUS_NOTES,
    ),
    "send": Subcommand(
        "give a command to the running workout, from a foot pedal, a media key or another terminal",
        "tui.cli.running:send",
        Argument("name", metavar="COMMAND", choices=tuple(REMOTE), help=f"one of {', '.join(REMOTE)}"),
        notes=SEND_NOTES,
    ),
    "nudge": Subcommand(
        "remind you of breaks, in a terminal or in the background",
        "tui.cli.nudge:nudge",
        Argument("--every", metavar="TIME", help="the time from one break to the next, e.g. 50m"),
        Argument("--from", dest="begins", metavar="TIME", help="when working hours begin, e.g. 9:00"),
        Argument("--to", dest="ends", metavar="TIME", help="when working hours end, e.g. 17:30"),
        Argument("--days", metavar="DAYS", help="the working days, e.g. mon-fri or mon,wed,fri"),
        Argument("--at", metavar="MINUTES", help="fixed minutes past the hour instead of --every, e.g. :50"),
        Argument("--for", dest="length", metavar="TIME", help="the longest that the workout may be, e.g. 3m"),
        OneOf(
            _flag("--install", "write a systemd user unit or a launchd agent with these options"),
            _flag("--remove", "remove that file"),
        ),
        _flag("--yes", "with --install or --remove: do it without asking"),
        notes=NUDGE_NOTES,
    ),
    "list": Subcommand("list the routines", "tui.cli.listing:list_routines", *_TODAY, _JSON),
    "show": Subcommand(
        "show a workout phase by phase, or its script",
        "tui.cli.show:show",
        _ROUTINE,
        _PROGRESSION,
        _flag("--script", "print what the voice says and when, with the seconds that each phrase needs and has"),
        _flag("--known", "show it as it is once every exercise is known"),
        _JSON,
        notes=QUICK_LINES,
    ),
    "exercises": Subcommand(
        "list the exercises, or show one of them",
        "tui.cli.exercises:exercises",
        Argument(
            "exercise",
            Source.EXERCISES,
            nargs="?",
            metavar="NAME",
            help="an exercise's id or name, to show its steps, cues, cautions and ladder",
        ),
        _JSON,
    ),
    "check": Subcommand(
        "check routines, exercises and settings for mistakes",
        "tui.cli.check:check",
        Argument("files", Source.FILES, metavar="FILE", nargs="*", help="the files to check; default: all of them"),
        Argument("--as", dest="kind", choices=KINDS, help="the kind of file; default: worked out from the contents"),
        _JSON,
    ),
    "new": Subcommand(
        "write a starter routine or exercise into your folder",
        "tui.cli.edit:new",
        Argument("name", metavar="TITLE", help="its title; the name of its file is made from it"),
        _flag("--exercise", "write an exercise, which every routine can use"),
        OneOf(
            Argument(
                "--from",
                Source.ROUTINES,
                Source.EXERCISES,
                dest="source",
                metavar="NAME",
                help="start with a copy of this one",
            ),
            Argument("--quick", metavar="LINE", help="start with the routine of a quick line"),
        ),
        Argument("--place", metavar="PLACE", help="desk, kettle, floor or gym; default: desk"),
        Argument("--minutes", metavar="N", type=minutes, help="about how long it takes; default: 5"),
        Argument("--exercises", metavar="A,B", help="its exercises, by id or name; default: some for the place"),
        Argument("--work", metavar="WORK/REST", type=intervals, help="seconds of work and rest; default: 40/20"),
        notes=QUICK_LINES,
    ),
    "edit": Subcommand(
        "open a routine or an exercise in your editor and check it",
        "tui.cli.edit:edit",
        Argument(
            "name",
            Source.ROUTINES,
            Source.EXERCISES,
            Source.FILES,
            metavar="NAME|FILE",
            help="a routine, an exercise or a file; a bundled one is copied once you change it",
        ),
        _flag("--exercise", "edit the exercise, if a routine has the same name"),
    ),
    "render": Subcommand(
        "write the sound of a whole workout to a file, for a phone or a music player",
        "tui.cli.render:render",
        Argument("routine", *_ROUTINE.sources, **{**_ROUTINE.options, "nargs": "?"}),
        Argument("out", Source.FILES, nargs="?", metavar="OUT", help="the file to write: .wav, .flac or .ogg"),
        Argument("--all", Source.FILES, metavar="FOLDER", help="write a file for each routine into this folder"),
        Argument("--format", choices=("wav", "flac", "ogg"), help="the kind of file with --all; default: wav"),
        _PROGRESSION,
        _flag("--force", "overwrite files that exist"),
        notes="FLAC and Ogg files are far smaller. They need: pip install 'gluteus[flac]'",
    ),
    "history": Subcommand(
        "list what you did, add or correct a workout, or import sessions from files",
        "tui.cli.history:history",
        Argument(
            "action",
            nargs="?",
            choices=("import", "add", "merge", "undo"),
            help="import the sessions of files, each once; add a workout that you did elsewhere; merge one with "
            "the workout before it; or undo its last correction",
        ),
        Argument(
            "files",
            Source.FILES,
            metavar="FILE",
            nargs="*",
            help="JSON, FIT or zip files to import, or the routine to add (by name or file)",
        ),
        Argument("--at", metavar="TIME", help='with add, merge and undo: when it began, such as "2026-11-28 12:30"'),
        _progression("with add: the progression of an exercise (may be repeated)"),
        Argument("--since", metavar="DATE", help="list sessions since this day: 2025-03-15, 2025-03, 2025, 30d or 8w"),
        Argument("--routine", Source.ROUTINES, metavar="NAME", help="list only this routine"),
        OneOf(
            _JSON,
            _flag("--csv", "print CSV for a spreadsheet"),
            _flag("--markdown", "print a table and totals for a note"),
            Argument("--fit", Source.FILES, metavar="FOLDER", help="write a FIT file for each session into a folder"),
        ),
        _flag("--sets", "with --csv: print a line for each set"),
    ),
    "schema": Subcommand(
        "print the JSON Schema of a kind of file",
        "tui.cli.check:print_schema",
        Argument(
            "kind", nargs="?", choices=(*KINDS, "history"), default="routine", help="the kind of file; default: routine"
        ),
    ),
    "doctor": Subcommand(
        "print facts about this machine: terminal, folders, sound",
        "tui.cli.doctor:doctor",
        _JSON,
        OneOf(
            _flag("--play", "play a phrase and every cue, naming each"),
            _flag("--calibrate", "measure audio latency with the microphone, for audio.offset_ms"),
        ),
        _flag("--yes", "with --calibrate: write the result without asking"),
    ),
}
"""Every command by its name, in the order of the help."""

SHELLS = ("bash", "zsh", "fish")

GLOBAL_OPTIONS = (
    _flag("--version", "print the version"),
    Argument(
        "--print-completion",
        metavar="SHELL",
        choices=SHELLS,
        help=f"print the completion script of a shell: {', '.join(SHELLS)}",
    ),
)
"""Options without a command."""


def plain_arguments(argv: Sequence[str]) -> SimpleNamespace | None:
    """Return the arguments of a command with any flags and at most one other word.

    None for any other command line, which needs argparse; loading that takes half as long as an empty Python.
    """
    name, *words = argv
    if (command := COMMANDS.get(name)) is None:
        return None
    flags = {one.name: one.dest for one in command.arguments if one.is_flag}
    places = [one for one in command.arguments if not one.name.startswith("-")]
    others = [word for word in words if word not in flags]
    groups = [[one.name for one in part.arguments] for part in command.parts if isinstance(part, OneOf)]
    if len(others) > len(places) or len(places) > 1 or any(len({*group} & {*words}) > 1 for group in groups):
        return None
    values = {one.dest: one.options.get("default", False if one.is_flag else None) for one in command.arguments}
    values |= dict.fromkeys((flags[word] for word in words if word in flags), True)
    for place in places:
        if not all(word and word[0] != "-" and word in place.options.get("choices", (word,)) for word in others):
            return None
        nargs = place.options.get("nargs")
        if nargs == "*":
            values[place.dest] = others
        elif others:
            values[place.dest] = others[0]
        elif nargs is None:
            return None
    return SimpleNamespace(command=name, **values)
