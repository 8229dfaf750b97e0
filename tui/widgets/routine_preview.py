"""What the routine under the cursor holds: its length, the workout to scale, its exercises with their ladders."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from tui.routine.durations import clock
from tui.routine.model import Progression
from tui.timeline.model import Kind, Phase, Timeline
from tui.widgets.fitted import justified
from tui.widgets.routine_row import RoutineRow
from tui.widgets.timeline_preview import strip
from tui.widgets.words import dose, length


def preview(row: RoutineRow, width: int) -> Content:
    """The preview in `width` cells; of a broken file, its problems."""
    routine, timeline = row.entry.routine, row.timeline
    if routine is None or timeline is None:
        return Content("\n\n").join(list(_broken(row)))
    parts = [justified(Content.styled(routine.title, "bold"), Content.styled(length(timeline), "bold $accent"), width)]
    if routine.summary:
        parts.append(Content(routine.summary))
    parts += [Content(""), strip(timeline, width), _shares(timeline, width), Content("")]
    for phase, count in exercises(timeline):
        parts += [*_exercise(phase, count, width), *_ladder(phase, width), Content("")]
    facts = [("needs", ", ".join(routine.needs)), ("tags", ", ".join(routine.tags)), ("last done", row.done)]
    parts += [Content.assemble((f"{name:<11}", "$muted"), text) for name, text in facts if text]
    return Content("\n").join(parts)


def exercises(timeline: Timeline) -> list[tuple[Phase, int]]:
    """The first set of each exercise, and how many sets of it there are, in the order of the workout."""
    by_exercise: dict[str, list[Phase]] = {}
    for phase in timeline.sets:
        by_exercise.setdefault(phase.plan.exercise.id, []).append(phase)
    return [(phases[0], len(phases)) for phases in by_exercise.values()]


def _shares(timeline: Timeline, width: int) -> Content:
    """How much of it is work and how much is not."""
    work_s = sum(phase.length_s for phase in timeline.phases if phase.kind is Kind.WORK)
    sets = len(timeline.sets)
    words = f"{clock(work_s)} of work in {sets} set{'' if sets == 1 else 's'}"
    return Content.styled(words, "$muted").truncate(width, ellipsis=True)


def _exercise(phase: Phase, count: int, width: int) -> list[Content]:
    """An exercise's name and how much of it, on one line where there is room for both."""
    times = f"{count} \N{MULTIPLICATION SIGN} " if count > 1 else ""
    name, much = Content.styled(phase.plan.exercise.name, "bold"), Content(times + dose(phase.plan))
    if name.cell_length + much.cell_length + 2 > width:
        return [name, Content("  ") + much]
    return [justified(name, much, width)]


def _ladder(phase: Phase, width: int) -> Iterator[Content]:
    """The rungs in as many lines as they need, the one you are on marked; nothing where there is no choice."""
    line, used = [Content("  ")], 2
    for rung in phase.plan.exercise.progressions:
        mark = _mark(rung, phase.plan.progression)
        if used + mark.cell_length > width and used > 2:
            yield Content("").join(line)
            line, used = [Content("  ")], 2
        line.append(mark)
        used += mark.cell_length
    if used > 2:
        yield Content("").join(line)


def _mark(rung: Progression, here: Progression | None) -> Content:
    if rung == here:
        return Content.styled(f"● {rung.name}   ", "$accent")
    return Content.styled(f"○ {rung.name}   ", "$muted")


def _broken(row: RoutineRow) -> Iterator[Content]:
    """Every problem of a file that cannot be read."""
    yield Content.styled(row.title, "bold $error")
    for problem in row.entry.problems:
        yield Content.assemble((f"line {problem.line}  " if problem.line else "", "$muted"), problem.message)
    yield Content.assemble("Press ", ("E", "bold $accent"), " to open it in your editor.")
