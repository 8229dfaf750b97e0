"""Separates bracketed pastes from keys, so that pasted text never acts as commands.

Textual's parser reads text after an escape in a paste as keys. And if the end of a paste is lost, by a connection or a
program in between, the parser waits for it forever and swallows every key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple

START, END = "\x1b[200~", "\x1b[201~"
ESC = "\x1b"

QUIET_S = 0.5
"""Seconds without input after which a single key ends a paste; the rest of a delayed paste is longer."""

_SEQUENCE = r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\[O])?"
_SEQUENCES = re.compile(f"(?:{_SEQUENCE})+", re.DOTALL)
_CONTROLS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~])?|\0")
"""Control sequences, which are dropped from a paste."""


class Typed(NamedTuple):
    """Input outside a paste."""

    text: str


class Pasted(NamedTuple):
    """Text that was pasted."""

    text: str


class PasteReader:
    """Splits the input of a terminal into keys and pastes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` returns monotonic seconds."""
        self._clock = clock
        self._is_open = False
        """Whether a paste has begun that has not ended."""
        self._is_held_up = False
        """Whether it has been quiet since, so that a key ends the paste."""
        self._parts: list[str] = []
        """Pasted text that has not been yielded yet."""
        self._before = ""
        """The last characters, which may be the beginning of a START or an END."""
        self._last_s = 0.0

    def read(self, data: str) -> Iterator[Typed | Pasted]:
        """Yield the complete parts of `data`."""
        while data:
            data = yield from (self._in_paste(data) if self._is_open else self._outside(data))

    @property
    def waits(self) -> bool:
        """Whether text waits for the end of its paste, so that `tick` has to be called several times a second."""
        return self._is_open and not self._is_held_up

    def tick(self) -> Iterator[Typed | Pasted]:
        """Yield text that waits for the end of its paste, once the input has been quiet."""
        if not self.waits or self._clock() - self._last_s < QUIET_S:
            return
        text = "".join(self._parts)
        self._before = next((END[:size] for size in range(len(END) - 1, 0, -1) if text.endswith(END[:size])), "")
        self._parts, self._is_held_up = [], True
        yield from _pasted(text.removesuffix(self._before))
        if self._before == ESC:  # the user wants to get out
            self._is_open, self._before = False, ""
            yield Typed(ESC)

    def _outside(self, data: str) -> Generator[Typed | Pasted, None, str]:
        """Yield the keys before a paste; return the rest."""
        whole = self._before + data
        at = whole.find(START)
        if at < 0:
            self._before = whole[1 - len(START) :]
            yield Typed(data)
            return ""
        begin = at + len(START) - len(self._before)
        self._parts, self._before, self._is_open, self._is_held_up = [], "", True, False
        self._last_s = self._clock()
        yield Typed(data[:begin] + END)  # the parser may have had the first characters of the START already
        return data[begin:]

    def _in_paste(self, data: str) -> Generator[Typed | Pasted, None, str]:
        """Yield the paste if it ends; return the rest."""
        is_whole = END in self._before + data
        if not is_whole and (len(data) == 1 or (_SEQUENCES.fullmatch(data) and not data.endswith(ESC))):
            if self._is_held_up:
                self._is_open, self._before = False, ""
                return data
            if len(data) > 1:  # such as the mouse
                return ""
        if self._is_held_up:
            self._parts = [self._before]
        self._parts.append(data)
        self._before = (self._before + data)[1 - len(END) :]
        self._last_s, self._is_held_up = self._clock(), False
        if not is_whole:
            return ""
        text, _, rest = "".join(self._parts).partition(END)
        self._parts, self._before, self._is_open = [], "", False
        yield from _pasted(text)
        return rest


def _pasted(text: str) -> Iterator[Pasted]:
    if text := _CONTROLS.sub("", text):
        yield Pasted(text)
