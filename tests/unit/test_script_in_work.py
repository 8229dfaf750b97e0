"""A phrase within a set waits for one that is already planned."""

from tui.coach.cue import Cue, Sound
from tui.coach.in_work import _clear_of


def test_who_has_waited_for_a_phrase_is_not_asked_to_wait_for_it_again() -> None:
    """An instant has six decimals; the end of a phrase may have more, and lie a little after the instant made of it."""
    for sevenths in range(1, 2000):
        fixed = [Cue(at_s=sevenths / 7, phase=0, sound=Sound.HALFWAY)]
        later_s = _clear_of(fixed, sevenths / 7, 1.0)
        assert later_s is not None and later_s > sevenths / 7
        assert _clear_of(fixed, later_s, 1.0) is None
