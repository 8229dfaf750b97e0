"""Generated phrases: exercise, side, dose, length of a rest, a pause."""

from __future__ import annotations

import re

from tui.engine.model import PauseReason, Phase, Side
from tui.plain_text import capital, within_sentence
from tui.routine.doses import in_words
from tui.routine.model import Exercise, Work
from tui.routine.resolve import Plan, one_of
from tui.routine.sided import side_sentence, sided

SLOW_REP_S = 4.0
"""A rep of at least this length is called slow."""

HALF_MINUTE_S = 30.0
"""The length of a workout is spoken to half a minute."""

OPEN = "Press enter when you are done."
OVER = "That's it."
"""The end of a workout that was mostly skipped."""

ONE_MORE = ("One more.", "And one more.", "Just one more.")
TEN_SECONDS = ("Ten seconds.", "Ten to go.", "Ten more seconds.")
TEN_BEFORE = ("Ten seconds.", "Ten more seconds.")
HALFWAY = ("Halfway.", "Half done.", "That was half.")
MORE = ("{count} more.", "{count} to go.")
RESTS = ("Rest, {length}.", "Rest for {length}.")
REMEMBER = ("Remember: ", "As before: ", "Keep in mind: ")
FIRST = ("First: ", "To begin: ")
NEXT = ("Next: ", "Then: ", "Coming up: ")
WELL_DONE = ("That's it, well done.", "Done. Good work.", "And that was all of it. Well done.")
"""Wordings of one meaning, the shortest first: it fits a short beat. Each workout takes the next."""


_UNIT = re.compile(r"(?<=[0-9]) ?(kg|lbs?)\b", re.IGNORECASE)


def more_words(reps: int) -> tuple[str, ...]:
    """List the wordings of how many reps are left: `Five more.`"""
    return tuple(capital(wording.format(count=in_words(reps))) for wording in MORE)


def way_out_words(plan: Plan) -> str:
    """Return how to make the set easier at once: in the file's words, else the name of the progression below.

    Empty if that needs another position, place or kit.
    """
    if plan.way_out or plan.progression is None:
        return sentence(plan.way_out)
    ladder, own = plan.exercise.progressions, plan.exercise.own
    at = ladder.index(plan.progression)
    current, below = plan.progression.own, ladder[at - 1].own
    needs = below.needs if below.needs is not None else own.needs
    same = (below.position or own.position, below.place or own.place) == (plan.position, plan.place)
    is_within_reach = at > 0 and same and set(needs or ()) <= set(current.needs or own.needs or ())
    return f"Too much? {capital(sentence(ladder[at - 1].name))}" if is_within_reach else ""


def ten_seconds_words(work: Phase) -> str:
    """Format the words ten seconds before a set: its side, else the name of the exercise."""
    return f"{one_of(TEN_BEFORE, work.plan.variant)} {capital(sentence(short_side(work) or name_of(work.plan)))}"


def sentence(text: str) -> str:
    """Return `text` with a full stop, unless it ends with a punctuation mark."""
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def name_of(plan: Plan) -> str:
    """Return the spoken name of the exercise, with its weight: `squat, 12 kilos`."""
    name = plan.exercise.say or within_sentence(plan.exercise.name)
    return f"{name}, {weight_words(plan.weight)}" if plan.weight else name


def weight_words(weight: str) -> str:
    """Format a weight for the voice, which reads `kg` as letters: `12 kilos`, `25 pounds`, `green band`."""
    return _UNIT.sub(lambda unit: " kilos" if unit[1].lower() == "kg" else " pounds", weight)


def as_shown(words: str, exercise: Exercise) -> str:
    """Return spoken words for the screen, with the exercise's written name: `barre`, not `bar`."""
    if not exercise.say:
        return words
    name = within_sentence(exercise.name)
    spoken = re.compile(rf"\b{re.escape(exercise.say)}\b", re.IGNORECASE)
    return spoken.sub(lambda match: capital(name) if match[0][:1].isupper() else name, words)


def side_words(work: Phase) -> str:
    """Format the side of a set with sides, with its meaning: `Left leg pushes.`"""
    assert work.side is not None
    if work.side is Side.ALTERNATE:
        return "Sides in turn, left first."
    return sentence(side_sentence(work.side.value, work.plan.side_means))


def switch_words(work: Phase) -> str:
    """Format the sentence of a change of sides, such as `Turn round, other hand.`, with the new side."""
    return " ".join(filter(None, (turning_words(work), side_words(work))))


def turning_words(work: Phase) -> str:
    """Format how to change sides: `Turn round, other hand.`"""
    return sentence(sided(work.plan.switch_say or "", work.side))


def round_words(work: Phase) -> str:
    """Format the round, such as `two of three`; `the same again` if there is no such number."""
    rounds = work.rounds
    if rounds is None or not 1 < work.slot.round + 1 <= rounds:
        return "the same again"
    return f"{in_words(work.slot.round + 1)} of {in_words(rounds)}"


def short_side(work: Phase) -> str:
    """Format the side in two words: `left leg`; empty if the sides alternate or there are none."""
    if work.side not in (Side.LEFT, Side.RIGHT):
        return ""
    means = work.plan.side_means
    if means is None:
        return f"{work.side.value} side"
    parts = [part for part in ("leg", "knee", "foot") if f"{{side}} {part}" in means]
    part = "leg" if "{" not in means else (*parts, "side")[0]
    return f"{work.side.value} {part}"


def dose_words(plan: Plan) -> str:
    """Format the dose without a full stop: `Six slow reps`, `Forty seconds`, `As many as you can`."""
    dose, tempo = plan.dose, plan.tempo
    if isinstance(dose, Work):
        return capital(duration_words(dose.seconds))
    if dose.high is None:
        return "As many as you can"
    slow = "slow " if tempo is not None and tempo.rep_s >= SLOW_REP_S else ""
    low = f"{in_words(dose.low)} to " if dose.low is not None and dose.low != dose.high else ""
    return capital(f"{low}{in_words(dose.high)} {slow}rep{'' if dose.high == 1 else 's'}")


def rounded_words(seconds: float) -> str:
    """Format the length of a rest as a person would say it: `half a minute`, `a minute`, `twenty seconds`."""
    if seconds < 12:
        return duration_words(seconds)
    rounded = 5 * round(seconds / 5)
    return {30: "half a minute", 60: "a minute", 90: "a minute and a half"}.get(rounded) or duration_words(rounded)


def duration_words(seconds: float) -> str:
    """Format a duration in words: `forty-five seconds`, `two minutes`, `one minute thirty`."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    if minutes == 0 or (whole < 100 and rest):
        return f"{in_words(whole)} second{'' if whole == 1 else 's'}"
    words = f"{in_words(minutes)} minute{'' if minutes == 1 else 's'}"
    return f"{words} {in_words(rest)}" if rest else words


def length_words(seconds: float, estimated: bool) -> str:
    """Format the length of a workout to half a minute: `a minute and a half`, `about eight minutes`."""
    minutes, half = divmod(max(1, int(seconds / HALF_MINUTE_S + 0.5)), 2)  # not to even: 30 s more are one half more
    words = {1: "half a minute", 2: "a minute", 3: "a minute and a half"}.get(2 * minutes + half)
    words = words or f"{in_words(minutes)}{' and a half' if half else ''} minutes"
    return f"about {words}" if estimated else words


_WHY = {PauseReason.SLEPT: "the computer slept", PauseReason.STOPPED: "the program was stopped"}


def why_paused(reason: PauseReason) -> str:
    """Format the sentence for a pause, with its reason if the user did not ask for it."""
    return f"Paused: {_WHY[reason]}." if reason in _WHY else "Paused."
