"""Which keys the foot of the workout screen shows: only those that do something now, the most useful first."""

from __future__ import annotations

from tui.commands import FootKey, Where, footer

FIRST = ("done", "pause", "next", "back", "swap", "undo_swap", "leave", "longer", "shorter", "easier", "harder")
"""The order at the foot. `done` is first, since an open set waits for it; what leaves is seen in every window."""


def foot_keys(
    *, is_open: bool, is_paused: bool, ladder: tuple[int, int], can_undo: bool, others: bool = False
) -> tuple[FootKey, ...]:
    """The keys that act where a phase is open until done or timed, and the session stands still or not.

    `ladder` is the place of the progression on its ladder, from 0, and how many there are (0: there is no ladder).
    `others`: other exercises can be done in its place.
    """
    place, count = ladder
    acts = {
        "done": is_open,
        "longer": not is_open,
        "shorter": not is_open,
        "swap": count > 1 or others,
        "easier": place > 0,
        "harder": place + 1 < count,
        "undo_swap": can_undo,
    }
    keys = [key for key in footer(Where.WORKOUT) if acts.get(key.action, True)]
    keys.sort(key=lambda key: FIRST.index(key.action) if key.action in FIRST else len(FIRST))
    return tuple(key._replace(words="resume") if is_paused and key.action == "pause" else key for key in keys)
