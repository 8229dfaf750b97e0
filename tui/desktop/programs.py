"""Run a program of the system, without a shell."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

ANSWER_S = 2.0
"""A program that takes longer hangs, and is killed."""


def answer_of(command: Sequence[str]) -> str | None:
    """Return the output of a program; None if it is not installed, fails or hangs."""
    environ = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, env=environ, timeout=ANSWER_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None
