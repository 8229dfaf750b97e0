"""Resolve a set, whose values come from the nearest table that has them; or substitute another exercise."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple, Self

from tui.routine.model import (
    NO_LAYER,
    Block,
    Dose,
    Exercise,
    FormCue,
    Layer,
    Place,
    Posture,
    Progression,
    Routine,
    Set,
    Sides,
    Work,
)
from tui.routine.movement import Figure, Tempo
from tui.routine.sided import sided

DOSE: Dose = Work(30.0)
SWITCH_S = 5.0

FURNITURE = frozenset({Place.CHAIR, Place.SOFA, Place.WORKTOP})
"""Places that count as kit; there is a floor everywhere."""


class Explain(StrEnum):
    """How much is explained before a set, in addition to name, side and dose.

    ALL of it; the progression and the short CAUTION; only the short caution as a REFRESHER; NOTHING.
    """

    ALL = "all"
    CAUTION = "caution"
    REFRESHER = "refresher"
    NOTHING = "nothing"

    @property
    def is_known(self) -> bool:
        """Whether progression and fix are no longer named."""
        return self in (Explain.REFRESHER, Explain.NOTHING)


class Plan(NamedTuple):
    """A resolved set: exercise, progression, dose, sides, place and words.

    Words may contain the placeholders `{side}` and `{other}`, which `on_side` fills in. `caution_short` is a short form
    of the caution; empty if the file has none for this caution. `asked` is the dose that the routine asks for at any
    progression; None if it leaves the dose to the exercise. `variant` selects one of several wordings.
    `is_usual`: its exercise has this progression, the user's own, in every set of the workout. `names_only`: only name,
    side, dose, steps and caution are said. `hurt_lately`: the exercise hurt in one of the last sessions.
    """

    exercise: Exercise
    progression: Progression | None
    dose: Dose = DOSE
    tempo: Tempo | None = None
    sides: Sides = Sides.BOTH
    rest_s: float = 0.0
    switch_s: float = SWITCH_S
    say: str | None = None
    cues: tuple[FormCue, ...] = ()
    caution: str = ""
    figure: Figure | None = None
    asked: Dose | None = None
    caution_short: str = ""
    position: Posture | None = None
    place: Place | None = None
    steps: tuple[str, ...] = ()
    fix: str = ""
    side_means: str | None = None
    switch_say: str | None = None
    fix_short: str = ""
    way_out: str = ""
    needs: tuple[str, ...] = ()
    loud: bool = False
    weight: str = ""
    hurt_lately: bool = False
    explain: Explain = Explain.ALL
    variant: int = 0
    is_usual: bool = True
    names_only: bool = False

    @property
    def ids(self) -> tuple[str, str | None]:
        """The ids of the exercise and of the progression; the latter is None without a ladder."""
        return self.exercise.id, self.progression.id if self.progression else None

    @property
    def progression_name(self) -> str:
        """The progression's name for use within a sentence; empty without a ladder."""
        return self.progression.name_within if self.progression else ""

    @property
    def things(self) -> frozenset[str]:
        """Its kit in lower case: `needs`, and its place if that is a chair, sofa or worktop."""
        things = frozenset(need.casefold() for need in self.needs)
        return things | {self.place.value} if self.place in FURNITURE else things

    def in_words_of(self, number: int) -> Self:
        """Return the plan with the wordings for the workout with this number (see `one_of`)."""
        cues = tuple(_in_words_of(number, cue) if cue.others else cue for cue in self.cues)
        return self._replace(cues=cues, variant=number)

    def on_side(self, side: str | None) -> Self:
        """Return the plan with its words for `side`: "left", "right", or no particular side."""
        return self._replace(
            cues=tuple(cue._replace(say=sided(cue.say, side)) if "{" in cue.say else cue for cue in self.cues),
            caution=sided(self.caution, side),
            caution_short=sided(self.caution_short, side),
            steps=tuple(sided(step, side) for step in self.steps),
            fix=sided(self.fix, side),
            fix_short=sided(self.fix_short, side),
            way_out=sided(self.way_out, side),
        )


LONGEST = -1
"""The number that selects the longest wording, for planning time."""


@lru_cache(maxsize=4096)
def _in_words_of(number: int, cue: FormCue) -> FormCue:
    """Return a cue with the wording for the workout with this number."""
    wordings = cue.say, *cue.others
    say = one_of(wordings, number)
    return cue._replace(say=say, others=tuple(other for other in wordings if other != say))


def one_of(wordings: Sequence[str], number: int) -> str:
    """Return the wording for the workout with this number; it differs from the previous one if there are two."""
    return max(wordings, key=len) if number == LONGEST else wordings[number % len(wordings)]


def resolve(routine: Routine, block: Block, set_: Set, progression: Progression | None) -> Plan:
    """Return the plan of `set_` at `progression` (None: an exercise without a ladder)."""
    exercise = routine.exercises[set_.exercise]
    layers = tuple(_layers(routine, block, set_, exercise, progression))
    values = _merged(layers)
    name = values.get("figure")
    figures = exercise.figures
    values["figure"] = figures.get(name) if name else next(iter(figures.values()), None)
    values["caution_short"] = _short_form(layers, lambda layer: (layer.caution_short, layer.caution))
    values["fix_short"] = _short_form(layers, lambda layer: (layer.fix_short, layer.fix))
    return Plan(exercise, progression, asked=asked_dose(routine, block, set_), **values)


def asked_dose(routine: Routine, block: Block, set_: Set) -> Dose | None:
    """Return the dose that the routine asks for at any progression of a set; None if it leaves it to the exercise."""
    return next((layer.dose for layer in (set_.own, block.own, routine.defaults) if layer.dose is not None), None)


def by_itself(exercise: Exercise, progression: Progression | None) -> Plan:
    """Return the plan of an exercise at a progression, without the values of a routine."""
    set_ = Set(exercise=exercise.id)
    routine = Routine(id="", title="", exercises={exercise.id: exercise})
    return resolve(routine, Block(sets=(set_,)), set_, progression)


def _merged(layers: Sequence[Layer]) -> dict[str, Any]:
    """Return the values of the nearest layer that has one, by the names that Layer and Plan share."""
    values: dict[str, Any] = {}
    for layer in reversed(layers):
        if layer != NO_LAYER:
            for name, value in zip(Layer._fields, layer, strict=True):
                if value is not None:
                    values[name] = value
    return values


def _short_form(layers: tuple[Layer, ...], of: Callable[[Layer], tuple[str | None, str | None]]) -> str:
    """Return the short form from the layer with the whole text, or a nearer one; a farther one is of another text.

    `of` returns the short form and the whole text of a layer.
    """
    for short, whole in map(of, layers):
        if short is not None:
            return short
        if whole is not None:
            break
    return ""


def _layers(
    routine: Routine, block: Block, set_: Set, exercise: Exercise, progression: Progression | None
) -> Iterator[Layer]:
    """Yield the tables that may describe a set, nearest first: those of the routine, then those of the exercise."""
    if progression is not None:
        yield set_.by_progression.get(progression.id, NO_LAYER)
    yield set_.own
    yield block.own
    yield routine.defaults
    if progression is not None:
        yield progression.own
        if progression.id in exercise.figures:
            yield Layer(figure=progression.id)
    yield exercise.own


def in_place_of(set_: Set, plan: Plan, exercise: Exercise) -> Set:
    """Return `set_`, planned as `plan`, with `exercise` instead of its own.

    A set in seconds stays in seconds, and one in reps in reps. Reps are the exercise's own, as those of two movements
    cannot be compared. Seconds are those of the routine, but no more than the exercise's own. If the exercise has no
    dose of that kind, the planned dose stays. Words, figure, tempo and sides of the old exercise are dropped.
    """
    dose, old = plan.dose, (plan.progression and plan.progression.own.dose) or plan.exercise.own.dose
    asked = plan.asked or (dose if old is None else None)

    def layer(own: Dose | None) -> Layer:
        if isinstance(own, Work) and isinstance(asked, Work):
            return Layer(dose=min(own, asked, key=lambda work: work.seconds))
        return Layer(dose=own if type(own) is type(dose) else dose)

    doses = {step.id: layer(step.own.dose or exercise.own.dose) for step in exercise.progressions}
    dosed = Layer() if doses else layer(exercise.own.dose)
    own = dosed._replace(rest_s=set_.own.rest_s, switch_s=set_.own.switch_s)
    return Set(exercise=exercise.id, prepare_s=set_.prepare_s, own=own, by_progression=doses, path=set_.path)
