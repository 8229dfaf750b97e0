"""`gluteus` and `python -m tui`: the way in."""

import gc
import sys


def main() -> int:
    """Run the command line; the exit code is 0 (fine), 1 (the input has problems) or 2 (wrong usage)."""
    gc.disable()  # It takes a tenth of a short command; a workout and the nudges turn it on.
    from tui.cli.run import run

    try:
        return run(sys.argv[1:])
    finally:
        gc.freeze()  # Python looks for garbage once more when it ends; of what is frozen it visits nothing.


if __name__ == "__main__":
    sys.exit(main())
