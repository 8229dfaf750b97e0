"""The sentences of the script that no file has: what comes, which side, how much, for how long to rest."""

from __future__ import annotations

from tui.engine.model import Phase, Side
from tui.routine.model import Reps, Work
from tui.routine.numerals import in_words
from tui.routine.resolve import Plan
from tui.routine.sided import side_sentence

SLOW_REP_S = 4.0
"""A rep that lasts so long is called slow."""

OPEN = "Press enter when you are done."
LAST_REP = "Last one."
TEN_SECONDS = "Ten seconds."
HALFWAY = "Halfway."


def capital(text: str) -> str:
    """`text` as a sentence begins."""
    return text[:1].upper() + text[1:]


def small(name: str) -> str:
    """A name within a sentence: `Reverse bridge` is `reverse bridge`, `TRX row` stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def sentence(text: str) -> str:
    """`text` with a full stop where it has no end of its own."""
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def name_of(plan: Plan) -> str:
    """How the voice names the exercise."""
    return plan.exercise.say or small(plan.exercise.name)


def progression_of(plan: Plan) -> str:
    """How the voice names the progression; empty where there is no ladder."""
    return small(plan.progression.name) if plan.progression else ""


def side_words(work: Phase) -> str:
    """Which side, in words that mean something: `Left leg pushes.`; empty where there is but one."""
    if work.side is None:
        return ""
    if work.side is Side.ALTERNATE:
        return "Change sides each time, left first."
    return sentence(side_sentence(work.side.value, work.plan.side_means))


def short_side(work: Phase) -> str:
    """The side in the fewest words: `left leg`; empty where the sides take turns, or there is but one."""
    if work.side not in (Side.LEFT, Side.RIGHT):
        return ""
    means = work.plan.side_means
    if means is None:
        return f"{work.side.value} side"
    return f"{work.side.value} leg" if "{" not in means else f"{work.side.value} side"


def dose_words(work: Phase) -> str:
    """How much: `Six slow reps.`, `Forty seconds.`, `As many as you can.`"""
    dose, tempo = work.plan.dose, work.plan.tempo
    if isinstance(dose, Work):
        return f"{capital(duration_words(dose.seconds))}."
    slow = "slow " if tempo is not None and tempo.rep_s >= SLOW_REP_S else ""
    return reps_words(dose, slow)


def reps_words(dose: Reps, slow: str = "") -> str:
    """A dose by count: `Eight to twelve reps.`"""
    if dose.high is None:
        return "As many as you can."
    low = f"{in_words(dose.low)} to " if dose.low is not None and dose.low != dose.high else ""
    return capital(f"{low}{in_words(dose.high)} {slow}rep{'' if dose.high == 1 else 's'}.")


def duration_words(seconds: float) -> str:
    """A length in words: `forty-five seconds`, `two minutes`, `one minute thirty`."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    if minutes == 0 or (whole < 100 and rest):
        return f"{in_words(whole)} second{'' if whole == 1 else 's'}"
    if minutes > 999:
        return "a long time"
    words = f"{in_words(minutes)} minute{'' if minutes == 1 else 's'}"
    return f"{words} {in_words(rest)}" if rest else words
