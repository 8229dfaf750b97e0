"""`gluteus list`: the routines there are, how long they take, and which of them have problems."""

from __future__ import annotations

from argparse import Namespace

from tui.cli.output import columns, print_json, say, seconds
from tui.storage.cards import Card, Survey, kept_survey, stamp_of
from tui.storage.places import find_places
from tui.widgets.words import length


def list_routines(args: Namespace) -> int:
    """Print every routine, broken ones too."""
    places = find_places()
    stamp = stamp_of(places)
    survey = kept_survey(places, stamp) or fresh_survey(stamp)
    if args.json:
        problems = [problem._asdict() for problem in survey.problems]
        print_json({"routines": [_card_json(card) for card in survey.cards], "problems": problems})
        return 0
    say(columns([_row(card) for card in survey.cards if not card.problems], right=(1,)))
    if broken := [_broken_row(card) for card in survey.cards if card.problems]:
        say("\n" + columns(broken))
    return 0


def fresh_survey(stamp: str) -> Survey:
    """A new survey; only now is the engine loaded."""
    from tui.cli.context import load_context, surveyed

    return surveyed(load_context(), stamp)


def _card_json(card: Card) -> dict[str, object]:
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


def _row(card: Card) -> tuple[str, ...]:
    """Name, length, title, tags, and whose it is."""
    whose = "" if card.bundled else "yours"
    return card.id, length(card.total_s, card.estimated), card.title, ", ".join(card.tags), whose


def _broken_row(card: Card) -> tuple[str, ...]:
    """Name of a broken file, and where to read what is wrong."""
    count = len(card.problems)
    return card.id, f"{count} problem{'' if count == 1 else 's'}: gluteus check {card.path}"
