"""The format as one table of fields: what each key holds, its range, its default, its meaning.

The reader, its messages and the JSON Schema all come from these tables; nothing else knows a key by its type or range.
The settings are a table of the same kind (`tui.files.settings`), read by the same reader.
Plain classes, and no dataclasses: these are made each time any command starts.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.routine.model import JOINTS, Beat, Effort, Mode, Place, Posture, Sides, StepBack, Transitions, View
from tui.routine.values import (
    Beats,
    Choice,
    Count,
    Duration,
    Flag,
    Kind,
    More,
    Number,
    Pair,
    Preferred,
    SidedText,
    Text,
    Version,
    Whole,
)

FORMAT = 1
"""The version of the format that is read."""

MOST_SETS = 500
"""The sets of one routine file."""

MOST_TITLE = 80
"""The characters of a title, or of any other name that is shown."""

LIMBS = ("trunk", "thigh", "shank", "foot", "arm", "head", "far_thigh", "far_shank", "far_foot", "far_arm")
"""The limbs of a figure that `works` can name."""

HOUR_S = 3600.0

MOST_REPS = 999
"""The most repetitions of a set."""

MOST_ROUNDS = 99
"""The most rounds of a block."""
ID = Text(60)


class Many:
    """A list."""

    def __init__(self, item: Kind | Table | Short, most: int, least: int = 0) -> None:
        """From `least` to `most` of `item`."""
        self.item = item
        self.most = most
        self.least = least


class ById:
    """A table of tables: each key is an id of the file's own choosing."""

    def __init__(self, item: Table, most: int) -> None:
        """At most `most` of `item`."""
        self.item = item
        self.most = most


class Short:
    """A table that may be written as nothing but one of its values: `"Breathe"` for `{ say = "Breathe" }`."""

    def __init__(self, table: Table, key: str) -> None:
        """`key` is the one whose value may stand for the whole of `table`."""
        self.table = table
        self.key = key


class Field:
    """One key of a table; `name` is what messages call it."""

    def __init__(
        self,
        key: str,
        holds: Kind | Many | ById | Table,
        meaning: str,
        default: object = None,
        *,
        modes: tuple[Mode, ...] = (),
        must: str = "",
    ) -> None:
        """A key, what it holds, what it means.

        `default` is what holds where the key is left out (None: nothing, or what a farther table says).
        `modes` are the block modes that the key belongs to (empty: all of them).
        `must` shows how to write a key that has to be there, in each of its modes; it is empty for every other key.
        """
        self.key = self.name = key
        self.holds = holds
        self.meaning = meaning
        self.default = default
        self.modes = modes
        self.must = must


class Table:
    """One kind of table of the format: its fields by key."""

    def __init__(
        self,
        name: str,
        *fields: Field,
        rivals: tuple[str, ...] = (),
        one_of: tuple[str, ...] = (),
        one_must: str = "",
    ) -> None:
        """`name` is what messages call it. Of the `rivals` only one may be there.

        Of the keys `one_of` one at least has to be there, and `one_must` shows how to write it.
        """
        self.name = name
        self.fields = {field.key: field for field in fields}
        self.rivals = rivals
        self.one_of = one_of
        self.one_must = one_must


def _texts(length: int, most: int) -> Many:
    """A list of short texts."""
    return Many(Text(length), most)


_PREPARE = Duration(0, HOUR_S)

DOSE = (
    Field("work", Duration(1, 2 * HOUR_S), 'How long the set lasts; with sides = "each", on each side'),
    Field("reps", Count(1, MOST_REPS), 'Repetitions in place of a time: 12, "8-12" or "max"'),
    Field("tempo", Beats(60), 'Seconds of lift-hold-lower of one repetition, "2-1-3"; a fourth number is a pause'),
    Field("sides", Choice(Sides), "both; each: left, then right; alternate: they change with each repetition"),
    Field("rest", Duration(0, HOUR_S), "The rest after a set, 0 where no table says; never after the last of all"),
    Field("switch", Duration(0, HOUR_S), "The time to change sides, 5 s where no table says"),
)
"""The keys that say how much of a set is done: any table between the defaults and a progression may hold them."""

CUE = Table(
    "a cue",
    Field("say", SidedText(160), "What is shown and said", must='say = "Squeeze"'),
    Field("on", Choice(Beat), "The beat of the rep that it belongs to; any, if left out"),
)

WORDS = (
    Field("say", Text(120), "How the voice says it"),
    Field("cues", Many(Short(CUE, "say"), 30), "Short form cues, shown and spoken during the set; on = a beat"),
    Field("caution", SidedText(300, blank=True), "What to take care of, shown first"),
    Field("caution_short", SidedText(80, strict=True), "The caution in one short thought, where there is little room"),
    Field("figure", ID, "The name of the figure to show"),
)
"""The keys that say what is shown and spoken during a set."""

_PLACE = Field("place", Choice(Place), "Where it is done: the seconds to get there depend on it")
_SIDE_MEANS = Field(
    "side_means",
    SidedText(60, strict=True),
    'What the leg of the side that is named does: "pushes" is said "Left leg pushes"; or a sentence with {side} in it',
)

IN_SET = Table("a set's progressions", *DOSE, *WORDS, rivals=("work", "reps"))

SET = Table(
    "a set",
    Field("exercise", ID, "The id of an exercise, of the library or this file", must='exercise = "reverse-bridge"'),
    Field("progression", ID, "The progression to do here, unless another is asked for"),
    Field("prepare", _PREPARE, "Time to get ready before this set"),
    *DOSE,
    *WORDS,
    Field("progressions", ById(IN_SET, 30), "What a progression does differently in this set, by its id"),
    rivals=("work", "reps"),
)

SETS = Many(SET, MOST_SETS, least=1)

BLOCK = Table(
    "a block",
    Field("name", Text(MOST_TITLE, blank=True), "What the block is called"),
    Field("mode", Choice(Mode), "How the sets are ordered and clocked", Mode.STRAIGHT),
    Field(
        "rounds",
        Whole(1, MOST_ROUNDS),
        "How often the sets are done",
        1,
        modes=(Mode.STRAIGHT, Mode.CIRCUIT, Mode.EMOM),
    ),
    Field("round_rest", Duration(0, HOUR_S), "The rest between two rounds of a circuit", modes=(Mode.CIRCUIT,)),
    Field("every", Duration(1, HOUR_S), "The interval of an emom", modes=(Mode.EMOM,), must='every = "1m"'),
    Field("cap", Duration(1, 2 * HOUR_S), "The time limit of an amrap", modes=(Mode.AMRAP,), must='cap = "10m"'),
    Field("prepare", _PREPARE, "Time to get ready before this block"),
    *DOSE,
    Field("sets", SETS, "The sets of the block, in order", must="[[blocks.sets]]"),
    rivals=("work", "reps"),
)

DEFAULTS = Table(
    "[defaults]",
    Field("prepare", _PREPARE, "Time to get ready before the first set of all", 5),
    *DOSE,
    rivals=("work", "reps"),
)

_HERE = (
    Field("needs", _texts(40, 20), "What has to be there for it, but for its place: mat, cushion"),
    Field("loud", Flag(), "Whether it can be heard next door, like a jump"),
)
"""The keys that say what somebody must have, or must not mind, to do it."""

MOVE_ON = Table(
    "move_on",
    Field("sessions", Whole(1, 99), "Sessions done in full before the next one is proposed", must="sessions = 3"),
    Field("work", Duration(1, 2 * HOUR_S), "They count from so many seconds on in each set, on each side"),
    Field("reps", Whole(1, MOST_REPS), "They count from so many repetitions on in each set, on each side"),
    Field("effort", Choice((Effort.EASY, Effort.RIGHT)), "They count where they were no harder", Effort.RIGHT),
    rivals=("work", "reps"),
)

STEP_BACK = Table(
    "step_back",
    Field(
        "sessions",
        Whole(1, 99),
        "Sessions in a row that were hard or not done in full before an easier progression is proposed",
        StepBack().sessions,
    ),
    Field("days", Whole(2, 999), "Days without the exercise before an easier one is proposed", StepBack().days),
)

GROW = Table(
    "grow",
    Field("work", More(1, HOUR_S), 'By how much the set grows: "+5s"'),
    Field("reps", More(1, 99), 'By how many repetitions it grows: "+1"'),
    Field("rounds", More(1, 9), 'By how many rounds a block of this exercise alone grows: "+1"'),
    Field("up_to", Duration(1, 2 * HOUR_S), "What it never grows past: seconds, or a number", must='up_to = "60s"'),
    Field("every", Whole(1, 99), "After how many sessions done in full it grows", 2),
    rivals=("work", "reps", "rounds"),
    one_of=("work", "reps", "rounds"),
    one_must='work = "+5s"',
)

PROGRESSION = Table(
    "a progression",
    Field("id", ID, "The name that routines and the command line use", must='id = "single-leg"'),
    Field("name", Text(MOST_TITLE), "What is shown; the id in words if left out"),
    *DOSE,
    *WORDS,
    Field("position", Choice(Posture), "How the body is while it is done, where that differs from the exercise's"),
    _PLACE,
    Field("steps", Many(SidedText(400, strict=True), 30), "How this one is done, in place of the exercise's steps"),
    Field("fix", SidedText(400, strict=True), "What to do when something feels wrong in this one"),
    _SIDE_MEANS,
    *_HERE,
    Field("move_on", MOVE_ON, "The standard to reach before the next progression is proposed"),
    Field("step_back", STEP_BACK, "When the progression before is proposed"),
    Field("grow", GROW, "How the dose grows within this progression"),
    rivals=("work", "reps"),
)

_POINT = Pair(-1, 2)

FRAME = Table(
    "a frame",
    Field("at", Number(0, 1), "Its place in the movement, 0 to 1; evenly spaced if left out"),
    *(Field(joint, _POINT, f"[x, y] of the {joint.replace('_', ' ')}; the floor is at y = 0") for joint in JOINTS),
)

SUPPORT = Table(
    "a support",
    Field("x", Number(-1, 2), "Its left edge", must="x = 0"),
    Field("y", Number(-1, 2), "Its lower edge", must="y = 0"),
    Field("width", Number(0.001, 3), "How wide it is", must="width = 0.2"),
    Field("height", Number(0.001, 3), "How high it is", must="height = 0.3"),
)

ARROW = Table(
    "an arrow",
    Field("from", _POINT, "[x, y] where it begins", must="from = [0.2, 0.6]"),
    Field("to", _POINT, "[x, y] of its tip", must="to = [0.5, 0.6]"),
)

FOOTPRINT = Table(
    "a footprint",
    Field("at", _POINT, "[x, y] of its middle, in a free corner of the picture", must="at = [0.2, 0.6]"),
    Field("turn", Number(-180, 180), "Degrees to the right; 0 points up", 0),
    Field("works", Flag(), "Whether it is the foot of the working leg, in the colour of the phase", False),
)

FIGURE = Table(
    "a figure",
    Field("like", ID, "A figure of this exercise to start from; frames given here overlay its own in order"),
    Field("loop", Flag(), "Whether the frames play round and round, in place of up and back", False),
    Field("works", Many(Choice(LIMBS), len(LIMBS)), "The limbs at work, in the colour of the phase", ["thigh"]),
    Field("view", Choice(View), "side, or front: shoulders and hips side by side, no limb behind", View.SIDE),
    Field("supports", Many(SUPPORT, 12), "Boxes that the body rests on or holds"),
    Field("arrows", Many(ARROW, 8), "Which way the body goes, where its movement alone does not tell"),
    Field("footprints", Many(FOOTPRINT, 8), "The feet from above, where the side view hides how they stand"),
    Field("dots", Many(_POINT, 12), "[x, y] of dots beside the body, one for each second to hold"),
    Field("eyes_closed", Flag(), "Whether the eyes are closed, shown by a band over them", False),
    Field("frames", Many(FRAME, 24, least=1), "The poses of the movement; missing joints stay where they were"),
    one_of=("frames", "like"),
    one_must="frames = [{ head = [0.1, 0.2], … }]",
)

EXERCISE = Table(
    "an exercise",
    Field("name", Text(MOST_TITLE), "What is shown; the id in words if left out"),
    Field("say", Text(120), "How the voice says the name"),
    Field("muscles", _texts(MOST_TITLE, 20), "The muscles that work"),
    Field("position", Preferred(Posture, MOST_TITLE), "How the body is: the seconds to get there depend on it"),
    _PLACE,
    Field("steps", Many(SidedText(400), 30), "How it is done, step by step; {side} and {other} name the sides"),
    *(row for row in WORDS if row.key != "say"),
    Field("fix", SidedText(400, blank=True), "What to do when something feels wrong"),
    _SIDE_MEANS,
    *_HERE,
    Field("sources", _texts(400, 30), "Where the facts come from"),
    *DOSE,
    Field("progressions", Many(PROGRESSION, 30), "The ladder, easiest first"),
    Field("figures", ById(FIGURE, 60), "The moving figures, by name"),
    rivals=("work", "reps"),
)

ROUTINE = Table(
    "a routine",
    Field("format", Version(FORMAT), "The version of the format", must=f"format = {FORMAT}"),
    Field("title", Text(MOST_TITLE), "What the menu shows; the file's name in words if left out"),
    Field("summary", Text(300, blank=True), "One line about it"),
    Field("tags", _texts(40, 20), "Words to find it by"),
    Field("needs", _texts(MOST_TITLE, 20), "What you need for it"),
    Field(
        "transitions",
        Choice(Transitions),
        "planned: seconds to change position or place are added; as-written: no more than this file says",
        Transitions.PLANNED,
    ),
    Field("defaults", DEFAULTS, "What holds for every set that says nothing else"),
    Field("blocks", Many(BLOCK, MOST_SETS, least=1), "Groups of sets, in order"),
    Field("sets", SETS, "The sets, where there is only one straight block"),
    Field("exercises", ById(EXERCISE, 100), "Exercises of this file's own; they shadow the library's"),
    rivals=("blocks", "sets"),
    one_of=("blocks", "sets"),
    one_must='[[sets]] with exercise = "reverse-bridge"',
)


def tables_of(root: Table) -> tuple[Table, ...]:
    """Every table that can stand in a file whose top is `root`, that one first."""
    found: dict[int, Table] = {}
    waiting = [root]
    while waiting:
        table = waiting.pop(0)
        if id(table) not in found:
            found[id(table)] = table
            for row in table.fields.values():
                inner = row.holds.item if isinstance(row.holds, Many | ById) else row.holds
                inner = inner.table if isinstance(inner, Short) else inner
                waiting += [inner] if isinstance(inner, Table) else []
    return tuple(found.values())


def fits(holds: Kind | Many | ById | Table, value: object) -> bool:
    """Whether `value` is a table where a table is wanted, a list where a list is, and neither anywhere else."""
    if isinstance(holds, Table | ById):
        return isinstance(value, Mapping)
    return isinstance(value, list) if isinstance(holds, Many | Pair) else not isinstance(value, list | Mapping)
