"""The table of keyboard commands: name, screen, keys and texts of each.

Key bindings, footer, palette and help screen come from this table. A name is an action of the command's screen (of the
app for `Where.EVERYWHERE`); keys are spelled as Textual spells them.
"""

from enum import StrEnum
from typing import NamedTuple


class Where(StrEnum):
    """The screen of a command; the value is its heading in the help."""

    MENU = "In the menu"
    DIFFERENCES = "On your version of a routine"
    EDITOR = "In the editor"
    BUILDER = "While you build a workout"
    WORKOUT = "In a workout"
    LADDER = "On a ladder"
    SETTINGS = "In the settings"
    SUMMARY = "After a workout"
    HISTORY = "In the history"
    SESSION = "On a past workout"
    PROGRESS = "On an exercise over time"
    PAGE = "On every other page"
    EVERYWHERE = "Everywhere"


class KeyCommand(NamedTuple):
    """One command: its action, its keys, one or two words for the footer, a sentence for palette and help."""

    name: str
    where: Where
    keys: tuple[str, ...]
    words: str
    meaning: str
    footer: bool = True

    @property
    def shown(self) -> str:
        """Its keys as the user reads them: `→ n`, `s F2`. Space is left out if enter does the same."""
        keys = [key for key in self.keys if key != CTRL_SPACE and (key != "space" or "enter" not in self.keys)]
        return " ".join(SHOWN.get(key, key.upper() if key in FUNCTION_KEYS else key) for key in keys)

    @property
    def in_footer(self) -> str:
        """Its keys without function keys, for the footer."""
        keys = [key for key in self.shown.split() if key.lower() not in FUNCTION_KEYS]
        return " ".join(keys) or self.shown


class FooterKey(NamedTuple):
    """A key in the footer: the action that a click runs, the keys as the user reads them, one or two words."""

    action: str
    keys: str
    words: str


SHOWN = {
    "right": "→", "left": "←", "up": "↑", "down": "↓", "plus": "+", "minus": "-", "slash": "/", "comma": ",",
    "less_than_sign": "<", "greater_than_sign": ">", "question_mark": "?", "escape": "esc",
}  # fmt: skip
"""Keys whose names differ from Textual's spelling."""

FUNCTION_KEYS = frozenset(f"f{number}" for number in range(1, 13))
"""Alternatives to the letters and signs, which some keyboard layouts lack."""

CTRL_SPACE = "ctrl+@"
"""The key that most terminals report for ctrl+space."""

_MENU, _WORKOUT, _LADDER, _SETTINGS = Where.MENU, Where.WORKOUT, Where.LADDER, Where.SETTINGS
_EDITOR, _BUILDER = Where.EDITOR, Where.BUILDER
_SUMMARY, _HISTORY, _SESSION, _PROGRESS = Where.SUMMARY, Where.HISTORY, Where.SESSION, Where.PROGRESS
_PAGE, _ALL, _DIFFERENCES = Where.PAGE, Where.EVERYWHERE, Where.DIFFERENCES

COMMANDS = (
    KeyCommand("start", _MENU, ("enter", "space"), "start", "Start the routine under the cursor"),
    KeyCommand("filter", _MENU, ("slash",), "filter", "Type to filter the routines"),
    KeyCommand("today", _MENU, ("t",), "today", "Say what you have today: kit, quiet, time; esc clears it"),
    KeyCommand("build", _MENU, ("c",), "build", "Build a workout for now: times, rounds, exercises"),
    KeyCommand("progressions", _MENU, ("s",), "progressions", "Choose each exercise's progression in this routine"),
    KeyCommand("differences", _MENU, ("d",), "differences", "See the differences from the bundled one, or restore it"),
    KeyCommand("edit_here", _MENU, ("e",), "edit", "Edit the routine here, with its preview beside it"),
    KeyCommand("edit", _MENU, ("E",), "editor", "Open the routine in your own editor"),
    KeyCommand("new", _MENU, ("n",), "new", "Write a routine of your own"),
    KeyCommand("ladder", _MENU, ("l",), "ladders", "See the ladder of each exercise and your place on it"),
    KeyCommand("history", _MENU, ("h",), "history", "See what you did"),
    KeyCommand("settings", _MENU, ("comma",), "settings", "Change sound, screen and timing"),
    KeyCommand("rehearse", _MENU, ("r",), "rehearse", "Rehearse it, ten times as fast; nothing is recorded"),
    KeyCommand("sort", _MENU, ("o",), "order", "Order by place, the last time, name or length", footer=False),
    KeyCommand("pin", _MENU, ("p",), "pin", "Pin the routine to the top, or unpin it", footer=False),
    KeyCommand("reload", _MENU, ("ctrl+r",), "reload", "Read all files again now", footer=False),
    KeyCommand("clear", _MENU, ("escape",), "clear", "Clear the filter, then today's limits", footer=False),
    KeyCommand("leave", _MENU, ("q",), "quit", "Leave Gluteus"),
    KeyCommand("restore", _DIFFERENCES, ("b",), "bundled one", "Restore the bundled routine, after asking"),
    KeyCommand("back", _DIFFERENCES, ("escape", "q"), "back", "Go back to the menu"),
    KeyCommand("pick", _BUILDER, ("space",), "pick", "Pick the exercise, or drop it"),
    KeyCommand("start", _BUILDER, ("enter",), "start", "Start the workout"),
    KeyCommand("less", _BUILDER, ("left",), "less", "Take the previous value; on an exercise, change its sides"),
    KeyCommand("more", _BUILDER, ("right",), "more", "Take the next value; on an exercise, change its sides"),
    KeyCommand("save", _BUILDER, ("S",), "save", "Save it as a routine"),
    KeyCommand("back", _BUILDER, ("escape", "q"), "back", "Go back to the menu"),
    KeyCommand("save", _EDITOR, ("ctrl+s",), "save", "Save the file"),
    KeyCommand("complete", _EDITOR, ("ctrl+space", CTRL_SPACE), "suggest", "Show the possible completions"),
    KeyCommand("next_problem", _EDITOR, ("f8",), "problem", "Go to the next problem"),
    KeyCommand("undo", _EDITOR, ("ctrl+z",), "undo", "Undo the last change to the text", footer=False),
    KeyCommand("redo", _EDITOR, ("ctrl+y",), "redo", "Redo the last undone change", footer=False),
    KeyCommand("rehearse", _EDITOR, ("ctrl+r",), "rehearse", "Rehearse this text, ten times as fast"),
    KeyCommand("back", _EDITOR, ("escape",), "back", "Go back to the menu; asks about unsaved changes"),
    KeyCommand("pause", _WORKOUT, ("space",), "pause", "Pause or resume"),
    KeyCommand("next", _WORKOUT, ("right", "n"), "next", "Skip to the next phase"),
    KeyCommand("back", _WORKOUT, ("left", "b"), "back", "Restart this phase; in its first 3 s, the previous set"),
    KeyCommand("longer", _WORKOUT, ("plus",), "10 s more", "Make this phase ten seconds longer"),
    KeyCommand("shorter", _WORKOUT, ("minus",), "10 s less", "Make this phase ten seconds shorter"),
    KeyCommand("done", _WORKOUT, ("enter",), "done", "Finish an open-ended set"),
    KeyCommand("count_reps", _WORKOUT, ("0-9",), "reps", "In the rest after a set in reps: type how many you did"),
    KeyCommand("swap", _WORKOUT, ("s", "f2"), "swap", "Choose another progression, or another exercise"),
    KeyCommand("undo_swap", _WORKOUT, ("u", "f5"), "undo swap", "Undo the last swap"),
    KeyCommand("easier", _WORKOUT, ("less_than_sign", "f3"), "easier", "Take the easier progression, for today"),
    KeyCommand("harder", _WORKOUT, ("greater_than_sign", "f4"), "harder", "Take the harder progression, for today"),
    KeyCommand("ouch", _WORKOUT, ("o", "f6"), "ouch", "It hurts: pause, record it, and choose how to continue"),
    KeyCommand("jump", _WORKOUT, ("j", "f7"), "jump", "Jump to a set from the list"),
    KeyCommand("how_to", _WORKOUT, ("i", "f8"), "how to", "Show and say how this exercise is done"),
    KeyCommand("take_up", _WORKOUT, ("f", "f10"), "changed file", "Use the changed file for the rest of the workout"),
    KeyCommand("louder", _WORKOUT, ("up",), "louder", "Turn the sound up"),
    KeyCommand("quieter", _WORKOUT, ("down",), "quieter", "Turn the sound down"),
    KeyCommand("mute", _WORKOUT, ("m", "f9"), "mute", "Mute or unmute all sound"),
    KeyCommand("zoom", _WORKOUT, ("z", "f12"), "digits only", "Show only the phase, its name and the digits"),
    KeyCommand("leave", _WORKOUT, ("q", "escape"), "leave", "Leave the workout, after asking"),
    KeyCommand("choose", _LADDER, ("enter", "space"), "choose", "Take this progression"),
    KeyCommand("narrower", _LADDER, ("left",), "how long", "Apply the change for a shorter time", footer=False),
    KeyCommand("wider", _LADDER, ("right",), "how long", "Apply the change for a longer time"),
    KeyCommand("less", _SETTINGS, ("left",), "less", "Decrease it, or choose the previous value"),
    KeyCommand("more", _SETTINGS, ("right",), "more", "Increase it, or choose the next value"),
    KeyCommand(
        "change", _SETTINGS, ("enter", "space"), "change", "Turn it on or off, take the next value, or type one"
    ),
    KeyCommand("back", _SETTINGS, ("escape", "q"), "back", "Go back; everything is saved already"),
    KeyCommand("back", _SUMMARY, ("enter", "escape", "q"), "to the menu", "Go back to the menu"),
    KeyCommand("again", _SUMMARY, ("a",), "again", "Do the same workout again"),
    KeyCommand("each", _SUMMARY, ("x",), "each one", "Rate each exercise"),
    KeyCommand("ouch", _SUMMARY, ("o",), "ouch", "Mark what hurt"),
    KeyCommand("correct", _SUMMARY, ("c",), "correct", "Correct what you did: reps, times, sets done or skipped"),
    KeyCommand("easy", _SUMMARY, ("e",), "easy", "Rate it easy; press again to clear"),
    KeyCommand("right", _SUMMARY, ("r",), "right", "Rate it right; press again to clear"),
    KeyCommand("hard", _SUMMARY, ("h",), "hard", "Rate it hard; press again to clear"),
    KeyCommand("accept", _SUMMARY, ("y",), "yes", "Accept the suggestion for next time", footer=False),
    KeyCommand("later", _SUMMARY, ("l",), "not yet", "Ask again after two more sessions", footer=False),
    KeyCommand("refuse", _SUMMARY, ("n",), "no", "Change nothing; do not suggest it for a long time", footer=False),
    KeyCommand("open", _HISTORY, ("enter", "space"), "open", "See each set of the workout under the cursor"),
    KeyCommand("filter", _HISTORY, ("slash",), "filter", "Type to filter by routine or exercise"),
    KeyCommand("progress", _HISTORY, ("p",), "progress", "See each exercise over time, and left against right"),
    KeyCommand("calendar", _HISTORY, ("c",), "calendar", "Choose a day in the calendar; enter lists its workouts"),
    KeyCommand("add", _HISTORY, ("a",), "add", "Add a workout that you did elsewhere"),
    KeyCommand("restore", _HISTORY, ("u",), "undo", "Restore the last deleted workout"),
    KeyCommand("delete", _HISTORY, ("d",), "delete", "Delete the workout under the cursor, after asking"),
    KeyCommand("back", _HISTORY, ("escape", "q"), "back", "Clear the filter, or go back to the menu"),
    KeyCommand("easy", _SESSION, ("e",), "easy", "Rate it easy; press again to clear"),
    KeyCommand("right", _SESSION, ("r",), "right", "Rate it right; press again to clear"),
    KeyCommand("hard", _SESSION, ("h",), "hard", "Rate it hard; press again to clear"),
    KeyCommand("each", _SESSION, ("x",), "each one", "Rate each exercise"),
    KeyCommand("ouch", _SESSION, ("o",), "ouch", "Mark what hurt"),
    KeyCommand("correct", _SESSION, ("c",), "correct", "Correct what you did: reps, times, sets done or skipped"),
    KeyCommand("when", _SESSION, ("w",), "when", "Correct its date and time"),
    KeyCommand("merge", _SESSION, ("m",), "merge", "Merge it with the previous workout"),
    KeyCommand("undo", _SESSION, ("u",), "undo", "Undo the last correction"),
    KeyCommand("note", _SESSION, ("n",), "note", "Write a note"),
    KeyCommand("delete", _SESSION, ("d",), "delete", "Delete this workout, after asking"),
    KeyCommand("back", _SESSION, ("escape", "q"), "back", "Go back to the list"),
    KeyCommand("shorter", _PROGRESS, ("left",), "less time", "Show a shorter time"),
    KeyCommand("longer", _PROGRESS, ("right",), "more time", "Show a longer time"),
    KeyCommand("back", _PROGRESS, ("escape", "q"), "back", "Go back to the history"),
    KeyCommand("back", _PAGE, ("escape", "q"), "back", "Go back to where you were"),
    KeyCommand("help", _ALL, ("question_mark", "f1"), "help", "Show every key"),
    KeyCommand("command_palette", _ALL, ("ctrl+p",), "palette", "Find any command by its name"),
    KeyCommand("about", _ALL, (), "about", "Why your glutes get lazy, and what this is"),
    KeyCommand("change_theme", _ALL, (), "theme", "Choose the colours"),
    KeyCommand("quit", _ALL, ("ctrl+q",), "quit", "Leave Gluteus"),
)
"""The table, in the order of the footer and the help."""


def commands(where: Where) -> tuple[KeyCommand, ...]:
    """List the commands of one screen, in the table's order."""
    return tuple(command for command in COMMANDS if command.where is where)


def footer(where: Where) -> tuple[FooterKey, ...]:
    """List the keys that a footer may show, most useful first, those of everywhere last.

    In the editor signs are text, so there the last key of each command counts: `F1` for the help.
    """
    shown = [FooterKey(c.name, c.in_footer, c.words) for c in commands(where) if c.footer]
    for command in commands(_ALL):
        if command.footer and command.keys:
            keys = command.shown.split()[-1] if where is Where.EDITOR else command.in_footer
            shown.append(FooterKey(f"app.{command.name}", keys, command.words))
    return tuple(shown)


def bindings(where: Where) -> list[tuple[str, str, str]]:
    """Return the key bindings of one screen: (keys joined by commas, action, words)."""
    return [(",".join(c.keys), c.name, c.words) for c in commands(where) if c.keys]


def where_of(screen: object) -> Where:
    """Return the part of the table that a screen belongs to, from its WHERE."""
    where = getattr(screen, "WHERE", Where.PAGE)
    return where if isinstance(where, Where) else Where.PAGE
