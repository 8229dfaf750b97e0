"""Asks once before a running workout is left."""

from __future__ import annotations

from tui.screens.dialogs.confirm import ConfirmScreen


class LeaveScreen(ConfirmScreen):
    """Returns True if the user leaves; the workout keeps running until then."""

    BACK = "stay"

    def __init__(self, quitting: bool = False, rehearsal: bool = False) -> None:
        """`quitting`: the program ends too. A `rehearsal` is not recorded."""
        subject = "rehearsal" if rehearsal else "workout"
        recorded = "What you did is recorded if you worked for ten seconds or more."
        super().__init__(
            "Quit Gluteus?" if quitting else f"Leave this {subject}?",
            f"The {subject} is not over. {'A rehearsal is not recorded.' if rehearsal else recorded}",
            "Leave",
            "Stay",
        )
