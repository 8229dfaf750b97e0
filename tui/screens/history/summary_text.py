"""The texts of the page after a workout, for any width."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from textual.content import Content
from textual.style import Style

from tui.commands import Where, commands
from tui.engine.summary import Status, Summary
from tui.history.look_back import Against, LookBack
from tui.history.performed import Moved, gain
from tui.past_sessions import EFFORTS
from tui.plain_text import plural, within_sentence
from tui.routine.durations import clock
from tui.screens.history.charts import bars, streak_words, week_dots, week_in_a_line
from tui.screens.history.each_exercise import rating_of
from tui.widgets.fitted import hanging, justified
from tui.widgets.key_bar import KEY_LOOK
from tui.widgets.lengths import ago, minutes

LOW_ROWS = 18
"""A window with fewer rows shows only the essentials."""

HIGH_ROWS = 34
"""A window with this many rows has an empty line between exercises."""

MARKS = {Status.DONE: ("✓", "$success"), Status.PARTLY: ("◐", "$warning"), Status.SKIPPED: ("\N{EN DASH}", "$muted")}
"""A mark for each status, distinct without colour."""

MOST_MARKS = 8
"""Up to this many sets of an exercise have a mark each; more have a count."""

ROOMY = 62
"""The width from which totals and week are side by side."""

NARROW = 50
"""In fewer cells an exercise has one number beside its name."""

LABEL = 8
"""The cells for the name of a fact."""

SIDES = {"left": "left ", "right": "right ", "": ""}

NOTHING = Content("")


def facts(seen: LookBack, width: int, *, brief: bool) -> Content:
    """Format the routine, the time and the counts, this week and the streak; in fewer lines if `brief`."""
    title = Content.styled(seen.summary.title, "bold").truncate(width, ellipsis=True)
    if brief:
        return Content("\n").join([title, *_brief(seen, width)])
    week = list(_week(seen, width if width < ROOMY else width - width // 2)) if seen.week else []
    if width < ROOMY:
        lines = [*_totals(seen.summary, width), *([NOTHING, *week] if week else [])]
    else:
        half = width // 2
        pairs = zip_longest(_totals(seen.summary, half - 2), week, fillvalue=NOTHING)
        lines = [left.pad_right(half - left.cell_length) + right for left, right in pairs]
    return Content("\n").join([title, NOTHING, *lines])


def verdict(summary: Summary) -> str:
    """Format the heading of the page; a workout is not praised if half of its sets or more were skipped."""
    if not summary.finished:
        return "Stopped early"
    return "Well done" if 2 * summary.count(Status.SKIPPED) < max(len(summary.sets), 1) else "Finished"


def question(effort: str, width: int, where: Where = Where.SUMMARY) -> Content:
    """Format the question for a rating, answered by a key or a click; the current rating has a mark."""
    parts = []
    for command in commands(where):
        if command.name in EFFORTS:
            mark = ("✓ ", "bold $success") if command.name == effort else ""
            look = "bold $success" if command.name == effort else ""
            part = Content.assemble((f"{command.shown} ", KEY_LOOK), mark, (command.words, look))
            parts.append(part.stylize(Style.from_meta({"@click": f"screen.{command.name}"})))
    heading = Content.styled("How was it?", "bold")
    lines = [Content(gap).join([heading, *parts]) for gap in ("   ", " ")]
    return next((line for line in lines if line.cell_length <= width), Content(" ").join(parts))


def last_weeks(seen: LookBack, width: int) -> Content | None:
    """Format the last weeks as bars, if there was anything before this one."""
    return bars(seen.weeks, width) if any(week.seconds for week in seen.weeks[1:]) else None


def exercises(seen: LookBack, width: int, rows: int) -> Content:
    """Format each exercise: its sets, the amount on each side, and the comparison with last time.

    `rows` are those of the window.
    """
    lines: list[Content] = []
    if seen.last is not None:
        when = ago(seen.last.started_at, seen.now)
        words = f"Compared with last time, {when}"
        words = words if len(words) <= width else f"Last time: {when}"
        lines.append(Content.styled(words, "$muted").truncate(width, ellipsis=True))
        lines += [] if rows < LOW_ROWS else [NOTHING]
    for entry in seen.exercises:
        lines += [*_exercise(entry, width), *_rating(seen, entry, width), *([NOTHING] if rows >= HIGH_ROWS else [])]
    return Content("\n").join(lines)


def _totals(summary: Summary, width: int) -> Iterator[Content]:
    counts = [(Status.DONE, "done"), (Status.PARTLY, "partly"), (Status.SKIPPED, "skipped")]
    words = [f"{summary.count(status)} {word}" for status, word in counts if summary.count(status)]
    if summary.rounds is not None:
        words.append(plural(summary.rounds, "full round"))
    yield _fact("time", Content.styled(clock(summary.elapsed_s), "bold $accent"))
    yield _fact("work", Content(clock(summary.worked_s)))
    yield from hanging(Content.styled(f"{'sets':<{LABEL}}", "$muted"), ", ".join(words) or "none", width)


def _week(seen: LookBack, width: int) -> Iterator[Content]:
    """Yield this week's days, its minutes if they fit, the goal and the streak."""
    letters, marks = week_dots(seen.week, seen.reached.goal)
    days, time = sum(seen.week), minutes(seen.weeks[0].seconds)
    whole = f"{time} on {plural(days, 'day')}"
    room = width - LABEL - marks.cell_length
    fitting = (words for words in (f"  {whole}", f" {whole}", f"  {time}") if len(words) <= room)
    yield _fact("week", letters)
    yield _fact("", marks + Content(next(fitting, "") if days else ""))
    if seen.reached.words:
        yield from hanging(Content.styled(f"{'goal':<{LABEL}}", "$muted"), seen.reached.words, width)
    yield _fact("streak", Content(streak_words(seen.streak, seen.now.date())))


def _brief(seen: LookBack, width: int) -> Iterator[Content]:
    """Yield the same in two lines."""
    summary = seen.summary
    done = summary.count(Status.DONE)
    sets = f"{done} of {len(summary.sets)} sets" if summary.finished else f"{plural(done, 'set')} done"
    parts = [
        Content.assemble(("time ", "$muted"), (clock(summary.elapsed_s), "bold $accent")),
        Content.assemble(("work ", "$muted"), clock(summary.worked_s)),
        Content(sets),
    ]
    yield Content("  ").join(parts).truncate(width, ellipsis=True)
    if seen.week:
        yield week_in_a_line(seen.week, seen.reached, seen.streak, width)


def _exercise(entry: Against, width: int) -> Iterator[Content]:
    """Yield its name with a mark for each set and the total at the right, then each side if there are sides."""
    now = entry.now
    name = Content.assemble((now.name, "" if now.is_skipped else "bold"))
    if now.progression_name:
        name += Content.styled(f", {within_sentence(now.progression_name)}", "$muted")
    sides = [side for side in SIDES if side in now.sides]
    by_side = sides not in ([], [""])
    whole = _amount(entry, None, brief=width < NARROW, more=not by_side or width >= NARROW)
    yield justified(_marks(now.statuses) + Content(" ") + name, whole, width)
    if entry.moved is not Moved.NOT and entry.then is not None:
        before = within_sentence(entry.then.progression_name)
        words = ("↑ one up from ", "$success") if entry.moved is Moved.UP else ("last time at ", "$muted")
        yield Content.assemble("  ", words, (before, "$muted")).truncate(width, ellipsis=True)
    if by_side and not now.is_skipped:
        amounts = [Content.styled(SIDES[side], "$muted") + _amount(entry, side) for side in sides]
        yield (Content("  ") + Content("   " if width >= NARROW else "  ").join(amounts)).truncate(width, ellipsis=True)


def _rating(seen: LookBack, entry: Against, width: int) -> Iterator[Content]:
    past, exercise = seen.past, entry.now.exercise
    if past is not None and (exercise in past.efforts or exercise in past.ouches):
        yield (Content("  ") + rating_of(past, exercise)).truncate(width, ellipsis=True)


def _amount(entry: Against, side: str | None, *, more: bool = True, brief: bool = False) -> Content:
    """Format the amount on a side (None: on all) and the gain since last time; `brief`: only one of the two."""
    if entry.now.is_skipped:
        return Content.styled("skipped", "$muted")
    both = (entry.now, entry.then)
    now, then = (done and (done.whole if side is None else done.sides.get(side)) for done in both)
    gained = gain(now, then) if now and more else ""
    gain_words = Content.styled(gained, "bold $success" if gained.startswith("+") else "$muted")
    words = Content(now.words if now else "")
    return (gain_words if brief else words + Content("  ") + gain_words) if gained else words


def _marks(statuses: tuple[Status, ...]) -> Content:
    """Format a mark for each set, or counts of many."""
    if len(statuses) <= MOST_MARKS:
        return NOTHING.join([Content.styled(*MARKS[status]) for status in statuses])
    counts = [(status, statuses.count(status)) for status in MARKS if status in statuses]
    return Content(" ").join([Content.assemble(MARKS[status], f"{count}") for status, count in counts])


def _fact(name: str, words: Content) -> Content:
    return Content.styled(f"{name:<{LABEL}}", "$muted") + words
