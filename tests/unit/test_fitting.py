"""Fitting sentences: the order in which they are shortened or dropped, and those that count as missing."""

from itertools import pairwise
from math import floor, inf
from typing import Any

import pytest

from tests.for_each import for_each
from tests.workouts import LIBRARY, block, layer, routine
from tui.coach.announcement import announcement
from tui.coach.cue import AnnouncedFacts, Cue, Topic
from tui.coach.fitting import Fitter, Rank, Sentence, Window
from tui.coach.scene import scenes
from tui.engine.coaching import Coaching
from tui.engine.model import Choices, Kind
from tui.engine.planner import Planner
from tui.routine.model import Exercise, FormCue, Layer, Posture, Progression, Reps, Sides

FITTER = Fitter(165.0)

GIVES_WAY = (
    "title",
    "kit",
    "reminder",
    "fix",
    "ten seconds",
    "rest",
    "stay",
    "skipped",
    "whole caution",
    "step",
    "caution",
    "open hint",
    "dose",
    "lead",
    "caution after pain",
    "whole side",
    "progression",
    "position",
    "name",
)
"""The sentences in the order in which they are dropped."""


def rank(name: str) -> Rank:
    return Rank[name.upper().replace(" ", "_")]


def test_the_order_names_every_rank_once() -> None:
    assert [rank(name) for name in GIVES_WAY] == sorted(Rank)


@for_each(("first", "then"), pairwise(GIVES_WAY))
def test_of_two_that_do_not_fit_the_one_that_matters_less_is_given_up(first: str, then: str) -> None:
    for names in ((first, then), (then, first)):
        words = {first: "This is left out.", then: "This is kept now."}
        both = [Sentence((Topic.CUE,), ((rank(name), words[name]),)) for name in names]
        (kept,) = FITTER.fitted(both, [Window(0.0, 2.0, 0)])
        assert kept.say == words[then]


def test_cues_are_made_of_what_fits_only(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def cue(fitter: Fitter, text: str, *rest: Any) -> Cue:
        made.append(text)
        return original(fitter, text, *rest)

    original = Fitter.cue
    monkeypatch.setattr(Fitter, "cue", cue)
    all_ = [Sentence((Topic.CUE,), ((rank(name), f"This is {name}."),)) for name in GIVES_WAY]
    kept = FITTER.fitted(all_, [Window(0.0, 4.0, 0)])
    assert 0 < len(kept) < len(all_)
    assert made == [cue.say for cue in kept]


LUNGE = Exercise(
    id="lunge",
    name="Lunge",
    own=Layer(
        dose=Reps(6, 6),
        sides=Sides.EACH,
        steps=("Take a long step.",),
        cues=(FormCue("Stand tall"),),
        caution="Knee over your toes, and not in socks.",
        caution_short="Knee over your toes",
        fix="Wobbly? Stand wider.",
        position=Posture.HALF_KNEELING,
        side_means="is in front",
    ),
    progressions=(Progression(id="hand-on-support", name="Hand on support"), Progression(id="short", name="Short")),
)

RANKS = {
    "new": {
        "Down onto one knee.": "position",
        "Next: lunge, short.": "lead",
        "Next: lunge.": "progression",
        "Lunge.": "name",
        "Left leg is in front.": "whole side",
        "Left leg.": "never",
        "Six reps each side.": "dose",
        "Take a long step.": "step",
        "Knee over your toes, and not in socks.": "whole caution",
        "Knee over your toes.": "caution",
        "Press enter when you are done.": "open hint",
        "Rest, half a minute.": "rest",
    },
    "again": {
        "Rest, half a minute.": "rest",
        "Stay on your knees.": "stay",
        "Last set, left leg.": "whole side",
        "Remember: stand tall.": "reminder",
        "Wobbly? Stand wider.": "fix",
    },
    "after pain": {
        "Knee over your toes.": "caution after pain",
        "Knee over your toes, and not in socks.": "caution",
    },
}
"""The forms of the sentences before a new set, before the same again, and after pain, with their ranks."""


def test_before_the_first_set_the_way_has_its_rank_and_the_first_step_is_dropped_last() -> None:
    steps = ("Take a long step.", "Back heel up.", "Chest tall.")
    lunge = LUNGE._replace(own=LUNGE.own._replace(steps=steps))
    made = routine(block("lunge"), prepare=10)._replace(exercises={"lunge": lunge})
    scene = next(scenes(tuple(Planner(made, Choices(), Coaching(words_a_minute=165.0, waits=True)).whole())))
    forms = [form for sentence in announcement(scene, AnnouncedFacts()) for form in sentence.forms]
    assert floor(next(each for each, text in forms if text == "Down onto one knee.")) == Rank.POSITION
    ranks = [next(each for each, text in forms if text == step) for step in steps]
    assert ranks == sorted(ranks, reverse=True) and len(set(ranks)) == 3
    assert {floor(each) for each in ranks} == {Rank.STEP}


@for_each("name", RANKS)
def test_each_form_of_a_sentence_has_its_rank(name: str) -> None:
    sets = ("lunge",) if name == "again" else ("stretch", "lunge", "lunge")
    made = routine(block(*sets, rounds=2 if name == "again" else 1, own=layer(rest=30)))
    stretch = LIBRARY["stretch"]._replace(own=LIBRARY["stretch"].own._replace(position=Posture.STANDING))
    made = made._replace(exercises={**LIBRARY, "stretch": stretch, "lunge": LUNGE})
    coaching = Coaching(words_a_minute=165.0, waits=True, careful=("lunge",) if name == "after pain" else ())
    phases = tuple(Planner(made, Choices(today={"lunge": "short"}), coaching).whole())
    announced = AnnouncedFacts()
    scene = next(scene for scene in scenes(phases) if scene.phase.kind is Kind.REST)
    if name == "again":
        first = next(iter(scenes(phases)))
        announced = AnnouncedFacts(
            dict(fact for sentence in announcement(first, AnnouncedFacts()) for fact in sentence.facts)
        )
    forms = (form for sentence in announcement(scene, announced) for form in sentence.forms)
    found = {text: each if each == inf else floor(each) for each, text in forms}
    expected = {text: inf if word == "never" else rank(word) for text, word in RANKS[name].items()}
    assert {text: found.get(text) for text in expected} == expected


@pytest.mark.parametrize(("rank", "is_missed"), [(Rank.STEP, True), (Rank.WHOLE_CAUTION, False)])
def test_steps_and_what_matters_more_are_missed_if_they_are_not_said(rank: Rank, is_missed: bool) -> None:
    first = Sentence((Topic.WHAT,), ((90.0, "Reverse bridge."),))
    other = Sentence((Topic.STEPS,), ((rank, "Lie on your back with your heels close to you, and lift your hips."),))
    (cue,) = FITTER.fitted([first, other], [Window(0.0, 3.0, 0)])
    assert cue.phrase is not None
    assert cue.say == "Reverse bridge."
    assert cue.phrase.shortened is is_missed
