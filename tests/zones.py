"""Time zones of the machine."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """Let the machine be in a time zone, by its name or a rule such as `IST-5:30`."""
    if not hasattr(time, "tzset"):
        pytest.skip("on Windows a process has no time zone of its own")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()
