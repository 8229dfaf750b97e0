"""A routine adapted to today: tables of routines, the results, and the notes."""

from __future__ import annotations

import tomllib

from tests.for_each import for_each
from tui.engine.limits import problems
from tui.engine.model import Choices, Kind, Phase, Slot
from tui.engine.planner import Planner
from tui.files.places import find_places
from tui.library.catalog import load_catalog
from tui.routine.doses import dose
from tui.routine.model import Exercise, Routine
from tui.routine.reader import read_exercise, read_routine
from tui.today.adapt import Adapted, adapt, needed_things, things_of
from tui.today.conditions import EVERYTHING, Conditions

EXERCISES = {
    "bridge": """
        name = "Bridge"
        muscles = ["gluteus maximus", "hamstrings"]
        position = "supine"
        place = "floor"
        needs = ["Mat"]
        reps = 10
        tempo = "2-1-3"
    """,
    "stand": """
        name = "Kettle stand"
        muscles = ["gluteus medius", "gluteus maximus"]
        position = "standing"
        place = "worktop"
        work = "30s"
        [[progressions]]
        id = "hand"
        [[progressions]]
        id = "free"
        [[progressions]]
        id = "cushion"
        needs = ["cushion"]
        [[progressions]]
        id = "closed"
        loud = true
    """,
    "squeeze": """
        name = "Squeeze"
        muscles = ["gluteus maximus"]
        position = "standing"
        place = "anywhere"
        reps = 6
        tempo = "1-5-2"
        [[progressions]]
        id = "short"
        [[progressions]]
        id = "long"
    """,
    "lunge": """
        name = "Lunge"
        muscles = ["gluteus maximus", "quadriceps", "hamstrings"]
        position = "standing"
        loud = true
        work = "40s"
    """,
    "butterfly": """
        name = "Butterfly"
        muscles = ["adductors"]
        position = "supine"
        needs = ["mat", "cushion"]
        work = "60s"
        [[progressions]]
        id = "cushions"
        [[progressions]]
        id = "free"
        needs = ["mat"]
    """,
    "shrug": """
        name = "Shrug"
        work = "30s"
    """,
}

FLOOR = """
format = 1
needs = ["Mat", "worktop", "chair"]
[[blocks]]
name = "Warm-up"
[[blocks.sets]]
exercise = "stand"
rest = "5s"
prepare = "7s"
say = "On one leg"
[[blocks]]
name = "Bridges"
rounds = 3
[[blocks.sets]]
exercise = "bridge"
cues = ["Up"]
[[blocks.sets]]
exercise = "chair-sit"
[exercises.chair-sit]
name = "Sit"
muscles = ["quadriceps"]
position = "sitting"
place = "chair"
work = "20s"
"""


def library() -> dict[str, Exercise]:
    read = {id_: read_exercise(tomllib.loads(text), id_)[0] for id_, text in EXERCISES.items()}
    return {id_: found for id_, found in read.items() if found is not None}


def routine(text: str = FLOOR) -> Routine:
    found, wrong = read_routine(tomllib.loads(text), "mine", library())
    assert found is not None, wrong
    return found


def today(
    *without: str, text: str = FLOOR, standing: bool = False, quiet: bool = False, choices: Choices | None = None
) -> Adapted:
    conditions = Conditions(frozenset(without), standing, quiet)
    return adapt(routine(text), library(), choices or Choices(), conditions, Planner)


def sets(adapted: Adapted) -> list[str]:
    """Return each remaining set: `stand free`, `bridge`; a new block starts with a dash."""
    assert adapted.routine is not None
    lines = []
    for number, block in enumerate(adapted.routine.blocks):
        lines += ["-"] if number else []
        lines += [" ".join(filter(None, (set_.exercise, set_.progression))) for set_ in block.sets]
    return lines


def works(adapted: Adapted) -> list[Phase]:
    assert adapted.routine is not None
    return [p for p in Planner(adapted.routine, adapted.choices).whole() if p.kind is Kind.WORK]


def one(exercise: str, more: str = "", block: str = "") -> str:
    """A routine of one set."""
    return f'format = 1\n[[blocks]]\n{block}\n[[blocks.sets]]\nexercise = "{exercise}"\n{more}'


@for_each(
    ("without", "done", "needs", "notes"),
    [
        (
            ["mat"],
            ["stand", "-", "squeeze", "chair-sit"],
            ("worktop", "chair"),
            ["Squeeze instead of bridge (no mat)."],
        ),
        (
            ["worktop"],
            ["squeeze", "-", "bridge", "chair-sit"],
            ("Mat", "chair"),
            ["Squeeze instead of kettle stand (no worktop)."],
        ),
        (
            ["chair", "mat"],
            ["stand", "-", "squeeze", "lunge"],
            ("worktop",),
            ["Squeeze instead of bridge (no mat).", "Lunge instead of sit (no chair)."],
        ),
        (["piano"], ["stand", "-", "bridge", "chair-sit"], ("Mat", "worktop", "chair"), []),
    ],
)
def test_a_set_whose_kit_is_missing_gets_the_nearest_progression(
    without: list[str], done: list[str], needs: tuple[str, ...], notes: list[str]
) -> None:
    # The lunge shares more with the bridge, but is louder; the sit has nothing else that it could be.
    found = today(*without)
    assert sets(found) == done
    assert found.routine is not None and found.routine.needs == needs
    assert list(found.notes) == notes
    assert (found.routine.id, found.routine.title) == ("mine", routine().title)


def test_a_block_and_a_routine_without_sets_go() -> None:
    text = one("butterfly") + '[[blocks]]\n[[blocks.sets]]\nexercise = "shrug"\n'
    found = today("mat", text=text)
    assert sets(found) == ["shrug"]
    assert found.notes == ("Left out: butterfly (no mat).",)
    gone = today("mat", text=one("butterfly"))
    assert gone.routine is None
    assert gone.notes == ("Left out: butterfly (no mat).",)


@for_each(
    ("at", "without", "quiet", "now", "note"),
    [
        ("cushion", ["cushion"], False, "free", "Kettle stand: free instead of cushion (no cushion)."),
        ("closed", [], True, "cushion", "Kettle stand: cushion instead of closed (quiet)."),
        ("closed", ["cushion"], True, "free", "Kettle stand: free instead of closed (quiet)."),
    ],
)
def test_another_progression_is_taken_first_and_an_easier_one_before_a_harder(
    at: str, without: list[str], quiet: bool, now: str, note: str
) -> None:
    for choices in (Choices(remembered={"stand": at}), Choices(today={"stand": at})):
        found = today(*without, text=one("stand"), quiet=quiet, choices=choices)
        assert found.notes == (note,)
        (phase,) = works(found)
        assert phase.plan.progression is not None and phase.plan.progression.id == now


def test_a_harder_progression_is_taken_if_no_easier_one_can_be_done() -> None:
    found = today("cushion", text=one("butterfly"))
    assert sets(found) == ["butterfly free"]
    assert found.notes == ("Butterfly: free instead of cushions (no cushion).",)


def test_a_progression_asked_for_that_can_be_done_stays() -> None:
    found = today("cushion", text=one("stand"), choices=Choices(today={"stand": "closed", "shrug": "x"}))
    assert found.choices.today == {"stand": "closed", "shrug": "x"}
    assert found.notes == ()


def test_the_other_exercise_is_done_at_the_progression_that_you_are_on_in_it() -> None:
    found = today("mat", text=one("bridge"), choices=Choices(remembered={"squeeze": "long"}))
    (phase,) = works(found)
    assert phase.plan.progression is not None and phase.plan.progression.id == "long"


def test_the_place_stays_and_the_words_go() -> None:
    found = today("worktop")
    assert found.routine is not None
    (set_,) = found.routine.blocks[0].sets
    assert (set_.prepare_s, set_.own.rest_s) == (7.0, 5.0)
    assert set_.own.say is None


@for_each(
    ("exercise", "more", "expected"),
    [
        ("bridge", "reps = 20", "6 reps"),  # counted as the bridge is: the squeeze's own dose holds
        ("bridge", 'work = "25s"', "25 s"),  # timed, which the squeeze is not by itself
        ("stand", "", "30 s"),
    ],
)
def test_a_substitute_has_the_same_kind_of_dose(exercise: str, more: str, expected: str) -> None:
    phase = works(today("mat", "worktop", text=one(exercise, more)))[0]
    assert phase.plan.exercise.id == "squeeze"
    assert dose(phase.plan) == expected


def test_an_exercise_without_reps_does_not_replace_a_set_of_reps() -> None:
    chop = '[exercises.chop]\nmuscles = ["quadriceps"]\nneeds = ["axe"]\nreps = 5\n'
    found = today("axe", text=one("chop") + chop)  # the lunge shares its muscle, but is timed and has no tempo
    assert found.routine is None
    assert found.notes == ("Left out: chop (no axe).",)


def test_standing_only_excludes_exercises_without_a_position() -> None:
    assert today(text=one("shrug"), standing=True).routine is None
    found = today(standing=True)
    assert sets(found) == ["stand", "-", "squeeze", "lunge"]
    assert found.notes[0] == "Squeeze instead of bridge (standing only)."


def test_a_substitute_stays_upright_if_possible() -> None:
    assert sets(today("worktop", text=one("stand"))) == ["squeeze"]
    assert sets(today(quiet=True, text=one("lunge"))) == ["squeeze"]  # the bridge shares one muscle more


def test_a_substitute_in_an_emom_fits_its_interval() -> None:
    emom = 'mode = "emom"\nevery = "{}"\nrounds = 3'
    assert sets(today("mat", text=one("bridge", "", emom.format("60s")))) == ["squeeze"]
    found = today("mat", text=one("bridge", 'work = "20s"', emom.format("30s")))
    assert sets(found) == ["squeeze"] and found.routine is not None
    assert problems(found.routine) == ()
    tight = today("mat", text=one("bridge", "reps = 3", emom.format("45s")))
    assert tight.routine is None  # six squeezes take 48 s, and a lunge has no repetitions


def test_a_routine_whose_own_kit_is_missing_cannot_be_done() -> None:
    found = today("mat", "dumbbells", text=f'needs = ["Dumbbells"]\n{one("squeeze")}')
    assert found.routine is None
    assert found.notes == ("Can't be done without dumbbells.",)


def test_missing_kit_of_one_progression_does_not_rule_out_the_routine() -> None:
    found = today("cushion", text=f'needs = ["cushion", "worktop"]\n{one("stand")}')
    assert found.routine == routine(f'needs = ["worktop"]\n{one("stand")}')
    assert found.notes == ()


def test_a_swap_has_one_note_for_all_its_sets() -> None:
    text = 'format = 1\n[[sets]]\nexercise = "bridge"\n[[sets]]\nexercise = "bridge"\n'
    assert today("mat", text=text).notes == ("Squeeze instead of bridge (no mat).",)


def test_a_routines_own_exercise_hides_the_one_of_the_library() -> None:
    own = '[exercises.squeeze]\nname = "Squeeze hard"\nmuscles = ["calves"]\nwork = "9s"\n'
    both = f'{one("bridge")}[[blocks.sets]]\nexercise = "squeeze"\n'
    assert sets(today("mat", text=both)) == ["squeeze", "squeeze"]
    assert sets(today("mat", text=both + own)) == ["squeeze"]


def test_without_conditions_the_routine_is_itself() -> None:
    plan = routine()
    choices = Choices(today={"stand": "closed"})
    found = adapt(plan, library(), choices, EVERYTHING, Planner)
    assert found.routine is plan
    assert (found.choices, found.notes) == (choices, ())


def test_progressions_of_single_sets_are_dropped_since_sets_may_move() -> None:
    assert today(choices=Choices(sets={Slot(0, 0, 0): "free"})).choices.sets == {}


def test_all_that_a_routine_may_need_is_known() -> None:
    assert things_of(routine()) == {"mat", "worktop", "chair", "cushion"}


@for_each(
    ("conditions", "words"),
    [
        (EVERYTHING, ""),
        (Conditions(frozenset({"mat", "chair"})), "no chair, no mat"),
        (Conditions(standing=True, quiet=True, for_s=180.0), "standing, quiet, 3 min"),
    ],
)
def test_conditions_have_a_few_words(conditions: Conditions, words: str) -> None:
    assert conditions.words == words


def test_needed_things_are_ordered_by_the_number_of_routines_that_ask_for_them() -> None:
    path = find_places().routines / "mine.toml"
    path.parent.mkdir(parents=True)
    path.write_text('format = 1\nneeds = ["Piano"]\n[[sets]]\nexercise = "standing-squeeze"\n')
    found = needed_things(load_catalog(find_places()).routines)
    assert found == ("worktop", "chair", "mat", "cushion", "sofa", "piano")
