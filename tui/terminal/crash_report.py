"""Report an unexpected error: a line on the terminal, and the traceback in crash.log."""

from __future__ import annotations

import sys
from pathlib import Path
from traceback import format_exception

from tui.files.atomic import StorageProblem, write_atomic
from tui.plain_text import plain_text


def report_crash(crash: BaseException, log: Path) -> None:
    """Write `crash` to the log and print its path on standard error."""
    what = plain_text(f"{type(crash).__name__}: {crash}"[:200])
    try:
        write_atomic(log, "".join(format_exception(crash)))
        where = f"The details are in {plain_text(str(log))}."
    except (StorageProblem, OSError):
        where = "The details could not be saved."
    print(f"gluteus: internal error ({what}). {where}", file=sys.stderr)
