"""The effect of more time, back, jump, swap and undo on a session."""

from itertools import pairwise

from tests.for_each import for_each
from tests.sessions import Led, T, begun, ended, heard, swap, three_stretches
from tests.workouts import block, layer, routine, shape
from tui.coach.cue import CueFired, Sound
from tui.engine.commands import Back, Done, Extend, Jump, LeaveOut, Next, Pause, Resume, Scope, Start, Swap, Undo
from tui.engine.events import CommandGiven, Extended, Paused, PhaseEnded, SwapUndone
from tui.engine.model import Choices, Kind, Side, Slot
from tui.engine.position import SessionState
from tui.routine.model import Mode, Posture, Reps, Routine, Set, Sides


def said_between(session: Led, from_s: float, to_s: float) -> list[tuple[float, str]]:
    """Return the words in a stretch of workout time, without form cues."""
    cues = session.coach.cues
    return [(round(c.at_s, 3), c.say) for c in cues if c.say and c.is_naming and from_s <= c.at_s < to_s]


def test_a_command_reports_the_cues_of_a_set_that_its_clock_has_lengthened_before() -> None:
    session = begun(routine(block("hops", mode=Mode.EMOM, every=60.0), block("hops")), at=20)
    reported = session.give(Resume(), T + 55)  # which changes nothing
    assert [event.at_s for event in reported if isinstance(event, CueFired) and event.cue.say] == [50.0]


def test_the_last_rep_is_announced_after_any_change_in_the_beat_before() -> None:
    session = begun(routine(block("lifts"), block("hops")), at=22)
    said = [(cue.at_s, cue.say) for cue in session.coach.cues if cue.say == "One more."]
    assert len(said) == 1 and 22 < said[0][0] < 24
    session.give(LeaveOut("hops"), T + 22)
    assert [(cue.at_s, cue.say) for cue in session.coach.cues if cue.say == "One more."] == said


def test_the_hint_to_stay_is_said_after_any_change_that_follows_the_length_of_the_rest() -> None:
    lying = layer(rest=20)._replace(position=Posture.SUPINE)
    session = begun(routine(block("stretch", rounds=2, own=lying), block("hops")), at=31)
    assert [words for _, words in announcements(session) if words.startswith(("Rest", "Stay"))] == [
        "Rest, twenty seconds.", "Stay on your back.",
    ]  # fmt: skip
    before = announcements(session)
    session.give(LeaveOut("hops"), T + 31)
    session.give(Undo(), T + 31)
    assert announcements(session) == before


def announcements(session: Led) -> list[tuple[float, str]]:
    """All that has been said in the first rest, and is still to be said in it, to a second."""
    return [(round(c.at_s), c.say) for c in session.coach.cues if c.say and 30 <= c.at_s < 50]


class TestExtend:
    def test_plus_moves_the_end_and_all_that_follows(self) -> None:
        session = begun(three_stretches(), at=15)
        assert session.give(Extend(10), T + 15) == (CommandGiven(15, Extend(10)), Extended(15, 10))
        assert (session.phase.duration_s, session.phase.extended_s, session.timeline.total_s) == (40, 10, 150)
        session.give(Extend(-10), T + 15)
        assert shape(session.timeline) == shape(Led(three_stretches()).timeline)

    def test_halfway_is_heard_once_and_the_countdown_again(self) -> None:
        session = begun(three_stretches())
        before = heard(session.poll(T + 38.5))
        after = heard((*session.give(Extend(10), T + 38.5), *session.poll(T + 50)))
        assert [name for _, name in before].count("halfway") == 1
        assert after == [(47, "countdown"), (48, "countdown"), (49, "countdown"), (50, "rest")]

    def test_a_cue_that_it_makes_due_at_once_comes_with_the_next_poll(self) -> None:
        session = begun(three_stretches(), at=27)
        assert heard(session.give(Extend(-10), T + 27)) == []
        assert heard(session.poll(T + 27.04)) == [(27, "countdown")]

    def test_such_a_cue_comes_before_the_next_command(self) -> None:
        session = begun(three_stretches(), at=27)
        session.give(Extend(-10), T + 27)
        cue, given, paused = session.give(Pause(), T + 27)
        assert heard([cue]) == [(27, "countdown")]
        assert isinstance(given, CommandGiven) and isinstance(paused, Paused)

    def test_less_than_is_left_skips_the_phase(self) -> None:
        session = begun(three_stretches(), at=35)
        events = session.give(Extend(-10), T + 35)
        assert ended(events) == [("work", "skipped", 25)]
        assert session.phase.kind is Kind.REST


class TestBack:
    def test_it_restarts_the_phase(self) -> None:
        session = begun(three_stretches(), at=20)
        events = session.give(Back(), T + 20)
        assert ended(events) == [("work", "left", 10)]
        assert (session.phase.start_s, session.phase.duration_s, session.phase.number) == (20, 30, 1)
        assert session.timeline.total_s == 150

    def test_a_restart_drops_an_extension(self) -> None:
        session = begun(three_stretches())
        session.give(Extend(10), T + 15)
        session.give(Back(), T + 20)
        assert (session.phase.duration_s, session.phase.extended_s) == (30, 0)

    def test_in_its_first_seconds_it_goes_to_the_set_before(self) -> None:
        session = begun(three_stretches())
        session.poll(T + 62)
        session.give(Back(), T + 62)
        assert (session.phase.kind, session.phase.number, session.phase.start_s) == (Kind.WORK, 1, 62)
        assert [p.number for p in session.timeline.phases] == [1, 1, 1, 2, 1, 1, 2, 2, 3]

    def test_early_in_a_rest_it_does_the_set_again(self) -> None:
        session = begun(three_stretches())
        session.give(Back(), T + 41)
        assert (session.phase.kind, session.phase.number) == (Kind.WORK, 1)

    def test_early_on_the_second_side_it_goes_to_the_first(self) -> None:
        session = begun(routine(block("stretch", own=layer(sides=Sides.EACH)), block("stretch")))
        session.give(Back(), T + 36)
        assert session.phase.side is Side.LEFT

    def test_in_the_first_set_it_restarts(self) -> None:
        session = begun(three_stretches())
        session.give(Back(), T + 11)
        assert (session.phase.number, session.phase.kind, session.phase.start_s) == (1, Kind.WORK, 11)

    def test_back_restarts_the_interval_of_an_emom(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.EMOM, rounds=2, every=60)))
        session.give(Back(), T + 10)
        assert [p.start_s for p in session.timeline.sets] == [0, 70]
        assert session.timeline.coming_work(session.phase.index) is session.timeline.phases[-1]

    def test_an_amraps_cap_stays(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.AMRAP, cap=60)))
        session.give(Back(), T + 20)
        assert session.timeline.total_s == 60


class TestJump:
    def test_it_goes_to_the_set(self) -> None:
        session = begun(three_stretches())
        session.give(Jump(Slot(0, 2, 0)), T + 15)
        assert (session.phase.number, session.phase.start_s, session.timeline.total_s) == (3, 15, 45)

    def test_an_unknown_place_is_nothing(self) -> None:
        session = begun(three_stretches(), at=15)
        assert session.give(Jump(Slot(7, 0, 0)), T + 15) == ()

    def test_within_an_amrap_the_cap_stays(self) -> None:
        session = begun(routine(block("stretch", "lifts", mode=Mode.AMRAP, cap=100)))
        session.give(Jump(Slot(0, 0, 1)), T + 10)
        assert session.timeline.total_s == 100


class TestSwap:
    def plan(self) -> Routine:
        return routine(block("reverse-bridge", rounds=3, own=layer(rest=20)), prepare=10)

    def test_in_a_running_set_elapsed_time_stays(self) -> None:
        session = begun(self.plan())
        swap(session, T + 15, "single-leg", Scope.TODAY)
        assert shape(session.timeline)[1:4] == [("work left", 10, 20), ("switch", 30, 5), ("work right", 35, 20)]
        assert session.position(T + 15).elapsed_s == 5
        assert all(p.plan.progression and p.plan.progression.id == "single-leg" for p in session.timeline.sets)

    def test_this_set_only(self) -> None:
        session = begun(self.plan())
        swap(session, T + 15, "single-leg", Scope.SET)
        progressions = [p.plan.progression.id for p in session.timeline.sets if p.plan.progression]
        assert progressions == ["single-leg", "two-legs", "two-legs"]

    def test_in_a_rest_it_changes_the_set_to_come(self) -> None:
        session = begun(self.plan())
        swap(session, T + 60, "staggered", Scope.SET)
        progressions = [p.plan.progression.id for p in session.timeline.sets if p.plan.progression]
        assert progressions == ["two-legs", "staggered", "two-legs"]
        assert (session.phase.kind, session.phase.end_s) == (Kind.REST, 70)

    def test_a_wider_swap_takes_the_place_of_a_narrow_one(self) -> None:
        session = begun(self.plan())
        swap(session, T + 15, "single-leg", Scope.SET)
        swap(session, T + 16, "staggered", Scope.TODAY)
        assert session.phase.plan.progression and session.phase.plan.progression.id == "staggered"

    def test_from_now_on_is_in_the_choices_too(self) -> None:
        session = begun(self.plan())
        swap(session, T + 15, "staggered", Scope.FROM_NOW_ON)
        assert session.choices.remembered == session.choices.today == {"reverse-bridge": "staggered"}

    def test_a_dose_that_is_already_done_leaves_three_seconds_to_think_again(self) -> None:
        session = begun(self.plan(), at=45)
        before = session.timeline
        swap(session, T + 45, "single-leg", Scope.TODAY)
        assert (session.phase.side, session.phase.end_s) == (Side.LEFT, 48)
        session.give(Undo(), T + 45)
        assert session.timeline == before
        swap(session, T + 46, "single-leg", Scope.TODAY)
        assert ended(session.poll(T + 49)) == [("work", "finished", 39)]

    def test_on_the_second_side_to_both_sides_and_back(self) -> None:
        session = begun(self.plan(), reverse_bridge="single-leg")
        session.poll(T + 40)
        before = session.timeline
        swap(session, T + 40, "two-legs", Scope.TODAY)
        assert (session.phase.side, session.phase.duration_s) == (None, 40)
        session.give(Undo(), T + 40)
        assert session.timeline == before

    def test_in_the_switch_to_both_sides_the_work_still_comes(self) -> None:
        session = begun(self.plan(), reverse_bridge="single-leg")
        swap(session, T + 32, "two-legs", Scope.TODAY)
        assert [p.kind for p in session.timeline.phases[2:5]] == [Kind.SWITCH, Kind.WORK, Kind.REST]
        assert session.timeline.phases[3].duration_s == 40

    def test_undo_names_the_progression_to_remember_again(self) -> None:
        session = Led(self.plan(), Choices(remembered={"reverse-bridge": "staggered"}))
        session.give(Start(), T)
        swap(session, T + 1, "single-leg", Scope.FROM_NOW_ON)
        undone = [event for event in session.give(Undo(), T + 2) if isinstance(event, SwapUndone)]
        assert undone == [SwapUndone(2, "reverse-bridge", "staggered", True, "staggered", "staggered")]
        session.poll(T + 3)
        assert session.give(Undo(), T + 3) == ()

    def test_undo_later_takes_the_running_set_back(self) -> None:
        session = begun(self.plan())
        swap(session, T + 15, "staggered", Scope.TODAY)
        session.poll(T + 97)
        assert session.phase.number == 2
        session.give(Undo(), T + 97)
        assert session.phase.duration_s == 40

    def test_undo_keeps_an_extension(self) -> None:
        session = begun(self.plan())
        swap(session, T + 15, "staggered", Scope.TODAY)
        session.give(Extend(10), T + 16)
        session.give(Undo(), T + 17)
        assert session.phase.duration_s == 50

    @for_each("at_s", [3, 15, 45, 60])
    @for_each("scope", list(Scope))
    @for_each("progression", ["two-legs", "staggered", "single-leg"])
    def test_the_preview_of_a_swap_is_its_effect(self, progression: str, scope: Scope, at_s: float) -> None:
        session = begun(self.plan(), at=at_s)
        target, before, revision = session.swap_target, session.timeline, session.revision
        assert target is not None
        change = Swap(target.slot, "reverse-bridge", progression, scope)
        foreseen = session.foresee(T + at_s, change)
        assert (session.timeline, session.revision, session.choices) == (before, revision, Choices())
        session.give(change, T + at_s)
        assert foreseen is not None
        assert foreseen.phases == session.timeline.phases

    def test_an_open_set_that_would_be_past_its_estimate_is_foreseen_to_last_until_its_clock(self) -> None:
        open_set = Set(exercise="reverse-bridge", by_progression={"staggered": layer(Reps())})
        session = begun(routine(block(open_set, mode=Mode.EMOM, every=45)), at=32)
        change = Swap(Slot(0, 0, 0), "reverse-bridge", "staggered", Scope.SET)
        foreseen = session.foresee(T + 32, change)
        session.give(change, T + 32)
        assert foreseen is not None
        assert foreseen.phases == session.timeline.phases
        assert session.phase.end_s == 45

    def test_of_a_set_that_is_over_nothing_is_foreseen(self) -> None:
        session = begun(self.plan(), at=55)
        assert session.foresee(T + 55, Swap(Slot(0, 0, 0), "reverse-bridge", "single-leg", Scope.SET)) is None

    def test_after_any_swaps_no_cue_fires_twice_and_nothing_done_is_lost(self) -> None:
        session = begun(self.plan())
        done, cues = [], []
        for second in range(1, 900):
            happened = [*session.poll(T + second)]
            if second % 7 == 0 and session.swap_target:
                progression = ("single-leg", "two-legs", "staggered")[second % 3]
                happened += swap(session, T + second, progression, list(Scope)[second % 2])
            if second % 17 == 0:
                happened += session.give(Undo(), T + second)
            done += [event for event in happened if isinstance(event, PhaseEnded)]
            cues += [event.cue for event in happened if isinstance(event, CueFired)]
        assert session.state is SessionState.FINISHED
        ends = [0.0, *(event.at_s for event in done)]
        assert [event.phase.start_s for event in done] == ends[:-1]  # each begins where the one before ended
        assert [event.at_s - event.elapsed_s for event in done] == ends[:-1]
        assert [phase.slot for phase in session.timeline.sets] == [Slot(0, number, 0) for number in range(3)]
        assert len({(cue.at_s, cue.phase, cue.sound, cue.say) for cue in cues}) == len(cues)

    def test_an_unknown_progression_is_refused_and_changes_nothing(self) -> None:
        session = begun(self.plan(), at=1)
        before = session.timeline
        assert swap(session, T + 1, "handstand", Scope.SET) == ()
        assert session.timeline is before
        assert session.give(Undo(), T + 1) == ()

    @for_each(
        "stale",
        [
            Swap(Slot(0, 0, 0), "reverse-bridge", "single-leg", Scope.SET),
            Swap(Slot(0, 2, 0), "reverse-bridge", "single-leg", Scope.SET),
            Swap(Slot(0, 1, 0), "stretch", "single-leg", Scope.TODAY),
        ],
    )
    def test_a_swap_of_another_set_than_the_one_that_is_on_or_to_come_is_nothing(self, stale: Swap) -> None:
        session = begun(self.plan(), at=55)
        before, revision = session.timeline, session.revision
        assert session.give(stale, T + 55) == ()
        assert (session.timeline, session.revision, session.choices) == (before, revision, Choices())
        assert session.give(Undo(), T + 55) == ()

    def test_undo_keeps_an_extension_that_came_before_a_swap_to_an_open_set(self) -> None:
        sets = Set(exercise="reverse-bridge", by_progression={"single-leg": layer(Reps(5, 5))})
        session = begun(routine(block(sets, "stretch")))
        session.give(Extend(10), T + 5)
        swap(session, T + 6, "single-leg", Scope.TODAY)
        assert session.phase.is_open
        session.give(Undo(), T + 8)
        assert (session.phase.duration_s, session.phase.extended_s) == (50, 10)

    def test_a_swap_late_in_a_prepare_does_not_speak_into_the_countdown(self) -> None:
        session = begun(self.plan(), at=6)
        swap(session, T + 6, "single-leg", Scope.TODAY)
        assert said_between(session, 6, 10) == []
        assert said_between(session, 10, 12)[:2] == [(10.8, "Reverse bridge, single leg."), (11.2, "Left side.")]

    def test_undo_at_the_very_end_of_a_phase_does_not_close_it(self) -> None:
        session = begun(self.plan(), reverse_bridge="single-leg")
        swap(session, T + 12, "two-legs", Scope.TODAY)
        assert ended(session.give(Undo(), T + 30)) == []
        assert (session.phase.kind, session.phase.end_s) == (Kind.WORK, 33)

    def test_without_a_ladder_there_is_nothing_to_swap(self) -> None:
        session = begun(three_stretches(), at=1)
        assert swap(session, T + 1, "deeper", Scope.SET) == ()

    def test_after_the_last_set_there_is_nothing_to_swap(self) -> None:
        session = begun(routine(block(Set(exercise="hops", own=layer(Reps(1, 1))))))
        session.give(Done(), T + 1)
        assert swap(session, T + 2, "x", Scope.SET) == ()

    def test_a_swap_is_said_if_its_set_has_been_announced(self) -> None:
        session = begun(self.plan(), at=15)
        swap(session, T + 15, "single-leg", Scope.TODAY)
        assert said_between(session, 15, 16.5)[:2] == [(15.8, "Reverse bridge, single leg."), (16.2, "Left side.")]
        session.give(Jump(Slot(0, 1, 0)), T + 16)
        session.poll(T + 70)
        swap(session, T + 70, "staggered", Scope.TODAY)
        assert said_between(session, 70, 72)[:2] == [
            (70.8, "Last set: reverse bridge, staggered."), (71.2, "Left side."),
        ]  # fmt: skip

    def test_a_swap_and_its_undo_in_one_breath_say_nothing(self) -> None:
        session = begun(self.plan(), at=15)
        swap(session, T + 15, "single-leg", Scope.TODAY)
        session.give(Undo(), T + 15.5)
        assert said_between(session, 15, 17) == []

    def test_a_swap_in_an_emom_does_not_move_its_clock(self) -> None:
        plan = routine(block("reverse-bridge", mode=Mode.EMOM, rounds=2, every=70))
        session = begun(plan, at=39)
        session.give(Extend(30), T + 39)
        session.poll(T + 68)
        swap(session, T + 68, "single-leg", Scope.TODAY)
        assert session.phase.end_s == 70


class TestPassedSets:
    def plan(self) -> Routine:
        return routine(block("stretch", rounds=5))

    def test_sets_that_were_jumped_over_stay_in_the_list(self) -> None:
        session = begun(self.plan(), at=10)
        session.give(Jump(Slot(0, 4, 0)), T + 10)
        assert [p.number for p in session.timeline.sets] == [1, 2, 3, 4, 5]
        session.give(Jump(Slot(0, 1, 0)), T + 12)
        assert session.phase.number == 2

    def test_back_goes_to_the_set_before_even_if_it_was_jumped_over(self) -> None:
        session = begun(self.plan(), at=10)
        session.give(Jump(Slot(0, 4, 0)), T + 10)
        session.give(Back(), T + 11)
        assert session.phase.number == 4


class TestAmrapsCap:
    def plan(self) -> Routine:
        return routine(block("stretch", mode=Mode.AMRAP, cap=60, own=layer(rest=20)), block("stretch"))

    def test_more_and_less_time_move_the_cap_by_as_much(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.AMRAP, cap=60)), at=50)
        session.give(Extend(30), T + 50)
        assert shape(session.timeline) == [("work", 0, 30), ("work", 30, 60)]
        session.give(Extend(-10), T + 50)
        assert shape(session.timeline) == [("work", 0, 30), ("work", 30, 50)]
        session.give(Back(), T + 70)
        assert (session.phase.duration_s, session.timeline.total_s) == (10, 80)

    def test_back_in_the_rest_after_its_end_goes_to_the_last_set_only_while_the_cap_has_time(self) -> None:
        over = begun(self.plan(), at=61)
        assert over.phase.kind is Kind.REST
        over.give(Back(), T + 61)
        assert shape(over.timeline)[3:] == [("rest", 60, 1), ("rest", 61, 20), ("work", 81, 30)]
        early = begun(routine(block("stretch", mode=Mode.AMRAP, cap=40, own=layer(rest=15)), block("stretch")), at=31)
        early.give(Back(), T + 31)
        assert shape(early.timeline)[1:] == [("rest", 30, 1), ("work", 31, 9), ("rest", 40, 15), ("work", 55, 30)]

    def test_after_its_end_back_in_the_rest_and_next_give_it_no_time(self) -> None:
        session = begun(self.plan(), at=68)
        session.give(Back(), T + 68)
        session.give(Next(), T + 76)
        assert (session.phase.slot, session.phase.start_s, session.timeline.total_s) == (Slot(1, 0, 0), 76, 106)

    def test_back_early_in_the_block_after_it_buys_no_new_cap(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.AMRAP, cap=60), block("stretch")), at=62)
        session.give(Back(), T + 62)
        assert (session.phase.slot, session.phase.number, session.timeline.total_s) == (Slot(1, 0, 0), 3, 92)
        assert [p.number for p in session.timeline.sets] == [1, 2, 3]

    def test_back_after_a_jump_out_of_it_goes_to_the_last_set_begun_under_the_same_cap(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.AMRAP, cap=120), block("stretch")), at=40)
        session.give(Jump(Slot(1, 0, 0)), T + 40)
        session.give(Back(), T + 42)
        assert (session.phase.slot, session.phase.number, session.phase.limit_s) == (Slot(0, 1, 0), 2, 120)
        numbers = [p.number for p in session.timeline.sets]
        assert numbers == list(range(1, len(numbers) + 1))
        assert session.timeline.total_s == 150

    def test_back_never_goes_forward_even_if_a_prepare_outlasts_the_cap(self) -> None:
        prepared = Set(exercise="stretch", prepare_s=10)
        session = begun(routine(block(prepared, "stretch", mode=Mode.AMRAP, cap=38)), at=41)
        session.give(Back(), T + 41)
        assert (session.phase.slot, session.phase.start_s, session.phase.end_s) == (Slot(0, 0, 1), 41, 48)

    def test_a_rest_that_is_given_more_time_is_followed_by_no_other(self) -> None:
        prepared = Set(exercise="stretch", prepare_s=8, own=layer(rest=10))
        session = begun(routine(block(prepared, mode=Mode.AMRAP, cap=60), block("stretch")), at=39)
        assert session.phase.kind is Kind.REST
        for _ in range(3):
            session.give(Extend(10), T + 39)
            kinds = [p.kind for p in session.timeline.phases]
            assert (Kind.REST, Kind.REST) not in pairwise(kinds)
        session.give(Back(), T + 42)
        kinds = [p.kind for p in session.timeline.phases[session.phase.index :]]
        assert (Kind.REST, Kind.REST) not in pairwise(kinds)

    def test_at_its_first_instant_back_restarts_it(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.AMRAP, cap=60, prepare=5)), at=7)
        session.give(Back(), T + 7)
        assert shape(session.timeline)[2:] == [("prepare", 7, 5), ("work", 12, 30), ("work", 42, 30)]

    def test_an_open_set_past_its_estimate_keeps_the_plan_behind_it(self) -> None:
        session = begun(routine(block("hops", mode=Mode.AMRAP, cap=100), block("stretch")), at=40)
        assert [p.number for p in session.timeline.sets] == [1, 2, 3, 4, 5]
        position = session.position(T + 40)
        assert (position.total_remaining_s, position.estimated) == (90, True)
        assert [c.at_s for c in session.coach.cues_from(41) if c.sound is Sound.COUNTDOWN][:3] == [97, 98, 99]
        assert ended(session.poll(T + 100)) == [("work", "cut-off", 100)]
        assert (session.phase.slot, session.phase.number) == (Slot(1, 0, 0), 2)

    def test_an_end_that_floats_miss_by_their_last_bit_is_reached(self) -> None:
        sets = (Set(exercise="stretch", own=layer(3.2)), Set(exercise="hops", own=layer(Reps(3, 3))))
        session = begun(routine(block(*sets, mode=Mode.AMRAP, cap=45), prepare=1.1))
        session.poll(T + 46.5)
        assert session.state is SessionState.FINISHED
        assert session.timeline.total_s == 46.1

    def test_no_sliver_of_a_set_begins_before_the_cap(self) -> None:
        session = begun(routine(block("hops", mode=Mode.AMRAP, cap=60)), at=59.8)
        session.give(Done(), T + 59.8)
        assert session.state is SessionState.FINISHED
