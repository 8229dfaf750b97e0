"""A text for both sides is read for one of them."""

from tests.for_each import for_each
from tui.routine.sided import side_sentence, sided


@for_each(
    ("text", "side", "read"),
    [
        ("{side} heel close, {other} leg lifted.", "left", "Left heel close, right leg lifted."),
        ("{side} heel close, {other} leg lifted.", "right", "Right heel close, left leg lifted."),
        ("{side} heel close, {other} leg lifted.", None, "One heel close, other leg lifted."),
        ("Push through the {side} heel.", None, "Push through one heel."),
        ("Push through the {side} heel.", "left", "Push through the left heel."),
        ("Lie down. {other} leg up.", "left", "Lie down. Right leg up."),
        ("Lift your {other} foot", "alternate", "Lift your other foot"),
        ("{Side} {sides} {} stay", "left", "{Side} {sides} {} stay"),
    ],
)
def test_placeholders_are_filled_in(text: str, side: str | None, read: str) -> None:
    assert sided(text, side) == read


@for_each(
    ("means", "said"),
    [
        ("pushes", "Left leg pushes"),
        ("stays straight", "Left leg stays straight"),
        ("{side} arm reaches", "Left arm reaches"),
        ("Lean on your {other} hand", "Lean on your right hand"),
        (None, "Left side"),
        ("", "Left side"),
    ],
)
def test_the_side_is_named_in_words_that_mean_something(means: str | None, said: str) -> None:
    assert side_sentence("left", means) == said
