"""The program's state for the user, in state.toml: place on each ladder, answers, last routine."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from tui.files.atomic import holding_lock
from tui.files.places import Places
from tui.files.reading import Missing, Unreadable, parse_toml, put, read_own, read_text, read_to_change, rewrite
from tui.files.shapes import Shape, filled, many, number, one_of, or_none, table
from tui.ladder.remembered import Answer, Change, Heard, Remembered, Reply


def _moment(value: object) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def _day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _amount(value: object) -> bool:
    return number(value) and value != 0


_LAST = or_none(filled)
_LADDER = many(filled)
_HEARD = table({"words": filled}, {"since": _day})
_ANSWER = table({"change": one_of(*Change), "progression": filled, "reply": one_of(*Reply), "at": _moment})


def load_state(places: Places) -> tuple[Remembered, str | None]:
    """Read the state, and a line if it cannot be read, or None; malformed entries are skipped."""
    try:
        _, data, note = read_own(places.state_file)
    except Unreadable as error:
        return Remembered(), f"{places.state_file.name}: {error}; starting from the first progressions this time"
    if note:
        return Remembered(), f"{note}; starting from the first progressions"
    return _Fitting().remembered(data), None


def count_skipped(places: Places) -> int:
    """Count the malformed entries in the file, for `gluteus doctor`; the file does not change."""
    fitting = _Fitting()
    try:
        fitting.remembered(parse_toml(read_text(places.state_file)))
    except Missing:
        return 0
    except Unreadable:
        return 1
    return fitting.skipped


class _Fitting:
    """Reads the well-formed values of the file, and counts the malformed ones."""

    skipped = 0

    def remembered(self, data: Mapping[str, Any]) -> Remembered:
        """Return all well-formed values."""
        last = data.get("last_routine")
        self.skipped += not _LAST(last)
        grown = {id_: self._entries(amounts, _amount) for id_, amounts in self._table(data.get("grown", {})).items()}
        answers = {id_: self._answers(listed) for id_, listed in self._table(data.get("answers", {})).items()}
        return Remembered(
            progressions=self._entries(data.get("progressions", {}), filled),
            last_routine=last if _LAST(last) else None,
            ladders={key: tuple(value) for key, value in self._entries(data.get("ladders", {}), _LADDER).items()},
            grown={exercise: amounts for exercise, amounts in grown.items() if amounts},
            answers={exercise: given for exercise, given in answers.items() if given},
            heard={
                key: Heard(entry["words"], entry.get("since"))
                for key, entry in self._entries(data.get("heard", {}), _HEARD).items()
            },
        )

    def _table(self, value: object) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self.skipped += 1
        return {}

    def _entries(self, value: object, fits: Shape) -> dict[str, Any]:
        entries = self._table(value)
        fitting = {key: item for key, item in entries.items() if fits(item)}
        self.skipped += len(entries) - len(fitting)
        return fitting

    def _answers(self, value: object) -> tuple[Answer, ...]:
        listed = value if isinstance(value, list) else [value]
        fitting: list[Any] = [item for item in listed if _ANSWER(item)]
        self.skipped += len(listed) - len(fitting)
        return tuple(Answer(Change(a["change"]), a["progression"], Reply(a["reply"]), a["at"]) for a in fitting)


def remember_progression(places: Places, exercise: str, progression: str | None, ladder: Sequence[str] = ()) -> None:
    """Remember the progression of an exercise from now on, one of its `ladder`; None forgets it.

    Raises StorageProblem.
    """

    def change(data: dict[str, Any]) -> None:
        put(data, ("progressions", exercise), progression)
        put(data, ("ladders", exercise), list(ladder) if progression and ladder else None)

    _change(places, change)


def remember_growth(places: Places, exercise: str, progression: str, amount: float) -> None:
    """Remember the total growth of a progression's dose; 0 forgets it. Raises StorageProblem."""
    value = float(amount) if amount > 0 else None
    _change(places, lambda data: put(data, ("grown", exercise, progression), value))


def remember_answer(places: Places, exercise: str, answer: Answer) -> None:
    """Remember an answer; it replaces the last one to the same kind of change. Raises StorageProblem."""
    entry = {"change": answer.change.value, "progression": answer.progression, "reply": answer.reply.value}

    def change(data: dict[str, Any]) -> None:
        answers = data.get("answers")
        before = answers.get(exercise) if isinstance(answers, dict) else None
        listed = before if isinstance(before, list) else []
        others = [given for given in listed if isinstance(given, dict) and given.get("change") != answer.change]
        put(data, ("answers", exercise), [*others, {**entry, "at": answer.at}])

    _change(places, change)


def heard_key(exercise: str, progression: str | None) -> str:
    """Format the key of an exercise at a progression in `heard`."""
    return f"{exercise}/{progression}" if progression else exercise


def remember_routine(places: Places, routine: str, heard: Mapping[str, Heard] = MappingProxyType({})) -> None:
    """Remember the routine that is started, and the words `heard` of its exercises. Raises StorageProblem."""

    def change(data: dict[str, Any]) -> None:
        data["last_routine"] = routine
        for key, spoken in heard.items():
            entry = {"words": spoken.words, "since": spoken.since}
            put(data, ("heard", key), {name: value for name, value in entry.items() if value is not None})

    _change(places, change)


def _change(places: Places, change: Callable[[dict[str, Any]], None]) -> None:
    """Read state.toml again, change one value and write it, so that two running programs do not lose changes."""
    import tomli_w  # loaded only to write

    path = places.state_file
    with holding_lock(places.lock_file):
        _, data, _ = read_to_change(path)
        change(data)
        rewrite(path, tomli_w.dumps(data))
