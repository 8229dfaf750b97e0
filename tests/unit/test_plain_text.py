"""Text from files, for the screen and for speech."""

from tests.for_each import for_each
from tui.plain_text import within_sentence


@for_each(
    ("name", "within"),
    [("Reverse bridge", "reverse bridge"), ("TRX row", "TRX row"), ("L-sit", "L-sit"), ("Übung", "übung"), ("", "")],
)
def test_a_name_within_a_sentence_has_a_small_letter_unless_it_is_an_abbreviation(name: str, within: str) -> None:
    assert within_sentence(name) == within
