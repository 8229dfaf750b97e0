"""Measure the program from outside: `python -m benchmarks [--json] [--rounds N] [GROUP…]`.

The groups are starts, commands, keys, costs, seconds and many; without one, all are measured. The exit code is 1 if a
gate is exceeded. Ratios are stable on a machine that does other things as well; times are not.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator

from benchmarks import Row
from benchmarks.start_up import commands, many, starts
from benchmarks.workout_screen import costs, keys, seconds

GROUPS: dict[str, Callable[[int], Iterator[Row]]] = {
    "starts": starts, "commands": commands, "keys": keys, "costs": costs, "seconds": seconds, "many": many,
}  # fmt: skip


def main() -> int:
    """Measure the groups asked for and print their rows."""
    parser = ArgumentParser("python -m benchmarks", description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"{', '.join(GROUPS)}; all of them if left out")
    parser.add_argument("--rounds", type=int, default=9, help="how often each program is started (9)")
    parser.add_argument("--json", action="store_true", help="print JSON in place of a table")
    args = parser.parse_args()
    if unknown := set(args.groups) - set(GROUPS):
        parser.error(f"there is no group {', '.join(sorted(unknown))}")
    found: list[Row] = []
    if not args.json:
        print("| measure | found | unit | gate |\n|---|---:|---|---:|", flush=True)
    for name in args.groups or GROUPS:
        for row in GROUPS[name](args.rounds):
            found.append(row)
            if not args.json:
                gate = "" if row.gate is None else f"{row.gate:g}{'' if row.passes else ' exceeded'}"
                print(f"| {row.name} | {row.value:.2f} | {row.unit} | {gate} |", flush=True)
    if args.json:
        print(json.dumps([{**row._asdict(), "passes": row.passes} for row in found], indent=2))
    return int(any(not row.passes for row in found))


if __name__ == "__main__":
    sys.exit(main())
