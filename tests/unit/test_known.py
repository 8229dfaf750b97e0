"""How much of an exercise is explained, from the days on which it was done."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.bundled_catalog import bundled_catalog, bundled_routine
from tests.for_each import for_each
from tests.past import done_set, session, work
from tui.clocks import Clocks
from tui.coach.cue import Topic
from tui.coach.cued_timeline import cued_timeline
from tui.coach.known import explain, known, words_of
from tui.engine.coaching import Coaching
from tui.engine.model import Choices
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.history.journal_lines import journal_lines
from tui.ladder.remembered import Heard, Remembered
from tui.routine.resolve import Explain
from tui.user_data import UserData

TODAY = date(2026, 6, 30)
ALL, CAUTION, REFRESHER, NOTHING = Explain


def done(*ago: int) -> list[date]:
    return [TODAY - timedelta(days) for days in ago]


@for_each(
    ("sessions", "level"),
    [
        (0, ALL),
        (1, ALL),
        (2, CAUTION),
        (3, CAUTION),
        (4, CAUTION),
        (5, NOTHING),
        (8, NOTHING),
        (9, REFRESHER),
        (10, NOTHING),
        (14, REFRESHER),
        (15, NOTHING),
    ],
)
def test_the_more_often_the_less_is_explained(sessions: int, level: Explain) -> None:
    assert explain(done(*range(1, sessions + 1)), TODAY) is level


@for_each(
    ("ago", "level"),
    [
        ([30, 31, 32, 33, 34, 35], ALL),
        ([29, 31, 32, 33, 34, 35], NOTHING),
        ([1, 31, 32, 33, 34, 35], ALL),
        ([1, 2, 32, 33, 34, 35], CAUTION),
        ([1, 1, 1, 1, 1, 1], ALL),
        ([-1, -2, -3, -4, -5, -6], ALL),
    ],
)
def test_after_thirty_days_away_it_begins_anew_and_days_count_once(ago: list[int], level: Explain) -> None:
    assert explain(done(*ago), TODAY) is level


def test_what_hurt_or_has_changed_is_explained_again() -> None:
    often = done(*range(1, 20))
    assert explain(often, TODAY, since=TODAY - timedelta(1)) is ALL
    assert explain(often, TODAY, since=TODAY - timedelta(3)) is CAUTION
    bridge, plank = ("bridge", "single-leg"), ("plank", None)
    assert known({bridge: often, plank: done(1)}, {}, TODAY) == (("bridge", "single-leg", REFRESHER),)
    assert known({bridge: often}, {bridge: TODAY - timedelta(1)}, TODAY) == ()


def test_what_hurt_lately_is_explained_however_well_it_is_known() -> None:
    known_ = Coaching(known=(("bridge", None, NOTHING),))
    assert [each.explain("bridge", None) for each in (known_, known_._replace(careful=("bridge",)))] == [NOTHING, ALL]
    never = Coaching(usual=NOTHING, careful=("bridge",))
    assert [never.explain(name, None) for name in ("bridge", "plank")] == [CAUTION, NOTHING]


def coaching_after(sessions: int, **heard: Heard) -> Coaching:
    """Return the coaching of a user who did a single-leg bridge on each of this many days before TODAY."""
    places = find_places()
    places.history.mkdir(parents=True, exist_ok=True)
    bridges = done_set(work(40), exercise="reverse-bridge", progression="single-leg")
    days = enumerate(done(*range(1, sessions + 1)))
    lines = b"".join(journal_lines(session(day, bridges, id_=f"{n}")) for n, day in days)
    (places.history / "2026-06.jsonl").write_bytes(lines)
    noon = datetime.combine(TODAY, time(12), UTC).timestamp()
    clocks = Clocks(wall=lambda: noon, zone=UTC)
    return UserData(
        places, warn=print, settings=Settings(), state=Remembered(heard=heard), catalog=bundled_catalog(), clocks=clocks
    ).coaching


def test_a_workout_explains_by_what_the_history_says() -> None:
    levels = [coaching_after(sessions).explain("reverse-bridge", "single-leg") for sessions in (1, 3, 6)]
    assert levels == [ALL, CAUTION, NOTHING]
    assert coaching_after(6).explain("reverse-bridge", "staggered") is ALL


def test_a_known_workout_is_shorter_and_has_no_steps() -> None:
    bridges = bundled_routine("bridge-ladder")
    choices = Choices(today={"reverse-bridge": "single-leg"})
    new, known_ = (cued_timeline(bridges, choices, coaching_after(sessions)) for sessions in (0, 6))
    assert known_.total_s < new.total_s
    steps = [
        {cue.say for cue in each.cues if cue.phrase and Topic.STEPS in cue.phrase.topics} for each in (new, known_)
    ]
    assert "Flatten your lower back." in steps[0] - steps[1]


def test_on_the_tenth_day_only_the_caution_is_said_of_what_is_known() -> None:
    tenth = Coaching(words_a_minute=165.0, waits=True, usual=REFRESHER)
    words = [cue.say for cue in cued_timeline(bundled_routine("kettle-break"), coaching=tenth).cues if cue.say]
    known_ = cued_timeline(bundled_routine("kettle-break"), coaching=tenth._replace(usual=NOTHING)).cues
    cautions = ["Pour first, then stand.", "Only without pain, with level hips.", "Chest stays tall."]
    assert [say for say in words if say in cautions] == cautions
    assert not [cue.say for cue in known_ if cue.phrase and Topic.CAUTION in cue.phrase.topics]
    named = {cue.say for cue in known_ if cue.phrase and {Topic.WHAT, Topic.SIDE, Topic.DOSE} & set(cue.phrase.topics)}
    assert named <= set(words)
    for say in ("First: kettle stand.", "Next: bar leg lift.", "Last set: standing hip thrust."):
        assert say in words  # not "hand on support"
    bridges = cued_timeline(bundled_routine("bridge-ladder"), coaching=tenth)
    assert not [cue for cue in bridges.cues if cue.phrase and Topic.FIX in cue.phrase.topics]


def test_changed_words_are_explained_again() -> None:
    exercise = bundled_catalog().exercises["reverse-bridge"]
    own = exercise.own
    for changed in (
        own._replace(steps=("Lie down.",)), own._replace(caution="Slowly."),
        own._replace(caution_short="Slowly"), own._replace(fix="Cramp? Rest."),
    ):  # fmt: skip
        assert words_of(exercise._replace(own=changed), None) != words_of(exercise, None)
    same = words_of(exercise, exercise.progression("single-leg"))
    for heard, level in ((Heard(same), NOTHING), (Heard("x"), ALL), (Heard(same, TODAY - timedelta(3)), CAUTION)):
        coaching = coaching_after(6, **{"reverse-bridge/single-leg": heard})
        assert coaching.explain("reverse-bridge", "single-leg") is level


@pytest.mark.parametrize("one_in", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_show_known_prints_the_words_for_a_user_who_has_done_everything(one_in: int) -> None:
    catalog = bundled_catalog()
    exercises = {
        **catalog.exercises,
        **{e.id: e for r in catalog.entries if r.routine for e in r.routine.exercises.values()},
    }
    ids = [(e.id, step.id if step else None) for e in exercises.values() for step in e.progressions or (None,)]
    everything = Coaching(
        words_a_minute=165.0, waits=True, known=known({each: done(*range(1, 8)) for each in ids}, {}, TODAY)
    )
    asked = Coaching(words_a_minute=165.0, waits=True, usual=NOTHING)
    for entry in catalog.entries[::one_in]:
        assert entry.routine is not None
        assert cued_timeline(entry.routine, coaching=everything) == cued_timeline(entry.routine, coaching=asked), (
            entry.id
        )


def test_a_program_that_is_open_overnight_counts_the_new_day() -> None:
    noon = [datetime.combine(TODAY, time(12), UTC).timestamp()]
    clocks = Clocks(wall=lambda: noon[0], zone=UTC)
    user = UserData(find_places(), warn=print, state=Remembered(), catalog=bundled_catalog(), clocks=clocks)
    bridges = session(TODAY, done_set(work(40), exercise="reverse-bridge", progression="single-leg"), id_="x")
    find_places().history.mkdir(parents=True)
    (find_places().history / "2026-06.jsonl").write_bytes(journal_lines(bridges))
    assert user.coaching.past is not None
    assert (user.coaching.past.today, user.coaching.past.in_a_row, user.coaching.session) == (1, 1, 1)
    done_today = [user.coaching.done_today, user.coaching_for_render.done_today]
    noon[0] += 86_400
    assert user.coaching.past is not None
    assert (user.coaching.past.today, user.coaching.past.in_a_row) == (0, 2)
    assert [*done_today, user.coaching.done_today] == [(bridges.routine,), (), ()]


def test_the_lengths_of_a_day_with_a_workout_hold_until_the_next() -> None:
    noon = [datetime.combine(TODAY, time(12), UTC).timestamp()]
    clocks = Clocks(wall=lambda: noon[0], zone=UTC)
    find_places().history.mkdir(parents=True)
    stands = session(TODAY, done_set(work(40), exercise="sit-to-stand"), id_="x", routine="on-rising")
    (find_places().history / "2026-06.jsonl").write_bytes(journal_lines(stands))
    user = UserData(find_places(), warn=print, state=Remembered(), catalog=bundled_catalog(), clocks=clocks)
    assert user.known_until == TODAY + timedelta(1)  # the title is said again
    later = next(card for card in user.cards if card.id == stands.routine)
    noon[0] += 86_400
    assert user.known_until is None
    again = next(card for card in user.cards if card.id == stands.routine)
    assert again.total_s > later.total_s
