"""Reads the sessions of months from their lines, with later corrections.

A line in several files counts once. Deleted sessions are left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tui.engine.model import Kind, PauseReason
from tui.engine.summary import set_status
from tui.files.shapes import filled
from tui.history import corrections
from tui.history.journal_files import lines_in, records_in, written_at
from tui.history.journal_format import SHAPES, Record, parsed_time
from tui.past_sessions import PastPause, PastSession, PastSet, PastWork, known_s, known_total
from tui.plain_text import plain_lines, plain_text

_SAME_S = 0.0005
"""Workout seconds that differ by less are the same."""

_LATER_TYPES = ("effort", "note", "ouch", "edit")
"""The types of lines that can be added after the end of a session; they have no number then."""


def read_months(files: Mapping[str, Iterable[Path]], deleted: frozenset[str]) -> tuple[PastSession, ...]:
    """Read the sessions of months that belong together from their files, the newest first, without the deleted ones.

    The lines of a workout are numbered. Ratings, notes and marks that were added later have no number; their time and
    exercise identify them.
    """
    by_session: dict[str, dict[object, Record]] = {}
    month_of: dict[str, str] = {}
    for month, paths in files.items():
        for path in paths:
            for record in records_in(lines_in(path)):
                if record["type"] in SHAPES:
                    month_of.setdefault(record["session"], month)
                    by_session.setdefault(record["session"], {})[record.get("n", _unnumbered(record))] = record
    sessions_by_id: dict[str, PastSession] = {}
    edits: dict[str, list[Record]] = {}
    for session, numbered in by_session.items():
        in_turn = sorted(numbered.values(), key=lambda record: record.get("n", 0))
        if (past := _session(in_turn, month_of[session])) is not None:
            sessions_by_id[session], edits[session] = past, _edits(in_turn)
    sessions = _corrected(sessions_by_id, edits, deleted)
    return tuple(sorted(sessions, key=lambda session: session.started_at, reverse=True))


def _edits(records: Iterable[Record]) -> list[Record]:
    """List the corrections that have not been undone, the oldest first."""
    edits = sorted((record for record in records if record["type"] == "edit"), key=written_at)
    undone = {edit["undo"] for edit in edits if "undo" in edit}
    return [edit for edit in edits if "undo" not in edit and edit.get("at") not in undone]


def _corrected(
    by_id: dict[str, PastSession], edits: Mapping[str, Sequence[Record]], deleted: frozenset[str]
) -> Iterator[PastSession]:
    """Yield the sessions with their corrections; one that is merged into another is corrected before that.

    Sessions that were merged into a deleted one are deleted too.
    """
    into = _merged_into(edits, deleted)
    parts: dict[str, list[str]] = {}
    for part, whole in into.items():
        parts.setdefault(whole, []).append(part)
    order = [session for session in by_id if session not in into]
    for session in order:  # extended below, so that each session comes before its parts
        order += parts.get(session, ())
    for session in reversed(order):
        past = by_id[session]
        for edit in edits[session]:
            past = corrections.with_sets(past, edit.get("sets", ()))
            if (moment := parsed_time(edit.get("started_at", ""))) is not None:
                past = corrections.moved(past, moment)
            other = edit.get("merge", "")
            if into.get(other) == session and other in by_id:
                past = corrections.merged(past, by_id.pop(other))
        by_id[session] = past._replace(edited_at=_text(edits[session][-1], "at")) if edits[session] else past
    yield from (past for session, past in by_id.items() if session not in deleted)


def _merged_into(edits: Mapping[str, Sequence[Record]], deleted: frozenset[str]) -> dict[str, str]:
    """Return the session into which each merged one goes: its first merge counts, unless it leads back to itself."""
    merges = sorted(
        (written_at(edit), session, edit["merge"]) for session in edits for edit in edits[session] if "merge" in edit
    )
    into: dict[str, str] = {}
    for _, session, other in merges:
        if other in edits and other not in into and other not in deleted:
            whole = session
            while whole != other and whole in into:
                whole = into[whole]
            if whole != other:
                into[other] = session
    return into


def _unnumbered(record: Record) -> object:
    """Return the key of a line without a number: lines with equal keys are copies of one line."""
    exercise = record.get("exercise") if record["type"] in ("effort", "ouch") else None
    return record["type"], record.get("at"), exercise


def _session(records: list[Record], month: str) -> PastSession | None:
    """Return one session from its lines; None without a `begin`."""
    begin = next((record for record in records if record["type"] == "begin"), None)
    if begin is None or (started_at := parsed_time(begin["at"])) is None:
        return None
    routine = _text(begin, "routine")
    plan = next((record for record in reversed(records) if record["type"] == "revise"), begin)
    own = [record for record in records if record["type"] not in _LATER_TYPES or "n" in record]
    phases = [record for record in own if record["type"] == "phase"]
    work = _work_of(own)
    has_paused = any(record["type"] in ("pause", "resume") for record in own)
    pauses = tuple(_pauses(own)) if has_paused else ()  # parsing the times of all lines would be slow
    worked_s = known_total(_performed_s(record) for record in work)
    elapsed_s = known_total(_performed_s(record) for record in phases)
    if (
        totals := next((record["totals"] for record in own if record["type"] == "end" and "totals" in record), None)
    ) is not None:
        worked_s, elapsed_s = totals["worked_s"], totals["elapsed_s"]
    ended_at = parsed_time(own[-1].get("at", "")) or started_at
    return PastSession(
        id=_text(begin, "session"),
        routine=routine,
        title=_text(begin, "title") or routine,
        started_at=started_at,
        ended_at=None if elapsed_s is None and ended_at == started_at else ended_at,
        worked_s=worked_s,
        elapsed_s=elapsed_s,
        finished=any(record["type"] == "end" and record.get("how") == "finished" for record in records),
        planned_s=_number(plan, "total_s") or None,
        sets=tuple(sorted(_sets(work, pauses), key=lambda result: result.number)),
        progressions={_text(r, "exercise"): progression for r in work if (progression := _text(r, "progression"))},
        sets_planned=plan.get("sets"),
        effort=_latest(record for record in records if record["type"] == "effort" and "exercise" not in record),
        note=_latest(record for record in records if record["type"] == "note"),
        device=_text(begin, "device"),
        month=month,
        efforts=_latest_by_exercise(record for record in records if record["type"] == "effort"),
        ouches=tuple(sorted(_latest_by_exercise(record for record in records if record["type"] == "ouch"))),
        pauses=pauses,
        remembered=_remembered_at_start(
            begin, {_text(r, "exercise") for r in records if r["type"] in ("phase", "ouch")}
        ),
    )


def _work_of(own: Iterable[Record]) -> list[Record]:
    """Return the WORK phases; reps entered during the workout belong to the last phase before them."""
    work: list[Record] = []
    for record in own:
        if record["type"] == "phase" and record["kind"] == Kind.WORK:
            work.append(record)
        elif record["type"] == "reps":
            places = [(phase.get("slot"), _text(phase, "side")) for phase in work]
            if (place := (record.get("slot"), _text(record, "side"))) in places:
                at = len(places) - 1 - places[::-1].index(place)
                work[at] = {**work[at], "reps_done": record["reps_done"]}
    return work


def _remembered_at_start(begin: Record, exercises: Iterable[str]) -> dict[str, str] | None:
    """Return the progressions of these exercises that were remembered at the start; None if unknown."""
    choices = begin.get("choices")
    remembered = choices.get("remembered") if isinstance(choices, dict) else None
    if not isinstance(remembered, dict):
        return None
    return {id_: _text(remembered, id_) for id_ in sorted(exercises) if filled(remembered.get(id_))}


def _latest(records: Iterable[Record]) -> str:
    """Return the latest rating, note or ouch; empty if it was cleared."""
    in_turn = sorted(records, key=written_at)
    if not in_turn:
        return ""
    last = in_turn[-1]
    if last["type"] == "ouch":
        return "ouch" if last.get("hurt", True) else ""
    return plain_lines(last["note"]) if last["type"] == "note" else _text(last, last["type"])


def _latest_by_exercise(records: Iterable[Record]) -> dict[str, str]:
    """Return the last rating or ouch of each exercise by its id, without cleared ones."""
    by_exercise: dict[str, list[Record]] = {}
    for record in records:
        if exercise := _text(record, "exercise"):
            by_exercise.setdefault(exercise, []).append(record)
    latest = {exercise: _latest(records) for exercise, records in by_exercise.items()}
    return {exercise: words for exercise, words in latest.items() if words}


def _pauses(records: Iterable[Record]) -> Iterator[PastPause]:
    """Yield the pauses; one that was not followed by more work lasted until the last line.

    A pause that the user asked for began when its line was written. The line of a computer that slept, or of a program
    that was stopped, is written only afterwards, and a program that was killed leaves none: such a pause began at its
    workout second, which the line before dates.
    """
    begun: Record | None = None
    begun_at = paused_s = seen_at = seen_s = 0.0
    for record in records:
        second_s = _number(record, "at_s")
        expected_at = seen_at + second_s - seen_s
        line_at = written_at(record) or expected_at
        if begun is None and record["type"] in ("pause", "resume"):
            begun = record
            is_late = record["type"] == "resume" or record.get("reason") in (PauseReason.SLEPT, PauseReason.STOPPED)
            begun_at = min(expected_at, line_at) if is_late else line_at
        if begun is not None and record["type"] in ("resume", "end"):
            seconds = max(0.0, round(line_at - begun_at, 3))
            why = _text(begun, "reason") or PauseReason.STOPPED
            yield PastPause(round(_number(begun, "at_s") + paused_s, 3), seconds, why)
            paused_s += seconds
            begun = None
        if record["type"] == "begin" or "at_s" in record:
            seen_at, seen_s = line_at, second_s


def _sets(work: Iterable[Record], pauses: Sequence[PastPause]) -> Iterator[PastSet]:
    """Yield the sets of WORK phases in the order in which they began; a set that was repeated counts once."""
    by_slot: dict[tuple[int, ...], list[Record]] = {}
    for record in work:
        by_slot.setdefault(tuple(record.get("slot", ())), []).append(record)
    for phases in by_slot.values():
        last = phases[-1]
        worked_s = known_total(map(_performed_s, phases))
        yield PastSet(
            number=int(_number(last, "number")),
            exercise=_text(last, "exercise"),
            name=_text(last, "name") or _text(last, "exercise"),
            progression=_text(last, "progression") or None,
            progression_name=_text(last, "progression_name") or _text(last, "progression"),
            status=set_status(
                [(_text(phase, "side"), _text(phase, "ending")) for phase in phases],
                worked_s or 0.0,
                _text(last, "sides"),
            ),
            worked_s=worked_s,
            work=tuple(_work(phase, pauses) for phase in phases),
            block=_text(last, "block"),
            round=int(last.get("round", 1)),
            weight=_text(last, "weight"),
        )


def _work(phase: Record, pauses: Sequence[PastPause]) -> PastWork:
    planned_s, reps, start_s = phase.get("planned_s"), phase.get("reps"), None
    if "at_s" in phase:
        start_s = max(0.0, _number(phase, "at_s") - _number(phase, "performed_s"))
        for pause in pauses:
            start_s += pause.seconds if pause.start_s <= start_s + _SAME_S else 0.0
        start_s = round(start_s, 3)
    return PastWork(
        side=_text(phase, "side"),
        ending=_text(phase, "ending"),
        worked_s=_performed_s(phase),
        planned_s=None if planned_s is None else float(planned_s),
        reps=(reps[0], reps[1]) if reps else None,
        reps_done=phase.get("reps_done"),
        start_s=start_s,
    )


def _performed_s(record: Record) -> float | None:
    """Return the seconds of a phase; None if the work of an imported one is unknown."""
    seconds = float(record["performed_s"]) if "performed_s" in record else None
    return known_s(seconds, _text(record, "ending")) if record["kind"] == Kind.WORK else seconds or 0.0


def _text(record: Record, key: str) -> str:
    value: str = record.get(key) or ""
    return value if value.isprintable() else plain_text(value)


def _number(record: Record, key: str) -> float:
    return float(record.get(key, 0.0))
