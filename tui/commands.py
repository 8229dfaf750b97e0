"""Every command of the program, once: what it is called, where it holds, its keys and its words.

Key bindings, the footer, the palette and the help screen are all read from this table. A name is the action of the
screen it belongs to (of the app for `Where.EVERYWHERE`); keys are spelled as the terminal library spells them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Where(StrEnum):
    """Where a command holds, by the title it has in the help."""

    MENU = "In the menu"
    WORKOUT = "In a workout"
    LADDER = "On a ladder"
    SETTINGS = "In the settings"
    SUMMARY = "After a workout"
    HISTORY = "In the history"
    SESSION = "On a past workout"
    PROGRESS = "On an exercise over time"
    PAGE = "On every other page"
    EVERYWHERE = "Everywhere"


class Command(NamedTuple):
    """One command: its action, its keys, one or two words for the footer, a sentence for palette and help."""

    name: str
    where: Where
    keys: tuple[str, ...]
    words: str
    meaning: str
    footer: bool = True

    @property
    def shown(self) -> str:
        """Its keys as a person reads them: `→ n`. Where enter takes something, that space does too goes unsaid."""
        keys = [key for key in self.keys if key != "space" or "enter" not in self.keys]
        return " ".join(SHOWN.get(key, key) for key in keys)


class FootKey(NamedTuple):
    """One key at the foot of a screen: the action that a click runs, the keys as a person reads them, what they do."""

    action: str
    keys: str
    words: str


SHOWN = {
    "right": "→", "left": "←", "up": "↑", "down": "↓", "plus": "+", "minus": "-", "slash": "/", "comma": ",",
    "less_than_sign": "<", "greater_than_sign": ">", "question_mark": "?", "escape": "esc",
}  # fmt: skip
"""Keys whose spelling is not what a person calls them."""

_MENU, _WORKOUT, _LADDER, _SETTINGS = Where.MENU, Where.WORKOUT, Where.LADDER, Where.SETTINGS
_SUMMARY, _HISTORY, _SESSION, _PROGRESS = Where.SUMMARY, Where.HISTORY, Where.SESSION, Where.PROGRESS
_PAGE, _ALL = Where.PAGE, Where.EVERYWHERE

COMMANDS = (
    Command("start", _MENU, ("enter", "space"), "start", "Start the routine under the cursor"),
    Command("filter", _MENU, ("slash",), "filter", "Type to filter the routines"),
    Command("today", _MENU, ("t",), "today", "Say what there is today: things, quiet, time; once more takes it back"),
    Command("progressions", _MENU, ("s",), "progressions", "Choose the progression of each exercise of this routine"),
    Command("edit", _MENU, ("E",), "edit", "Open the routine in your editor"),
    Command("new", _MENU, ("n",), "new", "Write a routine of your own"),
    Command("ladder", _MENU, ("l",), "ladders", "See the ladder of every exercise and where you stand"),
    Command("history", _MENU, ("h",), "history", "See what you did"),
    Command("settings", _MENU, ("comma",), "settings", "Change sound, screen and timing"),
    Command("rehearse", _MENU, ("r",), "rehearse", "Run through it at ten times the speed; nothing is noted down"),
    Command("clear", _MENU, ("escape",), "clear", "Clear the filter, then today, and show all", footer=False),
    Command("leave", _MENU, ("q",), "quit", "Leave Gluteus"),
    Command("pause", _WORKOUT, ("space",), "pause", "Pause, and go on"),
    Command("next", _WORKOUT, ("right", "n"), "next", "End this phase and go on to the next"),
    Command("back", _WORKOUT, ("left", "b"), "back", "Start this phase again; within 3 s, go to the set before"),
    Command("longer", _WORKOUT, ("plus",), "10 s more", "Make this phase ten seconds longer"),
    Command("shorter", _WORKOUT, ("minus",), "10 s less", "Make this phase ten seconds shorter"),
    Command("done", _WORKOUT, ("enter",), "done", "Mark an open set, or a round, as done"),
    Command("swap", _WORKOUT, ("s",), "swap", "Choose another progression, or another exercise"),
    Command("undo_swap", _WORKOUT, ("u",), "undo swap", "Take the last swap back"),
    Command("easier", _WORKOUT, ("less_than_sign",), "easier", "Take the easier progression, for today"),
    Command("harder", _WORKOUT, ("greater_than_sign",), "harder", "Take the harder progression, for today"),
    Command("ouch", _WORKOUT, ("o",), "ouch", "It hurts: pause, note it, and choose how to go on"),
    Command("jump", _WORKOUT, ("j",), "jump", "Pick a set from the list and go there"),
    Command("how_to", _WORKOUT, ("i",), "how to", "Show how this exercise is done"),
    Command("louder", _WORKOUT, ("up",), "louder", "Turn the sound up"),
    Command("quieter", _WORKOUT, ("down",), "quieter", "Turn the sound down"),
    Command("mute", _WORKOUT, ("m",), "mute", "Turn all sound off, and on again"),
    Command("zoom", _WORKOUT, ("z",), "digits only", "Show only the phase, its name and the digits"),
    Command("leave", _WORKOUT, ("q", "escape"), "leave", "Leave the workout; you are asked first"),
    Command("choose", _LADDER, ("enter", "space"), "choose", "Take this progression"),
    Command("narrower", _LADDER, ("left",), "how long", "Change it for a shorter time", footer=False),
    Command("wider", _LADDER, ("right",), "how long", "Change it for a longer time"),
    Command("less", _SETTINGS, ("left",), "less", "Turn it down, or take the value before"),
    Command("more", _SETTINGS, ("right",), "more", "Turn it up, or take the value after"),
    Command("change", _SETTINGS, ("enter", "space"), "change", "Turn it on or off, take the next value, or type one"),
    Command("back", _SETTINGS, ("escape", "q"), "back", "Go back; everything is saved already"),
    Command("back", _SUMMARY, ("enter", "escape", "q"), "to the menu", "Go back to the menu"),
    Command("again", _SUMMARY, ("a",), "again", "Do the same workout again"),
    Command("each", _SUMMARY, ("x",), "each one", "Say how each exercise was"),
    Command("ouch", _SUMMARY, ("o",), "ouch", "Say what hurt, or take it back"),
    Command("easy", _SUMMARY, ("e",), "easy", "Say that it was easy; once more takes it back"),
    Command("right", _SUMMARY, ("r",), "right", "Say that it was right; once more takes it back"),
    Command("hard", _SUMMARY, ("h",), "hard", "Say that it was hard; once more takes it back"),
    Command("accept", _SUMMARY, ("y",), "yes", "Say yes to what is proposed for the next time", footer=False),
    Command("later", _SUMMARY, ("l",), "not yet", "Be asked again after two more sessions", footer=False),
    Command("refuse", _SUMMARY, ("n",), "no", "Leave it as it is; the same is not proposed again", footer=False),
    Command("open", _HISTORY, ("enter", "space"), "look at it", "See each set of the workout under the cursor"),
    Command("filter", _HISTORY, ("slash",), "filter", "Type to see only workouts of a routine or an exercise"),
    Command("progress", _HISTORY, ("p",), "progress", "See each exercise over time, and left against right"),
    Command("delete", _HISTORY, ("d",), "delete", "Delete the workout under the cursor; you are asked first"),
    Command("back", _HISTORY, ("escape", "q"), "back", "Clear the filter; else go back to the menu"),
    Command("easy", _SESSION, ("e",), "easy", "Say that it was easy; once more takes it back"),
    Command("right", _SESSION, ("r",), "right", "Say that it was right; once more takes it back"),
    Command("hard", _SESSION, ("h",), "hard", "Say that it was hard; once more takes it back"),
    Command("each", _SESSION, ("x",), "each one", "Say how each exercise was"),
    Command("ouch", _SESSION, ("o",), "ouch", "Say what hurt, or take it back"),
    Command("note", _SESSION, ("n",), "note", "Write a line about it"),
    Command("delete", _SESSION, ("d",), "delete", "Delete this workout; you are asked first"),
    Command("back", _SESSION, ("escape", "q"), "back", "Go back to the list"),
    Command("shorter", _PROGRESS, ("left",), "less time", "Show a shorter time"),
    Command("longer", _PROGRESS, ("right",), "more time", "Show a longer time"),
    Command("back", _PROGRESS, ("escape", "q"), "back", "Go back to the history"),
    Command("back", _PAGE, ("escape", "q"), "back", "Go back to where you were"),
    Command("help", _ALL, ("question_mark",), "help", "Show every key"),
    Command("command_palette", _ALL, ("ctrl+p",), "palette", "Find any command by its name"),
    Command("about", _ALL, (), "about", "Why your glutes fall asleep, and what this is"),
    Command("change_theme", _ALL, (), "theme", "Choose the colours"),
    Command("quit", _ALL, ("ctrl+q",), "quit", "Leave Gluteus"),
)
"""The table, in the order of the footer and the help."""


def commands(where: Where) -> tuple[Command, ...]:
    """The commands of one place, in the table's order."""
    return tuple(command for command in COMMANDS if command.where is where)


def footer(where: Where) -> tuple[FootKey, ...]:
    """What the foot of a screen may show, most useful first; those of everywhere come last."""
    here = [FootKey(c.name, c.shown, c.words) for c in commands(where) if c.footer]
    return (*here, *(FootKey(f"app.{c.name}", c.shown, c.words) for c in commands(_ALL) if c.footer and c.keys))


def bindings(where: Where) -> list[tuple[str, str, str]]:
    """The key bindings of one place: (keys joined by commas, action, words)."""
    return [(",".join(c.keys), c.name, c.words) for c in commands(where) if c.keys]
