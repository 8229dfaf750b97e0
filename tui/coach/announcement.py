"""The announcement of a set: where to go, the rest, exercise, side, dose, steps and caution.

Nothing is said twice: a repeated exercise gets only what is different this time, and one reminder. A sentence that does
not fit is said in the next gap with enough time. Steps are not said before the same exercise again, as the user is in
position already, and a step would be an order to move.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from math import inf

from tui.coach.cue import NAMING, AnnouncedFacts, Fact, Facts, Topic
from tui.coach.fitting import Forms, Rank, Sentence, single
from tui.coach.phrases import (
    FIRST,
    NEXT,
    OPEN,
    REMEMBER,
    RESTS,
    dose_words,
    name_of,
    round_words,
    rounded_words,
    sentence,
    short_side,
    side_words,
    switch_words,
    turning_words,
)
from tui.coach.scene import Scene
from tui.engine.model import Kind, Phase, Side
from tui.engine.posture import from_seat_s, from_seat_words, staying_words, transition_words
from tui.plain_text import capital, within_sentence
from tui.routine.model import Posture, Reps, Sides
from tui.routine.movement import Beat
from tui.routine.resolve import Explain, Plan, one_of
from tui.routine.sided import sided

REST_FROM_S = 6.0
"""A shorter rest is not announced as a rest."""

LAST = "Last set: "

SKIPPED: Fact = ("skipped",)
"""The fact that a WORK was skipped, with its index until it has been announced."""

TITLE: Fact = ("title",)
"""The fact with the title and length of the workout, in words."""

KIT: Fact = ("kit",)
"""The fact with the kit to fetch, in words."""


def opening_sentences(scene: Scene, announced: AnnouncedFacts) -> list[Sentence]:
    """Return the sentences of the title and the kit, if they are among the facts; they begin the first PREPARE."""
    phase, work = scene.phase, scene.coming
    is_first = phase.kind is Kind.PREPARE and phase.index == 0 and announced.of("what") is None
    if work is None or not is_first or work.plan.names_only:
        return []
    words = ((Rank.TITLE, TITLE, announced.of(*TITLE)), (Rank.KIT, KIT, announced.of(*KIT)))
    return [
        single(Topic.START, rank, str(text), (("said", *fact), True))
        for rank, fact, text in words
        if text and announced.of("said", *fact) is None
    ]


def announcement(scene: Scene, announced: AnnouncedFacts) -> list[Sentence]:
    """List the sentences of the coming set; in a WORK, those for which there was no time before."""
    work = scene.coming
    if work is None:
        return []
    sentences = list(_sentences(scene, work, announced))
    if work.plan.names_only:
        return [sentence for sentence in sentences if not NAMING.isdisjoint(sentence.topics)]
    return sentences


def _sentences(scene: Scene, work: Phase, announced: AnnouncedFacts) -> Iterator[Sentence]:
    """Yield the sentences in the order in which they are spoken.

    A skipped set, the way to the position, the rest, the exercise, the way from the seat, the side, the caution after
    recent pain, the dose, the steps, the caution, how to end an open set, and before the same exercise a reminder and
    the fix. Before lying on a side, the side comes before the exercise.
    """
    phase, left = scene.phase, scene.left
    if scene.before is not None and announced.of(*SKIPPED) == scene.before.index:
        yield single(Topic.REST, Rank.SKIPPED, "Skipped.", (SKIPPED, None))
    what, *others = (*_what_and_side(scene, work, announced), None)
    if phase.kind is not Kind.WORK and left is not None:
        yield from _getting_there(phase, left, work, announced)
        if left.position is not work.plan.position is Posture.SIDE_LYING:
            yield from filter(None, others)  # which side to lie on comes before the name
            others = []
        if phase.kind is Kind.REST and phase.length_s >= REST_FROM_S:
            yield from _rest(phase, left, work, announced)
    if what is not None:
        yield what
    if phase.index == 0 and phase.kind is Kind.PREPARE:
        yield from _from_the_seat(work, announced)
    yield from filter(None, others)
    if work.plan.hurt_lately:
        yield from _caution(work, announced)
    amount, before = dose_words(work.plan), announced.of("dose")
    as_before = isinstance(before, tuple) and before[1] == amount and _is_again(left, work.plan)
    if before != (work.number, amount) and not as_before:
        has_another_side = work.plan.sides.are_two and not work.is_second_side
        words = f"{amount} each side." if has_another_side and isinstance(work.plan.dose, Reps) else f"{amount}."
        yield single(Topic.DOSE, Rank.DOSE, words, (("dose",), (work.number, amount)))
    yield from _steps_and_caution(phase, work, left, announced)
    if work.is_open and announced.of("open") is None:
        yield single(Topic.OPEN, Rank.OPEN_HINT, OPEN, (("open",), True))
    if phase.kind in (Kind.REST, Kind.PREPARE) and _is_again(left, work.plan):
        yield from _reminder(work, announced)
        yield from _fix(work, announced)


def _getting_there(phase: Phase, left: Plan, work: Phase, announced: AnnouncedFacts) -> Iterator[Sentence]:
    """Yield the way to the position first, so that the user moves while listening."""
    is_switch = phase.kind is Kind.SWITCH
    if not is_switch and announced.of("ending") != work.number and (ending := closing_cues(left)):
        yield single(Topic.CUE, Rank.POSITION, ending, (("ending",), work.number))
    if announced.of("posture") == work.number:
        return
    turns = not is_switch and _changes_side(left, work) and _is_again(left, work.plan)
    if where := transition_words(left, work.plan) or (turning_words(work) if turns else ""):
        yield single(Topic.POSTURE, Rank.POSITION, where, (("posture",), work.number))


def _changes_side(left: Plan, work: Phase) -> bool:
    """Check whether a set of one side follows one that ended with the other."""
    ends_right = left.sides is Sides.RIGHT or (left.sides.are_two and left.sides.begin_left)
    ends_left = left.sides is Sides.LEFT or (left.sides.are_two and not left.sides.begin_left)
    return (ends_right and work.side is Side.LEFT) or (ends_left and work.side is Side.RIGHT)


def _from_the_seat(work: Phase, announced: AnnouncedFacts) -> Iterator[Sentence]:
    """Yield the way from the seat to the first set, and the time for it."""
    where = from_seat_words(work.plan)
    if where and announced.of("posture") != work.number:
        fact, way_s = (("posture",), work.number), from_seat_s(work.plan)
        yield single(Topic.POSTURE, Rank.POSITION, where, fact, pause_s=way_s)


def announced_before(scene: Scene) -> AnnouncedFacts:
    """Return the facts that count as announced if the exercise of the coming set was done before."""
    work, left = scene.coming, scene.left
    assert work is not None
    nothing = AnnouncedFacts()
    explained = *_steps_and_caution(scene.phase, work, None, nothing), *_caution(work, nothing)
    facts: dict[Fact, Hashable] = dict(fact for sentence in explained for fact in sentence.facts)
    facts["open",] = True
    if left is not None and _is_again(left, work.plan):
        facts["what",] = (work.number - 1, *work.plan.ids)
        facts["dose",] = (work.number - 1, dose_words(work.plan))
    return AnnouncedFacts(facts)


def closing_cues(left: Plan) -> str:
    """Format the words for after a set, from its cues with `on = "end"`; empty if it has none."""
    return " ".join(sentence(sided(cue.say, None)) for cue in left.cues if cue.on is Beat.END)


def _rest(phase: Phase, left: Plan, work: Phase, announced: AnnouncedFacts) -> Iterator[Sentence]:
    """Yield the length of the rest and "stay": each once, even if an edit comes between the two."""
    if announced.of("rest") != phase.index:
        words = one_of(RESTS, work.plan.variant).format(length=rounded_words(phase.length_s))
        yield single(Topic.REST, Rank.REST, words, (("rest",), phase.index))
    rolls = left.position is Posture.SIDE_LYING and _changes_side(left, work)
    if not rolls and (stay := staying_words(left, work.plan)) and announced.of("stay") != phase.index:
        yield single(Topic.REST, Rank.STAY, stay, (("stay",), phase.index))


def _what_and_side(scene: Scene, work: Phase, announced: AnnouncedFacts) -> Iterator[Sentence]:
    """Yield exercise and side, in one sentence if both are the same again."""
    plan, before = work.plan, announced.of("what")
    what = (work.number, *plan.ids)
    facts: Facts = ((("what",), what), (("side",), (*what, work.side)))
    if before == what and (work.side is None or announced.of("side") == facts[1][1]):
        return
    side, lead = short_side(work), _lead(scene, work)
    shortest: Forms = ((inf, capital(f"{side}.")),) if side else ()
    if isinstance(before, tuple) and before[1:] == what[1:] and _is_again(scene.left, plan):
        yield _again(scene, work, before != what, shortest, facts)
        return
    if before != what:
        is_named = _names_progression(scene, plan, announced, before)
        name, progression = name_of(plan), plan.progression_name if is_named else ""
        whole: Forms = ((Rank.LEAD, capital(f"{lead}{name}, {progression}.")),) if progression else ()
        named: Forms = ((Rank.PROGRESSION, capital(f"{lead}{name}.")), (Rank.NAME, capital(f"{name}.")))
        yield Sentence((Topic.WHAT,), (*whole, *named), (*facts[:1], (changed_fact(plan.exercise.id), None)))
    if work.side is not None:
        yield Sentence((Topic.SIDE,), ((Rank.WHOLE_SIDE, side_words(work)), *shortest), facts[1:])


def _names_progression(scene: Scene, plan: Plan, announced: AnnouncedFacts, before: Hashable) -> bool:
    """Check whether the progression is named with the exercise, after the set `before`.

    A progression is named if it is not the usual one, or if the user has changed it; else only until the exercise is
    known. It is not named before the steps of the first of a ladder, as "hand on support" before "hand on something
    firm", unless the same exercise was announced before at another progression.
    """
    if announced.of(*changed_fact(plan.exercise.id)) is not None or not plan.is_usual:
        return True
    if plan.explain is not Explain.ALL or scene.phase.kind is Kind.WORK:
        return not plan.explain.is_known
    is_other = isinstance(before, tuple) and before[1] == plan.exercise.id
    return is_other or not plan.steps or plan.progression not in plan.exercise.progressions[:1]


def changed_fact(exercise: str) -> Fact:
    """Return the fact that the user has changed the progression of an exercise, until it has been named."""
    return "changed", exercise


def _again(scene: Scene, work: Phase, is_next: bool, shortest: Forms, facts: Facts) -> Sentence:
    """Return the sentence before the same exercise: the round and the side, or only the new side of the same set."""
    if not is_next:
        return Sentence((Topic.SIDE,), ((Rank.WHOLE_SIDE, switch_words(work)), *shortest), facts)
    side = short_side(work)
    number = "last set" if scene.is_last and work.number > 1 else round_words(work)
    whole = capital(f"{number}, {side}." if side else f"{number}.")
    topics = (Topic.WHAT, Topic.SIDE) if side else (Topic.WHAT,)
    return Sentence(topics, ((Rank.WHOLE_SIDE if side else Rank.LEAD, whole), *shortest), facts)


def _lead(scene: Scene, work: Phase) -> str:
    if scene.is_last:
        return LAST if work.number > 1 else ""
    leads = FIRST if work.number == 1 else NEXT
    return "" if scene.phase.kind is Kind.WORK else one_of(leads, work.plan.variant)


def _steps_and_caution(phase: Phase, work: Phase, left: Plan | None, announced: AnnouncedFacts) -> Iterator[Sentence]:
    """Yield the unsaid steps of this progression in this position, and its caution.

    During a set, and after the same one, it is too late for steps, but not for the caution.
    """
    plan = work.plan
    if phase.kind is not Kind.WORK and plan.explain is Explain.ALL and not _is_again(left, plan):
        for at, written in enumerate(plan.steps):
            fact: Fact = ("step", *plan.ids, plan.position, written)
            if announced.of(*fact) is None:
                words = sentence(sided(written, work.side))
                yield single(Topic.STEPS, Rank.STEP + 1 / (at + 2), words, (fact, True))
    if not plan.hurt_lately:
        yield from _caution(work, announced)


def _caution(work: Phase, announced: AnnouncedFacts) -> Iterator[Sentence]:
    """Yield the caution once; after recent pain only place, name and side rank higher."""
    plan = work.plan
    care: Fact = ("caution", plan.exercise.id, plan.caution)
    if not plan.caution or announced.of(*care) is not None or plan.explain is Explain.NOTHING:
        return
    rank = Rank.CAUTION_AFTER_PAIN if plan.hurt_lately else Rank.CAUTION
    short: Forms = ((rank, sentence(sided(plan.caution_short, work.side))),) if plan.caution_short else ()
    shortened = Rank.CAUTION if plan.hurt_lately else Rank.WHOLE_CAUTION
    whole: Forms = ((shortened if short else rank, sentence(sided(plan.caution, work.side))),)
    forms = short if short and plan.explain is not Explain.ALL else (*whole, *short)
    yield Sentence((Topic.CAUTION,), forms, ((care, True),))


def _reminder(work: Phase, announced: AnnouncedFacts) -> Iterator[Sentence]:
    """Yield a reminder that differs from the last one; nothing if there is no other.

    A cue for a beat is not used, as in a rest it would be an order to move.
    """
    plan = work.plan
    if plan.say or announced.of("reminder") == work.number:
        return
    written = {cue_fact(plan, cue.say): cue.say for cue in plan.cues if cue.on is None}
    if plan.caution_short and not any(_caution(work, announced)):  # else it would be said twice
        written[cue_fact(plan, plan.caution_short)] = plan.caution_short
    if written:
        fact = announced.in_turn(written)[0]
        if fact == announced.of("reminded"):
            return
        words = f"{one_of(REMEMBER, plan.variant)}{within_sentence(sentence(sided(written[fact], work.side)))}"
        facts = (fact, True), (("reminder",), work.number), (("reminded",), fact)
        yield single(Topic.CUE, Rank.REMINDER, words, *facts)


def _fix(work: Phase, announced: AnnouncedFacts) -> Iterator[Sentence]:
    """Yield the fix, if there was no time for it in the set."""
    plan = work.plan
    if plan.fix and not plan.explain.is_known and announced.of(*fix_fact(plan)) is None:
        words = sentence(sided(plan.fix, work.side))
        yield single(Topic.FIX, Rank.FIX, words, (fix_fact(plan), True))


def cue_fact(plan: Plan, written: str) -> Fact:
    """Return the fact that a cue of an exercise was said, on either side."""
    return "cue", plan.exercise.id, written


def fix_fact(plan: Plan) -> Fact:
    """Return the fact that the fix was said."""
    return "fix", plan.exercise.id, plan.fix


def _is_again(left: Plan | None, coming: Plan) -> bool:
    """Check whether the previous set had the same exercise, progression and weight."""
    return left is not None and (left is coming or _identity(left) == _identity(coming))


def _identity(plan: Plan) -> tuple[object, ...]:
    return plan.exercise.id, plan.progression, plan.weight
