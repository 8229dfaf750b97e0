"""`gluteus list`: the routines there are, how long they take, and which of them have problems."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from tui.cli.output import columns, complain, print_json, say, seconds
from tui.files.places import find_places
from tui.library.overview import CardProblem, Overview, RoutineCard, cached_overview, fingerprint_of
from tui.widgets.words import length


def list_routines(args: Namespace) -> int:
    """Print every routine, broken ones too."""
    if args.without or args.standing or args.quiet or args.time is not None:
        return _list_todays(args)
    places = find_places()
    stamp = fingerprint_of(places)
    overview = cached_overview(places, stamp) or _fresh(stamp)
    if args.json:
        _print_json([_card_json(card) for card in overview.cards], overview.problems)
        return 0
    say(columns([_row(card) for card in overview.cards if not card.problems], right=(1,)))
    if broken := [_broken_row(card) for card in overview.cards if card.problems]:
        say("\n" + columns(broken))
    return 0


def _list_todays(args: Namespace) -> int:
    """Print the routines that can be done today, as they are then; what is different stands below each."""
    from tui.cli.context import load_context
    from tui.cli.today import conditions_of, needed_by_nobody, what_fits
    from tui.library.make_overview import problems_of

    context, conditions = load_context(), conditions_of(args)
    for line in needed_by_nobody(conditions, context):
        complain(line)
    found = what_fits(context, conditions)
    if args.json:
        _print_json([_card_json(fit.card, fit.notes) for fit in found], problems_of(context.catalog))
        return 0
    rows = columns([_row(fit.card) for fit in found], right=(1,)).split("\n") if found else []
    for row, fit in zip(rows, found, strict=True):
        say("\n".join((row, *(f"    {note}" for note in fit.notes))))
    if not found:
        say(f"No routine can be done today ({conditions.words}).")
    return 0


def _print_json(routines: Sequence[object], problems: Sequence[CardProblem]) -> None:
    print_json({"routines": routines, "problems": [problem._asdict() for problem in problems]})


def _fresh(stamp: str) -> Overview:
    """A new overview; only now is the engine loaded."""
    from tui.cli.context import fresh_overview, load_context

    return fresh_overview(load_context(), stamp)


def _card_json(card: RoutineCard, changes: Sequence[str] = ()) -> dict[str, object]:
    """One routine, and what is different today; a broken one has no title, no summary and no length."""
    return {
        "id": card.id,
        "title": None if card.problems else card.title,
        "summary": None if card.problems else card.summary,
        "tags": card.tags,
        "needs": card.needs,
        "duration_s": None if card.problems else seconds(card.total_s),
        "estimated": card.estimated,
        "source": "bundled" if card.bundled else "yours",
        "path": card.path,
        "problems": [problem._asdict() for problem in card.problems],
        "changes": changes,
    }


def _row(card: RoutineCard) -> tuple[str, ...]:
    """Name, length, title, tags, and whose it is."""
    whose = "" if card.bundled else "yours"
    return card.id, length(card.total_s, card.estimated), card.title, ", ".join(card.tags), whose


def _broken_row(card: RoutineCard) -> tuple[str, ...]:
    """Name of a broken file, and where to read what is wrong."""
    count = len(card.problems)
    return card.id, f"{count} problem{'' if count == 1 else 's'}: gluteus check {card.path}"
