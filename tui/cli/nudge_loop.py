"""The loop of `gluteus nudge`: observe, nudge, show the state, and handle keys."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from functools import partial
from subprocess import Popen

from tui.audio.make_player import make_player
from tui.audio.spawn import module_command
from tui.cli import nudge_lines as words
from tui.cli.interruptible_sleep import ENDINGS, SIGNALLED, InterruptibleSleep, Sleep, handling
from tui.cli.nudge_alerts import Alerts
from tui.cli.nudge_options import NudgeConfig
from tui.cli.nudge_view import LineView, PaneView
from tui.cli.output import Trouble, ring, write
from tui.clocks import Clocks
from tui.desktop.availability import is_in_call, is_not_to_be_disturbed
from tui.desktop.bus import Bus
from tui.desktop.machine import Asks, Machine
from tui.desktop.presence import Presence, terminals_idle_s
from tui.files.places import Places
from tui.plain_text import capital
from tui.today.nudge_plan import NudgePlan
from tui.today.nudges import NewsKind, NudgeMode, Nudges

POLL_S = 30.0
"""Seconds between two observations, unless a key wakes the loop earlier."""

SNOOZE_S = {"1": 300.0, "2": 900.0, "3": None}
"""The seconds of a snooze by its key; None is until the meeting ends."""


class NudgeLoop:
    """One run of `gluteus nudge`."""

    def __init__(
        self, config: NudgeConfig, machine: Machine, alerts: Alerts, view: LineView | PaneView, *,
        pick: Callable[[NudgePlan], str], begin: Callable[[NudgePlan], str],
        sleep: Callable[[], AbstractContextManager[Sleep]], has_keys: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """`pick` returns a line on the workout for now; `begin` performs it and returns an error, or an empty string.

        `config` has been read.
        """
        self._how = words.BEGIN_HERE if has_keys else words.BEGIN_ELSEWHERE
        self._config, self._plan = config, config.plan
        self._machine, self._alerts, self._view = machine, alerts, view
        self._pick, self._begin, self._sleep, self._clock = pick, begin, sleep, clock
        self._picked = ""
        self._seen = machine.observe(asks=lambda *_: False)
        self._nudges = Nudges(self._plan, self._seen)
        self._question = ""

    def run(self) -> int:
        """Nudge until the user quits or a signal ends it; return the exit code."""
        self._view.open()
        self._say(f"Nudges {self._plan.words}.")
        try:
            while True:
                with self._sleep() as sleep:
                    ending = self._watch(sleep)
                if ending is not None:
                    return SIGNALLED + ending if ending else 0
                self._view.close()
                trouble = self._begin(self._plan)
                self._view.open()
                if trouble:
                    self._say(trouble)
        finally:
            self._alerts.close()
            self._view.close()

    def _watch(self, sleep: Sleep) -> int | None:
        """Observe and nudge; return the signal that ends it, 0 if the user quits, None to begin a workout."""
        while True:
            self._follow_settings()
            self._look(self._nudges.asks_if_busy)
            self._show()
            next_s = self._nudges.status.next_s
            wait_s = POLL_S if next_s is None or next_s <= 0 else min(next_s, POLL_S)  # at once when a nudge is due
            woken = sleep.until(self._clock() + wait_s)
            if woken.ending:
                return woken.ending
            for key in woken.pressed:
                if key in "\n\rqQ":
                    self._question = ""
                    return 0 if key in "qQ" else None
                self._press(key)

    def _follow_settings(self) -> None:
        for line in self._config.read():
            self._say(line)
        self._alerts.settings = self._config.settings
        if self._config.plan != self._plan:
            self._plan = self._config.plan
            self._nudges.follow(self._plan)
            self._say(f"The settings have changed. Nudges {self._plan.words}.")

    def _look(self, asks: Asks) -> None:
        self._seen = self._machine.observe(asks if self._config.settings.nudge.wait else lambda *_: False)
        for news in self._nudges.observe(self._seen):
            if news.kind is not NewsKind.NUDGE:
                self._say(words.line_of(news))
                continue
            self._picked = self._pick(self._plan)
            self._say(" ".join(filter(None, (words.line_of(news), self._picked))))
            for line in self._alerts.nudge(" ".join(filter(None, (self._picked, self._how)))):
                self._say(line)
        for line in self._alerts.tidy():
            self._say(line)

    def _press(self, key: str) -> None:
        """Handle a key. `s` and `p` ask a question, which any key other than its answers drops."""
        question, self._question = self._question, ""
        match question, key.lower():
            case "s", "1" | "2" | "3" as answer:
                self._look(lambda *_: True)
                self._nudges.snooze(self._seen, SNOOZE_S[answer])
                self._say_state()
            case "p", "1" | "2" as answer:
                self._nudges.pause(self._seen, today=answer == "2")
                self._say_state()
            case _, "p" if self._nudges.status.mode is NudgeMode.PAUSED:
                self._nudges.resume(self._seen)
                self._say("The pause is over.")
            case _, "s" | "p" as asked:
                self._question = asked
            case _, "x":
                self._nudges.skip(self._seen)
                self._say_state("Skipped. ")

    def _say(self, line: str) -> None:
        self._view.add(self._seen.now, line)

    def _say_state(self, before: str = "") -> None:
        self._say(f"{before}{self._headline()}.")

    def _headline(self) -> str:
        return words.headline(self._nudges.status, self._plan, self._seen.now)

    def _today(self) -> str:
        return capital(self._machine.recent.reached(self._seen.now).today)

    def _show(self) -> None:
        paused = self._nudges.status.mode is NudgeMode.PAUSED
        keys = {"s": words.SNOOZE_KEYS, "p": words.PAUSE_KEYS}.get(
            self._question, words.PAUSED_KEYS if paused else words.KEYS
        )
        picked = self._picked if self._nudges.status.mode is NudgeMode.DUE else ""
        self._view.show([self._headline(), picked, self._today()], keys)


def nudge_loop(
    places: Places, config: NudgeConfig, notes: Sequence[str], *, has_keys: bool, in_pane: bool
) -> int:  # fmt: skip
    """Nudge with the means of this machine; return the exit code. `notes` are shown first."""
    view = PaneView() if in_pane else LineView(has_keys=has_keys)
    alerts = Alerts(
        config.settings, write_terminal=(lambda text: write(text, at_once=True)) if in_pane else None,
        player=lambda: make_player(config.settings, places, ring),
    )  # fmt: skip
    session = Bus("SESSION")
    presence = Presence(session, Bus("SYSTEM"))
    machine = Machine(
        places, Clocks(), presence=presence.look, in_call=is_in_call,
        undisturbed=lambda: is_not_to_be_disturbed(session),
    )  # fmt: skip
    loop = NudgeLoop(
        config, machine, alerts, view, pick=partial(pick_line, places), begin=begin_pick,
        sleep=lambda: InterruptibleSleep(keyboard=has_keys), has_keys=has_keys,
    )  # fmt: skip
    for note in notes:
        view.add(Clocks().now(), note)
    source = presence.idle.source
    if source in (None, terminals_idle_s):
        view.add(Clocks().now(), words.NO_INPUT if source is None else words.TERMINALS_ONLY)
    return loop.run()


def pick_line(places: Places, plan: NudgePlan) -> str:
    """Return the pick that enter begins, with its reason, in one line; empty without a pick."""
    from tui.cli.today import pick_routine
    from tui.today.conditions import Conditions
    from tui.user_data import UserData

    try:
        return pick_routine(UserData.read(places, warn=lambda _: None), Conditions(for_s=plan.length_s))[1]
    except Trouble:
        return ""


def begin_pick(plan: NudgePlan) -> str:
    """Perform today's pick in this terminal; return a line on an error, or an empty one.

    It runs in a separate process, as hours of waiting need neither the full screen nor its memory. Raises SystemExit
    after a signal that requests a graceful exit.
    """
    limit = [f"--for={plan.length_s:g}s"] if plan.length_s else []
    command, environ = module_command("tui", "start", *limit)
    child: Popen[bytes] | None = None
    endings: list[int] = []

    def end(number: int, _: object) -> None:
        endings.append(number)
        if child is not None:
            child.terminate()

    try:
        with handling([number for number in ENDINGS if number != signal.SIGINT], end):
            child = Popen(command, env=environ)
            if endings:  # it came before the child was started
                child.terminate()
            while child.poll() is None:
                with suppress(KeyboardInterrupt):
                    child.wait()
    except OSError as error:
        return f"The workout could not be started: {error.strerror}."
    if endings:
        raise SystemExit(SIGNALLED + endings[0])
    return "" if child.returncode == 0 else f"gluteus start ended with the exit code {child.returncode}."
