"""Opens the first output that works, and ends the worker when that output dies.

A new worker is the only way to restart an output, as some libraries hang when they are closed, and some leak. The
program starts it, and leaves out an output that dies too often (`tui.audio.outputs.fallback_order`). While no output
can be opened, the worker keeps trying.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import NamedTuple

from tui.audio.outputs import NoOutput, Output, OutputConfig, open_output
from tui.audio.outputs.fallback_order import DIED_TWICE
from tui.audio.schedule import Levels, Scheduled

DEAD_S = 1.0
"""An output without a sign of life for this time counts as dead, whatever its library reports."""
LOOK_S = 0.2
OPEN_S = 3.0
"""An output that takes longer to open hangs, and can only be stopped by ending the process."""
BACK_OFF_S = (0.5, 1.0, 2.0, 4.0)
"""Waits before each further attempt to open anything; the last is repeated."""


class Report(NamedTuple):
    """The open output, or with `opening` the one being tried. `tried` are unusable ones, with the reasons."""

    backend: str = ""
    device: str = ""
    latency_s: float = 0.0
    tried: tuple[tuple[str, str], ...] = ()
    opening: bool = False


class Supervisor:
    """Owns the open output. It stores the schedule and the levels for an output that is opened later."""

    def __init__(
        self,
        names: Sequence[str],
        barred: Iterable[str],
        config: OutputConfig,
        report: Callable[[Report], None],
        end: Callable[[], object],
        *,
        opener: Callable[[str, OutputConfig], Output] = open_output,
    ) -> None:
        """Try the outputs `names` in order, without those `barred` for killing earlier workers.

        `report` receives each change, `end` must end the process; both run on the supervisor's thread.
        """
        self._names, self._barred = tuple(names), frozenset(barred)
        self._config, self._report, self._end, self._opener = config, report, end, opener
        self._lock = Lock()
        self._output: Output | None = None
        self._levels = Levels()
        self._items: Sequence[Scheduled] = ()

    def start(self) -> None:
        """Begin, in a thread."""
        Thread(target=self.run, name="supervisor", daemon=True).start()

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """Replace everything that remains by `items`."""
        with self._lock:
            self._items = items
            if self._output:
                self._output.schedule(items)

    def set_levels(self, levels: Levels) -> None:
        """Play at these levels at once."""
        with self._lock:
            self._levels = levels
            if self._output:
                self._output.set_levels(levels)

    def run(self) -> None:
        """Open an output, watch it, and end the process when it has died."""
        waits = chain(BACK_OFF_S, repeat(BACK_OFF_S[-1]))
        while (output := self._open_first()) is None:
            self._barred = frozenset()  # nothing else can be opened
            time.sleep(next(waits))
        looks = 0
        while looks < 2:  # one late check is not a death
            time.sleep(LOOK_S)
            looks = looks + 1 if output.idle_s(time.monotonic()) > DEAD_S else 0
        self._report(Report())  # the bell rings until the next worker plays
        self._end()

    def _open_first(self) -> Output | None:
        """Open the first output that works, and send it the schedule; None if there is none."""
        tried = tuple((name, DIED_TWICE) for name in self._names if name in self._barred)
        for name in self._names:
            if name in self._barred:
                continue
            self._report(Report(name, opening=True))
            output = self._opened(name)
            if isinstance(output, NoOutput):
                tried += ((name, str(output)),)
                continue
            with self._lock:
                self._output = output
                output.set_levels(self._levels)
                output.schedule(self._items)
            self._report(Report(name, output.device, output.latency_s, tried))
            return output
        self._report(Report(tried=tried))
        return None

    def _opened(self, name: str) -> Output | NoOutput:
        """Return the output called `name`, or the reason why it failed; end the process if opening it hangs."""
        answers: SimpleQueue[Output | NoOutput] = SimpleQueue()

        def attempt() -> None:
            try:
                answers.put(self._opener(name, self._config))
            except NoOutput as reason:
                answers.put(reason)
            except Exception as error:
                answers.put(NoOutput(f"{type(error).__name__}: {error}"))

        Thread(target=attempt, daemon=True).start()
        try:
            return answers.get(timeout=OPEN_S)
        except Empty:
            self._end()
            return NoOutput("does not answer")
