"""The pace of a workout: how well the user knows each exercise, from the history and the texts of past workouts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tui.coach.known import FORGOTTEN_DAYS, known, words_of
from tui.engine.coaching import Coaching
from tui.engine.timeline import Timeline
from tui.files.places import Places
from tui.files.settings import Settings
from tui.files.state import heard_key
from tui.history.reading import past_of, read_recent_digest
from tui.ladder.cautions import hurt_lately
from tui.ladder.remembered import Heard, Remembered
from tui.routine.model import Exercise


def coaching_on(
    today: date, places: Places, settings: Settings, state: Remembered, exercises: Mapping[str, Exercise]
) -> Coaching:
    """Return the pace of a workout, from the settings, recent pain, past workouts and familiar exercises."""
    lately = read_recent_digest(places)
    since: dict[tuple[str, str | None], date] = {}
    heard_of = {key.partition("/")[0] for key in state.heard}
    for exercise in (exercises[id_] for id_ in exercises if id_ in heard_of):
        for step in exercise.progressions or (None,):
            ids = exercise.id, step.id if step else None
            heard = state.heard.get(heard_key(*ids))
            if heard is not None:
                changed = today if heard.words != words_of(exercise, step) else heard.since
                since |= {ids: changed} if changed else {}
    past = past_of(lately, today, settings.history.rest_days, settings.goal.goal)
    return settings.coaching._replace(
        careful=hurt_lately(lately.since_ouch),
        known=known(lately.days, since, today) if settings.workout.explain == "as-needed" else (),
        session=past.workouts,
        past=past,
        done_today=lately.done_on(today),
    )


def known_until(places: Places, coaching: Coaching, today: date) -> date | None:
    """Return the first day on which workouts have other lengths than today if nothing is done before; None if never.

    On that day something known counts as forgotten, or the opening is said again.
    """
    ids_known = {(exercise, progression) for exercise, progression, _ in coaching.known}
    latest = [max(days) for ids, days in read_recent_digest(places).days.items() if ids in ids_known]
    days = [min(latest) + timedelta(days=FORGOTTEN_DAYS)] if latest else []
    if coaching.done_today:
        days.append(today + timedelta(days=1))
    return min(days, default=None)


def newly_heard(state: Remembered, timeline: Timeline, today: date) -> dict[str, Heard]:
    """Return the checksums of new or changed texts in a workout, and the day of the change."""
    heard: dict[str, Heard] = {}
    for plan in (phase.plan for phase in timeline.sets):
        step = plan.progression
        key, words = heard_key(plan.exercise.id, step.id if step else None), words_of(plan.exercise, step)
        before = state.heard.get(key)
        if before is None or before.words != words:
            heard[key] = Heard(words, today if before else None)
    return heard
