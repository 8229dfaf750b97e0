"""Output on a terminal without UTF-8."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.for_each import for_each
from tests.sources import sources
from tui.cli.lookalikes import ascii_lookalike
from tui.cli.streams import limit_to_terminal
from tui.screens.history.charts import SHADES
from tui.screens.history.summary_text import MARKS
from tui.widgets.phase_style import PAUSED, PHASE_STYLES

ESCAPED = re.compile(r"\\N\{[^}]+\}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\x[89a-f][0-9a-f]")
"""A character in a string that is written as an escape."""


class Terminal(io.TextIOWrapper):
    """A stream to a terminal."""

    def isatty(self) -> bool:
        return True


def test_everything_that_the_program_draws_has_a_likeness_of_its_width() -> None:
    texts = [path.read_text("utf-8") for path in sources() if path.name != "lookalikes.py"]
    escaped = {escape.encode().decode("unicode_escape") for text in texts for escape in ESCAPED.findall(text)}
    drawn = {char for char in escaped.union(*texts) if char.isprintable() and not char.isascii()}
    drawn -= {char for char in drawn if not ascii_lookalike(char)}  # combining accents
    odd = {char for char in drawn if ascii_lookalike(char) in ("?", "??") or len(ascii_lookalike(char)) != 1}
    assert odd <= {"\ufffd"}


@for_each(
    "signs",
    [
        SHADES,
        [style.shape for style in (*PHASE_STYLES.values(), PAUSED)],
        [style.mark for style in PHASE_STYLES.values()],
        [mark for mark, _ in MARKS.values()],
    ],
)
def test_signs_that_differ_have_likenesses_that_differ(signs: Sequence[str]) -> None:
    assert len({ascii_lookalike(sign) for sign in signs}) == len({*signs})


@for_each(
    ("text", "shown"),
    [
        ("Gesäß Øl", "Gesas Ol"),
        ("e\u0301", "e"),
        ("漢字", "????"),
        ("ж\ue000", "z?"),
        ("▐█▌ ▶ 3", "|#| > 3"),
        ("╭─╮│▞", "+-+|/"),
    ],
)
def test_a_text_keeps_its_width(text: str, shown: str) -> None:
    assert ascii_lookalike(text) == shown


@for_each(
    ("locale", "stream", "encoding", "written"),
    [
        ("C", Terminal, "utf-8", b"a#"),
        ("", Terminal, "utf-8", "ä█".encode()),
        ("", Terminal, "latin-1", b"\xe4#"),
        ("C", io.TextIOWrapper, "utf-8", "ä█".encode()),  # a file or a pipe
        ("de_DE.UTF-8", Terminal, "utf-8", "ä█".encode()),
    ],
)
def test_a_terminal_gets_only_characters_that_it_can_show(
    locale: str, stream: type[io.TextIOWrapper], encoding: str, written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LC_CTYPE", raising=False)
    monkeypatch.delenv("LANG", raising=False)
    monkeypatch.setenv("LC_ALL", locale)
    seen = io.BytesIO()
    output = stream(seen, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", output)
    limit_to_terminal()
    output.write("ä█")
    output.flush()
    assert seen.getvalue() == written


@for_each("name", ["LANG", "LC_ALL"])
def test_the_locale_c_is_known_although_python_replaces_it(name: str) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    program = "from tui.cli.streams import limit_to_terminal; limit_to_terminal(); print('\xe4\u2588')"
    others = ("LC_ALL", "LC_CTYPE", "LANG", "PYTHONUTF8")
    environ = {key: value for key, value in os.environ.items() if key not in others}
    subprocess.run([sys.executable, "-c", program], env={**environ, name: "C"}, stdout=theirs, check=True)
    shown = os.read(ours, 99)
    for end in (ours, theirs):
        os.close(end)
    assert shown == b"a#\r\n"
