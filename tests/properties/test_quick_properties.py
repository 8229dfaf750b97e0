"""Quick lines: any text is a routine or a located problem, and a generated line is read correctly."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from tests.workouts import build
from tui.engine.model import Kind
from tui.routine.model import Exercise
from tui.routine.quick import QuickProblem, as_toml
from tui.today.quick_routine import quick_routine

LIBRARY = {id_: Exercise(id=id_, name=id_.title()) for id_ in ("squat", "push-up", "plank")}

words = st.sampled_from(
    ["8x", "3 x", "20/10", "12", "8-12", "max", "40s", "1:30", "20m", "squat", "push-up", '"Deep dip"', '"', ",", ";",
     "rest", "60", "each", "emom", "amrap", "0", "99999999999999999999", "/", ".", "\x1b", "\u202e", "é", "x"]
)  # fmt: skip
texts = st.lists(words, max_size=9).flatmap(lambda parts: st.sampled_from([" ", ""]).map(lambda gap: gap.join(parts)))


@given(texts | st.text(max_size=30))
def test_any_line_is_a_routine_or_a_located_problem(line: str) -> None:
    try:
        routine, quick = quick_routine(line, LIBRARY)
    except QuickProblem as problem:
        assert str(problem)
        assert 1 <= problem.character <= len(line) + 1
    else:
        assert routine.blocks
        assert tomllib.loads(as_toml(quick, line)) == quick.data


@given(
    st.integers(1, 20),
    st.integers(1, 120),
    st.integers(1, 90),
    st.lists(st.sampled_from(sorted(LIBRARY)), min_size=1, max_size=4),
    st.integers(0, 120),
)
def test_a_line_says_what_it_was_written_from(rounds: int, work: int, rest: int, names: list[str], pause: int) -> None:
    several = len(names) > 1
    line = f"{rounds}x {work}/{rest} {', '.join(names)}" + (f"; rest {pause}" if several else "")
    routine, _ = quick_routine(line, LIBRARY)
    done = [
        (phase.kind, phase.length_s, phase.plan.exercise.id)
        for phase in build(routine).phases
        if phase.kind is not Kind.PREPARE
    ]
    expected: list[tuple[Kind, float, str]] = []
    for round_ in range(rounds):
        for index, name in enumerate(names):
            expected.append((Kind.WORK, work, name))
            is_last = index == len(names) - 1
            seconds = pause if is_last and several else rest
            if seconds and not (is_last and round_ == rounds - 1):
                expected.append((Kind.REST, seconds, name))
    assert done == expected
