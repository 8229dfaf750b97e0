"""Which sentences fit, and which of those that do not are missed."""

import pytest

from tui.coach.cue import Part
from tui.coach.fitting import Rank, Sentence, Window, fitted


@pytest.mark.parametrize(("rank", "is_missed"), [(Rank.STEP, True), (Rank.WHOLE_CAUTION, False)])
def test_steps_and_what_matters_more_are_missed_if_they_are_not_said(rank: Rank, is_missed: bool) -> None:
    first = Sentence((Part.WHAT,), ((90.0, "Reverse bridge."),))
    other = Sentence((Part.STEPS,), ((rank, "Lie on your back with your heels close to you, and lift your hips."),))
    (cue,) = fitted([first, other], [Window(0.0, 3.0, 0)], 165.0)
    assert cue.phrase is not None
    assert cue.say == "Reverse bridge."
    assert cue.phrase.shortened is is_missed
