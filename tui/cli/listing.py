"""`gluteus list`: the routines there are, how long they take, and which of them have problems."""

from __future__ import annotations

from argparse import Namespace

from tui.cli.output import columns, print_json, say, seconds
from tui.storage.overview import Overview, RoutineCard, cached_overview, fingerprint_of
from tui.storage.places import find_places
from tui.widgets.words import length


def list_routines(args: Namespace) -> int:
    """Print every routine, broken ones too."""
    places = find_places()
    stamp = fingerprint_of(places)
    overview = cached_overview(places, stamp) or _fresh(stamp)
    if args.json:
        problems = [problem._asdict() for problem in overview.problems]
        print_json({"routines": [_card_json(card) for card in overview.cards], "problems": problems})
        return 0
    say(columns([_row(card) for card in overview.cards if not card.problems], right=(1,)))
    if broken := [_broken_row(card) for card in overview.cards if card.problems]:
        say("\n" + columns(broken))
    return 0


def _fresh(stamp: str) -> Overview:
    """A new overview; only now is the engine loaded."""
    from tui.cli.context import fresh_overview, load_context

    return fresh_overview(load_context(), stamp)


def _card_json(card: RoutineCard) -> dict[str, object]:
    """One routine; a broken one has no title, no summary and no length."""
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
    }


def _row(card: RoutineCard) -> tuple[str, ...]:
    """Name, length, title, tags, and whose it is."""
    whose = "" if card.bundled else "yours"
    return card.id, length(card.total_s, card.estimated), card.title, ", ".join(card.tags), whose


def _broken_row(card: RoutineCard) -> tuple[str, ...]:
    """Name of a broken file, and where to read what is wrong."""
    count = len(card.problems)
    return card.id, f"{count} problem{'' if count == 1 else 's'}: gluteus check {card.path}"
