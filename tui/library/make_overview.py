"""Makes the cards of the menu: lays out every routine as it would be done today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from tui.bundled import bundled
from tui.coach.cued_timeline import spoken_planner
from tui.engine.coaching import Coaching
from tui.engine.model import Choices, Kind, Phase, Side
from tui.engine.timeline import Timeline
from tui.files.located import Located
from tui.files.settings import Settings
from tui.ladder.remembered import Remembered
from tui.library.cached import program_stamp
from tui.library.catalog import Catalog, Entry
from tui.library.encoding import encoded
from tui.library.overview import CardProblem, ExerciseCard, Overview, RoutineCard
from tui.plain_text import plain_text
from tui.routine.dose_differences import difference
from tui.routine.doses import dose
from tui.routine.model import Exercise, Routine
from tui.today.pick import parts_of, trained


def make_overview(
    catalog: Catalog, settings: Settings, state: Remembered, coaching: Coaching, today: Mapping[str, str] | None = None,
    before: Overview | None = None,
) -> Overview:  # fmt: skip
    """Return all routines, including broken ones, at the progressions chosen for `today`, else at the remembered ones.

    `coaching` is the pace of a workout that starts now. If only files have changed since `before`, the cards of the
    others are taken from it.
    """
    choices = Choices(today=today or {}, remembered=state.progressions)
    known: dict[str, RoutineCard] = {}
    if before is not None and before.shared == catalog.shared:
        known, parts = {card.stamp: card for card in before.cards if card.stamp}, before.parts
    else:
        parts = {id_: parts_of(_worked(exercise)) for id_, exercise in catalog.exercises.items()}
    cards = [known.get(entry.stamp) or card_of(entry, choices, coaching) for entry in catalog.entries]
    theme, last = settings.screen.theme, state.last_routine
    return Overview(cards, problems_of(catalog), theme, last, parts, catalog.shared)


def ground_of(catalog: Catalog, coaching: Coaching, state: Remembered) -> str:
    """Return a string that changes with all sources of the cards except the routines' files."""
    pace = coaching.pace, sorted(state.progressions.items()), sorted(state.grown.items())
    return f"{program_stamp()}\n{catalog.shared}\n{pace}"


def problems_of(catalog: Catalog) -> list[CardProblem]:
    """List the problems of exercises and folders."""
    return [_problem(problem) for problem in catalog.problems]


def card_of(entry: Entry, choices: Choices, coaching: Coaching) -> RoutineCard:
    """Return the card of one routine."""
    routine = entry.routine
    if routine is None:
        problems = [_problem(problem) for problem in entry.problems]
        broken = RoutineCard(entry.id, plain_text(str(entry.path)), entry.bundled, problems, stamp=entry.stamp)
        return broken._replace(replaces=_replaces(entry))
    phases = tuple(spoken_planner(routine, choices, coaching).whole())
    first = next((phase for phase in phases if phase.kind is Kind.WORK), None)
    timeline = Timeline(routine.title, phases)
    return RoutineCard(
        id=entry.id,
        path=plain_text(str(entry.path)),
        bundled=entry.bundled,
        title=routine.title,
        summary=routine.summary,
        tags=routine.tags,
        needs=routine.needs,
        total_s=timeline.total_s,
        estimated=timeline.estimated,
        sets=len(timeline.sets),
        spans=[(phase.kind.value, phase.length_s) for phase in phases],
        parts=list(_parts(routine, timeline)),
        trains=trained(routine.tags, chain.from_iterable(_worked(phase.plan.exercise) for phase in timeline.sets)),
        leaps=any(phase.plan.loud for phase in timeline.sets),
        stamp=entry.stamp,
        replaces=_replaces(entry),
        figure=encoded(first.plan.figure) if first and first.plan.figure else "",
        mirrored=first is not None and first.side is Side.LEFT,
    )


def _worked(exercise: Exercise) -> Sequence[str]:
    """List the muscles that an exercise strengthens: none if it is a warm-up."""
    return () if exercise.fit == "warm-up" else exercise.muscles


def _replaces(entry: Entry) -> bool:
    """Check whether a file hides a bundled routine."""
    return not entry.bundled and entry.stamp != "" and (bundled("routines") / entry.path.name).exists()


def _parts(routine: Routine, timeline: Timeline) -> Iterator[ExerciseCard]:
    """Yield the first set of each exercise with the number of its sets, in the order of the workout.

    If its sets have different doses, only their number is given.
    """
    by_exercise: dict[str, list[Phase]] = {}
    for phase in timeline.sets:
        by_exercise.setdefault(phase.plan.exercise.id, []).append(phase)
    for phases in by_exercise.values():
        plan, slot = phases[0].plan, phases[0].slot
        block = routine.blocks[slot.block]
        amount = dose(plan)
        if len(phases) > 1:
            is_same = all(dose(phase.plan) == amount for phase in phases)
            amount = f"{len(phases)} \N{MULTIPLICATION SIGN} {amount}" if is_same else f"{len(phases)} sets"
        ladder = plan.exercise.progressions
        step = ladder.index(plan.progression) if plan.progression else None
        names = [progression.name for progression in ladder]
        yield ExerciseCard(plan.exercise.name, amount, names, step, difference(routine, block, block.sets[slot.set]))


def _problem(problem: Located) -> CardProblem:
    return CardProblem(plain_text(str(problem.path)), problem.line, problem.column, problem.message)
