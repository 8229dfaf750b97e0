"""Swapping the progression or exercise of a set, on a page that can be prepared in advance."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from textual.app import ScreenStackError
from textual.screen import Screen

from tui.coach.coach import CoachedEvents
from tui.conductor import Conductor
from tui.engine import commands
from tui.engine.choices import set_in
from tui.engine.commands import Scope
from tui.engine.model import Phase, Slot
from tui.terminal.textual_internals.settled_screen import SettledScreen
from tui.widgets.ladder_view import LadderStep, ladder, other_exercise

if TYPE_CHECKING:
    from tui.screens.ladder.swap import LadderScreen


WORK = "swap page"
"""The group of the worker that prepares the page."""

MODULES = ("tui.widgets.choice_list", "tui.screens.ladder.panes", "tui.screens.ladder.swap")
"""What the page needs, in parts that take about the same time to load, with those that they need."""


class Swapping:
    """The swap page over the workout screen, and its answers."""

    def __init__(
        self, screen: Screen[None], conductor: Conductor, clock: Callable[[], float],
        swapped: Callable[[CoachedEvents, str], None],
    ) -> None:  # fmt: skip
        """`swapped` is called with the events of a swap, and with the notice if there are none."""
        self._screen, self._conductor, self._clock, self._swapped = screen, conductor, clock, swapped
        self.page: LadderScreen | None = None
        """The page, made once; each time it is opened it gets a new offer."""
        self._ready_for: object = None
        """The offer for which it was prepared, unless it has been opened since."""

    def ladder(self) -> tuple[LadderStep, ...]:
        """Return the ladder of the current or next exercise, with its doses in this set."""
        target = self._conductor.swap_target()
        if target is None:
            return ()
        routine, here = self._conductor.routine, target.plan.progression
        set_ = set_in(routine, target.slot, self._conductor.session.choices)
        return ladder(routine, routine.blocks[target.slot.block], set_, here.id if here else None)

    def make_ready(self) -> None:
        """Prepare the page, if there are choices and it is not yet prepared for them."""
        target, steps = self._conductor.swap_target(), self._steps()
        ready_for = target and target.plan.exercise.name, steps, self._screen.app.size
        if target is not None and steps and ready_for != self._ready_for:
            self._ready_for = ready_for
            self._screen.run_worker(self._make_ready(target, steps), group=WORK, exclusive=True)

    async def _make_ready(self, target: Phase, steps: Sequence[LadderStep]) -> None:
        """Prepare the page with these steps for `target`, in parts between which keys are handled."""
        for module in MODULES:
            import_module(module)
            await sleep(SettledScreen.PAUSE_S)
        if not self._conductor.closed:
            await self._offer(target, steps).make_ready()

    def ask(self) -> None:
        """Let the user choose a progression of the ladder, or another exercise."""
        target, steps = self._conductor.swap_target(), self._steps()
        if target is None or not steps:
            self._screen.notify("There is nothing else to choose from.", timeout=3)
            return
        self._screen.workers.cancel_group(self._screen, WORK)
        self._ready_for = None
        page = self._offer(target, steps)
        self._screen.app.push_screen(page, partial(self._swap, target.slot, target.plan.exercise.id))

    def remove(self) -> None:
        """Remove the page."""
        if self.page is not None:
            with suppress(ScreenStackError):  # it is open, and the program ends
                self._screen.app.uninstall_screen(self.page)
                self.page.remove()

    def _steps(self) -> tuple[LadderStep, ...]:
        """List the choices for the current or the next set; none if the only one is the current one."""
        steps = (*self.ladder(), *map(other_exercise, self._conductor.alternatives()))
        return steps if any(not step.is_current for step in steps) else ()

    def _offer(self, target: Phase, steps: Sequence[LadderStep]) -> LadderScreen:
        """Return the page with these steps for `target`."""
        from tui.screens.ladder.swap import LadderScreen

        if self.page is None:
            self.page = LadderScreen()
            self._screen.app.install_screen(self.page, LadderScreen.__name__)
        foresee, settings = partial(self._foresee, target), self._conductor.settings.screen
        clock = self._clock if settings.motion else None
        return self.page.offer(target.plan.exercise.name, steps, foresee, clock=clock, figure=settings.figure)

    def _foresee(self, target: Phase, step: LadderStep, scope: Scope) -> str:
        """Format how a swap of `target` would change the workout."""
        from tui.screens.ladder.preview import outcome

        if self._conductor.closed:
            return ""
        swap = commands.Swap(target.slot, target.plan.exercise.id, step.id or None, scope, step.instead)
        return outcome(self._conductor.timeline, self._conductor.foresee(swap), step.plan)

    def _swap(self, slot: Slot, exercise: str, answer: tuple[LadderStep, Scope] | None) -> None:
        if answer is not None and not self._conductor.closed:
            step, scope = answer
            happened = self._conductor.do(commands.Swap(slot, exercise, step.id or None, scope, step.instead))
            self._swapped(happened, "That set is over; nothing was changed.")
