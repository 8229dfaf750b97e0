"""The processes that a test has started."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from tests.patience import wait_until


def children(pid: int) -> list[int]:
    """The processes that `pid` has started, on Linux."""
    found = list[int]()
    for each in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # a thread that has just ended
            found += map(int, each.read_text().split())
    return found


def has_ended(pid: int) -> bool:
    """Check whether a process has ended, waited for or not. One that was killed ends when it gets the processor."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def wait_for_end(pids: Collection[int]) -> None:
    """Wait until all these processes have ended."""
    wait_until(lambda: all(map(has_ended, pids)))
