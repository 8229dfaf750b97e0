"""Keeps one output open: tries them in order, watches the open one, reopens it when it dies, goes on to the next."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import TypeVar

from tui.audio.outputs import NoOutput, Output, OutputConfig, open_output
from tui.audio.outputs.fallback_order import FallbackOrder
from tui.audio.schedule import Levels, Scheduled

T = TypeVar("T")

DEAD_S = 1.0
"""An output without a sign of life for this long is dead, whatever its library reports."""
LOOK_S = 0.2
OPEN_S, CLOSE_S = 3.0, 2.0
"""An output that takes longer to open or to close hangs, and only the end of the process gets rid of it."""
BACK_OFF_S = (0.5, 1.0, 2.0, 4.0)
"""Waits before each further attempt to open anything; the last is repeated."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is open, or with `opening` what is being tried. `tried`: what was passed over, each with the reason."""

    backend: str = ""
    device: str = ""
    latency_s: float = 0.0
    tried: tuple[tuple[str, str], ...] = ()
    opening: bool = False


class Supervisor:
    """Owns the open output. The schedule and the levels are kept here, so that each new output gets them whole."""

    def __init__(
        self,
        fallback: FallbackOrder,
        config: OutputConfig,
        report: Callable[[Report], None],
        hung: Callable[[], None],
        *,
        opener: Callable[[str, OutputConfig], Output] = open_output,
    ) -> None:
        """`report` receives each change, `hung` must end the process; both run on the supervisor's thread."""
        self._fallback, self._config, self._report, self._hung, self._opener = fallback, config, report, hung, opener
        self._lock = Lock()
        self._output: Output | None = None
        self._levels = Levels()
        self._items: Sequence[Scheduled] = ()
        self._stopped = Event()

    def start(self) -> None:
        """Begin, in a thread."""
        Thread(target=self.run, name="supervisor", daemon=True).start()

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """`items` replace everything that remains."""
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

    def stop(self) -> None:
        """Let the thread close what is open, and end."""
        self._stopped.set()

    def run(self) -> None:
        """Open, watch and reopen until stopped."""
        attempt = 0
        while not self._stopped.is_set():
            name = self._open_first()
            if name:
                attempt = 0
                self._watch()
                self._report(Report(tried=((name, "stopped"),)))
                self._close()
                self._fallback.died(name, time.monotonic())
            else:
                self._fallback.forgive()
            self._stopped.wait(BACK_OFF_S[min(attempt, len(BACK_OFF_S) - 1)])
            attempt += 1

    def _open_first(self) -> str:
        """Open the first output that can be, hand it all there is to play, and return its name, or "" for none."""
        candidates, tried = self._fallback.candidates(), self._fallback.barred()
        for name in candidates:
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
            return name
        self._report(Report(tried=tried))
        return ""

    def _opened(self, name: str) -> Output | NoOutput:
        """Return the output called `name`, or why there is none."""

        def attempt() -> Output | NoOutput:
            try:
                return self._opener(name, self._config)
            except NoOutput as reason:
                return reason
            except Exception as error:
                return NoOutput(f"{type(error).__name__}: {error}")

        return self._within(OPEN_S, attempt) or NoOutput("does not answer")

    def _watch(self) -> None:
        """Return when the output has died, or is to be closed."""
        looks = 0
        while looks < 2 and not self._stopped.wait(LOOK_S):
            output = self._output
            looks = looks + 1 if output is None or output.idle_s(time.monotonic()) > DEAD_S else 0

    def _close(self) -> None:
        """Close the output."""
        with self._lock:
            output, self._output = self._output, None
        if output:
            self._within(CLOSE_S, output.close)

    def _within(self, seconds: float, action: Callable[[], T]) -> T | None:
        """Return what `action` returns; None if it takes longer than `seconds`: then the process must end."""
        answers: SimpleQueue[T] = SimpleQueue()
        Thread(target=lambda: answers.put(action()), daemon=True).start()
        try:
            return answers.get(timeout=seconds)
        except Empty:
            self._hung()
            return None
