"""Turn parsed TOML into a Routine or an Exercise, or into all of its problems."""

from __future__ import annotations

from collections.abc import Mapping

from tui.plain_text import capital, plain_text
from tui.routine.fields import EXERCISE, MOST_TITLE, ROUTINE
from tui.routine.figures import build_figure
from tui.routine.links import check_exercise, check_sets, plain_id, sets_of
from tui.routine.model import (
    Block,
    Exercise,
    FormCue,
    Grow,
    Layer,
    Measure,
    MoveOn,
    Posture,
    Progression,
    Routine,
    Set,
    StepBack,
    Work,
)
from tui.routine.problems import KeyPath, Problem, Problems
from tui.routine.tables import Values, given, read_table

POSTURES = frozenset(Posture)


def read_exercise(data: Mapping[str, object], id_: str) -> tuple[Exercise | None, tuple[Problem, ...]]:
    """Build the exercise that `data` describes, or None, and all problems; with only warnings there is an exercise.

    Never raises for any `data`.
    """
    problems = Problems()
    values = read_table(EXERCISE, data, problems)
    check_exercise(values, (), problems)
    return (None if problems.prevent_use or values is None else _exercise(values, id_)), problems.as_tuple()


def read_routine(
    data: Mapping[str, object], id_: str, exercises: Mapping[str, Exercise]
) -> tuple[Routine | None, tuple[Problem, ...]]:
    """Build the routine that `data` describes, or None, and all problems; with only warnings there is a routine.

    Never raises for any `data`. `exercises` is the library by id: only ids that the routine names are
    looked up, and it is listed only to explain that one is missing.
    """
    problems = Problems()
    values = read_table(ROUTINE, data, problems)
    for name, exercise in ((values or {}).get("exercises") or {}).items():
        check_exercise(exercise, ("exercises", name), problems)
    check_sets(values, exercises, problems)
    routine = None if problems.prevent_use or values is None else _routine(values, id_, exercises)
    return routine, problems.as_tuple()


def id_in_words(id_: str) -> str:
    """Format an id as a name: spaces for hyphens, a capital first letter, no longer than a title."""
    return capital(plain_text(id_).replace("-", " ")[:MOST_TITLE])


def _routine(values: Values, id_: str, library: Mapping[str, Exercise]) -> Routine:
    """Build the routine of values without problems."""
    own = values.get("exercises", {})
    used = dict.fromkeys(set_["exercise"] for _, set_ in sets_of(values) if "exercise" in set_)
    plain = dict.fromkeys(plain_id(set_["name"]) for _, set_ in sets_of(values) if "name" in set_)
    defaults = values.get("defaults", {})
    return Routine(
        id=id_,
        title=values.get("title") or id_in_words(id_),
        **given(values, "summary", "tags", "needs", "transitions", "quiet"),
        prepare_s=defaults.get("prepare"),
        defaults=_layer(defaults),
        blocks=_blocks(values),
        exercises={
            **{name: _exercise(own[name], name) if name in own else library[name] for name in used},
            **{name: Exercise(id=name, name=name) for name in plain},
        },
    )


def _blocks(values: Values) -> tuple[Block, ...]:
    """Build the blocks; sets at the top level are one straight block."""
    if "sets" in values:
        return (Block(sets=_sets(values["sets"], ("sets",)), path=("sets",)),)
    return tuple(_block(block, ("blocks", index)) for index, block in enumerate(values["blocks"]))


def _block(values: Values, path: KeyPath) -> Block:
    return Block(
        sets=_sets(values["sets"], (*path, "sets")),
        **given(values, "name", "mode", "rounds", "together"),
        round_rest_s=values.get("round_rest"),
        every_s=values.get("every"),
        cap_s=values.get("cap"),
        prepare_s=values.get("prepare"),
        own=_layer(values),
        path=path,
    )


def _sets(items: tuple[Values, ...], path: KeyPath) -> tuple[Set, ...]:
    return tuple(
        Set(
            exercise=values["exercise"] if "exercise" in values else plain_id(values["name"]),
            **given(values, "progression", "pinned"),
            prepare_s=values.get("prepare"),
            own=_layer(values),
            by_progression={id_: _layer(own) for id_, own in values.get("progressions", {}).items()},
            path=(*path, index),
        )
        for index, values in enumerate(items)
    )


def _exercise(values: Values, id_: str) -> Exercise:
    """Build the exercise of values without problems. Its `say` is its spoken name, other than that of a set."""
    figures = values.get("figures", {})
    return Exercise(
        id=id_,
        name=values.get("name") or id_in_words(id_),
        **given(values, "say", "muscles", "fit", "sources"),
        own=_layer({key: value for key, value in values.items() if key != "say"}),
        progressions=tuple(_progression(progression) for progression in values.get("progressions", ())),
        figures={name: build_figure(figures, name) for name in figures},
    )


def _progression(values: Values) -> Progression:
    return Progression(
        id=values["id"],
        name=values.get("name") or id_in_words(values["id"]),
        own=_layer(values),
        move_on=_move_on(values["move_on"]) if "move_on" in values else None,
        step_back=StepBack(**values.get("step_back", {})),
        grow=_grow(values["grow"]) if "grow" in values else None,
    )


def _move_on(values: Values) -> MoveOn:
    return MoveOn(**given(values, "sessions", "reps", "effort", "unless"), work_s=values.get("work"))


def _grow(values: Values) -> Grow:
    measure = next(measure for measure in Measure if measure in values)
    return Grow(measure, values[measure], **given(values, "up_to", "every"))


def _layer(values: Values) -> Layer:
    own = {_ATTRIBUTES[key]: value for key, value in values.items() if key in _ATTRIBUTES}
    if "work" in values:
        own["dose"] = Work(values["work"])
    if "cues" in values:
        own["cues"] = tuple(FormCue(cue["say"], cue.get("on"), cue.get("or", ())) for cue in values["cues"])
    if "position" in values:
        own["position"] = Posture(values["position"]) if values["position"] in POSTURES else None
    return Layer(**own)


_ATTRIBUTES = {name.removesuffix("_s"): name for name in Layer._fields} | {"reps": "dose"}
"""The attribute of a Layer that has the value of each key."""
