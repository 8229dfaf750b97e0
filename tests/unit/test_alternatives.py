"""Alternatives to a set's exercise: the choices, their doses, and the effect of a swap."""

from typing import Any

import pytest

from tests.bundled_catalog import bundled_catalog, bundled_routine
from tests.for_each import for_each
from tests.sessions import Led, T
from tests.workouts import BRIDGE, HOPS, LIFTS, STRETCH, block, build, layer, routine, shape
from tui.engine.alternatives import alternatives, demands, with_alternatives
from tui.engine.commands import Extend, LeaveOut, Next, Scope, Start, Swap, Undo
from tui.engine.events import Swapped, SwapUndone
from tui.engine.model import Choices, Kind, Slot
from tui.routine.model import (
    Block,
    Dose,
    Exercise,
    FormCue,
    Layer,
    Mode,
    Place,
    Posture,
    Progression,
    Reps,
    Routine,
    Set,
    Sides,
    Work,
)
from tui.routine.movement import Tempo
from tui.routine.resolve import in_place_of, resolve

FIRST = Slot(0, 0, 0)


def trains(exercise: Exercise, *muscles: str, **own: Any) -> Exercise:
    return exercise._replace(muscles=muscles, own=exercise.own._replace(**own))


@for_each(
    ("asks", "had", "is_enough"),
    [
        (Layer(), Layer(), True),
        (Layer(needs=("Mat",)), Layer(needs=("mat", "cushion")), True),
        (Layer(needs=("mat", "cushion")), Layer(needs=("mat",)), False),
        (Layer(place=Place.ANYWHERE), Layer(place=Place.FLOOR), True),
        (Layer(place=Place.CHAIR), Layer(place=Place.CHAIR), True),
        (Layer(place=Place.CHAIR), Layer(place=Place.FLOOR), False),
        (Layer(place=Place.FLOOR), Layer(place=Place.ANYWHERE), False),
        (Layer(position=Posture.SUPINE), Layer(position=Posture.STANDING), False),
        (Layer(position=Posture.SUPINE), Layer(place=Place.FLOOR), True),
        (Layer(position=Posture.SUPINE, place=Place.ANYWHERE), Layer(), True),
        (Layer(loud=True), Layer(), False),
        (Layer(loud=False), Layer(loud=True), True),
    ],
)
def test_the_demands_of_an_exercise(asks: Layer, had: Layer, is_enough: bool) -> None:
    new, old = (Exercise(id=id_, name=id_, own=own) for id_, own in (("new", asks), ("old", had)))
    assert demands(new, None).within(demands(old, None)) is is_enough


def test_a_progressions_own_demands_replace_those_of_its_exercise() -> None:
    exercise = Exercise(id="x", name="X", own=Layer(needs=("mat",), place=Place.FLOOR, loud=True))
    quiet = Progression(id="a", name="A", own=Layer(needs=(), place=Place.CHAIR, loud=False))
    assert demands(exercise, quiet) == demands(exercise, None)._replace(
        things=frozenset(), place=Place.CHAIR, loud=False
    )


OLD = Exercise(
    id="old", name="Old", say="old", own=Layer(dose=Work(40.0), tempo=Tempo(1, 1, 1), cues=(FormCue("Old"),))
)


@for_each(
    ("asked", "new", "dose"),
    [
        (None, Work(30.0), Work(30.0)),  # of the same kind: its own
        (None, Work(60.0), Work(60.0)),
        (Work(20.0), Work(60.0), Work(20.0)),  # the routine asks for 20 s
        (Work(20.0), Work(15.0), Work(15.0)),  # and it is never done for longer than for itself
        (Work(20.0), Reps(6, 6), Work(20.0)),  # another kind: the set stays as it is
        (Work(20.0), None, Work(20.0)),
        (None, Reps(6, 6), Work(40.0)),
        (Reps(12, 12), Reps(6, 6), Reps(6, 6)),  # repetitions of two movements are not alike
        (Reps(12, 12), Work(30.0), Reps(12, 12)),
        (Reps(), Reps(6, 6), Reps(6, 6)),
    ],
)
def test_the_dose_in_the_place_of_another(asked: Dose | None, new: Dose | None, dose: Dose) -> None:
    words = Layer(say="old one", cues=(FormCue("Old cue"),), caution="Old caution.", figure="old")
    own = words._replace(dose=asked, tempo=Tempo(9, 9, 9), rest_s=7.0, switch_s=3.0, sides=Sides.EACH)
    set_ = Set(exercise="old", progression="p", prepare_s=4.0, own=own, by_progression={"p": Layer(say="p")})
    other = Exercise(id="new", name="New", own=Layer(dose=new, tempo=Tempo(2, 0, 2), cues=(FormCue("New"),)))
    plan = Routine(id="r", title="R", exercises={"old": OLD, "new": other})
    made = in_place_of(set_, resolve(plan, Block(sets=(set_,)), set_, None), other)
    there = resolve(plan, Block(sets=(made,)), made, None)
    assert there.dose == dose
    assert (there.exercise, there.tempo, there.sides, there.cues) == (
        other,
        Tempo(2, 0, 2),
        Sides.BOTH,
        (FormCue("New"),),
    )
    assert (there.say, there.caution, there.figure) == (None, "", None)
    assert (made.prepare_s, there.rest_s, there.switch_s) == (4.0, 7.0, 3.0)


def test_each_progression_of_the_other_has_its_own_dose() -> None:
    set_ = Set(exercise="old", own=Layer(dose=Work(35.0)))
    plan = Routine(id="r", title="R", exercises={"old": OLD, BRIDGE.id: BRIDGE})
    here = Block(sets=(set_,))
    made = in_place_of(set_, resolve(plan, here, set_, None), BRIDGE)
    doses = [resolve(plan, here, made, each).dose for each in BRIDGE.progressions]
    assert doses == [Work(35.0), Work(30.0), Work(20.0)]


def test_a_dose_of_the_block_is_the_routines_too() -> None:
    free = Exercise(id="free", name="Free")
    set_ = Set(exercise="free")
    here = Block(sets=(set_,), own=Layer(dose=Work(20.0)))
    plan = Routine(id="tabata", title="Tabata", exercises={"free": free, "old": OLD})
    made = in_place_of(set_, resolve(plan, here, set_, None), OLD)
    assert resolve(plan, here, made, None).dose == Work(20.0)


GLUTES = {
    each.id: each
    for each in (
        trains(BRIDGE, "glutes", "hamstrings", place=Place.FLOOR, needs=("mat",), position=Posture.SUPINE),
        trains(STRETCH, "hamstrings", place=Place.FLOOR, needs=("mat",), position=Posture.SUPINE),
        trains(HOPS, "glutes", "calves", place=Place.ANYWHERE, loud=True, position=Posture.STANDING),
        trains(LIFTS, "glutes", place=Place.ANYWHERE, position=Posture.STANDING),
    )
}


def glutes(*blocks: Block, prepare: float = 0.0) -> Routine:
    return routine(*blocks, prepare=prepare)._replace(exercises=GLUTES)


class TestAlternatives:
    def ids(self, plan: Routine, choices: Choices | None = None, slot: Slot = FIRST) -> list[tuple[str, str | None]]:
        found = alternatives(plan, slot, choices or Choices())
        return [each.plan.ids for each in found]

    def test_they_train_the_same_and_need_nothing_more(self) -> None:
        assert self.ids(glutes(block("reverse-bridge"))) == [("lifts", None), ("stretch", None)]
        assert self.ids(glutes(block("lifts"))) == []
        assert self.ids(glutes(block("hops"))) == [("lifts", None)]

    def test_the_planned_exercise_comes_first_after_a_swap(self) -> None:
        here = Choices(instead={"reverse-bridge": "stretch"}, remembered={"reverse-bridge": "staggered"})
        found = alternatives(glutes(block("reverse-bridge")), FIRST, here)
        assert [(each.plan.exercise.id, each.back) for each in found] == [("reverse-bridge", True), ("lifts", False)]
        assert found[0].plan.progression is BRIDGE.progressions[1]

    def test_none_that_is_left_out(self) -> None:
        assert self.ids(glutes(block("reverse-bridge")), Choices(left_out=("lifts",))) == [("stretch", None)]

    def test_at_the_progression_that_is_remembered_or_the_nearest_that_needs_nothing_more(self) -> None:
        steps = [("floor", ()), ("low", ("cushion",)), ("high", ("cushion",))]
        ladder = tuple(Progression(id=id_, name=id_, own=Layer(needs=needs)) for id_, needs in steps)
        other = Exercise(id="other", name="Other", muscles=("glutes",), progressions=ladder)
        plan = glutes(block("lifts"))._replace(exercises={**GLUTES, "other": other})
        assert self.ids(plan, Choices(remembered={"other": "high"})) == [("other", "floor")]
        able = plan._replace(exercises={**plan.exercises, "lifts": trains(LIFTS, "glutes", needs=("cushion",))})
        assert self.ids(able, Choices(remembered={"other": "high"})) == [("other", "high")]

    def test_none_that_does_not_fit_its_interval(self) -> None:
        long = trains(STRETCH._replace(id="long"), "glutes", dose=Work(90.0))
        plan = glutes(block("lifts", mode=Mode.EMOM, every=60))
        plan = plan._replace(exercises={**GLUTES, "long": long, "lifts": trains(LIFTS, "glutes", dose=Work(30.0))})
        assert self.ids(plan) == []
        assert self.ids(plan._replace(blocks=(block("lifts"),))) == [("long", None)]

    @pytest.mark.parametrize(("seconds", "fits"), [(60.0, True), (60.5, False)])
    def test_one_that_fills_its_interval_fits(self, seconds: float, fits: bool) -> None:
        long = trains(STRETCH._replace(id="long"), "glutes", dose=Work(seconds))
        plan = glutes(block("lifts", mode=Mode.EMOM, every=60))
        plan = plan._replace(exercises={"long": long, "lifts": trains(LIFTS, "glutes", dose=Work(30.0))})
        assert self.ids(plan) == ([("long", None)] if fits else [])

    def test_a_dozen_are_offered_at_most(self) -> None:
        many = {f"x{n}": trains(LIFTS._replace(id=f"x{n}"), "glutes") for n in range(20)}
        plan = glutes(block("lifts"))._replace(exercises={"lifts": GLUTES["lifts"], **many})
        assert len(self.ids(plan)) == 12

    def test_a_routine_includes_its_alternatives(self) -> None:
        plan = glutes(block("reverse-bridge"))._replace(exercises={"reverse-bridge": GLUTES["reverse-bridge"]})
        carried = with_alternatives(plan, GLUTES)
        assert sorted(carried.exercises) == ["lifts", "reverse-bridge", "stretch"]
        assert with_alternatives(carried, GLUTES) == carried
        assert carried.blocks == plan.blocks
        assert carried.used == {"reverse-bridge"}

    def test_an_exercise_of_the_file_itself_hides_that_of_the_library(self) -> None:
        own = GLUTES["lifts"]._replace(name="My own")
        plan = glutes(block("reverse-bridge", "lifts"))._replace(exercises={**GLUTES, "lifts": own})
        assert with_alternatives(plan, GLUTES).exercises["lifts"] is own


def exchange(session: Led, now: float, instead: str, scope: Scope, progression: str | None = None) -> None:
    session.poll(now)
    target = session.swap_target
    assert target is not None
    swap = Swap(target.slot, target.plan.exercise.id, progression, scope, instead)
    (event,) = (each for each in session.give(swap, now) if isinstance(each, Swapped))
    assert (event.exercise, event.instead, event.scope) == (target.plan.exercise.id, instead, scope)


def begun(plan: Routine, at: float) -> Led:
    session = Led(plan)
    session.give(Start(), T)
    session.poll(T + at)
    return session


def done_with(session: Led) -> list[str]:
    return [phase.plan.exercise.id for phase in session.timeline.sets]


class TestSwap:
    def plan(self) -> Routine:
        return glutes(
            block("reverse-bridge", rounds=3, own=layer(rest=20)), block("lifts", "reverse-bridge"), prepare=10
        )

    def test_this_set_only(self) -> None:
        session = begun(self.plan(), 15)
        exchange(session, T + 15, "stretch", Scope.SET)
        assert done_with(session) == ["stretch", "reverse-bridge", "reverse-bridge", "lifts", "reverse-bridge"]
        assert shape(session.timeline)[:3] == [("prepare", 0, 14), ("work", 14, 30), ("rest", 44, 20)]
        assert session.position(T + 15).elapsed_s == 1

    def test_a_swap_for_today_replaces_every_set_of_the_planned_exercise(self) -> None:
        session = begun(self.plan(), 15)
        exchange(session, T + 15, "stretch", Scope.TODAY)
        assert done_with(session) == ["stretch"] * 3 + ["lifts", "stretch"]

    def test_a_swap_for_today_replaces_swaps_of_single_sets(self) -> None:
        session = begun(self.plan(), 15)
        exchange(session, T + 15, "stretch", Scope.SET)
        exchange(session, T + 16, "lifts", Scope.TODAY)
        assert done_with(session) == ["lifts"] * 5

    def test_the_way_back(self) -> None:
        session = begun(self.plan(), 15)
        before = session.timeline
        exchange(session, T + 15, "stretch", Scope.TODAY)
        exchange(session, T + 15, "reverse-bridge", Scope.SET, "two-legs")
        assert done_with(session) == ["reverse-bridge", "stretch", "stretch", "lifts", "stretch"]
        exchange(session, T + 15, "lifts", Scope.TODAY)
        exchange(session, T + 15, "reverse-bridge", Scope.TODAY, "two-legs")
        assert session.timeline == before
        assert session.choices == Choices()

    def test_its_ladder_continues_from_there(self) -> None:
        plan = glutes(block("stretch", rounds=2), block("reverse-bridge"))
        session = begun(plan, 5)
        exchange(session, T + 5, "reverse-bridge", Scope.TODAY, "two-legs")
        assert session.choices.today == {}
        target = session.swap_target
        assert target is not None
        session.give(Swap(target.slot, "reverse-bridge", "staggered", Scope.SET), T + 6)
        at = [p.plan.progression.id for p in session.timeline.sets if p.plan.progression]
        assert at == ["staggered", "two-legs", "two-legs"]
        session.give(Swap(target.slot, "reverse-bridge", "single-leg", Scope.TODAY), T + 6)
        at = [p.plan.progression.id for p in session.timeline.sets if p.plan.progression]
        assert at == ["single-leg"] * 3

    def test_a_progression_that_it_is_not_at_anyway_holds_today(self) -> None:
        session = begun(glutes(block("stretch", rounds=2)), 5)
        exchange(session, T + 5, "reverse-bridge", Scope.TODAY, "staggered")
        assert session.choices.today == {"reverse-bridge": "staggered"}
        assert [p.plan.progression_name for p in session.timeline.sets] == ["staggered", "staggered"]

    def test_the_progression_of_the_file_belongs_to_its_exercise(self) -> None:
        twin = GLUTES["reverse-bridge"]._replace(id="twin")
        plan = glutes(block(Set(exercise="reverse-bridge", progression="staggered")))
        session = begun(plan._replace(exercises={**GLUTES, "twin": twin}), 5)
        exchange(session, T + 5, "twin", Scope.SET, "two-legs")
        assert session.phase.plan.progression_name == "two legs"
        session.give(Undo(), T + 5)
        exchange(session, T + 5, "twin", Scope.TODAY, "two-legs")
        assert session.phase.plan.progression_name == "two legs"
        assert session.choices.today == {}

    def test_undo_gives_all_back(self) -> None:
        session = begun(self.plan(), 15)
        before, choices = session.timeline, session.choices
        exchange(session, T + 15, "lifts", Scope.TODAY)
        exchange(session, T + 16, "stretch", Scope.SET)
        (undone,) = (each for each in session.give(Undo(), T + 16) if isinstance(each, SwapUndone))
        assert (undone.exercise, undone.name) == ("lifts", "leg lifts")
        (undone,) = (each for each in session.give(Undo(), T + 16) if isinstance(each, SwapUndone))
        assert (undone.exercise, undone.progression, undone.name) == ("reverse-bridge", "two-legs", "reverse bridge")
        assert (session.timeline, session.choices) == (before, choices)

    def test_an_announcement_before_the_swap_is_no_longer_valid(self) -> None:
        session = begun(self.plan(), 30)
        before = session.coach.said
        assert before is not None
        exchange(session, T + 30, "stretch", Scope.SET)
        assert session.coach.said is None
        session.give(Undo(), T + 30)
        assert session.coach.said is before

    def test_the_announcement_after_the_swap_names_the_new_exercise(self) -> None:
        session = begun(self.plan(), 15)
        exchange(session, T + 15, "stretch", Scope.SET)
        named = [
            cue.say for cue in session.coach.cues_from(15, 40) if cue.is_naming and cue.phase == session.phase.index
        ]
        assert named == ["Stretch.", "Thirty seconds."]
        assert not any("bridge" in (cue.say or "").lower() for cue in session.coach.cues_from(15, 39))

    def test_the_preview_of_a_swap_is_its_effect(self) -> None:
        session = begun(self.plan(), 15)
        swap = Swap(FIRST, "reverse-bridge", None, Scope.TODAY, "stretch")
        foreseen = session.foresee(T + 15, swap)
        assert foreseen is not None
        assert foreseen.phases != session.timeline.phases
        session.give(swap, T + 15)
        assert session.timeline.phases == foreseen.phases

    @for_each(
        "swap",
        [
            Swap(FIRST, "reverse-bridge", None, Scope.FROM_NOW_ON, "stretch"),  # no longer than today
            Swap(FIRST, "lifts", None, Scope.TODAY, "stretch"),  # that is not on
            Swap(FIRST, "reverse-bridge", None, Scope.TODAY, "reverse-bridge"),
            Swap(FIRST, "reverse-bridge", None, Scope.TODAY, "gone"),
            Swap(FIRST, "reverse-bridge", "deeper", Scope.TODAY, "stretch"),  # it has no ladder
            Swap(FIRST, "reverse-bridge", None, Scope.TODAY, "hops"),  # left out
            Swap(Slot(0, 1, 0), "reverse-bridge", None, Scope.TODAY, "stretch"),
        ],
    )
    def test_an_impossible_swap_changes_nothing(self, swap: Swap) -> None:
        session = Led(self.plan(), Choices(left_out=("hops",)))
        session.give(Start(), T)
        session.poll(T + 15)
        before = session.choices
        assert session.give(swap, T + 15) == ()
        assert session.foresee(T + 15, swap) is None
        assert session.choices is before

    def test_the_replacement_can_be_left_out(self) -> None:
        session = begun(self.plan(), 15)
        exchange(session, T + 15, "stretch", Scope.TODAY)
        session.give(LeaveOut("stretch"), T + 16)
        coming = [p.plan.exercise.id for p in session.timeline.phases[2:] if p.kind is Kind.WORK]
        assert coming == ["lifts"]

    def test_an_amrap_whose_exercises_are_all_left_out_is_over(self) -> None:
        session = begun(glutes(block("reverse-bridge", mode=Mode.AMRAP, cap=300), block("lifts")), 5)
        exchange(session, T + 5, "stretch", Scope.SET)
        session.give(LeaveOut("reverse-bridge"), T + 6)
        assert done_with(session) == ["stretch", "lifts"]


class TestGettingThere:
    def plan(self) -> Routine:
        return glutes(block("lifts", own=layer(rest=5)), block("reverse-bridge", prepare=3))

    def test_a_prepare_leads_to_the_other_exercise(self) -> None:
        session = begun(self.plan(), 0)
        session.give(Next(), T + 1)
        session.give(Next(), T + 2)
        assert (session.phase.label, session.phase.length_s) == ("Down to the floor", 7)
        before = session.phase
        exchange(session, T + 3, "lifts", Scope.SET)
        assert (session.phase.label, session.phase.length_s) == ("Get ready", 7)
        exchange(session, T + 3, "reverse-bridge", Scope.SET, "two-legs")
        assert session.phase._replace(plan=before.plan) == before

    def test_it_is_never_too_short_for_the_way(self) -> None:
        session = Led(self.plan(), Choices(instead={"reverse-bridge": "lifts"}))
        session.give(Start(), T)
        session.give(Next(), T + 1)
        session.give(Next(), T + 2)
        assert (session.phase.label, session.phase.length_s) == ("Get ready", 3)
        session.give(Extend(10), T + 2)
        exchange(session, T + 3, "reverse-bridge", Scope.SET, "two-legs")
        assert (session.phase.label, session.phase.length_s) == ("Down to the floor", 17)
        session.give(Undo(), T + 3)
        assert (session.phase.label, session.phase.length_s) == ("Get ready", 13)

    def test_the_way_begins_at_the_users_place(self) -> None:
        """A done set stays as it was, whatever the set would be now."""
        session = begun(glutes(block("reverse-bridge", rounds=2, own=layer(rest=5))), 41)
        assert session.phase.kind is Kind.REST
        exchange(session, T + 41, "lifts", Scope.TODAY)
        assert [p.label for p in session.timeline.phases[1:3]] == ["Rest", "Roll to your side. Up to standing"]


@for_each("name", ["bridge-ladder", "kettle-break", "undo-the-chair", "before-the-gym", "emom-ten"])
def test_every_alternative_of_a_bundled_routine_can_be_done(name: str) -> None:
    plan = with_alternatives(bundled_routine(name), bundled_catalog().exercises)
    for index, block_ in enumerate(plan.blocks):
        for number in range(len(block_.sets)):
            slot = Slot(index, 0, number)
            for other in alternatives(plan, slot, Choices()):
                exercise, progression = other.plan.ids
                sets = {slot: progression} if progression else {}
                timeline = build(plan, Choices(sets=sets, sets_instead={slot: exercise}))
                there = next(phase.plan for phase in timeline.sets if phase.slot == slot)
                assert there == other.plan
                assert set(there.exercise.muscles) & set(plan.exercises[block_.sets[number].exercise].muscles)


def test_twelve_are_offered_at_most() -> None:
    others = {f"other-{n}": OLD._replace(id=f"other-{n}", muscles=("gluteus maximus",)) for n in range(20)}
    old = OLD._replace(muscles=("gluteus maximus",))
    plan = Routine(id="r", title="R", blocks=(Block(sets=(Set(exercise="old"),)),), exercises={**others, "old": old})
    assert len(alternatives(plan, Slot(0, 0, 0), Choices())) == 12


@pytest.mark.parametrize(("every_s", "count"), [(40.0, 1), (39.9, 0)])
def test_in_an_emom_one_that_fills_its_interval_is_offered_and_a_longer_one_is_not(every_s: float, count: int) -> None:
    old, other = (OLD._replace(id=id_, muscles=("gluteus maximus",)) for id_ in ("old", "other"))
    here = Block(sets=(Set(exercise="old"),), mode=Mode.EMOM, every_s=every_s)
    plan = Routine(id="r", title="R", blocks=(here,), exercises={"old": old, "other": other})
    assert len(alternatives(plan, Slot(0, 0, 0), Choices())) == count
