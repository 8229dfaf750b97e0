"""What the routine under the cursor holds: its length, the workout to scale, its exercises with their ladders."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from tui.library.overview import ExerciseCard, RoutineCard
from tui.routine.durations import clock
from tui.screens.menu.routine_row import RoutineRow, strip
from tui.widgets.fitted import hanging, justified
from tui.widgets.lengths import length


def preview(row: RoutineRow, width: int) -> Content:
    """Return the preview in `width` cells, without the facts at its end; of a broken file its problems."""
    card = row.card
    if card.problems:
        return Content("\n\n").join(list(_broken(row)))
    whole = Content.styled(length(card.total_s, card.estimated), "bold $accent")
    parts = [justified(Content.styled(card.title, "bold"), whole, width)]
    if card.summary:
        parts.append(Content(card.summary))
    for note in row.notes:
        parts += hanging(Content.styled("today  ", "$accent"), note, width)
    parts += [Content(""), strip(card.spans, width), _shares(card, width), Content("")]
    for part in card.parts:
        parts += [*_exercise(part, width), *_ladder(part, width), Content("")]
    return Content("\n").join(parts)


def facts(row: RoutineRow, width: int) -> Content | None:
    """Return needs, tags and when it was last done, in `width` cells; nothing of a broken file."""
    card = row.card
    named_facts = [("needs", ", ".join(card.needs)), ("tags", ", ".join(card.tags)), ("last done", row.done)]
    lines = [hanging(Content.styled(f"{name:<11}", "$muted"), text, width) for name, text in named_facts if text]
    return Content("\n").join([line for each in lines for line in each]) if lines and not card.problems else None


def _shares(card: RoutineCard, width: int) -> Content:
    """Return how much of it is work."""
    work_s = sum(length_s for kind, length_s in card.spans if kind == "work")
    words = f"{clock(work_s)} of work in {card.sets} set{'' if card.sets == 1 else 's'}"
    return Content.styled(words, "$muted").truncate(width, ellipsis=True)


def _exercise(part: ExerciseCard, width: int) -> list[Content]:
    """Return an exercise's name and dose, on one line if both fit."""
    name, much = Content.styled(part.name, "bold"), Content(part.much)
    if name.cell_length + much.cell_length + 2 > width:
        return [name, Content("  ") + much]
    return [justified(name, much, width)]


def _ladder(part: ExerciseCard, width: int) -> Iterator[Content]:
    """Return the progressions with the current one marked; empty if there is no choice."""
    line, used = [Content("  ")], 2
    for index, name in enumerate(part.progressions):
        mark = _mark(name, index == part.here)
        if used + mark.cell_length > width and used > 2:
            yield Content("").join(line)
            line, used = [Content("  ")], 2
        line.append(mark)
        used += mark.cell_length
    if used > 2:
        yield Content("").join(line)


def _mark(name: str, here: bool) -> Content:
    return Content.styled(f"● {name}   ", "$accent") if here else Content.styled(f"○ {name}   ", "$muted")


def _broken(row: RoutineRow) -> Iterator[Content]:
    """Return every problem of a file that cannot be read."""
    yield Content.styled(row.title, "bold $error")
    for problem in row.card.problems:
        yield Content.assemble((f"line {problem.line}  " if problem.line else "", "$muted"), problem.message)
    yield Content.assemble("Press ", ("E", "bold $accent"), " to open it in your editor.")
