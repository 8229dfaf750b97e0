"""Runs a module of this program as a process of its own, whatever folder the program was started from."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import tui


def start_module(module: str, *arguments: str, errors: int) -> Popen[bytes]:
    """`python -m module arguments`, with a pipe to its input and one from its output; `errors`: a file descriptor, or
    DEVNULL. Raises OSError."""
    package = str(Path(tui.__file__).resolve().parent.parent)
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    return Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=PIPE,
        stdout=PIPE,
        stderr=errors,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
