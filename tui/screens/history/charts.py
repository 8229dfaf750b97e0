"""Days, weeks and sides as text: a year's calendar, bars, dots, readable without colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from textual.content import Content

from tui.history.days import Streak, Week, level
from tui.plain_text import plural
from tui.routine.durations import clock
from tui.today.goal import WEEK, Goal, Reached
from tui.widgets.lengths import minutes

SHADES = ("·", "░", "▒", "▓", "█")
"""The shade of each level of a day, from none to half an hour and more."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""English in any locale, with three letters each."""

YEAR = 53
"""The weeks of a calendar: a year, and the current one."""

MARGIN = 4
"""The cells for the names of the days."""

ROOMY = 30
"""The width from which bars have labels."""

LEGEND = ("none", "up to 5 min", "15", "30", "more")

DONE, REST = "●", "·"


def day_words(day: date, *, year: bool = True) -> str:
    """Format a date in words: `3 Nov 2025`."""
    return f"{day.day} {MONTHS[day.month - 1]}{f' {day.year}' if year else ''}"


def day_names(goal: Goal) -> tuple[str, ...]:
    """List the names of the days in the order of a week."""
    return (*DAYS[-1:], *DAYS[:-1]) if goal.from_sunday else DAYS


def calendar(by_day: Mapping[date, float], today: date, width: int, goal: Goal, cursor: date | None = None) -> Content:
    """Format the last year, or as much as fits: a column for each week, with the months above.

    The day at the `cursor` is reversed, and its date and minutes replace the legend.
    """
    cell, firsts = _columns(today, width, goal)
    lines = [Content.styled(" " * MARGIN + _months(firsts, cell, width - MARGIN), "$muted")]
    for number, name in enumerate(day_names(goal)):
        days = (first + timedelta(days=number) for first in firsts)
        cells = [_day(by_day, day, today, is_here=day == cursor) for day in days]
        label = name if number % 2 == 0 else ""
        lines.append(Content.styled(f"{label:<{MARGIN}}", "$muted") + Content(" " * (cell - 1)).join(cells))
    below = _legend(width) if cursor is None else _day_line(by_day, cursor).truncate(width, ellipsis=True)
    return Content("\n").join([*lines, below])


def day_at(x: int, y: int, today: date, width: int, goal: Goal) -> date | None:
    """Return the day that the calendar shows at a cell, or None if there is none."""
    cell, firsts = _columns(today, width, goal)
    column, row = (x - MARGIN) // cell, y - 1
    if not (0 <= column < len(firsts) and 0 <= row < WEEK):
        return None
    day = firsts[column] + timedelta(days=row)
    return day if day <= today else None


def first_day(today: date, width: int, goal: Goal) -> date:
    """Return the first day of a calendar of this width."""
    return _columns(today, width, goal)[1][0]


def _columns(today: date, width: int, goal: Goal) -> tuple[int, list[date]]:
    """Return the cells of a column and the first days of the weeks that fit."""
    cell = 2 if width >= MARGIN + 2 * YEAR - 1 else 1
    count = max(1, min(YEAR, (width - MARGIN + cell - 1) // cell))
    return cell, [goal.week_of(today) - timedelta(weeks=number) for number in reversed(range(count))]


def _day_line(by_day: Mapping[date, float], day: date) -> Content:
    seconds = by_day.get(day)
    worked = "no workout" if seconds is None else minutes(seconds) if seconds else "time unknown"
    return Content.assemble(" " * MARGIN, (f"{DAYS[day.weekday()]} {day_words(day)}", "bold"), f"  {worked}")


def _legend(width: int) -> Content:
    parts = [Content.assemble(_shade(number), (f" {words}", "$muted")) for number, words in enumerate(LEGEND)]
    line = Content(" " * MARGIN) + Content("  ").join(parts)
    return line if line.cell_length <= width else Content("")


def bars(weeks: Sequence[Week], width: int) -> Content:
    """Format a line for each week, this one first: a bar of its minutes, to the scale of the longest.

    If narrow, the minutes are plain numbers below a heading.
    """
    most = max((week.seconds for week in weeks), default=0.0)
    roomy = width >= ROOMY
    this, label, figure = ("this week", 10, 9) if roomy else ("now", 7, 4)
    lines = [] if roomy else [Content.styled("min a week".rjust(width), "$muted")]
    for number, week in enumerate(weeks):
        name = day_words(week.first, year=False) if number else this
        style, weight = ("$muted", "") if number else ("$accent", "bold")
        bar = _bar(week.seconds, most, max(1, width - label - figure))
        lines.append(Content.assemble((f"{name:<{label}}{bar} ", style), (_week_words(week, roomy), weight)))
    return Content("\n").join([line.truncate(width, ellipsis=True) for line in lines])


def _week_words(week: Week, roomy: bool) -> str:
    if not week.seconds:
        return "\N{EN DASH}" if roomy else "  \N{EN DASH}"
    return minutes(week.seconds) if roomy else f"{round(week.seconds / 60):>3}"


def week_dots(done: Sequence[bool], goal: Goal) -> tuple[Content, Content]:
    """Return this week in two lines: the days' letters, and below each a dot if something was done."""
    marks = Content(" ").join([_dot(was_done) for was_done in done])
    return Content.styled(" ".join(name[0] for name in day_names(goal)), "$muted"), marks


def week_in_a_line(done: Sequence[bool], reached: Reached, streak: Streak, width: int) -> Content:
    """Format this week in one line: each day's letter with its dot, then the goal and the streak if they fit."""
    days = zip(day_names(reached.goal), done, strict=True)
    line = Content(" ").join([Content.styled(name[0], "$muted") + _dot(was_done) for name, was_done in days])
    for name, words in (("goal", reached.brief), ("streak", str(streak.days or ""))):
        longer = Content.assemble(line, (f"  {name} ", "$muted"), words)
        line = longer if words and longer.cell_length <= width else line
    return line.truncate(width, ellipsis=True)


def streak_words(streak: Streak, today: date) -> str:
    """Format the streak in words; one that has ended is not mentioned."""
    if streak.since is None:
        return "the next workout starts one"
    days = plural(streak.days, "day")
    if streak.since == today:
        return f"{days}, started today"
    return f"{days}, since {day_words(streak.since, year=streak.since.year != today.year)}"


def balance(left_s: float, right_s: float, width: int) -> Content | None:
    """Format a comparison of the time on each side; None if there were no sides."""
    whole = left_s + right_s
    if not whole:
        return None
    lines = []
    for name, seconds in (("left", left_s), ("right", right_s)):
        words = f"{clock(seconds):>8} {round(100 * seconds / whole):>3} %"
        bar = _bar(seconds, max(left_s, right_s), max(1, width - 7 - len(words) - 1))
        lines.append(Content.assemble((f"{name:<7}", "$muted"), (bar, "$accent"), " ", words).truncate(width))
    return Content("\n").join(lines)


def _months(firsts: Sequence[date], cell: int, room: int) -> str:
    """Return the months' names, each above the week of its first day; the first only if it fits before the next."""
    begins = {column * cell: last for column, last in enumerate(map(_last_day, firsts)) if last.day <= WEEK}
    if min(begins, default=room) > len(MONTHS[0]):
        begins[0] = _last_day(firsts[0])
    line = ""
    for at, day in sorted(begins.items()):
        if at + len(MONTHS[0]) <= room:
            line = f"{line:<{at}}{MONTHS[day.month - 1]}"
    return line


def _last_day(first: date) -> date:
    return first + timedelta(days=WEEK - 1)


def _day(by_day: Mapping[date, float], day: date, today: date, *, is_here: bool) -> Content:
    if day > today:
        return Content(" ")
    shade = _shade(level(by_day.get(day)))
    return shade.stylize("reverse") if is_here else shade


def _shade(number: int) -> Content:
    return Content.styled(SHADES[number], "$success" if number else "$track")


def _dot(done: bool) -> Content:
    return Content.styled(DONE, "$success") if done else Content.styled(REST, "$muted")


def _bar(value: float, most: float, room: int) -> str:
    """Return a bar to scale, padded to `room` cells; at least one cell if `value` is not 0."""
    cells = max(round(room * value / most), 1) if value and most else 0
    return f"{'▆' * cells:<{room}}"
