"""What has been heard of a workout and what is due next, phase by phase: cues are made for the phase that is on, and
for as many after it as somebody wants to hear ahead, never for hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from typing import overload

from tui.timeline.cues import finish_cues, phase_cues
from tui.timeline.model import Cue, Phase, Sound
from tui.timeline.scenes import Scene, scenes
from tui.timeline.speech import swapped


class CueTrack:
    """The cues that have `fired`, and those of the phase that is on that are `due`, in order.

    `swapped_s` is the second of a swap made in that phase, which is to be said.
    """

    def __init__(self) -> None:
        """Nothing has been heard."""
        self.fired: list[Cue] = []
        self.due: list[Cue] = []
        self.swapped_s: float | None = None
        self._heard_s = float("-inf")

    def enter(self, scene: Scene) -> None:
        """A phase begins, of which nothing has been heard yet."""
        self._heard_s, self.swapped_s = float("-inf"), None
        self.due = list(phase_cues(scene))

    def revise(self, scene: Scene) -> None:
        """The phase has changed: what is left of it comes, but no word on form, and no middle, a second time."""
        fired = self.fired_in(scene.phase)
        heard = {cue.say or cue.sound for cue in fired if cue.form or cue.sound is Sound.HALFWAY}
        due = [c for c in phase_cues(scene) if c.at_s > self._heard_s and (c.say or c.sound) not in heard]
        if self.swapped_s is not None:
            announced = {cue.say for cue in due}
            said = (cue for cue in swapped(scene, self.swapped_s) if cue.at_s > self._heard_s)
            due += [cue for cue in said if cue.say not in announced]
        self.due = sorted(due, key=lambda cue: cue.at_s)

    def fire(self, to_s: float) -> tuple[Cue, ...]:
        """The cues that are due up to and with `to_s`; they do not come again."""
        self._heard_s = to_s
        fired = tuple(takewhile(lambda cue: cue.at_s <= to_s, self.due))
        del self.due[: len(fired)]
        self.fired += fired
        return fired

    def fired_in(self, phase: Phase) -> tuple[Cue, ...]:
        """The cues of `phase`, the last one that there were any of, that have fired."""
        here = takewhile(lambda cue: cue.phase == phase.index, reversed(self.fired))
        return tuple(reversed(tuple(here)))


def cues_after(phases: Sequence[Phase], horizon_s: float, *, surely: bool) -> Iterator[Cue]:
    """The cues of what follows the first of `phases`, of those that have begun by `horizon_s`, and of the end of all.

    `surely`: none that comes after a phase that may end any time.
    """
    for scene in scenes(phases):
        if scene.before is None:
            continue
        if scene.phase.start_s > horizon_s or (surely and not scene.before.ends_surely):
            return
        yield from phase_cues(scene)
    if phases[-1].ends_surely or not surely:
        yield from finish_cues(phases[-1])


class LazyCues(Sequence[Cue]):
    """Cues that are worked out when somebody asks for them."""

    def __init__(self, make: Callable[[], tuple[Cue, ...]]) -> None:
        """`make` gives them."""
        self._make = make

    @cached_property
    def _cues(self) -> tuple[Cue, ...]:
        return self._make()

    @overload
    def __getitem__(self, index: int) -> Cue: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Cue]: ...
    def __getitem__(self, index: int | slice) -> Cue | Sequence[Cue]:
        """One cue, or some."""
        return self._cues[index]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._cues)
