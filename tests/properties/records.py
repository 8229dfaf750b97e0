"""Strategies for the program's records."""

from collections.abc import Callable
from typing import TypeVar

import hypothesis.strategies as st

Record = TypeVar("Record")


def records(kind: Callable[..., Record], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Record]:
    """Return a strategy for records of `kind` with these fields drawn, and the others at their defaults.

    `st.builds` would draw every other field of a named tuple from its type: strings of any letters, and slowly.
    """
    return st.fixed_dictionaries(fields).map(lambda drawn: kind(**drawn))
