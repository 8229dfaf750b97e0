"""Both ends of the pipe from an audio process: each answer is a line of JSON, followed by samples."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:  # the voice answers, and starts no process if it is a library
    from subprocess import Popen


def ask(process: Popen[bytes], within_s: float, question: bytes = b"") -> tuple[dict[str, Any], array[int]]:
    """Return the answer to a question, or the next answer: a line of JSON, and `count` samples.

    A process that does not answer within this time is killed. Raises OSError or ValueError if there is no answer.
    """
    from threading import Timer  # loaded only by the one that asks

    assert process.stdin and process.stdout
    limit = Timer(within_s, process.kill)
    limit.daemon = True
    limit.start()
    try:
        if question:
            process.stdin.write(question)
            process.stdin.flush()
        head = json.loads(process.stdout.readline())
        size = 2 * int(head.get("count", 0))
        data = process.stdout.read(size)
    finally:
        limit.cancel()
    if len(data) < size:
        raise ValueError("the answer is cut short")
    return head, array("h", data)


def discard(process: Popen[bytes]) -> None:
    """End a process, and close its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()


def open_answers() -> IO[bytes]:
    """Return standard output for answers; output of libraries is redirected to standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def answer(out: IO[bytes], head: Mapping[str, object], samples: bytes = b"") -> None:
    """Write an answer."""
    out.write(json.dumps(head).encode() + b"\n" + samples)
    out.flush()
