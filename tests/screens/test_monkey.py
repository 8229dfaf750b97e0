"""The monkey plays with the whole program, and nothing breaks."""

import pytest

from tools.monkey import Monkey
from tui.files.places import find_places


@pytest.mark.slow
@pytest.mark.usefixtures("painted")
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_thousand_inputs_break_nothing(seed: int) -> None:
    Monkey(seed, find_places()).play(250)
