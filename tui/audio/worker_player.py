"""The player that uses the audio worker: starts it, sends it orders, and restarts it if it dies.

There are three threads. The main thread stores its orders and never blocks, as a hanging worker must not block the
screen. The second restarts the worker and writes the orders to it; the third reads its status. One lock, `_changed`,
guards their shared state.
"""

from __future__ import annotations

import atexit
import json
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from subprocess import Popen, TimeoutExpired
from threading import Condition, Thread
from typing import Any

from tui.audio.bell_player import BellPlayer
from tui.audio.outputs.fallback_order import DEATHS_WITHIN_S, FallbackOrder
from tui.audio.player import SEE_DOCTOR, Player, PlayerStatus
from tui.audio.schedule import Levels, Scheduled, levels_to_json
from tui.plain_text import plain_text
from tui.sound_backends import AUTO, CHOICES, backends_to_try

SPAWN_AFTER_S = (0.0, 0.2, 0.5, 1.0, 2.0, 4.0)
"""The wait before a new worker, by the number of recent deaths; the last one is for all further deaths."""
DEATHS_TO_RING = 2
"""The number of deaths in short order after which the bell rings until a worker lives."""
CLOSE_S = 0.5
ORDERS = ("setup", "levels", "schedule", "phrases")
"""The orders to the worker, in the order of sending: it cannot play before it is set up and has its levels."""

Message = Mapping[str, object]


class WorkerPlayer(Player):
    """Plays through a worker process, and rings the bell while no worker has an output.

    While everything is muted there is no worker.
    """

    def __init__(
        self, spawn: Callable[[], Popen[bytes]], setup: Message, bell: BellPlayer, log: Callable[[str], None]
    ) -> None:
        """`spawn` starts a worker with piped standard streams, or raises OSError; `setup` is its first order; `log`
        writes details for developers to a file, and never raises."""
        self._spawn, self._bell, self._log = spawn, bell, log
        self._backend = str(setup["backend"])
        self._changed = Condition()
        self._wishes: dict[str, Message] = {"setup": setup}
        self._due: set[str] = set()
        self._items: Sequence[Scheduled] = ()
        self._muted = False
        self._thread: Thread | None = None
        self._closed = False
        self._fallback = FallbackOrder(backends_to_try(self._backend))
        self._deaths: list[float] = []
        self._working_on = ""
        self._notes: tuple[str, ...] = ()
        self._voice = self._voice_note = ""
        self._status = PlayerStatus("starting")
        self._bell_rings = False

    @property
    def status(self) -> PlayerStatus:
        """The current status."""
        with self._changed:
            notes = () if self._muted else filter(None, (self._status.note, *self._notes, self._voice_note))
            return self._status._replace(note=" ".join(notes), voice=self._voice)

    def start(self) -> None:
        """Start the worker unless muted; otherwise the first order does it."""
        with self._changed:
            self._changed.notify_all()
            if self._thread is not None or self._closed or self._muted:
                return
            self._thread = Thread(target=self._keep_alive, name="audio", daemon=True)
            try:
                self._thread.start()
            except RuntimeError as error:  # the system allows no more threads
                self._thread = None
                self._status = PlayerStatus("silent", f"No sound: {error}.", audible=False)

    def load_phrases(self, phrases: Sequence[str]) -> None:
        """Prepare these phrases."""
        self._wish("phrases", {"phrases": list(phrases)})

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """Replace everything that remains by `items`."""
        with self._changed:
            self._items = items
            if self._bell_rings:
                self._bell.schedule(items)
        self._wish("schedule", {"items": items})

    def set_levels(self, levels: Levels) -> None:
        """Play at these levels at once."""
        with self._changed:
            self._muted = levels.muted
        self._bell.set_levels(levels)
        self._wish("levels", levels_to_json(levels))

    def close(self) -> None:
        """Stop permanently; the worker ends soon, whatever its state. Only the program's exit waits for that."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            thread = self._thread
        self._bell.close()
        if thread:
            atexit.register(thread.join, CLOSE_S)

    def _wish(self, name: str, message: Message) -> None:
        with self._changed:
            self._wishes[name] = message
            self._due.add(name)
        self.start()

    def _keep_alive(self) -> None:
        """Restart the worker until closed, unless muted. Any failure results in a note and the bell."""
        while self._is_wanted():
            has_died = True
            try:
                process = self._spawn()
            except Exception as error:
                self._give_up("The audio worker cannot be started", error)
            else:
                try:
                    has_died = self._serve(process)
                except Exception as error:
                    process.kill()
                    process.wait()
                    self._give_up("The audio worker cannot be reached", error)
            if has_died:
                self._wait_after_death(time.monotonic())

    def _is_wanted(self) -> bool:
        """Wait while muted; then return whether a worker is wanted."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or not self._muted)
            return not self._closed

    def _give_up(self, what: str, error: Exception) -> None:
        """Set a note on why there is no worker, and log all details, once for each reason."""
        reason = plain_text(getattr(error, "strerror", None) or str(error) or type(error).__name__)
        if self._no_sound(f"{what} ({reason})"):
            self._log("".join(traceback.format_exception(error)))

    def _wait_after_death(self, now: float) -> None:
        """Record the end of a worker, and wait before the next, so that one that dies at once is not a busy loop."""
        with self._changed:
            if self._closed:
                return
            self._fallback.died(self._working_on, now)
            self._deaths = [*(death for death in self._deaths if now - death < DEATHS_WITHIN_S), now]
            if len(self._deaths) >= DEATHS_TO_RING and self._status.audible:
                self._no_sound("The audio worker keeps failing")
            wait_s = SPAWN_AFTER_S[min(len(self._deaths), len(SPAWN_AFTER_S)) - 1]
            self._changed.wait_for(lambda: self._closed or self._muted, wait_s)

    def _serve(self, process: Popen[bytes]) -> bool:
        """Send the orders to one worker until it dies or is not wanted; return whether it died by itself."""
        ended: list[bool] = []
        has_died = True
        listener = Thread(target=self._listen, args=(process, ended), name="audio status", daemon=True)
        listener.start()
        with self._changed:
            self._due = set(self._wishes)
            self._wishes["setup"] = {**self._wishes["setup"], "barred": self._fallback.barred()}
        assert process.stdin
        with suppress(OSError), process.stdin:  # it may die while it is written to
            while lines := self._next_orders(ended):
                process.stdin.write(lines)
                process.stdin.flush()
            has_died = bool(ended)
        try:
            process.wait(CLOSE_S / 2)
        except TimeoutExpired:
            process.kill()
            process.wait()
        listener.join(CLOSE_S)  # its last status must not be mistaken for that of the next worker
        return has_died

    def _next_orders(self, ended: Sequence[bool]) -> bytes:
        """Return the pending orders as lines; empty if the worker has died or is to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._due or self._closed or self._muted or ended)
            if self._closed or self._muted or ended:
                return b""
            due = [{"order": name, **self._wishes[name]} for name in ORDERS if name in self._due]
            self._due.clear()
        return b"".join(json.dumps(message).encode() + b"\n" for message in due)

    def _listen(self, process: Popen[bytes], ended: list[bool]) -> None:
        """Read the status lines of one worker until it ends."""
        assert process.stdout
        with process.stdout:
            for line in process.stdout:
                try:
                    self._take_status(json.loads(line))
                except (ValueError, TypeError, KeyError):
                    continue  # the last line of a worker that was killed may be torn
        with self._changed:
            ended.append(True)
            self._changed.notify_all()

    def _take_status(self, status: Mapping[str, Any]) -> None:
        with self._changed:
            if "notes" in status:
                self._notes = tuple(map(str, status["notes"]))
            elif "voice" in status:
                self._voice, self._voice_note = str(status["voice"]), str(status["note"])
            else:
                self._take_output_status(status)

    def _take_output_status(self, status: Mapping[str, Any]) -> None:
        """Handle the status of the output that the worker tries, has opened, or has not found."""
        backend = str(status["backend"])
        self._working_on = backend or self._working_on  # a worker reports none before it ends with a dead output
        if status["opening"]:
            return
        tried = tuple((str(name), str(reason)) for name, reason in status["tried"])
        device, latency_s = str(status["device"]), float(status["latency_s"])
        if backend:
            self._ring_bell(False)
            note = _passed_over(self._backend, backend, dict(tried))
            self._status = PlayerStatus(backend, note, True, device, latency_s, tried)
        else:
            self._no_sound("No sound device plays", tried)

    def _no_sound(self, why: str, tried: tuple[tuple[str, str], ...] = ()) -> bool:
        """Use the bell, and set the reason as a note; return whether it is new."""
        note = f"{why}: the bell rings. {SEE_DOCTOR}"
        with self._changed:
            is_new = note != self._status.note
            self._status = PlayerStatus("bell", note, audible=False, tried=tried)
            self._ring_bell(True)
        return is_new

    def _ring_bell(self, on: bool) -> None:
        """Turn the bell on or off, with the lock held."""
        if on != self._bell_rings:
            self._bell_rings = on
            self._bell.schedule(self._items if on else ())


def _passed_over(configured: str, used: str, tried: Mapping[str, str]) -> str:
    """Format a line if the output is not the requested one."""
    if configured in (AUTO, used):
        return ""
    why = tried.get(configured, f"there is {', '.join(CHOICES)}")
    return f"audio.backend {configured} cannot be used ({why}): playing through {used}."
