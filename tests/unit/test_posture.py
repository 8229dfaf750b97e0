"""The way from one exercise to the next: its time and its words."""

from itertools import product

from tests.for_each import for_each
from tests.workouts import block, routine
from tui.engine.posture import getting_up_words, staying_words, transition_s, transition_words
from tui.routine.model import Place, Posture
from tui.routine.resolve import Plan, resolve

ROUTINE = routine(block("stretch"))
ANY = resolve(ROUTINE, ROUTINE.blocks[0], ROUTINE.blocks[0].sets[0], None)


def at(position: Posture | None, place: Place | None = None) -> Plan:
    return ANY._replace(position=position, place=place)


@for_each(
    ("before", "after", "seconds"),
    [
        (at(Posture.STANDING), at(Posture.HALF_KNEELING), 6),
        (at(Posture.STANDING), at(Posture.SUPINE), 12),
        (at(Posture.SITTING), at(Posture.SUPINE), 14),
        (at(Posture.ALL_FOURS), at(Posture.PRONE), 6),
        (at(Posture.STANDING, Place.CHAIR), at(Posture.STANDING, Place.WORKTOP), 5),
        (at(Posture.STANDING, Place.WORKTOP), at(Posture.ON_SUPPORT, Place.SOFA), 8),
        (at(Posture.STANDING, Place.WORKTOP), at(Posture.SUPINE, Place.FLOOR), 12),
        (at(Posture.STANDING, Place.ANYWHERE), at(Posture.STANDING, Place.WORKTOP), 0),
        (at(Posture.SUPINE, Place.FLOOR), at(Posture.SUPINE, Place.FLOOR), 0),
        (at(None), at(Posture.SUPINE), 0),
        (at(Posture.STANDING), at(Posture.SUPINE, Place.FLOOR), 12),
    ],
)
def test_the_seconds_to_get_there(before: Plan, after: Plan, seconds: float) -> None:
    assert transition_s(before, after) == seconds
    assert transition_s(before, after, 1.5) == 1.5 * seconds
    assert transition_s(before, after, 0) == 0


def test_the_table_is_whole_and_the_same_both_ways() -> None:
    wheres = [at(posture, place) for posture, place in product((None, *Posture), (None, *Place))]
    for before, after in product(wheres, repeat=2):
        assert transition_s(before, after) == transition_s(after, before)
    for one, other in product(Posture, repeat=2):
        assert (transition_s(at(one), at(other)) > 0) == (one is not other)


@for_each(
    ("before", "after", "words"),
    [
        (at(Posture.STANDING), at(Posture.SUPINE, Place.FLOOR), "Down to the floor."),
        (at(Posture.SITTING, Place.CHAIR), at(Posture.HALF_KNEELING, Place.FLOOR), "Down onto one knee."),
        (at(Posture.HALF_KNEELING), at(Posture.SUPINE), "Onto your back."),
        (at(Posture.SUPINE), at(Posture.STANDING), "Roll to your side. Up to standing."),
        (at(Posture.SIDE_LYING), at(Posture.STANDING), "Up to standing."),
        (at(Posture.SUPINE), at(Posture.SITTING, Place.CHAIR), "Roll to your side. Up slowly. Sit down."),
        (at(Posture.PRONE), at(Posture.SITTING, Place.CHAIR), "Push up onto your knees. Up slowly. Sit down."),
        (at(Posture.PRONE), at(Posture.STANDING), "Push up onto your knees. Up to standing."),
        (at(Posture.SIDE_LYING), at(Posture.SITTING, Place.CHAIR), "Up slowly. Sit down."),
        (at(Posture.HALF_KNEELING), at(Posture.STANDING), "Up to standing."),
        (at(Posture.SITTING, Place.CHAIR), at(Posture.STANDING, Place.WORKTOP), "Stand up. Over to the worktop."),
        (at(Posture.STANDING, Place.WORKTOP), at(Posture.SITTING, Place.CHAIR), "Over to the chair. Sit down."),
        (at(Posture.STANDING), at(Posture.ON_SUPPORT, Place.SOFA), "Over to the sofa."),
        (at(Posture.STANDING, Place.WORKTOP), at(Posture.STANDING, Place.CHAIR), "Over to the chair."),
        (at(Posture.STANDING), at(Posture.STANDING), ""),
        (at(Posture.STANDING, Place.ANYWHERE), at(Posture.STANDING, Place.WORKTOP), ""),
        (at(Posture.SUPINE), at(None), ""),
    ],
)
def test_the_words_on_the_way(before: Plan, after: Plan, words: str) -> None:
    assert transition_words(before, after) == words


def test_every_change_that_takes_time_has_words() -> None:
    wheres = [at(posture, place) for posture, place in product(Posture, Place)]
    for before, after in product(wheres, repeat=2):
        assert bool(transition_words(before, after)) == (transition_s(before, after) > 0)


def test_a_rest_on_the_floor_is_spent_there() -> None:
    back, stand = at(Posture.SUPINE, Place.FLOOR), at(Posture.STANDING)
    assert staying_words(back, back) == "Stay on your back."
    assert staying_words(stand, stand) == ""
    assert staying_words(back, stand) == ""


def test_after_lying_the_way_says_how_to_get_up() -> None:
    assert getting_up_words(at(Posture.SUPINE)) == "Roll to your side and sit up."
    assert getting_up_words(at(Posture.PRONE)) == "Push up onto your knees."
    assert getting_up_words(at(Posture.SIDE_LYING)) == "Sit up slowly."
    assert getting_up_words(at(Posture.STANDING)) == ""
    assert getting_up_words(at(None)) == ""
