"""The values to show of a running workout."""

from __future__ import annotations

from tui.clocks import Clocks
from tui.coach.opening import kit_for
from tui.commands import FooterKey
from tui.conductor import Conductor
from tui.engine.model import Choices, Kind, Phase, Slot
from tui.engine.position import Position, SessionState
from tui.engine.timeline import Timeline
from tui.plain_text import capital
from tui.routine.model import Routine
from tui.routine.resolve import Plan
from tui.screens.workout.footer import footer_keys, sound_words
from tui.screens.workout.stage import Layout, cue_room
from tui.screens.workout.view import Opening, WorkoutView, at_second, plan_shown, soon, still_view
from tui.widgets.lengths import half_minutes

AHEAD = 5
"""The number of coming phases that are looked up."""

LEAD_S = 0.016
"""A second is painted this long before it is due, and held back until then, as painting takes 3 to 12 ms."""


class Presenter:
    """Reads the view, the keys, the sound and the end of a workout from its conductor."""

    def __init__(self, conductor: Conductor, clocks: Clocks) -> None:
        self._conductor, self._clocks = conductor, clocks
        self._still: tuple[Timeline, tuple[object, ...], WorkoutView, Plan] | None = None
        """The timeline and the cache key of the last still view, that view, and the plan of its set."""
        self._others: tuple[Routine, Choices, Slot, bool] | None = None
        """The last arguments and result of the search for alternatives."""

    def view(self, layout: Layout, columns: int, reps_hint: str) -> tuple[WorkoutView, Position]:
        """Return the view of now, or of the second due within LEAD_S, and the position at that instant."""
        conductor = self._conductor
        timeline = conductor.timeline
        phase, state = conductor.session.phase, conductor.state
        position = soon(timeline, phase.index, state, conductor.elapsed_s(), LEAD_S)
        opening = self._opening(timeline, position.phase, layout)
        key = (position.phase, position.state, position.rep, position.beat, reps_hint, opening)
        if self._still is None or self._still[0] is not timeline or self._still[1] != key:
            still = still_view(timeline, position, AHEAD, reps_hint, opening)
            self._still = timeline, key, still, plan_shown(timeline, position.phase)
        _, _, still, plan = self._still
        room, said, why_paused = cue_room(layout, columns), conductor.coach.said, conductor.why_paused
        return at_second(still, plan, position, room, said, why_paused, opening), position

    def _opening(self, timeline: Timeline, phase: Phase, layout: Layout) -> Opening | None:
        if phase.index > 0 or phase.kind is not Kind.PREPARE:
            return None
        routine = self._conductor.routine
        kit = kit_for(routine, timeline)
        get_kit = f"get {kit}" if kit else ""
        if self._conductor.session.coaching.waits:  # for a voice, which says it
            return Opening(routine.title, get_kit)
        length = half_minutes(timeline.total_s, timeline.estimated) if layout is Layout.MINI else ""  # others show it
        choices = " · ".join(filter(None, (length, get_kit))), get_kit
        return Opening(routine.title, get_kit, tuple(map(capital, filter(None, choices))))

    def _has_others(self, target: Phase | None) -> bool:
        """Check whether there are alternatives to the exercise of `target`; cached, as most keys do not affect this."""
        if target is None:
            return False
        routine, choices, slot = self._conductor.routine, self._conductor.session.choices, target.slot
        last = self._others
        if last is None or last[0] is not routine or last[1] is not choices or last[2] != slot:
            self._others = last = routine, choices, slot, self._conductor.has_alternatives
        return last[3]

    @property
    def keys(self) -> tuple[FooterKey, ...]:
        """The available keys."""
        conductor = self._conductor
        target = conductor.swap_target()
        here = target.plan.progression if target else None
        all_ = target.plan.exercise.progressions if target else ()
        return footer_keys(
            is_open=conductor.session.phase.is_open, is_paused=conductor.state is SessionState.PAUSED,
            ladder=(all_.index(here), len(all_)) if here else (0, 0), can_undo=conductor.can_undo,
            others=self._has_others(target), counts=conductor.session.countable is not None,
            revised=conductor.offered is not None,
        )  # fmt: skip

    @property
    def ends(self) -> str:
        """The time of day at which the workout ends; empty if it is paused or rehearsed."""
        if self._conductor.rate != 1:
            return ""
        total_s = self._conductor.timeline.total_s
        is_ready = self._conductor.state is SessionState.READY  # it begins with the next message
        end = self._clocks.monotonic() + total_s if is_ready else self._conductor.session.when(total_s)
        return f"ends {self._clocks.time_of_day(end):%H:%M}" if end is not None else ""

    @property
    def sound(self) -> str:
        """The state of the sound."""
        return sound_words(self._conductor.settings.audio, self._conductor.player.status)
