"""`gluteus list`: the routines, how long they take, and which have problems."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

from tui.cli.output import columns, complain, print_json, say
from tui.files.places import find_places
from tui.library.overview import CardProblem, RoutineCard, cached_overview, fingerprint_of
from tui.plain_text import plural
from tui.widgets.lengths import length


def list_routines(args: SimpleNamespace) -> int:
    """Print every routine, broken ones included, or those that can be done today."""
    if args.without or args.standing or args.quiet or args.time is not None:
        return _list_fitting(args)
    return print_routines(as_json=args.json)


def print_routines(*, as_json: bool = False) -> int:
    """Print every routine, as a table or as JSON."""
    places = find_places()
    stamp = fingerprint_of(places)
    overview = cached_overview(places, stamp, date.today())
    if overview is None:
        from tui.cli.context import fresh_overview, load_user  # only this loads the engine

        overview = fresh_overview(load_user(), stamp)
    if as_json:
        _print_json([_card_json(card) for card in overview.cards], overview.problems)
        return 0
    say(columns([_row(card) for card in overview.cards if not card.problems], right=(1,)))
    if broken := [_broken_row(card) for card in overview.cards if card.problems]:
        say("\n" + columns(broken))
    return 0


def _list_fitting(args: SimpleNamespace) -> int:
    """Print the routines that can be done today, with the changes below each."""
    from tui.cli.context import load_user
    from tui.cli.today import conditions_of, fitting_routines, unknown_things
    from tui.library.make_overview import problems_of

    user, conditions = load_user(), conditions_of(args)
    for line in unknown_things(conditions, user):
        complain(line)
    fitting = fitting_routines(user, conditions)
    if args.json:
        _print_json([_card_json(fit.card, fit.notes) for fit in fitting], problems_of(user.library))
        return 0
    rows = columns([_row(fit.card) for fit in fitting], right=(1,)).split("\n") if fitting else []
    for row, fit in zip(rows, fitting, strict=True):
        say("\n".join((row, *(f"    {note}" for note in fit.notes))))
    if not fitting:
        say(f"No routine can be done today ({conditions.words}).")
    return 0


def _print_json(routines: Sequence[object], problems: Sequence[CardProblem]) -> None:
    print_json({"routines": routines, "problems": [problem._asdict() for problem in problems]})


def _card_json(card: RoutineCard, changes: Sequence[str] = ()) -> dict[str, object]:
    """Convert one routine to JSON, with today's changes; a broken one has no title, summary or length."""
    return {
        "id": card.id,
        "title": None if card.problems else card.title,
        "summary": None if card.problems else card.summary,
        "tags": card.tags,
        "needs": card.needs,
        "duration_s": None if card.problems else round(card.total_s, 3),
        "estimated": card.estimated,
        "source": "bundled" if card.bundled else "yours",
        "path": card.path,
        "problems": [problem._asdict() for problem in card.problems],
        "changes": changes,
    }


def _row(card: RoutineCard) -> tuple[str, ...]:
    """Return id, length, title, tags, and "yours" for a routine of the user's."""
    owner = "" if card.bundled else "yours"
    return card.id, length(card.total_s, card.estimated), card.title, ", ".join(card.tags), owner


def _broken_row(card: RoutineCard) -> tuple[str, ...]:
    return card.id, f"{plural(len(card.problems), 'problem')}: gluteus check {card.path}"
