"""The opening of a workout: its title and length, and the kit to fetch."""

from collections.abc import Iterable
from functools import cache

import pytest

from tests.bundled_catalog import bundled_catalog, bundled_routine
from tests.for_each import for_each
from tests.sessions import Led, T, swap
from tests.workouts import LIBRARY, block, layer, routine
from tui.coach.cue import Topic
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.coach.fitting import GAP_S, SURE, Fitter
from tui.coach.opening import kit_words
from tui.coach.phrases import length_words
from tui.engine.coaching import Coaching
from tui.engine.commands import Scope, Start
from tui.engine.model import Choices
from tui.engine.posture import from_seat_s
from tui.routine.model import Exercise, Layer, Place, Posture, Progression, Reps, Routine, Transitions, Work
from tui.routine.resolve import Explain

LED = Coaching(words_a_minute=165.0, waits=True, done_today=())
CRUNCH = Exercise(
    id="crunch",
    name="Crunch",
    own=Layer(dose=Work(30), position=Posture.SUPINE, place=Place.FLOOR, needs=("mat",), steps=("Lie down.",)),
    progressions=(
        Progression(id="held", name="Held", own=Layer(needs=("mat", "cushion", "Cushion", "elastic band"))),
        Progression(id="free", name="Free"),
    ),
)
KIT = "Have two cushions and an elastic band beside you."


def plan(*sets: str, prepare: float | None = None, needs: tuple[str, ...] = ()) -> Routine:
    made = routine(block(*sets or ("crunch",)), prepare=prepare)
    return made._replace(exercises={**LIBRARY, "crunch": CRUNCH}, needs=needs)


def opening_words(timeline: CuedTimeline) -> list[str]:
    return [cue.phrase.say for cue in timeline.cues if cue.phrase and Topic.START in cue.phrase.topics]


def first_words(timeline: CuedTimeline) -> list[str]:
    return [cue.say for cue in timeline.cues if cue.say and cue.phase == 0]


def test_title_and_length_come_first_and_then_the_kit() -> None:
    words = first_words(cued_timeline(plan(), coaching=LED))
    assert words[:4] == ["Test, a minute.", KIT, "Crunch.", "Down to the floor."]


@for_each(("done_today", "is_said"), [(None, False), ((), True), (("other",), True), (("other", "test"), False)])
def test_it_is_said_once_a_day(done_today: tuple[str, ...] | None, is_said: bool) -> None:
    said = opening_words(cued_timeline(plan(), coaching=LED._replace(done_today=done_today)))
    assert said == (["Test, a minute.", KIT] if is_said else [])


def test_if_only_names_are_said_it_is_not() -> None:
    assert opening_words(cued_timeline(plan(), coaching=LED._replace(names_only=True))) == []


def test_the_progression_that_is_done_decides_what_is_needed() -> None:
    free = Choices(today={"crunch": "free"})
    assert opening_words(cued_timeline(plan(), free, LED)) == ["Test, a minute."]
    listed = plan(needs=("mat", "cushion", "12 kg kettlebell"))  # no exercise has the last one
    assert opening_words(cued_timeline(listed, free, LED))[1:] == ["Have 12 kg kettlebell beside you."]
    kettlebell = plan(needs=("Kettlebell",))
    assert opening_words(cued_timeline(kettlebell, free, LED))[1:] == ["Have a kettlebell beside you."]


def test_what_two_sets_need_is_fetched_once() -> None:
    there = LIBRARY["stretch"]._replace(own=Layer(dose=Work(30), needs=("cushion", "apple")))
    made = plan("crunch", "stretch")
    both = made._replace(exercises={**made.exercises, "stretch": there})
    words = opening_words(cued_timeline(both, coaching=LED))
    assert words[1] == "Have two cushions, an elastic band and an apple beside you."


def test_what_its_place_implies_is_not_named() -> None:
    there = LIBRARY["stretch"]._replace(own=Layer(dose=Work(30), needs=("chair", "worktop", "sofa", "mat", "MAT")))
    made = plan("stretch", prepare=20)._replace(exercises={"stretch": there})
    assert opening_words(cued_timeline(made, coaching=LED)) == ["Test, a minute."]


def test_an_estimate_is_about_and_a_title_with_a_length_has_the_real_one() -> None:
    maximum = routine(block("hops", own=layer(Reps(None, None))), prepare=30)
    assert opening_words(cued_timeline(maximum, coaching=LED)) == ["Test, about a minute."]
    seven = plan(prepare=30)._replace(title="Seven minutes!")
    assert opening_words(cued_timeline(seven, coaching=LED))[0] == "Seven minutes: it takes a minute."
    calm = seven._replace(title="Minutes of calm")
    assert opening_words(cued_timeline(calm, coaching=LED))[0] == "Minutes of calm: it takes a minute."


def test_of_a_quick_line_only_the_length_is_said() -> None:
    line = plan("crunch", "crunch", prepare=30)._replace(id="2x 30/10", title="2x 30/10")
    assert opening_words(cued_timeline(line, coaching=LED)) == ["A minute and a half.", KIT]
    single = plan("stretch", prepare=30)._replace(id="20m", title="20m")
    assert opening_words(cued_timeline(single, coaching=LED)) == [], "its dose says the same"


def test_the_kit_is_said_if_there_is_no_time_for_the_title() -> None:
    speeds = [LED._replace(words_a_minute=float(speed)) for speed in range(20, 200, 5)]
    as_written = plan(prepare=25)._replace(transitions=Transitions.AS_WRITTEN)
    found = [opening_words(cued_timeline(as_written, coaching=speed)) for speed in speeds]
    assert [words[-1:] for words in found if words] == [[KIT]] * len([words for words in found if words])
    assert {len(words) for words in found} == {0, 1, 2}


EXPLAINED = ((Explain.NOTHING,), pytest.param(tuple(Explain), marks=pytest.mark.slow))
"""The levels of explanation of the bundled routines: in the quick run none, as on most days."""


@cache
def bundled(explained: tuple[Explain, ...]) -> list[tuple[Routine, CuedTimeline, CuedTimeline]]:
    """List the bundled routines: with the words that open them and without these."""
    paces = [LED._replace(usual=usual) for usual in explained]
    return [
        (made, cued_timeline(made, coaching=pace), cued_timeline(made, coaching=pace._replace(done_today=None)))
        for made in bundled_catalog().routines
        for pace in paces
    ]


@pytest.mark.parametrize("explained", EXPLAINED)
def test_it_is_said_at_the_start_of_every_routine_and_nothing_gives_way_to_it(explained: tuple[Explain, ...]) -> None:
    for made, with_it, without in bundled(explained):
        opened = opening_words(with_it)
        assert opened or made.quiet, made.id
        assert not opened or opened[0].startswith(made.title), made.id
        assert [say for say in first_words(with_it) if say not in opened] == first_words(without), made.id


@pytest.mark.parametrize("explained", EXPLAINED)
def test_only_the_first_phase_is_longer_for_it_and_by_no_more_than_its_words(explained: tuple[Explain, ...]) -> None:
    longer = set[str]()
    for made, with_it, without in bundled(explained):
        more_s = with_it.total_s - without.total_s
        assert [phase.length_s for phase in with_it.phases[1:]] == [phase.length_s for phase in without.phases[1:]]
        words_s = sum(Fitter(165).needs_s(say) + GAP_S for say in opening_words(with_it))
        spare_s = Fitter(165).needs_s("and a half") + 1  # for a length that is rounded up, and a whole second
        assert 0 <= more_s <= words_s + spare_s, made.id
        longer |= {made.id} if more_s else set()
    assert longer >= {"before-the-gym", "desk-break", "emom-ten", "on-rising", "wake-the-glutes"}
    assert not longer & {"evening", "kettle-break", "sofa-bridge", "tabata"}


def test_there_is_time_for_any_title_and_for_the_way_after_it() -> None:
    for words in range(1, 25):
        named = plan()._replace(title=" ".join(["Word"] * words))
        timeline = cued_timeline(named, coaching=LED._replace(usual=Explain.NOTHING))
        assert [say.partition(",")[0] for say in opening_words(timeline)] == [named.title, KIT.partition(",")[0]]
        way = next(cue for cue in timeline.cues if cue.phrase and Topic.POSTURE in cue.phrase.topics)
        assert way.phrase is not None
        assert way.at_s + way.phrase.needs_s + from_seat_s(timeline.phases[0].plan) <= timeline.phases[0].end_s


def test_there_is_time_for_the_length_that_it_makes_longer_itself() -> None:
    for tenths in range(600, 1600, 17):
        chair = LIBRARY["stretch"]._replace(own=Layer(dose=Work(tenths / 10), position=Posture.SITTING))
        made = plan("stretch")._replace(exercises={"stretch": chair}, prepare_s=1.0)
        (title,) = opening_words(cued_timeline(made, coaching=LED))
        assert title.startswith("Test, "), tenths


PREPARED = [
    *((float(prepare_s), 5, (*range(100, 130), *range(520, 570))) for prepare_s in range(12, 28)),
    *((1.0, sentences, range(10, 120)) for sentences in range(6, 14)),
]
"""Seconds of the first PREPARE, how many sentences explain the first set, and each of its lengths in seconds."""
FEW = pytest.param(PREPARED[3::18], id="some")


@pytest.mark.parametrize("cases", [FEW, pytest.param(PREPARED, marks=pytest.mark.slow, id="all")])
def test_there_is_time_for_the_length_however_much_longer_the_first_prepare_gets(
    cases: list[tuple[float, int, Iterable[int]]],
) -> None:
    """All lengths are tried: one is spoken as `a minute`, and one a little longer as `a minute and a half`."""
    for prepare_s, sentences, seconds in cases:
        steps = tuple(f"Sit tall, and breathe out for the {number}th time." for number in range(sentences))
        for work_s in seconds:
            own = Layer(dose=Work(float(work_s)), position=Posture.SITTING, steps=steps)
            exercises = {"stretch": LIBRARY["stretch"]._replace(own=own)}
            made = plan("stretch")._replace(exercises=exercises, prepare_s=prepare_s)
            assert len(opening_words(cued_timeline(made, coaching=LED))) == 1, (prepare_s, sentences, work_s)


def test_without_a_voice_with_names_only_or_on_the_same_day_it_takes_no_time() -> None:
    desk = bundled_routine("desk-break")
    names = LED._replace(names_only=True)
    assert (
        cued_timeline(desk, coaching=names).phases == cued_timeline(desk, None, names._replace(done_today=None)).phases
    )
    silent = cued_timeline(desk, coaching=LED._replace(waits=False))
    assert silent.phases == cued_timeline(desk, coaching=LED._replace(waits=False, done_today=None)).phases
    again = cued_timeline(desk, coaching=LED._replace(done_today=("desk-break",)))
    assert again.phases == cued_timeline(desk, coaching=LED._replace(done_today=None)).phases


def test_beside_the_chair_too_the_kit_is_named() -> None:
    raised = Choices(today={"sit-to-stand": "raised-seat"})
    for usual in Explain:
        said = opening_words(cued_timeline(bundled_routine("emom-ten"), raised, LED._replace(usual=usual)))
        assert said == [
            "EMOM ten, ten and a half minutes." if usual is Explain.ALL else "EMOM ten, ten minutes.",
            "Have a cushion beside you.",
        ]


@pytest.mark.parametrize("explained", EXPLAINED)
def test_the_way_still_fits_after_it(explained: tuple[Explain, ...]) -> None:
    opened = 0
    longer = [
        cued_timeline(made._replace(title=f"{made.title}, slowly"), coaching=LED._replace(usual=usual))
        for made in bundled_catalog().routines
        for usual in explained
    ]
    for timeline in (*(with_it for _, with_it, _ in bundled(explained)), *longer):
        way = next((cue for cue in timeline.cues if cue.phrase and Topic.POSTURE in cue.phrase.topics), None)
        if way is None or way.phrase is None or way.phase > 0 or not opening_words(timeline):
            continue
        opened += 1
        first = timeline.phases[0]
        assert way.at_s + way.phrase.needs_s * SURE + from_seat_s(first.plan) <= first.end_s, timeline.title
    assert opened >= 14 * len(explained)


def test_the_bridge_ladder_names_its_two_cushions() -> None:
    bridges = bundled_routine("bridge-ladder")
    assert opening_words(cued_timeline(bridges, coaching=LED)) == [
        "Bridge ladder, eight minutes.",
        "Have two cushions beside you.",
    ]
    free = Choices(today={"lying-butterfly": "free"})
    assert opening_words(cued_timeline(bridges, free, LED)) == ["Bridge ladder, eight minutes."]


def test_a_swap_at_once_changes_what_is_needed() -> None:
    session = Led(plan(prepare=60), Choices(today={"crunch": "free"}), LED)
    session.give(Start(), T)
    assert KIT not in [cue.say for cue in session.coach.cues]
    swap(session, T + 0.1, "held", Scope.TODAY)
    assert KIT in [cue.say for cue in session.coach.cues]


@for_each(
    ("seconds", "estimated", "words"),
    [
        (5, False, "half a minute"),
        (40, False, "half a minute"),
        (62, False, "a minute"),
        (95, False, "a minute and a half"),
        (120, True, "about two minutes"),
        (135, False, "two and a half minutes"),
        (165, False, "three minutes"),
        (464, False, "seven and a half minutes"),
        (480, False, "eight minutes"),
    ],
)
def test_a_length_is_rounded_to_half_a_minute(seconds: float, estimated: bool, words: str) -> None:
    assert length_words(seconds, estimated) == words


@for_each(
    ("kit", "words"),
    [
        ({}, ""),
        ({"cushion": 1}, "a cushion"),
        ({"dumbbells": 1, "apple": 1}, "dumbbells and an apple"),
        ({"mug": 1, "elastic band": 1, "cushion": 2}, "a mug, an elastic band and two cushions"),
    ],
)
def test_things_are_listed_in_a_sentence(kit: dict[str, int], words: str) -> None:
    assert kit_words(kit) == words
