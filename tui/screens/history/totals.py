"""The totals above and beside the list of the history: workouts, time, goal, streak, weeks, and left against right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from tui.history.days import done_by_day, dots, seconds_by_day, streak, weeks
from tui.history.performed import sides
from tui.past_sessions import PastSession, known_total
from tui.plain_text import plural
from tui.screens.history.charts import bars, streak_words, week_in_a_line
from tui.today.goal import Goal
from tui.widgets.fitted import justified

NAME = Content.styled("What you did", "bold $accent")

WIDE = 60
"""The width from which more than this week is shown."""


class Totals:
    """Totals: days, weeks and sides of the `matching` sessions; goal and streak of all sessions."""

    def __init__(
        self, sessions: Sequence[PastSession], matching: Sequence[PastSession], today: date, rest_days: int, goal: Goal
    ) -> None:
        """`rest_days` is how many days of rest in a row do not break a streak."""
        days = done_by_day(sessions)
        self._today, self._goal = today, goal
        self._streak = streak(days, today, rest_days, goal)
        self._week, self._reached = dots(days, today, goal), goal.reached(days, today)
        self.sides = sides(matching)
        """The seconds of work on the left and on the right."""
        self.seconds_by_day = seconds_by_day(matching)
        """The seconds of work of each day with a workout."""

    def heading(self, listed: Sequence[PastSession], width: int) -> Content:
        """Format the number and the time of the `listed` sessions, the goal and the streak; if narrow, this week."""
        if width < WIDE:
            return week_in_a_line(self._week, self._reached, self._streak, width)
        worked_s = known_total(past.worked_s for past in listed)
        words = plural(len(listed), "workout") if listed else ""
        words += f", {_hours(worked_s)}" if listed and worked_s is not None else ""
        left = NAME + Content.styled(f"   {words}", "$muted")
        return justified(left, self._goal_and_streak(width - left.cell_length - 2), width)

    def _goal_and_streak(self, width: int) -> Content:
        """Format the goal and the streak in the longest form that fits."""
        reached, words = self._reached, streak_words(self._streak, self._today)
        streak_now, short = (Content.assemble(("streak ", "$muted"), text) for text in (words, words.split(",")[0]))
        brief = f"goal {reached.brief}" if reached.brief else ""
        forms = ((reached.words, streak_now), (reached.week, streak_now), (reached.week, short), (brief, short))
        lines = (Content.assemble(goal, "   ") + streak for goal, streak in forms if goal)
        return next((line for line in lines if line.cell_length <= width), streak_now)

    def weeks(self, count: int, width: int) -> Content:
        """Format the last `count` weeks as bars."""
        return bars(weeks(self.seconds_by_day, self._today, count, self._goal), width)


def _hours(seconds: float) -> str:
    """Format the time of many workouts: `45 min`, `96 h`."""
    return f"{round(seconds / 3600)} h" if seconds >= 36000 else f"{round(seconds / 60)} min"
