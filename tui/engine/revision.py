"""Another version of a routine during a workout: whether it is compatible, and which choices remain valid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from tui.engine.model import Choices, Slot
from tui.routine.model import Block, Mode, Routine

T = TypeVar("T")


def is_same_workout(before: Routine, after: Routine) -> bool:
    """Check whether two versions give the same workout: they differ only in exercises that no set uses."""

    def workout(routine: Routine) -> Routine:
        used = {id_: exercise for id_, exercise in routine.exercises.items() if id_ in routine.used}
        return routine._replace(exercises=used, needs=())

    return workout(before) == workout(after)


def continues(before: Routine, after: Routine, slot: Slot) -> bool:
    """Check whether `after` has the same sets as `before` up to the one at `slot`; only their doses may differ.

    If the block of `slot` has a clock, all of it must be the same.
    """
    if slot.block >= len(after.blocks):
        return False
    old, new = before.blocks[slot.block], after.blocks[slot.block]
    if old.mode is not new.mode:
        return False
    if any(_shape(a) != _shape(b) for a, b in zip(before.blocks[: slot.block], after.blocks, strict=False)):
        return False
    if old.mode in (Mode.EMOM, Mode.AMRAP):
        return _shape(old) == _shape(new)  # The rounds of an AMRAP have no end.
    return slot.round < new.rounds and _exercises(old)[: slot.set + 1] == _exercises(new)[: slot.set + 1]


def kept_choices(before: Routine, after: Routine, choices: Choices) -> Choices:
    """Return the choices that remain valid: those of sets with the same exercise, and of known exercises."""

    def kept(by_slot: Mapping[Slot, T]) -> dict[Slot, T]:
        return {
            slot: value for slot, value in by_slot.items() if _exercise_at(before, slot) == _exercise_at(after, slot)
        }

    known = after.exercises
    return choices._replace(
        sets=kept(choices.sets),
        sets_instead={slot: id_ for slot, id_ in kept(choices.sets_instead).items() if id_ in known},
        instead={id_: other for id_, other in choices.instead.items() if other in known},
    )


def _shape(block: Block) -> tuple[object, ...]:
    """Return everything about a block but the doses of its sets."""
    return block.mode, block.rounds, block.every_s, block.cap_s, block.together, _exercises(block)


def _exercises(block: Block) -> tuple[str, ...]:
    return tuple(set_.exercise for set_ in block.sets)


def _exercise_at(routine: Routine, slot: Slot) -> str | None:
    """Find the exercise that the routine has at `slot`, or None if there is no such set."""
    if slot.block >= len(routine.blocks):
        return None
    block = routine.blocks[slot.block]
    return block.sets[slot.set].exercise if slot.set < len(block.sets) and slot.round < block.rounds else None
