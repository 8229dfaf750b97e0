"""`gluteus exercises`: every exercise that a routine can name, or one of them in full."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from tui.cli.context import find_exercise, load_user
from tui.cli.output import columns, drawn, print_json, say, write
from tui.library.own_files import exercise_file, is_bundled
from tui.plain_text import plain_text
from tui.routine.doses import dose
from tui.routine.model import Exercise
from tui.routine.resolve import Plan, by_itself
from tui.user_data import UserData

HEAD = ("ID", "Exercise", "Dose", "Progressions", "Works", "")


def exercises(args: SimpleNamespace) -> int:
    """Print all exercises, or the one that is named, as a table or as JSON."""
    user = load_user()
    known = user.library.exercises
    if args.exercise is not None:
        exercise = find_exercise(user.library, args.exercise)
        print_json(_json(user, exercise)) if args.json else _print(exercise)
        return 0
    in_order = [known[id_] for id_ in sorted(known)]
    if args.json:
        print_json({"exercises": [_json(user, exercise) for exercise in in_order]})
    else:
        write(f"{_table(HEAD, [_row(user, exercise) for exercise in in_order])}\n")
    return 0


def _first(exercise: Exercise) -> Plan:
    return by_itself(exercise, next(iter(exercise.progressions), None)).on_side(None)


def _row(user: UserData, exercise: Exercise) -> tuple[str, ...]:
    path = exercise_file(user.places, exercise.id)
    ladder = str(len(exercise.progressions) or "")
    works = ", ".join(exercise.muscles[:2])
    return exercise.id, exercise.name, dose(_first(exercise)), ladder, works, "" if is_bundled(path) else "yours"


def _print(exercise: Exercise) -> None:
    """Print the whole content of the exercise's file, most important first."""
    plan = _first(exercise)
    ladder = [
        (progression.id, progression.name, dose(by_itself(exercise, progression)))
        for progression in exercise.progressions
    ]
    parts = [f"{exercise.name}, {dose(plan)}", "\n".join(_facts(exercise, plan))]
    parts.append("\n".join(f"{number}. {step}" for number, step in enumerate(plan.steps, start=1)))
    parts.append("\n".join(f"- {cue.say}" for cue in plan.cues))
    parts.append(f"Take care: {plan.caution}" if plan.caution else "")
    parts.append(f"If it feels wrong: {plan.fix}" if plan.fix else "")
    say("\n\n".join(filter(None, parts)))
    if ladder:
        write(f"\n{_table(('Progression', 'Name', 'Dose'), ladder)}\n")
    if exercise.sources:
        say("\n" + "\n".join(exercise.sources))


def _facts(exercise: Exercise, plan: Plan) -> Iterator[str]:
    """Yield its id for routines, its muscles, position and kit."""
    yield f'In a routine: exercise = "{exercise.id}"'
    if exercise.muscles:
        yield f"Works: {', '.join(exercise.muscles)}"
    if there := [part.value for part in (plan.position, plan.place) if part]:
        yield f"Position: {', '.join(there)}"
    if plan.needs:
        yield f"Needs: {', '.join(plan.needs)}"


def _json(user: UserData, exercise: Exercise) -> dict[str, object]:
    plan = _first(exercise)
    path = exercise_file(user.places, exercise.id)
    ladder = [(progression, by_itself(exercise, progression)) for progression in exercise.progressions]
    return {
        "id": exercise.id,
        "name": exercise.name,
        "muscles": exercise.muscles,
        "position": plan.position,
        "place": plan.place,
        "needs": plan.needs,
        "dose": dose(plan),
        "steps": plan.steps,
        "cues": [cue.say for cue in plan.cues],
        "caution": plan.caution,
        "fix": plan.fix,
        "sources": exercise.sources,
        "progressions": [
            {"id": progression.id, "name": progression.name, "dose": dose(there)} for progression, there in ladder
        ],
        "source": "bundled" if is_bundled(path) else "yours",
        "path": plain_text(str(path)),
    }


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table: drawn by Rich for a terminal, else as aligned columns."""
    if not sys.stdout.isatty():
        return columns([head, *rows])
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(plain_text(cell)) for cell in row))
    return drawn(table).rstrip("\n")
