"""Safety in the bundled routines: the right words before a set, and time to follow them.

Read in the scripts as they are heard on the first day, unless something else is said.
"""

from __future__ import annotations

import re

import pytest

from tests.bundled_catalog import bundled_catalog, bundled_routine
from tests.bundled_library import spoken
from tests.coached import LED
from tests.for_each import for_each
from tests.sessions import Led, T, swap
from tests.workouts import block, layer, routine
from tui.cli.run import run
from tui.coach.cue import Sound, Topic
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.coach.health import WHEN_NOT_TO
from tui.engine.coaching import Coaching
from tui.engine.commands import Jump, Scope, Start
from tui.engine.model import Choices, Kind
from tui.engine.posture import from_seat_s
from tui.files.places import find_places
from tui.routine.model import Exercise
from tui.routine.movement import Beat

ROUTINES = [routine.id for routine in bundled_catalog().routines]


def scripted(id_: str, coaching: Coaching = LED, /, **progressions: str) -> CuedTimeline:
    """A routine at these progressions, whose exercises have underscores for hyphens."""
    remembered = {exercise.replace("_", "-"): progression for exercise, progression in progressions.items()}
    return cued_timeline(bundled_routine(id_), Choices(remembered=remembered), coaching)


def every_exercise() -> dict[str, Exercise]:
    """The exercises of the library and those that routines bring along."""
    catalog = bundled_catalog()
    return {**catalog.exercises, **{id_: e for r in catalog.routines for id_, e in r.exercises.items()}}


def said(timeline: CuedTimeline, *kinds: Kind) -> list[str]:
    """Return the words of all phases, or of those of these kinds."""
    wanted = {phase.index for phase in timeline.phases if not kinds or phase.kind in kinds}
    return [cue.say for cue in timeline.cues if cue.say and cue.phase in wanted]


def words_of(exercise: Exercise, progression: str) -> list[str]:
    """The steps, cues, caution and fix of a progression."""
    found = exercise.progression(progression)
    layers = (found.own, exercise.own) if found else (exercise.own,)
    steps, caution, fix = (
        next((getattr(each, name) for each in layers if getattr(each, name)), "")
        for name in ("steps", "caution", "fix")
    )
    cues = next((each.cues for each in layers if each.cues), ())
    return [*steps, *(cue.say for cue in cues), caution, fix]


@for_each(
    ("routine", "exercise", "words"),
    [
        ("desk-break", "sit_to_stand", "Stand up, most of your weight on the left leg."),
        ("bridge-ladder", "reverse_bridge", "Push mostly through the left heel."),
        ("sofa-bridge", "sofa_bridge", "Mostly through the left heel, up until level."),
    ],
)
def test_staggered_feet_are_never_spoken_of_as_one_leg(routine: str, exercise: str, words: str) -> None:
    script = said(scripted(routine, **{exercise: "staggered"}))
    assert words in script
    assert not {"Stand up on the left leg.", "Push through the left heel."} & set(script)
    for side in ("left", "right"):  # the second one at the change of sides
        assert f"Push mostly with your {side} leg." in script
        assert not {f"Push with your {side} leg.", f"Stand up on your {side} leg."} & set(script)


def test_no_side_is_an_order_to_move_before_the_set() -> None:
    orders = {"stand up", "hop", "jump", "lift", "step"}
    for name, found in every_exercise().items():
        for own in (found.own, *(progression.own for progression in found.progressions)):
            words = (own.side_means or "").lower()
            assert not any(words.startswith(order) for order in orders), (name, words)


def test_no_step_begins_with_the_words_of_the_side_before_it() -> None:
    for name, found in every_exercise().items():
        for progression in found.progressions:
            means, steps = progression.own.side_means or found.own.side_means, progression.own.steps or found.own.steps
            assert not means or not any(step.startswith(means) for step in steps or ()), (name, progression.id)


@pytest.mark.parametrize("today", [{}, {"sit-to-stand": "single-leg", "reverse-bridge": "single-leg"}])
def test_the_warm_up_stays_on_two_legs_whatever_is_asked_for(today: dict[str, str]) -> None:
    for choices in (Choices(today=today), Choices(remembered=today)):
        first, second, *_ = cued_timeline(bundled_routine("before-the-gym"), choices, LED).sets
        shown = [phase.plan.progression and phase.plan.progression.id for phase in (first, second)]
        assert shown == ["hands-help", "two-legs"]


def test_the_warm_up_is_changed_only_by_a_swap_of_its_own_set() -> None:
    for scope in (Scope.TODAY, Scope.FROM_NOW_ON):
        session = Led(bundled_routine("before-the-gym"), Choices(), LED)
        session.give(Start(), T)

        def bridges(of: Led) -> list[str]:
            sets = (phase.plan for phase in of.timeline.sets if phase.side != "right")
            return [str(p.progression and p.progression.id) for p in sets if p.exercise.id == "reverse-bridge"]

        warm_up, own = [phase.slot for phase in session.timeline.sets if phase.plan.exercise.id == "reverse-bridge"]
        session.give(Jump(own), T + 1)
        swap(session, T + 2, "single-leg", scope)
        assert bridges(session)[-1] == "single-leg"
        session = Led(bundled_routine("before-the-gym"), session.choices, LED)
        session.give(Start(), T)
        assert bridges(session) == ["two-legs", "single-leg"]
        session.give(Jump(warm_up), T + 1)
        swap(session, T + 2, "feet-together", scope)
        assert bridges(session)[0] == "feet-together"
        session.give(Jump(own), T + 3)
        swap(session, T + 4, "staggered", scope)
        kept = Led(bundled_routine("before-the-gym"), session.choices, LED)
        assert bridges(kept) == ["feet-together", "staggered"], "its own swap is kept"


@for_each(
    ("routine", "exercise", "easy"),
    [
        ("undo-the-chair", "reverse-bridge", "two-legs"),
        ("evening", "reverse-bridge", "two-legs"),
        ("on-rising", "sit-to-stand", "hands-free"),
        ("desk-break", "hip-flexor-stretch", "standing"),
        ("desk-break-hips", "hip-flexor-stretch", "standing"),
    ],
)
def test_a_set_that_is_meant_to_be_easy_stays_so(routine: str, exercise: str, easy: str) -> None:
    hardest = bundled_catalog().exercises[exercise].progressions[-1].id
    sets = cued_timeline(bundled_routine(routine), Choices(today={exercise: hardest}), LED).sets
    done = {
        phase.plan.progression and phase.plan.progression.id for phase in sets if phase.plan.exercise.id == exercise
    }
    assert done == {easy}


@pytest.mark.parametrize(
    ("exercise", "words"),
    [
        ("sit-to-stand", "Chair against a wall, or one without wheels."),
        ("sofa-bridge", "Sofa against a wall."),
    ],
)
def test_what_must_stay_put_is_the_first_step(exercise: str, words: str) -> None:
    found = bundled_catalog().exercises[exercise]
    for progression in found.progressions:
        steps = progression.own.steps or found.own.steps
        assert steps and steps[0] == words, progression.id


def test_a_raised_seat_must_not_slide() -> None:
    words = words_of(bundled_catalog().exercises["sit-to-stand"], "raised-seat")
    assert any("cushion must not slide" in each for each in words)


@pytest.mark.parametrize("progression", ["eyes-closed-fingertips", "eyes-closed"])
def test_eyes_are_closed_away_from_the_kettle_and_opened_at_the_first_sway(progression: str) -> None:
    words = words_of(bundled_catalog().exercises["kettle-stand"], progression)
    assert words[0] == "Step away from the kettle."
    assert any("Open your eyes the moment you sway." in each for each in words)
    assert words[-1] == "Wobbly? Eyes open, foot down, start again."


def test_in_a_rest_there_are_only_reminders_and_none_that_orders_to_move() -> None:
    reminders = 0
    for id_ in ROUTINES:
        timeline = scripted(id_)
        for cue in timeline.cues:
            phase = timeline.phases[cue.phase]
            if cue.say and cue.phrase and cue.phrase.topics == (Topic.CUE,) and phase.kind is Kind.REST:
                reminder, words = cue.say.startswith("Remember: "), cue.say.removeprefix("Remember: ")
                assert reminder or words.endswith("as you come up."), (id_, cue.say)
                of_a_beat = {each.say.lower() for each in phase.plan.cues if each.on not in (None, Beat.END)}
                assert words.lower().removesuffix(".") not in of_a_beat, (id_, cue.say)
                reminders += reminder
    assert reminders >= 5


def test_coming_up_from_a_stretch_is_said_when_it_is_over() -> None:
    timeline = scripted("undo-the-chair")
    (cue,) = (each for each in timeline.cues if each.say == "Squeeze both buttocks as you come up.")
    assert timeline.phases[cue.phase].kind is Kind.REST
    assert cue.at_s - timeline.phases[cue.phase].start_s < 1


@for_each("id_", ["desk-break", "kettle-break", "in-a-meeting", "bridge-ladder"])
def test_one_more_is_said_in_the_rep_before_the_last(id_: str) -> None:
    for explained in ("both", "in-turn", "long-hold"):
        timeline = scripted(id_, standing_squeeze=explained, seated_squeeze=explained)
        for cue in timeline.cues:
            if cue.say and "one more." in cue.say.lower():
                phase = timeline.phases[cue.phase]
                assert phase.plan.tempo is not None
                rep_s = phase.plan.tempo.rep_s
                assert phase.end_s - 2 * rep_s <= cue.at_s < phase.end_s - rep_s


def test_who_should_ask_a_doctor_is_said_before_the_first_workout_line_by_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    state = find_places().state_file
    for expected in (True, False):
        assert run(["start", "on-rising", "--plain", "--mute", "--speed", "3600"]) == 0
        assert (WHEN_NOT_TO in capsys.readouterr().err) is expected
        state.parent.mkdir(parents=True, exist_ok=True)
        state.write_text("")


@for_each("id_", ROUTINES)
def test_there_is_time_to_get_from_the_desk_to_the_first_position_without_a_voice(id_: str) -> None:
    first = spoken(id_, (), LED._replace(waits=False)).sets[0]
    assert first.start_s >= from_seat_s(first.plan)


def test_where_to_go_is_said_before_the_steps_and_time_is_left_for_it() -> None:
    timeline = scripted("bridge-ladder")
    cues = [cue for cue in timeline.cues if cue.phase == 0 and cue.say]
    assert [cue.say for cue in cues][:2] == ["First: reverse bridge.", "Down to the floor."]
    assert cues[2].at_s - cues[1].at_s >= from_seat_s(timeline.sets[0].plan)


def test_from_lying_down_one_rolls_over_before_sitting_up() -> None:
    assert "Roll to your side. Up slowly. Over to the chair. Sit down." in said(scripted("before-the-gym"))


@for_each(
    ("progression", "longest_s"),
    [("fingertips", 20), ("free", 20), ("cushion", 15), ("eyes-closed-fingertips", 10), ("eyes-closed", 10)],
)
def test_before_the_gym_everybody_balances_at_their_own_progression_and_not_long(
    progression: str, longest_s: float
) -> None:
    stands = [
        p for p in scripted("before-the-gym", kettle_stand=progression).sets if p.plan.exercise.id == "kettle-stand"
    ]
    assert {phase.plan.progression and phase.plan.progression.id for phase in stands} == {progression}
    assert all(phase.length_s <= longest_s for phase in stands)


def test_hops_begin_with_both_feet_on_the_floor_and_wait_for_stands_without_hands() -> None:
    hops = bundled_routine("before-the-gym").exercises["four-way-hops"]
    assert [step.id for step in hops.progressions] == ["heel-raises", "both-feet", "foot-to-foot", "single-leg"]
    first = hops.progressions[0]
    assert first.move_on and first.move_on.unless == ("sit-to-stand", "hands-help")
    assert not any("hop" in each.lower() for each in words_of(hops, "heel-raises"))
    assert "hop" not in hops.name.lower(), "someone who knows the exercise hears only its name"


def test_the_standing_thrust_invites_no_lean_back() -> None:
    thrust = bundled_catalog().exercises["standing-thrust"]
    assert thrust.own.steps == (
        "Feet hip-width, knees soft.",
        "Hips back a little, chest tall.",
        "Breathe out, hips forward, squeeze.",
    )
    assert thrust.own.caution and thrust.own.caution.startswith("Don't lean back.")


def test_the_hip_flexor_is_stretched_by_a_tuck_and_never_by_a_lean() -> None:
    found = bundled_catalog().exercises["hip-flexor-stretch"]
    for progression in found.progressions:
        steps = [step.lower() for step in progression.own.steps or found.own.steps or ()]
        assert any("tuck your pelvis" in step for step in steps), progression.id
        assert not any("lean" in word for step in steps for word in step.split()), progression.id


def test_at_the_change_of_sides_one_turns_round_and_changes_a_hand_only_if_one_holds_on() -> None:
    for progression, words in (
        ("support", "Turn round, other hand."), ("fingertips", "Turn round, other hand."),
        ("no-hands", "Turn round."), ("top-hold", "Turn round."),
    ):  # fmt: skip
        script = said(scripted("kettle-break", barre_lift=progression), Kind.SWITCH)
        assert f"{words} Right leg lifts." in script, progression


@for_each(
    ("exercise", "progressions", "words"),
    [
        ("kettle-stand", (), "Never do this while pouring."),
        ("kettle-stand", ("cushion",), "The cushion must not slip."),
        ("sofa-bridge", (), "The sofa must not slide."),
        ("wall-sit", (), "not in socks on a smooth floor"),
        ("wall-sit", (), "Come up before your knees hurt"),
        ("push-up", ("worktop",), "The edge must be firm."),
        ("plank", ("worktop",), "Hands on a firm edge"),
        ("mountain-climber", ("worktop",), "Hands on a firm edge"),
        ("lunge", ("rear-foot-raised",), "The chair must not slide."),
        ("lunge", ("rear-foot-raised",), "Chair against a wall"),
        ("lunge", ("hand-on-support", "split", "step-back"), "stop if it hurts"),
        ("squat", ("touch-a-chair",), "Chair against a wall, or one without wheels."),
        ("squat", (), "stay above any pain"),
        (
            "row",
            ("knees-bent", "legs-straight"),
            "The table must be heavy and must not tip: try it with one hand first.",
        ),
        ("row", ("band",), "The band must be whole and must not slip off your feet."),
        ("step-up", (), "Only on a step that cannot move, with something to hold within reach."),
        ("jumping-jack", (), "Stop if a joint hurts."),
        ("calf-raise", (), "Stop if the tendon above your heel hurts."),
        ("lying-butterfly", (), "never push your knees down"),
        ("reverse-bridge", (), "never so high that your back arches"),
        ("sofa-bridge", (), "never into an arch"),
        ("hip-flexor-stretch", (), "no bouncing"),
        ("adductor-stretch", (), "no bouncing"),
        ("standing-squeeze", (), "never hold your breath"),
        ("seated-squeeze", (), "Never hold your breath."),
        ("side-plank", (), "Stop if your shoulder hurts"),
        ("four-way-hops", (), "On a floor that does not slip"),
        ("four-way-hops", (), "Stop if a joint hurts."),
        ("your-choice", (), "Warm up first."),
    ],
)
def test_what_could_hurt_is_said_at_each_progression(exercise: str, progressions: tuple[str, ...], words: str) -> None:
    found = every_exercise()[exercise]
    for id_ in progressions or [step.id for step in found.progressions] or [""]:
        assert any(words in each for each in words_of(found, id_)), (id_, words)


@for_each("exercise", ["clamshell", "side-lying-leg-raise", "side-plank"])
def test_who_lies_on_one_side_is_asked_to_roll_over_for_the_other(exercise: str) -> None:
    lying = routine(block(exercise, own=layer(switch=8)))._replace(exercises=dict(bundled_catalog().exercises))
    (words,) = said(cued_timeline(lying, coaching=LED), Kind.SWITCH)
    assert words.startswith("Roll over to the other side. ")


def test_it_is_said_which_leg_an_adductor_stretch_stretches() -> None:
    assert {"Your left leg stretches.", "Your right leg stretches."} <= set(said(scripted("undo-the-chair")))


DANGERS = {
    "hurt|pain|pinch": "pain|pinch",
    "slide|slip|socks|must not tip": "slide|slip|grips|stays put|holds|tip",
    "firm|cannot move": "firm",
    "pouring": "pour|hot water",
    "sway": "sway",
    "knees? in line|toes": "knee",
    "breath": "breathe",
    "lean back": "tall",
    "arch": "level|straight line|high as",
    "bounc": "hold still|level|ease in|by themselves",
}
"""Words for a danger in a caution, and those for it in its short form."""


def test_no_danger_is_left_out_of_the_short_form_of_a_caution() -> None:
    checked = 0
    for name, exercise in every_exercise().items():
        for own in (exercise.own, *(progression.own for progression in exercise.progressions)):
            if not own.caution:
                continue
            assert own.caution_short, name
            for danger, words in DANGERS.items():
                if re.search(danger, own.caution):
                    assert re.search(words, own.caution_short.lower()), (name, own.caution, own.caution_short)
                    checked += 1
    assert checked >= 30


def test_a_wide_stance_is_not_taken_in_socks() -> None:
    assert any("Not in socks on a smooth floor." in each for each in said(scripted("undo-the-chair"), Kind.PREPARE))


@for_each("id_", ROUTINES)
def test_no_word_starts_on_a_sound(id_: str) -> None:
    timeline = scripted(id_)
    sounds = [cue.at_s for cue in timeline.cues if cue.sound and cue.sound is not Sound.HALFWAY]
    for cue in timeline.cues:
        if cue.say:
            assert all(not 0 < cue.at_s + 0.29 - at_s < 0.29 for at_s in sounds), (cue.at_s, cue.say)
