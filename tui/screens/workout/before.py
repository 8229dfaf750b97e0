"""The questions before a workout begins."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable

from textual.app import App

from tui.history.easings import above_first, easings
from tui.ladder.remembered import Reply
from tui.routine.model import Routine
from tui.today.conditions import Conditions
from tui.user_data import UserData


def ask_before(
    app: App[None], user: UserData, routine: Routine, conditions: Conditions | None, *, rehearsal: bool,
    begin: Callable[[], None], back: Callable[[], None],
) -> None:  # fmt: skip
    """Show a new user who should ask a doctor, offer to ease back after a long absence, and `begin`.

    Escape calls `back` instead. A rehearsal asks nothing of a user who is not new.
    """
    if user.is_new:
        from tui.screens.pages.about import FirstWorkoutScreen

        def proceed(has_read: bool | None) -> None:
            user.is_new = not has_read
            if has_read:
                ask_before(app, user, routine, conditions, rehearsal=rehearsal, begin=begin, back=back)
            else:
                back()

        card = FirstWorkoutScreen()
        app.push_screen(card, proceed)
        card.call_after_refresh(app.run_worker, load_workout, thread=True)
        return
    doable = None if rehearsal else user.adapted(routine, conditions).routine
    if doable is not None and above_first(user.state, doable, user.today):
        app.call_next(_ask_to_ease_back, app, user, doable, begin, back)
    else:
        begin()


def load_workout() -> None:
    """Load most of what a workout needs, in a thread, while the user reads."""
    import tui.audio.make_player
    import tui.desktop.services
    import tui.history.familiarity
    import tui.screens.workout.running
    import tui.today.adapt  # noqa: F401


async def _ask_to_ease_back(
    app: App[None], user: UserData, routine: Routine, begin: Callable[[], None], back: Callable[[], None]
) -> None:
    """Ask whether to ease back if an exercise of `routine` has not been done for long, then `begin`.

    The history is read in a thread; keys that are pressed meanwhile wait.
    """
    now = user.clocks.now()
    proposed = await to_thread(easings, user.places, user.state, routine, user.today, now.date())
    if not proposed:
        begin()
        return
    from tui.screens.dialogs.welcome_back import WelcomeBackScreen

    def answered(reply: Reply | None) -> None:
        if reply is None:
            back()
            return
        for _, proposal in proposed:
            user.reply(proposal, reply, now)
        begin()

    app.push_screen(WelcomeBackScreen(proposed), answered)
