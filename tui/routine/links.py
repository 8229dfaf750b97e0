"""Report problems between tables of a file: unknown names, duplicate ids, too many sets."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from tui.plain_text import capital
from tui.routine.fields import MOST_SETS
from tui.routine.figures import check_figures
from tui.routine.model import Exercise
from tui.routine.movement import Beat, Tempo
from tui.routine.problems import KeyPath, Problems, did_you_mean, listed, quoted
from tui.routine.tables import Values


class Names(NamedTuple):
    """The ids of one exercise; None if its table is too broken to know them."""

    exercise: str
    progressions: Collection[str] | None
    figures: Collection[str] | None


def check_exercise(exercise: Values | None, path: KeyPath, problems: Problems) -> None:
    """Report duplicate progressions, and figures that are missing or incomplete."""
    if exercise is None:
        return
    figures = exercise.get("figures", {})
    names = Names("this exercise", None, figures)
    _check_figure(exercise, names, path, problems)
    _check_beats(exercise, exercise.get("tempo"), path, problems)
    seen: set[str] = set()
    for index, progression in enumerate(exercise.get("progressions") or ()):
        if progression is None:
            continue
        place = (*path, "progressions", index)
        _check_figure(progression, names, place, problems)
        _check_beats(progression, progression.get("tempo", exercise.get("tempo")), place, problems)
        _check_counts(progression.get("grow"), (*place, "grow"), problems)
        id_ = progression.get("id")
        if id_ in seen:
            problems.add((*place, "id"), f"id is {quoted(id_)}: another progression of this exercise has it")
        elif id_ is not None:
            seen.add(id_)
    check_figures(figures or {}, (*path, "figures"), problems)


def _check_counts(grow: Values | None, path: KeyPath, problems: Problems) -> None:
    """Report reps and rounds that would grow by a fraction."""
    if grow is not None and any(key in grow for key in ("reps", "rounds")):
        for key in ("reps", "rounds", "up_to"):
            number = grow.get(key)
            if number is not None and number != int(number):
                problems.add((*path, key), f"{key} is {number:g}: write a whole number")


def check_sets(routine: Values | None, library: Mapping[str, Exercise], problems: Problems) -> None:
    """Report sets with an unknown exercise, progression or figure, and too many sets."""
    if routine is None:
        return
    own = routine.get("exercises") or {}
    for count, (path, set_) in enumerate(sets_of(routine), start=1):
        if problems.full:
            return
        if count == MOST_SETS + 1:
            problems.add(path, f"this is set {count}: a routine may have {MOST_SETS}")
        id_ = set_.get("exercise")
        if id_ is None:
            if set_.get("name") is not None:
                _check_plain(set_, own, library, path, problems)
            continue
        if id_ in own:
            _check_set(set_, _own_names(id_, own[id_]), path, problems)
        elif id_ in library:
            known = library[id_]
            ids = [progression.id for progression in known.progressions]
            _check_set(set_, Names(quoted(id_), ids, known.figures), path, problems)
        else:
            problems.add((*path, "exercise"), _no_exercise(id_, own, library, problems))


def sets_of(routine: Values) -> Iterator[tuple[KeyPath, Values]]:
    """Yield every set of a routine with its path, in order."""
    lists = [(("blocks", index), block) for index, block in enumerate(routine.get("blocks") or ())]
    for path, table in (*lists, ((), routine)):
        for number, set_ in enumerate((table or {}).get("sets") or ()):
            if set_ is not None:
                yield (*path, "sets", number), set_


def plain_id(name: str) -> str:
    """Return the id of an exercise without a table: its name with a capital first letter, so `squat` is `Squat`."""
    return capital(" ".join(name.split()))


def _check_plain(
    set_: Values, own: Collection[str], library: Collection[str], path: KeyPath, problems: Problems
) -> None:
    """Report a plain name that is the id of an exercise, and a progression or figure, which it cannot have."""
    id_ = plain_id(set_["name"])
    if id_ in own or id_ in library:
        message = f"name is {quoted(id_)}: that is the id of an exercise, so write exercise = {quoted(id_)}"
        problems.add((*path, "name"), message)
    _check_set(set_, Names(quoted(id_), (), ()), path, problems)


def _check_set(set_: Values, names: Names, path: KeyPath, problems: Problems) -> None:
    """Report progressions and figures of one set that its exercise does not have."""
    if (id_ := set_.get("progression")) is not None:
        _check_progression(id_, names, (*path, "progression"), problems, at_key=False)
    elif set_.get("pinned"):
        problems.add((*path, "pinned"), "pinned needs a progression to stay at: write progression as well", at_key=True)
    _check_figure(set_, names, path, problems)
    _check_beats(set_, set_.get("tempo"), path, problems)
    for id_, own in (set_.get("progressions") or {}).items():
        place = (*path, "progressions", id_)
        _check_progression(id_, names, place, problems, at_key=True)
        _check_figure(own, names, place, problems)
        _check_beats(own, (own or {}).get("tempo", set_.get("tempo")), place, problems)


def _check_progression(id_: str, names: Names, path: KeyPath, problems: Problems, *, at_key: bool) -> None:
    ids = names.progressions
    if ids is None or id_ in ids:
        return
    has = f"it has {listed(ids)}" if ids else "it has none"
    message = f"no progression {quoted(id_)} in {names.exercise}{problems.hint(id_, ids)}: {has}"
    problems.add(path, message, at_key=at_key)


def _check_figure(table: Values | None, names: Names, path: KeyPath, problems: Problems) -> None:
    """Report a figure that the exercise does not have, unless it has none at all."""
    name = (table or {}).get("figure")
    if name is not None and names.figures and name not in names.figures:
        hint = f"{problems.hint(name, names.figures)}: it has {listed(names.figures)}"
        problems.add((*path, "figure"), f"no figure {quoted(name)} in {names.exercise}{hint}")


def _check_beats(table: Values | None, tempo: Tempo | None, path: KeyPath, problems: Problems) -> None:
    """Report cues on a beat that `tempo` does not have; without a tempo there is nothing to check."""
    if tempo is None:
        return
    beats = [beat for beat in Beat if tempo.beat_s(beat) > 0]
    for index, cue in enumerate((table or {}).get("cues") or ()):
        beat = (cue or {}).get("on")
        if beat not in (None, Beat.END, *beats):
            written = "-".join(f"{tempo.beat_s(part):g}" for part in (Beat.LIFT, Beat.HOLD, Beat.LOWER))
            message = f'on is "{beat}", which the tempo {quoted(written)} does not have: write one of {listed(beats)}'
            problems.add((*path, "cues", index, "on"), message)


def _own_names(id_: str, exercise: Values | None) -> Names:
    if exercise is None or (ladder := exercise.get("progressions", ())) is None:
        return Names(quoted(id_), None, None)
    ids = [progression and progression.get("id") for progression in ladder]
    return Names(quoted(id_), None if None in ids else ids, exercise.get("figures"))


def _no_exercise(id_: str, own: Collection[str], library: Collection[str], problems: Problems) -> str:
    """Format the message for an exercise that is neither in the library nor in the file."""
    message = f"no exercise {quoted(id_)}"
    if problems.explained or not (own or library):
        return f"{message}: add [exercises.{bare_key(id_)}] to the file"
    known = {*own, *library}
    near = f"{did_you_mean(id_, known)}: use one of {listed(sorted(known), 12)}"
    return f"{message}{near}, or write name = {quoted(id_)} for one without a ladder"


def bare_key(id_: str) -> str:
    """Return `id_` as a TOML key, in quotes if it needs them."""
    return id_ if id_.isascii() and id_.replace("-", "").replace("_", "").isalnum() else quoted(id_)
