"""Seconds and words to get from one exercise to the next, for users with closed eyes.

The body changes its position (from standing to lying on the back), its place in the room (from the chair to the
worktop), or both; then the longer time counts. The seconds are unhurried and the same in both directions; a setting
multiplies them. A position or place that a file leaves out costs no time.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from tui.routine.model import Place, Posture
from tui.routine.resolve import Plan


class _Height(Enum):
    """Postures with the same distance to every other posture."""

    UP = "on the feet"
    SEATED = "on a seat"
    KNEES = "on the knees"
    DOWN = "lying"
    PROPPED = "shoulders on a seat, hips near the floor"


class _Body(NamedTuple):
    """The height of a posture, and the words for the way down to it, the way over from the floor, and staying in it."""

    height: _Height
    down: str = ""
    over: str = ""
    stay: str = ""


_POSTURES = {
    Posture.STANDING: _Body(_Height.UP),
    Posture.SITTING: _Body(_Height.SEATED, stay="Stay on the chair."),
    Posture.KNEELING: _Body(_Height.KNEES, "Down onto your knees.", "Up onto your knees.", "Stay on your knees."),
    Posture.HALF_KNEELING: _Body(_Height.KNEES, "Down onto one knee.", "Up onto one knee.", "Stay on your knees."),
    Posture.ALL_FOURS: _Body(
        _Height.KNEES, "Down onto your hands and knees.", "Onto your hands and knees.", "Stay on your knees."
    ),
    Posture.SUPINE: _Body(_Height.DOWN, "Down to the floor.", "Onto your back.", "Stay on your back."),
    Posture.PRONE: _Body(_Height.DOWN, "Down to the floor.", "Onto your front.", "Stay on your front."),
    Posture.SIDE_LYING: _Body(_Height.DOWN, "Down to the floor.", "Onto your side.", "Stay on your side."),
    Posture.ON_SUPPORT: _Body(_Height.PROPPED, stay="Sit and rest."),
}

_PLACES = {_Height.KNEES: Place.FLOOR, _Height.DOWN: Place.FLOOR, _Height.PROPPED: Place.SOFA}

_POSTURE_S = {
    frozenset({_Height.UP, _Height.SEATED}): 4.0,
    frozenset({_Height.UP, _Height.KNEES}): 6.0,
    frozenset({_Height.UP, _Height.DOWN}): 12.0,
    frozenset({_Height.UP, _Height.PROPPED}): 8.0,
    frozenset({_Height.SEATED, _Height.KNEES}): 8.0,
    frozenset({_Height.SEATED, _Height.DOWN}): 14.0,
    frozenset({_Height.SEATED, _Height.PROPPED}): 8.0,
    frozenset({_Height.KNEES, _Height.DOWN}): 6.0,
    frozenset({_Height.KNEES, _Height.PROPPED}): 6.0,
    frozenset({_Height.DOWN, _Height.PROPPED}): 8.0,
    frozenset({_Height.KNEES}): 3.0,
    frozenset({_Height.DOWN}): 4.0,
}
"""Seconds between postures of two heights; for a single height, between two of its postures."""

WALK_S = 5.0
"""Seconds from one place in the room to another."""

TO_SOFA_S = 8.0
"""Seconds to or from a sofa, which may be in another room."""

LONGEST_WAY_S = max(*_POSTURE_S.values(), WALK_S, TO_SOFA_S)
"""The most seconds of any transition."""

_WALK_TO = {
    Place.CHAIR: "Over to the chair.",
    Place.SOFA: "Over to the sofa.",
    Place.WORKTOP: "Over to the worktop.",
    Place.FLOOR: "Over to the mat.",
}

_TURN = {Posture.SUPINE: "Roll to your side.", Posture.PRONE: "Push up onto your knees."}
"""How to begin to get up."""

_GET_UP = {
    _Height.KNEES: "Come up slowly.",
    _Height.DOWN: "Roll to your side and sit up.",
    _Height.PROPPED: "Lower your hips and sit up.",
}


def usual_place(posture: Posture) -> Place | None:
    """Return the place of a posture if a file names none; None for standing and sitting, possible anywhere."""
    return _PLACES.get(_POSTURES[posture].height)


def transition_s(before: Plan, after: Plan, factor: float = 1.0) -> float:
    """Compute the seconds from the end of the set `before` to the start of `after`, times `factor`."""
    return factor * max(_posture_s(before.position, after.position), _place_s(before.place, after.place))


def transition_words(before: Plan, after: Plan) -> str:
    """Format the way to the next place, in one or two sentences: "Down to the floor."; empty if nothing changes."""
    if transition_s(before, after) == 0:
        return ""
    walk = _WALK_TO.get(after.place, "") if after.place and _place_s(before.place, after.place) else ""
    if after.position is before.position or after.position is None:
        return walk
    height = _POSTURES[before.position].height if before.position else None
    turn = _TURN.get(before.position, "") if before.position else ""
    low = height in (_Height.KNEES, _Height.DOWN, _Height.PROPPED)
    if after.position is Posture.STANDING:
        return " ".join(filter(None, (turn, "Up to standing." if low else "Stand up.", walk)))
    if after.position is Posture.SITTING:
        up = "Up slowly." if height is _Height.DOWN else ""
        return " ".join(filter(None, (turn, up, walk, "Sit down.")))
    if after.position is Posture.ON_SUPPORT:
        return "Over to the sofa." if after.place is Place.SOFA else "Sit down on the floor."
    return _POSTURES[after.position].over if low else _POSTURES[after.position].down


def from_seat_s(first: Plan, factor: float = 1.0) -> float:
    """Compute the seconds from sitting at a desk to where the first set begins, times `factor`."""
    return transition_s(_seated(first), first, factor)


def from_seat_words(first: Plan) -> str:
    """Return where to go from sitting at a desk: "Down to the floor."; empty if the first set is done on the chair."""
    return transition_words(_seated(first), first)


def _seated(first: Plan) -> Plan:
    return first._replace(position=Posture.SITTING, place=Place.CHAIR)


def staying_words(before: Plan, after: Plan) -> str:
    """Return the instruction for a rest between equal positions: "Stay on your back."; empty when standing."""
    if before.position is None or after.position is not before.position or _place_s(before.place, after.place):
        return ""
    return _POSTURES[before.position].stay


def getting_up_words(last: Plan) -> str:
    """Return how to get up if the last set ended on the floor, else an empty string."""
    if last.position is Posture.SIDE_LYING:
        return "Sit up slowly."
    if last.position is Posture.PRONE:
        return _TURN[Posture.PRONE]
    return _GET_UP.get(_POSTURES[last.position].height, "") if last.position else ""


def _posture_s(before: Posture | None, after: Posture | None) -> float:
    if before is None or after is None or before is after:
        return 0.0
    return _POSTURE_S[frozenset({_POSTURES[before].height, _POSTURES[after].height})]


def _place_s(before: Place | None, after: Place | None) -> float:
    """Compute the seconds between two places; `anywhere` is at every place."""
    if before is None or after is None or before is after or Place.ANYWHERE in (before, after):
        return 0.0
    return TO_SOFA_S if Place.SOFA in (before, after) else WALK_S
