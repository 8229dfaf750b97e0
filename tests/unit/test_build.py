"""The layout of a routine in time."""

import pytest

from tests.for_each import for_each
from tests.workouts import LIBRARY, block, build, layer, routine, shape
from tui.engine.choices import chosen
from tui.engine.coaching import Coaching
from tui.engine.model import Choices, Kind, Side, Slot
from tui.routine.model import Block, Layer, Mode, Reps, Routine, Set, Sides, Work
from tui.routine.movement import Tempo
from tui.routine.resolve import resolve


def test_prepare_comes_once_before_the_first_set_and_no_rest_after_the_last() -> None:
    plan = routine(block("stretch", "stretch", own=layer(rest=20)), prepare=10)
    assert shape(build(plan)) == [("prepare", 0, 10), ("work", 10, 30), ("rest", 40, 20), ("work", 60, 30)]
    assert build(plan).total_s == 90


@for_each(("own", "given", "expected"), [(None, 7.0, 7.0), (12.0, 7.0, 12.0), (0.0, 7.0, None)])
def test_the_routines_prepare_wins_over_the_given_one(own: float | None, given: float, expected: float | None) -> None:
    first = build(routine(block("stretch"), prepare=own), coaching=Coaching(given)).phases[0]
    assert (first.duration_s if first.kind is Kind.PREPARE else None) == expected


def test_straight_does_all_rounds_of_a_set_before_the_next() -> None:
    sets = build(routine(block("stretch", "hops", rounds=2))).sets
    assert [(p.plan.exercise.id, p.round, p.number) for p in sets] == [
        ("stretch", 1, 1), ("stretch", 2, 2), ("hops", 1, 3), ("hops", 2, 4),
    ]  # fmt: skip


def test_circuit_goes_round_all_sets_with_a_rest_of_its_own_between_the_rounds() -> None:
    plan = routine(block("stretch", "lifts", mode=Mode.CIRCUIT, rounds=2, own=layer(rest=10), round_rest=45))
    timeline = build(plan)
    assert [p.plan.exercise.id for p in timeline.sets] == ["stretch", "lifts", "stretch", "lifts"]
    assert [p.duration_s for p in timeline.phases if p.kind is Kind.REST] == [10, 45, 10]


def test_a_circuit_without_round_rest_takes_the_last_sets_rest() -> None:
    sets = (Set(exercise="stretch", own=layer(rest=5)), Set(exercise="stretch", own=layer(rest=9)))
    timeline = build(routine(block(*sets, mode=Mode.CIRCUIT, rounds=2)))
    assert [p.duration_s for p in timeline.phases if p.kind is Kind.REST] == [5, 9, 5]


def test_round_rest_of_nothing_leaves_the_rest_out() -> None:
    timeline = build(routine(block("stretch", mode=Mode.CIRCUIT, rounds=2, own=layer(rest=5), round_rest=0)))
    assert shape(timeline) == [("work", 0, 30), ("work", 30, 30)]


def test_tabata_lasts_eight_works_and_seven_rests() -> None:
    timeline = build(routine(block("stretch", rounds=8, own=layer(rest=10)), defaults=layer(), prepare=10))
    assert timeline.total_s == 10 + 8 * 30 + 7 * 10


def test_each_side_has_the_whole_dose_with_a_switch_between() -> None:
    plan = routine(block("stretch", own=layer(sides=Sides.EACH, switch=4, rest=10), rounds=2))
    assert shape(build(plan))[:4] == [("work left", 0, 30), ("switch", 30, 4), ("work right", 34, 30), ("rest", 64, 10)]


def test_alternate_sides_stay_in_one_phase() -> None:
    (phase,) = build(routine(block("stretch", own=layer(sides=Sides.ALTERNATE)))).phases
    assert (phase.side, phase.duration_s, phase.label) == (Side.ALTERNATE, 30, "Stretch, alternate sides")


def test_counted_reps_with_a_tempo_are_timed_and_without_one_are_open() -> None:
    timed = build(routine(block("lifts"))).phases[0]
    open_ = build(routine(block("hops", "stretch")))
    assert timed.duration_s == 5 * 6.0
    assert (open_.phases[0].duration_s, open_.phases[0].length_s, open_.estimated) == (None, 30.0, True)
    assert open_.phases[1].start_s == 30.0


def test_reps_as_many_as_possible_are_open_even_with_a_tempo() -> None:
    set_ = Set(exercise="lifts", own=layer(Reps()))
    assert build(routine(block(set_))).phases[0].is_open


def test_a_range_of_reps_is_timed_by_its_upper_end() -> None:
    set_ = Set(exercise="lifts", own=layer(Reps(4, 8), tempo=Tempo(1, 0, 1)))
    assert build(routine(block(set_))).phases[0].duration_s == 16


def test_the_rest_of_the_last_set_separates_two_blocks() -> None:
    plan = routine(block("stretch", own=layer(rest=25)), block("stretch", own=layer(rest=99)))
    assert shape(build(plan)) == [("work", 0, 30), ("rest", 30, 25), ("work", 55, 30)]


def test_a_block_and_a_set_may_have_a_prepare_of_their_own_after_the_rest() -> None:
    plan = routine(
        block("stretch", own=layer(rest=10)),
        block(Set(exercise="stretch"), Set(exercise="stretch", prepare_s=6), prepare=8),
    )
    assert shape(build(plan)) == [
        ("work", 0, 30), ("rest", 30, 10), ("prepare", 40, 8), ("work", 48, 30), ("prepare", 78, 6), ("work", 84, 30),
    ]  # fmt: skip


class TestEmom:
    def test_each_set_starts_on_the_clock_and_the_rest_fills_its_interval(self) -> None:
        plan = routine(block("stretch", "lifts", mode=Mode.EMOM, rounds=2, every=60), prepare=5)
        timeline = build(plan)
        assert [p.start_s for p in timeline.sets] == [5, 65, 125, 185]
        assert [p.duration_s for p in timeline.phases if p.kind is Kind.REST] == [30, 30, 30]
        assert timeline.total_s == 185 + 30

    def test_a_dose_that_fills_the_interval_leaves_no_rest(self) -> None:
        timeline = build(routine(block("stretch", mode=Mode.EMOM, rounds=3, every=30)))
        assert [p.kind for p in timeline.phases] == [Kind.WORK] * 3

    def test_an_open_set_may_take_its_whole_interval(self) -> None:
        timeline = build(routine(block("hops", mode=Mode.EMOM, rounds=2, every=60)))
        assert [(p.is_open, p.length_s, p.limit_s) for p in timeline.phases] == [
            (True, 30, 60), (False, 30, None), (True, 30, 120),
        ]  # fmt: skip

    def test_both_sides_share_one_interval(self) -> None:
        plan = routine(block("stretch", mode=Mode.EMOM, rounds=2, every=90, own=layer(sides=Sides.EACH)))
        assert [p.start_s for p in build(plan).sets] == [0, 90]


class TestAmrap:
    def test_the_sets_cycle_with_their_rests_until_the_cap_cuts_the_last(self) -> None:
        plan = routine(block("stretch", "lifts", mode=Mode.AMRAP, cap=100, own=layer(rest=5)))
        assert shape(build(plan)) == [
            ("work", 0, 30), ("rest", 30, 5), ("work", 35, 30), ("rest", 65, 5), ("work", 70, 30),
        ]  # fmt: skip
        cut = build(routine(block("stretch", mode=Mode.AMRAP, cap=45)))
        assert shape(cut) == [("work", 0, 30), ("work", 30, 15)]
        assert [p.round for p in cut.phases] == [1, 2]
        assert cut.phases[0].rounds is None

    def test_a_rest_that_no_work_can_follow_ends_the_block(self) -> None:
        plan = routine(block("stretch", mode=Mode.AMRAP, cap=40, own=layer(rest=15)))
        assert shape(build(plan)) == [("work", 0, 30)]

    def test_a_switch_that_no_work_can_follow_ends_the_block(self) -> None:
        plan = routine(block("stretch", mode=Mode.AMRAP, cap=34, own=layer(sides=Sides.EACH)), block("stretch"))
        assert shape(build(plan)) == [("work left", 0, 30), ("work", 30, 30)]

    def test_after_the_cap_comes_the_rest_of_the_last_set_and_the_next_block(self) -> None:
        plan = routine(block("stretch", mode=Mode.AMRAP, cap=40, own=layer(rest=15)), block("stretch"))
        assert shape(build(plan)) == [("work", 0, 30), ("rest", 30, 15), ("work", 45, 30)]
        whole = routine(block("stretch", mode=Mode.AMRAP, cap=60, own=layer(rest=0)), block("stretch"))
        assert shape(build(whole)) == [("work", 0, 30), ("work", 30, 30), ("work", 60, 30)]

    def test_numbers_continue_through_an_amrap(self) -> None:
        plan = routine(block("stretch", mode=Mode.AMRAP, cap=70), block("stretch"))
        assert [p.number for p in build(plan).sets] == [1, 2, 3, 4]

    def test_the_cap_counts_from_the_first_work(self) -> None:
        plan = routine(block("stretch", mode=Mode.AMRAP, cap=30, prepare=10))
        assert shape(build(plan)) == [("prepare", 0, 10), ("work", 10, 30)]


class TestWhichProgression:
    slot = Slot(0, 0, 0)

    def progression(self, set_: Set, choices: Choices) -> str | None:
        found = chosen(routine(block(set_)), self.slot, choices)
        return found.id if found else None

    def test_the_progression_of_a_set_by_precedence(self) -> None:
        plain, own = Set(exercise="reverse-bridge"), Set(exercise="reverse-bridge", progression="staggered")
        remembered = Choices(remembered={"reverse-bridge": "single-leg"})
        assert self.progression(plain, Choices()) == "two-legs"
        assert self.progression(plain, remembered) == "single-leg"
        assert self.progression(own, remembered) == "staggered"
        today = Choices(today={"reverse-bridge": "two-legs"}, remembered=remembered.remembered)
        assert self.progression(own, today) == "two-legs"
        assert self.progression(own, Choices(sets={self.slot: "single-leg"}, today=today.today)) == "single-leg"

    def test_a_remembered_progression_that_no_longer_exists_is_ignored(self) -> None:
        gone = Choices(remembered={"reverse-bridge": "gone"})
        assert self.progression(Set(exercise="reverse-bridge"), gone) == "two-legs"

    def test_an_exercise_without_a_ladder_has_none(self) -> None:
        assert self.progression(Set(exercise="stretch"), Choices(today={"stretch": "deeper"})) is None


def test_the_routine_wins_over_the_exercise() -> None:
    own, ladder = {"two-legs": layer(11.0)}, LIBRARY["reverse-bridge"]
    first = ladder.progressions[0]._replace(own=layer(55.0))
    bridge = ladder._replace(own=layer(66.0), progressions=(first, first._replace(id="plain", own=Layer())))
    in_both, in_set = Set(exercise="b", own=layer(22.0), by_progression=own), Set(exercise="b", own=layer(22.0))

    def seconds(set_: Set, at: int, block_s: float | None, default_s: float | None) -> float:
        made = Block(sets=(set_,), own=layer(block_s) if block_s else Layer())
        defaults = layer(default_s) if default_s else Layer()
        plan = Routine(id="r", title="R", blocks=(made,), defaults=defaults, exercises={"b": bridge})
        dose = resolve(plan, made, set_, bridge.progressions[at]).dose
        assert isinstance(dose, Work)
        return dose.seconds

    bare = Set(exercise="b")
    assert [seconds(set_, 0, 33.0, 44.0) for set_ in (in_both, in_set, bare)] == [11, 22, 33]
    assert [seconds(bare, 0, None, 44.0), seconds(bare, 0, None, None), seconds(bare, 1, None, None)] == [44, 55, 66]


def test_labels_say_exercise_progression_and_side() -> None:
    timeline = build(routine(block("reverse-bridge")), Choices(today={"reverse-bridge": "single-leg"}))
    assert [p.label for p in timeline.phases] == [
        "Reverse bridge, single leg, left", "Change sides", "Reverse bridge, single leg, right",
    ]  # fmt: skip


@pytest.mark.parametrize(("reps", "length_s"), [(Reps(None, None), 30), (Reps(8, 12), 36)])
def test_an_open_set_counts_with_an_estimate(reps: Reps, length_s: float) -> None:
    phase = build(routine(block(Set(exercise="stretch", own=layer(reps))))).phases[0]
    assert (phase.is_open, phase.length_s) == (True, length_s)


@for_each(
    ("sides", "expected"),
    [
        (Sides.EACH, ["left", "change", "right"]),
        (Sides.RIGHT_FIRST, ["right", "change", "left"]),
        (Sides.LEFT, ["left"]),
        (Sides.RIGHT, ["right"]),
    ],
)
def test_the_order_of_the_sides(sides: Sides, expected: list[str]) -> None:
    plan = routine(block(Set(exercise="stretch", own=Layer(dose=Work(30.0), sides=sides))))
    phases = build(plan).phases
    assert [phase.side.value if phase.side else "change" for phase in phases] == expected
    assert [phase.is_second_side for phase in phases] == [False, False, True][: len(expected)]
    assert phases[0].is_on_one_side == (len(expected) > 1)
