"""What has been heard of a workout and what is due next, phase by phase: cues are made for the phase that is on, and
for as many after it as somebody wants to hear ahead, never for hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from tui.coach.cue import Cue, Sound
from tui.coach.cues import finish_cues, phase_cues
from tui.coach.plan import AFTER_SWAP_S
from tui.coach.room import GAP_S, SURE
from tui.coach.scenes import Scene, scenes
from tui.coach.told import Told
from tui.engine.model import Kind, Phase, instant


class CueTrack:
    """The cues that have `fired`, and those of the phase that is on that are `due`, in order."""

    def __init__(self, words_a_minute: float) -> None:
        """Nothing has been heard; the voice speaks so many words a minute."""
        self.fired: list[Cue] = []
        self.due: list[Cue] = []
        self._told = Told()
        self._words_a_minute = words_a_minute
        self._heard_s = float("-inf")
        self.swapped_s = float("-inf")
        """When the last swap was made that has not been undone."""

    def enter(self, scene: Scene) -> None:
        """A phase begins, of which nothing has been heard yet."""
        self._heard_s = float("-inf")
        self.due = phase_cues(scene, self._told, self._words_a_minute)

    def revise(self, scene: Scene, cut: Cue | None = None) -> None:
        """The phase has changed: what is left of it comes, but nothing that was told, and no middle, a second time.

        `cut` has been begun, and not said to its end.
        """
        fired = self.fired_in(scene.phase)
        spoken = [cue for cue in fired if cue.phrase and cue is not cut]
        ends_s = (cue.at_s + cue.phrase.needs_s * SURE + GAP_S for cue in spoken[-1:] if cue.phrase)
        after_s = self._heard_s + (GAP_S if cut else 0.0)
        free_s = max([after_s, instant(self.swapped_s + AFTER_SWAP_S), *ends_s])
        past_middle = any(cue.sound is Sound.HALFWAY for cue in fired)
        due = phase_cues(scene, self._told, self._words_a_minute, free_s, spoken)
        ahead = (c for c in due if c.phrase or (c.at_s >= self._heard_s and c not in fired))
        self.due = [c for c in ahead if not (past_middle and c.sound is Sound.HALFWAY)]

    def interrupt(self, at_s: float, scene: Scene) -> bool:
        """The voice stops at `at_s`: what it was saying before a set will be said anew; False where it was not."""
        last = next((cue for cue in reversed(self.fired_in(scene.phase)) if cue.phrase), None)
        if last is None or last.phrase is None or scene.phase.kind is Kind.WORK:
            return False
        if at_s >= last.at_s + last.phrase.needs_s:
            return False
        self._told.forget(last)
        self.revise(scene, cut=last)
        return True

    def fire(self, to_s: float) -> tuple[Cue, ...]:
        """The cues that are due up to and with `to_s`; they do not come again."""
        self._heard_s = max(self._heard_s, to_s)
        fired = tuple(takewhile(lambda cue: cue.at_s <= to_s, self.due))
        del self.due[: len(fired)]
        self.fired += fired
        self._told.hear(fired)
        return fired

    def fired_in(self, phase: Phase) -> tuple[Cue, ...]:
        """The cues of `phase`, the last one that there were any of, that have fired."""
        here = takewhile(lambda cue: cue.phase == phase.index, reversed(self.fired))
        return tuple(reversed(tuple(here)))

    def after(self, phases: Sequence[Phase], horizon_s: float, *, surely: bool) -> Iterator[Cue]:
        """The cues of what follows the first of `phases`, of those that have begun by `horizon_s`, and of the end.

        `surely`: none that comes after a phase that may end any time.
        """
        told = self._told.copy()
        told.hear(self.due)
        for scene in scenes(phases):
            if scene.before is None:
                continue
            if scene.phase.start_s > horizon_s or (surely and not scene.before.ends_surely):
                return
            cues = phase_cues(scene, told, self._words_a_minute)
            told.hear(cues)
            yield from cues
        if phases[-1].ends_surely or not surely:
            yield from finish_cues(phases[-1], self._words_a_minute)
