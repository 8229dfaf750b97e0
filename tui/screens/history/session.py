"""One past workout: each set as planned and as done, the ratings, and the note."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partialmethod

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.commands import Where, bindings
from tui.engine.model import Ending
from tui.files.places import Places
from tui.history.edits import Wall
from tui.past_sessions import PastSession, PastSet, PastWork
from tui.plain_text import plural, within_sentence
from tui.routine.durations import clock, spoken
from tui.screens.history.charts import DAYS, day_words
from tui.screens.history.each_exercise import EACH, OUCH, ask_each
from tui.screens.history.edits import Changed, Edits
from tui.screens.history.summary_text import MARKS, question
from tui.screens.pages.page import PAGE_STYLE, Page
from tui.widgets.choice_list import ReadingPane
from tui.widgets.fitted import Fitted, hanging, justified
from tui.widgets.key_bar import KeyBar

WIDE = 60
"""The width from which the plan has a separate column."""

DONE = 18
"""The cells of the last column, for its longest content, without the gap before it."""


class SessionScreen(Page):
    """Opened from the list of the history."""

    CSS_PATH = [PAGE_STYLE, "history.tcss"]
    WHERE = Where.SESSION
    BINDINGS = [*bindings(Where.SESSION)]

    def __init__(self, past: PastSession, places: Places, wall: Wall, changed: Changed) -> None:
        """Show a past session; `wall` dates changes, and `changed` is called after each."""
        super().__init__()
        self._past, self._report = past, changed
        self._edits = Edits(self, places, wall, self._changed)

    def heading(self, width: int) -> Content:
        """Format the routine's title."""
        return Content.styled(self._past.title, "bold $accent").truncate(width, ellipsis=True)

    def body(self) -> list[Widget]:
        """Compose the totals, the question for a rating, and the sets."""
        asked = Static(Fitted(lambda width: question(self._past.effort, width, Where.SESSION)), id="question")
        asked.auto_links = False
        whole = Static(Fitted(lambda width: totals_of(self._past, width)), id="whole")
        return [ReadingPane(whole, asked, Static(Fitted(lambda width: sets_of(self._past, width))), id="scroll")]

    def acts(self, action: str) -> bool:
        """Check whether a command does something for this workout."""
        if action in ("each", "ouch", "correct"):
            return bool(self._past.sets)
        return action != "undo" or bool(self._past.edited_at)

    def _changed(self, past: PastSession, then: PastSession | None) -> None:
        self._report(past, then)
        if then is None:
            self.dismiss(None)
            return
        self._past = then
        for part in self.query("#scroll Static"):
            part.refresh(layout=True)
        self.query_one(KeyBar).offer(self.keys())

    def _rate(self, effort: str) -> None:
        self._edits.rate(self._past, effort)

    action_easy = partialmethod(_rate, "easy")
    action_right = partialmethod(_rate, "right")
    action_hard = partialmethod(_rate, "hard")

    def action_each(self) -> None:
        """Rate each exercise."""
        ask_each(self._edits, EACH, self._past)

    def action_ouch(self) -> None:
        """Mark exercises that hurt."""
        ask_each(self._edits, OUCH, self._past)

    def action_note(self) -> None:
        """Write a note."""
        self._edits.note(self._past)

    def action_correct(self) -> None:
        """Correct the sets."""
        self._edits.correct(self._past)

    def action_when(self) -> None:
        """Correct the date and time."""
        self._edits.move(self._past)

    def action_merge(self) -> None:
        """Merge it with the previous workout."""
        self._edits.merge(self._past)

    def action_undo(self) -> None:
        """Undo the last correction."""
        self._edits.undo(self._past)

    def action_delete(self) -> None:
        """Delete the workout."""
        self._edits.delete(self._past)


def totals_of(past: PastSession, width: int) -> Content:
    """Format the date, the length, and how much of the plan was done."""
    when = past.started_at
    planned = "" if past.planned_s is None else f" of {clock(past.planned_s)} planned"
    ended = "" if past.finished else ", stopped early"
    sets = "unknown" if past.sets_unknown else f"{past.sets_done} done"
    sets += f" of {past.sets_planned}" if past.sets_planned else ""
    facts = [
        ("when", f"{DAYS[when.weekday()]} {day_words(when.date())}, {when:%H:%M}"),
        ("time", f"{_known(past.elapsed_s)}{planned}{ended}"),
        ("work", _known(past.worked_s)),
        ("sets", sets + (f", {past.sets_skipped} skipped" if past.sets_skipped else "")),
        *_ratings(past),
        *(("note" if number == 0 else "", words) for number, words in enumerate(past.note.splitlines())),
    ]
    lines = [line for name, fact in facts for line in hanging(Content.styled(f"{name:<6}", "$muted"), fact, width)]
    return Content("\n").join(lines)


def _ratings(past: PastSession) -> Iterator[tuple[str, str]]:
    names = {set_.exercise: set_.name for set_ in past.sets}
    efforts = [f"{names.get(exercise, exercise)} {effort}" for exercise, effort in past.efforts.items()]
    hurt = [names.get(exercise, exercise) for exercise in past.ouches]
    for name, words in (("each", efforts), ("hurt", hurt)):
        if words:
            yield name, ", ".join(words)


def sets_of(past: PastSession, width: int) -> Content:
    """Format each set: its exercise, and for each side the planned and the done amount."""
    if not past.sets:
        return Content.styled("No details of its sets.", "$muted")
    head = Content.styled(f"planned{'done':>{DONE}}", "$muted")
    lines = [justified(Content(""), head, width)] if width >= WIDE else []
    block = ""
    for set_ in past.sets:
        if set_.block and set_.block != block:
            block = set_.block
            lines.append(Content.styled(block, "$muted").truncate(width, ellipsis=True))
        lines += _set(set_, width)
    missing = (past.sets_planned or 0) - len(past.sets)
    if missing > 0:
        words = f"{plural(missing, 'planned set')} not reached"
        lines.append(Content.styled(words, "$muted").truncate(width, ellipsis=True))
    return Content("\n").join(lines)


def _set(set_: PastSet, width: int) -> Iterator[Content]:
    """Yield one line for a set without sides, else its name and a line for each phase."""
    progression = f", {within_sentence(set_.progression_name)}" if set_.progression_name else ""
    progression += f", {set_.weight}" if set_.weight else ""
    name = Content.assemble(MARKS[set_.status], (f"{set_.number:>3}  ", "$muted"), set_.name, (progression, "$muted"))
    if not set_.work:
        yield justified(name, Content(_known_words(set_.worked_s)), width)
        return
    first, *more = set_.work
    if not more and not first.side:
        yield justified(name, _amounts(first, width), width)
        return
    yield name.truncate(width, ellipsis=True)
    for work in set_.work:
        yield justified(Content.styled(f"      {work.side}", "$muted"), _amounts(work, width), width)


def _amounts(work: PastWork, width: int) -> Content:
    done = _known_words(work.worked_s) if work.reps_done is None else plural(work.reps_done, "rep")
    if work.ending == Ending.SKIPPED:
        seconds = round(work.worked_s or 0.0)
        at = clock(seconds) if work.reps_done is None and seconds else work.reps_done and done
        done = f"skipped, {at}" if at else "skipped"
    if width < WIDE:
        return Content(done)
    return Content.assemble((_planned(work), "$muted"), f"{done:>{DONE}}")


def _known(seconds: float | None) -> str:
    return "unknown" if seconds is None else clock(seconds)


def _known_words(seconds: float | None) -> str:
    return "\N{EN DASH}" if seconds is None else spoken(round(seconds))


def _planned(work: PastWork) -> str:
    if work.reps is not None:
        low_, high = work.reps
        if high is None:
            return "as many as possible" if low_ is None else f"{low_} reps or more"
        return f"{high} reps" if low_ in (None, high) else f"{low_}-{high} reps"
    return "until done" if work.planned_s is None else spoken(round(work.planned_s))
