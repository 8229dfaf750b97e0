"""A shortened routine: rounds are dropped first, then whole sets, and no more than necessary."""

from __future__ import annotations

from tests.for_each import for_each
from tests.workouts import LIBRARY, block, build, layer, routine
from tui.engine.model import Choices, Kind
from tui.engine.planner import Planner
from tui.routine.model import Block, Mode, Routine, Set, Sides
from tui.today.shorten import shorten


def work(name: str, seconds: float = 30.0, rest: float = 10.0) -> Set:
    return Set(exercise=name, own=layer(seconds, rest=rest))


def shape(found: Routine | None) -> list[str]:
    """Each block as its rounds, or its cap, and its exercises."""
    assert found is not None
    lines = []
    for each in found.blocks:
        often = str(each.rounds) if each.cap_s is None else f"{each.cap_s:g} s"
        lines.append(f"{often} x {' '.join(set_.exercise for set_ in each.sets)}")
    return lines


def shortened(for_s: float, *blocks: Block, prepare: float = 5.0) -> tuple[Routine | None, tuple[str, ...]]:
    found, notes = shorten(routine(*blocks, prepare=prepare), Choices(), for_s, Planner)
    if found is not None:
        assert build(found).total_s <= for_s
    return found, notes


ROUNDS = block(work("stretch"), work("hops"), mode=Mode.CIRCUIT, rounds=4)
"""315 s with its 5 s to get ready: 80 s a round, and no rest at the end."""

LONG = block(work("stretch"), work("hops"), work("lifts"))
"""110 s with the rests between, 40 s for each set."""

SHORT = block(work("reverse-bridge"))
"""30 s."""


@for_each(
    ("for_s", "left", "notes"),
    [
        (315.0, ["4 x stretch hops"], ()),
        (314.0, ["3 x stretch hops"], ("3 rounds instead of 4.",)),
        (235.0, ["3 x stretch hops"], ("3 rounds instead of 4.",)),
        (100.0, ["1 x stretch hops"], ("1 round instead of 4.",)),
        (74.9, ["1 x stretch"], ("1 round instead of 4.", "Left out: hops (no time).")),
        (35.0, ["1 x stretch"], ("1 round instead of 4.", "Left out: hops (no time).")),
    ],
)
def test_rounds_go_before_sets(for_s: float, left: list[str], notes: tuple[str, ...]) -> None:
    found, lines = shortened(for_s, ROUNDS)
    # What a set that is left out makes room for is filled with rounds again.
    assert (shape(found), lines) == (left, notes)


def test_a_routine_too_long_for_the_time_says_how_short_it_can_be() -> None:
    assert shortened(34.9, ROUNDS) == (None, ("At its shortest it takes 35 s.",))
    assert shortened(1.0, LONG, SHORT, SHORT) == (None, ("At its shortest it takes 1 min 15 s.",))


@for_each(
    ("for_s", "left", "notes"),
    [
        (195.0, ["1 x stretch hops lifts", "1 x reverse-bridge", "1 x reverse-bridge"], ()),
        (
            194.0,
            ["1 x stretch hops", "1 x reverse-bridge", "1 x reverse-bridge"],
            ("Left out: leg lifts (no time).",),
        ),
        (
            120.0,
            ["1 x stretch", "1 x reverse-bridge", "1 x reverse-bridge"],
            ("Left out: hops, leg lifts (no time).",),
        ),
        (
            114.0,
            ["1 x stretch", "1 x reverse-bridge"],
            ("Left out: hops, leg lifts, 1 \N{MULTIPLICATION SIGN} reverse bridge (no time).",),
        ),
        (
            75.0,
            ["1 x stretch", "1 x reverse-bridge"],
            ("Left out: hops, leg lifts, 1 \N{MULTIPLICATION SIGN} reverse bridge (no time).",),
        ),
    ],
)
def test_sets_go_from_the_end_of_the_largest_block_and_the_first_block_is_never_alone(
    for_s: float, left: list[str], notes: tuple[str, ...]
) -> None:
    rested = block(Set(exercise="reverse-bridge", own=layer(30.0, rest=10.0)))
    found, lines = shortened(for_s, LONG, rested, rested)
    assert (shape(found), lines) == (left, notes)


def test_if_the_second_block_is_too_long_a_later_one_is_done() -> None:
    found, lines = shortened(80.0, SHORT, block(work("stretch", 300.0)), block(work("hops")))
    assert shape(found) == ["1 x reverse-bridge", "1 x hops"]
    assert lines == ("Left out: stretch (no time).",)


def test_each_block_that_has_fewer_rounds_is_named() -> None:
    found, lines = shortened(
        200.0,
        Block(sets=(work("stretch"),), rounds=4, name="Let go"),
        Block(sets=(work("hops"),), rounds=2),
    )
    assert shape(found) == ["3 x stretch", "2 x hops"]
    assert lines == ("Let go: 3 rounds instead of 4.",)


def test_an_emom_has_fewer_intervals() -> None:
    found, lines = shortened(
        200.0, block(Set(exercise="stretch", own=layer(20.0)), mode=Mode.EMOM, every=60.0, rounds=10)
    )
    assert shape(found) == ["3 x stretch"]
    assert lines == ("3 rounds instead of 10.",)


@for_each(("for_s", "left"), [(605.0, "600 s"), (594.0, "570 s"), (200.0, "180 s"), (95.0, "90 s"), (94.9, None)])
def test_an_amrap_has_a_shorter_cap_in_which_a_round_can_be_done(for_s: float, left: str | None) -> None:
    cycle = block(work("stretch"), work("lifts", 40.0, 0.0), mode=Mode.AMRAP, cap=600.0)
    found, lines = shortened(for_s, cycle)
    if left:
        assert shape(found) == [f"{left} x stretch lifts"]
    else:
        assert shape(found) == ["60 s x stretch"]  # a round of both takes 80 s
        assert lines == ("1 min instead of 10 min.", "Left out: leg lifts (no time).")
    shortest, lines = shortened(34.0, cycle)
    assert shortest is None
    assert lines == ("At its shortest it takes 35 s.",)


def test_the_cap_of_an_amrap_is_never_longer_than_its_own() -> None:
    brief = block(work("stretch", 100.0), mode=Mode.AMRAP, cap=45.0)
    assert shortened(60.0, brief)[0] == routine(brief, prepare=5.0)
    assert shortened(49.0, brief) == (None, ("At its shortest it takes 50 s.",))


def test_both_sides_are_done_or_none() -> None:
    sided = block("stretch", Set(exercise="hops", own=layer(30.0, switch=5.0, sides=Sides.EACH)))
    found, _ = shortened(99.9, sided)
    assert found is not None
    assert [phase.kind for phase in build(found).phases] == [Kind.PREPARE, Kind.WORK]
    whole, _ = shortened(100.0, sided)
    assert whole is not None and len(build(whole).phases) == 5


def test_the_time_to_get_ready_counts() -> None:
    assert shape(shortened(120.0, ROUNDS, prepare=60.0)[0]) == ["1 x stretch"]


def test_a_day_of_rounds_is_cut_to_an_hour() -> None:
    found, lines = shortened(3600.0, block(*[work("stretch", 50.0, 10.0)] * 5, mode=Mode.CIRCUIT, rounds=99))
    assert lines == ("12 rounds instead of 99.",)
    assert found is not None and found.exercises == LIBRARY
