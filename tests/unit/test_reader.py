"""The reader builds a Routine and its Exercises from a file."""

import tomllib

from tests.for_each import for_each
from tui.routine.model import (
    Effort,
    Exercise,
    FormCue,
    Grow,
    Layer,
    Measure,
    Mode,
    MoveOn,
    Posture,
    Progression,
    Reps,
    Routine,
    Sides,
    StepBack,
    Work,
)
from tui.routine.movement import Tempo
from tui.routine.reader import read_exercise, read_routine
from tui.routine.resolve import resolve

BRIDGE = """
muscles  = ["gluteus maximus", "hamstrings"]
say      = "reverse bridge"
position = "supine"
steps    = ["Lie on your back.", "Lift."]
cues     = ["Squeeze", "[/b] [@click=app.quit] as it stands"]
caution  = "Not into an arch."
fix      = "Cramp? Feet closer."
sources  = ["A paper"]
tempo    = "2-1-3"

[[progressions]]
id       = "two-legs"
work     = "40s"
say      = "both legs"
move_on  = { sessions = 3 }

[[progressions]]
id       = "single-leg"
name     = "On one leg"
sides    = "each"
reps     = "8-12"
tempo    = "2-1-3-0.5"
cues     = []
"""

LADDER = """
format  = 1
title   = "Bridge ladder"
summary = "From two legs to one."
tags    = ["floor"]
needs   = ["mat"]

[defaults]
prepare = "10s"
rest    = "20s"
switch  = 7.5

[[blocks]]
name       = "Bridges"
mode       = "circuit"
rounds     = 3
round_rest = "45s"
prepare    = "1:00"
tempo      = "1-1-1"

[[blocks.sets]]
exercise    = "reverse-bridge"
progression = "two-legs"
work        = "40s"
progressions.single-leg.work = "20s"

[[blocks.sets]]
exercise = "adductor-stretch"
reps     = "max"
sides    = "alternate"
say      = "Let it go"
prepare  = 3

[exercises.adductor-stretch]
"""


def bridge() -> Exercise:
    exercise, problems = read_exercise(tomllib.loads(BRIDGE), "reverse-bridge")
    assert exercise is not None, problems
    return exercise


def routine(text: str, *library: Exercise) -> Routine:
    read, problems = read_routine(tomllib.loads(text), "bridge-ladder", {each.id: each for each in library})
    assert problems == ()
    assert read is not None
    return read


def set_of(line: str) -> Layer:
    return routine(f'format = 1\n[[sets]]\nexercise = "x"\n{line}\n[exercises.x]').blocks[0].sets[0].own


def test_an_exercise_holds_all_that_its_file_says() -> None:
    exercise = bridge()
    assert (exercise.id, exercise.name, exercise.say) == ("reverse-bridge", "Reverse bridge", "reverse bridge")
    assert exercise.muscles == ("gluteus maximus", "hamstrings")
    assert exercise.sources == ("A paper",)
    assert exercise.own == Layer(
        tempo=Tempo(2, 1, 3),
        cues=(FormCue("Squeeze"), FormCue("[/b] [@click=app.quit] as it stands")),
        caution="Not into an arch.",
        position=Posture.SUPINE,
        steps=("Lie on your back.", "Lift."),
        fix="Cramp? Feet closer.",
    )


def test_each_progression_has_its_own_dose_words_and_standard() -> None:
    two_legs, single_leg = bridge().progressions
    assert two_legs == Progression(
        id="two-legs", name="Two legs", own=Layer(dose=Work(40), say="both legs"), move_on=MoveOn(3)
    )
    assert single_leg == Progression(
        id="single-leg",
        name="On one leg",
        own=Layer(dose=Reps(8, 12), sides=Sides.EACH, tempo=Tempo(2, 1, 3, 0.5), cues=()),
    )


def test_a_routine_holds_all_that_its_file_says() -> None:
    read = routine(LADDER, bridge())
    assert (read.id, read.title, read.summary) == ("bridge-ladder", "Bridge ladder", "From two legs to one.")
    assert (read.tags, read.needs, read.prepare_s) == (("floor",), ("mat",), 10)
    assert read.defaults == Layer(rest_s=20, switch_s=7.5)
    (block,) = read.blocks
    assert (block.name, block.mode, block.rounds, block.round_rest_s) == ("Bridges", Mode.CIRCUIT, 3, 45)
    assert (block.prepare_s, block.own, block.path) == (60, Layer(tempo=Tempo(1, 1, 1)), ("blocks", 0))
    first, second = block.sets
    assert (first.exercise, first.progression, first.own) == ("reverse-bridge", "two-legs", Layer(dose=Work(40)))
    assert first.by_progression == {"single-leg": Layer(dose=Work(20))}
    assert first.path == ("blocks", 0, "sets", 0)
    assert second.own == Layer(dose=Reps(), sides=Sides.ALTERNATE, say="Let it go")
    assert second.prepare_s == 3


def test_a_routine_carries_the_exercises_that_it_uses_and_no_others() -> None:
    spare = Exercise(id="spare", name="Spare")
    read = routine(LADDER + "[exercises.unused]\n", bridge(), spare)
    assert list(read.exercises) == ["reverse-bridge", "adductor-stretch"]
    assert read.exercises["adductor-stretch"].name == "Adductor stretch"


def test_an_exercise_of_the_file_shadows_the_library() -> None:
    text = 'format = 1\n[[sets]]\nexercise = "reverse-bridge"\nprogression = "mine"\n'
    text += '[[exercises.reverse-bridge.progressions]]\nid = "mine"\n'
    assert routine(text, bridge()).exercises["reverse-bridge"].progressions[0].name == "Mine"


def test_sets_at_the_top_are_one_straight_block() -> None:
    (block,) = routine('format = 1\n[[sets]]\nexercise = "a"\n[[sets]]\nexercise = "a"\n[exercises.a]').blocks
    assert (block.mode, block.rounds) == (Mode.STRAIGHT, 1)
    assert [each.path for each in block.sets] == [("sets", 0), ("sets", 1)]


def test_a_routine_without_a_title_is_called_by_its_file() -> None:
    text = 'format = 1\n[[sets]]\nexercise = "a"\n[exercises.a]'
    assert routine(text).title == "Bridge ladder"
    long, _ = read_routine(tomllib.loads(text), "a-\x1b" * 100, {})
    assert long is not None
    assert (long.title[:5], len(long.title)) == ("A \ufffda ", 80)


@for_each(
    ("line", "dose"),
    [
        ("reps = 12", Reps(12, 12)),
        ('reps = "8-12"', Reps(8, 12)),
        ('reps = "max"', Reps()),
        ("reps = 999", Reps(999, 999)),
        ("work = 1", Work(1)),
        ('work = "2h"', Work(7200)),
    ],
)
def test_a_dose_is_a_time_or_a_count(line: str, dose: object) -> None:
    assert set_of(line).dose == dose


@for_each(
    ("mode", "lines"),
    [("emom", 'every = "1m"\nrounds = 10'), ("amrap", 'cap = "10m"'), ("circuit", "round_rest = 0"), ("straight", "")],
)
def test_each_mode_takes_its_own_keys(mode: str, lines: str) -> None:
    text = f'format = 1\n[[blocks]]\nmode = "{mode}"\n{lines}\nsets = [{{ exercise = "a" }}]\n[exercises.a]'
    (block,) = routine(text).blocks
    clocked = {Mode.EMOM: block.every_s == 60, Mode.AMRAP: block.cap_s == 600, Mode.CIRCUIT: block.round_rest_s == 0}
    assert block.mode == mode
    assert clocked.get(block.mode, block.every_s is block.cap_s is None)


def test_the_nearer_table_wins_whichever_dose_it_has() -> None:
    read = routine(LADDER, bridge())
    (block,) = read.blocks
    first, second = block.sets
    ladder = read.exercises["reverse-bridge"].progressions
    plans = [resolve(read, block, first, progression) for progression in ladder]
    assert [plan.dose for plan in plans] == [Work(40), Work(20)]
    assert [plan.tempo for plan in plans] == [Tempo(1, 1, 1)] * 2  # the block's, not the ladder's
    stretch = resolve(read, block, second, None)
    assert (stretch.dose, stretch.tempo, stretch.rest_s, stretch.switch_s) == (Reps(), Tempo(1, 1, 1), 20, 7.5)


def test_a_ladder_keeps_the_order_of_the_file() -> None:
    text = "".join(f'[[progressions]]\nid = "progression-{n}"\n' for n in (3, 1, 2))
    exercise, _ = read_exercise(tomllib.loads(text), "x")
    assert exercise is not None
    names = [progression.name for progression in exercise.progressions]
    assert names == ["Progression 3", "Progression 1", "Progression 2"]


def ladder_of(line: str) -> Progression:
    read, problems = read_exercise(tomllib.loads(f'[[progressions]]\nid = "a"\n{line}'), "x")
    assert problems == ()
    assert read is not None
    return read.progressions[0]


def test_a_progression_says_when_to_leave_it_and_how_its_dose_grows() -> None:
    full = ladder_of(
        'move_on = { sessions = 4, work = "45s", effort = "easy" }\n'
        "step_back = { sessions = 3, days = 21 }\n"
        'grow = { work = "+5s", up_to = "1m", every = 3 }'
    )
    assert full.move_on == MoveOn(4, work_s=45, effort=Effort.EASY)
    assert full.step_back == StepBack(3, 21)
    assert full.grow == Grow(Measure.WORK, 5, 60, 3)


def test_the_standards_have_usual_values() -> None:
    assert ladder_of("").move_on is None
    assert ladder_of("move_on = { sessions = 3 }").move_on == MoveOn(3, effort=Effort.RIGHT)
    assert ladder_of("move_on = { sessions = 3, reps = 12 }").move_on == MoveOn(3, reps=12)
    held = ladder_of('move_on = { sessions = 3, unless = "sit-to-stand=hands-help" }')
    assert held.move_on == MoveOn(3, unless=("sit-to-stand", "hands-help"))
    assert ladder_of("").step_back == StepBack(2, 14)
    assert ladder_of("grow = { reps = 1, up_to = 15 }").grow == Grow(Measure.REPS, 1, 15, 2)
    assert ladder_of('grow = { rounds = "+1", up_to = 4 }').grow == Grow(Measure.ROUNDS, 1, 4, 2)


def test_exercises_and_progressions_have_needs() -> None:
    text = 'needs = ["mat"]\n[[progressions]]\nid = "a"\nneeds = ["cushion"]\nloud = true'
    read, problems = read_exercise(tomllib.loads(text), "x")
    assert problems == ()
    assert read is not None
    assert read.own.needs == ("mat",)
    assert (read.progressions[0].own.needs, read.progressions[0].own.loud) == (("cushion",), True)


def test_a_block_has_one_round_and_a_dose_grows_after_two_sessions_unless_the_file_says_otherwise() -> None:
    text = 'format = 1\n[[blocks]]\n[[blocks.sets]]\nexercise = "x"\n[exercises.x]\nwork = "30s"\n'
    grows = '[[exercises.x.progressions]]\nid = "a"\ngrow = { work = "5s", up_to = "60s" }\n'
    found, problems = read_routine(tomllib.loads(text + grows), "r", {})
    assert found is not None and problems == ()
    grow = found.exercises["x"].progressions[0].grow
    assert found.blocks[0].rounds == 1 and grow is not None and grow.every == 2
