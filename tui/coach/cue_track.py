"""The cues that have fired and those that are due: of the current phase, and on demand of later phases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from types import MappingProxyType

from tui.coach.announcement import KIT, SKIPPED, TITLE, changed_fact
from tui.coach.cue import AnnouncedFacts, Cue, Fact, Order, Sound
from tui.coach.cues import phase_cues
from tui.coach.fitting import GAP_S, SURE, Fitter
from tui.coach.in_work import QUIET_S
from tui.coach.scene import Scene
from tui.coach.script import AFTER_SWAP_S
from tui.engine.model import Kind, Phase, Side, instant


class CueTrack:
    """The cues that have `fired`, and those of the current phase that are `due`, in order.

    After an edit these are planned when they are first read: the response to a key does not wait for that millisecond.
    """

    def __init__(self, words_a_minute: float, opening: Mapping[Fact, str] = MappingProxyType({})) -> None:
        """Start without fired cues; `words_a_minute` is the speed of the voice. The words of `opening` come first."""
        self.fired: list[Cue] = []
        self._due: list[Cue] = []
        self._plan: Callable[[], list[Cue]] | None = None
        """Returns the due cues after an edit, until they are read."""
        self._announced = AnnouncedFacts(opening)
        self._fitter = Fitter(words_a_minute)
        self._heard_s = float("-inf")
        self.swaps: list[float] = []
        """The workout second of the last swap after each change that can be undone."""

    @property
    def swapped_s(self) -> float:
        """The workout second of the last swap that has not been undone."""
        return self.swaps[-1] if self.swaps else float("-inf")

    @property
    def is_planned(self) -> bool:
        """Whether the due cues have been planned since the last edit."""
        return self._plan is None

    @property
    def due(self) -> list[Cue]:
        """The cues of the current phase that have not fired, in order."""
        if self._plan is not None:
            self._due, self._plan = self._plan(), None
        return self._due

    @due.setter
    def due(self, cues: list[Cue]) -> None:
        self._due, self._plan = cues, None

    def open(self, opening: Mapping[Fact, str]) -> None:
        """Replace the words that open the workout."""
        for fact in (TITLE, KIT):
            self._announced.set(fact, opening.get(fact))

    def enter(self, scene: Scene) -> None:
        """Begin a phase."""
        self._heard_s = float("-inf")
        self.due = phase_cues(scene, self._announced, self._fitter)

    def skipped(self, phase: Phase) -> None:
        """Note that a WORK was skipped: the phase after it begins with that."""
        self._announced.set(SKIPPED, phase.index)

    def changed(self, exercise: str) -> None:
        """Note that the user has changed the progression of an exercise: it is named, however well it is known."""
        self._announced.set(changed_fact(exercise), True)

    def revise(self, scene: Scene, cut: Cue | None = None, pause_s: float = 0.0) -> None:
        """Plan the rest of a phase that has changed. Nothing is said twice, and the halfway sound is played once.

        `cut` was interrupted. The phrases are `pause_s` older than in workout time.
        """
        fired = self.fired_in(scene.phase)
        spoken = [cue._replace(at_s=cue.at_s - pause_s) for cue in fired if cue.phrase and cue is not cut]
        ends_s = (cue.at_s + cue.phrase.needs_s * SURE + GAP_S for cue in spoken[-1:] if cue.phrase)
        after_s = self._heard_s + (GAP_S if cut else 0.0)
        free_s = max([after_s, instant(self.swapped_s + AFTER_SWAP_S), *ends_s])
        past_middle = any(cue.sound is Sound.HALFWAY for cue in fired)
        heard_s = self._heard_s

        def plan() -> list[Cue]:
            cues = phase_cues(scene, self._announced, self._fitter, free_s, spoken)
            ahead = (c for c in cues if c.phrase or (c.at_s >= heard_s and c not in fired))
            return [c for c in ahead if not (past_middle and c.sound is Sound.HALFWAY)]

        self._plan = plan

    def interrupt(self, at_s: float, scene: Scene) -> bool:
        """Stop the voice at `at_s`; plan to repeat the phrase that this cuts off, but not during a set.

        In a set with alternating sides, plan to say the next side. Return whether anything has changed.
        """
        if scene.phase.kind is Kind.WORK and scene.phase.side is Side.ALTERNATE:
            self.revise(scene, pause_s=QUIET_S)
            return True
        last = next((cue for cue in reversed(self.fired_in(scene.phase)) if cue.phrase), None)
        if last is None or last.phrase is None or scene.phase.kind is Kind.WORK:
            return False
        if at_s >= last.at_s + last.phrase.needs_s:
            return False
        self._announced.forget(last)
        self.revise(scene, cut=last)
        return True

    def fire(self, to_s: float) -> tuple[Cue, ...]:
        """Return the cues that come before an event at `to_s`, and count them as fired."""
        due, self._heard_s = self.due, max(self._heard_s, to_s)
        fired = tuple(takewhile(lambda cue: cue.when < (to_s, Order.EVENT), due))
        del due[: len(fired)]
        self.fired += fired
        self._announced.add(fired)
        return fired

    def latest_in(self, phase: Phase) -> Iterator[Cue]:
        """Yield the cues that have fired in `phase`, which is the latest one with any, the last of them first."""
        return takewhile(lambda cue: cue.phase == phase.index, reversed(self.fired))

    def fired_in(self, phase: Phase) -> tuple[Cue, ...]:
        """List the cues that have fired in `phase`, which is the latest one with any."""
        return tuple(reversed(tuple(self.latest_in(phase))))

    def after(
        self, ahead: Sequence[Scene], horizon_s: float, ending: Callable[[Phase], Iterable[Cue]], *, surely: bool,
        with_words: bool,
    ) -> Iterator[Cue]:  # fmt: skip
        """Yield the cues after the first scene of `ahead`, as far as they begin by `horizon_s`, and those of the end.

        `ending` returns the latter for the last phase. `surely`: without those after a phase that may end at any time.
        """
        announced = self._announced.copy()
        announced.add(self.due)
        for current, scene in pairwise(ahead):
            if scene.phase.start_s > horizon_s or (surely and not current.phase.ends_surely):
                return
            cues = phase_cues(scene, announced, self._fitter, with_words=with_words)
            announced.add(cues)
            yield from cues
        last = ahead[-1].phase
        if last.ends_surely or not surely:
            yield from ending(last)
