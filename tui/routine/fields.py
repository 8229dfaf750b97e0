"""The file format as one table of fields: kind, range, default and meaning of each key.

The reader, its messages, the JSON Schema and the docs come from these tables.
"""

from __future__ import annotations

from tui.routine.declarations import ById, Field, Many, Short, Table
from tui.routine.model import FIT_CATEGORIES, Effort, Mode, Place, Posture, Sides, StepBack, Transitions
from tui.routine.movement import JOINTS, Beat, View
from tui.routine.values import (
    Beats,
    Choice,
    Duration,
    Flag,
    LadderPlace,
    More,
    Number,
    Pair,
    Preferred,
    RepCount,
    SidedText,
    Text,
    Version,
    Whole,
)

FORMAT = 1
"""The version of the format that is read."""

MOST_SETS = 500
"""The most sets of one routine file."""

MOST_TITLE = 80
"""The most characters of a title, or of any other name that is shown."""

LIMBS = ("trunk", "thigh", "shank", "foot", "arm", "head", "far_thigh", "far_shank", "far_foot", "far_arm")
"""The limbs of a figure that `works` can name."""

HOUR_S = 3600.0

MOST_REPS = 999
"""The most repetitions of a set."""

MOST_ROUNDS = 99
"""The most rounds of a block."""
ID = Text(60)


def _texts(length: int, most: int) -> Many:
    return Many(Text(length), most)


_PREPARE = Duration(0, HOUR_S)

DOSE = (
    Field("work", Duration(1, 2 * HOUR_S), 'How long the set lasts; if sides = "each", on each side'),
    Field("reps", RepCount(1, MOST_REPS), 'Repetitions instead of a time: 12, "8-12" or "max"'),
    Field("tempo", Beats(), 'Seconds to lift, hold and lower in one repetition, "2-1-3"; a fourth number is a pause'),
    Field(
        "sides",
        Choice(Sides),
        "both; each: left, then right; right-first; left or right: only this one; "
        "alternate: the side changes with each repetition",
    ),
    Field("rest", Duration(0, HOUR_S), "The rest after a set, 0 by default; never after the last set of all"),
    Field("switch", Duration(0, HOUR_S), "The time to change sides, 5 s by default"),
)
"""The keys of a dose, allowed in every table from the defaults to a progression."""

CUE = Table(
    "a cue",
    Field("say", SidedText(160), "What is shown and said", must='say = "Squeeze"'),
    Field("or", Many(SidedText(160), 5), "Alternative wordings; workouts use them in turn"),
    Field("on", Choice(Beat), "The beat of the rep on which it is spoken; any by default"),
)

WORDS = (
    Field("say", Text(120), "How the voice says it"),
    Field("cues", Many(Short(CUE, "say"), 30), "Short cues on form, shown and spoken during the set; on = a beat"),
    Field("caution", SidedText(300, blank=True), "What to take care of, shown first"),
    Field(
        "caution_short", SidedText(80, strict=True), "A short form of the caution, for small windows and short rests"
    ),
    Field("figure", ID, "The name of the figure to show"),
    Field("weight", Text(40), 'The weight or band, such as "12 kg": shown, spoken, and kept in the history'),
)
"""The keys for texts and words during a set."""

_PLACE = Field("place", Choice(Place), "Where it is done; sets the time to get there")
_MORE_WORDS = (
    Field(
        "side_means",
        SidedText(60, strict=True),
        'What the named leg does: "pushes" is spoken as "Left leg pushes"; or a sentence with {side}',
    ),
    Field(
        "switch_say",
        SidedText(80, strict=True),
        'What is said first when the sides change, and before the first side again: "Turn round."',
    ),
    Field("fix_short", SidedText(80, strict=True), "A short form of the fix, for the beat of a rep"),
    Field("way_out", SidedText(80, strict=True), 'How to make it easier within the set: "Too much? Other foot down."'),
)
"""The keys of an exercise and its progressions that are spoken around a set."""

IN_SET = Table("a set's progressions", *DOSE, *WORDS, rivals=("work", "reps"))

SET = Table(
    "a set",
    Field("exercise", ID, "The id of an exercise from the library or this file"),
    Field("name", ID, "A plain name instead, such as Squat: an exercise without a ladder"),
    Field("progression", ID, "The progression in this set, unless the user asks for another"),
    Field("pinned", Flag(), "Whether only a swap of this very set changes its progression", False),
    Field("prepare", _PREPARE, "Time to get ready before this set"),
    *DOSE,
    *WORDS,
    Field("progressions", ById(IN_SET, 30), "Changes for a progression in this set, by its id"),
    rivals=("work", "reps"),
    one_of=("exercise", "name"),
    one_must='exercise = "reverse-bridge", or name = "Squat"',
    only_one=True,
)

SETS = Many(SET, MOST_SETS, least=1)

BLOCK = Table(
    "a block",
    Field("name", Text(MOST_TITLE, blank=True), "What the block is called"),
    Field("mode", Choice(Mode), "How the sets are ordered and clocked", Mode.STRAIGHT),
    Field(
        "rounds",
        Whole(1, MOST_ROUNDS),
        "How many times the sets are done",
        1,
        modes=(Mode.STRAIGHT, Mode.CIRCUIT, Mode.EMOM),
    ),
    Field("round_rest", Duration(0, HOUR_S), "The rest between two rounds of a circuit", modes=(Mode.CIRCUIT,)),
    Field("every", Duration(1, HOUR_S), "The interval of an emom", modes=(Mode.EMOM,), must='every = "1m"'),
    Field("together", Flag(), "Whether all sets are done within one interval of an emom", False, modes=(Mode.EMOM,)),
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
    Field("needs", _texts(40, 20), "Kit beyond its place: mat, cushion"),
    Field("loud", Flag(), "Whether the neighbours hear it, for instance a jump"),
)
"""The keys for today's limits: kit and noise."""

MOVE_ON = Table(
    "move_on",
    Field(
        "sessions", Whole(1, 99), "Sessions done in full before the next progression is suggested", must="sessions = 3"
    ),
    Field("work", Duration(1, 2 * HOUR_S), "Seconds of each set, on each side, from which a session counts"),
    Field("reps", Whole(1, MOST_REPS), "Repetitions of each set, on each side, from which a session counts"),
    Field(
        "effort", Choice((Effort.EASY, Effort.RIGHT)), "The hardest rating with which a session counts", Effort.RIGHT
    ),
    Field(
        "unless",
        LadderPlace(),
        'Not while another exercise is still on the first of its ladder, "sit-to-stand=hands-help"',
    ),
    rivals=("work", "reps"),
)

STEP_BACK = Table(
    "step_back",
    Field(
        "sessions",
        Whole(1, 99),
        "Sessions in a row, hard or not done in full, before an easier progression is suggested",
        StepBack().sessions,
    ),
    Field(
        "days", Whole(2, 999), "Days without the exercise before an easier progression is suggested", StepBack().days
    ),
)

GROW = Table(
    "grow",
    Field("work", More(1, HOUR_S), 'Seconds added to the set: "+5s"'),
    Field("reps", More(1, 99), 'Repetitions added: "+1"'),
    Field("rounds", More(1, 9), 'Rounds added to a block with only this exercise: "+1"'),
    Field("up_to", Duration(1, 2 * HOUR_S), "The limit of the growth: seconds, or a number", must='up_to = "60s"'),
    Field("every", Whole(1, 99), "The number of full sessions before each step", 2),
    one_of=("work", "reps", "rounds"),
    one_must='work = "+5s"',
    only_one=True,
)

PROGRESSION = Table(
    "a progression",
    Field("id", ID, "The name that routines and the command line use", must='id = "single-leg"'),
    Field("name", Text(MOST_TITLE), "What is shown; by default the id in words"),
    *DOSE,
    *WORDS,
    Field("position", Choice(Posture), "The starting position, if it differs from the exercise's"),
    _PLACE,
    Field(
        "steps", Many(SidedText(400, strict=True), 30), "How this progression is done, instead of the exercise's steps"
    ),
    Field("fix", SidedText(400, strict=True), "What to do if something feels wrong in this progression"),
    *_MORE_WORDS,
    *_HERE,
    Field("move_on", MOVE_ON, "The standard to reach before the next progression is suggested"),
    Field("step_back", STEP_BACK, "When the progression before is suggested"),
    Field("grow", GROW, "How the dose grows within this progression"),
    rivals=("work", "reps"),
)

_POINT = Pair(-1, 2)

FRAME = Table(
    "a frame",
    Field("at", Number(0, 1), "Its time in the movement, 0 to 1; evenly spaced by default"),
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
    Field("turn", Number(-180, 180), "Degrees clockwise; 0 points up", 0),
    Field("works", Flag(), "Whether it is the foot of the working leg, in the colour of the phase", False),
)

FIGURE = Table(
    "a figure",
    Field("like", ID, "A figure of this exercise to start from; frames given here overlay its own in order"),
    Field("loop", Flag(), "Whether the frames play round and round instead of back and forth", False),
    Field("works", Many(Choice(LIMBS), len(LIMBS)), "The limbs at work, in the colour of the phase", ["thigh"]),
    Field(
        "view",
        Choice(View),
        "side, or front: shoulders and hips side by side, no limb behind; above: as front, without a floor",
        View.SIDE,
    ),
    Field("supports", Many(SUPPORT, 12), "Boxes that the body rests on or holds"),
    Field("arrows", Many(ARROW, 8), "Directions of a movement that the poses alone do not show"),
    Field("footprints", Many(FOOTPRINT, 8), "The feet from above, if the side view hides their position"),
    Field("dots", Many(_POINT, 12), "[x, y] of a dot beside the body for each second to hold"),
    Field("eyes_closed", Flag(), "Whether the eyes are closed, shown by a band over them", False),
    Field("frames", Many(FRAME, 24, least=1), "The poses of the movement; a joint that is left out stays in place"),
    one_of=("frames", "like"),
    one_must="frames = [{ head = [0.1, 0.2], … }]",
)

EXERCISE = Table(
    "an exercise",
    Field("name", Text(MOST_TITLE), "What is shown; by default the id in words"),
    Field("say", Text(120), "How the voice says the name"),
    Field("muscles", _texts(MOST_TITLE, 20), "The muscles that work"),
    Field("fit", Choice(FIT_CATEGORIES), "Its category in the FIT files of `gluteus history --fit`"),
    Field("position", Preferred(Posture, MOST_TITLE), "The starting position; sets the time to get there"),
    _PLACE,
    Field("steps", Many(SidedText(400), 30), "How it is done, step by step; {side} and {other} become left and right"),
    *(row for row in WORDS if row.key != "say"),
    Field("fix", SidedText(400, blank=True), "What to do if something feels wrong"),
    *_MORE_WORDS,
    *_HERE,
    Field("sources", _texts(400, 30), "Sources: studies and books"),
    *DOSE,
    Field("progressions", Many(PROGRESSION, 30), "The ladder, easiest first"),
    Field("figures", ById(FIGURE, 60), "The moving figures, by name"),
    rivals=("work", "reps"),
)

ROUTINE = Table(
    "a routine",
    Field("format", Version(FORMAT), "The version of the format", must=f"format = {FORMAT}"),
    Field("title", Text(MOST_TITLE), "What the menu shows; by default the file's name in words"),
    Field("summary", Text(300, blank=True), "One line about it"),
    Field("tags", _texts(40, 20), "Words for the filter; desk, kettle, floor and gym are the menu's groups"),
    Field("needs", _texts(MOST_TITLE, 20), "Kit: mat, cushion, chair"),
    Field(
        "transitions",
        Choice(Transitions),
        "planned: time to change position or place is added; as-written: only what this file says",
        Transitions.PLANNED,
    ),
    Field("quiet", Flag(), "Whether it starts muted, for a room with others in it", False),
    Field("defaults", DEFAULTS, "Defaults for every set"),
    Field("blocks", Many(BLOCK, MOST_SETS, least=1), "Groups of sets, in order"),
    Field("sets", SETS, "The sets of a routine with one straight block"),
    Field("exercises", ById(EXERCISE, 100), "Exercises of this file; they override the library's"),
    one_of=("blocks", "sets"),
    one_must='[[sets]] with exercise = "reverse-bridge"',
    only_one=True,
)
