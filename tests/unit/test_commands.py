"""The one table of commands."""

import re

from tests.for_each import for_each
from tui.commands import COMMANDS, FUNCTION_KEYS, Where, commands, footer
from tui.screens.workout.footer import footer_keys

ON_EVERY_LAYOUT = {"space", "enter", "escape", "left", "right", "up", "down", "plus", "minus", "0-9", *FUNCTION_KEYS}
"""Keys that need no Latin letters."""


def test_every_command_of_a_workout_has_a_key_that_every_keyboard_layout_has() -> None:
    for command in (*commands(Where.WORKOUT), *(c for c in commands(Where.EVERYWHERE) if c.name == "help")):
        assert ON_EVERY_LAYOUT & set(command.keys), command.name


def test_function_keys_are_in_the_help_and_not_in_the_footer() -> None:
    swap = next(command for command in commands(Where.WORKOUT) if command.name == "swap")
    assert (swap.shown, swap.in_footer) == ("s F2", "s")
    assert not any("F" in key.keys for key in footer(Where.WORKOUT))


@for_each("where", Where)
def test_no_key_means_two_things_in_one_place(where: Where) -> None:
    keys = [key for command in (*commands(where), *commands(Where.EVERYWHERE)) for key in command.keys]
    if where is Where.EVERYWHERE:
        keys = [key for command in commands(where) for key in command.keys]
    assert len(keys) == len(set(keys))


def test_every_command_has_a_short_sentence_of_help() -> None:
    for command in COMMANDS:
        assert re.fullmatch(r"[A-Z][^.]{3,70}", command.meaning), command.name
        assert 1 <= len(command.words) <= 12, command.name


def test_keys_are_shown_by_readable_names() -> None:
    shown = {command.name: command.shown for command in commands(Where.WORKOUT)}
    assert shown["next"] == "→ n"
    assert shown["easier"] == "< F3"
    assert shown["leave"] == "q esc"


def test_the_footer_begins_with_the_keys_of_its_screen_and_omits_commands_without_a_key() -> None:
    actions = [action for action, _, _ in footer(Where.MENU)]
    assert actions[0] == "start"
    assert actions[-3:] == ["app.help", "app.command_palette", "app.quit"]
    assert "app.about" not in actions
    assert "clear" not in actions


def test_the_footer_of_the_editor_has_only_keys_that_write_nothing() -> None:
    assert "F1" in [keys for _, keys, _ in footer(Where.EDITOR)]
    assert not any(len(key) == 1 for _, keys, _ in footer(Where.EDITOR) for key in keys.split())


@for_each(
    ("ladder", "others", "offered"),
    [((0, 0), False, False), ((0, 1), False, False), ((0, 0), True, True), ((0, 2), False, True)],
)
def test_the_footer_offers_a_swap_only_if_there_is_an_alternative(
    ladder: tuple[int, int], others: bool, offered: bool
) -> None:
    keys = footer_keys(is_open=False, is_paused=False, can_undo=False, ladder=ladder, others=others)
    assert ("swap" in [key.action for key in keys]) is offered
