"""The processes that a test has started."""

import time
from collections.abc import Callable, Collection
from pathlib import Path


def wait_until(wanted: Callable[[], object], within_s: float = 30.0) -> None:
    """Wait until `wanted` says yes; fails after `within_s` seconds."""
    deadline = time.monotonic() + within_s
    while not wanted():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def children(pid: int) -> list[int]:
    """The processes that `pid` has started, on Linux."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for each in lists for child in each.read_text().split()]


def has_ended(pid: int) -> bool:
    """Whether a process has ended, waited for or not. One that was killed ends when it gets the processor."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def wait_for_end(pids: Collection[int]) -> None:
    """Wait until all these processes have ended."""
    wait_until(lambda: all(map(has_ended, pids)))
