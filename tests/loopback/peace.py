"""Distinguish a busy machine from a fault in tests that play in real time.

A test makes an attempt, which plays, listens and judges. Witnesses, one on each core, report how long the machine
delayed a program that was ready to run, and each ear reports whether time was lost on the way to it. An attempt that
succeeds counts, disturbed or not. One that fails undisturbed has found a fault. One that fails disturbed shows nothing:
it is repeated, and if the machine never calms down the test is skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import pytest

from tests.loopback.listening import Ear, Server

T = TypeVar("T")

ATTEMPTS = 5
REPEATS_S = 150.0
"""A run of the tests spends no longer than this on attempts that are not the first: a busy machine is left in peace."""
HELD_UP_S = 0.003
"""A machine that holds up a sleeper for this long holds up the sound server and the worker as well."""
LOST_S = 0.001
"""An undisturbed recording keeps its even course to 0.1 ms."""
WITNESS = """
import os, sys, threading, time
if core := sys.argv[1:]:
    os.sched_setaffinity(0, map(int, core))
print(flush=True)
sys.stdin.readline()
over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
worst = 0.0
while not over.is_set():
    begin = time.monotonic()
    time.sleep(0.005)
    worst = max(worst, time.monotonic() - begin - 0.005)
print(worst)
"""
"""A program that prints by how much it sleeps too long, at worst."""

_spent_s = [0.0]
"""The seconds that this run has spent on them."""


class Witnesses:
    """Return one for each core if a program may choose its core, else a single one."""

    def __init__(self) -> None:
        cores = [[str(core)] for core in os.sched_getaffinity(0)] if hasattr(os, "sched_getaffinity") else [[]]
        self._processes = [
            subprocess.Popen([sys.executable, "-c", WITNESS, *core], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for core in cores
        ]
        for process in self._processes:
            assert process.stdout
            process.stdout.readline()
        for process in self._processes:  # none of them sees another start
            assert process.stdin
            process.stdin.write(b"\n")
            process.stdin.flush()

    def held_up_s(self) -> float:
        """End them; how long at the worst the machine held one of them up."""
        return max(float(process.communicate()[0]) for process in self._processes)


class Attempt:
    """Records for a test, and decides afterwards whether the recording is valid."""

    def __init__(self) -> None:
        """The witnesses look on from now."""
        self._witnesses = Witnesses()
        self._ears: list[Ear] = []

    def ear(self, server: Server) -> Ear:
        """An ear on the server, which is running."""
        self._ears.append(Ear(server))
        return self._ears[-1]

    def end(self) -> str:
        """Stop recording and watching; return what disturbed the attempt, or ""."""
        for ear in self._ears:
            ear.close()
        held_up_s, lost_s = self._witnesses.held_up_s(), max((ear.lost_s() for ear in self._ears), default=0.0)
        found = f"held up for {held_up_s * 1000:.1f} ms, {lost_s * 1000:.1f} ms lost on the way to the ear"
        print(found)
        return found if held_up_s > HELD_UP_S or lost_s > LOST_S else ""


def in_peace(judged: Callable[[Attempt], T]) -> T:
    """Return the result of `judged`, which raises if the sound is wrong. Skip the test if the machine is too busy."""
    disturbances: list[str] = []
    while len(disturbances) < ATTEMPTS and (not disturbances or _spent_s[0] < REPEATS_S):
        attempt, begin, failure = Attempt(), time.monotonic(), None
        try:
            return judged(attempt)
        except Exception as error:
            failure = error
        finally:
            disturbance = attempt.end()
        if not disturbance:
            raise failure
        _spent_s[0] += time.monotonic() - begin if disturbances else 0.0
        disturbances.append(disturbance)
    pytest.skip(f"the machine is too busy to judge what is heard: {'; '.join(disturbances)}")
