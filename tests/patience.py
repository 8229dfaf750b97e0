"""Waiting for a condition, never for a fixed time that a busy machine may exceed."""

import time
from collections.abc import Callable

PATIENCE_S = 60.0
"""The longest wait; a test that needs it fails."""


def wait_until(wanted: Callable[[], object]) -> None:
    """Wait until `wanted` says yes."""
    deadline = time.monotonic() + PATIENCE_S
    while not wanted():
        assert time.monotonic() < deadline
        time.sleep(0.005)
