"""The entry point of `gluteus` and `python -m tui`."""

import gc
import sys


def main() -> int:
    """Run the command line; the exit code is 0 (fine), 1 (the input has problems) or 2 (wrong usage)."""
    gc.disable()  # Collection would take a tenth of a short command; workouts and nudges turn it on.
    from tui.cli.run import run

    try:
        return run(sys.argv[1:])
    finally:
        gc.freeze()  # Python collects garbage once more at exit, but does not visit frozen objects.


if __name__ == "__main__":
    sys.exit(main())
