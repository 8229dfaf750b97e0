"""Doses that have grown."""

import json
import wave
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.for_each import for_each
from tests.workouts import block, build, layer, routine
from tui.audio.frame_map import RATE
from tui.cli.run import run
from tui.engine.limits import problems
from tui.engine.model import Choices
from tui.files.places import find_places
from tui.files.settings_file import save_setting
from tui.files.state import remember_growth, remember_progression
from tui.ladder.growth import with_growth
from tui.routine.model import (
    Block,
    Dose,
    Exercise,
    Grow,
    Layer,
    Measure,
    Mode,
    Progression,
    Reps,
    Routine,
    Set,
    Sides,
    Work,
)
from tui.routine.movement import Tempo
from tui.routine.resolve import resolve

WORK = Grow(Measure.WORK, 5.0, 60.0)
REPS = Grow(Measure.REPS, 1.0, 12.0)
ROUNDS = Grow(Measure.ROUNDS, 1.0, 5.0)
TEMPO = Tempo(2.0, 1.0, 3.0)
ONE = Choices(today={"bridge": "one"})


def bridge(dose: Dose | None, grow: Grow | None, tempo: Tempo | None = None, sides: Sides | None = None) -> Exercise:
    """An exercise of two progressions; the second has this dose, and grows so."""
    own = Layer(dose=dose, tempo=tempo, sides=sides)
    steps = (Progression(id="two", name="Two"), Progression(id="one", name="One", own=own, grow=grow))
    return Exercise(id="bridge", name="Bridge", progressions=steps)


def plan(exercise: Exercise, set_: Set | None = None, every: float | None = None) -> Routine:
    """Return a routine with one set of it; an EMOM if `every` is given."""
    mode = Mode.STRAIGHT if every is None else Mode.EMOM
    plain = routine(block(set_ or Set(exercise="bridge"), mode=mode, every=every))
    return plain._replace(exercises={**plain.exercises, "bridge": exercise})


def dose(grown: Routine, progression: str = "one") -> Dose:
    """The dose of the first set."""
    first = grown.blocks[0]
    return resolve(grown, first, first.sets[0], grown.exercises["bridge"].progression(progression)).dose


@for_each(
    ("base", "grow", "amount", "expected"),
    [
        (Work(30.0), WORK, 10, Work(40.0)),
        (Work(30.0), WORK, 2.5, Work(32.5)),
        (Work(30.0), WORK, 1e8, Work(60.0)),
        (Work(58.0), WORK, 5, Work(60.0)),
        (Work(90.0), WORK, 5, Work(90.0)),
        (Work(7200.0), WORK._replace(up_to=7200.0), 5, Work(7200.0)),
        (Work(30.0), REPS, 5, Work(30.0)),
        (Work(30.0), None, 5, Work(30.0)),
        (Reps(8, 8), REPS, 2, Reps(10, 10)),
        (Reps(6, 10), REPS, 1, Reps(7, 11)),
        (Reps(6, 10), REPS, 9, Reps(8, 12)),
        (Reps(6, 10), REPS, 1.9, Reps(7, 11)),
        (Reps(15, 15), REPS, 3, Reps(15, 15)),
        (Reps(8, 8), WORK, 3, Reps(8, 8)),
        (Reps(None, None), REPS, 3, Reps(None, None)),
        (Reps(998, 998), REPS._replace(up_to=7200.0), 9, Reps(999, 999)),
    ],
)
def test_a_dose_grows_up_to_the_limit_of_its_progression(base: Dose, grow: Grow, amount: float, expected: Dose) -> None:
    assert dose(with_growth(plan(bridge(base, grow)), {"bridge": {"one": amount}}, ONE)) == expected


def test_the_value_that_takes_precedence_grows() -> None:
    grown = {"bridge": {"one": 10.0}}
    in_set = Set(exercise="bridge", own=Layer(dose=Work(20.0)), by_progression={"two": layer(15.0)})
    assert dose(with_growth(plan(bridge(Work(30.0), WORK), in_set), grown, ONE)) == Work(30.0)
    at_it = in_set._replace(by_progression={"one": Layer(dose=Work(25.0), rest_s=7.0)})
    larger = with_growth(plan(bridge(Work(30.0), WORK), at_it), grown, ONE)
    assert dose(larger) == Work(35.0)
    assert larger.blocks[0].sets[0].by_progression["one"].rest_s == 7.0
    assert dose(larger, "two") == Work(20.0), "another progression has not grown"


@for_each(
    ("base", "tempo", "sides", "every", "expected"),
    [
        (Work(30.0), None, None, 45.0, Work(45.0)),
        (Work(30.0), None, None, 60.0, Work(50.0)),
        (Work(20.0), None, Sides.EACH, 60.0, Work(27.5)),
        (Reps(5, 5), TEMPO, None, 45.0, Reps(7, 7)),
        (Reps(3, 3), TEMPO, Sides.EACH, 60.0, Reps(4, 4)),
        (Reps(5, 5), None, None, 30.0, Reps(12, 12)),
        (Work(45.0), None, None, 45.0, Work(45.0)),
    ],
)
def test_in_an_emom_it_grows_as_far_as_its_interval(
    base: Dose, tempo: Tempo | None, sides: Sides | None, every: float, expected: Dose
) -> None:
    grow = WORK._replace(up_to=50.0) if isinstance(base, Work) else REPS
    small = plan(bridge(base, grow, tempo, sides), every=every)
    larger = with_growth(small, {"bridge": {"one": 99.0}}, ONE)
    assert (dose(larger), problems(larger)) == (expected, ())


@for_each(("at", "amount", "rounds"), [("one", 1, 4), ("one", 9, 5), ("one", 0.5, 3), ("two", 9, 3), ("one", 0, 3)])
def test_rounds_grow_only_if_the_progression_that_has_grown_is_chosen(at: str, amount: float, rounds: int) -> None:
    small = plan(bridge(Work(30.0), ROUNDS))
    small = small._replace(blocks=(small.blocks[0]._replace(rounds=3),))
    choices = Choices(today={"bridge": at})
    assert with_growth(small, {"bridge": {"one": amount}}, choices).blocks[0].rounds == rounds
    asked = small.blocks[0]._replace(sets=(Set(exercise="bridge", progression="one"),))
    expected = {4: 4, 5: 5, 3: 3}[rounds] if at == "one" else 5
    asking = with_growth(small._replace(blocks=(asked,)), {"bridge": {"one": amount}}, Choices())
    assert asking.blocks[0].rounds == expected


@for_each(
    "other",
    [
        block("bridge", "stretch", rounds=2),
        block("bridge", mode=Mode.CIRCUIT, rounds=2),
        block("bridge", mode=Mode.EMOM, rounds=2, every=60),
        block("bridge", Set(exercise="bridge", progression="two"), rounds=2),
    ],
)
def test_no_other_rounds_grow(other: Block) -> None:
    small = plan(bridge(Work(30.0), ROUNDS))._replace(blocks=(other,))
    assert with_growth(small, {"bridge": {"one": 2.0}}, Choices(remembered={"bridge": "one"})) is small


def test_more_rounds_than_there_can_be_are_not_laid_out() -> None:
    many = ROUNDS._replace(up_to=7200.0)
    small = plan(bridge(Work(1.0), many))
    assert with_growth(small, {"bridge": {"one": 5000.0}}, ONE).blocks[0].rounds == 99


def test_a_workout_that_would_be_longer_than_one_can_be_is_as_its_file_has_it() -> None:
    long = plan(bridge(Work(700.0), WORK._replace(up_to=7200.0)))
    small = long._replace(blocks=(long.blocks[0]._replace(rounds=60),))
    file_dose = small.blocks[0].sets[0]._replace(progression="one")
    small = small._replace(blocks=(small.blocks[0]._replace(sets=(file_dose,)),))
    assert with_growth(small, {"bridge": {"one": 30.0}}, Choices()) is small
    assert with_growth(small, {"bridge": {"one": 19.0}}, Choices()) is not small


@given(
    st.one_of(
        st.floats(1, 7200).map(Work),
        st.integers(1, 999).map(lambda high: Reps(high, high)),
        st.tuples(st.integers(1, 400), st.integers(0, 500)).map(lambda two: Reps(two[0], two[0] + two[1])),
    ),
    st.sampled_from(Measure), st.floats(1, 7200), st.floats(0.001, 1e6), st.sampled_from([None, *Sides]),
    st.sampled_from([None, TEMPO]), st.one_of(st.none(), st.floats(1, 3600)),
)  # fmt: skip
def test_it_is_never_below_the_dose_in_the_file_nor_above_the_limit_of_its_progression(
    base: Dose, measure: Measure, up_to: float, amount: float, sides: Sides | None, tempo: Tempo | None,
    every: float | None,
) -> None:  # fmt: skip
    small = plan(bridge(base, Grow(measure, 1.0, up_to), tempo, sides), every=every)
    larger = with_growth(small, {"bridge": {"one": amount}}, ONE)
    now = dose(larger)
    assert bool(problems(larger)) == bool(problems(small))
    if isinstance(base, Work):
        assert isinstance(now, Work)
        assert base.seconds - 1e-6 <= now.seconds <= max(base.seconds, up_to) + 1e-6
    else:
        assert isinstance(now, Reps)
        assert base.high is not None and now.high is not None and base.low is not None and now.low is not None
        assert base.high <= now.high <= max(base.high, up_to, 1)
        assert now.high <= 999
        assert now.high - base.high == now.low - base.low
    assert build(larger, ONE).total_s >= build(small, ONE).total_s - 1e-6


MINE = """
format = 1
title = "Mine"
defaults = { prepare = 0 }
[[sets]]
exercise = "bridge"
[exercises.bridge]
name = "Bridge"
[[exercises.bridge.progressions]]
id = "two"
name = "Two"
work = "40s"
grow = { work = "+5s", up_to = "60s" }
[[exercises.bridge.progressions]]
id = "one"
name = "One"
work = "20s"
grow = { work = "+5s", up_to = "60s" }
"""


def output_of(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert run([*command]) == 0
    return capsys.readouterr().out


def frames(path: Path) -> int:
    """Return the number of frames in a WAV file."""
    with wave.open(str(path)) as file:
        count: int = file.getnframes()
        return count


@pytest.mark.usefixtures("few_routines")
def test_every_command_has_the_doses_that_have_grown(capsys: pytest.CaptureFixture[str]) -> None:
    places = find_places()
    places.routines.mkdir(parents=True)
    path = places.routines / "mine.toml"
    path.write_text(MINE)
    save_setting(places, "voice.mode", "off")

    def listed() -> float:
        cards = json.loads(output_of(capsys, "list", "--json"))["routines"]
        found: list[float] = [card["duration_s"] for card in cards if card["id"] == "mine"]
        return found[0]

    def shown(*more: str) -> float:
        total: float = json.loads(output_of(capsys, "show", *more, "--json"))["total_s"]
        return total

    assert (listed(), shown("mine")) == (40, 40)
    output_of(capsys, "render", "mine", str(places.routines / "before.wav"), "--progression", "bridge=one")
    remember_growth(places, "bridge", "two", 10)
    remember_growth(places, "bridge", "one", 5)
    assert (listed(), shown("mine"), shown(str(path))) == (50, 50, 50)
    assert shown("mine", "--progression", "bridge=one") == 25
    remember_progression(places, "bridge", "one", ["two", "one"])
    assert (listed(), shown("mine")) == (25, 25)
    events = output_of(capsys, "start", "mine", "--events", "--mute", "--speed", "600").splitlines()
    assert json.loads(events[0])["total_s"] == 25
    output_of(capsys, "render", "mine", str(places.routines / "after.wav"))
    assert frames(places.routines / "after.wav") - frames(places.routines / "before.wav") == 5 * RATE


def test_sets_that_share_an_interval_grow_into_equal_parts_of_what_is_left() -> None:
    shared = Layer(dose=Work(20.0), rest_s=0.0)
    sets = (Set(exercise="bridge", own=shared), Set(exercise="bridge", own=shared))
    small = routine(block(*sets, mode=Mode.EMOM, every=60)._replace(together=True))
    small = small._replace(exercises={"bridge": bridge(None, WORK)})
    larger = with_growth(small, {"bridge": {"one": 25.0}}, ONE)
    assert [set_.by_progression["one"].dose for set_ in larger.blocks[0].sets] == [Work(30.0)] * 2
    assert problems(larger) == ()
