"""Measure a hostile file of 1 MiB against an honest one of the same size.

    python -m benchmarks.hostile_files [NAME…]

Each file is checked as a routine, an exercise and settings, in a process of its own, which also reports its memory. The
honest file is prose and short sets, read by `tomllib` alone: it measures the machine, so that the ratios are the same
on a slow one. The exit code is 1 if a file takes more than LONGEST times the honest one's time, or more than MOST_MIB
of memory beyond an empty file's.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tui.files.reading import MOST_MARKS

SIZE = 1024 * 1024
LONGEST = 8.0
MOST_MIB = 200.0

HONEST = """\
[[sets]]
exercise = "reverse-bridge"      # from the library
work = "40s"
say = "Breathe out, let it go, and come down slowly, bone by bone, until you lie on the floor again"
cues = ["Flatten your lower back", "Squeeze", "Lift", "Lower bone by bone"]
"""


def marks(text: str) -> int:
    """Return how many of the MOST_MARKS that the reader allows are in this text."""
    return max(sum(map(text.count, ",=[{")), *map(text.count, ".\n\\"))


def filled(piece: str, head: str = "", tail: str = "") -> str:
    """Repeat `piece` up to the size, or as often as the reader allows; a comment fills the rest."""
    room = (SIZE - len(head) - len(tail) - 2) // len(piece)
    if each := marks(piece):
        room = min(room, (MOST_MARKS - marks(head) - marks(tail) - 2) // each)
    made = head + piece * room + tail
    return made + "\n#" + "x" * (SIZE - len(made.encode(errors="surrogateescape")) - 2)


def numbered(piece: Callable[[int], str], head: str = "", tail: str = "") -> str:
    """Join the pieces of 0, 1, 2, … in the same way."""
    pieces: list[str] = []
    size, used = len(head) + len(tail), marks(head) + marks(tail)
    for number in count():
        made = piece(number)
        size, used = size + len(made), used + marks(made)
        if size > SIZE or used > MOST_MARKS - 2:
            break
        pieces.append(made)
    return filled("".join(pieces), head, tail)


def deep(opened: str, closed: str) -> str:
    """Nest a value as deeply as the reader allows."""
    times = MOST_MARKS // marks(opened) - 2
    return f"a = {opened * times}1{closed * times}\n"


FILES: dict[str, Callable[[], str]] = {
    "honest": lambda: filled(HONEST, "format = 1\n"),
    "nothing": lambda: "",
    "escaped quotes": lambda: filled('\\"', 'a = "', '"'),
    "escaped quotes in a key": lambda: filled('\\"', '"', '" = 1'),
    "quotes": lambda: filled('"'),
    "single quotes": lambda: filled("'"),
    "quoted parts": lambda: filled('"a"', "a = "),
    "open quote on each line": lambda: filled('a = "b\n'),
    "backslashes": lambda: filled("\\", 'a = "', '"'),
    "unicode escapes": lambda: filled("\\u0041", 'a = "', '"'),
    "long text": lambda: filled("x", 'title = "', '"'),
    "long text of many lines": lambda: filled("x\n", 'title = """', '"""'),
    "controls in a text": lambda: filled("\\u001b", 'title = "', '"'),
    "long key": lambda: filled("a", "", " = 1"),
    "dotted key": lambda: filled("a.", "", "a = 1"),
    "dotted keys of 19 parts": lambda: numbered(lambda n: f"a{n}" + ".b" * 18 + " = 1\n"),
    "dotted table": lambda: filled("a.", "[", "a]"),
    "quoted dotted key": lambda: filled('"a".', "", "a = 1"),
    "spaced dotted key": lambda: filled("a . ", "", "a = 1"),
    "dotted inline key": lambda: filled("a.", "x = {", "a = 1}"),
    "open brackets": lambda: filled("["),
    "open brackets as a value": lambda: filled("[", "a = "),
    "open braces": lambda: filled("{a=", "a = "),
    "deep lists": lambda: deep("[", "]"),
    "90 deep lists": lambda: numbered(lambda n: f"a{n} = " + "[" * 90 + "]" * 90 + "\n"),
    "90 deep tables": lambda: numbered(lambda n: f"a{n} = " + "{a=" * 90 + "1" + "}" * 90 + "\n"),
    "deep tables": lambda: deep("{a=", "}"),
    "a long list": lambda: filled("1,", "tags = [", "]"),
    "a long list of texts": lambda: filled('"",', "tags = [", "]"),
    "a long list of tables": lambda: filled("{},", "sets = [", "]"),
    "a long list of lists": lambda: filled("[],", "sets = [", "]"),
    "a long list, wrong items": lambda: filled("{a=1},", "tags = [", "]"),
    "long numbers": lambda: filled("9" * 4299 + ",", "tags = [", "]"),
    "a long number": lambda: filled("9", "a = "),
    "a long number with bars": lambda: filled("9_", "a = ", "9"),
    "a long hex number": lambda: filled("f", "a = 0x"),
    "long hex numbers": lambda: filled("0x" + "f" * 4000 + ",", "tags = [", "]"),
    "a long float": lambda: filled("9", "a = 0."),
    "long floats": lambda: filled("1." + "9" * 4000 + ",", "tags = [", "]"),
    "long floats in a frame": lambda: filled("1." + "9" * 4000 + ",", "figures.a.frames = [{head = [", "]}]"),
    "exponents": lambda: filled("1e400,", "tags = [", "]"),
    "dates": lambda: filled("2020-01-01T00:00:00Z,", "tags = [", "]"),
    "many keys": lambda: numbered(lambda n: f"k{n} = 1\n"),
    "many misspelt keys": lambda: numbered(lambda n: f"titl{n} = 1\n"),
    "many keys in one table": lambda: numbered(lambda n: f"k{n}=1,", "a = {", "z = 1}"),
    "many tables": lambda: numbered(lambda n: f"[t{n}]\n"),
    "many sets": lambda: filled("[[sets]]\n"),
    "many blocks": lambda: filled("[[blocks]]\n"),
    "sets with unknown exercises": lambda: numbered(lambda n: f'[[sets]]\nexercise="reverse-brid{n}"\n'),
    "blocks of unknown exercises": lambda: numbered(lambda n: f'[[blocks]]\nsets=[{{exercise="reverse-brid{n}"}}]\n'),
    "many exercises": lambda: numbered(lambda n: f"[exercises.e{n}]\n"),
    "unknown among own exercises": lambda: numbered(
        lambda n: f'[exercises.reverse-bri{n}]\n[[sets]]\nexercise="reverse-brid{n}"\n'
    ),
    "many problems": lambda: filled("[[sets]]\nexercise=1\nwork=-1\nrest=-1\nreps=-1\ntempo=1\nsides=1\nfoo=1\n"),
    "many figures": lambda: numbered(lambda n: f'[figures.f{n}]\nlike="f{n + 1}"\n'),
    "rings of figures": lambda: numbered(lambda n: f'[figures.f{n}]\nlike="f{(n + 1) % 60}"\nframes=[{{}}]\n'),
    "many progressions": lambda: numbered(lambda n: f'[[progressions]]\nid="r{n}"\nfigure="x{n}"\n'),
    "many settings": lambda: numbered(lambda n: f"[audio.a{n}]\n"),
    "comments": lambda: filled("#\n"),
    "one comment": lambda: filled("#"),
    "empty lines": lambda: filled("\n"),
    "carriage returns": lambda: filled("\r"),
    "spaces": lambda: filled(" "),
    "tabs": lambda: filled("\t"),
    "equals": lambda: filled("="),
    "dots": lambda: filled("."),
    "commas": lambda: filled(",", "a = [1", "]"),
    "colons": lambda: filled("1:", 'prepare = "', '"'),
    "hyphens": lambda: filled("1-", 'tempo = "', '"'),
    "nulls": lambda: filled("\0"),
    "letters": lambda: filled("a"),
    "hearts": lambda: "\N{BLACK HEART SUIT}" * (SIZE // 3),
    "invalid UTF-8": lambda: "\udcff" * SIZE,
    "invalid UTF-8 at the end": lambda: "x" * (SIZE - 1) + "\udcff",
    "too many marks": lambda: "[" * SIZE,
    "too many escapes": lambda: 'a = "' + '\\"' * (SIZE // 2),
    "byte order marks": lambda: "\ufeff" * (SIZE // 3),
    "redefined table": lambda: filled("[a]\n"),
    "redefined key": lambda: filled("a=1\n"),
    "an error at the end": lambda: filled("# a line of prose, as in any file\n", "", "b = "),
    "an unclosed list": lambda: filled("1,\n", "a = ["),
    "an unclosed text": lambda: filled("x\n", 'a = """'),
}

CHECK = """
import json, resource, sys, time
from pathlib import Path
from tui.library.catalog import Catalog, load_catalog
from tui.library.kinds import FileKind
from tui.files.places import find_places
from tui.files.reading import Unreadable, parse_toml
path, kinds = Path(sys.argv[1]), sys.argv[2:]
catalog = load_catalog(find_places())
longest = 0
for kind in kinds:
    begun = time.process_time()
    if kind == "tomllib":
        import tomllib
        tomllib.loads(path.read_text())
    else:
        catalog.check(path, FileKind(kind))
    longest = max(longest, time.process_time() - begun)
print(json.dumps([longest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def cost(path: str, *kinds: str) -> tuple[float, float]:
    """Return the seconds of CPU of the longest check and the memory in MiB; one that does not end counts as 60 s."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", CHECK, path, *kinds], capture_output=True, text=True, timeout=180, check=True
        )
    except subprocess.TimeoutExpired:
        return 60.0, 0.0
    took, memory = json.loads(done.stdout.splitlines()[-1])
    return took, memory


def main(names: list[str]) -> int:
    """Measure the files named, or all of them, and print each; return 1 if one is too expensive."""
    with tempfile.TemporaryDirectory() as folder:

        def written(name: str) -> str:
            path = Path(folder) / f"{name.replace(' ', '-')}.toml"
            path.write_bytes(FILES[name]().encode(errors="surrogateescape"))
            return str(path)

        honest_s, _ = min(cost(written("honest"), "tomllib") for _ in range(3))
        _, empty_mib = cost(written("nothing"), "routine")
        print(f"an honest file takes tomllib {honest_s:.2f} s; a process with nothing to read has {empty_mib:.0f} MiB")
        too_much = []
        for name in names or FILES:
            took, memory = cost(written(name), "routine", "exercise", "settings")
            ratio, mib = took / honest_s, memory - empty_mib
            print(f"{ratio:6.2f} x {mib:6.0f} MiB  {name}", flush=True)
            if ratio > LONGEST or mib > MOST_MIB:
                too_much.append(name)
    for name in too_much:
        print(f"TOO MUCH: {name}")
    return int(bool(too_much))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
