"""The page after a workout: totals, comparison with last time, and rating."""

from __future__ import annotations

from collections.abc import Callable
from functools import partialmethod

from textual import work
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.commands import FooterKey, Where, bindings
from tui.engine.summary import SetResult, Summary
from tui.history.look_back import LookBack, at_first, look_back
from tui.ladder.remembered import Reply
from tui.past_sessions import EFFORTS, PastSession
from tui.routine.model import Routine
from tui.screens.history.background import read_whole
from tui.screens.history.each_exercise import EACH, OUCH, ask_each
from tui.screens.history.edits import Edits
from tui.screens.history.next_time import REPLIES, Asked, next_time, proposals
from tui.screens.history.summary_text import LOW_ROWS, exercises, facts, last_weeks, question, verdict
from tui.screens.pages.page import PAGE_STYLE, Page
from tui.user_data import UserData
from tui.widgets.choice_list import ReadingPane
from tui.widgets.fitted import Fitted, hanging
from tui.widgets.lettering.letters import TALL, set_text

TALL_ROWS = 30
"""The rows from which the praise is in large letters."""


class SummaryScreen(Page):
    """Shown after the last set, and after leaving before it."""

    CSS_PATH = [PAGE_STYLE, "summary.tcss"]
    WHERE = Where.SUMMARY
    BINDINGS = [*bindings(Where.SUMMARY)]

    def __init__(
        self, summary: Summary, routine: Routine, user: UserData, leave: Callable[[], None], *, leaves: bool = False,
        again: Callable[[], None] | None = None, session: str | None = None, said: str = "",
    ) -> None:  # fmt: skip
        """Show `routine` as it was performed; `leave` is called to leave the page, `again` to repeat the workout.

        `leaves`: leaving the page ends the program, as it was started for this workout only. `session` is its id in the
        journal; None if it was not recorded, which also disables ratings. `said` are the closing words of the voice.
        """
        super().__init__()
        self._said = said
        self._leaves, self._session = leaves, session
        self._summary, self._routine, self._user = summary, routine, user
        self._edits = Edits(self, user.places, user.clocks.wall, self._changed)
        self._leave, self._again = leave, again
        self._sessions: tuple[PastSession, ...] = ()
        self._asked: tuple[Asked, ...] = ()
        self._seen = at_first(summary, user.clocks.now())

    def heading(self, width: int) -> Content:
        """Format the verdict on the workout, in large letters if they fit, and the closing words."""
        words = verdict(self._summary)
        rows = set_text(words, TALL) if self.app.size.height >= TALL_ROWS else None
        if rows is None or len(rows[0]) > width:
            fits = len(self._said) <= width
            return Content.styled((self._said if fits else "") or words, "bold $accent")
        lines = [Content.styled("\n".join(rows), "$accent")]
        return Content("\n").join([*lines, *hanging(Content(""), self._said, width)] if self._said else lines)

    def body(self) -> list[Widget]:
        """Compose the totals and the question, the exercises, and the suggestions."""
        totals = Static(
            Fitted(lambda width: facts(self._seen, width, brief=self.app.size.height < LOW_ROWS)), id="facts"
        )
        asked = Static(Fitted(self._question), id="question")
        asked.auto_links = False
        before = Static(Fitted(lambda width: last_weeks(self._seen, width)), id="weeks")
        done = Static(Fitted(lambda width: exercises(self._seen, width, rows=self.app.size.height)), id="exercises")
        proposed = Static(Fitted(lambda width: next_time(self._asked, width)), id="proposed")
        proposed.auto_links = False
        parts = Vertical(done, proposed, id="parts")
        return [ReadingPane(Vertical(totals, asked, before, id="whole"), parts, id="scroll")]

    def _question(self, width: int) -> Content | None:
        return question(self._seen.past.effort, width) if self._seen.past else None

    def on_mount(self) -> None:
        """Read the history once the summary is on the screen."""
        self.call_after_refresh(self._look_back)

    def keys(self) -> tuple[FooterKey, ...]:
        """List the available keys; the one that goes back may leave the program."""
        keys = super().keys()
        return tuple(k._replace(words="leave") if self._leaves and k.action == "back" else k for k in keys)

    def acts(self, action: str) -> bool:
        """Check whether a command does something now."""
        if action in REPLIES:
            return any(one.reply is None for one in self._asked)
        if action in (*EFFORTS, "each", "ouch", "correct"):
            return self._session is not None
        return action != "again" or self._again is not None

    @work(exclusive=True)
    async def _look_back(self) -> None:
        self._sessions = await read_whole(self._user.places)
        self._compare()

    def _compare(self) -> None:
        ladders, settings = self._routine.exercises, self._user.settings
        rest_days, goal, now = settings.history.rest_days, settings.goal.goal, self._user.clocks.now()
        self._show(look_back(self._summary, self._sessions, self._session, ladders, now, rest_days, goal))

    def _show(self, seen: LookBack) -> None:
        self._seen = seen
        self._propose()
        for part in self.query("#scroll Static"):
            part.refresh(layout=True)

    def _propose(self) -> None:
        """Update the suggestions after a rating; answered ones stay."""
        if (past := self._seen.past) is None:
            return
        answered = {one.exercise.id: one for one in self._asked if one.reply}
        today = self._user.clocks.now().date()
        proposed = proposals(self._user, self._routine, past, self._sessions, today)
        self._asked = (*answered.values(), *(one for one in proposed if one.exercise.id not in answered))

    def _answer(self, reply: Reply) -> None:
        """Answer the first open suggestion."""
        waiting = next((one for one in self._asked if one.reply is None), None)
        if waiting is not None:
            self._user.reply(waiting.proposal, reply, self._user.clocks.now())
            self._asked = tuple(one._replace(reply=reply) if one is waiting else one for one in self._asked)
            self.query_one("#proposed").refresh(layout=True)

    action_accept = partialmethod(_answer, Reply.YES)
    action_later = partialmethod(_answer, Reply.LATER)
    action_refuse = partialmethod(_answer, Reply.NO)

    def _rate(self, effort: str) -> None:
        if (past := self._seen.past) is not None:
            self._edits.rate(past, effort)

    action_easy = partialmethod(_rate, "easy")
    action_right = partialmethod(_rate, "right")
    action_hard = partialmethod(_rate, "hard")

    def action_each(self) -> None:
        """Rate each exercise."""
        if (past := self._seen.past) is not None:
            ask_each(self._edits, EACH, past)

    def action_ouch(self) -> None:
        """Mark exercises that hurt."""
        if (past := self._seen.past) is not None:
            ask_each(self._edits, OUCH, past)

    def action_correct(self) -> None:
        """Correct the sets."""
        if (past := self._seen.past) is not None:
            self._edits.correct(past)

    def _changed(self, past: PastSession, then: PastSession | None) -> None:
        if then is None:
            return
        self._sessions = tuple(then if session.id == then.id else session for session in self._sessions)
        if then.sets == past.sets:
            self._show(self._seen._replace(past=then))
        else:
            sets = [SetResult(s.number, s.name, s.progression_name, s.status, s.worked_s or 0.0) for s in then.sets]
            elapsed_s = then.elapsed_s or self._summary.elapsed_s
            self._summary = self._summary._replace(sets=tuple(sets), elapsed_s=elapsed_s)
            self._compare()

    def action_again(self) -> None:
        """Do the same workout again."""
        self._leave_for(self._again)

    def action_back(self) -> None:
        """Leave for the menu."""
        self._leave_for(self._leave)

    def _leave_for(self, call: Callable[[], None] | None) -> None:
        """Leave only once, as a second press of the key must not end the workout that the first one began."""
        if call is not None and self.is_active:
            self.dismiss(None)
            call()
