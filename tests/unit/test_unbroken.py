"""A terminal that goes away stops no thread that writes to it."""

import os

from tui.screens.unbroken import Unbroken


def test_what_cannot_be_written_is_dropped() -> None:
    ours, theirs = os.openpty()
    with open(theirs, "w") as terminal:
        file = Unbroken(terminal)
        assert file.write("here\n") == 5
        file.flush()
        assert os.read(ours, 10) == b"here\r\n"
        os.close(ours)
        assert file.write("gone") == 4
        file.flush()
        assert file.fileno() == terminal.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), terminal.fileno())
